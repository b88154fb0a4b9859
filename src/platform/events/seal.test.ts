import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Database } from '../database/index.ts'
import { openLog } from '../log.ts'
import { freshDatabase } from '../testing/test-database.ts'
import { noteRead, recordEvent, sealEvents, verifySeals, type Tampering, type Verification } from './index.ts'
import { contentOf, leafOf, logs, MerkleTree, rootOf, type Log } from './seal-hashes.ts'

const log = openLog('silent')
const folders: string[] = []
after(() => folders.forEach(folder => rmSync(folder, { recursive: true })))

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-seals-'))
  folders.push(folder)
  return folder
}

/** A database whose owner tampers: shared by the tests of this file, each of which starts from what was sealed. */
let sealed: Promise<{ database: Database; folder: string }> | undefined
function aSealedDatabase(): Promise<{ database: Database; folder: string }> {
  sealed ??= (async () => {
    const [database, folder] = [await freshDatabase(), aFolder()]
    for (let seal = 1; seal <= 3; seal += 1) {
      await writeSomething(database, seal)
      await sealEvents(database, { folder, log })
    }
    await writeSomething(database, 4)
    await database.asOwner(async client => {
      for (const table of tables) await client.query(`create table kept_${table} as select * from ${table}`)
      await client.query('alter table seal_entry drop constraint seal_entry_seal_id_fkey')
    })
    return { database, folder }
  })()
  return sealed
}

const tables = ['event', 'event_detail', 'access_entry', 'seal', 'seal_entry']

declare module './index.ts' {
  interface EventDetails {
    'test.happened': { step: number; to: { seal: number; because: string }; amount: number }
    'test.in-time': undefined
    'test.late': undefined
  }
}

/** Three events with details, of which the second is undone, and two reads. */
async function writeSomething(database: Database, seal: number): Promise<void> {
  for (const step of [1, 2, 3]) {
    const written = database.as({ task: 'mail' }, async tx => {
      const detail = { step, to: { seal, because: 'test' }, amount: 1.5 }
      await recordEvent(tx, { kind: 'test.happened', subject: 'mail', detail })
      if (step === 2) throw new Error('undone')
    })
    await written.catch(() => {})
  }
  await database.as({ task: 'mail' }, async tx => {
    await noteRead(tx, { subject: 'mail', purpose: 'test', incidentIds: [anId(seal), anId(9)] })
    await noteRead(tx, { subject: 'mail', purpose: 'test again', incidentIds: [anId(seal)] })
  })
}

