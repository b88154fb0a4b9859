import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB, Tx } from '../platform/database/index.ts'
import { isCivilDate, type CivilDate } from '../platform/dates.ts'
import { columnsOf, placeFrom, type IncidentPlace } from '../platform/events/index.ts'
import {
  emptyText,
  type Around,
  type Manner,
  type Publication,
  type PublicationStatus,
  type PublicationText,
  type SensitiveDate,
  type SensitiveKind,
  type Step,
  type StepKind,
} from './publication.ts'

export interface LocalReview extends IncidentPlace {
  reviewId: string
  partnershipName: string
}

/** The local review of an incident, where the acting person may see how it is published. */
export async function localReviewOf(tx: Tx, incidentId: string): Promise<LocalReview | undefined> {
  const row = await tx
    .selectFrom('review')
    .innerJoin('body', 'body.code', 'review.partnership_code')
    .select(['review_id', 'incident_id', 'authority_code', 'partnership_code', 'body.name'])
    .where('incident_id', '=', incidentId)
    .where('review.kind', '=', 'local')
    .where(
      sql<boolean>`(array['*', partnership_code, partnership_code || ' ' || authority_code] && my_codes('publication:read')
        or incident_id = any (my_reached('publication:read')))`,
    )
    .executeTakeFirst()
  return row && { ...placeFrom(row), reviewId: row.review_id, partnershipName: row.name }
}

export async function readPublication(tx: Tx, incidentId: string): Promise<Publication | undefined> {
  const row = await tx.selectFrom('publication').selectAll().where('incident_id', '=', incidentId).executeTakeFirst()
  return row && toPublication(row)
}

/** The same, held until the end of the transaction. */
export async function lockPublication(tx: Tx, incidentId: string): Promise<Publication | undefined> {
  const row = await tx
    .selectFrom('publication')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .forUpdate()
    .executeTakeFirst()
  return row && toPublication(row)
}

function toPublication(row: Selectable<DB['publication']>): Publication {
  return {
    ...placeFrom(row),
    reviewId: row.review_id,
    number: row.number,
    status: row.status as PublicationStatus,
    manner: row.manner as Manner,
    text: emptyText(row.text as Partial<PublicationText>),
    firstPublishedOn: (row.first_published_on as CivilDate | null) ?? undefined,
    keepUntil: (row.keep_until as CivilDate | null) ?? undefined,
    narrativeReviewedOn: (row.narrative_reviewed_on as CivilDate | null) ?? undefined,
    revision: row.revision,
  }
}

