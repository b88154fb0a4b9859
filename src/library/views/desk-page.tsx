import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  Details,
  errorAt,
  FileUpload,
  FormToken,
  Input,
  SummaryList,
  textIn,
  type Posted,
} from '../../platform/web/index.ts'
import { manners, narratives } from '../publication.ts'
import type { PublishedReview } from '../published.ts'
import type { Desk } from '../read-desk.ts'
import { nextOnDesk } from '../next-step.ts'
import { sectors, sheetStates } from '../sheets/sheet.ts'
import type { Act } from '../store.ts'
import { Days, Plan } from './desk-day.tsx'
import { ElsewhereForm, NoteForm, Publish } from './desk-publish.tsx'

const statuses = {
  preparing: 'Being prepared. Nothing of it is public, not even its number',
  published: 'Published',
  'account-hidden': 'Published',
} as const

const acts: Record<Act, string> = {
  published: 'Published',
  hidden: 'The account was hidden',
  'narrative-kept': 'After the first year: the account stays',
  'narrative-ended': 'After the first year: the account is not public any more',
  noted: 'A dated note was added',
  'note-removed': 'A dated note was taken off the public page',
  elsewhere: 'Published elsewhere',
}

export interface DeskPageProps {
  request: FastifyRequest
  desk: Desk
  errors: readonly FieldError[]
  posted: Posted
}

/** Of a review that was published elsewhere and not here. */
function stateElsewhere({ publication, acts: done }: Desk): string | undefined {
  const act = publication.status === 'preparing' ? done.find(each => each.act === 'elsewhere') : undefined
  return act && `Published elsewhere: ${act.reason}. Nothing of it is public here`
}

