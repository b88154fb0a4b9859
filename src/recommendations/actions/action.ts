import { randomInt } from 'node:crypto'
import { formatDate, type CivilDate } from '../../platform/dates.ts'
import type { IncidentPlace } from '../../platform/events/index.ts'
import type { WhichReview } from '../../panel/index.ts'
import { deliveries, deliveriesTold, deliveryTold, type Delivery } from '../moves.ts'
import type { EvidenceKind } from '../recommendation.ts'

/** What made somebody decide on it. */
export const prompts = {
  recommendation: 'A recommendation',
  'letter-point': 'A point of a Panel letter',
  audit: 'An audit',
  'local-learning': 'Local learning',
  inspection: 'An inspection',
} as const
export type Prompt = keyof typeof prompts

/** How often its lead says how it goes, by months. */
export const rhythms = {
  1: 'Every month',
  2: 'Every two months',
  3: 'Every three months',
  6: 'Every six months',
} as const

/** A permanent number. It is all that mail says of an action. */
export function drawActionNumber(today: CivilDate): string {
  return `A-${today.slice(0, 4)}-${randomInt(10_000, 100_000)}`
}

/** What an action serves: one of the three. */
export type Served =
  | {
      kind: 'recommendation'
      addresseeId: string
      recommendationId: string
      number: string
      text: string
      owner: string
    }
  | { kind: 'letter-point'; pointId: string; letter: WhichReview; reference: string; number: number; text: string }
  | { kind: 'learning'; text: string }

export interface ActionUpdate {
  updateId: string
  delivery: Delivery
  words: string
  evidenceKind: EvidenceKind | null
  evidence: string
  saidOn: CivilDate
  saidBy: string
  cameBy: 'account' | 'link'
  at: Date
  /** Null while it waits to be checked. */
  check: { counts: boolean; words: string; byName: string; at: Date } | null
}

export interface Chaser {
  chaserId: string
  leadName: string
  words: string
  goesBy: 'mail' | 'hand'
  byName: string
  at: Date
  sentAt: Date | null
  failure: string | null
}

/** What the missing of an update is worked out from. */
export interface Rhythm {
  delivery: Delivery
  agreedOn: CivilDate
  /** The day of the last update that counts. */
  updatedOn: CivilDate | null
  /** The day an update was, or is, expected; null where none is. */
  nextUpdateOn: CivilDate | null
  /** When somebody last asked for it. */
  askedOn: CivilDate | null
  /** Updates that were said and wait to be checked. */
  unchecked: number
}

export interface Action extends Rhythm {
  actionId: string
  number: string
  /** Null for an action that lies with no one incident. */
  place: IncidentPlace | null
  partnershipCode: string
  text: string
  ownerName: string
  jointWith: readonly string[]
  leadName: string
  /** Null where the lead has no account. */
  leadPersonId: string | null
  promptedBy: Prompt
  dueOn: CivilDate
  updateMonths: number
}

/** What was said and waits to be checked is not missing. */
export function isMissing({ nextUpdateOn, unchecked }: Rhythm, today: CivilDate): boolean {
  return nextUpdateOn !== null && nextUpdateOn < today && unchecked === 0
}

export function tellDelivery({ delivery, updatedOn }: Pick<Action, 'delivery' | 'updatedOn'>): string {
  return deliveriesTold[deliveryTold(delivery, updatedOn)]
}

/** How fresh what is known of an action is. Silence is said as silence: never as if nothing had changed. */
export function tellUpdate(rhythm: Rhythm, today: CivilDate): string {
  const { updatedOn, agreedOn, nextUpdateOn, askedOn } = rhythm
  if (rhythm.unchecked > 0) return 'An update was said, and waits to be checked'
  if (isMissing(rhythm, today)) {
    const since = updatedOn
      ? `No update since ${formatDate(updatedOn)}`
      : `No update since it was agreed on ${formatDate(agreedOn)}`
    const asked =
      askedOn && askedOn >= (updatedOn ?? agreedOn)
        ? `, asked for on ${formatDate(askedOn)}`
        : `, due on ${formatDate(nextUpdateOn!)} and not asked for yet`
    return since + asked
  }
  if (!updatedOn)
    return `Agreed on ${formatDate(agreedOn)}${nextUpdateOn ? `, first update due on ${formatDate(nextUpdateOn)}` : ''}`
  return `Updated on ${formatDate(updatedOn)}${nextUpdateOn ? `, next due on ${formatDate(nextUpdateOn)}` : ''}`
}

/**
 * The words that ask for an update: which action, since when, what to do. They go by mail, so they name no child, no
 * place and no body, and say nothing of what the action is.
 */
export function chaserWords(action: Rhythm & Pick<Action, 'number' | 'leadName'>): string {
  const { number, leadName, updatedOn, agreedOn, nextUpdateOn, askedOn } = action
  const since = updatedOn
    ? `The last update we have is of ${formatDate(updatedOn)}`
    : `We have had no update since it was agreed on ${formatDate(agreedOn)}`
  const due = nextUpdateOn ? `, and the next was due on ${formatDate(nextUpdateOn)}` : ''
  const again = askedOn && askedOn >= (updatedOn ?? agreedOn) ? ` We asked on ${formatDate(askedOn)} too.` : ''
  return [
    `Dear ${leadName},`,
    `You lead action ${number}. ${since}${due}.${again}`,
    'Three questions tell us how it goes: how far it is, what happened, and how you know. It takes a minute, and you need no account. If nothing has happened, please say so.',
  ].join('\n\n')
}

/** An update in the words of an answer to the Panel. */
export function answerFromUpdate(
  action: Pick<Action, 'number' | 'dueOn'>,
  update: Pick<ActionUpdate, 'delivery' | 'words' | 'evidenceKind' | 'evidence' | 'saidOn'>,
): string {
  const state = `${deliveries[update.delivery]} on ${formatDate(update.saidOn)} (action ${action.number}, due ${formatDate(action.dueOn)}).`
  return [state, update.words, update.evidence && `How we know: ${update.evidence}`].filter(Boolean).join('\n\n')
}
