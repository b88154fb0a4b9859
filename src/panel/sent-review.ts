import type { Tx } from '../platform/database/index.ts'
import { sentRapidReview } from '../reviews/index.ts'
import type { WhichReview } from './which-review.ts'

/** What the partnership decided in a rapid review, like `LCSPR`. A local review decides nothing. */
export async function outcomesOf(tx: Tx, { incidentId, kind }: WhichReview): Promise<readonly string[]> {
  return kind === 'rapid' ? ((await sentRapidReview(tx, incidentId))?.outcomes ?? []) : []
}
