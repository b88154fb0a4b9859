import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Acting } from '../../platform/acting.ts'
import { civilDate } from '../../platform/dates.ts'
import type { ServiceError } from '../../platform/errors.ts'
import { readTimeline, type IncidentPlace } from '../../platform/events/index.ts'
import { typedFrom, stepAt, type Answers } from '../../platform/questionnaire/index.ts'
import { anArea, aPerson, testClock, testDatabase, type TestArea } from '../../platform/testing/test-database.ts'
import { aNotifiedIncident } from '../builders.ts'
import { changeStage, saveStages } from './stages/change-stage.ts'
import { decideLocalReview } from './decide.ts'
import { entriesOf } from './entries/store.ts'
import { openForm, saveForm } from './form-page.ts'
import { formPages } from './forms.ts'
import { checkText, decideAbout } from '../../documents/index.ts'
import { readIncident } from '../../notifications/index.ts'
import { insertReport } from '../drafting/builders.ts'
import { saveVersion } from '../drafting/save-version.ts'
import { furtherIncidentsOf } from '../further-incidents.ts'
import { insertMember } from '../group/members.ts'
import { knownToReview } from '../known-to-review.ts'
import { removeFurtherIncident } from './further-incidents.ts'
import { reportToCheck } from './recognised.ts'
import { localReviewsNeeding } from './needing.ts'
import { notePublished, noteWithheld } from './note-published.ts'
import { stagesOf } from './stages/stages.ts'
import { readLocalReview } from './store.ts'
import { agreeTerms, saveTermsPage } from './terms/terms.ts'
import { termsForm, type TermsAnswers } from './terms/terms-form.ts'
import { progressOf } from './waiting.ts'
import { termsVersionsOf } from './terms/store.ts'
import { reviewersOf } from './reviewers/store.ts'
import { learningPointsOf } from './learning/store.ts'
import { stageRecordsOf } from './stages/store.ts'
import { sendingsOf } from './sent-ahead/store.ts'

const decision = {
  decidedOn: '2026-02-27',
  decidedFrom: 'partners',
  criteria: ['A', 'C'],
  reasons: 'Why the call was not passed on is not clear.',
} as const

interface Decided {
  area: TestArea
  place: IncidentPlace
  manager: Acting
}

async function aDecidedReview(): Promise<Decided> {
  testClock.set('2026-03-02T10:00:00Z')
  const area = await anArea()
  const place = await aNotifiedIncident(area)
  const manager = await aPerson('business-manager', area.partnership)
  await decideLocalReview(manager, place.incidentId, decision)
  return { area, place, manager }
}

const read = (acting: Acting, { incidentId }: IncidentPlace) =>
  acting.transaction(tx => readLocalReview(tx, incidentId))
const found = async (acting: Acting, place: IncidentPlace) => (await read(acting, place))!

/** Sends a form as a person would who opened it just now. @returns its errors, by field */
async function fill(acting: Acting, { incidentId }: IncidentPlace, path: string, answers: Answers, recordId?: string) {
  const page = formPages.find(each => each.path === path)!
  const { revision } = await openForm(acting, page, incidentId, recordId)
  const step = stepAt(page.form, answers, page.form.pages[0]!.id)!
  const body = typedFrom(step, answers)
  const shown = await saveForm(acting, page, incidentId, recordId, { body, seenRevision: revision })
  return shown.errors.map(({ field }) => field)
}

const kindsOf = (acting: Acting, { incidentId }: IncidentPlace) =>
  acting.transaction(async tx =>
    (await tx.selectFrom('event').select('kind').where('incident_id', '=', incidentId).orderBy('id').execute()).map(
      ({ kind }) => kind,
    ),
  )

test('a decision opens the review, and its six months count from the day of the decision', async () => {
  const { manager, place } = await aDecidedReview()
  const review = await found(manager, place)
  assert.equal(review.dueOn, '2026-08-27')
  assert.deepEqual(review.criteria, ['A', 'C'])
  await assert.rejects(decideLocalReview(manager, place.incidentId, decision), { kind: 'conflict' })
  assert.deepEqual(await kindsOf(manager, place), ['local-review.decided'])
})

