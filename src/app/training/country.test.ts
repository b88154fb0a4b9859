import assert from 'node:assert/strict'
import { test } from 'node:test'
import { country, partnershipOf, standsOn } from './country.ts'

const { regions, authorities, policeForces, icbs, partnerships, partnershipBodies } = country
const today = '2026-03-31'

function named(name: string): string {
  const found = [...authorities, ...partnerships].find(each => each.name === name)
  assert.ok(found, `${name} is not in the training country`)
  return found.code
}

function bodiesOn(kind: string, partnershipCode: string, day: string): number {
  return partnershipBodies.filter(
    body => body.bodyKind === kind && body.partnershipCode === partnershipCode && standsOn(body, day),
  ).length
}

test('no code of the training country can be a code of a real place', () => {
  const places = [...regions, ...authorities, ...policeForces, ...icbs, ...partnerships]
  for (const { code } of places) assert.match(code, /^T\d{8}$/)
  assert.equal(new Set(places.map(place => place.code)).size, places.length)
})

test('the country is about the size it says it is', () => {
  const children = authorities.reduce((total, authority) => total + authority.population0to17, 0)
  assert.equal(regions.length, 8)
  assert.equal(authorities.length, 68)
  assert.equal(partnerships.filter(partnership => standsOn(partnership, today)).length, 58)
  assert.ok(children > 5_050_000 && children < 5_150_000, `${children} children`)
})

test('populations are spread as in England: a few tiny, most middling, some very large', () => {
  const between = (least: number, most: number) =>
    authorities.filter(each => each.population0to17 >= least && each.population0to17 < most).length
  assert.equal(between(0, 10_000), 3)
  assert.ok(between(25_000, 85_000) > authorities.length / 2)
  assert.ok(between(150_000, 300_000) >= 7)
  assert.equal(between(300_000, Infinity), 0)
})

test('every authority is in exactly one partnership on any day since arrangements began', () => {
  for (const day of ['2019-09-29', '2022-06-30', '2024-03-31', '2024-04-01', today]) {
    for (const authority of authorities) {
      const of = partnershipBodies.filter(body => body.bodyCode === authority.code && standsOn(body, day))
      assert.equal(of.length, 1, `${authority.name} on ${day}`)
    }
  }
})

test('every partnership has a police force, and since July 2022 an integrated care board', () => {
  for (const partnership of partnerships) {
    const day = partnership.until ? '2024-03-31' : today
    assert.ok(bodiesOn('police', partnership.code, day) >= 1, partnership.name)
    assert.ok(bodiesOn('icb', partnership.code, day) >= 1, partnership.name)
  }
})

test('no relation outlives the partnership or the body it joins', () => {
  const spans = new Map([...partnerships, ...policeForces, ...icbs].map(each => [each.code, each]))
  for (const body of partnershipBodies) {
    for (const span of [spans.get(body.partnershipCode), spans.get(body.bodyCode)]) {
      if (!span) continue
      assert.ok(body.from >= span.from)
      assert.ok(span.until === undefined || (body.until !== undefined && body.until <= span.until))
    }
  }
})

test('areas cut across each other: shared forces, two boards in one partnership, one of three authorities', () => {
  const perForce = policeForces.map(
    force => partnershipBodies.filter(body => body.bodyCode === force.code && standsOn(body, today)).length,
  )
  const current = partnerships.filter(partnership => standsOn(partnership, today))
  assert.ok(perForce.some(count => count >= 3))
  assert.ok(perForce.some(count => count === 1))
  assert.ok(current.filter(each => bodiesOn('icb', each.code, today) === 2).length >= 5)
  assert.equal(current.filter(each => bodiesOn('police', each.code, today) === 2).length, 1)
  assert.equal(current.filter(each => bodiesOn('authority', each.code, today) === 3).length, 1)
  assert.equal(current.filter(each => bodiesOn('authority', each.code, today) === 2).length, 8)
})

test('the two boards of Norrow became one on 1 July 2024', () => {
  const norrowshire = named('Norrowshire Safeguarding Children Partnership')
  assert.equal(bodiesOn('icb', norrowshire, '2024-06-30'), 2)
  assert.equal(bodiesOn('icb', norrowshire, '2024-07-01'), 1)
})

test('Heronsea and Saltfenby shared a partnership until April 2024', () => {
  const before = partnershipOf(named('Heronsea'), '2024-03-31')
  assert.equal(before?.code, partnershipOf(named('Saltfenby'), '2024-03-31')?.code)
  assert.notEqual(
    partnershipOf(named('Heronsea'), '2024-04-01')?.code,
    partnershipOf(named('Saltfenby'), '2024-04-01')?.code,
  )
})

test('who to ring is in the telephone range kept for drama, and mail goes nowhere', () => {
  for (const partnership of partnerships) {
    assert.match(partnership.phone, /^01632 960\d{3}$/)
    assert.match(partnership.email, /^business\.unit@[a-z-]+\.example$/)
  }
  assert.equal(new Set(partnerships.map(partnership => partnership.phone)).size, partnerships.length)
})
