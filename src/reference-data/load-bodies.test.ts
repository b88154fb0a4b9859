import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { anArea, freshDatabase, testDatabase } from '../platform/testing/test-database.ts'
import { importBodies, importPartnershipBodies, loadReference } from './index.ts'

let england: ReturnType<typeof freshDatabase> | undefined

/** Lends a database with the regions and authorities of England, and takes back what was done to it. */
async function inEngland<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  england ??= freshDatabase()
  return (await england).asOwner(async client => {
    await client.query('truncate region, body cascade')
    await loadReference(client)
    return work(client)
  })
}

const bodies = (...lines: string[]) => ['kind,code,name,region_code,phone,email', ...lines].join('\n')
const memberships = (...lines: string[]) => ['partnership_code,body_code,from,until', ...lines].join('\n')
const listed = (...lines: string[]) =>
  `Nothing was loaded. Mend these and try again:\n${lines.map(line => `  ${line}`).join('\n')}`

const twoBodies = bodies(
  'partnership,P-1,"A partnership, of two",E12000001,0300 000 0000,office@partnership.example',
  'police,F-1,A force,,,',
)

test('reference data is loaded once, and mended when it runs again', () =>
  inEngland(async client => {
    const again = await loadReference(client)
    assert.deepEqual(again, { regions: { rows: 9, changed: 0 }, bodies: { rows: 163, changed: 0 } })
    await client.query(`update body set name = 'x', phone = '0300 000 0000' where code = 'E06000047'`)
    assert.equal((await loadReference(client)).bodies.changed, 1)
    const { rows } = await client.query('select kind, name, region_code, phone from body where code = $1', [
      'E06000047',
    ])
    assert.deepEqual(rows, [
      { kind: 'authority', name: 'County Durham', region_code: 'E12000001', phone: '0300 000 0000' },
    ])
    const kinds = await client.query('select kind, count(*) from body group by kind order by kind')
    assert.deepEqual(kinds.rows, [
      { kind: 'authority', count: '153' },
      { kind: 'national', count: '1' },
      { kind: 'region', count: '9' },
    ])
  }))

test('no real body is loaded beside the training country', async () => {
  await anArea()
  const database = await testDatabase()
  for (const load of [
    loadReference,
    (client: pg.PoolClient) => importBodies(client, twoBodies),
    (client: pg.PoolClient) => importPartnershipBodies(client, memberships('P-1,F-1,2020-01-01,')),
  ]) {
    await assert.rejects(database.asOwner<unknown>(load), { kind: 'conflict', message: /holds the training country/ })
  }
})

test('bodies are loaded from a list, and brought up to date by the next', () =>
  inEngland(async client => {
    assert.deepEqual(await importBodies(client, twoBodies), { rows: 2, changed: 2 })
    assert.deepEqual(await importBodies(client, twoBodies), { rows: 2, changed: 0 })
    const renamed = bodies('police,F-1,The force,,0300 000 0001,')
    assert.deepEqual(await importBodies(client, `\uFEFF${renamed}`), { rows: 1, changed: 1 })
    const { rows } = await client.query(`select name, phone from body where code in ('P-1', 'F-1') order by code`)
    assert.deepEqual(rows, [
      { name: 'The force', phone: '0300 000 0001' },
      { name: 'A partnership, of two', phone: '0300 000 0000' },
    ])
  }))

test('every wrong line of a list of bodies is named, and nothing of it is loaded', () =>
  inEngland(async client => {
    const text = bodies(
      'partnership,P-1,A partnership,E12000001,,office@partnership.example',
      'parish,P-2,A parish,,,',
      'police,P-1,A force,,,',
      '',
      'icb,I-1,,E12000001,12,nobody',
      'authority,NATIONAL,An authority,E12000001,,',
      'partnership,P-3,A partnership,,,',
      'icb,I-2,A board,E12000099,,',
    )
    await assert.rejects(importBodies(client, text), {
      kind: 'invalid',
      message: listed(
        'line 3, kind: must be authority, partnership, police, icb, region or national',
        'line 4, code: P-1 is on line 2 already',
        'line 6, name: must not be empty',
        'line 6, phone: must be a telephone number',
        'line 6, email: must be an email address',
        'line 7, kind: NATIONAL is there as national',
        'line 8, region_code: must not be empty for partnership',
        'line 9, region_code: there is no region E12000099',
      ),
    })
    assert.equal((await client.query(`select from body where code = 'P-1'`)).rowCount, 0)
  }))

for (const { what, text, says } of [
  { what: 'other columns', text: 'a,b\n1,2', says: /The first line must be: kind,code,name/ },
  { what: 'a line that is too short', text: bodies('icb,I-1'), says: /^Nothing was loaded\. .*line 2/ },
  { what: 'a quote that does not end', text: bodies('icb,I-1,"A board,,,'), says: /^Nothing was loaded\. .*[Qq]uote/ },
  { what: 'no rows', text: bodies(), says: /The file has no rows/ },
]) {
  test(`a list with ${what} is refused`, () =>
    inEngland(client => assert.rejects(importBodies(client, text), { kind: 'invalid', message: says })))
}

test('memberships are loaded with their days, and ended by the next list', () =>
  inEngland(async client => {
    await importBodies(client, twoBodies)
    const first = memberships('P-1,E06000047,2019-09-29,', 'P-1,F-1,2019-09-29,')
    assert.deepEqual(await importPartnershipBodies(client, first), { rows: 2, changed: 2 })
    const next = memberships('P-1,F-1,2019-09-29,2025-04-01', 'P-1,F-1,2025-04-01,')
    assert.deepEqual(await importPartnershipBodies(client, next), { rows: 2, changed: 2 })
    const { rows } = await client.query('select body_code, from_on, until_on from partnership_body order by 1, 2')
    assert.deepEqual(rows, [
      { body_code: 'E06000047', from_on: '2019-09-29', until_on: null },
      { body_code: 'F-1', from_on: '2019-09-29', until_on: '2025-04-01' },
      { body_code: 'F-1', from_on: '2025-04-01', until_on: null },
    ])
    await assert.rejects(importPartnershipBodies(client, memberships('P-1,F-1,2018-01-01,2019-09-30')), {
      message: listed('line 2, from: F-1 belongs to P-1 from 2019-09-29 already'),
    })
  }))

test('every wrong line of a list of memberships is named', () =>
  inEngland(async client => {
    await importBodies(client, twoBodies)
    const text = memberships(
      'P-1,E06000047,2019-09-29,',
      'P-1,E06000047,2020-09-29,',
      'P-9,P-1,2019-09-29,2019-09-29',
      'P-1,F-1,29 September,',
    )
    await assert.rejects(importPartnershipBodies(client, text), {
      message: listed(
        'line 3, from: E06000047 belongs to P-1 from 2019-09-29 already',
        'line 4, partnership_code: there is no partnership P-9',
        'line 4, body_code: there is no authority, police force or integrated care board P-1',
        'line 4, until: must be later than the first day',
        'line 5, from: must be a day like 2026-03-31',
      ),
    })
  }))
