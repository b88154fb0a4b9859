import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import type { FileStore } from '../platform/files/index.ts'
import { chosenList, chosenOption } from '../platform/lists/index.ts'
import {
  countIn,
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
import { checkText, registerIdentifyingCheck } from '../documents/index.ts'
import { readIncident } from '../notifications/index.ts'
import { themes } from '../reference-data/index.ts'
import { actionsBeside } from './actions/actions-beside.ts'
import { reconsideredOf } from './again/reconsidered-store.ts'
import { registerAddresseePages, typedIn } from './addressee-pages.tsx'
import { draftingHints } from './drafting-hints.ts'
import { recommendationToCheck } from './recognised.ts'
import { listOwed, owedSorts, type OwedFilter } from './list-recommendations.ts'
import { deliveriesTold, effects, replies } from './moves.ts'
import { publishNational } from './progress/publish-recommendations.ts'
import { bases, levels, priorities, sources, type RecommendationText } from './recommendation.ts'
import type { EarlierRecommendations } from './similar/earlier.ts'
import { sourceParagraphs, withParagraph, type SourceParagraph } from './source-paragraphs.ts'
import { addresseesOf, commentsOf, nationalDrafts, possibleAddressees, recommendationsOfIncident } from './store.ts'
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
        actions: await actionsBeside(tx, acting, addressees),
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

  registerAddresseePages(web, { files })
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
