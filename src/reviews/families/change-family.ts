import { ensureAllDecided, type TextOnPage } from '../../documents/index.ts'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { formatDate, type CivilDate } from '../../platform/dates.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { readPage, stepAt, type Answers, type Questionnaire } from '../../platform/questionnaire/index.ts'
import type { Posted } from '../../platform/web/index.ts'
import { knownToReview } from '../known-to-review.ts'
import { answerIn, copyForm, entryForms, memberForm, quoteForm, quoteUses, useForm, type EntryKind } from './forms.ts'
import { isMessageKind } from './messages.ts'
import { nextPossibleDay, sensitiveOn } from './sensitive-dates.ts'
import {
  insertEntry,
  insertLead,
  insertQuote,
  insertUse,
  peopleToLead,
  readFamily,
  saveMember,
  type FamilyMember,
  type FamilyRecord,
  type Quote,
} from './store.ts'

/** One page of a form as answers. @throws ServiceError 'invalid' with what to put right */
function answersFrom(form: Questionnaire, posted: Posted, today: CivilDate): Answers {
  const step = stepAt(form, {}, form.pages[0]!.id)!
  const { answers, errors } = readPage(form, step, posted, {}, { today })
  if (errors.length > 0) throw new ServiceError('invalid', 'Something is missing.', { fields: errors })
  return answers
}

/** One change to the record of a family. @throws ServiceError 'not-allowed' or 'not-found' */
async function changing<T>(
  acting: Acting,
  incidentId: string,
  work: (tx: Tx, record: FamilyRecord, today: CivilDate) => Promise<T>,
): Promise<T> {
  ensureMay(acting, 'write', 'family-contact')
  return acting.transaction(async tx => work(tx, await readFamily(tx, acting, incidentId), contextOf(tx).today))
}

/** Names the one person who leads contact: from today on, and nobody else any more. */
export async function changeLead(
  acting: Acting,
  incidentId: string,
  { accountId, name }: { accountId: string; name: string },
): Promise<void> {
  await changing(acting, incidentId, async (tx, record) => {
    const people = await peopleToLead(tx, record)
    const account =
      accountId === acting.personId
        ? { id: acting.personId, name: acting.name }
        : people.find(({ id }) => id === accountId)
    if (!account && !name) throw invalidAt('accountId', 'Choose who leads contact with the family, or write a name')
    if (account && name) throw invalidAt('name', 'Choose a person of the group or write a name, not both')
    await insertLead(tx, record, { name: account?.name ?? name, accountId: account?.id })
    await recordEvent(tx, { kind: 'family.lead-changed', subject: 'family-contact', place: record })
  })
}

/** @throws ServiceError 'conflict' where somebody else saved this person since the page was shown */
export async function savePerson(
  acting: Acting,
  incidentId: string,
  { memberId, seenRevision, posted }: { memberId: string | undefined; seenRevision: number; posted: Posted },
): Promise<void> {
  await changing(acting, incidentId, async (tx, record, today) => {
    const answers = answersFrom(memberForm, posted, today)
    const existing = memberId ? { id: memberOf(record, memberId).id, seenRevision } : undefined
    const saved = await saveMember(tx, record, answers, existing)
    if (!saved) {
      throw new ServiceError(
        'conflict',
        'Somebody else saved this person after you opened the page. Copy what you typed, and open it again.',
      )
    }
    await recordEvent(tx, { kind: 'family.member-saved', subject: 'family-contact', place: record, objectId: saved })
  })
}

export async function addEntry(
  acting: Acting,
  incidentId: string,
  { kind, memberId, posted }: { kind: EntryKind; memberId: string | undefined; posted: Posted },
): Promise<void> {
  await changing(acting, incidentId, async (tx, record, today) => {
    const answers = answersFrom(entryForms[kind], posted, today)
    if (memberId) memberOf(record, memberId)
    else if (kind === 'contact' || kind === 'reading') throw noSuchPerson()
    await insertEntry(tx, record, { kind, memberId, answers })
    await recordEvent(tx, {
      kind: 'family.entry-added',
      subject: 'family-contact',
      place: record,
      detail: { entry: kind },
    })
  })
}

/** Why no message goes to this person on this day; the next day on which one could, where it is only the day. */
export function whyNoMessage(
  member: FamilyMember,
  record: Pick<FamilyRecord, 'sensitiveDates'>,
  today: CivilDate,
): { text: string; nextDay: CivilDate | undefined } | undefined {
  const { mayContact } = member.answers
  if (mayContact !== 'yes') {
    const said = mayContact === 'no' ? 'They are not to be contacted.' : 'They are not to be contacted yet.'
    return { text: [said, answerIn(member.answers, 'whyNot')].filter(Boolean).join(' '), nextDay: undefined }
  }
  const [first] = sensitiveOn(today, record.sensitiveDates)
  if (!first) return undefined
  const nextDay = nextPossibleDay(today, record.sensitiveDates)
  return { text: `Today is ${first.what}. The next possible day is ${formatDate(nextDay)}.`, nextDay }
}

/**
 * Writes down that a person sent a message. The service sends none itself: who reads a message aloud, and when, is for
 * a person to judge.
 * @throws ServiceError 'invalid' on a sensitive date, and where the person is not to be contacted
 */
