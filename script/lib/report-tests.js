/**
 * A node:test reporter. Shows what failed and how, then the number that passed; and writes every result as it comes
 * to the file TEST_RESULTS, one word a line, so that a run which breaks off has been counted up to there.
 */
import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import { inspect } from 'node:util'

const note = word => appendFileSync(process.env.TEST_RESULTS, `${word}\n`)

export default async function* report(events) {
  let passed = 0
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message
    if (type === 'test:summary' && data.file === undefined) {
      note('complete')
      yield `${passed} tests passed in ${(data.duration_ms / 1000).toFixed(1)} s\n`
    }
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') continue
    // A test that is left out proves nothing.
    const leftOut = data.skip !== undefined || data.todo !== undefined
    if (type === 'test:pass' && !leftOut) {
      passed += 1
      note('passed')
      continue
    }
    note('failed')
    const where = data.file ? ` (${relative(process.cwd(), data.file)}:${data.line})` : ''
    const error = data.details?.error
    yield `FAILED ${data.name}${where}\n${leftOut ? 'It was left out: run it, or remove it.' : inspect(error?.cause ?? error)}\n\n`
  }
}
