import type { FastifyRequest } from 'fastify'
import { IdentifyingCheckLink, type CheckedWords } from '../../documents/index.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  errorAt,
  FormToken,
  InsetText,
  SummaryList,
  Textarea,
  textIn,
  WarningText,
  type Posted,
} from '../../platform/web/index.ts'
import { stageNotDone, type Desk } from '../read-desk.ts'
import type { PublishedReview } from '../published.ts'

interface PublishPageProps {
  request: FastifyRequest
  desk: Desk
  /** The page as it would stand. */
  review: PublishedReview
  address: string
  recognised: readonly CheckedWords[]
  isJustified: boolean
  errors: readonly FieldError[]
  posted: Posted
}

/** The last page before the public reads it: what becomes public and what does not, what is in the way, one button. */
export function PublishPage(props: PublishPageProps) {
  const { desk, review, address, recognised, isJustified } = props
  const { publication, path } = desk
  const notDone = desk.dated?.notDone ?? []
  const isReady = isJustified && !recognised.some(({ isOpen }) => isOpen)
  return (
    <>
      <span class="govuk-caption-l">{publication.number}</span>
      <h1 class="govuk-heading-l">
        {publication.firstPublishedOn ? 'Publish this review anew?' : 'Publish this review?'}
      </h1>
      <p class="govuk-body">Whatever was public once cannot be called back from those who read it. This becomes so:</p>
      <SummaryList
        rows={[
          { key: { text: 'Where' }, value: { text: address } },
          { key: { text: 'Title' }, value: { text: review.title } },
          { key: { text: 'What happened' }, value: { text: toldOf(desk) } },
          { key: { text: 'What was learnt' }, value: { text: 'In full' } },
          { key: { text: 'Recommendations' }, value: { text: String(review.recommendations.length || 'None') } },
          { key: { text: 'Documents' }, value: { children: <Documents review={review} /> } },
          { key: { text: 'Feed' }, value: { text: review.inFeed ? 'Announced to its readers' : 'Not announced' } },
          {
            key: { text: 'Search engines' },
            value: { text: review.mayBeIndexed ? 'May list it' : 'Are asked not to list it' },
          },
        ]}
      />
      {review.documents.length === 0 && (
        <WarningText
          iconFallbackText="Warning"
          text={
            desk.files.length === 0
              ? 'No document becomes public: only the words of the page do, and not the report.'
              : 'No document becomes public: without an account of what happened they stay closed, and so does the report.'
          }
        />
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`${path}/preview`}>
          See the page as it would stand
        </a>
      </p>
      {notDone.length > 0 && (
        <section aria-labelledby="not-done">
          <h2 class="govuk-heading-m" id="not-done">
            Not done of the review
          </h2>
          <ul class="govuk-list govuk-list--bullet">
            {notDone.map(stage => (
              <li>{stageNotDone(stage)}</li>
            ))}
          </ul>
          <p class="govuk-body">
            <a class="govuk-link" href={`/incidents/${publication.incidentId}/local-review/stages`}>
              Stages of the review
            </a>
          </p>
        </section>
      )}
      <InTheWay desk={desk} />
      <IdentifyingCheckLink href={`${path}/recognised`} found={recognised} />
      {!isJustified && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${path}/justification`}>
            Tell the Panel and the Secretary of State first why only the improvements are published
          </a>
        </p>
      )}
      {isReady ? (
        <PublishForm {...props} />
      ) : (
        <p class="govuk-body">
          <a class="govuk-link" href={path}>
            Back to publishing the review
          </a>
        </p>
      )}
    </>
  )
}

function toldOf({ publication: { manner, text } }: Desk): string {
  if (manner === 'improvements') return 'Nothing: the improvements only'
  return { full: 'In full', short: 'In short', 'learning-only': 'Nothing' }[text.narrative ?? 'learning-only']
}

function Documents({ review: { documents } }: { review: PublishedReview }) {
  if (documents.length === 0) return <>None</>
  return (
    <ul class="govuk-list">
      {documents.map(({ title }) => (
        <li>{title}</li>
      ))}
    </ul>
  )
}

function PublishForm({ request, desk, errors, posted }: PublishPageProps) {
  const { publication, obstacles, path } = desk
  const again = publication.firstPublishedOn !== undefined
  return (
    <form method="post" action={`${path}/publish`} novalidate id="publish">
      <FormToken visitor={request.visitor} />
      <input type="hidden" name="revision" value={publication.revision} />
      {again && (
        <Textarea
          name="note"
          label={{ text: 'What has changed since' }}
          hint={{ text: 'Public, with the day.' }}
          rows={2}
          value={textIn(posted, 'note')}
          errorMessage={errorAt(errors, 'note')}
        />
      )}
      {obstacles.length > 0 && (
        <Textarea
          name="reason"
          label={{ text: 'Why it is published all the same' }}
          hint={{ text: 'Kept with your name. Never public.' }}
          rows={2}
          value={textIn(posted, 'reason')}
          errorMessage={errorAt(errors, 'reason')}
        />
      )}
      <div class="govuk-button-group">
        <Button text={again ? 'Publish it anew' : 'Publish now'} preventDoubleClick />
        <a class="govuk-link" href={path}>
          Not now
        </a>
      </div>
    </form>
  )
}

/** What stands in the way today; each is gone on about with a reason. */
export function InTheWay({ desk: { publication, obstacles, tooEarly } }: { desk: Desk }) {
  const others = obstacles.filter(words => words !== tooEarly)
  return (
    <>
      {tooEarly && (
        <>
          <WarningText iconFallbackText="Warning" text={`${tooEarly}.`} />
          <p class="govuk-body">
            The Panel and the Secretary of State must have the text at least seven working days before.{' '}
            <a class="govuk-link" href={`/incidents/${publication.incidentId}/local-review/sent-ahead`}>
              Send it ahead, or see what was sent
            </a>
          </p>
        </>
      )}
      {others.length > 0 && (
        <InsetText>
          <p class="govuk-body">In the way today:</p>
          <ul class="govuk-list govuk-list--bullet">
            {others.map(words => (
              <li>{words}</li>
            ))}
          </ul>
        </InsetText>
      )}
    </>
  )
}
