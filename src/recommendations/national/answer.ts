import { createHash } from 'node:crypto'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import type { Reply } from '../moves.ts'

/** What a partnership may answer to a national recommendation. Each is an answer in full. */
export const nationalAnswers = {
  'we-will': 'We will, by a plan of ours',
  'already-in-place': 'Already in place, with evidence',
  'not-now': 'Not now, because',
} as const
export type NationalAnswerKind = keyof typeof nationalAnswers
export const answerKinds = Object.keys(nationalAnswers) as NationalAnswerKind[]

/** Which reply each is on the axis of replies. */
export const replyOf = {
  'we-will': 'accepted',
  'already-in-place': 'accepted',
  'not-now': 'not-taken-forward',
} as const satisfies Record<NationalAnswerKind, Reply>

export interface TypedNationalAnswer {
  answer: string
  words: string
  evidence: string
}
export interface NationalAnswerWords {
  answer: NationalAnswerKind
  words: string
  evidence: string
}

const missingWords: Record<NationalAnswerKind, string> = {
  'we-will': 'Say what you will do, or which plan of yours answers it',
  'already-in-place': 'Say what is in place, and since when',
  'not-now': 'Say why not now, and what would change that',
}

/** @throws ServiceError 'invalid' with everything that is missing or wrong, each at its field */
export function nationalAnswerFrom({ answer, words, evidence }: TypedNationalAnswer): NationalAnswerWords {
  const fields: FieldError[] = []
  const kind = Object.hasOwn(nationalAnswers, answer) ? (answer as NationalAnswerKind) : undefined
  if (!kind) fields.push({ field: 'answer', text: 'Select your answer' })
  if (kind && !words) fields.push({ field: 'words', text: missingWords[kind] })
  if (kind === 'already-in-place' && !evidence) {
    fields.push({ field: 'evidence', text: 'Say how you know that it is in place, and where that can be seen' })
  }
  for (const [field, text] of Object.entries({ words, evidence })) {
    if (text.length > 4000) fields.push({ field, text: 'This must be 4000 characters or fewer' })
  }
  if (fields.length > 0 || !kind) {
    throw new ServiceError('invalid', 'The answer was not sent: something is missing or too long.', { fields })
  }
  return { answer: kind, words, evidence }
}

/**
 * Draws by lot: each has the same chance, and whoever knows the seed and the list draws the same again.
 * @param from in any order; drawn as if in the order of their codes
 */
export function drawSample(from: readonly string[], size: number, seed: string): string[] {
  const lot = (code: string) => createHash('sha256').update(`${seed} ${code}`).digest('hex')
  return from
    .toSorted()
    .map(code => ({ code, lot: lot(code) }))
    .toSorted((one, other) => (one.lot < other.lot ? -1 : 1))
    .slice(0, size)
    .map(({ code }) => code)
    .toSorted()
}

/** How many partnerships of one region gave which answer. */
export interface RollUpRow extends Record<NationalAnswerKind, number> {
  regionCode: string
  region: string
  none: number
  sent: number
}

export function totalOf(rows: readonly RollUpRow[]): Omit<RollUpRow, 'region' | 'regionCode'> {
  const sum = (key: NationalAnswerKind | 'none' | 'sent') => rows.reduce((total, row) => total + row[key], 0)
  return {
    'we-will': sum('we-will'),
    'already-in-place': sum('already-in-place'),
    'not-now': sum('not-now'),
    none: sum('none'),
    sent: sum('sent'),
  }
}
