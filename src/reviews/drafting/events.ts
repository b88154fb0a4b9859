import type { CivilDate } from '../../platform/dates.ts'
import { told, type DetailsOf } from '../../platform/events/index.ts'
import type { Partner } from '../signing/partner.ts'
import type { AccuracyOutcome } from './draft.ts'

/** What can happen to the report of a local review, in the words of the timeline. `tell` are ids of people to write to. */
export const draftingEvents = {
  'draft.version-saved': told<{ version: number; hash: string; paragraphs: number }>(
    'A version of the local review’s report was saved',
  ),
  'draft.commented': told<{ version: number; paragraph: string; tell: readonly string[] }>(
    'Somebody commented on the local review’s report',
  ),
  'draft.comment-resolved': told('A comment on the local review’s report was settled'),
  'draft.accuracy-asked': told<{ version: number; answerBy: CivilDate; people: number; tell: readonly string[] }>(
    'People were asked whether the facts in the local review’s report are right',
  ),
  'draft.accuracy-answered': told<{ accurate: boolean }>(
    'Somebody answered whether the facts in the local review’s report are right',
  ),
  'draft.accuracy-settled': told<{ outcome: AccuracyOutcome }>(
    'It was decided what becomes of a fact that somebody says is not right',
  ),
  'draft.signatures-asked': told<{ version: number; hash: string }>(
    'Signatures were asked for the local review’s report',
  ),
  'draft.taken-back': told('The local review’s report was taken back to change it'),
  'draft.signed': told<{ partner: Partner; body: string; hash: string }>(
    'A safeguarding partner signed the local review’s report',
  ),
  'draft.sent-back': told<{ partner: Partner; body: string }>(
    'A safeguarding partner sent the local review’s report back',
  ),
}

declare module '../../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof draftingEvents> {}
}