test('only whoever leads local reviews decides, and nobody of another partnership', async () => {
  const area = await anArea()
  const place = await aNotifiedIncident(area)
  for (const acting of [
    await aPerson('safeguarding-partner', area.police),
    await aPerson('reviewer', area.partnership),
    await aPerson('panel-chair', 'TN'),
  ]) {
    await assert.rejects(decideLocalReview(acting, place.incidentId, decision), { kind: 'not-allowed' })
  }
  const elsewhere = await aPerson('business-manager', (await anArea()).partnership)
  await assert.rejects(decideLocalReview(elsewhere, place.incidentId, decision), { kind: 'not-found' })
})

const declared = {
  name: 'Test Reviewer',
  background: 'Twenty years in social work.',
  declaresConflict: 'yes',
  declaration: 'Worked for the trust until 2019.',
  declaredOn: '2026-02-28',
}

async function aDeclaredReviewer(decided: Decided): Promise<string> {
  assert.deepEqual(await fill(decided.manager, decided.place, '/reviewers/new', declared), [])
  const review = await found(decided.manager, decided.place)
  return (await decided.manager.transaction(tx => reviewersOf(tx, review.reviewId))).at(-1)!.id
}

test('a reviewer with a conflict is appointed only after a recorded decision with reasons, and then sees this review alone', async () => {
  const decided = await aDecidedReview()
  const { manager, place, area } = decided
  const id = await aDeclaredReviewer(decided)
  const account = await aPerson('reviewer', area.partnership)
  const appointed = { appointedOn: '2026-03-02', daysAgreed: 20, account: account.personId }
  assert.deepEqual(await fill(manager, place, '/reviewers/:recordId/appoint', appointed, id), ['main-content'])
  const judged = { judgement: 'may-act', judgedBy: 'The three partners', judgedOn: '2026-03-01' }
  assert.deepEqual(await fill(manager, place, '/reviewers/:recordId/judge', judged, id), ['judgementReasons'])
  const withReasons = { ...judged, judgementReasons: 'Another service, seven years ago.' }
  assert.deepEqual(await fill(manager, place, '/reviewers/:recordId/judge', withReasons, id), [])
  assert.equal(await read(account, place), undefined)
  assert.deepEqual(await fill(manager, place, '/reviewers/:recordId/appoint', appointed, id), [])
  assert.equal((await found(account, place)).decidedOn, '2026-02-27')
  const other = await aDecidedReview()
  assert.equal(await read(account, other.place), undefined)
  await assert.rejects(fill(account, place, '/reviewers/:recordId/judge', withReasons, id), { kind: 'not-allowed' })
  const ended = { endedOn: '2026-03-02', endReason: 'Ill' }
  assert.deepEqual(await fill(manager, place, '/reviewers/:recordId/end', ended, id), [])
  assert.equal(await read(account, place), undefined)
})

test('whom a decision keeps out is not appointed', async () => {
  const decided = await aDecidedReview()
  const id = await aDeclaredReviewer(decided)
  const judged = {
    judgement: 'may-not-act',
    judgementReasons: 'Too close to the trust.',
    judgedBy: 'The three partners',
    judgedOn: '2026-03-01',
  }
  assert.deepEqual(await fill(decided.manager, decided.place, '/reviewers/:recordId/judge', judged, id), [])
  const appointed = { appointedOn: '2026-03-02' }
  const errors = await fill(decided.manager, decided.place, '/reviewers/:recordId/appoint', appointed, id)
  assert.deepEqual(errors, ['main-content'])
})

const extended = {
  reason: 'criminal-case',
  explanation: 'The trial is in autumn.',
  expectedOn: '2026-12-01',
  approvedBy: 'The three partners',
  approvedOn: '2026-03-01',
  standsStill: 'yes',
  stillFrom: '2026-02-28',
}

test('an extension moves the day on which the review is expected, and not the day that guidance asks for', async () => {
  const { manager, place } = await aDecidedReview()
  assert.deepEqual(await fill(manager, place, '/extensions/new', { ...extended, approvedOn: '2026-03-03' }), [
    'approvedOn-day',
  ])
  assert.deepEqual(await fill(manager, place, '/extensions/new', extended), [])
  const review = await found(manager, place)
  assert.deepEqual([review.dueOn, review.expectedOn], ['2026-08-27', '2026-12-01'])
  const [progress] = await manager.transaction(tx => progressOf(tx, [review]))
  assert.match(progress!.waits[0]!.sentence, /stood still since 28 February 2026/)
  assert.match(progress!.waits.at(-1)!.sentence, /The Panel, DfE and Ofsted have not been told/)
})

