import type { FastifyReply, FastifyRequest } from 'fastify'
import { registerIdentifyingCheck } from '../../documents/index.ts'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { formatDate, formatMoment, londonDate, type CivilDate } from '../../platform/dates.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { QuestionFields, stepAt, type Answers, type Questionnaire } from '../../platform/questionnaire/index.ts'
import {
  Button,
  countIn,
  datePartsIn,
  dayIn,
  DayInput,
  Details,
  errorAt,
  FormToken,
  frameOfForm,
  Input,
  InsetText,
  Radios,
  Select,
  SummaryList,
  Textarea,
  textIn,
  tried,
  type PageProps,
  type Posted,
  type Web,
} from '../../platform/web/index.ts'
import { versionsOf } from '../drafting/store.ts'
import {
  addEntry,
  addQuote,
  changeLead,
  memberOf,
  noteCopy,
  noteMessage,
  noteUse,
  quoteToCheck,
  savePerson,
  whyNoMessage,
} from './change-family.ts'
import { copyWords, FamilyPage, familyPath, stepsOfCopy } from './family-page.tsx'
import { answerIn, copyForm, entryForms, memberForm, quoteForm, useForm, type EntryKind } from './forms.ts'
import { enterHold, heldReviews, liftHold, type LegalHold } from './legal-hold.ts'
import { messages } from './messages.ts'
import { closeDraftsOnline, closingReasons, openDraftOnline, type ClosingReason } from './online-draft.ts'
import { peopleToLead, readFamily, readOpenDraft, type FamilyRecord } from './store.ts'
import { filesWith, findQuote, withdrawWords, type Decided, type FindPublishedFiles } from './withdraw-words.ts'
import { WithdrawalPage } from './withdrawal-page.tsx'

interface FamilyRoute {
  Params: { incidentId: string }
  Querystring: { member?: string; quote?: string; use?: string }
  Body: Posted
}
interface EntryRoute extends FamilyRoute {
  Params: { incidentId: string; kind: string }
}
type Request = FastifyRequest<FamilyRoute>

/** The record of contact with the family of a local review, what they read, and the words they let us use. */
export function registerFamilyPages(
  web: Web,
  { publicUrl, publishedFilesWith }: { publicUrl: string; publishedFilesWith: FindPublishedFiles },
): void {
  registerRecord(web)
  registerForms(web)
  registerQuotes(web, publishedFilesWith)
  registerDrafts(web, publicUrl)
  registerHolds(web)
}

const base = '/incidents/:incidentId/family'

function backOf(incidentId: string) {
  return { href: familyPath(incidentId), text: 'The family' }
}

async function openRecord<T>(
  acting: Acting,
  incidentId: string,
  purpose: string,
  more: (record: FamilyRecord, tx: Parameters<Parameters<Acting['transaction']>[0]>[0]) => Promise<T>,
): Promise<{ record: FamilyRecord; more: T }> {
  ensureMay(acting, 'read', 'family-contact')
  return acting.transaction(async tx => {
    const record = await readFamily(tx, acting, incidentId)
    await noteRead(tx, { subject: 'family-contact', purpose, incidentIds: [incidentId] })
    return { record, more: await more(record, tx) }
  })
}

