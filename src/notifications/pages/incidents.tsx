import { ensureMay, may } from '../../platform/acting.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { chosenList, chosenOption } from '../../platform/lists/index.ts'
import { textIn, type Query, type Web } from '../../platform/web/index.ts'
import { readLookups } from '../../reference-data/index.ts'
import { natureNames } from '../notification-form.ts'
import { incidentSorts, listIncidents, readIncident, sentNotification } from '../store.ts'
import { IncidentsPage } from '../views/incidents-page.tsx'
import { SentNotificationPage } from '../views/sent-notification-page.tsx'

/** The incidents, and what was sent about one. The page of an incident is `app`'s: it joins every module. */
export function registerIncidents(web: Web): void {
  web.app.get<{ Querystring: Query }>('/incidents', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'incident')
    const { query } = request
    const chosen = chosenList(query, incidentSorts, { key: 'notified', direction: 'descending' })
    const filter = {
      nature: chosenOption(query, 'nature', natureNames),
      reference: textIn(query, 'reference').toUpperCase() || undefined,
    }
    const found = await acting.transaction(tx => listIncidents(tx, acting, chosen, filter))
    return web.page(request, reply, {
      title: 'Incidents',
      wide: true,
      children: <IncidentsPage {...{ chosen, filter, found }} />,
    })
  })

  web.app.get<{ Params: { id: string } }>('/incidents/:id/notification', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'notification')
    const shown = await acting.transaction(async tx => {
      const sent = await sentNotification(tx, request.params.id)
      const incident = await readIncident(tx, request.params.id)
      if (!sent || !incident) throw new ServiceError('not-found', 'There is no such incident, or you may not see it.')
      await noteRead(tx, {
        subject: 'notification',
        purpose: 'read the notification',
        incidentIds: [request.params.id],
      })
      return { incident, sent, lookups: await readLookups(tx) }
    })
    return web.page(request, reply, {
      title: `Notification ${shown.incident.reference}`,
      back: { href: `/incidents/${shown.incident.incidentId}`, text: `Incident ${shown.incident.reference}` },
      children: <SentNotificationPage {...shown} maySay={may(acting, 'send', 'notification-draft')} />,
    })
  })
}
