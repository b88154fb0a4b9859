import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { formatDate, londonDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { advance, openConsideration } from '../advance.ts'
import {
  deletePoint,
  insertLetter,
  insertPoint,
  lockLetter,
  numberPoints,
  readLetter,
  storeLetter,
  updatePoint,
} from './store.ts'
import { longestText, type Letter, type LetterText } from './letter.ts'
import { firstTexts, textSectionsOf } from './sections.ts'
import { pointOnDecision, type ViewOnDecision } from '../opinions.ts'
import { pointFrom, type TypedPoint } from './point-form.ts'
import { readingsOf } from '../store.ts'
import type { WhichReview } from '../which-review.ts'

/** Begins the letter, or takes up the one there is. @throws ServiceError 'not-allowed', 'not-found', 'conflict' */
export async function startLetter(acting: Acting, which: WhichReview): Promise<void> {
  ensureMay(acting, 'write', 'letter-draft')
  await acting.transaction(async tx => {
    const consideration = await openConsideration(tx, which)
    if (await readLetter(tx, which)) return
    const readings = (await readingsOf(tx, consideration.reviewId, acting.personId)).filter(
      reading => reading.finishedAt,
    )
    const { kind, reference, receivedAt } = consideration
    const text = {
      texts: firstTexts(kind, { reference, receivedOn: formatDate(londonDate(receivedAt)) }),
      viewOnReview: sharedBy(readings.map(reading => reading.viewOnReview)),
      viewOnDecision: sharedBy(readings.map(reading => reading.viewOnDecision)),
    }
    if (!(await insertLetter(tx, consideration, text))) return
    await fitPointOnDecision(tx, which, undefined)
    await advance(tx, consideration.reviewId, 'write-letter')
    await recordEvent(tx, {
      kind: 'letter.started',
      subject: 'letter-draft',
      place: consideration,
      detail: { review: kind },
    })
  })
}

/** The view that every reading has; undefined when they differ. */
function sharedBy<View>(views: readonly View[]): View | undefined {
  return new Set(views).size === 1 ? views[0] : undefined
}

/** What is done to a point while the text above it is saved. */
export interface PointChange {
  pointId: string
  change: 'up' | 'down' | 'remove'
}

/** @throws ServiceError 'not-allowed', 'not-found', 'invalid', or 'conflict' when somebody saved it since */
export async function saveLetter(
  acting: Acting,
  which: WhichReview,
  text: LetterText,
  seenRevision: number,
  also?: PointChange,
): Promise<void> {
  const fields = textSectionsOf(which.kind)
    .filter(({ key }) => (text.texts[key] ?? '').length > longestText)
    .map(({ key }) => ({ field: key, text: `This part must be ${longestText} characters or fewer` }))
  await changeLetter(acting, which, async (tx, letter) => {
    if (fields.length > 0) throw new ServiceError('invalid', 'This was not saved: a part is too long.', { fields })
    if (!(await storeLetter(tx, letter.letterId, seenRevision, text))) throw savedByAnother()
    if (also) await changePoint(tx, letter, also)
    await fitPointOnDecision(tx, which, letter.viewOnDecision)
  })
}

/**
 * What a letter asks of the decision is a point like the others, or nobody would see that it was not answered. It comes
 * with the view and goes with it; its words and its day are the writer's while the view stays.
 */
async function fitPointOnDecision(tx: Tx, which: WhichReview, before: ViewOnDecision | undefined): Promise<void> {
  const letter = await readLetter(tx, which)
  if (!letter) throw noSuchLetter()
  const text = pointOnDecision(letter.viewOnDecision)
  const point = letter.points.find(one => one.aboutDecision)
  if (text === undefined) {
    if (point) await changePoint(tx, letter, { pointId: point.id, change: 'remove' })
  } else if (!point) {
    const asked = { theme: 'local-review-decision', text, asks: true, replyBy: undefined, aboutDecision: true } as const
    await insertPoint(tx, letter, letter.points.length + 1, asked)
  } else if (letter.viewOnDecision !== before) {
    await updatePoint(tx, letter.letterId, point.id, { ...point, text })
  }
}

/** At either end of the list a point stays. */
async function changePoint(tx: Tx, letter: Letter, { pointId, change }: PointChange): Promise<void> {
  const ids = letter.points.map(point => point.id)
  const from = ids.indexOf(pointId)
  if (from < 0) throw noSuchPoint()
  ids.splice(from, 1)
  if (change === 'remove') await deletePoint(tx, letter.letterId, pointId)
  else ids.splice(change === 'up' ? Math.max(0, from - 1) : from + 1, 0, pointId)
  await numberPoints(tx, letter.letterId, ids)
}

/** Adds a point at the end, or changes the one with this id. @throws as `saveLetter` */
export async function savePoint(
  acting: Acting,
  which: WhichReview,
  typed: TypedPoint & { id: string | undefined },
  seenRevision: number,
): Promise<void> {
  await changeLetter(acting, which, async (tx, letter) => {
    const point = pointFrom(typed, contextOf(tx).today)
    if (!(await storeLetter(tx, letter.letterId, seenRevision, undefined))) throw savedByAnother()
    if (typed.id === undefined) {
      return insertPoint(tx, letter, letter.points.length + 1, { ...point, aboutDecision: false })
    }
    const stored = letter.points.find(one => one.id === typed.id)
    if (!stored) throw noSuchPoint()
    if (stored.aboutDecision && !point.asks) {
      const text = 'Select yes: the letter asks what the partnership concludes. To ask nothing, change the view'
      throw new ServiceError('invalid', 'The point was not saved.', { fields: [{ field: 'asks', text }] })
    }
    return updatePoint(tx, letter.letterId, typed.id, point)
  })
}

async function changeLetter(
  acting: Acting,
  which: WhichReview,
  change: (tx: Tx, letter: Letter) => Promise<void>,
): Promise<void> {
  ensureMay(acting, 'write', 'letter-draft')
  await acting.transaction(async tx => {
    const letter = await lockLetter(tx, which)
    if (!letter) throw noSuchLetter()
    if (letter.status === 'sent') throw letterStands()
    await change(tx, letter)
    await advance(tx, letter.reviewId, 'write-letter')
  })
}

export function noSuchLetter(): ServiceError {
  return new ServiceError('not-found', 'There is no letter on this review yet, or it is not yours to see.')
}

export function noSuchPoint(): ServiceError {
  return new ServiceError('not-found', 'This point is not in the letter any more. Go back to the letter.')
}

export function letterStands(): ServiceError {
  return new ServiceError(
    'conflict',
    'The letter was sent, and cannot change. If something has to be put right, write to the partnership.',
  )
}

export function savedByAnother(): ServiceError {
  return new ServiceError(
    'conflict',
    'Somebody else changed the letter after you opened this page. What you typed and what is stored are both shown: save again to keep yours.',
  )
}
