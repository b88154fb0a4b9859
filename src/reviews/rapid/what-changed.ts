import { checkAnswers } from '../../platform/questionnaire/index.ts'
import { rapidReviewForm, type RapidReviewAnswers } from './rapid-review-form.ts'
import type { EarlierText, Partner, RapidReview, Return, Signature } from './rapid-review.ts'

/** A text that waited for signatures before, beside which a partner reads the present one. */
export interface ComparedText {
  answers: RapidReviewAnswers
  /** What this partner did with it, or when it began to wait for them. */
  last: { what: 'signed' | 'sent back'; by: string; at: Date } | { what: 'asked'; at: Date }
}

/**
 * The text that a partner signed or sent back last; where they did neither, the last one that waited for signatures.
 * Undefined where signatures are asked for the first time.
 *
 * @param earlier the one that waited last at the end
 */
export function comparedText(
  partner: Partner,
  { answersHash, answers }: Pick<RapidReview, 'answersHash' | 'answers'>,
  {
    signatures,
    returns,
    earlier,
  }: { signatures: readonly Signature[]; returns: readonly Return[]; earlier: readonly EarlierText[] },
): ComparedText | undefined {
  const texts = new Map(earlier.map(text => [text.answersHash, text.answers]))
  if (answersHash) texts.set(answersHash, answers)
  const done = [
    ...signatures.map(each => ({ ...each, what: 'signed' as const, by: each.personName, at: each.signedAt })),
    ...returns.map(each => ({ ...each, what: 'sent back' as const })),
  ]
    .filter(each => each.partner === partner && texts.has(each.answersHash))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .at(-1)
  if (done) return { answers: texts.get(done.answersHash)!, last: { what: done.what, by: done.by, at: done.at } }
  const waited = earlier.at(-1)
  return waited && { answers: waited.answers, last: { what: 'asked', at: waited.askedAt } }
}

export interface ChangedAnswer {
  /** `Learning: the earlier learning`. */
  title: string
  /** The words around what changed. Undefined where only spaces or line breaks did. */
  words: { before: string; after: string } | undefined
}

/** The answers that differ between two texts, in the order of the form. */
export function changedAnswers(before: RapidReviewAnswers, after: RapidReviewAnswers): ChangedAnswer[] {
  const [was, is] = [textsOf(before), textsOf(after)]
  return rapidReviewForm.pages.flatMap(({ title, questions }) =>
    questions.flatMap(({ id, name }): ChangedAnswer[] => {
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
function inShort(before: string, after: string): ChangedAnswer['words'] {
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
