import type { FastifyReply, FastifyRequest } from 'fastify'
import { documentsOf, paragraphsOf, readDocument, registerDocumentPages } from '../../documents/index.ts'
import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import type { FileStore } from '../../platform/files/index.ts'
import { frameOf, goOn, stepToWrite, type PagePaths, type ShownPage } from '../../platform/questionnaire/index.ts'
import { countIn, fileIn, frameOfForm, textIn, tried, type Posted, type Web } from '../../platform/web/index.ts'
import { describeIncidents, readIncident } from '../../notifications/index.ts'
import { mayChangeGroup } from '../group/change-group.ts'
import { GroupPage } from '../group/group-page.tsx'
import { groupOf, peopleForGroup } from '../group/members.ts'
import { partnerOf, signsFor } from '../signing/partner.ts'
import { signerOf } from '../signing/sign.ts'
import { earlierTextsOf, sentBackOf, signaturesOf } from '../signing/store.ts'
import { addFile } from './add-file.ts'
import { askForSignatures, problemsOf, takeBack } from './ask-for-signatures.ts'
import { whenCameBack } from './came-back.ts'
import { addToGroup, groupRoles, removeFromGroup } from './change-group.ts'
import { noteReviewRead, openReview, openReviewIn, seenReview } from './open-review.ts'
import { partsOf, placeParagraphs } from './place-paragraphs.ts'
import { rapidReviewForm, rapidReviewSections, type RapidReviewAnswers } from './rapid-review-form.ts'
import type { RapidReview } from './rapid-review.ts'
import { saveSection } from './save-section.ts'
import { sendRapidReview } from './send-rapid-review.ts'
import { sendReviewBack, signReview } from './sign.ts'
import { placementsOf } from './placements.ts'
import { contactsFor, sentRapidReview } from './store.ts'
import { lastSentBack, reviewsToSign } from './waiting.ts'
import { CameBackPage } from './views/came-back-page.tsx'
import { CheckPage } from './views/check-page.tsx'
import { DraftPage } from './views/draft-page.tsx'
import { FilesPage } from './views/files-page.tsx'
import { PlacingPage } from './views/placing-page.tsx'
import { SectionPage } from './views/section-page.tsx'
import { SentPage } from './views/sent-page.tsx'
import { SignatureList, SignPage } from './views/signature-pages.tsx'
import { SigningPage } from './views/signing-page.tsx'

interface ReviewRoute {
  Params: { incidentId: string }
  Body: Posted
}
interface SectionRoute {
  Params: { incidentId: string; page: string }
  Body: Posted
}
interface FileRoute {
  Params: { incidentId: string; documentId: string }
  Querystring: { by?: string }
  Body: Posted
}

/** The pages of rapid reviews, and the originals of their files under `/documents`. */
export function registerReviewPages(web: Web, { files }: { files: FileStore }): void {
  registerDocumentPages(web, { files })
  registerReading(web)
  registerWriting(web)
  registerGroup(web)
  registerFiles(web, files)
  registerSending(web)
  registerSigning(web)
}

function pathOf(incidentId: string): string {
  return `/incidents/${incidentId}/rapid-review`
}

function toReview(incidentId: string) {
  return { href: pathOf(incidentId), text: 'Rapid review' }
}

function pathsOf(incidentId: string): PagePaths {
  const list = pathOf(incidentId)
  return { list, check: `${list}/check`, page: path => `${list}/write/${path}` }
}

/** Who only looks is led to the review as it is now; who changed it is told why that cannot be. */
function leadToReview(web: Web, reply: FastifyReply, incidentId: string, problem: ServiceError | undefined) {
  if (problem) throw problem
  return web.redirect(reply, pathOf(incidentId))
}

