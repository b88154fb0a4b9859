import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Acting } from '../platform/acting.ts'
import type { Tx } from '../platform/database/index.ts'
import { civilDate } from '../platform/dates.ts'
import { anArea, aPerson, testDatabase, type TestArea } from '../platform/testing/test-database.ts'
import { allocateReview } from './allocate-review.ts'
import { readLetter } from './letter/store.ts'
import type { LetterText } from './letter/letter.ts'
import type { Texts } from './letter/sections.ts'
import { typedPoint } from './letter/point-form.ts'
import { markersOf } from './quality-markers.ts'
import { readReview, type ReviewPlace } from '../reviews/index.ts'
import { receiveLocalReview, receiveReview } from './receive-review.ts'
import { saveReading } from './save-reading.ts'
import { sayLetterReady } from './letter/say-letter-ready.ts'
import { sendLetter } from './letter/send-letter.ts'
import type { ReadingText } from './store.ts'
import type { Theme } from '../reference-data/index.ts'
import { saveLetter, savePoint, startLetter } from './letter/write-letter.ts'

export interface Scene extends ReviewPlace {
  area: TestArea
  reference: string
  manager: Acting
  secretariat: Acting
  chair: Acting
  member: Acting
}

export const rapid = (incidentId: string) => ({ incidentId, kind: 'rapid' }) as const
export const local = (incidentId: string) => ({ incidentId, kind: 'local' }) as const

export const childName = 'Perpetua Quillfeather'

/** An incident whose rapid review the partnership has just sent, and the people around it. */
export async function aSentReview(
  options: {
    area?: TestArea
    outcomes?: string[]
    /** Of the review; its decision is `outcomes`. */
    answers?: Record<string, unknown>
    people?: Pick<Scene, 'manager' | 'secretariat' | 'chair' | 'member'>
  } = {},
): Promise<Scene> {
  const database = await testDatabase()
  const area = options.area ?? (await anArea())
  const incidentId = randomUUID()
  const reference = `T-${incidentId.slice(0, 8)}`
  const place = { incidentId, authorityCode: area.authority, partnershipCode: area.partnership }
  const people = options.people ?? {
    manager: await aPerson('business-manager', area.partnership),
    secretariat: await aPerson('secretariat', 'TN'),
    chair: await aPerson('panel-chair', 'TN'),
    member: await aPerson('panel-member', area.region),
  }
  const outcomes = options.outcomes ?? ['NO_FURTHER_REVIEW']
  const scope = [incidentId, area.authority, area.partnership]
  const now = database.clock.now()
  await database.asOwner(async client => {
    await client.query(
      `insert into incident (incident_id, authority_code, partnership_code, reference, nature, notified_at, created_at)
       values ($1, $2, $3, $4, 'serious-harm', $5, $5)`,
      [...scope, reference, now],
    )
    await client.query(
      `insert into child (incident_id, authority_code, partnership_code, position, is_primary, given_name, family_name)
       values ($1, $2, $3, 1, true, $4, $5)`,
      [...scope, ...childName.split(' ')],
    )
    await client.query(
      `with review as (
         insert into review (kind, incident_id, authority_code, partnership_code) values ('rapid', $1, $2, $3) returning *)
       insert into rapid_review (review_id, incident_id, authority_code, partnership_code, status, outcomes, clock_started_on, due_on, opened_at, sent_at)
       select review_id, incident_id, authority_code, partnership_code, 'sent', $4, '2026-02-09', '2026-03-02', $5, $5 from review`,
      [...scope, outcomes, now],
    )
    await client.query(
      `insert into rapid_review_version (incident_id, authority_code, partnership_code, version, form_version, answers, hash, sent_at)
       values ($1, $2, $3, 1, '1', $4, 'hash of the review', $5)`,
      [...scope, JSON.stringify({ ...options.answers, outcomes }), now],
    )
  })
  await people.manager.transaction(tx => receiveReview(tx, 'rapid', { place }))
  const { manager, secretariat, chair, member } = people
  const review = await manager.transaction(tx => readReview(tx, rapid(incidentId)))
  return { ...review!, area, reference, manager, secretariat, chair, member }
}

/** The same with a local review, whose report the partnership has just sent ahead of publication. */
export async function aSentLocalReview(
  options: Parameters<typeof aSentReview>[0] & { publishOn?: string; sentTo?: ('panel' | 'dfe')[] } = {},
): Promise<Scene> {
  const scene = await aSentReview(options)
  const { incidentId, authorityCode, partnershipCode, manager } = scene
  const { publishOn = null, sentTo = ['panel', 'dfe'] } = options
  const database = await testDatabase()
  await database.asOwner(client =>
    client.query(
      `with made as (
         insert into review (kind, incident_id, authority_code, partnership_code) values ('local', $1, $2, $3) returning *),
       decided as (
         insert into local_review (review_id, incident_id, authority_code, partnership_code, decided_on, decided_from, reasons,
           criteria, due_on, due_rule, publish_on, sent_ahead_on, recorded_at)
         select review_id, $1, $2, $3, '2026-02-27', 'partners', 'What nobody asked can still be asked.', '{A}', '2026-08-27',
           'C7-2018', $4, '2026-03-02', $5 from made returning *)
       insert into local_review_sending (review_id, incident_id, authority_code, partnership_code, what, sent_to, sent_on,
         note, recorded_at)
       select review_id, $1, $2, $3, 'report', $6, '2026-03-02', 'It goes by the secure mail too.', $5 from decided`,
      [incidentId, authorityCode, partnershipCode, publishOn, database.clock.now(), sentTo],
    ),
  )
  const review = (await manager.transaction(tx => readReview(tx, local(incidentId))))!
  const { reviewId } = review
  await manager.transaction(tx =>
    receiveLocalReview(tx, {
      kind: 'local-review.sent-ahead',
      subject: 'local-review-sent',
      place: scene,
      detail: { reviewId, sendingId: reviewId, what: 'report', sentTo, sentOn: civilDate('2026-03-02') },
    }),
  )
  return { ...scene, reviewId }
}

