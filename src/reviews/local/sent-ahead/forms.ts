import { recordEvent } from '../../../platform/events/index.ts'
import { formatDate, londonDate, type CivilDate } from '../../../platform/dates.ts'
import { ensureAllDecided } from '../../../documents/index.ts'
import { invalidAt } from '../../../platform/errors.ts'
import { signedReport } from '../../drafting/store.ts'
import { noteQuotesSent } from '../../families/note-quotes-sent.ts'
import { nothing, type FormPage } from '../form-page.ts'
import { reportToCheck } from '../recognised.ts'
import { updateDays } from '../store.ts'
import { mustHave, sendingForm, type SendingAnswers } from './sending.ts'
import { insertSending } from './store.ts'

export const sentAheadPages: FormPage[] = [
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
