import type { CivilDate } from '../../platform/dates.ts'
import { told, type DetailsOf } from '../../platform/events/index.ts'
import type { DecisionSource, Outcome } from './decision-form.ts'
import type { EntryKind } from './entries/entry-forms.ts'
import type { SentThing, SentTo } from './sent-ahead/sending.ts'

/** What can happen to a local review, in the words of the timeline. */
export const localReviewEvents = {
  'local-review.decided': told<{
    reviewId: string
    from: DecisionSource
    decidedOn: CivilDate
    dueOn: CivilDate
    rule: string
  }>('A local review was decided on'),
  'local-review.decision-corrected': told<{ decidedOn: CivilDate; dueOn: CivilDate }>(
    'The decision on the local review was corrected',
  ),
  'local-review.stage-changed': told<{
    stage: string
    openedOn?: CivilDate | undefined
    closedOn?: CivilDate | undefined
  }>('A stage of the local review was opened or closed'),
  'local-review.terms-saved': told<{ page: string }>('A page of the terms of reference was saved'),
  'local-review.terms-agreed': told<{ version: number; agreedOn: CivilDate }>('The terms of reference were agreed'),
  'local-review.reviewer-declared': told<{ conflict: boolean }>('A reviewer declared their interests'),
  'local-review.reviewer-judged': told<{ judgement: string }>('What a reviewer declared was judged'),
  'local-review.reviewer-appointed': told<{ appointedOn: CivilDate }>('A reviewer was appointed'),
  'local-review.reviewer-ended': told<{ endedOn: CivilDate }>('The work of a reviewer ended'),
  'local-review.written-down': told<{ kind: EntryKind; change: 'added' | 'changed' | 'removed' }>(
    'Something was written down on the local review',
  ),
  'local-review.extended': told<{ reason: string; expectedOn: CivilDate }>('The local review takes longer'),
  'local-review.process-saved': told<{ kind: string; status: string }>('A related process was checked'),
  'local-review.learning-saved': told<{ number: number }>('A learning point was written'),
  'local-review.learning-cleared': told<{ number: number; asked: string }>('A learning point was cleared to be shared'),
  'local-review.publication-planned': told<{ publishOn?: CivilDate | undefined }>('The day of publication was planned'),
  'local-review.sent-ahead': told<{
    reviewId: string
    sendingId: string
    what: SentThing
    sentTo: SentTo[]
    sentOn: CivilDate
    version?: number | undefined
  }>('The local review was sent ahead of publication'),
  'local-review.ended': told<{ outcome: Outcome; on: CivilDate }>('What is published of the local review was recorded'),
  'local-review.incident-added': told<{ reference: string }>('Another incident was added to the local review'),
  'local-review.incident-removed': told<{ reference: string }>('An incident was taken out of the local review'),
  'local-review.closed': told<{ on: CivilDate }>('The local review was closed'),
}

declare module '../../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof localReviewEvents> {}
}
