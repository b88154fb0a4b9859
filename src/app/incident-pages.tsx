import { may, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { formatDate, formatMoment, isCivilDate, type CivilDate } from '../platform/dates.ts'
import { ServiceError } from '../platform/errors.ts'
import { noteRead, readTimeline, type TimelineEvent } from '../platform/events/index.ts'
import type { AskOnIncident, OnIncident } from '../platform/on-incident.ts'
import { Button, SummaryList, Timeline, type Web } from '../platform/web/index.ts'
import { natureNames, notificationDueOn, readIncident, type Incident } from '../notifications/index.ts'
import { tellClock } from './incident-clocks.ts'
import { tellTimeline } from './tell-timeline.ts'

export function registerIncidentPages(web: Web, asks: readonly AskOnIncident[]): void {
  web.app.get<{ Params: { id: string } }>('/incidents/:id', async (request, reply) => {
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx => {
      const incident = await readIncident(tx, request.params.id)
      if (!incident?.notifiedAt)
        throw new ServiceError('not-found', 'There is no such incident, or you may not see it.')
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
          ...steps.flatMap(({ deadline, fact }) => [
            deadline && { key: { text: deadline.name }, value: { text: tellClock(deadline, today) } },
            fact && { key: { text: fact.name }, value: { text: fact.text } },
          ]),
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
