import { ensureAllDecided } from '../../documents/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { Answers, Lookups, Questionnaire } from '../../platform/questionnaire/index.ts'
import {
  appointmentForm,
  decisionForm,
  endForm,
  judgementForm,
  reviewerForm,
  sendingForm,
  type AppointmentAnswers,
  type DecisionAnswers,
  type EndAnswers,
  type JudgementAnswers,
  type ReviewerAnswers,
  type SendingAnswers,
} from './decision-form.ts'
import { entryForms, extensionReasons, ledKinds, removable, type EntryAnswers, type EntryKind } from './entry-forms.ts'
import { deleteEntry, entriesOf, insertEntry, updateEntry } from './entry-store.ts'
import type { About, FormPage } from './form-page.ts'
import { noteQuotesSent } from '../families/note-quotes-sent.ts'
import { signedReport } from '../drafting/store.ts'
import { deleteMember, insertMember, peopleForGroup } from '../group/members.ts'
import { clearingForm, learningPointForm, type ClearingAnswers, type LearningPointAnswers } from './learning-point.ts'
import { closeStage } from './change-stage.ts'
import { addFurtherIncident, furtherIncidentForm } from './further-incidents.ts'
import { noSuchRecord } from './open-local-review.ts'
import { mustHave } from './plan-publication.ts'
import { ensureLearningDecided, reportToCheck } from './recognised.ts'
import { decisionFrom } from './decide.ts'
import { processKinds, relatedProcessForm, type RelatedProcessAnswers } from './related-process.ts'
import {
  insertLearningPoint,
  insertSending,
  learningPointsOf,
  relatedProcessesOf,
  reviewersOf,
  saveProcess,
  saveReviewer,
  termsVersionsOf,
  updateDays,
  updateDecision,
  updateLearningPoint,
  type Reviewer,
} from './store.ts'
import { questionsIn } from './terms-form.ts'
import { formatDate, londonDate } from '../../platform/dates.ts'
import { invalidAt } from '../../platform/errors.ts'

const happened = ({ tx, review }: About) => ({
  written: (kind: EntryKind, change: 'added' | 'changed' | 'removed', objectId: string) =>
    recordEvent(tx, {
      kind: 'local-review.written-down',
      subject: 'local-review',
      place: review,
      objectId,
      detail: { kind, change },
    }),
})

const save = 'Save'
const nothing = async () => ({ answers: {}, revision: 0 })

/** What each kind of entry is called in addresses, and where its list is. */
const entryPages = {
  request: { path: 'requests', list: '/requests', done: 'The request is recorded.' },
  extension: { path: 'extensions', list: '/extensions', done: 'The extension is recorded.' },
  told: { path: 'told', list: '', done: 'It is recorded who was told.' },
  days: { path: 'days', list: '/bench', done: 'The days are recorded.' },
  contact: { path: 'contacts', list: '/bench', done: 'Saved.' },
  note: { path: 'notes', list: '/bench', done: 'Saved.' },
  index: { path: 'index', list: '/bench', done: 'Saved.' },
} as const satisfies Record<EntryKind, { path: string; list: string; done: string }>

function pagesOfEntry<Kind extends EntryKind>(kind: Kind): FormPage[] {
  const { path, list, done } = entryPages[kind]
  const common = {
    right: ledKinds.includes(kind) ? ('lead' as const) : ('write' as const),
    form: entryForms[kind] as Questionnaire,
    lookups: lookupsOf(kind),
    next: list,
    button: save,
    done,
  }
  const found = async ({ tx, review, recordId }: About) => {
    const entry = (await entriesOf(tx, review.reviewId, kind)).find(({ id }) => id === recordId)
    if (!entry) throw noSuchRecord()
    return entry
  }
  return [
    {
      ...common,
      path: `/${path}/new`,
      load: nothing,
      save: async (about, answers) => {
        const id = await insertEntry(about.tx, about.review, kind, answers as EntryAnswers<Kind>)
        await happened(about).written(kind, 'added', id)
        await follow(about, kind, answers)
      },
    },
    {
      ...common,
      path: `/${path}/:recordId`,
      load: async about => {
        const { answers, revision } = await found(about)
        return { answers: answers as Answers, revision }
      },
      save: async (about, answers) => {
        const { id } = await found(about)
        await updateEntry(about.tx, about.review, kind, id, answers as EntryAnswers<Kind>)
        await happened(about).written(kind, 'changed', id)
        await follow(about, kind, answers)
      },
      ...(removable.includes(kind) && {
        remove: async (about: About) => {
          const { id } = await found(about)
          await deleteEntry(about.tx, about.review, kind, id)
          await happened(about).written(kind, 'removed', id)
        },
      }),
    },
  ]
}

