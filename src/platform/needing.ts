import type { CivilDate } from './dates.ts'

/** Something that waits for one person: a line on their home page. */
export interface Needing {
  /** Absent where the line stands for several incidents. */
  incidentId?: string
  reference?: string
  /** What to do: `Finish and send the notification`. */
  what: string
  dueOn: CivilDate | undefined
  href: string
}
