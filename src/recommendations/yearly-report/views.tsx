import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, type CivilDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  errorAt,
  FormToken,
  InsetText,
  Input,
  SortableTable,
  Textarea,
  WhoSees,
  type Posted,
} from '../../platform/web/index.ts'
import { ActionsBeside } from '../actions/views/parts.tsx'
import { beginWords, changeReaders, type ChangeLine, type ChangeReader } from './change.ts'
import { tellYear, type ReportPart } from './report.ts'
import type { Statement } from './report-store.ts'
import type { ToldChange } from './tell-change.ts'

export interface ReportPageProps {
  request: FastifyRequest
  partnershipName: string
  partnershipCode: string
  year: number
  /** Of which years there is a report, the newest first. */
  years: readonly number[]
  asAt: CivilDate
  forPublication: boolean
  /** Actions whose words nobody has looked at, so that they are not told to everybody. */
  undecided: readonly { actionId: string; number: string }[]
  parts: readonly ReportPart[]
  statements: ReadonlyMap<string, Statement>
  mayWrite: boolean
  typed: Posted
  errors: readonly FieldError[]
}

export function ReportPage(props: ReportPageProps) {
  const { request, partnershipName, partnershipCode, year, years, asAt, forPublication, parts, statements } = props
  const { undecided, mayWrite, typed, errors } = props
  const address = (path: string, changes: Record<string, string> = {}) =>
    `${path}?${new URLSearchParams({ partnership: partnershipCode, year: String(year), ...(forPublication && { for: 'publication' }), ...changes }).toString()}`
  return (
    <>
      <span class="govuk-caption-l">{partnershipName}</span>
      <h1 class="govuk-heading-l">Yearly report, {tellYear(year)}</h1>
      <p class="govuk-body">
        From the record as it stood on {formatDate(asAt)}.{' '}
        {forPublication
          ? 'For publication: small numbers are hidden, and nothing is told of a review that is not published.'
          : 'For the partnership: it names references and is not to be published.'}
      </p>
      {forPublication && mayWrite && undecided.length > 0 && (
        <p class="govuk-body govuk-!-display-none-print">
          Words of some actions are left out: somebody could be recognised by them. Decide about{' '}
          {undecided.map(({ actionId, number }, at) => (
            <>
              {at > 0 && ', '}
              <a class="govuk-link" href={`/actions/${actionId}/recognised`}>
                {number}
              </a>
            </>
          ))}
          .
        </p>
      )}
      <p class="govuk-body govuk-!-display-none-print">
        <a class="govuk-link" href={address('/yearly-report.docx')}>
          Download as a Word file
        </a>
        {' · '}
        {forPublication ? (
          <a class="govuk-link" href={address('/yearly-report', { for: 'partnership' })}>
            The whole report, for the partnership
          </a>
        ) : (
          <a class="govuk-link" href={address('/yearly-report', { for: 'publication' })}>
            What can be published
          </a>
        )}
        {years
          .filter(other => other !== year)
          .map(other => (
            <>
              {' · '}
              <a class="govuk-link" href={address('/yearly-report', { year: String(other) })}>
                {tellYear(other)}
              </a>
            </>
          ))}
      </p>
      {parts.map(part => {
        const statement = statements.get(part.key)
        const field = `words-${part.key}`
        const error = errorAt(errors, field)
        return (
          <section>
            <h2 class="govuk-heading-m">{part.title}</h2>
            {statement?.words && (
              <InsetText>
                <p class="govuk-body wv-answer">{statement.words}</p>
                <p class="govuk-body-s">
                  {statement.byName}, {formatMoment(statement.savedAt)}
                </p>
              </InsetText>
            )}
            {part.blocks.map(block =>
              block.kind === 'paragraph' ? (
                <p class="govuk-body">{block.text}</p>
              ) : (
                <SortableTable<string[], 'as-it-is'>
                  caption={block.caption}
                  rows={block.rows}
                  columns={block.head.map((label, at) => ({ label, cell: row => row[at] }))}
                  sort={{ key: 'as-it-is', direction: 'ascending' }}
                  path="/yearly-report"
                  query={{}}
                  emptyText="None."
                />
              ),
            )}
            {mayWrite && (
              <details
                class="govuk-details govuk-!-display-none-print"
                open={error !== undefined || typed['part'] === part.key}
              >
                <summary class="govuk-details__summary">
                  <span class="govuk-details__summary-text">
                    {statement?.words ? 'Change what you say' : 'Say something'} beside “{part.title}”
                  </span>
                </summary>
                <form method="post" action={address('/yearly-report')} class="govuk-details__text" novalidate>
                  <FormToken visitor={request.visitor} />
                  <input type="hidden" name="part" value={part.key} />
                  <input type="hidden" name="revision" value={statement?.revision ?? 0} />
                  <Textarea
                    id={field}
                    name="words"
                    label={{ text: 'What it means, in your words' }}
                    hint={{ text: 'It stands in the report for publication too.' }}
                    value={typed['part'] === part.key ? String(typed['words'] ?? '') : statement?.words}
                    errorMessage={error}
                  />
                  <Button text="Save" classes="govuk-button--secondary" />
                </form>
              </details>
            )}
          </section>
        )
      })}
    </>
  )
}

