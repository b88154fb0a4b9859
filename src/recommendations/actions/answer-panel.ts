import { ensureMay, type Acting } from '../../platform/acting.ts'
import { ServiceError } from '../../platform/errors.ts'
import { ensureAllDecided } from '../../documents/index.ts'
import { answerDrafts, letterPath, readLetter, saveAnswer } from '../../panel/index.ts'
import { readAction, servedBy, updatesOf } from './action-store.ts'
import { answerFromUpdate } from './action.ts'
import { noSuchAction } from './agree-action.ts'
import { actionToCheck } from './recognised.ts'

/**
 * Puts an update that counts into the draft answer to a point that its action serves, after what stands there. A person
 * reads it there, and sends it or not.
 * @returns where the draft answer is
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' when somebody could be recognised by words of the action that
 *   nobody has decided about, 'conflict' when it stands there already, or does not count
 */
export async function answerPanelWith(
  acting: Acting,
  actionId: string,
  updateId: string,
  pointId: string,
): Promise<string> {
  ensureMay(acting, 'reply', 'letter')
  const { action, update, point, draft } = await acting.transaction(async tx => {
    const action = await readAction(tx, actionId)
    const update = (await updatesOf(tx, [actionId])).get(actionId)?.find(one => one.updateId === updateId)
    const serves = (await servedBy(tx, [actionId])).get(actionId) ?? []
    const point = serves.find(one => one.kind === 'letter-point' && one.pointId === pointId)
    if (!action) throw noSuchAction()
    if (!update?.check?.counts || point?.kind !== 'letter-point') {
      throw new ServiceError(
        'conflict',
        'Only an update that counts answers a point, and only one that its action serves.',
      )
    }
    await ensureAllDecided(tx, await actionToCheck(tx, action))
    const letter = await readLetter(tx, point.letter)
    return { action, update, point, draft: letter && (await answerDrafts(tx, letter)).get(pointId) }
  })
  const words = answerFromUpdate(action, update)
  if (draft?.text.includes(words)) {
    throw new ServiceError('conflict', 'This update stands in the draft answer already. Go on with it at the letter.')
  }
  await saveAnswer(acting, point.letter, point.number, {
    text: [draft?.text, words].filter(Boolean).join('\n\n'),
    action: draft?.action ?? '',
    seenRevision: draft?.revision ?? 0,
  })
  return `${letterPath(point.letter)}/points/${point.number}`
}