/** An extension sets the day on which the review is expected: the one that was approved last. */
async function follow({ tx, review }: About, kind: EntryKind, answers: Answers): Promise<void> {
  if (kind !== 'extension') return
  const { reason, expectedOn } = answers as EntryAnswers<'extension'>
  const all = await entriesOf(tx, review.reviewId, 'extension')
  const last = all
    .toSorted((one, other) => (one.answers.approvedOn ?? '').localeCompare(other.answers.approvedOn ?? ''))
    .at(-1)
  await updateDays(tx, review, { expectedOn: last?.answers.expectedOn as CivilDate })
  await recordEvent(tx, {
    kind: 'local-review.extended',
    subject: 'local-review',
    place: review,
    detail: { reason: extensionReasons[reason ?? 'other'], expectedOn: expectedOn as CivilDate },
  })
}

function lookupsOf(kind: EntryKind): (about: About) => Promise<Lookups> {
  return async ({ tx, review: { reviewId } }) => {
    if (kind === 'days') {
      const reviewers = (await reviewersOf(tx, reviewId)).filter(({ appointedOn }) => appointedOn)
      return { reviewersHere: Object.fromEntries(reviewers.map(({ id, name }) => [id, name])) }
    }
    if (kind !== 'index') return {}
    const agreed = (await termsVersionsOf(tx, reviewId)).at(-1)
    const notes = await entriesOf(tx, reviewId, 'note')
    const contacts = await entriesOf(tx, reviewId, 'contact')
    return {
      // The question itself: it stays readable where the terms of reference change.
      questions: Object.fromEntries(questionsIn(agreed?.answers ?? {}).map(text => [text, text])),
      notes: Object.fromEntries([
        ...notes.map(({ id, answers }) => [id, `${answers.title ?? 'Note'}, ${onDay(answers.on)}`]),
        ...contacts.map(({ id, answers }) => [id, `${answers.who ?? 'Contact'}, ${onDay(answers.on)}`]),
      ]),
    }
  }
}

function onDay(day: unknown): string {
  return typeof day === 'string' ? formatDate(day as CivilDate) : ''
}

async function foundReviewer({ tx, review, recordId }: About): Promise<Reviewer> {
  const reviewer = (await reviewersOf(tx, review.reviewId)).find(({ id }) => id === recordId)
  if (!reviewer) throw noSuchRecord()
  return reviewer
}

function declared(answers: Answers) {
  const { name, background, declaresConflict, declaration, declaredOn } = answers as ReviewerAnswers
  return {
    name: name ?? '',
    background: background ?? '',
    declaresConflict: declaresConflict === 'yes',
    declaration: declaration ?? '',
    declaredOn: declaredOn as CivilDate,
  }
}

