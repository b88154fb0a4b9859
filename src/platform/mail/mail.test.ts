import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pino from 'pino'
import { SMTPServer } from 'smtp-server'
import type { Acting } from '../acting.ts'
import type { Database } from '../database/index.ts'
import { startJobs } from '../jobs/index.ts'
import { anArea, aPerson, testDatabase, type TestArea } from '../testing/test-database.ts'
import { mailKinds, mailTo, readOutbox, sendMailJob, type MailKind } from './index.ts'
import { sendMailKind } from './mail-to.ts'

const publicUrl = 'https://weathervane.test.example'
const ring = 'the Panel secretariat on 01632 960000'
const settings = { publicUrl, ring }
const kinds = Object.keys(mailKinds) as MailKind[]
const aboutTheChild = ['Ottilie', 'Quennell', 'Harrowgate Lane', 'fractured', '2025-11-03', 'Bramwell']

/** A mail server on this machine that keeps what it takes. */
async function aMailServer(t: TestContext) {
  const taken: { to: string[]; raw: string; messageId: string | undefined }[] = []
  const server = { taken, refusing: false, url: '' }
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo: (address, _, done) =>
      done(server.refusing ? Object.assign(new Error(`No ${address.address} here`), { responseCode: 451 }) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString().replaceAll('=\r\n', '')
        const to = session.envelope.rcptTo.map(one => one.address)
        taken.push({ to, raw, messageId: /^Message-ID: (.*)\r$/im.exec(raw)?.[1] })
        done()
      })
    },
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  const listening = smtp.listen(0, '127.0.0.1', resolve)
  await promise
  const address = listening.address()
  assert.ok(address && typeof address === 'object')
  server.url = `smtp://127.0.0.1:${address.port}`
  t.after(() => new Promise<void>(closed => smtp.close(closed)))
  return server
}

/** An incident with a notification that says much about a child. */
async function anIncident() {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const reference = `T-${area.authority}`
  const incidentId = await notifier.transaction(async tx => {
    const place = { authority_code: area.authority, partnership_code: area.partnership }
    const { incident_id } = await tx
      .insertInto('incident')
      .values({ ...place, reference, created_at: new Date() })
      .returning('incident_id')
      .executeTakeFirstOrThrow()
    const [givenName, familyName, address, harm, bornOn, worker] = aboutTheChild
    await tx
      .insertInto('notification')
      .values({
        ...place,
        incident_id,
        answers: JSON.stringify({ givenName, familyName, address, harm, bornOn, worker }),
        saved_at: new Date(),
      })
      .execute()
    return incident_id
  })
  return { area, notifier, reference, incidentId }
}

const emailOf = async (person: Acting) => {
  const database = await testDatabase()
  return database.asOwner(async client => {
    const { rows } = await client.query<{ address: string }>('select address from email_address where person_id = $1', [
      person.personId,
    ])
    return rows[0]!.address
  })
}

const mailAbout = async (reference: string) => {
  const admin = await aPerson('administrator', 'TN')
  const outbox = await admin.transaction(tx => readOutbox(tx, settings, 1_000_000))
  return outbox.filter(mail => mail.reference === reference)
}

async function declareConflict(person: Acting, about: { incidentId: string } | { area: TestArea }, endedAt?: Date) {
  const database = await testDatabase()
  await database.asOwner(client =>
    client.query(
      `insert into conflict_of_interest (person_id, incident_id, authority_code, reason, declared_at, ended_at)
       values ($1, $2, $3, 'Knows somebody', '2026-03-01', $4)`,
      [
        person.personId,
        'incidentId' in about ? about.incidentId : null,
        'area' in about ? about.area.authority : null,
        endedAt ?? null,
      ],
    ),
  )
}

/** The job itself, as a worker runs it. */
async function send(smtpUrl: string | undefined, mailId: string, database?: Database) {
  await sendMailJob({ ...settings, smtpUrl }).run(database ?? (await testDatabase()), { mailId })
}

for (const kind of kinds) {
  test(`mail of kind ${kind} says what to look at and whom to ring, and nothing about the child or the place`, async t => {
    const { area, notifier, reference, incidentId } = await anIncident()
    const server = await aMailServer(t)
    const reader = await aPerson('business-manager', area.partnership)
    await notifier.transaction(tx => mailTo(tx, { personIds: [reader.personId], kind, incidentId }))
    const [mail] = await mailAbout(reference)
    await send(server.url, mail!.id)

    assert.equal(server.taken.length, 1)
    const { raw, to } = server.taken[0]!
    assert.deepEqual(to, [await emailOf(reader)])
    for (const expected of [
      mailKinds[kind].says,
      `Reference: ${reference}`,
      `${publicUrl}${mailKinds[kind].path(incidentId, reference)}`,
      ring,
    ]) {
      assert.ok(raw.includes(expected), `${kind} says: ${expected}`)
    }
    const withoutReference = raw.replaceAll(reference, '')
    for (const secret of [...aboutTheChild, ...Object.values(area), 'Test authority', 'Test partnership']) {
      assert.ok(!withoutReference.includes(secret), `${kind} does not say ${secret}`)
    }
  })
}

