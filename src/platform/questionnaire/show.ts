import { type CivilDate, formatDate } from '../dates.ts'
import { type Answer, type Answers, isSilent, type Silence, silences } from './answer.ts'
import { missingText, sentenceCase } from './answer-schema.ts'
import { inputId, isNeeded, itemOf } from './check.ts'
import { twelveHours } from './clock-time.ts'
import { type Lookups, type Question, type Questionnaire, silencesOf, yesNo } from './questionnaire.ts'
import { captionOf, type Step, walk } from './steps.ts'

export interface AnswerRow {
  readonly question: string
  /** The id of the input, for the link that changes the answer. */
  readonly field: string
  readonly key: string
  /** Lines to show. Empty when there is no answer. */
  readonly lines: readonly string[]
  readonly silence?: Silence
  /** The error that would keep the form from being sent. */
  readonly missing?: string
  readonly identifying: boolean
}

export interface AnswerGroup {
  readonly step: Step
  readonly section: string
  readonly title: string
  readonly caption?: string
  readonly rows: readonly AnswerRow[]
}

/** "Check your answers": a group for each page and child, a row for each question that applies. */
export function checkAnswers(questionnaire: Questionnaire, answers: Answers, lookups: Lookups): AnswerGroup[] {
  const applied = walk(questionnaire, answers)
  return applied.steps.map(step => {
    const caption = captionOf(step, applied.answers)
    return {
      step,
      section: step.page.section,
      title: step.page.title,
      ...(caption === undefined ? {} : { caption }),
      rows: step.questions.map(question => rowOf(questionnaire, question, step, applied.answers, lookups)),
    }
  })
}

function rowOf(
  questionnaire: Questionnaire,
  question: Question,
  step: Step,
  answers: Answers,
  lookups: Lookups,
): AnswerRow {
  const answer = answerOf(itemOf(answers, step), question)
  return {
    question: question.id,
    field: inputId(question),
    key: sentenceCase(question.name),
    lines: answer === undefined ? [] : linesOf(questionnaire, question, answer, answers, lookups),
    ...(isSilent(answer) ? { silence: answer.silence } : {}),
    ...(answer === undefined && isNeeded(question, answers, itemOf(answers, step))
      ? { missing: missingText(question) }
      : {}),
    identifying: question.identifying,
  }
}

function answerOf(item: Answers, question: Question): Answer | undefined {
  return item[question.id] as Answer | undefined
}

/** An answer in words, a line for each thing chosen. */
function linesOf(
  questionnaire: Questionnaire,
  question: Question,
  answer: Answer,
  answers: Answers,
  lookups: Lookups,
): readonly string[] {
  if (isSilent(answer)) return [silences[answer.silence]]
  const text = String(answer)
  switch (question.kind) {
    case 'date':
      return [text.length === 10 ? formatDate(text as CivilDate) : monthOrYear(text)]
    case 'choice':
      return [question.options[text] ?? text]
    case 'choices':
      return (Array.isArray(answer) ? answer : [text]).map(code => question.options[code] ?? code)
    case 'three-valued':
      return [text === 'yes' ? yesNo.yes : yesNo.no]
    case 'select':
      return [lookups[question.lookup]?.[text] ?? text]
    case 'item': {
      const repeats = questionnaire.pages.find(page => page.repeats?.list === question.list)?.repeats
      return [repeats?.itemName(answers, Number(text) - 1) ?? text]
    }
    case 'number':
      return [question.suffix ? `${text} ${question.suffix}` : text]
    case 'time':
      return [twelveHours(text)]
    case 'long-text':
      return text.split('\n')
    default:
      return [text]
  }
}

/** `2026-03` as `March 2026`, `2026` as it is. */
function monthOrYear(date: string): string {
  return date.length === 7 ? formatDate(`${date}-01` as CivilDate).replace(/^1 /, '') : date
}

export interface NationalFormRow {
  readonly order: number
  /** The label in that form. */
  readonly label: string
  readonly caption?: string
  readonly lines: readonly string[]
}

/** The answers in the order of the national notification service's form, to copy across. */
export function inNationalFormOrder(
  questionnaire: Questionnaire,
  answers: Answers,
  lookups: Lookups,
): NationalFormRow[] {
  const applied = walk(questionnaire, answers)
  const rows = applied.steps.flatMap(step =>
    step.questions.flatMap(question => {
      if (!question.nationalForm) return []
      const answer = answerOf(itemOf(applied.answers, step), question)
      const caption = captionOf(step, applied.answers)
      const lines = answer === undefined ? [] : linesOf(questionnaire, question, answer, applied.answers, lookups)
      return [{ index: step.index ?? 0, row: { ...question.nationalForm, ...(caption ? { caption } : {}), lines } }]
    }),
  )
  const firstOfList = Math.min(...rows.filter(({ row }) => row.caption).map(({ row }) => row.order))
  const sortKey = ({ index, row }: (typeof rows)[number]) =>
    row.caption ? firstOfList + index / 10 + row.order / 100_000 : row.order
  return rows.toSorted((a, b) => sortKey(a) - sortKey(b)).map(({ row }) => row)
}

export interface DictionaryRow {
  /** Where the answer lies in the API's body: `children[].sex`. */
  readonly path: string
  readonly section: string
  readonly page: string
  readonly label: string
  readonly kind: Question['kind']
  readonly values: readonly { code: string; label: string }[]
  /** Name of the reference list the code is from. */
  readonly lookup?: string
  readonly silences: readonly Silence[]
  readonly required: Question['required']
  /** False when it depends on other answers whether the question is asked. */
  readonly alwaysAsked: boolean
  readonly identifying: boolean
  readonly seenBy: string
  readonly nationalForm?: string
  readonly note?: string
  readonly source: string
}

export function dataDictionary(questionnaire: Questionnaire): DictionaryRow[] {
  return questionnaire.pages.flatMap(page =>
    page.questions.map(question => ({
      path: page.repeats ? `${page.repeats.list}[].${question.id}` : question.id,
      section: page.section,
      page: page.title,
      label: question.label,
      kind: question.kind,
      values: Object.entries(codesOf(question)).map(([code, label]) => ({ code, label })),
      ...(question.kind === 'select' ? { lookup: question.lookup } : {}),
      silences: silencesOf(question),
      required: question.required,
      alwaysAsked: !page.when && !question.when && !question.under,
      identifying: question.identifying,
      seenBy: question.seenBy ?? page.seenBy,
      ...(question.nationalForm ? { nationalForm: question.nationalForm.label } : {}),
      ...(question.note ? { note: question.note } : {}),
      source: question.source,
    })),
  )
}

function codesOf(question: Question): Readonly<Record<string, string>> {
  if (question.kind === 'choice' || question.kind === 'choices') return question.options
  return question.kind === 'three-valued' ? yesNo : {}
}
