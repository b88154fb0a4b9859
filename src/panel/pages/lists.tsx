import { reachOf } from '../../platform/access/index.ts'
import { ensureMay } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { noteRead } from '../../platform/events/index.ts'
import { chosenPage, chosenSort, type Query, type Web } from '../../platform/web/index.ts'
import { rapidReviewOutcomes } from '../../reviews/index.ts'
import { statuses, type Status } from '../consideration.ts'
import { listOpenPoints } from '../letter-store.ts'
import { listMembers, listRegions, type PanelMember } from '../store.ts'
import { isTheme } from '../themes.ts'
import { PointsPage, pointSorts } from '../views/points-page.tsx'
import { WorklistPage } from '../views/worklist-page.tsx'
import { listWork, worklistSorts, type WorklistFilter } from '../worklist.ts'

export function registerLists(web: Web): void {
  const { app } = web

  app.get<{ Querystring: Query }>('/panel', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'panel-work')
    const { query } = request
    const sort = chosenSort(query, worklistSorts, { key: 'due', direction: 'ascending' })
    const page = chosenPage(query)
    // A member's list starts from their own allocations: the same rows, found by an index.
    const all = reachOf(acting.role, 'read', 'panel-work').includes('national')
    const shown = await acting.transaction(async tx => {
      const { today } = contextOf(tx)
      const members = await listMembers(tx, today)
      const filter = { ...worklistFilter(query, members), ...(!all && { memberId: acting.personId }) }
      return {
        ...(await listWork(tx, { sort: sort.key, direction: sort.direction, page, filter })),
        members,
        filter,
        regions: await listRegions(tx),
        today,
      }
    })
    return web.page(request, reply, {
      title: 'Rapid reviews before the Panel',
      wide: true,
      children: <WorklistPage acting={acting} {...shown} {...{ sort, page, query }} />,
    })
  })

  app.get<{ Querystring: Query }>('/panel/points', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'panel-work')
    const { query } = request
    const sort = chosenSort(query, pointSorts, { key: 'sent', direction: 'ascending' })
    const page = chosenPage(query)
    const theme = isTheme(query['theme']) ? query['theme'] : undefined
    const shown = await acting.transaction(async tx => {
      const found = await listOpenPoints(tx, { sort: sort.key, direction: sort.direction, page, theme })
      await noteRead(tx, {
        subject: 'letter',
        purpose: 'see points without a reply',
        incidentIds: [...new Set(found.points.map(point => point.incidentId))],
      })
      return { ...found, today: contextOf(tx).today }
    })
    return web.page(request, reply, {
      title: 'Points of letters without a reply',
      back: { href: '/panel', text: 'All reviews' },
      wide: true,
      children: <PointsPage {...shown} {...{ sort, page, theme, query }} />,
    })
  })
}

function worklistFilter(query: Query, members: readonly PanelMember[]): WorklistFilter {
  const one = (name: string) => (typeof query[name] === 'string' && query[name] !== '' ? query[name] : undefined)
  const status = one('status') ?? 'open'
  const answered = one('answered')
  const outcome = one('outcome')
  return {
    status: status === 'open' || Object.hasOwn(statuses, status) ? (status as Status | 'open') : undefined,
    regionCode: one('region'),
    memberId: members.find(({ personId }) => personId === one('member'))?.personId,
    outcome: outcome && Object.hasOwn(rapidReviewOutcomes, outcome) ? outcome : undefined,
    answered: answered === 'yes' || answered === 'not-yet' || answered === 'nothing-asked' ? answered : undefined,
  }
}
