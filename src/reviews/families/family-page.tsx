import type { FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { formatDate, formatMoment, type CivilDate } from '../../platform/dates.ts'
import { checkAnswers, type Answers, type Questionnaire } from '../../platform/questionnaire/index.ts'
import { Button, Details, FormToken, InsetText, Radios, SummaryList, Tag } from '../../platform/web/index.ts'
import { isMistake } from './change-family.ts'
import {
  answerIn,
  contactForm,
  copySteps,
  isOut,
  involvements,
  memberForm,
  practitionerForm,
  quoteForm,
  quoteUses,
  readingForm,
  relations,
  useForm,
} from './forms.ts'
import { isMessageKind, messages } from './messages.ts'
import { closingReasons } from './online-draft.ts'
import type { FamilyEntry, FamilyMember, FamilyRecord, Quote, QuoteUse } from './store.ts'

export const familyPath = (incidentId: string) => `/incidents/${incidentId}/family`

/** The answers of a form that were given, as rows. */
function answeredRows(form: Questionnaire, answers: Answers, leaveOut: readonly string[] = []) {
  return checkAnswers(form, answers, {}).flatMap(({ rows }) =>
    rows
      .filter(({ lines, question }) => lines.length > 0 && !leaveOut.includes(question))
      .map(({ key, lines }) => ({
        key: { text: key },
        value: { children: lines.map(line => <p class="govuk-body wv-answer">{line}</p>) },
      })),
  )
}

const tagOf = {
  yes: { text: 'May be contacted', classes: 'govuk-tag--green' },
  no: { text: 'Not to be contacted', classes: 'govuk-tag--red' },
  'not-yet': { text: 'Not yet', classes: 'govuk-tag--yellow' },
} as const

export function FamilyPage({
  request,
  record,
  today,
}: {
  request: FastifyRequest
  record: FamilyRecord
  today: CivilDate
}) {
  const path = familyPath(record.incidentId)
  const lead = record.leads.find(({ untilOn }) => untilOn === undefined)
  const earlier = record.leads.filter(({ untilOn }) => untilOn !== undefined)
  const openDrafts = record.drafts.filter(({ closedAt }) => !closedAt)
  const without = (kind: FamilyEntry['kind']) => record.entries.filter(entry => entry.kind === kind)
  return (
    <>
      <span class="govuk-caption-l">{record.reference}, local review</span>
      <h1 class="govuk-heading-l">The family</h1>
      <p class="govuk-body">
        {lead ? (
          <>
            <strong>{lead.name}</strong> leads contact with the family, since {formatDate(lead.fromOn)}.{' '}
          </>
        ) : (
          <>Nobody leads contact with the family yet. </>
        )}
        <a class="govuk-link" href={`${path}/lead`}>
          {lead ? 'Somebody else leads' : 'Name who leads'}
        </a>
      </p>
      {earlier.length > 0 && (
        <p class="govuk-body-s">
          Before:{' '}
          {earlier
            .map(({ name, fromOn, untilOn }) => `${name}, ${formatDate(fromOn)} to ${formatDate(untilOn!)}`)
            .join('; ')}
        </p>
      )}
      {openDrafts.length > 0 && <OpenDrafts {...{ request, record }} />}
      {record.members.map(member => (
        <Member {...{ record, member }} />
      ))}
      <Button text="Add a person of the family" href={`${path}/people`} classes="govuk-button--secondary" />

      <h2 class="govuk-heading-m">Days on which nobody writes</h2>
      {record.sensitiveDates.length > 0 ? (
        <ul class="govuk-list govuk-list--bullet">
          {record.sensitiveDates.map(({ what, on }) => (
            <li>
              {formatDate(on).replace(/ \d{4}$/, '')}: {what}
            </li>
          ))}
        </ul>
      ) : (
        <p class="govuk-body">None is known. Add dates of birth and death, or a day of their own.</p>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`${path}/add/sensitive-date`}>
          Add a day
        </a>
      </p>

      <h2 class="govuk-heading-m">Practitioners who took part</h2>
      {without('practitioner').map(entry => (
        <SummaryList
          card={{ title: { text: answerIn(entry.answers, 'name'), headingLevel: 3 } }}
          rows={answeredRows(practitionerForm, entry.answers, ['name'])}
        />
      ))}
      <p class="govuk-body">
        <a class="govuk-link" href={`${path}/add/practitioner`}>
          Add a practitioner
        </a>
      </p>
      <p class="govuk-body-s">
        As at {formatDate(today)}. Seen by the business manager, the reviewer and who leads contact.
      </p>
    </>
  )
}

function Member({ record, member }: { record: FamilyRecord; member: FamilyMember }) {
  const { answers, id } = member
  const path = familyPath(record.incidentId)
  const name = answerIn(answers, 'name')
  const of = (kind: FamilyEntry['kind']) => record.entries.filter(entry => entry.kind === kind && entry.memberId === id)
  const readings = of('reading')
  const contacts = record.entries.filter(
    entry => entry.memberId === id && (entry.kind === 'contact' || entry.kind === 'message'),
  )
  const quotes = record.quotes.filter(({ memberId }) => memberId === id)
  const drafts = record.drafts.filter(({ memberId }) => memberId === id)
  const never = [answerIn(answers, 'neverBy'), answerIn(answers, 'neverWhen')].filter(Boolean)
  return (
    <section>
      <h2 class="govuk-heading-m">
        {name}, {answerIn(answers, 'relationInWords') || relations[answers.relation as keyof typeof relations]}{' '}
        {answers.mayContact && <Tag {...tagOf[answers.mayContact as keyof typeof tagOf]} />}
      </h2>
      {never.length > 0 && <InsetText>Never {never.join('; never ')}</InsetText>}
      <p class="govuk-body">Part in the review: {involvements[answers.involvement as keyof typeof involvements]}.</p>
      <Details summaryText={`How to reach ${name}, and what was agreed`}>
        <SummaryList rows={answeredRows(memberForm, answers, ['name'])} />
        <p class="govuk-body">
          <a class="govuk-link" href={`${path}/people?member=${id}`}>
            Change
          </a>
        </p>
      </Details>
      {readings.map(entry => (
        <SummaryList
          card={{
            title: {
              text: `Read the draft, ${formatDate(answerIn(entry.answers, 'happenedOn') as CivilDate)}`,
              headingLevel: 3,
            },
          }}
          rows={answeredRows(readingForm, entry.answers, ['happenedOn'])}
        />
      ))}
      {quotes.map(quote => (
        <QuoteCard {...{ record, quote }} />
      ))}
      {drafts.map(draft => (
        <p class="govuk-body">
          A draft was opened online for {draft.reader} on {formatMoment(draft.openedAt)}. Verified by {draft.verifiedBy}
          : {draft.verifiedHow}.{' '}
          {draft.closedAt ? `Closed ${formatMoment(draft.closedAt)}: ${draft.closedWhy}.` : 'It is open.'}
        </p>
      ))}
      {contacts.length > 0 && (
        <Details summaryText={`${contacts.length === 1 ? 'One contact' : `${contacts.length} contacts`} with ${name}`}>
          <ul class="govuk-list govuk-list--spaced">
            {contacts.map(entry => (
              <li>{toldContact(entry)}</li>
            ))}
          </ul>
        </Details>
      )}
      <ul class="govuk-list">
        {[
          ['add/reading', 'Write down a reading, together or on paper'],
          ['add/contact', 'Write down a contact or an offer'],
          ['message', 'Send a message'],
          ['quotes', 'Words to quote'],
          ['drafts', 'Open a draft online for them alone'],
        ].map(([page, label]) => (
          <li>
            <a class="govuk-link" href={`${path}/${page}?member=${id}`}>
              {label}
              <span class="govuk-visually-hidden">: {name}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function toldContact({ kind, answers, enteredBy }: FamilyEntry): ComponentChildren {
  const on = formatDate(answerIn(answers, 'happenedOn') as CivilDate)
  if (kind === 'message') {
    const message = answerIn(answers, 'message')
    return `${on}: message “${isMessageKind(message) ? messages[message] : ''}”, sent by ${answerIn(answers, 'byWhom')}`
  }
  const rows = checkAnswers(contactForm, answers, {}).flatMap(group => group.rows)
  const said = (id: string) => rows.find(({ question }) => question === id)?.lines.join(' ') ?? ''
  return `${on}: ${[said('kind'), said('how'), said('byWhom') && `by ${said('byWhom')}`, said('said')].filter(Boolean).join('. ')} (${enteredBy ?? ''})`
}

function QuoteCard({ record, quote }: { record: FamilyRecord; quote: Quote }) {
  const path = `${familyPath(record.incidentId)}/quotes`
  const agreed = Array.isArray(quote.answers['uses']) ? quote.answers['uses'].map(String) : []
  return (
    <SummaryList
      card={{ title: { text: quote.withdrawnAt ? 'Words that were withdrawn' : 'Words to quote', headingLevel: 3 } }}
      rows={[
        {
          key: { text: 'Words' },
          value: {
            text:
              quote.words === undefined
                ? `Withdrawn ${formatMoment(quote.withdrawnAt!)}. ${quote.sealed ? 'Sealed under a legal hold: the data officer alone can read them.' : 'They are not kept.'}`
                : `“${quote.words}”`,
          },
        },
        {
          key: { text: 'Agreed for' },
          value: {
            text: quote.withdrawnAt
              ? 'Nothing any more'
              : agreed.map(use => quoteUses[use as keyof typeof quoteUses]).join(', ') || 'Nothing yet',
          },
        },
        ...answeredRows(quoteForm, quote.answers, ['uses', 'words']),
        ...(quote.cleared
          ? [
              {
                key: { text: 'Taken out of' },
                value: { text: clearedWords(quote.cleared) },
              },
            ]
          : []),
        ...(quote.uses.length > 0
          ? [
              {
                key: { text: quote.withdrawnAt ? 'Copies that are out' : 'Used and sent' },
                value: {
                  children: quote.uses.map(use => <Copy {...{ record, quote, use }} />),
                },
              },
            ]
          : []),
        ...(quote.cleared && quote.cleared.files.length > 0
          ? [
              {
                key: { text: 'Files that were uploaded' },
                value: {
                  text: `${quote.cleared.files.join(', ')}: the words are in the file itself. Replace it by one without them.`,
                },
              },
            ]
          : []),
        {
          key: { text: 'Next' },
          value: {
            children: (
              <>
                {!quote.withdrawnAt && (
                  <p class="govuk-body">
                    <a class="govuk-link" href={`${path}/recognised?quote=${quote.id}`}>
                      Who could be recognised by these words
                    </a>
                  </p>
                )}
                <p class="govuk-body">
                  <a class="govuk-link" href={`${path}/use?quote=${quote.id}`}>
                    Write down where they were used or sent
                  </a>
                </p>
                {!quote.withdrawnAt && (
                  <p class="govuk-body">
                    <a class="govuk-link" href={`${path}/withdraw?quote=${quote.id}`}>
                      They withdraw these words
                    </a>
                  </p>
                )}
              </>
            ),
          },
        },
      ]}
    />
  )
}

const tableNames: Record<string, string> = {
  family_entry: 'this record',
  family_quote: 'this record',
  family_quote_use: 'this record',
  family_member: 'this record',
  family_draft: 'the draft that was read online',
  draft: 'the report',
  draft_version: 'a version of the report',
  draft_signed: 'the report as it was signed',
  review_text: 'a text as it was signed',
  draft_comment: 'a comment on the report',
  publication: 'what is to be published',
  published_review: 'the public page',
  learning_sheet: 'a learning sheet',
  published_sheet: 'a public learning sheet',
  notification: 'the notification',
  notification_version: 'the notification as it was sent',
  rapid_review: 'the rapid review',
  rapid_review_version: 'the rapid review as it was sent',
  paragraph: 'files',
  letter: 'the Panel’s letter',
  letter_point: 'the Panel’s letter',
  learning_point: 'learning points',
}

const nameOfTable = (table: string) => tableNames[table] ?? table.replaceAll('_', ' ')

/** The names of tables as people know them, each once. */
export const namesOfTables = (tables: readonly string[]) => [...new Set(tables.map(nameOfTable))].join(', ')

function clearedWords({ rows, kept }: NonNullable<Quote['cleared']>): string {
  const held = Object.keys(kept)
  return [
    rows && Object.keys(rows).length > 0 ? namesOfTables(Object.keys(rows)) : 'No other text held them',
    ...(held.length > 0
      ? [
          `The same or nearly the same words were left in: ${namesOfTables(held)}. Whoever withdrew them found that they are not theirs there`,
        ]
      : []),
  ].join('. ')
}

function Copy({ record, quote, use }: { record: FamilyRecord; quote: Quote; use: QuoteUse }) {
  const steps = stepsOfCopy(record, use.id)
  const isAskedBack = quote.withdrawnAt !== undefined || isMistake(use.answers)
  return (
    <>
      <p class="govuk-body">
        {copyWords(use.answers)}. {isMistake(use.answers) && 'They had not agreed to this; it happened. '}
        {steps.map(told => `${told}. `)}
      </p>
      {isAskedBack && (
        <p class="govuk-body">
          {isOut(entriesOfCopy(record, use.id)) && <Tag text="To do" classes="govuk-tag--yellow" />}{' '}
          <a class="govuk-link" href={`${familyPath(record.incidentId)}/quotes/copy?use=${use.id}`}>
            Write down what became of it
            <span class="govuk-visually-hidden">: {copyWords(use.answers)}</span>
          </a>
        </p>
      )}
    </>
  )
}

const entriesOfCopy = (record: FamilyRecord, use: string) => record.entries.filter(({ useId }) => useId === use)

/** What became of a copy, in the order in which it happened. */
export function stepsOfCopy(record: FamilyRecord, use: string): string[] {
  return entriesOfCopy(record, use)
    .toReversed()
    .map(({ answers }) => {
      const step = copySteps[answerIn(answers, 'step') as keyof typeof copySteps]
      const said = answerIn(answers, 'said')
      return `${formatDate(answerIn(answers, 'happenedOn') as CivilDate)}: ${step}${said && ` (${said})`}`
    })
}

export function copyWords(use: Answers): string {
  const rows = checkAnswers(useForm, use, {}).flatMap(group => group.rows)
  const said = (id: string) => rows.find(({ question }) => question === id)?.lines.join(' ') ?? ''
  return `${said('use')}: ${said('document')}. Held by ${said('holder')}, since ${said('happenedOn')}`
}

function OpenDrafts({ request, record }: { request: FastifyRequest; record: FamilyRecord }) {
  return (
    <form method="post" action={`${familyPath(record.incidentId)}/drafts/close`}>
      <FormToken visitor={request.visitor} />
      <Radios
        name="reason"
        classes="govuk-radios--small"
        fieldset={{
          legend: { text: 'A draft is open online. Close it at once on:', classes: 'govuk-fieldset__legend--m' },
        }}
        items={Object.entries(closingReasons).map(([value, text]) => ({ value, text }))}
      />
      <Button text="Close it now" classes="govuk-button--warning" preventDoubleClick />
    </form>
  )
}
