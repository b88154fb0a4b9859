import type { FastifyReply, FastifyRequest } from 'fastify'
import { contextOf } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import type { Questionnaire } from '../../platform/questionnaire/index.ts'
import {
  Button,
  countIn,
  errorAt,
  FormToken,
  frameOfForm,
  InsetText,
  Radios,
  textIn,
  tried,
  type PageProps,
  type Web,
} from '../../platform/web/index.ts'
import { addEntry, memberOf, noteMessage, savePerson, whyNoMessage } from './change-family.ts'
import { familyPath } from './family-page.tsx'
import { answerIn, entryForms, memberForm, type EntryKind } from './forms.ts'
import { messages } from './messages.ts'
import type { FamilyRecord } from './store.ts'
import { backOf, base, openRecord, type EntryRoute, type FamilyRoute, type Request } from './open-record.ts'
import { FormOf } from './form-of.tsx'

/** People of the family, what happened with them, and the messages that go to them. */
export function registerEntryPages(web: Web): void {
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
