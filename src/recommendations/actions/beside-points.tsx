import type { ComponentChildren } from 'preact'
import { may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { noteRead } from '../../platform/events/index.ts'
import { actionsServing } from './action-store.ts'
import { ActionsBeside } from './views/parts.tsx'

/** What is done about the points of a letter, by the id of the point, and the way to agree on more: also for the Panel. */
export async function actionsBesidePoints(
  tx: Tx,
  acting: Acting,
  pointIds: readonly string[],
): Promise<ReadonlyMap<string, ComponentChildren>> {
  const opens = may(acting, 'read', 'action')
  if ((!opens && !may(acting, 'read', 'letter-action')) || pointIds.length === 0) return new Map()
  const serving = await actionsServing(tx, { pointIds })
  const incidentIds = [...new Set(serving.flatMap(({ action }) => action.place?.incidentId ?? []))]
  if (serving.length > 0) await noteRead(tx, { subject: 'action', purpose: 'see actions beside a letter', incidentIds })
  const { today } = contextOf(tx)
  return new Map(
    pointIds.map(pointId => [
      pointId,
      <>
        {serving.some(({ servedId }) => servedId === pointId) && <h3 class="govuk-heading-s">What is done about it</h3>}
        <ActionsBeside actions={serving.filter(({ servedId }) => servedId === pointId)} {...{ today, opens }} />
        {!opens && !serving.some(({ servedId }) => servedId === pointId) && (
          <p class="govuk-body">The partnership has not told of an action for this point.</p>
        )}
        {may(acting, 'write', 'action') && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/actions/new?serves=point:${pointId}&promptedBy=letter-point`}>
              Agree on an action for this point
            </a>
          </p>
        )}
      </>,
    ]),
  )
}
