import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { countIn, frameOfForm, listIn, textIn, tried, type Posted, type Web } from '../../platform/web/index.ts'
import { readIncident, sentNotification } from '../../notifications/index.ts'
import { isTheme, readLookups, type Theme } from '../../reference-data/index.ts'
import type { ReviewKind } from '../../reviews/index.ts'
import type { Beside } from '../beside.ts'
import { openConsideration } from '../advance.ts'
import { allocateReview, endAllocation, membersToOffer } from '../allocate-review.ts'
import { earlierPoints } from '../letter/point-lists.ts'
import { readLetter } from '../letter/store.ts'
import { isMark } from '../quality-markers.ts'
import { saveReading } from '../save-reading.ts'
import { openSentReview } from '../sent-review.ts'
import { copiesOf } from '../confirm-copy.ts'
import { allocationsOf, conflictedPersons, readingsOf, type Consideration, type ReadingText } from '../store.ts'
import type { EarlierPointsProps } from '../views/earlier-points.tsx'
import { ReadingPage, type ReadingPageProps } from '../views/reading-page.tsx'
import { ReviewPage } from '../views/review-page.tsx'
import { panelPath, reviewKinds, reviewNames } from '../which-review.ts'
import { registerKeptForm, type OfForm } from './kept-form.ts'
import { viewsIn, type OfIncident } from './requests.ts'

export function registerReview(web: Web, beside: Beside): void {
  for (const kind of reviewKinds) {
    registerConsidering(web, kind, beside)
    registerReading(web, kind)
  }
}

function registerConsidering(web: Web, kind: ReviewKind, beside: Beside): void {
  const { app } = web
  const route = panelPath({ incidentId: ':incidentId', kind })

  async function showReview(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'panel-work')
    const { incidentId } = request.params
    const shown = await acting.transaction(async tx => {
      const consideration = await openConsideration(tx, { incidentId, kind })
      const { reviewId } = consideration
      const incident = await readIncident(tx, incidentId)
      if (!incident) throw new ServiceError('not-found', 'There is no such incident, or it is not yours to see.')
      const readings = await readingsOf(tx, reviewId, acting.personId)
      const review = await openSentReview(tx, consideration, 'consider the review')
      const notification = await sentNotification(tx, incidentId)
      const shows = {
        notification: notification !== undefined || incident.children.length > 0,
        'panel-reading': readings.length > 0,
      }
      for (const subject of ['notification', 'panel-reading'] as const) {
        if (shows[subject]) await noteRead(tx, { subject, purpose: 'consider the review', incidentIds: [incidentId] })
      }
      const allocates = may(acting, 'allocate', 'panel-work')
      return {
        consideration,
        incident,
        review,
        notification,
        lookups: await readLookups(tx),
        allocations: await allocationsOf(tx, reviewId),
        offered: allocates ? await membersToOffer(tx, consideration) : undefined,
        readings,
        conflicted: allocates ? await conflictedPersons(tx, consideration) : new Set<string>(),
        letter: await readLetter(tx, consideration),
        beside: kind === 'local' ? await beside.localReview(tx, incidentId) : [],
        copies: kind === 'local' ? await copiesOf(tx, reviewId) : [],
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
      title: `${reviewNames[kind]} ${shown.incident.reference}`,
      back: { href: '/panel', text: 'All reviews' },
      wide: true,
      errors,
      children: <ReviewPage {...{ request, acting, errors }} {...shown} />,
    })
  }

  app.get<OfIncident>(route, (request, reply) => showReview(request, reply))

  app.post<OfIncident>(`${route}/allocations`, async (request, reply) => {
    const { incidentId } = request.params
    const personId = textIn(request.body, 'personId')
    const { problem } = await tried(allocateReview(web.acting(request), { incidentId, kind }, personId))
    if (problem) return showReview(request, reply, problem)
    return web.redirect(reply, panelPath({ incidentId, kind }), 'The member has the review now.')
  })

  app.post<OfIncident>(`${route}/allocations/end`, async (request, reply) => {
    const acting = web.acting(request)
    const { incidentId } = request.params
    const personId = textIn(request.body, 'personId')
    await endAllocation(acting, { incidentId, kind }, personId)
    return web.redirect(reply, panelPath({ incidentId, kind }), 'The member no longer has the review.')
  })
}

function registerReading(web: Web, kind: ReviewKind): void {
  const route = `${panelPath({ incidentId: ':incidentId', kind })}/reading`
  const which = (request: FastifyRequest<OfForm>) => ({ incidentId: request.params.incidentId, kind })
  const finishes = (request: FastifyRequest<OfForm>) => request.body?.['next'] === 'finish'

  registerKeptForm<ReadingShown, ReadingText>(web, route, {
    typedIn: readingIn,
    save: (request, typed) =>
      saveReading(web.acting(request), which(request), typed, {
        seenRevision: countIn(request.body, 'revision'),
        finish: finishes(request),
      }),
    saved: request =>
      finishes(request)
        ? {
            path: panelPath(which(request)),
            notice: 'Your reading is finished. The secretariat and the chair can see it.',
          }
        : { path: `${panelPath(which(request))}/reading`, notice: 'Saved.' },
    async read(request, refused) {
      const acting = web.acting(request)
      ensureMay(acting, 'write', 'panel-reading')
      const { incidentId } = request.params
      return acting.transaction(async tx => {
        const consideration = await openConsideration(tx, which(request))
        // Readings stay as they were when the letter was sent; what was typed meanwhile is shown all the same.
        const isOver = consideration.status === 'letter-sent'
        if (isOver && !refused) return undefined
        const purpose = 'write a reading'
        await noteRead(tx, { subject: 'panel-reading', purpose, incidentIds: [incidentId] })
        const review = await openSentReview(tx, consideration, purpose)
        const readings = await readingsOf(tx, consideration.reviewId, acting.personId)
        const stored = readings.find(one => one.personId === acting.personId)
        const earlier = await earlierFor(tx, consideration, (refused?.typed ?? stored)?.themes)
        return { consideration, isOver, review, stored, earlier }
      })
    },
    over: request => panelPath(which(request)),
    draw: (request, shown, { typed, overtaken, errors }) => ({
      title: 'Your reading',
      back: { href: panelPath(which(request)), text: 'The review' },
      wide: true,
      children: (
        <ReadingPage
          {...{ request, errors }}
          {...shown}
          reading={typed ?? shown.stored ?? emptyReading}
          overtaken={overtaken && !shown.isOver}
        />
      ),
    }),
  })
}

type ReadingShown = Pick<ReadingPageProps, 'consideration' | 'isOver' | 'review' | 'stored' | 'earlier'>

/** What the area was told before: on the themes of one's own reading first, where it has any. */
async function earlierFor(
  tx: Tx,
  { partnershipCode, reviewId }: Consideration,
  about: readonly Theme[] = [],
): Promise<EarlierPointsProps> {
  const area = { partnershipCode, exceptReviewId: reviewId }
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
  const markers = Object.fromEntries(
    Object.entries(body).flatMap(([name, mark]) =>
      name.startsWith('marker-') && isMark(mark) ? [[name.slice('marker-'.length), mark]] : [],
    ),
  )
  return { notes: textIn(body, 'notes'), markers, themes: listIn(body, 'themes').filter(isTheme), ...viewsIn(body) }
}
