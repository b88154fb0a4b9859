import type { CivilDate } from '../../../platform/dates.ts'
import { invalidAt } from '../../../platform/errors.ts'
import type { Answers } from '../../../platform/questionnaire/index.ts'
import { recordEvent } from '../../../platform/events/index.ts'
import { deleteMember, insertMember, peopleForGroup } from '../../group/members.ts'
import { nothing, type About, type FormPage } from '../form-page.ts'
import { closeStage } from '../stages/change-stage.ts'
import { noSuchRecord } from '../open-local-review.ts'
import { reviewersOf, saveReviewer } from './store.ts'
import {
  appointmentForm,
  endForm,
  judgementForm,
  reviewerForm,
  type AppointmentAnswers,
  type EndAnswers,
  type JudgementAnswers,
  type Reviewer,
  type ReviewerAnswers,
} from './reviewer.ts'

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

export const reviewerPages: FormPage[] = [
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
