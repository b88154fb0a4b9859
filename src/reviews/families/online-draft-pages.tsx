import type { FastifyReply } from 'fastify'
import { contextOf } from '../../platform/database/index.ts'
import { formatDate, formatMoment, londonDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import {
  Button,
  errorAt,
  FormToken,
  frameOfForm,
  Input,
  InsetText,
  Select,
  textIn,
  tried,
  type Web,
} from '../../platform/web/index.ts'
import { versionsOf } from '../drafting/store.ts'
import { memberOf } from './change-family.ts'
import { familyPath } from './family-page.tsx'
import { answerIn } from './forms.ts'
import { closeDraftsOnline, closingReasons, openDraftOnline, type ClosingReason } from './online-draft.ts'
import { readOpenDraft } from './store.ts'
import { backOf, base, openRecord, type FamilyRoute, type Request } from './open-record.ts'

/** A draft that one verified person reads online. */
export function registerOnlineDraftPages(web: Web, publicUrl: string): void {
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
