import { sql } from 'kysely'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { placeFrom } from '../../platform/events/index.ts'
import { isAmong, pageOf, type Found, type Wanted } from '../../platform/lists/index.ts'
import type { ReviewKind } from '../../reviews/index.ts'
import type { Delivery } from '../moves.ts'
import type { EvidenceKind } from '../recommendation.ts'
import type { ActionWords } from './action-form.ts'
import type { Action, ActionUpdate, Chaser, Prompt, Served } from './action.ts'

const columns = [
  'action.action_id',
  'action.number',
  'action.incident_id',
  'action.authority_code',
  'action.partnership_code',
  'action.text',
  'action.owner_name',
  'action.joint_with',
  'action.lead_name',
  'action.lead_person_id',
  'action.prompted_by',
  'action.due_on',
  'action.update_months',
  'action.agreed_on',
  'action.delivery',
  'action.updated_on',
  'action.unchecked',
  'action.asked_on',
  'action.next_update_on',
] as const

interface ActionRow {
  action_id: string
  number: string
  incident_id: string | null
  authority_code: string | null
  partnership_code: string
  text: string
  owner_name: string
  joint_with: string[]
  lead_name: string
  lead_person_id: string | null
  prompted_by: string
  due_on: string
  update_months: number
  agreed_on: string
  delivery: string
  updated_on: string | null
  unchecked: number
  asked_on: string | null
  next_update_on: string | null
}

function toAction(row: ActionRow): Action {
  const { incident_id, authority_code, partnership_code } = row
  return {
    actionId: row.action_id,
    number: row.number,
    place: incident_id && authority_code ? placeFrom({ incident_id, authority_code, partnership_code }) : null,
    partnershipCode: partnership_code,
    text: row.text,
    ownerName: row.owner_name,
    jointWith: row.joint_with,
    leadName: row.lead_name,
    leadPersonId: row.lead_person_id,
    promptedBy: row.prompted_by as Prompt,
    dueOn: row.due_on as CivilDate,
    updateMonths: row.update_months,
    agreedOn: row.agreed_on as CivilDate,
    delivery: row.delivery as Delivery,
    updatedOn: row.updated_on as CivilDate | null,
    unchecked: row.unchecked,
    askedOn: row.asked_on as CivilDate | null,
    nextUpdateOn: row.next_update_on as CivilDate | null,
  }
}

export async function readAction(tx: Tx, actionId: string): Promise<Action | undefined> {
  const row = await tx.selectFrom('action').select(columns).where('action_id', '=', actionId).executeTakeFirst()
  return row && toAction(row)
}

/** The action as it stands until this transaction ends. */
export async function lockAction(tx: Tx, actionId: string): Promise<Action | undefined> {
  await tx.selectFrom('action').select('action_id').where('action_id', '=', actionId).forUpdate().execute()
  return readAction(tx, actionId)
}

export async function insertAction(
  tx: Tx,
  words: ActionWords,
  made: {
    number: string
    partnershipCode: string
    incidentId: string | null
    personId: string
    on: CivilDate
    at: Date
  },
): Promise<string> {
  const { action_id } = await tx
    .insertInto('action')
    .columns([
      'number',
      'incident_id',
      'authority_code',
      'partnership_code',
      'agreed_on',
      'person_id',
      'created_at',
      'text',
      'owner_code',
      'owner_name',
      'joint_with',
      'lead_person_id',
      'lead_name',
      'prompted_by',
      'due_on',
      'update_months',
    ])
    .values(eb => ({
      number: made.number,
      incident_id: made.incidentId,
      authority_code: made.incidentId
        ? eb
            .selectFrom('incident')
            .select('incident.authority_code')
            .where('incident.incident_id', '=', made.incidentId)
        : null,
      partnership_code: made.partnershipCode,
      agreed_on: made.on,
      person_id: made.personId,
      created_at: made.at,
      prompted_by: words.promptedBy,
      ...changeable(words),
    }))
    .returning('action_id')
    .executeTakeFirstOrThrow()
  await keepLeadAddress(tx, { actionId: action_id, partnershipCode: made.partnershipCode }, words)
  return action_id
}

/** Where a lead without an account is asked from now on. It is read by nobody: a mail alone goes there. */
async function keepLeadAddress(
  tx: Tx,
  { actionId, partnershipCode }: { actionId: string; partnershipCode: string },
  { leadAddress }: Pick<ActionWords, 'leadAddress'>,
): Promise<void> {
  if (leadAddress === null) return
  await tx
    .insertInto('action_lead_address')
    .values({ action_id: actionId, partnership_code: partnershipCode, address: leadAddress, at: contextOf(tx).now })
    .execute()
}

