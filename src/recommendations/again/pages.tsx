import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay } from '../../platform/acting.ts'
import type { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { frameOfForm, idsIn, textIn, tried, type Posted, type Query, type Web } from '../../platform/web/index.ts'
import { answerQuestion, noSuchQuestion } from './answer-question.ts'
import { causesOf, latestQuestions, readQuestion } from './question-store.ts'
import { QuestionPage, QuestionsPage, questionPath } from './views/question-page.tsx'

interface OfQuestion {
  Querystring: Query
  Body: Posted | undefined
}

/** "This theme has come up again: did it work?" */
export function registerQuestionPages(web: Web): void {
  const { app } = web

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
      return { question, causes }
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
}
