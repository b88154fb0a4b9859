import { reachOf } from '../platform/access/index.ts'
import { ensureMay, may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import { invalidAt, ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { legalMove, needs, type Axis, type Part, type State } from './moves.ts'
import { showInPublic } from './progress/show-in-public.ts'
import {
  isSecondPerson,
  waitsForCheck,
  type Addressee,
  type Evidence,
  type EvidenceKind,
  type KeptFile,
  type Recommendation,
} from './recommendation.ts'
import {
  addresseesOf,
  answersFor,
  evidenceOf,
  insertCheck,
  insertEvidence,
  insertMove,
  insertTakenOff,
  isInAssuranceGroup,
  movesOf,
} from './store.ts'
import { knownRecommendation, longestText, noSuchRecommendation } from './write-recommendation.ts'

/** In which parts somebody may speak of what one addressee owes; `entering` is for whoever copies a letter. */
export interface PartsOf {
  owner: boolean
  entering: boolean
  /** As the second person, what somebody else entered, or what came by link. */
  checking: boolean
  judging: 'judge' | 'panel' | 'sample' | undefined
}

/**
 * Nobody judges their own action: whoever answers for the addressee is no judge of it, whatever their role. For what is
 * local or carried locally the scrutineer or the named group judges, for national bodies the Panel.
 */
export async function partsOf(tx: Tx, acting: Acting, owed: Addressee): Promise<PartsOf> {
  const judging = await judgingPart(tx, acting, owed)
  const isTheirs = isTheirAffair(acting, owed)
  const isOwner = may(acting, 'reply', 'recommendation') && owed.bodyCode === acting.bodyCode
  const writes = may(acting, 'write', 'recommendation') && isTheirs
  return {
    owner: isOwner,
    entering: writes && !isOwner,
    checking: writes || isOwner || (may(acting, 'reply', 'recommendation') && owed.partnershipCode !== null),
    judging: judging && !(await answersFor(tx, acting.personId, owed.addresseeId)) ? judging : undefined,
  }
}

/**
 * What national bodies owe to the nation is no affair of a partnership; and who works for the whole country speaks for no
 * body of an area, which has people of its own.
 */
export function isTheirAffair(acting: Acting, owed: Addressee): boolean {
  return reachOf(acting.role, 'write', 'recommendation').includes('national')
    ? owed.kind === 'national-body' || owed.bodyCode === null
    : owed.partnershipCode !== null
}

async function judgingPart(tx: Tx, acting: Acting, owed: Addressee): Promise<PartsOf['judging']> {
  if (may(acting, 'write', 'national-judgement')) {
    if (owed.kind === 'national-body') return 'panel'
    return owed.kind === 'partnership' && owed.incidentId === null ? 'sample' : undefined
  }
  if (!may(acting, 'write', 'judgement') || owed.kind === 'national-body') return undefined
  if (acting.role === 'scrutineer') return 'judge'
  return (await isInAssuranceGroup(tx, acting.personId, owed.partnershipCode)) ? 'judge' : undefined
}

export interface NewMove {
  axis: Axis
  /** What the page showed. */
  from: State
  to: State
  words: string
  replacement?: string
  howAsked?: string
  evidenceId?: string
}

/** What is entered for a body without an account, word for word. */
export interface Entered {
  cameBy: 'letter' | 'mail' | 'published'
  /** Of the letter. */
  saidOn: CivilDate
  /** Who signed. */
  saidBy: string
  source: string
  file: KeptFile | null
}

/** @throws ServiceError 'not-found' */
export async function knownAddressee(
  tx: Tx,
  number: string,
  addresseeId: string,
): Promise<{ recommendation: Recommendation; owed: Addressee }> {
  const recommendation = await knownRecommendation(tx, number)
  const owed = (await addresseesOf(tx, recommendation.recommendationId)).find(one => one.addresseeId === addresseeId)
  if (!owed) throw noSuchRecommendation()
  return { recommendation, owed }
}

/**
 * One move on one axis of one addressee: nothing of another addressee changes, and what was said before stays.
 *
 * @param entered where it was copied from a letter, a mail or something published
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' when something must be said with it, or 'conflict' when the
 *   state has changed since the page was shown
 */
export async function makeMove(
  acting: Acting,
  number: string,
  addresseeId: string,
  move: NewMove,
  entered?: Entered,
): Promise<void> {
  ensureMay(acting, 'read', 'recommendation')
  const result = acting.transaction(async tx => {
    const { recommendation, owed } = await knownAddressee(tx, number, addresseeId)
    const parts = await partsOf(tx, acting, owed)
    const part = partFor(move, parts, entered !== undefined)
    if (!part) throw new ServiceError('not-allowed', 'You cannot say this of what this addressee owes.')
    if (owed.status !== 'issued' && (move.axis !== 'effect' || !recommendation.issuedAt)) {
      throw new ServiceError('conflict', `${number} is not open for this: it is ${owed.status}.`)
    }
    if (owed[move.axis] !== move.from) throw movedSince()
    const legal = legalMove(move.axis, part, move.from, move.to)
    if (!legal) throw invalidAt('to', 'Select what it becomes')
    const evidence = (await evidenceOf(tx, addresseeId)).find(one => one.evidenceId === move.evidenceId)
    ensureSaid(legal.needs, move, evidence, entered, contextOf(tx).today)
    await insertMove(tx, owed, {
      axis: move.axis,
      by: part,
      from: move.from,
      to: move.to,
      words: move.words,
      replacement: move.replacement ?? '',
      howAsked: move.howAsked ?? '',
      evidenceId: evidence?.evidenceId ?? null,
      cameBy: entered?.cameBy ?? 'account',
      saidOn: entered?.saidOn ?? contextOf(tx).today,
      saidBy: entered?.saidBy ?? acting.name,
      source: entered?.source ?? '',
      file: entered?.file ?? null,
      personId: acting.personId,
    })
    await showInPublic(tx, recommendation.recommendationId)
    await recordEvent(tx, {
      kind: 'recommendation.moved',
      subject: 'recommendation',
      ...(recommendation.place && may(acting, 'read', 'incident') && { place: recommendation.place }),
      objectId: owed.addresseeId,
      detail: { number, axis: move.axis, part, to: move.to },
    })
  })
  await overtakenIn(result)
}

/** The database holds the row while it compares: of two at once it refuses the second, and of the same said twice. */
export async function overtakenIn(moving: Promise<void>): Promise<void> {
  await moving.catch((error: unknown) => {
    const { code, constraint } = error as { code?: string; constraint?: string }
    if (code === '23514' || constraint === 'recommendation_move_said_once') throw movedSince()
    throw error
  })
}

function partFor(move: NewMove, parts: PartsOf, isEntered: boolean): Part | undefined {
  if (isEntered) return parts.entering ? 'owner' : undefined
  if (move.axis !== 'effect')
    return parts.owner ? 'owner' : parts.judging === 'panel' && move.axis === 'reply' ? 'panel' : undefined
  return parts.judging ?? (parts.owner ? 'owner' : undefined)
}

export function movedSince(): ServiceError {
  return new ServiceError(
    'conflict',
    'Somebody else recorded something here after you opened this page. What is stored is shown beside what you typed.',
  )
}

function ensureSaid(
  needed: keyof typeof needs,
  move: NewMove,
  evidence: Evidence | undefined,
  entered: Entered | undefined,
  today: CivilDate,
): void {
  const problems: FieldError[] = []
  if (!move.words) problems.push({ field: 'words', text: 'Write it in words' })
  if (move.words.length > longestText) {
    problems.push({ field: 'words', text: `This must be ${longestText} characters or fewer` })
  }
  if (needed === 'replacement' && !move.replacement) problems.push({ field: 'replacement', text: needs[needed] })
  if (needed === 'how-asked' && !move.howAsked) problems.push({ field: 'howAsked', text: needs[needed] })
  if (needed === 'audit-or-observation' && evidence?.kind !== 'audit' && evidence?.kind !== 'observation') {
    problems.push({ field: 'evidenceId', text: needs[needed] })
  }
  if (needed === 'outcome-data' && evidence?.kind !== 'dataset') {
    problems.push({ field: 'evidenceId', text: needs[needed] })
  }
  if (entered) {
    if (!entered.saidBy) problems.push({ field: 'saidBy', text: 'Enter who signed it' })
    if (entered.saidOn > today) problems.push({ field: 'saidOn-day', text: 'The day of the letter must not lie ahead' })
    if (!entered.file && !entered.source) {
      problems.push({ field: 'file', text: 'Add the scan, or say where the letter is kept' })
    }
  }
  if (problems.length > 0) throw new ServiceError('invalid', 'It was not recorded.', { fields: problems })
}

/**
 * Adds what shows it: by whoever owes the answer, who enters for them, or who judges.
 * @throws ServiceError 'not-allowed', 'not-found' or 'invalid'
 */
export async function addEvidence(
  acting: Acting,
  number: string,
  addresseeId: string,
  evidence: { kind: EvidenceKind | undefined; title: string; words: string; file: KeptFile | null },
): Promise<string> {
  return acting.transaction(async tx => {
    const { recommendation, owed } = await knownAddressee(tx, number, addresseeId)
    const { owner, entering, judging } = await partsOf(tx, acting, owed)
    const part = judging === 'sample' ? 'panel' : (judging ?? (owner || entering ? 'owner' : undefined))
    if (!part) throw new ServiceError('not-allowed', 'You cannot add evidence to what this addressee owes.')
    const { kind, title, words, file } = evidence
    const problems: FieldError[] = []
    if (!kind) problems.push({ field: 'kind', text: 'Select what kind of evidence it is' })
    if (!title) problems.push({ field: 'title', text: 'Enter what it is called' })
    if (problems.length > 0 || !kind) {
      throw new ServiceError('invalid', 'The evidence was not added.', { fields: problems })
    }
    const id = await insertEvidence(tx, owed, { kind, by: part, title, words, file, personId: acting.personId })
    await recordEvent(tx, {
      kind: 'recommendation.evidence-added',
      subject: 'recommendation',
      ...(recommendation.place && may(acting, 'read', 'incident') && { place: recommendation.place }),
      objectId: owed.addresseeId,
      detail: { number },
    })
    return id
  })
}

/**
 * A second person says whether what was entered is what the letter says, or whether what came by link is the body's. Only
 * then it is public. A difference is mended by another entry.
 * @throws ServiceError 'not-allowed' also for whoever entered it, 'not-found', 'invalid' or 'conflict'
 */
export async function checkCopy(
  acting: Acting,
  number: string,
  addresseeId: string,
  check: { moveId: string; agrees: boolean | undefined; words: string },
): Promise<void> {
  const { agrees } = check
  if (agrees === undefined || (!agrees && !check.words)) {
    const field = agrees === undefined ? 'agrees' : 'differs'
    const text = agrees === undefined ? 'Say whether the copy is right' : 'Say what differs'
    throw invalidAt(field, text)
  }
  await acting.transaction(async tx => {
    const { recommendation, owed } = await knownAddressee(tx, number, addresseeId)
    if (!(await partsOf(tx, acting, owed)).checking) {
      throw new ServiceError('not-allowed', 'You cannot check what this addressee said.')
    }
    const move = (await movesOf(tx, addresseeId)).find(({ moveId }) => moveId === check.moveId)
    if (!move) throw noSuchRecommendation()
    if (!isSecondPerson(move, acting.personId)) {
      throw new ServiceError('not-allowed', 'Somebody else than who entered it, or made its link, checks it.')
    }
    const isNew = waitsForCheck(move) && (await insertCheck(tx, owed, { ...check, agrees, personId: acting.personId }))
    if (!isNew) throw new ServiceError('conflict', 'This waits for no check.')
    await showInPublic(tx, recommendation.recommendationId)
    await recordEvent(tx, {
      kind: 'recommendation.copy-checked',
      subject: 'recommendation',
      ...(recommendation.place && may(acting, 'read', 'incident') && { place: recommendation.place }),
      objectId: owed.addresseeId,
      detail: { number, agrees },
    })
  })
}

/**
 * Takes the words of something that a national body or the Panel said off the public page, at once, like the name of a
 * child. What became of the recommendation by it stays public, and the words stay in the record.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' without a reason, 'conflict' where they are off
 */
export async function takeOffPublic(
  acting: Acting,
  number: string,
  addresseeId: string,
  taken: { moveId: string; reason: string },
): Promise<void> {
  await acting.transaction(async tx => {
    const { recommendation, owed } = await knownAddressee(tx, number, addresseeId)
    if (!mayTakeOff(acting, owed)) throw new ServiceError('not-allowed', 'You cannot change what is public here.')
    if (!(await movesOf(tx, addresseeId)).some(({ moveId }) => moveId === taken.moveId)) throw noSuchRecommendation()
    if (!taken.reason) throw invalidAt(`reason-${taken.moveId}`, 'Enter the reason. It is kept, and never public')
    if (!(await insertTakenOff(tx, { ...taken, personId: acting.personId }))) {
      throw new ServiceError('conflict', 'These words are off the public page already.')
    }
    await showInPublic(tx, recommendation.recommendationId)
    await recordEvent(tx, {
      kind: 'recommendation.taken-off',
      subject: 'recommendation',
      ...(recommendation.place && may(acting, 'read', 'incident') && { place: recommendation.place }),
      objectId: owed.addresseeId,
      detail: { number },
    })
  })
}

/** Whether the words of this addressee are public by name, and the acting person takes them off. */
export function mayTakeOff(acting: Acting, owed: Addressee): boolean {
  return owed.kind === 'national-body' && reachOf(acting.role, 'write', 'recommendation').includes('national')
}
