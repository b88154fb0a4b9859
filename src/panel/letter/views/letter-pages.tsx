import type { ComponentChildren } from 'preact'
import type { FastifyRequest } from 'fastify'
import { may, type Acting } from '../../../platform/acting.ts'
import { formatDate, formatMoment, londonDate, type CivilDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  errorAt,
  FormToken,
  InsetText,
  Tag,
  Textarea,
  WhoSees,
} from '../../../platform/web/index.ts'
import type { AnswerDraft } from '../store.ts'
import { answersIn, isUnanswered, type Letter, type LetterPoint } from '../letter.ts'
import { themes, TimeLeft } from '../../../reference-data/index.ts'
import { letterPath } from '../../which-review.ts'
import { LetterText } from './letter-text.tsx'
import { Paragraphs } from '../../views/parts.tsx'

/** A letter that was sent, with the answers to its points: for the partnership and for the Panel. */
export function LetterPage({
  acting,
  letter,
  recipients,
  drafts,
  under,
  today,
}: {
  acting: Acting
  letter: Letter
  recipients: readonly string[]
  /** Answers being written, by the id of their point. */
  drafts: ReadonlyMap<string, AnswerDraft>
  /** What other modules show under a point, by its id. */
  under: ReadonlyMap<string, ComponentChildren>
  today: CivilDate
}) {
  const { asked, answered } = answersIn(letter.points)
  const path = letterPath(letter)
  return (
    <>
      <span class="govuk-caption-l">{letter.partnershipName}</span>
      <h1 class="govuk-heading-l">The Panel’s letter on {letter.reference}</h1>
      <p class="govuk-body">
        {asked === 0 && 'The letter asks for no answer.'}
        {asked > 0 && answered === asked && <Tag text="All answers given" classes="govuk-tag--green" />}
        {answered < asked && (
          <Tag
            text={`${answered} of ${asked} ${asked === 1 ? 'answer' : 'answers'} given`}
            classes="govuk-tag--yellow"
          />
        )}{' '}
        <a class="govuk-link" href={`${path}.docx`}>
          Download as a Word file
        </a>
        {' · '}
        <a class="govuk-link" href={`${path}/print`}>
          The letter alone, to print
        </a>
      </p>
      <LetterText
        letter={letter}
        recipients={recipients}
        under={point => (
          <>
            <Answers {...{ acting, letter, point, today }} draft={drafts.get(point.id)} />
            {under.get(point.id)}
          </>
        )}
      />
      <p class="govuk-body-s">Fingerprint of the letter as sent: {letter.hash?.slice(0, 16)}</p>
    </>
  )
}

/** The letter as it was sent, without its answers: one prints it from the browser. */
export function PrintedLetter({ letter, recipients }: { letter: Letter; recipients: readonly string[] }) {
  return (
    <>
      <h1 class="govuk-heading-l">Letter on {letter.reference}</h1>
      <LetterText letter={letter} recipients={recipients} />
    </>
  )
}

function Answers({
  acting,
  letter,
  point,
  draft,
  today,
}: {
  acting: Acting
  letter: Letter
  point: LetterPoint
  draft: AnswerDraft | undefined
  today: CivilDate
}) {
  const mayReply = may(acting, 'reply', 'letter')
  return (
    <>
      {isUnanswered(point) && (
        <p class="govuk-body">
          <strong>No reply yet.</strong> {point.replyBy && <TimeLeft dueOn={point.replyBy} today={today} />}
        </p>
      )}
      {point.replies.map((reply, index) => (
        <InsetText>
          <p class="govuk-body-s">
            {index === 0 ? 'Answered' : 'Added'} {formatMoment(reply.repliedAt)}
            {reply.byName && ` by ${reply.byName}`}
          </p>
          <Paragraphs text={reply.text} />
          {reply.action && (
            <>
              <p class="govuk-body govuk-!-margin-bottom-1">
                <strong>What we will do</strong>
              </p>
              <Paragraphs text={reply.action} />
            </>
          )}
        </InsetText>
      ))}
      {draft && <DraftSaved draft={draft} />}
      {mayReply && (
        <Button
          href={`${letterPath(letter)}/points/${point.number}`}
          classes={isUnanswered(point) ? '' : 'govuk-button--secondary'}
        >
          {draft
            ? 'Go on with the answer'
            : point.replies.length > 0
              ? 'Add to the answer'
              : point.asks
                ? 'Answer'
                : 'Answer all the same'}
          <span class="govuk-visually-hidden"> point {point.number}</span>
        </Button>
      )}
    </>
  )
}

