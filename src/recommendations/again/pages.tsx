import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../../platform/acting.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import {
  frameOfForm,
  idsIn,
  Panel,
  textIn,
  tried,
  type OpenedLink,
  type Posted,
  type Query,
  type Web,
} from '../../platform/web/index.ts'
import { contextOf } from '../../platform/database/index.ts'
import type { SenderSettings } from '../../platform/mail/index.ts'
import { linksTo } from '../../platform/links/index.ts'
import { linkMailer, wordsWith } from '../mail-link.ts'
import { LinksPage, type LinksPageProps } from '../views/links-page.tsx'
import { answerQuestion, answerQuestionByLink, noSuchQuestion } from './answer-question.ts'
import { askableByLink, endQuestionLink, makeQuestionLink } from './question-links.ts'
import { draftSubjectOf, knownRecommendation } from '../write-recommendation.ts'
import { causesOf, latestQuestions, questionsAbout, readQuestion } from './question-store.ts'
import { reconsider } from './reconsider.ts'
import { ReconsiderPage } from './views/reconsider-page.tsx'
import {
  QuestionByLinkPage,
  QuestionPage,
  QuestionsPage,
  questionLinksPath,
  questionPath,
} from './views/question-page.tsx'

interface OfQuestion {
  Querystring: Query
  Body: Posted | undefined
}

interface OfNumber {
  Params: { number: string }
  Querystring: Query
  Body: Posted | undefined
}

