import { checkText, registerIdentifyingCheck } from '../documents/index.ts'
import { publicationToCheck } from './recognised.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may, type Acting } from '../platform/acting.ts'
import type { Tx } from '../platform/database/index.ts'
import { invalidAt, ServiceError } from '../platform/errors.ts'
import { noteRead } from '../platform/events/index.ts'
import { UploadProblem, type FileStore } from '../platform/files/index.ts'
import {
  Button,
  countIn,
  errorAt,
  fileIn,
  FormToken,
  frameOfForm,
  listIn,
  optionalDayIn,
  optionIn,
  Radios,
  Textarea,
  textIn,
  tried,
  type Posted,
  type Web,
} from '../platform/web/index.ts'
import { isTheme } from '../reference-data/index.ts'
import {
  addPublicFile,
  endClearDay,
  isJustified,
  keepDayClear,
  noPublication,
  openPublication,
  planPublicationDay,
  planTheDay,
  removePublicFile,
  savePublication,
} from './prepare-publication.ts'
import {
  narratives,
  sensitiveKinds,
  stepKinds,
  type Narrative,
  type Publication,
  type PublicationText,
  type SensitiveKind,
} from './publication.ts'
import {
  hideAccount,
  noteChange,
  noteElsewhere,
  publishReview,
  removeNote,
  reviewAccount,
  snapshotOf,
} from './publish.ts'
import { readDesk } from './read-desk.ts'
import { localReviewOf, readPublication } from './store.ts'
import { BeginPage, DeskPage } from './views/desk-page.tsx'
import { JustificationPage } from './views/justification-page.tsx'
import { PublishPage } from './views/publish-page.tsx'
import { PublishedReviewPage } from './views/published-review-page.tsx'
import { WordsPage } from './views/words-page.tsx'
import { commentOnWithholding, noWithholding, sendJustification } from './withhold.ts'
import { withholdingsOf } from './withholding-store.ts'
import { HidePage } from './views/hide-page.tsx'

interface OfIncident {
  Params: { incidentId: string }
  Body: Posted | undefined
}
type Ask = FastifyRequest<OfIncident>

const pathOf = (incidentId: string) => `/incidents/${incidentId}/publication`

