import { ensureMay, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { makeMove, partsOf } from '../make-move.ts'
import { deliveryTold, type Delivery, type DeliveryTold } from '../moves.ts'
import { addresseesOf } from '../store.ts'
import { knownRecommendation } from '../write-recommendation.ts'
import { readAction, servedBy, updatesOf } from './action-store.ts'
import { answerFromUpdate, type Action, type ActionUpdate, type Served } from './action.ts'
import { noSuchAction } from './agree-action.ts'

/** What a finished action serves and the acting person answers for, where that is not said to be done yet. */
export interface NotYetDone {
  addresseeId: string
  number: string
  owner: string
  delivery: Delivery
  told: DeliveryTold
}

/** The last update that counts, where it says that the action is done. */
export function updateThatEnds(action: Action, updates: readonly ActionUpdate[]): ActionUpdate | undefined {
  if (action.delivery !== 'done') return undefined
  return updates.find(
    update => update.check?.counts && update.delivery === 'done' && update.saidOn === action.updatedOn,
  )
}

export async function notYetDone(tx: Tx, acting: Acting, serves: readonly Served[]): Promise<NotYetDone[]> {
  const found: NotYetDone[] = []
  for (const served of serves) {
    if (served.kind !== 'recommendation') continue
    const { recommendationId } = await knownRecommendation(tx, served.number)
    const owed = (await addresseesOf(tx, recommendationId)).find(one => one.addresseeId === served.addresseeId)
    if (owed?.status !== 'issued' || owed.delivery === 'done' || !(await partsOf(tx, acting, owed)).owner) continue
    const { addresseeId, bodyName, delivery, deliveryAt } = owed
    const told = deliveryTold(delivery, deliveryAt)
    found.push({ addresseeId, number: served.number, owner: bodyName, delivery, told })
  }
  return found
}

/**
 * Whoever owes the answer says that it is done, in the words of the update that ended an action. Nothing moves by itself:
 * an action may be a part of what was recommended.
 * @param from what the page showed
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' when the action is not done or the state has changed
 */
export async function moveDeliveryWith(
  acting: Acting,
  actionId: string,
  { addresseeId, from }: { addresseeId: string; from: Delivery },
): Promise<void> {
  ensureMay(acting, 'read', 'action')
  ensureMay(acting, 'reply', 'recommendation')
  const { served, words } = await acting.transaction(async tx => {
    const action = await readAction(tx, actionId)
    if (!action) throw noSuchAction()
    const serves = (await servedBy(tx, [actionId])).get(actionId) ?? []
    const served = serves.find(one => one.kind === 'recommendation' && one.addresseeId === addresseeId)
    const update = updateThatEnds(action, (await updatesOf(tx, [actionId])).get(actionId) ?? [])
    if (served?.kind !== 'recommendation' || !update) {
      throw new ServiceError(
        'conflict',
        'Only an action that is done, and was checked, says that what it serves is done.',
      )
    }
    return { served, words: answerFromUpdate(action, update) }
  })
  await makeMove(acting, served.number, addresseeId, { axis: 'delivery', from, to: 'done', words })
}
