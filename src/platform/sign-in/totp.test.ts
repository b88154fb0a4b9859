import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base32, codeAppAddress, codeAt, matchingStep, newTotpKey, stepAt } from './totp.ts'

const rfcKey = base32(Buffer.from('12345678901234567890'))

/** RFC 6238, appendix B, the rows of SHA-1: seconds since 1970 and the code of eight digits. */
const rfcVectors = [
  { seconds: 59, code: '94287082' },
  { seconds: 1111111109, code: '07081804' },
  { seconds: 1111111111, code: '14050471' },
  { seconds: 1234567890, code: '89005924' },
  { seconds: 2000000000, code: '69279037' },
  { seconds: 20000000000, code: '65353130' },
]
for (const { seconds, code } of rfcVectors) {
  test(`the code at ${seconds} seconds is the one of RFC 6238`, () => {
    const step = stepAt(new Date(seconds * 1000))
    assert.equal(codeAt(rfcKey, step, 8), code)
    assert.equal(codeAt(rfcKey, step), code.slice(2))
  })
}

const now = new Date('2026-03-02T10:00:00Z')
const step = stepAt(now)
const attempts = [
  { name: 'the code of now', code: codeAt(rfcKey, step), lastStep: 0, found: step },
  { name: 'the code of one step ago', code: codeAt(rfcKey, step - 1), lastStep: 0, found: step - 1 },
  { name: 'the code of one step ahead', code: codeAt(rfcKey, step + 1), lastStep: 0, found: step + 1 },
  { name: 'the code of two steps ago', code: codeAt(rfcKey, step - 2), lastStep: 0, found: undefined },
  { name: 'the code of two steps ahead', code: codeAt(rfcKey, step + 2), lastStep: 0, found: undefined },
  { name: 'a code that was used', code: codeAt(rfcKey, step), lastStep: step, found: undefined },
  { name: 'a code older than the one used', code: codeAt(rfcKey, step - 1), lastStep: step, found: undefined },
  { name: 'a code typed with a space', code: codeAt(rfcKey, step).replace(/^.../, '$& '), lastStep: 0, found: step },
  { name: 'no code', code: '', lastStep: 0, found: undefined },
  { name: 'a code in eight digits', code: codeAt(rfcKey, step, 8), lastStep: 0, found: undefined },
]
for (const { name, code, lastStep, found } of attempts) {
  test(`${name} is ${found ? 'taken' : 'refused'}`, () => {
    assert.equal(matchingStep(rfcKey, code, now, lastStep), found)
  })
}

test('base 32 is that of RFC 4648, section 10, without padding', () => {
  assert.equal(base32(Buffer.from('foobar')), 'MZXW6YTBOI')
  assert.equal(base32(Buffer.from('fooba')), 'MZXW6YTB')
})

test('each key is new and has 160 bits', () => {
  assert.notEqual(newTotpKey(), newTotpKey())
  assert.match(newTotpKey(), /^[A-Z2-7]{32}$/)
})

test('the address of the QR code names the service and the account', () => {
  assert.equal(
    codeAppAddress('ABC', 'a+b@example.org'),
    'otpauth://totp/Weathervane:a%2Bb%40example.org?secret=ABC&issuer=Weathervane',
  )
})
