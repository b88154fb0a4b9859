import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, type CivilDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  CopyValue,
  Details,
  errorAt,
  FormToken,
  InsetText,
  SummaryList,
  Textarea,
  WhoSees,
} from '../../../platform/web/index.ts'
import type { TypedUpdate } from '../action-form.ts'
import { isMissing, prompts, rhythms, type Action, type ActionUpdate, type Chaser, type Served } from '../action.ts'
import { IdentifyingCheckLink, type CheckedWords } from '../../../documents/index.ts'
import { deliveriesTold, deliveryTold } from '../../moves.ts'
import type { NotYetDone } from '../move-delivery.ts'
import { DeliveryTag, Freshness, ServedList, UpdateText } from './parts.tsx'
import { UpdateFields } from './update-fields.tsx'

export interface ActionPageProps {
  request: FastifyRequest
  action: Action
  serves: readonly Served[]
  updates: readonly ActionUpdate[]
  chasers: readonly Chaser[]
  /** Where the action is done: what it serves and the acting person answers for. */
  notYetDone: readonly NotYetDone[]
  /** For whoever writes it: by what somebody could be recognised where its words leave the partnership. */
  recognised: readonly CheckedWords[] | undefined
  today: CivilDate
  may: { write: boolean; reply: boolean; answerPanel: boolean }
  typed: TypedUpdate | undefined
  errors: readonly FieldError[]
  /** Just made, and shown once. */
  address: string | undefined
}

