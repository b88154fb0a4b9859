import {
  Button,
  datePartsIn,
  DayInput,
  Details,
  errorAt,
  FormToken,
  Input,
  InsetText,
  Textarea,
  textIn,
  WarningText,
} from '../../platform/web/index.ts'
import type { DeskPageProps } from './desk-page.tsx'

export function ElsewhereForm({ request, desk, errors, posted }: DeskPageProps) {
  return (
    <Details summaryText="It was published elsewhere" open={errorAt(errors, 'where', 'elsewhereOn') !== undefined}>
      <form method="post" action={`${desk.path}/elsewhere`} novalidate>
        <FormToken visitor={request.visitor} />
        <p class="govuk-body">
          For example on the website of the partnership. What was published is recorded with the local review.
        </p>
        <DayInput
          name="elsewhereOn"
          legend="On which day?"
          typed={datePartsIn(posted, 'elsewhereOn')}
          errors={errors}
        />
        <Input
          name="where"
          label={{ text: 'Where?' }}
          hint={{ text: 'The address of the page.' }}
          value={textIn(posted, 'where')}
          errorMessage={errorAt(errors, 'where')}
        />
        <Button text="Record it" classes="govuk-button--secondary" />
      </form>
    </Details>
  )
}

export function PublishForm({ request, desk, errors, posted }: DeskPageProps) {
  const { publication, obstacles, tooEarly, missing, maySend, path } = desk
  const others = obstacles.filter(words => words !== tooEarly)
  const again = publication.firstPublishedOn !== undefined
  return (
    <section aria-labelledby="publish-heading">
      <h2 class="govuk-heading-m" id="publish-heading">
        {again ? 'Publish it anew' : 'Publish'}
      </h2>
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
      {publication.manner === 'withheld' ? (
        <p class="govuk-body">It is withheld: nothing of it is published.</p>
      ) : missing.length > 0 ? (
        <p class="govuk-body">The public page is not complete yet.</p>
      ) : maySend ? (
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
          <Button text={again ? 'Publish it anew' : 'Publish now'} preventDoubleClick />
        </form>
      ) : (
        <p class="govuk-body">The business manager publishes it.</p>
      )}
    </section>
  )
}

export function NoteForm({ request, desk, errors, posted }: DeskPageProps) {
  return (
    <section aria-labelledby="note-heading">
      <h2 class="govuk-heading-m" id="note-heading">
        Say what has changed since
      </h2>
      <form method="post" action={`${desk.path}/notes`} novalidate>
        <FormToken visitor={request.visitor} />
        <Textarea
          name="changed"
          label={{ text: 'A dated note on the public page' }}
          rows={2}
          value={textIn(posted, 'changed')}
          errorMessage={errorAt(errors, 'changed')}
        />
        <Button text="Add the note" classes="govuk-button--secondary" />
      </form>
    </section>
  )
}
