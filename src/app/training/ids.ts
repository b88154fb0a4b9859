import { hash } from 'node:crypto'

/** The same name gives the same id: a UUID of version 8 from SHA-256. */
export function idOf(name: string): string {
  const hex = hash('sha256', `training country, ${name}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The letters and digits of references that the service draws. */
const alphabet = '23456789BCDFGHJKMNPQRTVWXY'
const references = alphabet.length ** 6

/** `WV-7KM-P2D`. Numbers below 308,915,776 give references that all differ, and in an order that does not show. */
export function referenceOf(number: number): string {
  const digits = digitsOf(spread(number + 1)).reverse()
  const drawn = digitsOf(spread(digits.reduce((sum, digit) => sum * alphabet.length + digit, 0)))
  const letters = drawn.map(digit => alphabet[digit]).join('')
  return `WV-${letters.slice(0, 3)}-${letters.slice(3)}`
}

/** 141,650,963 has no factor in common with 26, so no two numbers give the same. */
function spread(number: number): number {
  return Number((BigInt(number) * 141_650_963n) % BigInt(references))
}

/** Six digits in the base of the alphabet, the lowest last. */
function digitsOf(number: number): number[] {
  return Array.from({ length: 6 }, (_, place) => Math.floor(number / alphabet.length ** (5 - place)) % alphabet.length)
}