function registerRecord(web: Web): void {
  web.app.get<FamilyRoute>(base, async (request, reply) => {
    const { incidentId } = request.params
    const { record, more: today } = await openRecord(
      web.acting(request),
      incidentId,
      'read the record of contact with the family',
      async (_, tx) => contextOf(tx).today,
    )
    return web.page(request, reply, {
      title: 'The family',
      back: { href: `/incidents/${incidentId}`, text: 'Incident' },
      children: <FamilyPage {...{ request, record, today }} />,
    })
  })

  async function showLead(request: Request, reply: FastifyReply, problem?: ServiceError) {
    const acting = web.acting(request)
    const { incidentId } = request.params
    const { record, more: people } = await openRecord(acting, incidentId, 'name who leads contact', (record, tx) =>
      peopleToLead(tx, record),
    )
    const { status, errors } = frameOfForm(problem)
    const others = people.filter(({ id }) => id !== acting.personId)
    return web.page(request, reply, {
      status,
      errors,
      title: 'Who leads contact with the family',
      back: backOf(incidentId),
      children: (
        <>
          <span class="govuk-caption-l">{record.reference}, local review</span>
          <h1 class="govuk-heading-l">Who leads contact with the family</h1>
          <p class="govuk-body">One named person, from today on. Who led before is kept with the days.</p>
          <form method="post" novalidate>
            <FormToken visitor={request.visitor} />
            <Select
              name="accountId"
              label={{ text: 'Somebody of the group of this review' }}
              hint={{ text: 'This record opens to them while they lead.' }}
              errorMessage={errorAt(errors, 'accountId')}
              value={textIn(request.body, 'accountId')}
              items={[
                { value: '', text: 'Nobody of them' },
                { value: acting.personId, text: `${acting.name} (you)` },
                ...others.map(({ id, name }) => ({ value: id, text: name })),
              ]}
            />
            <Input
              name="name"
              label={{ text: 'Or somebody without an account here' }}
              errorMessage={errorAt(errors, 'name')}
              value={textIn(request.body, 'name')}
            />
            <Button text="Save" preventDoubleClick />
          </form>
        </>
      ),
    })
  }
  web.app.get<FamilyRoute>(`${base}/lead`, (request, reply) => showLead(request, reply))
  web.app.post<FamilyRoute>(`${base}/lead`, async (request, reply) => {
    const { incidentId } = request.params
    const { body } = request
    const { problem } = await tried(
      changeLead(web.acting(request), incidentId, { accountId: textIn(body, 'accountId'), name: textIn(body, 'name') }),
    )
    if (problem) return showLead(request, reply, problem)
    return web.redirect(reply, familyPath(incidentId), 'Saved. They lead contact with the family from today on.')
  })
}

/** A form of one page, with what was typed where it comes back. */
function FormOf({
  request,
  form,
  answers = {},
  problem,
  revision,
  button = 'Save',
}: {
  request: FastifyRequest
  form: Questionnaire
  answers?: Answers
  problem: ServiceError | undefined
  revision?: number
  button?: string
}) {
  const step = stepAt(form, answers, form.pages[0]!.id)!
  const typed = problem && (request.body as Record<string, string>)
  return (
    <form method="post" novalidate>
      <FormToken visitor={request.visitor} />
      {revision !== undefined && <input type="hidden" name="revision" value={revision} />}
      <QuestionFields
        questionnaire={form}
        step={step}
        answers={answers}
        typed={typed}
        errors={frameOfForm(problem).errors}
        lookups={{}}
        whoSees={() => [
          'Partnership business manager',
          'Reviewer of this local review',
          'Who leads contact with the family',
        ]}
      />
      <Button text={button} preventDoubleClick />
    </form>
  )
}

