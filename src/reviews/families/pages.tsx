import type { FastifyReply } from 'fastify'
import { contextOf } from '../../platform/database/index.ts'
import type { ServiceError } from '../../platform/errors.ts'
import {
  Button,
  errorAt,
  FormToken,
  frameOfForm,
  Input,
  Select,
  textIn,
  tried,
  type Web,
} from '../../platform/web/index.ts'
import { changeLead } from './change-family.ts'
import { FamilyPage, familyPath } from './family-page.tsx'
import { peopleToLead } from './store.ts'
import type { FindPublishedFiles } from './withdraw-words.ts'
import { backOf, base, openRecord, type FamilyRoute, type Request } from './open-record.ts'
import { registerEntryPages } from './entry-pages.tsx'
import { registerLegalHoldPages } from './legal-hold-pages.tsx'
import { registerOnlineDraftPages } from './online-draft-pages.tsx'
import { registerQuotePages } from './quote-pages.tsx'

/** The record of contact with the family of a local review, what they read, and the words they let us use. */
export function registerFamilyPages(
  web: Web,
  { publicUrl, publishedFilesWith }: { publicUrl: string; publishedFilesWith: FindPublishedFiles },
): void {
  registerRecord(web)
  registerEntryPages(web)
  registerQuotePages(web, publishedFilesWith)
  registerOnlineDraftPages(web, publicUrl)
  registerLegalHoldPages(web)
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
