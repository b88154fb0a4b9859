import type { FastifyReply } from 'fastify'
import { registerIdentifyingCheck } from '../../documents/index.ts'
import { ensureMay } from '../../platform/acting.ts'
import { ServiceError } from '../../platform/errors.ts'
import { frameOfForm, textIn, tried, type Posted, type Web } from '../../platform/web/index.ts'
import { addQuote, memberOf, noteCopy, noteUse, quoteToCheck } from './change-family.ts'
import { copyWords, familyPath, stepsOfCopy } from './family-page.tsx'
import { answerIn, copyForm, quoteForm, useForm } from './forms.ts'
import { readFamily } from './store.ts'
import { filesWith, findQuote, withdrawWords, type Decided, type FindPublishedFiles } from './withdraw-words.ts'
import { WithdrawalPage } from './withdrawal-page.tsx'
import { backOf, base, openRecord, type FamilyRoute, type Request } from './open-record.ts'
import { FormOf } from './form-of.tsx'

interface Params {
  incidentId: string
}
/** Words they let us use: kept, used, copied, taken back. */
export function registerQuotePages(web: Web, publishedFilesWith: FindPublishedFiles): void {
  async function showQuote(request: Request, reply: FastifyReply, problem?: ServiceError) {
    const { incidentId } = request.params
    const memberId = request.query.member
    const { record } = await openRecord(web.acting(request), incidentId, 'keep words to quote', async () => undefined)
    if (!memberId) return web.redirect(reply, familyPath(incidentId))
    const member = memberOf(record, memberId)
    return web.page(request, reply, {
      ...frameOfForm(problem),
      title: quoteForm.title,
      back: backOf(incidentId),
      children: (
        <>
          <span class="govuk-caption-l">{answerIn(member.answers, 'name')}</span>
          <FormOf {...{ request, problem }} form={quoteForm} button="Keep the words" />
        </>
      ),
    })
  }
  web.app.get<FamilyRoute>(`${base}/quotes`, (request, reply) => showQuote(request, reply))
  web.app.post<FamilyRoute>(`${base}/quotes`, async (request, reply) => {
    const { incidentId } = request.params
    const { done, problem } = await tried(
      addQuote(web.acting(request), incidentId, {
        memberId: request.query.member ?? '',
        posted: request.body ?? {},
      }),
    )
    if (problem) return showQuote(request, reply, problem)
    return web.redirect(
      reply,
      `${familyPath(incidentId)}/quotes/recognised?quote=${done}`,
      'The words are kept. Look who could be recognised by them.',
    )
  })

  registerIdentifyingCheck<Params>(web, {
    path: `${base}/quotes/recognised`,
    subject: 'family-contact',
    read: async (tx, { incidentId }, { acting, query }) => {
      ensureMay(acting, 'read', 'family-contact')
      const record = await readFamily(tx, acting, incidentId)
      const quote = record.quotes.find(({ id }) => id === query['quote'])
      if (!quote) throw new ServiceError('not-found', 'There are no such words in this record.')
      return quoteToCheck(tx, record, quote)
    },
  })

  async function showUse(request: Request, reply: FastifyReply, problem?: ServiceError) {
    const { incidentId } = request.params
    const { record } = await openRecord(web.acting(request), incidentId, 'note the use of words', async () => undefined)
    const quote = record.quotes.find(({ id }) => id === request.query.quote)
    if (!quote) return web.redirect(reply, familyPath(incidentId))
    return web.page(request, reply, {
      ...frameOfForm(problem),
      title: useForm.title,
      back: backOf(incidentId),
      children: <FormOf {...{ request, problem }} form={useForm} />,
    })
  }
  web.app.get<FamilyRoute>(`${base}/quotes/use`, (request, reply) => showUse(request, reply))
  web.app.post<FamilyRoute>(`${base}/quotes/use`, async (request, reply) => {
    const { incidentId } = request.params
    const { problem } = await tried(
      noteUse(web.acting(request), incidentId, { quoteId: request.query.quote ?? '', posted: request.body ?? {} }),
    )
    if (problem) return showUse(request, reply, problem)
    return web.redirect(reply, familyPath(incidentId), 'Written down.')
  })

  async function showCopy(request: Request, reply: FastifyReply, problem?: ServiceError) {
    const { incidentId } = request.params
    const { record } = await openRecord(web.acting(request), incidentId, 'note a copy', async () => undefined)
    const use = record.quotes.flatMap(({ uses }) => uses).find(({ id }) => id === request.query.use)
    if (!use) return web.redirect(reply, familyPath(incidentId))
    return web.page(request, reply, {
      ...frameOfForm(problem),
      title: copyForm.title,
      back: backOf(incidentId),
      children: (
        <>
          <span class="govuk-caption-l">{copyWords(use.answers)}</span>
          {stepsOfCopy(record, use.id).map(told => (
            <p class="govuk-body">{told}.</p>
          ))}
          <FormOf {...{ request, problem }} form={copyForm} />
        </>
      ),
    })
  }
  web.app.get<FamilyRoute>(`${base}/quotes/copy`, (request, reply) => showCopy(request, reply))
  web.app.post<FamilyRoute>(`${base}/quotes/copy`, async (request, reply) => {
    const { incidentId } = request.params
    const noted = { useId: request.query.use ?? '', posted: request.body ?? {} }
    const { problem } = await tried(noteCopy(web.acting(request), incidentId, noted))
    if (problem) return showCopy(request, reply, problem)
    return web.redirect(reply, familyPath(incidentId), 'Written down.')
  })

  async function showWithdrawal(request: Request, reply: FastifyReply, problem?: ServiceError) {
    const { incidentId } = request.params
    const { record, more } = await openRecord(web.acting(request), incidentId, 'withdraw words', async (record, tx) => {
      const quote = record.quotes.find(({ id }) => id === request.query.quote)
      return quote?.words === undefined
        ? undefined
        : {
            quote,
            words: quote.words,
            files: await filesWith(tx, { ...record, words: quote.words }, publishedFilesWith),
            found: await findQuote(tx, quote.id),
          }
    })
    if (!more) return web.redirect(reply, familyPath(incidentId))
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      errors,
      title: 'They withdraw these words',
      back: backOf(incidentId),
      children: <WithdrawalPage {...{ request, record, errors }} {...more} typed={decidedIn(request.body)} />,
    })
  }
  web.app.get<FamilyRoute>(`${base}/quotes/withdraw`, (request, reply) => showWithdrawal(request, reply))
  web.app.post<FamilyRoute>(`${base}/quotes/withdraw`, async (request, reply) => {
    const { incidentId } = request.params
    const asked = { quoteId: request.query.quote ?? '', decided: decidedIn(request.body) }
    const { problem } = await tried(withdrawWords(web.acting(request), incidentId, asked, publishedFilesWith))
    if (problem) return showWithdrawal(request, reply, problem)
    return web.redirect(reply, familyPath(incidentId), 'The words are withdrawn.')
  })
}

function decidedIn(body: Posted | undefined): Decided {
  const said = Object.keys(body ?? {}).flatMap(key => {
    const value = textIn(body ?? {}, key)
    return value === 'theirs' || value === 'others' ? [[key, value] as const] : []
  })
  return Object.fromEntries(said)
}
