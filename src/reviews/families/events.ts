import { told, type DetailsOf } from '../../platform/events/index.ts'
import type { EntryKind } from './forms.ts'
import type { MessageKind } from './messages.ts'

/** What can happen in the contact with a family, in the words of the timeline. No event holds what anybody said. */
export const familyEvents = {
  'family.lead-changed': told('Somebody was named to lead contact with the family'),
  'family.member-saved': told('What is known of contact with a person of the family was saved'),
  'family.entry-added': told<{ entry: EntryKind }>('Something was added to the record of contact with the family'),
  'family.message-sent': told<{ message: MessageKind }>('A message to a person of the family was written down as sent'),
  'family.quote-added': told<{ uses: string[] }>('Words of the family were kept, with what they agreed to'),
  'family.use-noted': told<{ use: string }>('It was noted where words of the family were used'),
  'family.copy-noted': told<{ step: string }>('It was noted what became of a copy with words of the family'),
  'family.words-withdrawn': told<{ sealed: boolean; rows: number; kept: number }>('Words of the family were withdrawn'),
  'family.draft-opened': told('A draft was opened online for a person of the family'),
  'family.draft-closed': told('A draft that a person of the family read online was closed'),
  'legal-hold.lifted': told('A legal hold was lifted before its end'),
  'legal-hold.entered': told<{ endsOn: string }>('A legal hold was entered'),
}

declare module '../../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof familyEvents> {}
}
