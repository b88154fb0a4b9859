import type { Tx } from '../platform/database/index.ts'
import { columnsOf, placeFrom, type IncidentPlace } from '../platform/events/index.ts'
import type { Manner } from './publication.ts'

export interface Withholding extends IncidentPlace {
  id: string
  manner: Exclude<Manner, 'full'>
  justification: string
  by: string
  sentAt: Date
  comments: { text: string; by: string; at: Date }[]
}

/** What was said of why the review is not published in full, the newest first. */
export async function withholdingsOf(tx: Tx, incidentId: string): Promise<Withholding[]> {
  const rows = await tx
    .selectFrom('withholding')
    .leftJoin('person', 'person.id', 'withholding.person_id')
    .selectAll('withholding')
    .select('person.name')
    .where('incident_id', '=', incidentId)
    .orderBy('sent_at', 'desc')
    .execute()
  const comments = await tx
    .selectFrom('withholding_comment')
    .leftJoin('person', 'person.id', 'withholding_comment.person_id')
    .select(['withholding_id', 'text', 'at', 'person.name'])
    .where('incident_id', '=', incidentId)
    .orderBy('at')
    .execute()
  return rows.map(row => ({
    ...placeFrom(row),
    id: row.id,
    manner: row.manner as Withholding['manner'],
    justification: row.justification,
    by: row.name ?? 'somebody',
    sentAt: row.sent_at,
    comments: comments
      .filter(comment => comment.withholding_id === row.id)
      .map(({ text, name, at }) => ({ text, by: name ?? 'somebody', at })),
  }))
}

export async function insertWithholding(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  said: { manner: Withholding['manner']; justification: string; personId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('withholding')
    .values({
      review_id: publication.reviewId,
      ...columnsOf(publication),
      manner: said.manner,
      justification: said.justification,
      person_id: said.personId,
      sent_at: said.at,
    })
    .execute()
}

export async function insertWithholdingComment(
  tx: Tx,
  withholding: IncidentPlace & { id: string },
  said: { text: string; personId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('withholding_comment')
    .values({
      withholding_id: withholding.id,
      ...columnsOf(withholding),
      text: said.text,
      person_id: said.personId,
      at: said.at,
    })
    .execute()
}

/** Reviews that are not to be published in full, on which the Panel has not said anything yet. */
export async function withholdingsToComment(
  tx: Tx,
): Promise<{ incidentId: string; reference: string; sentAt: Date }[]> {
  const rows = await tx
    .selectFrom('withholding')
    .innerJoin('incident', 'incident.incident_id', 'withholding.incident_id')
    .select(['withholding.incident_id', 'incident.reference', 'withholding.sent_at'])
    // Of the last one of each review: it stands in the place of those before.
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('withholding as later')
            .select('later.id')
            .whereRef('later.review_id', '=', 'withholding.review_id')
            .whereRef('later.sent_at', '>', 'withholding.sent_at'),
        ),
      ),
    )
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('withholding_comment')
            .select('withholding_comment.id')
            .whereRef('withholding_comment.withholding_id', '=', 'withholding.id'),
        ),
      ),
    )
    .orderBy('withholding.sent_at')
    .execute()
  return rows.map(row => ({ incidentId: row.incident_id, reference: row.reference, sentAt: row.sent_at }))
}
