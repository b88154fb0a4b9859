import type { CivilDate } from '../platform/dates.ts'
import { told, type DetailsOf } from '../platform/events/index.ts'
import type { ViewOnDecision, ViewOnReview } from './opinions.ts'

/** What can happen between a review and its answered letter, in the words of the timeline. */
export const panelEvents = {
  'panel.received': told<{ dueOn: CivilDate; rule: string }>('The Panel received the rapid review'),
  'panel.allocated': told<{ personId: string }>('The review was given to a Panel member'),
  'panel.allocation-ended': told<{ personId: string }>('A Panel member no longer has the review'),
  'panel.conflict-declared': told<{ authorityCode?: string }>('A conflict of interest was declared'),
  'panel.reading-finished': told('A Panel member finished their reading'),
  'letter.started': told('The Panel began to write its letter'),
  'letter.ready': told('The Panel’s letter is ready to sign'),
  'letter.sent': told<{ points: number; viewOnReview: ViewOnReview; viewOnDecision: ViewOnDecision }>(
    'The Panel sent its letter',
  ),
  'letter.point-answered': told<{ number: number; later: boolean }>('The partnership answered a point of the letter'),
  'letter.all-answered': told('The partnership has answered every point of the letter that asks for an answer'),
}

declare module '../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof panelEvents> {}
}
