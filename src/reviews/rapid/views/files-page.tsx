import type { FastifyRequest } from 'fastify'
import { documentKinds, type Document } from '../../../documents/index.ts'
import { formatMoment } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { Button, FileUpload, FormToken, Input, SummaryList } from '../../../platform/web/index.ts'
import type { RapidReview } from '../rapid-review.ts'

export interface FilesPageProps {
  request: FastifyRequest
  review: RapidReview
  files: readonly Document[]
  typed?: { title: string } | undefined
  errors?: readonly FieldError[] | undefined
}

export function FilesPage({ request, review, files, typed, errors = [] }: FilesPageProps) {
  const path = `/incidents/${review.incidentId}/rapid-review/files`
  const error = errors.find(({ field }) => field === 'file')
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, rapid review</span>
      <h1 class="govuk-heading-l">Files</h1>
      <p class="govuk-body">
        Only the people in the group and the partnership’s business managers see its files. They are not sent to the
        Panel: what is sent is the text of the sections.
      </p>
      {files.length > 0 && (
        <SummaryList
          rows={files.map(file => ({
            key: { text: file.name },
            value: {
              children: (
                <>
                  <p class="govuk-body">
                    {documentKinds[file.kind].label}, {Math.max(1, Math.round(file.sizeBytes / 1024))} KB, added by{' '}
                    {file.addedBy ?? 'somebody'} on {formatMoment(file.addedAt)}
                  </p>
                  <p class="govuk-body">
                    <a class="govuk-link" href={`${path}/${file.id}`}>
                      Read it and place its paragraphs
                      <span class="govuk-visually-hidden"> ({file.name})</span>
                    </a>
                  </p>
                  <p class="govuk-body govuk-!-margin-bottom-0">
                    <a class="govuk-link" href={`/documents/${file.id}/original`}>
                      Download the original<span class="govuk-visually-hidden"> ({file.name})</span>
                    </a>
                  </p>
                </>
              ),
            },
          }))}
        />
      )}
      <form method="post" action={path} enctype="multipart/form-data" novalidate>
        <h2 class="govuk-heading-m">Upload a file</h2>
        <FormToken visitor={request.visitor} />
        <Input
          name="title"
          label={{ text: 'What should the group call it? (optional)' }}
          hint={{ text: 'Without a name, the name of the file stands in the list. Leave names of children out.' }}
          value={typed?.title}
          autocomplete="off"
        />
        <FileUpload
          name="file"
          label={{ text: 'The file' }}
          hint={{
            text: 'Word (.docx), OpenDocument (.odt), PDF or plain text, up to 25 MB. Tracked changes and comments stay visible, and you decide what becomes of them.',
          }}
          errorMessage={error && { text: error.text }}
        />
        <Button text="Upload and read it" preventDoubleClick />
      </form>
    </>
  )
}
