import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { invalidAt, ServiceError } from '../platform/errors.ts'
import { noteRead } from '../platform/events/index.ts'
import { UploadProblem, type FileStore } from '../platform/files/index.ts'
import { chosenList, chosenOption } from '../platform/lists/index.ts'
import {
  countIn,
  dayIn,
  fileIn,
  frameOfForm,
  idsIn,
  listIn,
  optionalDayIn,
  optionIn,
  textIn,
  tried,
  type Posted,
  type Query,
  type Web,
} from '../platform/web/index.ts'
import { checkText, readUpload, registerIdentifyingCheck } from '../documents/index.ts'
import { readIncident } from '../notifications/index.ts'
import { themes } from '../reference-data/index.ts'
import { actionsServing, type ServingAction } from './actions/action-store.ts'
import { reconsideredOf } from './again/reconsidered-store.ts'
import { draftingHints } from './drafting-hints.ts'
import { recommendationToCheck } from './recognised.ts'
import { listOwed, owedSorts, type OwedFilter } from './list-recommendations.ts'
import {
  addEvidence,
  checkCopy,
  makeMove,
  mayTakeOff,
  partsOf,
  takeOffPublic,
  type Entered,
  type NewMove,
} from './make-move.ts'
import { axes, deliveriesTold, effects, replies, type Axis, type Part, type State } from './moves.ts'
import { publishNational } from './progress/publish-recommendations.ts'
import {
  bases,
  evidenceKinds,
  isSecondPerson,
  levels,
  priorities,
  sources,
  waitsForCheck,
  type Addressee,
  type KeptFile,
  type RecommendationText,
} from './recommendation.ts'
import type { EarlierRecommendations } from './similar/earlier.ts'
import { sourceParagraphs, withParagraph, type SourceParagraph } from './source-paragraphs.ts'
import {
  addresseesOf,
  commentsOf,
  evidenceOf,
  movesOf,
  nationalDrafts,
  possibleAddressees,
  recommendationsOfIncident,
} from './store.ts'
import { AddresseePage, EvidencePage, headingOf, MovePage } from './views/addressee-page.tsx'
import { OwedPage, RecommendationList } from './views/list-page.tsx'
import { RecommendationPage } from './views/recommendation-page.tsx'
import { TextPage } from './views/text-page.tsx'
import {
  addAddressee,
  commentOn,
  draftSubjectOf,
  endRecommendation,
  issueRecommendation,
  knownRecommendation,
  noSuchRecommendation,
  removeAddressee,
  saveText,
  sendForComment,
  startRecommendation,
} from './write-recommendation.ts'

interface OfNumber {
  Params: { number: string }
  Body: Posted | undefined
}
interface OfAddressee {
  Params: { number: string; addressee: string }
  Body: Posted | undefined
}
interface OfAxis {
  Params: { number: string; addressee: string; axis: string }
  Body: Posted | undefined
}
interface Beginning {
  Querystring: Query
  Body: Posted | undefined
}

