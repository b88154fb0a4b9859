import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FieldError, ServiceError } from '../../platform/errors.ts'
import { frameOfForm, tried, type PageProps, type Posted, type Query, type Web } from '../../platform/web/index.ts'

/** A form that was sent and not taken: why, and what was typed. */
export interface Refused<Typed> {
  problem: ServiceError
  typed: Typed
}

export interface OfForm {
  Params: { incidentId: string; point?: string }
  Querystring: Query
  Body: Posted | undefined
}

interface KeptForm<Shown, Typed> {
  typedIn(body: Posted): Typed
  save(request: FastifyRequest<OfForm>, typed: Typed): Promise<unknown>
  /** Where it leads once it is saved, and what is said there. */
  saved(request: FastifyRequest<OfForm>): { path: string; notice?: string }
  /** What stands beside the form and what is stored; undefined when there is nothing to write any more. */
  read(request: FastifyRequest<OfForm>, refused: Refused<Typed> | undefined): Promise<Shown | undefined>
  /** Where it can be read then. */
  over(request: FastifyRequest<OfForm>): string
  /** `typed` is absent where nothing was refused: the form shows what is stored. */
  draw(
    request: FastifyRequest<OfForm>,
    shown: Shown,
    /** `overtaken`: somebody saved something else since, which the page shows beside what was typed. */
    form: { typed: Typed | undefined; overtaken: boolean; errors: readonly FieldError[] },
  ): PageProps
}

/** A form on a page of its own that loses nothing: what was refused is shown again, with what is stored by then. */
export function registerKeptForm<Shown, Typed>(web: Web, path: string, form: KeptForm<Shown, Typed>): void {
  async function show(
    request: FastifyRequest<OfForm>,
    reply: FastifyReply,
    refused?: Refused<Typed>,
  ): Promise<FastifyReply> {
    const shown = await form.read(request, refused)
    if (!shown) {
      // Who only looks is led on; who changed something is told why it was not taken.
      if (refused) throw refused.problem
      return web.redirect(reply, form.over(request))
    }
    const { status, errors } = frameOfForm(refused?.problem)
    const drawn = form.draw(request, shown, {
      typed: refused?.typed,
      overtaken: refused?.problem.kind === 'conflict',
      errors,
    })
    return web.page(request, reply, { status, errors, ...drawn })
  }

  web.app.get<OfForm>(path, (request, reply) => show(request, reply))
  web.app.post<OfForm>(path, async (request, reply) => {
    const typed = form.typedIn(request.body ?? {})
    const { problem } = await tried(form.save(request, typed))
    if (problem) return show(request, reply, { problem, typed })
    const { path: next, notice } = form.saved(request)
    return web.redirect(reply, next, notice)
  })
}
