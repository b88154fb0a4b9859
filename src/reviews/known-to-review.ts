import type { KnownToRecord } from '../documents/index.ts'
import { knownToRecord } from '../notifications/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { answerIn } from './families/forms.ts'
import { furtherIncidentsOf } from './further-incidents.ts'
import { readReview } from './review.ts'

/**
 * What the record of a local review knows and a reader must not learn, as far as the acting person may see it: of its
 * further incidents too.
 */
export async function knownToReview(tx: Tx, incidentId: string): Promise<KnownToRecord> {
  const review = await readReview(tx, { incidentId, kind: 'local' })
  const further = review ? await furtherIncidentsOf(tx, review.reviewId) : []
  const known: KnownToRecord[] = []
  for (const each of [incidentId, ...further.map(one => one.incidentId)]) known.push(await knownToRecord(tx, each))
  const members = await tx.selectFrom('family_member').select('answers').where('incident_id', '=', incidentId).execute()
  const family = members.map(({ answers }) => {
    const [given, ...rest] = answerIn(answers as Record<string, string>, 'name').split(' ')
    return { relation: 'relative', given, family: rest.at(-1) }
  })
  return {
    ...known[0]!,
    people: [...known.flatMap(({ people }) => people), ...family],
    dates: known.flatMap(({ dates }) => dates),
    addresses: known.flatMap(({ addresses }) => addresses),
    settings: known.flatMap(({ settings }) => settings),
    areas: known.flatMap(({ areas }) => areas),
    traits: known.flatMap(({ traits }) => traits ?? []),
  }
}