/** "This theme has come up again: did it work?" */
export function registerQuestionPages(web: Web, settings: SenderSettings): void {
  const { app } = web
  const mailLink = linkMailer(settings)

  async function showOne(
    request: FastifyRequest<OfQuestion>,
    reply: FastifyReply,
    questionId: string,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx => {
      const question = await readQuestion(tx, questionId)
      if (!question) throw noSuchQuestion()
      const causes = await causesOf(tx, questionId)
      await noteRead(tx, {
        subject: 'incident',
        purpose: 'see why it is asked whether a recommendation worked',
        incidentIds: causes.map(cause => cause.incidentId),
      })
      const byLink = (await askableByLink(tx, acting, questionId)) !== undefined
      return { question, causes, byLink }
    })
    const { status, errors } = frameOfForm(problem)
    const { body } = request
    return web.page(request, reply, {
      status,
      title: 'Did it work?',
      back: { href: '/did-it-work', text: 'Themes that came up again' },
      errors,
      children: (
        <QuestionPage
          {...{ request, errors }}
          {...shown}
          mayReopen={
            shown.question.status === 'closed' &&
            may(acting, 'send', shown.question.isNational ? 'national-recommendation-draft' : 'recommendation-draft')
          }
          mayAnswer={shown.question.answer === null && shown.question.bodyCode === acting.bodyCode}
          typed={{ answer: textIn(body, 'answer'), words: textIn(body, 'words') }}
        />
      ),
    })
  }

  app.get<OfQuestion>('/did-it-work', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'theme-question')
    const [questionId] = idsIn(request.query, 'question')
    if (questionId) return showOne(request, reply, questionId)
    const questions = await acting.transaction(latestQuestions)
    return web.page(request, reply, {
      title: 'Themes that came up again',
      wide: true,
      children: <QuestionsPage questions={questions} />,
    })
  })

  app.post<OfQuestion>('/did-it-work', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'reply', 'theme-question')
    const { body } = request
    const [questionId] = idsIn(body, 'question')
    if (!questionId) return web.redirect(reply, '/did-it-work')
    const typed = { answer: textIn(body, 'answer'), words: textIn(body, 'words') }
    const { problem } = await tried(answerQuestion(acting, questionId, typed))
    if (problem) return showOne(request, reply, questionId, problem)
    return web.redirect(reply, questionPath(questionId), 'Your answer is kept.')
  })

  async function showReconsidering(
    request: FastifyRequest<OfNumber>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    const { number } = request.params
    const path = `/desk/recommendations/${number}`
    const { found, questions } = await acting.transaction(async tx => {
      const found = await knownRecommendation(tx, number)
      ensureMay(acting, 'send', draftSubjectOf(found))
      return { found, questions: await questionsAbout(tx, found.recommendationId) }
    })
    if (found.status !== 'closed') return web.redirect(reply, path, `${number} is not closed.`)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Is it opened again?',
      back: { href: path, text: number },
      errors,
      children: <ReconsiderPage {...{ request, found, questions, errors }} typed={typedIn(request.body ?? {})} />,
    })
  }
  const typedIn = (body: Posted) => ({
    decision: textIn(body, 'decision'),
    because: textIn(body, 'because'),
    reason: textIn(body, 'reason'),
  })

  app.get<OfNumber>('/desk/recommendations/:number/reopen', (request, reply) => showReconsidering(request, reply))
  app.post<OfNumber>('/desk/recommendations/:number/reopen', async (request, reply) => {
    const { number } = request.params
    const { problem, done } = await tried(reconsider(web.acting(request), number, typedIn(request.body ?? {})))
    if (problem) return showReconsidering(request, reply, problem)
    const notice = done === 'reopened' ? 'It is open again.' : 'It stays closed. Your reason is kept.'
    return web.redirect(reply, `/desk/recommendations/${number}`, notice)
  })

  async function showLinks(
    request: FastifyRequest<OfQuestion>,
    reply: FastifyReply,
    questionId: string,
    { problem, made }: { problem?: ServiceError | undefined; made?: LinksPageProps['made'] } = {},
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx => {
      const asked = await askableByLink(tx, acting, questionId)
      return asked && { ...asked, links: await linksTo(tx, 'did-it-work', questionId), now: contextOf(tx).now }
    })
    if (!shown) return web.redirect(reply, questionPath(questionId), 'It is answered, or is not yours to ask by link.')
    const { question, links, now } = shown
    const { status, errors } = frameOfForm(problem)
    const body = request.body ?? {}
    return web.page(request, reply, {
      status,
      title: 'Ask by link whether it worked',
      back: { href: questionPath(questionId), text: 'Did it work?' },
      errors,
      children: (
        <LinksPage
          {...{ request, links, now, made, errors }}
          path={questionLinksPath(questionId)}
          caption={`${question.number}, ${question.bodyName}`}
          heading="Ask by link whether it worked"
          opens={`Whoever has the link reads what was recommended and which theme has come up again, and answers once for ${question.bodyName}. It opens nothing else, and says nothing of what happened.`}
          words={wordsWith('did-it-work', '(the link)', settings.ring)}
          typed={problem ? receiverIn(body) : { holder: '', mailAddress: '' }}
        />
      ),
    })
  }
  const receiverIn = (body: Posted) => ({
    holder: textIn(body, 'holder').slice(0, 200),
    mailAddress: textIn(body, 'mailAddress'),
  })

  app.get<OfQuestion>('/did-it-work/links', async (request, reply) => {
    ensureMay(web.acting(request), 'write', 'recommendation')
    const [questionId] = idsIn(request.query, 'question')
    return questionId ? showLinks(request, reply, questionId) : web.redirect(reply, '/did-it-work')
  })
  app.post<OfQuestion>('/did-it-work/links', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'recommendation')
    const body = request.body ?? {}
    const [questionId] = idsIn(request.query, 'question')
    if (!questionId) return web.redirect(reply, '/did-it-work')
    const to = receiverIn(body)
    const { done, problem } = await tried(makeQuestionLink(acting, questionId, to, settings.publicUrl))
    if (!done) return showLinks(request, reply, questionId, { problem })
    const notMailed = await mailLink(to.mailAddress, done)
    if (to.mailAddress && !notMailed) return web.redirect(reply, questionLinksPath(questionId), 'The link is mailed.')
    return showLinks(request, reply, questionId, { made: { holder: to.holder, address: done.address, notMailed } })
  })
  app.post<OfQuestion & { Params: { link: string } }>('/did-it-work/links/:link/end', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'recommendation')
    const [questionId] = idsIn(request.query, 'question')
    if (!questionId) return web.redirect(reply, '/did-it-work')
    await endQuestionLink(acting, questionId, request.params.link)
    return web.redirect(reply, questionLinksPath(questionId), 'The link is ended.')
  })

  async function showAsked(
    link: OpenedLink,
    request: FastifyRequest,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const question = await link.transaction(tx => readQuestion(tx, link.objectId))
    if (!question) throw noSuchQuestion()
    const { status, errors } = frameOfForm(problem)
    const body = (request.body as Posted | undefined) ?? {}
    return web.page(request, reply, {
      status,
      title: 'Did it work?',
      errors,
      children: <QuestionByLinkPage {...{ link, question, errors }} typed={answerIn(body)} />,
    })
  }
  const answerIn = (body: Posted) => ({ answer: textIn(body, 'answer'), words: textIn(body, 'words') })

  web.linkPage('did-it-work', 'GET', '', (link, request, reply) => showAsked(link, request, reply))
  web.linkPage('did-it-work', 'POST', '', async (link, request, reply) => {
    const body = (request.body as Posted | undefined) ?? {}
    const { problem } = await tried(answerQuestionByLink(link, answerIn(body)))
    if (problem) return showAsked(link, request, reply, problem)
    return web.page(request, reply, {
      title: 'Thank you',
      children: (
        <>
          <Panel titleText="Thank you" text="Your answer is kept" />
          <p class="govuk-body">You have nothing more to do. Whoever asked you reads what you wrote.</p>
        </>
      ),
    })
  })
}