function registerForms(web: Web): void {
  async function show(
    request: Request,
    reply: FastifyReply,
    problem: ServiceError | undefined,
    page: (record: FamilyRecord) => { title: string; children: PageProps['children'] },
  ) {
    const { incidentId } = request.params
    const { more } = await openRecord(web.acting(request), incidentId, 'write the record of the family', async record =>
      page(record),
    )
    return web.page(request, reply, { ...frameOfForm(problem), back: backOf(incidentId), ...more })
  }

  const showMember = (request: Request, reply: FastifyReply, problem?: ServiceError) =>
    show(request, reply, problem, record => {
      const member = request.query.member ? memberOf(record, request.query.member) : undefined
      return {
        title: memberForm.title,
        children: (
          <FormOf
            {...{ request, problem }}
            form={memberForm}
            answers={member?.answers ?? {}}
            revision={member?.revision ?? 0}
          />
        ),
      }
    })
  web.app.get<FamilyRoute>(`${base}/people`, (request, reply) => showMember(request, reply))
  web.app.post<FamilyRoute>(`${base}/people`, async (request, reply) => {
    const posted = request.body ?? {}
    const { problem } = await tried(
      savePerson(web.acting(request), request.params.incidentId, {
        memberId: request.query.member,
        seenRevision: countIn(posted, 'revision'),
        posted,
      }),
    )
    if (problem) return showMember(request, reply, problem)
    return web.redirect(reply, familyPath(request.params.incidentId), 'Saved.')
  })

  const kindOf = ({ kind }: { kind: string }): EntryKind => {
    if (Object.hasOwn(entryForms, kind)) return kind as EntryKind
    throw new ServiceError('not-found', 'There is no such form.')
  }
  const showEntry = (request: FastifyRequest<EntryRoute>, reply: FastifyReply, problem?: ServiceError) =>
    show(request, reply, problem, record => {
      const form: Questionnaire = entryForms[kindOf(request.params)]
      const member = request.query.member ? memberOf(record, request.query.member) : undefined
      return {
        title: form.title,
        children: (
          <>
            {member && <span class="govuk-caption-l">{answerIn(member.answers, 'name')}</span>}
            <FormOf {...{ request, form, problem }} />
          </>
        ),
      }
    })
  web.app.get<EntryRoute>(`${base}/add/:kind`, (request, reply) => showEntry(request, reply))
  web.app.post<EntryRoute>(`${base}/add/:kind`, async (request, reply) => {
    const { incidentId } = request.params
    const { problem } = await tried(
      addEntry(web.acting(request), incidentId, {
        kind: kindOf(request.params),
        memberId: request.query.member,
        posted: request.body ?? {},
      }),
    )
    if (problem) return showEntry(request, reply, problem)
    return web.redirect(reply, familyPath(incidentId), 'Saved.')
  })

  async function showMessage(request: Request, reply: FastifyReply, problem?: ServiceError) {
    const { incidentId } = request.params
    const { record, more: today } = await openRecord(
      web.acting(request),
      incidentId,
      'send a message to the family',
      async (_, tx) => contextOf(tx).today,
    )
    const memberId = request.query.member
    if (!memberId) return web.redirect(reply, familyPath(incidentId))
    const member = memberOf(record, memberId)
    const held = whyNoMessage(member, record, today)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      errors,
      title: 'Send a message',
      back: backOf(incidentId),
      children: (
        <>
          <span class="govuk-caption-l">{answerIn(member.answers, 'name')}</span>
          <h1 class="govuk-heading-l">Send a message</h1>
          {held ? (
            <InsetText>
              No message is sent today. {held.text}
              {held.nextDay && ' Come back then, or telephone if it cannot wait.'}
            </InsetText>
          ) : (
            <>
              <p class="govuk-body">
                Send it yourself, in the way that was agreed, and write here that you did. It says nothing of what it is
                about: somebody else may read it.
              </p>
              <form method="post" novalidate>
                <FormToken visitor={request.visitor} />
                <Radios
                  name="message"
                  fieldset={{ legend: { text: 'Which message did you send?', classes: 'govuk-fieldset__legend--m' } }}
                  errorMessage={errorAt(errors, 'message')}
                  items={Object.entries(messages).map(([value, text]) => ({ value, text }))}
                />
                <Button text="I sent it" preventDoubleClick />
              </form>
            </>
          )}
        </>
      ),
    })
  }
  web.app.get<FamilyRoute>(`${base}/message`, (request, reply) => showMessage(request, reply))
  web.app.post<FamilyRoute>(`${base}/message`, async (request, reply) => {
    const { incidentId } = request.params
    const { problem } = await tried(
      noteMessage(web.acting(request), incidentId, {
        memberId: request.query.member ?? '',
        message: textIn(request.body, 'message'),
      }),
    )
    if (problem) return showMessage(request, reply, problem)
    return web.redirect(reply, familyPath(incidentId), 'Written down.')
  })
}

