import { dateFromParts, partsOfDate, type CivilDate, type DateParts } from '../../platform/dates.ts'
import { readOr, ServiceError, type FieldError } from '../../platform/errors.ts'
import { longestText, type PointText } from './letter.ts'
import { isTheme } from '../../reference-data/index.ts'

/** A point of a letter as its form holds it. */
export interface TypedPoint {
  theme: string
  text: string
  /** `yes` or `no`. */
  asks: string
  /** Absent, or all empty: no day is asked for. */
  replyBy?: DateParts | undefined
}

/** A point as its form shows it; none is an empty form. */
export function typedPoint(point: PointText | undefined): TypedPoint {
  return {
    theme: point?.theme ?? '',
    text: point?.text ?? '',
    asks: point ? (point.asks ? 'yes' : 'no') : '',
    replyBy: partsOfDate(point?.replyBy),
  }
}

/** @throws ServiceError 'invalid' with everything that is missing or wrong, each at its field */
export function pointFrom({ theme, text, asks, replyBy }: TypedPoint, today: CivilDate): PointText {
  const problems: FieldError[] = []
  if (!text) problems.push({ field: 'text', text: 'Write the point' })
  if (text.length > longestText) {
    problems.push({ field: 'text', text: `The point must be ${longestText} characters or fewer` })
  }
  if (!isTheme(theme)) problems.push({ field: 'theme', text: 'Select the theme' })
  if (asks !== 'yes' && asks !== 'no') problems.push({ field: 'asks', text: 'Select whether you ask for an answer' })
  // Where no answer is asked for, a day was typed before that was chosen, and is hidden.
  const isDated = asks !== 'no' && Object.values(replyBy ?? {}).some(Boolean)
  const day = isDated
    ? readOr(problems, () => dateFromParts(replyBy ?? {}, { name: 'The day to answer by', field: 'replyBy' }))
    : undefined
  if (day && day < today) {
    problems.push({ field: 'replyBy-day', text: 'The day to answer by must not be in the past' })
  }
  if (problems.length > 0 || !isTheme(theme)) {
    throw new ServiceError('invalid', 'The point was not saved: something is missing or wrong.', { fields: problems })
  }
  return { theme, text, asks: asks === 'yes', replyBy: day }
}
