import { roles, type BodyKind } from '../../access/index.ts'
import { Button, Details, FormToken, Input, type PageProps, type Visitor } from '../../web/index.ts'
import type { Trainee } from '../store.ts'

/** Someone to be first, and what to try as them. */
export interface TourStop {
  email: string
  what: string
}

const kinds: Record<BodyKind, string> = {
  authority: 'Local authorities',
  partnership: 'Safeguarding partnerships',
  police: 'Police',
  icb: 'Integrated care boards',
  region: 'Panel members, by region',
  national: 'National bodies',
}

export function trainingPeoplePage({
  people,
  tour,
  query,
  back,
  visitor,
}: {
  people: readonly Trainee[]
  tour: readonly TourStop[]
  /** What to look for in name, role and body; empty for all. */
  query: string
  back: string
  visitor: Visitor | undefined
}): PageProps {
  const found = people.filter(trainee => matches(trainee, query))
  return {
    title: 'Choose who to be',
    children: (
      <>
        <h1 class="govuk-heading-l">Choose who to be</h1>
        <p class="govuk-body-l">
          Weathervane looks different to each person who works with it. Press a button and you are signed in as that
          person, without a password. Change person whenever you like, at the top of every page.
        </p>
        {!query && <Tour people={people} tour={tour} back={back} visitor={visitor} />}
        <h2 class="govuk-heading-m">{query ? 'Find somebody' : 'Or be somebody else'}</h2>
        <form method="get" action="/training/people" role="search">
          {back !== '/' && <input type="hidden" name="back" value={back} />}
          <Input
            name="q"
            type="search"
            label={{ text: 'Name, role or place' }}
            value={query}
            formGroup={{
              afterInput: {
                children: <Button text="Find" classes="govuk-button--secondary govuk-!-margin-bottom-0" />,
              },
            }}
          />
        </form>
        {query && (
          <p class="govuk-body">
            {found.length === 0 ? `Nobody matches “${query}”. Try a shorter word.` : `${countOf(found)} found.`}{' '}
            <a class="govuk-link" href="/training/people">
              Show everybody
            </a>
          </p>
        )}
        {Object.entries(kinds).map(([kind, label]) => {
          const ofKind = found.filter(trainee => trainee.bodyKind === kind)
          if (ofKind.length === 0) return null
          return (
            <Details summaryText={`${label} (${countOf(ofKind)})`} open={query !== ''}>
              <ul class="govuk-list govuk-list--spaced">
                {ofKind.map(trainee => (
                  <li>
                    <SignInAs trainee={trainee} back={back} visitor={visitor} secondary />
                    <span class="govuk-body">
                      {roles[trainee.role].label}, {trainee.bodyName}
                    </span>
                  </li>
                ))}
              </ul>
            </Details>
          )
        })}
      </>
    ),
  }
}

function Tour({
  people,
  tour,
  back,
  visitor,
}: {
  people: readonly Trainee[]
  tour: readonly TourStop[]
  back: string
  visitor: Visitor | undefined
}) {
  const stops = tour.flatMap(({ email, what }) => {
    const trainee = people.find(person => person.email === email)
    return trainee ? [{ trainee, what }] : []
  })
  if (stops.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Start here</h2>
      <ol class="govuk-list govuk-list--number">
        {stops.map(({ trainee, what }) => (
          <li class="govuk-!-margin-bottom-5">
            <p class="govuk-body govuk-!-margin-bottom-2">
              <strong>{what}</strong>
              <br />
              {trainee.name}, {roles[trainee.role].label}, {trainee.bodyName}
            </p>
            <SignInAs trainee={trainee} back={back} visitor={visitor} />
          </li>
        ))}
      </ol>
    </>
  )
}

function SignInAs({
  trainee,
  back,
  visitor,
  secondary,
}: {
  trainee: Trainee
  back: string
  visitor: Visitor | undefined
  secondary?: boolean
}) {
  return (
    <form method="post" action="/training/people/sign-in">
      <FormToken visitor={visitor} />
      <input type="hidden" name="person" value={trainee.personId} />
      <input type="hidden" name="back" value={back} />
      <Button
        classes={`govuk-!-margin-bottom-1${secondary ? ' govuk-button--secondary' : ''}`}
        text={`Be ${trainee.name}`}
      />
    </form>
  )
}

function matches({ name, role, bodyName }: Trainee, query: string): boolean {
  const text = `${name} ${roles[role].label} ${bodyName}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

function countOf(list: readonly Trainee[]): string {
  const count = new Set(list.map(({ personId }) => personId)).size
  return count === 1 ? '1 person' : `${count} people`
}
