import { may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import type { FieldError } from '../platform/errors.ts'
import { inTheWay, missingIn, publishedThing, type Around, type Publication } from './publication.ts'
import { datedForPublication, type DatedForPublication } from '../reviews/index.ts'
import { readPublished, type PublishedReview } from './published.ts'
import { readSheetStates, type SheetLine } from './sheets/store.ts'
import { actsOf, publicFilesOf, readAround, type PublicFile } from './store.ts'

/** All that the page of a publication shows. */
export interface Desk {
  publication: Publication
  reference: string
  path: string
  /** What the public reads now. */
  published: PublishedReview | undefined
  around: Around
  dated: DatedForPublication | undefined
  files: PublicFile[]
  acts: Awaited<ReturnType<typeof actsOf>>
  sheets: SheetLine[]
  missing: FieldError[]
  obstacles: string[]
  /** Why today is too early by C8, with the first possible day: it is one of the obstacles. */
  tooEarly: string | undefined
  mayWrite: boolean
  maySend: boolean
  today: CivilDate
}

export async function readDesk(tx: Tx, acting: Acting, publication: Publication, reference: string): Promise<Desk> {
  const { reviewId, incidentId } = publication
  const { today } = contextOf(tx)
  const around = await readAround(tx, reviewId)
  const dated = await datedForPublication(tx, incidentId, publishedThing(publication.manner))
  return {
    publication,
    reference,
    path: `/incidents/${incidentId}/publication`,
    published: await readPublished(tx, publication.number),
    around,
    dated,
    files: await publicFilesOf(tx, reviewId),
    acts: await actsOf(tx, reviewId),
    sheets: await readSheetStates(tx, publication),
    missing: missingIn(publication),
    ...obstaclesFor(publication, { around, dated }, today),
    mayWrite: may(acting, 'write', 'publication'),
    maySend: may(acting, 'send', 'publication'),
    today,
  }
}

/**
 * What stands in the way of publishing on a day, in words: the statutory copy, a family that has not read it, then what
 * the plan knows. Of a publication anew too: a text that was never sent ahead, or was sent again, is as early as a first one.
 */
export function obstaclesFor(
  { manner }: Pick<Publication, 'manner'>,
  { around, dated }: Pick<Desk, 'around' | 'dated'>,
  on: CivilDate,
): Pick<Desk, 'obstacles' | 'tooEarly'> {
  const tooEarly = manner === 'withheld' ? undefined : dated?.tooEarly(on)
  const unread = dated?.notDone.find(({ key }) => key === 'family-read')
  return {
    tooEarly,
    obstacles: [...(tooEarly ? [tooEarly] : []), ...(unread ? [stageNotDone(unread)] : []), ...inTheWay(around, on)],
  }
}

export function stageNotDone({ label, since }: DatedForPublication['notDone'][number]): string {
  return since ? `Begun and not finished: ${label}` : `Not begun: ${label}`
}
