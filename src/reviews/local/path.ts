import type { Posted } from '../../platform/web/index.ts'

/** The address of a local review. Pages of its parts lie below it. */
export function pathOf(incidentId: string): string {
  return `/incidents/${incidentId}/local-review`
}

export const base = pathOf(':incidentId')

/** A request for a page of a local review. */
export interface Route {
  Params: { incidentId: string; recordId?: string; page?: string; stage?: string; version?: string }
  Body: Posted
}

export function toDesk(incidentId: string): { href: string; text: string } {
  return { href: pathOf(incidentId), text: 'Local review' }
}
