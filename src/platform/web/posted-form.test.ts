import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServiceError } from '../errors.ts'
import { dayIn, errorAt, optionalDayIn, optionIn, tried } from './posted-form.ts'

const typed = { 'sentOn-day': '3', 'sentOn-month': 'mar', 'sentOn-year': '2026', to: 'ofsted' }
const recipients = { dfe: 'the Department', ofsted: 'Ofsted' }

test('a day is read from its three boxes, and may be left empty only where that is said', () => {
  assert.equal(dayIn(typed, 'sentOn', 'The day it was sent'), '2026-03-03')
  assert.equal(optionalDayIn(undefined, 'sentOn', 'The day it was sent'), undefined)
  assert.throws(() => dayIn(undefined, 'sentOn', 'The day it was sent'), { message: 'Enter the day it was sent' })
  assert.throws(() => optionalDayIn({ 'sentOn-day': '3' }, 'sentOn', 'The day it was sent'), ServiceError)
})

test('what is wrong with a box of a day is found at the day', async () => {
  const { problem } = await tried(async () => dayIn({ ...typed, 'sentOn-month': '13' }, 'sentOn', 'The day'))
  assert.match(errorAt(problem?.fields ?? [], 'sentOn')?.text ?? '', /month from 1 to 12/)
  assert.equal(errorAt(problem?.fields ?? [], 'sent', 'day'), undefined)
})

test('an option is taken by its key, and nothing that only every object has', () => {
  assert.equal(optionIn(typed, 'to', recipients), 'ofsted')
  assert.equal(optionIn({ to: 'toString' }, 'to', recipients), undefined)
})
