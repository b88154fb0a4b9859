import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead, recordEvent } from '../../platform/events/index.ts'
import { chosenList, chosenOption } from '../../platform/lists/index.ts'
import {
  answersThatApply,
  frameOf,
  goOn,
  QuestionPage,
  readPage,
  stepAt,
  stepToWrite,
  type ShownPage,
} from '../../platform/questionnaire/index.ts'
import {
  countIn,
  dayIn,
  frameOfForm,
  optionalDayIn,
  textIn,
  tried,
  type Posted,
  type Query,
  type Web,
} from '../../platform/web/index.ts'
import { describeIncidents, readIncident } from '../../notifications/index.ts'
import { checkText, registerIdentifyingCheck } from '../../documents/index.ts'
import { versionsOf } from '../drafting/store.ts'
import { intervals } from '../../reference-data/index.ts'
import { sentRapidReview } from '../rapid/store.ts'
import { changeStage, saveStages, stageNamed } from './change-stage.ts'
import { decideLocalReview, incidentToReview } from './decide.ts'
import { decisionForm, type DecisionAnswers } from './decision-form.ts'
import { entriesOf } from './entry-store.ts'
import { furtherIncidentsOf } from '../further-incidents.ts'
import { removeFurtherIncident } from './further-incidents.ts'
import { openForm, saveForm, type FormPage, type ShownForm } from './form-page.ts'
import { formPages } from './forms.ts'
import { listLocalReviews, localReviewSorts, standingOptions } from './list.ts'
import { noSuchRecord, openLocalReview, seenLocalReview } from './open-local-review.ts'
import { learningToCheck, reportToCheck } from './recognised.ts'
import { processKinds } from './related-process.ts'
import { stagesOf } from './stages.ts'
import {
  learningPointsOf,
  readLocalReview,
  readStagePlan,
  readTerms,
  relatedProcessesOf,
  reviewersOf,
  saveProcess,
  sendingsOf,
  stageRecordsOf,
  termsVersionsOf,
  type TermsDraft,
} from './store.ts'
import { questionsIn, termsForm } from './terms-form.ts'
import { agreeTerms, noSuchVersion, saveTermsPage } from './terms.ts'
import { BenchPage } from './views/bench-page.tsx'
import { DeskPage } from './views/desk-page.tsx'
import { FormPageView } from './views/form-page.tsx'
import { LocalReviewList } from './views/list-page.tsx'
import { pathOf } from './path.ts'
import {
  ExtensionsPage,
  LearningPage,
  RelatedPage,
  RequestLetterPage,
  RequestsPage,
  IncidentsPage,
  ReviewersPage,
  SentAheadPage,
  SentReportPage,
  StagesPage,
  ToldPage,
} from './views/record-pages.tsx'
import { StagePage, StagePlanPage } from './views/stage-pages.tsx'
import { StartPage } from './views/start-page.tsx'
import { TermsPage, TermsVersionPage } from './views/terms-pages.tsx'
import { WhyPage } from './views/why-page.tsx'
import { progressOf } from './waiting.ts'

interface Route {
  Params: { incidentId: string; recordId?: string; page?: string; stage?: string; version?: string }
  Body: Posted
}

const base = '/incidents/:incidentId/local-review'

/** The pages of local reviews. */
export function registerLocalReviewPages(web: Web): void {
  registerDesk(web)
  registerDecision(web)
  registerStages(web)
  registerRecords(web)
  registerTerms(web)
  for (const page of formPages) registerForm(web, page)
  registerLists(web)
}

function toDesk(incidentId: string) {
  return { href: pathOf(incidentId), text: 'Local review' }
}

