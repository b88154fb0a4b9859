import type { CivilDate } from '../dates.ts'
import type { FieldError } from '../errors.ts'
import { type Answer, type Answers, isSilent } from './answer.ts'
import { answerSchema, missingText, sentenceCase } from './answer-schema.ts'
import type { Lookups, Question, Questionnaire } from './questionnaire.ts'
import { type AppliedStep, captionOf, itemsOf, repeatsOf, type Step, walk } from './steps.ts'

/** What a check needs besides the answers. Codes of lists that are not in `lookups` are taken as they are. */
export interface CheckContext {
  readonly today: CivilDate
  readonly lookups?: Lookups
}

/** Something that keeps the form from being sent, with the page it is put right on. `field` is the id of the input. */
export interface Problem extends FieldError {
  readonly step: Step
  readonly question: string
}

export function problemsToSend(questionnaire: Questionnaire, answers: Answers, context: CheckContext): Problem[] {
  const applied = walk(questionnaire, answers)
  return applied.steps.flatMap(step => problemsOfStep(questionnaire, step, applied.answers, context))
}

/** @param applied answers that apply, of the whole questionnaire */
export function problemsOfStep(
  questionnaire: Questionnaire,
  step: AppliedStep,
  applied: Answers,
  context: CheckContext,
  demanded: readonly Question['required'][] = ['to-continue', 'to-send'],
): Problem[] {
  const item = itemOf(applied, step)
  return step.questions.flatMap(question => {
    const text = problemWith(questionnaire, question, applied, item, context, demanded)
    return text === undefined ? [] : [{ field: inputId(question), text, step, question: question.id }]
  })
}

function problemWith(
  questionnaire: Questionnaire,
  question: Question,
  applied: Answers,
  item: Answers,
  context: CheckContext,
  demanded: readonly Question['required'][],
): string | undefined {
  const answer = item[question.id]
  if (answer === undefined) {
    if (demanded.includes(question.required) && isNeeded(question, applied, item)) return missingText(question)
  } else {
    const parsed = answerSchema(question).safeParse(answer)
    if (!parsed.success) return parsed.error.issues[0]?.message ?? missingText(question)
    const text = unfitting(questionnaire, question, parsed.data, applied, context)
    if (text) return text
  }
  for (const check of questionnaire.checks) {
    const text = check.question === question.id ? check.problem(applied, item, context.today) : undefined
    if (text) return text
  }
  return undefined
}

/** Whether the form cannot be sent without an answer. */
export function isNeeded({ required, notNeededWhen }: Question, applied: Answers, item: Answers): boolean {
  return required !== false && !notNeededWhen?.(applied, item)
}

/** Right in itself, but wrong today, in this list, or with these children. */
function unfitting(
  questionnaire: Questionnaire,
  question: Question,
  answer: Answer,
  applied: Answers,
  context: CheckContext,
): string | undefined {
  if (isSilent(answer)) return undefined
  switch (question.kind) {
    case 'date':
      return question.past && isAfter(String(answer), context.today)
        ? `${sentenceCase(question.name)} must be today or in the past`
        : undefined
    case 'select': {
      const list = context.lookups?.[question.lookup]
      return list && !Object.hasOwn(list, String(answer)) ? missingText(question) : undefined
    }
    case 'item':
      return Number(answer) > itemsOf(applied, repeatsOf(questionnaire, question.list)).length
        ? missingText(question)
        : undefined
    default:
      return undefined
  }
}

/** Surely after: parts of dates are compared as far as both are known, so `2026` is not after `2026-03-31`. */
export function isAfter(date: string, other: string): boolean {
  const known = Math.min(date.length, other.length)
  return date.slice(0, known) > other.slice(0, known)
}

export function itemOf(answers: Answers, step: Step): Answers {
  const { repeats } = step.page
  return repeats && step.index !== undefined ? (itemsOf(answers, repeats)[step.index] ?? {}) : answers
}

/** The id of the input an error leads to. */
export function inputId(question: Question): string {
  return question.kind === 'date' ? `${question.id}-day` : question.id
}

export type TaskState = 'not-started' | 'in-progress' | 'complete' | 'cannot-start-yet'

export interface Task {
  readonly step: AppliedStep
  readonly title: string
  readonly caption?: string
  readonly state: TaskState
  /** Nothing on the page is needed to send. */
  readonly optional: boolean
  /** Titles of the pages that must be done first, where it cannot be started yet. */
  readonly waitsFor: readonly string[]
}

export function taskList(questionnaire: Questionnaire, answers: Answers, context: CheckContext): Task[] {
  const applied = walk(questionnaire, answers)
  const states = applied.steps.map(step => stateOf(questionnaire, step, applied.answers, context))
  const isDone = (page: string) => applied.steps.every((step, at) => step.page.id !== page || states[at] === 'complete')
  return applied.steps.map((step, at) => {
    const caption = captionOf(step, applied.answers)
    const state = states[at] ?? 'not-started'
    const first = state === 'not-started' ? (step.page.after ?? []).filter(page => !isDone(page)) : []
    return {
      step,
      title: step.page.title,
      ...(caption === undefined ? {} : { caption }),
      state: first.length > 0 ? 'cannot-start-yet' : state,
      optional: step.questions.every(question => question.required === false),
      waitsFor: first.map(page => questionnaire.pages.find(({ id }) => id === page)?.title ?? page),
    }
  })
}

function stateOf(questionnaire: Questionnaire, step: AppliedStep, applied: Answers, context: CheckContext): TaskState {
  const item = itemOf(applied, step)
  if (!step.questions.some(question => item[question.id] !== undefined)) return 'not-started'
  return problemsOfStep(questionnaire, step, applied, context).length === 0 ? 'complete' : 'in-progress'
}
