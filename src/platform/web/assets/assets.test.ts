import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { productRoot } from '../../product-root.ts'

let out: string
before(() => {
  out = mkdtempSync(join(tmpdir(), 'weathervane-assets-'))
  const script = fileURLToPath(new URL('script/assets.js', productRoot))
  for (const _ of ['once', 'again']) execFileSync(process.execPath, [script, out])
})
after(() => rmSync(out, { recursive: true }))

const manifest = () => JSON.parse(readFileSync(join(out, 'assets/manifest.json'), 'utf8')) as Record<string, string>
const read = (name: string) => readFileSync(join(out, 'assets', manifest()[name] ?? ''), 'utf8')

test('the manifest names every file that browsers load, each with a hash, and no other file is there', () => {
  const names = Object.keys(manifest())
  assert.deepEqual(names.toSorted(), ['favicon.svg', 'govuk-frontend.min.js', 'weathervane.css', 'weathervane.js'])
  for (const onDisk of Object.values(manifest())) assert.match(onDisk, /-[0-9a-f]{10}\.(css|js|svg)$/)
  assert.deepEqual(
    readdirSync(join(out, 'assets')).toSorted(),
    ['manifest.json', ...Object.values(manifest())].toSorted(),
  )
})

test('our script imports the script of GOV.UK Frontend under the name it is served by', () => {
  assert.ok(read('weathervane.js').includes(`from './${manifest()['govuk-frontend.min.js']}'`))
})

test('the style has ours in it, and neither the font nor any image of GOV.UK', () => {
  const css = read('weathervane.css')
  assert.match(css, /\.govuk-button\{/)
  assert.match(css, /\.wv-timeline\{/)
  assert.match(css, /arial,sans-serif/)
  assert.doesNotMatch(css, /GDS Transport|crest|@font-face|url\(/)
})
