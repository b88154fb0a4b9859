import { ensureMay, type Acting } from '../../platform/acting.ts'
import type { Subject } from '../../platform/access/index.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { columnsOf, type IncidentPlace } from '../../platform/events/index.ts'
import { fingerprint } from '../../platform/fingerprint.ts'
import { textIn, type Posted } from '../../platform/web/index.ts'
import { findIdentifying } from './find-identifying.ts'
import { folded } from './reading.ts'
import type { KnownToRecord, Recognisable } from './recognisable.ts'

/** Stands in the texts that the service proposes, and is the name of no place. */
const serviceName = 'Weathervane'

/** What a person can decide. The key is stored; the label is read. */
export const decisions = {
  changed: 'I will change these words',
  kept: 'They stay, because',
  'not-identifying': 'Nobody can be recognised by them',
} as const
export type Decision = keyof typeof decisions

/** A text that others will read, and what the record knows that they must not learn. */
export interface TextToCheck {
  /** The same for every version of the text: `letter 0b1c…`. */
  about: string
  /** Who may write the text decides about it. */
  subject: Subject
  /** Absent where the text is of the whole country; a partnership alone where it is about no one incident. */
  place?: IncidentPlace | { partnershipCode: string } | undefined
  paragraphs: readonly { id: string; text: string }[]
  known: KnownToRecord
  /** What the text says of its own business, like its reference: no decision is asked for it. */
  ours?: readonly string[]
}

export interface Decided {
  decision: Decision
  reason: string | null
  by: string
  at: Date
}

export interface CheckedWords extends Recognisable {
  /** The latest. */
  decided: Decided | undefined
  /** Nobody has decided, or somebody said that the words would be changed and they are there still. */
  isOpen: boolean
}

/** Every word by which somebody could be recognised, in the order of the text, with what was decided about it. */
export async function checkText(tx: Tx, text: TextToCheck): Promise<CheckedWords[]> {
  const areas = await tx
    .selectFrom('body')
    .leftJoin('region', 'region.code', 'body.region_code')
    .select(['body.name', 'region.name as region'])
    .where('body.kind', '=', 'authority')
    .execute()
  const found = findIdentifying(text.paragraphs, text.known, {
    areas: areas.map(({ name, region }) => ({ name, region: region ?? undefined })),
  })
  const rows = await tx
    .selectFrom('identifying_decision')
    .innerJoin('person', 'person.id', 'identifying_decision.person_id')
    .select(['found_key', 'decision', 'reason', 'decided_at', 'person.name'])
    .where('about', '=', text.about)
    // Who may write another text of the incident decides nothing about this one.
    .where('subject', '=', text.subject)
    .orderBy('identifying_decision.id')
    .execute()
  const latest = new Map(
    rows.map((row): [string, Decided] => [
      row.found_key,
      { decision: row.decision as Decision, reason: row.reason, by: row.name, at: row.decided_at },
    ]),
  )
  const isOurs = ({ words }: Recognisable) =>
    words === serviceName || text.ours?.some(own => words === own || words === `on ${own}`)
  return found
    .filter(words => !isOurs(words))
    .map(words => {
      const decided = latest.get(words.key)
      return { ...words, decided, isOpen: !decided || decided.decision === 'changed' }
    })
}

/**
 * Asked before a text leaves those who write it. Words may stay: what is asked is that a person decided about each.
 * @throws ServiceError 'invalid' with how many are open
 */
export async function ensureAllDecided(tx: Tx, text: TextToCheck): Promise<void> {
  const open = (await checkText(tx, text)).filter(({ isOpen }) => isOpen).length
  if (open > 0) throw new ServiceError('invalid', openWords(open))
}

export function openWords(open: number): string {
  return open === 1
    ? 'There is one place in the text by which somebody could be recognised. Decide about it first.'
    : `There are ${open} places in the text by which somebody could be recognised. Decide about each first.`
}

/**
 * Keeps what a person decided about what is found in the text now; what they left open stays open.
 * @throws ServiceError 'not-allowed', or 'invalid' where words stay and no reason is given, or the child's own name is said
 *   to tell nobody who it is
 */
export async function decideAbout(
  acting: Acting,
  read: (tx: Tx) => Promise<TextToCheck>,
  posted: Posted,
): Promise<{ open: number }> {
  return acting.transaction(async tx => {
    const text = await read(tx)
    ensureMay(acting, 'write', text.subject)
    const found = await checkText(tx, text)
    const chosen = found.flatMap(words => {
      const decision = textIn(posted, `decision-${words.key}`)
      const reason = textIn(posted, `${decision === 'not-identifying' ? 'why' : 'reason'}-${words.key}`)
      return isDecision(decision) ? [{ words, decision, reason }] : []
    })
    const isAsked = ({ words, decision }: (typeof chosen)[number]) =>
      decision === 'kept' || (decision === 'not-identifying' && isNameOfChild(words, text.known))
    const without = chosen.filter(one => one.reason === '' && isAsked(one))
    if (without.length > 0) {
      throw new ServiceError('invalid', 'Say why the words stay.', {
        fields: without.map(({ words, decision }) =>
          decision === 'kept'
            ? { field: `reason-${words.key}`, text: `Say why “${words.words}” stays` }
            : {
                field: `why-${words.key}`,
                text: `“${words.words}” is the child’s name: say why nobody is recognised by it`,
              },
        ),
      })
    }
    const isNew = ({ words: { decided }, decision, reason }: (typeof chosen)[number]) =>
      decided?.decision !== decision || (decided.reason ?? '') !== reason
    const added = chosen.filter(isNew)
    if (added.length > 0) {
      const textHash = fingerprint(text.paragraphs)
      await tx
        .insertInto('identifying_decision')
        .values(
          added.map(({ words, decision, reason }) => ({
            subject: text.subject,
            about: text.about,
            found_key: words.key,
            text_hash: textHash,
            decision,
            reason: reason || null,
            ...(text.place &&
              ('incidentId' in text.place ? columnsOf(text.place) : { partnership_code: text.place.partnershipCode })),
            person_id: acting.personId,
            decided_at: contextOf(tx).now,
          })),
        )
        .execute()
    }
    return { open: (await checkText(tx, text)).filter(({ isOpen }) => isOpen).length }
  })
}

/** The child's own name: that nobody can be recognised by it needs a reason. */
export function isNameOfChild({ kind, words }: Recognisable, { people }: KnownToRecord): boolean {
  const said = new Set(
    folded(words)
      .toLowerCase()
      .match(/[a-z]+/g),
  )
  return (
    kind === 'name' &&
    people
      .filter(({ relation }) => relation === 'child')
      .flatMap(({ given, family, others = [] }) => [given ?? '', family ?? '', ...others])
      .some(name =>
        folded(name)
          .toLowerCase()
          .split(/[^a-z]+/)
          .some(part => part.length > 1 && said.has(part)),
      )
  )
}

function isDecision(text: string): text is Decision {
  return Object.hasOwn(decisions, text)
}
