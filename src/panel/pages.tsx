import type { FastifyReply, FastifyRequest } from 'fastify'
import { reachOf } from '../platform/access/index.ts'
import { ensureMay, may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { dateFromParts, londonDate, type CivilDate } from '../platform/dates.ts'
import { ServiceError, type FieldError } from '../platform/errors.ts'
import { noteRead } from '../platform/events/index.ts'
import { chosenPage, chosenSort, type Query, type Web } from '../platform/web/index.ts'
import { readIncident, sentNotification } from '../notifications/index.ts'
import { partnershipBodies, readLookups } from '../reference-data/index.ts'
import { rapidReviewOutcomes, sentRapidReview } from '../reviews/index.ts'
import { openConsideration } from './advance.ts'
import { allocateReview, endAllocation, membersToOffer } from './allocate-review.ts'
import { answerPoint } from './answer-point.ts'
import { statuses, type Status } from './consideration.ts'
import { declareConflict } from './declare-conflict.ts'
import { letterDocument } from './letter-document.ts'
import { earlierPoints, listOpenPoints, readLetter } from './letter-store.ts'
import { childNamesIn, problemsToSend, type Letter, type LetterText } from './letter.ts'
import { isMark, markerKeys, type Markers } from './quality-markers.ts'
import { saveReading } from './save-reading.ts'
import { sendLetter } from './send-letter.ts'
import {
  allocationsOf,
  conflictedPersons,
  conflictsOf,
  listMembers,
  listRegions,
  readingsOf,
  type Consideration,
  type Reading,
  type ReadingText,
} from './store.ts'
import { isTheme } from './themes.ts'
import { isViewOnDecision, isViewOnReview } from './opinions.ts'
import { ConflictPage, ConflictsPage } from './views/conflict-pages.tsx'
import type { EarlierPointsProps } from './views/earlier-points.tsx'
import { listIn, textIn, type Typed } from './views/forms.ts'
import { LetterDraftPage, LetterPreviewPage, PointPage, type TypedPoint } from './views/letter-draft-pages.tsx'
import { AnswerPage, LetterPage } from './views/letter-pages.tsx'
import { PointsPage, pointSorts } from './views/points-page.tsx'
import { ReadingPage } from './views/reading-page.tsx'
import { ReviewPage } from './views/review-page.tsx'
import { WorklistPage } from './views/worklist-page.tsx'
import { listWork, worklistSorts, type WorklistFilter } from './worklist.ts'
import {
  movePoint,
  noSuchLetter,
  noSuchPoint,
  removePoint,
  saveLetter,
  savePoint,
  startLetter,
} from './write-letter.ts'

interface OfIncident {
  Params: { incidentId: string }
  Querystring: Query
  Body: Typed | undefined
}
interface OfPoint {
  Params: { incidentId: string; point: string }
  Querystring: Query
  Body: Typed | undefined
}

export function registerPanelPages(web: Web): void {
  registerLists(web)
  registerReview(web)
  registerConflicts(web)
  registerDrafting(web)
  registerLetter(web)
}

function registerLists(web: Web): void {
  const { app } = web

  app.get<{ Querystring: Query }>('/panel', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'panel-work')
    const { query } = request
    const sort = chosenSort(query, worklistSorts, { key: 'due', direction: 'ascending' })
    const page = chosenPage(query)
    // A member's list starts from their own allocations: the same rows, found by an index.
    const all = reachOf(acting.role, 'read', 'panel-work').includes('national')
    const filter = { ...worklistFilter(query), ...(!all && { memberId: acting.personId }) }
    const shown = await acting.transaction(async tx => ({
      ...(await listWork(tx, { sort: sort.key, direction: sort.direction, page, filter })),
      members: await listMembers(tx, contextOf(tx).today),
      regions: await listRegions(tx),
      today: contextOf(tx).today,
    }))
    return web.page(request, reply, {
      title: 'Rapid reviews before the Panel',
      wide: true,
      children: <WorklistPage acting={acting} {...shown} {...{ sort, page, filter, query }} />,
    })
  })

  app.get<{ Querystring: Query }>('/panel/points', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'panel-work')
    const { query } = request
    const sort = chosenSort(query, pointSorts, { key: 'sent', direction: 'ascending' })
    const page = chosenPage(query)
    const theme = isTheme(query['theme']) ? query['theme'] : undefined
    const shown = await acting.transaction(async tx => ({
      ...(await listOpenPoints(tx, { sort: sort.key, direction: sort.direction, page, theme })),
      today: contextOf(tx).today,
    }))
    return web.page(request, reply, {
      title: 'Points of letters without a reply',
      back: { href: '/panel', text: 'All reviews' },
      wide: true,
      children: <PointsPage {...shown} {...{ sort, page, theme, query }} />,
    })
  })
}

