import type { CivilDate } from '../../platform/dates.ts'
import {
  deliveriesTold,
  replies,
  type Axis,
  type Delivery,
  type DeliveryTold,
  type Effect,
  type Reply,
  type State,
} from '../moves.ts'
import type { Basis, CameBy, EvidenceKind, Level, Priority, Source } from '../recommendation.ts'
import { hideSmall } from './hide-small.ts'

/** A published recommendation as anybody reads it: all that is public of it, and nothing that is not. */
export interface Picture {
  number: string
  status: 'issued' | 'replaced' | 'closed'
  level: Level
  text: string
  answers: string
  themes: readonly string[]
  intendedChange: string
  measure: string
  priority: Priority | null
  priorityReason: string
  source: { kind: Source; name: string; url: string }
  publishedOn: CivilDate
  /** The number of the one that took its place, if that is published. */
  replacedBy: string | null
  addressees: readonly PublicAddressee[]
  /** Whether local partners owe an answer too. They are not named. */
  toLocalPartners: boolean
  /** Of a national one that was sent to partnerships: how many of them answered how, in all England. */
  inEngland: Readonly<{
    partnerships: number | null
    reply: Readonly<Record<Reply, number | null>>
    delivery: Readonly<Record<DeliveryTold, number | null>>
  }> | null
}

/** A body that is named: a national one. */
export interface PublicAddressee {
  name: string
  code: string | null
  replyAskedBy: CivilDate | null
  replyBasis: Basis | null
  reply: Reply
  replyOn: CivilDate | null
  /** Null where nobody has said how far it is. */
  delivery: Delivery | null
  deliveryOn: CivilDate | null
  effect: Effect
  effectOn: CivilDate | null
  /** Everything that was said in public, the first first. */
  said: readonly PublicMove[]
}

export interface PublicMove {
  axis: Axis
  to: State
  /** False where the state stays as it is, and words are added to it. */
  changes: boolean
  by: 'body' | 'Panel'
  /** Empty where they were taken off. */
  words: string
  replacement: string
  howAsked: string
  evidence: EvidenceKind | null
  on: CivilDate
  cameBy: CameBy
}

/** What is known of an addressee, public or not. */
export interface KnownAddressee {
  kind: 'partner' | 'partnership' | 'national-body'
  name: string
  code: string | null
  replyAskedBy: CivilDate | null
  replyBasis: Basis | null
  reply: Reply
  delivery: DeliveryTold
  moves: readonly KnownMove[]
}

export interface KnownMove {
  axis: Axis
  by: 'owner' | 'judge' | 'panel' | 'sample'
  from: State
  to: State
  words: string
  replacement: string
  howAsked: string
  evidence: EvidenceKind | null
  saidOn: CivilDate
  cameBy: CameBy
  /** Said with an account; or a second person found it to be what its source says, or the body's. */
  isConfirmed: boolean
  /** Somebody took its words off the public page. */
  isTakenOff: boolean
  /** Of a judgement that was reopened: whether what it was reopened for is published. */
  isReopenedInPublic: boolean
}

export type KnownRecommendation = Omit<Picture, 'addressees' | 'toLocalPartners' | 'inEngland'>

export function pictureOf(recommendation: KnownRecommendation, addressees: readonly KnownAddressee[]): Picture {
  const named = addressees.filter(({ kind }) => kind === 'national-body')
  const partnerships = addressees.filter(({ kind }) => kind === 'partnership')
  const isSentOut = recommendation.level === 'national' && partnerships.length > 0
  return {
    ...recommendation,
    addressees: named.map(publicAddressee).toSorted((a, b) => a.name.localeCompare(b.name)),
    toLocalPartners: addressees.length > named.length,
    inEngland: isSentOut ? countsOf(partnerships) : null,
  }
}

function countsOf(partnerships: readonly KnownAddressee[]): Picture['inEngland'] {
  const count = <Key extends string>(labels: Readonly<Record<Key, string>>, keyOf: (one: KnownAddressee) => Key) => {
    const counts = Object.fromEntries(Object.keys(labels).map(key => [key, 0])) as Record<Key, number>
    for (const one of partnerships) counts[keyOf(one)] += 1
    return hideSmall(counts)
  }
  return {
    partnerships: hideSmall({ all: partnerships.length }).all,
    reply: count(replies, one => one.reply),
    delivery: count(deliveriesTold, one => one.delivery),
  }
}

function publicAddressee({ name, code, replyAskedBy, replyBasis, reply, moves }: KnownAddressee): PublicAddressee {
  const said = publicMoves(moves)
  const last = (axis: Axis) => said.findLast(move => move.axis === axis && move.changes)
  const [firstReply] = moves.filter(({ axis }) => axis === 'reply')
  return {
    name,
    code,
    replyAskedBy,
    replyBasis,
    reply: (last('reply')?.to ?? firstReply?.from ?? reply) as Reply,
    replyOn: last('reply')?.on ?? null,
    delivery: (last('delivery')?.to ?? null) as Delivery | null,
    deliveryOn: last('delivery')?.on ?? null,
    effect: (last('effect')?.to ?? 'not-looked-at') as Effect,
    effectOn: last('effect')?.on ?? null,
    said,
  }
}

/**
 * A judgement that was reopened for something unpublished is not public, and neither is what was judged and said of it
 * since: the page stays as it was.
 */
function publicMoves(moves: readonly KnownMove[]): PublicMove[] {
  let isReopenedUnseen = false
  // As it is shown: what is not public has moved nothing.
  const shown: Partial<Record<Axis, State>> = {}
  return moves.flatMap(move => {
    const { axis, by, from, to, words, replacement, howAsked, evidence, saidOn, cameBy, isTakenOff } = move
    const was = (shown[axis] ??= from)
    if (axis === 'effect') {
      if (to === 'not-looked-at' && from !== to) isReopenedUnseen = !move.isReopenedInPublic
      if (isReopenedUnseen) return []
    }
    if (!move.isConfirmed || (by !== 'owner' && by !== 'panel')) return []
    shown[axis] = to
    return [
      {
        axis,
        to,
        changes: was !== to || axis === 'delivery',
        by: by === 'owner' ? ('body' as const) : ('Panel' as const),
        words: isTakenOff ? '' : words,
        replacement: isTakenOff ? '' : replacement,
        howAsked: isTakenOff ? '' : howAsked,
        evidence,
        on: saidOn,
        cameBy,
      },
    ]
  })
}

/** By what a list finds it: each a kind and a value. */
export function tagsOf({ themes, source, addressees }: Picture): string[] {
  const ofAddressees = addressees.flatMap(({ name, reply, delivery, effect }) => [
    `to:${name}`,
    `reply:${reply}`,
    `delivery:${delivery ?? 'not-told'}`,
    `effect:${effect}`,
  ])
  return [...new Set([...themes.map(theme => `theme:${theme}`), `source:${source.name}`, ...ofAddressees])]
}
