import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openDatabase, type Database } from '../../platform/database/index.ts'
import { sealEvents } from '../../platform/events/index.ts'
import { openLog } from '../../platform/log.ts'
import { hashOfToken } from '../../platform/sign-in/index.ts'
import { freshDatabase } from '../../platform/testing/test-database.ts'
import { runCommand } from './run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'weathervane-commands-'))
after(() => rmSync(folder, { recursive: true }))
let env: NodeJS.ProcessEnv = { WEATHERVANE_DATA: folder, PUBLIC_URL: 'https://weathervane.example' }
before(async () => {
  if (!process.env['TEST_DATABASE_URL']) return
  const server = await freshDatabase()
  env = { ...env, DATABASE_URL: server.pool.options.connectionString }
})

async function run(...typed: string[]): Promise<{ status: number; said: string; complained: string }> {
  const [said, complained]: [string[], string[]] = [[], []]
  const status = await runCommand(typed, { env, say: line => said.push(line), complain: line => complained.push(line) })
  return { status, said: said.join('\n'), complained: complained.join('\n') }
}

async function inDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase({
    url: env['DATABASE_URL'],
    folder: env['DATABASE_URL'] ? undefined : env['WEATHERVANE_DATA'],
  })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

const query = (text: string) =>
  inDatabase(database => database.asOwner(async client => (await client.query<Record<string, string>>(text)).rows))

for (const { typed, says } of [
  { typed: ['--help'], says: /token create .*\n.*audit verify/ },
  { typed: ['-h'], says: /Usage: script\/weathervane COMMAND/ },
  {
    typed: ['import', '--help'],
    says: /^Usage: .*\n\n  import reference[^\n]*\n  import bodies [^\n]*\n  import partnership-bodies/,
  },
  { typed: ['migrate', '--help'], says: /Usage: script\/weathervane migrate/ },
  { typed: ['user', 'add', '--help'], says: /--email ADDRESS --name NAME --role ROLE --body CODE \[--from DAY\]/ },
  { typed: ['token', 'create', '-h'], says: /--as ADDRESS \[--appointment ID\]/ },
  { typed: ['audit', 'verify', '--help'], says: /Ends with 1/ },
  { typed: ['import', 'bodies', '--help'], says: /import bodies FILE/ },
]) {
  test(`help stands everywhere: ${typed.join(' ')}`, async () => {
    const { status, said } = await run(...typed)
    assert.equal(status, 0)
    assert.match(said, says)
  })
}

for (const { typed, complains } of [
  { typed: [], complains: /^Usage: script\/weathervane COMMAND/ },
  { typed: ['audit'], complains: /audit verify/ },
  { typed: ['fly'], complains: /There is no command "fly"/ },
  { typed: ['user', 'add', '--email', 'a@b.example'], complains: /^--name is missing/ },
  { typed: ['import', 'bodies'], complains: /^FILE is missing/ },
  { typed: ['migrate', 'now'], complains: /"now" is too much/ },
  { typed: ['migrate', '--fast'], complains: /Unknown option '--fast'/ },
]) {
  test(`what is not understood is explained: ${typed.join(' ') || 'nothing'}`, async () => {
    const { status, complained } = await run(...typed)
    assert.equal(status, 2)
    assert.match(complained, complains)
  })
}

const user = ['--email', 'ann.example@council.example', '--name', 'Ann Example', '--role', 'notifier']

test('from an empty database to a person with a token and a checked audit trail', async () => {
  if (!env['DATABASE_URL']) {
    assert.match((await run('audit', 'verify')).complained, /not at this release. Run `script\/weathervane migrate`/)
  }
  assert.match((await run('migrate')).said, /The database is at this release/)

  assert.equal(
    (await run('import', 'reference')).said,
    'Regions: 9 loaded, of which 9 new or changed.\nBodies: 163 loaded, of which 163 new or changed.\nRead from this release itself, and in order: 91 bank holidays up to the end of 2028, 14 clock rules, 196 codes.\nNext: import bodies, then import partnership-bodies, with the partnerships, forces and boards of your areas.',
  )
  const added = await run('user', 'add', ...user, '--body', 'E06000047', '--from', '2026-01-01')
  assert.equal(added.status, 0, added.complained)
  assert.match(
    added.said,
    /Added and appointed ann\.example@council\.example: notifier, County Durham, from 2026-01-01\./,
  )
  assert.match(added.said, /\nhttps:\/\/weathervane\.example\/sign-in\/set-up\/[\w-]{43}$/)

  const made = await run('token', 'create', '--as', 'Ann.Example@council.example', '--days', '30')
  assert.equal(made.status, 0, made.complained)
  assert.match(made.said, /notifier, County Durham/)
  const token = made.said.split('\n').at(-1)!
  assert.match(token, /^wv_[\w-]{43}$/)
  const [held] = await query(
    `select token_hash, label, round(extract(epoch from expires_at - created_at) / 86400)::text as days from api_token`,
  )
  assert.deepEqual(held, { token_hash: hashOfToken(token), label: 'command line', days: '30' })

  await inDatabase(database => sealEvents(database, { folder, log: openLog('silent') }))
  const verified = await run('audit', 'verify')
  assert.equal(verified.status, 0)
  assert.equal(
    verified.said,
    '1 seal over 3 events and 0 access entries checked.\nNot yet sealed: 0 events and 0 access entries.\nNothing was altered, deleted, inserted or reordered.',
  )
  await query(`update event set kind = 'person.praised' where kind = 'person.added'`)
  const tampered = await run('audit', 'verify')
  assert.equal(tampered.status, 1)
  assert.match(
    tampered.said,
    /First row that is not as it was sealed: Event \d+ was altered after it was sealed in seal 1\./,
  )

  const file = join(folder, 'forces.csv')
  writeFileSync(file, 'kind,code,name,region_code,phone,email\nforce,F-1,A force,,,\n')
  const refused = await run('import', 'bodies', file)
  assert.deepEqual([refused.status, refused.said], [1, ''])
  assert.match(refused.complained, /^Nothing was loaded\. .*\n  line 2, kind: must be authority/)
  writeFileSync(file, 'kind,code,name,region_code,phone,email\npolice,F-1,A force,,,\n')
  assert.equal((await run('import', 'bodies', file)).said, '1 loaded, of which 1 new or changed.')

  if (!env['DATABASE_URL']) {
    await inDatabase(async () => {
      const refused = await run('token', 'create', '--as', 'ann.example@council.example')
      assert.equal(refused.status, 1)
      assert.match(refused.complained, /in use by process \d+\. Stop it first/)
    })
  }
})