function worklistFilter(query: Query): WorklistFilter {
  const one = (name: string) => (typeof query[name] === 'string' && query[name] !== '' ? query[name] : undefined)
  const status = one('status') ?? 'open'
  const answered = one('answered')
  const outcome = one('outcome')
  const memberId = one('member')
  return {
    status: status === 'open' || Object.hasOwn(statuses, status) ? (status as Status | 'open') : undefined,
    regionCode: one('region'),
    memberId: memberId && isUuid(memberId) ? memberId : undefined,
    outcome: outcome && Object.hasOwn(rapidReviewOutcomes, outcome) ? outcome : undefined,
    answered: answered === 'yes' || answered === 'not-yet' ? answered : undefined,
  }
}

function registerReview(web: Web): void {
  const { app } = web

  async function showReview(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'panel-work')
    const incidentId = incidentIn(request)
    const shown = await acting.transaction(async tx => {
      const consideration = await openConsideration(tx, incidentId)
      const incident = await readIncident(tx, incidentId)
      if (!incident) throw new ServiceError('not-found', 'There is no such incident, or it is not yours to see.')
      await noteRead(tx, { subject: 'rapid-review', purpose: 'consider the review', incidentIds: [incidentId] })
      const readings = await readingsOf(tx, incidentId, acting.personId)
      const allocates = may(acting, 'allocate', 'panel-work')
      return {
        consideration,
        incident,
        review: await sentRapidReview(tx, incidentId),
        notification: await sentNotification(tx, incidentId),
        lookups: await readLookups(tx),
        allocations: await allocationsOf(tx, incidentId),
        offered: allocates ? await membersToOffer(tx, consideration) : undefined,
        readings,
        conflicted: allocates ? await conflictedPersons(tx, consideration) : new Set<string>(),
        letter: await readLetter(tx, incidentId),
        earlier: await earlierFor(tx, acting, consideration, readings, request, `/panel/${incidentId}`),
        today: contextOf(tx).today,
      }
    })
    return web.page(request, reply, {
      status: problem ? 400 : 200,
      title: `Rapid review ${shown.incident.reference}`,
      back: { href: '/panel', text: 'All reviews' },
      wide: true,
      errors: problem?.fields,
      children: <ReviewPage request={request} acting={acting} {...shown} errors={problem?.fields ?? []} />,
    })
  }

  app.get<OfIncident>('/panel/:incidentId', (request, reply) => showReview(request, reply))

  app.post<OfIncident>('/panel/:incidentId/allocations', async (request, reply) => {
    const incidentId = incidentIn(request)
    const personId = textIn(request.body ?? {}, 'personId')
    const problem = await refusal(allocateReview(web.acting(request), incidentId, personId))
    if (problem) return showReview(request, reply, problem)
    return web.redirect(reply, `/panel/${incidentId}`, 'The member has the review now.')
  })

  app.post<OfIncident>('/panel/:incidentId/allocations/end', async (request, reply) => {
    const acting = web.acting(request)
    const incidentId = incidentIn(request)
    const personId = textIn(request.body ?? {}, 'personId')
    if (!isUuid(personId)) throw new ServiceError('not-found', 'There is no such member. Go back to the review.')
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
    const incidentId = incidentIn(request)
    const shown = await acting.transaction(async tx => {
      const consideration = await openConsideration(tx, incidentId)
      await noteRead(tx, { subject: 'panel-reading', purpose: 'write a reading', incidentIds: [incidentId] })
      const readings = await readingsOf(tx, incidentId, acting.personId)
      return {
        consideration,
        stored: readings.find(reading => reading.personId === acting.personId),
        earlier: await earlierFor(tx, acting, consideration, readings, request, `/panel/${incidentId}/reading`),
      }
    })
    const errors = refused ? fieldsOf(refused.problem) : []
    return web.page(request, reply, {
      status: refused ? statusOf(refused.problem) : 200,
      title: 'Your reading',
      back: { href: `/panel/${incidentId}`, text: 'The review' },
      wide: true,
      errors,
      children: (
        <ReadingPage
          request={request}
          {...shown}
          reading={refused?.typed ?? shown.stored ?? emptyReading}
          overtaken={refused?.problem.kind === 'conflict'}
          errors={errors}
        />
      ),
    })
  }

  app.get<OfIncident>('/panel/:incidentId/reading', (request, reply) => showReading(request, reply))

  app.post<OfIncident>('/panel/:incidentId/reading', async (request, reply) => {
    const incidentId = incidentIn(request)
    const body = request.body ?? {}
    const typed = readingIn(body)
    const finish = body['next'] === 'finish'
    const problem = await refusal(
      saveReading(web.acting(request), incidentId, typed, { seenRevision: revisionIn(body), finish }),
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

/** What the area was told before, on the themes of one's own reading, or on all. */
async function earlierFor(
  tx: Tx,
  acting: Acting,
  consideration: Consideration,
  readings: readonly Reading[],
  request: FastifyRequest<OfIncident>,
  path: string,
): Promise<EarlierPointsProps> {
  const own = readings.find(reading => reading.personId === acting.personId)?.themes ?? []
  const about = request.query['themes'] === 'all' ? [] : own
  const found = await earlierPoints(tx, {
    partnershipCode: consideration.partnershipCode,
    exceptIncidentId: consideration.incidentId,
    about,
  })
  await noteRead(tx, {
    subject: 'letter',
    purpose: 'see what an area told the Panel before',
    incidentIds: [...new Set(found.points.map(point => point.incidentId))],
  })
  return { ...found, about, path, hasOwnThemes: own.length > 0 }
}

const emptyReading: ReadingText = {
  notes: '',
  markers: {},
  themes: [],
  viewOnReview: undefined,
  viewOnDecision: undefined,
}

function readingIn(body: Typed): ReadingText {
  const markers: Markers = {}
  for (const key of markerKeys) {
    const mark = body[`marker-${key}`]
    if (isMark(mark)) markers[key] = mark
  }
  return { notes: textIn(body, 'notes'), markers, themes: listIn(body, 'themes').filter(isTheme), ...viewsIn(body) }
}

function viewsIn(body: Typed): Pick<ReadingText, 'viewOnReview' | 'viewOnDecision'> {
  const { viewOnReview, viewOnDecision } = body
  return {
    viewOnReview: isViewOnReview(viewOnReview) ? viewOnReview : undefined,
    viewOnDecision: isViewOnDecision(viewOnDecision) ? viewOnDecision : undefined,
  }
}

function registerConflicts(web: Web): void {
  const { app } = web

  async function showConflict(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    errors: readonly FieldError[] = [],
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'declare-conflict', 'panel-work')
    const incidentId = incidentIn(request)
    const { consideration, authorityName } = await acting.transaction(async tx => ({
      consideration: await openConsideration(tx, incidentId),
      authorityName: (await readIncident(tx, incidentId))?.authorityName ?? 'this authority',
    }))
    const body = request.body ?? {}
    return web.page(request, reply, {
      status: errors.length > 0 ? 400 : 200,
      title: 'Declare a conflict of interest',
      back: { href: `/panel/${incidentId}`, text: 'The review' },
      errors,
      children: (
        <ConflictPage
          {...{ request, consideration, authorityName, errors }}
          typed={{ reaches: textIn(body, 'reaches'), reason: textIn(body, 'reason') }}
        />
      ),
    })
  }

  app.get<OfIncident>('/panel/:incidentId/conflict', (request, reply) => showConflict(request, reply))

  app.post<OfIncident>('/panel/:incidentId/conflict', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'declare-conflict', 'panel-work')
    const incidentId = incidentIn(request)
    const body = request.body ?? {}
    const reaches = textIn(body, 'reaches')
    const reason = textIn(body, 'reason')
    if (reaches !== 'incident' && reaches !== 'authority') {
      return showConflict(request, reply, [
        { field: 'reaches', text: 'Select what the conflict is about' },
        ...(reason ? [] : [{ field: 'reason', text: 'Select the reason' }]),
      ])
    }
    const { authorityCode } = await acting.transaction(tx => openConsideration(tx, incidentId))
    const problem = await refusal(
      declareConflict(acting, reaches === 'incident' ? { incidentId } : { authorityCode }, reason),
    )
    if (problem) return showConflict(request, reply, fieldsOf(problem))
    return web.redirect(
      reply,
      '/panel',
      'Thank you. Your conflict of interest is recorded. You no longer see that record, and somebody else takes it up.',
    )
  })

  async function showConflicts(
    request: FastifyRequest<{ Body: Typed | undefined }>,
    reply: FastifyReply,
    errors: readonly FieldError[] = [],
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'declare-conflict', 'panel-work')
    const { conflicts, authorities } = await acting.transaction(async tx => ({
      conflicts: await conflictsOf(tx, acting.personId),
      authorities: (await readLookups(tx)).authorities,
    }))
    const declared = new Set(conflicts.map(conflict => conflict.authorityCode))
    const body = request.body ?? {}
    return web.page(request, reply, {
      status: errors.length > 0 ? 400 : 200,
      title: 'Your conflicts of interest',
      back: { href: '/panel', text: 'All reviews' },
      errors,
      children: (
        <ConflictsPage
          {...{ request, conflicts, errors }}
          authorities={Object.fromEntries(Object.entries(authorities).filter(([code]) => !declared.has(code)))}
          typed={{ authorityCode: textIn(body, 'authorityCode'), reason: textIn(body, 'reason') }}
        />
      ),
    })
  }

  app.get<{ Body: Typed | undefined }>('/panel/conflicts', (request, reply) => showConflicts(request, reply))

  app.post<{ Body: Typed | undefined }>('/panel/conflicts', async (request, reply) => {
    const body = request.body ?? {}
    const problem = await refusal(
      declareConflict(web.acting(request), { authorityCode: textIn(body, 'authorityCode') }, textIn(body, 'reason')),
    )
    if (problem) return showConflicts(request, reply, fieldsOf(problem))
    return web.redirect(reply, '/panel/conflicts', 'Your conflict of interest is recorded.')
  })
}

