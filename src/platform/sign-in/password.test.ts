import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, isOutdated, isPassword, passwordProblem } from './password.ts'

test('a password is known again, another is not', async () => {
  const hash = await hashPassword('four small grey herons')

  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await isPassword('four small grey herons', hash), true)
  assert.equal(await isPassword('four small grey heron', hash), false)
})

test('two people with one password have different hashes', async () => {
  assert.notEqual(await hashPassword('four small grey herons'), await hashPassword('four small grey herons'))
})

test('letters typed in another way are the same password', async () => {
  assert.equal(await isPassword('caf\u0065\u0301 in the morning', await hashPassword('caf\u00e9 in the morning')), true)
})

test('without an account no password is right, and the hash is worked out all the same', async () => {
  const hash = await hashPassword('four small grey herons')
  await isPassword('warm up', undefined)

  const known = await fastestMs(() => isPassword('four small grey heron', hash))
  const unknown = await fastestMs(() => isPassword('four small grey heron', undefined))

  assert.equal(await isPassword('', undefined), false)
  assert.ok(unknown > known / 2, `unknown ${unknown} ms, known ${known} ms`)
})

async function fastestMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < 5; turn += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return Math.min(...times)
}

test('a hash made with less memory is still read, and is outdated', async () => {
  const weak = '$argon2id$v=19$m=8192,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$y/I8cr3yROIl/3CNaEbtspH0ukDBUdUXAzyTfMedHVc'

  assert.equal(await isPassword('four small grey herons', weak), true)
  assert.equal(isOutdated(weak), true)
  assert.equal(isOutdated(await hashPassword('four small grey herons')), false)
})

const owner = { email: 'asha.brook@example.org', name: 'Asha Brook' }
const easy = /easy to guess/
const choices = [
  { password: '', problem: /Enter a password/ },
  { password: 'short herons', problem: undefined },
  { password: 'shortherons', problem: /12 characters or more/ },
  { password: 'x y '.repeat(51), problem: /200 characters or fewer/ },
  { password: 'Password1234', problem: easy },
  { password: 'P@ssw0rd2026', problem: easy },
  { password: 'passwordpassword', problem: easy },
  { password: 'qwertyuiop12', problem: easy },
  { password: 'Safeguarding1!', problem: easy },
  { password: '123456789012', problem: easy },
  { password: 'abcdefghijklm', problem: easy },
  { password: 'aaaaaaaaaaaaaa', problem: easy },
  { password: 'abababababab', problem: easy },
  { password: 'asha.brook@example.org', problem: /your name or email/ },
  { password: 'Asha Brook 2026', problem: /your name or email/ },
  { password: 'asha.brook2026', problem: /your name or email/ },
  { password: 'all lower case is fine', problem: undefined },
  { password: 'öäü ßéè ñçå øæ', problem: undefined },
  { password: 'four small grey herons', problem: undefined },
]
for (const { password, problem } of choices) {
  test(`the password "${password.slice(0, 30)}" is ${problem ? 'refused' : 'taken'}`, () => {
    const found = passwordProblem(password, owner)
    if (problem) assert.match(found ?? '', problem)
    else assert.equal(found, undefined)
  })
}