const reviewerPages: FormPage[] = [
  {
    path: '/reviewers/new',
    right: 'lead',
    form: reviewerForm,
    load: nothing,
    save: async ({ tx, review }, answers) => {
      const reviewer = declared(answers)
      const objectId = await saveReviewer(tx, review, {
        ...reviewer,
        accountId: undefined,
        judgement: undefined,
        appointedOn: undefined,
        daysAgreed: undefined,
        endedOn: undefined,
        endReason: undefined,
      })
      await recordEvent(tx, {
        kind: 'local-review.reviewer-declared',
        subject: 'local-review',
        place: review,
        objectId,
        detail: { conflict: reviewer.declaresConflict },
      })
    },
    next: '/reviewers',
    button: save,
    done: 'The declaration is recorded. Judge it before you appoint.',
  },
  {
    path: '/reviewers/:recordId',
    right: 'lead',
    form: reviewerForm,
    load: async about => {
      const reviewer = await foundReviewer(about)
      const { name, background, declaration, declaredOn, revision } = reviewer
      const declaresConflict = reviewer.declaresConflict ? 'yes' : 'no'
      return { answers: { name, background, declaresConflict, declaration, declaredOn }, revision }
    },
    save: async (about, answers) => {
      const reviewer = await foundReviewer(about)
      const now = declared(answers)
      const again = now.declaration !== reviewer.declaration || now.declaresConflict !== reviewer.declaresConflict
      if (again && reviewer.appointedOn) {
        throw invalidAt(
          'declaration',
          'They are appointed on this declaration. End their work, and record the new one anew',
        )
      }
      const { tx, review } = about
      await saveReviewer(
        tx,
        review,
        { ...reviewer, ...now, judgement: again ? undefined : reviewer.judgement },
        reviewer.id,
      )
      await recordEvent(tx, {
        kind: 'local-review.reviewer-declared',
        subject: 'local-review',
        place: review,
        objectId: reviewer.id,
        detail: { conflict: now.declaresConflict },
      })
    },
    next: '/reviewers',
    button: save,
    done: 'The declaration is recorded.',
  },
  {
    path: '/reviewers/:recordId/judge',
    right: 'lead',
    form: judgementForm,
    load: async about => {
      const { judgement, revision } = await foundReviewer(about)
      const answers = judgement
        ? {
            judgement: judgement.decision,
            ...(judgement.reasons && { judgementReasons: judgement.reasons }),
            judgedBy: judgement.by,
            judgedOn: judgement.on,
          }
        : {}
      return { answers, revision }
    },
    save: async (about, answers) => {
      const reviewer = await foundReviewer(about)
      if (reviewer.appointedOn) throw invalidAt('judgement', 'They are appointed: the decision stands')
      const { judgement, judgementReasons, judgedBy, judgedOn } = answers as JudgementAnswers
      if (!judgement) return
      if (!judgementReasons && (reviewer.declaresConflict || judgement !== 'no-conflict')) {
        throw invalidAt(
          'judgementReasons',
          'Enter the reasons for the decision: something was declared, or is a conflict',
        )
      }
      if ((judgedOn ?? '') < reviewer.declaredOn) {
        throw invalidAt('judgedOn-day', 'The day of the decision must not be before the declaration')
      }
      const { tx, review } = about
      await saveReviewer(
        tx,
        review,
        {
          ...reviewer,
          judgement: { decision: judgement, reasons: judgementReasons, by: judgedBy ?? '', on: judgedOn as CivilDate },
        },
        reviewer.id,
      )
      await recordEvent(tx, {
        kind: 'local-review.reviewer-judged',
        subject: 'local-review',
        place: review,
        objectId: reviewer.id,
        detail: { judgement },
      })
    },
    next: '/reviewers',
    button: 'Record the decision',
    done: 'The decision is recorded.',
  },
  {
    path: '/reviewers/:recordId/appoint',
    right: 'lead',
    form: appointmentForm,
    lookups: async ({ tx, review }) => {
      const people = await peopleForGroup(tx, review.partnershipCode, ['reviewer'])
      return { reviewers: Object.fromEntries(people.map(({ personId, name }) => [personId, name])) }
    },
    load: async about => {
      const { appointedOn, daysAgreed, accountId, revision } = await foundReviewer(about)
      const answers = {
        ...(appointedOn && { appointedOn }),
        ...(daysAgreed && { daysAgreed }),
        ...(accountId && { account: accountId }),
      }
      return { answers, revision }
    },
    save: async (about, answers) => {
      const reviewer = await foundReviewer(about)
      const { judgement } = reviewer
      if (!judgement) {
        throw invalidAt('main-content', `Nobody has judged what ${reviewer.name} declared. Record the decision first`)
      }
      if (judgement.decision === 'may-not-act') {
        throw invalidAt('main-content', `It was decided that ${reviewer.name} may not act. Find another reviewer`)
      }
      const { appointedOn, daysAgreed, account } = answers as AppointmentAnswers
      if ((appointedOn ?? '') < judgement.on) {
        throw invalidAt(
          'appointedOn-day',
          'The day of the appointment must not be before what they declared was judged',
        )
      }
      const { tx, review } = about
      const on = appointedOn as CivilDate
      if (reviewer.accountId && reviewer.accountId !== account) await deleteMember(tx, review, reviewer.accountId)
      await saveReviewer(tx, review, { ...reviewer, appointedOn: on, daysAgreed, accountId: account }, reviewer.id)
      if (account) await insertMember(tx, 'local', review, account)
      await closeStage(tx, review, 'reviewer', on)
      await recordEvent(tx, {
        kind: 'local-review.reviewer-appointed',
        subject: 'local-review',
        place: review,
        objectId: reviewer.id,
        detail: { appointedOn: on },
      })
    },
    next: '/reviewers',
    button: 'Appoint',
    done: 'The reviewer is appointed. Tell the Panel, Ofsted and DfE their name.',
  },
  {
    path: '/reviewers/:recordId/end',
    right: 'lead',
    form: endForm,
    load: async about => ({ answers: {}, revision: (await foundReviewer(about)).revision }),
    save: async (about, answers) => {
      const reviewer = await foundReviewer(about)
      const { endedOn, endReason } = answers as EndAnswers
      if (reviewer.appointedOn && (endedOn ?? '') < reviewer.appointedOn) {
        throw invalidAt('endedOn-day', 'The day it ended must not be before the appointment')
      }
      const { tx, review } = about
      await saveReviewer(tx, review, { ...reviewer, endedOn: endedOn as CivilDate, endReason }, reviewer.id)
      if (reviewer.accountId) await deleteMember(tx, review, reviewer.accountId)
      await recordEvent(tx, {
        kind: 'local-review.reviewer-ended',
        subject: 'local-review',
        place: review,
        objectId: reviewer.id,
        detail: { endedOn: endedOn as CivilDate },
      })
    },
    next: '/reviewers',
    button: 'End their work',
    done: 'Their work has ended. They no longer see this review.',
  },
]

