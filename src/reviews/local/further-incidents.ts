import { ensureMay, type Acting } from '../../platform/acting.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { invalidAt } from '../../platform/errors.ts'
import { furtherIncidentsOf } from '../further-incidents.ts'
import type { About } from './form-page.ts'
import { seenLocalReview } from './open-local-review.ts'
import { onePageForm, ours } from './one-page-form.ts'

export const furtherIncidentForm = onePageForm('further-incident', 'Another incident of this review', [
  {
    id: 'reference',
    kind: 'text',
    label: 'What is the reference of the incident?',
    name: 'the reference of the incident',
    hint: 'As it stands in its notification. It must be one that your partnership sees.',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
])

/** @throws ServiceError 'invalid' where nobody knows it, or the review is about it already */
export async function addFurtherIncident({ tx, review }: About, reference: string): Promise<void> {
  const row = await tx
    .selectFrom('incident')
    .select(['incident_id', 'authority_code', 'partnership_code'])
    .where('reference', '=', reference)
    .where('notified_at', 'is not', null)
    .executeTakeFirst()
  if (!row) throw invalidAt('reference', 'There is no notified incident with this reference that you may see')
  const known = [review.incidentId, ...(await furtherIncidentsOf(tx, review.reviewId)).map(each => each.incidentId)]
  if (known.includes(row.incident_id)) throw invalidAt('reference', 'This review is about that incident already')
  await tx
    .insertInto('review_incident')
    .values({
      review_id: review.reviewId,
      incident_id: row.incident_id,
      authority_code: row.authority_code,
      partnership_code: row.partnership_code,
    })
    .execute()
  await recordEvent(tx, {
    kind: 'local-review.incident-added',
    subject: 'local-review',
    place: review,
    detail: { reference },
  })
}

/** What is out already stays out. @throws ServiceError 'not-allowed', 'not-found' */
export async function removeFurtherIncident(acting: Acting, incidentId: string, furtherId: string): Promise<void> {
  ensureMay(acting, 'write', 'local-review')
  await acting.transaction(async tx => {
    const review = await seenLocalReview(tx, incidentId)
    const further = (await furtherIncidentsOf(tx, review.reviewId)).find(each => each.incidentId === furtherId)
    if (!further) return
    await tx
      .deleteFrom('review_incident')
      .where('review_id', '=', review.reviewId)
      .where('incident_id', '=', furtherId)
      .execute()
    await recordEvent(tx, {
      kind: 'local-review.incident-removed',
      subject: 'local-review',
      place: review,
      detail: { reference: further.reference },
    })
  })
}