/** Everything between a finished local review and its public page, on one page. */
export function DeskPage(props: DeskPageProps) {
  const { desk } = props
  const { publication } = desk
  const next = nextOnDesk(desk)
  const elsewhere = stateElsewhere(desk)
  const review = `/incidents/${publication.incidentId}/local-review`
  return (
    <>
      <span class="govuk-caption-l">Local review, {desk.reference}</span>
      <h1 class="govuk-heading-l">Publishing the review</h1>
      <SummaryList
        rows={[
          { key: { text: 'State' }, value: { text: elsewhere ?? statuses[publication.status] } },
          {
            key: { text: 'Number and address' },
            value:
              publication.status === 'preparing'
                ? { text: `${publication.number}, from the day of publication` }
                : {
                    children: (
                      <a class="govuk-link" href={`/reviews/${publication.number}`}>
                        {publication.number}
                      </a>
                    ),
                  },
          },
          desk.published
            ? { key: { text: 'What is public' }, value: { text: publicNow(desk.published) } }
            : { key: { text: 'What is to be published' }, value: { text: manners[publication.manner] } },
          desk.dated?.publishOn && {
            key: { text: 'Planned for' },
            value: { text: formatDate(desk.dated.publishOn) },
          },
          publication.keepUntil && {
            key: { text: 'Public at least until' },
            value: { text: formatDate(publication.keepUntil) },
          },
        ]}
      />
      {desk.mayWrite && next && (
        <p class="govuk-body">
          <strong>Next:</strong>{' '}
          <a class="govuk-link" href={next.href}>
            {next.text}
          </a>
        </p>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`${review}/report`}>
          The report
        </a>{' '}
        and{' '}
        <a class="govuk-link" href={`${review}/sent-ahead`}>
          what was sent ahead
        </a>{' '}
        stand with the local review.
        {publication.status !== 'preparing' && (
          <>
            {' '}
            What follows from it:{' '}
            <a class="govuk-link" href={`/incidents/${publication.incidentId}/changed`}>
              what changed because of this review
            </a>
            .
          </>
        )}
      </p>
      {desk.published?.account !== undefined && desk.maySend && (
        <p class="govuk-body">
          <a class="govuk-link govuk-!-font-weight-bold" href={`${desk.path}/hide`}>
            Hide the account of what happened, at once
          </a>
        </p>
      )}
      <Words {...props} />
      <Files {...props} />
      <Sheets {...props} />
      <Plan {...props} />
      <Days {...props} />
      <Publish {...props} />
      {publication.status === 'preparing' && publication.manner !== 'withheld' && desk.maySend && (
        <ElsewhereForm {...props} />
      )}
      {publication.status !== 'preparing' && desk.maySend && <NoteForm {...props} />}
      {desk.acts.length > 0 && (
        <section aria-labelledby="acts">
          <h2 class="govuk-heading-m" id="acts">
            What was done
          </h2>
          <p class="govuk-body">Reasons are kept here and are never public.</p>
          <ul class="govuk-list govuk-list--spaced">
            {desk.acts.map(({ act, reason, inTheWay, by, at }) => (
              <li>
                <strong>{acts[act]}</strong>, {formatMoment(at)}, {by}.
                {inTheWay.length > 0 && ` Although: ${inTheWay.join('; ')}.`}
                {reason && ` ${act === 'elsewhere' ? 'Where' : 'Reason'}: ${reason}`}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function publicNow({ account }: PublishedReview): string {
  return account === undefined
    ? 'Learning and recommendations. The account of what happened is not public'
    : manners.full
}

function Words({ desk }: DeskPageProps) {
  const { publication, missing, path, mayWrite } = desk
  const { text } = publication
  return (
    <section aria-labelledby="words">
      <h2 class="govuk-heading-m" id="words">
        The public page
      </h2>
      {missing.length > 0 ? (
        <>
          <p class="govuk-body">Still to be written or chosen:</p>
          <ul class="govuk-list govuk-list--bullet">
            {missing.map(({ field, text: words }) => (
              <li>
                {mayWrite ? (
                  <a class="govuk-link" href={`${path}/words#${field}`}>
                    {words}
                  </a>
                ) : (
                  words
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p class="govuk-body">
          “{text.title}”. What happened: {text.narrative ? narratives[text.narrative].toLowerCase() : 'not chosen'}.
          Search engines: {text.index}. Feed: {text.feed}. The family’s view: {text.familyView}
        </p>
      )}
      <ul class="govuk-list">
        {mayWrite && (
          <li>
            <a class="govuk-link" href={`${path}/words`}>
              Change the words and choices
            </a>
          </li>
        )}
        <li>
          <a class="govuk-link" href={`${path}/preview`}>
            See the page as it would stand
          </a>
        </li>
        {mayWrite && (
          <li>
            <a class="govuk-link" href={`${path}/recognised`}>
              Who could be recognised
            </a>
          </li>
        )}
        <li>
          <a class="govuk-link" href={`${path}/justification`}>
            Not publishing in full: tell the Panel and the Secretary of State why
          </a>
        </li>
      </ul>
    </section>
  )
}

function Sheets({ desk }: DeskPageProps) {
  if (!desk.mayWrite) return null
  return (
    <section aria-labelledby="sheets">
      <h2 class="govuk-heading-m" id="sheets">
        Learning sheets
      </h2>
      <p class="govuk-body">One page for each sector: what happened, what we learnt, what to ask on Monday.</p>
      <ul class="govuk-list">
        {desk.sheets.map(({ sector, state }) => (
          <li>
            <a class="govuk-link" href={`${desk.path}/sheets/${sector}`}>
              {sectors[sector]}
            </a>
            : {sheetStates[state].toLowerCase()}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Files({ request, desk, errors, posted }: DeskPageProps) {
  const { files, path, mayWrite } = desk
  return (
    <section aria-labelledby="files">
      <h2 class="govuk-heading-m" id="files">
        Documents for the public
      </h2>
      {files.length === 0 ? (
        <p class="govuk-body">
          None. They are public together with the account of what happened, and are hidden with it.
        </p>
      ) : (
        <ul class="govuk-list govuk-list--spaced">
          {files.map(file => (
            <li>
              {file.title} ({file.extension.toUpperCase()}). Cleared by {file.clearedBy}, {formatMoment(file.clearedAt)}
              .
              {mayWrite && (
                <form method="post" action={`${path}/files/remove`}>
                  <FormToken visitor={request.visitor} />
                  <input type="hidden" name="file" value={file.id} />
                  <Button text={`Remove ${file.title}`} classes="govuk-button--secondary govuk-!-margin-bottom-2" />
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <Details summaryText="Add a document" open={errorAt(errors, 'fileTitle', 'cleared', 'file') !== undefined}>
          <form method="post" action={`${path}/files`} enctype="multipart/form-data" novalidate>
            <FormToken visitor={request.visitor} />
            <Input
              name="fileTitle"
              label={{ text: 'What it is called on the public page' }}
              value={textIn(posted, 'fileTitle')}
              errorMessage={errorAt(errors, 'fileTitle')}
            />
            <FileUpload
              name="file"
              label={{ text: 'PDF, Word (.docx) or OpenDocument (.odt)' }}
              hint={{ text: 'A file with tracked changes or comments is refused.' }}
              errorMessage={errorAt(errors, 'file')}
            />
            <Checkboxes
              name="cleared"
              errorMessage={errorAt(errors, 'cleared')}
              items={[{ value: 'yes', text: 'I have read it to its end, and clear it for the public' }]}
            />
            <Button text="Add the document" preventDoubleClick />
          </form>
        </Details>
      )}
    </section>
  )
}

/** Begins: the number is drawn, and the plan of the day stands. */
export function BeginPage({ request, path, mayWrite }: { request: FastifyRequest; path: string; mayWrite: boolean }) {
  return (
    <>
      <h1 class="govuk-heading-l">Publishing the review</h1>
      <p class="govuk-body">
        Here you write the public page, clear its documents, plan whom to tell first on the day, and publish. Nothing is
        public before you press “Publish now”, at the very end.
      </p>
      {mayWrite ? (
        <form method="post" action={`${path}/start`}>
          <FormToken visitor={request.visitor} />
          <Button text="Begin to prepare it" preventDoubleClick />
        </form>
      ) : (
        <p class="govuk-body">The business manager has not begun to prepare it.</p>
      )}
    </>
  )
}
