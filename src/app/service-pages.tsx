import { ensureMay } from '../platform/acting.ts'
import type { Database } from '../platform/database/index.ts'
import { formatMoment } from '../platform/dates.ts'
import type { JobFailure, RunningJobs } from '../platform/jobs/index.ts'
import { readOutbox, type MailSettings, type MailStatus, type OutboxMail } from '../platform/mail/index.ts'
import { SortableTable, SummaryList, Tag, type Web } from '../platform/web/index.ts'

export interface ServiceDeps {
  database: Database
  jobs: RunningJobs
  mail: MailSettings
  training: boolean
}

const statusWords: Record<MailStatus, string> = {
  waiting: 'Waiting to be sent',
  kept: 'Not sent, and not sent later: no mail server was set',
  sent: 'Sent',
  failed: 'Not delivered',
  withheld: 'Withheld: the person declared a conflict, or left',
}

/** Whether the service is well, for machines and for the administrator; and in the training country, its mail. */
export function registerServicePages(web: Web, { database, jobs, mail, training }: ServiceDeps): void {
  // No count of jobs: mail follows a notification, and anybody may ask here. The administrator reads them at /service.
  web.app.get('/health', async (_request, reply) => {
    const state = await Promise.all([database.as('public', async () => 'ok'), jobs.state()]).catch(() => undefined)
    return reply.status(state ? 200 : 503).send({
      status: state ? 'ok' : 'failing',
      database: state?.[0] ?? 'failing',
      jobs: state && { running: state[1].running },
    })
  })

  web.app.get('/service', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'mail')
    const [failures, state] = [await jobs.lastFailures(25), await jobs.state()]
    const outbox = await acting.transaction(tx => readOutbox(tx, mail, 25))
    return web.page(request, reply, {
      title: 'The service',
      wide: true,
      children: (
        <>
          <h1 class="govuk-heading-l">The service</h1>
          <SummaryList
            rows={[
              { key: { text: 'Jobs running' }, value: { text: state.running ? 'Yes' : 'No' } },
              { key: { text: 'Waiting' }, value: { text: String(state.waiting) } },
              { key: { text: 'Tried again later' }, value: { text: String(state.retrying) } },
              { key: { text: 'Given up' }, value: { text: String(state.failed) } },
            ]}
          />
          <Failures failures={failures} />
          <Outbox mails={outbox} path="/service" />
        </>
      ),
    })
  })

  if (!training) return
  web.app.get('/training/outbox', async (request, reply) => {
    const mails = await database.as({ task: 'mail' }, tx => readOutbox(tx, mail, 50))
    return web.page(request, reply, {
      title: 'Outbox of the training country',
      wide: true,
      children: (
        <>
          <h1 class="govuk-heading-l">Outbox of the training country</h1>
          <p class="govuk-body">
            Mail says that there is something to look at, its reference and a link: never a name or a fact about a
            child. Here it goes nowhere.
          </p>
          <Outbox mails={mails} path="/training/outbox" />
        </>
      ),
    })
  })
}

function Failures({ failures }: { failures: Awaited<ReturnType<RunningJobs['lastFailures']>> }) {
  return (
    <SortableTable
      caption="Jobs that failed"
      path="/service"
      query={{}}
      sort={{ key: 'when', direction: 'descending' }}
      rows={failures}
      emptyText="No job has failed."
      columns={[
        { label: 'Job', cell: (failure: JobFailure) => failure.name },
        { label: 'When', cell: failure => formatMoment(failure.failedAt) },
        { label: 'What it said', cell: failure => failure.message },
        {
          label: 'Next',
          cell: failure =>
            failure.nextAt ? `Tried again ${formatMoment(failure.nextAt)}` : 'Given up: needs somebody to look',
        },
      ]}
    />
  )
}

function Outbox({ mails, path }: { mails: readonly OutboxMail[]; path: string }) {
  return (
    <SortableTable
      caption="The newest mail"
      path={path}
      query={{}}
      sort={{ key: 'written', direction: 'descending' }}
      rows={mails}
      emptyText="No mail was written yet."
      columns={[
        { label: 'To', cell: (mail: OutboxMail) => mail.to },
        {
          label: 'Mail',
          cell: mail => (
            <>
              <strong>{mail.subject}</strong>
              <br />
              <span class="wv-answer">{mail.text}</span>
            </>
          ),
        },
        { label: 'Written', cell: mail => formatMoment(mail.createdAt) },
        {
          label: 'State',
          cell: mail => (
            <Tag
              text={mail.status === 'failed' ? `Not delivered, tried ${mail.attempts} times` : statusWords[mail.status]}
              classes={mail.status === 'failed' ? 'govuk-tag--red' : 'govuk-tag--grey'}
            />
          ),
        },
      ]}
    />
  )
}
