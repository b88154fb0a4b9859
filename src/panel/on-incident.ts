import type { Tx } from '../platform/database/index.ts'
import { formatMoment } from '../platform/dates.ts'
import type { OnIncident } from '../platform/on-incident.ts'
import { statuses } from './consideration.ts'
import { readLetter } from './letter-store.ts'
import { readConsideration } from './store.ts'

export async function panelOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const work = await readConsideration(tx, incidentId)
  const letter = await readLetter(tx, incidentId)
  return [
    work && {
      link: { text: 'The Panel’s work', href: `/panel/${incidentId}`, state: statuses[work.status] },
      deadline: { name: 'The Panel’s letter', dueOn: work.dueOn, doneAt: work.repliedAt },
    },
    letter?.sentAt && {
      link: {
        text: 'The Panel’s letter',
        href: `/incidents/${incidentId}/letter`,
        state: `Sent ${formatMoment(letter.sentAt)}`,
      },
    },
  ].filter(step => !!step)
}