function changeable(words: Omit<ActionWords, 'promptedBy' | 'serves'>) {
  return {
    text: words.text,
    owner_code: words.ownerCode,
    owner_name: words.ownerName,
    joint_with: words.jointWith,
    lead_person_id: words.leadPersonId,
    lead_name: words.leadName,
    due_on: words.dueOn,
    update_months: words.updateMonths,
  }
}

export async function updateAction(tx: Tx, action: Action, words: ActionWords): Promise<void> {
  await tx.updateTable('action').set(changeable(words)).where('action_id', '=', action.actionId).execute()
  await keepLeadAddress(tx, action, words)
}

/** What it serves from now on: what it served and is not named here it serves no more. */
export async function replaceServed(
  tx: Tx,
  action: { actionId: string; partnershipCode: string },
  { addresseeIds, pointIds, learning }: ActionWords['serves'],
): Promise<void> {
  await tx.deleteFrom('action_serves').where('action_id', '=', action.actionId).execute()
  const of = { action_id: action.actionId, partnership_code: action.partnershipCode }
  const rows = [
    ...addresseeIds.map(addressee_id => ({ ...of, addressee_id })),
    ...pointIds.map(point_id => ({ ...of, point_id })),
    ...(learning ? [{ ...of, learning }] : []),
  ]
  for (const row of rows) await tx.insertInto('action_serves').values(row).execute()
}

