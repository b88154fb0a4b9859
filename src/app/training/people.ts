import { country, standsOn } from './country.ts'
import type { Authority, BodyKind, Partnership } from './country.ts'
import { inventAdultName } from './names.ts'
import { seededRandom } from './random.ts'

export type Role =
  | 'notifier'
  | 'approver'
  | 'safeguarding-partner'
  | 'lead-safeguarding-partner'
  | 'business-manager'
  | 'agency-author'
  | 'reviewer'
  | 'data-officer'
  | 'scrutineer'
  | 'secretariat'
  | 'panel-member'
  | 'panel-chair'
  | 'body-answering'
  | 'analyst'
  | 'dfe'
  | 'ofsted'
  | 'administrator'

/** Besides the bodies of an area: a partnership as a whole, a region of the Panel, a national body. */
export type AppointingBodyKind = BodyKind | 'partnership' | 'region' | 'national'

/** National bodies, as they stand in `Appointment.bodyCode`. The maternity record is nobody's: it is invented. */
export const nationalBodies = {
  panel: 'Child Safeguarding Practice Review Panel',
  dfe: 'Department for Education',
  ofsted: 'Ofsted',
  'maternity-record': 'National Maternity Record',
  service: 'Weathervane service team',
} as const

/** One role of one person in one body. `until` is the first day on which it was no longer held. */
export interface Appointment {
  email: string
  name: string
  /** What the person does for a living there, in words. */
  title: string
  role: Role
  bodyKind: AppointingBodyKind
  bodyCode: string
  from: string
  until?: string
}

/** A declared interest: this person may not read or decide what comes from the authority. */
export interface Conflict {
  email: string
  authorityCode: string
  /** A code of the Panel's list of reasons. */
  reason: 'worked-there' | 'personal-tie' | 'took-part' | 'paid-work'
}

/** Someone to sign in as first, and what to try. */
export interface TourStop {
  email: string
  name: string
  role: Role
  partnershipCode: string
  tryThis: string
}

interface Post {
  title: string
  role: Role
  bodyKind: AppointingBodyKind
  bodyCode: string
  from: string
  until?: string
}

interface Person {
  email: string
  name: string
}

interface Span {
  from: string
  until?: string
}

/** Agencies that give a rapid review their account, besides the safeguarding partners themselves. */
const reportingAgencies = [
  { slug: 'hospitals', title: 'Named nurse for safeguarding, hospital trust' },
  { slug: 'community-health', title: 'Named nurse for safeguarding, community health trust' },
  { slug: 'education', title: 'Head of education safeguarding' },
  { slug: 'mental-health', title: 'Head of safeguarding, mental health trust' },
  { slug: 'probation', title: 'Senior probation officer for quality' },
  { slug: 'housing', title: 'Safeguarding lead, housing service' },
  { slug: 'youth-justice', title: 'Head of youth justice' },
]

/** One member of the Panel ran children's services in an area of their own region, and so may not read about it. */
const formerlyDirectedBy = { authority: 'Quillbridge', until: '2021-08-01' }

