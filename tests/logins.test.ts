import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { checkMigrated, migrate, openDatabase } from '../src/platform/database/index.ts'

const server = process.env['TEST_DATABASE_URL']
const databaseName = `weathervane_logins_${process.pid}`
const owner = `weathervane_owner_${process.pid}`
const member = `weathervane_member_${process.pid}`

function addressOf(login: string): string {
  return Object.assign(new URL(server!), { username: login, password: 'test', pathname: `/${databaseName}` }).href
}

async function asAdministrator(...statements: string[]): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** As the README tells it: a database of an owner who is no superuser, and a login that owns nothing. */
async function withLogins(work: () => Promise<void>): Promise<void> {
  await asAdministrator(
    `create role ${owner} login createrole nosuperuser password 'test'`,
    `create database ${databaseName} owner ${owner}`,
  )
  try {
    await work()
  } finally {
    await asAdministrator(
      `drop database ${databaseName} with (force)`,
      `drop role ${owner}`,
      `drop role if exists ${member}`,
    )
  }
}

async function startServer(databaseUrl: string): Promise<{ said: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-logins-'))
  const child = spawn(process.execPath, [fileURLToPath(new URL('../src/app/server.js', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      WEATHERVANE_MODE: 'production',
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: 'https://weathervane.example',
      SECRET: 'a secret of the tests, long enough to be taken',
      SMTP_URL: 'smtp://127.0.0.1:9',
      HELP_PHONE: '020 7946 0000',
      WEATHERVANE_DATA: folder,
      PORT: '0',
      LOG_LEVEL: 'warn',
    },
  })
  const ended = once(child, 'exit')
  let said = ''
  const started = new Promise<void>(resolve => {
    const hear = (piece: Buffer) => {
      said += String(piece)
      if (said.includes('Weathervane is ready')) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  })
  await Promise.race([started, ended])
  return {
    said,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

if (server) {
  test('an owner who is no superuser migrates; then the service runs with a login that owns nothing', async () => {
    await withLogins(async () => {
      // Each connection anew, as one command of the command line after another.
      for (const isFirst of [true, false]) {
        const database = openDatabase({ url: addressOf(owner) })
        try {
          assert.equal((await database.asOwner(migrate)).length > 0, isFirst)
          await database.asOwner(checkMigrated)
          const { rows } = await database.pool.query<{ current_user: string }>('select current_user')
          if (!isFirst) assert.deepEqual(rows, [{ current_user: 'weathervane_app' }])
        } finally {
          await database.close()
        }
      }
      await asAdministrator(`create role ${member} login password 'test' in role weathervane_app`)
      const service = await startServer(addressOf(member))
      await service.stop()
      assert.equal(service.said, 'Weathervane is ready at https://weathervane.example\n')
    })
  })

  test('a login that is no member of the application’s role is told how it becomes one', async () => {
    await withLogins(async () => {
      const database = openDatabase({ url: addressOf(owner) })
      await database.asOwner(migrate)
      await database.close()
      await asAdministrator(`create role ${member} login password 'test'`)
      const service = await startServer(addressOf(member))
      await service.stop()
      assert.match(
        service.said,
        new RegExp(`Let an administrator of the server run: grant weathervane_app to ${member}`),
      )
    })
  })
}
