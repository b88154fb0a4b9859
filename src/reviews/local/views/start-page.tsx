import { Button } from '../../../platform/web/index.ts'
import { pathOf } from '../path.ts'

/** Where there is no local review yet, for whoever can open one. */
export function StartPage({ incidentId, about }: { incidentId: string; about: string | undefined }) {
  return (
    <>
      <h1 class="govuk-heading-l">Local review</h1>
      {about && <p class="govuk-body-l">{about}</p>}
      <p class="govuk-body">
        No local child safeguarding practice review of this incident has been decided on. The safeguarding partners
        decide: after the rapid review, after a letter of the Panel, or by themselves. You record the day, the reasons
        and the criteria, and its six months begin.
      </p>
      <Button text="Record the decision to have one" href={`${pathOf(incidentId)}/decision`} />
    </>
  )
}
