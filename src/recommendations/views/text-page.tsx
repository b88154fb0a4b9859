import type { FastifyRequest } from 'fastify'
import type { FieldError } from '../../platform/errors.ts'
import { Button, Checkboxes, errorAt, FormToken, Input, Radios, Select, Textarea } from '../../platform/web/index.ts'
import { themes } from '../../reference-data/index.ts'
import type { SourceParagraph } from '../source-paragraphs.ts'
import { levels, priorities, sources, type RecommendationText } from '../recommendation.ts'

export interface TextPageProps {
  request: FastifyRequest
  heading: string
  action: string
  /** Undefined for a new one. */
  revision: number | undefined
  /** For a new one: from an incident, or national. */
  begins: { sourceKind: string; sourceName: string; isNational: boolean } | undefined
  typed: RecommendationText
  /** Of the review or letter it comes from. */
  paragraphs: readonly SourceParagraph[]
  chosenParagraph: string
  /** What somebody else saved since, where they did. */
  stored: RecommendationText | undefined
  errors: readonly FieldError[]
}

export function TextPage({
  request,
  heading,
  action,
  revision,
  begins,
  typed,
  paragraphs,
  chosenParagraph,
  stored,
  errors,
}: TextPageProps) {
  const area = (
    name: 'text' | 'finding' | 'intendedChange' | 'measure' | 'priorityReason',
    label: string,
    hint: string,
  ) => (
    <>
      <Textarea
        name={name}
        label={{ text: label }}
        hint={{ text: hint }}
        value={typed[name]}
        errorMessage={errorAt(errors, name)}
      />
      {stored && stored[name] !== typed[name] && <p class="govuk-body">Stored: {stored[name] || 'nothing'}</p>}
    </>
  )
  return (
    <>
      <h1 class="govuk-heading-l">{heading}</h1>
      <p class="govuk-body">
        Names of children, exact dates and places have no place in a recommendation: many will read it.
      </p>
      <form method="post" action={action} novalidate>
        <FormToken visitor={request.visitor} />
        {revision !== undefined && <input type="hidden" name="revision" value={revision} />}
        {begins && (
          <Radios
            name="sourceKind"
            fieldset={{ legend: { text: 'Where does it come from?' } }}
            value={begins.sourceKind}
            errorMessage={errorAt(errors, 'sourceKind')}
            items={Object.entries(sources)
              .filter(([key]) =>
                key === 'national-review' || key === 'other' ? begins.isNational : !begins.isNational,
              )
              .map(([value, text]) => ({ value, text }))}
          />
        )}
        {begins?.isNational && (
          <Input
            name="sourceName"
            label={{ text: 'Name of the review or report' }}
            value={begins.sourceName}
            errorMessage={errorAt(errors, 'sourceName')}
          />
        )}
        {area(
          'text',
          'What do you recommend?',
          'Who should do what, by when. One thing: another is a recommendation of its own.',
        )}
        {paragraphs.length > 0 && (
          <Select
            name="answersParagraph"
            label={{ text: 'The paragraph it answers (optional)' }}
            hint={{
              text: 'It becomes the finding below where you leave that empty. Take out what identifies a child.',
            }}
            value={chosenParagraph}
            items={[
              { value: '', text: 'None, or typed below' },
              ...paragraphs.map(({ key, from, paragraph, text }) => ({
                value: key,
                text: `${from}, ${paragraph}: ${text.slice(0, 60)}`,
              })),
            ]}
          />
        )}
        {area(
          'finding',
          'The finding it answers (optional)',
          'As it stands in the review or letter. Of a review of an area it is not shown in public.',
        )}
        <Input
          name="paragraph"
          label={{ text: 'Its paragraph (optional)' }}
          classes="govuk-input--width-5"
          value={typed.paragraph}
        />
        <Checkboxes
          name="themes"
          fieldset={{ legend: { text: 'Themes' } }}
          values={[...typed.themes]}
          errorMessage={errorAt(errors, 'themes')}
          items={Object.entries(themes).map(([value, text]) => ({ value, text }))}
          classes="govuk-checkboxes--small"
        />
        {begins?.isNational !== true && (
          <Radios
            name="level"
            fieldset={{ legend: { text: 'Level' } }}
            value={typed.level}
            items={Object.entries(levels).map(([value, text]) => ({ value, text }))}
          />
        )}
        {area('intendedChange', 'What will be different for children?', 'What a child would notice.')}
        {area('measure', 'How will one know?', 'What somebody counts already, or could.')}
        <Radios
          name="priority"
          fieldset={{ legend: { text: 'Priority (optional)' } }}
          value={typed.priority ?? ''}
          items={[...Object.entries(priorities).map(([value, text]) => ({ value, text })), { value: '', text: 'None' }]}
        />
        {area('priorityReason', 'Why this priority?', 'This reason is public.')}
        <Button text="Save" preventDoubleClick />
      </form>
    </>
  )
}
