import { contextOf, type Tx } from '../platform/database/index.ts'
import { invalidAt, ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import type { OpenedLink } from '../platform/web/index.ts'
import { knownAddressee, movedSince, overtakenIn } from './make-move.ts'
import { legalMove, needs, type Axis, type State } from './moves.ts'
import { showInPublic } from './progress/show-in-public.ts'
import { evidenceKinds, type Addressee, type EvidenceKind, type Move, type Recommendation } from './recommendation.ts'
import { insertComment, insertEvidence, insertMove, movesOf, numberFor } from './store.ts'
import { draftSubjectOf, longestText } from './write-recommendation.ts'

export interface TypedAnswer {
  /** What the page showed. */
  fromReply: string
  fromDelivery: string
  reply: string
  /** Empty where nothing is said of it. */
  delivery: string
  words: string
  replacement: string
  evidenceKind: string
  evidence: string
}

/**
 * The one recommendation that a link opens, and what this addressee said with links.
 * @throws ServiceError 'not-found' also when a draft is no longer out for comment
 */
export async function readLinked(
  tx: Tx,
  link: OpenedLink,
): Promise<{ recommendation: Recommendation; owed: Addressee; moves: Move[] }> {
  const number = await numberFor(tx, link.objectId)
  if (!number) {
    throw new ServiceError(
      'not-found',
      link.purpose === 'draft-comment'
        ? 'This draft is not out for comment any more. What you sent before was kept.'
        : 'There is no such recommendation any more.',
    )
  }
  return { ...(await knownAddressee(tx, number, link.objectId)), moves: await movesOf(tx, link.objectId) }
}

/**
 * An addressee without an account says what it will do, how far it is, and what shows it. Nothing of another addressee
 * changes.
 * @throws ServiceError 'not-found', 'invalid', or 'conflict' when something was recorded since, or the recommendation ended
 */
export async function replyByLink(link: OpenedLink, typed: TypedAnswer): Promise<void> {
  const moving = link.transaction(async tx => {
    const { recommendation, owed } = await readLinked(tx, link)
    if (owed.status !== 'issued') throw new ServiceError('conflict', `${recommendation.number} has ended.`)
    if (owed.reply !== typed.fromReply || owed.delivery !== typed.fromDelivery) throw movedSince()
    const { evidenceKind, saying } = answerFrom(typed, owed)
    const evidenceId =
      evidenceKind &&
      (await insertEvidence(tx, owed, {
        kind: evidenceKind,
        by: 'owner',
        title: typed.evidence.slice(0, 80),
        words: typed.evidence,
        file: null,
        personId: null,
        linkId: link.id,
      }))
    for (const { axis, to } of saying) {
      await insertMove(tx, owed, {
        axis,
        by: 'owner',
        from: owed[axis],
        to,
        words: typed.words,
        replacement: axis === 'reply' && to === 'replaced' ? typed.replacement : '',
        howAsked: '',
        evidenceId: evidenceId ?? null,
        cameBy: 'link',
        saidOn: contextOf(tx).today,
        saidBy: `${link.holder}, ${owed.bodyName}`,
        source: '',
        file: null,
        personId: null,
        linkId: link.id,
      })
      await recordEvent(tx, {
        kind: 'recommendation.moved',
        subject: 'recommendation',
        ...(recommendation.place && { place: recommendation.place }),
        objectId: owed.addresseeId,
        detail: { number: recommendation.number, axis, part: 'owner', to },
      })
    }
    await showInPublic(tx, recommendation.recommendationId)
  })
  await overtakenIn(moving)
}

function answerFrom(
  typed: TypedAnswer,
  owed: Addressee,
): { saying: { axis: Axis; to: State }[]; evidenceKind: EvidenceKind | undefined } {
  const { reply, delivery, words, replacement, evidence, evidenceKind } = typed
  const problems: FieldError[] = []
  const asked = (axis: 'reply' | 'delivery', to: string) => legalMove(axis, 'owner', owed[axis], to as State)
  const replying = asked('reply', reply)
  const delivering = asked('delivery', delivery)
  if (!replying) problems.push({ field: 'reply', text: 'Select your reply' })
  if (delivery && !delivering) problems.push({ field: 'delivery', text: 'Select how far it is' })
  if (replying?.needs === 'replacement' && !replacement) {
    problems.push({ field: 'replacement', text: needs.replacement })
  }
  if (!words) problems.push({ field: 'words', text: 'Write what you will do, or why not' })
  for (const field of ['words', 'replacement', 'evidence'] as const) {
    if (typed[field].length > longestText) {
      problems.push({ field, text: `This must be ${longestText} characters or fewer` })
    }
  }
  const kind = Object.hasOwn(evidenceKinds, evidenceKind) ? (evidenceKind as EvidenceKind) : undefined
  if (evidence && !kind) problems.push({ field: 'evidenceKind', text: 'Select what kind of evidence it is' })
  if (kind && !evidence) problems.push({ field: 'evidence', text: 'Say what shows it, and where it can be seen' })
  if (problems.length > 0) throw new ServiceError('invalid', 'Your reply was not sent.', { fields: problems })
  return { saying: [replying, delivering].filter(move => move !== undefined), evidenceKind: kind }
}

/**
 * An addressee without an account says what it makes of the draft. It stays, also after the issue.
 * @throws ServiceError 'not-found' or 'invalid'
 */
export async function commentByLink(link: OpenedLink, words: string): Promise<void> {
  if (!words || words.length > longestText) {
    const text = words ? `This must be ${longestText} characters or fewer` : 'Write your comment'
    throw invalidAt('words', text)
  }
  await link.transaction(async tx => {
    const { recommendation, owed } = await readLinked(tx, link)
    const isNew = await insertComment(tx, owed, {
      words,
      saidBy: `${link.holder}, ${owed.bodyName}`,
      personId: null,
      linkId: link.id,
    })
    if (!isNew) return
    await recordEvent(tx, {
      kind: 'recommendation.commented',
      subject: draftSubjectOf(recommendation),
      ...(recommendation.place && { place: recommendation.place }),
      objectId: owed.addresseeId,
      detail: { number: recommendation.number },
    })
  })
}
