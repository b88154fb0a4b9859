import type { Tx } from './database/index.ts'
import type { CivilDate } from './dates.ts'

/** A step of the chain on the page of an incident. */
export interface OnIncident {
  /** `state` says how far it is: `Sent 2 March 2026, 10:15 am`. */
  link?: { text: string; href: string; state: string }
  deadline?: { name: string; dueOn: CivilDate; doneAt: Date | null | undefined }
  fact?: { name: string; text: string }
}

/** The steps of a module, in the order of the chain, as far as the acting person may see them. */
export type AskOnIncident = (tx: Tx, incidentId: string) => Promise<OnIncident[]>
