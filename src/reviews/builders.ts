import type { Acting } from '../platform/acting.ts'
import { civilDate } from '../platform/dates.ts'
import type { EventDetails, IncidentPlace, NewEvent } from '../platform/events/index.ts'
import { anArea, aPerson, testDatabase, type TestArea } from '../platform/testing/test-database.ts'
import { askForSignatures } from './rapid/ask-for-signatures.ts'
import { openRapidReview } from './rapid/open-rapid-review.ts'
import { rapidReviewForm, type RapidReviewAnswers } from './rapid/rapid-review-form.ts'
import { saveSection } from './rapid/save-section.ts'
import { signReview } from './rapid/sign.ts'
import { readReview } from './rapid/store.ts'
import type { ReviewPlace } from './review.ts'
import { stepAt, stepPath, typedFrom } from '../platform/questionnaire/index.ts'

/** Everything a rapid review needs to be signed, after a meeting on 27 February 2026. Invented. */
export function aCompleteReview(): RapidReviewAnswers {
  return {
    meetingOn: '2026-02-27',
    authors: 'Test Author, business manager',
    'child-and-family': 'A baby who lives with both parents and one older brother.',
    incident: 'The baby was taken to hospital with an injury that nobody could explain.',
    'immediate-safeguarding': 'Both children stay with their grandmother.',
    'agency-involvement': 'Health visitor: three visits. Police: one call to the home.',
    contributionMissing: 'no',
    'analysis-of-practice': 'The health visitor did not know of the call to the police.',
    'childs-daily-life': 'The baby was seen smiling at her brother.',
    'identity-and-inequality': 'Records are silent about the ethnicity of the father.',
    learning: 'Calls to homes with a baby must reach the health visitor.',
    learnedBefore: 'no',
    actions: 'The police send a notice within one day. Owner: superintendent. By 1 May 2026.',
    criterionA: 'yes',
    criterionAReasons: 'Sharing between agencies must improve.',
    criterionB: 'no',
    criterionBReasons: 'Not seen here before.',
    criterionC: 'yes',
    criterionCReasons: 'Police and health did not work together.',
    criterionD: 'no',
    criterionDReasons: 'The Panel has not looked at it.',
    outcomes: ['NO_FURTHER_REVIEW'],
    decision: 'The learning is clear.',
    dissent: 'no',
    'national-issues': { silence: 'not-applicable' },
  }
}

export interface OpenedReview {
  area: TestArea
  place: ReviewPlace
  /** Of the partnership; in the group. */
  manager: Acting
  notifier: Acting
}

/** An incident that was notified today, with its rapid review just opened. */
export async function anOpenReview({ area }: { area?: TestArea } = {}): Promise<OpenedReview> {
  const here = area ?? (await anArea())
  const manager = await aPerson('business-manager', here.partnership)
  const notifier = await aPerson('notifier', here.authority)
  const incident = await aNotifiedIncident(here)
  await notifier.transaction(tx => openRapidReview(tx, aSentNotification(incident)))
  const { reviewId } = (await manager.transaction(tx => readReview(tx, incident.incidentId)))!
  const place = { ...incident, reviewId }
  return { area: here, place, manager, notifier }
}

/** The news that opens a review. */
export function aSentNotification(
  place: IncidentPlace,
  detail: Partial<EventDetails['notification.sent']> = {},
): NewEvent<'notification.sent'> {
  const sent = { reviewNeeded: true, clockStartsOn: civilDate('2026-03-02'), through: 'Weathervane' } as const
  return { kind: 'notification.sent', subject: 'notification', place, detail: { ...sent, ...detail } }
}

export async function aNotifiedIncident(area: TestArea): Promise<IncidentPlace> {
  const database = await testDatabase()
  return database.asOwner(async client => {
    const { rows } = await client.query<{ incident_id: string }>(
      `insert into incident (reference, authority_code, partnership_code, nature, notified_at, created_at)
       values ('T-' || gen_random_uuid(), $1, $2, 'serious-harm', $3, $3) returning incident_id`,
      [area.authority, area.partnership, database.clock.now()],
    )
    return {
      incidentId: rows[0]!.incident_id,
      authorityCode: area.authority,
      partnershipCode: area.partnership,
    }
  })
}

/** Saves every page of the form with these answers. */
export async function writeReview(
  acting: Acting,
  incidentId: string,
  answers: RapidReviewAnswers = aCompleteReview(),
): Promise<void> {
  for (const { id } of rapidReviewForm.pages) {
    const step = stepAt(rapidReviewForm, answers, id)
    if (step) {
      await saveSection(acting, incidentId, stepPath(step), {
        body: typedFrom(step, answers),
        seenRevision: Number.MAX_SAFE_INTEGER,
      })
    }
  }
}

/** A complete review that waits for signatures. */
export async function aReviewToSign(options: { area?: TestArea } = {}): Promise<OpenedReview> {
  const opened = await anOpenReview(options)
  await writeReview(opened.manager, opened.place.incidentId)
  await askForSignatures(opened.manager, opened.place.incidentId)
  return opened
}

/** One more local authority of this partnership. */
export async function aSecondAuthority({ partnership }: TestArea): Promise<string> {
  const [database, { authority }] = [await testDatabase(), await anArea()]
  await database.asOwner(client =>
    client.query('update partnership_body set partnership_code = $1 where body_code = $2', [partnership, authority]),
  )
  return authority
}

/** Signs the present text as this person has it before them. */
export async function signNow(acting: Acting, incidentId: string): Promise<void> {
  const review = await acting.transaction(tx => readReview(tx, incidentId))
  await signReview(acting, incidentId, { read: review?.textHash ?? '', confirmed: true })
}

/** A complete review that all three partners have signed. */
export async function aSignedReview(options: { area?: TestArea } = {}): Promise<OpenedReview> {
  const opened = await aReviewToSign(options)
  for (const body of [opened.area.authority, opened.area.icb, opened.area.police]) {
    await signNow(await aPerson('safeguarding-partner', body), opened.place.incidentId)
  }
  return opened
}
