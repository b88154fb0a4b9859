import type { Tx } from '../platform/database/index.ts'
import { formatDate, formatMoment } from '../platform/dates.ts'
import type { OnIncident } from '../platform/on-incident.ts'
import { statuses } from './consideration.ts'
import { readLetter } from './letter-store.ts'
import { answersIn, isUnanswered, type Letter } from './letter.ts'
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
      fact: { name: 'Answers to the letter', text: tellAnswers(letter) },
    },
  ].filter(step => !!step)
}

function tellAnswers({ points }: Letter): string {
  const { asked, answered } = answersIn(points)
  if (asked === 0) return 'None is asked for.'
  const [next] = points
    .filter(isUnanswered)
    .flatMap(point => point.replyBy ?? [])
    .toSorted()
  return `${answered} of ${asked} given.${next ? ` Asked for by ${formatDate(next)}.` : ''}`
}
