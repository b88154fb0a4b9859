import { reachOf } from '../../platform/access/index.ts'
import { ensureMay } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { noteRead } from '../../platform/events/index.ts'
import { chosenList, chosenOption } from '../../platform/lists/index.ts'
import { textIn, type Query, type Web } from '../../platform/web/index.ts'
import { rapidReviewOutcomes } from '../../reviews/index.ts'
import { listOpenPoints, pointSorts } from '../letter/point-lists.ts'
import { listMembers, listRegions, type PanelMember } from '../store.ts'
import { themes } from '../../reference-data/index.ts'
import { PointsPage } from '../views/points-page.tsx'
import { answeredOptions, stageOptions, WorklistPage } from '../views/worklist-page.tsx'
import { reviewNames } from '../which-review.ts'
import { listWork, worklistSorts, type WorklistFilter } from '../worklist.ts'

export function registerLists(web: Web): void {
  const { app } = web

  app.get<{ Querystring: Query }>('/panel', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'panel-work')
    const { query } = request
    const chosen = chosenList(query, worklistSorts, { key: 'due', direction: 'ascending' })
    // A member's list starts from their own allocations: the same rows, found by an index.
    const all = reachOf(acting.role, 'read', 'panel-work').includes('national')
    const shown = await acting.transaction(async tx => {
      const { today } = contextOf(tx)
      const members = await listMembers(tx, today)
      const filter = { ...worklistFilter(query, members), ...(!all && { memberId: acting.personId }) }
      return { found: await listWork(tx, chosen, filter), members, filter, regions: await listRegions(tx), today }
    })
    return web.page(request, reply, {
      title: 'Reviews before the Panel',
      wide: true,
      children: <WorklistPage {...{ acting, chosen }} {...shown} />,
    })
  })

  app.get<{ Querystring: Query }>('/panel/points', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'panel-work')
    const { query } = request
    const chosen = chosenList(query, pointSorts, { key: 'sent', direction: 'ascending' })
    const theme = chosenOption(query, 'theme', themes)
    const shown = await acting.transaction(async tx => {
      const found = await listOpenPoints(tx, chosen, { theme })
      await noteRead(tx, {
        subject: 'letter',
        purpose: 'see points without a reply',
        incidentIds: [...new Set(found.rows.map(point => point.incidentId))],
      })
      return { found, today: contextOf(tx).today }
    })
    return web.page(request, reply, {
      title: 'Points of letters without a reply',
      back: { href: '/panel', text: 'All reviews' },
      wide: true,
      children: <PointsPage {...{ chosen, theme }} {...shown} />,
    })
  })
}

function worklistFilter(query: Query, members: readonly PanelMember[]): WorklistFilter {
  const answered = chosenOption(query, 'answered', answeredOptions)
  // Only a letter that was sent is answered, so the stage it asks for goes before the one that stands in the form.
  const status = answered ? 'letter-sent' : (chosenOption(query, 'status', stageOptions) ?? 'open')
  return {
    kind: chosenOption(query, 'kind', reviewNames),
    status: status === 'all' ? undefined : status,
    regionCode: textIn(query, 'region') || undefined,
    memberId: members.find(({ personId }) => personId === textIn(query, 'member'))?.personId,
    outcome: chosenOption(query, 'outcome', rapidReviewOutcomes),
    answered,
  }
}