function processOf(answers: Answers) {
  const { kind, body, reference, status, expectedEndOn, effect, contact, notes } = answers as RelatedProcessAnswers
  return {
    kind: kind ?? 'other',
    body: body ?? '',
    reference,
    status: status ?? 'running',
    expectedEndOn: expectedEndOn as CivilDate | undefined,
    effect: effect ?? 'none',
    contact,
    notes,
  }
}

async function foundProcess({ tx, review, recordId }: About) {
  const process = (await relatedProcessesOf(tx, review.reviewId)).find(({ id }) => id === recordId)
  if (!process) throw noSuchRecord()
  return process
}

async function keepProcess({ tx, review }: About, answers: Answers, id?: string): Promise<void> {
  const process = processOf(answers)
  const objectId = await saveProcess(tx, review, process, id)
  await recordEvent(tx, {
    kind: 'local-review.process-saved',
    subject: 'local-review',
    place: review,
    objectId,
    detail: { kind: processKinds[process.kind], status: process.status },
  })
}

const processPages: FormPage[] = [
  {
    path: '/related/new',
    right: 'write',
    form: relatedProcessForm,
    load: nothing,
    save: (about, answers) => keepProcess(about, answers),
    next: '/related',
    button: save,
    done: 'The process is recorded, checked today.',
  },
  {
    path: '/related/:recordId',
    right: 'write',
    form: relatedProcessForm,
    load: async about => {
      const { id: _id, checkedOn: _on, checkedBy: _by, revision, ...answers } = await foundProcess(about)
      return { answers, revision }
    },
    save: async (about, answers) => keepProcess(about, answers, (await foundProcess(about)).id),
    next: '/related',
    button: 'Save as checked today',
    done: 'The process is recorded, checked today.',
  },
]

async function foundPoint({ tx, review, recordId }: About) {
  const point = (await learningPointsOf(tx, review.reviewId)).find(({ id }) => id === recordId)
  if (!point) throw noSuchRecord()
  return point
}

const learningPages: FormPage[] = [
  {
    path: '/learning/new',
    right: 'write',
    form: learningPointForm,
    load: nothing,
    save: async ({ tx, review }, answers) => {
      const { text, theme } = answers as LearningPointAnswers
      if (!text || !theme) return
      const objectId = await insertLearningPoint(tx, review, { text, theme })
      const number = (await learningPointsOf(tx, review.reviewId)).find(({ id }) => id === objectId)?.number ?? 0
      await recordEvent(tx, {
        kind: 'local-review.learning-saved',
        subject: 'local-review',
        place: review,
        objectId,
        detail: { number },
      })
    },
    next: '/learning',
    button: save,
    done: 'The learning point is saved.',
  },
  {
    path: '/learning/:recordId',
    right: 'write',
    form: learningPointForm,
    load: async about => {
      const { text, theme, revision } = await foundPoint(about)
      return { answers: { text, theme }, revision }
    },
    save: async (about, answers) => {
      const { id, number } = await foundPoint(about)
      const { text, theme } = answers as LearningPointAnswers
      if (!text || !theme) return
      const { tx, review } = about
      const changed = await updateLearningPoint(tx, review, { id, text, theme, cleared: undefined })
      if (!changed) {
        throw invalidAt(
          'text',
          'This point is cleared to be shared: the business manager changes it, and clears it anew',
        )
      }
      await recordEvent(tx, {
        kind: 'local-review.learning-saved',
        subject: 'local-review',
        place: review,
        objectId: id,
        detail: { number },
      })
    },
    next: '/learning',
    button: save,
    done: 'The learning point is saved. It is to be cleared anew before it is shared.',
  },
  {
    path: '/learning/:recordId/clear',
    right: 'lead',
    form: clearingForm,
    load: async about => {
      const { text, cleared, revision } = await foundPoint(about)
      if (!cleared) return { answers: { clearedText: text }, revision }
      const answers = {
        clearedText: cleared.text,
        asked: cleared.asked,
        ...(cleared.askedOn && { askedOn: cleared.askedOn }),
        ...(cleared.answer && { answer: cleared.answer }),
        clearedBy: cleared.by,
        clearedOn: cleared.on,
      }
      return { answers, revision }
    },
    save: async (about, answers) => {
      const point = await foundPoint(about)
      const { clearedText, asked, askedOn, answer, clearedBy, clearedOn } = answers as ClearingAnswers
      if (!clearedText || !asked || !clearedBy) return
      const { tx, review } = about
      await ensureLearningDecided(tx, review, point, clearedText)
      await updateLearningPoint(tx, review, {
        ...point,
        cleared: {
          text: clearedText,
          by: clearedBy,
          on: clearedOn as CivilDate,
          asked,
          askedOn: askedOn as CivilDate | undefined,
          answer,
        },
      })
      await recordEvent(tx, {
        kind: 'local-review.learning-cleared',
        subject: 'local-review',
        place: review,
        objectId: point.id,
        detail: { number: point.number, asked },
      })
    },
    next: '/learning',
    button: 'These words are safe to share now',
    done: 'The learning point can be shared in these words.',
  },
]

