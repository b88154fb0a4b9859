import { sql } from 'kysely'
import { withinReach } from '../../platform/access/index.ts'
import { may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { formatDate, type CivilDate } from '../../platform/dates.ts'
import type { Needing } from '../../platform/needing.ts'
import { isStale, processKinds } from './related/related-process.ts'
import { openLocalReviews } from './store.ts'
import { nextStep, progressOf } from './waiting.ts'
import { pathOf } from './path.ts'

/** What local reviews ask of the acting person: the next step of each, requests that are late, processes to ask about. */
export async function localReviewsNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'write', 'local-review')) return []
  const leads = may(acting, 'lead', 'local-review')
  const { today } = contextOf(tx)
  const lines = leads ? await decisionsToRecord(tx, acting) : []
  for (const progress of await progressOf(tx, await openLocalReviews(tx))) {
    const { review, waiting } = progress
    const line = (what: string, at: string, dueOn: CivilDate | undefined) =>
      lines.push({
        incidentId: review.incidentId,
        reference: review.reference,
        what: `Local review: ${what}`,
        dueOn,
        href: `/incidents/${review.incidentId}${at}`,
      })
    const next = leads ? nextStep(progress) : undefined
    if (next) line(next.text, next.at, next.dueOn)
    if (!leads)
      line('your bench', '/local-review/bench', review.outcome ? undefined : (review.expectedOn ?? review.dueOn))
    for (const { id, ofWhom, dueOn, answered } of waiting.requests) {
      if (!answered && dueOn < today)
        line(`remind ${ofWhom} of a written request`, `/local-review/requests/${id}`, dueOn)
    }
    for (const process of waiting.processes) {
      if (!isStale(process, today, waiting.daysUntilStale)) continue
      const since = formatDate(process.checkedOn)
      line(
        `ask how far it is: ${processKinds[process.kind]}, ${process.body}. Last checked ${since}`,
        '/local-review/related',
        undefined,
      )
    }
  }
  return lines
}

/** Rapid reviews that were sent with a local review as their outcome, where nobody recorded the decision. */
async function decisionsToRecord(tx: Tx, { role }: Acting): Promise<Needing[]> {
  const rows = await tx
    .selectFrom('rapid_review')
    .innerJoin('incident', 'incident.incident_id', 'rapid_review.incident_id')
    .leftJoin('local_review', 'local_review.incident_id', 'rapid_review.incident_id')
    .select(['rapid_review.incident_id', 'incident.reference'])
    .where('rapid_review.status', '=', 'sent')
    .where(sql<boolean>`'LCSPR' = any (rapid_review.outcomes)`)
    .where('local_review.review_id', 'is', null)
    .where(withinReach('rapid_review', role, 'read', 'rapid-review'))
    .orderBy('incident.reference')
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    reference: row.reference,
    what: 'Record the decision to have a local review',
    dueOn: undefined,
    href: `${pathOf(row.incident_id)}/decision`,
  }))
}
