import { randomInt } from 'node:crypto'
import type { CivilDate } from '../platform/dates.ts'

/** A permanent number, drawn by lot: counted up, its gaps would tell what is not published. */
export function drawNumber(today: CivilDate): string {
  return `R-${today.slice(0, 4)}-${randomInt(10_000, 100_000)}`
}
