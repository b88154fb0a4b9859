import type { FastifyRequest } from 'fastify'
import { formatMoment } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import { Button, errorAt, FormToken, Select, SummaryList } from '../../platform/web/index.ts'
import type { AssuranceMember } from '../assurance-group.ts'

export interface AssuranceGroupPageProps {
  request: FastifyRequest
  people: readonly AssuranceMember[]
  errors: readonly FieldError[]
}

export function AssuranceGroupPage({ request, people, errors }: AssuranceGroupPageProps) {
  const members = people.filter(one => one.addedAt !== null)
  const others = people.filter(one => one.addedAt === null)
  return (
    <>
      <h1 class="govuk-heading-l">Assurance group</h1>
      <p class="govuk-body">
        Besides the independent scrutineer, these partners judge whether what was recommended has changed anything.
        Nobody judges what their own body owes, or what an action they lead is for.
      </p>
      {members.length === 0 && <p class="govuk-body">Nobody is named: the scrutineer alone judges.</p>}
      {members.map(member => (
        <SummaryList
          card={{ title: { text: member.name } }}
          rows={[
            {
              key: { text: 'Partner' },
              value: { text: member.bodyName || 'No longer a partner of this area: judges nothing any more' },
            },
            { key: { text: 'Named' }, value: { text: formatMoment(member.addedAt!) } },
            {
              key: { text: 'Take away' },
              value: {
                children: (
                  <form method="post" action={`/desk/recommendations/assurance-group/${member.personId}/end`}>
                    <FormToken visitor={request.visitor} />
                    <Button
                      text={`Take ${member.name} out of the group`}
                      classes="govuk-button--secondary govuk-!-margin-bottom-0"
                    />
                  </form>
                ),
              },
            },
          ]}
        />
      ))}
      {others.length > 0 ? (
        <form method="post" action="/desk/recommendations/assurance-group" novalidate>
          <FormToken visitor={request.visitor} />
          <Select
            name="personId"
            label={{ text: 'Name a partner for the group' }}
            errorMessage={errorAt(errors, 'personId')}
            items={[
              { value: '', text: 'Select one' },
              ...others.map(({ personId, name, bodyName }) => ({ value: personId, text: `${name}, ${bodyName}` })),
            ]}
          />
          <Button text="Name for the group" preventDoubleClick />
        </form>
      ) : (
        <p class="govuk-body">There is no other safeguarding partner of this area in the service.</p>
      )}
    </>
  )
}
