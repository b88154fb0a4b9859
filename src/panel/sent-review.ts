import type { Tx } from '../platform/database/index.ts'
import { noteRead } from '../platform/events/index.ts'
import {
  type DraftVersion,
  readLocalReview,
  reportVersions,
  sendingsOf,
  sentRapidReview,
  type LocalReview,
  type Sending,
  type SentRapidReview,
} from '../reviews/index.ts'
import type { WhichReview } from './which-review.ts'

/** A review as the Panel got it. */
export type SentReview =
  | ({ kind: 'rapid' } & SentRapidReview)
  | {
      kind: 'local'
      review: LocalReview
      sendings: Sending[]
      /** Of the report that was sent, where it is written here: the last one sent stands first. */
      reports: DraftVersion[]
    }

/** Undefined when nothing was sent that the acting person may see. */
export async function readSentReview(tx: Tx, { incidentId, kind }: WhichReview): Promise<SentReview | undefined> {
  if (kind === 'rapid') {
    const review = await sentRapidReview(tx, incidentId)
    return review && { kind, ...review }
  }
  const review = await readLocalReview(tx, incidentId)
  if (!review?.sentAheadOn) return undefined
  const sendings = (await sendingsOf(tx, review.reviewId)).filter(({ sentTo }) => sentTo.includes('panel'))
  const sent = new Set(sendings.flatMap(({ version }) => version ?? []))
  const reports = (await reportVersions(tx, review)).filter(({ version }) => sent.has(version)).toReversed()
  return { kind, review, sendings, reports }
}

/** As `readSentReview`, and notes that it was read. */
export async function openSentReview(tx: Tx, which: WhichReview, purpose: string): Promise<SentReview | undefined> {
  const review = await readSentReview(tx, which)
  if (review) {
    const subject = review.kind === 'rapid' ? 'rapid-review' : 'local-review-sent'
    await noteRead(tx, { subject, purpose, incidentIds: [which.incidentId] })
  }
  return review
}

/** What the partnership decided in a rapid review, like `LCSPR`. A local review decides nothing. */
export function outcomesIn(review: SentReview | undefined): readonly string[] {
  return review?.kind === 'rapid' ? review.outcomes : []
}

export async function outcomesOf(tx: Tx, which: WhichReview): Promise<readonly string[]> {
  return which.kind === 'rapid' ? outcomesIn(await readSentReview(tx, which)) : []
}
