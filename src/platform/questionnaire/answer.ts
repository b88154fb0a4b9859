/** Why there is no answer. Each says something different, so they are never one empty box. */
export const silences = {
  'not-known': 'Not known',
  'not-yet-asked': 'Not yet asked',
  declined: 'Asked, but they did not say',
  'not-applicable': 'Does not apply',
} as const
export type Silence = keyof typeof silences

export interface Silent<S extends Silence = Silence> {
  readonly silence: S
}

/** A date is ISO text (`2026-03-31`; where a question allows part of a date also `2026-03` or `2026`), a time is `14:30`. */
export type Answer = string | number | readonly string[] | Silent

/** Answers by question id. The answers of a repeated page lie in a list: `{ children: [{ givenName: 'A' }] }`. */
export interface Answers {
  readonly [id: string]: Answer | readonly Answers[] | undefined
}

export function isSilent(answer: unknown): answer is Silent {
  return typeof answer === 'object' && answer !== null && 'silence' in answer
}

/** What was answered, or undefined when there is no answer or a silence. */
export function answered(answers: Answers, id: string): string | number | readonly string[] | undefined {
  const answer = answers[id]
  if (typeof answer === 'string' || typeof answer === 'number') return answer
  return isAnswerList(answer) ? answer : undefined
}

function isAnswerList(answer: Answers[string]): answer is readonly string[] {
  return Array.isArray(answer) && answer.every(entry => typeof entry === 'string')
}

/** The answers in a list of items, for example of each child. An absent list is empty. */
export function listOf(answers: Answers, list: string): readonly Answers[] {
  const items = answers[list]
  return Array.isArray(items) ? items.filter((item): item is Answers => typeof item === 'object' && item !== null) : []
}
