import type { FastifyRequest } from 'fastify'
import { may } from '../../../platform/acting.ts'

/** Where the incident was told, for whoever may read it. */
export function NotificationLink({ request, incidentId }: { request: FastifyRequest; incidentId: string }) {
  const acting = request.visitor?.acting
  if (!acting || !may(acting, 'read', 'notification')) return null
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={`/incidents/${incidentId}/notification`}>
        Read the notification
      </a>
    </p>
  )
}