/**
 * Two acts at once: the second begins when the first has done all but commit, and the first commits when the second has
 * ended or waits for it. The embedded database has one connection, so there the second begins after the first.
 */
export async function atOnce(
  first: Acting,
  act: (first: Acting) => Promise<void>,
  second: () => Promise<void>,
): Promise<PromiseSettledResult<void>[]> {
  const { kind } = await testDatabase()
  const written = Promise.withResolvers<void>()
  let ended = kind === 'embedded'
  const slow: Acting = {
    ...first,
    transaction: work =>
      first.transaction(async tx => {
        const result = await work(tx)
        written.resolve()
        while (!ended && !(await isWaitedFor(tx))) await setTimeout(5)
        return result
      }),
  }
  const acts = [act(slow), written.promise.then(second).finally(() => (ended = true))]
  return Promise.allSettled(acts)
}

async function isWaitedFor(tx: Tx): Promise<boolean> {
  const { rows } = await sql`
    select from pg_locks
    where not granted and locktype = 'transactionid' and transactionid = pg_current_xact_id()::xid`.execute(tx)
  return rows.length > 0
}

/** A reading with every mark and both views. */
export function aReading(reading: Partial<ReadingText> = {}): ReadingText {
  return {
    notes: 'It explains why the visits stopped.',
    markers: Object.fromEntries(Object.keys(markersOf.rapid).map(key => [key, 'met'])),
    themes: [],
    viewOnReview: 'agree',
    viewOnDecision: 'agree-no-lcspr',
    ...reading,
  }
}

type Written = Texts & Partial<Pick<LetterText, 'viewOnReview' | 'viewOnDecision'>>

export function aLetterText(written: Written = {}): LetterText {
  const { viewOnReview, viewOnDecision, ...texts } = {
    viewOnReview: 'agree-with-comment',
    viewOnDecision: 'agree-no-lcspr',
    ...written,
  } as const
  return {
    texts: {
      opening: 'Thank you for the rapid review.',
      strengths: 'The health visitor asked again.',
      reasons: '',
      closing: 'It would help us to hear how the actions are going.',
      ...texts,
    },
    viewOnReview,
    viewOnDecision,
  }
}

/** The scene with the member having it. */
export async function anAllocatedReview(options?: Parameters<typeof aSentReview>[0]): Promise<Scene> {
  const scene = await aSentReview(options)
  await allocateReview(scene.secretariat, rapid(scene.incidentId), scene.member.personId)
  return scene
}

export async function writeLetter(
  scene: Scene,
  points: readonly { theme?: Theme; text: string; asks?: boolean; replyBy?: string }[],
  text: Written = {},
): Promise<void> {
  await startLetter(scene.member, rapid(scene.incidentId))
  await saveLetter(scene.member, rapid(scene.incidentId), aLetterText(text), await revisionOf(scene))
  for (const { theme = 'neglect', text: words, asks = true, replyBy } of points) {
    await savePoint(
      scene.member,
      rapid(scene.incidentId),
      { id: undefined, ...typedPoint({ theme, text: words, asks, replyBy: replyBy ? civilDate(replyBy) : undefined }) },
      await revisionOf(scene),
    )
  }
}

export async function writeReadyLetter(...written: Parameters<typeof writeLetter>): Promise<void> {
  await writeLetter(...written)
  const [{ member, incidentId }] = written
  await sayLetterReady(member, rapid(incidentId), await revisionOf(written[0]))
}

export async function revisionOf(scene: Scene): Promise<number> {
  const letter = await scene.chair.transaction(tx => readLetter(tx, rapid(scene.incidentId)))
  return letter!.revision
}

/** The scene with the member's reading finished and a letter of these points sent. */
export async function aSentLetter(
  points: Parameters<typeof writeLetter>[1] = [{ text: 'How do you know that visits are made?' }],
  options?: Parameters<typeof aSentReview>[0],
): Promise<Scene> {
  const scene = await anAllocatedReview(options)
  await saveReading(scene.member, rapid(scene.incidentId), aReading(), { seenRevision: 0, finish: true })
  await writeReadyLetter(scene, points)
  await sendLetter(scene.chair, rapid(scene.incidentId), await revisionOf(scene))
  return scene
}
