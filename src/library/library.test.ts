import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, suite, test } from 'node:test'
import pino from 'pino'
import { createApp } from '../app/app.ts'
import { civilDate } from '../platform/dates.ts'
import type { ServiceError } from '../platform/errors.ts'
import { anArea, aPerson, testClock, testDatabase } from '../platform/testing/test-database.ts'
import { aLocalReview, aPreparedPublication, aPublicText } from './builders.ts'
import { libraryNeeding } from './needing.ts'
import { nextOnDesk } from './next-step.ts'
import { endClearDay, keepDayClear, openPublication, planPublicationDay, planTheDay } from './prepare-publication.ts'
import { hideAccount, noteChange, noteElsewhere, publishReview, removeNote, reviewAccount } from './publish.ts'
import { readDesk } from './read-desk.ts'
import { actsOf, readAround, readPublication, stepsOf } from './store.ts'
import { commentOnWithholding, sendJustification } from './withhold.ts'

// The app takes jobs from the database that it shares with other tests: it ends with these.
suite('publishing a local review', () => {
  const start = testClock.now().toISOString()
  afterEach(() => testClock.set(start))
  const closing: (() => unknown)[] = []
  after(async () => {
    for (const close of closing.toReversed()) await close()
  })

  let site: Promise<(url: string) => Promise<{ status: number; body: string }>> | undefined
  /** The public site, as the app serves it. */
  function get(url: string): Promise<{ status: number; body: string }> {
    site ??= (async () => {
      const dataFolder = mkdtempSync(join(tmpdir(), 'weathervane-library-'))
      closing.push(() => rmSync(dataFolder, { recursive: true, force: true }))
      const app = await createApp({
        config: {
          mode: 'production',
          port: 0,
          databaseUrl: undefined,
          dataFolder,
          publicUrl: 'https://weathervane.example',
          secret: 'a secret for tests, of more than 32 characters',
          smtpUrl: undefined,
          trustedProxies: [],
          helpPhone: '01632 960999',
          logLevel: 'error',
        },
        database: await testDatabase(),
        log: pino({ level: 'silent' }),
      })
      closing.push(() => app.close())
      return async (asked: string) => {
        const { statusCode, body } = await app.web.app.inject(asked)
        return { status: statusCode, body }
      }
    })()
    return site.then(ask => ask(url))
  }

  const now = { reason: '', note: '' }

  test('nothing is public, not even the number, before it is published; then the page stands with all that was chosen', async () => {
    const prepared = await aPreparedPublication()
    const { number, revision } = await prepared.read()
    assert.match(number, /^LR-2026-\d{5}$/)
    assert.equal((await get(`/reviews/${number}`)).status, 404)
    await prepared.tellEverybody()

    await publishReview(prepared.manager, prepared.incidentId, { seenRevision: revision, ...now })

    const { status, body } = await get(`/reviews/${number}`)
    assert.equal(status, 200)
    for (const words of ['Three visits had been missed', 'looked into on the same day', 'R-2026-30518', number]) {
      assert.ok(body.includes(words), words)
    }
    assert.doesNotMatch(body, /The mother read it|The scrutineer/)
    assert.ok((await get('/reviews/feed')).body.includes(number))
    assert.ok((await get('/sitemap.xml')).body.includes(number))
    assert.equal((await prepared.read()).keepUntil, '2027-03-02')
  })

  test('publication is stopped because a brother’s school has not been told, until somebody gives a reason, which is kept', async () => {
    const prepared = await aPreparedPublication()
    const { number, revision, reviewId } = await prepared.read()
    const steps = await prepared.manager.transaction(tx => stepsOf(tx, reviewId))
    for (const { id, kind } of steps.slice(0, 2)) {
      await planTheDay(prepared.manager, prepared.incidentId, { do: 'done', stepId: id })
      assert.notEqual(kind, 'siblings-schools')
    }
    const publish = (reason: string) =>
      publishReview(prepared.manager, prepared.incidentId, { seenRevision: revision, reason, note: '' })

    await assert.rejects(publish(''), { kind: 'invalid', message: /Something stands in the way/ })
    assert.equal((await get(`/reviews/${number}`)).status, 404)

    await publish('The school closed for the holidays; the head is told by telephone tonight.')
    const [act] = await prepared.manager.transaction(tx => actsOf(tx, reviewId))
    assert.match(act!.reason!, /told by telephone tonight/)
    assert.ok(act!.inTheWay.includes('Not told yet: The schools of brothers and sisters'))
    assert.doesNotMatch((await get(`/reviews/${number}`)).body, /holidays|Not told/)
  })

  const copies = [
    {
      name: 'six working days after the copy',
      sentAheadOn: '2026-02-20',
      says: /first day for publication is 3 March 2026/,
    },
    {
      name: 'without a copy',
      sentAheadOn: null,
      says: /If it goes today, the first day for publication is 11 March 2026/,
    },
  ]
  for (const { name, sentAheadOn, says } of copies) {
    test(`${name} nothing is published without a reason, which is kept; the first possible day is said`, async () => {
      const prepared = await aPreparedPublication(sentAheadOn)
      await prepared.tellEverybody()
      const { number, revision, reviewId } = await prepared.read()
      const publish = (reason: string) =>
        publishReview(prepared.manager, prepared.incidentId, { seenRevision: revision, reason, note: '' })
      await assert.rejects(publish(''), { kind: 'invalid', message: says })
      assert.equal((await get(`/reviews/${number}`)).status, 404)

      await publish('The judge named the child in open court this morning; the Panel agrees.')
      const [act] = await prepared.manager.transaction(tx => actsOf(tx, reviewId))
      assert.equal(act!.inTheWay.length, 1)
      assert.match(act!.inTheWay[0]!, says)
      assert.match(act!.reason!, /in open court/)
      assert.doesNotMatch((await get(`/reviews/${number}`)).body, /open court|seven working|first day/)
    })
  }

  test('the desk says what comes next, from the first word to the learning sheets', async () => {
    const prepared = await aPreparedPublication(null)
    const { manager, incidentId } = prepared
    const next = () =>
      manager.transaction(async tx =>
        nextOnDesk(await readDesk(tx, manager, (await readPublication(tx, incidentId))!, 'a reference')),
      )
    assert.match((await next())!.text, /^Send it ahead/)
    await prepared.save({ text: aPublicText({ title: '' }) })
    assert.match((await next())!.href, /publication\/words$/)
    await prepared.save({ text: aPublicText() })
    const { reviewId } = await prepared.read()
    await (
      await testDatabase()
    ).asOwner(client =>
      client.query(
        `insert into local_review_sending (review_id, incident_id, authority_code, partnership_code, what, sent_to, sent_on, recorded_at)
         select review_id, incident_id, authority_code, partnership_code, 'report', '{panel,dfe}', '2026-02-02', now()
         from review where review_id = $1`,
        [reviewId],
      ),
    )
    assert.match((await next())!.text, /^Plan the day/)
    await planPublicationDay(manager, incidentId, civilDate('2026-03-03'))
    assert.match((await next())!.text, /tell people in order/)
    await prepared.tellEverybody()
    assert.match((await next())!.href, /publication\/publish$/)
    const { revision } = await prepared.read()
    await publishReview(manager, incidentId, { seenRevision: revision, reason: 'A test.', note: '' })
    assert.match((await next())!.text, /^Write the learning sheets/)
  })

  test('a copy of the improvements alone is not one of the report', async () => {
    const prepared = await aPreparedPublication(null)
    const { manager, incidentId } = prepared
    await (
      await testDatabase()
    ).asOwner(client =>
      client.query(
        `insert into local_review_sending (review_id, incident_id, authority_code, partnership_code, what, sent_to, sent_on, recorded_at)
       select review_id, incident_id, authority_code, partnership_code, 'improvements', '{panel,dfe}', '2026-02-02', now()
       from review where incident_id = $1`,
        [incidentId],
      ),
    )
    const tooEarly = () =>
      manager.transaction(
        async tx => (await readDesk(tx, manager, (await readPublication(tx, incidentId))!, 'a reference')).tooEarly,
      )
    assert.match((await tooEarly())!, /No copy was sent/)
    await prepared.save({ manner: 'improvements' })
    assert.equal(await tooEarly(), undefined)
  })

  test('improvements that are public make no way for a report that the Panel never had', async () => {
    const prepared = await aPreparedPublication('2026-02-02')
    const { manager, incidentId } = prepared
    await (
      await testDatabase()
    ).asOwner(client =>
      client.query(`update local_review_sending set what = 'improvements' where incident_id = $1`, [incidentId]),
    )
    await prepared.tellEverybody()
    await sendJustification(manager, incidentId, { manner: 'improvements', justification: 'A brother is at school.' })
    const publish = async () =>
      publishReview(manager, incidentId, { seenRevision: (await prepared.read()).revision, reason: '', note: 'More.' })
    await publish()
    await prepared.save({ manner: 'full' })
    await assert.rejects(publish(), { kind: 'invalid', message: /No copy was sent/ })
  })

  test('a copy that went to one of the two who must have it does not count', async () => {
    const { manager, incidentId } = await aPreparedPublication('2026-02-02')
    await (
      await testDatabase()
    ).asOwner(client =>
      client.query(`update local_review_sending set sent_to = '{panel,ofsted}' where incident_id = $1`, [incidentId]),
    )
    const desk = await manager.transaction(async tx =>
      readDesk(tx, manager, (await readPublication(tx, incidentId))!, 'a reference'),
    )
    assert.match(desk.tooEarly!, /No copy was sent/)
  })

  test('a day before the first possible one is not planned', async () => {
    const { manager, incidentId } = await aPreparedPublication(null)
    const plan = (day: string) => planPublicationDay(manager, incidentId, civilDate(day))
    await assert.rejects(plan('2026-03-10'), { kind: 'invalid', message: /is 11 March 2026/ })
    await plan('2026-03-11')
  })

  test('published elsewhere, it is recorded with the day and the place, also where that was too early', async () => {
    const { manager, incidentId, read } = await aPreparedPublication('2026-02-20')
    const note = (on: string, where: string) => noteElsewhere(manager, incidentId, { on: civilDate(on), where })
    await assert.rejects(note('2026-03-03', 'https://partnership.example'), /today or in the past/)
    await assert.rejects(note('2026-03-02', ''), /Enter where/)
    await assert.rejects(noteElsewhere(manager, incidentId, { on: undefined, where: '' }), (error: ServiceError) => {
      assert.deepEqual(
        error.fields.map(({ field }) => field),
        ['elsewhereOn-day', 'where'],
      )
      return true
    })
    await note('2026-03-02', 'https://partnership.example')
    const { reviewId } = await read()
    const [act] = await manager.transaction(tx => actsOf(tx, reviewId))
    assert.match(act!.reason!, /2 March 2026, https:/)
    assert.match(act!.inTheWay[0]!, /first day for publication is 3 March 2026/)
  })

  test('a review that the family has not read to its end is not published without a reason, which is kept', async () => {
    const prepared = await aPreparedPublication()
    const { manager, incidentId } = prepared
    await prepared.tellEverybody()
    const owner = async (query: string) =>
      (await testDatabase()).asOwner(client => client.query(`${query} where incident_id = $1`, [incidentId]))
    const { revision, reviewId } = await prepared.read()
    const publish = (reason: string) => publishReview(manager, incidentId, { seenRevision: revision, reason, note: '' })
    await owner('update local_review_stage set closed_on = null')
    await assert.rejects(publish(''), /Something stands in the way/)
    await owner('delete from local_review_stage')
    await assert.rejects(publish(''), /Something stands in the way/)
    await publish('The family moved abroad, and asked not to be written to.')
    const [act] = await manager.transaction(tx => actsOf(tx, reviewId))
    assert.deepEqual(act!.inTheWay, ['Not begun: The family has read it'])
  })

  test('people are told in order: nobody is ticked off before whoever comes first', async () => {
    const { manager, incidentId, read } = await aPreparedPublication()
    const { reviewId } = await read()
    const [family, staff] = await manager.transaction(tx => stepsOf(tx, reviewId))
    await assert.rejects(planTheDay(manager, incidentId, { do: 'done', stepId: staff!.id }), /The family first/)
    await planTheDay(manager, incidentId, {
      do: 'not-needed',
      stepId: family!.id,
      because: 'They asked not to be told.',
    })
    await planTheDay(manager, incidentId, { do: 'done', stepId: staff!.id })
  })

  test('a trial that is on stands in the way until it is over', async () => {
    const prepared = await aPreparedPublication()
    const { manager, incidentId } = prepared
    await prepared.tellEverybody()
    await keepDayClear(manager, incidentId, {
      kind: 'trial',
      what: 'trial at the crown court',
      fromOn: civilDate('2026-02-01'),
      lastOn: undefined,
    })
    const { revision, reviewId } = await prepared.read()
    const publish = () => publishReview(manager, incidentId, { seenRevision: revision, ...now })
    await assert.rejects(publish(), /Something stands in the way/)
    const { dates } = await manager.transaction(tx => readAround(tx, reviewId))
    await endClearDay(manager, incidentId, dates[0]!.id!)
    await publish()
  })

  test('a text from which words were withdrawn is written anew before it is published, and home says so', async () => {
    const { manager, incidentId, save, tellEverybody, read } = await aPreparedPublication()
    await save({ text: aPublicText({ whatHappened: 'Her granny says: “[words withdrawn].”' }) })
    await tellEverybody()
    const waiting = async () =>
      (await manager.transaction(tx => libraryNeeding(tx, manager))).filter(({ what }) => what.includes('withdrawn'))
    assert.deepEqual(
      (await waiting()).map(({ href }) => href),
      [`/incidents/${incidentId}/publication/words`],
    )
    const publish = async () => publishReview(manager, incidentId, { seenRevision: (await read()).revision, ...now })
    await assert.rejects(publish, (error: ServiceError) => /without a sign/.test(error.fields[0]?.text ?? ''))
    await save({ text: aPublicText({ whatHappened: 'He is six.' }) })
    assert.deepEqual(await waiting(), [])
    await publish()
  })

  test('a retrial hides the account at once, everywhere; number, learning and recommendations stay, and nothing says why', async () => {
    const prepared = await aPreparedPublication()
    const { manager, incidentId } = prepared
    await prepared.save({ text: aPublicText({ whatHappened: 'The word is kittiwake.' }) })
    await prepared.tellEverybody()
    const { number, revision } = await prepared.read()
    await publishReview(manager, incidentId, { seenRevision: revision, ...now })
    assert.ok((await get('/reviews?words=kittiwake')).body.includes(number))

    await assert.rejects(hideAccount(manager, incidentId, ''), /Enter the reason/)
    await hideAccount(manager, incidentId, 'A retrial was ordered.')

    const { status, body } = await get(`/reviews/${number}`)
    assert.equal(status, 200)
    assert.match(body, /The account of what happened is not public at present\./)
    assert.match(body, /looked into on the same day/)
    assert.match(body, /R-2026-30518/)
    assert.doesNotMatch(body, /kittiwake|retrial/i)
    assert.doesNotMatch((await get('/reviews?words=kittiwake')).body, new RegExp(number))
    assert.doesNotMatch((await get('/reviews/feed')).body, /kittiwake|retrial/i)
  })

  test('improvements only are published after the Panel and the Secretary of State were told why, without an account', async () => {
    const prepared = await aPreparedPublication()
    const { manager, incidentId, area } = prepared
    await prepared.tellEverybody()
    await prepared.save({ manner: 'improvements' })
    const publish = async () =>
      publishReview(manager, incidentId, { seenRevision: (await prepared.read()).revision, ...now })
    await assert.rejects(publish(), /Tell the Panel and the Secretary of State first/)

    await sendJustification(manager, incidentId, {
      manner: 'improvements',
      justification: 'A brother at the only school of the island would be known at once.',
    })
    const secretariat = await aPerson('secretariat', 'TN')
    const needing = (await secretariat.transaction(tx => libraryNeeding(tx, secretariat))).filter(
      one => one.incidentId === incidentId,
    )
    assert.equal(needing.length, 1)
    await commentOnWithholding(secretariat, incidentId, 'Publish the part on the health visitor too.')
    const stranger = await aPerson('secretariat', area.region)
    await stranger.transaction(async tx => {
      const still = (await libraryNeeding(tx, stranger)).filter(one => one.incidentId === incidentId)
      assert.deepEqual(still, [])
    })

    await publish()
    const { number } = await prepared.read()
    const { body } = await get(`/reviews/${number}`)
    assert.match(body, /is not public at present/)
    assert.doesNotMatch(body, /Three visits|island|health visitor too/)
  })

  test('whoever is not signed in finds the published reviews from every page, and there the learning sheets of a sector', async () => {
    for (const page of ['/sign-in', '/help', '/reviews', '/recommendations', '/nowhere']) {
      const { body } = await get(page)
      const [, navigation = '', foot = ''] = /<header>(.*?)<\/header>.*<footer>(.*?)<\/footer>/s.exec(body) ?? []
      for (const part of [navigation, foot]) {
        assert.match(part, /href="\/reviews"[^>]*>(<strong[^>]*>)?\s*Published reviews/, page)
        assert.match(part, /href="\/recommendations"[^>]*>(<strong[^>]*>)?\s*Progress on recommendations/, page)
      }
    }
    assert.equal((await get('/')).status, 303)

    const prepared = await aPreparedPublication()
    const { manager, incidentId } = prepared
    await prepared.save({ text: aPublicText({ title: 'Guillemots in a harbour' }) })
    await prepared.tellEverybody()
    await publishReview(manager, incidentId, { seenRevision: (await prepared.read()).revision, ...now })
    const { number } = await prepared.read()
    assert.doesNotMatch((await get('/reviews?words=guillemots&sheet=health')).body, new RegExp(number))
    await (
      await testDatabase()
    ).asOwner(client =>
      client.query(
        `insert into published_sheet (number, sector, partnership_code, title, learnt, ask, published_on, as_at)
         select number, 'health', partnership_code, title, 'Learnt', '{Ask}', published_on, as_at from published_review
         where number = $1`,
        [number],
      ),
    )
    const link = new RegExp(`href="/reviews/${number}/sheets/health"[^>]*>\\s*Health`)
    assert.match((await get('/reviews?words=guillemots&sheet=health')).body, link)
    assert.doesNotMatch((await get('/reviews?words=guillemots&sheet=police')).body, new RegExp(number))
  })

  test('what is withheld is not published', async () => {
    const prepared = await aPreparedPublication()
    const { manager, incidentId } = prepared
    await sendJustification(manager, incidentId, {
      manner: 'withheld',
      justification: 'Family court proceedings on the sister run until the autumn.',
    })
    const { revision, number } = await prepared.read()
    await assert.rejects(publishReview(manager, incidentId, { seenRevision: revision, reason: 'x', note: '' }), {
      kind: 'conflict',
    })
    assert.equal((await get(`/reviews/${number}`)).status, 404)
  })

  test('who has not read the last words does not publish them', async () => {
    const prepared = await aPreparedPublication()
    const { revision } = await prepared.read()
    await prepared.save({ text: aPublicText({ learning: 'Other words.' }) })
    await assert.rejects(
      publishReview(prepared.manager, prepared.incidentId, { seenRevision: revision, reason: 'x', note: '' }),
      { kind: 'conflict' },
    )
  })

  test('published anew, the page says what has changed, keeps its number and its day, and a note is dated', async () => {
    const prepared = await aPreparedPublication()
    const { manager, incidentId } = prepared
    await prepared.tellEverybody()
    await publishReview(manager, incidentId, { seenRevision: (await prepared.read()).revision, ...now })
    const { number } = await prepared.read()
    testClock.set('2026-06-01T10:00:00Z')
    await noteChange(manager, incidentId, 'The inquest has ended.')
    await assert.rejects(noteChange(manager, incidentId, 'She has moved to 14 Alder Close.'), {
      kind: 'invalid',
      message: /14 Alder Close/,
    })
    const wrong = { on: '2026-06-01', text: 'A note that was for another page.' }
    await noteChange(manager, incidentId, wrong.text)
    assert.match((await get(`/reviews/${(await prepared.read()).number}`)).body, /for another page/)
    await removeNote(manager, incidentId, wrong)
    assert.doesNotMatch((await get(`/reviews/${(await prepared.read()).number}`)).body, /for another page/)
    await assert.rejects(removeNote(manager, incidentId, wrong), { kind: 'conflict' })
    await prepared.save({ text: aPublicText({ replacedBy: 'LR-2027-20000' }) })
    const anew = async (note: string) =>
      publishReview(manager, incidentId, { seenRevision: (await prepared.read()).revision, reason: '', note })
    await assert.rejects(anew(''), /Write what has changed/)
    await anew('A newer review replaces this one.')

    const { body } = await get(`/reviews/${number}`)
    assert.match(body, /1 June 2026:<\/strong> The inquest has ended\./)
    assert.match(body, /href="\/reviews\/LR-2027-20000"/)
    assert.match(body, /Published<\/dt>\s*<dd[^>]*>\s*2 March 2026/)
    assert.match(body, /As at<\/dt>\s*<dd[^>]*>\s*1 June 2026/)
  })

  test('after the first year a person decides whether the account stays, and not before', async () => {
    const prepared = await aPreparedPublication()
    const { manager, incidentId } = prepared
    await prepared.tellEverybody()
    await publishReview(manager, incidentId, { seenRevision: (await prepared.read()).revision, ...now })
    const decide = (keep: boolean) => reviewAccount(manager, incidentId, { keep, reason: 'Her brother is eleven now.' })
    const waiting = () => manager.transaction(tx => libraryNeeding(tx, manager))

    testClock.set('2027-03-01T10:00:00Z')
    await assert.rejects(decide(false), { kind: 'conflict' })
    assert.deepEqual(await waiting(), [])

    testClock.set('2027-03-02T10:00:00Z')
    assert.equal((await waiting()).length, 1)
    await decide(false)
    assert.deepEqual(await waiting(), [])
    const { number } = await prepared.read()
    assert.match((await get(`/reviews/${number}`)).body, /is not public at present/)
  })

  test('the manager of another partnership can neither publish, hide nor note', async () => {
    const prepared = await aPreparedPublication()
    await prepared.tellEverybody()
    await publishReview(prepared.manager, prepared.incidentId, {
      seenRevision: (await prepared.read()).revision,
      ...now,
    })
    const { manager: other } = await aPreparedPublication()
    await assert.rejects(hideAccount(other, prepared.incidentId, 'No reason.'), { kind: 'not-found' })
    await assert.rejects(noteChange(other, prepared.incidentId, 'A note.'), { kind: 'not-found' })
  })

  test('what the record has is taken up: cleared learning, a process that delays publication, a day that hurts', async () => {
    const area = await anArea()
    const incidentId = await aLocalReview(area, '2026-02-27')
    const manager = await aPerson('business-manager', area.partnership)
    await (
      await testDatabase()
    ).asOwner(async client => {
      const place = 'review_id, incident_id, authority_code, partnership_code'
      const add = (table: string, columns: string, values: string) =>
        client.query(
          `insert into ${table} (${place}, ${columns}) select ${place}, ${values}
         from review where incident_id = $1 and kind = 'local'`,
          [incidentId],
        )
      const point = 'number, text, theme, added_at, cleared_text, cleared_by, cleared_on, asked'
      await add(
        'learning_point',
        point,
        `1, 'Not for others', 'neglect', now(), 'Ask the father.', 'A lead', '2026-02-01', 'neither'`,
      )
      await add('learning_point', 'number, text, theme, added_at', `2, 'Not cleared', 'neglect', now()`)
      const process = 'kind, body, status, effect, checked_on'
      await add('related_process', process, `'inquest', 'HM Coroner', 'running', 'delays-publication', '2026-02-01'`)
      await add('related_process', process, `'police', 'Police', 'ended', 'delays-publication', '2026-02-01'`)
      await add(
        'family_entry',
        'kind, answers, form_version, entered_at',
        `'sensitive-date', '{"what": "The funeral", "happenedOn": "2024-03-04"}', 1, now()`,
      )
    })
    await openPublication(manager, incidentId)

    const desk = await manager.transaction(async tx =>
      readDesk(tx, manager, (await readPublication(tx, incidentId))!, 'a reference'),
    )
    assert.equal(desk.publication.text.learning, 'Ask the father.')
    assert.deepEqual(
      desk.obstacles.filter(words => words !== desk.tooEarly && !words.startsWith('Not told yet')),
      ['It delays publication: HM Coroner', 'An anniversary: The funeral (4 March, each year)'],
    )
    assert.match(desk.tooEarly!, /was sent on 27 February 2026: the first day for publication is 10 March 2026/)
  })
})
