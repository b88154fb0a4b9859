import type { KnownToRecord, TextOnPage } from '../../documents/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { knownToReview } from '../../reviews/index.ts'
import { servedBy, updatesOf } from './action-store.ts'
import type { Action } from './action.ts'

/**
 * What leaves the partnership of an action, in an answer to the Panel or in a report for everybody, as a text by which
 * somebody could be recognised: its words, and updates that count.
 */
export async function actionToCheck(tx: Tx, action: Action): Promise<TextOnPage> {
  const { actionId, number, partnershipCode } = action
  const serves = (await servedBy(tx, [actionId])).get(actionId) ?? []
  const updates = ((await updatesOf(tx, [actionId])).get(actionId) ?? []).filter(({ check }) => check?.counts)
  const incidentIds = new Set([
    ...(action.place ? [action.place.incidentId] : []),
    ...serves.flatMap(one => (one.kind === 'letter-point' ? one.letter.incidentId : [])),
  ])
  const known: KnownToRecord[] = []
  for (const incidentId of incidentIds) known.push(await knownToReview(tx, incidentId))
  return {
    caption: `Action ${number}`,
    back: { href: `/actions/${actionId}`, text: `Action ${number}` },
    about: `action ${actionId}`,
    subject: 'action',
    place: action.place ?? { partnershipCode },
    paragraphs: [
      { id: 'text', text: action.text },
      ...updates.flatMap(({ updateId, words, evidence }) => [
        { id: `${updateId} words`, text: words },
        { id: `${updateId} evidence`, text: evidence },
      ]),
    ].filter(({ text }) => text !== ''),
    known: allOf(known),
    ours: [number, ...serves.flatMap(one => (one.kind === 'recommendation' ? one.number : []))],
  }
}

function allOf(known: readonly KnownToRecord[]): KnownToRecord {
  const children = known.flatMap(({ childrenInArea }) => childrenInArea ?? [])
  return {
    people: known.flatMap(({ people }) => people),
    dates: known.flatMap(({ dates }) => dates),
    addresses: known.flatMap(({ addresses }) => addresses),
    settings: known.flatMap(({ settings }) => settings),
    areas: known.flatMap(({ areas }) => areas),
    traits: known.flatMap(({ traits }) => traits ?? []),
    childrenInArea: children.length > 0 ? Math.min(...children) : undefined,
  }
}