/** The pages on which a local review is prepared for the public, published, and hidden again. */
export function registerPublicationPages(
  web: Web,
  { files, publicUrl }: { files: FileStore; publicUrl: string },
): void {
  const { app } = web

  /** The publication of an incident that this person may see, and what `work` finds with it. */
  async function opened<T>(
    request: Ask,
    purpose: string,
    work: (tx: Tx, publication: Publication, reference: string, acting: Acting) => Promise<T>,
  ): Promise<T> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'publication')
    const { incidentId } = request.params
    return acting.transaction(async tx => {
      const publication = await readPublication(tx, incidentId)
      if (!publication) throw noPublication()
      await noteRead(tx, { subject: 'publication', purpose, incidentIds: [incidentId] })
      return work(tx, publication, await referenceOf(tx, incidentId), acting)
    })
  }

  async function showDesk(request: Ask, reply: FastifyReply, problem?: ServiceError): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'publication')
    const { incidentId } = request.params
    const back = { href: `/incidents/${incidentId}/local-review`, text: 'Local review' }
    const begun = await acting.transaction(async tx => {
      if (await readPublication(tx, incidentId)) return true
      if (!(await localReviewOf(tx, incidentId))) throw noPublication()
      return false
    })
    if (!begun) {
      const mayWrite = may(acting, 'write', 'publication')
      return web.page(request, reply, {
        title: 'Publishing the review',
        back,
        children: <BeginPage {...{ request, mayWrite }} path={pathOf(incidentId)} />,
      })
    }
    const desk = await opened(request, 'prepare the publication', (tx, publication, reference) =>
      readDesk(tx, acting, publication, reference),
    )
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Publishing the review',
      back,
      errors,
      children: <DeskPage {...{ request, desk, errors }} posted={request.body ?? {}} />,
    })
  }

  app.get<OfIncident>('/incidents/:incidentId/publication', (request, reply) => showDesk(request, reply))

  /** A form of the desk: done, or the desk again with what is to be mended. */
  function deskForm(
    path: string,
    notice: string,
    work: (acting: Acting, incidentId: string, body: Posted) => Promise<void>,
  ): void {
    app.post<OfIncident>(`/incidents/:incidentId/publication/${path}`, async (request, reply) => {
      const { incidentId } = request.params
      const { problem } = await tried(
        work(web.acting(request), incidentId, request.body ?? {}).catch((error: unknown) => {
          if (error instanceof UploadProblem) throw invalidAt('file', error.message)
          throw error
        }),
      )
      if (problem) return showDesk(request, reply, problem)
      return web.redirect(reply, pathOf(incidentId), notice)
    })
  }

  deskForm('start', 'Its number is drawn, and the plan of the day stands below.', openPublication)
  deskForm('plan', 'The plan is changed.', (acting, incidentId, body) => {
    if (body['do'] === 'add') {
      const kind = optionIn(body, 'kind', stepKinds) ?? 'other'
      return planTheDay(acting, incidentId, { do: 'add', kind, whom: textIn(body, 'whom').slice(0, 200) })
    }
    const line = {
      stepId: textIn(body, 'step'),
      toldBy: textIn(body, 'toldBy').slice(0, 200),
      tellAt: textIn(body, 'tellAt').slice(0, 200),
    }
    if (body['do'] === 'not-needed') {
      return planTheDay(acting, incidentId, { do: 'not-needed', because: textIn(body, 'because'), ...line })
    }
    return planTheDay(acting, incidentId, { do: optionIn(body, 'do', { done: 1, again: 1 }) ?? 'say', ...line })
  })
  deskForm('days', 'The day is kept clear.', async (acting, incidentId, body) => {
    ensureMay(acting, 'write', 'publication')
    const kind = textIn(body, 'dateKind')
    const fromOn = optionalDayIn(body, 'fromOn', 'The first day')
    const lastOn = optionalDayIn(body, 'lastOn', 'The last day')
    if (!fromOn) throw invalidAt('fromOn-day', 'Enter the first day')
    const what = textIn(body, 'what').slice(0, 200)
    await keepDayClear(acting, incidentId, {
      kind: Object.hasOwn(sensitiveKinds, kind) ? (kind as SensitiveKind) : 'other',
      what,
      fromOn,
      lastOn,
    })
  })
  deskForm('days/end', 'The day is no longer in the way.', async (acting, incidentId, body) => {
    ensureMay(acting, 'write', 'publication')
    await endClearDay(acting, incidentId, uuidIn(body, 'date'))
  })
  deskForm('files', 'The document is added. It is public from the next publication on.', (acting, incidentId, body) =>
    addPublicFile(acting, files, incidentId, {
      title: textIn(body, 'fileTitle'),
      cleared: listIn(body, 'cleared').includes('yes'),
      upload: fileIn(body, 'file'),
    }),
  )
  deskForm('files/remove', 'The document is removed from the list.', async (acting, incidentId, body) => {
    ensureMay(acting, 'write', 'publication')
    await removePublicFile(acting, incidentId, uuidIn(body, 'file'))
  })
  deskForm('day', 'The day of publication is saved.', async (acting, incidentId, body) => {
    ensureMay(acting, 'write', 'publication')
    await planPublicationDay(acting, incidentId, optionalDayIn(body, 'publishOn', 'The day of publication'))
  })
  deskForm('elsewhere', 'It is recorded that it was published elsewhere.', async (acting, incidentId, body) => {
    ensureMay(acting, 'send', 'publication')
    const on = optionalDayIn(body, 'elsewhereOn', 'The day on which it was published')
    await noteElsewhere(acting, incidentId, { on, where: textIn(body, 'where').slice(0, 500) })
  })
  deskForm('notes', 'The note stands on the public page.', (acting, incidentId, body) =>
    noteChange(acting, incidentId, textIn(body, 'changed')),
  )
  deskForm('notes/remove', 'The note is off the public page.', (acting, incidentId, body) =>
    removeNote(acting, incidentId, { on: textIn(body, 'on'), text: textIn(body, 'text') }),
  )

  async function showPublish(request: Ask, reply: FastifyReply, problem?: ServiceError): Promise<FastifyReply> {
    ensureMay(web.acting(request), 'send', 'publication')
    const path = pathOf(request.params.incidentId)
    const found = await opened(request, 'publish', async (tx, publication, reference, acting) => ({
      desk: await readDesk(tx, acting, publication, reference),
      review: await snapshotOf(tx, publication),
      recognised: await checkText(tx, await publicationToCheck(tx, publication)),
      isJustified: await isJustified(tx, publication),
    }))
    // What is not ready has nothing to be asked about: the desk says what is missing.
    const { publication, missing } = found.desk
    if (publication.manner === 'withheld' || missing.length > 0) {
      return problem ? showDesk(request, reply, problem) : web.redirect(reply, path)
    }
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Publish this review',
      back: { href: path, text: 'Publishing the review' },
      errors,
      children: (
        <PublishPage
          {...{ request, ...found, errors }}
          address={`${publicUrl}/reviews/${publication.number}`}
          posted={request.body ?? {}}
        />
      ),
    })
  }

  app.get<OfIncident>('/incidents/:incidentId/publication/publish', (request, reply) => showPublish(request, reply))
  app.post<OfIncident>('/incidents/:incidentId/publication/publish', async (request, reply) => {
    const { incidentId } = request.params
    const { body } = request
    const { problem } = await tried(
      publishReview(web.acting(request), incidentId, {
        seenRevision: countIn(body, 'revision'),
        reason: textIn(body, 'reason'),
        note: textIn(body, 'note'),
      }),
    )
    if (problem) return showPublish(request, reply, problem)
    return web.redirect(reply, pathOf(incidentId), 'The review is published.')
  })

  app.get<OfIncident>('/incidents/:incidentId/publication/preview', async (request, reply) => {
    const review = await opened(request, 'see the page before it is public', (tx, publication) =>
      snapshotOf(tx, publication),
    )
    return web.page(request, reply, {
      title: 'The page as it would stand',
      back: { href: pathOf(request.params.incidentId), text: 'Publishing the review' },
      children: <PublishedReviewPage review={{ ...review, title: review.title || 'No title yet' }} />,
    })
  })

  registerIdentifyingCheck<OfIncident['Params']>(web, {
    path: '/incidents/:incidentId/publication/recognised',
    subject: 'publication',
    async read(tx, { incidentId }) {
      const publication = await readPublication(tx, incidentId)
      if (!publication) throw noPublication()
      return publicationToCheck(tx, publication)
    },
  })

  async function showWords(request: Ask, reply: FastifyReply, problem?: ServiceError): Promise<FastifyReply> {
    ensureMay(web.acting(request), 'write', 'publication')
    const publication = await opened(request, 'write the public page', async (_tx, found) => found)
    const { status, errors } = frameOfForm(problem)
    const path = pathOf(request.params.incidentId)
    const text = request.body ? typedIn(request.body) : publication.text
    return web.page(request, reply, {
      status,
      title: 'The words of the public page',
      back: { href: path, text: 'Publishing the review' },
      errors,
      children: <WordsPage {...{ request, publication, path, text, errors }} />,
    })
  }

  app.get<OfIncident>('/incidents/:incidentId/publication/words', (request, reply) => showWords(request, reply))
  app.post<OfIncident>('/incidents/:incidentId/publication/words', async (request, reply) => {
    const { incidentId } = request.params
    const body = request.body ?? {}
    const save = async () => {
      const acting = web.acting(request)
      ensureMay(acting, 'write', 'publication')
      const text = typedIn(body)
      if (text.replacedBy && !/^LR-\d{4}-\d{5}$/.test(text.replacedBy)) {
        throw invalidAt('replacedBy', 'Enter the number of a published review, like LR-2026-48271')
      }
      const manner = await opened(request, 'write the public page', async (_tx, found) => found.manner)
      await savePublication(acting, incidentId, {
        text,
        manner: textIn(body, 'manner') === 'full' ? 'full' : manner,
        seenRevision: countIn(body, 'revision'),
      })
    }
    const { problem } = await tried(save())
    if (problem) return showWords(request, reply, problem)
    return web.redirect(reply, pathOf(incidentId), 'The words are saved. They are not public before you publish.')
  })

  async function showHide(request: Ask, reply: FastifyReply, problem?: ServiceError): Promise<FastifyReply> {
    ensureMay(web.acting(request), 'send', 'publication')
    const publication = await opened(request, 'hide the account', async (_tx, found) => found)
    const { status, errors } = frameOfForm(problem)
    const path = pathOf(request.params.incidentId)
    return web.page(request, reply, {
      status,
      title: 'Hide the account of what happened',
      back: { href: path, text: 'Publishing the review' },
      errors,
      children: <HidePage {...{ request, publication, path, errors }} reason={textIn(request.body, 'reason')} />,
    })
  }

  app.get<OfIncident>('/incidents/:incidentId/publication/hide', (request, reply) => showHide(request, reply))
  app.post<OfIncident>('/incidents/:incidentId/publication/hide', async (request, reply) => {
    const { incidentId } = request.params
    const { problem } = await tried(hideAccount(web.acting(request), incidentId, textIn(request.body, 'reason')))
    if (problem) return showHide(request, reply, problem)
    return web.redirect(reply, pathOf(incidentId), 'The account is not public any more.')
  })

  async function showFirstYear(request: Ask, reply: FastifyReply, problem?: ServiceError): Promise<FastifyReply> {
    ensureMay(web.acting(request), 'send', 'publication')
    const publication = await opened(request, 'review after the first year', async (_tx, found) => found)
    const { status, errors } = frameOfForm(problem)
    const path = pathOf(request.params.incidentId)
    const { body } = request
    return web.page(request, reply, {
      status,
      title: 'After the first year',
      back: { href: path, text: 'Publishing the review' },
      errors,
      children: (
        <>
          <span class="govuk-caption-l">{publication.number}</span>
          <h1 class="govuk-heading-l">Does the account stay public?</h1>
          <p class="govuk-body">
            The year in which a review has to be public is over. Think of the child and of brothers and sisters, who are
            older now and look themselves up. Ask the family. Learning and recommendations stay in any case.
          </p>
          <form method="post" action={`${path}/first-year`} novalidate>
            <FormToken visitor={request.visitor} />
            <Radios
              name="keep"
              value={textIn(body, 'keep')}
              fieldset={{ legend: { text: 'Does it stay?', classes: 'govuk-fieldset__legend--m' } }}
              errorMessage={errorAt(errors, 'keep')}
              items={[
                { value: 'yes', text: 'Yes, the account stays public' },
                { value: 'no', text: 'No, hide it now' },
              ]}
            />
            <Textarea
              name="reason"
              label={{ text: 'Reason', classes: 'govuk-label--m' }}
              hint={{ text: 'With what the family says. Never public.' }}
              value={textIn(body, 'reason')}
              errorMessage={errorAt(errors, 'reason')}
            />
            <Button text="Save" preventDoubleClick />
          </form>
        </>
      ),
    })
  }

  app.get<OfIncident>('/incidents/:incidentId/publication/first-year', (request, reply) =>
    showFirstYear(request, reply),
  )
  app.post<OfIncident>('/incidents/:incidentId/publication/first-year', async (request, reply) => {
    const { incidentId } = request.params
    const { body } = request
    const keep = { yes: true, no: false }[textIn(body, 'keep')]
    const { problem } = await tried(
      reviewAccount(web.acting(request), incidentId, { keep, reason: textIn(body, 'reason') }),
    )
    if (problem) return showFirstYear(request, reply, problem)
    return web.redirect(reply, pathOf(incidentId), 'Your decision is recorded.')
  })

  async function showJustification(request: Ask, reply: FastifyReply, problem?: ServiceError): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'withholding')
    const { incidentId } = request.params
    const { said, reference } = await acting.transaction(async tx => {
      const said = await withholdingsOf(tx, incidentId)
      // Those who prepare it come here before anything was sent; others read what was.
      if (said.length === 0 && !(await readPublication(tx, incidentId))) throw noWithholding()
      await noteRead(tx, { subject: 'withholding', purpose: 'read the justification', incidentIds: [incidentId] })
      return { said, reference: await referenceOf(tx, incidentId) }
    })
    const { status, errors } = frameOfForm(problem)
    const path = pathOf(incidentId)
    return web.page(request, reply, {
      status,
      title: 'Not publishing in full',
      back: may(acting, 'read', 'publication')
        ? { href: path, text: 'Publishing the review' }
        : { href: `/incidents/${incidentId}`, text: 'The incident' },
      errors,
      children: (
        <JustificationPage
          {...{ request, reference, path, said, errors }}
          maySend={may(acting, 'send', 'withholding')}
          mayReply={may(acting, 'reply', 'withholding')}
          posted={request.body ?? {}}
        />
      ),
    })
  }

  app.get<OfIncident>('/incidents/:incidentId/publication/justification', (request, reply) =>
    showJustification(request, reply),
  )
  for (const [path, notice, work] of [
    [
      'justification',
      'It is sent to the Panel and the Secretary of State.',
      (acting: Acting, incidentId: string, body: Posted) =>
        sendJustification(acting, incidentId, {
          manner: textIn(body, 'manner'),
          justification: textIn(body, 'justification'),
        }),
    ],
    [
      'comment',
      'The comment is sent to the partnership.',
      (acting: Acting, incidentId: string, body: Posted) =>
        commentOnWithholding(acting, incidentId, textIn(body, 'comment')),
    ],
  ] as const) {
    app.post<OfIncident>(`/incidents/:incidentId/publication/${path}`, async (request, reply) => {
      const { incidentId } = request.params
      const { problem } = await tried(work(web.acting(request), incidentId, request.body ?? {}))
      if (problem) return showJustification(request, reply, problem)
      return web.redirect(reply, `${pathOf(incidentId)}/justification`, notice)
    })
  }
}

