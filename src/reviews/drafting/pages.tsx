import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkText, isChangeChoice, registerIdentifyingCheck, type CheckedWords } from '../../documents/index.ts'
import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import type { FileStore } from '../../platform/files/index.ts'
import {
  countIn,
  dayIn,
  fileIn,
  frameOfForm,
  listIn,
  textIn,
  tried,
  type Posted,
  type Web,
} from '../../platform/web/index.ts'
import { versionToCheck } from '../local/recognised.ts'
import { partnerOf, signsFor } from '../signing/partner.ts'
import { signerOf } from '../signing/sign.ts'
import { earlierTextsOf, sentBackOf, signaturesOf } from '../signing/store.ts'
import { answerForAccuracy, askForAccuracy, peopleToAsk, settleAccuracy } from './accuracy.ts'
import { answerComment, comment, resolveComment } from './comment.ts'
import { textFrom, type DraftParagraph } from './draft.ts'
import { accuracyPath, reportPath } from './drafts-needing.ts'
import { draftIn, lastVersionIn, openReport, seenReport, versionIn, type Report } from './open-draft.ts'
import { saveVersion, saveVersionFromFile } from './save-version.ts'
import { askForSignOff, sendReportBack, signReport, takeReportBack } from './sign-off.ts'
import { accuracyOf, commentsOf, signedReport } from './store.ts'
import { AccuracyPage } from './views/accuracy-page.tsx'
import { ComparePage } from './views/compare-page.tsx'
import { ReportPage } from './views/report-page.tsx'
import { SignReportPage } from './views/sign-report-page.tsx'
import { VersionPage } from './views/version-page.tsx'
import { WritePage } from './views/write-page.tsx'

interface ReportRoute {
  Params: { incidentId: string }
  Querystring: { from?: string; to?: string }
  Body: Posted
}
interface VersionRoute {
  Params: { incidentId: string; version: string }
  Body: Posted
}
interface RecordRoute {
  Params: { incidentId: string; recordId: string }
  Body: Posted
}

const report = '/incidents/:incidentId/local-review/report'

/** The report of a local review: its versions, comments, facts and signatures. */
export function registerDraftPages(web: Web, { files }: { files: FileStore }): void {
  registerReport(web)
  registerWriting(web, files)
  registerComments(web)
  registerAccuracy(web)
  registerSigning(web)
}

function toReport(incidentId: string) {
  return { href: reportPath(incidentId), text: 'Report' }
}

/** A number in an address; 0, which no version has, where it is none. */
function versionNumber(text: string | undefined): number {
  return text && /^\d{1,6}$/.test(text) ? Number(text) : 0
}

/** Before the partners are asked, for those who write: by what somebody could be recognised, and what was decided. */
async function recognisedIn(
  tx: Tx,
  acting: Acting,
  { review, draft, versions }: Report,
): Promise<CheckedWords[] | undefined> {
  const last = versions.at(-1)
  if (!last || draft?.status !== 'draft' || !may(acting, 'write', 'local-review')) return undefined
  return checkText(tx, await versionToCheck(tx, review, last))
}