function registerReading(web: Web): void {
  web.app.get<ReviewRoute>('/incidents/:incidentId/rapid-review', async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    const { title, children } = await acting.transaction(async tx => {
      const { today } = contextOf(tx)
      const cameBack = await cameBackPage(tx, acting, incidentId)
      if (cameBack) return cameBack
      const seen = await seenReview(tx, incidentId)
      if (seen.status === 'draft') {
        const [group, documents] = [await groupOf(tx, seen, groupRoles), await documentsOf(tx, seen.reviewId)]
        const contacts = await contactsFor(tx, seen.partnershipCode)
        const sentBack = await lastSentBack(tx, incidentId)
        if (sentBack) await noteReviewRead(tx, seen, 'read why the rapid review was sent back')
        const about = (await describeIncidents(tx, [incidentId])).get(incidentId)
        await noteRead(tx, { subject: 'incident', purpose: 'rapid review page', incidentIds: [incidentId] })
        const page = { request, review: seen, about, today, group, files: documents, contacts, sentBack }
        return { title: 'Rapid review', children: <DraftPage {...page} /> }
      }
      const review = await openReview(tx, incidentId, 'read the rapid review')
      if (review.status === 'sent') {
        const sent = await sentRapidReview(tx, incidentId)
        if (!sent) throw new Error(`Rapid review ${incidentId} is sent and has no version.`)
        const tellsWhatComes = !may(acting, 'read', 'panel-work')
        const page = { request, review, sent, tellsWhatComes, hasGroup: mayChangeGroup(acting) }
        return { title: 'Rapid review', children: <SentPage {...page} /> }
      }
      const signatures = await signaturesOf(tx, review)
      const maySend = may(acting, 'send', 'rapid-review-signing')
      const signer = await signerOf(tx, acting, 'rapid-review-signing', review)
      return {
        title: 'Rapid review: signatures',
        children: <SigningPage {...{ request, review, signatures, today, maySend, signer }} />,
      }
    })
    return web.page(request, reply, { title, back: { href: `/incidents/${incidentId}`, text: 'Incident' }, children })
  })
}

/** What a partner outside the group is shown of a draft that waited for their signature; undefined for everybody else. */
async function cameBackPage(tx: Tx, acting: Acting, incidentId: string) {
  const cameBack = await whenCameBack(tx, acting, incidentId)
  if (!cameBack) return undefined
  const reference = (await readIncident(tx, incidentId))?.reference ?? ''
  return { title: 'Rapid review: it is being changed', children: <CameBackPage {...{ reference, cameBack }} /> }
}

function registerWriting(web: Web): void {
  const { app } = web

  app.get<SectionRoute>('/incidents/:incidentId/rapid-review/write/:page', async (request, reply) => {
    const { incidentId, page } = request.params
    const shown = await web.acting(request).transaction(async tx => {
      const review = await openReviewIn(tx, 'draft', incidentId, 'write the rapid review')
      if (!review) return undefined
      return { draft: review, step: stepToWrite(rapidReviewForm, review, page) }
    })
    return shown ? showSection(web, request, reply, shown) : web.redirect(reply, pathOf(incidentId))
  })

  app.post<SectionRoute>('/incidents/:incidentId/rapid-review/write/:page', async (request, reply) => {
    const { incidentId, page } = request.params
    const saved = await saveSection(web.acting(request), incidentId, page, {
      body: request.body,
      seenRevision: countIn(request.body, 'revision'),
    })
    const gone = goOn(web, reply, rapidReviewForm, saved, request.body, pathsOf(incidentId))
    return gone ?? showSection(web, request, reply, saved)
  })

  app.get<ReviewRoute>('/incidents/:incidentId/rapid-review/check', (request, reply) =>
    showCheck(web, request, reply, request.params.incidentId),
  )

  app.post<ReviewRoute>('/incidents/:incidentId/rapid-review/ask', async (request, reply) => {
    const { incidentId } = request.params
    const { problem } = await tried(askForSignatures(web.acting(request), incidentId))
    if (problem) return showCheck(web, request, reply, incidentId, problem)
    return web.redirect(reply, pathOf(incidentId), 'The partners are asked for their signatures.')
  })
}

function showSection(web: Web, request: FastifyRequest, reply: FastifyReply, shown: ShownPage<RapidReview>) {
  const { incidentId } = shown.draft
  return web.page(request, reply, {
    ...frameOf(shown),
    back: toReview(incidentId),
    children: <SectionPage {...{ request, shown, paths: pathsOf(incidentId) }} />,
  })
}

