import { dateFromParts } from '../dates.ts'
import { type FieldError, ServiceError } from '../errors.ts'
import { type Answer, type Answers, isSilent, type Silence } from './answer.ts'
import { missingText, sentenceCase, valueSchema } from './answer-schema.ts'
import { twelveHours, twentyFourHours } from './clock-time.ts'
import { type CheckContext, inputId, itemOf, problemsOfStep } from './check.ts'
import { type Question, type Questionnaire, silencesOf } from './questionnaire.ts'
import { itemsOf, type Step, stepPath, walk } from './steps.ts'

/** Url-encoded form fields, as typed. */
export type Typed = Readonly<Record<string, string | readonly string[]>>

export interface PageReading<A extends Answers> {
  /** All answers, with this page's put in. What could not be read is left out of them and kept in `typed`. */
  readonly answers: A
  readonly errors: readonly FieldError[]
  /** This page's fields exactly as typed, to show again or to keep with the draft. */
  readonly typed: Typed
}

/**
 * Reads one posted page into the answers. Only the page's own fields are read; an empty field takes the answer away.
 * Store the answers even when there are errors: drafts are partial.
 */
export function readPage<A extends Answers>(
  questionnaire: Questionnaire,
  step: Step,
  body: Readonly<Record<string, unknown>>,
  answers: A,
  context: CheckContext,
): PageReading<A> {
  const typed = typedOn(step, body)
  const asked = askedOn(questionnaire, step, answers)
  const read: Record<string, Answers[string]> = { ...itemOf(answers, step) }
  const unreadable = new Map<string, FieldError>()
  for (const question of asked) {
    delete read[question.id]
    const reading = readAnswer(question, typed)
    if (reading && 'error' in reading) unreadable.set(question.id, reading.error)
    else if (reading) read[question.id] = reading.answer
  }
  const merged = withItem(answers, step, read)

  const applied = walk(questionnaire, merged)
  const now = applied.steps.find(other => stepPath(other) === stepPath(step))
  const problems = now ? problemsOfStep(questionnaire, now, applied.answers, context, ['to-continue']) : []
  const errors = (now?.questions ?? []).flatMap(question => {
    const error = unreadable.get(question.id) ?? problems.find(problem => problem.question === question.id)
    return error ? [{ field: error.field, text: error.text }] : []
  })
  return { answers: merged, errors, typed }
}

/** Every question the page shows, those under a button that is not chosen too. */
export function askedOn(questionnaire: Questionnaire, step: Step, answers: Answers): readonly Question[] {
  const applied = walk(questionnaire, answers).answers
  return step.page.questions.filter(question => question.when?.(applied, itemOf(applied, step)) ?? true)
}

function withItem<A extends Answers>(answers: A, step: Step, item: Answers): A {
  const { repeats } = step.page
  if (!repeats || step.index === undefined) return item as A
  const items = [...itemsOf(answers, repeats)]
  items[step.index] = item
  return { ...answers, [repeats.list]: items }
}

/** The form fields that would give these answers: what a page shows when it is opened again. */
export function typedFrom(step: Step, answers: Answers): Typed {
  const item = itemOf(answers, step)
  return Object.assign({}, ...step.page.questions.map(question => fieldsFrom(question, item[question.id]))) as Typed
}

function fieldsFrom(question: Question, answer: Answers[string]): Typed {
  const { id } = question
  if (answer === undefined) return {}
  if (isSilent(answer)) return { [hasOwnSilenceField(question) ? `${id}-silence` : id]: answer.silence }
  if (question.kind === 'date') {
    const [year, month, day] = String(answer).split('-')
    return { [`${id}-year`]: year ?? '', [`${id}-month`]: unpadded(month), [`${id}-day`]: unpadded(day) }
  }
  if (question.kind === 'time') return { [id]: twelveHours(String(answer)) }
  return { [id]: Array.isArray(answer) ? answer.map(String) : String(answer) }
}

