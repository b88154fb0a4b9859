import assert from 'node:assert/strict'
import { test } from 'node:test'
import { country, standsOn } from './country.ts'
import { appointments, conflicts, holdersOf, tour } from './people.ts'
import type { Role } from './people.ts'

const today = '2026-03-31'
const current = country.partnerships.filter(partnership => standsOn(partnership, today))

function holders(role: Role, bodyCode: string): number {
  return holdersOf(role, bodyCode, today).length
}

test('every authority has two notifiers, an approver, a safeguarding partner and a lead', () => {
  for (const { code, name } of country.authorities) {
    assert.equal(holders('notifier', code), 2, name)
    assert.equal(holders('approver', code), 1, name)
    assert.equal(holders('safeguarding-partner', code), 1, name)
    assert.equal(holders('lead-safeguarding-partner', code), 1, name)
  }
})

test('every partnership has its partners from authority, board and police on any day of the story', () => {
  for (const day of ['2023-04-01', '2024-03-31', '2024-04-01', '2024-07-01', today]) {
    for (const body of country.partnershipBodies.filter(each => standsOn(each, day))) {
      assert.equal(holdersOf('safeguarding-partner', body.bodyCode, day).length, 1, `${body.bodyCode} on ${day}`)
      assert.equal(holdersOf('lead-safeguarding-partner', body.bodyCode, day).length, 1, `${body.bodyCode} on ${day}`)
    }
  }
})

test('every partnership has a business manager, a scrutineer and agency authors', () => {
  for (const { code, name } of current) {
    assert.equal(holders('business-manager', code), 1, name)
    assert.equal(holders('scrutineer', code), 1, name)
    assert.ok(holders('agency-author', code) >= 4, name)
  }
})

test('a police partner is appointed to the force, so serves all its partnerships', () => {
  const police = appointments.filter(each => each.role === 'safeguarding-partner' && each.bodyKind === 'police')
  const served = police.map(each => country.partnershipBodies.filter(body => body.bodyCode === each.bodyCode).length)
  assert.ok(Math.max(...served) >= 10)
})

test('the Panel has a chair, four secretaries, two analysts and eight members who cover every region', () => {
  const now = appointments.filter(each => standsOn(each, today))
  const people = (role: Role) => new Set(now.filter(each => each.role === role).map(each => each.email)).size
  assert.equal(people('panel-chair'), 1)
  assert.equal(people('secretariat'), 4)
  assert.equal(people('analyst'), 2)
  assert.equal(people('panel-member'), 8)
  assert.equal(people('dfe') + people('ofsted') + people('administrator'), 3)
  for (const region of country.regions) assert.ok(holders('panel-member', region.code) >= 1, region.name)
})

test('some people serve two partnerships or three', () => {
  const bodies = (role: Role) => {
    const perPerson = new Map<string, Set<string>>()
    for (const each of appointments.filter(one => one.role === role && standsOn(one, today))) {
      perPerson.set(each.email, (perPerson.get(each.email) ?? new Set()).add(each.bodyCode))
    }
    return [...perPerson.values()].map(codes => codes.size)
  }
  assert.ok(bodies('business-manager').filter(count => count === 2).length === 2)
  assert.ok(bodies('scrutineer').includes(3))
  assert.ok(bodies('panel-member').includes(2))
})

test('a conflict of interest names a member of the Panel and an authority', () => {
  assert.ok(conflicts.length >= 4)
  for (const conflict of conflicts) {
    assert.ok(appointments.some(each => each.email === conflict.email && each.role === 'panel-member'))
    assert.ok(country.authorities.some(authority => authority.code === conflict.authorityCode))
  }
})

test('one address is one name, and no address can be delivered to', () => {
  const names = new Map<string, string>()
  for (const { email, name } of appointments) {
    assert.match(email, /^[a-z-]+\.[a-z-]+@[a-z.-]+\.example$/)
    assert.equal(names.get(email) ?? name, name)
    names.set(email, name)
  }
  assert.equal(new Set(names.values()).size, names.size)
})

test('the tour has twelve people of one partnership of two authorities, and none is barred from it', () => {
  assert.deepEqual(
    tour.map(stop => stop.role),
    [
      'notifier',
      'business-manager',
      'safeguarding-partner',
      'safeguarding-partner',
      'safeguarding-partner',
      'secretariat',
      'panel-member',
      'panel-chair',
      'reviewer',
      'scrutineer',
      'data-officer',
      'body-answering',
    ],
  )
  assert.equal(new Set(tour.map(stop => stop.email)).size, 12)
  const codes = country.partnershipBodies
    .filter(body => body.bodyKind === 'authority' && body.partnershipCode === tour[0]?.partnershipCode)
    .map(body => body.bodyCode)
  assert.equal(codes.length, 2)
  const emails = tour.map(stop => stop.email)
  assert.ok(!conflicts.some(each => emails.includes(each.email) && codes.includes(each.authorityCode)))
})
