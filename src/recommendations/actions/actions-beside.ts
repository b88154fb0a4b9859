import { may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { noteRead } from '../../platform/events/index.ts'
import type { Addressee } from '../recommendation.ts'
import { actionsServing, type ServingAction } from './action-store.ts'

/** What is done, by the id of the addressee whose answer it serves, as far as the acting person may see it. */
export async function actionsBeside(
  tx: Tx,
  acting: Acting,
  addressees: readonly Addressee[],
): Promise<ReadonlyMap<string, readonly ServingAction[]>> {
  if (!may(acting, 'read', 'action')) return new Map()
  const serving = await actionsServing(tx, { addresseeIds: addressees.map(owed => owed.addresseeId) })
  const incidentIds = [...new Set(serving.flatMap(({ action }) => action.place?.incidentId ?? []))]
  if (serving.length > 0) {
    await noteRead(tx, { subject: 'action', purpose: 'see actions beside a recommendation', incidentIds })
  }
  return Map.groupBy(serving, ({ servedId }) => servedId)
}
