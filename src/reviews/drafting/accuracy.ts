import { reachOf, roleKeys } from '../../platform/access/index.ts'
import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { isCivilDate, type CivilDate } from '../../platform/dates.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { groupOf, peopleForGroup, type Member } from '../group/members.ts'
import type { ReviewPlace } from '../review.ts'
import { accuracyOutcomes, waysOfAnswering, type AccuracyOutcome, type WayOfAnswering } from './draft.ts'
import { lastVersionIn, seenReport } from './open-draft.ts'
import { accuracyOf, insertAccuracyAnswer, insertAsked, markSettled } from './store.ts'

const ofPartnership = roleKeys.filter(role => reachOf(role, 'comment', 'local-review').includes('partnership'))
const ofGroup = roleKeys.filter(role => reachOf(role, 'comment', 'local-review').includes('group'))

/** Who can be asked by name and answer here: those who may read the report. */
export async function peopleToAsk(tx: Tx, review: ReviewPlace): Promise<Member[]> {
  const here = await peopleForGroup(tx, review.partnershipCode, ofPartnership)
  const group = await groupOf(tx, review, ofGroup)
  const seen = new Set(here.map(({ personId }) => personId))
  return [...here, ...group.filter(({ personId, appointments }) => !seen.has(personId) && appointments.length > 0)]
}

/**
 * Asks named people, by a day, whether what the last version says is right.
 *
 * @param names of people without an account, one a line
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' before there is a version, or 'invalid' at the fields
 *   `people`, `names`, `answerBy`
 */
export async function askForAccuracy(
  acting: Acting,
  incidentId: string,
  { personIds, names, answerBy }: { personIds: readonly string[]; names: string; answerBy: string | undefined },
): Promise<number> {
  ensureMay(acting, 'write', 'local-review')
  return acting.transaction(async tx => {
    const report = await seenReport(tx, incidentId)
    const { version } = lastVersionIn(report)
    const people = await peopleToAsk(tx, report.review)
    const chosen = people.filter(({ personId }) => personIds.includes(personId))
    const others = [...new Set(names.split('\n').map(name => name.trim()))].filter(Boolean)
    const fields: FieldError[] = []
    if (chosen.length + others.length === 0) fields.push({ field: 'people', text: 'Select or enter whom to ask' })
    if (others.some(name => name.length > 200)) fields.push({ field: 'names', text: 'Enter one name a line' })
    if (!answerBy || !isCivilDate(answerBy) || answerBy < contextOf(tx).today) {
      fields.push({ field: 'answerBy', text: 'Enter the day by which they answer, today or later' })
    }
    if (fields.length > 0) throw new ServiceError('invalid', 'Nobody was asked yet.', { fields })
    const day = answerBy as CivilDate
    for (const { personId, name } of chosen) {
      await insertAsked(tx, report.review, { version, name, accountId: personId, answerBy: day })
    }
    for (const name of others)
      await insertAsked(tx, report.review, { version, name, accountId: undefined, answerBy: day })
    await recordEvent(tx, {
      kind: 'draft.accuracy-asked',
      subject: 'local-review',
      place: report.review,
      detail: {
        version,
        answerBy: day,
        people: chosen.length + others.length,
        tell: chosen.map(({ personId }) => personId).filter(id => id !== acting.personId),
      },
    })
    return chosen.length + others.length
  })
}

/**
 * What somebody who was asked says: by themselves, or entered by those who write the review, as it came. An answer stands;
 * a second one follows it.
 * @throws ServiceError 'not-allowed', 'not-found', or 'invalid' at the fields `accurate`, `text`, `source`, `came`
 */
export async function answerForAccuracy(
  acting: Acting,
  incidentId: string,
  askedId: string,
  answer: { accurate: string; text: string; source: string; came: string },
): Promise<void> {
  ensureMay(acting, 'comment', 'local-review')
  await acting.transaction(async tx => {
    const { review } = await seenReport(tx, incidentId)
    const asked = (await accuracyOf(tx, review)).find(({ id }) => id === askedId)
    if (!asked) throw new ServiceError('not-found', 'Nobody was asked this here.')
    const isOwn = asked.accountId === acting.personId
    if (!isOwn && !may(acting, 'write', 'local-review')) {
      throw new ServiceError(
        'not-allowed',
        'Whoever was asked answers, or those who write the review enter it for them.',
      )
    }
    const [text, source] = [answer.text.trim(), answer.source.trim()]
    const accurate = answer.accurate === 'yes'
    const came = isOwn ? 'account' : answer.came
    const fields: FieldError[] = []
    if (!accurate && answer.accurate !== 'no') fields.push({ field: 'accurate', text: 'Select whether it is right' })
    if (answer.accurate === 'no' && text === '') fields.push({ field: 'text', text: 'Enter what is not right' })
    if (answer.accurate === 'no' && source === '') {
      fields.push({ field: 'source', text: 'Enter where it can be seen, for example a record and its date' })
    }
    if (text.length > 4000) fields.push({ field: 'text', text: 'What is not right must be 4,000 characters or less' })
    if (source.length > 1000) fields.push({ field: 'source', text: 'The source must be 1,000 characters or less' })
    if (!isWay(came) || (!isOwn && came === 'account'))
      fields.push({ field: 'came', text: 'Select how the answer came' })
    if (fields.length > 0 || !isWay(came)) throw new ServiceError('invalid', 'The answer was not saved.', { fields })
    await insertAccuracyAnswer(tx, review, { askedId, accurate, text, source, came })
    await recordEvent(tx, {
      kind: 'draft.accuracy-answered',
      subject: 'local-review',
      place: review,
      objectId: askedId,
      detail: { accurate },
    })
  })
}

/**
 * Says what became of what somebody said is not right. Said once; the partners read it before they sign.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' where there is nothing to settle, or 'invalid' at the fields
 *   `outcome`, `why`
 */
export async function settleAccuracy(
  acting: Acting,
  incidentId: string,
  askedId: string,
  settled: { outcome: string; why: string },
): Promise<void> {
  ensureMay(acting, 'write', 'local-review')
  const { outcome } = settled
  const why = settled.why.trim()
  const fields: FieldError[] = []
  if (!isOutcome(outcome)) fields.push({ field: 'outcome', text: 'Select what became of it' })
  if (why === '') fields.push({ field: 'why', text: 'Enter what was changed, or why it stays' })
  if (why.length > 2000) fields.push({ field: 'why', text: 'What was changed or why must be 2,000 characters or less' })
  if (fields.length > 0 || !isOutcome(outcome)) throw new ServiceError('invalid', 'Nothing was saved.', { fields })
  await acting.transaction(async tx => {
    const { review } = await seenReport(tx, incidentId)
    if (!(await accuracyOf(tx, review)).some(({ id }) => id === askedId)) {
      throw new ServiceError('not-found', 'Nobody was asked this here.')
    }
    if (!(await markSettled(tx, askedId, { outcome, why }))) {
      throw new ServiceError('conflict', 'Nothing is disputed here, or what became of it was said already.')
    }
    await recordEvent(tx, {
      kind: 'draft.accuracy-settled',
      subject: 'local-review',
      place: review,
      objectId: askedId,
      detail: { outcome },
    })
  })
}

function isOutcome(text: string): text is AccuracyOutcome {
  return Object.hasOwn(accuracyOutcomes, text)
}

function isWay(text: string): text is WayOfAnswering {
  return Object.hasOwn(waysOfAnswering, text)
}
