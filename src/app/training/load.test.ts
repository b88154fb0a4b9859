import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type pg from 'pg'
import { notificationForm, notificationsNeeding } from '../../notifications/index.ts'
import { letterHash, panelNeeding, readLetter } from '../../panel/index.ts'
import { actAs } from '../../platform/acting.ts'
import type { Database } from '../../platform/database/index.ts'
import { civilDate } from '../../platform/dates.ts'
import { detailHash } from '../../platform/events/index.ts'
import { type Answers, checkAnswers, problemsToSend } from '../../platform/questionnaire/index.ts'
import { freshDatabase, testClock } from '../../platform/testing/test-database.ts'
import { readLookups } from '../../reference-data/index.ts'
import { hashOfText, type RapidReviewAnswers, rapidReviewForm, reviewsNeeding } from '../../reviews/index.ts'
import { toldEvents } from '../tell-timeline.ts'
import { loadIncidents } from './load-incidents.ts'
import { incidentsWanted, loadTrainingCountry } from './load.ts'
import { inOffice } from './offices.ts'
import { appointments, tour } from './people.ts'
import type { Role } from './people.ts'
import { personId } from './story.ts'

const today = civilDate('2026-11-24')
const quiet = { say: () => {} }

async function rowsOf<Row>(database: Database, query: string, values: unknown[] = []): Promise<Row[]> {
  return database.asOwner(async client => (await client.query(query, values)).rows as Row[])
}