async function showCheck(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  incidentId: string,
  problem?: ServiceError,
) {
  const acting = web.acting(request)
  const shown = await acting.transaction(async tx => {
    const review = await openReviewIn(tx, 'draft', incidentId, 'check the rapid review')
    return review && { review, problems: problemsOf(review, contextOf(tx).today) }
  })
  if (!shown) return leadToReview(web, reply, incidentId, problem)
  const refused = problem !== undefined
  const mayAsk = may(acting, 'send', 'rapid-review-signing')
  return web.page(request, reply, {
    status: frameOfForm(problem).status,
    title: refused ? 'Error: Check your answers' : 'Check your answers',
    wide: true,
    back: toReview(incidentId),
    children: <CheckPage {...{ request, paths: pathsOf(incidentId), refused, mayAsk, ...shown }} />,
  })
}

const groupWords = {
  review: 'rapid review',
  about:
    'Only the people in the group and the partnership’s business managers can see and write this review before it is signed, and its files.',
  people: 'Business managers, safeguarding partners and agency authors with an appointment here today.',
}

function registerGroup(web: Web): void {
  const { app } = web
  const path = '/incidents/:incidentId/rapid-review/group'

  async function show(request: FastifyRequest, reply: FastifyReply, incidentId: string, problem?: ServiceError) {
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx => {
      const review = await seenReview(tx, incidentId)
      return {
        review,
        group: await groupOf(tx, review, groupRoles),
        people: await peopleForGroup(tx, review.partnershipCode, groupRoles),
      }
    })
    const { review, group, people } = shown
    const mayRemove = mayChangeGroup(acting)
    // Who joins once it was sent joins nothing. Whoever was let in by mistake is taken out at any time.
    const mayAdd = mayRemove && review.status !== 'sent'
    const page = { request, reference: review.reference, words: groupWords, path: `${pathOf(incidentId)}/group` }
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'People in the group',
      errors,
      back: toReview(incidentId),
      children: <GroupPage {...{ ...page, group, people, mayAdd, mayRemove, errors }} />,
    })
  }

  app.get<ReviewRoute>(path, async (request, reply) => {
    ensureMay(web.acting(request), 'read', 'rapid-review-draft')
    return show(request, reply, request.params.incidentId)
  })

  app.post<ReviewRoute>(path, async (request, reply) => {
    const { incidentId } = request.params
    const { problem } = await tried(addToGroup(web.acting(request), incidentId, textIn(request.body, 'personId')))
    if (problem) return show(request, reply, incidentId, problem)
    return web.redirect(reply, `${pathOf(incidentId)}/group`, 'Added to the group.')
  })

  app.post<ReviewRoute>(`${path}/remove`, async (request, reply) => {
    const { incidentId } = request.params
    await removeFromGroup(web.acting(request), incidentId, textIn(request.body, 'personId'))
    return web.redirect(reply, `${pathOf(incidentId)}/group`, 'Removed from the group.')
  })
}

