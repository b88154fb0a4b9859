import type { ChangeChoice } from '../../documents/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { told, type DetailsOf } from '../../platform/events/index.ts'
import type { DocumentKind } from '../../platform/files/index.ts'
import type { RapidReviewOutcome, RapidReviewSection } from './rapid-review-form.ts'
import type { Partner } from '../signing/partner.ts'

/** What can happen to a rapid review, in the words of the timeline. */
export const reviewsEvents = {
  'rapid-review.opened': told<{ dueOn: CivilDate; rule: string; openedOn: CivilDate }>('Rapid review opened'),
  'rapid-review.section-saved': told<{ page: string }>('A page of the rapid review was saved'),
  'rapid-review.member-added': told('Somebody joined the group of the rapid review'),
  'rapid-review.member-removed': told('Somebody left the group of the rapid review'),
  'rapid-review.file-added': told<{ kind: DocumentKind; hash: string; paragraphs: number }>(
    'A file was added to the rapid review',
  ),
  'rapid-review.paragraphs-placed': told<{
    paragraphs: number
    sections: RapidReviewSection[]
    changes: ChangeChoice | 'none'
  }>('Paragraphs of a file were placed in the rapid review'),
  'rapid-review.signatures-asked': told<{ hash: string; again: boolean }>('Signatures were asked for'),
  'rapid-review.taken-back': told('The rapid review was taken back to change its text'),
  'rapid-review.signed': told<{ partner: Partner; body: string; hash: string }>(
    'A safeguarding partner signed the rapid review',
  ),
  'rapid-review.sent-back': told<{ partner: Partner; body: string }>(
    'A safeguarding partner sent the rapid review back',
  ),
  'rapid-review.sent': told<{ outcomes: RapidReviewOutcome[]; onTime: boolean; hash: string; lateReason?: string }>(
    'Rapid review sent to the Panel',
  ),
}

declare module '../../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof reviewsEvents> {}
}
