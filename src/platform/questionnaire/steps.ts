import { type Answers, listOf } from './answer.ts'
import type { Page, Question, Questionnaire, Repeats } from './questionnaire.ts'

/** One page as a person meets it: for a repeated page, of one item. */
export interface Step {
  readonly page: Page
  /** Place in the list, from 0; only on a repeated page. */
  readonly index?: number
}

export interface AppliedStep extends Step {
  /** The questions asked on it, given the answers so far. */
  readonly questions: readonly Question[]
}

/**
 * The pages that apply, in order, and the answers that apply. An answer on a branch that was left is kept in the
 * draft, but it neither opens another branch nor is checked, shown or sent.
 */
export function walk(questionnaire: Questionnaire, answers: Answers): { steps: AppliedStep[]; answers: Answers } {
  const steps: AppliedStep[] = []
  const applied: Record<string, Answers[string]> = {}
  for (const block of blocksOf(questionnaire.pages)) {
    const repeats = block[0]?.repeats
    if (!repeats) {
      for (const page of block) visit(page, answers, applied, applied, steps)
      continue
    }
    const items = itemsOf(answers, repeats)
    const appliedItems = items.map((): Record<string, Answers[string]> => ({}))
    applied[repeats.list] = appliedItems
    for (const [index, item] of items.entries()) {
      for (const page of block) visit(page, item, applied, appliedItems[index] ?? {}, steps, index)
    }
  }
  return { steps, answers: applied }
}

function visit(
  page: Page,
  given: Answers,
  applied: Answers,
  appliedItem: Record<string, Answers[string]>,
  steps: AppliedStep[],
  index?: number,
): void {
  if (page.when && !page.when(applied, appliedItem)) return
  const questions: Question[] = []
  for (const question of page.questions) {
    if (question.when && !question.when(applied, appliedItem)) continue
    if (question.under && !chose(appliedItem, question.under)) continue
    questions.push(question)
    const answer = given[question.id]
    if (answer !== undefined) appliedItem[question.id] = answer
  }
  if (questions.length > 0) steps.push({ page, questions, ...(index === undefined ? {} : { index }) })
}

function chose(answers: Answers, under: { question: string; value: string }): boolean {
  const answer = answers[under.question]
  return Array.isArray(answer) ? answer.includes(under.value) : answer === under.value
}

function blocksOf(pages: readonly Page[]): Page[][] {
  const blocks: Page[][] = []
  for (const page of pages) {
    const last = blocks.at(-1)
    if (last && page.repeats && last[0]?.repeats?.list === page.repeats.list) last.push(page)
    else blocks.push([page])
  }
  return blocks
}

/** The answers of each item, at least `min` of them (empty ones where nothing is written yet). */
export function itemsOf(answers: Answers, repeats: Repeats): readonly Answers[] {
  const items = listOf(answers, repeats.list).slice(0, repeats.max)
  return [...items, ...Array.from({ length: Math.max(0, repeats.min - items.length) }, () => ({}))]
}

/** The snapshot that is sent: without answers of branches that were left. */
export function answersThatApply<A extends Answers>(questionnaire: Questionnaire, answers: A): A {
  return walk(questionnaire, answers).answers as A
}

export function stepsThatApply(questionnaire: Questionnaire, answers: Answers): readonly AppliedStep[] {
  return walk(questionnaire, answers).steps
}

/** The end of the step's address: `incident`, or `child/2` for the second child. */
export function stepPath(step: Step): string {
  return step.index === undefined ? step.page.id : `${step.page.id}/${step.index + 1}`
}

/** The step at an address made by `stepPath`; undefined when there is none or it does not apply. */
export function stepAt(questionnaire: Questionnaire, answers: Answers, path: string): AppliedStep | undefined {
  return stepsThatApply(questionnaire, answers).find(step => stepPath(step) === path)
}

/** The step after this one; undefined after the last. Also works for a step that just ceased to apply. */
export function nextStep(questionnaire: Questionnaire, answers: Answers, from: Step): AppliedStep | undefined {
  return stepsThatApply(questionnaire, answers).find(step => isBefore(questionnaire, from, step))
}

export function previousStep(questionnaire: Questionnaire, answers: Answers, from: Step): AppliedStep | undefined {
  return stepsThatApply(questionnaire, answers).findLast(step => isBefore(questionnaire, step, from))
}

function isBefore(questionnaire: Questionnaire, first: Step, second: Step): boolean {
  const [a, b] = [placeOf(questionnaire, first), placeOf(questionnaire, second)]
  const differing = a.findIndex((part, at) => part !== b[at])
  return differing >= 0 && (a[differing] ?? 0) < (b[differing] ?? 0)
}

function placeOf(questionnaire: Questionnaire, step: Step): number[] {
  const blocks = blocksOf(questionnaire.pages)
  const block = blocks.findIndex(pages => pages.some(page => page.id === step.page.id))
  const inBlock = blocks[block]?.findIndex(page => page.id === step.page.id) ?? 0
  return [block, step.index ?? 0, inBlock]
}

/** `Child 2` and the like above the title of a repeated page. */
export function captionOf(step: Step, answers: Answers): string | undefined {
  return step.index === undefined ? undefined : step.page.repeats?.itemName(answers, step.index)
}

export function repeatsOf(questionnaire: Questionnaire, list: string): Repeats {
  const repeats = questionnaire.pages.find(page => page.repeats?.list === list)?.repeats
  if (!repeats) throw new Error(`No page of ${questionnaire.key} repeats over ${list}`)
  return repeats
}

/** With one more empty item; the same answers when the list is full. */
export function addItem<A extends Answers>(questionnaire: Questionnaire, answers: A, list: string): A {
  const repeats = repeatsOf(questionnaire, list)
  const items = itemsOf(answers, repeats)
  return items.length >= repeats.max ? answers : { ...answers, [list]: [...items, {}] }
}

/** Without the item at `index` (from 0). Answers that point at an item follow it, or are dropped with it. */
export function removeItem<A extends Answers>(
  questionnaire: Questionnaire,
  answers: A,
  list: string,
  index: number,
): A {
  const repeats = repeatsOf(questionnaire, list)
  const without: Record<string, Answers[string]> = {
    ...answers,
    [list]: itemsOf(answers, repeats).filter((_, place) => place !== index),
  }
  for (const question of questionnaire.pages.flatMap(page => page.questions)) {
    if (question.kind !== 'item' || question.list !== list) continue
    const place = Number(without[question.id]) - 1
    if (place === index) delete without[question.id]
    if (place > index) without[question.id] = String(place)
  }
  return without as A
}
