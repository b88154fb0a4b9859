import { may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Needing } from '../../platform/needing.ts'
import { evidenceAsks } from './national-store.ts'

/** The evidence that the Panel asks the acting person's partnership for, as one of a sample. */
export async function evidenceNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'reply', 'recommendation')) return []
  const asks = await evidenceAsks(tx, { open: true })
  return asks
    .filter(({ partnershipCode }) => partnershipCode === acting.bodyCode)
    .map(({ number, recommendationId, askedBy }) => ({
      reference: number,
      what: 'Show the Panel evidence of what you answered to the recommendation',
      dueOn: askedBy,
      href: `/recommendations/${recommendationId}/answer`,
    }))
}