const anId = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`

interface Tampered {
  client: pg.PoolClient
  folder: string
  /** Ids of the events and of the access entries, in order. Two events and two access entries to a seal. */
  events: string[]
  reads: string[]
}

interface Copy extends Omit<Tampered, 'client'> {
  database: Database
}

/** Lends the sealed database with a copy of its files, and puts the database back afterwards. */
async function withSeals<T>(work: (on: Copy) => Promise<T>): Promise<T> {
  const { database, folder: original } = await aSealedDatabase()
  const folder = aFolder()
  cpSync(original, folder, { recursive: true })
  const ids = (table: string) =>
    database.asOwner(async client =>
      (await client.query<{ id: string }>(`select id from ${table} order by id`)).rows.map(row => row.id),
    )
  try {
    return await work({ database, folder, events: await ids('event'), reads: await ids('access_entry') })
  } finally {
    await database.asOwner(async client => {
      await client.query(`truncate ${tables.join(', ')}`)
      for (const table of tables) {
        await client.query(`insert into ${table} overriding system value select * from kept_${table}`)
      }
    })
  }
}

/** Does something to the sealed database and its files, and says what the check finds. */
async function verifyAfter(
  tamper: (on: Tampered) => Promise<unknown>,
  options: { sealedAgain?: boolean } = {},
): Promise<Verification & Copy> {
  return withSeals(async on => {
    await on.database.asOwner(client => tamper({ ...on, client }))
    if (options.sealedAgain) await sealEvents(on.database, { folder: on.folder, log })
    return { ...(await verifySeals(on.database, { folder: on.folder })), ...on }
  })
}

const inSeals = (folder: string, name: string) => join(folder, 'seals', name)

/** Rewrites the leaves and roots of all seals to fit the rows as they are, like somebody who knows how it is done. */
async function forgeSeals(client: pg.PoolClient): Promise<void> {
  let previousRoot = '0'.repeat(64)
  const seals = await client.query<{ id: string; at: Date; snapshot: string }>(
    'select id, at, snapshot::text from seal order by id',
  )
  for (const { id, at, snapshot } of seals.rows) {
    const tree = new MerkleTree()
    const entries = await client.query<{ log: Log; entry_id: string }>(
      'select log, entry_id from seal_entry where seal_id = $1 order by position',
      [id],
    )
    for (const entry of entries.rows) {
      const row = await client.query<{ xid: string; content: string }>(
        `select xid::text, ${contentOf[entry.log]} as content from ${entry.log} where id = $1`,
        [entry.entry_id],
      )
      const leaf = leafOf(entry.log, entry.entry_id, row.rows[0]!.xid, row.rows[0]!.content)
      await client.query('update seal_entry set leaf = $1 where log = $2 and entry_id = $3', [
        leaf,
        entry.log,
        entry.entry_id,
      ])
      tree.add(leaf)
    }
    const head = { seal: Number(id), at: at.toISOString(), snapshot, previousRoot }
    const root = rootOf(head, entries.rows.length, tree.root())
    await client.query('update seal set root = $1, previous_root = $2 where id = $3', [root, previousRoot, id])
    previousRoot = root
  }
}

interface TamperingCase {
  name: string
  tamper: (on: Tampered) => Promise<unknown>
  /** Whether a further seal is made before the check. */
  sealedAgain?: boolean
  finds: Tampering
  /** Where the first row stands: its log, its place from 0 in the log, and the seal named. */
  row?: [Log, number]
  seal: number
}

const cases: TamperingCase[] = [
  {
    name: 'an event is told as another kind',
    tamper: ({ client, events }) => client.query(`update event set kind = 'test.other' where id = $1`, [events[2]]),
    finds: 'altered',
    row: ['event', 2],
    seal: 2,
  },
  {
    name: 'two events are altered, and the earlier is named first',
    tamper: ({ client, events }) =>
      client.query(`update event set kind = 'test.other' where id = any ($1)`, [[events[4], events[1]]]),
    finds: 'altered',
    row: ['event', 1],
    seal: 1,
  },
  {
    name: 'an event and its detail are rewritten with a hash that fits',
    tamper: async ({ client, events }) => {
      await client.query(`update event_detail set detail = '{}' where event_id = $1`, [events[0]])
      await client.query(
        `update event set detail_hash = encode(sha256(convert_to(salt || '{}', 'UTF8')), 'hex')
         from event_detail where event_id = id and id = $1`,
        [events[0]],
      )
    },
    finds: 'altered',
    row: ['event', 0],
    seal: 1,
  },
  {
    name: 'a read is told with another list of incidents',
    tamper: ({ client, reads }) =>
      client.query('update access_entry set incident_ids = incident_ids[1:1] where id = $1', [reads[2]]),
    finds: 'altered',
    row: ['access_entry', 2],
    seal: 2,
  },
  {
    name: 'an event is deleted',
    tamper: async ({ client, events }) => {
      await client.query('delete from event_detail where event_id = $1', [events[3]])
      await client.query('delete from event where id = $1', [events[3]])
    },
    finds: 'deleted',
    row: ['event', 3],
    seal: 2,
  },
  {
    name: 'a read is deleted',
    tamper: ({ client, reads }) => client.query('delete from access_entry where id = $1', [reads[0]]),
    finds: 'deleted',
    row: ['access_entry', 0],
    seal: 1,
  },
  {
    name: 'an event is deleted together with its entry in the seal',
    tamper: async ({ client, events }) => {
      await client.query('delete from event_detail where event_id = $1', [events[3]])
      await client.query('delete from event where id = $1', [events[3]])
      await client.query(`delete from seal_entry where log = 'event' and entry_id = $1`, [events[3]])
    },
    finds: 'seal-altered',
    row: ['event', 3],
    seal: 2,
  },
  {
    name: 'an event is put into a gap between sealed ones',
    tamper: ({ client, events }) => insertAfter(client, events[0]!, 'pg_current_xact_id()'),
    finds: 'inserted',
    seal: 1,
  },
  {
    name: 'an event is put into a gap under the number of an earlier transaction',
    tamper: ({ client, events }) => insertAfter(client, events[2]!, `(select xid from event where id = ${events[2]})`),
    finds: 'inserted',
    seal: 2,
  },
  {
    name: 'an event is put into a gap, and a later seal takes it in',
    tamper: ({ client, events }) => insertAfter(client, events[0]!, 'pg_current_xact_id()'),
    sealedAgain: true,
    finds: 'inserted',
    seal: 1,
  },
  {
    name: 'a read is put before the first one',
    tamper: ({ client, reads }) =>
      client.query(
        `insert into access_entry (id, at, who, subject, purpose, incident_ids) overriding system value
         values ($1, now(), 'analyst', 'mail', 'test', '{}')`,
        [String(BigInt(reads[0]!) - 1n)],
      ),
    finds: 'inserted',
    seal: 1,
  },
  {
    name: 'two events change places',
    tamper: ({ client, events }) => changePlaces(client, events[1]!, events[2]!, 'at, kind, detail_hash'),
    finds: 'reordered',
    row: ['event', 1],
    seal: 1,
  },
  {
    name: 'two events change places with their transactions',
    tamper: ({ client, events }) => changePlaces(client, events[0]!, events[1]!, 'xid, at, kind, detail_hash'),
    finds: 'reordered',
    row: ['event', 0],
    seal: 1,
  },
  {
    name: 'the detail of an event is altered',
    tamper: ({ client, events }) =>
      client.query(`update event_detail set detail = jsonb_set(detail, '{to,seal}', '9') where event_id = $1`, [
        events[4],
      ]),
    finds: 'detail-altered',
    row: ['event', 4],
    seal: 3,
  },
  {
    name: 'the salt of a detail is altered',
    tamper: ({ client, events }) => client.query(`update event_detail set salt = '' where event_id = $1`, [events[4]]),
    finds: 'detail-altered',
    row: ['event', 4],
    seal: 3,
  },
  {
    name: 'a seal in the middle is removed',
    tamper: async ({ client }) => {
      await client.query('delete from seal_entry where seal_id = 2')
      await client.query('delete from seal where id = 2')
    },
    finds: 'seal-removed',
    seal: 2,
  },
  {
    name: 'the last two seals are removed',
    tamper: async ({ client }) => {
      await client.query('delete from seal_entry where seal_id > 1')
      await client.query('delete from seal where id > 1')
    },
    finds: 'seal-removed',
    seal: 2,
  },
  {
    name: 'a seal is removed with its file',
    tamper: async ({ client, folder }) => {
      await client.query('delete from seal_entry where seal_id = 2')
      await client.query('delete from seal where id = 2')
      rmSync(inSeals(folder, '000002.json'))
    },
    finds: 'seal-removed',
    seal: 2,
  },
  {
    name: 'an event is altered and every leaf and root in the database made to fit',
    tamper: async ({ client, events }) => {
      await client.query(`update event set kind = 'test.other' where id = $1`, [events[2]])
      await forgeSeals(client)
    },
    finds: 'altered',
    row: ['event', 2],
    seal: 2,
  },
  {
    name: 'an event is altered, and its seal made to fit in the database and in its file, but not the next',
    tamper: async ({ client, events, folder }) => {
      await client.query(`update event set kind = 'test.other' where id = $1`, [events[2]])
      await client.query('create temporary table kept_chain as select id, previous_root, root from seal where id = 3')
      await forgeSeals(client)
      await client.query(
        `update seal set previous_root = kept_chain.previous_root, root = kept_chain.root
         from kept_chain where seal.id = kept_chain.id`,
      )
      await client.query('drop table kept_chain')
      const forged = await client.query<{ root: string }>('select root from seal where id = 2')
      const leaves = await client.query<{ log: Log; entry_id: string; leaf: string }>(
        'select log, entry_id, leaf from seal_entry where seal_id = 2 order by position',
      )
      const file = inSeals(folder, '000002.json')
      const head: object = JSON.parse(readFileSync(file, 'utf8'))
      const entries = leaves.rows.map(({ log, entry_id, leaf }) => [log, entry_id, leaf])
      writeFileSync(file, JSON.stringify({ ...head, root: forged.rows[0]!.root, entries }))
    },
    finds: 'seal-file-altered',
    seal: 3,
  },
  {
    name: 'the leaf of an event is altered in its seal',
    tamper: ({ client, events }) =>
      client.query(`update seal_entry set leaf = repeat('0', 64) where log = 'event' and entry_id = $1`, [events[2]]),
    finds: 'seal-altered',
    row: ['event', 2],
    seal: 2,
  },
  {
    name: 'a row is added to a seal',
    tamper: ({ client, events }) =>
      client.query(`insert into seal_entry values ('event', $1, 1, 99, repeat('0', 64))`, [events[7]]),
    finds: 'seal-altered',
    row: ['event', 7],
    seal: 1,
  },
  {
    name: 'the moment of a seal is altered',
    tamper: ({ client }) => client.query(`update seal set at = at - interval '1 day' where id = 2`),
    finds: 'seal-altered',
    seal: 2,
  },
  {
    name: 'the snapshot of a seal is altered',
    tamper: ({ client }) => client.query(`update seal set snapshot = '1:1:' where id = 2`),
    finds: 'seal-altered',
    seal: 2,
  },
  {
    name: 'the file of a seal is gone',
    tamper: async ({ folder }) => rmSync(inSeals(folder, '000002.json')),
    finds: 'seal-file-missing',
    seal: 2,
  },
  {
    name: 'the file of a seal is altered',
    tamper: async ({ folder }) => {
      const file = inSeals(folder, '000002.json')
      const text = readFileSync(file, 'utf8')
      writeFileSync(file, text.replace(/("event","\d+",").{8}/, '$100000000'))
    },
    finds: 'seal-file-altered',
    seal: 2,
  },
  {
    name: 'the file of a seal cannot be read',
    tamper: async ({ folder }) => writeFileSync(inSeals(folder, '000002.json'), '{"seal":2'),
    finds: 'seal-file-altered',
    seal: 2,
  },
  {
    name: 'the file of a seal is that of another',
    tamper: async ({ folder }) => cpSync(inSeals(folder, '000001.json'), inSeals(folder, '000002.json')),
    finds: 'seal-file-altered',
    seal: 2,
  },
]

async function insertAfter(client: pg.PoolClient, id: string, xid: string): Promise<void> {
  await client.query(
    `insert into event (xid, id, at, kind, subject, who) overriding system value
     values (${xid}, $1, now(), 'test.invented', 'mail', 'analyst')`,
    [String(BigInt(id) + 1n)],
  )
}

async function changePlaces(client: pg.PoolClient, one: string, other: string, columns: string): Promise<void> {
  await client.query(
    `update event set (${columns}) =
       (select ${columns} from event other where other.id = any ($1) and other.id <> event.id)
     where id = any ($1)`,
    [[one, other]],
  )
}

for (const { name, tamper, sealedAgain, finds, row, seal } of cases) {
  test(`tampering is found and named: ${name}`, async () => {
    const found = await verifyAfter(tamper, { sealedAgain: sealedAgain ?? false })
    const what = found.problems.map(problem => `${problem.what} in seal ${problem.seal}`)
    assert.ok(what.includes(`${finds} in seal ${seal}`), `${finds} in seal ${seal} was not found, but: ${what.join()}`)
    if (!row) return
    const [table, place] = row
    const first = found.problems.find(problem => problem.row)
    assert.deepEqual(first?.row, { log: table, id: (table === 'event' ? found.events : found.reads)[place] })
  })
}

for (const table of logs) {
  test(`no column of ${table} can be altered without notice`, async () => {
    const { database } = await aSealedDatabase()
    const columns = await database.asOwner(client =>
      client.query<{ name: string; kind: string }>(
        `select attname as name, format_type(atttypid, null) as kind from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> 'id'`,
        [table],
      ),
    )
    assert.ok(columns.rows.length > 5)
    for (const { name, kind } of columns.rows) {
      const other = otherValues[kind]
      assert.ok(other, `say how to alter a column of the type ${kind}`)
      const found = await verifyAfter(({ client, events, reads }) =>
        client.query(`update ${table} set ${name} = ${other} where id = $1`, [(table === 'event' ? events : reads)[0]]),
      )
      assert.deepEqual([found.problems[0]?.what, found.problems[0]?.seal], ['altered', 1], `${table}.${name}`)
    }
  })
}

const otherValues: Record<string, string> = {
  text: `'x'`,
  uuid: `'${anId(7)}'`,
  'uuid[]': `'{}'`,
  xid8: `'1'`,
  'timestamp with time zone': `at + interval '1 microsecond'`,
}

test('untouched logs hold no problem, and rows without a seal are counted', async () => {
  const found = await verifyAfter(async () => {})
  assert.deepEqual(found.problems, [])
  assert.deepEqual(
    { seals: found.seals, rows: found.rows, unsealed: found.unsealed, erasedDetails: found.erasedDetails },
    { seals: 3, rows: { event: 6, access_entry: 6 }, unsealed: { event: 2, access_entry: 2 }, erasedDetails: 0 },
  )
})

test('an erased detail is counted and breaks nothing', async () => {
  const found = await verifyAfter(({ client, events }) =>
    client.query('delete from event_detail where event_id = any ($1)', [events.slice(0, 2)]),
  )
  assert.deepEqual(found.problems, [])
  assert.equal(found.erasedDetails, 2)
})

test('a problem tells the row, the seal and what happened', async () => {
  const found = await verifyAfter(({ client, events }) =>
    changePlaces(client, events[1]!, events[2]!, 'at, kind, detail_hash'),
  )
  assert.deepEqual(
    found.problems.map(problem => problem.text),
    [
      `What was sealed as Event ${found.events[1]} in seal 1 now stands at Event ${found.events[2]}.`,
      `What was sealed as Event ${found.events[2]} in seal 2 now stands at Event ${found.events[1]}.`,
    ],
  )
})

test('what is not sealed yet is sealed, and with nothing to seal there is no seal', () =>
  withSeals(async ({ database, folder }) => {
    assert.deepEqual(await sealEvents(database, { folder, log }), { seals: 1, rows: 4 })
    assert.deepEqual(await sealEvents(database, { folder, log }), { seals: 0, rows: 0 })
    assert.deepEqual(
      readdirSync(join(folder, 'seals')),
      [1, 2, 3, 4].map(seal => `00000${seal}.json`),
    )
    const found = await verifySeals(database, { folder })
    assert.deepEqual([found.problems, found.unsealed], [[], { event: 0, access_entry: 0 }])
  }))

test('more rows than one seal may hold go into several', () =>
  withSeals(async ({ database, folder }) => {
    await writeSomething(database, 5)
    assert.deepEqual(await sealEvents(database, { folder, log, largest: 3 }), { seals: 3, rows: 8 })
    const found = await verifySeals(database, { folder })
    assert.deepEqual([found.problems, found.unsealed], [[], { event: 0, access_entry: 0 }])
  }))

test('a process that ends while it seals leaves nothing that cannot be mended', () =>
  withSeals(async ({ database, folder }) => {
    const [committed, lost] = [inSeals(folder, '000003.json'), inSeals(folder, '000004.json')]
    renameSync(committed, `${committed}.pending`)
    cpSync(`${committed}.pending`, `${lost}.pending`)
    assert.deepEqual((await verifySeals(database, { folder })).problems, [])
    assert.deepEqual(await sealEvents(database, { folder, log }), { seals: 1, rows: 4 })
    assert.deepEqual(
      readdirSync(join(folder, 'seals')),
      [1, 2, 3, 4].map(seal => `00000${seal}.json`),
    )
    assert.deepEqual((await verifySeals(database, { folder })).problems, [])
  }))

test('a database that lost a seal does not make another of the same number', () =>
  withSeals(async ({ database, folder }) => {
    await database.asOwner(client => client.query('delete from seal where id = 3'))
    await assert.rejects(sealEvents(database, { folder, log }), /000003\.json is there, but the database has no seal 3/)
  }))

test('of several that seal at once one does, and nothing is sealed twice', () =>
  withSeals(async ({ database, folder }) => {
    const made = await Promise.all([1, 2, 3, 4].map(() => sealEvents(database, { folder, log })))
    assert.deepEqual(
      made.map(({ rows }) => rows).toSorted((a, b) => b - a),
      [4, 0, 0, 0],
    )
    assert.deepEqual((await verifySeals(database, { folder })).problems, [])
  }))

/** On the one connection of the embedded database nobody commits late. */
const begunBeforeOrAfter = process.env['TEST_DATABASE_URL'] ? (['before', 'after'] as const) : []
for (const begun of begunBeforeOrAfter) {
  test(`an event committed after a seal over later ones is no alarm: its transaction begun ${begun} theirs`, () =>
    withSeals(async ({ database, folder }) => {
      const [lateWritten, lateMayEnd, otherBegun, otherMayWrite] = [aSignal(), aSignal(), aSignal(), aSignal()]
      const writeOther = () =>
        database.as({ task: 'mail' }, async tx => {
          await sql`select pg_current_xact_id()`.execute(tx)
          otherBegun.give()
          await otherMayWrite.given
          await recordEvent(tx, { kind: 'test.in-time', subject: 'mail' })
        })
      const writeLate = () =>
        database.as({ task: 'mail' }, async tx => {
          await recordEvent(tx, { kind: 'test.late', subject: 'mail' })
          lateWritten.give()
          await lateMayEnd.given
        })
      const early = begun === 'after' ? writeOther() : undefined
      if (early) await otherBegun.given
      const late = writeLate()
      await lateWritten.given
      otherMayWrite.give()
      await (early ?? writeOther())

      assert.equal((await sealEvents(database, { folder, log })).rows, 5)
      assert.deepEqual((await verifySeals(database, { folder })).problems, [])
      lateMayEnd.give()
      await late
      const before = await verifySeals(database, { folder })
      assert.deepEqual([before.problems, before.unsealed], [[], { event: 1, access_entry: 0 }])
      assert.equal((await sealEvents(database, { folder, log })).rows, 1)
      assert.deepEqual((await verifySeals(database, { folder })).problems, [])
    }))
}

function aSignal(): { given: Promise<void>; give: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { given: promise, give: resolve }
}

test('leaves and roots are those that anybody can work out again', () => {
  const content = '[1772445600.000000, "notification.sent", "incident", null]'
  const leaf = leafOf('event', '17', '731', content)
  const sha256 = (...parts: (string | Buffer)[]) =>
    createHash('sha256')
      .update(Buffer.concat(parts.map(part => Buffer.from(part))))
      .digest()
  assert.equal(leaf, sha256(`event 17 731 ${content}`).toString('hex'))
  const leaves = ['a', 'b', 'c', 'd', 'e'].map(text => sha256(text))
  const node = (left: Buffer, right: Buffer) => sha256(Buffer.from([1]), left, right)
  const [a, b, c, d, e] = leaves as [Buffer, Buffer, Buffer, Buffer, Buffer]
  for (const [count, root] of [
    [1, a],
    [2, node(a, b)],
    [3, node(node(a, b), c)],
    [4, node(node(a, b), node(c, d))],
    [5, node(node(node(a, b), node(c, d)), e)],
  ] as const) {
    const tree = new MerkleTree()
    for (const each of leaves.slice(0, count)) tree.add(each.toString('hex'))
    assert.equal(tree.root(), root.toString('hex'), `${count} leaves`)
  }
})