test('mail goes out after the transaction it belongs to, through the jobs', async t => {
  const { area, notifier, reference, incidentId } = await anIncident()
  const server = await aMailServer(t)
  const people = [await aPerson('business-manager', area.partnership), await aPerson('secretariat', 'TN')]
  const personIds = people.map(person => person.personId)
  await notifier.transaction(tx => mailTo(tx, { personIds, incidentId, kind: 'notification-sent' }))
  assert.deepEqual(server.taken, [])

  const database = await testDatabase()
  // What the tests of other files left waiting comes first in the queue, and is more than there is time for.
  const waiting = (await mailAbout(reference)).map(mail => mail.id)
  await database.asOwner(client =>
    client.query(`delete from pgboss.job where name = $1 and data ->> 'mailId' <> all ($2)`, [
      sendMailKind.name,
      waiting,
    ]),
  )
  const jobs = await startJobs(
    database,
    [sendMailJob({ ...settings, smtpUrl: server.url })],
    pino({ level: 'silent' }),
    { pollSeconds: 0.5 },
  )
  t.after(() => jobs.stop())
  const ours = () => server.taken.filter(mail => mail.raw.includes(reference))
  for (let waited = 0; waited < 15_000 && ours().length < 2; waited += 50) await delay(50)
  assert.deepEqual(
    ours()
      .flatMap(mail => mail.to)
      .toSorted(),
    (await Promise.all(people.map(emailOf))).toSorted(),
  )
})

test('what is undone sends no mail', async () => {
  const { notifier, reference, incidentId } = await anIncident()
  await assert.rejects(
    notifier.transaction(async tx => {
      await mailTo(tx, { personIds: [notifier.personId], kind: 'notification-sent', incidentId })
      throw new Error('The notification could not be stored.')
    }),
    /could not be stored/,
  )
  assert.deepEqual(await mailAbout(reference), [])
})

test('who has declared a conflict of interest gets no mail about it', async () => {
  const { area, notifier, incidentId, reference } = await anIncident()
  const elsewhere = await anIncident()
  const member = () => aPerson('panel-member', area.region)
  const [free, withIncident, withAuthority, ended, other] = await Promise.all([
    member(),
    member(),
    member(),
    member(),
    member(),
  ])
  await declareConflict(withIncident, { incidentId })
  await declareConflict(withAuthority, { area })
  await declareConflict(ended, { incidentId }, new Date('2026-03-01'))
  await declareConflict(other, { incidentId: elsewhere.incidentId })
  const personIds = [free, withIncident, withAuthority, ended, other].map(person => person.personId)
  await notifier.transaction(tx => mailTo(tx, { personIds, kind: 'review-allocated', incidentId }))
  assert.deepEqual(
    (await mailAbout(reference)).map(mail => mail.to).toSorted(),
    [free, ended, other].map(person => person.name).toSorted(),
  )
})

test('mail is withheld when its recipient declares a conflict, or leaves, before it goes', async t => {
  const { area, notifier, incidentId, reference } = await anIncident()
  const server = await aMailServer(t)
  const conflicted = await aPerson('panel-member', area.region)
  const left = await aPerson('panel-member', area.region)
  const personIds = [conflicted.personId, left.personId]
  await notifier.transaction(tx => mailTo(tx, { personIds, kind: 'review-allocated', incidentId }))
  await declareConflict(conflicted, { incidentId })
  const database = await testDatabase()
  await database.asOwner(client => client.query('update person set ended_at = now() where id = $1', [left.personId]))
  for (const mail of await mailAbout(reference)) await send(server.url, mail.id)
  assert.deepEqual(server.taken, [])
  assert.deepEqual(
    (await mailAbout(reference)).map(mail => mail.status),
    ['withheld', 'withheld'],
  )
})

test('a mail server that refuses is asked again, and the outbox says what it answered', async t => {
  const { notifier, reference, incidentId } = await anIncident()
  const server = await aMailServer(t)
  await notifier.transaction(tx => mailTo(tx, { personIds: [notifier.personId], incidentId, kind: 'letter-sent' }))
  const [mail] = await mailAbout(reference)
  server.refusing = true
  const address = await emailOf(notifier)
  await assert.rejects(send(server.url, mail!.id), (error: Error) => {
    assert.match(error.message, /did not take mail .*: EENVELOPE 451\./)
    assert.ok(!`${error.stack}`.includes(address))
    return true
  })
  const [refused] = await mailAbout(reference)
  assert.deepEqual([refused?.status, refused?.attempts, refused?.failure], ['failed', 1, 'EENVELOPE 451'])

  server.refusing = false
  await send(server.url, mail!.id)
  const [sent] = await mailAbout(reference)
  assert.deepEqual([sent?.status, sent?.attempts, sent?.failure], ['sent', 2, undefined])
  assert.equal(server.taken.length, 1)
})

