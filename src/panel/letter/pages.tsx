import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { londonDate, type CivilDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { docxType } from '../../platform/files/index.ts'
import { countIn, frameOfForm, textIn, tried, type Web } from '../../platform/web/index.ts'
import { partnershipBodies } from '../../reference-data/index.ts'
import type { ReviewKind } from '../../reviews/index.ts'
import { letterPath, panelPath, reviewKinds } from '../which-review.ts'
import type { Beside } from '../beside.ts'
import { answerPoint, saveAnswer } from './answer-point.ts'
import { letterDocument } from './letter-document.ts'
import { answerDrafts, readLetter, type AnswerDraft } from './store.ts'
import type { Letter } from './letter.ts'
import { AnswerPage, LetterPage, PrintedLetter } from './views/letter-pages.tsx'
import { noSuchPoint } from './write-letter.ts'
import type { OfIncident, OfPoint } from '../pages/requests.ts'

export function registerLetter(web: Web, beside: Beside): void {
  for (const kind of reviewKinds) registerLetterOn(web, kind, beside)
}

function registerLetterOn(web: Web, kind: ReviewKind, beside: Beside): void {
  const { app } = web
  const route = letterPath({ incidentId: ':incidentId', kind })

  async function openLetter(
    request: FastifyRequest<{ Params: { incidentId: string } }>,
    purpose: string,
  ): Promise<{ letter: Letter; recipients: string[]; drafts: ReadonlyMap<string, AnswerDraft>; today: CivilDate }> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'letter')
    const { incidentId } = request.params
    return acting.transaction(async tx => {
      const letter = await readLetter(tx, { incidentId, kind })
      if (letter?.status !== 'sent') {
        throw new ServiceError(
          'not-found',
          'The Panel has sent no letter on this incident yet, or it is not yours to see.',
        )
      }
      await noteRead(tx, { subject: 'letter', purpose, incidentIds: [incidentId] })
      return {
        letter,
        recipients: await recipientsOf(tx, letter),
        drafts: await answerDrafts(tx, letter),
        today: contextOf(tx).today,
      }
    })
  }

  app.get<OfIncident>(route, async (request, reply) => {
    const acting = web.acting(request)
    const { letter, recipients, drafts, today } = await openLetter(request, 'read the letter')
    const under = await acting.transaction(tx =>
      beside.points(
        tx,
        acting,
        letter.points.map(point => point.id),
      ),
    )
    return web.page(request, reply, {
      title: `The Panel’s letter on ${letter.reference}`,
      back: may(acting, 'read', 'panel-work')
        ? { href: panelPath(letter), text: 'The review' }
        : { href: `/incidents/${letter.incidentId}`, text: 'The incident' },
      children: <LetterPage {...{ acting, letter, recipients, drafts, under, today }} />,
    })
  })

  app.get<OfIncident>(`${route}.docx`, async (request, reply) => {
    const { letter, recipients } = await openLetter(request, 'download the letter')
    return web.download(reply, {
      name: `letter-${letter.reference}.docx`,
      type: docxType,
      bytes: await letterDocument(letter, recipients),
    })
  })

  app.get<OfIncident>(`${route}/print`, async (request, reply) => {
    const { letter, recipients } = await openLetter(request, 'print the letter')
    return web.page(request, reply, {
      title: `The Panel’s letter on ${letter.reference}`,
      back: { href: letterPath(letter), text: 'The letter and its answers' },
      children: <PrintedLetter {...{ letter, recipients }} />,
    })
  })

  async function showAnswer(
    request: FastifyRequest<OfPoint>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    ensureMay(web.acting(request), 'reply', 'letter')
    const { letter, drafts } = await openLetter(request, 'answer a point')
    const point = letter.points.find(one => String(one.number) === request.params.point)
    if (!point) throw noSuchPoint()
    const { status, errors } = frameOfForm(problem)
    const body = request.body
    const draft = drafts.get(point.id)
    return web.page(request, reply, {
      status,
      title: `Answer point ${point.number}`,
      back: { href: letterPath(letter), text: 'The letter' },
      errors,
      children: (
        <AnswerPage
          {...{ request, letter, point, draft, errors }}
          typed={body ? { text: textIn(body, 'text'), action: textIn(body, 'action') } : draft}
          overtaken={problem?.kind === 'conflict'}
        />
      ),
    })
  }

  app.get<OfPoint>(`${route}/points/:point`, (request, reply) => showAnswer(request, reply))

  app.post<OfPoint>(`${route}/points/:point`, async (request, reply) => {
    const which = { incidentId: request.params.incidentId, kind }
    const body = request.body ?? {}
    const number = Number(request.params.point)
    const answer = { text: textIn(body, 'text'), action: textIn(body, 'action') }
    if (body['next'] === 'save') {
      const draft = { ...answer, seenRevision: countIn(body, 'revision') }
      const unsaved = await tried(saveAnswer(web.acting(request), which, number, draft))
      if (unsaved.problem) return showAnswer(request, reply, unsaved.problem)
      return web.redirect(
        reply,
        `${letterPath(which)}/points/${number}`,
        'The draft is saved. The Panel does not see it.',
      )
    }
    const { problem } = await tried(
      answerPoint(web.acting(request), which, number, {
        ...answer,
        ...(body['revision'] !== undefined && { seenRevision: countIn(body, 'revision') }),
        ...(body['seenAnswers'] !== undefined && { seenAnswers: countIn(body, 'seenAnswers') }),
        namesChecked: textIn(body, 'namesChecked') === 'yes',
      }),
    )
    if (problem) return showAnswer(request, reply, problem)
    return web.redirect(reply, `${letterPath(which)}#point-${number}`, `Your answer to point ${number} is sent.`)
  })
}

/** The safeguarding partners on the day of the letter. */
export async function recipientsOf(tx: Tx, letter: Letter): Promise<string[]> {
  const on = letter.sentAt ? londonDate(letter.sentAt) : contextOf(tx).today
  return (await partnershipBodies(tx, letter.partnershipCode, on)).map(body => body.name)
}
