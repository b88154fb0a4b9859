import type { CivilDate } from '../platform/dates.ts'
import { told, type DetailsOf } from '../platform/events/index.ts'
import type { Manner } from './publication.ts'
import type { Sector } from './sheets/sheet.ts'

/** What can happen to a publication, in the words of the timeline. Reasons are in no event. */
export const libraryEvents = {
  'publication.opened': told('The publication of the local review is being prepared'),
  'publication.saved': told('The words of the public page were changed'),
  'publication.planned': told('The plan of the day of publication was changed'),
  'publication.withholding-sent': told<{ manner: Manner }>(
    'The Panel and the Secretary of State were told why the review is not published in full',
  ),
  'publication.withholding-commented': told('The Panel commented on why the review is not published in full'),
  'publication.published': told<{ number: string; manner: Manner; inTheWay: number }>('The local review was published'),
  'publication.elsewhere': told<{ manner: Manner; on: CivilDate }>('The local review was published elsewhere'),
  'publication.account-hidden': told<{ number: string }>('The account of what happened was taken from the public page'),
  'learning-sheet.saved': told<{ sector: Sector }>('A learning sheet was written'),
  'learning-sheet.cleared': told<{ sector: Sector }>('A learning sheet was cleared for the public'),
  'learning-sheet.published': told<{ sector: Sector }>('A learning sheet was published'),
  'publication.note-removed': told<{ number: string }>('A dated note was taken off the public page'),
  'publication.noted': told<{ number: string }>('A dated note was added to the public page'),
  'publication.account-reviewed': told<{ number: string; kept: boolean }>(
    'After its first year somebody decided whether the account stays public',
  ),
}

declare module '../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof libraryEvents> {}
}
