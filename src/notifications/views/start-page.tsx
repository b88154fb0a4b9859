import type { FastifyRequest } from 'fastify'
import type { Acting } from '../../platform/acting.ts'
import { Button, FormToken } from '../../platform/web/index.ts'
import type { Body } from '../../reference-data/index.ts'

export interface StartPageProps {
  request: FastifyRequest
  acting: Acting
  partnership: Body | undefined
}

/** What this is, how long it takes, what to have to hand, whom to ring. */
export function StartPage({ request, acting, partnership }: StartPageProps) {
  return (
    <>
      <h1 class="govuk-heading-l">Tell the Panel about a serious incident</h1>
      <p class="govuk-body-l">
        Use this when a child has died or was seriously harmed and abuse or neglect is known or suspected. It also takes
        the death of a looked-after child or of a care leaver.
      </p>
      <h2 class="govuk-heading-m">How long it takes</h2>
      <p class="govuk-body">
        About 30 minutes for one child. Every page is saved when you go on. You can stop at any time and come back, and
        a colleague who notifies for {acting.bodyName} can carry on.
      </p>
      <h2 class="govuk-heading-m">What to have to hand</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>when and where it happened, and when your authority became aware</li>
        <li>
          what you know of each child: name, date of birth, ethnicity, disability, whether looked after or on a plan
        </li>
        <li>the family, and who is suspected, if anyone</li>
        <li>what police, court, coroner and health are doing</li>
        <li>which safeguarding partners agreed to notify</li>
      </ul>
      <p class="govuk-body">
        You may not know all of it within five working days. “Not known” and “not yet asked” are good answers.
      </p>
      <h2 class="govuk-heading-m">When it is due</h2>
      <p class="govuk-body">
        Within 5 working days of your authority becoming aware. If it is late, send it all the same.
      </p>
      <h2 class="govuk-heading-m">The national notification service</h2>
      <p class="govuk-body">
        Sending it here does not send it through the national notification service: you must do both. Used that service
        already? Say so on the first page, with its reference. The clock then runs from when you sent it there. If not,
        we show your answers in the national form’s order to copy, and your home page reminds you until you say that it
        is sent there too.
      </p>
      <form method="post" action="/notifications">
        <FormToken visitor={request.visitor} />
        <Button text="Start now" isStartButton preventDoubleClick />
      </form>
      <h2 class="govuk-heading-m">Who to ring if you are not sure</h2>
      <p class="govuk-body">
        {partnership ? (
          <>
            {partnership.name}, business unit: {partnership.phone ?? 'no number is known'}
            {partnership.email && `, ${partnership.email}`}.
          </>
        ) : (
          'Your partnership’s business manager.'
        )}{' '}
        If a child is in danger now, ring 999.
      </p>
    </>
  )
}
