import {
  Button,
  datePartsIn,
  DayInput,
  Details,
  errorAt,
  FormToken,
  Input,
  Textarea,
  textIn,
} from '../../platform/web/index.ts'
import { formatDate } from '../../platform/dates.ts'
import type { DeskPageProps } from './desk-page.tsx'
import { InTheWay } from './publish-page.tsx'

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

export function Publish({ desk }: DeskPageProps) {
  const { publication, missing, maySend, path } = desk
  const again = publication.firstPublishedOn !== undefined
  return (
    <section aria-labelledby="publish-heading">
      <h2 class="govuk-heading-m" id="publish-heading">
        {again ? 'Publish it anew' : 'Publish'}
      </h2>
      <InTheWay desk={desk} />
      {publication.manner === 'withheld' ? (
        <p class="govuk-body">It is withheld: nothing of it is published.</p>
      ) : missing.length > 0 ? (
        <p class="govuk-body">The public page is not complete yet.</p>
      ) : maySend ? (
        <>
          <p class="govuk-body">The next page says once more what becomes public.</p>
          <Button text={again ? 'Go on to publish it anew' : 'Go on to publish'} href={`${path}/publish`} />
        </>
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
      {desk.published?.changes.map(({ on, text }) => (
        <form method="post" action={`${desk.path}/notes/remove`}>
          <FormToken visitor={request.visitor} />
          <input type="hidden" name="on" value={on} />
          <input type="hidden" name="text" value={text} />
          <p class="govuk-body">
            <strong>{formatDate(on)}:</strong> {text}{' '}
            <Button classes="govuk-button--secondary govuk-!-margin-bottom-0" preventDoubleClick>
              Take it off<span class="govuk-visually-hidden"> the public page: {text}</span>
            </Button>
          </p>
        </form>
      ))}
    </section>
  )
}