test('a mail server that is not there fails like one that refuses', async () => {
  const { notifier, reference, incidentId } = await anIncident()
  await notifier.transaction(tx => mailTo(tx, { personIds: [notifier.personId], incidentId, kind: 'letter-sent' }))
  const [mail] = await mailAbout(reference)
  await assert.rejects(send('smtp://127.0.0.1:1', mail!.id), /ESOCKET|ECONNECTION|ECONNREFUSED/)
  assert.equal((await mailAbout(reference))[0]?.status, 'failed')
})

test('a mail that was sent is not sent again', async t => {
  const { notifier, reference, incidentId } = await anIncident()
  const server = await aMailServer(t)
  await notifier.transaction(tx => mailTo(tx, { personIds: [notifier.personId], incidentId, kind: 'letter-sent' }))
  const [mail] = await mailAbout(reference)
  await send(server.url, mail!.id)
  await send(server.url, mail!.id)
  assert.equal(server.taken.length, 1)
})

test('a mail taken by a process that ended before it noted so goes again under the same Message-ID', async t => {
  const { notifier, reference, incidentId } = await anIncident()
  const server = await aMailServer(t)
  await notifier.transaction(tx => mailTo(tx, { personIds: [notifier.personId], incidentId, kind: 'letter-sent' }))
  const [mail] = await mailAbout(reference)
  const database = await testDatabase()
  let transactions = 0
  const dying: Database = {
    ...database,
    as: (actor, work) =>
      ++transactions === 1 ? database.as(actor, work) : Promise.reject(new Error('The process ended.')),
  }
  await assert.rejects(send(server.url, mail!.id, dying), /process ended/)
  await send(server.url, mail!.id)
  assert.equal(server.taken.length, 2)
  assert.equal(server.taken[0]?.messageId, `<${mail!.id}@weathervane.test.example>`)
  assert.equal(server.taken[1]?.messageId, server.taken[0].messageId)
})

test('without a mail server mail is kept and shown as it would go, and is not sent when there is one later', async t => {
  const { notifier, reference, incidentId } = await anIncident()
  await notifier.transaction(tx => mailTo(tx, { personIds: [notifier.personId], incidentId, kind: 'letter-sent' }))
  const [mail] = await mailAbout(reference)
  assert.equal(mail!.status, 'waiting')
  await send(undefined, mail!.id)
  const [kept] = await mailAbout(reference)
  assert.deepEqual([kept?.status, kept?.attempts, kept?.failure], ['kept', 0, undefined])
  assert.equal(kept?.subject, `A letter from the Panel: ${reference}`)
  assert.match(kept.text, new RegExp(`${publicUrl}/incidents/${incidentId}/letter`))
  assert.equal(kept.to, notifier.name)
  const server = await aMailServer(t)
  await send(server.url, mail!.id)
  assert.deepEqual([server.taken, (await mailAbout(reference))[0]?.status], [[], 'kept'])
})

test('the outbox is read by administrators, and mail is written by the task of mail alone', async () => {
  const { area, notifier, reference, incidentId } = await anIncident()
  await notifier.transaction(tx => mailTo(tx, { personIds: [notifier.personId], incidentId, kind: 'letter-sent' }))
  assert.equal((await mailAbout(reference)).length, 1)
  for (const [role, body] of [
    ['notifier', area.authority],
    ['secretariat', 'TN'],
    ['panel-chair', 'TN'],
  ] as const) {
    const person = await aPerson(role, body)
    assert.deepEqual(await person.transaction(tx => readOutbox(tx, settings)), [], role)
  }
  const admin = await aPerson('administrator', 'TN')
  const row = {
    person_id: admin.personId,
    incident_id: incidentId,
    authority_code: area.authority,
    kind: 'letter-sent',
    reference,
    created_at: new Date(),
  }
  await assert.rejects(
    admin.transaction(tx => tx.insertInto('mail').values(row).execute()),
    /row-level security/,
  )
  const [mail] = await mailAbout(reference)
  const address = await admin.transaction(tx =>
    tx
      .selectNoFrom(eb => eb.fn<string | null>('mail_address', [eb.cast(eb.val(mail!.id), 'uuid')]).as('address'))
      .executeTakeFirstOrThrow(),
  )
  assert.equal(address.address, null)
})