function invented() {
  const random = seededRandom(6)
  const appointments: Appointment[] = []
  const used = new Set<string>()

  function person(domain: string): Person {
    for (;;) {
      const name = inventAdultName(random)
      if (used.has(name)) continue
      used.add(name)
      return { name, email: emailOf(name, domain) }
    }
  }

  function appoint(who: Person, post: Post): Person {
    appointments.push({ ...who, ...post })
    return who
  }

  /** Fills a post for the whole span. Now and then somebody leaves and a successor takes over the same day. */
  function fill(domain: string, post: Omit<Post, 'from' | 'until'>, span: Span): Person {
    const handover = `${random.whole(2023, 2025)}-${String(random.whole(1, 12)).padStart(2, '0')}-01`
    if (random.chance(0.15) && handover > span.from && (span.until === undefined || handover < span.until)) {
      appoint(person(domain), { ...post, from: span.from, until: handover })
      return appoint(person(domain), { ...post, ...span, from: handover })
    }
    return appoint(person(domain), { ...post, ...span })
  }

  for (const authority of country.authorities) staffAuthority(authority)
  for (const force of country.policeForces) {
    const post = { bodyKind: 'police', bodyCode: force.code } as const
    const lead = { title: 'Chief constable', role: 'lead-safeguarding-partner', ...post } as const
    const partner = {
      title: 'Detective superintendent, public protection',
      role: 'safeguarding-partner',
      ...post,
    } as const
    fill(force.domain, lead, spanOf(force))
    fill(force.domain, partner, spanOf(force))
  }
  for (const icb of country.icbs) {
    const post = { bodyKind: 'icb', bodyCode: icb.code } as const
    const lead = { title: 'Chief executive', role: 'lead-safeguarding-partner', ...post } as const
    const partner = { title: 'Chief nurse', role: 'safeguarding-partner', ...post } as const
    fill(icb.domain, lead, spanOf(icb))
    fill(icb.domain, partner, spanOf(icb))
  }

  function staffAuthority(authority: Authority) {
    const post = { bodyKind: 'authority', bodyCode: authority.code } as const
    const span = { from: '2019-09-29' }
    const director = { title: 'Director of children’s services', role: 'safeguarding-partner', ...post } as const
    const lead = { title: 'Chief executive', role: 'lead-safeguarding-partner', ...post } as const
    const approver = { title: 'Head of safeguarding and quality', role: 'approver', ...post } as const
    fill(authority.domain, { title: 'Service manager, safeguarding', role: 'notifier', ...post }, span)
    fill(authority.domain, { title: 'Safeguarding co-ordinator', role: 'notifier', ...post }, span)
    fill(authority.domain, approver, span)
    const formerDirector = authority.name === formerlyDirectedBy.authority
    fill(authority.domain, director, formerDirector ? { from: formerlyDirectedBy.until } : span)
    fill(authority.domain, lead, span)
  }

  /** The areas that share a person with an area named earlier in the country. */
  const sharesItsManager = new Map([
    ['Threlfold', 'Pellmouth'],
    ['Stonehithe', 'Tallowgate'],
  ])
  const sharesItsScrutineer = new Map([
    ['Hathersell', 'Skarrowby'],
    ['Fellhaven', 'Skarrowby'],
    ['Kirkenwater', 'Eddlestowe'],
    ['Merestoke', 'Hollinmoor'],
    ['Oldstrand', 'Fenbarrow'],
    ['Pevelsea', 'Havenhurst'],
  ])
  const managers = new Map<string, Person>()
  const scrutineers = new Map<string, Person>()
  for (const partnership of country.partnerships) {
    const post = { bodyKind: 'partnership', bodyCode: partnership.code } as const
    const managing = { title: 'Partnership business manager', role: 'business-manager', ...post } as const
    const scrutiny = { title: 'Independent scrutineer', role: 'scrutineer', ...post } as const
    const span = spanOf(partnership)

    const manager = managers.get(sharesItsManager.get(short(partnership)) ?? '')
    const scrutineer = scrutineers.get(sharesItsScrutineer.get(short(partnership)) ?? '')
    managers.set(
      short(partnership),
      manager ? appoint(manager, { ...managing, ...span }) : fill(partnership.domain, managing, span),
    )
    scrutineers.set(
      short(partnership),
      scrutineer ? appoint(scrutineer, { ...scrutiny, ...span }) : fill('scrutiny.example', scrutiny, span),
    )
    for (const agency of [
      ...reportingAgencies.slice(0, 3),
      ...random.shuffled(reportingAgencies.slice(3)).slice(0, 2),
    ]) {
      const domain = `${agency.slug}.${partnership.domain}`
      fill(domain, { title: agency.title, role: 'agency-author', ...post }, span)
    }
  }

  const national = (bodyCode: keyof typeof nationalBodies) => ({ bodyKind: 'national', bodyCode }) as const
  const panelDomain = 'panel.example'
  const chair = appoint(person(panelDomain), {
    title: 'Chair of the Panel',
    role: 'panel-chair',
    ...national('panel'),
    from: '2023-01-01',
  })
  const titles = ['Head of the secretariat', 'Secretariat officer', 'Secretariat officer', 'Secretariat officer']
  const secretariat = titles.map(title =>
    appoint(person(panelDomain), { title, role: 'secretariat', ...national('panel'), from: '2022-04-01' }),
  )
  for (const title of ['Lead analyst', 'Research analyst']) {
    appoint(person(panelDomain), { title, role: 'analyst', ...national('panel'), from: '2022-09-01' })
  }
  const dfe = { title: 'Safeguarding policy lead', role: 'dfe', ...national('dfe'), from: '2021-06-01' } as const
  appoint(person('dfe.example'), dfe)
  const inspector = { title: 'Senior inspector', role: 'ofsted', ...national('ofsted'), from: '2021-06-01' } as const
  appoint(person('ofsted.example'), inspector)
  appoint(person('weathervane.example'), {
    title: 'Service administrator',
    role: 'administrator',
    ...national('service'),
    from: '2022-04-01',
  })

  /** Which regions each of the eight members reads first, by their place in `country.regions`. */
  const regionsOfMember = [[0], [1, 0], [2], [3, 2], [4], [5], [6, 7], [7]]
  const members = regionsOfMember.map(places => {
    const member = person(panelDomain)
    for (const place of places) {
      const region = country.regions[place]
      if (!region) throw new Error(`The training country has no region number ${place}`)
      const reading = {
        title: 'Panel member',
        role: 'panel-member',
        bodyKind: 'region',
        bodyCode: region.code,
      } as const
      appoint(member, { ...reading, from: place === 4 ? '2025-01-01' : '2022-06-01' })
    }
    return member
  })
  const eastmere = country.regions[4]
  if (eastmere) {
    appoint(person(panelDomain), {
      title: 'Panel member',
      role: 'panel-member',
      bodyKind: 'region',
      bodyCode: eastmere.code,
      from: '2022-06-01',
      until: '2025-01-01',
    })
  }

  const conflicts: Conflict[] = (
    [
      [2, formerlyDirectedBy.authority, 'worked-there'],
      [3, 'Copperwick', 'paid-work'],
      [5, 'Ludmarsh', 'personal-tie'],
      [6, 'Portallan', 'took-part'],
      [7, 'Chalkwater', 'worked-there'],
    ] as const
  ).map(([place, authorityName, reason]) => {
    const authority = country.authorities.find(each => each.name === authorityName)
    const member = members[place]
    if (!authority || !member) throw new Error(`The conflict of interest in ${authorityName} names nobody`)
    if (authorityName === formerlyDirectedBy.authority) {
      appoint(member, {
        title: 'Director of children’s services',
        role: 'safeguarding-partner',
        bodyKind: 'authority',
        bodyCode: authority.code,
        from: '2019-09-29',
        until: formerlyDirectedBy.until,
      })
    }
    return { email: member.email, authorityCode: authority.code, reason }
  })

  // Drawn last, so that everybody else keeps their name.
  for (const partnership of country.partnerships) {
    const post = { bodyKind: 'partnership', bodyCode: partnership.code } as const
    const officer = { title: 'Data protection officer', role: 'data-officer', ...post, ...spanOf(partnership) } as const
    appoint(person(`data.${partnership.domain}`), officer)
    const reviewer = { title: 'Independent reviewer', role: 'reviewer', ...post, ...spanOf(partnership) } as const
    appoint(person('reviewers.example'), reviewer)
  }
  const answering = appoint(person('maternity-record.example'), {
    title: 'Head of clinical content',
    role: 'body-answering',
    ...national('maternity-record'),
    from: '2022-04-01',
  })

  return { appointments, conflicts, chair, secretariat, members, answering }
}

