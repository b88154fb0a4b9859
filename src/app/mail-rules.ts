import { asTask, contextOf, personOf, type Database, type Tx } from '../platform/database/index.ts'
import type { EventKind, IncidentPlace, NewEvent } from '../platform/events/index.ts'
import { mailTo, type MailKind } from '../platform/mail/index.ts'
import { holdersOf } from '../platform/people.ts'
import { partnershipBodies } from '../reference-data/index.ts'

/** About an incident. */
interface MailRule<Kind extends EventKind> {
  kind: MailKind | ((event: NewEvent<Kind>) => MailKind)
  /** Ids of the people to tell. */
  to(tx: Tx, place: IncidentPlace, event: NewEvent<Kind>): Promise<string[]>
}

const managers = (tx: Tx, { partnershipCode }: IncidentPlace) => holdersOf(tx, 'business-manager', [partnershipCode])
const secretariat = (tx: Tx) => holdersOf(tx, 'secretariat')
/** Of several authorities of a partnership the one where the incident happened signs. */
const signers = async (tx: Tx, place: IncidentPlace) => {
  const bodies = await partnershipBodies(tx, place.partnershipCode, contextOf(tx).today)
  const signing = bodies.filter(({ kind, code }) => kind !== 'authority' || code === place.authorityCode)
  return holdersOf(
    tx,
    'safeguarding-partner',
    signing.map(({ code }) => code),
  )
}
const partners = async (tx: Tx, { partnershipCode }: IncidentPlace) => {
  const bodies = await partnershipBodies(tx, partnershipCode, contextOf(tx).today)
  return holdersOf(
    tx,
    'safeguarding-partner',
    bodies.map(body => body.code),
  )
}

/** About something with a number of its own, that may lie with an incident. */
interface NumberedRule<Kind extends EventKind> {
  kind: MailKind
  numberOf(event: NewEvent<Kind>): string
  to(tx: Tx, event: NewEvent<Kind>): Promise<string[]>
}

/** Whoever answers for bodies: of a partner, of a partnership, of a national body. */
const answering = async (tx: Tx, bodies: readonly string[]) => {
  if (bodies.length === 0) return []
  const people: string[] = []
  for (const role of ['safeguarding-partner', 'business-manager', 'body-answering'] as const) {
    people.push(...(await holdersOf(tx, role, bodies)))
  }
  return people
}
const lead = async (_: Tx, { detail }: { detail: { newLead: string | null } }) =>
  detail.newLead ? [detail.newLead] : []

/** Who is told of what by mail. A mail says only that there is something, its reference and a link. */
const rules: { [Kind in EventKind]?: MailRule<Kind> } = {
  'notification.sent': {
    kind: 'notification-sent',
    to: async (tx, place) => [...(await managers(tx, place)), ...(await secretariat(tx))],
  },
  'rapid-review.opened': { kind: 'rapid-review-opened', to: managers },
  'rapid-review.signatures-asked': {
    kind: ({ detail }) => (detail.again ? 'rapid-review-signature-asked-again' : 'rapid-review-signature-asked'),
    to: partners,
  },
  'rapid-review.sent-back': {
    kind: 'rapid-review-sent-back',
    to: async (tx, place) => [...(await managers(tx, place)), ...(await partners(tx, place))],
  },
  'rapid-review.signed': {
    kind: 'rapid-review-signed',
    to: managers,
  },
  'rapid-review.sent': { kind: 'rapid-review-sent', to: secretariat },
  'draft.signatures-asked': { kind: 'local-report-signature-asked', to: signers },
  'draft.sent-back': {
    kind: 'local-report-sent-back',
    to: async (tx, place) => [...(await managers(tx, place)), ...(await signers(tx, place))],
  },
  'draft.signed': { kind: 'local-report-signed', to: managers },
  'draft.accuracy-asked': { kind: 'local-report-facts-asked', to: async (_, __, { detail }) => [...detail.tell] },
  'draft.commented': { kind: 'local-report-commented', to: async (_, __, { detail }) => [...detail.tell] },
  'panel.allocated': {
    kind: ({ detail }) => (detail.review === 'rapid' ? 'review-allocated' : 'local-review-allocated'),
    to: async (_, __, event) => [event.detail.personId],
  },
  'letter.ready': {
    kind: ({ detail }) => (detail.review === 'rapid' ? 'letter-ready' : 'local-letter-ready'),
    to: async (tx, _, { detail }) => [...(await holdersOf(tx, 'panel-chair')), ...detail.members],
  },
  'letter.sent': {
    kind: ({ detail }) => (detail.review === 'rapid' ? 'letter-sent' : 'local-letter-sent'),
    to: async (tx, place) => [...(await managers(tx, place)), ...(await partners(tx, place))],
  },
  'letter.point-answered': {
    kind: ({ detail }) => (detail.review === 'rapid' ? 'point-answered' : 'local-point-answered'),
    to: secretariat,
  },
}

const numberedRules: { [Kind in EventKind]?: NumberedRule<Kind> } = {
  'recommendation.issued': {
    kind: 'recommendation-issued',
    numberOf: ({ detail }) => detail.number,
    to: (tx, { detail }) => answering(tx, detail.bodies),
  },
  'national.sent': {
    kind: 'recommendation-issued',
    numberOf: ({ detail }) => detail.number,
    to: (tx, { detail }) => answering(tx, detail.bodies),
  },
  'national.sample-drawn': {
    kind: 'evidence-asked',
    numberOf: ({ detail }) => detail.number,
    to: (tx, { detail }) => answering(tx, detail.bodies),
  },
  'recommendation.reopened': {
    kind: 'recommendation-reopened',
    numberOf: ({ detail }) => detail.number,
    to: (tx, { detail }) => answering(tx, detail.bodies),
  },
  'action.agreed': { kind: 'action-led', numberOf: ({ detail }) => detail.number, to: lead },
  'action.changed': { kind: 'action-led', numberOf: ({ detail }) => detail.number, to: lead },
}

export function subscribeMail(database: Pick<Database, 'on'>): void {
  const subscribe = <Kind extends EventKind>(eventKind: Kind) =>
    database.on(eventKind, async (tx, event) => {
      const { place } = event
      const rule: MailRule<Kind> | undefined = rules[eventKind]
      if (!place || !rule) return
      await asTask(tx, 'mail', async () => {
        const personIds = [...new Set(await rule.to(tx, place, event))]
        const kind = typeof rule.kind === 'function' ? rule.kind(event) : rule.kind
        await mailTo(tx, { personIds, incidentId: place.incidentId, kind })
      })
    })
  const subscribeNumbered = <Kind extends EventKind>(eventKind: Kind) =>
    database.on(eventKind, async (tx, event) => {
      const rule: NumberedRule<Kind> | undefined = numberedRules[eventKind]
      const { objectId } = event
      if (!rule || !objectId) return
      const doer = personOf(tx)
      await asTask(tx, 'mail', async () => {
        // Nobody is told of what they did themselves.
        const personIds = [...new Set(await rule.to(tx, event))].filter(id => id !== doer)
        const about = { objectId, reference: rule.numberOf(event) }
        await mailTo(tx, { personIds, kind: rule.kind, incidentId: event.place?.incidentId, about })
      })
    })
  for (const eventKind of Object.keys(rules) as EventKind[]) subscribe(eventKind)
  for (const eventKind of Object.keys(numberedRules) as EventKind[]) subscribeNumbered(eventKind)
}
