import type { FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Web } from '../../platform/web/index.ts'
import type { LocalReview } from './local-review.ts'
import { openLocalReview } from './open-local-review.ts'
import { base, toDesk, type Route } from './path.ts'

interface ShownPage<Read> {
  /** Below the review: `/requests`. */
  path: string
  title: string
  /** Why it is read, for the log. */
  purpose: string
  right?: 'write'
  read(tx: Tx, review: LocalReview): Promise<Read>
  draw(shown: Read & { request: FastifyRequest; acting: Acting; review: LocalReview }): ComponentChildren
}

/** A page that shows one thing that a local review has. */
export function registerShownPage<Read extends object>(
  web: Web,
  { path, title, purpose, right, read, draw }: ShownPage<Read>,
): void {
  web.app.get<Route>(`${base}${path}`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, right ?? 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, purpose)
      return { ...(await read(tx, review)), request, acting, review }
    })
    return web.page(request, reply, { title, back: toDesk(incidentId), children: draw(shown) })
  })
}