function registerDrafting(web: Web): void {
  const { app } = web

  app.post<OfIncident>('/panel/:incidentId/letter/start', async (request, reply) => {
    const incidentId = incidentIn(request)
    await startLetter(web.acting(request), incidentId)
    return web.redirect(reply, `/panel/${incidentId}/letter`)
  })

  async function openDraft(acting: Acting, incidentId: string, purpose: string): Promise<Letter> {
    return acting.transaction(async tx => {
      const letter = await readLetter(tx, incidentId)
      if (letter?.status !== 'draft') throw noSuchLetter()
      await noteRead(tx, { subject: 'letter-draft', purpose, incidentIds: [incidentId] })
      return letter
    })
  }

  async function showDraft(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    refused?: { problem: ServiceError; typed: LetterText },
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'letter-draft')
    const incidentId = incidentIn(request)
    const letter = await openDraft(acting, incidentId, 'write the letter')
    const errors = refused ? fieldsOf(refused.problem) : []
    return web.page(request, reply, {
      status: refused ? statusOf(refused.problem) : 200,
      title: 'Letter to the partnership',
      back: { href: `/panel/${incidentId}`, text: 'The review' },
      errors,
      children: (
        <LetterDraftPage
          {...{ request, letter, errors }}
          text={refused?.typed ?? letter}
          overtaken={refused?.problem.kind === 'conflict'}
        />
      ),
    })
  }

  app.get<OfIncident>('/panel/:incidentId/letter', async (request, reply) => {
    const acting = web.acting(request)
    const incidentId = incidentIn(request)
    const letter = await acting.transaction(tx => readLetter(tx, incidentId))
    if (letter?.status === 'sent') return web.redirect(reply, `/incidents/${incidentId}/letter`)
    return showDraft(request, reply)
  })

  app.post<OfIncident>('/panel/:incidentId/letter', async (request, reply) => {
    const acting = web.acting(request)
    const incidentId = incidentIn(request)
    const path = `/panel/${incidentId}/letter`
    const body = request.body ?? {}
    const typed: LetterText = {
      opening: textIn(body, 'opening'),
      strengths: textIn(body, 'strengths'),
      closing: textIn(body, 'closing'),
      ...viewsIn(body),
    }
    const problem = await refusal(saveLetter(acting, incidentId, typed, revisionIn(body)))
    if (problem) return showDraft(request, reply, { problem, typed })
    const [next = 'save', pointId = ''] = textIn(body, 'next').split(':')
    if (next === 'preview') return web.redirect(reply, `${path}/preview`)
    if (next === 'add') return web.redirect(reply, `${path}/points/new`)
    if (!isUuid(pointId)) return web.redirect(reply, path, 'Saved.')
    if (next === 'edit') return web.redirect(reply, `${path}/points/${pointId}`)
    if (next === 'up' || next === 'down') await movePoint(acting, incidentId, pointId, next)
    if (next === 'remove') await removePoint(acting, incidentId, pointId)
    return web.redirect(reply, `${path}#points`)
  })

  async function showPoint(
    request: FastifyRequest<OfPoint>,
    reply: FastifyReply,
    refused?: { errors: readonly FieldError[]; status: number; typed: TypedPoint },
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'letter-draft')
    const incidentId = incidentIn(request)
    const pointId = request.params.point
    const letter = await openDraft(acting, incidentId, 'write the letter')
    const stored = letter.points.find(point => point.id === pointId)
    if (!stored && pointId !== 'new') throw noSuchPoint()
    const errors = refused?.errors ?? []
    return web.page(request, reply, {
      status: refused?.status ?? 200,
      title: stored ? `Point ${stored.number}` : 'Add a point',
      back: { href: `/panel/${incidentId}/letter`, text: 'The letter' },
      errors,
      children: (
        <PointPage
          {...{ request, letter, pointId, stored, errors }}
          typed={refused?.typed ?? typedFrom(stored)}
          overtaken={refused?.status === 409}
        />
      ),
    })
  }

  app.get<OfPoint>('/panel/:incidentId/letter/points/:point', (request, reply) => showPoint(request, reply))

  app.post<OfPoint>('/panel/:incidentId/letter/points/:point', async (request, reply) => {
    const incidentId = incidentIn(request)
    const body = request.body ?? {}
    const typed: TypedPoint = {
      theme: textIn(body, 'theme'),
      text: textIn(body, 'text'),
      day: textIn(body, 'replyBy-day'),
      month: textIn(body, 'replyBy-month'),
      year: textIn(body, 'replyBy-year'),
    }
    const { theme } = typed
    const errors: FieldError[] = []
    if (!typed.text) errors.push({ field: 'text', text: 'Write the point' })
    if (!isTheme(theme)) errors.push({ field: 'theme', text: 'Select the theme' })
    const replyBy = replyByIn(typed, errors)
    if (errors.length > 0 || !isTheme(theme)) return showPoint(request, reply, { errors, status: 400, typed })
    const id = request.params.point === 'new' ? undefined : request.params.point
    const problem = await refusal(
      savePoint(web.acting(request), incidentId, { id, theme, text: typed.text, replyBy }, revisionIn(body)),
    )
    if (problem) {
      return showPoint(request, reply, { errors: fieldsOf(problem), status: statusOf(problem), typed })
    }
    return web.redirect(reply, `/panel/${incidentId}/letter#points`, 'The point is saved.')
  })

  async function showPreview(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    refused?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'letter-draft')
    const incidentId = incidentIn(request)
    const letter = await openDraft(acting, incidentId, 'read the letter before signing')
    const { recipients, problems, childNames } = await acting.transaction(async tx => ({
      recipients: await recipientsOf(tx, letter),
      problems: problemsToSend(letter, (await sentRapidReview(tx, incidentId))?.outcomes ?? []),
      childNames: (await readIncident(tx, incidentId))?.children.flatMap(child => child.name ?? []) ?? [],
    }))
    return web.page(request, reply, {
      status: refused ? statusOf(refused) : 200,
      title: 'The letter as it will be read',
      back: { href: `/panel/${incidentId}/letter`, text: 'Change the letter' },
      errors: refused?.kind === 'conflict' ? fieldsOf(refused) : [],
      children: (
        <LetterPreviewPage
          {...{ request, acting, letter, recipients, problems }}
          childNames={childNamesIn(letter, childNames)}
        />
      ),
    })
  }

  app.get<OfIncident>('/panel/:incidentId/letter/preview', (request, reply) => showPreview(request, reply))

  app.post<OfIncident>('/panel/:incidentId/letter/send', async (request, reply) => {
    const incidentId = incidentIn(request)
    const problem = await refusal(sendLetter(web.acting(request), incidentId, revisionIn(request.body ?? {})))
    if (problem) return showPreview(request, reply, problem)
    return web.redirect(reply, `/incidents/${incidentId}/letter`, 'The letter is signed and sent.')
  })
}

