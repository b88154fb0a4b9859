import type { FastifyRequest } from 'fastify'
import { readersOf, roles, type Subject } from '../../../platform/access/index.ts'
import { QuestionFields } from '../../../platform/questionnaire/index.ts'
import { Button, Checkboxes, errorAt, FormToken } from '../../../platform/web/index.ts'
import type { FormPage, ShownForm } from '../form-page.ts'

export interface FormPageViewProps {
  request: FastifyRequest
  page: Pick<FormPage, 'form' | 'button'>
  shown: Omit<ShownForm, 'review'>
  /** Where it is posted. */
  action: string
  mayRemove?: boolean
}

export function FormPageView({ request, page, shown, action, mayRemove }: FormPageViewProps) {
  const { step, answers, typed, errors, lookups, revision } = shown
  return (
    <>
      <form method="post" action={action} novalidate>
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="revision" value={revision} />
        <QuestionFields
          questionnaire={page.form}
          {...{ step, answers, typed, errors, lookups }}
          whoSees={subject => readersOf(subject as Subject).map(role => roles[role].label)}
        />
        <Button text={page.button ?? 'Save'} preventDoubleClick />
      </form>
      {mayRemove && (
        <form method="post" action={`${action}/remove`}>
          <FormToken visitor={request.visitor} />
          <Checkboxes
            name="sure"
            classes="govuk-checkboxes--small"
            items={[{ value: 'yes', text: 'I want to take this out. It cannot be brought back.' }]}
            errorMessage={errorAt(errors, 'sure')}
          />
          <Button text="Take this out" classes="govuk-button--warning" />
        </form>
      )}
    </>
  )
}