/** What changed because of one review: for whoever works on it, and for its reader at the Panel. */
export function ChangePage({
  request,
  incidentId,
  reference,
  lines,
  told,
  mayWrite,
  today,
  typed,
  errors,
}: {
  request: FastifyRequest
  incidentId: string
  reference: string
  lines: readonly ChangeLine[]
  told: readonly ToldChange[]
  mayWrite: boolean
  today: CivilDate
  typed: Posted
  errors: readonly FieldError[]
}) {
  return (
    <>
      <span class="govuk-caption-l">{reference}</span>
      <h1 class="govuk-heading-l">What changed because of this review</h1>
      {told.map(one => (
        <InsetText>
          <p class="govuk-body-s">
            {changeReaders[one.reader]}: {formatMoment(one.at)}, {one.byName}
            {one.givenTo && `. ${one.givenTo}`}
          </p>
          <p class="govuk-body wv-answer">{one.words}</p>
        </InsetText>
      ))}
      {told.length === 0 && lines.length === 0 && (
        <p class="govuk-body">Nothing was asked because of it yet, and nobody was told of a change.</p>
      )}
      {lines.map(({ asked, actions }) => (
        <section>
          <h2 class="govuk-heading-m">{asked.reference}</h2>
          <p class="govuk-body">{asked.text}</p>
          {actions.length === 0 ? (
            <p class="govuk-body">No action serves it yet.</p>
          ) : (
            <ActionsBeside actions={actions} today={today} />
          )}
        </section>
      ))}
      {mayWrite &&
        (Object.keys(changeReaders) as ChangeReader[]).map(reader => {
          const isTyped = typed['reader'] === reader
          return (
            <section>
              <h2 class="govuk-heading-m">Tell: {changeReaders[reader].toLowerCase().replace('panel', 'Panel')}</h2>
              <form method="post" action={`/incidents/${incidentId}/changed`} novalidate>
                <FormToken visitor={request.visitor} />
                <input type="hidden" name="reader" value={reader} />
                <Textarea
                  id={`words-${reader}`}
                  name="words"
                  rows={6}
                  label={{ text: 'What changed' }}
                  hint={{ text: 'Begun from the record. Read it, and change what is not right. No child’s name.' }}
                  value={isTyped ? String(typed['words'] ?? '') : beginWords(reader, lines)}
                  errorMessage={errorAt(errors, `words-${reader}`)}
                />
                {reader !== 'panel' && (
                  <Input
                    id={`givenTo-${reader}`}
                    name="givenTo"
                    label={{ text: 'Whom you give it to, and how' }}
                    hint={{
                      text:
                        reader === 'family'
                          ? 'By the one person who leads the contact. Ask first whether they wish it. Name no relative here.'
                          : 'For example, the practitioners of the learning event, by their managers.',
                    }}
                    value={isTyped ? String(typed['givenTo'] ?? '') : ''}
                    errorMessage={errorAt(errors, `givenTo-${reader}`)}
                  />
                )}
                <WhoSees>
                  {reader === 'panel'
                    ? 'the Panel, its secretariat and your partnership'
                    : 'your partnership. Nothing goes out by itself: print it, and give it to them'}
                </WhoSees>
                <Button text={reader === 'panel' ? 'Send it to the Panel' : 'Keep it as given'} preventDoubleClick />
              </form>
            </section>
          )
        })}
    </>
  )
}
