import type { CivilDate } from '../../../platform/dates.ts'
import { invalidAt } from '../../../platform/errors.ts'
import { recordEvent } from '../../../platform/events/index.ts'
import { nothing, type About, type FormPage } from '../form-page.ts'
import { ensureLearningDecided } from '../recognised.ts'
import { noSuchRecord } from '../open-local-review.ts'
import { insertLearningPoint, learningPointsOf, updateLearningPoint } from './store.ts'
import { clearingForm, learningPointForm, type ClearingAnswers, type LearningPointAnswers } from './learning-point.ts'

async function foundPoint({ tx, review, recordId }: About) {
  const point = (await learningPointsOf(tx, review.reviewId)).find(({ id }) => id === recordId)
  if (!point) throw noSuchRecord()
  return point
}

export const learningPages: FormPage[] = [
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
