import type { FastifyRequest } from 'fastify'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { noteRead } from '../../platform/events/index.ts'
import type { Posted } from '../../platform/web/index.ts'
import { familyPath } from './family-page.tsx'
import { readFamily, type FamilyRecord } from './store.ts'

export interface FamilyRoute {
  Params: { incidentId: string }
  Querystring: { member?: string; quote?: string; use?: string }
  Body: Posted
}
export interface EntryRoute extends FamilyRoute {
  Params: { incidentId: string; kind: string }
}
export type Request = FastifyRequest<FamilyRoute>

export const base = '/incidents/:incidentId/family'

export function backOf(incidentId: string) {
  return { href: familyPath(incidentId), text: 'The family' }
}

export async function openRecord<T>(
  acting: Acting,
  incidentId: string,
  purpose: string,
  more: (record: FamilyRecord, tx: Parameters<Parameters<Acting['transaction']>[0]>[0]) => Promise<T>,
): Promise<{ record: FamilyRecord; more: T }> {
  ensureMay(acting, 'read', 'family-contact')
  return acting.transaction(async tx => {
    const record = await readFamily(tx, acting, incidentId)
    await noteRead(tx, { subject: 'family-contact', purpose, incidentIds: [incidentId] })
    return { record, more: await more(record, tx) }
  })
}
