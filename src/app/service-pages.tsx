import { ensureMay } from '../platform/acting.ts'
import type { Database } from '../platform/database/index.ts'
import { formatMoment } from '../platform/dates.ts'
import type { JobFailure, RunningJobs } from '../platform/jobs/index.ts'
import { readOutbox, type MailSettings, type MailStatus, type OutboxMail } from '../platform/mail/index.ts'
import { InsetText, SummaryList, Table, Tag, type Web } from '../platform/web/index.ts'

export interface ServiceDeps {
  database: Database
  jobs: RunningJobs
  mail: MailSettings
  training: boolean
}

const statusWords: Record<MailStatus, string> = {
  kept: 'Kept here: no mail server is set',
  sent: 'Sent',
  failed: 'Given up',
  withheld: 'Withheld: the person declared a conflict, or left',
}

/** Whether the service is well, for machines and for the administrator; and in the training country, its mail. */
export function registerServicePages(web: Web, { database, jobs, mail, training }: ServiceDeps): void {
  web.app.get('/health', async (_request, reply) => {
    const state = await Promise.all([database.as('public', async () => 'ok'), jobs.state()]).catch(() => undefined)
    return reply
      .status(state ? 200 : 503)
      .send({ status: state ? 'ok' : 'failing', database: state?.[0] ?? 'failing', jobs: state?.[1] })
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
          <Outbox mails={outbox} />
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
          <Outbox mails={mails} />
        </>
      ),
    })
  })
}

function Failures({ failures }: { failures: Awaited<ReturnType<RunningJobs['lastFailures']>> }) {
  if (failures.length === 0) return <InsetText>No job has failed.</InsetText>
  const row = (failure: JobFailure) => [
    { text: failure.name },
    { text: formatMoment(failure.failedAt) },
    { text: failure.message },
    { text: failure.nextAt ? `Again ${formatMoment(failure.nextAt)}` : 'Given up: needs somebody' },
  ]
  return (
    <Table
      caption="Jobs that failed"
      captionClasses="govuk-table__caption--m"
      head={[{ text: 'Job' }, { text: 'When' }, { text: 'What it said' }, { text: 'Next' }]}
      rows={failures.map(row)}
    />
  )
}

function Outbox({ mails }: { mails: readonly OutboxMail[] }) {
  if (mails.length === 0) return <InsetText>No mail was written yet.</InsetText>
  return (
    <Table
      caption="The newest mail"
      captionClasses="govuk-table__caption--m"
      head={[{ text: 'To' }, { text: 'Mail' }, { text: 'Written' }, { text: 'State' }]}
      rows={mails.map(each => [
        { text: each.to.name },
        {
          children: (
            <>
              <strong>{each.subject}</strong>
              <br />
              <span class="wv-answer">{each.text}</span>
            </>
          ),
        },
        { text: formatMoment(each.createdAt) },
        {
          children: (
            <Tag
              text={statusWords[each.status]}
              classes={each.status === 'failed' ? 'govuk-tag--red' : 'govuk-tag--grey'}
            />
          ),
        },
      ])}
    />
  )
}
