import { may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { Needing } from '../platform/needing.ts'
import { accountsToReview, publicationsWithGaps } from './store.ts'
import { withholdingsToComment } from './withholding-store.ts'

/** What waits for a person about what is public, and what is not to become so. */
export async function libraryNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  const needing: Needing[] = []
  if (may(acting, 'send', 'publication')) {
    for (const { incidentId, reference, number, keepUntil } of await accountsToReview(tx, contextOf(tx).today)) {
      needing.push({
        incidentId,
        reference,
        what: `Decide whether the account of ${number} stays public after its first year`,
        dueOn: keepUntil,
        href: `/incidents/${incidentId}/publication/first-year`,
      })
    }
  }
  if (may(acting, 'write', 'publication')) {
    for (const { incidentId, reference, number, sector } of await publicationsWithGaps(tx)) {
      needing.push({
        incidentId,
        reference,
        what: `Words were withdrawn from ${sector ? 'a learning sheet' : 'the text'} of ${number}: look at what is public, and write it without them`,
        dueOn: undefined,
        href: `/incidents/${incidentId}/publication${sector ? `/sheets/${sector}` : '/words'}`,
      })
    }
  }
  if (may(acting, 'reply', 'withholding')) {
    for (const { incidentId, reference } of await withholdingsToComment(tx)) {
      needing.push({
        incidentId,
        reference,
        what: 'Say what the Panel thinks of not publishing a local review in full',
        dueOn: undefined,
        href: `/incidents/${incidentId}/publication/justification`,
      })
    }
  }
  return needing
}
