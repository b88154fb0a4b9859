import { ensureMay, type Acting } from '../../platform/acting.ts'
import { ServiceError } from '../../platform/errors.ts'
import { answerDrafts, saveAnswer } from '../../panel/index.ts'
import { readAction, servedBy, updatesOf } from './action-store.ts'
import { answerFromUpdate } from './action.ts'
import { noSuchAction } from './agree-action.ts'

/**
 * Puts an update that counts into the draft answer to a point that its action serves, after what stands there. A person
 * reads it there, and sends it or not.
 * @returns where the draft answer is
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' when it stands there already
 */
export async function answerPanelWith(
  acting: Acting,
  actionId: string,
  updateId: string,
  pointId: string,
): Promise<string> {
  ensureMay(acting, 'reply', 'letter')
  const found = await acting.transaction(async tx => {
    const action = await readAction(tx, actionId)
    const update = (await updatesOf(tx, [actionId])).get(actionId)?.find(one => one.updateId === updateId)
    const point = (await servedBy(tx, [actionId]))
      .get(actionId)
      ?.find(one => one.kind === 'letter-point' && one.pointId === pointId)
    if (!action || !update?.check?.counts || point?.kind !== 'letter-point') throw noSuchAction()
    return { action, update, point, draft: (await answerDrafts(tx, point.incidentId)).get(pointId) }
  })
  const { action, update, point, draft } = found
  const words = answerFromUpdate(action, update)
  if (draft?.text.includes(words)) {
    throw new ServiceError('conflict', 'This update stands in the draft answer already. Go on with it at the letter.')
  }
  await saveAnswer(acting, point.incidentId, point.number, {
    text: [draft?.text, words].filter(Boolean).join('\n\n'),
    action: draft?.action ?? '',
    seenRevision: draft?.revision ?? 0,
  })
  return `/incidents/${point.incidentId}/letter/points/${point.number}`
}
