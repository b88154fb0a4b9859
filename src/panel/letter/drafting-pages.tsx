import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkText, registerIdentifyingCheck } from '../../documents/index.ts'
import { ensureMay, may } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { countIn, datePartsIn, frameOfForm, textIn, tried, type Posted, type Web } from '../../platform/web/index.ts'
import { readIncident } from '../../notifications/index.ts'
import type { ReviewKind } from '../../reviews/index.ts'
import { registerKeptForm, type OfForm } from '../pages/kept-form.ts'
import { viewsIn, type OfIncident } from '../pages/requests.ts'
import { openSentReview, outcomesOf } from '../sent-review.ts'
import { conflictedPersons, readConsideration, readingsOf } from '../store.ts'
import { letterPath, panelPath, reviewKinds } from '../which-review.ts'
import { childNamesIn, problemsToSend, type Letter, type LetterText } from './letter.ts'
import { recipientsOf } from './pages.tsx'
import { typedPoint, type TypedPoint } from './point-form.ts'
import { letterToCheck } from './recognised.ts'
import { sayLetterReady } from './say-letter-ready.ts'
import { textSectionsOf } from './sections.ts'
import { sendLetter } from './send-letter.ts'
import { readLetter } from './store.ts'
import { LetterDraftPage, LetterPreviewPage, PointPage, type LetterDraftPageProps } from './views/draft-pages.tsx'
import {
  letterStands,
  noSuchLetter,
  noSuchPoint,
  saveLetter,
  savePoint,
  startLetter,
  type PointChange,
} from './write-letter.ts'

export function registerDrafting(web: Web): void {
  for (const kind of reviewKinds) registerDraftingOn(web, kind)
}