const sent = { what: 'report', sentTo: ['panel', 'dfe'], sentOn: '2026-03-02' } as const

test('the copy goes to the Panel and the Secretary of State both, and opens the review to them', async () => {
  const { manager, place } = await aDecidedReview()
  const secretariat = await aPerson('secretariat', 'TN')
  assert.equal(await read(secretariat, place), undefined)
  assert.deepEqual(await fill(manager, place, '/sent-ahead/new', { ...sent, sentTo: ['panel'] }), ['sentTo'])
  assert.deepEqual(await fill(manager, place, '/sent-ahead/new', sent), [])
  const seen = await found(secretariat, place)
  assert.equal((await secretariat.transaction(tx => sendingsOf(tx, seen.reviewId)))[0]?.sentOn, '2026-03-02')
})

test('the Department and Ofsted read what was sent ahead where it was sent to them', async () => {
  const { manager, place } = await aDecidedReview()
  const ofsted = await aPerson('ofsted', 'TN')
  const dfe = await aPerson('dfe', 'TN')
  assert.deepEqual(await fill(manager, place, '/sent-ahead/new', sent), [])
  assert.equal(await read(ofsted, place), undefined)
  const { reviewId } = await found(dfe, place)
  assert.deepEqual(await ofsted.transaction(tx => sendingsOf(tx, reviewId)), [])
  const happened = await (
    await testDatabase()
  ).asOwner(async client => {
    const { rows } = await client.query<{ id: string }>(
      `select id from event where kind = 'local-review.sent-ahead' and incident_id = $1`,
      [place.incidentId],
    )
    return rows[0]!.id
  })
  // Nor that others had a copy: neither what happened, nor to whom it was said to have gone.
  const told = (acting: Acting) =>
    acting.transaction(async tx => ({
      events: (await readTimeline(tx, place.incidentId)).filter(({ kind }) => kind === 'local-review.sent-ahead')
        .length,
      details: (await tx.selectFrom('event_detail').select('event_id').where('event_id', '=', happened).execute())
        .length,
    }))
  assert.deepEqual(await told(ofsted), { events: 0, details: 0 })
  assert.deepEqual(await told(dfe), { events: 1, details: 1 })
  assert.deepEqual(await fill(manager, place, '/sent-ahead/new', { ...sent, sentTo: ['panel', 'dfe', 'ofsted'] }), [])
  assert.equal((await ofsted.transaction(tx => sendingsOf(tx, reviewId))).length, 1)
  assert.deepEqual((await told(ofsted)).events, 1)
  assert.equal((await dfe.transaction(tx => sendingsOf(tx, reviewId))).length, 2)
})

test('a report by which somebody could be recognised is not sent ahead before a person decides about the words', async () => {
  const { manager, place } = await aDecidedReview()
  await saveVersion(manager, place.incidentId, {
    text: 'On 3 May 2025 nobody answered.',
    note: '',
    seenVersion: 0,
  })
  assert.deepEqual(await fill(manager, place, '/sent-ahead/new', sent), ['main-content'])
  const review = await found(manager, place)
  const text = await manager.transaction(tx => reportToCheck(tx, review))
  const open = await manager.transaction(tx => checkText(tx, text!))
  const posted = Object.fromEntries(open.map(({ key }) => [`decision-${key}`, 'not-identifying']))
  await decideAbout(manager, async tx => (await reportToCheck(tx, review))!, posted)
  assert.deepEqual(await fill(manager, place, '/sent-ahead/new', sent), [])
})

test('a report that the partners signed here was not sent ahead before they signed it', async () => {
  const { manager, place } = await aDecidedReview()
  await (await testDatabase()).asOwner(client => insertReport(client, place, 'here'))
  assert.deepEqual(await fill(manager, place, '/sent-ahead/new', { ...sent, sentOn: '2026-03-01' }), ['sentOn-day'])
  assert.deepEqual(await fill(manager, place, '/sent-ahead/new', sent), [])
})

