import { ensureMay, may, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { formatDate, formatMoment, isCivilDate, type CivilDate } from '../platform/dates.ts'
import { ServiceError } from '../platform/errors.ts'
import { noteRead, readTimeline, type TimelineEvent } from '../platform/events/index.ts'
import type { AskOnIncident, OnIncident } from '../platform/on-incident.ts'
import {
  Button,
  chosenPage,
  chosenSort,
  Input,
  PagesOfList,
  Select,
  SortableTable,
  SummaryList,
  Tag,
  Timeline,
  type Query,
  type Web,
} from '../platform/web/index.ts'
import {
  listIncidents,
  mostCounted,
  natureNames,
  notificationDueOn,
  NotificationSummary,
  readIncident,
  sentNotification,
  type Incident,
} from '../notifications/index.ts'
import { readLookups } from '../reference-data/index.ts'
import { tellClock } from './incident-clocks.ts'
import { tellTimeline } from './tell-timeline.ts'

const pageSize = 25

export function registerIncidentPages(web: Web, asks: readonly AskOnIncident[]): void {
  web.app.get<{ Querystring: Record<string, string | undefined> }>('/incidents', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'incident')
    const { query } = request
    const sort = chosenSort(query, ['notified', 'reference', 'incident', 'area'], {
      key: 'notified',
      direction: 'descending',
    })
    const page = chosenPage(query)
    const { incidents, total } = await acting.transaction(tx =>
      listIncidents(tx, acting, {
        sort: sort.key,
        direction: sort.direction,
        nature: query['nature'],
        reference: query['reference']?.trim().toUpperCase(),
        offset: (page - 1) * pageSize,
        limit: pageSize,
      }),
    )
    return web.page(request, reply, {
      title: 'Incidents',
      wide: true,
      children: (
        <>
          <h1 class="govuk-heading-l">Incidents</h1>
          <SortableTable
            caption={`${counted(total)} you may see`}
            path="/incidents"
            query={query as Query}
            sort={sort}
            rows={incidents}
            emptyText="No incident matches. Take a filter away to see more."
            columns={[
              {
                key: 'reference',
                label: 'Reference',
                cell: row => (
                  <a
                    class="govuk-link"
                    href={row.drafted ? `/notifications/${row.incidentId}` : `/incidents/${row.incidentId}`}
                  >
                    {row.reference}
                  </a>
                ),
              },
              { key: 'area', label: 'Local authority', sortable: true, cell: row => row.authorityName },
              {
                key: 'incident',
                label: 'Happened',
                cell: row => (row.incidentOn && isCivilDate(row.incidentOn) ? formatDate(row.incidentOn) : 'Not known'),
              },
              {
                key: 'notified',
                label: 'Notified',
                cell: row =>
                  row.notifiedAt ? formatMoment(row.notifiedAt) : <Tag text="Draft" classes="govuk-tag--grey" />,
              },
              {
                key: 'nature',
                label: 'What happened',
                sortable: false,
                cell: row => (row.nature ? natureNames[row.nature] : 'Not said yet'),
              },
            ]}
            filters={
              <>
                <Input
                  id="reference"
                  name="reference"
                  label={{ text: 'Reference' }}
                  classes="govuk-input--width-10"
                  value={query['reference'] ?? ''}
                />
                <Select
                  id="nature"
                  name="nature"
                  label={{ text: 'What happened' }}
                  items={[
                    { value: '', text: 'Anything' },
                    ...Object.entries(natureNames).map(([value, text]) => ({
                      value,
                      text,
                      selected: value === query['nature'],
                    })),
                  ]}
                />
              </>
            }
          />
          <PagesOfList
            path="/incidents"
            query={query}
            page={page}
            pages={Math.ceil(Math.min(total, mostCounted) / pageSize)}
          />
        </>
      ),
    })
  })

  web.app.get<{ Params: { id: string } }>('/incidents/:id', async (request, reply) => {
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx => {
      const incident = await readIncident(tx, request.params.id)
      if (!incident?.notifiedAt) throw noSuchIncident()
      if (incident.children.length > 0)
        await noteRead(tx, { subject: 'notification', purpose: 'incident page', incidentIds: [incident.incidentId] })
      const { today } = contextOf(tx)
      const steps: OnIncident[] = []
      const dueOn = notificationDueOn(incident.awareOn, today)
      if (dueOn) steps.push({ deadline: { name: 'Notification', dueOn, doneAt: incident.notifiedAt } })
      for (const ask of asks) steps.push(...(await ask(tx, incident.incidentId)))
      return { incident, steps, timeline: await readTimeline(tx, incident.incidentId), today }
    })
    return web.page(request, reply, {
      title: `Incident ${shown.incident.reference}`,
      back: { href: '/incidents', text: 'All incidents' },
      children: <IncidentPage acting={acting} {...shown} />,
    })
  })

  web.app.get<{ Params: { id: string } }>('/incidents/:id/notification', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'notification')
    const { incident, sent, lookups } = await acting.transaction(async tx => {
      const sent = await sentNotification(tx, request.params.id)
      const incident = await readIncident(tx, request.params.id)
      if (!sent || !incident) throw noSuchIncident()
      await noteRead(tx, {
        subject: 'notification',
        purpose: 'read the notification',
        incidentIds: [request.params.id],
      })
      return { incident, sent, lookups: await readLookups(tx) }
    })
    return web.page(request, reply, {
      title: `Notification ${incident.reference}`,
      back: { href: `/incidents/${incident.incidentId}`, text: `Incident ${incident.reference}` },
      children: (
        <>
          <span class="govuk-caption-l">{incident.reference}</span>
          <h1 class="govuk-heading-l">The notification as it was sent</h1>
          <p class="govuk-body">
            Sent {formatMoment(sent.sentAt)} by {incident.authorityName}.{' '}
            {sent.nationalReference && `Sent before through the national service as ${sent.nationalReference}.`}
          </p>
          <NotificationSummary answers={sent.answers} lookups={lookups} />
        </>
      ),
    })
  })
}

