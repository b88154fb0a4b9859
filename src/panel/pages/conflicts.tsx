import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay } from '../../platform/acting.ts'
import type { ServiceError } from '../../platform/errors.ts'
import { frameOfForm, textIn, tried, type Posted, type Web } from '../../platform/web/index.ts'
import { readIncident } from '../../notifications/index.ts'
import { readLookups } from '../../reference-data/index.ts'
import type { ReviewKind } from '../../reviews/index.ts'
import { openConsideration } from '../advance.ts'
import { declareConflict } from '../declare-conflict.ts'
import { conflictsOf } from '../store.ts'
import { ConflictPage, ConflictsPage } from '../views/conflict-pages.tsx'
import { panelPath, reviewKinds } from '../which-review.ts'
import type { OfIncident } from './requests.ts'

export function registerConflicts(web: Web): void {
  for (const kind of reviewKinds) registerConflict(web, kind)
  registerAuthorities(web)
}

function registerConflict(web: Web, kind: ReviewKind): void {
  const { app } = web
  const route = `${panelPath({ incidentId: ':incidentId', kind })}/conflict`

  async function showConflict(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'declare-conflict', 'panel-work')
    const { incidentId } = request.params
    const { consideration, authorityName } = await acting.transaction(async tx => ({
      consideration: await openConsideration(tx, { incidentId, kind }),
      authorityName: (await readIncident(tx, incidentId))?.authorityName ?? 'this authority',
    }))
    const { body } = request
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Declare a conflict of interest',
      back: { href: panelPath({ incidentId, kind }), text: 'The review' },
      errors,
      children: (
        <ConflictPage
          {...{ request, consideration, authorityName, errors }}
          typed={{ reaches: textIn(body, 'reaches'), reason: textIn(body, 'reason') }}
        />
      ),
    })
  }

  app.get<OfIncident>(route, (request, reply) => showConflict(request, reply))

  app.post<OfIncident>(route, async (request, reply) => {
    const { incidentId } = request.params
    const { body } = request
    const about = { incidentId, kind, reaches: textIn(body, 'reaches') }
    const { problem } = await tried(declareConflict(web.acting(request), about, textIn(body, 'reason')))
    if (problem) return showConflict(request, reply, problem)
    return web.redirect(
      reply,
      '/panel',
      'Thank you. Your conflict of interest is recorded. You no longer see that record, and somebody else takes it up.',
    )
  })
}

function registerAuthorities(web: Web): void {
  const { app } = web

  async function showConflicts(
    request: FastifyRequest<{ Body: Posted | undefined }>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'declare-conflict', 'panel-work')
    const { conflicts, authorities } = await acting.transaction(async tx => ({
      conflicts: await conflictsOf(tx, acting.personId),
      authorities: (await readLookups(tx)).authorities,
    }))
    const declared = new Set(conflicts.map(conflict => conflict.authorityCode))
    const { body } = request
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Your conflicts of interest',
      back: { href: '/panel', text: 'All reviews' },
      errors,
      children: (
        <ConflictsPage
          {...{ request, conflicts, errors }}
          authorities={Object.fromEntries(Object.entries(authorities).filter(([code]) => !declared.has(code)))}
          typed={{ authorityCode: textIn(body, 'authorityCode'), reason: textIn(body, 'reason') }}
        />
      ),
    })
  }

  app.get<{ Body: Posted | undefined }>('/panel/conflicts', (request, reply) => showConflicts(request, reply))

  app.post<{ Body: Posted | undefined }>('/panel/conflicts', async (request, reply) => {
    const { body } = request
    const { problem } = await tried(
      declareConflict(web.acting(request), { authorityCode: textIn(body, 'authorityCode') }, textIn(body, 'reason')),
    )
    if (problem) return showConflicts(request, reply, problem)
    return web.redirect(reply, '/panel/conflicts', 'Your conflict of interest is recorded.')
  })
}