test('a review is about further incidents, each once, and no longer when they are taken out', async () => {
  const { area, manager, place } = await aDecidedReview()
  const other = await aNotifiedIncident(area)
  const { reference } = (await manager.transaction(tx => readIncident(tx, other.incidentId)))!
  const { reviewId } = await found(manager, place)
  const further = () => manager.transaction(tx => furtherIncidentsOf(tx, reviewId))
  assert.deepEqual(await fill(manager, place, '/incidents/new', { reference: 'nowhere' }), ['reference'])
  assert.deepEqual(await fill(manager, place, '/incidents/new', { reference }), [])
  assert.deepEqual(await fill(manager, place, '/incidents/new', { reference }), ['reference'])
  assert.deepEqual(
    (await further()).map(each => each.reference),
    [reference],
  )
  await removeFurtherIncident(manager, place.incidentId, other.incidentId)
  assert.deepEqual(await further(), [])
})

test('the group sees the further incidents of its review while they are in it, and nothing of their own reviews', async () => {
  const { area, manager, place } = await aDecidedReview()
  const other = await aNotifiedIncident(area)
  await decideLocalReview(manager, other.incidentId, decision)
  const { reference } = (await manager.transaction(tx => readIncident(tx, other.incidentId)))!
  const { reviewId } = await found(manager, place)
  const members = [await aPerson('reviewer', area.partnership), await aPerson('agency-author', area.partnership)]
  const stranger = await aPerson('reviewer', area.partnership)
  for (const { personId } of members) {
    await manager.transaction(tx => insertMember(tx, 'local', { ...place, reviewId }, personId))
  }
  const sees = async (who: Acting) => {
    const incident = await who.transaction(tx => readIncident(tx, other.incidentId))
    return [incident?.reference, (await who.transaction(tx => furtherIncidentsOf(tx, reviewId))).length]
  }
  for (const who of [...members, stranger]) assert.deepEqual(await sees(who), [undefined, 0])
  await fill(manager, place, '/incidents/new', { reference })
  for (const who of members) {
    assert.deepEqual(await sees(who), [reference, 1], who.role)
    assert.equal(await read(who, other), undefined, `${who.role}: its own local review stays its own`)
  }
  assert.deepEqual(await sees(stranger), [undefined, 0])
  const known = await manager.transaction(tx => knownToReview(tx, place.incidentId))
  assert.equal(known.areas.length, 4, 'what is known of both incidents is looked for in texts')

  await removeFurtherIncident(manager, place.incidentId, other.incidentId)
  for (const who of members) assert.deepEqual(await sees(who), [undefined, 0])
})

test('that nothing is published for now, and then something, is noted with its stage; what was published first stands', async () => {
  const { manager, place } = await aDecidedReview()
  const outcome = async () => {
    const [progress] = await manager.transaction(async tx =>
      progressOf(
        tx,
        [await readLocalReview(tx, place.incidentId)].flatMap(found => found ?? []),
      ),
    )
    const { review, stages } = progress!
    return [
      review.outcome,
      review.outcomeOn,
      review.keepUntil,
      stages.find(({ key }) => key === 'published')?.record?.closedOn,
    ]
  }
  await manager.transaction(tx => noteWithheld(tx, { place, detail: { manner: 'improvements' } }))
  assert.deepEqual(await outcome(), [undefined, undefined, undefined, undefined])
  await manager.transaction(tx => noteWithheld(tx, { place, detail: { manner: 'withheld' } }))
  assert.deepEqual(await outcome(), ['withheld', '2026-03-02', undefined, '2026-03-02'])
  const on = civilDate('2026-02-27')
  await manager.transaction(tx => notePublished(tx, { place, detail: { manner: 'improvements', on } }))
  const published = ['improvements-only', '2026-02-27', '2027-02-27', '2026-02-27']
  assert.deepEqual(await outcome(), published)
  await manager.transaction(tx => notePublished(tx, { place, detail: { manner: 'full' } }))
  await manager.transaction(tx => noteWithheld(tx, { place, detail: { manner: 'withheld' } }))
  assert.deepEqual(await outcome(), published)
})

test('what practitioners said is for the reviewer and the business manager, and not for a partner', async () => {
  const { manager, place, area } = await aDecidedReview()
  const note = { title: 'Practitioner event', on: '2026-03-01', text: 'They had no time.' }
  assert.deepEqual(await fill(manager, place, '/notes/new', note), [])
  const { reviewId } = await found(manager, place)
  assert.equal((await manager.transaction(tx => entriesOf(tx, reviewId, 'note'))).length, 1)
  const partner = await aPerson('safeguarding-partner', area.police)
  assert.equal((await found(partner, place)).reviewId, reviewId)
  assert.deepEqual(await partner.transaction(tx => entriesOf(tx, reviewId, 'note')), [])
})