function registerReport(web: Web): void {
  const { app } = web

  async function show(request: FastifyRequest, reply: FastifyReply, incidentId: string, problem?: ServiceError) {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const { status, errors } = frameOfForm(problem)
    const shown = await acting.transaction(async tx => {
      const opened = await openReport(tx, incidentId, 'see the report of the local review')
      const { review } = opened
      const signer = may(acting, 'sign', 'local-review')
        ? await signerOf(tx, acting, 'local-review', review)
        : undefined
      return {
        report: opened,
        comments: await commentsOf(tx, review),
        asked: await accuracyOf(tx, review),
        signatures: await signaturesOf(tx, review),
        sentBack: await sentBackOf(tx, review),
        signed: await signedReport(tx, review),
        signs: signer === 'signs',
        recognised: await recognisedIn(tx, acting, opened),
        today: contextOf(tx).today,
      }
    })
    const rights = { mayWrite: may(acting, 'write', 'local-review'), mayLead: may(acting, 'lead', 'local-review') }
    return web.page(request, reply, {
      status,
      title: 'Report of the local review',
      errors,
      back: { href: `/incidents/${incidentId}/local-review`, text: 'Local review' },
      children: (
        <ReportPage
          {...{ request, errors, ...rights, ...shown }}
          although={problem && textIn(request.body as Posted, 'although')}
        />
      ),
    })
  }

  registerIdentifyingCheck<ReportRoute['Params']>(web, {
    path: `${report}/recognised`,
    subject: 'local-review',
    async read(tx, { incidentId }) {
      const opened = await seenReport(tx, incidentId)
      return versionToCheck(tx, opened.review, lastVersionIn(opened))
    },
  })

  app.get<ReportRoute>(report, (request, reply) => show(request, reply, request.params.incidentId))

  app.get<ReportRoute>(`${report}/compare`, async (request, reply) => {
    const { incidentId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const opened = await openReport(tx, incidentId, 'compare versions of the report')
      const last = opened.versions.length
      return {
        report: opened,
        from: versionIn(opened, versionNumber(request.query.from) || Math.max(1, last - 1)),
        to: versionIn(opened, versionNumber(request.query.to) || last),
      }
    })
    return web.page(request, reply, {
      title: 'What changed',
      back: toReport(incidentId),
      children: <ComparePage {...shown} />,
    })
  })

  app.post<ReportRoute>(`${report}/ask`, async (request, reply) => {
    const { incidentId } = request.params
    const { problem } = await tried(askForSignOff(web.acting(request), incidentId, textIn(request.body, 'although')))
    if (problem) return show(request, reply, incidentId, problem)
    return web.redirect(reply, reportPath(incidentId), 'The partners are asked for their signatures.')
  })

  app.post<ReportRoute>(`${report}/take-back`, async (request, reply) => {
    const { incidentId } = request.params
    const { problem } = await tried(takeReportBack(web.acting(request), incidentId))
    if (problem) return show(request, reply, incidentId, problem)
    return web.redirect(reply, reportPath(incidentId), 'The report is a draft again.')
  })
}

function registerWriting(web: Web, files: FileStore): void {
  const { app } = web

  async function show(request: FastifyRequest, reply: FastifyReply, incidentId: string, problem?: ServiceError) {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    const opened = await acting.transaction(tx => openReport(tx, incidentId, 'write the report of the local review'))
    const status = opened.draft?.status ?? 'draft'
    if (status !== 'draft') {
      if (problem) throw problem
      return web.redirect(reply, reportPath(incidentId))
    }
    const body = problem ? ((request.body ?? {}) as Posted) : undefined
    const last = opened.versions.at(-1)
    const present = last ? textFrom(last.paragraphs) : ''
    const typed = {
      text: body && 'text' in body ? textIn(body, 'text') : present,
      note: body ? textIn(body, 'note') : '',
    }
    const seenVersion = body ? countIn(body, 'seenVersion') : (last?.version ?? 0)
    const frame = frameOfForm(problem)
    return web.page(request, reply, {
      status: frame.status,
      title: 'Write the report',
      errors: frame.errors,
      back: toReport(incidentId),
      children: <WritePage {...{ request, report: opened, typed, seenVersion, errors: frame.errors }} />,
    })
  }

  app.get<ReportRoute>(`${report}/write`, (request, reply) => show(request, reply, request.params.incidentId))

  app.post<ReportRoute>(`${report}/write`, async (request, reply) => {
    const { incidentId } = request.params
    const { done, problem } = await tried(
      saveVersion(web.acting(request), incidentId, {
        text: textIn(request.body, 'text'),
        note: textIn(request.body, 'note'),
        seenVersion: countIn(request.body, 'seenVersion'),
      }),
    )
    if (problem) return show(request, reply, incidentId, problem)
    return web.redirect(reply, `${reportPath(incidentId)}/versions/${done}`, `Version ${done} was saved.`)
  })

  app.post<ReportRoute>(`${report}/upload`, async (request, reply) => {
    const { incidentId } = request.params
    const changes = textIn(request.body, 'changes')
    const { done, problem } = await tried(
      saveVersionFromFile(web.acting(request), files, incidentId, {
        upload: fileIn(request.body, 'file'),
        changes: isChangeChoice(changes) ? changes : 'accepted',
        note: textIn(request.body, 'note'),
        seenVersion: countIn(request.body, 'seenVersion'),
      }),
    )
    if (problem) {
      const { kind, message, fields } = problem
      const atFile = fields.length > 0 || kind === 'conflict' ? fields : [{ field: 'file', text: message }]
      return show(request, reply, incidentId, new ServiceError(kind, message, { fields: atFile }))
    }
    return web.redirect(reply, `${reportPath(incidentId)}/versions/${done}`, `Version ${done} was read from the file.`)
  })
}

