import type { FastifyReply, FastifyRequest } from 'fastify'
import { countIn, dayIn, frameOfForm, textIn, tried, type Web } from '../../../platform/web/index.ts'
import { ensureMay } from '../../../platform/acting.ts'
import { frameOf, goOn, QuestionPage, stepToWrite, type ShownPage } from '../../../platform/questionnaire/index.ts'
import { contextOf } from '../../../platform/database/index.ts'
import { ServiceError } from '../../../platform/errors.ts'
import { base, pathOf, toDesk, type Route } from '../path.ts'
import { openLocalReview } from '../open-local-review.ts'
import { readTerms, termsVersionsOf, type TermsDraft } from './store.ts'
import { TermsPage, TermsVersionPage } from './views.tsx'
import { agreeTerms, noSuchVersion, saveTermsPage } from './terms.ts'
import { termsForm } from './terms-form.ts'

export function registerTerms(web: Web): void {
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
