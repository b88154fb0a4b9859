import type { ComponentChildren } from 'preact'
import { Button, Details, SummaryList, Table, Tag } from '../../../platform/web/index.ts'
import { themes } from '../../../reference-data/index.ts'
import { contactForm } from './entry-forms.ts'
import type { Entry } from './store.ts'
import type { LocalReview } from '../local-review.ts'
import { pathOf } from '../path.ts'
import { Heading, Lines, onDay } from '../views/parts.tsx'
import type { Reviewer } from '../reviewers/reviewer.ts'

export interface BenchPageProps {
  review: LocalReview
  questions: readonly string[]
  contacts: readonly Entry<'contact'>[]
  notes: readonly Entry<'note'>[]
  index: readonly Entry<'index'>[]
  days: readonly Entry<'days'>[]
  reviewers: readonly Reviewer[]
}

const [{ questions: contactQuestions }] = contactForm.pages
const agreedWords = contactQuestions[3].options

/** All that a reviewer works with, on one page. Only those who write the review see it. */
export function BenchPage({ review, questions, contacts, notes, index, days, reviewers }: BenchPageProps) {
  const path = pathOf(review.incidentId)
  return (
    <>
      <Heading review={review}>The reviewer’s bench</Heading>
      <p class="govuk-body">
        Seen by the reviewers and the partnership’s business managers alone. Assume that anything written here can be
        asked for in a trial.
      </p>
      <div class="govuk-button-group">
        <Button text="Somebody was spoken to" href={`${path}/contacts/new`} classes="govuk-button--secondary" />
        <Button text="Add a note" href={`${path}/notes/new`} classes="govuk-button--secondary" />
        <Button text="Say what speaks to which question" href={`${path}/index/new`} classes="govuk-button--secondary" />
        <Button text="Record days used" href={`${path}/days/new`} classes="govuk-button--secondary" />
      </div>
      <h2 class="govuk-heading-m">Questions and themes</h2>
      <Index {...{ questions, index, contacts, notes, path }} />
      <h2 class="govuk-heading-m">Who was spoken to</h2>
      {contacts.length === 0 ? (
        <p class="govuk-body">Nobody yet.</p>
      ) : (
        <SummaryList
          rows={contacts.map(({ id, answers }) => ({
            key: { text: answers.who ?? '' },
            value: {
              children: (
                <>
                  {answers.role}, {onDay(answers.on)}
                  <br />
                  Agreed with the senior investigating officer:{' '}
                  {answers.agreed === 'no' ? (
                    <Tag text="No" classes="govuk-tag--yellow" />
                  ) : answers.agreed === 'yes' ? (
                    `yes, ${answers.agreedBy ?? ''}`
                  ) : (
                    agreedWords['not-needed'].toLowerCase()
                  )}
                  {answers.notes && (
                    <Details summaryText="What was said">
                      <Lines text={answers.notes} />
                    </Details>
                  )}
                </>
              ),
            },
            actions: { items: [change(`${path}/contacts/${id}`, answers.who)] },
          }))}
        />
      )}
      <h2 class="govuk-heading-m">Notes</h2>
      {notes.length === 0 && <p class="govuk-body">No note yet. For example of an event with practitioners.</p>}
      {notes.length > 0 && (
        <SummaryList
          rows={notes.map(({ id, answers }) => ({
            key: { text: answers.title ?? '' },
            value: {
              children: (
                <>
                  {onDay(answers.on)}
                  <Details summaryText="Read the note">
                    <Lines text={answers.text} />
                  </Details>
                </>
              ),
            },
            actions: { items: [change(`${path}/notes/${id}`, answers.title)] },
          }))}
        />
      )}
      <h2 class="govuk-heading-m">Days used against days agreed</h2>
      <Days {...{ days, reviewers, path }} />
    </>
  )
}

function change(href: string, what: string | undefined) {
  return { href, text: 'Change', visuallyHiddenText: what ?? '' }
}

/** Each question of the terms of reference, answered or not, and each theme that something speaks to. */
function Index(props: Pick<BenchPageProps, 'questions' | 'index' | 'contacts' | 'notes'> & { path: string }) {
  const { questions, index, contacts, notes, path } = props
  const asked = index.flatMap(({ answers }) => (answers.about === 'question' ? (answers.question ?? []) : []))
  const about = [
    ...[...new Set([...questions, ...asked])].map(question => ({
      name: question,
      entries: index.filter(({ answers }) => answers.about === 'question' && answers.question === question),
    })),
    ...[...new Set(index.flatMap(({ answers }) => (answers.about === 'theme' ? (answers.theme ?? []) : [])))].map(
      theme => ({
        name: `Theme: ${themes[theme]}`,
        entries: index.filter(({ answers }) => answers.about === 'theme' && answers.theme === theme),
      }),
    ),
  ]
  const where = ({ answers }: Entry<'index'>): ComponentChildren => {
    if (answers.from === 'paragraph') return answers.paragraph
    const note = notes.find(({ id }) => id === answers.note)
    const contact = contacts.find(({ id }) => id === answers.note)
    return note
      ? `${note.answers.title ?? 'Note'}, ${onDay(note.answers.on)}`
      : contact
        ? `${contact.answers.who ?? 'Contact'}, ${onDay(contact.answers.on)}`
        : 'A note that was taken out'
  }
  if (about.length === 0) {
    return <p class="govuk-body">The questions stand here once the terms of reference are agreed.</p>
  }
  return (
    <SummaryList
      rows={about.map(({ name, entries }) => ({
        key: { text: name },
        value: {
          children:
            entries.length === 0 ? (
              <Tag text="Nothing speaks to it yet" classes="govuk-tag--grey" />
            ) : (
              <ul class="govuk-list govuk-list--bullet">
                {entries.map(entry => (
                  <li>
                    <a class="govuk-link" href={`${path}/index/${entry.id}`}>
                      {where(entry)}
                    </a>
                    {entry.answers.says && `: ${entry.answers.says}`}
                  </li>
                ))}
              </ul>
            ),
        },
      }))}
    />
  )
}

function Days({ days, reviewers, path }: Pick<BenchPageProps, 'days' | 'reviewers'> & { path: string }) {
  const appointed = reviewers.filter(({ appointedOn }) => appointedOn)
  const usedBy = (id: string) =>
    days.reduce((sum, { answers }) => sum + (answers.reviewer === id ? (answers.halfDays ?? 0) / 2 : 0), 0)
  return (
    <>
      {appointed.length === 0 && <p class="govuk-body">No reviewer is appointed.</p>}
      {appointed.map(({ id, name, daysAgreed }) => (
        <p class="govuk-body">
          {name}: {usedBy(id)} {daysAgreed === undefined ? 'used, none agreed' : `of ${daysAgreed} days used`}
          {daysAgreed !== undefined && usedBy(id) > daysAgreed && (
            <>
              {' '}
              <Tag text="More than agreed" classes="govuk-tag--yellow" />
            </>
          )}
        </p>
      ))}
      {days.length > 0 && (
        <Table
          caption="Days"
          captionClasses="govuk-visually-hidden"
          firstCellIsHeader
          head={[{ text: 'Up to' }, { text: 'Days', format: 'numeric' }, { text: 'On what' }]}
          rows={days.map(({ id, answers }) => [
            {
              children: (
                <a class="govuk-link" href={`${path}/days/${id}`}>
                  {onDay(answers.on)}
                </a>
              ),
            },
            { text: String((answers.halfDays ?? 0) / 2), format: 'numeric' },
            { text: answers.what ?? '' },
          ])}
        />
      )}
    </>
  )
}
