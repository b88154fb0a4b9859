import { sql } from 'kysely'
import type { Tx } from '../platform/database/index.ts'
import type { OnIncident } from '../platform/on-incident.ts'
import { readReview } from '../reviews/index.ts'
import { recommendationsOfIncident } from './store.ts'

export async function recommendationsOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const all = await recommendationsOfIncident(tx, incidentId)
  if (all.length === 0 && !(await mayBegin(tx, incidentId))) return []
  const drafts = all.filter(({ status }) => status === 'draft' || status === 'out-for-comment').length
  const state = [all.length - drafts > 0 && `${all.length - drafts} issued`, drafts > 0 && `${drafts} being written`]
  return [
    {
      link: {
        text: 'Recommendations',
        href: `/incidents/${incidentId}/recommendations`,
        state: state.filter(Boolean).join(', ') || 'None yet',
      },
    },
  ]
}

/** Whoever writes recommendations begins one from a review. */
async function mayBegin(tx: Tx, incidentId: string): Promise<boolean> {
  const { rows } = await sql<{ writes: boolean }>`
    select cardinality(my_codes('recommendation-draft:write')) > 0 as writes`.execute(tx)
  return rows[0]!.writes && (await readReview(tx, { incidentId, kind: 'rapid' })) !== undefined
}
