import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { civilDate } from '../dates.ts'
import { calendarOf } from './write-calendar.ts'
import { csvOf } from './write-csv.ts'
import { odsOf } from './write-ods.ts'

const formulas = [
  { typed: '=1+1', written: "'=1+1" },
  { typed: '+44 1632', written: "'+44 1632" },
  { typed: '-1+1', written: "'-1+1" },
  { typed: '@SUM(A1)', written: "'@SUM(A1)" },
  { typed: ' =1+1', written: "' =1+1" },
  { typed: '\t=1+1', written: "'\t=1+1" },
  { typed: 'a = b', written: 'a = b' },
]
for (const { typed, written } of formulas) {
  test(`in CSV a cell that begins like a formula is made harmless: ${JSON.stringify(typed)}`, () => {
    assert.deepEqual(parse(csvOf(['Words'], [[typed]]), { bom: true }), [['Words'], [written]])
  })
}

test('a number stays a number, also below zero, and what is not known is empty', () => {
  assert.equal(csvOf(['a', 'b'], [[-3, undefined]]), '\ufeffa,b\r\n-3,\r\n')
})

test('whatever is typed into a cell is read back from the CSV', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string())), rows => {
      const read = parse(csvOf(['a', 'b'], rows), { bom: true, record_delimiter: '\r\n' }).slice(1)
      assert.deepEqual(
        read.map(row => row.map(cell => cell.replace(/^'/, ''))),
        rows.map(row => row.map(cell => cell.replace(/^'/, ''))),
      )
    }),
  )
})

test('a spreadsheet begins with its kind, holds texts as texts and days as days', () => {
  const file = odsOf([
    { name: 'Asked & due', headings: ['What'], rows: [['=1+1 <b>'], [civilDate('2026-03-02')], [7], [undefined]] },
  ])
  assert.equal(Buffer.from(file.subarray(30, 38)).toString(), 'mimetype')
  assert.ok(Buffer.from(file.subarray(38, 90)).toString().startsWith('application/vnd.oasis.opendocument.spreadsheet'))
  const content = strFromU8(unzipSync(file)['content.xml']!)
  for (const part of [
    'table:name="Asked &amp; due"',
    'office:value-type="string"><text:p>=1+1 &lt;b&gt;</text:p>',
    'office:date-value="2026-03-02"',
    'office:value="7"',
    '<table:table-row><table:table-cell/></table:table-row>',
  ]) {
    assert.ok(content.includes(part), part)
  }
  assert.ok(!content.includes('table:formula'))
})

const calendar = (summary: string) =>
  calendarOf('What is asked', [{ id: 'one', on: civilDate('2026-05-01'), summary, url: 'https://w.example/asked' }], {
    now: new Date('2026-03-02T10:00:00.123Z'),
    host: 'w.example',
  })

test('a calendar holds whole days, each with an id that stays and the moment it was written', () => {
  const lines = calendar('Letter R-1; point 2, answer').split('\r\n')
  for (const line of [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'UID:one@w.example',
    'DTSTAMP:20260302T100000Z',
    'DTSTART;VALUE=DATE:20260501',
    'SUMMARY:Letter R-1\\; point 2\\, answer',
    'END:VCALENDAR',
  ]) {
    assert.ok(lines.includes(line), line)
  }
})

test('no line of a calendar has more than 75 bytes, and unfolded it says what it said', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 60, maxLength: 300 }), summary => {
      const text = calendar(summary)
      for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
      const unfolded = text.replaceAll('\r\n ', '')
      const said = summary.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n')
      assert.ok(unfolded.includes(`SUMMARY:${said}\r\n`))
    }),
  )
})
