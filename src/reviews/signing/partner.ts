import type { Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import type { IncidentPlace } from '../../platform/events/index.ts'

/** Who signs: one each. The key is also the kind of body that the signer is appointed to. */
export const partners = {
  authority: 'Local authority',
  icb: 'Integrated care board',
  police: 'Police',
} as const
export type Partner = keyof typeof partners
export const partnerKeys = Object.keys(partners) as Partner[]

/** Several authorities of a partnership are one partner: the one where the incident happened signs. */
export function signsFor(partner: Partner, bodyCode: string, { authorityCode }: IncidentPlace): boolean {
  return partner !== 'authority' || bodyCode === authorityCode
}

export const otherAuthoritySigns = 'The local authority where the incident happened signs for the local authorities.'

/** @throws ServiceError 'not-allowed' for a body that is none of the three partners */
export async function partnerOf(tx: Tx, acting: Acting): Promise<Partner> {
  const partner = await partnerAs(tx, acting)
  if (partner) return partner
  throw new ServiceError(
    'not-allowed',
    'The local authority, the ICB and the police sign reviews. Change your role under Your sign-in.',
  )
}

/** Undefined for a body that is none of the three partners. */
export async function partnerAs(tx: Tx, { bodyCode }: Acting): Promise<Partner | undefined> {
  const body = await tx.selectFrom('body').select('kind').where('code', '=', bodyCode).executeTakeFirst()
  return partnerKeys.find(key => key === body?.kind)
}
