import type { ComponentChildren } from 'preact'
import type { Acting } from '../platform/acting.ts'
import type { Tx } from '../platform/database/index.ts'
import type { AskOnIncident } from '../platform/on-incident.ts'

/** What modules above this one show on its pages, as far as the acting person may see it. */
export interface Beside {
  /** Links on the page of a local review. */
  localReview: AskOnIncident
  /** Under the points of a letter that was sent, by the id of the point. */
  points(tx: Tx, acting: Acting, pointIds: readonly string[]): Promise<ReadonlyMap<string, ComponentChildren>>
}