function registerFiles(web: Web, files: FileStore): void {
  const { app } = web
  const path = '/incidents/:incidentId/rapid-review/files'

  async function showFiles(
    request: FastifyRequest,
    reply: FastifyReply,
    incidentId: string,
    { typed, errors = [] }: { typed?: { title: string }; errors?: readonly FieldError[] } = {},
  ) {
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx => {
      const review = await seenReview(tx, incidentId)
      const documents = await documentsOf(tx, review.reviewId)
      if (documents.length > 0) await noteReviewRead(tx, review, 'see the names of its files')
      return { review, files: documents }
    })
    return web.page(request, reply, {
      status: errors.length > 0 ? 400 : 200,
      title: 'Files',
      errors,
      back: toReview(incidentId),
      children: <FilesPage {...{ request, typed, errors, ...shown }} />,
    })
  }

  async function showPlacing(
    request: FastifyRequest<FileRoute>,
    reply: FastifyReply,
    refused?: { problem: ServiceError; typed: Posted },
  ) {
    const { incidentId, documentId } = request.params
    const shown = await web.acting(request).transaction(async tx => {
      const review = await openReviewIn(tx, 'draft', incidentId, 'read a file')
      if (!review) return undefined
      const document = await readDocument(tx, documentId)
      if (document?.reviewId !== review.reviewId) throw new ServiceError('not-found', 'This review has no such file.')
      const paragraphs = await paragraphsOf(tx, documentId)
      return { review, document, paragraphs, placements: await placementsOf(tx, documentId) }
    })
    if (!shown) return leadToReview(web, reply, incidentId, refused?.problem)
    const hasHeadings = shown.paragraphs.some(({ role }) => role === 'heading')
    const each = eachOf(request.query.by) ?? (hasHeadings ? 'heading' : 'paragraph')
    const parts = partsOf(shown.paragraphs, each)
    const { status, errors } = frameOfForm(refused?.problem)
    const overtaken = refused?.problem.kind === 'conflict'
    return web.page(request, reply, {
      status,
      title: 'Place paragraphs',
      errors,
      back: { href: `${pathOf(incidentId)}/files`, text: 'Files' },
      children: <PlacingPage {...{ request, parts, each, typed: refused?.typed, errors, overtaken, ...shown }} />,
    })
  }

  app.get<ReviewRoute>(path, async (request, reply) => {
    ensureMay(web.acting(request), 'read', 'rapid-review-draft')
    return showFiles(request, reply, request.params.incidentId)
  })

  app.post<ReviewRoute>(path, async (request, reply) => {
    const { incidentId } = request.params
    const title = textIn(request.body, 'title')
    const upload = fileIn(request.body, 'file')
    const { done, problem } = await tried(addFile(web.acting(request), files, incidentId, { title, upload }))
    if (problem?.kind === 'conflict') throw problem
    if (problem) {
      return showFiles(request, reply, incidentId, {
        typed: { title },
        errors: [{ field: 'file', text: problem.message }],
      })
    }
    return web.redirect(reply, `${pathOf(incidentId)}/files/${done}`, 'The file was read and stored.')
  })

  app.get<FileRoute>(`${path}/:documentId`, async (request, reply) => showPlacing(request, reply))

  app.post<FileRoute>(`${path}/:documentId`, async (request, reply) => {
    const { incidentId, documentId } = request.params
    const each = eachOf(request.query.by) ?? 'heading'
    const { done: placed, problem } = await tried(
      placeParagraphs(web.acting(request), incidentId, documentId, {
        each,
        body: request.body,
        seenRevision: countIn(request.body, 'revision'),
      }),
    )
    if (problem) return showPlacing(request, reply, { problem, typed: request.body })
    const sections = placed.sections.map(section => rapidReviewSections[section]).join(', ')
    return web.redirect(
      reply,
      pathOf(incidentId),
      `${paragraphsWere(placed.paragraphs)} added to: ${sections}.${leftOutWords(placed.leftOut)} Read each section now.`,
    )
  })
}

function paragraphsWere(count: number): string {
  return count === 1 ? '1 paragraph was' : `${count} paragraphs were`
}

/** Of the first ten by number: whoever left them out on purpose need not read them all. */
function leftOutWords(numbers: readonly number[]): string {
  if (numbers.length === 0) return ' None of the file is left out.'
  const more = numbers.length > 10 ? ` and ${numbers.length - 10} more` : ''
  return ` ${paragraphsWere(numbers.length)} left out: ${numbers.slice(0, 10).join(', ')}${more}.`
}

function eachOf(by: string | undefined): 'heading' | 'paragraph' | undefined {
  return by === 'heading' || by === 'paragraph' ? by : undefined
}

