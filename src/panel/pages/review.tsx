import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { countIn, frameOfForm, listIn, textIn, tried, type Posted, type Web } from '../../platform/web/index.ts'
import { readIncident, sentNotification } from '../../notifications/index.ts'
import { isTheme, readLookups, type Theme } from '../../reference-data/index.ts'
import { sentRapidReview } from '../../reviews/index.ts'
import { openConsideration } from '../advance.ts'
import { allocateReview, endAllocation, membersToOffer } from '../allocate-review.ts'
import { earlierPoints, readLetter } from '../letter-store.ts'
import { isMark, markerKeys, type Markers } from '../quality-markers.ts'
import { saveReading } from '../save-reading.ts'
import { allocationsOf, conflictedPersons, readingsOf, type Consideration, type ReadingText } from '../store.ts'
import type { EarlierPointsProps } from '../views/earlier-points.tsx'
import { ReadingPage } from '../views/reading-page.tsx'
import { ReviewPage } from '../views/review-page.tsx'
import { viewsIn, type OfIncident } from './requests.ts'

export function registerReview(web: Web): void {
  const { app } = web

  async function showReview(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'panel-work')
    const { incidentId } = request.params
    const shown = await acting.transaction(async tx => {
      const consideration = await openConsideration(tx, incidentId)
      const incident = await readIncident(tx, incidentId)
      if (!incident) throw new ServiceError('not-found', 'There is no such incident, or it is not yours to see.')
      const readings = await readingsOf(tx, incidentId, acting.personId)
      const review = await sentRapidReview(tx, incidentId)
      const notification = await sentNotification(tx, incidentId)
      const shows = {
        'rapid-review': review !== undefined,
        notification: notification !== undefined || incident.children.length > 0,
        'panel-reading': readings.length > 0,
      }
      for (const subject of ['rapid-review', 'notification', 'panel-reading'] as const) {
        if (shows[subject]) await noteRead(tx, { subject, purpose: 'consider the review', incidentIds: [incidentId] })
      }
      const allocates = may(acting, 'allocate', 'panel-work')
      return {
        consideration,
        incident,
        review,
        notification,
        lookups: await readLookups(tx),
        allocations: await allocationsOf(tx, incidentId),
        offered: allocates ? await membersToOffer(tx, consideration) : undefined,
        readings,
        conflicted: allocates ? await conflictedPersons(tx, consideration) : new Set<string>(),
        letter: await readLetter(tx, incidentId),
        earlier: await earlierFor(
          tx,
          consideration,
          readings.find(reading => reading.personId === acting.personId)?.themes,
        ),
        today: contextOf(tx).today,
      }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `Rapid review ${shown.incident.reference}`,
      back: { href: '/panel', text: 'All reviews' },
      wide: true,
      errors,
      children: <ReviewPage {...{ request, acting, errors }} {...shown} />,
    })
  }

  app.get<OfIncident>('/panel/:incidentId', (request, reply) => showReview(request, reply))

  app.post<OfIncident>('/panel/:incidentId/allocations', async (request, reply) => {
    const { incidentId } = request.params
    const personId = textIn(request.body ?? {}, 'personId')
    const { problem } = await tried(allocateReview(web.acting(request), incidentId, personId))
    if (problem) return showReview(request, reply, problem)
    return web.redirect(reply, `/panel/${incidentId}`, 'The member has the review now.')
  })

  app.post<OfIncident>('/panel/:incidentId/allocations/end', async (request, reply) => {
    const acting = web.acting(request)
    const { incidentId } = request.params
    const personId = textIn(request.body ?? {}, 'personId')
    await endAllocation(acting, incidentId, personId)
    return web.redirect(reply, `/panel/${incidentId}`, 'The member no longer has the review.')
  })

  async function showReading(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    refused?: { problem: ServiceError; typed: ReadingText },
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'panel-reading')
    const { incidentId } = request.params
    const shown = await acting.transaction(async tx => {
      const consideration = await openConsideration(tx, incidentId)
      const isOver = consideration.status === 'letter-sent'
      if (isOver && !refused) return undefined
      const review = await sentRapidReview(tx, incidentId)
      const purpose = 'write a reading'
      await noteRead(tx, { subject: 'panel-reading', purpose, incidentIds: [incidentId] })
      if (review) await noteRead(tx, { subject: 'rapid-review', purpose, incidentIds: [incidentId] })
      const stored = (await readingsOf(tx, incidentId, acting.personId)).find(one => one.personId === acting.personId)
      return {
        consideration,
        isOver,
        review,
        stored,
        earlier: await earlierFor(tx, consideration, (refused?.typed ?? stored)?.themes),
      }
    })
    // Readings stay as they were when the letter was sent: they are on the page of the review.
    if (!shown) return web.redirect(reply, `/panel/${incidentId}`)
    const { status, errors } = frameOfForm(refused?.problem)
    return web.page(request, reply, {
      status,
      title: 'Your reading',
      back: { href: `/panel/${incidentId}`, text: 'The review' },
      wide: true,
      errors,
      children: (
        <ReadingPage
          request={request}
          {...shown}
          reading={refused?.typed ?? shown.stored ?? emptyReading}
          overtaken={refused?.problem.kind === 'conflict' && !shown.isOver}
          errors={errors}
        />
      ),
    })
  }

  app.get<OfIncident>('/panel/:incidentId/reading', (request, reply) => showReading(request, reply))

  app.post<OfIncident>('/panel/:incidentId/reading', async (request, reply) => {
    const { incidentId } = request.params
    const body = request.body ?? {}
    const typed = readingIn(body)
    const finish = body['next'] === 'finish'
    const { problem } = await tried(
      saveReading(web.acting(request), incidentId, typed, { seenRevision: countIn(body, 'revision'), finish }),
    )
    if (problem) return showReading(request, reply, { problem, typed })
    return finish
      ? web.redirect(
          reply,
          `/panel/${incidentId}`,
          'Your reading is finished. The secretariat and the chair can see it.',
        )
      : web.redirect(reply, `/panel/${incidentId}/reading`, 'Saved.')
  })
}

/** What the area was told before: on the themes of one's own reading first, where it has any. */
async function earlierFor(
  tx: Tx,
  { partnershipCode, incidentId }: Consideration,
  about: readonly Theme[] = [],
): Promise<EarlierPointsProps> {
  const area = { partnershipCode, exceptIncidentId: incidentId }
  const found = await earlierPoints(tx, { ...area, about })
  const others = about.length > 0 ? await earlierPoints(tx, { ...area, notAbout: about }) : undefined
  await noteRead(tx, {
    subject: 'letter',
    purpose: 'see what an area told the Panel before',
    incidentIds: [...new Set([found, others].flatMap(one => one?.points ?? []).map(point => point.incidentId))],
  })
  return { about, found, others }
}

const emptyReading: ReadingText = {
  notes: '',
  markers: {},
  themes: [],
  viewOnReview: undefined,
  viewOnDecision: undefined,
}

function readingIn(body: Posted): ReadingText {
  const markers: Markers = {}
  for (const key of markerKeys) {
    const mark = body[`marker-${key}`]
    if (isMark(mark)) markers[key] = mark
  }
  return { notes: textIn(body, 'notes'), markers, themes: listIn(body, 'themes').filter(isTheme), ...viewsIn(body) }
}
