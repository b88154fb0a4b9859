import { checkAnswers } from '../../platform/questionnaire/index.ts'
import type { Changed } from '../signing/since-last-time.tsx'
import { rapidReviewForm, type RapidReviewAnswers } from './rapid-review-form.ts'

/** The answers that differ between two texts, in the order of the form. */
export function changedAnswers(before: RapidReviewAnswers, after: RapidReviewAnswers): Changed[] {
  const [was, is] = [textsOf(before), textsOf(after)]
  return rapidReviewForm.pages.flatMap(({ title, questions }) =>
    questions.flatMap(({ id, name }): Changed[] => {
      const [one, other] = [was.get(id) ?? '', is.get(id) ?? '']
      if (one === other) return []
      return [{ title: questions.length > 1 ? `${title}: ${name}` : title, words: inShort(one, other) }]
    }),
  )
}

function textsOf(answers: RapidReviewAnswers): Map<string, string> {
  const rows = checkAnswers(rapidReviewForm, answers, {}).flatMap(group => group.rows)
  return new Map(rows.map(({ question, lines }) => [question, lines.join('\n')]))
}

const wordsAround = 8
const wordsShown = 60

/** From the first word that differs to the last, with a few around them; a long stretch is cut in its middle. */
function inShort(before: string, after: string): Changed['words'] {
  const [was, is] = [wordsIn(before), wordsIn(after)]
  const both = Math.min(was.length, is.length)
  let start = 0
  while (start < both && was[start] === is[start]) start += 1
  let end = 0
  while (end < both - start && was.at(-1 - end) === is.at(-1 - end)) end += 1
  if (was.length === is.length && start === was.length) return undefined
  return { before: stretch(was, start, end), after: stretch(is, start, end) }
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

function stretch(words: readonly string[], start: number, end: number): string {
  const from = Math.max(0, start - wordsAround)
  const until = Math.min(words.length, words.length - end + wordsAround)
  const shown = words.slice(from, until)
  const half = wordsShown / 2
  const cut = shown.length > wordsShown ? [...shown.slice(0, half), '…', ...shown.slice(-half)] : shown
  return [...(from > 0 ? ['…'] : []), ...cut, ...(until < words.length ? ['…'] : [])].join(' ')
}