function registerQuotes(web: Web, publishedFilesWith: FindPublishedFiles): void {
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

interface Params {
  incidentId: string
}

function registerDrafts(web: Web, publicUrl: string): void {
  async function showNew(request: Request, reply: FastifyReply, problem?: ServiceError) {
    const { incidentId } = request.params
    const { record, more } = await openRecord(web.acting(request), incidentId, 'open a draft online', (record, tx) =>
      versionsOf(tx, record),
    )
    const versions = more.toReversed()
    if (!request.query.member) return web.redirect(reply, familyPath(incidentId))
    const member = memberOf(record, request.query.member)
    const { status, errors } = frameOfForm(problem)
    const { body } = request
    return web.page(request, reply, {
      status,
      errors,
      title: 'Open a draft online',
      back: backOf(incidentId),
      children: (
        <>
          <span class="govuk-caption-l">{answerIn(member.answers, 'name')}</span>
          <h1 class="govuk-heading-l">Open a draft online</h1>
          <p class="govuk-body">
            Reading together or on paper comes first. Online it opens for this person alone, for seven days, with their
            name on every page. It closes at once on an arrest, a charge or a new order.
          </p>
          <form method="post" novalidate>
            <FormToken visitor={request.visitor} />
            <Input
              name="verifiedHow"
              label={{ text: 'How do you know that it is them?' }}
              hint={{ text: 'For example: met in person on 3 March, passport seen.' }}
              errorMessage={errorAt(errors, 'verifiedHow')}
              value={textIn(body, 'verifiedHow')}
            />
            <Input
              name="verifiedBy"
              label={{ text: 'Who verified it?' }}
              errorMessage={errorAt(errors, 'verifiedBy')}
              value={textIn(body, 'verifiedBy')}
            />
            {versions.length === 0 ? (
              <p class="govuk-body">
                The report has no version yet.{' '}
                <a class="govuk-link" href={`/incidents/${incidentId}/local-review/report`}>
                  Write one first
                </a>
              </p>
            ) : (
              <Select
                name="version"
                label={{ text: 'Which version of the report do they read?' }}
                errorMessage={errorAt(errors, 'version')}
                value={textIn(body, 'version')}
                items={[
                  { value: '', text: 'Select a version' },
                  ...versions.map(({ version, note, savedAt }) => ({
                    value: String(version),
                    text: `Version ${version}, ${formatDate(londonDate(savedAt))}${note && `: ${note}`}`,
                  })),
                ]}
              />
            )}
            <Button text="Open it for them" preventDoubleClick />
          </form>
        </>
      ),
    })
  }
  web.app.get<FamilyRoute>(`${base}/drafts`, (request, reply) => showNew(request, reply))
  web.app.post<FamilyRoute>(`${base}/drafts`, async (request, reply) => {
    const { incidentId } = request.params
    const { body } = request
    const { done: address, problem } = await tried(
      openDraftOnline(
        web.acting(request),
        incidentId,
        {
          memberId: request.query.member ?? '',
          verifiedHow: textIn(body, 'verifiedHow'),
          verifiedBy: textIn(body, 'verifiedBy'),
          version: textIn(body, 'version'),
        },
        publicUrl,
      ),
    )
    if (problem) return showNew(request, reply, problem)
    return web.page(request, reply, {
      title: 'The draft is open',
      back: backOf(incidentId),
      children: (
        <>
          <h1 class="govuk-heading-l">The draft is open</h1>
          <p class="govuk-body">Give them this address in person or on the telephone. It is shown once, now.</p>
          <InsetText>
            <span class="wv-copy-value__value">{address}</span>
          </InsetText>
          <p class="govuk-body">
            <a class="govuk-link" href={familyPath(incidentId)}>
              Back to the family
            </a>
          </p>
        </>
      ),
    })
  })
  web.app.post<FamilyRoute>(`${base}/drafts/close`, async (request, reply) => {
    const { incidentId } = request.params
    const reason = textIn(request.body, 'reason')
    const known = Object.hasOwn(closingReasons, reason) ? (reason as ClosingReason) : 'other'
    const closed = await closeDraftsOnline(web.acting(request), incidentId, known)
    return web.redirect(
      reply,
      familyPath(incidentId),
      closed > 0 ? 'Closed. Whoever was reading it reads nothing any more.' : 'No draft was open.',
    )
  })

  web.linkPage('family-draft', 'GET', '', async (link, request, reply) => {
    const { draft, now } = await link.transaction(async tx => ({
      draft: await readOpenDraft(tx, link.objectId),
      now: contextOf(tx).now,
    }))
    if (!draft) throw new ServiceError('not-found', 'This draft is closed. Ring the person who gave you the address.')
    const mark = `${draft.reader}, ${formatMoment(now)}`
    return web.page(request, reply, {
      title: 'Something to read',
      children: (
        <article class="wv-draft">
          <h1 class="govuk-heading-l">A draft, for you alone</h1>
          <p class="govuk-body wv-draft__no-print">
            It is not finished. Stop whenever you want to. The person who gave you the address will ask what is wrong in
            it, or you can ring them. It cannot be printed or kept.
          </p>
          <p class="wv-draft__printed">This draft is not for printing. Ask for it on paper, or to read it together.</p>
          {draft.text.split(/\n\s*\n/).map(paragraph => (
            <div class="wv-draft__paragraph" data-reader={mark}>
              {paragraph.startsWith('# ') ? (
                <h2 class="govuk-heading-m">{paragraph.slice(2)}</h2>
              ) : (
                <p class="govuk-body">{paragraph}</p>
              )}
            </div>
          ))}
          <p class="govuk-body-s">Shown to {mark}.</p>
        </article>
      ),
    })
  })
}

function registerHolds(web: Web): void {
  async function show(request: FastifyRequest, reply: FastifyReply, problem?: ServiceError) {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'sealed-words')
    const { reviews, today } = await acting.transaction(async tx => {
      const found = await heldReviews(tx, acting)
      const sealed = found.filter(one => one.sealed.length > 0).map(({ incidentId }) => incidentId)
      await noteRead(tx, { subject: 'sealed-words', purpose: 'read sealed words', incidentIds: sealed })
      return { reviews: found, today: contextOf(tx).today }
    })
    const { status, errors } = frameOfForm(problem)
    const body = (request.body ?? {}) as Posted
    return web.page(request, reply, {
      status,
      errors,
      title: 'Legal holds and sealed words',
      children: (
        <>
          <h1 class="govuk-heading-l">Legal holds and sealed words</h1>
          <p class="govuk-body">
            Words that a family withdraws are erased. Under a legal hold they are sealed: you alone can read them, and
            they are erased when the last hold has ended. Each look is logged.
          </p>
          {reviews
            .filter(({ holds, sealed }) => holds.length + sealed.length > 0)
            .map(({ reference, holds, sealed }) => (
              <SummaryList
                card={{ title: { text: reference, headingLevel: 2 } }}
                rows={[
                  ...holds.map(hold => ({
                    key: { text: `Hold, ${formatDate(hold.fromOn)} until ${formatDate(hold.endsOn)}` },
                    value: { children: <HoldWords {...{ request, hold, errors, body, today }} /> },
                  })),
                  ...sealed.map(({ words, sealedAt }) => ({
                    key: { text: `Sealed ${formatMoment(sealedAt)}` },
                    value: { text: `“${words}”` },
                  })),
                ]}
              />
            ))}
          <h2 class="govuk-heading-m">Enter a legal hold</h2>
          {reviews.length === 0 ? (
            <p class="govuk-body">Your partnership has no local review.</p>
          ) : (
            <form method="post" novalidate>
              <FormToken visitor={request.visitor} />
              <Select
                name="reviewId"
                label={{ text: 'Local review' }}
                errorMessage={errorAt(errors, 'reviewId')}
                value={textIn(body, 'reviewId')}
                items={[
                  { value: '', text: 'Choose a review' },
                  ...reviews.map(({ reviewId, reference }) => ({ value: reviewId, text: reference })),
                ]}
              />
              <Textarea
                name="reason"
                label={{ text: 'Reason' }}
                rows={3}
                errorMessage={errorAt(errors, 'reason')}
                value={textIn(body, 'reason')}
              />
              <DayInput
                name="endsOn"
                legend="First day without the hold"
                typed={datePartsIn(body, 'endsOn')}
                errors={errors}
              />
              <Button text="Enter the hold" preventDoubleClick />
            </form>
          )}
        </>
      ),
    })
  }
  web.app.get('/legal-holds', (request, reply) => show(request, reply))
  web.app.post('/legal-holds', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'sealed-words')
    const body = (request.body ?? {}) as Posted
    const { problem } = await tried(() =>
      enterHold(acting, {
        reviewId: textIn(body, 'reviewId'),
        reason: textIn(body, 'reason'),
        endsOn: dayIn(body, 'endsOn', 'The first day without the hold'),
      }),
    )
    if (problem) return show(request, reply, problem)
    return web.redirect(reply, '/legal-holds', 'The hold is entered.')
  })
  web.app.post('/legal-holds/lift', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'sealed-words')
    const body = (request.body ?? {}) as Posted
    const holdId = textIn(body, 'hold')
    const { problem } = await tried(liftHold(acting, holdId, textIn(body, `why-${holdId}`)))
    if (problem) return show(request, reply, problem)
    return web.redirect(reply, '/legal-holds', 'The hold is lifted. Words that no other hold keeps are erased.')
  })
}

