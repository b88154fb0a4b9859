import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { formatDate, formatMoment, type CivilDate } from '../../platform/dates.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import {
  Button,
  datePartsIn,
  dayIn,
  DayInput,
  Details,
  errorAt,
  FormToken,
  frameOfForm,
  Select,
  SummaryList,
  Textarea,
  textIn,
  tried,
  type Posted,
  type Web,
} from '../../platform/web/index.ts'
import { enterHold, heldReviews, liftHold, type LegalHold } from './legal-hold.ts'

/** Orders to keep what may be asked for, and the sealed words: the data officer’s. */
export function registerLegalHoldPages(web: Web): void {
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
