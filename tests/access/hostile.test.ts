import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after, before, suite, test } from 'node:test'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import pino from 'pino'
import { createApp, type App } from '../../src/app/app.ts'
import { aPreparedPublication } from '../../src/library/builders.ts'
import type { Acting } from '../../src/platform/acting.ts'
import { openDoor } from '../../src/platform/sign-in/door.ts'
import { startSession, visitorWith } from '../../src/platform/sign-in/sessions.ts'
import { anArea, aPerson, testClock, testDatabase } from '../../src/platform/testing/test-database.ts'
import { agreeAction } from '../../src/recommendations/actions/agree-action.ts'
import { handOverLink } from '../../src/recommendations/actions/ask-for-update.ts'
import { anAction } from '../../src/recommendations/actions/builders.ts'
import { aRecommendation, aRecommendationText } from '../../src/recommendations/builders.ts'
import { endAddresseeLink, makeAddresseeLink } from '../../src/recommendations/link-for-addressee.ts'
import { addAddressee, startRecommendation } from '../../src/recommendations/write-recommendation.ts'
import { aNotifiedIncident, aReviewToSign } from '../../src/reviews/builders.ts'
import { aLocalReview, writeVersion } from '../../src/reviews/drafting/builders.ts'
import { savePerson } from '../../src/reviews/families/change-family.ts'
import { closeDraftsOnline, openDraftOnline } from '../../src/reviews/families/online-draft.ts'
import { readFamily } from '../../src/reviews/families/store.ts'

// What somebody who means harm, or presses twice, sends over a real connection.

