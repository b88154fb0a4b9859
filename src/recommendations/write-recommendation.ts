import { ensureMay, may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import { invalidAt, ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent, type IncidentPlace } from '../platform/events/index.ts'
import type { Subject } from '../platform/access/index.ts'
import { readLetter, type Letter } from '../panel/index.ts'
import { readIncident } from '../notifications/index.ts'
import { readReview } from '../reviews/index.ts'
import { ensureAllDecided } from '../documents/index.ts'
import { recommendationToCheck } from './recognised.ts'
import { isTheme, readBody } from '../reference-data/index.ts'
import { showInPublic } from './progress/show-in-public.ts'
import type { Basis, Recommendation, RecommendationText, Source } from './recommendation.ts'
import {
  addresseesOf,
  deleteAddressee,
  insertAddressee,
  insertComment,
  insertRecommendation,
  possibleAddressees,
  readRecommendation,
  setStatus,
  updateText,
} from './store.ts'

export const longestText = 4000

/** Where it is a draft, the subject that its writers need; a national one lies nowhere. */
export function draftSubjectOf({ place }: Pick<Recommendation, 'place'>): Subject {
  return place ? 'recommendation-draft' : 'national-recommendation-draft'
}

export function noSuchRecommendation(): ServiceError {
  return new ServiceError('not-found', 'There is no such recommendation, or you may not see it.')
}

/** @throws ServiceError 'not-found' */
export async function knownRecommendation(tx: Tx, number: string): Promise<Recommendation> {
  const found = await readRecommendation(tx, number)
  if (!found) throw noSuchRecommendation()
  return found
}

function ensureDraft({ status, number }: Recommendation): void {
  if (status !== 'draft' && status !== 'out-for-comment') {
    throw new ServiceError('conflict', `${number} was issued: its text stands. Write another that replaces it.`)
  }
}

const overtaken = () =>
  new ServiceError(
    'conflict',
    'Somebody else changed this recommendation after you opened it. What is stored is shown beside what you typed: save again to keep yours.',
  )

/**
 * Begins a recommendation: from a review or letter about an incident, or a national one where no incident is given.
 * @returns its permanent number
 * @throws ServiceError 'not-allowed', 'not-found' or 'invalid'
 */
export async function startRecommendation(
  acting: Acting,
  from: { incidentId?: string; sourceKind: Source; sourceName: string },
  text: RecommendationText,
): Promise<string> {
  const subject = from.incidentId ? 'recommendation-draft' : 'national-recommendation-draft'
  ensureMay(acting, 'write', subject)
  ensureInOrder(
    text,
    from.incidentId || from.sourceName ? [] : [{ field: 'sourceName', text: 'Enter where it comes from' }],
  )
  return acting.transaction(async tx => {
    let place: IncidentPlace | null = null
    if (from.incidentId) {
      const incident = await readIncident(tx, from.incidentId)
      if (!incident) throw new ServiceError('not-found', 'There is no such incident, or you may not see it.')
      place = incident
    }
    const kind = from.sourceKind === 'local-review' ? 'local' : from.sourceKind === 'rapid-review' ? 'rapid' : undefined
    const review = place && kind && (await readReview(tx, { incidentId: place.incidentId, kind }))
    const letter = place && from.sourceKind === 'panel-letter' ? await lastLetter(tx, place.incidentId) : undefined
    const number = await insertRecommendation(tx, {
      place,
      reviewId: review?.reviewId ?? letter?.reviewId ?? null,
      letterId: letter?.letterId ?? null,
      sourceKind: from.sourceKind,
      sourceName: from.sourceName,
      text: place ? text : { ...text, level: 'national' },
      bodyCode: acting.bodyCode,
      personId: acting.personId,
    })
    await recordEvent(tx, {
      kind: 'recommendation.drafted',
      subject,
      ...(place && { place: placeAlone(place) }),
      detail: { number },
    })
    return number
  })
}

/** A local review comes after the rapid one, and so does the letter on it. */
async function lastLetter(tx: Tx, incidentId: string): Promise<Letter | undefined> {
  const [local, rapid] = [
    await readLetter(tx, { incidentId, kind: 'local' }),
    await readLetter(tx, { incidentId, kind: 'rapid' }),
  ]
  return [local, rapid].find(letter => letter?.status === 'sent')
}

/** @throws ServiceError 'not-allowed', 'not-found', 'invalid', or 'conflict' when it was saved or issued since */
export async function saveText(
  acting: Acting,
  number: string,
  text: RecommendationText,
  seenRevision: number,
): Promise<void> {
  ensureInOrder(text)
  await acting.transaction(async tx => {
    const found = await knownRecommendation(tx, number)
    ensureMay(acting, 'write', draftSubjectOf(found))
    ensureDraft(found)
    const kept = found.place ? text : { ...text, level: 'national' as const }
    if (!(await updateText(tx, found.recommendationId, kept, seenRevision))) throw overtaken()
  })
}

function ensureInOrder(text: RecommendationText, problems: FieldError[] = []): void {
  if (!text.text) problems.push({ field: 'text', text: 'Write what you recommend' })
  if (!text.themes.every(isTheme)) problems.push({ field: 'themes', text: 'Select themes of the list' })
  if (text.priority && !text.priorityReason) {
    problems.push({ field: 'priorityReason', text: 'Say why it has this priority: the reason is public' })
  }
  for (const field of ['text', 'finding', 'intendedChange', 'measure', 'priorityReason'] as const) {
    if (text[field].length > longestText) {
      problems.push({ field, text: `This must be ${longestText} characters or fewer` })
    }
  }
  if (problems.length > 0) {
    throw new ServiceError('invalid', 'The recommendation was not saved.', { fields: problems })
  }
}

/**
 * Names a body that is to answer. One that is not in the list of bodies is named in words, and answers by letter or mail.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' or 'conflict'
 */
export async function addAddressee(
  acting: Acting,
  number: string,
  addressee: { bodyCode: string; otherBody: string; replyAskedBy: CivilDate | null; replyBasis: Basis | null },
): Promise<void> {
  const { otherBody, replyAskedBy, replyBasis } = addressee
  await acting.transaction(async tx => {
    const found = await knownRecommendation(tx, number)
    ensureMay(acting, 'write', draftSubjectOf(found))
    ensureDraft(found)
    const bodies = await possibleAddressees(tx, found.place?.partnershipCode ?? null)
    const body = bodies.find(({ code }) => code === addressee.bodyCode)
    const already = await addresseesOf(tx, found.recommendationId)
    const name = body?.name ?? otherBody
    const problems: FieldError[] = []
    if (!name) problems.push({ field: 'bodyCode', text: 'Select a body, or write the name of another' })
    if (body && otherBody) problems.push({ field: 'otherBody', text: 'Select a body or write a name, not both' })
    if (already.some(({ bodyName }) => bodyName === name)) {
      problems.push({ field: 'bodyCode', text: `${name} is an addressee already` })
    }
    if (replyAskedBy && !replyBasis)
      problems.push({ field: 'replyBasis', text: 'Say why a reply is asked for by then' })
    if (replyAskedBy && replyAskedBy < contextOf(tx).today) {
      problems.push({ field: 'replyAskedBy-day', text: 'The day for the reply must not lie in the past' })
    }
    if (problems.length > 0) throw new ServiceError('invalid', 'The addressee was not added.', { fields: problems })
    await insertAddressee(tx, found, {
      kind: body?.kind ?? 'national-body',
      bodyCode: body?.code ?? null,
      bodyName: name,
      replyAskedBy,
      replyBasis: replyAskedBy && replyBasis,
    })
  })
}

/** @throws ServiceError 'not-allowed', 'not-found', or 'conflict' once it was out for comment */
export async function removeAddressee(acting: Acting, number: string, addresseeId: string): Promise<void> {
  await acting.transaction(async tx => {
    const found = await knownRecommendation(tx, number)
    ensureMay(acting, 'write', draftSubjectOf(found))
    const owed = (await addresseesOf(tx, found.recommendationId)).find(one => one.addresseeId === addresseeId)
    if (!owed) throw noSuchRecommendation()
    if (found.status !== 'draft' || !(await deleteAddressee(tx, addresseeId))) {
      throw new ServiceError('conflict', `${number} was sent to its addressees: none is taken away any more.`)
    }
  })
}

/** Sends the draft to those it is meant for. They see it and comment. */
export async function sendForComment(acting: Acting, number: string, seenRevision: number): Promise<void> {
  await changeStatus(acting, number, seenRevision, 'out-for-comment')
}

/** From here on its text stands, and its addressees owe an answer. */
export async function issueRecommendation(acting: Acting, number: string, seenRevision: number): Promise<void> {
  await changeStatus(acting, number, seenRevision, 'issued')
}

async function changeStatus(
  acting: Acting,
  number: string,
  seenRevision: number,
  status: 'out-for-comment' | 'issued',
): Promise<void> {
  await acting.transaction(async tx => {
    const found = await knownRecommendation(tx, number)
    const subject = draftSubjectOf(found)
    ensureMay(acting, 'send', subject)
    ensureDraft(found)
    const addressees = await addresseesOf(tx, found.recommendationId)
    if (addressees.length === 0) {
      throw invalidAt('bodyCode', 'Name the body that is to answer')
    }
    if (status === 'issued') await ensureAllDecided(tx, await recommendationToCheck(tx, found))
    const becomes =
      status === 'issued' ? ({ status, personId: acting.personId } as const) : ({ status: 'out-for-comment' } as const)
    if (found.revision !== seenRevision || !(await setStatus(tx, found, becomes))) throw overtaken()
    const happened = { ...(found.place && { place: found.place }), objectId: found.recommendationId }
    const detail = { number, addressees: addressees.length }
    if (status === 'issued') {
      const bodies = addressees.flatMap(({ bodyCode }) => bodyCode ?? [])
      await recordEvent(tx, {
        kind: 'recommendation.issued',
        subject: 'recommendation',
        ...happened,
        detail: { ...detail, bodies },
      })
    } else {
      await recordEvent(tx, { kind: 'recommendation.sent-for-comment', subject, ...happened, detail })
    }
  })
}

/**
 * Closes an issued recommendation, or says which one stands in its place. Every reply, judgement and evidence stays.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' or 'conflict'
 */
export async function endRecommendation(
  acting: Acting,
  number: string,
  { reason, replacedBy }: { reason: string; replacedBy: string },
): Promise<void> {
  await acting.transaction(async tx => {
    const found = await knownRecommendation(tx, number)
    ensureMay(acting, 'send', draftSubjectOf(found))
    const problems: FieldError[] = []
    if (!reason) problems.push({ field: 'reason', text: 'Say why it ends' })
    const later = replacedBy ? await readRecommendation(tx, replacedBy) : undefined
    if (replacedBy && (later?.status !== 'issued' || later.number === number)) {
      problems.push({ field: 'replacedBy', text: 'Enter the number of an issued recommendation, like R-2026-30518' })
    }
    if (problems.length > 0)
      throw new ServiceError('invalid', 'The recommendation was not ended.', { fields: problems })
    const status = later ? 'replaced' : 'closed'
    const done =
      found.status === 'issued' &&
      (await setStatus(tx, found, { status, reason, replacedById: later?.recommendationId ?? null }))
    if (!done) throw new ServiceError('conflict', `${number} is not open: only what was issued ends.`)
    await showInPublic(tx, found.recommendationId)
    await recordEvent(tx, {
      kind: 'recommendation.ended',
      subject: 'recommendation',
      ...(found.place && { place: found.place }),
      objectId: found.recommendationId,
      detail: { number, status },
    })
  })
}

/** What an intended addressee says of the draft. It stays, also after the issue. */
export async function commentOn(acting: Acting, number: string, words: string): Promise<void> {
  ensureMay(acting, 'reply', 'recommendation-draft')
  if (!words || words.length > longestText) {
    const text = words ? `This must be ${longestText} characters or fewer` : 'Write your comment'
    throw invalidAt('words', text)
  }
  await acting.transaction(async tx => {
    const found = await knownRecommendation(tx, number)
    if (found.status !== 'out-for-comment') throw new ServiceError('conflict', `${number} is not out for comment.`)
    const owed = (await addresseesOf(tx, found.recommendationId)).find(({ bodyCode }) => bodyCode === acting.bodyCode)
    if (!owed) throw noSuchRecommendation()
    const body = await readBody(tx, acting.bodyCode)
    const isNew = await insertComment(tx, owed, {
      words,
      saidBy: `${acting.name}, ${body?.name ?? acting.bodyName}`,
      personId: acting.personId,
    })
    if (!isNew) return
    await recordEvent(tx, {
      kind: 'recommendation.commented',
      subject: 'recommendation-draft',
      ...(found.place && may(acting, 'read', 'incident') && { place: found.place }),
      objectId: owed.addresseeId,
      detail: { number },
    })
  })
}

const placeAlone = ({ incidentId, authorityCode, partnershipCode }: IncidentPlace): IncidentPlace => ({
  incidentId,
  authorityCode,
  partnershipCode,
})
