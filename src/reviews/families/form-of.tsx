import type { FastifyRequest } from 'fastify'
import type { ServiceError } from '../../platform/errors.ts'
import { QuestionFields, stepAt, type Answers, type Questionnaire } from '../../platform/questionnaire/index.ts'
import { Button, FormToken, frameOfForm } from '../../platform/web/index.ts'

/** A form of one page, with what was typed where it comes back. */
export function FormOf({
  request,
  form,
  answers = {},
  problem,
  revision,
  button = 'Save',
}: {
  request: FastifyRequest
  form: Questionnaire
  answers?: Answers
  problem: ServiceError | undefined
  revision?: number
  button?: string
}) {
  const step = stepAt(form, answers, form.pages[0]!.id)!
  const typed = problem && (request.body as Record<string, string>)
  return (
    <form method="post" novalidate>
      <FormToken visitor={request.visitor} />
      {revision !== undefined && <input type="hidden" name="revision" value={revision} />}
      <QuestionFields
        questionnaire={form}
        step={step}
        answers={answers}
        typed={typed}
        errors={frameOfForm(problem).errors}
        lookups={{}}
        whoSees={() => [
          'Partnership business manager',
          'Reviewer of this local review',
          'Who leads contact with the family',
        ]}
      />
      <Button text={button} preventDoubleClick />
    </form>
  )
}
