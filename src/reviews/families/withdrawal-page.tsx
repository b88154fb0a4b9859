import type { FastifyRequest } from 'fastify'
import { formatDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import { Button, errorAt, FormToken, InsetText, Radios, WarningText } from '../../platform/web/index.ts'
import { isMistake } from './change-family.ts'
import { copyWords, namesOfTables } from './family-page.tsx'
import type { FamilyRecord, Quote } from './store.ts'
import { unreadTexts, type Decided, type FoundWords } from './withdraw-words.ts'

interface WithdrawalPageProps {
  request: FastifyRequest
  record: FamilyRecord
  quote: Quote
  words: string
  /** That hold the words, by name. */
  files: readonly string[]
  found: FoundWords
  typed: Decided
  errors: readonly FieldError[]
}

export function WithdrawalPage(props: WithdrawalPageProps) {
  const { request, record, quote, words, files, found, typed, errors } = props
  const { atOnce, toDecide, unread } = found
  const isAsked = toDecide.length > 0 || unread > 0
  const deciding = (key: string, question: string, hint: string, takenOut: string) => (
    <Radios
      name={key}
      classes="govuk-radios--small"
      fieldset={{ legend: { text: question, classes: 'govuk-fieldset__legend--s' } }}
      hint={{ text: hint }}
      value={typed[key]}
      errorMessage={errorAt(errors, key)}
      items={[
        { value: 'theirs', text: takenOut },
        { value: 'others', text: 'They are not theirs: leave the sentence as it is' },
      ]}
    />
  )
  return (
    <>
      <h1 class="govuk-heading-l">They withdraw these words</h1>
      <InsetText>“{words}”</InsetText>
      <p class="govuk-body">They need give no reason. The review goes on.</p>
      {atOnce.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">Taken out at once</h2>
          <p class="govuk-body">
            The words stand here as they were said, whatever the marks and capitals. On a public page the whole sentence
            goes, so that nobody sees that something is missing.
          </p>
          <ul class="govuk-list govuk-list--spaced">
            {atOnce.map(({ sentence, tables }) => (
              <li>
                <strong>{capital(namesOfTables(tables))}:</strong> {sentence}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p class="govuk-body">In no text that you may read do they stand where they would be taken out at once.</p>
      )}
      <p class="govuk-body">
        Every text of this incident that we hold was looked through, with its versions: this record, drafts, reports,
        letters, learning, recommendations, actions, public pages and sheets. We find the words as they were said,
        sentences that have most of them, and parts of them in quotation marks. We do not find what somebody tells in
        words of their own.
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
              <li>
                {copyWords(use.answers)}
                {isMistake(use.answers) && '. They had not agreed to this; it happened'}
              </li>
            ))}
          </ul>
          <p class="govuk-body">
            Each comes as a thing to do to you and to who leads contact, until whoever holds it has answered.
          </p>
        </>
      ) : (
        <p class="govuk-body">Nobody wrote down a copy that is out. Think of drafts on paper, and of mails.</p>
      )}
      {files.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Files that hold the words: somebody has to replace them</h2>
          <p class="govuk-body">
            We cannot take words out of a file. Published files are taken off the public page at once; replace each file
            by one without the words.
          </p>
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
        {toDecide.map(({ key, kind, sentence, tables }) =>
          deciding(
            key,
            `${kind === 'exact' ? 'These words' : 'Nearly these words'}, in ${namesOfTables(tables)}`,
            sentence,
            kind === 'exact' ? 'They are theirs: take the words out' : 'They are theirs: take the sentence out',
          ),
        )}
        {unread > 0 &&
          deciding(
            unreadTexts,
            unread === 1 ? 'A sentence that is not yours to read' : `${unread} sentences that are not yours to read`,
            'For example in notes of others, or of the Panel. They have these words, or nearly these. Ask before you leave them.',
            'They are theirs: take them out',
          )}
        <Button text="Withdraw the words" classes="govuk-button--warning" preventDoubleClick />
      </form>
    </>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
