import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkText, registerIdentifyingCheck } from '../../documents/index.ts'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { docxType, type FileStore } from '../../platform/files/index.ts'
import {
  countIn,
  frameOfForm,
  listIn,
  textIn,
  tried,
  type Posted,
  type PublicAsked,
  type Web,
} from '../../platform/web/index.ts'
import { noPublication } from '../prepare-publication.ts'
import { sheetToCheck } from '../recognised.ts'
import { readPublication } from '../store.ts'
import { firstDraft, isSector, sectors, type PublishedSheet, type Sector, type SheetText } from './sheet.ts'
import { publishedSheets, readSheetStates, sheetsOf, toPublishedSheet } from './store.ts'
import { PublishedSheetPage, SheetForm } from './views.tsx'
import { clearSheet, notAgreed, publishSheet, writeSheet } from './write-sheet.ts'

interface OfSheet {
  Params: { incidentId: string; sector: string }
  Body: Posted | undefined
}

export function registerSheetPages(web: Web, { files }: { files: FileStore }): void {
  const { app } = web
  const url = '/incidents/:incidentId/publication/sheets/:sector'

  async function show(request: FastifyRequest<OfSheet>, reply: FastifyReply, problem?: ServiceError) {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'publication')
    const { incidentId } = request.params
    const sector = sectorIn(request)
    const { publication, sheet, recognised, published, state, waits } = await acting.transaction(async tx => {
      const publication = await readPublication(tx, incidentId)
      if (!publication) throw noPublication()
      await noteRead(tx, { subject: 'publication', purpose: 'write a learning sheet', incidentIds: [incidentId] })
      const sheet = (await sheetsOf(tx, publication.reviewId)).find(one => one.sector === sector)
      const recognised = sheet && (await checkText(tx, await sheetToCheck(tx, publication, sheet)))
      const published = (await publishedSheets(publication.number).execute(tx)).rows
        .map(toPublishedSheet)
        .find(one => one.sector === sector)
      const state = (await readSheetStates(tx, publication)).find(line => line.sector === sector)?.state
      const waits = sheet ? await notAgreed(tx, publication, sheet) : []
      return { publication, sheet, recognised, published, state, waits }
    })
    const body = request.body ?? {}
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `Learning sheet: ${sectors[sector]}`,
      back: { href: `/incidents/${incidentId}/publication`, text: 'Publishing the review' },
      errors,
      children: (
        <SheetForm
          {...{ request, sector, sheet, recognised, published, state, waits, errors }}
          path={pathOf(request.params)}
          text={body['happened'] === undefined ? (sheet ?? firstDraft(publication)) : typedIn(body)}
          isReviewPublic={publication.status !== 'preparing'}
          posted={body}
        />
      ),
    })
  }

  app.get<OfSheet>(url, (request, reply) => show(request, reply))

  registerIdentifyingCheck<OfSheet['Params']>(web, {
    path: `${url}/recognised`,
    subject: 'publication',
    async read(tx, { incidentId, sector }) {
      const publication = await readPublication(tx, incidentId)
      const sheet = publication && (await sheetsOf(tx, publication.reviewId)).find(one => one.sector === sector)
      if (!publication || !sheet)
        throw new ServiceError('not-found', 'There is no such learning sheet, or it is not yours to see.')
      return sheetToCheck(tx, publication, sheet)
    },
  })

  const form = (
    path: string,
    notice: string,
    work: (acting: Acting, incidentId: string, sector: Sector, body: Posted) => Promise<void>,
  ) =>
    app.post<OfSheet>(url + path, async (request, reply) => {
      const acting = web.acting(request)
      ensureMay(acting, 'write', 'publication')
      const { problem } = await tried(work(acting, request.params.incidentId, sectorIn(request), request.body ?? {}))
      return problem ? show(request, reply, problem) : web.redirect(reply, pathOf(request.params), notice)
    })

  form('', 'The sheet is saved. It is not public.', (acting, incidentId, sector, body) =>
    writeSheet(acting, incidentId, { sector, text: typedIn(body), seenRevision: countIn(body, 'revision') }),
  )
  form('/clear', 'The sheet is cleared.', (acting, incidentId, sector, body) =>
    clearSheet(acting, incidentId, {
      sector,
      by: textIn(body, 'by').slice(0, 200),
      asked: textIn(body, 'asked'),
      isSafe: listIn(body, 'safe').includes('yes'),
      isLooked: listIn(body, 'looked').includes('yes'),
      seenRevision: countIn(body, 'revision'),
    }),
  )
  form('/publish', 'The sheet is published.', (acting, incidentId, sector, body) =>
    publishSheet(acting, files, incidentId, { sector, seenRevision: countIn(body, 'revision') }),
  )
}

/** The sheets as everybody reads them. */
export function registerPublishedSheets(web: Web, { files }: { files: FileStore }): void {
  const one = async ({ ask, params }: PublicAsked): Promise<PublishedSheet | undefined> => {
    const rows = await ask(publishedSheets(params['number'] ?? ''))
    return rows.map(toPublishedSheet).find(({ sector }) => sector === params['sector'])
  }

  web.publicPage('/reviews/:number/sheets/:sector', async asked => {
    const sheet = await one(asked)
    return (
      sheet && {
        title: `${sheet.title}: learning for ${sectors[sheet.sector].toLowerCase()}`,
        back: { href: `/reviews/${sheet.number}`, text: 'The review' },
        maxAge: 0,
        children: <PublishedSheetPage sheet={sheet} />,
      }
    )
  })

  web.publicPage('/reviews/:number/sheets/:sector/word', async asked => {
    const sheet = await one(asked)
    if (!sheet?.wordHash) return undefined
    return {
      type: docxType,
      body: await files.get(sheet.wordHash),
      fileName: `${sheet.number}-${sheet.sector}.docx`,
      maxAge: 0,
    }
  })
}

function sectorIn({ params }: FastifyRequest<OfSheet>): Sector {
  if (!isSector(params.sector)) throw new ServiceError('not-found', 'There is no learning sheet for this sector.')
  return params.sector
}

function pathOf({ incidentId, sector }: OfSheet['Params']): string {
  return `/incidents/${incidentId}/publication/sheets/${sector}`
}

function typedIn(body: Posted): SheetText {
  return { happened: textIn(body, 'happened'), learnt: textIn(body, 'learnt'), ask: textIn(body, 'ask') }
}
