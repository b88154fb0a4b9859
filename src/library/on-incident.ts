import type { Tx } from '../platform/database/index.ts'
import { formatDate } from '../platform/dates.ts'
import type { OnIncident } from '../platform/on-incident.ts'
import { localReviewOf, readPublication, withholdingsOf } from './store.ts'

export async function libraryOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const publication = await readPublication(tx, incidentId)
  const [said] = await withholdingsOf(tx, incidentId)
  const href = `/incidents/${incidentId}/publication`
  if (publication) {
    const { status, firstPublishedOn, number } = publication
    const state =
      status === 'preparing'
        ? 'Being prepared'
        : `${number}, published ${formatDate(firstPublishedOn!)}${status === 'published' ? '' : ', account hidden'}`
    return [{ link: { text: 'Publication of the local review', href, state } }]
  }
  if (await localReviewOf(tx, incidentId)) {
    return [{ link: { text: 'Publication of the local review', href, state: 'Not begun' } }]
  }
  if (!said) return []
  return [
    { link: { text: 'Why the local review is not published in full', href: `${href}/justification`, state: 'Sent' } },
  ]
}
