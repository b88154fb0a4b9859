import { country, partnershipOf, standsOn } from './country.ts'
import type { BodyKind } from './country.ts'
import { appointments, conflicts } from './people.ts'
import type { Appointment, Role } from './people.ts'

const byOffice = Map.groupBy(appointments, ({ role, bodyCode }) => `${role} ${bodyCode}`)
const bodiesByPartnership = Map.groupBy(country.partnershipBodies, body => body.partnershipCode)
const regionOfAuthority = new Map(country.authorities.map(({ code, regionCode }) => [code, regionCode]))
const conflicted = new Set(conflicts.map(({ email, authorityCode }) => `${email} ${authorityCode}`))

/** Everybody in the office on a day. */
export function inOffice(role: Role, bodyCode: string, day: string): Appointment[] {
  return (byOffice.get(`${role} ${bodyCode}`) ?? []).filter(each => standsOn(each, day))
}

/** @throws Error when the office is empty on that day */
export function oneInOffice(role: Role, bodyCode: string, day: string): Appointment {
  const [one] = inOffice(role, bodyCode, day)
  if (!one) throw new Error(`Nobody is ${role} of ${bodyCode} on ${day}.`)
  return one
}

/** The business manager of an area on a day: where partnerships were joined or split since, the successor. */
export function managerOf({ authorityCode, partnershipCode }: Area, day: string): Appointment {
  const [manager] = inOffice('business-manager', partnershipCode, day)
  return manager ?? oneInOffice('business-manager', partnershipOn(authorityCode, day), day)
}

/** The body that signs for a partner. Of several authorities it is the one where the incident happened. */
export function partnerBody(kind: BodyKind, { authorityCode }: Area, day: string): string {
  if (kind === 'authority') return authorityCode
  const partnership = partnershipOn(authorityCode, day)
  const body = bodiesByPartnership.get(partnership)?.find(each => each.bodyKind === kind && standsOn(each, day))
  if (!body) throw new Error(`Partnership ${partnership} has no ${kind} on ${day}.`)
  return body.bodyCode
}

interface Area {
  authorityCode: string
  partnershipCode: string
}

function partnershipOn(authorityCode: string, day: string): string {
  const partnership = partnershipOf(authorityCode, day)
  if (!partnership) throw new Error(`Authority ${authorityCode} is in no partnership on ${day}.`)
  return partnership.code
}

/** Members of the Panel who may read what comes from an authority, those of its region first. */
export function readersFor(authorityCode: string, day: string): Appointment[] {
  const home = regionOfAuthority.get(authorityCode)
  const regions = country.regions
    .map(({ code }) => code)
    .sort((one, other) => Number(other === home) - Number(one === home))
  const members = regions.flatMap(region => inOffice('panel-member', region, day))
  const others = new Map(members.map(member => [member.email, member]))
  return [...others.values()]
    .map(({ email }) => members.find(member => member.email === email))
    .filter(
      (member): member is Appointment => member !== undefined && !conflicted.has(`${member.email} ${authorityCode}`),
    )
}