export function registerRecommendationPages(
  web: Web,
  { files, earlier }: { files: FileStore; earlier: EarlierRecommendations },
): void {
  const { app } = web

  app.get<{ Querystring: Query }>('/desk/recommendations', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'recommendation')
    const { query } = request
    const chosen = chosenList(query, owedSorts, { key: 'asked', direction: 'ascending' })
    const filter: OwedFilter = {
      reply: chosenOption(query, 'reply', replies),
      delivery: chosenOption(query, 'delivery', deliveriesTold),
      effect: chosenOption(query, 'effect', effects),
      theme: chosenOption(query, 'theme', themes),
      source: chosenOption(query, 'source', sources),
      body: textIn(query, 'body') || undefined,
      words: textIn(query, 'words') || undefined,
      overdue: textIn(query, 'overdue') === 'yes',
      toJudge: textIn(query, 'judge') === 'waiting' && may(acting, 'write', 'judgement'),
    }
    const shown = await acting.transaction(async tx => ({
      found: await listOwed(tx, acting, chosen, filter),
      drafts: may(acting, 'read', 'national-recommendation-draft') ? await nationalDrafts(tx) : [],
      today: contextOf(tx).today,
    }))
    return web.page(request, reply, {
      title: 'Recommendations',
      wide: true,
      children: (
        <OwedPage
          {...{ chosen, filter }}
          {...shown}
          maySeeAgain={may(acting, 'read', 'theme-question')}
          mayWriteNational={may(acting, 'write', 'national-recommendation-draft')}
          mayJudge={may(acting, 'write', 'judgement')}
          mayNameGroup={may(acting, 'send', 'recommendation-draft')}
        />
      ),
    })
  })

  app.get<{ Params: { incidentId: string } }>('/incidents/:incidentId/recommendations', async (request, reply) => {
    const acting = web.acting(request)
    const { incidentId } = request.params
    const { incident, all } = await acting.transaction(async tx => ({
      incident: await readIncident(tx, incidentId),
      all: await recommendationsOfIncident(tx, incidentId),
    }))
    if (!incident) throw new ServiceError('not-found', 'There is no such incident, or you may not see it.')
    return web.page(request, reply, {
      title: 'Recommendations',
      back: { href: `/incidents/${incidentId}`, text: incident.reference },
      children: (
        <>
          <span class="govuk-caption-l">{incident.reference}</span>
          <h1 class="govuk-heading-l">Recommendations</h1>
          {all.length === 0 ? (
            <p class="govuk-body">There is none that you may see.</p>
          ) : (
            <RecommendationList rows={all} />
          )}
          {may(acting, 'write', 'recommendation-draft') && (
            <p class="govuk-body">
              <a class="govuk-link" href={`/desk/recommendations/new?incident=${incidentId}`}>
                Write a recommendation
              </a>
            </p>
          )}
        </>
      ),
    })
  })

  async function showNew(
    request: FastifyRequest<Beginning>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    const [incidentId = ''] = idsIn(request.query, 'incident')
    ensureMay(acting, 'write', incidentId ? 'recommendation-draft' : 'national-recommendation-draft')
    const body = request.body ?? {}
    const paragraphs = incidentId ? await acting.transaction(tx => sourceParagraphs(tx, incidentId)) : []
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Write a recommendation',
      back: incidentId
        ? { href: `/incidents/${incidentId}/recommendations`, text: 'Recommendations' }
        : { href: '/desk/recommendations', text: 'Recommendations' },
      errors,
      children: (
        <TextPage
          {...{ request, errors }}
          heading={incidentId ? 'Write a recommendation' : 'Write a national recommendation'}
          action={
            incidentId
              ? `/desk/recommendations/new?incident=${encodeURIComponent(incidentId)}`
              : '/desk/recommendations/new'
          }
          revision={undefined}
          begins={{
            sourceKind: textIn(body, 'sourceKind') || (incidentId ? 'local-review' : 'national-review'),
            sourceName: textIn(body, 'sourceName'),
            isNational: !incidentId,
          }}
          typed={typedText(body)}
          paragraphs={paragraphs}
          chosenParagraph={textIn(body, 'answersParagraph')}
          stored={undefined}
        />
      ),
    })
  }

  app.get<Beginning>('/desk/recommendations/new', (request, reply) => showNew(request, reply))

  app.post<Beginning>('/desk/recommendations/new', async (request, reply) => {
    const body = request.body ?? {}
    const [incidentId = ''] = idsIn(request.query, 'incident')
    const from = {
      ...(incidentId && { incidentId }),
      sourceKind: optionIn(body, 'sourceKind', sources) ?? (incidentId ? 'local-review' : 'national-review'),
      sourceName: textIn(body, 'sourceName'),
    }
    const acting = web.acting(request)
    const text = withParagraph(typedText(body), await chosenIn(acting, incidentId, body))
    const { done, problem } = await tried(startRecommendation(acting, from, text))
    if (problem) return showNew(request, reply, problem)
    return web.redirect(reply, `/desk/recommendations/${done}`, `${done} is drafted. Name who is to answer.`)
  })

  async function showText(
    request: FastifyRequest<OfNumber>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    const { found, paragraphs } = await acting.transaction(async tx => {
      const found = await knownRecommendation(tx, request.params.number)
      return { found, paragraphs: found.place ? await sourceParagraphs(tx, found.place.incidentId) : [] }
    })
    ensureMay(acting, 'write', draftSubjectOf(found))
    if (found.issuedAt) return web.redirect(reply, `/desk/recommendations/${found.number}`)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `Change ${found.number}`,
      back: { href: `/desk/recommendations/${found.number}`, text: found.number },
      errors,
      children: (
        <TextPage
          {...{ request, errors }}
          heading={`Change ${found.number}`}
          action={`/desk/recommendations/${found.number}/text`}
          revision={found.revision}
          begins={undefined}
          typed={problem ? typedText(request.body ?? {}) : found}
          paragraphs={paragraphs}
          chosenParagraph={textIn(request.body, 'answersParagraph')}
          stored={problem?.kind === 'conflict' ? found : undefined}
        />
      ),
    })
  }

  app.get<OfNumber>('/desk/recommendations/:number/text', (request, reply) => showText(request, reply))

  app.post<OfNumber>('/desk/recommendations/:number/text', async (request, reply) => {
    const { number } = request.params
    const body = request.body ?? {}
    const acting = web.acting(request)
    const found = await acting.transaction(tx => knownRecommendation(tx, number))
    const text = withParagraph(typedText(body), await chosenIn(acting, found.place?.incidentId, body))
    const { problem } = await tried(saveText(acting, number, text, countIn(body, 'revision')))
    if (problem) return showText(request, reply, problem)
    return web.redirect(reply, `/desk/recommendations/${number}`, 'Saved.')
  })

  async function showRecommendation(
    request: FastifyRequest<OfNumber>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    if (may(acting, 'write', 'recommendation-draft') || may(acting, 'write', 'national-recommendation-draft')) {
      await earlier.renew()
    }
    const shown = await acting.transaction(async tx => {
      const known = await knownRecommendation(tx, request.params.number)
      const addressees = await addresseesOf(tx, known.recommendationId)
      // A national body reads of what is not public when that is published.
      const theirs = addressees.find(one => one.kind === 'national-body' && one.bodyCode === acting.bodyCode)
      const found = { ...known, status: theirs?.status ?? known.status }
      const subject = draftSubjectOf(found)
      const isWriter = may(acting, 'write', subject)
      const text = isWriter && !found.issuedAt ? await recommendationToCheck(tx, found) : undefined
      return {
        found,
        recognised: text && (await checkText(tx, text)),
        addressees,
        comments: await commentsOf(tx, found.recommendationId),
        hints: isWriter && !found.issuedAt ? draftingHints(found, addressees) : [],
        earlier:
          isWriter && !found.issuedAt
            ? await earlier.like(tx, acting, {
                text: `${found.text} ${found.intendedChange}`,
                themes: found.themes,
                addressees: addressees.map(({ bodyName }) => bodyName),
              })
            : undefined,
        bodies:
          isWriter && !found.issuedAt ? await possibleAddressees(tx, found.place?.partnershipCode ?? null) : undefined,
        mayIssue: may(acting, 'send', subject),
        decided: await reconsideredOf(tx, found.recommendationId),
        mayReopen: found.status === 'closed' && may(acting, 'send', subject),
        mayPublish: !found.place && found.issuedAt !== null && !found.publishedAt && may(acting, 'send', subject),
        mayReadAnswers: may(acting, 'read', 'recommendation'),
        actions: await actionsFor(tx, acting, addressees),
        mayComment:
          found.status === 'out-for-comment' &&
          may(acting, 'reply', 'recommendation-draft') &&
          addressees.some(({ bodyCode }) => bodyCode === acting.bodyCode),
        today: contextOf(tx).today,
      }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `Recommendation ${shown.found.number}`,
      back: shown.found.reference
        ? { href: `/incidents/${shown.found.place!.incidentId}/recommendations`, text: 'Recommendations' }
        : { href: '/desk/recommendations', text: 'Recommendations' },
      errors,
      children: <RecommendationPage {...{ request, errors }} {...shown} typed={typedIn(request.body)} />,
    })
  }

  registerIdentifyingCheck<OfNumber['Params']>(web, {
    path: '/desk/recommendations/:number/recognised',
    subject: ['recommendation-draft', 'national-recommendation-draft'],
    async read(tx, { number }) {
      return recommendationToCheck(tx, await knownRecommendation(tx, number))
    },
  })

  app.get<OfNumber>('/desk/recommendations/:number', (request, reply) => showRecommendation(request, reply))

  function doing(what: string, notice: string, work: (request: FastifyRequest<OfNumber>) => Promise<unknown>): void {
    app.post<OfNumber>(`/desk/recommendations/:number/${what}`, async (request, reply) => {
      const { problem } = await tried(work(request))
      if (problem) return showRecommendation(request, reply, problem)
      return web.redirect(reply, `/desk/recommendations/${request.params.number}`, notice)
    })
  }

  doing('addressees', 'Added.', async request => {
    const { body } = request
    return addAddressee(web.acting(request), request.params.number, {
      bodyCode: textIn(body, 'bodyCode'),
      otherBody: textIn(body, 'otherBody'),
      replyAskedBy: optionalDayIn(body, 'replyAskedBy', 'The day for the reply') ?? null,
      replyBasis: optionIn(body, 'replyBasis', bases) ?? null,
    })
  })
  doing('send-for-comment', 'The draft is out for comment.', request =>
    sendForComment(web.acting(request), request.params.number, countIn(request.body, 'revision')),
  )
  doing('issue', 'Issued. Its addressees now owe an answer.', request =>
    issueRecommendation(web.acting(request), request.params.number, countIn(request.body, 'revision')),
  )
  doing('publish', 'It is public from now on, with all that is said of it.', request =>
    publishNational(web.acting(request), request.params.number),
  )
  doing('comments', 'Thank you. Your comment was sent.', request =>
    commentOn(web.acting(request), request.params.number, textIn(request.body, 'words')),
  )
  doing('end', 'It is ended. Everything said of it stays.', request =>
    endRecommendation(web.acting(request), request.params.number, {
      reason: textIn(request.body, 'reason'),
      replacedBy: textIn(request.body, 'replacedBy'),
    }),
  )

  app.post<OfAddressee>('/desk/recommendations/:number/addressees/:addressee/remove', async (request, reply) => {
    const { number, addressee } = request.params
    await removeAddressee(web.acting(request), number, addressee)
    return web.redirect(reply, `/desk/recommendations/${number}`, 'Taken away.')
  })

  async function readOwed(request: FastifyRequest<OfAddressee>) {
    const acting = web.acting(request)
    return acting.transaction(async tx => {
      const found = await knownRecommendation(tx, request.params.number)
      const all = await addresseesOf(tx, found.recommendationId)
      const owed = all.find(({ addresseeId }) => addresseeId === request.params.addressee)
      if (!owed || !found.issuedAt) throw noSuchRecommendation()
      return {
        found,
        owed,
        moves: await movesOf(tx, owed.addresseeId),
        evidence: await evidenceOf(tx, owed.addresseeId),
        actions: (await actionsFor(tx, acting, [owed])).get(owed.addresseeId) ?? [],
        parts: await partsOf(tx, acting, owed),
        today: contextOf(tx).today,
      }
    })
  }
  /** Whose part it is not is led back to what they may do there. */
  const ledBack = (request: FastifyRequest<OfAddressee>, reply: FastifyReply) =>
    web.redirect(reply, pathOf(request), 'That is not yours to say of this addressee.')
  const ensureSpeaks = (acting: Acting) => {
    const speaks =
      may(acting, 'reply', 'recommendation') ||
      may(acting, 'write', 'recommendation') ||
      may(acting, 'write', 'judgement')
    if (!speaks) ensureMay(acting, 'write', 'national-judgement')
  }
  const pathOf = ({ params }: { params: { number: string; addressee: string } }) =>
    `/desk/recommendations/${params.number}/to/${params.addressee}`

  async function showOwed(
    request: FastifyRequest<OfAddressee>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    const shown = await readOwed(request)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `${shown.found.number}, ${shown.owed.bodyName}`,
      back: { href: `/desk/recommendations/${shown.found.number}`, text: shown.found.number },
      errors,
      children: (
        <AddresseePage
          {...{ request, errors }}
          {...shown}
          mayAgree={may(acting, 'write', 'action') && shown.owed.partnershipCode !== null}
          mayTakeOff={mayTakeOff(acting, shown.owed)}
          mayCheck={move => shown.parts.checking && waitsForCheck(move) && isSecondPerson(move, acting.personId)}
        />
      ),
    })
  }

  app.get<OfAddressee>('/desk/recommendations/:number/to/:addressee', (request, reply) => showOwed(request, reply))

  app.post<OfAddressee & { Params: { move: string } }>(
    '/desk/recommendations/:number/to/:addressee/taken-off/:move',
    async (request, reply) => {
      const acting = web.acting(request)
      ensureMay(acting, 'write', 'recommendation')
      const { owed } = await readOwed(request)
      if (!mayTakeOff(acting, owed)) return ledBack(request, reply)
      const { number, addressee, move } = request.params
      const taken = { moveId: move, reason: textIn(request.body, 'reason') }
      const { problem } = await tried(takeOffPublic(acting, number, addressee, taken))
      if (problem) return showOwed(request, reply, problem)
      return web.redirect(reply, pathOf(request), 'The public page does not show these words any more.')
    },
  )

  app.post<{ Params: OfAddressee['Params'] & { move: string }; Body: Posted | undefined }>(
    '/desk/recommendations/:number/to/:addressee/checks/:move',
    async (request, reply) => {
      ensureSpeaks(web.acting(request))
      const { moves, parts } = await readOwed(request)
      const asked = moves.find(({ moveId }) => moveId === request.params.move)
      const mine = asked && !isSecondPerson(asked, web.acting(request).personId)
      if (!parts.checking || mine) return ledBack(request, reply)
      const { body } = request
      const agrees = { yes: true, no: false }[textIn(body, 'agrees')]
      const check = { moveId: request.params.move, agrees, words: textIn(body, 'differs') }
      const { number, addressee } = request.params
      const { problem } = await tried(checkCopy(web.acting(request), number, addressee, check))
      if (problem) return showOwed(request, reply, problem)
      return web.redirect(reply, pathOf(request), 'The check is recorded.')
    },
  )

  app.get<{ Params: OfAddressee['Params'] & { hash: string }; Body: undefined }>(
    '/desk/recommendations/:number/to/:addressee/files/:hash',
    async (request, reply) => {
      const { moves, evidence } = await readOwed(request)
      const file = [...moves, ...evidence].find(one => one.file?.hash === request.params.hash)?.file
      if (!file) throw new ServiceError('not-found', 'There is no such file, or you may not see it.')
      return web.download(reply, {
        name: file.name,
        type: 'application/octet-stream',
        bytes: await files.get(file.hash),
      })
    },
  )

  async function showMove(
    request: FastifyRequest<OfAxis>,
    reply: FastifyReply,
    isEntered: boolean,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    ensureSpeaks(web.acting(request))
    const axis = axisOf(request.params.axis, isEntered)
    const { found, owed, evidence, parts } = await readOwed(request)
    const part: Part | undefined = isEntered
      ? parts.entering
        ? 'owner'
        : undefined
      : axis === 'effect'
        ? (parts.judging ?? (parts.owner ? 'owner' : undefined))
        : parts.owner
          ? 'owner'
          : parts.judging
    if (!part) return ledBack(request, reply)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: headingOf(axis, part, isEntered),
      back: { href: pathOf(request), text: owed.bodyName },
      errors,
      children: (
        <MovePage
          {...{ request, found, owed, axis, part, isEntered, evidence, errors }}
          typed={typedIn(request.body)}
          overtaken={problem?.kind === 'conflict'}
        />
      ),
    })
  }

  const typedMove = (axis: Axis, body: Posted): NewMove => ({
    axis,
    from: textIn(body, 'from') as State,
    to: textIn(body, 'to') as State,
    words: textIn(body, 'words'),
    replacement: textIn(body, 'replacement'),
    howAsked: textIn(body, 'howAsked'),
    evidenceId: textIn(body, 'evidenceId'),
  })

  app.get<OfAddressee>('/desk/recommendations/:number/to/:addressee/evidence', (request, reply) =>
    showEvidence(request, reply),
  )
  app.post<OfAddressee>('/desk/recommendations/:number/to/:addressee/evidence', async (request, reply) => {
    const body = request.body ?? {}
    const { number, addressee } = request.params
    ensureSpeaks(web.acting(request))
    // Asked first, so that nobody else can make us read a file.
    const { parts } = await readOwed(request)
    if (!parts.owner && !parts.entering && !parts.judging) return ledBack(request, reply)
    const work = async () =>
      addEvidence(web.acting(request), number, addressee, {
        kind: optionIn(body, 'kind', evidenceKinds),
        title: textIn(body, 'title'),
        words: textIn(body, 'words'),
        file: await keptFile(files, body),
      })
    const { problem } = await tried(work())
    if (problem) return showEvidence(request, reply, problem)
    return web.redirect(reply, pathOf(request), 'The evidence is added.')
  })

  async function showEvidence(
    request: FastifyRequest<OfAddressee>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    ensureSpeaks(web.acting(request))
    const { found, owed, parts } = await readOwed(request)
    if (!parts.owner && !parts.entering && !parts.judging) return ledBack(request, reply)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Add evidence',
      back: { href: pathOf(request), text: owed.bodyName },
      errors,
      children: <EvidencePage {...{ request, found, owed, errors }} typed={typedIn(request.body)} />,
    })
  }

  app.get<OfAxis>('/desk/recommendations/:number/to/:addressee/enter/:axis', (request, reply) =>
    showMove(request, reply, true),
  )
  app.post<OfAxis>('/desk/recommendations/:number/to/:addressee/enter/:axis', async (request, reply) => {
    const body = request.body ?? {}
    const { number, addressee } = request.params
    ensureSpeaks(web.acting(request))
    const axis = axisOf(request.params.axis, true)
    const { parts } = await readOwed(request)
    if (!parts.entering) return ledBack(request, reply)
    const work = async () => {
      const entered: Entered = {
        cameBy: optionIn(body, 'cameBy', { letter: '', mail: '', published: '' }) ?? 'letter',
        saidOn: dayIn(body, 'saidOn', 'The day of the letter'),
        saidBy: textIn(body, 'saidBy'),
        source: textIn(body, 'source'),
        file: await keptFile(files, body),
      }
      await makeMove(web.acting(request), number, addressee, typedMove(axis, body), entered)
    }
    const { problem } = await tried(work())
    if (problem) return showMove(request, reply, true, problem)
    return web.redirect(reply, pathOf(request), 'Recorded. A second person compares the copy with the letter.')
  })

  app.get<OfAxis>('/desk/recommendations/:number/to/:addressee/:axis', (request, reply) =>
    showMove(request, reply, false),
  )
  app.post<OfAxis>('/desk/recommendations/:number/to/:addressee/:axis', async (request, reply) => {
    const { number, addressee } = request.params
    const acting = web.acting(request)
    ensureSpeaks(acting)
    const axis = axisOf(request.params.axis, false)
    const { parts, owed } = await readOwed(request)
    const speaks = parts.judging === 'panel' || (axis === 'effect' && parts.judging !== undefined) || parts.owner
    if (!speaks) return ledBack(request, reply)
    const move = typedMove(axis, request.body ?? {})
    const { problem } = await tried(makeMove(acting, number, addressee, move))
    if (problem) return showMove(request, reply, false, problem)
    const asksToReopen = axis === 'effect' && move.to === 'no-change' && owed.status === 'closed'
    const notice = asksToReopen ? 'Recorded. Whoever closed it is asked whether it is opened again.' : 'Recorded.'
    return web.redirect(reply, pathOf(request), notice)
  })
}

