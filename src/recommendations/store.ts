import { sql } from 'kysely'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import { columnsOf, type IncidentPlace } from '../platform/events/index.ts'
import type { Delivery, Effect, Part, Reply, State } from './moves.ts'
import { drawNumber } from './number.ts'
import type {
  Addressee,
  AddresseeKind,
  Basis,
  Evidence,
  KeptFile,
  Level,
  Move,
  Priority,
  Recommendation,
  RecommendationText,
  Source,
  Status,
} from './recommendation.ts'

/** Undefined when there is none that the acting person may see. */
export async function readRecommendation(tx: Tx, number: string): Promise<Recommendation | undefined> {
  if (!/^R-\d{4}-\d{5}$/.test(number)) return undefined
  const row = await tx
    .selectFrom('recommendation')
    .leftJoin('incident', 'incident.incident_id', 'recommendation.incident_id')
    .leftJoin('recommendation as later', 'later.recommendation_id', 'recommendation.replaced_by')
    .innerJoin('body', 'body.code', 'recommendation.body_code')
    .selectAll('recommendation')
    .select(['incident.reference', 'later.number as replaced_by_number', 'body.name as body_name'])
    .where('recommendation.number', '=', number)
    .executeTakeFirst()
  return (
    row && {
      recommendationId: row.recommendation_id,
      number: row.number,
      place:
        row.incident_id === null
          ? null
          : {
              incidentId: row.incident_id,
              authorityCode: row.authority_code!,
              partnershipCode: row.partnership_code!,
            },
      reference: row.reference,
      sourceKind: row.source_kind as Source,
      sourceName: row.source_name,
      status: row.status as Status,
      revision: row.revision,
      bodyCode: row.body_code,
      bodyName: row.body_name,
      issuedAt: row.issued_at,
      publishedAt: row.published_at,
      replacedBy: row.replaced_by_number,
      endedReason: row.ended_reason,
      text: row.text,
      finding: row.finding,
      paragraph: row.paragraph,
      themes: row.themes,
      level: row.level as Level,
      intendedChange: row.intended_change,
      measure: row.measure,
      priority: row.priority as Priority | null,
      priorityReason: row.priority_reason,
    }
  )
}

const textColumns = (text: RecommendationText) => ({
  text: text.text,
  finding: text.finding,
  paragraph: text.paragraph,
  themes: [...text.themes],
  level: text.level,
  intended_change: text.intendedChange,
  measure: text.measure,
  priority: text.priority,
  priority_reason: text.priorityReason,
})

/** Under a number drawn by lot. @returns the number */
export async function insertRecommendation(
  tx: Tx,
  draft: {
    place: IncidentPlace | null
    sourceKind: Source
    sourceName: string
    text: RecommendationText
    reviewId: string | null
    letterId: string | null
    bodyCode: string
    personId: string
  },
): Promise<string> {
  const { now, today } = contextOf(tx)
  for (;;) {
    const added = await tx
      .insertInto('recommendation')
      .values({
        number: drawNumber(today),
        ...(draft.place && columnsOf(draft.place)),
        source_kind: draft.sourceKind,
        source_name: draft.sourceName,
        review_id: draft.reviewId,
        letter_id: draft.letterId,
        ...textColumns(draft.text),
        body_code: draft.bodyCode,
        person_id: draft.personId,
        created_at: now,
      })
      .onConflict(conflict => conflict.column('number').doNothing())
      .returning('number')
      .executeTakeFirst()
    if (added) return added.number
  }
}

