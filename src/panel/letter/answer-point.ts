import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { invalidAt, ServiceError, type FieldError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { readIncident, type Incident } from '../../notifications/index.ts'
import { holdReview } from '../advance.ts'
import { deleteAnswerDraft, insertReply, readLetter, storeAnswerDraft } from './store.ts'
import { isUnanswered, longestText, namesIn, type Letter, type LetterPoint } from './letter.ts'
import type { WhichReview } from '../which-review.ts'
import { noSuchLetter, noSuchPoint } from './write-letter.ts'

export interface Answer {
  text: string
  action: string
  /** How many answers the page showed; absent when nobody looked at a page. */
  seenAnswers?: number
  /** Of the draft that the page showed, 0 when there was none; absent when nobody looked at a page. */
  seenRevision?: number
  /** Words like a child's name were looked at and are to stay. */
  namesChecked?: boolean
}

/**
 * The partnership's answer to one point, and what it will do. An answer stays; a later one is added to it.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' (also for words that are part of a child's name, until they
 *   were looked at), 'conflict' when somebody else has just answered
 */
export async function answerPoint(acting: Acting, which: WhichReview, number: number, reply: Answer): Promise<void> {
  ensureMay(acting, 'reply', 'letter')
  const problems = tooLong(reply)
  if (!reply.text) problems.unshift({ field: 'text', text: 'Write your answer to the point' })
  if (problems.length > 0) {
    throw new ServiceError('invalid', 'The answer was not sent: something is missing or too long.', {
      fields: problems,
    })
  }
  await acting.transaction(async tx => {
    const { reviewId } = await openLetter(tx, which)
    // Of two who answer the last two points at once, the second knows that none is left.
    await holdReview(tx, reviewId)
    const { letter, point } = await openPoint(tx, which, number)
    if (reply.seenAnswers !== undefined && point.replies.length > reply.seenAnswers) {
      throw new ServiceError(
        'conflict',
        'Somebody has just answered this point. Their answer is shown here: send yours to add to it, or leave it.',
      )
    }
    if (!reply.namesChecked) refuseNames(reply, await readIncident(tx, which.incidentId))
    const draft = await deleteAnswerDraft(tx, point.id)
    if (reply.seenRevision !== undefined && draft !== reply.seenRevision) throw draftSavedByAnother()
    const { text, action } = reply
    await insertReply(tx, letter, point.id, { personId: acting.personId, text, action, at: contextOf(tx).now })
    const later = point.replies.length > 0
    await recordEvent(tx, {
      kind: 'letter.point-answered',
      subject: 'letter',
      place: letter,
      objectId: point.id,
      detail: { review: which.kind, number, later },
    })
    const othersAnswered = letter.points.every(one => one.id === point.id || !isUnanswered(one))
    if (isUnanswered(point) && othersAnswered) {
      await recordEvent(tx, {
        kind: 'letter.all-answered',
        subject: 'letter',
        place: letter,
        detail: { review: which.kind },
      })
    }
  })
}

/**
 * Keeps an answer that is being written, for everybody who may answer for the partnership; the Panel does not see it.
 * Saved with nothing in it, the draft is gone.
 *
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' when it is too long, or 'conflict' when somebody else saved
 *   or sent it since
 */
export async function saveAnswer(
  acting: Acting,
  which: WhichReview,
  number: number,
  draft: { text: string; action: string; seenRevision: number },
): Promise<void> {
  ensureMay(acting, 'reply', 'letter')
  const fields = tooLong(draft)
  if (fields.length > 0) throw new ServiceError('invalid', 'The draft was not saved: it is too long.', { fields })
  await acting.transaction(async tx => {
    const { letter, point } = await openPoint(tx, which, number)
    const saved =
      draft.text || draft.action
        ? await storeAnswerDraft(tx, letter, point.id, { ...draft, personId: acting.personId, at: contextOf(tx).now })
        : (await deleteAnswerDraft(tx, point.id)) === draft.seenRevision
    if (!saved) throw draftSavedByAnother()
  })
}

async function openLetter(tx: Tx, which: WhichReview): Promise<Letter> {
  const letter = await readLetter(tx, which)
  if (letter?.status !== 'sent') throw noSuchLetter()
  return letter
}

async function openPoint(tx: Tx, which: WhichReview, number: number): Promise<{ letter: Letter; point: LetterPoint }> {
  const letter = await openLetter(tx, which)
  const point = letter.points.find(one => one.number === number)
  if (!point) throw noSuchPoint()
  return { letter, point }
}

function tooLong(reply: { text: string; action: string }): FieldError[] {
  return (['text', 'action'] as const)
    .filter(field => reply[field].length > longestText)
    .map(field => ({ field, text: `This must be ${longestText} characters or fewer` }))
}

function draftSavedByAnother(): ServiceError {
  return new ServiceError(
    'conflict',
    'Somebody else saved this answer, or sent it, after you opened this page. What is stored is shown beside what you typed: save or send again to keep yours.',
  )
}

/** An answer is read by many, like the letter, and cannot be taken back. */
function refuseNames({ text, action }: Answer, incident: Incident | undefined): void {
  const names = namesIn(
    `${text} ${action}`,
    (incident?.children ?? []).flatMap(child => child.name ?? []),
  )
  if (names.length === 0) return
  const asked = `${names.join(', ')} may be a child’s name. Say “the child” instead, or tick the box to send it as it is`
  throw invalidAt('namesChecked', asked)
}