function registerDesk(web: Web): void {
  const { app } = web

  app.get<Route>(base, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    // Whoever was sent it reads what was sent.
    if (!may(acting, 'read', 'local-review')) {
      ensureMay(acting, 'read', 'local-review-sent')
      await acting.transaction(tx => seenLocalReview(tx, incidentId))
      return web.redirect(reply, `${pathOf(incidentId)}/sent-ahead`)
    }
    const shown = await acting.transaction(async tx => {
      const review = await readLocalReview(tx, incidentId)
      const about = (await describeIncidents(tx, [incidentId])).get(incidentId)
      if (!review) {
        if (!may(acting, 'lead', 'local-review') || !(await readIncident(tx, incidentId))?.notifiedAt) {
          throw new ServiceError('not-found', 'There is no local review here, or you may not see it.')
        }
        return { about }
      }
      await noteRead(tx, { subject: 'local-review', purpose: 'local review', incidentIds: [incidentId] })
      const [progress] = await progressOf(tx, [review])
      return {
        about,
        progress,
        learning: await learningPointsOf(tx, review.reviewId),
        further: await furtherIncidentsOf(tx, review.reviewId),
        today: contextOf(tx).today,
      }
    })
    return web.page(request, reply, {
      title: 'Local review',
      back: { href: `/incidents/${incidentId}`, text: 'Incident' },
      children: shown.progress ? (
        <DeskPage acting={acting} {...shown} progress={shown.progress} />
      ) : (
        <StartPage incidentId={incidentId} about={shown.about} />
      ),
    })
  })

  app.get<Route>(`${base}/why`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const { progress, today } = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, 'why the local review waits')
      const [progress] = await progressOf(tx, [review])
      return { progress: progress!, today: contextOf(tx).today }
    })
    return web.page(request, reply, {
      title: 'Why this review waits',
      back: toDesk(incidentId),
      children: <WhyPage {...{ progress, today }} />,
    })
  })
}

function registerDecision(web: Web): void {
  const { app } = web
  const step = stepAt(decisionForm, {}, decisionForm.pages[0].id)!
  const page = { form: decisionForm, button: 'Open the local review' }

  async function show(request: FastifyRequest, reply: FastifyReply, incidentId: string, shown: Partial<ShownForm>) {
    return web.page(request, reply, {
      status: shown.errors && shown.errors.length > 0 ? 400 : 200,
      title: decisionForm.title,
      errors: shown.errors,
      back: { href: `/incidents/${incidentId}`, text: 'Incident' },
      children: (
        <FormPageView
          request={request}
          page={page}
          shown={{ step, answers: {}, revision: 0, lookups: {}, errors: [], ...shown }}
          action={`${pathOf(incidentId)}/decision`}
        />
      ),
    })
  }

  app.get<Route>(`${base}/decision`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'lead', 'local-review')
    const answers = await acting.transaction(async tx => {
      await incidentToReview(tx, incidentId)
      if (await readLocalReview(tx, incidentId)) return undefined
      // What a rapid review that asks for a local one said already.
      const sent = await sentRapidReview(tx, incidentId)
      if (!sent?.outcomes.includes('LCSPR')) return {}
      await noteRead(tx, { subject: 'rapid-review', purpose: 'decide on a local review', incidentIds: [incidentId] })
      const said = sent.answers
      const criteria = (['A', 'B', 'C', 'D'] as const).filter(key => said[`criterion${key}`] === 'yes')
      return {
        decidedFrom: 'rapid-review',
        criteria: criteria.length > 0 ? criteria : ['none'],
        ...(typeof said.decision === 'string' && { reasons: said.decision }),
      }
    })
    if (!answers) return web.redirect(reply, pathOf(incidentId))
    return show(request, reply, incidentId, { answers })
  })

  app.post<Route>(`${base}/decision`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'lead', 'local-review')
    const today = await acting.transaction(async tx => {
      await incidentToReview(tx, incidentId)
      return contextOf(tx).today
    })
    const reading = readPage(decisionForm, step, request.body, {}, { today })
    if (reading.errors.length > 0) return show(request, reply, incidentId, reading)
    const answers = answersThatApply(decisionForm, reading.answers) as DecisionAnswers
    await decideLocalReview(acting, incidentId, answers)
    return web.redirect(reply, pathOf(incidentId), 'The local review is open. Its six months have begun.')
  })
}

function registerForm(web: Web, page: FormPage): void {
  const { app } = web
  const path = `${base}${page.path}`
  const backOf = (incidentId: string) => ({
    href: `${pathOf(incidentId)}${page.next}`,
    text: page.next === '' ? 'Local review' : 'Back',
  })

  function show(request: FastifyRequest<Route>, reply: FastifyReply, shown: ShownForm) {
    const { incidentId, recordId } = request.params
    return web.page(request, reply, {
      status: shown.errors.length > 0 ? 400 : 200,
      title: page.form.title,
      errors: shown.errors,
      back: backOf(incidentId),
      children: (
        <FormPageView
          {...{ request, page, shown }}
          action={`${pathOf(incidentId)}${page.path.replace(':recordId', recordId ?? '')}`}
          mayRemove={page.remove !== undefined}
        />
      ),
    })
  }

  app.get<Route>(path, async (request, reply) => {
    const { incidentId, recordId } = request.params
    return show(request, reply, await openForm(web.acting(request), page, incidentId, recordId))
  })

  app.post<Route>(path, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const posted = { body: request.body, seenRevision: countIn(request.body, 'revision') }
    const shown = await saveForm(web.acting(request), page, incidentId, recordId, posted)
    if (shown.errors.length > 0) return show(request, reply, shown)
    return web.redirect(reply, `${pathOf(incidentId)}${page.next}`, page.done)
  })

  const { remove } = page
  if (!remove) return
  app.post<Route>(`${path}/remove`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, page.right, 'local-review')
    if (textIn(request.body, 'sure') !== 'yes') {
      const shown = await openForm(acting, page, incidentId, recordId)
      return show(request, reply, {
        ...shown,
        errors: [{ field: 'sure', text: 'Confirm that you want to take it out' }],
      })
    }
    await acting.transaction(async tx => remove({ tx, review: await seenLocalReview(tx, incidentId), recordId }))
    return web.redirect(reply, `${pathOf(incidentId)}${page.next}`, 'Taken out.')
  })
}