function HoldWords({
  request,
  hold: { id, reason, endsOn, lifted },
  errors,
  body,
  today,
}: {
  request: FastifyRequest
  hold: LegalHold
  errors: readonly FieldError[]
  body: Posted
  today: CivilDate
}) {
  const why = `why-${id}`
  const error = errorAt(errors, why)
  return (
    <>
      <p class="govuk-body">{reason}</p>
      {lifted ? (
        <p class="govuk-body">
          Lifted {formatMoment(lifted.at)} by {lifted.by}: {lifted.why}
        </p>
      ) : endsOn <= today ? (
        <p class="govuk-body">It has ended.</p>
      ) : (
        <Details summaryText="Lift it before its end" open={error !== undefined}>
          <form method="post" action="/legal-holds/lift" novalidate>
            <FormToken visitor={request.visitor} />
            <input type="hidden" name="hold" value={id} />
            <Textarea
              name={why}
              label={{ text: 'Why does it end now?' }}
              hint={{
                text: 'Kept with your name. Words that no other hold keeps are erased at once, and do not come back.',
              }}
              rows={3}
              value={textIn(body, why)}
              errorMessage={error}
            />
            <Button text="Lift the hold" classes="govuk-button--warning" preventDoubleClick />
          </form>
        </Details>
      )}
    </>
  )
}
