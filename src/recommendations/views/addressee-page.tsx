import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, type CivilDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  datePartsIn,
  DayInput,
  Details,
  errorAt,
  FileUpload,
  FormToken,
  Input,
  InsetText,
  Radios,
  Select,
  SummaryList,
  Textarea,
  Timeline,
  WarningText,
} from '../../platform/web/index.ts'
import { TimeLeft } from '../../reference-data/index.ts'
import type { ServingAction } from '../actions/action-store.ts'
import { ActionsBeside } from '../actions/views/parts.tsx'
import type { PartsOf } from '../make-move.ts'
import {
  axes,
  deliveriesTold,
  deliveryTold,
  effects,
  movesFrom,
  parts as partNames,
  replies,
  type Axis,
  type Part,
  type State,
} from '../moves.ts'
import {
  bases,
  cameBys,
  evidenceKinds,
  isOverdue,
  waitsForCheck,
  type Addressee,
  type Evidence,
  type KeptFile,
  type Move,
  type Recommendation,
} from '../recommendation.ts'

export const axisNames = { reply: 'Reply', delivery: 'Delivery', effect: 'Effect' } as const

export function stateName(axis: Axis, state: State): string {
  return (axes[axis] as Record<string, string>)[state] ?? state
}

export interface AddresseePageProps {
  request: FastifyRequest
  found: Recommendation
  owed: Addressee
  moves: readonly Move[]
  evidence: readonly Evidence[]
  parts: PartsOf
  actions: readonly ServingAction[]
  mayAgree: boolean
  mayCheck: (move: Move) => boolean
  /** Whether what is said here is public by name, and the acting person takes words off. */
  mayTakeOff: boolean
  today: CivilDate
  errors: readonly FieldError[]
}