function registerDraftingOn(web: Web, kind: ReviewKind): void {
  const { app } = web
  const route = `${panelPath({ incidentId: ':incidentId', kind })}/letter`
  const which = (request: FastifyRequest<OfForm>) => ({ incidentId: request.params.incidentId, kind })
  const draftPath = (request: FastifyRequest<OfForm>) => `${panelPath(which(request))}/letter`

  app.post<OfIncident>(`${route}/start`, async (request, reply) => {
    await startLetter(web.acting(request), which(request))
    return web.redirect(reply, draftPath(request))
  })

  /** Undefined when the letter was sent: it has a page of its own. */
  async function openDraft(tx: Tx, request: FastifyRequest<OfForm>, purpose: string): Promise<Letter | undefined> {
    const letter = await readLetter(tx, which(request))
    if (!letter) throw noSuchLetter()
    if (letter.status === 'sent') return undefined
    await noteRead(tx, { subject: 'letter-draft', purpose, incidentIds: [letter.incidentId] })
    return letter
  }

  registerKeptForm<DraftShown, LetterText>(web, route, {
    typedIn: body => ({
      texts: Object.fromEntries(textSectionsOf(kind).map(({ key }) => [key, textIn(body, key)])),
      ...viewsIn(body),
    }),
    save: (request, typed) => {
      const { change } = nextIn(request.body)
      return saveLetter(web.acting(request), which(request), typed, countIn(request.body, 'revision'), change)
    },
    saved(request) {
      const path = draftPath(request)
      const { next, pointId, change } = nextIn(request.body)
      if (change) return { path: `${path}#points` }
      if (next === 'preview') return { path: `${path}/preview` }
      if (next === 'add') return { path: `${path}/points/new` }
      if (next === 'edit') return { path: `${path}/points/${encodeURIComponent(pointId)}` }
      return { path, notice: 'Saved.' }
    },
    async read(request) {
      const acting = web.acting(request)
      ensureMay(acting, 'write', 'letter-draft')
      const { incidentId } = request.params
      return acting.transaction(async tx => {
        const purpose = 'write the letter'
        const letter = await openDraft(tx, request, purpose)
        const consideration = await readConsideration(tx, which(request))
        if (!letter || !consideration) return undefined
        const readings = await readingsOf(tx, letter.reviewId, acting.personId)
        if (readings.length > 0) await noteRead(tx, { subject: 'panel-reading', purpose, incidentIds: [incidentId] })
        const review = await openSentReview(tx, letter, purpose)
        const allocates = may(acting, 'allocate', 'panel-work')
        return {
          isReady: consideration.status === 'letter-ready',
          letter,
          review,
          readings,
          conflicted: allocates ? await conflictedPersons(tx, consideration) : new Set<string>(),
        }
      })
    },
    over: request => letterPath(which(request)),
    draw: (request, shown, { typed, overtaken, errors }) => ({
      title: 'Letter to the partnership',
      back: { href: panelPath(which(request)), text: 'The review' },
      wide: true,
      children: (
        <LetterDraftPage
          {...{ request, overtaken, errors }}
          {...shown}
          acting={web.acting(request)}
          text={typed ?? shown.letter}
        />
      ),
    }),
  })

  registerKeptForm<{ letter: Letter }, TypedPoint>(web, `${route}/points/:point`, {
    typedIn: body => ({
      theme: textIn(body, 'theme'),
      text: textIn(body, 'text'),
      asks: textIn(body, 'asks'),
      replyBy: datePartsIn(body, 'replyBy'),
    }),
    save(request, typed) {
      const { point } = request.params
      const id = point === 'new' ? undefined : point
      const seenRevision = countIn(request.body, 'revision')
      return savePoint(web.acting(request), which(request), { ...typed, id }, seenRevision)
    },
    saved: request => ({ path: `${draftPath(request)}#points`, notice: 'The point is saved.' }),
    async read(request) {
      const acting = web.acting(request)
      ensureMay(acting, 'write', 'letter-draft')
      const letter = await acting.transaction(tx => openDraft(tx, request, 'write the letter'))
      return letter && { letter }
    },
    over: request => letterPath(which(request)),
    draw(request, { letter }, { typed, overtaken, errors }) {
      const { point: pointId = 'new' } = request.params
      const stored = letter.points.find(point => point.id === pointId)
      if (!stored && pointId !== 'new') throw noSuchPoint()
      return {
        title: stored ? `Point ${stored.number}` : 'Add a point',
        back: { href: draftPath(request), text: 'The letter' },
        children: (
          <PointPage {...{ request, letter, pointId, stored, overtaken, errors }} typed={typed ?? typedPoint(stored)} />
        ),
      }
    },
  })

  async function showPreview(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    refused?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'letter-draft')
    const { incidentId } = request.params
    const shown = await acting.transaction(async tx => {
      const letter = await openDraft(tx, request, 'read the letter before signing')
      if (!letter) return undefined
      const children = (await readIncident(tx, incidentId))?.children ?? []
      const childNames = childNamesIn(
        letter,
        children.flatMap(child => child.name ?? []),
      )
      if (childNames.length > 0) {
        const purpose = 'find a child’s name in the letter'
        await noteRead(tx, { subject: 'notification', purpose, incidentIds: [incidentId] })
      }
      return {
        isReady: (await readConsideration(tx, which(request)))?.status === 'letter-ready',
        letter,
        recipients: await recipientsOf(tx, letter),
        problems: problemsToSend(letter, await outcomesOf(tx, letter)),
        childNames,
        recognised: await checkText(tx, await letterToCheck(tx, letter)),
      }
    })
    if (!shown) {
      if (refused) throw refused
      return web.redirect(reply, letterPath(which(request)))
    }
    const { status, errors } = frameOfForm(refused)
    return web.page(request, reply, {
      status,
      title: 'The letter as it will be read',
      back: { href: draftPath(request), text: 'Change the letter' },
      // What is missing stands on the page, each with its place.
      errors: refused && (refused.kind === 'conflict' || refused.fields.length === 0) ? errors : [],
      children: <LetterPreviewPage {...{ request, acting }} {...shown} />,
    })
  }

  registerIdentifyingCheck<OfIncident['Params']>(web, {
    path: `${route}/recognised`,
    subject: 'letter-draft',
    async read(tx, { incidentId }) {
      const letter = await readLetter(tx, { incidentId, kind })
      if (!letter) throw noSuchLetter()
      if (letter.status === 'sent') throw letterStands()
      return letterToCheck(tx, letter)
    },
  })

  app.get<OfIncident>(`${route}/preview`, (request, reply) => showPreview(request, reply))

  app.post<OfIncident>(`${route}/ready`, async (request, reply) => {
    const seenRevision = countIn(request.body, 'revision')
    const { problem } = await tried(sayLetterReady(web.acting(request), which(request), seenRevision))
    if (problem) return showPreview(request, reply, problem)
    return web.redirect(reply, `${draftPath(request)}/preview`, 'The letter is ready to sign.')
  })

  app.post<OfIncident>(`${route}/send`, async (request, reply) => {
    const seenRevision = countIn(request.body, 'revision')
    const { problem } = await tried(sendLetter(web.acting(request), which(request), seenRevision))
    if (problem) return showPreview(request, reply, problem)
    return web.redirect(reply, letterPath(which(request)), 'The letter is signed and sent.')
  })
}

type DraftShown = Pick<LetterDraftPageProps, 'isReady' | 'letter' | 'review' | 'readings' | 'conflicted'>

/** Which button was pressed: `up:` and the id of a point. */
function nextIn(body: Posted | undefined): { next: string; pointId: string; change: PointChange | undefined } {
  const [next = 'save', pointId = ''] = textIn(body, 'next').split(':')
  const changes = next === 'up' || next === 'down' || next === 'remove'
  return { next, pointId, change: changes ? { pointId, change: next } : undefined }
}
