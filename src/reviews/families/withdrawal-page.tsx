import type { FastifyRequest } from 'fastify'
import { formatDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import { Button, errorAt, FormToken, InsetText, Radios, WarningText } from '../../platform/web/index.ts'
import { copyWords, nameOfTable } from './family-page.tsx'
import type { FamilyRecord, Quote } from './store.ts'
import { unreadTexts, type Decided, type ToDecide } from './withdraw-words.ts'

interface WithdrawalPageProps {
  request: FastifyRequest
  record: FamilyRecord
  quote: Quote
  words: string
  /** That hold the words, by name. */
  files: readonly string[]
  toDecide: ToDecide
  typed: Decided
  errors: readonly FieldError[]
}

export function WithdrawalPage(props: WithdrawalPageProps) {
  const { request, record, quote, words, files, toDecide, typed, errors } = props
  const { texts, unread } = toDecide
  const isAsked = texts.length > 0 || unread > 0
  const deciding = (key: string, question: string, hint: string) => (
    <Radios
      name={key}
      classes="govuk-radios--small"
      fieldset={{ legend: { text: question, classes: 'govuk-fieldset__legend--s' } }}
      hint={{ text: hint }}
      value={typed[key]}
      errorMessage={errorAt(errors, key)}
      items={[
        { value: 'theirs', text: 'They are these words: take them out' },
        { value: 'others', text: 'They are not: leave the text as it is' },
      ]}
    />
  )
  return (
    <>
      <h1 class="govuk-heading-l">They withdraw these words</h1>
      <InsetText>“{words}”</InsetText>
      <p class="govuk-body">
        {isAsked
          ? 'The words are taken out of every text in which they were written down as used, at once. They are few, and can stand in other texts by chance: you say below where they are theirs.'
          : 'The words are taken out of every text of this incident that we hold, at once: this record, drafts, reports, letters, public pages and the files made from them here.'}{' '}
        They need give no reason. The review goes on.
      </p>
      {record.holdUntil ? (
        <WarningText
          iconFallbackText="Warning"
          text={`A legal hold is in force until ${formatDate(record.holdUntil)}: the words are sealed, and the data officer alone can read them.`}
        />
      ) : (
        <WarningText iconFallbackText="Warning" text="They cannot be brought back." />
      )}
      {quote.uses.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">Copies that are out: ask who holds them to destroy them</h2>
          <ul class="govuk-list govuk-list--bullet">
            {quote.uses.map(use => (
              <li>{copyWords(use)}</li>
            ))}
          </ul>
        </>
      ) : (
        <p class="govuk-body">Nobody wrote down a copy that is out. Think of drafts on paper, and of mails.</p>
      )}
      {files.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Files that hold the words: somebody has to replace them</h2>
          <p class="govuk-body">We cannot take words out of a file. Replace each by one without them.</p>
          <ul class="govuk-list govuk-list--bullet">
            {files.map(name => (
              <li>{name}</li>
            ))}
          </ul>
        </>
      )}
      <form method="post" novalidate>
        <FormToken visitor={request.visitor} />
        {isAsked && <h2 class="govuk-heading-m">Are these their words?</h2>}
        {texts.map(({ key, table, excerpt }) => deciding(key, capital(nameOfTable(table)), `… ${excerpt} …`))}
        {unread > 0 &&
          deciding(
            unreadTexts,
            unread === 1 ? 'A text that is not yours to read' : `${unread} texts that are not yours to read`,
            'For example notes of others, or of the Panel.',
          )}
        <Button text="Withdraw the words" classes="govuk-button--warning" preventDoubleClick />
      </form>
    </>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