function registerSending(web: Web): void {
  const { app } = web

  app.post<ReviewRoute>('/incidents/:incidentId/rapid-review/take-back', async (request, reply) => {
    const { incidentId } = request.params
    await takeBack(web.acting(request), incidentId)
    return web.redirect(reply, pathOf(incidentId), 'The rapid review is a draft again.')
  })

  app.post<ReviewRoute>('/incidents/:incidentId/rapid-review/send', async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    const lateReason = textIn(request.body, 'lateReason')
    const { problem } = await tried(sendRapidReview(acting, incidentId, { lateReason: lateReason || undefined }))
    if (problem) {
      const shown = await acting.transaction(async tx => {
        const review = await openReviewIn(tx, 'signing', incidentId, 'read the rapid review')
        return review && { review, signatures: await signaturesOf(tx, review), today: contextOf(tx).today }
      })
      if (!shown) throw problem
      const { status, errors } = frameOfForm(problem)
      return web.page(request, reply, {
        status,
        title: 'Rapid review: signatures',
        errors,
        back: { href: `/incidents/${incidentId}`, text: 'Incident' },
        children: (
          <SigningPage {...{ request, maySend: true, signer: undefined, errors, typed: { lateReason }, ...shown }} />
        ),
      })
    }
    return web.redirect(reply, pathOf(incidentId), 'The rapid review was sent to the Panel.')
  })
}

function registerSigning(web: Web): void {
  const { app } = web

  app.get<{ Querystring: Record<string, string | undefined> }>('/signatures', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'sign', 'rapid-review-signing')
    const shown = await acting.transaction(async tx => {
      const partner = await partnerOf(tx, acting)
      const reviews = await reviewsToSign(tx, { partner, bodyCode: acting.bodyCode })
      return { reviews, partner, today: contextOf(tx).today }
    })
    return web.page(request, reply, {
      title: 'Signatures',
      wide: true,
      back: { href: '/', text: 'Home' },
      children: <SignatureList query={request.query} {...shown} />,
    })
  })

  async function showSign(
    request: FastifyRequest,
    reply: FastifyReply,
    incidentId: string,
    refused?: { problem: ServiceError; typed?: { reason: string } },
  ) {
    const acting = web.acting(request)
    ensureMay(acting, 'sign', 'rapid-review-signing')
    const shown = await acting.transaction(async tx => {
      const partner = await partnerOf(tx, acting)
      if (await whenCameBack(tx, acting, incidentId)) return undefined
      if (!signsFor(partner, acting.bodyCode, await seenReview(tx, incidentId))) return undefined
      const review = await openReviewIn(tx, 'signing', incidentId, 'sign the rapid review')
      if (!review) return undefined
      const [signatures, sentBack] = [await signaturesOf(tx, review), await sentBackOf(tx, review)]
      const earlier = await earlierTextsOf<RapidReviewAnswers>(tx, review)
      return { review, partner, signatures, sentBack, earlier, today: contextOf(tx).today }
    })
    if (!shown) return leadToReview(web, reply, incidentId, refused?.problem)
    const { status, errors } = frameOfForm(refused?.problem)
    return web.page(request, reply, {
      status,
      title: 'Sign the rapid review',
      errors,
      back: { href: '/signatures', text: 'Signatures' },
      children: <SignPage {...{ request, typed: refused?.typed, errors, bodyName: acting.bodyName, ...shown }} />,
    })
  }

  app.get<ReviewRoute>('/signatures/:incidentId', async (request, reply) =>
    showSign(request, reply, request.params.incidentId),
  )

  app.post<ReviewRoute>('/signatures/:incidentId/sign', async (request, reply) => {
    const { incidentId } = request.params
    const signed = { read: textIn(request.body, 'read'), confirmed: request.body['confirmed'] === 'yes' }
    const { problem } = await tried(signReview(web.acting(request), incidentId, signed))
    if (problem) return showSign(request, reply, incidentId, { problem })
    return web.redirect(reply, '/signatures', 'You have signed the rapid review.')
  })

  app.post<ReviewRoute>('/signatures/:incidentId/send-back', async (request, reply) => {
    const { incidentId } = request.params
    const reason = textIn(request.body, 'reason')
    const sentBack = { read: textIn(request.body, 'read'), reason }
    const { problem } = await tried(sendReviewBack(web.acting(request), incidentId, sentBack))
    if (problem) return showSign(request, reply, incidentId, { problem, typed: { reason } })
    return web.redirect(reply, '/signatures', 'The rapid review went back to its group.')
  })
}
