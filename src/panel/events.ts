import type { CivilDate } from '../platform/dates.ts'
import { told, type DetailsOf } from '../platform/events/index.ts'
import type { ReviewKind } from '../reviews/index.ts'
import type { ViewOnDecision, ViewOnReview } from './opinions.ts'

/** Which review of the incident it is about. */
interface About {
  review: ReviewKind
}

/** What can happen between a review and its answered letter, in the words of the timeline. */
export const panelEvents = {
  'panel.received': told<About & { dueOn: CivilDate; rule: string }>('The Panel received the review'),
  'panel.checked': told<About & { missing: number }>('The Panel checked whether the review is complete'),
  'panel.copy-sent': told<About & { what: 'review' | 'letter'; recipient: 'dfe' | 'ofsted'; sentOn: CivilDate }>(
    'A copy was sent, and a person confirmed it',
  ),
  'panel.allocated': told<About & { personId: string }>('The review was given to a Panel member'),
  'panel.allocation-ended': told<About & { personId: string }>('A Panel member no longer has the review'),
  'panel.conflict-declared': told<{ authorityCode?: string }>('A conflict of interest was declared'),
  'panel.reading-finished': told<About>('A Panel member finished their reading'),
  'letter.started': told<About>('The Panel began to write its letter'),
  /** `members` have the review, and may sign. */
  'letter.ready': told<About & { members: string[] }>('The Panel’s letter is ready to sign'),
  'letter.sent': told<About & { points: number; viewOnReview: ViewOnReview; viewOnDecision?: ViewOnDecision }>(
    'The Panel sent its letter',
  ),
  'letter.point-answered': told<About & { number: number; later: boolean }>(
    'The partnership answered a point of the letter',
  ),
  'letter.all-answered': told<About>('The partnership has answered every point of the letter that asks for an answer'),
}

declare module '../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof panelEvents> {}
}
