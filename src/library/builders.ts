import { randomUUID } from 'node:crypto'
import type { Acting } from '../platform/acting.ts'
import { anArea, aPerson, testClock, testDatabase, type TestArea } from '../platform/testing/test-database.ts'
import { openPublication, planTheDay, savePublication } from './prepare-publication.ts'
import { emptyText, type Publication, type PublicationText } from './publication.ts'
import { readPublication, stepsOf } from './store.ts'

export function aPublicText(changes: Partial<PublicationText> = {}): PublicationText {
  return {
    ...emptyText(),
    title: 'Bruises in a baby who could not yet crawl',
    whatHappened: 'A baby was hurt at home.\n\nThree visits had been missed before.',
    inShort: 'A baby was hurt at home after three missed visits.',
    learning: 'A bruise on a baby who cannot move is looked into on the same day.',
    recommendations: 'R-2026-30518 Every practice has a named person for bruises in babies.',
    themes: [],
    narrative: 'full',
    index: 'yes',
    feed: 'yes',
    familyView: 'The mother read it and agrees.',
    checkedBy: 'The scrutineer',
    ...changes,
  }
}

export interface Prepared {
  area: TestArea
  manager: Acting
  incidentId: string
  read(): Promise<Publication>
  save(changes: Partial<Parameters<typeof savePublication>[2]>): Promise<void>
  tellEverybody(): Promise<void>
}

/** A local review whose partnership prepares to publish it: the words are written, nobody is told yet. */
export async function aPreparedPublication(sentAheadOn?: string | null): Promise<Prepared> {
  const [database, area] = [await testDatabase(), await anArea()]
  const manager = await aPerson('business-manager', area.partnership)
  const incidentId = await aLocalReview(area, sentAheadOn)
  await openPublication(manager, incidentId)
  const read = async () => (await database.as(asPerson(manager), tx => readPublication(tx, incidentId)))!
  const save: Prepared['save'] = async changes => {
    const { text, manner, revision } = await read()
    await savePublication(manager, incidentId, {
      text,
      manner,
      seenRevision: revision,
      ...changes,
    })
  }
  await save({ text: aPublicText() })
  return {
    area,
    manager,
    incidentId,
    read,
    save,
    async tellEverybody() {
      const { reviewId } = await read()
      for (const { id } of await database.as(asPerson(manager), tx => stepsOf(tx, reviewId))) {
        await planTheDay(manager, incidentId, { do: 'done', stepId: id })
      }
    },
  }
}

function asPerson({ personId, appointmentId }: Acting) {
  return { person: personId, appointment: appointmentId }
}

/** An incident that was notified, with a local review that the family has read and that was sent ahead on a day. */
export async function aLocalReview(area: TestArea, sentAheadOn: string | null = '2026-02-02'): Promise<string> {
  const incidentId = randomUUID()
  await (
    await testDatabase()
  ).asOwner(async client => {
    await client.query(
      `insert into incident (incident_id, reference, authority_code, partnership_code, created_at, notified_at)
       values ($1, $2, $3, $4, $5, $5)`,
      [incidentId, `SIN-${incidentId.slice(0, 8)}`, area.authority, area.partnership, testClock.now()],
    )
    const place = 'review_id, incident_id, authority_code, partnership_code'
    await client.query(
      `insert into review (kind, incident_id, authority_code, partnership_code) values ('local', $1, $2, $3)`,
      [incidentId, area.authority, area.partnership],
    )
    await client.query(
      `insert into local_review (${place}, decided_on, decided_from, reasons, criteria, due_on, due_rule, sent_ahead_on, recorded_at)
       select ${place}, '2025-10-01', 'partners', 'Reasons', '{}', '2026-04-01', 'C7-2018', $2, now()
       from review where incident_id = $1`,
      [incidentId, sentAheadOn],
    )
    await client.query(
      `insert into local_review_stage (${place}, stage, opened_on, closed_on)
       select ${place}, 'family-read', '2026-01-20', '2026-01-20' from review where incident_id = $1`,
      [incidentId],
    )
    if (sentAheadOn) {
      await client.query(
        `insert into local_review_sending (${place}, what, sent_to, sent_on, recorded_at)
         select ${place}, 'report', '{panel,dfe}', $2, now() from review where incident_id = $1`,
        [incidentId, sentAheadOn],
      )
    }
  })
  return incidentId
}
