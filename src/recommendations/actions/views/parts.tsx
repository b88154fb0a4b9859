import type { ServingAction } from '../action-store.ts'
import { formatDate, formatMoment, type CivilDate } from '../../../platform/dates.ts'
import { InsetText, Tag } from '../../../platform/web/index.ts'
import { letterPath } from '../../../panel/index.ts'
import { deliveriesTold, type DeliveryTold } from '../../moves.ts'
import { evidenceKinds } from '../../recommendation.ts'
import { isMissing, tellUpdate, type Action, type ActionUpdate, type Served } from '../action.ts'

const colours: Record<DeliveryTold, string> = {
  'not-told': 'govuk-tag--grey',
  'not-started': 'govuk-tag--grey',
  'in-progress': 'govuk-tag--blue',
  done: 'govuk-tag--green',
  stopped: 'govuk-tag--red',
}

export function DeliveryTag({ delivery }: { delivery: DeliveryTold }) {
  return <Tag text={deliveriesTold[delivery]} classes={colours[delivery]} />
}

/** How far it is, and how fresh that is: silence stands out. */
export function Freshness({ action, today }: { action: Action; today: CivilDate }) {
  return isMissing(action, today) ? (
    <strong class="govuk-error-message govuk-!-margin-bottom-0">{tellUpdate(action, today)}</strong>
  ) : (
    <>{tellUpdate(action, today)}</>
  )
}

export function ServedList({ serves }: { serves: readonly Served[] }) {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {serves.map(one => (
        <li>
          <ServedName served={one} />: {one.text}
        </li>
      ))}
    </ul>
  )
}

export function ServedName({ served }: { served: Served }) {
  if (served.kind === 'learning') return <>What was learnt</>
  if (served.kind === 'letter-point') {
    return (
      <a class="govuk-link" href={`${letterPath(served.letter)}#point-${served.number}`}>
        Letter on {served.reference}, point {served.number}
      </a>
    )
  }
  return (
    <a class="govuk-link" href={`/desk/recommendations/${served.number}`}>
      Recommendation {served.number}, for {served.owner}
    </a>
  )
}

export function UpdateText({ update }: { update: ActionUpdate }) {
  return (
    <>
      <p class="govuk-body govuk-!-margin-bottom-1">
        <DeliveryTag delivery={update.delivery} /> {formatDate(update.saidOn)}, {update.saidBy}
        {update.cameBy === 'link' && ' (by link)'}
      </p>
      <p class="govuk-body wv-answer">{update.words}</p>
      {update.evidenceKind && (
        <p class="govuk-body">
          <strong>{evidenceKinds[update.evidenceKind]}:</strong> {update.evidence}
        </p>
      )}
      {update.check && (
        <p class="govuk-body-s">
          {update.check.counts ? 'Checked' : 'Does not count'}: {update.check.byName}, {formatMoment(update.check.at)}
          {update.check.words && `. ${update.check.words}`}
        </p>
      )}
    </>
  )
}

/** What is done about one thing that was asked, as it was said once: for the page of whatever the actions serve. */
export function ActionsBeside({
  actions,
  today,
  opens = true,
}: {
  actions: readonly ServingAction[]
  today: CivilDate
  /** Whether the reader may open an action: the Panel reads it here alone. */
  opens?: boolean
}) {
  return (
    <>
      {actions.map(({ action, update }) => (
        <InsetText>
          <p class="govuk-body">
            {opens ? (
              <a class="govuk-link" href={`/actions/${action.actionId}`}>
                Action {action.number}
              </a>
            ) : (
              `Action ${action.number}`
            )}
            : {action.text}
          </p>
          <p class="govuk-body-s">
            {action.ownerName}, due {formatDate(action.dueOn)}. <Freshness action={action} today={today} />
          </p>
          {update && <UpdateText update={update} />}
        </InsetText>
      ))}
    </>
  )
}
