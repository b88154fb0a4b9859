import type { Status } from './recommendation.ts'

/** Whether the addressee has said what it will do. */
export const replies = {
  'not-known': 'Reply not known',
  awaited: 'No reply yet',
  accepted: 'Accepted',
  'accepted-differently': 'Accepted, to be done differently',
  'not-taken-forward': 'Not taken forward',
  replaced: 'Replaced by something else',
} as const
export type Reply = keyof typeof replies

/** How far it is with what it said. */
export const deliveries = {
  'not-started': 'Not started',
  'in-progress': 'In progress',
  done: 'Done',
  stopped: 'Stopped',
} as const
export type Delivery = keyof typeof deliveries

/** As it is read: not started is what somebody said, and before that nothing is known. */
export const deliveriesTold = { 'not-told': 'Nothing reported', ...deliveries } as const
export type DeliveryTold = keyof typeof deliveriesTold

export function deliveryTold(delivery: string, lastSaidOn: Date | string | null): DeliveryTold {
  return lastSaidOn === null ? 'not-told' : (delivery as Delivery)
}

/** Whether anything is different for children: never said by who did it. */
export const effects = {
  'not-looked-at': 'Not yet looked at',
  'practice-changed': 'Practice changed',
  'people-tell-us': 'Children or families tell us it is different',
  'fewer-harmed': 'Fewer children harmed',
  'no-change': 'No change seen',
  'cannot-be-told': 'Cannot be told',
} as const
export type Effect = keyof typeof effects

export const axes = { reply: replies, delivery: deliveries, effect: effects } as const
export type Axis = keyof typeof axes
export type State = Reply | Delivery | Effect

/** In which part somebody speaks. */
export const parts = {
  owner: 'Whoever owes the answer',
  judge: 'The independent scrutineer or the named assurance group',
  panel: 'The Panel, of a national body',
  sample: 'The Panel, of a partnership in its sample',
} as const
export type Part = keyof typeof parts

/** What becomes of a recommendation as a whole; every other step is refused, here and in the database. */
export const legalSteps: Readonly<Record<Status, readonly Status[]>> = {
  draft: ['out-for-comment', 'issued'],
  'out-for-comment': ['issued'],
  issued: ['closed', 'replaced'],
  // Its theme has come up again, and no change was seen.
  closed: ['issued'],
  replaced: [],
}

/** What must be said with a move, besides words. */
export const needs = {
  words: '',
  replacement: 'Say what replaces it',
  'audit-or-observation':
    'Practice is said to have changed on the evidence of an audit or of observation: choose it, or add it',
  'how-asked': 'Say how children or families were asked',
  'outcome-data': 'Fewer children are said to be harmed on outcome data: choose the dataset, or add it',
} as const
export type Need = keyof typeof needs

export interface LegalMove {
  axis: Axis
  by: Part
  from: State
  to: State
  needs: Need
}

const answers = ['accepted', 'accepted-differently', 'not-taken-forward', 'replaced'] as const
const answerable = ['not-known', 'awaited', ...answers] as const
const begun = ['in-progress', 'done', 'stopped'] as const
const judged = ['practice-changed', 'people-tell-us', 'fewer-harmed', 'no-change', 'cannot-be-told'] as const
const neededFor: Partial<Record<State, Need>> = {
  replaced: 'replacement',
  'practice-changed': 'audit-or-observation',
  'people-tell-us': 'how-asked',
  'fewer-harmed': 'outcome-data',
}

function every(axis: Axis, by: Part, from: readonly State[], to: readonly State[]): LegalMove[] {
  return from.flatMap(was => to.map(state => ({ axis, by, from: was, to: state, needs: neededFor[state] ?? 'words' })))
}
const staying = (axis: Axis, by: Part, states: readonly State[]): LegalMove[] =>
  states.map(state => ({ axis, by, from: state, to: state, needs: 'words' }))

/**
 * Every move there is; every other is refused, here and in the database, which holds a copy. A move to the state it is
 * in adds words to it: a later reply, news of the delivery, an answer to a judgement.
 */
export const legalMoves: readonly LegalMove[] = [
  ...every('reply', 'owner', answerable, answers),
  // Asks again where it is not known what was answered.
  ...every('reply', 'panel', ['not-known'], ['awaited']),
  ...every('delivery', 'owner', ['not-started', ...begun], begun),
  ...staying('delivery', 'owner', ['not-started']),
  ...(['judge', 'panel'] as const).flatMap(by => [
    ...every('effect', by, ['not-looked-at', ...judged], judged),
    // Reopens the question: its theme has come up again.
    ...every('effect', by, judged, ['not-looked-at']),
  ]),
  // The owner answers a judgement, and the Panel says what it saw of a sample: neither changes it.
  ...staying('effect', 'owner', judged),
  ...staying('effect', 'sample', ['not-looked-at', ...judged]),
]

/** Undefined when there is no such move. */
export function legalMove(axis: Axis, by: Part, from: State, to: State): LegalMove | undefined {
  return legalMoves.find(move => move.axis === axis && move.by === by && move.from === from && move.to === to)
}

/** What somebody may make of a state, in the order in which it is read. */
export function movesFrom(axis: Axis, by: Part, from: State): LegalMove[] {
  const order = Object.keys(axes[axis])
  return legalMoves
    .filter(move => move.axis === axis && move.by === by && move.from === from)
    .toSorted((one, other) => order.indexOf(one.to) - order.indexOf(other.to))
}
