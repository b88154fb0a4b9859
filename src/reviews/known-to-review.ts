import type { KnownToRecord } from '../documents/index.ts'
import { knownToRecord } from '../notifications/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { answerIn } from './families/forms.ts'

/** What the record of a local review knows and a reader must not learn, as far as the acting person may see it. */
export async function knownToReview(tx: Tx, incidentId: string): Promise<KnownToRecord> {
  const known = await knownToRecord(tx, incidentId)
  const members = await tx.selectFrom('family_member').select('answers').where('incident_id', '=', incidentId).execute()
  const family = members.map(({ answers }) => {
    const [given, ...rest] = answerIn(answers as Record<string, string>, 'name').split(' ')
    return { relation: 'relative', given, family: rest.at(-1) }
  })
  return { ...known, people: [...known.people, ...family] }
}