export async function noteMessage(
  acting: Acting,
  incidentId: string,
  { memberId, message }: { memberId: string; message: string },
): Promise<void> {
  await changing(acting, incidentId, async (tx, record, today) => {
    const member = memberOf(record, memberId)
    const held = whyNoMessage(member, record, today)
    if (held) throw invalidAt('message', held.text)
    if (!isMessageKind(message)) throw invalidAt('message', 'Choose the message that you sent')
    await insertEntry(tx, record, {
      kind: 'message',
      memberId: member.id,
      answers: { message, happenedOn: today, byWhom: acting.name },
    })
    await recordEvent(tx, {
      kind: 'family.message-sent',
      subject: 'family-contact',
      place: record,
      detail: { message },
    })
  })
}

/** Words of fewer could stand in any sentence: nobody could take them out of every text again. */
const fewestWords = 3

export async function addQuote(
  acting: Acting,
  incidentId: string,
  { memberId, posted }: { memberId: string; posted: Posted },
): Promise<string> {
  return changing(acting, incidentId, async (tx, record, today) => {
    const { words, ...answers } = answersFrom(quoteForm, posted, today)
    const said = typeof words === 'string' ? words.trim() : ''
    if (said.split(/\s+/).length < fewestWords) {
      throw invalidAt('words', 'Enter at least three words: fewer could not be found again in every text')
    }
    const id = await insertQuote(tx, record, { memberId: memberOf(record, memberId).id, words: said, answers })
    const uses = Array.isArray(answers['uses']) ? answers['uses'].map(String) : []
    await recordEvent(tx, {
      kind: 'family.quote-added',
      subject: 'family-contact',
      place: record,
      objectId: id,
      detail: { uses },
    })
    return id
  })
}

export async function noteUse(
  acting: Acting,
  incidentId: string,
  { quoteId, posted }: { quoteId: string; posted: Posted },
): Promise<void> {
  await changing(acting, incidentId, async (tx, record, today) => {
    const answers = answersFrom(useForm, posted, today)
    const quote = record.quotes.find(({ id }) => id === quoteId)
    if (!quote) throw new ServiceError('not-found', 'There are no such words in this record.')
    const use = answerIn(answers, 'use')
    // A copy that went out is written down whatever was agreed, and so is a mistake: it has to be found again.
    if (Object.hasOwn(quoteUses, use) && !isMistake(answers)) {
      const agreed = quote.answers['uses']
      if (!(Array.isArray(agreed) && agreed.some(one => one === use))) {
        throw invalidAt(
          'use',
          'They did not agree to this use. Until they say yes the words are not used there. If it happened, say below that it was a mistake',
        )
      }
      if (quote.words !== undefined) await ensureQuoteDecided(tx, record, quote)
    }
    await insertUse(tx, record, quoteId, answers)
    await recordEvent(tx, {
      kind: 'family.use-noted',
      subject: 'family-contact',
      place: record,
      objectId: quoteId,
      detail: { use },
    })
  })
}

/** Words were used where their speaker had not agreed. */
export const isMistake = (use: Answers) => Array.isArray(use['mistake']) && use['mistake'].includes('yes')

/** Writes down that somebody was asked to destroy a copy, or what they answered. */
export async function noteCopy(
  acting: Acting,
  incidentId: string,
  { useId, posted }: { useId: string; posted: Posted },
): Promise<void> {
  await changing(acting, incidentId, async (tx, record, today) => {
    if (!record.quotes.some(({ uses }) => uses.some(({ id }) => id === useId))) {
      throw new ServiceError('not-found', 'There is no such copy in this record.')
    }
    const answers = answersFrom(copyForm, posted, today)
    await insertEntry(tx, record, { kind: 'copy', memberId: undefined, useId, answers })
    await recordEvent(tx, {
      kind: 'family.copy-noted',
      subject: 'family-contact',
      place: record,
      objectId: useId,
      detail: { step: answerIn(answers, 'step') },
    })
  })
}

/** The words as a text by which somebody could be recognised. @throws ServiceError 'conflict' for words that are withdrawn */
export async function quoteToCheck(tx: Tx, record: FamilyRecord, { id, words }: Quote): Promise<TextOnPage> {
  if (words === undefined) throw new ServiceError('conflict', 'These words are withdrawn.')
  return {
    caption: 'Words to quote',
    back: { href: `/incidents/${record.incidentId}/family`, text: 'The family' },
    about: `quote ${id}`,
    subject: 'family-contact',
    place: record,
    paragraphs: [{ id, text: words }],
    known: await knownToReview(tx, record.incidentId),
  }
}

/** Asked before words are used. @throws ServiceError 'invalid' at `use` */
async function ensureQuoteDecided(tx: Tx, record: FamilyRecord, quote: Quote): Promise<void> {
  try {
    await ensureAllDecided(tx, await quoteToCheck(tx, record, quote))
  } catch (error) {
    if (error instanceof ServiceError && error.kind === 'invalid') throw invalidAt('use', error.message)
    throw error
  }
}

export function memberOf({ members }: Pick<FamilyRecord, 'members'>, id: string): FamilyMember {
  const member = members.find(one => one.id === id)
  if (!member) throw noSuchPerson()
  return member
}

function noSuchPerson(): ServiceError {
  return new ServiceError('not-found', 'There is no such person in this record.')
}