function registerStages(web: Web): void {
  const { app } = web

  async function show(request: FastifyRequest<Route>, reply: FastifyReply, problem?: ServiceError) {
    const { incidentId, stage = '' } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, 'open and close stages')
      const records = await stageRecordsOf(tx, review.reviewId)
      return { review, stage: await stageNamed(tx, review, stage), record: records.find(each => each.stage === stage) }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: shown.stage.label,
      errors,
      back: toDesk(incidentId),
      children: <StagePage {...{ request, errors, ...shown }} typed={problem && request.body} />,
    })
  }

  app.get<Route>(`${base}/stages`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const progress = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, 'stages of the local review')
      return (await progressOf(tx, [review]))[0]!
    })
    return web.page(request, reply, {
      title: 'Stages',
      back: toDesk(incidentId),
      children: <StagesPage {...{ acting, progress }} />,
    })
  })

  app.get<Route>(`${base}/stages/:stage`, async (request, reply) => show(request, reply))

  app.post<Route>(`${base}/stages/:stage`, async (request, reply) => {
    const { incidentId, stage = '' } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    const { problem } = await tried(() =>
      changeStage(acting, incidentId, stage, {
        openedOn: optionalDayIn(request.body, 'openedOn', 'The day it was opened'),
        closedOn: optionalDayIn(request.body, 'closedOn', 'The day it was closed'),
      }),
    )
    if (problem) return show(request, reply, problem)
    return web.redirect(reply, pathOf(incidentId), 'The stage is saved.')
  })
}