export function ActionPage(props: ActionPageProps) {
  const { request, action, serves, updates, chasers, notYetDone, recognised, today, may, typed, errors, address } =
    props
  const path = `/actions/${action.actionId}`
  const points = serves.filter(one => one.kind === 'letter-point')
  return (
    <>
      <span class="govuk-caption-l">Action {action.number}</span>
      <h1 class="govuk-heading-l">{action.text}</h1>
      {address && (
        <InsetText>
          <p class="govuk-body">
            <strong>Give this link to {action.leadName}.</strong> It is shown here once, works for three weeks, and
            needs no account.
          </p>
          <CopyValue label="the link" value={address} />
        </InsetText>
      )}
      <SummaryList
        rows={[
          {
            key: { text: 'How far it is' },
            value: {
              children: (
                <>
                  <DeliveryTag delivery={deliveryTold(action.delivery, action.updatedOn)} />{' '}
                  <Freshness action={action} today={today} />
                </>
              ),
            },
          },
          { key: { text: 'Due' }, value: { text: formatDate(action.dueOn) } },
          { key: { text: 'Owner' }, value: { text: action.ownerName } },
          ...(action.jointWith.length > 0
            ? [{ key: { text: 'Done jointly with' }, value: { text: action.jointWith.join(', ') } }]
            : []),
          {
            key: { text: 'Lead' },
            value: {
              text: action.leadPersonId ? action.leadName : `${action.leadName}, without an account: updates by link`,
            },
          },
          { key: { text: 'Prompted by' }, value: { text: prompts[action.promptedBy] } },
          {
            key: { text: 'Update asked for' },
            value: {
              text: rhythms[action.updateMonths as keyof typeof rhythms] ?? `Every ${action.updateMonths} months`,
            },
          },
        ]}
      />
      <h2 class="govuk-heading-m">What it serves</h2>
      <p class="govuk-body">One update is enough: each of these shows it.</p>
      <ServedList serves={serves} />
      {notYetDone.map(owed => (
        <form method="post" action={`${path}/delivery`}>
          <FormToken visitor={request.visitor} />
          <input type="hidden" name="addresseeId" value={owed.addresseeId} />
          <input type="hidden" name="from" value={owed.delivery} />
          <p class="govuk-body">
            The action is done. Recommendation {owed.number}, for {owed.owner}, still says:{' '}
            {deliveriesTold[owed.told].toLowerCase()}. Is all of it done?
          </p>
          <Button text={`Say that ${owed.number} is done`} classes="govuk-button--secondary" preventDoubleClick />
        </form>
      ))}
      {may.write && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${path}/change`}>
            Change the action
          </a>
        </p>
      )}
      {recognised && (
        <>
          <h2 class="govuk-heading-m">Before its words go to the Panel or into a report for everybody</h2>
          <IdentifyingCheckLink href={`${path}/recognised`} found={recognised} />
        </>
      )}

      <h2 class="govuk-heading-m">Updates</h2>
      {updates.length === 0 && <p class="govuk-body">None yet.</p>}
      {updates.map(update => (
        <InsetText>
          <UpdateText update={update} />
          {!update.check && (
            <p class="govuk-body">
              <strong>Waits to be checked.</strong> It does not count yet.
            </p>
          )}
          {!update.check && may.write && (
            <form method="post" action={`${path}/updates/${update.updateId}/check`} novalidate>
              <FormToken visitor={request.visitor} />
              <Textarea
                id={`words-${update.updateId}`}
                name="words"
                rows={2}
                label={{ text: 'What you found, where it does not count' }}
                errorMessage={errorAt(errors, `words-${update.updateId}`)}
              />
              <div class="govuk-button-group">
                <Button text="It counts" name="counts" value="yes" preventDoubleClick />
                <Button text="It does not count" name="counts" value="no" classes="govuk-button--secondary" />
              </div>
            </form>
          )}
          {update.check?.counts &&
            may.answerPanel &&
            points.map(point => (
              <form method="post" action={`${path}/updates/${update.updateId}/answer`}>
                <FormToken visitor={request.visitor} />
                <input type="hidden" name="pointId" value={point.pointId} />
                <Button
                  text={`Answer the Panel with this update: ${point.reference}, point ${point.number}`}
                  classes="govuk-button--secondary"
                />
              </form>
            ))}
        </InsetText>
      ))}

      {may.reply && action.nextUpdateOn !== null && (
        <section>
          <h2 class="govuk-heading-m">Say how it goes</h2>
          <form method="post" action={`${path}/updates`} novalidate>
            <FormToken visitor={request.visitor} />
            <UpdateFields typed={typed} errors={errors} />
            <WhoSees>
              your partnership: partners, the scrutineer and the business manager, who checks it before it counts
              {points.length > 0 && '; then the Panel, beside the point of its letter'}
            </WhoSees>
            <Button text="Send the update" preventDoubleClick />
          </form>
        </section>
      )}

      {may.write && action.nextUpdateOn !== null && (
        <section>
          <h2 class="govuk-heading-m">Ask for an update</h2>
          <div class="govuk-button-group">
            {isMissing(action, today) && <Button text="See the words and ask by mail" href="/actions/asking" />}
            <form method="post" action={`${path}/link`}>
              <FormToken visitor={request.visitor} />
              <Button text="Make a link to hand over" classes="govuk-button--secondary" preventDoubleClick />
            </form>
          </div>
        </section>
      )}
      {chasers.length > 0 && (
        <Details summaryText={`Asked ${chasers.length === 1 ? 'once' : `${chasers.length} times`}`}>
          {chasers.map(chaser => (
            <>
              <p class="govuk-body-s govuk-!-margin-bottom-1">
                {formatMoment(chaser.at)}, {chaser.byName} asked {chaser.leadName}, {tellWay(chaser)}
              </p>
              <p class="govuk-body-s wv-answer">{chaser.words}</p>
            </>
          ))}
        </Details>
      )}
    </>
  )
}

function tellWay({ goesBy, sentAt, failure }: Chaser): string {
  if (goesBy === 'hand') return 'with a link handed over.'
  if (sentAt) return `by mail, sent ${formatMoment(sentAt)}.`
  if (failure === 'no-mail-server') return 'by mail, which did not go: no mail server is set.'
  return failure ? `by mail, which has not gone yet: ${failure}.` : 'by mail, which waits to go.'
}
