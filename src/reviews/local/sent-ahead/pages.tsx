import { ensureMay, may } from '../../../platform/acting.ts'
import { checkText, registerIdentifyingCheck } from '../../../documents/index.ts'
import type { Web } from '../../../platform/web/index.ts'
import { noteRead } from '../../../platform/events/index.ts'
import { versionsOf } from '../../drafting/store.ts'
import { base, pathOf, toDesk, type Route } from '../path.ts'
import { noSuchRecord, seenLocalReview } from '../open-local-review.ts'
import { reportToCheck } from '../recognised.ts'
import { SentAheadPage, SentReportPage } from './views.tsx'
import { sendingsOf } from './store.ts'

/** What was sent ahead of publication, for those who work on the review and those who were sent it. */
export function registerSentAhead(web: Web): void {
  const { app } = web

  registerIdentifyingCheck<Route['Params']>(web, {
    path: `${base}/sent-ahead/recognised`,
    subject: 'local-review',
    async read(tx, { incidentId }) {
      const text = await reportToCheck(tx, await seenLocalReview(tx, incidentId))
      if (!text) throw noSuchRecord()
      return text
    },
  })

  app.get<Route>(`${base}/sent-ahead/:recordId`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const acting = web.acting(request)
    const subject = may(acting, 'read', 'local-review') ? 'local-review' : 'local-review-sent'
    ensureMay(acting, 'read', subject)
    const shown = await acting.transaction(async tx => {
      const review = await seenLocalReview(tx, incidentId)
      const sending = (await sendingsOf(tx, review.reviewId)).find(({ id }) => id === recordId)
      const version = (await versionsOf(tx, review)).find(each => each.version === sending?.version)
      // A text that went by other means is not kept here.
      if (!sending || !version) return undefined
      await noteRead(tx, { subject, purpose: 'read the report that was sent ahead', incidentIds: [incidentId] })
      return { review, sending, version }
    })
    if (!shown) return web.redirect(reply, `${pathOf(incidentId)}/sent-ahead`)
    return web.page(request, reply, {
      title: 'The report as it was sent ahead',
      back: { href: `${pathOf(incidentId)}/sent-ahead`, text: 'Sent ahead of publication' },
      children: <SentReportPage {...shown} />,
    })
  })

  app.get<Route>(`${base}/sent-ahead`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    const works = may(acting, 'read', 'local-review')
    const subject = works ? 'local-review' : 'local-review-sent'
    ensureMay(acting, 'read', subject)
    const shown = await acting.transaction(async tx => {
      const review = await seenLocalReview(tx, incidentId)
      await noteRead(tx, { subject, purpose: 'what was sent ahead', incidentIds: [incidentId] })
      const text = may(acting, 'write', 'local-review') ? await reportToCheck(tx, review) : undefined
      return {
        review,
        sendings: await sendingsOf(tx, review.reviewId),
        recognised: text && (await checkText(tx, text)),
      }
    })
    return web.page(request, reply, {
      title: 'Sent ahead of publication',
      back: works ? toDesk(incidentId) : { href: `/incidents/${incidentId}`, text: 'Incident' },
      children: <SentAheadPage {...{ acting, ...shown }} />,
    })
  })
}