test('a change of a cleared learning point takes the clearing away', async () => {
  const { manager, place } = await aDecidedReview()
  const point = { text: 'A call to a home with a baby reaches the health visitor.', theme: 'neglect' }
  assert.deepEqual(await fill(manager, place, '/learning/new', point), [])
  const { reviewId } = await found(manager, place)
  const points = () => manager.transaction(tx => learningPointsOf(tx, reviewId))
  const { id } = (await points())[0]!
  const clearing = {
    clearedText: 'Calls reach health.',
    asked: 'police',
    clearedBy: 'The partners',
    clearedOn: '2026-03-02',
  }
  assert.deepEqual(await fill(manager, place, '/learning/:recordId/clear', clearing, id), ['askedOn-day', 'answer'])
  const whole = { ...clearing, askedOn: '2026-03-01', answer: 'The officer in the case agrees.' }
  const dated = { ...whole, clearedText: 'On 3 May 2025 a call did not reach health.' }
  assert.deepEqual(await fill(manager, place, '/learning/:recordId/clear', dated, id), ['clearedText'])
  assert.deepEqual(await fill(manager, place, '/learning/:recordId/clear', whole, id), [])
  assert.equal((await points())[0]?.cleared?.text, 'Calls reach health.')
  assert.deepEqual(await fill(manager, place, '/learning/:recordId', { ...point, text: 'Another text.' }, id), [])
  assert.equal((await points())[0]?.cleared, undefined)
})

test('what somebody else saved meanwhile is not written over unseen', async () => {
  const { manager, place } = await aDecidedReview()
  const process = { kind: 'police', body: 'Test Police', status: 'running', effect: 'none' }
  assert.deepEqual(await fill(manager, place, '/related/new', process), [])
  const page = formPages.find(({ path }) => path === '/related/:recordId')!
  const row = await manager.transaction(tx =>
    tx.selectFrom('related_process').select('id').where('incident_id', '=', place.incidentId).executeTakeFirstOrThrow(),
  )
  const seen = await openForm(manager, page, place.incidentId, row.id)
  assert.deepEqual(await fill(manager, place, '/related/:recordId', { ...process, status: 'ended' }, row.id), [])
  const body = { kind: 'police', body: 'Test Police', status: 'expected', effect: 'none' }
  const shown = await saveForm(manager, page, place.incidentId, row.id, { body, seenRevision: seen.revision })
  assert.match(shown.errors[0]!.text, /Somebody else saved this/)
  assert.equal(shown.typed?.['status'], 'expected')
})

const terms: TermsAnswers = {
  questions: 'Why was the call not passed on?\nWho saw the baby?',
  periodFrom: '2025-01',
  periodUntil: '2026-02',
  children: 'The baby and her brother.',
  agencies: 'Health, police, children’s social care.',
  method: 'Conversations, and one event with practitioners.',
  practitioners: 'Two events, without blame.',
  family: 'The manager asks the grandmother first.',
  childrenTakePart: 'The brother is two years old.',
  identity: 'An interpreter for the mother.',
  proceedings: { silence: 'not-applicable' },
  disclosure: 'The police are asked first.',
  milestones: 'Draft by 1 June.',
  publication: 'In full.',
  confidentiality: 'The group alone.',
}

async function writeTerms(acting: Acting, { incidentId }: IncidentPlace, answers: TermsAnswers): Promise<void> {
  for (const { id } of termsForm.pages) {
    const step = stepAt(termsForm, answers, id)!
    await saveTermsPage(acting, incidentId, id, {
      body: typedFrom(step, answers),
      seenRevision: Number.MAX_SAFE_INTEGER,
    })
  }
}

