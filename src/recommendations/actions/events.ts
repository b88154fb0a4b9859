import { told } from '../../platform/events/index.ts'
import type { DetailsOf } from '../../platform/events/index.ts'
import type { Delivery } from '../moves.ts'
import type { NationalAnswerKind } from '../national/answer.ts'

/** What can happen to an action and to a national recommendation in an area, in the words of the timeline. */
export const actionEvents = {
  'action.agreed': told<{ number: string; newLead: string | null }>('An action was agreed'),
  'action.changed': told<{ number: string; newLead: string | null }>(
    'An action was changed: its words, its owner, its lead or its day',
  ),
  'action.updated': told<{ number: string; delivery: Delivery }>('Somebody said how far an action is'),
  'action.checked': told<{ number: string; counts: boolean }>('An update of an action was checked'),
  'action.asked': told<{ number: string }>('An update of an action was asked for'),
  'national.sent': told<{ number: string; partnerships: number; bodies: string[] }>(
    'A national recommendation was sent to partnerships',
  ),
  'national.answered': told<{ answer: NationalAnswerKind }>('A partnership answered a national recommendation'),
  'national.sample-drawn': told<{ number: string; size: number; bodies: readonly string[] }>(
    'A sample of partnerships was drawn and asked for evidence',
  ),
  'national.evidence-given': told('A partnership of the sample gave its evidence'),
  'change.told': told<{ reader: 'panel' | 'staff' | 'family' }>('Somebody was told what changed because of a review'),
}

declare module '../../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof actionEvents> {}
}
