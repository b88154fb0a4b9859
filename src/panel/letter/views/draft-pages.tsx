import { IdentifyingCheckLink, type CheckedWords } from '../../../documents/index.ts'
import type { FastifyRequest } from 'fastify'
import { may, type Acting } from '../../../platform/acting.ts'
import { formatDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  DayInput,
  errorAt,
  FormToken,
  InsetText,
  Radios,
  Select,
  Textarea,
  WarningText,
  WhoSees,
} from '../../../platform/web/index.ts'
import { answersIn, type Letter, type LetterPoint, type LetterText as Text } from '../letter.ts'
import type { TypedPoint } from '../point-form.ts'
import { themeKeys, themes } from '../../../reference-data/index.ts'
import { decisionStays, viewsOnDecision, viewsOnReview } from '../../opinions.ts'
import { outcomesIn, type SentReview } from '../../sent-review.ts'
import type { Reading } from '../../store.ts'
import { DecisionRadios } from '../../views/decision-radios.tsx'
import { panelPath } from '../../which-review.ts'
import { sectionsOf, textSectionsOf, type Section } from '../sections.ts'
import { LetterText } from './letter-text.tsx'
import { Paragraphs, StatusTag } from '../../views/parts.tsx'
import { ReviewBeside } from '../../views/reading-page.tsx'
import { Readings } from '../../views/review-page.tsx'

function Heading({ letter, title }: { letter: Letter; title: string }) {
  return (
    <>
      <span class="govuk-caption-l">
        {letter.reference}, {letter.partnershipName}
      </span>
      <h1 class="govuk-heading-l">{title}</h1>
    </>
  )
}

export interface LetterDraftPageProps {
  request: FastifyRequest
  acting: Acting
  isReady: boolean
  letter: Letter
  review: SentReview | undefined
  readings: readonly Reading[]
  /** Who wrote a reading and declared a conflict afterwards. */
  conflicted: ReadonlySet<string>
  /** What the form shows: stored, or as it was just typed. */
  text: Text
  /** Somebody changed the letter since: show what is stored too. */
  overtaken: boolean
  errors: readonly FieldError[]
}

export function LetterDraftPage(props: LetterDraftPageProps) {
  const { request, acting, isReady, letter, review, readings, conflicted, text, overtaken, errors } = props
  const path = `${panelPath(letter)}/letter`
  /** Points are changed by buttons of the one form, so that nothing typed above them is lost. */
  const inForm = { form: 'letter' }
  return (
    <>
      <Heading letter={letter} title="Letter to the partnership" />
      <nav class="wv-beside-ways" aria-label="Parts of this page">
        <a class="govuk-link" href="#review">
          The review
        </a>
        <a class="govuk-link" href="#writing">
          The letter
        </a>
        <a class="govuk-link" href="#points">
          Points
        </a>
      </nav>
      <div class="wv-beside">
        {/* It scrolls by itself where it stands beside the form, so the keyboard must reach it. */}
        <section class="wv-beside__text" aria-labelledby="review" tabIndex={0}>
          <Readings kind={letter.kind} {...{ acting, readings, conflicted }} />
          <ReviewBeside which={letter} review={review} />
        </section>
        <section aria-labelledby="writing">
          <h2 class="govuk-heading-m" id="writing">
            Write the letter
          </h2>
          <WhoSees>
            the secretariat, the chair and the member who has the review. The partnership sees it when it is signed and
            sent.
          </WhoSees>
          {isReady && (
            <InsetText text="The letter is ready to sign. When you save a change it counts as being written again: say that it is ready when you have read it as a whole." />
          )}
          {overtaken && (
            <InsetText>
              <p class="govuk-body">
                <strong>Somebody else changed the letter.</strong> What is stored is here; what you typed is in the form
                below. Save again to keep what you typed.
              </p>
              {textSectionsOf(letter.kind)
                .filter(({ key }) => (letter.texts[key] ?? '') !== (text.texts[key] ?? ''))
                .map(({ key, label }) => (
                  <>
                    <h2 class="govuk-heading-s">{label}</h2>
                    <Paragraphs text={letter.texts[key] || 'Empty'} />
                  </>
                ))}
              {letter.viewOnReview !== text.viewOnReview && letter.viewOnReview && (
                <p class="govuk-body">{viewsOnReview[letter.viewOnReview]}</p>
              )}
              {letter.viewOnDecision !== text.viewOnDecision && letter.viewOnDecision && (
                <p class="govuk-body">{viewsOnDecision[letter.viewOnDecision]}</p>
              )}
            </InsetText>
          )}
          <form method="post" action={path} id="letter" novalidate>
            <FormToken visitor={request.visitor} />
            <input type="hidden" name="revision" value={letter.revision} />
            <p class="govuk-body">Give no child’s name: say “the child”, or use the reference.</p>
            {sectionsOf[letter.kind].map(section => (
              <SectionField {...{ section, text, errors }} outcomes={outcomesIn(review)} />
            ))}
            <Button text="Save" name="next" value="save" classes="govuk-button--secondary" />
          </form>
          <section aria-labelledby="points">
            <h2 class="govuk-heading-m" id="points">
              Points
            </h2>
            <p class="govuk-body">
              The partnership answers each point on its own, so make one point of one thing. Thanks or a comment may be
              a point too, and wait for no answer. What you typed above is saved when you change a point.
            </p>
            {letter.points.map(point => (
              <div class="govuk-summary-card">
                <div class="govuk-summary-card__title-wrapper">
                  <h3 class="govuk-summary-card__title">
                    Point {point.number}: {themes[point.theme]}
                  </h3>
                </div>
                <div class="govuk-summary-card__content">
                  <Paragraphs text={point.text} />
                  <p class="govuk-body-s">
                    {!point.asks && 'No answer is asked for'}
                    {point.asks &&
                      (point.replyBy
                        ? `Answer asked for by ${formatDate(point.replyBy)}`
                        : 'Answer asked for, no day named')}
                    {point.aboutDecision && '. It comes with your view of the decision, and goes when you change that.'}
                  </p>
                  <div class="govuk-button-group">
                    {(
                      [
                        ['edit', 'Change', true],
                        ['up', 'Move up', point.number > 1],
                        ['down', 'Move down', point.number < letter.points.length],
                        ['remove', 'Remove', !point.aboutDecision],
                      ] as const
                    )
                      .filter(([, , offered]) => offered)
                      .map(([action, words]) => (
                        <Button
                          name="next"
                          value={`${action}:${point.id}`}
                          classes="govuk-button--secondary"
                          attributes={inForm}
                        >
                          {words}
                          <span class="govuk-visually-hidden"> point {point.number}</span>
                        </Button>
                      ))}
                  </div>
                </div>
              </div>
            ))}
            <div class="govuk-button-group">
              <Button
                text="Add a point"
                name="next"
                value="add"
                classes="govuk-button--secondary"
                attributes={inForm}
              />
              <Button text="Save and see the letter" name="next" value="preview" attributes={inForm} />
            </div>
          </section>
        </section>
      </div>
    </>
  )
}

