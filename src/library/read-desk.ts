import { may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import type { FieldError } from '../platform/errors.ts'
import { advanceWarning, inTheWay, missingIn, type Around, type Publication } from './publication.ts'
import { actsOf, daysOfReview, publicFilesOf, readAround, type PublicFile } from './store.ts'

/** All that the page of a publication shows. */
export interface Desk {
  publication: Publication
  reference: string
  path: string
  around: Around
  days: Awaited<ReturnType<typeof daysOfReview>>
  files: PublicFile[]
  acts: Awaited<ReturnType<typeof actsOf>>
  missing: FieldError[]
  obstacles: string[]
  warning: string | undefined
  mayWrite: boolean
  maySend: boolean
  today: CivilDate
}

export async function readDesk(tx: Tx, acting: Acting, publication: Publication, reference: string): Promise<Desk> {
  const { reviewId, incidentId } = publication
  const { today } = contextOf(tx)
  const around = await readAround(tx, reviewId)
  const days = await daysOfReview(tx, reviewId)
  return {
    publication,
    reference,
    path: `/incidents/${incidentId}/publication`,
    around,
    days,
    files: await publicFilesOf(tx, reviewId),
    acts: await actsOf(tx, reviewId),
    missing: missingIn(publication),
    obstacles: inTheWay(around, today),
    warning:
      publication.firstPublishedOn || publication.manner === 'withheld'
        ? undefined
        : advanceWarning(days.publishOn ?? today, days.sentAheadOn),
    mayWrite: may(acting, 'write', 'publication'),
    maySend: may(acting, 'send', 'publication'),
    today,
  }
}