describe('the training country in the database', () => {
  let database: Database
  before(async () => {
    testClock.set(`${today}T10:00:00Z`)
    database = await freshDatabase()
    await loadTrainingCountry(database, quiet)
  })
  after(() => testClock.set('2026-03-02T10:00:00Z'))

  const read = <Row>(query: string, values?: unknown[]) => rowsOf<Row>(database, query, values)
  const count = async (query: string) => Number((await read<{ count: string }>(query))[0]?.count)
  const share = async (asked: string, from: string) =>
    Number(
      (
        await read<{ share: string }>(
          `select 100.0 * count(*) filter (where ${asked}) / count(*) as share from ${from}`,
        )
      )[0]?.share,
    )
  const near = (actual: number, expected: number, tolerance: number, what: string) =>
    assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual.toFixed(1)}, expected about ${expected}`)

  test('has the published number of each nature in each finished reporting year', async () => {
    const rows = await read<{ year: number; nature: string; count: number }>(
      `select extract(year from incident.notified_at + interval '9 months')::int as year, incident.nature, count(*)::int as count
       from incident join notification using (incident_id)
       where notification.answers ->> 'ageGroup' = 'under-18' and incident.notified_at < '2026-04-01' group by 1, 2 order by 1, 2`,
    )
    assert.deepEqual(
      rows.map(row => Object.values(row)),
      [
        [2024, 'death', 205],
        [2024, 'other', 20],
        [2024, 'serious-harm', 180],
        [2025, 'death', 162],
        [2025, 'other', 9],
        [2025, 'serious-harm', 167],
        [2026, 'death', 160],
        [2026, 'other', 9],
        [2026, 'serious-harm', 188],
      ],
    )
  })

  test('goes on at the same pace in the present year, up to yesterday', async () => {
    const present = await count(`select count(*) from incident where notified_at >= '2026-04-01'`)
    assert.ok(present > 215 && present < 245, `${present} since April`)
    assert.equal(await count(`select count(*) from incident where notified_at >= '2026-11-24'`), 0)
    assert.ok((await count(`select count(*) from incident where notified_at >= '2026-11-19'`)) > 2)
  })

  test('has fewer notifications in August and December', async () => {
    const perDay = async (months: string) =>
      (await count(
        `select count(*) from incident where notified_at < '2026-04-01' and extract(month from notified_at) in (${months})`,
      )) / months.split(',').length
    assert.ok((await perDay('8,12')) < 0.87 * (await perDay('1,2,3,4,5,6,7,9,10,11')))
  })

  test('has the published shares of ages, ethnic groups and looked-after children', async () => {
    const first = 'child join incident using (incident_id) where child.is_primary and incident.notified_at is not null'
    near(await share(`incident.incident_on - child.born_on < 365`, first), 34.5, 4.5, 'under 1')
    near(await share(`child.sex = 'male'`, `${first} and child.sex is not null`), 55, 5, 'boys')
    near(await share(`child.ethnicity like 'W%'`, `${first} and child.ethnicity is not null`), 75, 4.5, 'White')
    near(await share(`child.ethnicity like 'B%'`, `${first} and child.ethnicity is not null`), 8, 3, 'Black')
    const answered = `notification where status = 'sent' and answers ->> 'ageGroup' = 'under-18'`
    const says = (question: string, answer: string) => `answers -> 'children' -> 0 ->> '${question}' = '${answer}'`
    near(await share(says('lookedAfter', 'yes'), answered), (100 * (99 + 93 + 113)) / 1100, 4, 'looked after')
    near(await share(says('childProtectionPlan', 'at-the-time'), answered), 13, 3.5, 'child protection plan')
    near(await share(says('knownToAgencies', 'yes'), answered), 85, 4, 'known to agencies')
  })

  test('shows every stage, from a draft to an answered letter', async () => {
    const found = async (query: string) => (await read<{ status: string }>(query)).map(row => row.status)
    assert.deepEqual(await found(`select distinct status from notification order by 1`), ['draft', 'sent'])
    assert.deepEqual(await found(`select distinct status from rapid_review order by 1`), ['draft', 'sent', 'signing'])
    assert.deepEqual(await found(`select distinct status from consideration order by 1`), [
      'allocated',
      'letter-drafted',
      'letter-ready',
      'letter-sent',
      'read',
      'received',
    ])
    assert.deepEqual(await found(`select distinct status from letter order by 1`), ['draft', 'sent'])
    assert.deepEqual(await found(`select distinct answered::text as status from letter_point order by 1`), [
      'false',
      'true',
    ])
    assert.ok((await count(`select count(*) from notification where answers ->> 'ageGroup' = '18-to-24'`)) > 10)
    assert.ok((await count(`select count(*) from notification where review_needed = false`)) > 80)
    assert.ok((await count(`select count(*) from notification where typed <> '{}'`)) > 0)
    assert.ok((await count(`select count(*) from conflict_of_interest where incident_id is not null`)) > 5)
    assert.ok((await count(`select count(*) from allocation where ended_at is not null`)) > 5)
    assert.equal(
      await count(`select count(*) from rapid_review where answers ->> 'decision' like '%independent scrutineer%'`),
      16,
    )
  })

  test('has sent nothing that the forms would not let be sent', async () => {
    const secretariat = await actingAs('secretariat')
    const lookups = await secretariat.transaction(readLookups)
    const sent = await read<{ incident_id: string; answers: Answers }>(
      'select incident_id, answers from notification_version',
    )
    for (const { incident_id, answers } of sent) {
      assert.deepEqual(problemsToSend(notificationForm, answers, { today, lookups }), [], incident_id)
      assert.ok(checkAnswers(notificationForm, answers, lookups).length > 8, incident_id)
    }
    const reviews = await read<{ incident_id: string; answers: Answers }>(
      `select incident_id, answers from rapid_review where status <> 'draft'`,
    )
    assert.ok(sent.length > 1300 && reviews.length > 1100)
    for (const { incident_id, answers } of reviews) {
      assert.deepEqual(problemsToSend(rapidReviewForm, answers, { today }), [], incident_id)
    }
  })

  test('has the hashes that the service works out again from what is stored', async () => {
    const reviews = await read<{
      answers: RapidReviewAnswers
      text_hash: string
      hash: string | null
      signed: string[]
    }>(
      `select rapid_review.answers, rapid_review.text_hash, rapid_review_version.hash,
         array(select distinct text_hash from review_signature where incident_id = rapid_review.incident_id) as signed
       from rapid_review left join rapid_review_version using (incident_id) where rapid_review.status <> 'draft' limit 300`,
    )
    for (const { answers, text_hash, hash, signed } of reviews) {
      assert.equal(hashOfText(answers), text_hash)
      assert.equal(hash ?? text_hash, text_hash)
      assert.deepEqual(signed, signed.length > 0 ? [text_hash] : [])
    }
    const details = await read<{ salt: string; detail: string; detail_hash: string }>(
      'select salt, detail::text, detail_hash from event join event_detail on event_id = event.id where event.id % 20 = 0',
    )
    for (const { salt, detail, detail_hash } of details) assert.equal(detailHash(salt, detail), detail_hash)
    const secretariat = await actingAs('secretariat')
    const letters = await read<{ incident_id: string }>(
      `select incident_id from letter where status = 'sent' limit 100`,
    )
    for (const { incident_id } of letters) {
      const letter = await secretariat.transaction(tx => readLetter(tx, { incidentId: incident_id, kind: 'rapid' }))
      assert.ok(letter?.sentAt && letter.signedBy)
      assert.equal(letterHash({ ...letter, sentAt: letter.sentAt, signedBy: letter.signedBy }), letter.hash)
    }
  })

  test('keeps each row in the area of its incident', async () => {
    for (const table of [
      'notification',
      'child',
      'review',
      'rapid_review',
      'review_member',
      'review_signature',
      'review_text',
      'consideration',
      'allocation',
      'local_review',
      'local_review_entry',
      'family_member',
      'draft_version',
      'reading',
      'letter',
      'letter_point',
      'point_reply',
      'event',
    ]) {
      const strays = await count(
        `select count(*) from ${table} left join incident using (incident_id)
         where ${table}.incident_id is not null and (${table}.authority_code, ${table}.partnership_code)
           is distinct from (incident.authority_code, incident.partnership_code)`,
      )
      assert.equal(strays, 0, table)
    }
  })

  test('lets nobody act who is not in office that day, and nobody read what they may not', async () => {
    const strangers = await count(
      `select count(*) from event where person_id is not null and not exists (
         select from appointment where appointment.person_id = event.person_id and appointment.role = event.who
           and appointment.from_on <= event.at::date and (appointment.until_on is null or appointment.until_on > event.at::date))`,
    )
    assert.equal(strangers, 0)
    const conflicted = await count(
      `select count(*) from allocation join conflict_of_interest on conflict_of_interest.person_id = allocation.person_id
         and (conflict_of_interest.incident_id = allocation.incident_id or conflict_of_interest.authority_code = allocation.authority_code)
       where allocation.ended_at is null`,
    )
    assert.equal(conflicted, 0)
  })

  test('tells its events in order of time, each of a kind that the timeline has words for', async () => {
    const late = await count(`select count(*) from event where at >= '2026-11-24'`)
    const outOfOrder = await count(
      `select count(*) from (select at < lag(at) over (order by id) as earlier from event) as told where earlier`,
    )
    assert.deepEqual([late, outOfOrder], [0, 0])
    for (const { kind } of await read<{ kind: string }>('select distinct kind from event')) {
      assert.ok(Object.hasOwn(toldEvents, kind), kind)
    }
    const counts = await read<{ kind: string; count: number }>('select kind, count(*)::int from event group by 1')
    const told = new Map(counts.map(row => [row.kind, row.count]))
    for (const [kind, table] of [
      ['notification.sent', 'notification_version'],
      ['rapid-review.opened', 'rapid_review'],
      ['rapid-review.signed', `review join review_signature using (review_id) where kind = 'rapid'`],
      ['draft.signed', `review join review_signature using (review_id) where kind = 'local'`],
      ['local-review.decided', 'local_review'],
      ['local-review.sent-ahead', 'local_review_sending'],
      ['recommendation.moved', 'recommendation_move'],
      ['action.updated', 'action_update'],
      ['theme.asked', 'theme_question'],
      ['rapid-review.sent', 'rapid_review_version'],
      ['panel.received', 'consideration'],
      ['panel.allocated', 'allocation'],
      ['panel.reading-finished', 'reading'],
      ['panel.conflict-declared', 'conflict_of_interest'],
      ['letter.started', 'letter'],
      ['letter.point-answered', 'point_reply'],
    ] as const) {
      assert.equal(told.get(kind), await count(`select count(*) from ${table}`), kind)
    }
  })

  test('names no child in a letter', async () => {
    const letters = await read<{ text: string; names: string[] }>(
      `select concat_ws(' ', letter.texts::text, (select string_agg(letter_point.text, ' ') from letter_point
         where letter_point.letter_id = letter.letter_id)) as text,
         array(select given_name from child where child.incident_id = letter.incident_id) as names from letter`,
    )
    for (const { text, names } of letters) {
      for (const name of names) assert.doesNotMatch(text, new RegExp(`\\b${name}\\b`))
    }
  })

  test('leaves few letters unanswered that should have been answered by now', async () => {
    const late = await count(
      `select count(distinct incident_id) from letter_point where status = 'sent' and not answered and reply_by < '2026-11-24'`,
    )
    assert.ok(late > 0 && late < 20, `${late} letters`)
  })

  test('gives each person of the tour something sensible to do', async () => {
    const [notifier, manager, authority, icb, police, secretariat, member, chair] = await Promise.all(
      tour.map(stop => waitingFor(stop.email, stop.role)),
    )
    const atLeast = (waiting: string[] | undefined, words: RegExp, least: number) => {
      const found = waiting?.filter(what => words.test(what)).length ?? 0
      assert.ok(found >= least, `${words}: ${found} of ${waiting?.join('; ')}`)
    }
    atLeast(notifier, /Finish and send the notification/, 3)
    atLeast(manager, /Write the rapid review/, 3)
    atLeast(manager, /Send the rapid review: all partners have signed/, 1)
    atLeast(manager, /Answer 3 points/, 1)
    atLeast(manager, /Answer 2 points/, 1)
    atLeast(authority, /Sign the rapid review/, 2)
    atLeast(icb, /Sign the rapid review/, 2)
    atLeast(police, /Sign the rapid review/, 2)
    atLeast(secretariat, /Give the rapid review to a Panel member/, 2)
    atLeast(member, /Read the rapid review/, 2)
    atLeast(member, /Write the letter/, 1)
    atLeast(member, /Finish the letter/, 1)
    atLeast(chair, /Read, sign and send the letter/, 2)
    for (const waiting of [notifier, manager, authority, icb, police, secretariat, member, chair]) {
      assert.ok(waiting && waiting.length <= 40, `${waiting?.length} things wait`)
    }
  })

  test('tells one incident from the notification to a closed recommendation, and a later one asks whether it worked', async () => {
    const [told] = await read<Record<string, string>>(
      `select published_review.number, local_review.outcome, local_review.incident_id from published_review
       join publication using (number) join local_review using (review_id)`,
    )
    assert.match(told?.['number'] ?? '', /^LR-2025-\d{5}$/)
    assert.equal(told?.['outcome'], 'published')
    const owed = await read<Record<string, string>>(
      `select recommendation.status, reply, delivery, effect from recommendation_addressee
       join recommendation using (recommendation_id) where recommendation.incident_id = $1
       order by 1, 2, 4`,
      [told?.['incident_id']],
    )
    assert.deepEqual(
      owed.map(row => Object.values(row).join(', ')),
      [
        'closed, accepted, done, practice-changed',
        'issued, accepted, done, no-change',
        'issued, accepted, done, not-looked-at',
        'issued, accepted-differently, in-progress, not-looked-at',
        'issued, not-taken-forward, not-started, not-looked-at',
      ],
    )
    const asked = await read<{ status: string; answer: string | null }>(
      `select recommendation.status, answer from theme_question join recommendation using (recommendation_id)`,
    )
    assert.deepEqual(asked, [{ status: 'closed', answer: null }])
    assert.equal(await count(`select count(*) from published_recommendation where number like 'R-2025-%'`), 4)
  })

  test('has local reviews at every stage, some of them late', async () => {
    assert.ok((await count('select count(*) from local_review where closed_on is not null')) > 50)
    assert.ok((await count('select count(*) from local_review where outcome is null')) > 20)
    assert.ok((await count('select count(*) from local_review where outcome is null and expected_on > due_on')) >= 2)
    assert.ok((await count(`select count(*) from draft where status = 'signing'`)) >= 2)
    const undecided = await count(
      `select count(*) from rapid_review left join local_review using (incident_id)
       where 'LCSPR' = any (rapid_review.outcomes) and sent_at < '2026-11-10' and local_review.review_id is null`,
    )
    assert.equal(undecided, 0)
  })

  test('has a review of the tour due on the next working day, and a late one', async () => {
    const partnership = tour[0]?.partnershipCode
    const due = await read<{ due_on: string }>(
      `select due_on from rapid_review where status = 'draft' and partnership_code = $1 order by due_on`,
      [partnership],
    )
    assert.ok(due[0] && due[0].due_on < today)
    assert.ok(due.some(row => row.due_on === '2026-11-25'))
  })

  test('shows the member an earlier letter of the same area on the same theme', async () => {
    const member = tour.find(stop => stop.role === 'panel-member')
    const earlier = await count(
      `select count(*) from allocation join consideration using (incident_id)
         join incident using (incident_id) join letter_point on letter_point.partnership_code = incident.partnership_code
       where consideration.status = 'allocated' and allocation.person_id = '${personId(member ?? { email: '' })}'
         and letter_point.status = 'sent' and letter_point.answered and letter_point.theme = 'men-not-seen'`,
    )
    assert.ok(earlier > 0)
  })

  test('is there once, however often it is loaded', async () => {
    const before = await count('select count(*) from event')
    await loadTrainingCountry(database, quiet)
    assert.equal(await count('select count(*) from event'), before)
  })

  async function actingAs(role: Role, email?: string) {
    const who = appointments.find(
      each =>
        each.role === role && (!email || each.email === email) && inOffice(role, each.bodyCode, today).includes(each),
    )
    assert.ok(who, `${role} ${email}`)
    const [held] = await read<{ id: string }>(
      'select id from appointment where person_id = $1 and role = $2 and body_code = $3 and until_on is null',
      [personId(who), role, who.bodyCode],
    )
    assert.ok(held)
    return actAs(database, {
      personId: personId(who),
      name: who.name,
      appointmentId: held.id,
      role,
      bodyCode: who.bodyCode,
      bodyName: who.bodyCode,
    })
  }

  async function waitingFor(email: string, role: Role): Promise<string[]> {
    const acting = await actingAs(role, email)
    return acting.transaction(async tx => {
      const waiting = [
        ...(await notificationsNeeding(tx, acting)),
        ...(await reviewsNeeding(tx, acting)),
        ...(await panelNeeding(tx, acting)),
      ]
      return waiting.map(({ what }) => what)
    })
  }
})

test('the same seed and day give the same rows, and another seed others', async () => {
  const written = async (seed: number) => {
    const rows = createHash('sha256')
    const client = { query: (text: string, values: string[]) => rows.update(text).update(values[0] ?? '') }
    await loadIncidents(client as unknown as pg.ClientBase, { ...quiet, seed, today, count: 400 })
    return rows.digest('hex')
  }
  const first = await written(1)
  assert.equal(await written(1), first)
  assert.notEqual(await written(2), first)
})

test('a country that fails half way leaves nothing behind', async () => {
  const database = await freshDatabase()
  await database.asOwner(client => client.query(`alter table letter add constraint no_letters check (false)`))
  await assert.rejects(loadTrainingCountry(database, { ...quiet, incidents: 100 }), /no_letters/)
  assert.deepEqual(await rowsOf(database, 'select from region'), [])
})

test('as many incidents as are asked for, up to 200,000', () => {
  assert.equal(incidentsWanted([]), undefined)
  assert.equal(incidentsWanted(['--incidents', '20000']), 20_000)
  for (const asked of ['0', '200001', 'many', '1.5', '']) {
    assert.throws(() => incidentsWanted(['--incidents', asked]), /whole number from 1 to 200000/)
  }
})
