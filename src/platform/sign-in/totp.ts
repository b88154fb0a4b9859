import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** One-time codes by the clock, RFC 6238, as code apps expect them: SHA-1, 6 digits, a new one every 30 seconds. */
const stepSeconds = 30
/** RFC 6238, 5.2: one step either side, for clocks that differ and fingers that are slow. */
const stepsEitherSide = 1
/** RFC 4226, 4: a key of 160 bits is recommended. */
const keyBytes = 20

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** In base 32, as people type it into a code app. */
export function newTotpKey(): string {
  return base32(randomBytes(keyBytes))
}

/** Which step of 30 seconds since 1970 a moment lies in. */
export function stepAt(moment: Date): number {
  return Math.floor(moment.getTime() / 1000 / stepSeconds)
}

/** RFC 4226, 5.3. `key` is in base 32. */
export function codeAt(key: string, step: number, digits = 6): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', bytesOfBase32(key)).update(counter).digest()
  const offset = mac[mac.length - 1]! & 0x0f
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits
  return String(number).padStart(digits, '0')
}

/**
 * The step a code belongs to; undefined when it is wrong, too old, or of a step that was used before.
 * @param lastStep the last step this person signed in with: a code seen over a shoulder works once
 */
export function matchingStep(key: string, code: string, now: Date, lastStep: number): number | undefined {
  const typed = Buffer.from(code.replace(/\s/g, ''))
  let matching: number | undefined
  for (let step = stepAt(now) - stepsEitherSide; step <= stepAt(now) + stepsEitherSide; step += 1) {
    const right = Buffer.from(codeAt(key, step))
    if (typed.length === right.length && timingSafeEqual(typed, right) && step > lastStep) matching = step
  }
  return matching
}

/** What the QR code of a code app says. */
export function codeAppAddress(key: string, account: string): string {
  return `otpauth://totp/Weathervane:${encodeURIComponent(account)}?secret=${key}&issuer=Weathervane`
}

export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map(five => base32Letters[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function bytesOfBase32(text: string): Buffer {
  const bits = Array.from(text, letter => base32Letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(eight => Number.parseInt(eight, 2)))
}