function SectionField({
  section,
  text,
  outcomes,
  errors,
}: {
  section: Section
  text: Text
  outcomes: readonly string[]
  errors: readonly FieldError[]
}) {
  switch (section.is) {
    case 'text':
      return (
        <Textarea
          name={section.key}
          label={{ text: section.label, classes: 'govuk-label--m' }}
          {...(section.hint && { hint: { text: section.hint } })}
          value={text.texts[section.key]}
          errorMessage={errorAt(errors, section.key)}
        />
      )
    case 'view-on-review':
      return (
        <Radios
          name="viewOnReview"
          fieldset={{ legend: { text: section.label, classes: 'govuk-fieldset__legend--m' } }}
          value={text.viewOnReview}
          errorMessage={errorAt(errors, 'viewOnReview')}
          items={section.views.map(value => ({ value, text: viewsOnReview[value] }))}
        />
      )
    case 'view-on-decision':
      return (
        <DecisionRadios
          legend="Our view of their decision"
          hint={`The letter goes on: ${decisionStays}`}
          value={text.viewOnDecision}
          outcomes={outcomes}
          errors={errors}
        />
      )
    // Points are changed below the form.
    case 'points':
      return null
  }
}

export function PointPage({
  request,
  letter,
  pointId,
  stored,
  typed,
  overtaken,
  errors,
}: {
  request: FastifyRequest
  letter: Letter
  /** `new`, or the id of a point. */
  pointId: string
  stored: LetterPoint | undefined
  typed: TypedPoint
  overtaken: boolean
  errors: readonly FieldError[]
}) {
  const path = `${panelPath(letter)}/letter`
  return (
    <>
      <Heading letter={letter} title={stored ? `Point ${stored.number}` : 'Add a point'} />
      {overtaken && (
        <InsetText>
          <p class="govuk-body">
            <strong>Somebody else changed the letter.</strong> What you typed is below. Save again to keep it.
          </p>
          {stored && stored.text !== typed.text && (
            <>
              <p class="govuk-body">What is stored of this point:</p>
              <Paragraphs text={stored.text} />
            </>
          )}
        </InsetText>
      )}
      <form method="post" action={`${path}/points/${pointId}`} novalidate>
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="revision" value={letter.revision} />
        <Textarea
          name="text"
          rows={8}
          label={{ text: 'What you ask or say', classes: 'govuk-label--m' }}
          hint={{ text: 'One thing, so that it can be answered by itself.' }}
          value={typed.text}
          errorMessage={errorAt(errors, 'text')}
        />
        <Select
          name="theme"
          label={{ text: 'Theme', classes: 'govuk-label--m' }}
          hint={{ text: 'By it, whoever reads the next review of this area finds this point and its answer.' }}
          value={typed.theme}
          errorMessage={errorAt(errors, 'theme')}
          items={[{ value: '', text: 'Select a theme' }, ...themeKeys.map(value => ({ value, text: themes[value] }))]}
        />
        <Radios
          name="asks"
          fieldset={{ legend: { text: 'Do you ask for an answer?', classes: 'govuk-fieldset__legend--m' } }}
          value={typed.asks}
          errorMessage={errorAt(errors, 'asks')}
          items={[
            {
              value: 'yes',
              text: 'Yes, the partnership answers this point',
              conditional: {
                children: (
                  <DayInput
                    name="replyBy"
                    legend="Answer by (optional)"
                    hint="For example, 27 3 2026. Leave it empty to name no day."
                    typed={typed.replyBy}
                    errors={errors}
                  />
                ),
              },
            },
            {
              value: 'no',
              text: 'No, it is thanks, a comment or something to know',
              hint: { text: 'It does not count as unanswered.' },
            },
          ]}
        />
        <div class="govuk-button-group">
          <Button text="Save the point" preventDoubleClick />
          <a class="govuk-link" href={path}>
            Cancel
          </a>
        </div>
      </form>
    </>
  )
}

