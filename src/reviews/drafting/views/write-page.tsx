import type { FastifyRequest } from 'fastify'
import { changeChoices } from '../../../documents/index.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  errorAt,
  FileUpload,
  FormToken,
  Input,
  InsetText,
  Radios,
  Textarea,
} from '../../../platform/web/index.ts'
import { reportPath } from '../drafts-needing.ts'
import type { Report } from '../open-draft.ts'

export interface WritePageProps {
  request: FastifyRequest
  report: Report
  typed: { text: string; note: string }
  /** The version on which the text before them is built. */
  seenVersion: number
  errors: readonly FieldError[]
}

export function WritePage({ request, report, typed, seenVersion, errors }: WritePageProps) {
  const { review, versions } = report
  const path = reportPath(review.incidentId)
  const last = versions.at(-1)?.version ?? 0
  const note = (
    <>
      <FormToken visitor={request.visitor} />
      <input type="hidden" name="seenVersion" value={seenVersion} />
    </>
  )
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, report of the local review</span>
      <h1 class="govuk-heading-l">{last === 0 ? 'Write the first version' : `Write version ${last + 1}`}</h1>
      {seenVersion !== last && (
        <InsetText>
          Version {last} was saved after you began.{' '}
          <a class="govuk-link" href={`${path}/compare?from=${Math.max(1, seenVersion)}&to=${last}`}>
            See what it changed
          </a>
          , copy what you wrote below, and{' '}
          <a class="govuk-link" href={`${path}/write`}>
            go on from version {last}
          </a>
          .
        </InsetText>
      )}
      <form method="post" action={`${path}/write`} novalidate>
        {note}
        <Textarea
          name="text"
          label={{ text: 'Text of the report', classes: 'govuk-label--m' }}
          hint={{
            text: 'Leave an empty line between paragraphs. A line that begins with # is a heading. Comments stay with their paragraphs.',
          }}
          value={typed.text}
          errorMessage={errorAt(errors, 'text')}
          rows={30}
          spellcheck
        />
        <Input
          name="note"
          label={{ text: 'What did you change? (optional)' }}
          value={typed.note}
          errorMessage={errorAt(errors, 'note')}
          autocomplete="off"
        />
        <Button text="Save as the next version" preventDoubleClick />
      </form>
      <form method="post" action={`${path}/upload`} enctype="multipart/form-data" novalidate>
        <h2 class="govuk-heading-m">Or read it from a file</h2>
        {note}
        <FileUpload
          name="file"
          label={{ text: 'The file' }}
          hint={{ text: 'Word (.docx), OpenDocument (.odt), PDF or plain text, up to 25 MB. The file is kept.' }}
          errorMessage={errorAt(errors, 'file')}
        />
        <Radios
          name="changes"
          fieldset={{ legend: { text: 'If the file has tracked changes', classes: 'govuk-fieldset__legend--s' } }}
          value="accepted"
          items={(['accepted', 'rejected', 'shown'] as const).map(value => ({ value, text: changeChoices[value] }))}
        />
        <Button text="Read it as the next version" classes="govuk-button--secondary" preventDoubleClick />
      </form>
    </>
  )
}
