import type { Tx } from '../platform/database/index.ts'
import { formatDate, londonDate } from '../platform/dates.ts'
import type { OnIncident } from '../platform/on-incident.ts'
import { localReviewOf, readPublication } from './store.ts'
import { withholdingsOf } from './withholding-store.ts'

export async function libraryOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const publication = await readPublication(tx, incidentId)
  const href = `/incidents/${incidentId}/publication`
  const steps = await withholdingOnIncident(tx, incidentId)
  if (publication) {
    const { status, firstPublishedOn, number } = publication
    const state =
      status === 'preparing'
        ? 'Being prepared'
        : `${number}, published ${formatDate(firstPublishedOn!)}${status === 'published' ? '' : ', account hidden'}`
    return [{ link: { text: 'Publication of the local review', href, state } }, ...steps]
  }
  if (await localReviewOf(tx, incidentId)) {
    return [{ link: { text: 'Publication of the local review', href, state: 'Not begun' } }, ...steps]
  }
  return steps
}

/** The justification that the Panel was sent, also where it stands beside the Panel's own work. */
export async function withholdingOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const [said] = await withholdingsOf(tx, incidentId)
  if (!said) return []
  const sent = `Sent ${formatDate(londonDate(said.sentAt))}`
  return [
    {
      link: {
        text: 'Why the local review is not published in full',
        href: `/incidents/${incidentId}/publication/justification`,
        state: said.comments.length > 0 ? `${sent}, the Panel has commented` : `${sent}, no comment of the Panel yet`,
      },
    },
  ]
}