export function LetterPreviewPage({
  request,
  acting,
  isReady,
  letter,
  recipients,
  problems,
  childNames,
  recognised,
}: {
  request: FastifyRequest
  acting: Acting
  isReady: boolean
  letter: Letter
  recipients: readonly string[]
  problems: readonly FieldError[]
  /** Words of the letter that are part of a child's name. */
  childNames: readonly string[]
  recognised: readonly CheckedWords[]
}) {
  const path = `${panelPath(letter)}/letter`
  const isDecided = !recognised.some(({ isOpen }) => isOpen)
  return (
    <>
      <Heading letter={letter} title="The letter as it will be read" />
      <p class="govuk-body">
        <StatusTag status={isReady ? 'letter-ready' : 'letter-drafted'} />
      </p>
      <p class="govuk-body">
        Beside it:{' '}
        <a class="govuk-link" href={`${panelPath(letter)}#review`}>
          the review
        </a>
        ,{' '}
        <a class="govuk-link" href={`${panelPath(letter)}#readings`}>
          what its readers think of it
        </a>
        .
      </p>
      {problems.length > 0 && (
        <section aria-labelledby="needed">
          <h2 class="govuk-heading-m" id="needed">
            Still needed before it can be sent
          </h2>
          <ul class="govuk-list govuk-list--bullet">
            {problems.map(problem => (
              <li>
                <a class="govuk-link" href={`${path}#${problem.field}`}>
                  {problem.text}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {childNames.length > 0 && (
        <WarningText
          text={`The letter has the ${childNames.length === 1 ? 'word' : 'words'} ${childNames.join(', ')}, which may be a child’s name. A letter goes to many people: say “the child” instead.`}
        />
      )}
      {isDecided && <IdentifyingCheckLink href={`${path}/recognised`} found={recognised} />}
      {answersIn(letter.points).asked === 0 && (
        <p class="govuk-body">
          No point of the letter asks for an answer, so the partnership will not be asked for one.
        </p>
      )}
      <LetterText letter={letter} recipients={recipients} />
      <div class="govuk-button-group">
        <Button text="Change the letter" href={path} classes="govuk-button--secondary" />
      </div>
      {!isDecided && (
        <section aria-labelledby="waits">
          <h2 class="govuk-heading-m" id="waits">
            {isReady ? 'What waits before it is signed' : 'What waits before it is ready to sign'}
          </h2>
          <IdentifyingCheckLink href={`${path}/recognised`} found={recognised} />
        </section>
      )}
      {!isReady && problems.length === 0 && isDecided && may(acting, 'write', 'letter-draft') && (
        <form method="post" action={`${path}/ready`}>
          <h2 class="govuk-heading-m">Is it ready to sign?</h2>
          <p class="govuk-body">
            Until you say so it counts as being written, and nobody is asked to sign it. It can be changed afterwards.
          </p>
          <FormToken visitor={request.visitor} />
          <input type="hidden" name="revision" value={letter.revision} />
          <Button text="It is ready to sign" preventDoubleClick />
        </form>
      )}
      {isReady && may(acting, 'send', 'letter-draft') ? (
        problems.length === 0 &&
        isDecided && (
          <form method="post" action={`${path}/send`}>
            <h2 class="govuk-heading-m">Sign and send</h2>
            <p class="govuk-body">
              By sending, {acting.name} signs this letter. {letter.partnershipName} sees it at once. It cannot be
              changed afterwards.
            </p>
            <FormToken visitor={request.visitor} />
            <input type="hidden" name="revision" value={letter.revision} />
            <Button text="Sign and send the letter" preventDoubleClick />
          </form>
        )
      ) : (
        <p class="govuk-body">When it is ready, the chair, or the member who has the review, signs and sends it.</p>
      )}
    </>
  )
}