function DraftSaved({ draft: { savedAt, byName } }: { draft: AnswerDraft }) {
  return (
    <p class="govuk-body-s">
      A draft was saved {formatMoment(savedAt)}
      {byName && ` by ${byName}`}. The Panel does not see it.
    </p>
  )
}

export function AnswerPage({
  request,
  letter,
  point,
  draft,
  typed,
  overtaken,
  errors,
}: {
  request: FastifyRequest
  letter: Letter
  point: LetterPoint
  draft: AnswerDraft | undefined
  /** What the form shows: as it was just typed, or the draft. */
  typed: { text: string; action: string } | undefined
  /** Somebody saved or sent an answer since: show what is stored too. */
  overtaken: boolean
  errors: readonly FieldError[]
}) {
  const path = letterPath(letter)
  const later = point.replies.length > 0
  return (
    <>
      <span class="govuk-caption-l">
        The Panel’s letter on {letter.reference}, {themes[point.theme]}
      </span>
      <h1 class="govuk-heading-l">
        {later ? `Add to your answer to point ${point.number}` : `Answer point ${point.number}`}
      </h1>
      <InsetText>
        <Paragraphs text={point.text} />
        {!point.asks && <p class="govuk-body-s">The Panel asks for no answer to this point. You may send one.</p>}
        {point.replyBy && <p class="govuk-body-s">Answer asked for by {formatDate(point.replyBy)}.</p>}
      </InsetText>
      {point.replies.map(reply => (
        <div>
          <h2 class="govuk-heading-s">Your answer of {formatDate(londonDate(reply.repliedAt))}</h2>
          <Paragraphs text={reply.text} />
          {reply.action && <Paragraphs text={reply.action} />}
        </div>
      ))}
      {draft && <DraftSaved draft={draft} />}
      {overtaken && draft && (
        <InsetText>
          <p class="govuk-body">
            <strong>Somebody else saved a draft.</strong> What is stored is here; what you typed is in the form below.
          </p>
          <Paragraphs text={draft.text} />
          <Paragraphs text={draft.action} />
        </InsetText>
      )}
      <form method="post" action={`${path}/points/${point.number}`} novalidate>
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="revision" value={draft?.revision ?? 0} />
        <Textarea
          name="text"
          rows={8}
          label={{ text: 'Your answer', classes: 'govuk-label--m' }}
          hint={{ text: 'What you conclude, and how things are going. Give no child’s name.' }}
          value={typed?.text}
          errorMessage={errorAt(errors, 'text')}
        />
        <Textarea
          name="action"
          label={{ text: 'What you will do', classes: 'govuk-label--m' }}
          hint={{ text: 'With who does it and by when. Leave it empty if nothing more is planned.' }}
          value={typed?.action}
          errorMessage={errorAt(errors, 'action')}
        />
        <input type="hidden" name="seenAnswers" value={point.replies.length} />
        {errorAt(errors, 'namesChecked') && (
          <Checkboxes
            name="namesChecked"
            items={[{ value: 'yes', text: 'I have looked: these words are not a child’s name here, or have to stay' }]}
            errorMessage={errorAt(errors, 'namesChecked')}
          />
        )}
        <WhoSees>
          a draft: those who may answer for your partnership, and not the Panel. An answer that is sent: the Panel, and
          everybody in your partnership who may read its letters.
        </WhoSees>
        <p class="govuk-body">An answer stays as you send it. You can add to it later.</p>
        <div class="govuk-button-group">
          <Button text="Save the draft" name="next" value="save" classes="govuk-button--secondary" />
          <Button text="Send the answer to the Panel" name="next" value="send" preventDoubleClick />
          <a class="govuk-link" href={path}>
            Cancel
          </a>
        </div>
      </form>
    </>
  )
}
