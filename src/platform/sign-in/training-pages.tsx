import { ServiceError } from '../errors.ts'
import type { Web } from '../web/index.ts'
import type { Door } from './door.ts'
import { isUuid } from './pages.tsx'
import { backPath, callerOf, giveToken, textIn } from './request.ts'
import { listTrainees, signInAsTrainee } from './training.ts'
import { trainingPeoplePage, type TourStop } from './views/training-people.tsx'

/** Signing in with one click. In production nothing is registered: the address is not there. */
export function registerTrainingPages(web: Web, door: Door, tour: readonly TourStop[]): void {
  if (door.mode !== 'training') return

  web.app.get<{ Querystring: { q?: unknown; back?: unknown } }>('/training/people', async (request, reply) => {
    const { q, back } = request.query
    return web.page(
      request,
      reply,
      trainingPeoplePage({
        people: await listTrainees(door),
        tour,
        query: typeof q === 'string' ? q.trim() : '',
        back: backPath(back),
        visitor: request.visitor,
      }),
    )
  })

  web.app.post('/training/people/sign-in', async (request, reply) => {
    const personId = textIn(request, 'person')
    if (!isUuid(personId)) throw new ServiceError('invalid', 'Go back and choose a person.')
    const token = await signInAsTrainee(door, { personId, visitor: request.visitor, caller: callerOf(request) })
    giveToken(door, reply, token)
    return reply.redirect(backPath(textIn(request, 'back')), 303)
  })
}
