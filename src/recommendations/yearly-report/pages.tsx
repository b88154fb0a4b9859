import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { formatDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { docxType } from '../../platform/files/index.ts'
import { countIn, frameOfForm, textIn, tried, type Posted, type Query, type Web } from '../../platform/web/index.ts'
import { reportDocument } from './report-document.ts'
import { statementsOf, yearFacts } from './report-store.ts'
import { lastYear, reportParts, tellYear } from './report.ts'
import { saveStatement } from './save-statement.ts'
import { changeLines, placeOf, tellChange, toldChanges } from './tell-change.ts'
import { ChangePage, ReportPage } from './views.tsx'

interface OfReport {
  Querystring: Query
  Body: Posted | undefined
}
interface OfIncident {
  Params: { incidentId: string }
  Body: Posted | undefined
}

export function registerYearlyReportPages(web: Web): void {
  const { app } = web

  async function readReport(acting: Acting, query: Query) {
    ensureMay(acting, 'read', 'action')
    const forPublication = textIn(query, 'for') === 'publication'
    return acting.transaction(async tx => {
      const { today } = contextOf(tx)
      const newest = lastYear(today) + 1
      // The year that runs now is a draft of the next report.
      const years = Array.from({ length: 4 }, (_, back) => newest - back)
      const year = years.find(one => String(one) === textIn(query, 'year')) ?? lastYear(today)
      const partnershipCode = await partnershipIn(tx, acting, textIn(query, 'partnership'))
      const facts = await yearFacts(tx, partnershipCode, year)
      const incidents = await tx
        .selectFrom('incident')
        .select('incident_id')
        .where('reference', 'in', ['', ...facts.notifications.map(one => one.reference)])
        .execute()
      await noteRead(tx, {
        subject: 'action',
        purpose: 'see the yearly report',
        incidentIds: forPublication ? [] : incidents.map(one => one.incident_id),
      })
      return {
        partnershipCode,
        partnershipName: facts.partnershipName,
        year,
        years,
        asAt: today,
        forPublication,
        undecided: facts.actions.filter(one => one.servesPublished && !one.isDecided),
        parts: reportParts(facts, forPublication),
        statements: await statementsOf(tx, partnershipCode, year),
      }
    })
  }

  async function showReport(
    request: FastifyRequest<OfReport>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    const shown = await readReport(acting, request.query)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `Yearly report, ${tellYear(shown.year)}`,
      wide: true,
      errors,
      children: (
        <ReportPage
          {...{ request, errors }}
          {...shown}
          typed={(problem && request.body) ?? {}}
          mayWrite={may(acting, 'write', 'action') && acting.bodyCode === shown.partnershipCode}
        />
      ),
    })
  }

  app.get<OfReport>('/yearly-report', (request, reply) => showReport(request, reply))

  app.get<OfReport>('/yearly-report.docx', async (request, reply) => {
    const { partnershipName, year, asAt, parts, statements, forPublication } = await readReport(
      web.acting(request),
      request.query,
    )
    const file = await reportDocument({
      title: `${partnershipName}: yearly report, ${tellYear(year)}`,
      subtitle: `From the record as it stood on ${formatDate(asAt)}.${forPublication ? ' Small numbers are hidden.' : ' For the partnership: not to be published.'}`,
      author: partnershipName,
      parts,
      statements,
    })
    return web.download(reply, { name: `yearly-report-${year}.docx`, type: docxType, bytes: file })
  })

  app.post<OfReport>('/yearly-report', async (request, reply) => {
    const acting = web.acting(request)
    const { body } = request
    const { year } = await readReport(acting, request.query)
    const statement = {
      year,
      part: textIn(body, 'part'),
      words: textIn(body, 'words'),
      seenRevision: countIn(body, 'revision'),
    }
    const { problem } = await tried(saveStatement(acting, statement))
    if (problem) return showReport(request, reply, problem)
    return web.redirect(reply, `/yearly-report?year=${year}`, 'What you say is saved.')
  })

  async function showChange(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    const readsActions = may(acting, 'read', 'action')
    if (!readsActions) ensureMay(acting, 'read', 'letter')
    const { incidentId } = request.params
    const shown = await acting.transaction(async tx => {
      const place = await placeOf(tx, incidentId)
      const told = await toldChanges(tx, incidentId)
      if (!place || (!readsActions && told.length === 0)) {
        throw new ServiceError(
          'not-found',
          'Nobody has told yet what changed because of this review, or it is not yours to see.',
        )
      }
      await noteRead(tx, {
        subject: 'action',
        purpose: 'see what changed because of a review',
        incidentIds: [incidentId],
      })
      return {
        reference: place.reference,
        lines: readsActions ? await changeLines(tx, place) : [],
        told,
        today: contextOf(tx).today,
      }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `What changed because of ${shown.reference}`,
      back: { href: `/incidents/${incidentId}`, text: 'The incident' },
      errors,
      children: (
        <ChangePage
          {...{ request, incidentId, errors }}
          {...shown}
          typed={(problem && request.body) ?? {}}
          mayWrite={may(acting, 'write', 'action')}
        />
      ),
    })
  }

  app.get<OfIncident>('/incidents/:incidentId/changed', (request, reply) => showChange(request, reply))

  app.post<OfIncident>('/incidents/:incidentId/changed', async (request, reply) => {
    const { incidentId } = request.params
    const { body } = request
    const told = { reader: textIn(body, 'reader'), givenTo: textIn(body, 'givenTo'), words: textIn(body, 'words') }
    const { problem } = await tried(tellChange(web.acting(request), incidentId, told))
    if (problem) return showChange(request, reply, problem)
    return web.redirect(reply, `/incidents/${incidentId}/changed`, 'It is kept here as it was told.')
  })
}

/** The partnership a report is about: the one asked for, where the acting person belongs to it, or their first. */
async function partnershipIn(tx: Tx, acting: Acting, asked: string): Promise<string> {
  const { today } = contextOf(tx)
  const rows = await tx
    .selectFrom('partnership_body')
    .select('partnership_code')
    .where('body_code', '=', acting.bodyCode)
    .where('from_on', '<=', today)
    .where(eb => eb.or([eb('until_on', 'is', null), eb('until_on', '>', today)]))
    .orderBy('partnership_code')
    .execute()
  const mine = [acting.bodyCode, ...rows.map(row => row.partnership_code)]
  return mine.includes(asked) ? asked : (rows[0]?.partnership_code ?? acting.bodyCode)
}
