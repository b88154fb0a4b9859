import { told, type DetailsOf } from '../../platform/events/index.ts'
import type { Worked } from './comes-up-again.ts'

/** What can happen to a question whether something worked, in the words of the timeline. */
export const againEvents = {
  'theme.asked': told('A theme came up again, and whoever was to change it was asked whether it worked'),
  'theme.answered': told<{ answer: Worked }>('Whether it worked was answered'),
}

declare module '../../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof againEvents> {}
}