function typedFrom(point: Letter['points'][number] | undefined): TypedPoint {
  const [year = '', month = '', day = ''] = point?.replyBy?.split('-').map(part => part.replace(/^0/, '')) ?? []
  return {
    theme: point?.theme ?? '',
    text: point?.text ?? '',
    day,
    month,
    year,
  }
}

function replyByIn(typed: TypedPoint, errors: FieldError[]): CivilDate | undefined {
  if (!typed.day && !typed.month && !typed.year) return undefined
  try {
    return dateFromParts(typed, { name: 'The day to answer by', field: 'replyBy' })
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    errors.push(...error.fields)
    return undefined
  }
}

function registerLetter(web: Web): void {
  const { app } = web

  async function openLetter(
    request: FastifyRequest<{ Params: { incidentId: string } }>,
    purpose: string,
  ): Promise<{ letter: Letter; recipients: string[]; today: CivilDate }> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'letter')
    const incidentId = incidentIn(request)
    return acting.transaction(async tx => {
      const letter = await readLetter(tx, incidentId)
      if (letter?.status !== 'sent') {
        throw new ServiceError(
          'not-found',
          'The Panel has sent no letter on this incident yet, or it is not yours to see.',
        )
      }
      await noteRead(tx, { subject: 'letter', purpose, incidentIds: [incidentId] })
      return { letter, recipients: await recipientsOf(tx, letter), today: contextOf(tx).today }
    })
  }

  app.get<OfIncident>('/incidents/:incidentId/letter', async (request, reply) => {
    const acting = web.acting(request)
    const { letter, recipients, today } = await openLetter(request, 'read the letter')
    return web.page(request, reply, {
      title: `The Panel’s letter on ${letter.reference}`,
      back: may(acting, 'read', 'panel-work')
        ? { href: `/panel/${letter.incidentId}`, text: 'The review' }
        : { href: `/incidents/${letter.incidentId}`, text: 'The incident' },
      children: <LetterPage {...{ acting, letter, recipients, today }} />,
    })
  })

  app.get<OfIncident>('/incidents/:incidentId/letter.docx', async (request, reply) => {
    const { letter, recipients } = await openLetter(request, 'download the letter')
    const file = await letterDocument(letter, recipients)
    return reply
      .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
      .header('content-disposition', `attachment; filename="letter-${letter.reference.replaceAll(/[^\w-]/g, '')}.docx"`)
      .send(file)
  })

  async function showAnswer(
    request: FastifyRequest<OfPoint>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    ensureMay(web.acting(request), 'reply', 'letter')
    const { letter } = await openLetter(request, 'answer a point')
    const point = letter.points.find(one => String(one.number) === request.params.point)
    if (!point) throw noSuchPoint()
    const errors = problem ? fieldsOf(problem) : []
    const body = request.body ?? {}
    return web.page(request, reply, {
      status: problem ? statusOf(problem) : 200,
      title: `Answer point ${point.number}`,
      back: { href: `/incidents/${letter.incidentId}/letter`, text: 'The letter' },
      errors,
      children: (
        <AnswerPage
          {...{ request, letter, point, errors }}
          typed={{ text: textIn(body, 'text'), action: textIn(body, 'action') }}
        />
      ),
    })
  }

  app.get<OfPoint>('/incidents/:incidentId/letter/points/:point', (request, reply) => showAnswer(request, reply))

  app.post<OfPoint>('/incidents/:incidentId/letter/points/:point', async (request, reply) => {
    const incidentId = incidentIn(request)
    const body = request.body ?? {}
    const number = Number(request.params.point)
    const problem = await refusal(
      answerPoint(web.acting(request), incidentId, number, {
        text: textIn(body, 'text'),
        action: textIn(body, 'action'),
      }),
    )
    if (problem) return showAnswer(request, reply, problem)
    return web.redirect(
      reply,
      `/incidents/${incidentId}/letter#point-${number}`,
      `Your answer to point ${number} is sent.`,
    )
  })
}

/** The safeguarding partners on the day of the letter. */
async function recipientsOf(tx: Tx, letter: Letter): Promise<string[]> {
  const on = letter.sentAt ? londonDate(letter.sentAt) : contextOf(tx).today
  return (await partnershipBodies(tx, letter.partnershipCode, on)).map(body => body.name)
}

/** What the person can mend, to be shown on the page they came from. Everything else goes on up. */
async function refusal(work: Promise<void>): Promise<ServiceError | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof ServiceError && (error.kind === 'invalid' || error.kind === 'conflict')) return error
    throw error
  }
}

function statusOf(problem: ServiceError): number {
  return problem.kind === 'conflict' ? 409 : 400
}

function fieldsOf(problem: ServiceError): readonly FieldError[] {
  return problem.fields.length > 0 ? problem.fields : [{ field: 'main-content', text: problem.message }]
}

function incidentIn(request: FastifyRequest<{ Params: { incidentId: string } }>): string {
  const { incidentId } = request.params
  if (!isUuid(incidentId)) throw new ServiceError('not-found', 'There is no such incident. Check the address.')
  return incidentId
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

function revisionIn(body: Typed): number {
  const revision = Number(body['revision'])
  return Number.isInteger(revision) && revision >= 0 ? revision : 0
}