/** @returns false where the number was drawn before */
export async function insertPublication(
  tx: Tx,
  review: IncidentPlace & { reviewId: string },
  { number, personId, at }: { number: string; personId: string; at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('publication')
    .values({ review_id: review.reviewId, ...columnsOf(review), number, saved_by: personId, saved_at: at })
    .onConflict(conflict => conflict.column('number').doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export async function updatePublication(
  tx: Tx,
  publication: Publication,
  changes: Partial<Omit<Publication, 'reviewId' | 'number' | 'revision' | keyof IncidentPlace>>,
  { personId, at }: { personId: string; at: Date },
): Promise<void> {
  const next = { ...publication, ...changes }
  await tx
    .updateTable('publication')
    .set({
      status: next.status,
      manner: next.manner,
      text: JSON.stringify(next.text),
      first_published_on: next.firstPublishedOn ?? null,
      keep_until: next.keepUntil ?? null,
      narrative_reviewed_on: next.narrativeReviewedOn ?? null,
      revision: publication.revision + 1,
      saved_by: personId,
      saved_at: at,
    })
    .where('review_id', '=', publication.reviewId)
    .execute()
}

export async function stepsOf(tx: Tx, reviewId: string): Promise<Step[]> {
  const rows = await tx
    .selectFrom('publication_step')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('position')
    .execute()
  return rows.map(row => ({
    id: row.id,
    position: row.position,
    kind: row.kind as StepKind,
    whom: row.whom,
    toldBy: row.told_by,
    tellAt: row.tell_at,
    doneAt: row.done_at ?? undefined,
    notNeededBecause: row.not_needed_because ?? undefined,
  }))
}

export async function insertSteps(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  steps: readonly Pick<Step, 'position' | 'kind' | 'whom' | 'toldBy' | 'tellAt'>[],
): Promise<void> {
  await tx
    .insertInto('publication_step')
    .values(
      steps.map(step => ({
        review_id: publication.reviewId,
        ...columnsOf(publication),
        position: step.position,
        kind: step.kind,
        whom: step.whom,
        told_by: step.toldBy,
        tell_at: step.tellAt,
      })),
    )
    .execute()
}

export async function updateStep(
  tx: Tx,
  stepId: string,
  changes: {
    toldBy?: string
    tellAt?: string
    done?: { by: string; at: Date } | null
    notNeededBecause?: string | null
  },
): Promise<void> {
  await tx
    .updateTable('publication_step')
    .set({
      ...(changes.toldBy !== undefined && { told_by: changes.toldBy }),
      ...(changes.tellAt !== undefined && { tell_at: changes.tellAt }),
      ...(changes.done !== undefined && { done_at: changes.done?.at ?? null, done_by: changes.done?.by ?? null }),
      ...(changes.notNeededBecause !== undefined && { not_needed_because: changes.notNeededBecause }),
    })
    .where('id', '=', stepId)
    .execute()
}

/** What surrounds a publication, from the plan, the related processes and the record of contact with the family. */
export async function readAround(tx: Tx, reviewId: string): Promise<Around> {
  const processes = await tx
    .selectFrom('related_process')
    .select(['body', 'reference'])
    .where('review_id', '=', reviewId)
    .where('status', '<>', 'ended')
    .where('effect', '=', 'delays-publication')
    .orderBy('body')
    .execute()
  return {
    steps: await stepsOf(tx, reviewId),
    dates: [...(await sensitiveDatesOf(tx, reviewId)), ...(await familyDatesOf(tx, reviewId))],
    processes: processes.map(({ body, reference }) => ({ body, reference: reference ?? undefined })),
  }
}

/** Days that hurt, as the record of contact with the family has them. Each comes again every year. */
async function familyDatesOf(tx: Tx, reviewId: string): Promise<SensitiveDate[]> {
  const rows = await tx
    .selectFrom('family_entry')
    .select(['answers'])
    .where('review_id', '=', reviewId)
    .where('kind', '=', 'sensitive-date')
    .orderBy('entered_at')
    .execute()
  return rows.flatMap(({ answers }) => {
    const { what, happenedOn } = answers as Record<string, unknown>
    if (typeof what !== 'string' || typeof happenedOn !== 'string' || !isCivilDate(happenedOn)) return []
    return [{ id: undefined, kind: 'anniversary', what, fromOn: happenedOn, lastOn: undefined, endedAt: undefined }]
  })
}

/** What the local review knows of its days. */
/** Words of the record that may be shared: learning that was cleared, and recommendations that were issued. */
export async function wordsOfReview(
  tx: Tx,
  reviewId: string,
): Promise<{ learning: string[]; recommendations: string[] }> {
  const learning = await tx
    .selectFrom('learning_point')
    .select('cleared_text')
    .where('review_id', '=', reviewId)
    .where('cleared_text', 'is not', null)
    .orderBy('number')
    .execute()
  const issued = await tx
    .selectFrom('recommendation')
    .select(['number', 'text'])
    .where('review_id', '=', reviewId)
    .where('source_kind', '=', 'local-review')
    .where('status', '=', 'issued')
    .orderBy('issued_at')
    .orderBy('number')
    .execute()
  return {
    learning: learning.flatMap(({ cleared_text }) => cleared_text ?? []),
    recommendations: issued.map(({ number, text }) => `${number} ${text.replaceAll(/\s+/g, ' ')}`),
  }
}

async function sensitiveDatesOf(tx: Tx, reviewId: string): Promise<SensitiveDate[]> {
  const rows = await tx
    .selectFrom('sensitive_date')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('from_on')
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    kind: row.kind as SensitiveKind,
    what: row.what,
    fromOn: row.from_on as CivilDate,
    lastOn: (row.last_on as CivilDate | null) ?? undefined,
    endedAt: row.ended_at ?? undefined,
  }))
}

