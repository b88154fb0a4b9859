import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, londonDate, type CivilDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  datePartsIn,
  DayInput,
  errorAt,
  FormToken,
  Input,
  InsetText,
  Radios,
  Select,
  SummaryList,
  Tag,
  Textarea,
} from '../../platform/web/index.ts'
import { IdentifyingCheckLink, type CheckedWords } from '../../documents/index.ts'
import { themes, TimeLeft, type Theme } from '../../reference-data/index.ts'
import { deliveriesTold, deliveryTold, effects, replies } from '../moves.ts'
import {
  addresseeKinds,
  bases,
  isOverdue,
  levels,
  priorities,
  sources,
  statuses,
  type Addressee,
  type AddresseeKind,
  type Recommendation,
} from '../recommendation.ts'
import type { ServingAction } from '../actions/action-store.ts'
import { ActionsBeside } from '../actions/views/parts.tsx'
import type { EarlierOne } from '../similar/earlier.ts'
import type { Reconsidered } from '../again/reconsidered-store.ts'
import { ReconsideredList } from '../again/views/reconsider-page.tsx'
import { EarlierPanel } from '../similar/views/earlier-panel.tsx'
import type { Comment } from '../store.ts'

export interface RecommendationPageProps {
  request: FastifyRequest
  found: Recommendation
  addressees: readonly Addressee[]
  comments: readonly Comment[]
  recognised: readonly CheckedWords[] | undefined
  hints: readonly string[]
  /** Absent where it is no draft of the acting person. */
  earlier: readonly EarlierOne[] | undefined
  /** Absent where the acting person may not write it. */
  bodies: readonly { code: string; name: string; kind: AddresseeKind }[] | undefined
  mayIssue: boolean
  mayPublish: boolean
  mayComment: boolean
  /** What was decided after it was closed. */
  decided: readonly Reconsidered[]
  mayReopen: boolean
  mayReadAnswers: boolean
  /** What is done, by the id of the addressee whose answer it serves. */
  actions: ReadonlyMap<string, readonly ServingAction[]>
  today: CivilDate
  typed: Record<string, string>
  errors: readonly FieldError[]
}

