import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { londonDate } from '../../platform/dates.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { ReviewPlace } from '../review.ts'
import { peopleToAsk } from './accuracy.ts'
import type { DraftComment } from './draft.ts'
import { seenReport, versionIn } from './open-draft.ts'
import { commentsOf, insertComment, markResolved } from './store.ts'

const longest = 4000

/**
 * Comments on a paragraph of a version. The comment stays with the paragraph in later versions, and is seen where the
 * paragraph has changed or gone.
 * @throws ServiceError 'not-allowed', 'not-found', or 'invalid', for a comment without words at the field `text-PARAGRAPH`
 */
export async function comment(
  acting: Acting,
  incidentId: string,
  { version, paragraphId, text }: { version: number; paragraphId: string; text: string },
): Promise<string> {
  ensureMay(acting, 'comment', 'local-review')
  return acting.transaction(async tx => {
    const report = await seenReport(tx, incidentId)
    const { paragraphs, savedById } = versionIn(report, version)
    if (!paragraphs.some(({ id }) => id === paragraphId)) {
      throw new ServiceError('invalid', 'This version has no such paragraph. Comment on one that stands in it.')
    }
    const words = checked(text, `text-${paragraphId}`)
    const { today } = contextOf(tx)
    const before = await commentsOf(tx, report.review)
    // Whoever goes through the text paragraph by paragraph writes one mail, and not thirty.
    const isTold = before.some(
      each =>
        each.byId === acting.personId &&
        each.answersId === undefined &&
        each.version === version &&
        londonDate(each.at) === today,
    )
    const id = await insertComment(tx, report.review, { paragraphId, version, answersId: undefined, text: words })
    await recordEvent(tx, {
      kind: 'draft.commented',
      subject: 'local-review',
      place: report.review,
      objectId: id,
      detail: {
        version,
        paragraph: paragraphId,
        tell: isTold ? [] : await toTell(tx, acting, report.review, [savedById]),
      },
    })
    return id
  })
}

/** @returns the comment that was answered. @throws ServiceError 'not-allowed', 'not-found', or 'invalid' at the field `answer-COMMENT` */
export async function answerComment(
  acting: Acting,
  incidentId: string,
  commentId: string,
  text: string,
): Promise<DraftComment> {
  ensureMay(acting, 'comment', 'local-review')
  return acting.transaction(async tx => {
    const { review, found, thread } = await firstComment(tx, incidentId, commentId)
    const { paragraphId, version } = found
    const words = checked(text, `answer-${commentId}`)
    const id = await insertComment(tx, review, { paragraphId, version, answersId: commentId, text: words })
    await recordEvent(tx, {
      kind: 'draft.commented',
      subject: 'local-review',
      place: review,
      objectId: id,
      detail: { version, paragraph: paragraphId, tell: await toTell(tx, acting, review, thread) },
    })
    return found
  })
}

/**
 * Says that a comment is dealt with. It is kept, with who said so.
 * @returns the comment. @throws ServiceError 'not-allowed' or 'not-found'
 */
export async function resolveComment(acting: Acting, incidentId: string, commentId: string): Promise<DraftComment> {
  ensureMay(acting, 'write', 'local-review')
  return acting.transaction(async tx => {
    const { review, found } = await firstComment(tx, incidentId, commentId)
    if (found.resolvedAt) return found
    await markResolved(tx, commentId)
    await recordEvent(tx, {
      kind: 'draft.comment-resolved',
      subject: 'local-review',
      place: review,
      objectId: commentId,
    })
    return found
  })
}

async function firstComment(tx: Tx, incidentId: string, commentId: string) {
  const { review } = await seenReport(tx, incidentId)
  const comments = await commentsOf(tx, review)
  const found = comments.find(({ id, answersId }) => id === commentId && !answersId)
  if (!found) throw new ServiceError('not-found', 'The report has no such comment.')
  const thread = comments.filter(({ id, answersId }) => [id, answersId].includes(commentId)).map(({ byId }) => byId)
  return { review, found, thread }
}

/** Those of them who may read the report still, without whoever says something now. */
async function toTell(
  tx: Tx,
  { personId }: Acting,
  review: ReviewPlace,
  personIds: readonly string[],
): Promise<string[]> {
  const readers = new Set((await peopleToAsk(tx, review)).map(reader => reader.personId))
  return [...new Set(personIds)].filter(id => id !== personId && readers.has(id))
}

function checked(text: string, field: string): string {
  const words = text.trim()
  const problem =
    words === ''
      ? 'Enter your comment'
      : words.length > longest
        ? 'The comment must be 4,000 characters or less'
        : undefined
  if (problem) throw invalidAt(field, problem)
  return words
}
