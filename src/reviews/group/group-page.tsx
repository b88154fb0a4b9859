import type { FastifyRequest } from 'fastify'
import type { FieldError } from '../../platform/errors.ts'
import { Button, FormToken, Select, SummaryList } from '../../platform/web/index.ts'
import type { Member } from './members.ts'

export interface GroupWords {
  /** `rapid review`. */
  review: string
  /** Who sees what. */
  about: string
  /** Who can be added. */
  people: string
}

export interface GroupPageProps {
  request: FastifyRequest
  reference: string
  words: GroupWords
  /** Where the form is sent. */
  path: string
  group: readonly Member[]
  /** Who can be added. */
  people: readonly Member[]
  mayAdd: boolean
  mayRemove: boolean
  errors?: readonly FieldError[] | undefined
}

export function GroupPage(props: GroupPageProps) {
  const { request, reference, words, path, group, people, mayAdd, mayRemove, errors = [] } = props
  const outside = people.filter(person => !group.some(member => member.personId === person.personId))
  const error = errors.find(({ field }) => field === 'personId')
  return (
    <>
      <span class="govuk-caption-l">
        {reference}, {words.review}
      </span>
      <h1 class="govuk-heading-l">People in the group</h1>
      <p class="govuk-body">{words.about} Who joined and who left is kept.</p>
      <SummaryList
        rows={group.map(member => ({
          key: { text: member.name },
          value: {
            children: (
              <>
                <p class="govuk-body">{member.appointments.join('; ') || 'No appointment here today: sees nothing'}</p>
                {mayRemove && (
                  <form method="post" action={`${path}/remove`}>
                    <FormToken visitor={request.visitor} />
                    <input type="hidden" name="personId" value={member.personId} />
                    <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                      Remove<span class="govuk-visually-hidden"> {member.name} from the group</span>
                    </Button>
                  </form>
                )}
              </>
            ),
          },
        }))}
      />
      {mayAdd && outside.length > 0 && (
        <form method="post" action={path} novalidate>
          <FormToken visitor={request.visitor} />
          <Select
            name="personId"
            label={{ text: 'Add a person of this partnership', classes: 'govuk-label--m' }}
            hint={{ text: words.people }}
            errorMessage={error && { text: error.text }}
            items={[
              { value: '', text: 'Select a person' },
              ...outside.map(person => ({
                value: person.personId,
                text: `${person.name} (${person.appointments.join('; ')})`,
              })),
            ]}
          />
          <Button text="Add to the group" preventDoubleClick />
        </form>
      )}
      {!mayRemove && <p class="govuk-body">The business manager changes who is in the group.</p>}
    </>
  )
}