function unpadded(part: string | undefined): string {
  return part === undefined ? '' : String(Number(part))
}

/** Silences are buttons or options among the others, except where the answer is typed. */
export function hasOwnSilenceField(question: Question): boolean {
  return !['choice', 'choices', 'three-valued', 'select', 'item'].includes(question.kind)
}

function typedOn(step: Step, body: Readonly<Record<string, unknown>>): Typed {
  const names = step.page.questions.flatMap(({ id, kind }) => [
    ...(kind === 'date' ? [`${id}-day`, `${id}-month`, `${id}-year`] : [id]),
    `${id}-silence`,
  ])
  const typed: Record<string, string | readonly string[]> = {}
  for (const name of names) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined
    if (typeof value === 'string') typed[name] = value
    else if (Array.isArray(value)) typed[name] = value.filter(entry => typeof entry === 'string')
  }
  return typed
}

type Reading = { answer: Answer } | { error: FieldError } | undefined

function readAnswer(question: Question, typed: Typed): Reading {
  const silences = silencesOf(question)
  const value = readValue(question, typed)
  const chosen = soleOf(typed[hasOwnSilenceField(question) ? `${question.id}-silence` : question.id])
  const silence = silences.find(code => code === chosen)
  if (!silence && chosen && hasOwnSilenceField(question)) {
    return { error: { field: inputId(question), text: missingText(question) } }
  }
  if (!silence) return value
  if (hasOwnSilenceField(question) && value) {
    const text = `${sentenceCase(question.name)}: give an answer, or say why there is none, not both`
    return { error: { field: inputId(question), text } }
  }
  return { answer: { silence } }
}

function readValue(question: Question, typed: Typed): Reading {
  if (question.kind === 'date') return readDate(question, typed)
  const raw = typed[question.id]
  if (question.kind === 'choices') {
    const codes = many(raw)
    const silences: readonly Silence[] = silencesOf(question)
    if (codes.some(code => silences.some(silence => silence === code)) && codes.length > 1) {
      const text = `${sentenceCase(question.name)}: give an answer, or say why there is none, not both`
      return { error: { field: question.id, text } }
    }
    return codes.length === 0 ? undefined : checked(question, codes)
  }
  const text = one(raw).trim()
  if (text === '') return undefined
  if (question.kind === 'number') return checked(question, /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN)
  if (question.kind === 'time') return checked(question, twentyFourHours(text))
  return checked(question, text)
}

function checked(question: Question, candidate: Answer): Reading {
  const parsed = valueSchema(question).safeParse(candidate)
  if (parsed.success) return { answer: parsed.data }
  return { error: { field: inputId(question), text: parsed.error.issues[0]?.message ?? missingText(question) } }
}

function readDate(question: Question & { kind: 'date' }, typed: Typed): Reading {
  const [day, month, year] = ['day', 'month', 'year'].map(part => one(typed[`${question.id}-${part}`]).trim())
  if (!day && !month && !year) return undefined
  const asked = { name: sentenceCase(question.name), field: question.id }
  // a missing day or month is the first of it, and cut off again below
  const known = !question.partAllowed || day ? 10 : month ? 7 : 4
  try {
    const date = dateFromParts({ day: known < 10 ? '1' : day, month: known < 7 ? '1' : month, year }, asked)
    return checked(question, date.slice(0, known))
  } catch (error) {
    if (error instanceof ServiceError && error.fields[0]) return { error: error.fields[0] }
    throw error
  }
}

function one(raw: string | readonly string[] | undefined): string {
  return (typeof raw === 'string' ? raw : raw?.[0]) ?? ''
}

function many(raw: string | readonly string[] | undefined): string[] {
  return (typeof raw === 'string' ? [raw] : [...(raw ?? [])]).filter(code => code !== '')
}

function soleOf(raw: string | readonly string[] | undefined): string | undefined {
  const codes = many(raw)
  return codes.length === 1 ? codes[0] : undefined
}