export function AddresseePage(props: AddresseePageProps) {
  const { request, found, owed, moves, evidence, parts, actions, mayAgree, mayCheck, mayTakeOff, today, errors } = props
  const path = `/desk/recommendations/${found.number}/to/${owed.addresseeId}`
  const isOpen = owed.status === 'issued'
  const waiting = moves.filter(waitsForCheck)
  const doors: { href: string; text: string }[] = [
    ...(parts.owner && isOpen
      ? [
          {
            // A partnership answers a national one in one of three ways.
            href:
              owed.kind === 'partnership' && !found.place
                ? `/recommendations/${found.recommendationId}/answer`
                : `${path}/reply`,
            text: owed.reply === 'awaited' || owed.reply === 'not-known' ? 'Reply' : 'Add to the reply, or change it',
          },
          { href: `${path}/delivery`, text: 'Report how far it is' },
        ]
      : []),
    ...(parts.entering && isOpen
      ? [
          { href: `${path}/enter/reply`, text: 'Enter a reply from a letter or mail' },
          { href: `${path}/links`, text: 'Make a link with which they reply without an account' },
          { href: `${path}/enter/delivery`, text: 'Enter how far it is, from a letter or mail' },
        ]
      : []),
    ...(parts.judging === 'panel' && owed.reply === 'not-known'
      ? [{ href: `${path}/reply`, text: 'Ask for a reply again' }]
      : []),
    ...(parts.judging
      ? [
          {
            href: `${path}/effect`,
            text: parts.judging === 'sample' ? 'Say what you saw in this sample' : 'Judge the effect',
          },
        ]
      : []),
    ...(parts.owner && !parts.judging && owed.effect !== 'not-looked-at'
      ? [{ href: `${path}/effect`, text: 'Answer the judgement' }]
      : []),
    ...(parts.owner || parts.entering || parts.judging ? [{ href: `${path}/evidence`, text: 'Add evidence' }] : []),
  ]
  return (
    <>
      <span class="govuk-caption-l">Recommendation {found.number}</span>
      <h1 class="govuk-heading-l">{owed.bodyName}</h1>
      <InsetText text={found.text} />
      <p class="govuk-body">
        <a class="govuk-link" href={`/desk/recommendations/${found.number}`}>
          The whole recommendation, and who else is to answer
        </a>
      </p>
      {waiting.length > 0 && (
        <WarningText
          text={`${waiting.length === 1 ? 'What was said last by letter, mail or link' : `${waiting.length} things said by letter, mail or link`} waits for a second person. ${found.publishedAt ? 'The public page says what it said before.' : 'It is not published before that.'}`}
          iconFallbackText="Warning"
        />
      )}
      <SummaryList
        rows={[
          {
            key: { text: 'Reply' },
            value: {
              children: (
                <>
                  {replies[owed.reply]}
                  {owed.reply === 'awaited' && owed.replyAskedBy && (
                    <>
                      . Asked for by {formatDate(owed.replyAskedBy)} ({bases[owed.replyBasis!].toLowerCase()}){' '}
                      {isOverdue(owed, today) ? 'and not there' : <TimeLeft dueOn={owed.replyAskedBy} today={today} />}
                    </>
                  )}
                  {owed.repliedOn && `. First replied on ${formatDate(owed.repliedOn)}`}
                </>
              ),
            },
          },
          { key: { text: 'Delivery' }, value: { text: deliveriesTold[deliveryTold(owed.delivery, owed.deliveryAt)] } },
          {
            key: { text: 'Effect' },
            value: { text: `${effects[owed.effect]}${owed.effectAt ? `. Judged ${formatMoment(owed.effectAt)}` : ''}` },
          },
        ]}
      />
      {doors.length > 0 && (
        <ul class="govuk-list">
          {doors.map(door => (
            <li>
              <a class="govuk-link" href={door.href}>
                {door.text}
              </a>
            </li>
          ))}
        </ul>
      )}
      {(actions.length > 0 || (mayAgree && isOpen)) && <h2 class="govuk-heading-m">What is done</h2>}
      <ActionsBeside actions={actions} today={today} />
      {mayAgree && isOpen && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/actions/new?serves=addressee:${owed.addresseeId}&promptedBy=recommendation`}>
            Agree on an action
          </a>
        </p>
      )}
      <h2 class="govuk-heading-m">What was said</h2>
      {moves.length === 0 && <p class="govuk-body">Nothing yet.</p>}
      <Timeline
        items={moves.toReversed().map(move => ({
          at: formatDate(move.saidOn),
          datetime: move.saidOn,
          title: titleOf(move),
          by: `${move.saidBy}, ${partNames[move.by].toLowerCase()}`,
          children: (
            <>
              <p class="govuk-body wv-kept-lines">{move.words}</p>
              {move.replacement && <p class="govuk-body">In its place: {move.replacement}</p>}
              {move.howAsked && <p class="govuk-body">How they were asked: {move.howAsked}</p>}
              {move.evidenceId && (
                <p class="govuk-body">Evidence: {evidence.find(one => one.evidenceId === move.evidenceId)?.title}</p>
              )}
              {move.cameBy !== 'account' && (
                <p class="govuk-body">
                  {cameBys[move.cameBy]}
                  {move.enteredBy && `, entered by ${move.enteredBy} on ${formatMoment(move.at)}`}
                  {move.source && `. Kept: ${move.source}`}. <FileLink {...{ path }} file={move.file} />
                </p>
              )}
              {move.check && (
                <p class="govuk-body">
                  {checked(move.cameBy, move.check)} ({move.check.personName}, {formatMoment(move.check.at)})
                </p>
              )}
              {waitsForCheck(move) && !mayCheck(move) && (
                <p class="govuk-body">
                  {move.cameBy === 'link'
                    ? 'Somebody else than who made the link has still to say that it is the body’s.'
                    : 'A second person has still to compare it with its source.'}
                </p>
              )}
              {move.takenOff && <p class="govuk-body">The public page does not show these words: {move.takenOff}</p>}
              {mayTakeOff && !move.takenOff && found.publishedAt && !waitsForCheck(move) && (
                <Details
                  summaryText={
                    <>
                      Take these words off the public page
                      <span class="govuk-visually-hidden">
                        , {titleOf(move)}, {formatDate(move.saidOn)}
                      </span>
                    </>
                  }
                  open={errorAt(errors, `reason-${move.moveId}`) !== undefined}
                >
                  <form method="post" action={`${path}/taken-off/${move.moveId}`} novalidate>
                    <FormToken visitor={request.visitor} />
                    <Input
                      name="reason"
                      id={`reason-${move.moveId}`}
                      label={{ text: 'Why? It is kept, and never public' }}
                      hint={{ text: 'What it became stays public, and the words stay here.' }}
                      errorMessage={errorAt(errors, `reason-${move.moveId}`)}
                    />
                    <Button text="Take them off now" classes="govuk-button--warning" preventDoubleClick />
                  </form>
                </Details>
              )}
              {mayCheck(move) && (
                <form method="post" action={`${path}/checks/${move.moveId}`} novalidate>
                  <FormToken visitor={request.visitor} />
                  <Radios
                    name="agrees"
                    idPrefix={`agrees-${move.moveId}`}
                    fieldset={{
                      legend: {
                        text:
                          move.cameBy === 'link'
                            ? `Is this what ${owed.bodyName} says? Ask them where you are in doubt`
                            : 'Is this, word for word, what its source says?',
                      },
                    }}
                    items={[
                      { value: 'yes', text: 'Yes' },
                      { value: 'no', text: 'No' },
                    ]}
                  />
                  <Input
                    name="differs"
                    id={`differs-${move.moveId}`}
                    label={{ text: move.cameBy === 'link' ? 'If not, why not?' : 'If not, what differs?' }}
                  />
                  <Button text="Record the check" classes="govuk-button--secondary" />
                </form>
              )}
            </>
          ),
        }))}
      />
      <h2 class="govuk-heading-m">Evidence</h2>
      {evidence.length === 0 && <p class="govuk-body">None yet.</p>}
      {evidence.map(one => (
        <Details summaryText={`${evidenceKinds[one.kind]}: ${one.title}`}>
          {one.words && <p class="govuk-body">{one.words}</p>}
          <p class="govuk-body">
            Added by {one.personName || 'somebody'} ({partNames[one.by].toLowerCase()}), {formatMoment(one.addedAt)}.{' '}
            <FileLink {...{ path }} file={one.file} />
          </p>
        </Details>
      ))}
    </>
  )
}

function checked(cameBy: Move['cameBy'], { agrees, words }: NonNullable<Move['check']>): string {
  if (cameBy === 'link') return agrees ? 'It was found to be the body’s' : `It is not the body’s: ${words}`
  return agrees ? 'The copy was compared and is right' : `The copy differs: ${words}`
}

function titleOf({ axis, by, from, to }: Move): string {
  if (axis === 'effect' && by === 'owner') return 'Answer to the judgement'
  if (by === 'sample') return 'The Panel looked at it'
  if (axis === 'effect' && to === 'not-looked-at') return 'The judgement was reopened'
  return `${axisNames[axis]}: ${stateName(axis, to)}${from === to ? ', more said' : ''}`
}

function FileLink({ path, file }: { path: string; file: KeptFile | null }) {
  return (
    file && (
      <a class="govuk-link" href={`${path}/files/${file.hash}`}>
        Download {file.name}
      </a>
    )
  )
}

export interface MovePageProps {
  request: FastifyRequest
  found: Recommendation
  owed: Addressee
  axis: Axis
  part: Part
  isEntered: boolean
  evidence: readonly Evidence[]
  typed: Record<string, string>
  overtaken: boolean
  errors: readonly FieldError[]
}

export function headingOf(axis: Axis, part: Part, isEntered: boolean): string {
  if (isEntered) return axis === 'reply' ? 'Enter a reply' : 'Enter how far it is'
  if (part === 'sample') return 'What you saw in this sample'
  if (axis === 'effect') return part === 'owner' ? 'Answer the judgement' : 'Has anything changed?'
  return axis === 'reply' ? 'Reply to the recommendation' : 'How far is it?'
}

export function MovePage(props: MovePageProps) {
  const { request, found, owed, axis, part, isEntered, evidence, typed, overtaken, errors } = props
  const path = `/desk/recommendations/${found.number}/to/${owed.addresseeId}`
  const moves = movesFrom(axis, part, owed[axis])
  const offered = new Set<string>(moves.map(move => move.needs))
  const isSaid = axis !== 'delivery' || owed.deliveryAt !== null
  const only = moves.length === 1 ? moves[0]!.to : undefined
  return (
    <>
      <span class="govuk-caption-l">
        {found.number}, {owed.bodyName}
      </span>
      <h1 class="govuk-heading-l">{headingOf(axis, part, isEntered)}</h1>
      <InsetText text={found.text} />
      {overtaken && (
        <WarningText
          text={`Stored now: ${stateName(axis, owed[axis])}. Look at what was said before you record yours.`}
          iconFallbackText="Warning"
        />
      )}
      <form
        method="post"
        action={isEntered ? `${path}/enter/${axis}` : `${path}/${axis}`}
        enctype={isEntered ? 'multipart/form-data' : undefined}
        novalidate
      >
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="from" value={owed[axis]} />
        {only ? (
          <input type="hidden" name="to" value={only} />
        ) : (
          <Radios
            name="to"
            fieldset={{ legend: { text: axisNames[axis] } }}
            value={typed['to']}
            errorMessage={errorAt(errors, 'to')}
            items={moves.map(({ to, from }) => ({
              value: to,
              text:
                from === to && isSaid
                  ? `Still: ${stateName(axis, to)}`
                  : to === 'not-looked-at'
                    ? 'Reopen the question'
                    : stateName(axis, to),
            }))}
          />
        )}
        {owed.kind === 'national-body' && found.publishedAt && (
          <WarningText
            text="Everybody can read this, word for word, as soon as it is recorded. Name no child and no family, and nothing by which somebody could be recognised."
            iconFallbackText="Warning"
          />
        )}
        <Textarea
          name="words"
          label={{
            text: isEntered
              ? 'What it says, word for word'
              : axis === 'effect' && part !== 'owner'
                ? 'Why do you judge so?'
                : 'In your words',
          }}
          hint={{ text: hintFor(axis, part, isEntered) }}
          rows={8}
          value={typed['words']}
          errorMessage={errorAt(errors, 'words')}
        />
        {offered.has('replacement') && (
          <Input
            name="replacement"
            label={{ text: 'What replaces it? (where something else does)' }}
            value={typed['replacement']}
            errorMessage={errorAt(errors, 'replacement')}
          />
        )}
        {offered.has('how-asked') && (
          <Input
            name="howAsked"
            label={{ text: 'How were children or families asked? (where they tell us)' }}
            value={typed['howAsked']}
            errorMessage={errorAt(errors, 'howAsked')}
          />
        )}
        {(offered.has('audit-or-observation') || offered.has('outcome-data')) && (
          <>
            <Select
              name="evidenceId"
              label={{ text: 'The evidence it rests on' }}
              hint={{ text: 'Practice changed: an audit or observation. Fewer harmed: a dataset.' }}
              value={typed['evidenceId']}
              errorMessage={errorAt(errors, 'evidenceId')}
              items={[
                { value: '', text: 'None' },
                ...evidence.map(one => ({ value: one.evidenceId, text: `${evidenceKinds[one.kind]}: ${one.title}` })),
              ]}
            />
            <p class="govuk-body">
              <a class="govuk-link" href={`${path}/evidence`}>
                Add evidence
              </a>
            </p>
          </>
        )}
        {isEntered && (
          <>
            <Radios
              name="cameBy"
              fieldset={{ legend: { text: 'How did it come?' } }}
              value={typed['cameBy']}
              errorMessage={errorAt(errors, 'cameBy')}
              items={(['letter', 'mail', 'published'] as const).map(value => ({ value, text: cameBys[value] }))}
            />
            <DayInput name="saidOn" legend="Day of the letter" typed={datePartsIn(typed, 'saidOn')} errors={errors} />
            <Input
              name="saidBy"
              label={{ text: 'Who signed it?' }}
              value={typed['saidBy']}
              errorMessage={errorAt(errors, 'saidBy')}
            />
            <FileUpload
              name="file"
              label={{ text: 'The scan, or the mail as a file' }}
              errorMessage={errorAt(errors, 'file')}
            />
            <Input
              name="source"
              label={{ text: 'Or where the letter is kept, or was published' }}
              value={typed['source']}
            />
            <p class="govuk-body">
              A second person compares the copy with the letter. It is not public until they have found it right.
            </p>
          </>
        )}
        <Button text="Record it" preventDoubleClick />
      </form>
    </>
  )
}

function hintFor(axis: Axis, part: Part, isEntered: boolean): string {
  if (isEntered) return 'Nothing is left out or put better.'
  if (axis === 'effect')
    return part === 'owner'
      ? 'The judgement stays as it is; your answer stands beside it.'
      : 'What you looked at, and what you saw. It stays, also when it is judged anew.'
  return axis === 'reply'
    ? 'What you will do. If you do it differently or not, your reasons. What is sent stays, and more can be added.'
    : 'What was done, or why it has not begun or was stopped.'
}

export interface EvidencePageProps {
  request: FastifyRequest
  found: Recommendation
  owed: Addressee
  typed: Record<string, string>
  errors: readonly FieldError[]
}

export function EvidencePage({ request, found, owed, typed, errors }: EvidencePageProps) {
  return (
    <>
      <span class="govuk-caption-l">
        {found.number}, {owed.bodyName}
      </span>
      <h1 class="govuk-heading-l">Add evidence</h1>
      <form
        method="post"
        action={`/desk/recommendations/${found.number}/to/${owed.addresseeId}/evidence`}
        enctype="multipart/form-data"
        novalidate
      >
        <FormToken visitor={request.visitor} />
        <Radios
          name="kind"
          fieldset={{ legend: { text: 'What kind of evidence is it?' } }}
          value={typed['kind']}
          errorMessage={errorAt(errors, 'kind')}
          items={Object.entries(evidenceKinds).map(([value, text]) => ({ value, text }))}
        />
        <Input
          name="title"
          label={{ text: 'What is it called?' }}
          value={typed['title']}
          errorMessage={errorAt(errors, 'title')}
        />
        <Textarea
          name="words"
          label={{ text: 'What does it show? (optional)' }}
          hint={{ text: 'No names of children.' }}
          value={typed['words']}
          errorMessage={errorAt(errors, 'words')}
        />
        <FileUpload name="file" label={{ text: 'The file (optional)' }} errorMessage={errorAt(errors, 'file')} />
        <Button text="Add it" preventDoubleClick />
      </form>
    </>
  )
}
