import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { advance, openConsideration } from './advance.ts'
import {
  deletePoint,
  insertLetter,
  insertPoint,
  lockLetter,
  numberPoints,
  readLetter,
  storeLetter,
  updatePoint,
  type PointText,
} from './letter-store.ts'
import { firstText, longestText, type Letter, type LetterText } from './letter.ts'
import { readingsOf } from './store.ts'

/** Begins the letter, or takes up the one there is. @throws ServiceError 'not-allowed', 'not-found', 'conflict' */
export async function startLetter(acting: Acting, incidentId: string): Promise<void> {
  ensureMay(acting, 'write', 'letter-draft')
  await acting.transaction(async tx => {
    const consideration = await openConsideration(tx, incidentId)
    if (await readLetter(tx, incidentId)) return
    const readings = (await readingsOf(tx, incidentId, acting.personId)).filter(reading => reading.finishedAt)
    const text = {
      ...firstText(consideration),
      viewOnReview: sharedBy(readings.map(reading => reading.viewOnReview)),
      viewOnDecision: sharedBy(readings.map(reading => reading.viewOnDecision)),
    }
    if (!(await insertLetter(tx, consideration, text))) return
    await advance(tx, incidentId, 'write-letter')
    await recordEvent(tx, { kind: 'letter.started', subject: 'letter-draft', place: consideration })
  })
}

/** The view that every reading has; undefined when they differ. */
function sharedBy<View>(views: readonly View[]): View | undefined {
  return new Set(views).size === 1 ? views[0] : undefined
}

/** @throws ServiceError 'not-allowed', 'not-found', 'invalid', or 'conflict' when somebody saved it since */
export async function saveLetter(
  acting: Acting,
  incidentId: string,
  text: LetterText,
  seenRevision: number,
): Promise<void> {
  await changeLetter(acting, incidentId, async tx => {
    const problems = (['opening', 'strengths', 'closing'] as const)
      .filter(field => text[field].length > longestText)
      .map(field => ({ field, text: `This part must be ${longestText} characters or fewer` }))
    refuseIf(problems)
    if (!(await storeLetter(tx, incidentId, seenRevision, text))) throw savedByAnother()
  })
}

/** Adds a point at the end, or changes the one with this id. @throws as `saveLetter` */
export async function savePoint(
  acting: Acting,
  incidentId: string,
  point: PointText & { id: string | undefined },
  seenRevision: number,
): Promise<void> {
  await changeLetter(acting, incidentId, async (tx, letter) => {
    const problems: FieldError[] = []
    if (!point.text) problems.push({ field: 'text', text: 'Write the point' })
    if (point.text.length > longestText)
      problems.push({ field: 'text', text: `The point must be ${longestText} characters or fewer` })
    if (point.replyBy && point.replyBy < contextOf(tx).today) {
      problems.push({ field: 'replyBy-day', text: 'The day to answer by must not be in the past' })
    }
    refuseIf(problems)
    if (!(await storeLetter(tx, incidentId, seenRevision, undefined))) throw savedByAnother()
    if (point.id === undefined) return insertPoint(tx, letter, letter.points.length + 1, point)
    if (!letter.points.some(one => one.id === point.id)) throw noSuchPoint()
    return updatePoint(tx, incidentId, point.id, point)
  })
}

/** @throws as `saveLetter` */
export async function removePoint(acting: Acting, incidentId: string, pointId: string): Promise<void> {
  await changeLetter(acting, incidentId, async (tx, letter) => {
    const left = letter.points.filter(point => point.id !== pointId)
    if (left.length === letter.points.length) return
    await storeLetter(tx, incidentId, letter.revision, undefined)
    await deletePoint(tx, incidentId, pointId)
    await numberPoints(
      tx,
      incidentId,
      left.map(point => point.id),
    )
  })
}

/** Moves a point one place. At the end of the list it stays. @throws as `saveLetter` */
export async function movePoint(
  acting: Acting,
  incidentId: string,
  pointId: string,
  direction: 'up' | 'down',
): Promise<void> {
  await changeLetter(acting, incidentId, async (tx, letter) => {
    const ids = letter.points.map(point => point.id)
    const from = ids.indexOf(pointId)
    const to = direction === 'up' ? from - 1 : from + 1
    if (from < 0 || to < 0 || to >= ids.length) return
    ids.splice(to, 0, ...ids.splice(from, 1))
    await storeLetter(tx, incidentId, letter.revision, undefined)
    await numberPoints(tx, incidentId, ids)
  })
}

async function changeLetter(
  acting: Acting,
  incidentId: string,
  change: (tx: Tx, letter: Letter) => Promise<void>,
): Promise<void> {
  ensureMay(acting, 'write', 'letter-draft')
  await acting.transaction(async tx => {
    const letter = await lockLetter(tx, incidentId)
    if (!letter) throw noSuchLetter()
    if (letter.status === 'sent') throw letterStands()
    await change(tx, letter)
  })
}

function refuseIf(problems: FieldError[]): void {
  if (problems.length === 0) return
  throw new ServiceError('invalid', 'This was not saved: something is missing or too long.', { fields: problems })
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
