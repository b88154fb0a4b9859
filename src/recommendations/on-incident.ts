import type { Tx } from '../platform/database/index.ts'
import type { OnIncident } from '../platform/on-incident.ts'
import { recommendationsOfIncident } from './store.ts'

export async function recommendationsOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const all = await recommendationsOfIncident(tx, incidentId)
  if (all.length === 0) return []
  const drafts = all.filter(({ status }) => status === 'draft' || status === 'out-for-comment').length
  const state = [all.length - drafts > 0 && `${all.length - drafts} issued`, drafts > 0 && `${drafts} being written`]
  return [
    {
      link: {
        text: 'Recommendations',
        href: `/incidents/${incidentId}/recommendations`,
        state: state.filter(Boolean).join(', '),
      },
    },
  ]
}