function registerComments(web: Web): void {
  const { app } = web
  const comments = '/incidents/:incidentId/local-review/comments/:recordId'

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { incidentId, version }: { incidentId: string; version: number },
    problem?: ServiceError,
  ) {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const opened = await openReport(tx, incidentId, 'read the report of the local review')
      return { report: opened, version: versionIn(opened, version), comments: await commentsOf(tx, opened.review) }
    })
    const { status, errors } = frameOfForm(problem)
    const typed = problem && { [problem.fields[0]?.field ?? '']: textIn(request.body as Posted, 'text') }
    const rights = {
      mayComment: may(acting, 'comment', 'local-review'),
      mayResolve: may(acting, 'write', 'local-review'),
    }
    return web.page(request, reply, {
      status,
      title: `Version ${version} of the report`,
      errors,
      back: toReport(incidentId),
      children: <VersionPage {...{ request, errors, typed, ...rights, ...shown }} />,
    })
  }

  app.get<VersionRoute>(`${report}/versions/:version`, (request, reply) => {
    const { incidentId, version } = request.params
    return show(request, reply, { incidentId, version: versionNumber(version) })
  })

  app.post<VersionRoute>(`${report}/versions/:version/comments`, async (request, reply) => {
    const { incidentId } = request.params
    const version = versionNumber(request.params.version)
    const paragraphId = textIn(request.body, 'paragraph')
    const { problem } = await tried(
      comment(web.acting(request), incidentId, { version, paragraphId, text: textIn(request.body, 'text') }),
    )
    if (problem) return show(request, reply, { incidentId, version }, problem)
    return web.redirect(
      reply,
      `${reportPath(incidentId)}/versions/${version}#${paragraphId}`,
      'Your comment was added.',
    )
  })

  app.post<RecordRoute>(`${comments}/answer`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const version = countIn(request.body, 'version')
    const text = textIn(request.body, 'text')
    const { done, problem } = await tried(answerComment(web.acting(request), incidentId, recordId, text))
    if (problem) return show(request, reply, { incidentId, version: version || 1 }, problem)
    return web.redirect(reply, addressOf(incidentId, version || done.version, recordId), 'Your answer was added.')
  })

  app.post<RecordRoute>(`${comments}/resolve`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const { version } = await resolveComment(web.acting(request), incidentId, recordId)
    const address = addressOf(incidentId, countIn(request.body, 'version') || version, recordId)
    return web.redirect(reply, address, 'The comment is settled.')
  })
}

function addressOf(incidentId: string, version: number, commentId: string): string {
  return `${reportPath(incidentId)}/versions/${version}#comment-${commentId}`
}

