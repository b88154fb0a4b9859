import { roles } from '../../access/index.ts'
import { formatMoment } from '../../dates.ts'
import { Button, FormToken, SummaryList, Table, type PageProps, type Visitor } from '../../web/index.ts'
import type { OpenSession } from '../store.ts'

export function youPage({
  visitor,
  email,
  sessions,
}: {
  visitor: Visitor
  email: string
  sessions: readonly OpenSession[]
}): PageProps {
  const { acting, appointments } = visitor
  const role = acting ? `${roles[acting.role].label}, ${acting.bodyName}` : 'None today'
  return {
    title: 'Your sign-in',
    children: (
      <>
        <h1 class="govuk-heading-l">Your sign-in</h1>
        <SummaryList
          rows={[
            { key: { text: 'Name' }, value: { text: visitor.name } },
            { key: { text: 'Email address' }, value: { text: email } },
            {
              key: { text: 'Role' },
              value: { text: role },
              actions: {
                items:
                  appointments.length > (acting ? 1 : 0)
                    ? [{ text: 'Change', visuallyHiddenText: 'role', href: '/you/roles' }]
                    : [],
              },
            },
            {
              key: { text: 'Password' },
              value: { text: 'Not shown' },
              actions: { items: [{ text: 'Change', visuallyHiddenText: 'password', href: '/you/password' }] },
            },
          ]}
        />
        <form method="post" action="/sign-out">
          <FormToken visitor={visitor} />
          <Button text="Sign out" />
        </form>
        <h2 class="govuk-heading-m">Where you are signed in</h2>
        <p class="govuk-body">If you do not know a device, end its session and change your password.</p>
        <Table
          head={[{ text: 'Device' }, { children: <HiddenHeading /> }]}
          rows={sessions.map(session => {
            const isThis = session.id === visitor.sessionId
            return [
              { children: <Device session={session} isThis={isThis} /> },
              { format: 'numeric', children: isThis ? '' : <EndSession visitor={visitor} session={session} /> },
            ]
          })}
        />
        {sessions.length > 1 && (
          <form method="post" action="/you/sessions/end-others">
            <FormToken visitor={visitor} />
            <Button text="End all other sessions" classes="govuk-button--warning" />
          </form>
        )}
      </>
    ),
  }
}

function HiddenHeading() {
  return <span class="govuk-visually-hidden">End</span>
}

function Device({ session, isThis }: { session: OpenSession; isThis: boolean }) {
  return (
    <>
      {session.device}
      <br />
      <span class="govuk-body-s">
        Signed in {formatMoment(session.createdAt)}
        <br />
        {isThis ? 'This session' : `Last used ${formatMoment(session.seenAt)}`}
      </span>
    </>
  )
}

function EndSession({ visitor, session }: { visitor: Visitor; session: OpenSession }) {
  return (
    <form method="post" action={`/you/sessions/${session.id}/end`}>
      <FormToken visitor={visitor} />
      <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
        End<span class="govuk-visually-hidden"> the session of {session.device}</span>
      </Button>
    </form>
  )
}
