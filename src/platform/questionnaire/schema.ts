import { z } from 'zod'
import type { Answers } from './answer.ts'
import { answerSchema } from './answer-schema.ts'
import { type CheckContext, problemsToSend } from './check.ts'
import type { Page, Question, Questionnaire } from './questionnaire.ts'

export interface AnswersSchemas<A extends Answers> {
  /** Everything optional: what a draft may hold. */
  readonly draft: z.ZodType<A, A>
  /** What may be sent: the same checks as the pages and "check your answers" make. */
  readonly send: z.ZodType<A, A>
}

/**
 * The API's body, in Zod, ready for JSON Schema.
 * @param context asked at each check, since the day changes while the service runs
 */
export function answersSchema<A extends Answers = Answers>(
  questionnaire: Questionnaire,
  context: () => CheckContext,
): AnswersSchemas<A> {
  const send = bodySchema(questionnaire, true).superRefine(
    (answers, found) => {
      const known = new Set(found.issues.map(issue => (issue.path ?? []).join('.')))
      for (const problem of problemsToSend(questionnaire, answers as Answers, context())) {
        const { index, page } = problem.step
        const path = [...(page.repeats && index !== undefined ? [page.repeats.list, index] : []), problem.question]
        if (!known.has(path.join('.'))) found.addIssue({ code: 'custom', message: problem.text, path })
      }
    },
    // also when an answer is missing, so that every problem is told at once
    { when: ({ value }) => typeof value === 'object' && value !== null },
  )
  return {
    draft: bodySchema(questionnaire, false) as unknown as z.ZodType<A, A>,
    send: send as unknown as z.ZodType<A, A>,
  }
}

function bodySchema(questionnaire: Questionnaire, sending: boolean): z.ZodType<Record<string, unknown>> {
  const shape: Record<string, z.ZodType> = {}
  const lists = new Map<string, Page[]>()
  for (const page of questionnaire.pages) {
    if (page.repeats) lists.set(page.repeats.list, [...(lists.get(page.repeats.list) ?? []), page])
    else Object.assign(shape, fieldsOf(page, sending))
  }
  for (const [list, pages] of lists) {
    const item = z.strictObject(Object.assign({}, ...pages.map(page => fieldsOf(page, sending))))
    const max = pages[0]?.repeats?.max ?? 1
    shape[list] = z
      .array(item)
      .max(max, { error: `There can be ${max} at most` })
      .optional()
  }
  return z.strictObject(shape).meta({ title: questionnaire.title })
}

/** In the schema only what is always required is required; what depends on other answers is a check. */
function fieldsOf(page: Page, sending: boolean): Record<string, z.ZodType> {
  return Object.fromEntries(
    page.questions.map(question => {
      const always = sending && question.required !== false && !isConditional(page, question)
      return [question.id, always ? answerSchema(question) : answerSchema(question).optional()]
    }),
  )
}

function isConditional(page: Page, question: Question): boolean {
  return Boolean(page.when ?? question.when ?? question.under ?? question.notNeededWhen)
}
