import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay } from '../platform/acting.ts'
import type { ServiceError } from '../platform/errors.ts'
import { frameOfForm, idsIn, tried, type Posted, type Web } from '../platform/web/index.ts'
import { assuranceGroupOf, endAssurance, nameForAssurance } from './assurance-group.ts'
import { AssuranceGroupPage } from './views/assurance-group-page.tsx'

const path = '/desk/recommendations/assurance-group'

export function registerAssurancePages(web: Web): void {
  const { app } = web

  async function show(request: FastifyRequest, reply: FastifyReply, problem?: ServiceError): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'send', 'recommendation-draft')
    const people = await acting.transaction(tx => assuranceGroupOf(tx, acting.bodyCode))
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Assurance group',
      back: { href: '/desk/recommendations', text: 'Recommendations' },
      errors,
      children: <AssuranceGroupPage {...{ request, people, errors }} />,
    })
  }

  app.get(path, (request, reply) => show(request, reply))

  app.post<{ Body: Posted | undefined }>(path, async (request, reply) => {
    const [personId = ''] = idsIn(request.body, 'personId')
    const { problem } = await tried(nameForAssurance(web.acting(request), personId))
    if (problem) return show(request, reply, problem)
    return web.redirect(reply, path, 'Named for the assurance group.')
  })

  app.post<{ Params: { person: string } }>(`${path}/:person/end`, async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'send', 'recommendation-draft')
    const people = await acting.transaction(tx => assuranceGroupOf(tx, acting.bodyCode))
    const member = people.find(one => one.personId === request.params.person && one.addedAt)
    if (!member) return web.redirect(reply, path, 'This person is not in the assurance group.')
    await endAssurance(acting, member.personId)
    return web.redirect(reply, path, 'No longer in the assurance group. What they judged stays.')
  })
}