/** What is done, by the id of the addressee whose answer it serves, as far as the acting person may see it. */
async function actionsFor(
  tx: Tx,
  acting: Acting,
  addressees: readonly Addressee[],
): Promise<ReadonlyMap<string, readonly ServingAction[]>> {
  if (!may(acting, 'read', 'action')) return new Map()
  const serving = await actionsServing(tx, { addresseeIds: addressees.map(owed => owed.addresseeId) })
  const incidentIds = [...new Set(serving.flatMap(({ action }) => action.place?.incidentId ?? []))]
  if (serving.length > 0) {
    await noteRead(tx, { subject: 'action', purpose: 'see actions beside a recommendation', incidentIds })
  }
  return Map.groupBy(serving, ({ servedId }) => servedId)
}

/** @throws ServiceError 'not-found' */
function axisOf(asked: string, isEntered: boolean): Axis {
  if (!Object.hasOwn(axes, asked) || (isEntered && asked === 'effect')) {
    throw new ServiceError('not-found', 'There is no such page.')
  }
  return asked as Axis
}

function typedIn(body: Posted | undefined): Record<string, string> {
  return Object.fromEntries(Object.keys(body ?? {}).map(name => [name, textIn(body, name)]))
}

function typedText(body: Posted): RecommendationText {
  return {
    text: textIn(body, 'text'),
    finding: textIn(body, 'finding'),
    paragraph: textIn(body, 'paragraph').slice(0, 40),
    themes: listIn(body, 'themes'),
    level: optionIn(body, 'level', levels) ?? 'local',
    intendedChange: textIn(body, 'intendedChange'),
    measure: textIn(body, 'measure'),
    priority: optionIn(body, 'priority', priorities) ?? null,
    priorityReason: textIn(body, 'priorityReason'),
  }
}

async function chosenIn(
  acting: Acting,
  incidentId: string | undefined,
  body: Posted,
): Promise<SourceParagraph | undefined> {
  const key = textIn(body, 'answersParagraph')
  if (!incidentId || !key) return undefined
  return acting.transaction(async tx => (await sourceParagraphs(tx, incidentId)).find(one => one.key === key))
}

/** Null where none was chosen. @throws ServiceError 'invalid' at the field */
async function keptFile(files: FileStore, body: Posted): Promise<KeptFile | null> {
  const upload = fileIn(body, 'file')
  if (!upload?.name) return null
  try {
    const { extraction, hash, sizeBytes } = await readUpload(files, upload)
    return { name: upload.name.slice(0, 200), kind: extraction.kind, hash, sizeBytes }
  } catch (error) {
    if (!(error instanceof UploadProblem)) throw error
    throw invalidAt('file', error.message, error)
  }
}