export async function insertSensitiveDate(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  date: Omit<SensitiveDate, 'id' | 'endedAt'>,
  personId: string,
): Promise<void> {
  await tx
    .insertInto('sensitive_date')
    .values({
      review_id: publication.reviewId,
      ...columnsOf(publication),
      kind: date.kind,
      what: date.what,
      from_on: date.fromOn,
      last_on: date.lastOn ?? null,
      added_by: personId,
    })
    .execute()
}

export async function endSensitiveDate(tx: Tx, reviewId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('sensitive_date')
    .set({ ended_at: at })
    .where('review_id', '=', reviewId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/** A file that a person has cleared for the public. */
export interface PublicFile {
  id: string
  title: string
  hash: string
  type: string
  extension: string
  sizeBytes: number
  clearedBy: string
  clearedAt: Date
}

export async function publicFilesOf(tx: Tx, reviewId: string): Promise<PublicFile[]> {
  const rows = await tx
    .selectFrom('publication_file')
    .leftJoin('person', 'person.id', 'publication_file.cleared_by')
    .selectAll('publication_file')
    .select('person.name')
    .where('review_id', '=', reviewId)
    .orderBy('cleared_at')
    .orderBy('publication_file.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    title: row.title,
    hash: row.hash,
    type: row.type,
    extension: row.extension,
    sizeBytes: row.size_bytes,
    clearedBy: row.name ?? 'somebody',
    clearedAt: row.cleared_at,
  }))
}

export async function insertPublicFile(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  file: Omit<PublicFile, 'id' | 'clearedBy'> & { personId: string },
): Promise<void> {
  await tx
    .insertInto('publication_file')
    .values({
      review_id: publication.reviewId,
      ...columnsOf(publication),
      title: file.title,
      hash: file.hash,
      type: file.type,
      extension: file.extension,
      size_bytes: file.sizeBytes,
      cleared_by: file.personId,
      cleared_at: file.clearedAt,
    })
    .execute()
}

export async function deletePublicFile(tx: Tx, reviewId: string, id: string): Promise<void> {
  await tx.deleteFrom('publication_file').where('review_id', '=', reviewId).where('id', '=', id).execute()
}

export interface Withholding extends IncidentPlace {
  id: string
  manner: Exclude<Manner, 'full'>
  justification: string
  by: string
  sentAt: Date
  comments: { text: string; by: string; at: Date }[]
}

/** What was said of why the review is not published in full, the newest first. */
export async function withholdingsOf(tx: Tx, incidentId: string): Promise<Withholding[]> {
  const rows = await tx
    .selectFrom('withholding')
    .leftJoin('person', 'person.id', 'withholding.person_id')
    .selectAll('withholding')
    .select('person.name')
    .where('incident_id', '=', incidentId)
    .orderBy('sent_at', 'desc')
    .execute()
  const comments = await tx
    .selectFrom('withholding_comment')
    .leftJoin('person', 'person.id', 'withholding_comment.person_id')
    .select(['withholding_id', 'text', 'at', 'person.name'])
    .where('incident_id', '=', incidentId)
    .orderBy('at')
    .execute()
  return rows.map(row => ({
    ...placeFrom(row),
    id: row.id,
    manner: row.manner as Withholding['manner'],
    justification: row.justification,
    by: row.name ?? 'somebody',
    sentAt: row.sent_at,
    comments: comments
      .filter(comment => comment.withholding_id === row.id)
      .map(({ text, name, at }) => ({ text, by: name ?? 'somebody', at })),
  }))
}