function registerRecords(web: Web): void {
  const { app } = web

  app.get<Route>(`${base}/reviewers`, async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, request.params.incidentId, 'reviewers')
      const { reviewId } = review
      return { review, reviewers: await reviewersOf(tx, reviewId), days: await entriesOf(tx, reviewId, 'days') }
    })
    return web.page(request, reply, {
      title: 'Reviewers',
      back: toDesk(request.params.incidentId),
      children: <ReviewersPage {...{ acting, ...shown }} />,
    })
  })

  app.get<Route>(`${base}/requests`, async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, request.params.incidentId, 'written requests')
      return { review, requests: await entriesOf(tx, review.reviewId, 'request'), today: contextOf(tx).today }
    })
    return web.page(request, reply, {
      title: 'Written requests',
      back: toDesk(request.params.incidentId),
      children: <RequestsPage {...{ acting, ...shown }} />,
    })
  })

  app.get<Route>(`${base}/requests/:recordId/letter`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, 'letter of a request')
      const found = (await entriesOf(tx, review.reviewId, 'request')).find(({ id }) => id === recordId)
      if (!found) throw noSuchRecord()
      return { review, request: found }
    })
    return web.page(request, reply, {
      title: 'Letter of a request',
      back: { href: `${pathOf(incidentId)}/requests`, text: 'Written requests' },
      children: <RequestLetterPage {...shown} from={acting.name} />,
    })
  })

  app.get<Route>(`${base}/extensions`, async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, request.params.incidentId, 'extensions')
      return { review, extensions: await entriesOf(tx, review.reviewId, 'extension') }
    })
    return web.page(request, reply, {
      title: 'Extensions',
      back: toDesk(request.params.incidentId),
      children: <ExtensionsPage {...{ acting, ...shown }} />,
    })
  })

  app.get<Route>(`${base}/told`, async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, request.params.incidentId, 'who was told')
      return { review, told: await entriesOf(tx, review.reviewId, 'told') }
    })
    return web.page(request, reply, {
      title: 'Who was told of the decision',
      back: toDesk(request.params.incidentId),
      children: <ToldPage {...{ acting, ...shown }} />,
    })
  })

  app.get<Route>(`${base}/related`, async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, request.params.incidentId, 'related processes')
      return { review, processes: await relatedProcessesOf(tx, review.reviewId), today: contextOf(tx).today }
    })
    return web.page(request, reply, {
      title: 'Related processes',
      back: toDesk(request.params.incidentId),
      children: <RelatedPage {...{ acting, request, ...shown }} daysUntilStale={intervals.relatedProcessIsStale} />,
    })
  })

  app.post<Route>(`${base}/related/:recordId/checked`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    await acting.transaction(async tx => {
      const review = await seenLocalReview(tx, incidentId)
      const process = (await relatedProcessesOf(tx, review.reviewId)).find(({ id }) => id === recordId)
      if (!process) throw noSuchRecord()
      await saveProcess(tx, review, process, process.id)
      await recordEvent(tx, {
        kind: 'local-review.process-saved',
        subject: 'local-review',
        place: review,
        objectId: process.id,
        detail: { kind: processKinds[process.kind], status: process.status },
      })
    })
    return web.redirect(reply, `${pathOf(incidentId)}/related`, 'Checked today.')
  })

  app.get<Route>(`${base}/learning`, async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, request.params.incidentId, 'learning points')
      return { review, points: await learningPointsOf(tx, review.reviewId) }
    })
    return web.page(request, reply, {
      title: 'Learning points',
      back: toDesk(request.params.incidentId),
      children: <LearningPage {...{ acting, ...shown }} />,
    })
  })

  app.get<Route>(`${base}/bench`, async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, request.params.incidentId, 'reviewer’s bench')
      const { reviewId } = review
      const agreed = (await termsVersionsOf(tx, reviewId)).at(-1)
      return {
        review,
        questions: questionsIn(agreed?.answers ?? {}),
        contacts: await entriesOf(tx, reviewId, 'contact'),
        notes: await entriesOf(tx, reviewId, 'note'),
        index: await entriesOf(tx, reviewId, 'index'),
        days: await entriesOf(tx, reviewId, 'days'),
        reviewers: await reviewersOf(tx, reviewId),
      }
    })
    return web.page(request, reply, {
      title: 'The reviewer’s bench',
      back: toDesk(request.params.incidentId),
      children: <BenchPage {...shown} />,
    })
  })

  app.get<Route>(`${base}/incidents`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, 'incidents of the local review')
      return { review, further: await furtherIncidentsOf(tx, review.reviewId) }
    })
    return web.page(request, reply, {
      title: 'Incidents of this review',
      back: toDesk(incidentId),
      children: <IncidentsPage {...{ acting, request, ...shown }} />,
    })
  })

  app.post<Route>(`${base}/incidents/:recordId/remove`, async (request, reply) => {
    const { incidentId, recordId = '' } = request.params
    await removeFurtherIncident(web.acting(request), incidentId, recordId)
    return web.redirect(reply, `${pathOf(incidentId)}/incidents`, 'Taken out of the review.')
  })

  registerIdentifyingCheck<Route['Params']>(web, {
    path: `${base}/learning/:recordId/recognised`,
    subject: 'local-review',
    async read(tx, { incidentId, recordId }) {
      const review = await seenLocalReview(tx, incidentId)
      const point = (await learningPointsOf(tx, review.reviewId)).find(({ id }) => id === recordId)
      if (!point) throw noSuchRecord()
      return learningToCheck(tx, review, point)
    },
  })

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

