import type { Subject } from '../access/index.ts'

/**
 * Every kind of event and its detail: codes, dates, counts and ids, as JSON holds them; undefined where nothing is kept.
 * Platform knows none. Whoever records events adds theirs, with `declare module` of events/index.ts. A kind stays as
 * long as there may be rows of it.
 */
export interface EventDetails {}
export type EventKind = keyof EventDetails

/** What happened to a thing, with what is kept of it. */
export type Happening<Kind extends EventKind = EventKind> = {
  kind: Kind
  /** Whoever may read this subject may see the event. */
  subject: Subject
  /** The row it is about, where it is not the incident itself. */
  objectId?: string
} & { [K in Kind]: EventDetails[K] extends undefined ? { detail?: never } : { detail: EventDetails[K] } }[Kind]

/** A kind of event in the words of the timeline. What it keeps is a type alone. */
export interface ToldEvent<Detail> {
  label: string
  detail?: Detail
}

export function told<Detail = undefined>(label: string): ToldEvent<Detail> {
  return { label }
}

/** What a list of told events adds to `EventDetails`. */
export type DetailsOf<Events> = {
  [Kind in keyof Events]: Events[Kind] extends ToldEvent<infer Detail> ? Detail : never
}
