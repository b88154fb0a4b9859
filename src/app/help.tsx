import {
  accessTable,
  actions,
  roles,
  scopes,
  subjects,
  type AccessRule,
  type Action,
  type Role,
  type Scope,
  type Subject,
} from '../platform/access/index.ts'
import { problemTypes } from '../platform/api/index.ts'
import { dataDictionary, type Questionnaire } from '../platform/questionnaire/index.ts'
import { Table, type Web } from '../platform/web/index.ts'
import { notificationForm } from '../notifications/index.ts'
import { rapidReviewForm } from '../reviews/index.ts'

/** Help that anybody may read, drawn from the same definitions that the service works by. */
export function registerHelp(web: Web, { helpPhone }: { helpPhone: string }): void {
  web.app.get('/help', async (request, reply) =>
    web.page(request, reply, {
      title: 'Help',
      children: (
        <>
          <h1 class="govuk-heading-l">Help</h1>
          <p class="govuk-body">If a child is in danger now, ring 999.</p>
          <ul class="govuk-list govuk-list--bullet">
            <li>
              <a class="govuk-link" href="/help/who-sees-what">
                Who sees what
              </a>
              : each role, and what it may read and do
            </li>
            <li>
              <a class="govuk-link" href="/help/data-dictionary">
                Data dictionary
              </a>
              : each question we ask, why, and where it comes from
            </li>
            <li>
              <a class="govuk-link" href="/help/api">
                The API
              </a>
              : for systems that send notifications by themselves
            </li>
          </ul>
          <h2 class="govuk-heading-m">What anybody may read</h2>
          <ul class="govuk-list govuk-list--bullet">
            <li>
              <a class="govuk-link" href="/reviews">
                Published reviews
              </a>
              , with learning sheets: one page for social care, health, police, schools or early years
            </li>
            <li>
              <a class="govuk-link" href="/recommendations">
                Progress on recommendations
              </a>
              : who was asked, what they replied and what became of it
            </li>
          </ul>
          <h2 class="govuk-heading-m">Who to ring</h2>
          <ul class="govuk-list govuk-list--bullet">
            <li>
              About an incident or a review: your partnership’s business unit. Its number stands on the page where you
              start a notification and on each rapid review.
            </li>
            <li>About a letter, or if you cannot sign in: {helpPhone}.</li>
          </ul>
        </>
      ),
    }),
  )

  web.app.get('/help/who-sees-what', async (request, reply) =>
    web.page(request, reply, {
      title: 'Who sees what',
      wide: true,
      children: (
        <>
          <h1 class="govuk-heading-l">Who sees what</h1>
          <p class="govuk-body">
            This page is drawn from the table that the service itself obeys. What is not listed is not allowed. A
            declared conflict of interest takes a record away from that person, whatever stands here.
          </p>
          {everybody.map(({ who, label }) => (
            <section>
              <h2 class="govuk-heading-m">{label}</h2>
              <Table
                caption={`What this may see and do: ${label}`}
                captionClasses="govuk-visually-hidden"
                firstCellIsHeader
                head={[{ text: 'What' }, { text: 'May' }]}
                rows={rightsOf(who).map(([subject, may]) => [{ text: subjects[subject] }, { text: may }])}
              />
            </section>
          ))}
        </>
      ),
    }),
  )

  web.app.get('/help/data-dictionary', async (request, reply) =>
    web.page(request, reply, {
      title: 'Data dictionary',
      wide: true,
      children: (
        <>
          <h1 class="govuk-heading-l">Data dictionary</h1>
          <p class="govuk-body">Every question, in order, as pages, the API and exports know it.</p>
          <Dictionary caption="Notification" form={notificationForm} />
          <Dictionary caption="Rapid review" form={rapidReviewForm} />
        </>
      ),
    }),
  )

  web.app.get('/help/api', async (request, reply) =>
    web.page(request, reply, {
      title: 'The API',
      children: (
        <>
          <h1 class="govuk-heading-l">The API</h1>
          <p class="govuk-body">
            Everything a notifier does on pages, a system can do at /api/v1 with a token. A token acts as one person in
            one role, with the same checks and the same record of who read what.{' '}
            <a class="govuk-link" href="/api/v1/openapi.json">
              The description in OpenAPI 3.1
            </a>{' '}
            has every field with its words and a complete example.
          </p>
          <p class="govuk-body">
            To repeat a POST safely, send it again with the same Idempotency-Key. What is wrong with a request comes
            back as problem details (RFC 9457), with a pointer to each field. These are the kinds:
          </p>
          {Object.entries(problemTypes).map(([kind, { status, title, meaning }]) => (
            <section id={kind}>
              <h2 class="govuk-heading-m">
                {title} ({status})
              </h2>
              <p class="govuk-body">{meaning}</p>
            </section>
          ))}
        </>
      ),
    }),
  )
}

function Dictionary({ caption, form }: { caption: string; form: Questionnaire }) {
  return (
    <Table
      caption={caption}
      captionClasses="govuk-table__caption--m"
      head={[{ text: 'Question' }, { text: 'Name in the API' }, { text: 'Kind' }, { text: 'Source' }]}
      rows={dataDictionary(form).map(row => [
        { text: row.label },
        { text: row.path },
        { text: row.kind },
        { text: row.source },
      ])}
    />
  )
}

const everybody: { who: AccessRule['who']; label: string }[] = [
  ...(Object.keys(roles) as Role[]).map(role => ({ who: role, label: roles[role].label })),
  { who: 'public', label: 'Anybody, without an account' },
]

function rightsOf(who: AccessRule['who']): [Subject, string][] {
  const rules = accessTable.filter(rule => rule.who === who)
  if (rules.length === 0) return []
  return rules.map(rule => [
    rule.subject,
    (Object.entries(rule.may) as [Action, Scope | readonly Scope[]][])
      .map(
        ([action, reach]) =>
          `${actions[action]} (${[reach]
            .flat()
            .map(scope => scopes[scope])
            .join('; ')})`,
      )
      .join(', '),
  ])
}
