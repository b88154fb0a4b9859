import { may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { endLinks, makeLink } from '../../platform/links/index.ts'
import { ensureReceiver, linkDays, recordLink, type LinkReceiver } from '../link-for-addressee.ts'
import { knownAddressee, partsOf } from '../make-move.ts'
import type { Addressee, Recommendation } from '../recommendation.ts'
import { noSuchQuestion } from './answer-question.ts'
import { readQuestion, type ThemeQuestion } from './question-store.ts'

export interface AskedByLink {
  question: ThemeQuestion
  recommendation: Recommendation
  owed: Addressee
}

/**
 * A question that the acting person may ask by link: they enter what this body says, and it has not answered.
 * @throws ServiceError 'not-found'
 */
export async function askableByLink(tx: Tx, acting: Acting, questionId: string): Promise<AskedByLink | undefined> {
  const question = await readQuestion(tx, questionId)
  if (!question) throw noSuchQuestion()
  if (!may(acting, 'write', 'recommendation') || question.answer) return undefined
  const { recommendation, owed } = await knownAddressee(tx, question.number, question.addresseeId)
  return (await partsOf(tx, acting, owed)).entering ? { question, recommendation, owed } : undefined
}

async function known(tx: Tx, acting: Acting, questionId: string): Promise<AskedByLink> {
  const found = await askableByLink(tx, acting, questionId)
  if (!found) throw new ServiceError('conflict', 'It is answered, or is not yours to ask by link.')
  return found
}

/**
 * A link with which a body without an account says whether it worked. It opens this question and no cause of it.
 * @throws ServiceError 'not-found', 'invalid' or 'conflict'
 */
export async function makeQuestionLink(
  acting: Acting,
  questionId: string,
  to: LinkReceiver,
  publicUrl: string,
): Promise<{ id: string; address: string; purpose: 'did-it-work' }> {
  return acting.transaction(async tx => {
    const { recommendation, owed } = await known(tx, acting, questionId)
    ensureReceiver(to)
    const { place } = recommendation
    const purpose = 'did-it-work'
    const made = await makeLink(
      tx,
      { purpose, objectId: questionId, holder: to.holder, days: linkDays, ...(place && { place }) },
      publicUrl,
    )
    await recordLink(tx, acting, { recommendation, owed }, 'recommendation.link-made')
    return { ...made, purpose }
  })
}

/** @throws ServiceError 'not-found' or 'conflict' */
export async function endQuestionLink(acting: Acting, questionId: string, linkId: string): Promise<void> {
  await acting.transaction(async tx => {
    const { recommendation, owed } = await known(tx, acting, questionId)
    const ended = await endLinks(tx, 'did-it-work', questionId, linkId)
    if (ended > 0) await recordLink(tx, acting, { recommendation, owed }, 'recommendation.link-ended')
  })
}