suite('over a real connection', () => {
  let app: App
  let origin: string
  let folder: string
  let logged = ''
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk)
        done()
      },
    }),
  )
  const config = () => ({
    mode: 'production' as const,
    port: 0,
    databaseUrl: undefined,
    dataFolder: folder,
    publicUrl: 'https://weathervane.example',
    secret: 'a secret for tests, of more than 32 characters',
    smtpUrl: undefined,
    trustedProxies: [],
    helpPhone: '01632 960999',
    logLevel: 'trace' as const,
  })
  before(async () => {
    testClock.set('2026-03-02T10:00:00Z')
    folder = mkdtempSync(join(tmpdir(), 'weathervane-hostile-'))
    app = await createApp({ config: config(), database: await testDatabase(), log })
    await app.web.app.listen({ port: 0, host: '127.0.0.1' })
    origin = `http://127.0.0.1:${(app.web.app.server.address() as AddressInfo).port}`
  })
  after(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function signedIn({ personId }: Acting) {
    const database = await testDatabase()
    const door = openDoor({ database, config: config(), log })
    const token = await database.as({ task: 'sign-in' }, tx => startSession(tx, personId, 'a test', 'full'))
    const { csrfToken } = (await visitorWith(door, token))!
    const headers = { cookie: `${door.cookieName}=${token}`, 'sec-fetch-site': 'same-origin' }
    return {
      get: (path: string) => fetch(origin + path, { headers, redirect: 'manual' }),
      post: (path: string, fields: Record<string, string>) =>
        fetch(origin + path, {
          method: 'POST',
          headers,
          redirect: 'manual',
          body: new URLSearchParams({ _csrf: csrfToken, ...fields }),
        }),
      upload: (path: string, fields: Record<string, string>, file: { name: string; bytes: Uint8Array }) => {
        const form = new FormData()
        for (const [name, value] of Object.entries({ _csrf: csrfToken, ...fields })) form.append(name, value)
        form.append('file', new Blob([Buffer.from(file.bytes)]), file.name)
        return fetch(origin + path, { method: 'POST', headers, redirect: 'manual', body: form })
      },
    }
  }
  const rows = async (query: string, values: unknown[]) =>
    (await (await testDatabase()).asOwner(client => client.query<Record<string, unknown>>(query, values))).rows
  const hidden = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

  async function aBodyThatOwes() {
    const code = `HB-${randomUUID().slice(0, 8)}`
    await rows(`insert into body (code, kind, name) values ($1, 'national', $1)`, [code])
    const made = await aRecommendation(await testDatabase(), {
      bodyCode: 'TN',
      addressees: [
        { kind: 'national-body', bodyCode: code },
        { kind: 'national-body', bodyCode: null, bodyName: `College ${code}` },
      ],
    })
    const [owed, college] = made.addresseeIds as [string, string]
    return { ...made, code, owed, college, path: `/desk/recommendations/${made.number}/to/${owed}` }
  }

  const pages = zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': new Uint8Array(400 * 1024 * 1024),
  })
  const hostile = [
    {
      what: 'a page that says it is a PDF',
      name: 'audit.pdf',
      bytes: strToU8('<html><script>alert(1)</script></html>'),
    },
    { what: 'a program', name: 'audit.exe', bytes: Buffer.from('4d5a90000300000004000000ffff0000', 'hex') },
    {
      what: 'a program that says it is text',
      name: 'audit.txt',
      bytes: Buffer.from('4d5a90000300000004000000ffff0000', 'hex'),
    },
    {
      what: 'a picture that says it is a Word file',
      name: 'audit.docx',
      bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    },
    { what: 'a zip bomb', name: 'audit.docx', bytes: pages },
    { what: 'nothing', name: 'audit.txt', bytes: new Uint8Array() },
    { what: 'more than fits', name: 'audit.txt', bytes: new Uint8Array(26 * 1024 * 1024).fill(97) },
  ]
  test('as evidence no file is taken that is not what it says, or is too much; and the next is read', async () => {
    const { path, owed, code } = await aBodyThatOwes()
    const body = await signedIn(await aPerson('body-answering', code))
    const fields = { kind: 'audit', title: 'An audit', words: '' }
    const kept = () => rows('select file_name, file_kind from recommendation_evidence where addressee_id = $1', [owed])
    for (const { what, name, bytes } of hostile) {
      const answer = await body.upload(`${path}/evidence`, fields, { name, bytes })
      const page = await answer.text()
      assert.ok(answer.status === 400 || answer.status === 413, `${what}: ${answer.status}`)
      if (answer.status === 400) {
        assert.match(page, /href="#file"/, what)
        assert.match(page, /An audit/, `${what}: what was typed is kept`)
      }
    }
    assert.deepEqual(await kept(), [])
    const name = `../../etc/<b>"audit";${'n'.repeat(300)}.txt`
    const answer = await body.upload(`${path}/evidence`, fields, { name, bytes: strToU8('Forty files were read.\n') })
    assert.equal(answer.status, 303)
    const [file] = await kept()
    assert.doesNotMatch(String(file?.['file_name']), /[/\\]/, 'no path is kept')
    const page = await (await body.get(path)).text()
    assert.doesNotMatch(page, /<b>"audit/)
    const href = /href="([^"]+\/files\/[^"]+)"/.exec(page)![1]!
    const given = await body.get(href)
    assert.deepEqual(
      [
        given.status,
        given.headers.get('content-type'),
        given.headers.get('x-content-type-options'),
        given.headers.get('cache-control'),
      ],
      [200, 'application/octet-stream', 'nosniff', 'no-store'],
    )
    assert.match(
      given.headers.get('content-disposition')!,
      /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/,
    )
    const other = await signedIn(await aPerson('body-answering', (await aBodyThatOwes()).code))
    assert.notEqual((await other.get(`${href.slice(0, -4)}0000`)).status, 200)
  })

  test('a recommendation that is issued, and published, twice at once is so once', async () => {
    const secretariat = await aPerson('secretariat', 'TN')
    const area = await anArea()
    const text = aRecommendationText()
    const number = await startRecommendation(
      secretariat,
      { sourceKind: 'national-review', sourceName: 'A review' },
      text,
    )
    await addAddressee(secretariat, number, {
      bodyCode: area.partnership,
      otherBody: '',
      replyAskedBy: null,
      replyBasis: null,
    })
    const [one, other] = [await signedIn(secretariat), await signedIn(await aPerson('secretariat', 'TN'))]
    const path = `/desk/recommendations/${number}`
    const happened = async (kind: string) =>
      (
        await rows(
          `select 1 from event join event_detail on event_id = id where kind = $1 and detail ->> 'number' = $2`,
          [kind, number],
        )
      ).length
    for (const [what, kind] of [
      ['issue', 'recommendation.issued'],
      ['publish', 'recommendation.published'],
    ] as const) {
      const revision = hidden(await (await one.get(path)).text(), 'revision') || '1'
      const answers = await Promise.all([one, other, one].map(who => who.post(`${path}/${what}`, { revision })))
      assert.ok(
        answers.every(({ status }) => status < 500),
        what,
      )
      assert.equal(await happened(kind), 1, `${what}: ${answers.map(({ status }) => status).join(', ')}`)
    }
  })

  test('a partner who presses twice signs once, and two of one partner sign once', async () => {
    const { place, area } = await aReviewToSign()
    const police = [
      await aPerson('safeguarding-partner', area.police),
      await aPerson('safeguarding-partner', area.police),
    ]
    const [one, other] = [await signedIn(police[0]!), await signedIn(police[1]!)]
    const path = `/signatures/${place.incidentId}`
    const read = hidden(await (await one.get(path)).text(), 'read')
    assert.ok(read)
    const answers = await Promise.all(
      [one, one, other].map(who => who.post(`${path}/sign`, { read, confirmed: 'yes' })),
    )
    assert.ok(answers.every(({ status }) => status < 500))
    assert.equal((await rows('select 1 from review_signature where review_id = $1', [place.reviewId])).length, 1)
    assert.equal(
      (await rows(`select 1 from event where incident_id = $1 and kind like '%signed'`, [place.incidentId])).length,
      1,
    )
  })

  test('a review that is published twice at once is published once', async () => {
    const prepared = await aPreparedPublication()
    await prepared.tellEverybody()
    const { incidentId, manager, area } = prepared
    const [one, other] = [await signedIn(manager), await signedIn(await aPerson('business-manager', area.partnership))]
    const path = `/incidents/${incidentId}/publication/publish`
    const revision = String((await prepared.read()).revision)
    const form = { revision, reason: 'The family has read it and agrees.', note: '' }
    const answers = await Promise.all([one, other].map(who => who.post(path, form)))
    const statuses = answers.map(({ status }) => status)
    assert.ok(
      statuses.every(status => status < 500),
      statuses.join(),
    )
    const acts = await rows(`select act from publication_act where incident_id = $1 and act = 'published'`, [
      incidentId,
    ])
    assert.ok(acts.length <= 1, statuses.join())
  })

  test('a draft of an area is found by nobody else: in no list, search, file or page, and by no address that is guessed', async () => {
    const [area, elsewhere] = [await anArea(), await anArea()]
    const place = await aNotifiedIncident(area)
    const word = `Zq${randomUUID().slice(0, 8)}`
    const said = `Every practice should name by May who looks at bruises in babies ${word}.`
    const text = { text: said, finding: word, intendedChange: word, measure: word, priorityReason: word }
    const drafts = [
      await aRecommendation(await testDatabase(), {
        place,
        bodyCode: area.partnership,
        addressees: [{ kind: 'partner', bodyCode: area.police }],
        status: 'draft',
        text,
      }),
      await aRecommendation(await testDatabase(), {
        place,
        bodyCode: area.partnership,
        addressees: [{ kind: 'national-body', bodyCode: null, bodyName: `College ${word}` }],
        status: 'out-for-comment',
        text,
      }),
    ]
    const there = await aPerson('business-manager', elsewhere.partnership)
    const others = await Promise.all([
      Promise.resolve(there),
      aPerson('safeguarding-partner', elsewhere.police),
      aPerson('lead-safeguarding-partner', area.police),
      aPerson('scrutineer', area.partnership),
      aPerson('approver', area.authority),
      aPerson('notifier', area.authority),
      aPerson('agency-author', area.partnership),
      aPerson('reviewer', area.partnership),
      aPerson('data-officer', area.partnership),
      aPerson('secretariat', 'TN'),
      aPerson('panel-chair', 'TN'),
      aPerson('panel-member', area.region),
      aPerson('dfe', 'TN'),
      aPerson('ofsted', 'TN'),
      aPerson('administrator', 'TN'),
      aPerson('body-answering', (await aBodyThatOwes()).code),
    ])
    const lists = app.web.routes.filter(
      ({ method, url }) => method === 'GET' && !/[:*]/.test(url) && !/^\/(assets|health|sign-)/.test(url),
    )
    assert.ok(lists.length > 30)
    const asked = `q=${word}&body=${word}&theme=neglect&partnership=${area.partnership}&incident=${place.incidentId}&year=2025`
    const guessed = drafts.flatMap(({ number, addresseeIds: [owed] }) =>
      ['', '/text', '/recognised', `/to/${owed}`, `/to/${owed}/reply`, `/to/${owed}/links`, `/to/${owed}/evidence`].map(
        end => `/desk/recommendations/${number}${end}`,
      ),
    )
    const incident = [`/incidents/${place.incidentId}`, `/incidents/${place.incidentId}/recommendations`]
    const tells = async (answer: Response, isAddress: boolean) => {
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const parts = bytes[0] === 0x50 && bytes[1] === 0x4b ? Object.values(unzipSync(bytes)) : [bytes]
      const page = parts.map(part => strFromU8(part)).join()
      // What was asked for stands in the form, and in the links to other pages of the list.
      const shown = page.replaceAll(/(value|href|action)="[^"]*"/g, '')
      return (
        page.includes(said.slice(0, 60)) ||
        (isAddress && shown.includes(word)) ||
        drafts.some(({ number }) => shown.includes(number) && !isAddress)
      )
    }
    const found: string[] = []
    for (const person of others) {
      const who = await signedIn(person)
      for (const path of [...lists.map(({ url }) => `${url}?${asked}`), ...incident]) {
        if (await tells(await who.get(path), false)) found.push(`${person.role} ${path}`)
      }
      for (const path of guessed) {
        const answer = await who.get(path)
        if (answer.status === 200 || (await tells(answer, true))) found.push(`${person.role} ${answer.status} ${path}`)
      }
    }
    for (const { url } of lists)
      if (await tells(await fetch(`${origin}${url}?${asked}`), false)) found.push(`anybody ${url}`)
    assert.deepEqual(found, [])

    // Whoever writes the same is shown what became of earlier ones, and not that somebody is writing it now.
    const at = await aNotifiedIncident(elsewhere)
    const same = await startRecommendation(
      there,
      { incidentId: at.incidentId, sourceKind: 'local-review', sourceName: '' },
      aRecommendationText({ text: said.replace(word, '') }),
    )
    const page = await (await (await signedIn(there)).get(`/desk/recommendations/${same}`)).text()
    assert.match(page, /bruises in babies/)
    assert.ok(!page.includes(word) && drafts.every(({ number }) => !page.includes(number)))

    const manager = await signedIn(await aPerson('business-manager', area.partnership))
    const own = await manager.get(`/desk/recommendations/${drafts[0]!.number}`)
    assert.ok((await own.text()).includes(said), 'whoever may see it is found: the check can find something')
  })

  test('a local review and its family are read by none but theirs, and a draft that was closed by nobody', async () => {
    const area = await anArea()
    const word = `Zq${randomUUID().slice(0, 8)}`
    const { place, manager, reviewer } = await aLocalReview(area)
    const { incidentId } = place
    const version = await writeVersion(manager, incidentId, `# What happened\n\nThe calls of ${word} were missed.`)
    const posted = { name: `Ann ${word}`, relation: 'grandparent', mayContact: 'yes', involvement: 'involved' }
    await savePerson(manager, incidentId, { memberId: undefined, seenRevision: 0, posted })
    const record = await manager.transaction(tx => readFamily(tx, manager, incidentId))
    const memberId = record.members[0]!.id
    const review = `/incidents/${incidentId}/local-review`
    const family = `/incidents/${incidentId}/family`
    const ofReview = [
      '',
      '/report',
      '/report/versions/1',
      '/report/compare',
      '/accuracy',
      '/bench',
      '/learning',
      '/related',
      '/sent-ahead',
      '/terms',
      '/why',
      '/letter',
      '/signing',
      '/report/signing',
      '/report/upload',
      '/report/write',
    ].map(end => review + end)
    const ofFamily = [
      '',
      '/lead',
      `/people?member=${memberId}`,
      `/quotes?member=${memberId}`,
      `/drafts?member=${memberId}`,
      `/message?member=${memberId}`,
      '/add/reading',
      '/add/practitioner',
    ].map(end => family + end)
    const tells = async (person: Acting, path: string) => {
      const answer = await (await signedIn(person)).get(path)
      return (await answer.text()).includes(word)
    }
    const elsewhere = await anArea()
    const outside = await Promise.all([
      aPerson('business-manager', elsewhere.partnership),
      aPerson('safeguarding-partner', elsewhere.police),
      aPerson('scrutineer', elsewhere.partnership),
      aPerson('reviewer', area.partnership),
      aPerson('agency-author', area.partnership),
      aPerson('approver', area.authority),
      aPerson('notifier', area.authority),
      aPerson('data-officer', area.partnership),
      aPerson('secretariat', 'TN'),
      aPerson('panel-chair', 'TN'),
      aPerson('panel-member', area.region),
      aPerson('dfe', 'TN'),
      aPerson('ofsted', 'TN'),
      aPerson('administrator', 'TN'),
      aPerson('body-answering', (await aBodyThatOwes()).code),
    ])
    const ofPartnership = await Promise.all([
      aPerson('safeguarding-partner', area.police),
      aPerson('lead-safeguarding-partner', area.police),
      aPerson('scrutineer', area.partnership),
    ])
    const found: string[] = []
    for (const person of [...outside, ...ofPartnership]) {
      for (const path of [...(outside.includes(person) ? ofReview : []), ...ofFamily]) {
        if (await tells(person, path)) found.push(`${person.role} ${path}`)
      }
    }
    assert.deepEqual(found, [])
    for (const person of [manager, reviewer]) {
      assert.ok(await tells(person, `${review}/report/versions/1`), person.role)
      assert.ok(await tells(person, family), person.role)
    }

    const draft = { memberId, verifiedHow: 'Passport seen', verifiedBy: 'The reviewer', version: String(version) }
    const address = new URL(await openDraftOnline(manager, incidentId, draft, origin)).pathname
    const csrf = hidden(await (await fetch(origin + address)).text(), '_csrf')
    const headers = { 'sec-fetch-site': 'same-origin' }
    const body = new URLSearchParams({ _csrf: csrf })
    await fetch(origin + address, { method: 'POST', headers, body, redirect: 'manual' })
    const read = async (end: string) => (await fetch(`${origin}${address}${end}`, { redirect: 'manual' })).text()
    assert.match(await read('/family-draft'), new RegExp(`calls of ${word}`))
    for (const end of ['/reply', '/action-update', '/draft-comment', '/family-draft/1']) {
      assert.doesNotMatch(await read(end), new RegExp(`calls of ${word}`), end)
    }
    await closeDraftsOnline(reviewer, incidentId, 'arrest')
    for (const end of ['', '/family-draft']) assert.doesNotMatch(await read(end), new RegExp(word), end)
  })

  test('pages of a link are kept nowhere and tell no address; ended, it opens nothing, and its token stands in no log', async () => {
    const { number, college } = await aBodyThatOwes()
    const secretariat = await aPerson('secretariat', 'TN')
    const to = { holder: 'Dr Rao', mailAddress: '' }
    const made = await makeAddresseeLink(secretariat, number, college, to, origin)
    const token = made.address.split('/').at(-1)!
    const elsewhere = await anArea()
    const manager = await aPerson('business-manager', elsewhere.partnership)
    const actionId = await agreeAction(manager, anAction({ area: elsewhere }, { learning: 'Calls get lost.' }))
    const otherToken = (await handOverLink(manager, actionId, origin)).split('/').at(-1)!
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${origin}/with-link/${path}`, { redirect: 'manual', ...init })
    const isKeptNowhere = async (path: string, init?: RequestInit) => {
      const answer = await ask(path, init)
      const { headers } = answer
      assert.deepEqual(
        [
          headers.get('cache-control'),
          headers.get('referrer-policy'),
          headers.get('x-robots-tag'),
          headers.get('set-cookie'),
        ],
        ['no-store', 'no-referrer', 'noindex', null],
        `${init?.method ?? 'GET'} ${path.replace(token, 'TOKEN')} ${answer.status}`,
      )
      return { status: answer.status, page: await answer.text() }
    }
    const csrf = hidden((await isKeptNowhere(token)).page, '_csrf')
    const post = (fields: Record<string, string>, more: Record<string, string> = {}) => ({
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', ...more },
      body: new URLSearchParams(fields),
    })
    await isKeptNowhere(token, post({ _csrf: csrf }))
    assert.match((await isKeptNowhere(`${token}/reply`)).page, /Reply/)
    assert.ok(csrf)
    const said = {
      _csrf: csrf,
      fromReply: 'awaited',
      fromDelivery: 'not-started',
      reply: 'accepted',
      words: 'We will.',
    }
    const refused = [
      [`${token}/reply`, post({ ...said, _csrf: 'x' })],
      [`${token}/reply`, post(said, { 'sec-fetch-site': 'cross-site' })],
      [`${token}/reply`, { method: 'PUT' }],
      [`${token}/action-update`, {}],
      [`${token}/no-such-page`, {}],
      [`${otherToken}/reply`, {}],
      ['no-such-token/reply', {}],
      [`${token.slice(0, -1)}/reply`, post(said)],
    ] as const
    for (const [path, init] of refused) assert.ok((await isKeptNowhere(path, init)).status >= 400, path)
    assert.deepEqual(await rows('select 1 from recommendation_move where addressee_id = $1', [college]), [])

    const [{ id }] = (await rows('select id from link where object_id = $1', [college])) as [{ id: string }]
    await endAddresseeLink(secretariat, number, college, id)
    for (const [path, init] of [
      [token, {}],
      [token, post({ _csrf: csrf })],
      [`${token}/reply`, {}],
      [`${token}/reply`, post(said)],
    ] as const) {
      const { status, page } = await isKeptNowhere(path, init)
      assert.equal(status, 404)
      assert.doesNotMatch(page, new RegExp(number))
    }
    assert.deepEqual(await rows('select 1 from recommendation_move where addressee_id = $1', [college]), [])
    assert.ok(logged.includes('/with-link/:token'))
    assert.ok(!logged.includes(token) && !logged.includes(otherToken), 'a token stands in the log')
  })
})
