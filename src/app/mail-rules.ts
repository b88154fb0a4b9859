import { asTask, contextOf, type Database, type Tx } from '../platform/database/index.ts'
import type { EventKind, IncidentPlace, NewEvent } from '../platform/events/index.ts'
import { mailTo, type MailKind, type MailPath } from '../platform/mail/index.ts'
import { holdersOf } from '../platform/people.ts'
import { readReference } from '../notifications/index.ts'
import { partnershipBodies } from '../reference-data/index.ts'

interface MailRule<Kind extends EventKind> {
  kind: MailKind
  path(incidentId: string): MailPath
  /** Ids of the people to tell. */
  to(tx: Tx, place: IncidentPlace, event: NewEvent<Kind>): Promise<string[]>
}

const managers = (tx: Tx, { partnershipCode }: IncidentPlace) => holdersOf(tx, 'business-manager', [partnershipCode])
const secretariat = (tx: Tx) => holdersOf(tx, 'secretariat')
const partners = async (tx: Tx, { partnershipCode }: IncidentPlace) => {
  const bodies = await partnershipBodies(tx, partnershipCode, contextOf(tx).today)
  return holdersOf(
    tx,
    'safeguarding-partner',
    bodies.map(body => body.code),
  )
}

/** Who is told of what by mail. A mail says only that there is something, its reference and a link. */
const rules: { [Kind in EventKind]?: MailRule<Kind> } = {
  'notification.sent': {
    kind: 'notification-sent',
    path: id => `/incidents/${id}`,
    to: async (tx, place) => [...(await managers(tx, place)), ...(await secretariat(tx))],
  },
  'rapid-review.opened': { kind: 'rapid-review-opened', path: id => `/incidents/${id}/rapid-review`, to: managers },
  'rapid-review.signatures-asked': {
    kind: 'rapid-review-signature-asked',
    path: id => `/incidents/${id}/rapid-review`,
    to: partners,
  },
  'rapid-review.sent-back': {
    kind: 'rapid-review-sent-back',
    path: id => `/incidents/${id}/rapid-review`,
    to: managers,
  },
  'rapid-review.signed': {
    kind: 'rapid-review-signed',
    path: id => `/incidents/${id}/rapid-review`,
    to: managers,
  },
  'rapid-review.sent': { kind: 'rapid-review-sent', path: id => `/panel/${id}`, to: secretariat },
  'panel.allocated': {
    kind: 'review-allocated',
    path: id => `/panel/${id}`,
    to: async (_, __, event) => [event.detail.personId],
  },
  'letter.sent': {
    kind: 'letter-sent',
    path: id => `/incidents/${id}/letter`,
    to: async (tx, place) => [...(await managers(tx, place)), ...(await partners(tx, place))],
  },
  'letter.point-answered': { kind: 'point-answered', path: id => `/incidents/${id}/letter`, to: secretariat },
}

export function subscribeMail(database: Database): void {
  const subscribe = <Kind extends EventKind>(eventKind: Kind) =>
    database.on(eventKind, async (tx, event) => {
      const { place } = event
      const rule: MailRule<Kind> | undefined = rules[eventKind]
      if (!place || !rule) return
      await asTask(tx, 'mail', async () => {
        const personIds = [...new Set(await rule.to(tx, place, event))]
        const reference = await readReference(tx, place.incidentId)
        await mailTo(tx, { personIds, kind: rule.kind, reference, path: rule.path(place.incidentId) })
      })
    })
  for (const eventKind of Object.keys(rules) as EventKind[]) subscribe(eventKind)
}
