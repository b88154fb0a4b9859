import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { OpenedLink } from '../../platform/web/index.ts'
import { workeds, type Worked } from './comes-up-again.ts'
import { readQuestion, saveAnswer } from './question-store.ts'

const longestWords = 4000

export function noSuchQuestion(): ServiceError {
  return new ServiceError('not-found', 'There is no such question, or you may not see it.')
}

/**
 * Whoever owed the answer says whether it worked. The answer stands; a later incident asks anew.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid', or 'conflict' when it is answered already
 */
export async function answerQuestion(
  acting: Acting,
  questionId: string,
  typed: { answer: string; words: string },
): Promise<void> {
  ensureMay(acting, 'reply', 'theme-question')
  await acting.transaction(async tx => {
    const question = await readQuestion(tx, questionId)
    if (!question) throw noSuchQuestion()
    if (question.bodyCode !== acting.bodyCode) {
      throw new ServiceError('not-allowed', `${question.bodyName} answers this itself.`)
    }
    await keepAnswer(tx, questionId, typed, { saidBy: acting.name, personId: acting.personId, linkId: null })
  })
}

/**
 * The same by whoever came with a link.
 * @throws ServiceError 'not-found', 'invalid', or 'conflict' when it is answered already
 */
export async function answerQuestionByLink(link: OpenedLink, typed: { answer: string; words: string }): Promise<void> {
  await link.transaction(async tx => {
    if (!(await readQuestion(tx, link.objectId))) throw noSuchQuestion()
    await keepAnswer(tx, link.objectId, typed, { saidBy: link.holder, personId: null, linkId: link.id })
  })
}

async function keepAnswer(
  tx: Tx,
  questionId: string,
  { answer, words }: { answer: string; words: string },
  by: { saidBy: string; personId: string | null; linkId: string | null },
): Promise<void> {
  const problems: FieldError[] = []
  if (!Object.hasOwn(workeds, answer)) problems.push({ field: 'answer', text: 'Select whether it worked' })
  if (!words) problems.push({ field: 'words', text: 'Write how you know' })
  if (words.length > longestWords) {
    problems.push({ field: 'words', text: `This must be ${longestWords} characters or fewer` })
  }
  if (problems.length > 0) throw new ServiceError('invalid', 'The answer was not kept.', { fields: problems })
  const kept = { answer: answer as Worked, words, ...by, at: contextOf(tx).now }
  if (!(await saveAnswer(tx, questionId, kept))) {
    throw new ServiceError('conflict', 'Somebody of your organisation has just answered this. It is shown here.')
  }
  await recordEvent(tx, {
    kind: 'theme.answered',
    subject: 'theme-question',
    objectId: questionId,
    detail: { answer: kept.answer },
  })
}
