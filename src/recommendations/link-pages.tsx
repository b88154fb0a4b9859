import type { FastifyReply, FastifyRequest } from 'fastify'
import { may } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { linksTo } from '../platform/links/index.ts'
import type { SenderSettings } from '../platform/mail/index.ts'
import { frameOfForm, Panel, textIn, tried, type OpenedLink, type Posted, type Web } from '../platform/web/index.ts'
import { commentByLink, readLinked, replyByLink, type TypedAnswer } from './answer-by-link.ts'
import { endAddresseeLink, linkPurposeFor, makeAddresseeLink } from './link-for-addressee.ts'
import { linkMailer, wordsWith } from './mail-link.ts'
import { knownAddressee } from './make-move.ts'
import { CommentByLinkPage, ReplyByLinkPage } from './views/link-page.tsx'
import { LinksPage, type LinksPageProps } from './views/links-page.tsx'

interface OfAddressee {
  Params: { number: string; addressee: string }
  Body: Posted | undefined
}

/** For addressees without an account: the links that are made for them, and the pages these open. */
export function registerRecommendationLinkPages(web: Web, settings: SenderSettings): void {
  const { app } = web
  const mailLink = linkMailer(settings)

  async function showLinks(
    request: FastifyRequest<OfAddressee>,
    reply: FastifyReply,
    { problem, made }: { problem?: ServiceError | undefined; made?: LinksPageProps['made'] } = {},
  ): Promise<FastifyReply> {
    const { number, addressee } = request.params
    const shown = await readLinks(request)
    if (!shown) return ledBack(request, reply)
    const { status, errors } = frameOfForm(problem)
    const { body } = request
    return web.page(request, reply, {
      status,
      title: 'Links for an addressee without an account',
      back: shown.recommendation.issuedAt
        ? { href: `/desk/recommendations/${number}/to/${addressee}`, text: shown.owed.bodyName }
        : { href: `/desk/recommendations/${number}`, text: number },
      errors,
      children: (
        <LinksPage
          {...{ request, errors, made }}
          {...linksOf(shown)}
          typed={
            problem
              ? { holder: textIn(body, 'holder'), mailAddress: textIn(body, 'mailAddress') }
              : { holder: '', mailAddress: '' }
          }
        />
      ),
    })
  }
  /** Undefined where the acting person makes no link for this addressee. */
  async function readLinks(request: FastifyRequest<OfAddressee>) {
    const acting = web.acting(request)
    const { number, addressee } = request.params
    return acting.transaction(async tx => {
      const known = await knownAddressee(tx, number, addressee)
      const purpose = await linkPurposeFor(tx, acting, known)
      return purpose && { ...known, purpose, links: await linksTo(tx, purpose, addressee), now: contextOf(tx).now }
    })
  }
  function linksOf({ recommendation, owed, purpose, links, now }: NonNullable<Awaited<ReturnType<typeof readLinks>>>) {
    const { number } = recommendation
    return {
      path: `/desk/recommendations/${number}/to/${owed.addresseeId}/links`,
      caption: `${number}, ${owed.bodyName}`,
      heading: purpose === 'reply' ? 'Links to reply' : 'Links to comment on the draft',
      opens: `Whoever has the link reads this ${purpose === 'reply' ? 'recommendation, and replies' : 'draft, and comments on it'} for ${owed.bodyName}. It opens nothing else.`,
      words: wordsWith(purpose, '(the link)', settings.ring),
      links,
      now,
    }
  }
  const ledBack = (request: FastifyRequest<OfAddressee>, reply: FastifyReply) =>
    web.redirect(reply, `/desk/recommendations/${request.params.number}`, 'No link can be made for this addressee now.')
  /** Of what others wrote nobody learns here whether there is such an addressee. */
  const ensureMakesLinks = (request: FastifyRequest<OfAddressee>) => {
    const acting = web.acting(request)
    const makes =
      may(acting, 'write', 'recommendation') ||
      may(acting, 'write', 'recommendation-draft') ||
      may(acting, 'write', 'national-recommendation-draft')
    if (!makes) throw new ServiceError('not-allowed', 'You cannot make links for addressees.')
  }

  app.get<OfAddressee>('/desk/recommendations/:number/to/:addressee/links', (request, reply) => {
    ensureMakesLinks(request)
    return showLinks(request, reply)
  })

  app.post<OfAddressee>('/desk/recommendations/:number/to/:addressee/links', async (request, reply) => {
    ensureMakesLinks(request)
    if (!(await readLinks(request))) return ledBack(request, reply)
    const { body } = request
    const { number, addressee } = request.params
    const to = { holder: textIn(body, 'holder').slice(0, 200), mailAddress: textIn(body, 'mailAddress') }
    const { done, problem } = await tried(
      makeAddresseeLink(web.acting(request), number, addressee, to, settings.publicUrl),
    )
    if (!done) return showLinks(request, reply, { problem })
    const notMailed = await mailLink(to.mailAddress, done)
    if (to.mailAddress && !notMailed) {
      return web.redirect(reply, `/desk/recommendations/${number}/to/${addressee}/links`, 'The link is mailed.')
    }
    return showLinks(request, reply, { made: { holder: to.holder, address: done.address, notMailed } })
  })

  app.post<{ Params: OfAddressee['Params'] & { link: string }; Body: Posted | undefined }>(
    '/desk/recommendations/:number/to/:addressee/links/:link/end',
    async (request, reply) => {
      ensureMakesLinks(request)
      const { number, addressee, link } = request.params
      const shown = await readLinks(request)
      if (!shown?.links.some(({ id }) => id === link)) return ledBack(request, reply)
      await endAddresseeLink(web.acting(request), number, addressee, link)
      return web.redirect(reply, `/desk/recommendations/${number}/to/${addressee}/links`, 'The link is ended.')
    },
  )

  async function showReply(
    link: OpenedLink,
    request: FastifyRequest,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const shown = await link.transaction(tx => readLinked(tx, link))
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Reply to a recommendation',
      errors,
      children: (
        <ReplyByLinkPage
          {...{ link, errors }}
          {...shown}
          typed={answerIn((request.body as Posted | undefined) ?? {})}
          isOvertaken={problem?.kind === 'conflict'}
        />
      ),
    })
  }

  web.linkPage('reply', 'GET', '', (link, request, reply) => showReply(link, request, reply))
  web.linkPage('reply', 'POST', '', async (link, request, reply) => {
    const { problem } = await tried(replyByLink(link, answerIn((request.body as Posted | undefined) ?? {})))
    if (problem) return showReply(link, request, reply, problem)
    return showThanks(request, reply, 'Your reply is recorded. A person reads it before it is published')
  })

  async function showComment(
    link: OpenedLink,
    request: FastifyRequest,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const { recommendation, owed } = await link.transaction(tx => readLinked(tx, link))
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Comment on a draft recommendation',
      errors,
      children: (
        <CommentByLinkPage
          {...{ link, recommendation, owed, errors }}
          words={textIn((request.body as Posted | undefined) ?? {}, 'words')}
        />
      ),
    })
  }

  web.linkPage('draft-comment', 'GET', '', (link, request, reply) => showComment(link, request, reply))
  web.linkPage('draft-comment', 'POST', '', async (link, request, reply) => {
    const { problem } = await tried(commentByLink(link, textIn((request.body as Posted | undefined) ?? {}, 'words')))
    if (problem) return showComment(link, request, reply, problem)
    return showThanks(request, reply, 'Your comment is there')
  })

  function showThanks(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
    return web.page(request, reply, {
      title: 'Thank you',
      children: (
        <>
          <Panel titleText="Thank you" text={text} />
          <p class="govuk-body">You have nothing more to do. With the same link you can add to it.</p>
        </>
      ),
    })
  }
}

function answerIn(body: Posted): TypedAnswer {
  const text = (name: string) => textIn(body, name)
  return {
    fromReply: text('fromReply'),
    fromDelivery: text('fromDelivery'),
    reply: text('reply'),
    delivery: text('delivery'),
    words: text('words'),
    replacement: text('replacement'),
    evidenceKind: text('evidenceKind'),
    evidence: text('evidence'),
  }
}
