/**
 * A node:test reporter. Shows what failed and how, then the number that passed; and writes every result as it comes
 * to the file TEST_RESULTS, one a line (`started NAME`, `passed`, `failed`, `complete`), so that of a run which breaks
 * off one knows how far it came.
 */
import { appendFileSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import { inspect } from 'node:util'

const note = line => appendFileSync(process.env.TEST_RESULTS, `${line}\n`)

/** The message with its differences, where it happened, and what caused it; not the whole of two long texts. */
function wordsOf(error) {
  if (!(error instanceof Error)) return inspect(error)
  const lines = (error.stack ?? error.message).split('\n')
  const cause = error.cause === undefined ? '' : `\ncaused by ${wordsOf(error.cause)}`
  return `${lines.slice(0, 80).join('\n')}${lines.length > 80 ? '\n...' : ''}${cause}`
}

export default async function* report(events) {
  let passed = 0
  for await (const { type, data } of events) {
    if (type === 'test:dequeue') note(`started ${data.name.replaceAll('\n', ' ')}`)
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message
    if (type === 'test:summary' && data.file === undefined) {
      note('complete')
      yield `${passed} tests passed in ${(data.duration_ms / 1000).toFixed(1)} s\n`
    }
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') continue
    // A test that is left out proves nothing. A file without tests is reported as a test of its own name.
    const leftOut = data.skip !== undefined || data.todo !== undefined
    const empty = type === 'test:pass' && isAbsolute(data.name)
    if (type === 'test:pass' && !leftOut && !empty) {
      passed += 1
      note('passed')
      continue
    }
    note('failed')
    const where = data.file ? ` (${relative(process.cwd(), data.file)}:${data.line})` : ''
    const error = data.details?.error
    const words = empty
      ? 'There is no test in this file.'
      : leftOut
        ? 'It was left out: run it, or remove it.'
        : wordsOf(error?.cause ?? error)
    yield `FAILED ${data.name}${where}\n${words}\n\n`
  }
}
