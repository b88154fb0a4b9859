import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { OpenedLink } from '../../platform/web/index.ts'
import { updateFrom, type TypedUpdate } from './action-form.ts'
import { lockAction, readAction } from './action-store.ts'
import type { Action } from './action.ts'
import { noSuchAction } from './agree-action.ts'

/**
 * Somebody of the partnership says how far an action is. Said by whoever checks updates, it counts at once: they stand
 * for it with their name.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid'
 */
export async function updateAction(acting: Acting, actionId: string, typed: TypedUpdate): Promise<void> {
  ensureMay(acting, 'reply', 'action')
  const words = updateFrom(typed)
  await acting.transaction(async tx => {
    const action = await readAction(tx, actionId)
    if (!action) throw noSuchAction()
    const { personId, name } = acting
    const updateId = await keepUpdate(tx, action, { ...words, saidBy: name, personId, linkId: null })
    if (updateId && may(acting, 'write', 'action'))
      await keepCheck(tx, action, { updateId, counts: true, words: '', personId })
  })
}

/**
 * Whoever came with the link of an action says how far it is.
 * @throws ServiceError 'not-found', 'invalid'
 */
export async function updateActionByLink(link: OpenedLink, typed: TypedUpdate): Promise<void> {
  const words = updateFrom(typed)
  await link.transaction(async tx => {
    const action = await readAction(tx, link.objectId)
    if (!action) throw noSuchAction()
    await keepUpdate(tx, action, { ...words, saidBy: link.holder, personId: null, linkId: link.id })
  })
}

/** @returns undefined when the same person, or link, has said the same today: it stands once */
async function keepUpdate(
  tx: Tx,
  action: Action,
  said: ReturnType<typeof updateFrom> & { saidBy: string; personId: string | null; linkId: string | null },
): Promise<string | undefined> {
  const { now, today } = contextOf(tx)
  const kept = await tx
    .insertInto('action_update')
    .values({
      action_id: action.actionId,
      partnership_code: action.partnershipCode,
      delivery: said.delivery,
      words: said.words,
      evidence_kind: said.evidenceKind,
      evidence: said.evidence,
      said_on: today,
      said_by: said.saidBy,
      came_by: said.linkId ? 'link' : 'account',
      person_id: said.personId,
      link_id: said.linkId,
      at: now,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('update_id')
    .executeTakeFirst()
  if (!kept) return undefined
  await recordEvent(tx, {
    kind: 'action.updated',
    subject: 'action',
    objectId: action.actionId,
    detail: { number: action.number, delivery: said.delivery },
    ...(action.place && { place: action.place }),
  })
  return kept.update_id
}

/**
 * A person of the partnership looked at an update: it counts from now on, or does not, with the reason.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' without a reason, 'conflict' when it was checked already
 */
export async function checkUpdate(
  acting: Acting,
  actionId: string,
  updateId: string,
  { counts, words }: { counts: boolean; words: string },
): Promise<void> {
  ensureMay(acting, 'write', 'action')
  if (!counts && !words) {
    const text = 'Say why it does not count: its lead is asked again with it'
    throw invalidAt(`words-${updateId}`, text)
  }
  await acting.transaction(async tx => {
    const action = await lockAction(tx, actionId)
    const update = await tx
      .selectFrom('action_update')
      .select('update_id')
      .where('update_id', '=', updateId)
      .where('action_id', '=', actionId)
      .executeTakeFirst()
    if (!action || !update) throw noSuchAction()
    const checked = await tx
      .selectFrom('action_check')
      .select('update_id')
      .where('update_id', '=', updateId)
      .executeTakeFirst()
    if (checked)
      throw new ServiceError('conflict', 'Somebody has just checked this update. What they said is shown here.')
    await keepCheck(tx, action, { updateId, counts, words, personId: acting.personId })
  })
}

async function keepCheck(
  tx: Tx,
  action: Action,
  check: { updateId: string; counts: boolean; words: string; personId: string },
): Promise<void> {
  await tx
    .insertInto('action_check')
    .values({
      update_id: check.updateId,
      action_id: action.actionId,
      partnership_code: action.partnershipCode,
      counts: check.counts,
      words: check.words,
      person_id: check.personId,
      at: contextOf(tx).now,
    })
    .execute()
  await recordEvent(tx, {
    kind: 'action.checked',
    subject: 'action',
    objectId: action.actionId,
    detail: { number: action.number, counts: check.counts },
    ...(action.place && { place: action.place }),
  })
}