function noSuchIncident(): ServiceError {
  return new ServiceError('not-found', 'There is no such incident, or you may not see it.')
}

function IncidentPage({
  acting,
  incident,
  steps,
  timeline,
  today,
}: {
  acting: Acting
  incident: Incident
  steps: OnIncident[]
  timeline: TimelineEvent[]
  today: CivilDate
}) {
  return (
    <>
      <span class="govuk-caption-l">Incident {incident.reference}</span>
      <h1 class="govuk-heading-l">{incident.nature ? natureNames[incident.nature] : 'A serious incident'}</h1>
      <SummaryList
        rows={[
          { key: { text: 'Local authority' }, value: { text: incident.authorityName } },
          { key: { text: 'Partnership' }, value: { text: incident.partnershipName } },
          {
            key: { text: 'Happened' },
            value: {
              text:
                incident.incidentOn && isCivilDate(incident.incidentOn) ? formatDate(incident.incidentOn) : 'Not known',
            },
          },
          { key: { text: 'Notified' }, value: { text: incident.notifiedAt ? formatMoment(incident.notifiedAt) : '' } },
          ...steps.map(
            ({ deadline }) => deadline && { key: { text: deadline.name }, value: { text: tellClock(deadline, today) } },
          ),
          incident.children.length > 0 && {
            key: { text: incident.children.length === 1 ? 'Child' : 'Children' },
            value: {
              children: (
                <ul class="govuk-list">
                  {incident.children.map(child => (
                    <li>
                      {[child.name ?? 'Name not known', child.age, child.sex]
                        .filter(part => part !== undefined)
                        .join(', ')}
                      {child.isPrimary && incident.children.length > 1 && ' (most seriously harmed)'}
                    </li>
                  ))}
                </ul>
              ),
            },
          },
        ]}
      />
      {may(acting, 'read', 'notification') && incident.children.length > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/incidents/${incident.incidentId}/notification`}>
            Read the notification
          </a>
        </p>
      )}
      {steps.map(
        ({ link }) =>
          link && (
            <div class="wv-way-on">
              <Button text={link.text} href={link.href} classes="govuk-button--secondary" />
              <p class="govuk-body-s">{link.state}</p>
            </div>
          ),
      )}
      <h2 class="govuk-heading-m">What has happened since</h2>
      <Timeline
        items={tellTimeline(timeline).map(({ more, ...line }) => ({
          ...line,
          ...(more && { children: <p class="govuk-body-s">{more}</p> }),
        }))}
      />
    </>
  )
}

function counted(total: number): string {
  if (total > mostCounted) return `More than ${mostCounted.toLocaleString('en-GB')} incidents`
  return `${total.toLocaleString('en-GB')} ${total === 1 ? 'incident' : 'incidents'}`
}
