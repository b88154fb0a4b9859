import type { FastifyRequest } from 'fastify'
import type { FieldError } from '../../platform/errors.ts'
import { Button, Checkboxes, errorAt, FormToken, Input, Radios, Textarea } from '../../platform/web/index.ts'
import { themeKeys, themes } from '../../reference-data/index.ts'
import { manners, narratives, type Publication, type PublicationText } from '../publication.ts'

const yesNo = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
]

export function WordsPage({
  request,
  publication,
  path,
  text,
  errors,
}: {
  request: FastifyRequest
  publication: Publication
  path: string
  text: PublicationText
  errors: readonly FieldError[]
}) {
  const area = (name: keyof PublicationText, label: string, hint: string, rows: number) => (
    <Textarea
      name={name}
      label={{ text: label, classes: 'govuk-label--m' }}
      hint={{ text: hint }}
      rows={rows}
      value={String(text[name] ?? '')}
      errorMessage={errorAt(errors, name)}
    />
  )
  return (
    <>
      <span class="govuk-caption-l">{publication.number}</span>
      <h1 class="govuk-heading-l">The words of the public page</h1>
      <p class="govuk-body">
        Anybody will read this: neighbours, classmates, the child when grown up. No names, no exact days, no schools.
        You can save it unfinished.
      </p>
      <form method="post" action={`${path}/words`} novalidate>
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="revision" value={publication.revision} />
        {publication.manner !== 'full' && (
          <Checkboxes
            name="manner"
            items={[{ value: 'full', text: 'Publish the review in full after all' }]}
            hint={{ text: `As it stands: ${manners[publication.manner].toLowerCase()}.` }}
            fieldset={{ legend: { text: 'What is published', classes: 'govuk-fieldset__legend--m' } }}
          />
        )}
        {area('title', 'Title', 'What it is about, not whom: “Hidden injuries in a baby under one”', 1)}
        {area('whatHappened', 'What happened, in plain words', 'An empty line begins a new paragraph.', 12)}
        {area('inShort', 'What happened, in short', 'Two or three sentences.', 4)}
        {area('learning', 'What was learnt', 'This stays public for as long as the page stands.', 10)}
        {area('recommendations', 'Recommendations', 'One a line, each with its number in front, like R-2026-30518.', 6)}
        <Checkboxes
          name="themes"
          fieldset={{ legend: { text: 'Themes', classes: 'govuk-fieldset__legend--m' } }}
          values={text.themes}
          items={themeKeys.map(value => ({ value, text: themes[value] }))}
        />
        <Radios
          name="narrative"
          fieldset={{
            legend: { text: 'How much does the page tell of what happened?', classes: 'govuk-fieldset__legend--m' },
          }}
          value={text.narrative ?? ''}
          errorMessage={errorAt(errors, 'narrative')}
          items={Object.entries(narratives).map(([value, words]) => ({ value, text: words }))}
        />
        <Radios
          name="index"
          fieldset={{ legend: { text: 'May search engines list the page?', classes: 'govuk-fieldset__legend--m' } }}
          value={text.index ?? ''}
          errorMessage={errorAt(errors, 'index')}
          items={yesNo}
        />
        <Radios
          name="feed"
          fieldset={{ legend: { text: 'Is it announced in the feed?', classes: 'govuk-fieldset__legend--m' } }}
          value={text.feed ?? ''}
          errorMessage={errorAt(errors, 'feed')}
          items={yesNo}
        />
        {area(
          'familyView',
          'What the family thinks of these choices',
          'Or why they were not asked. Kept here, never public.',
          3,
        )}
        <Input
          name="checkedBy"
          label={{ text: 'Who checked that no child can be recognised', classes: 'govuk-label--m' }}
          hint={{ text: 'Somebody other than who wrote it. Never public.' }}
          value={text.checkedBy}
          errorMessage={errorAt(errors, 'checkedBy')}
        />
        <Input
          name="replacedBy"
          label={{ text: 'Replaced by (optional)', classes: 'govuk-label--m' }}
          hint={{ text: 'The number of a published review, like LR-2026-48271.' }}
          value={text.replacedBy}
          errorMessage={errorAt(errors, 'replacedBy')}
        />
        <div class="govuk-button-group">
          <Button text="Save" preventDoubleClick />
          <a class="govuk-link" href={path}>
            Cancel
          </a>
        </div>
      </form>
    </>
  )
}
