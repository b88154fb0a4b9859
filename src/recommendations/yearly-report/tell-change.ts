import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { columnsOf, placeFrom, recordEvent, type IncidentPlace } from '../../platform/events/index.ts'
import { actionsServing } from '../actions/action-store.ts'
import { askedOfPartnership } from '../actions/asked-store.ts'
import { changeReaders, type ChangeLine, type ChangeReader } from './change.ts'

/** Undefined where the acting person may not see the incident. */
export async function placeOf(
  tx: Tx,
  incidentId: string,
): Promise<(IncidentPlace & { reference: string }) | undefined> {
  const row = await tx
    .selectFrom('incident')
    .select(['incident_id', 'authority_code', 'partnership_code', 'reference'])
    .where('incident_id', '=', incidentId)
    .where('notified_at', 'is not', null)
    .executeTakeFirst()
  return row && { ...placeFrom(row), reference: row.reference }
}

export async function changeLines(tx: Tx, place: IncidentPlace): Promise<ChangeLine[]> {
  const asked = (await askedOfPartnership(tx, { partnershipCode: place.partnershipCode, open: false })).filter(
    one => one.place?.incidentId === place.incidentId,
  )
  const serving = await actionsServing(tx, {
    addresseeIds: asked.flatMap(one => (one.kind === 'letter-point' ? [] : one.addresseeId)),
    pointIds: asked.flatMap(one => (one.kind === 'letter-point' ? one.pointId : [])),
  })
  const actions = Map.groupBy(serving, one => one.servedId)
  return asked.map(one => ({
    asked: one,
    actions: actions.get(one.kind === 'letter-point' ? one.pointId : one.addresseeId) ?? [],
  }))
}

export interface ToldChange {
  reader: ChangeReader
  givenTo: string
  words: string
  byName: string
  at: Date
}

export async function toldChanges(tx: Tx, incidentId: string): Promise<ToldChange[]> {
  const rows = await tx
    .selectFrom('change_account')
    .innerJoin('person', 'person.id', 'change_account.person_id')
    .select(['reader', 'given_to', 'words', 'at', 'person.name'])
    .where('incident_id', '=', incidentId)
    .orderBy('at', 'desc')
    .execute()
  return rows.map(row => ({
    reader: row.reader as ChangeReader,
    givenTo: row.given_to,
    words: row.words,
    byName: row.name,
    at: row.at,
  }))
}

/**
 * Keeps what a reader is told: the Panel reads it here; staff and family are given it by the person who says so.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid'
 */
export async function tellChange(
  acting: Acting,
  incidentId: string,
  told: { reader: string; givenTo: string; words: string },
): Promise<void> {
  ensureMay(acting, 'write', 'action')
  const fields: FieldError[] = []
  const reader = Object.hasOwn(changeReaders, told.reader) ? (told.reader as ChangeReader) : undefined
  if (!reader) throw new ServiceError('invalid', 'Choose whom you tell. Reload the page, and try again.')
  if (!told.words) fields.push({ field: `words-${reader}`, text: 'Write what changed' })
  if (told.words.length > 8000) fields.push({ field: `words-${reader}`, text: 'This must be 8000 characters or fewer' })
  if (reader !== 'panel' && !told.givenTo) {
    fields.push({ field: `givenTo-${reader}`, text: 'Say whom you give it to and how. Name no relative' })
  }
  if (fields.length > 0) throw new ServiceError('invalid', 'It was not kept: something is missing.', { fields })
  await acting.transaction(async tx => {
    const place = await placeOf(tx, incidentId)
    if (!place) throw new ServiceError('not-found', 'There is no such incident, or it is not yours to see.')
    await tx
      .insertInto('change_account')
      .values({
        ...columnsOf(place),
        reader,
        given_to: told.givenTo,
        words: told.words,
        person_id: acting.personId,
        at: contextOf(tx).now,
      })
      .execute()
    await recordEvent(tx, { kind: 'change.told', subject: 'action', place, detail: { reader } })
  })
}
