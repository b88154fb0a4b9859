import type pg from 'pg'
import type { Acting } from '../../platform/acting.ts'
import { aPerson, testDatabase, type TestArea } from '../../platform/testing/test-database.ts'
import { aNotifiedIncident } from '../builders.ts'
import { insertLocalReview } from '../local/builders.ts'
import type { ReviewPlace } from '../review.ts'
import { seenReport } from './open-draft.ts'
import { saveVersion } from './save-version.ts'

/** Of an invented report. */
export const firstText = [
  '# What happened',
  'The health visitor came three times and saw the baby with her mother.',
  'The police were called to the home on one night in spring.',
  '# What we learnt',
  'Calls to a home with a baby must reach the health visitor within one day.',
].join('\n\n')

export interface StartedReview {
  place: ReviewPlace
  manager: Acting
  /** In the group. */
  reviewer: Acting
}

/** A local review that was decided on, with a reviewer in its group. */
export async function aLocalReview(area: TestArea): Promise<StartedReview> {
  const database = await testDatabase()
  const incident = await aNotifiedIncident(area)
  const manager = await aPerson('business-manager', area.partnership)
  const reviewer = await aPerson('reviewer', area.partnership)
  const reviewId = await database.asOwner(async client => {
    await insertLocalReview(client, incident)
    const { rows } = await client.query<{ review_id: string }>(
      `insert into review_member (review_id, kind, incident_id, authority_code, partnership_code, person_id, added_at)
       select review_id, kind, incident_id, authority_code, partnership_code, $2, now()
       from review where incident_id = $1 and kind = 'local' returning review_id`,
      [incident.incidentId, reviewer.personId],
    )
    return rows[0]!.review_id
  })
  return { place: { ...incident, reviewId }, manager, reviewer }
}

/** Saves this as the next version. */
export async function writeVersion(acting: Acting, incidentId: string, text: string = firstText): Promise<number> {
  const { versions } = await acting.transaction(tx => seenReport(tx, incidentId))
  return saveVersion(acting, incidentId, { text, note: '', seenVersion: versions.at(-1)?.version ?? 0 })
}

/**
 * The report of a local review with a row of everything, written as the owner of the database.
 * @returns the ids of what has an address of its own, by the part of that address
 */
export async function insertReport(
  client: pg.PoolClient,
  { incidentId }: { incidentId: string },
  word: string,
): Promise<Record<string, string>> {
  const writer = await client.query<{ id: string }>(`insert into person (name) values ('Test Writer') returning id`)
  const by = { person_id: writer.rows[0]!.id }
  const at = '2026-03-02T10:00:00Z'
  const insert = async (table: string, columns: Record<string, unknown>, returning = 'review_id') => {
    const names = Object.keys(columns).map(name => `, ${name}`)
    const { rows } = await client.query<Record<string, string>>(
      `insert into ${table} (review_id, incident_id, authority_code, partnership_code${names.join('')})
       select review_id, incident_id, authority_code, partnership_code${names.map((_, index) => `, $${index + 2}`).join('')}
       from review where incident_id = $1 and kind = 'local' returning ${returning}`,
      [incidentId, ...Object.values(columns)],
    )
    return rows[0]![returning]!
  }
  const paragraphs = JSON.stringify([{ id: 'p1', role: 'text', text: `Nobody passed the call on ${word}.` }])
  await insert('draft', {})
  await insert('draft_version', { version: 1, note: '', paragraphs, hash: 'a hash', saved_at: at, ...by })
  const said = { paragraph_id: 'p1', version: 1, added_at: at, ...by }
  const comments = await insert('draft_comment', { ...said, text: `Which call ${word}?` }, 'id')
  const asked = { version: 1, name: 'Test Practitioner', answer_by: '2026-03-20', asked_at: at, ...by }
  const accuracy = await insert('draft_accuracy', asked, 'id')
  const answer = { accurate: false, text: `Two calls ${word}.`, source: 'The log', came: 'letter', answered_at: at }
  await insert('draft_accuracy_answer', { asked_id: accuracy, ...answer, ...by })
  await insert('draft_signed', { version: 1, text: paragraphs, hash: 'a hash', signed_at: at })
  return { comments, accuracy }
}