export async function servedBy(tx: Tx, actionIds: readonly string[]): Promise<Map<string, Served[]>> {
  if (actionIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('action_serves')
    .leftJoin('recommendation_addressee', 'recommendation_addressee.addressee_id', 'action_serves.addressee_id')
    .leftJoin('recommendation', 'recommendation.recommendation_id', 'recommendation_addressee.recommendation_id')
    .leftJoin('letter_point', 'letter_point.id', 'action_serves.point_id')
    .leftJoin('letter', 'letter.letter_id', 'letter_point.letter_id')
    .select([
      'action_serves.action_id',
      'action_serves.learning',
      'recommendation_addressee.addressee_id',
      'recommendation_addressee.body_name',
      'recommendation.recommendation_id',
      'recommendation.number as recommendation_number',
      'recommendation.text as recommendation_text',
      'letter_point.id as point_id',
      'letter_point.incident_id',
      'letter_point.number as point_number',
      'letter_point.text as point_text',
      'letter.reference',
      'letter.kind as letter_kind',
    ])
    .where(isAmong('action_serves.action_id', actionIds))
    .orderBy('recommendation.number')
    .orderBy('letter.reference')
    .orderBy('letter_point.number')
    .execute()
  const served = new Map<string, Served[]>()
  for (const row of rows) {
    const one = servedIn(row)
    if (one) served.set(row.action_id, [...(served.get(row.action_id) ?? []), one])
  }
  return served
}

/** Undefined where what it serves is not for the acting person. */
function servedIn(row: {
  learning: string | null
  addressee_id: string | null
  body_name: string | null
  recommendation_id: string | null
  recommendation_number: string | null
  recommendation_text: string | null
  point_id: string | null
  incident_id: string | null
  point_number: number | null
  point_text: string | null
  reference: string | null
  letter_kind: string | null
}): Served | undefined {
  if (row.learning) return { kind: 'learning', text: row.learning }
  if (row.addressee_id && row.recommendation_id) {
    return {
      kind: 'recommendation',
      addresseeId: row.addressee_id,
      recommendationId: row.recommendation_id,
      number: row.recommendation_number ?? '',
      text: row.recommendation_text ?? '',
      owner: row.body_name ?? '',
    }
  }
  if (row.point_id && row.incident_id && row.letter_kind) {
    return {
      kind: 'letter-point',
      pointId: row.point_id,
      letter: { incidentId: row.incident_id, kind: row.letter_kind as ReviewKind },
      reference: row.reference ?? '',
      number: row.point_number ?? 0,
      text: row.point_text ?? '',
    }
  }
  return undefined
}

/** An action with its last update that counts. */
export interface ServingAction {
  action: Action
  update: ActionUpdate | undefined
}

/** The actions that serve these addressees or points, each with its last update that counts. */
export async function actionsServing(
  tx: Tx,
  wanted: { addresseeIds?: readonly string[]; pointIds?: readonly string[] },
): Promise<(ServingAction & { servedId: string })[]> {
  const served = await tx
    .selectFrom('action_serves')
    .select(['action_id', sql<string>`coalesce(addressee_id, point_id)`.as('served_id')])
    .where(eb =>
      eb.or([
        isAmong('action_serves.addressee_id', wanted.addresseeIds ?? []),
        isAmong('action_serves.point_id', wanted.pointIds ?? []),
      ]),
    )
    .execute()
  if (served.length === 0) return []
  const ids = [...new Set(served.map(row => row.action_id))]
  const rows = await tx.selectFrom('action').select(columns).where(isAmong('action.action_id', ids)).execute()
  const actions = new Map(rows.map(row => [row.action_id, toAction(row)]))
  const updates = await lastCounted(tx, ids)
  return served.flatMap(({ action_id, served_id }) => {
    const action = actions.get(action_id)
    return action ? [{ servedId: served_id, action, update: updates.get(action_id) }] : []
  })
}

async function lastCounted(tx: Tx, actionIds: readonly string[]): Promise<Map<string, ActionUpdate>> {
  const updates = await updatesOf(tx, actionIds)
  const last = new Map<string, ActionUpdate>()
  for (const [actionId, all] of updates) {
    const [newest] = all.filter(update => update.check?.counts).toSorted((a, b) => (a.saidOn < b.saidOn ? 1 : -1))
    if (newest) last.set(actionId, newest)
  }
  return last
}

export async function updatesOf(tx: Tx, actionIds: readonly string[]): Promise<Map<string, ActionUpdate[]>> {
  const rows = await tx
    .selectFrom('action_update')
    .leftJoin('action_check', 'action_check.update_id', 'action_update.update_id')
    .leftJoin('person', 'person.id', 'action_check.person_id')
    .select([
      'action_update.action_id',
      'action_update.update_id',
      'action_update.delivery',
      'action_update.words',
      'action_update.evidence_kind',
      'action_update.evidence',
      'action_update.said_on',
      'action_update.said_by',
      'action_update.came_by',
      'action_update.at',
      'action_check.counts',
      'action_check.words as check_words',
      'action_check.at as checked_at',
      'person.name',
    ])
    .where(isAmong('action_update.action_id', actionIds))
    .orderBy('action_update.at', 'desc')
    .orderBy('action_update.update_id')
    .execute()
  const updates = new Map<string, ActionUpdate[]>()
  for (const row of rows) {
    const update: ActionUpdate = {
      updateId: row.update_id,
      delivery: row.delivery as Delivery,
      words: row.words,
      evidenceKind: row.evidence_kind as EvidenceKind | null,
      evidence: row.evidence,
      saidOn: row.said_on as CivilDate,
      saidBy: row.said_by,
      cameBy: row.came_by as 'account' | 'link',
      at: row.at,
      check: row.checked_at
        ? { counts: row.counts ?? false, words: row.check_words ?? '', byName: row.name ?? '', at: row.checked_at }
        : null,
    }
    updates.set(row.action_id, [...(updates.get(row.action_id) ?? []), update])
  }
  return updates
}

export async function chasersOf(tx: Tx, actionId: string): Promise<Chaser[]> {
  const rows = await tx
    .selectFrom('action_chaser')
    .innerJoin('person', 'person.id', 'action_chaser.person_id')
    .select(['chaser_id', 'lead_name', 'words', 'goes_by', 'at', 'sent_at', 'failure', 'person.name'])
    .where('action_id', '=', actionId)
    .orderBy('at', 'desc')
    .execute()
  return rows.map(row => ({
    chaserId: row.chaser_id,
    leadName: row.lead_name,
    words: row.words,
    goesBy: row.goes_by as 'mail' | 'hand',
    byName: row.name,
    at: row.at,
    sentAt: row.sent_at,
    failure: row.failure,
  }))
}

export const actionStates = {
  open: 'Open',
  missing: 'An update is missing',
  unchecked: 'An update waits to be checked',
  done: 'Done',
  stopped: 'Stopped',
} as const
export type ActionState = keyof typeof actionStates
export const actionSorts = ['due', 'updated', 'owner'] as const
export type ActionSort = (typeof actionSorts)[number]

export interface ActionInList extends Action {
  serves: Served[]
}

export async function listActions(
  tx: Tx,
  wanted: Wanted<ActionSort>,
  filter: { state: ActionState | undefined; words: string; today: CivilDate },
): Promise<Found<ActionInList>> {
  const { state, words, today } = filter
  const chosen = tx
    .selectFrom('action')
    .select(['action.action_id as key', 'action.due_on', 'action.updated_on', 'action.owner_name'])
    // Said although row-level security says it too: an index finds these rows.
    .where(sql<boolean>`action.partnership_code = any ((select my_list('partnerships_of_any_time'))::text[])`)
    .$if(state === 'open', query => query.where('delivery', 'not in', ['done', 'stopped']))
    .$if(state === 'missing', query => query.where('next_update_on', '<', today).where('unchecked', '=', 0))
    .$if(state === 'unchecked', query => query.where('unchecked', '>', 0))
    .$if(state === 'done' || state === 'stopped', query => query.where('delivery', '=', state!))
    .$if(words !== '', query =>
      query.where(
        sql<boolean>`(action.words @@ websearch_to_tsquery('pg_catalog.english', ${words}) or action.number = upper(${words}))`,
      ),
    )
  return pageOf(tx, wanted, {
    chosen,
    sorts: {
      due: query => query.select('action.due_on as by'),
      updated: query => query.select('action.updated_on as by'),
      owner: query => query.select(sql<string>`action.owner_name collate "und-x-icu"`.as('by')),
    },
    rowsOf: async keys => {
      const rows = await tx.selectFrom('action').select(columns).where(isAmong('action.action_id', keys)).execute()
      const served = await servedBy(tx, keys)
      return new Map(rows.map(row => [row.action_id, { ...toAction(row), serves: served.get(row.action_id) ?? [] }]))
    },
  })
}

/** The actions whose update is missing, the longest silent first: each is chased. */
export async function missingUpdates(tx: Tx, today: CivilDate): Promise<Action[]> {
  const rows = await tx
    .selectFrom('action')
    .select(columns)
    .where(sql<boolean>`action.partnership_code = any ((select my_list('partnerships_of_any_time'))::text[])`)
    .where('next_update_on', '<', today)
    // Of one that has come and waits to be checked nobody is asked again.
    .where('unchecked', '=', 0)
    .orderBy('next_update_on')
    .orderBy('number')
    .limit(200)
    .execute()
  return rows.map(toAction)
}

export async function countActions(tx: Tx, today: CivilDate): Promise<{ unchecked: number; missing: number }> {
  const row = await tx
    .selectFrom('action')
    .select(eb => [
      eb.fn.countAll<string>().filterWhere('unchecked', '>', 0).as('unchecked'),
      eb.fn.countAll<string>().filterWhere('next_update_on', '<', today).as('missing'),
    ])
    .where(sql<boolean>`action.partnership_code = any ((select my_list('partnerships_of_any_time'))::text[])`)
    .where(eb => eb.or([eb('unchecked', '>', 0), eb('next_update_on', '<', today)]))
    .executeTakeFirstOrThrow()
  return { unchecked: Number(row.unchecked), missing: Number(row.missing) }
}

/** The actions of a partnership that are not over, for the plan of an answer. */
export async function openActions(tx: Tx, partnershipCode: string): Promise<Action[]> {
  const rows = await tx
    .selectFrom('action')
    .select(columns)
    .where('partnership_code', '=', partnershipCode)
    .where('delivery', '<>', 'stopped')
    .orderBy('created_at', 'desc')
    .limit(40)
    .execute()
  return rows.map(toAction)
}

/** Every action of a partnership that was open in a year, with the words of its last update that counts. */
export async function actionsOfYear(
  tx: Tx,
  { partnershipCode, from, until }: { partnershipCode: string; from: CivilDate; until: CivilDate },
): Promise<(Action & { words: string; servesPublished: boolean })[]> {
  const rows = await tx
    .selectFrom('action')
    .select(columns)
    // Told to everybody only where all that it serves is public.
    .select(
      sql<boolean>`coalesce((
        select bool_and(recommendation.recommendation_id is not null
          and (recommendation.incident_id is null or recommendation.published_at is not null))
        from action_serves
        left join recommendation_addressee on recommendation_addressee.addressee_id = action_serves.addressee_id
        left join recommendation on recommendation.recommendation_id = recommendation_addressee.recommendation_id
        where action_serves.action_id = action.action_id), false)`.as('serves_published'),
    )
    .where('action.partnership_code', '=', partnershipCode)
    .where('action.agreed_on', '<', until)
    .where(eb => eb.or([eb('action.delivery', 'not in', ['done', 'stopped']), eb('action.updated_on', '>=', from)]))
    .orderBy('action.due_on')
    .orderBy('action.number')
    .execute()
  const last = await lastCounted(
    tx,
    rows.map(row => row.action_id),
  )
  return rows.map(row => ({
    ...toAction(row),
    words: last.get(row.action_id)?.words ?? '',
    servesPublished: row.serves_published,
  }))
}