/** False when somebody else saved since. */
export async function updateText(
  tx: Tx,
  recommendationId: string,
  text: RecommendationText,
  seenRevision: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recommendation')
    .set({ ...textColumns(text), revision: seenRevision + 1 })
    .where('recommendation_id', '=', recommendationId)
    .where('revision', '=', seenRevision)
    .where('status', 'in', ['draft', 'out-for-comment'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** False when it is no longer as the page showed it. */
export async function setStatus(
  tx: Tx,
  recommendation: Recommendation,
  becomes:
    | { status: 'out-for-comment' }
    | { status: 'issued'; personId: string }
    | { status: 'closed' | 'replaced'; reason: string; replacedById: string | null },
): Promise<boolean> {
  const { now } = contextOf(tx)
  const { numUpdatedRows } = await tx
    .updateTable('recommendation')
    .set({
      status: becomes.status,
      ...(becomes.status === 'issued' && { issued_at: now, issued_by: becomes.personId }),
      ...('reason' in becomes && { ended_at: now, ended_reason: becomes.reason, replaced_by: becomes.replacedById }),
    })
    .where('recommendation_id', '=', recommendation.recommendationId)
    .where('status', '=', recommendation.status)
    .where('revision', '=', recommendation.revision)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The number of the recommendation that asks this addressee. */
export async function numberFor(tx: Tx, addresseeId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('recommendation_addressee')
    .innerJoin('recommendation', 'recommendation.recommendation_id', 'recommendation_addressee.recommendation_id')
    .select('recommendation.number')
    .where('recommendation_addressee.addressee_id', '=', addresseeId)
    .executeTakeFirst()
  return row?.number
}

/** By name. */
export async function addresseesOf(tx: Tx, recommendationId: string): Promise<Addressee[]> {
  const rows = await tx
    .selectFrom('recommendation_addressee')
    .selectAll()
    .where('recommendation_id', '=', recommendationId)
    .orderBy(sql`body_name collate "und-x-icu"`)
    .execute()
  return rows.map(row => ({
    addresseeId: row.addressee_id,
    recommendationId: row.recommendation_id,
    kind: row.kind as AddresseeKind,
    incidentId: row.incident_id,
    authorityCode: row.authority_code,
    partnershipCode: row.partnership_code,
    bodyCode: row.body_code,
    bodyName: row.body_name,
    status: row.status as Status,
    replyAskedBy: row.reply_asked_by as CivilDate | null,
    replyBasis: row.reply_basis as Basis | null,
    reply: row.reply as Reply,
    delivery: row.delivery as Delivery,
    effect: row.effect as Effect,
    repliedOn: row.replied_on as CivilDate | null,
    deliveryAt: row.delivery_at,
    effectAt: row.effect_at,
  }))
}

export async function insertAddressee(
  tx: Tx,
  recommendation: Recommendation,
  addressee: Pick<Addressee, 'kind' | 'bodyCode' | 'bodyName' | 'replyAskedBy' | 'replyBasis'>,
): Promise<void> {
  const { kind, bodyCode, bodyName, replyAskedBy, replyBasis } = addressee
  const { place } = recommendation
  await tx
    .insertInto('recommendation_addressee')
    .values({
      recommendation_id: recommendation.recommendationId,
      status: recommendation.status,
      kind,
      incident_id: place?.incidentId ?? null,
      authority_code: kind === 'national-body' ? bodyCode : (place?.authorityCode ?? null),
      partnership_code: place?.partnershipCode ?? (kind === 'partnership' ? bodyCode : null),
      body_code: bodyCode,
      body_name: bodyName,
      reply_asked_by: replyAskedBy,
      reply_basis: replyBasis,
    })
    .execute()
}

export async function deleteAddressee(tx: Tx, addresseeId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('recommendation_addressee')
    .where('addressee_id', '=', addresseeId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

const placeColumns = (owed: Addressee) => ({
  incident_id: owed.incidentId,
  authority_code: owed.authorityCode,
  partnership_code: owed.partnershipCode,
})
const fileColumns = (file: KeptFile | null) =>
  file && { file_name: file.name, file_kind: file.kind, file_hash: file.hash, file_size: file.sizeBytes }
const fileOf = (row: {
  file_name: string | null
  file_kind: string | null
  file_hash: string | null
  file_size: string | null
}): KeptFile | null =>
  row.file_hash === null
    ? null
    : { name: row.file_name!, kind: row.file_kind!, hash: row.file_hash, sizeBytes: Number(row.file_size) }

/** The oldest first. */
export async function movesOf(tx: Tx, addresseeId: string): Promise<Move[]> {
  const rows = await tx
    .selectFrom('recommendation_move')
    .leftJoin('recommendation_move_check', 'recommendation_move_check.move_id', 'recommendation_move.move_id')
    .leftJoin('person as checker', 'checker.id', 'recommendation_move_check.person_id')
    .leftJoin('recommendation_move_taken_off as off', 'off.move_id', 'recommendation_move.move_id')
    .leftJoin('person', 'person.id', 'recommendation_move.person_id')
    .leftJoin('link', 'link.id', 'recommendation_move.link_id')
    .selectAll('recommendation_move')
    .select([
      'person.name as entered_by',
      'link.person_id as link_maker_id',
      'checker.name as checker_name',
      'recommendation_move_check.agrees',
      'recommendation_move_check.words as check_words',
      'recommendation_move_check.at as checked_at',
      'off.reason as off_reason',
    ])
    .where('recommendation_move.addressee_id', '=', addresseeId)
    .orderBy('recommendation_move.turn')
    .execute()
  return rows.map(row => ({
    moveId: row.move_id,
    axis: row.axis as Move['axis'],
    by: row.part as Move['by'],
    from: row.from_state as State,
    to: row.to_state as State,
    words: row.words,
    replacement: row.replacement,
    howAsked: row.how_asked,
    evidenceId: row.evidence_id,
    cameBy: row.came_by as Move['cameBy'],
    saidOn: row.said_on as CivilDate,
    saidBy: row.said_by,
    personId: row.person_id,
    enteredBy: row.entered_by,
    linkMakerId: row.link_maker_id,
    source: row.source,
    file: fileOf(row),
    at: row.at,
    check: row.checked_at && {
      personName: row.checker_name ?? '',
      agrees: row.agrees!,
      words: row.check_words!,
      at: row.checked_at,
    },
    takenOff: row.off_reason,
  }))
}

export async function insertMove(
  tx: Tx,
  owed: Addressee,
  move: Pick<
    Move,
    | 'axis'
    | 'by'
    | 'from'
    | 'to'
    | 'words'
    | 'replacement'
    | 'howAsked'
    | 'evidenceId'
    | 'cameBy'
    | 'saidOn'
    | 'saidBy'
    | 'source'
    | 'file'
    | 'personId'
  > & { linkId?: string },
): Promise<void> {
  await tx
    .insertInto('recommendation_move')
    .values({
      addressee_id: owed.addresseeId,
      ...placeColumns(owed),
      body_code: owed.bodyCode,
      axis: move.axis,
      part: move.by,
      from_state: move.from,
      to_state: move.to,
      words: move.words,
      replacement: move.replacement,
      how_asked: move.howAsked,
      evidence_id: move.evidenceId,
      came_by: move.cameBy,
      said_on: move.saidOn,
      said_by: move.saidBy,
      source: move.source,
      ...fileColumns(move.file),
      person_id: move.personId,
      link_id: move.linkId ?? null,
      at: contextOf(tx).now,
    })
    .execute()
}

/** The oldest first. */
export async function evidenceOf(tx: Tx, addresseeId: string): Promise<Evidence[]> {
  const rows = await tx
    .selectFrom('recommendation_evidence')
    .leftJoin('person', 'person.id', 'recommendation_evidence.person_id')
    .selectAll('recommendation_evidence')
    .select('person.name as person_name')
    .where('addressee_id', '=', addresseeId)
    .orderBy('added_at')
    .orderBy('evidence_id')
    .execute()
  return rows.map(row => ({
    evidenceId: row.evidence_id,
    kind: row.kind as Evidence['kind'],
    by: row.part as Part,
    title: row.title,
    words: row.words,
    file: fileOf(row),
    personName: row.person_name ?? '',
    addedAt: row.added_at,
  }))
}

export async function insertEvidence(
  tx: Tx,
  owed: Addressee,
  evidence: Pick<Evidence, 'kind' | 'by' | 'title' | 'words' | 'file'> & { personId: string | null; linkId?: string },
): Promise<string> {
  const { evidence_id: id } = await tx
    .insertInto('recommendation_evidence')
    .values({
      addressee_id: owed.addresseeId,
      ...placeColumns(owed),
      body_code: owed.bodyCode,
      kind: evidence.kind,
      part: evidence.by,
      title: evidence.title,
      words: evidence.words,
      ...fileColumns(evidence.file),
      person_id: evidence.personId,
      link_id: evidence.linkId ?? null,
      added_at: contextOf(tx).now,
    })
    .returning('evidence_id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertCheck(
  tx: Tx,
  owed: Addressee,
  check: { moveId: string; personId: string; agrees: boolean; words: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('recommendation_move_check')
    .values({
      move_id: check.moveId,
      ...placeColumns(owed),
      person_id: check.personId,
      agrees: check.agrees,
      words: check.words,
      at: contextOf(tx).now,
    })
    .onConflict(conflict => conflict.column('move_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** @returns false where it was taken off before */
export async function insertTakenOff(
  tx: Tx,
  taken: { moveId: string; reason: string; personId: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('recommendation_move_taken_off')
    .values({ move_id: taken.moveId, reason: taken.reason, person_id: taken.personId, at: contextOf(tx).now })
    .onConflict(conflict => conflict.column('move_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface Comment {
  bodyName: string
  words: string
  saidBy: string
  at: Date
}

/** The oldest first. */
export async function commentsOf(tx: Tx, recommendationId: string): Promise<Comment[]> {
  const rows = await tx
    .selectFrom('recommendation_comment')
    .innerJoin(
      'recommendation_addressee',
      'recommendation_addressee.addressee_id',
      'recommendation_comment.addressee_id',
    )
    .select([
      'recommendation_addressee.body_name',
      'recommendation_comment.words',
      'recommendation_comment.said_by',
      'recommendation_comment.at',
    ])
    .where('recommendation_addressee.recommendation_id', '=', recommendationId)
    .orderBy('recommendation_comment.at')
    .execute()
  return rows.map(row => ({ bodyName: row.body_name, words: row.words, saidBy: row.said_by, at: row.at }))
}

/** False when they have said the same before: it stands once. */
export async function insertComment(
  tx: Tx,
  owed: Addressee,
  comment: { words: string; saidBy: string; personId: string | null; linkId?: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('recommendation_comment')
    .values({
      addressee_id: owed.addresseeId,
      ...placeColumns(owed),
      body_code: owed.bodyCode,
      words: comment.words,
      said_by: comment.saidBy,
      person_id: comment.personId,
      link_id: comment.linkId ?? null,
      at: contextOf(tx).now,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Whether somebody speaks for whoever owes this answer: nobody judges their own action. */
export async function answersFor(tx: Tx, personId: string, addresseeId: string): Promise<boolean> {
  const { rows } = await sql<{ own: boolean }>`select answers_for(${personId}, ${addresseeId}) as own`.execute(tx)
  return rows[0]!.own
}

export async function isInAssuranceGroup(tx: Tx, personId: string, partnershipCode: string | null): Promise<boolean> {
  const row = await tx
    .selectFrom('assurance_member')
    .select('person_id')
    .where('person_id', '=', personId)
    .where('partnership_code', '=', partnershipCode ?? '')
    .executeTakeFirst()
  return row !== undefined
}

/** Bodies that a recommendation may be made to, by name. */
export async function possibleAddressees(
  tx: Tx,
  partnershipCode: string | null,
): Promise<{ code: string; name: string; kind: AddresseeKind }[]> {
  const rows = await tx
    .selectFrom('body')
    .select(['code', 'name', 'kind'])
    .where('until_on', 'is', null)
    .where(eb =>
      partnershipCode === null
        ? eb('kind', 'in', ['national', 'partnership'])
        : eb.or([
            eb('kind', '=', 'national'),
            eb('code', '=', partnershipCode),
            eb('code', 'in', eb =>
              eb
                .selectFrom('partnership_body')
                .select('body_code')
                .where('partnership_code', '=', partnershipCode)
                .where('until_on', 'is', null),
            ),
          ]),
    )
    .orderBy(sql`name collate "und-x-icu"`)
    .execute()
  return rows.map(({ code, name, kind }) => ({
    code,
    name,
    kind: kind === 'national' ? 'national-body' : kind === 'partnership' ? 'partnership' : 'partner',
  }))
}

/** Of an incident, as far as the acting person may see them: drafts first, then by number. */
export async function recommendationsOfIncident(
  tx: Tx,
  incidentId: string,
): Promise<{ number: string; status: Status; text: string }[]> {
  const rows = await tx
    .selectFrom('recommendation')
    .select(['number', 'status', 'text'])
    .where('incident_id', '=', incidentId)
    .orderBy('created_at')
    .orderBy('number')
    .execute()
  return rows.map(row => ({ ...row, status: row.status as Status }))
}

/** National ones that are being written, the newest first. */
export async function nationalDrafts(tx: Tx): Promise<{ number: string; status: Status; text: string }[]> {
  const rows = await tx
    .selectFrom('recommendation')
    .select(['number', 'status', 'text'])
    .where('incident_id', 'is', null)
    .where('status', 'in', ['draft', 'out-for-comment'])
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute()
  return rows.map(row => ({ ...row, status: row.status as Status }))
}
