import { may, type Acting } from '../platform/acting.ts'
import type { Tx } from '../platform/database/index.ts'
import { formatDate, formatMoment } from '../platform/dates.ts'
import { readConsideration, readLetter, statuses } from '../panel/index.ts'
import { readReview } from '../reviews/index.ts'
import type { IncidentLink, IncidentLinks } from './incident-pages.tsx'

/** The ways on from an incident, in the order of the chain; only those the acting person may go. */
export const incidentLinks: readonly IncidentLinks[] = [rapidReviewLink, panelLink, letterLink]

async function rapidReviewLink(tx: Tx, _acting: Acting, incidentId: string): Promise<IncidentLink[]> {
  const review = await readReview(tx, incidentId)
  if (!review) return []
  const state = {
    draft: `Being written, due ${formatDate(review.dueOn)}`,
    signing: `Waits for signatures, due ${formatDate(review.dueOn)}`,
    sent: review.sentAt ? `Sent ${formatMoment(review.sentAt)}` : 'Sent',
  }[review.status]
  return [{ text: 'Rapid review', href: `/incidents/${incidentId}/rapid-review`, state }]
}

async function panelLink(tx: Tx, acting: Acting, incidentId: string): Promise<IncidentLink[]> {
  if (!may(acting, 'read', 'panel-work')) return []
  const consideration = await readConsideration(tx, incidentId)
  if (!consideration) return []
  return [{ text: 'The Panel’s work', href: `/panel/${incidentId}`, state: statuses[consideration.status] }]
}

async function letterLink(tx: Tx, _acting: Acting, incidentId: string): Promise<IncidentLink[]> {
  const letter = await readLetter(tx, incidentId)
  if (letter?.status !== 'sent' || !letter.sentAt) return []
  return [
    {
      text: 'The Panel’s letter',
      href: `/incidents/${incidentId}/letter`,
      state: `Sent ${formatMoment(letter.sentAt)}`,
    },
  ]
}
