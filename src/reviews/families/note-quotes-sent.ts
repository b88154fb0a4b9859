import type { Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { textOfVersion } from '../drafting/draft.ts'
import { versionsOf } from '../drafting/store.ts'
import type { ReviewPlace } from '../review.ts'
import { sentTo, type SentTo } from '../local/sent-ahead/sending.ts'
import { insertUse, quotesOf } from './store.ts'
import { holdsWords } from './withdraw-words.ts'

/** Writes a copy that goes ahead into the list of copies of each quote that stands in it, so that it is found again. */
export async function noteQuotesSent(
  tx: Tx,
  place: ReviewPlace,
  sent: { version: number; sentTo: readonly SentTo[]; sentOn: CivilDate },
): Promise<void> {
  const version = (await versionsOf(tx, place)).find(each => each.version === sent.version)
  const text = version && textOfVersion(version)
  for (const { id, words } of await quotesOf(tx, place.reviewId)) {
    if (!text || words === undefined || !(await holdsWords(tx, words, ['exact'])(text))) continue
    await insertUse(tx, place, id, {
      use: 'advance-copy',
      document: `Version ${sent.version} of the report`,
      holder: sent.sentTo.map(whom => sentTo[whom]).join(', '),
      happenedOn: sent.sentOn,
    })
    await recordEvent(tx, {
      kind: 'family.use-noted',
      subject: 'family-contact',
      place,
      objectId: id,
      detail: { use: 'advance-copy' },
    })
  }
}
