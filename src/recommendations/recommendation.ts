import type { CivilDate } from '../platform/dates.ts'
import type { IncidentPlace } from '../platform/events/index.ts'
import type { Axis, Delivery, Effect, Part, Reply, State } from './moves.ts'

export const sources = {
  'local-review': 'Local child safeguarding practice review',
  'rapid-review': 'Rapid review',
  'panel-letter': 'Letter of the Panel',
  'national-review': 'National review',
  other: 'Other',
} as const
export type Source = keyof typeof sources

export const levels = { local: 'Local', regional: 'Regional', national: 'National' } as const
export type Level = keyof typeof levels

export const statuses = {
  draft: 'Draft',
  'out-for-comment': 'Out for comment',
  issued: 'Issued',
  replaced: 'Replaced',
  closed: 'Closed',
} as const
export type Status = keyof typeof statuses

export const priorities = { urgent: 'Urgent', high: 'High', standard: 'Standard' } as const
export type Priority = keyof typeof priorities

/** Why a reply is asked for by its day. */
export const bases = {
  law: 'The law asks for it',
  guidance: 'Guidance asks for it',
  request: 'We ask for it',
} as const
export type Basis = keyof typeof bases

export const addresseeKinds = {
  partner: 'A partner of this area',
  partnership: 'A partnership',
  'national-body': 'A national body',
} as const
export type AddresseeKind = keyof typeof addresseeKinds

export const evidenceKinds = {
  audit: 'Audit',
  observation: 'Observation of practice',
  dataset: 'Dataset',
  survey: 'Survey of children or families',
  'policy-document': 'Policy document',
  statement: 'Statement',
} as const
export type EvidenceKind = keyof typeof evidenceKinds

export const cameBys = {
  account: 'In the service',
  link: 'By link',
  letter: 'By letter',
  mail: 'By mail',
  published: 'From what was published',
} as const
export type CameBy = keyof typeof cameBys

/** What is written while it is a draft. */
export interface RecommendationText {
  text: string
  finding: string
  paragraph: string
  themes: readonly string[]
  level: Level
  intendedChange: string
  measure: string
  priority: Priority | null
  priorityReason: string
}

export interface Recommendation extends RecommendationText {
  recommendationId: string
  number: string
  /** Null for a national one: it lies nowhere. */
  place: IncidentPlace | null
  /** Of the incident, where the acting person may see it. */
  reference: string | null
  sourceKind: Source
  sourceName: string
  status: Status
  revision: number
  bodyCode: string
  bodyName: string
  issuedAt: Date | null
  publishedAt: Date | null
  /** The number of the one that stands in its place. */
  replacedBy: string | null
  endedReason: string
}

/** Where a row about an addressee lies: parts of it may be missing. */
export interface AddresseePlace {
  incidentId: string | null
  authorityCode: string | null
  partnershipCode: string | null
}

export interface Addressee extends AddresseePlace {
  addresseeId: string
  recommendationId: string
  kind: AddresseeKind
  bodyCode: string | null
  bodyName: string
  status: Status
  replyAskedBy: CivilDate | null
  replyBasis: Basis | null
  reply: Reply
  delivery: Delivery
  effect: Effect
  repliedOn: CivilDate | null
  deliveryAt: Date | null
  effectAt: Date | null
}

export interface KeptFile {
  name: string
  kind: string
  hash: string
  sizeBytes: number
}

export interface Move {
  moveId: string
  axis: Axis
  by: Part
  from: State
  to: State
  words: string
  replacement: string
  howAsked: string
  evidenceId: string | null
  cameBy: CameBy
  saidOn: CivilDate
  saidBy: string
  personId: string | null
  enteredBy: string | null
  /** Who made the link it came by, as far as the acting person may see it: with the link they could have said it. */
  linkMakerId: string | null
  source: string
  file: KeptFile | null
  at: Date
  /** Of what was entered from a letter, or came by link: what the second person said of it. */
  check: { personName: string; agrees: boolean; words: string; at: Date } | null
  /** Why its words are not public, where somebody took them off. */
  takenOff: string | null
}

export interface Evidence {
  evidenceId: string
  kind: EvidenceKind
  by: Part
  title: string
  words: string
  file: KeptFile | null
  personName: string
  addedAt: Date
}

/**
 * Whether a second person has still to compare it with its source, or to say that it is the body's: until then it is not
 * public.
 */
export function waitsForCheck({ cameBy, check }: Pick<Move, 'cameBy' | 'check'>): boolean {
  return cameBy !== 'account' && check === null
}

/** Whoever entered it, or could have written it with the link they made, is no second person. */
export function isSecondPerson(
  { personId, linkMakerId }: Pick<Move, 'personId' | 'linkMakerId'>,
  asked: string,
): boolean {
  return personId !== asked && linkMakerId !== asked
}

/** Whether the day has passed on which a reply was asked for. */
export function isOverdue(
  { status, reply, replyAskedBy }: Pick<Addressee, 'status' | 'reply' | 'replyAskedBy'>,
  today: CivilDate,
): boolean {
  return status === 'issued' && reply === 'awaited' && replyAskedBy !== null && replyAskedBy < today
}
