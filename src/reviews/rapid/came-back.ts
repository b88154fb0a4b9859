import { may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { formatMoment } from '../../platform/dates.ts'
import { readTimeline } from '../../platform/events/index.ts'
import { partners, type Partner } from '../signing/partner.ts'
import { readReview } from './store.ts'

/** A review that waited for signatures became a draft again. */
export interface CameBack {
  /** Who sent it back; undefined when its own group took it back. */
  partner: Partner | undefined
  at: Date
}

/**
 * Why a partner who was asked to sign finds no review: it is a draft again, which outside its group nobody may see. It is
 * read from the history that the partner may see, so it tells nothing of the text, nor why it came back.
 */
export async function whenCameBack(tx: Tx, acting: Acting, incidentId: string): Promise<CameBack | undefined> {
  if (!may(acting, 'sign', 'rapid-review-signing') || (await readReview(tx, incidentId))) return undefined
  const events = await readTimeline(tx, incidentId)
  const last = events.findLast(({ kind }) => turns.has(kind))
  if (last?.kind === 'rapid-review.sent-back') return { partner: last.detail?.partner, at: last.at }
  return last?.kind === 'rapid-review.taken-back' ? { partner: undefined, at: last.at } : undefined
}

const turns = new Set<string>([
  'rapid-review.signatures-asked',
  'rapid-review.taken-back',
  'rapid-review.sent-back',
  'rapid-review.sent',
])

export function cameBackInWords({ partner, at }: CameBack): string {
  const when = formatMoment(at)
  return partner
    ? `Sent back for the ${partners[partner].toLowerCase()} on ${when}.`
    : `Taken back by its group on ${when} to change its text.`
}
