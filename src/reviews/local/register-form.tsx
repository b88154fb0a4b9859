import type { FastifyReply, FastifyRequest } from 'fastify'
import { countIn, textIn, type Web } from '../../platform/web/index.ts'
import { ensureMay } from '../../platform/acting.ts'
import { base, pathOf, type Route } from './path.ts'
import { openForm, saveForm, type FormPage, type ShownForm } from './form-page.ts'
import { seenLocalReview } from './open-local-review.ts'
import { FormPageView } from './views/form-page.tsx'

/** A page with one form, and taking its record out where that may be. */
export function registerForm(web: Web, page: FormPage): void {
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
