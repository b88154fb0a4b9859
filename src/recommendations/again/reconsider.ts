import { ensureMay, type Acting } from '../../platform/acting.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { legalSteps } from '../moves.ts'
import { showInPublic } from '../progress/show-in-public.ts'
import { addresseesOf } from '../store.ts'
import { draftSubjectOf, knownRecommendation, longestText } from '../write-recommendation.ts'
import { questionsAbout } from './question-store.ts'
import { decisions, insertReconsidered, openAgain, type Decision } from './reconsidered-store.ts'

/** Stands for a question where it is opened again for something that everybody knows. */
export const somethingPublic = 'public'

/**
 * What was closed is looked at again: it is opened, or stays closed. Every reply, judgement and evidence stays. Opened for
 * something that is not public, it is closed to everybody and to national bodies until that is published.
 *
 * @param typed.because the id of the question it is opened for, or `public`
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid', or 'conflict' when it is not closed
 */
export async function reconsider(
  acting: Acting,
  number: string,
  typed: { decision: string; because: string; reason: string },
): Promise<Decision> {
  return acting.transaction(async tx => {
    const found = await knownRecommendation(tx, number)
    ensureMay(acting, 'send', draftSubjectOf(found))
    if (!legalSteps[found.status].includes('issued') || !found.issuedAt) {
      throw new ServiceError('conflict', `${number} is not closed: only what was closed is opened again.`)
    }
    const questions = await questionsAbout(tx, found.recommendationId)
    const { decision, because, reason } = typed
    const isOpened = decision === 'reopened'
    const question = questions.find(({ questionId }) => questionId === because)
    const problems: FieldError[] = []
    if (!Object.hasOwn(decisions, decision)) {
      problems.push({ field: 'decision', text: 'Select whether it is opened again' })
    }
    if (isOpened && !question && because !== somethingPublic) {
      problems.push({ field: 'because', text: 'Select what it is opened again for' })
    }
    if (isOpened && because === somethingPublic && found.place && questions.some(({ isPublic }) => !isPublic)) {
      problems.push({
        field: 'because',
        text: 'Its theme has come up again in something that is not public. Select that, so that nobody is told too early',
      })
    }
    if (!reason) problems.push({ field: 'reason', text: 'Say why' })
    if (reason.length > longestText) {
      problems.push({ field: 'reason', text: `This must be ${longestText} characters or fewer` })
    }
    if (problems.length > 0) throw new ServiceError('invalid', 'Nothing was decided.', { fields: problems })
    const kept = decision as Decision
    const questionId = isOpened ? (question?.questionId ?? null) : null
    await insertReconsidered(tx, found, { decision: kept, questionId, reason, personId: acting.personId })
    if (isOpened && !(await openAgain(tx, found))) {
      throw new ServiceError('conflict', `Somebody else has just opened ${number}, or replaced it.`)
    }
    await showInPublic(tx, found.recommendationId)
    const told = isOpened ? (await addresseesOf(tx, found.recommendationId)).filter(one => one.status === 'issued') : []
    await recordEvent(tx, {
      kind: isOpened ? 'recommendation.reopened' : 'recommendation.stays-closed',
      subject: 'recommendation',
      ...(found.place && { place: found.place }),
      objectId: found.recommendationId,
      detail: { number, bodies: told.flatMap(({ bodyCode }) => bodyCode ?? []) },
    })
    return kept
  })
}
