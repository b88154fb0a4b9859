import { detailHash, type EventKind, type Happening } from '../../platform/events/index.ts'
import { type CivilDate } from '../../platform/dates.ts'
import type { CastIncident } from './cast.ts'
import { idOf, referenceOf } from './ids.ts'
import type { Appointment } from './people.ts'
import { seededRandom } from './random.ts'
import type { Random } from './random.ts'
import type { ProseReview } from './reviews/read-reviews.ts'

/** In the order in which rows can be written: each table after those it refers to. */
export const incidentTables = [
  'incident',
  'notification',
  'notification_version',
  'child',
  'review',
  'rapid_review',
  'rapid_review_version',
  'review_member',
  'review_signature',
  'review_text',
  'local_review',
  'conflict_of_interest',
  'consideration',
  'allocation',
  'reading',
  'letter',
  'letter_point',
  'point_reply',
  'new_event',
] as const
export type IncidentTable = (typeof incidentTables)[number]

export type Row = Readonly<Record<string, unknown>>
export type Write = (table: IncidentTable, row: Row) => void

export interface Telling {
  seed: number | string
  /** The first day of which nothing is told yet. */
  today: CivilDate
  prose: ReadonlyMap<string, ProseReview>
  write: Write
}

/** Somebody in office, or a task of the service. */
export type Who = Appointment | 'task:open-review' | 'task:receive-review'

/** One incident while its rows are written. */
export interface Story {
  incident: CastIncident
  reference: string
  /** The columns by which row-level security finds a row. */
  place: { incident_id: string; authority_code: string; partnership_code: string }
  random: Random
  today: CivilDate
  prose: ProseReview | undefined
  write: Write
  /** An id that the same incident always gives to the same thing. */
  id(name: string): string
  /** What happened, as the use case would have recorded it. */
  event<Kind extends EventKind>(who: Who, at: string, event: Happening<Kind>): void
}

export function beginStory(incident: CastIncident, number: number, { seed, today, prose, write }: Telling): Story {
  const name = `${seed} ${incident.key}`
  const place = {
    incident_id: idOf(`incident ${name}`),
    authority_code: incident.authorityCode,
    partnership_code: incident.partnershipCode,
  }
  let events = 0
  return {
    incident,
    reference: referenceOf(number),
    place,
    random: seededRandom(`story ${name}`),
    today,
    prose: incident.reviewKey ? prose.get(incident.reviewKey) : undefined,
    write,
    id: thing => idOf(`${thing} of ${name}`),
    event(who, at, event) {
      events += 1
      write('new_event', eventRow(event, { who, at, place, salt: idOf(`salt ${events} of ${name}`) }))
    },
  }
}

/** A row of `event` with its detail beside it. The salt of a real event is drawn; here the same seed gives the same. */
export function eventRow<Kind extends EventKind>(
  event: Happening<Kind>,
  told: { who: Who; at: string; place?: Story['place']; salt: string },
): Row {
  const { who, at, place } = told
  const salt = told.salt.replaceAll('-', '')
  return {
    at,
    kind: event.kind,
    subject: event.subject,
    incident_id: place?.incident_id ?? null,
    object_id: event.objectId ?? null,
    authority_code: place?.authority_code ?? null,
    partnership_code: place?.partnership_code ?? null,
    person_id: typeof who === 'string' ? null : personId(who),
    who: typeof who === 'string' ? who : who.role,
    detail_hash: event.detail ? detailHash(salt, JSON.stringify(event.detail)) : null,
    salt: event.detail ? salt : null,
    detail: event.detail ?? null,
  }
}

export function personId({ email }: { email: string }): string {
  return idOf(`person ${email}`)
}

/** Minutes of the day in UTC between which each step is taken, so that steps of one day stay in order. */
const hours = {
  drafted: [500, 505],
  saved: [490, 560],
  asked: [570, 690],
  signed: [720, 890],
  sent: [900, 960],
  allocated: [570, 690],
  conflict: [700, 720],
  allocatedAgain: [730, 760],
  read: [840, 960],
  letterStarted: [600, 760],
  letterSent: [900, 990],
  answered: [600, 690],
} as const

export function momentOf(random: Random, day: string, step: keyof typeof hours): string {
  const [earliest, latest] = hours[step]
  return minuteOf(day, random.whole(earliest, latest))
}

/** @param minute of the day in UTC */
export function minuteOf(day: string, minute: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000).toISOString()
}