const incidentPages: FormPage[] = [
  {
    path: '/incidents/new',
    right: 'write',
    form: furtherIncidentForm,
    load: nothing,
    save: (about, answers) => addFurtherIncident(about, String(answers['reference'] ?? '')),
    next: '/incidents',
    button: 'Add the incident',
    done: 'The review is about this incident too.',
  },
]

const datedPages: FormPage[] = [
  {
    path: '/decision/correct',
    right: 'lead',
    form: decisionForm,
    load: async ({ review: { decidedOn, decidedFrom, criteria, reasons } }) => ({
      answers: { decidedOn, decidedFrom, criteria: criteria.length > 0 ? criteria : ['none'], reasons },
      revision: 0,
    }),
    save: async ({ tx, review }, answers) => {
      const decision = decisionFrom(answers as DecisionAnswers)
      await updateDecision(tx, review, decision)
      await recordEvent(tx, {
        kind: 'local-review.decision-corrected',
        subject: 'local-review',
        place: review,
        detail: { decidedOn: decision.decidedOn, dueOn: decision.dueOn },
      })
    },
    next: '',
    button: save,
    done: 'The decision is corrected.',
  },
  {
    path: '/sent-ahead/new',
    right: 'lead',
    form: sendingForm,
    load: nothing,
    save: async ({ tx, review }, answers) => {
      const { what, sentTo, sentOn, note } = answers as SendingAnswers
      if (!what || !sentTo) return
      if (!mustHave.every(whom => sentTo.includes(whom))) {
        throw invalidAt('sentTo', 'Select the Panel and the Secretary of State: both must have a copy')
      }
      const on = sentOn as CivilDate
      const text = what === 'report' ? await reportToCheck(tx, review) : undefined
      if (text) await ensureAllDecided(tx, text)
      if (on < review.decidedOn) throw invalidAt('sentOn-day', 'The day it was sent must not be before the decision')
      // Of a report drafted here, the version that the partners signed.
      const signed = what === 'report' ? await signedReport(tx, review) : undefined
      const version = signed?.version
      if (signed && on < londonDate(signed.signedAt)) {
        throw invalidAt(
          'sentOn-day',
          `The day it was sent must not be before ${formatDate(londonDate(signed.signedAt))}, when the last partner signed it`,
        )
      }
      const sending = { what, sentTo: [...sentTo], sentOn: on, version, note }
      const sendingId = await insertSending(tx, review, sending)
      if (version !== undefined) await noteQuotesSent(tx, review, { ...sending, version })
      // A text that is sent anew starts the seven working days anew.
      await updateDays(tx, review, { sentAheadOn: on })
      await recordEvent(tx, {
        kind: 'local-review.sent-ahead',
        subject: 'local-review-sent',
        place: review,
        objectId: sendingId,
        detail: { reviewId: review.reviewId, sendingId, what, sentTo: sending.sentTo, sentOn: on, version },
      })
    },
    next: '/sent-ahead',
    button: 'Send ahead',
    done: 'Recorded. The Panel, the Department and, where you chose it, Ofsted read it from now on.',
  },
]

/** Every page of a local review that is one form. */
export const formPages: readonly FormPage[] = [
  ...datedPages,
  ...reviewerPages,
  ...(Object.keys(entryForms) as EntryKind[]).flatMap(kind => pagesOfEntry(kind)),
  ...processPages,
  ...learningPages,
  ...incidentPages,
]
