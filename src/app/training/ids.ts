import { hash } from 'node:crypto'

/** The same name gives the same id: a UUID of version 8 from SHA-256. */
export function idOf(name: string): string {
  const hex = hash('sha256', `training country, ${name}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The letters and digits of references that the service draws. */
const alphabet = '23456789BCDFGHJKMNPQRTVWXY'
const references = alphabet.length ** 6

/** `WV-7KM-P2D`. Numbers below 308,915,776 give references that all differ and in no order that shows. */
export function referenceOf(number: number): string {
  // 141,650,963 has no factor in common with 26, so no two numbers give the same
  let left = Number((BigInt(number + 1) * 141_650_963n) % BigInt(references))
  let drawn = ''
  for (let place = 0; place < 6; place += 1) {
    drawn += alphabet[left % alphabet.length]
    left = Math.floor(left / alphabet.length)
  }
  return `WV-${drawn.slice(0, 3)}-${drawn.slice(3)}`
}
