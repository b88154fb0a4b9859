import type { Tx } from '../../platform/database/index.ts'
import { formatDate, formatMoment } from '../../platform/dates.ts'
import type { OnIncident } from '../../platform/on-incident.ts'
import { readReview } from './store.ts'

export async function reviewsOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const review = await readReview(tx, incidentId)
  if (!review) return []
  const { status, dueOn, sentAt } = review
  const state = {
    draft: `Being written, due ${formatDate(dueOn)}`,
    signing: `Waits for signatures, due ${formatDate(dueOn)}`,
    sent: sentAt ? `Sent ${formatMoment(sentAt)}` : 'Sent',
  }[status]
  return [
    {
      link: { text: 'Rapid review', href: `/incidents/${incidentId}/rapid-review`, state },
      deadline: { name: 'Rapid review', dueOn, doneAt: sentAt },
    },
  ]
}