async function referenceOf(tx: Tx, incidentId: string): Promise<string> {
  const { reference } = await tx
    .selectFrom('incident')
    .select('reference')
    .where('incident_id', '=', incidentId)
    .executeTakeFirstOrThrow()
  return reference
}

function uuidIn(body: Posted, name: string): string {
  const text = textIn(body, name)
  if (!/^[0-9a-f-]{36}$/.test(text))
    throw new ServiceError('conflict', 'This is not there any more. Open the page again.')
  return text
}

function typedIn(body: Posted): PublicationText {
  const narrative = textIn(body, 'narrative')
  const choice = (name: string) => {
    const text = textIn(body, name)
    return text === 'yes' || text === 'no' ? text : undefined
  }
  return {
    title: textIn(body, 'title').replaceAll('\n', ' ').slice(0, 300),
    whatHappened: textIn(body, 'whatHappened'),
    inShort: textIn(body, 'inShort'),
    learning: textIn(body, 'learning'),
    recommendations: textIn(body, 'recommendations'),
    themes: listIn(body, 'themes').filter(isTheme),
    narrative: Object.hasOwn(narratives, narrative) ? (narrative as Narrative) : undefined,
    index: choice('index'),
    feed: choice('feed'),
    familyView: textIn(body, 'familyView'),
    replacedBy: textIn(body, 'replacedBy').toUpperCase(),
    checkedBy: textIn(body, 'checkedBy').slice(0, 200),
  }
}