function emailOf(name: string, domain: string): string {
  const local = name
    .toLowerCase()
    .replace(' ', '.')
    .replaceAll(/[^a-z.-]/g, '')
  return `${local}@${domain}`
}

function spanOf(each: Span): Span {
  return { from: each.from, ...(each.until && { until: each.until }) }
}

function short(partnership: Partnership): string {
  return partnership.name.replace(' Safeguarding Children Partnership', '')
}

const { appointments, conflicts, chair, secretariat, members, answering } = invented()
export { appointments, conflicts }

/** Who holds a role in a body on a day, first appointed first. */
export function holdersOf(role: Role, bodyCode: string, day: string): Appointment[] {
  return appointments
    .filter(each => each.role === role && each.bodyCode === bodyCode && standsOn(each, day))
    .sort((one, other) => (one.from < other.from ? -1 : 1))
}

/**
 * Twelve people to sign in as first. All have to do with the partnership of Meadshire and Corvenham: a large rural
 * county and the town in its middle, which is an authority of its own. Both share one police force, one integrated
 * care board and one business unit; the county's force also serves two other partnerships.
 */
export const tour: readonly TourStop[] = makeTour()

function makeTour(): TourStop[] {
  const day = '2026-03-31'
  const partnership = country.partnerships.find(each => short(each) === 'Meadshire and Corvenham')
  if (!partnership) throw new Error('The training country has no partnership of Meadshire and Corvenham')
  const bodies = country.partnershipBodies.filter(
    body => body.partnershipCode === partnership.code && standsOn(body, day),
  )
  const bodyCode = (kind: BodyKind) => bodies.find(body => body.bodyKind === kind)?.bodyCode ?? ''
  const stop = (who: Person | undefined, role: Role, tryThis: string): TourStop => {
    if (!who) throw new Error(`Nobody holds the role ${role} for ${partnership.name} on ${day}`)
    return { email: who.email, name: who.name, role, partnershipCode: partnership.code, tryThis }
  }
  const partner = (kind: BodyKind) => holdersOf('safeguarding-partner', bodyCode(kind), day)[0]
  const inPartnership = (role: Role) => holdersOf(role, partnership.code, day)[0]
  return [
    stop(holdersOf('notifier', bodyCode('authority'), day)[0], 'notifier', 'Notify a serious incident'),
    stop(holdersOf('business-manager', partnership.code, day)[0], 'business-manager', 'Run a rapid review'),
    stop(partner('authority'), 'safeguarding-partner', 'Sign a rapid review for the authority'),
    stop(partner('icb'), 'safeguarding-partner', 'Sign a rapid review for the integrated care board'),
    stop(partner('police'), 'safeguarding-partner', 'Sign a rapid review for the police, in all their areas'),
    stop(secretariat[1], 'secretariat', 'Check what arrived and allocate it for reading'),
    stop(members[2], 'panel-member', 'Read a rapid review and record a view'),
    stop(chair, 'panel-chair', 'Agree the Panel’s letter'),
    stop(inPartnership('reviewer'), 'reviewer', 'Go on with a local review at your bench'),
    stop(inPartnership('scrutineer'), 'scrutineer', 'Judge whether a recommendation changed anything'),
    stop(
      inPartnership('data-officer'),
      'data-officer',
      'Hold words that a family withdrew, while the law asks for them',
    ),
    stop(answering, 'body-answering', 'Reply to a recommendation for a national body'),
  ]
}