export function RecommendationPage(props: RecommendationPageProps) {
  const {
    request,
    found,
    recognised,
    addressees,
    comments,
    hints,
    earlier,
    bodies,
    mayIssue,
    mayPublish,
    mayComment,
    decided,
    mayReopen,
    mayReadAnswers,
    actions,
    today,
    typed,
    errors,
  } = props
  const path = `/desk/recommendations/${found.number}`
  const isDraft = found.status === 'draft' || found.status === 'out-for-comment'
  const form = (what: string, children: preact.ComponentChildren) => (
    <form method="post" action={`${path}/${what}`} novalidate>
      <FormToken visitor={request.visitor} />
      {children}
    </form>
  )
  return (
    <>
      <span class="govuk-caption-l">Recommendation {found.number}</span>
      <h1 class="govuk-heading-l">{isDraft ? 'Draft recommendation' : 'Recommendation'}</h1>
      <p class="govuk-body">
        <Tag text={statuses[found.status]} classes={isDraft ? 'govuk-tag--yellow' : ''} />
      </p>
      <InsetText text={found.text} />
      {found.endedReason && (
        <p class="govuk-body">
          {found.replacedBy ? (
            <>
              <a class="govuk-link" href={`/desk/recommendations/${found.replacedBy}`}>
                {found.replacedBy}
              </a>{' '}
              stands in its place:{' '}
            </>
          ) : (
            'Closed: '
          )}
          {found.endedReason}
        </p>
      )}
      {mayReopen && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${path}/reopen`}>
            Open it again, or say why it stays closed
          </a>
        </p>
      )}
      <SummaryList
        rows={[
          { key: { text: 'From' }, value: { text: sourceOf(found) } },
          {
            key: { text: 'What it answers' },
            value: {
              text:
                [found.finding, found.paragraph && `Paragraph ${found.paragraph}.`].filter(Boolean).join(' ') ||
                'Not said',
            },
          },
          {
            key: { text: 'Themes' },
            value: { text: found.themes.map(key => themes[key as Theme]).join(', ') || 'None' },
          },
          { key: { text: 'Level' }, value: { text: levels[found.level] } },
          { key: { text: 'What is to change for children' }, value: { text: found.intendedChange || 'Not said' } },
          { key: { text: 'How it is measured' }, value: { text: found.measure || 'Not said' } },
          found.priority && {
            key: { text: 'Priority' },
            value: { text: `${priorities[found.priority]}: ${found.priorityReason}` },
          },
          found.issuedAt && {
            key: { text: 'Issued' },
            value: { text: `${formatDate(londonDate(found.issuedAt))}, by ${found.bodyName}` },
          },
        ]}
      />
      <ReconsideredList decided={decided} />
      {mayPublish &&
        form(
          'publish',
          <>
            <p class="govuk-body">
              It is issued, and not public yet. Published, everybody reads it and what is answered.
            </p>
            <Button text="Publish it" preventDoubleClick />
          </>,
        )}
      {found.publishedAt && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/recommendations/${found.number}`}>
            What everybody reads of it
          </a>
        </p>
      )}
      {isDraft && bodies && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${path}/text`}>
            Change the text
          </a>
        </p>
      )}
      {recognised && <IdentifyingCheckLink href={`${path}/recognised`} found={recognised} />}
      {hints.length > 0 && (
        <div class="govuk-inset-text">
          <h2 class="govuk-heading-s">Before it goes out: hints, not rules</h2>
          <ul class="govuk-list govuk-list--bullet">
            {hints.map(hint => (
              <li>{hint}</li>
            ))}
          </ul>
        </div>
      )}
      {!found.place && found.issuedAt && mayReadAnswers && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/recommendations/${found.recommendationId}/areas`}>
            What areas answer, and sending it to them
          </a>
        </p>
      )}
      {earlier && <EarlierPanel earlier={earlier} />}
      <h2 class="govuk-heading-m" id="addressees">
        Who is to answer
      </h2>
      {addressees.length === 0 && <p class="govuk-body">Nobody is named yet.</p>}
      {addressees.map(owed => (
        <>
          <SummaryList
            card={{ title: { text: owed.bodyName } }}
            rows={[
              {
                key: { text: 'Reply asked by' },
                value: {
                  children: owed.replyAskedBy ? (
                    <>
                      {formatDate(owed.replyAskedBy)} ({bases[owed.replyBasis!].toLowerCase()}){' '}
                      {owed.status === 'issued' && owed.reply === 'awaited' && (
                        <TimeLeft dueOn={owed.replyAskedBy} today={today} />
                      )}
                    </>
                  ) : (
                    'No day'
                  ),
                },
              },
              ...(isDraft
                ? []
                : [
                    {
                      key: { text: 'Reply' },
                      value: {
                        text: isOverdue(owed, today) ? 'No reply yet, and the day has passed' : replies[owed.reply],
                      },
                    },
                    {
                      key: { text: 'Delivery' },
                      value: { text: deliveriesTold[deliveryTold(owed.delivery, owed.deliveryAt)] },
                    },
                    { key: { text: 'Effect' }, value: { text: effects[owed.effect] } },
                    {
                      key: { text: 'Everything said' },
                      value: {
                        children: (
                          <a class="govuk-link" href={`${path}/to/${owed.addresseeId}`}>
                            Open<span class="govuk-visually-hidden"> what {owed.bodyName} answered</span>
                          </a>
                        ),
                      },
                    },
                  ]),
              found.status === 'out-for-comment' &&
                bodies && {
                  key: { text: 'Without an account' },
                  value: {
                    children: (
                      <a class="govuk-link" href={`${path}/to/${owed.addresseeId}/links`}>
                        Make a link to comment<span class="govuk-visually-hidden"> for {owed.bodyName}</span>
                      </a>
                    ),
                  },
                },
              found.status === 'draft' &&
                bodies && {
                  key: { text: 'Take away' },
                  value: {
                    children: form(
                      `addressees/${owed.addresseeId}/remove`,
                      <Button
                        text={`Take away ${owed.bodyName}`}
                        classes="govuk-button--secondary govuk-!-margin-bottom-0"
                      />,
                    ),
                  },
                },
            ]}
          />
          <ActionsBeside actions={actions.get(owed.addresseeId) ?? []} today={today} />
        </>
      ))}
      {isDraft &&
        bodies &&
        form(
          'addressees',
          <>
            <h3 class="govuk-heading-s">Add who is to answer</h3>
            <Select
              name="bodyCode"
              label={{ text: 'Body' }}
              value={typed['bodyCode']}
              errorMessage={errorAt(errors, 'bodyCode')}
              items={[
                { value: '', text: 'Select one' },
                ...bodies.map(({ code, name, kind }) => ({
                  value: code,
                  text: `${name} (${addresseeKinds[kind].toLowerCase()})`,
                })),
              ]}
            />
            <Input
              name="otherBody"
              label={{ text: 'Or a national body that is not in the list' }}
              hint={{
                text: 'It has no account: it replies by a link, or its reply is entered from its letter or mail.',
              }}
              value={typed['otherBody']}
              errorMessage={errorAt(errors, 'otherBody')}
            />
            <DayInput
              name="replyAskedBy"
              legend="Reply asked by (optional)"
              hint="For example, 27 3 2027."
              typed={datePartsIn(typed, 'replyAskedBy')}
              errors={errors}
            />
            <Radios
              name="replyBasis"
              fieldset={{ legend: { text: 'Why by then?' } }}
              value={typed['replyBasis']}
              errorMessage={errorAt(errors, 'replyBasis')}
              items={Object.entries(bases).map(([value, text]) => ({ value, text }))}
            />
            <Button text="Add" classes="govuk-button--secondary" />
          </>,
        )}
      {comments.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Comments on the draft</h2>
          {comments.map(comment => (
            <InsetText>
              <p class="govuk-body">{comment.words}</p>
              <p class="govuk-hint govuk-!-margin-bottom-0">
                {comment.saidBy}, for {comment.bodyName}, {formatMoment(comment.at)}
              </p>
            </InsetText>
          ))}
        </>
      )}
      {mayComment &&
        form(
          'comments',
          <>
            <h2 class="govuk-heading-m">Comment on the draft</h2>
            <Textarea
              name="words"
              label={{ text: 'Your comment' }}
              hint={{ text: 'Whoever writes the recommendation reads it. It is kept.' }}
              value={typed['words']}
              errorMessage={errorAt(errors, 'words')}
            />
            <Button text="Send the comment" preventDoubleClick />
          </>,
        )}
      {isDraft && mayIssue && (
        <>
          <h2 class="govuk-heading-m">Send it</h2>
          {found.status === 'draft' &&
            form(
              'send-for-comment',
              <>
                <input type="hidden" name="revision" value={found.revision} />
                <p class="govuk-body">Those named above see the draft, and may comment on it.</p>
                <Button text="Send for comment" classes="govuk-button--secondary" preventDoubleClick />
              </>,
            )}
          {form(
            'issue',
            <>
              <input type="hidden" name="revision" value={found.revision} />
              <p class="govuk-body">Once it is issued its text stands, and its addressees owe an answer.</p>
              <Button text="Issue" preventDoubleClick />
            </>,
          )}
        </>
      )}
      {found.status === 'issued' &&
        mayIssue &&
        form(
          'end',
          <>
            <h2 class="govuk-heading-m">End it</h2>
            <p class="govuk-body">Every reply, judgement and evidence stays, and can still be read.</p>
            <Textarea
              name="reason"
              label={{ text: 'Why does it end?' }}
              value={typed['reason']}
              errorMessage={errorAt(errors, 'reason')}
            />
            <Input
              name="replacedBy"
              label={{ text: 'The number of the one that stands in its place (optional)' }}
              classes="govuk-input--width-10"
              value={typed['replacedBy']}
              errorMessage={errorAt(errors, 'replacedBy')}
            />
            <Button text="End it" classes="govuk-button--warning" preventDoubleClick />
          </>,
        )}
    </>
  )
}

function sourceOf({ sourceKind, sourceName, reference }: Recommendation): string {
  return [sources[sourceKind], sourceName, reference && `incident ${reference}`].filter(Boolean).join(', ')
}