export async function insertWithholding(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  said: { manner: Withholding['manner']; justification: string; personId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('withholding')
    .values({
      review_id: publication.reviewId,
      ...columnsOf(publication),
      manner: said.manner,
      justification: said.justification,
      person_id: said.personId,
      sent_at: said.at,
    })
    .execute()
}

export async function insertWithholdingComment(
  tx: Tx,
  withholding: IncidentPlace & { id: string },
  said: { text: string; personId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('withholding_comment')
    .values({
      withholding_id: withholding.id,
      ...columnsOf(withholding),
      text: said.text,
      person_id: said.personId,
      at: said.at,
    })
    .execute()
}

export type Act = 'published' | 'hidden' | 'narrative-kept' | 'narrative-ended' | 'noted' | 'elsewhere'

export async function insertAct(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  act: { act: Act; reason?: string | undefined; inTheWay?: readonly string[]; personId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('publication_act')
    .values({
      review_id: publication.reviewId,
      ...columnsOf(publication),
      act: act.act,
      reason: act.reason ?? null,
      in_the_way: [...(act.inTheWay ?? [])],
      person_id: act.personId,
      at: act.at,
    })
    .execute()
}

export async function actsOf(
  tx: Tx,
  reviewId: string,
): Promise<{ act: Act; reason: string | undefined; inTheWay: string[]; by: string; at: Date }[]> {
  const rows = await tx
    .selectFrom('publication_act')
    .leftJoin('person', 'person.id', 'publication_act.person_id')
    .select(['act', 'reason', 'in_the_way', 'at', 'person.name'])
    .where('review_id', '=', reviewId)
    .orderBy('at', 'desc')
    .execute()
  return rows.map(row => ({
    act: row.act as Act,
    reason: row.reason ?? undefined,
    inTheWay: row.in_the_way,
    by: row.name ?? 'somebody',
    at: row.at,
  }))
}

/** What a publication put before the public, and all that a public page is made from. */
export interface PublishedReview {
  number: string
  partnershipCode: string
  partnershipName: string
  title: string
  account: string | undefined
  learning: string
  recommendations: string[]
  themes: string[]
  documents: PublishedDocument[]
  changes: { on: CivilDate; text: string }[]
  replacedBy: string | undefined
  mayBeIndexed: boolean
  inFeed: boolean
  publishedOn: CivilDate
  asAt: CivilDate
}
export interface PublishedDocument {
  /** Its name in the address: the beginning of its hash, and its extension. */
  name: string
  title: string
  hash: string
  type: string
  sizeBytes: number
}

export async function savePublished(tx: Tx, review: PublishedReview): Promise<void> {
  const columns = {
    partnership_name: review.partnershipName,
    title: review.title,
    account: review.account ?? null,
    learning: review.learning,
    recommendations: review.recommendations,
    themes: review.themes,
    documents: JSON.stringify(review.documents),
    changes: JSON.stringify(review.changes),
    replaced_by: review.replacedBy ?? null,
    may_be_indexed: review.mayBeIndexed,
    in_feed: review.inFeed,
    as_at: review.asAt,
  }
  await tx
    .insertInto('published_review')
    .values({
      ...columns,
      number: review.number,
      partnership_code: review.partnershipCode,
      published_on: review.publishedOn,
    })
    .onConflict(conflict => conflict.column('number').doUpdateSet(columns))
    .execute()
}

type PublishedRow = Selectable<DB['published_review']>

export function toPublished(row: PublishedRow): PublishedReview {
  return {
    number: row.number,
    partnershipCode: row.partnership_code,
    partnershipName: row.partnership_name,
    title: row.title,
    account: row.account ?? undefined,
    learning: row.learning,
    recommendations: row.recommendations,
    themes: row.themes,
    documents: row.documents as unknown as PublishedDocument[],
    changes: row.changes as unknown as PublishedReview['changes'],
    replacedBy: row.replaced_by ?? undefined,
    mayBeIndexed: row.may_be_indexed,
    inFeed: row.in_feed,
    publishedOn: row.published_on as CivilDate,
    asAt: row.as_at as CivilDate,
  }
}

export function publishedByNumber(number: string): RawBuilder<PublishedRow> {
  return sql<PublishedRow>`select * from published_review where number = ${number}`
}

/** What lists, tables and feeds say of a published review: not its whole text. */
export interface PublishedLine {
  number: string
  title: string
  partnershipName: string
  themes: string[]
  publishedOn: CivilDate
  asAt: CivilDate
  hasAccount: boolean
  replacedBy: string | null
}
const lineColumns = sql`number, title, partnership_name as "partnershipName", themes, published_on as "publishedOn", as_at as "asAt", account is not null as "hasAccount", replaced_by as "replacedBy"`

/** Those with all of the words, in any part of what is public, and with the theme: the newest first. */
export function publishedWith(
  { words, theme }: { words: string; theme: string },
  { limit, offset }: { limit: number; offset: number },
): RawBuilder<PublishedLine & { found: string }> {
  // Each only where it is asked for, so that an index answers.
  const asked = sql.join(
    [
      sql`true`,
      ...(words
        ? [
            sql`words_of_published(title, account, learning, recommendations) @@ websearch_to_tsquery('pg_catalog.english', ${words})`,
          ]
        : []),
      ...(theme ? [sql`${theme} = any (themes)`] : []),
    ],
    sql` and `,
  )
  return sql<PublishedLine & { found: string }>`
    select ${lineColumns}, (select count(*) from published_review where ${asked}) as found
    from published_review where ${asked}
    order by published_on desc, number
    limit ${limit} offset ${offset}`
}

/** All of them, or those that search engines may list, the newest first. */
export function allPublished(chosen: 'all' | 'index'): RawBuilder<PublishedLine> {
  const which = chosen === 'all' ? sql`true` : sql`may_be_indexed`
  return sql<PublishedLine>`
    select ${lineColumns} from published_review where ${which} order by published_on desc, number limit 50000`
}

/** What is new, of those that were chosen for the feed. */
export function publishedInFeed(): RawBuilder<PublishedLine & { learning: string }> {
  return sql<PublishedLine & { learning: string }>`
    select ${lineColumns}, left(learning, 500) as learning from published_review where in_feed
    order by published_on desc, number limit 50`
}

export async function readPublished(tx: Tx, number: string): Promise<PublishedReview | undefined> {
  const [row] = (await publishedByNumber(number).execute(tx)).rows
  return row && toPublished(row)
}

/** Accounts whose first year is over, and of which nobody has decided yet whether they stay. */
export async function accountsToReview(
  tx: Tx,
  today: CivilDate,
): Promise<{ incidentId: string; number: string; keepUntil: CivilDate; reference: string }[]> {
  const rows = await tx
    .selectFrom('publication')
    .innerJoin('incident', 'incident.incident_id', 'publication.incident_id')
    .select(['publication.incident_id', 'publication.number', 'publication.keep_until', 'incident.reference'])
    .where('publication.status', '=', 'published')
    .where('publication.keep_until', '<=', today)
    .where('publication.narrative_reviewed_on', 'is', null)
    .orderBy('publication.keep_until')
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    number: row.number,
    keepUntil: row.keep_until as CivilDate,
    reference: row.reference,
  }))
}

/** Reviews that are not to be published in full, on which the Panel has not said anything yet. */
export async function withholdingsToComment(
  tx: Tx,
): Promise<{ incidentId: string; reference: string; sentAt: Date }[]> {
  const rows = await tx
    .selectFrom('withholding')
    .innerJoin('incident', 'incident.incident_id', 'withholding.incident_id')
    .select(['withholding.incident_id', 'incident.reference', 'withholding.sent_at'])
    // Of the last one of each review: it stands in the place of those before.
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('withholding as later')
            .select('later.id')
            .whereRef('later.review_id', '=', 'withholding.review_id')
            .whereRef('later.sent_at', '>', 'withholding.sent_at'),
        ),
      ),
    )
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('withholding_comment')
            .select('withholding_comment.id')
            .whereRef('withholding_comment.withholding_id', '=', 'withholding.id'),
        ),
      ),
    )
    .orderBy('withholding.sent_at')
    .execute()
  return rows.map(row => ({ incidentId: row.incident_id, reference: row.reference, sentAt: row.sent_at }))
}