function registerAccuracy(web: Web): void {
  const { app } = web
  const accuracy = '/incidents/:incidentId/local-review/accuracy'

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    incidentId: string,
    refused?: { problem: ServiceError; answered?: string },
  ) {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const mayWrite = may(acting, 'write', 'local-review')
    const shown = await acting.transaction(async tx => {
      const opened = await openReport(tx, incidentId, 'see what is said about the facts')
      return {
        report: opened,
        asked: await accuracyOf(tx, opened.review),
        people: mayWrite ? await peopleToAsk(tx, opened.review) : [],
        today: contextOf(tx).today,
      }
    })
    const { status, errors } = frameOfForm(refused?.problem)
    const typed = refused && (request.body as Posted)
    const page = { request, personId: acting.personId, mayWrite, errors, typed, answered: refused?.answered }
    return web.page(request, reply, {
      status,
      title: 'Are the facts right?',
      errors,
      back: toReport(incidentId),
      children: <AccuracyPage {...page} {...shown} />,
    })
  }

  app.get<ReportRoute>(accuracy, (request, reply) => show(request, reply, request.params.incidentId))

  app.post<ReportRoute>(accuracy, async (request, reply) => {
    const { incidentId } = request.params
    const { body } = request
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    const { done, problem } = await tried(() =>
      askForAccuracy(acting, incidentId, {
        personIds: listIn(body, 'people'),
        names: textIn(body, 'names'),
        answerBy: dayIn(body, 'answerBy', 'The day by which they answer'),
      }),
    )
    if (problem) return show(request, reply, incidentId, { problem })
    return web.redirect(
      reply,
      accuracyPath(incidentId),
      done === 1 ? '1 person was asked.' : `${done} people were asked.`,
    )
  })

  app.post<RecordRoute>(`${accuracy}/:recordId`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const { body } = request
    const { problem } = await tried(
      answerForAccuracy(web.acting(request), incidentId, recordId, {
        accurate: textIn(body, 'accurate'),
        text: textIn(body, 'text'),
        source: textIn(body, 'source'),
        came: textIn(body, 'came'),
      }),
    )
    if (problem) return show(request, reply, incidentId, { problem, answered: recordId })
    return web.redirect(reply, accuracyPath(incidentId), 'The answer was saved.')
  })

  app.post<RecordRoute>(`${accuracy}/:recordId/outcome`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const { body } = request
    const settled = { outcome: textIn(body, 'outcome'), why: textIn(body, 'why') }
    const { problem } = await tried(settleAccuracy(web.acting(request), incidentId, recordId, settled))
    if (problem) return show(request, reply, incidentId, { problem, answered: recordId })
    return web.redirect(reply, accuracyPath(incidentId), 'It is kept what became of it.')
  })
}

function registerSigning(web: Web): void {
  const { app } = web

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    incidentId: string,
    refused?: { problem: ServiceError; typed?: { reason: string } },
  ) {
    const acting = web.acting(request)
    ensureMay(acting, 'sign', 'local-review')
    const shown = await acting.transaction(async tx => {
      const partner = await partnerOf(tx, acting)
      const opened = await openReport(tx, incidentId, 'sign the report of the local review')
      const draft = draftIn(opened)
      if (draft.status !== 'signing' || !draft.version || !signsFor(partner, acting.bodyCode, draft)) return undefined
      return {
        draft,
        version: versionIn(opened, draft.version),
        partner,
        signatures: await signaturesOf(tx, draft),
        sentBack: await sentBackOf(tx, draft),
        earlier: await earlierTextsOf<readonly DraftParagraph[]>(tx, draft),
        asked: await accuracyOf(tx, draft),
      }
    })
    if (!shown) {
      if (refused) throw refused.problem
      return web.redirect(reply, reportPath(incidentId))
    }
    const { status, errors } = frameOfForm(refused?.problem)
    const page = { request, typed: refused?.typed, errors, bodyName: acting.bodyName }
    return web.page(request, reply, {
      status,
      title: 'Sign the report',
      errors,
      back: toReport(incidentId),
      children: <SignReportPage {...page} {...shown} />,
    })
  }

  app.get<ReportRoute>(`${report}/signing`, (request, reply) => show(request, reply, request.params.incidentId))

  app.post<ReportRoute>(`${report}/signing/sign`, async (request, reply) => {
    const { incidentId } = request.params
    const signed = { read: textIn(request.body, 'read'), confirmed: request.body['confirmed'] === 'yes' }
    const { problem } = await tried(signReport(web.acting(request), incidentId, signed))
    if (problem) return show(request, reply, incidentId, { problem })
    return web.redirect(reply, reportPath(incidentId), 'You have signed the report.')
  })

  app.post<ReportRoute>(`${report}/signing/send-back`, async (request, reply) => {
    const { incidentId } = request.params
    const reason = textIn(request.body, 'reason')
    const sentBack = { read: textIn(request.body, 'read'), reason }
    const { problem } = await tried(sendReportBack(web.acting(request), incidentId, sentBack))
    if (problem) return show(request, reply, incidentId, { problem, typed: { reason } })
    return web.redirect(reply, reportPath(incidentId), 'The report went back to be changed.')
  })
}
