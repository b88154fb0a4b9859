import assert from 'node:assert/strict'
import { test } from 'node:test'
import { country, partnershipOf, placeName, standsOn } from '../country.ts'
import { ageBandOn, ethnicityCodes } from '../incident.ts'
import { holdersOf } from '../people.ts'
import { parseReview, readReviews, reviewSections } from './read-reviews.ts'

const reviews = readReviews()
/** Described without analysis, and with actions nobody owns, so that the Panel has something to challenge. */
const weakReview = 'pellmouth-2025-self-harm'

function weekday(day: string): boolean {
  return ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())
}

test('there are at least twelve reviews, each with a key of its own', () => {
  assert.ok(reviews.length >= 12, `${reviews.length} reviews`)
  assert.equal(new Set(reviews.map(review => review.key)).size, reviews.length)
})

for (const review of reviews) {
  test(`${review.key} is long enough to be read as a review, and no section is a stub`, () => {
    const words = (prose: string) => prose.split(/\s+/).length
    const least = review.key === weakReview ? 700 : 1200
    const total = reviewSections.reduce((sum, section) => sum + words(review.sections[section]), 0)
    assert.ok(total >= least && total <= 2100, `${total} words`)
    for (const section of reviewSections) assert.ok(words(review.sections[section]) >= 15, section)
  })

  test(`${review.key} happened in an authority of the partnership that signed it`, () => {
    const { authorityCode, partnershipCode, incident } = review
    assert.equal(partnershipOf(authorityCode, incident.notifiedAt.slice(0, 10))?.code, partnershipCode)
    assert.ok(placeName(authorityCode))
  })

  test(`${review.key} is signed by the partner of every body, on the day it was sent`, () => {
    const bodies = country.partnershipBodies.filter(
      body => body.partnershipCode === review.partnershipCode && standsOn(body, review.review.sentOn),
    )
    for (const kind of ['authority', 'police', 'icb'] as const) {
      assert.ok(review.signOff.some(each => each.bodyKind === kind))
    }
    for (const signed of review.signOff) {
      assert.ok(bodies.some(body => body.bodyCode === signed.bodyCode))
      assert.equal(holdersOf('safeguarding-partner', signed.bodyCode, signed.on)[0]?.email, signed.email)
      assert.ok(signed.on <= review.review.sentOn)
    }
    const scrutineer = holdersOf('scrutineer', review.partnershipCode, review.review.sentOn)[0]
    assert.equal(review.scrutineer.name, scrutineer?.name)
  })

  test(`${review.key} tells its days in order, and works on working days`, () => {
    const { incident, review: done, letter } = review
    const answered = letter.points.flatMap(point => (point.answer ? [point.answer.on] : []))
    const story = [incident.incidentOn, incident.awareOn, incident.notifiedAt.slice(0, 10), done.meetingOn, done.sentOn]
    const days = [...story, letter.consideredOn, letter.sentOn, ...answered]
    assert.deepEqual(days, days.toSorted())
    for (const day of days.slice(2)) assert.ok(weekday(day), day)
    for (const point of letter.points) {
      assert.equal(point.replyAsked, point.replyBy !== undefined)
      assert.ok(!point.answer || point.replyAsked)
    }
  })

  test(`${review.key} gives the child's age, learning and actions`, () => {
    const [child] = review.incident.children
    assert.ok(child && ethnicityCodes.includes(child.ethnicity))
    assert.equal(ageBandOn(review.incident.incidentOn, child), review.ageBand)
    assert.equal(
      new Set(review.incident.children.map(each => each.familyName + each.givenName)).size,
      review.incident.children.length,
    )
    assert.ok(review.learning.length >= 2)
    assert.ok(review.actions.length >= 2)
    if (review.key === weakReview) return
    for (const point of review.learning) assert.ok(point.theme, point.text)
    for (const action of review.actions) {
      assert.ok(action.owner, action.text)
      assert.ok(action.dueOn && action.dueOn >= review.incident.notifiedAt.slice(0, 10), action.text)
    }
  })

  test(`${review.key} decides as its answers to the criteria allow`, () => {
    const met = Object.values(review.criteria).some(criterion => criterion.met)
    if (review.outcomes.includes('LCSPR')) assert.ok(met)
    if (review.outcomes.includes('CRITERIA_NOT_MET')) assert.deepEqual([met, review.outcomes.length], [false, 1])
  })
}

test('Meadshire and Corvenham had told the Panel before what it would do about men who are not seen', () => {
  const [earlier, later] = reviews.filter(each => each.key.endsWith('-baby-injury'))
  assert.ok(earlier && later)
  assert.equal(earlier.partnershipCode, later.partnershipCode)
  const months =
    (Date.parse(later.incident.notifiedAt) - Date.parse(earlier.incident.notifiedAt)) / (30.4 * 24 * 3600 * 1000)
  assert.ok(months > 13 && months < 15)
  assert.ok(earlier.themes.includes('men-not-seen') && later.themes.includes('men-not-seen'))
  assert.ok(earlier.letter.points.some(point => point.theme === 'men-not-seen' && point.answer))
})

test('a review without one of its sections is refused by name', () => {
  const file = '---\n{}\n---\n## incident\n\nSomething.\n'
  assert.throws(() => parseReview(file), /key/)
  assert.throws(() => parseReview('no front matter'), /front matter/)
})