function registerTerms(web: Web): void {
  const { app } = web
  const pathsOf = (incidentId: string) => {
    const list = `${pathOf(incidentId)}/terms`
    return { list, check: list, page: (path: string) => `${list}/write/${path}` }
  }

  async function showTerms(request: FastifyRequest<Route>, reply: FastifyReply, problem?: ServiceError) {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, 'terms of reference')
      return {
        review,
        draft: await readTerms(tx, review),
        versions: await termsVersionsOf(tx, review.reviewId),
        today: contextOf(tx).today,
      }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Terms of reference',
      errors,
      back: toDesk(incidentId),
      children: <TermsPage {...{ request, acting, errors, ...shown }} typed={problem ? request.body : {}} />,
    })
  }

  function showPage(request: FastifyRequest<Route>, reply: FastifyReply, shown: ShownPage<TermsDraft>) {
    const { incidentId } = request.params
    const { list, page } = pathsOf(incidentId)
    return web.page(request, reply, {
      ...frameOf(shown),
      back: { href: list, text: 'Terms of reference' },
      children: (
        <QuestionPage
          visitor={request.visitor}
          questionnaire={termsForm}
          shown={shown}
          action={page(shown.step.page.id)}
        />
      ),
    })
  }

  app.get<Route>(`${base}/terms`, async (request, reply) => showTerms(request, reply))

  app.get<Route>(`${base}/terms/write/:page`, async (request, reply) => {
    const { incidentId, page = '' } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    const draft = await acting.transaction(async tx =>
      readTerms(tx, await openLocalReview(tx, incidentId, 'write the terms of reference')),
    )
    return showPage(request, reply, { draft, step: stepToWrite(termsForm, draft, page) })
  })

  app.post<Route>(`${base}/terms/write/:page`, async (request, reply) => {
    const { incidentId, page = '' } = request.params
    const posted = { body: request.body, seenRevision: countIn(request.body, 'revision') }
    const saved = await saveTermsPage(web.acting(request), incidentId, page, posted)
    const gone = goOn(web, reply, termsForm, saved, request.body, pathsOf(incidentId))
    return gone ?? showPage(request, reply, saved)
  })

  app.post<Route>(`${base}/terms/agree`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'lead', 'local-review')
    const { problem } = await tried(() =>
      agreeTerms(acting, incidentId, {
        agreedOn: dayIn(request.body, 'agreedOn', 'The day they agreed'),
        whyChanged: textIn(request.body, 'whyChanged'),
      }),
    )
    if (problem) return showTerms(request, reply, problem)
    return web.redirect(reply, `${pathOf(incidentId)}/terms`, 'The version is recorded.')
  })

  app.get<Route>(`${base}/terms/versions/:version`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, 'terms of reference')
      const versions = await termsVersionsOf(tx, review.reviewId)
      const version = versions.find(each => String(each.version) === request.params.version)
      if (!version) throw noSuchVersion()
      return { review, version }
    })
    return web.page(request, reply, {
      title: `Terms of reference, version ${shown.version.version}`,
      back: { href: `${pathOf(incidentId)}/terms`, text: 'Terms of reference' },
      children: <TermsVersionPage {...shown} />,
    })
  })
}

function registerLists(web: Web): void {
  const { app } = web

  app.get<{ Querystring: Query }>('/local-reviews', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const chosen = chosenList(request.query, localReviewSorts, { key: 'due', direction: 'ascending' })
    const standing = chosenOption(request.query, 'standing', standingOptions) ?? 'open'
    const { found, today } = await acting.transaction(async tx => {
      const found = await listLocalReviews(tx, acting, chosen, standing)
      const incidentIds = found.rows.map(({ review }) => review.incidentId)
      await noteRead(tx, { subject: 'local-review', purpose: 'list of local reviews', incidentIds })
      return { found, today: contextOf(tx).today }
    })
    return web.page(request, reply, {
      title: 'Local reviews',
      wide: true,
      children: <LocalReviewList {...{ acting, chosen, standing, found, today }} />,
    })
  })

  async function showPlan(request: FastifyRequest<{ Body: Posted }>, reply: FastifyReply, problem?: ServiceError) {
    const acting = web.acting(request)
    ensureMay(acting, 'lead', 'local-review')
    const plan = await acting.transaction(tx => readStagePlan(tx, acting.bodyCode))
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Stages of your local reviews',
      errors,
      back: { href: '/local-reviews', text: 'Local reviews' },
      children: (
        <StagePlanPage
          {...{ request, errors }}
          partnershipName={acting.bodyName}
          stages={stagesOf(plan?.stages)}
          revision={plan?.revision ?? 0}
          typed={problem && request.body}
        />
      ),
    })
  }

  app.get<{ Body: Posted }>('/local-reviews/stages', async (request, reply) => showPlan(request, reply))

  app.post<{ Body: Posted }>('/local-reviews/stages', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'lead', 'local-review')
    const plan = await acting.transaction(tx => readStagePlan(tx, acting.bodyCode))
    const known = stagesOf(plan?.stages)
    const typed = [...known.map(({ key }) => key), 'new'].map((key, index) => ({
      key: key === 'new' ? undefined : key,
      label: textIn(request.body, `label-${key}`),
      place: textIn(request.body, `place-${key}`) || (key === 'new' ? String(index + 1) : ''),
      leftOut: textIn(request.body, `leave-${key}`) === 'yes',
    }))
    const { problem } = await tried(saveStages(acting, typed, countIn(request.body, 'revision')))
    if (problem) return showPlan(request, reply, problem)
    return web.redirect(reply, '/local-reviews/stages', 'The stages are saved.')
  })
}
