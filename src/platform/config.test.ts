import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from './config.ts'

const production = {
  WEATHERVANE_MODE: 'production',
  DATABASE_URL: 'postgresql://localhost/weathervane',
  PUBLIC_URL: 'https://weathervane.example',
  SECRET: 'a secret of thirty-two characters',
  SMTP_URL: 'smtp://localhost:25',
  HELP_PHONE: '01632 960000',
}

test('production starts with everything it needs', () => {
  assert.equal(readConfig(production).mode, 'production')
  assert.deepEqual(readConfig({ ...production, TRUSTED_PROXIES: '10.0.0.1, 10.1.0.0/16' }).trustedProxies, [
    '10.0.0.1',
    '10.1.0.0/16',
  ])
})

for (const [setting, value, says] of [
  ['DATABASE_URL', undefined, /DATABASE_URL is not set.*power cut/],
  ['DATABASE_URL', 'mysql://localhost', /must start with postgresql/],
  ['PUBLIC_URL', 'http://weathervane.example', /https/],
  ['PUBLIC_URL', 'weathervane', /Give an address/],
  ['SECRET', 'short', /at least 32/],
  ['SECRET', '', /at least 32/],
  ['SMTP_URL', undefined, /SMTP_URL is not set/],
  ['SMTP_URL', 'mail.example', /smtp:/],
  ['HELP_PHONE', undefined, /telephone/],
  ['TRUSTED_PROXIES', 'proxy', /addresses or networks/],
  ['LOG_LEVEL', 'loud', /error, warn, info/],
  ['PORT', 'eighty', /whole number/],
  ['WEATHERVANE_MODE', 'live', /training or production/],
] as const) {
  test(`production refuses ${setting} ${value ?? 'absent'}, and says why`, () => {
    assert.throws(() => readConfig({ ...production, [setting]: value }), says)
  })
}

test('outside production the secret is drawn once and kept, so that a restart signs nobody out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-config-'))
  const first = readConfig({ WEATHERVANE_DATA: folder })
  assert.equal(first.mode, 'training')
  assert.ok(first.secret.length >= 32)
  assert.equal(readConfig({ WEATHERVANE_DATA: folder }).secret, first.secret)
})
