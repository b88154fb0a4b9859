import type { FastifyRequest } from 'fastify'
import { type CheckedWords, IdentifyingCheckLink } from '../../documents/index.ts'
import { formatDate, formatMoment } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  errorAt,
  FormToken,
  Input,
  InsetText,
  listIn,
  Radios,
  Textarea,
  textIn,
  WarningText,
  type Posted,
} from '../../platform/web/index.ts'
import { Paragraphs } from '../views/published-review-page.tsx'
import {
  askedOf,
  isLongerThanPage,
  sectors,
  wordsIn,
  type PublishedSheet,
  type Sector,
  type Sheet,
  type SheetState,
  type SheetText,
} from './sheet.ts'

export function SheetForm({
  request,
  path,
  sector,
  sheet,
  text,
  recognised,
  published,
  state,
  waits,
  isReviewPublic,
  errors,
  posted,
}: {
  request: FastifyRequest
  path: string
  sector: Sector
  sheet: Sheet | undefined
  text: SheetText
  /** Of the words that are saved. */
  recognised: readonly CheckedWords[] | undefined
  published: PublishedSheet | undefined
  state: SheetState | undefined
  /** Words of the saved sheet that are not agreed for one. */
  waits: readonly FieldError[]
  isReviewPublic: boolean
  errors: readonly FieldError[]
  posted: Posted
}) {
  const area = (name: keyof SheetText, label: string, hint: string, rows: number) => (
    <Textarea
      name={name}
      label={{ text: label, classes: 'govuk-label--m' }}
      hint={{ text: hint }}
      rows={rows}
      value={text[name]}
      errorMessage={errorAt(errors, name)}
    />
  )
  const revision = <input type="hidden" name="revision" value={sheet?.revision ?? 0} />
  return (
    <>
      <span class="govuk-caption-l">Learning sheet</span>
      <h1 class="govuk-heading-l">{sectors[sector]}</h1>
      <p class="govuk-body">
        {sheet
          ? 'One page that practitioners read instead of the report.'
          : 'A first draft from the words of the public page. Make it theirs: what does somebody in this sector need on Monday morning?'}
      </p>
      {published && (
        <p class="govuk-body">
          It is public since {formatDate(published.publishedOn)}
          {state === 'changed' ? ', in the words it had before.' : '.'}{' '}
          <a class="govuk-link" href={`/reviews/${published.number}/sheets/${sector}`}>
            See it as everybody does
          </a>
        </p>
      )}
      {state === 'without-account' && (
        <InsetText>
          The sheet that is public stands without “What happened”: it was published, or left so, while the account of
          the review was not public. The account is public now. {sheet?.cleared ? 'Publish' : 'Clear and publish'} the
          sheet anew below.
        </InsetText>
      )}
      {waits.map(wait => (
        <WarningText
          iconFallbackText="Warning"
          text={`${wait.text}. Take the words out, or ask whoever said them. Until then the sheet is neither cleared nor published.`}
        />
      ))}
      {isLongerThanPage(text) && (
        <InsetText text={`This is longer than a page: ${wordsIn(text)} words. A page holds about 400.`} />
      )}
      <form method="post" action={path} novalidate>
        <FormToken visitor={request.visitor} />
        {revision}
        {area('happened', 'What happened', 'Two or three sentences.', 5)}
        {area('learnt', 'What we learnt', 'An empty line begins a new paragraph.', 8)}
        {area('ask', 'What to ask on Monday', 'One question a line.', 6)}
        <Button text="Save the sheet" preventDoubleClick />
      </form>
      {sheet && !sheet.cleared && waits.length === 0 && (
        <section aria-labelledby="clear">
          <h2 class="govuk-heading-m" id="clear">
            {published ? 'Look at it again, and clear it' : 'Clear it for the public'}
          </h2>
          {published && (
            <p class="govuk-body">
              Its words were changed after somebody cleared them, by whoever wrote or by a withdrawal. It is not
              published again before somebody has looked.
            </p>
          )}
          {recognised && <IdentifyingCheckLink href={`${path}/recognised`} found={recognised} />}
          <form method="post" action={`${path}/clear`} novalidate>
            <FormToken visitor={request.visitor} />
            {revision}
            <Checkboxes
              name="safe"
              errorMessage={errorAt(errors, 'safe')}
              values={listIn(posted, 'safe')}
              items={[{ value: 'yes', text: 'These words are safe to share now' }]}
            />
            <Checkboxes
              name="looked"
              errorMessage={errorAt(errors, 'looked')}
              values={listIn(posted, 'looked')}
              items={[{ value: 'yes', text: 'I looked whether a child could be recognised, alone or with other news' }]}
            />
            <Radios
              name="asked"
              fieldset={{ legend: { text: 'Who was asked before?' } }}
              value={textIn(posted, 'asked')}
              errorMessage={errorAt(errors, 'asked')}
              items={Object.entries(askedOf).map(([value, words]) => ({ value, text: words }))}
            />
            <Input
              name="by"
              label={{ text: 'Who clears it' }}
              value={textIn(posted, 'by')}
              errorMessage={errorAt(errors, 'by')}
            />
            <Button text="Clear it" classes="govuk-button--secondary" preventDoubleClick />
          </form>
        </section>
      )}
      {sheet?.cleared && waits.length === 0 && (
        <section aria-labelledby="publish">
          <h2 class="govuk-heading-m" id="publish">
            {published ? 'Publish it anew' : 'Publish it'}
          </h2>
          <p class="govuk-body">
            Cleared by {sheet.cleared.by}, {formatMoment(sheet.cleared.at)}. A change of the words takes that away.
          </p>
          {isReviewPublic ? (
            <form method="post" action={`${path}/publish`}>
              <FormToken visitor={request.visitor} />
              {revision}
              <Button text={published ? 'Publish the sheet anew' : 'Publish the sheet'} preventDoubleClick />
            </form>
          ) : (
            <p class="govuk-body">It can be published when its review is.</p>
          )}
        </section>
      )}
    </>
  )
}

export function PublishedSheetPage({ sheet }: { sheet: PublishedSheet }) {
  return (
    <>
      <span class="govuk-caption-l">Learning for {sectors[sheet.sector].toLowerCase()}</span>
      <h1 class="govuk-heading-l">{sheet.title}</h1>
      {sheet.happened !== undefined && (
        <section aria-labelledby="happened">
          <h2 class="govuk-heading-m" id="happened">
            What happened
          </h2>
          <Paragraphs text={sheet.happened} />
        </section>
      )}
      <section aria-labelledby="learnt">
        <h2 class="govuk-heading-m" id="learnt">
          What we learnt
        </h2>
        <Paragraphs text={sheet.learnt} />
      </section>
      <section aria-labelledby="ask">
        <h2 class="govuk-heading-m" id="ask">
          What to ask on Monday
        </h2>
        <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
          {sheet.ask.map(text => (
            <li>{text}</li>
          ))}
        </ul>
      </section>
      <p class="govuk-body">
        {sheet.number}, as at {formatDate(sheet.asAt)}.
        <span class="govuk-!-display-none-print">
          {' '}
          Print this page, or{' '}
          {sheet.wordHash ? (
            <a class="govuk-link" href={`/reviews/${sheet.number}/sheets/${sheet.sector}/word`}>
              take the Word file
            </a>
          ) : (
            'copy it'
          )}
          .
        </span>
      </p>
    </>
  )
}
