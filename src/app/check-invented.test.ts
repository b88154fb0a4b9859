import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../platform/testing/test-database.ts'
import { checkInvented } from './check-invented.ts'

for (const { holds, code, refuses, says } of [
  { holds: 'nothing', code: undefined, refuses: undefined, says: undefined },
  { holds: 'real areas', code: 'E12000001', refuses: 'training', says: /WEATHERVANE_MODE=production/ },
  { holds: 'invented areas', code: 'T12000001', refuses: 'production', says: /holds the training country/ },
] as const) {
  test(`a database that holds ${holds} is refused to ${refuses ?? 'nobody'}`, async () => {
    const database = await freshDatabase()
    await database.asOwner(async client => {
      if (code) await client.query(`insert into region (code, name) values ($1, 'A region')`, [code])
      for (const mode of ['training', 'production'] as const) {
        if (mode === refuses) await assert.rejects(checkInvented(client, mode), says)
        else await checkInvented(client, mode)
      }
    })
  })
}
