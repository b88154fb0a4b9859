import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { partnershipBodies } from '../../reference-data/index.ts'
import { askedOfPartnership } from './asked-store.ts'
import { actionFrom, type ActionChoices, type TypedAction } from './action-form.ts'
import { insertAction, lockAction, replaceServed, updateAction } from './action-store.ts'
import { drawActionNumber } from './action.ts'

export function noSuchAction(): ServiceError {
  return new ServiceError('not-found', 'There is no such action, or it is not yours to see.')
}

/** What may be chosen for an action of the acting person's partnership. */
export async function choicesFor(
  tx: Tx,
  partnershipCode: string,
): Promise<ActionChoices & { asked: Awaited<ReturnType<typeof askedOfPartnership>> }> {
  const { today } = contextOf(tx)
  const bodies = await partnershipBodies(tx, partnershipCode, today)
  const people = await tx
    .selectFrom('appointment')
    .innerJoin('person', 'person.id', 'appointment.person_id')
    .innerJoin('body', 'body.code', 'appointment.body_code')
    .select(['person.id', 'person.name', 'body.name as body_name'])
    .where('appointment.body_code', 'in', [partnershipCode, ...bodies.map(body => body.code)])
    .where('appointment.from_on', '<=', today)
    .where(eb => eb.or([eb('appointment.until_on', 'is', null), eb('appointment.until_on', '>', today)]))
    // Others cannot open an action: they lead one with a link.
    .where('appointment.role', 'in', ['safeguarding-partner', 'business-manager'])
    .where('person.ended_at', 'is', null)
    .orderBy('person.name')
    .execute()
  const asked = await askedOfPartnership(tx, { partnershipCode, open: false })
  return {
    bodies: new Map(bodies.map(body => [body.code, body.name])),
    people: new Map(people.map(person => [person.id, person.name])),
    addresseeIds: new Set(asked.flatMap(one => (one.kind === 'letter-point' ? [] : one.addresseeId))),
    pointIds: new Set(asked.flatMap(one => (one.kind === 'letter-point' ? one.pointId : []))),
    asked,
  }
}

/**
 * The partnership agrees on an action.
 * @returns its id
 * @throws ServiceError 'not-allowed', 'invalid'
 */
export async function agreeAction(acting: Acting, typed: TypedAction): Promise<string> {
  ensureMay(acting, 'write', 'action')
  return acting.transaction(async tx => {
    const { today, now } = contextOf(tx)
    const partnershipCode = acting.bodyCode
    const choices = await choicesFor(tx, partnershipCode)
    const words = actionFrom(typed, choices, today)
    // It lies with an incident where all that it serves is about that one: whoever may not see that one sees no action.
    const { addresseeIds, pointIds } = words.serves
    const incidents = new Set(
      choices.asked
        .filter(one =>
          one.kind === 'letter-point' ? pointIds.includes(one.pointId) : addresseeIds.includes(one.addresseeId),
        )
        .map(one => one.place?.incidentId ?? null),
    )
    const [incidentId = null] = incidents.size === 1 ? incidents : []
    const number = drawActionNumber(today)
    const made = { number, partnershipCode, incidentId, personId: acting.personId, on: today, at: now }
    const actionId = await insertAction(tx, words, made)
    await replaceServed(tx, { actionId, partnershipCode }, words.serves)
    const place = choices.asked.find(one => one.place && one.place.incidentId === incidentId)?.place
    await recordEvent(tx, {
      kind: 'action.agreed',
      subject: 'action',
      objectId: actionId,
      detail: { number, newLead: words.leadPersonId },
      ...(place && { place }),
    })
    return actionId
  })
}

/** @throws ServiceError 'not-allowed', 'not-found', 'invalid' */
export async function changeAction(acting: Acting, actionId: string, typed: TypedAction): Promise<void> {
  ensureMay(acting, 'write', 'action')
  await acting.transaction(async tx => {
    const action = await lockAction(tx, actionId)
    if (!action) throw noSuchAction()
    const leadWithAddress = action.leadPersonId ? undefined : action.leadName
    const choices = { ...(await choicesFor(tx, action.partnershipCode)), leadWithAddress }
    const words = actionFrom(typed, choices, contextOf(tx).today)
    await updateAction(tx, action, words)
    await replaceServed(tx, action, words.serves)
    const { place, number } = action
    const newLead = words.leadPersonId === action.leadPersonId ? null : words.leadPersonId
    await recordEvent(tx, {
      kind: 'action.changed',
      subject: 'action',
      objectId: actionId,
      detail: { number, newLead },
      ...(place && { place }),
    })
  })
}
