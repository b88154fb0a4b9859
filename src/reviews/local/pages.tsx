import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { chosenList, chosenOption } from '../../platform/lists/index.ts'
import { answersThatApply, readPage, stepAt } from '../../platform/questionnaire/index.ts'
import { countIn, frameOfForm, textIn, tried, type Posted, type Query, type Web } from '../../platform/web/index.ts'
import { describeIncidents, readIncident } from '../../notifications/index.ts'
import { sentRapidReview } from '../rapid/store.ts'
import { saveStages } from './stages/change-stage.ts'
import { decideLocalReview, incidentToReview } from './decide.ts'
import { decisionForm, type DecisionAnswers } from './decision-form.ts'
import { furtherIncidentsOf } from '../further-incidents.ts'
import { removeFurtherIncident } from './further-incidents.ts'
import type { ShownForm } from './form-page.ts'
import { formPages } from './forms.ts'
import { listLocalReviews, localReviewSorts, standingOptions } from './list.ts'
import { seenLocalReview } from './open-local-review.ts'
import { stagesOf } from './stages/stages.ts'
import { readLocalReview } from './store.ts'
import { DeskPage } from './views/desk-page.tsx'
import { FormPageView } from './views/form-page.tsx'
import { LocalReviewList } from './views/list-page.tsx'
import { base, pathOf, type Route } from './path.ts'
import { IncidentsPage } from './views/incidents-page.tsx'
import { StagePlanPage } from './stages/views.tsx'
import { StartPage } from './views/start-page.tsx'
import { WhyPage } from './views/why-page.tsx'
import { progressOf } from './waiting.ts'
import { learningPointsOf } from './learning/store.ts'
import { readStagePlan } from './stages/store.ts'
import { registerEntries } from './entries/pages.tsx'
import { registerRelated } from './related/pages.tsx'
import { registerSentAhead } from './sent-ahead/pages.tsx'
import { registerReviewers } from './reviewers/pages.tsx'
import { registerTerms } from './terms/pages.tsx'
import { registerForm } from './register-form.tsx'
import { registerLearning } from './learning/pages.tsx'
import { registerShownPage } from './shown-page.ts'
import { registerStages } from './stages/pages.tsx'

/** The pages of local reviews. */
export function registerLocalReviewPages(web: Web): void {
  registerDesk(web)
  registerDecision(web)
  registerStages(web)
  registerReviewers(web)
  registerEntries(web)
  registerRelated(web)
  registerLearning(web)
  registerSentAhead(web)
  registerTerms(web)
  for (const page of formPages) registerForm(web, page)
  registerLists(web)
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

  registerShownPage(web, {
    path: '/why',
    title: 'Why this review waits',
    purpose: 'why the local review waits',
    read: async (tx, review) => ({ progress: (await progressOf(tx, [review]))[0]!, today: contextOf(tx).today }),
    draw: WhyPage,
  })

  registerShownPage(web, {
    path: '/incidents',
    title: 'Incidents of this review',
    purpose: 'incidents of the local review',
    read: async (tx, { reviewId }) => ({ further: await furtherIncidentsOf(tx, reviewId) }),
    draw: IncidentsPage,
  })

  app.post<Route>(`${base}/incidents/:recordId/remove`, async (request, reply) => {
    const { incidentId, recordId = '' } = request.params
    await removeFurtherIncident(web.acting(request), incidentId, recordId)
    return web.redirect(reply, `${pathOf(incidentId)}/incidents`, 'Taken out of the review.')
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
          days={plan}
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
    const days = {
      daysUntilStale: textIn(request.body, 'daysUntilStale'),
      daysStageIsLong: textIn(request.body, 'daysStageIsLong'),
    }
    const seenRevision = countIn(request.body, 'revision')
    const { problem } = await tried(saveStages(acting, { stages: typed, days, seenRevision }))
    if (problem) return showPlan(request, reply, problem)
    return web.redirect(reply, '/local-reviews/stages', 'The stages are saved.')
  })
}