test('terms of reference are agreed on a day, stay as they were agreed, and change with a reason', async () => {
  const { manager, place } = await aDecidedReview()
  const agree = (whyChanged = '') =>
    agreeTerms(manager, place.incidentId, { agreedOn: civilDate('2026-03-01'), whyChanged })
  await assert.rejects(agree(), { kind: 'invalid' })
  await writeTerms(manager, place, terms)
  await agree()
  await assert.rejects(agree('Again'), /Nothing has changed/)
  await writeTerms(manager, place, { ...terms, questions: 'Why was the call not passed on?' })
  await assert.rejects(agree(), /Enter why/)
  await agree('One question was answered by the police.')
  const { reviewId } = await found(manager, place)
  const versions = await manager.transaction(tx => termsVersionsOf(tx, reviewId))
  assert.deepEqual(
    versions.map(({ version, answers }) => [version, answers.questions?.split('\n').length]),
    [
      [1, 2],
      [2, 1],
    ],
  )
  const stages = await manager.transaction(tx => stageRecordsOf(tx, reviewId))
  assert.equal(stages.find(({ stage }) => stage === 'scoped')?.closedOn, '2026-03-01')
})

test('stages open and close in any order, and closing the last one closes the review', async () => {
  const { manager, place } = await aDecidedReview()
  const days = { openedOn: civilDate('2026-03-01'), closedOn: civilDate('2026-03-02') }
  await changeStage(manager, place.incidentId, 'draft', days)
  await changeStage(manager, place.incidentId, 'fieldwork', { ...days, closedOn: undefined })
  await assert.rejects(changeStage(manager, place.incidentId, 'sent-ahead', days), { kind: 'not-found' })
  const late = { openedOn: civilDate('2026-03-03'), closedOn: undefined }
  await assert.rejects(changeStage(manager, place.incidentId, 'fieldwork', late), { kind: 'invalid' })
  await changeStage(manager, place.incidentId, 'closed', days)
  assert.equal((await found(manager, place)).closedOn, '2026-03-02')
})

test('the stages of a partnership are its own, and so are the days after which something asks', async () => {
  const { manager, area, place } = await aDecidedReview()
  const typed = stagesOf(undefined).map(({ key, label }, index) => ({
    key,
    label: key === 'fieldwork' ? 'Conversations' : label,
    place: String(index + 1),
    leftOut: false,
  }))
  const days = { daysUntilStale: '10', daysStageIsLong: '' }
  const save = (who: Acting, seenRevision: number, typedDays = days) =>
    saveStages(who, { stages: typed, days: typedDays, seenRevision })
  await assert.rejects(save(manager, 0, { daysUntilStale: '0', daysStageIsLong: 'x' }), (error: ServiceError) => {
    assert.deepEqual(
      error.fields.map(({ field }) => field),
      ['daysUntilStale', 'daysStageIsLong'],
    )
    return true
  })
  await save(manager, 0)
  const [progress] = await manager.transaction(async tx =>
    progressOf(tx, [(await readLocalReview(tx, place.incidentId))!]),
  )
  assert.deepEqual([progress!.waiting.daysUntilStale, progress!.waiting.daysStageIsLong], [10, 42])
  await assert.rejects(save(manager, 0), { kind: 'conflict' })
  const reviewer = await aPerson('reviewer', area.partnership)
  await assert.rejects(save(reviewer, 1), { kind: 'not-allowed' })
})

test('home says the next step of each review, which requests are late, and what to ask about', async () => {
  const { manager, place } = await aDecidedReview()
  const lines = () => manager.transaction(tx => localReviewsNeeding(tx, manager))
  assert.deepEqual(
    (await lines()).map(({ what }) => what),
    ['Local review: Tell the Panel, Ofsted and DfE of the decision'],
  )
  assert.equal(
    (await lines())[0]!.dueOn,
    (await manager.transaction(tx => readLocalReview(tx, place.incidentId)))!.decidedOn,
  )
  const asked = {
    kind: 'information',
    ofWhom: 'Test Trust',
    what: 'Visits',
    why: 'Missing',
    askedOn: '2026-02-20',
    dueOn: '2026-02-27',
  }
  assert.deepEqual(await fill(manager, place, '/requests/new', asked), [])
  const process = { kind: 'police', body: 'Test Police', status: 'running', effect: 'none' }
  assert.deepEqual(await fill(manager, place, '/related/new', process), [])
  testClock.set('2026-03-30T10:00:00Z')
  const found = (await lines()).map(({ what }) => what)
  testClock.set('2026-03-02T10:00:00Z')
  assert.ok(found.includes('Local review: remind Test Trust of a written request'))
  assert.ok(found.some(what => what.startsWith('Local review: ask how far it is: Police investigation, Test Police')))
})
