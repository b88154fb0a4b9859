import type { Tx } from '../platform/database/index.ts'
import { formatDate, formatMoment } from '../platform/dates.ts'
import type { OnIncident } from '../platform/on-incident.ts'
import type { ReviewKind } from '../reviews/index.ts'
import { statuses } from './consideration.ts'
import { answersIn, isUnanswered, type Letter } from './letter/letter.ts'
import { readLetter } from './letter/store.ts'
import { readConsideration } from './store.ts'
import { letterPath, panelPath, reviewKinds } from './which-review.ts'

export async function panelOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const steps: OnIncident[] = []
  for (const kind of reviewKinds) steps.push(...(await stepsOn(tx, incidentId, kind)))
  return steps
}

async function stepsOn(tx: Tx, incidentId: string, kind: ReviewKind): Promise<OnIncident[]> {
  const which = { incidentId, kind }
  const work = await readConsideration(tx, which)
  const letter = await readLetter(tx, which)
  const about = kind === 'rapid' ? '' : ' on the local review'
  return [
    work && {
      link: { text: `The Panel’s work${about}`, href: panelPath(which), state: statuses[work.status] },
      deadline: { name: `The Panel’s letter${about}`, dueOn: work.dueOn, doneAt: work.repliedAt },
    },
    letter?.sentAt && {
      link: {
        text: `The Panel’s letter${about}`,
        href: letterPath(which),
        state: `Sent ${formatMoment(letter.sentAt)}`,
      },
      fact: { name: `Answers to the letter${about}`, text: tellAnswers(letter) },
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
