import { ensureMay, type Acting } from '../../../platform/acting.ts'
import { contextOf } from '../../../platform/database/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { invalidAt, ServiceError } from '../../../platform/errors.ts'
import { fingerprint } from '../../../platform/fingerprint.ts'
import { recordEvent } from '../../../platform/events/index.ts'
import {
  answersThatApply,
  openProblems,
  savePage,
  stepToWrite,
  type PostedPage,
  type SavedPage,
} from '../../../platform/questionnaire/index.ts'
import { closeStage } from '../stages/change-stage.ts'
import { seenLocalReview } from '../open-local-review.ts'
import { termsForm } from './terms-form.ts'
import { insertTermsVersion, readTerms, saveTerms, termsVersionsOf, type TermsDraft } from './store.ts'

/** @throws ServiceError 'not-allowed', 'not-found' */
export async function saveTermsPage(
  acting: Acting,
  incidentId: string,
  path: string,
  posted: PostedPage,
): Promise<SavedPage<TermsDraft>> {
  ensureMay(acting, 'write', 'local-review')
  return acting.transaction(async tx => {
    const review = await seenLocalReview(tx, incidentId)
    const draft = await readTerms(tx, review)
    return savePage(termsForm, draft, path, posted, { today: contextOf(tx).today }, async (saved, page) => {
      await saveTerms(tx, saved)
      await recordEvent(tx, {
        kind: 'local-review.terms-saved',
        subject: 'local-review',
        place: review,
        detail: { page },
      })
    })
  })
}

/**
 * Puts down that the partners agreed the terms of reference as they stand: the next version, which stays.
 * @throws ServiceError 'not-allowed', 'not-found', or 'invalid'
 */
export async function agreeTerms(
  acting: Acting,
  incidentId: string,
  { agreedOn, whyChanged }: { agreedOn: CivilDate; whyChanged: string },
): Promise<void> {
  ensureMay(acting, 'lead', 'local-review')
  await acting.transaction(async tx => {
    const review = await seenLocalReview(tx, incidentId)
    const draft = await readTerms(tx, review)
    const { today } = contextOf(tx)
    const problems = openProblems(termsForm, draft, { today })
    if (problems.length > 0) {
      throw new ServiceError('invalid', 'The terms of reference are not complete.', {
        fields: [...Map.groupBy(problems, ({ page }) => page)].map(([page, [first]]) => ({
          field: 'main-content',
          text: `On “${stepToWrite(termsForm, draft, page).page.title}”: ${first!.text}`,
        })),
      })
    }
    if (agreedOn > today) throw invalidAt('agreedOn-day', 'The day they agreed must be today or in the past')
    const last = (await termsVersionsOf(tx, review.reviewId)).at(-1)
    const answers = answersThatApply(termsForm, draft.answers)
    if (last && fingerprint(last.answers) === fingerprint(answers)) {
      throw invalidAt('main-content', `Nothing has changed since version ${last.version}, which was agreed`)
    }
    if (last && !whyChanged) throw invalidAt('whyChanged', 'Enter why the terms of reference change')
    if (last && agreedOn < last.agreedOn) {
      throw invalidAt('agreedOn-day', 'The day they agreed must not be before the last version')
    }
    const version = (last?.version ?? 0) + 1
    await insertTermsVersion(tx, review, { version, answers, agreedOn, whyChanged: whyChanged || undefined })
    await closeStage(tx, review, 'scoped', agreedOn)
    await recordEvent(tx, {
      kind: 'local-review.terms-agreed',
      subject: 'local-review',
      place: review,
      detail: { version, agreedOn },
    })
  })
}

/** @throws ServiceError 'not-found' */
export function noSuchVersion(): ServiceError {
  return new ServiceError('not-found', 'The terms of reference have no such version.')
}
