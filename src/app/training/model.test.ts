import assert from 'node:assert/strict'
import { test } from 'node:test'
import { country, partnershipOf, standsOn } from './country.ts'
import { monthWeights } from './figures.ts'
import { ageBandOn, ethnicityCodes, themeKeys } from './incident.ts'
import { inventIncidents, stages } from './model.ts'
import type { InventedIncident } from './model.ts'
import { readReviews } from './reviews/read-reviews.ts'

const until = '2026-04-01'
const threeYears = [...inventIncidents({ seed: 1, until })]
const sent = threeYears.filter(each => each.notifiedAt)
/** Enough for shares to be told apart from chance. */
const many = [...inventIncidents({ seed: 7, until, count: 30_000 })]
const reviewed = many.filter(each => each.basis === 'abuse-or-neglect')

function first(incident: InventedIncident) {
  const [child] = incident.children
  assert.ok(child)
  return child
}

function sentOn(incident: InventedIncident): string {
  assert.ok(incident.notifiedAt)
  return incident.notifiedAt.slice(0, 10)
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4)) + (day.slice(5) >= '04-01' ? 1 : 0)
}

/** In per cent of those incidents for which the question makes sense. */
function share(of: readonly InventedIncident[], asked: (incident: InventedIncident) => boolean): number {
  return (100 * of.filter(asked).length) / of.length
}

function assertNear(actual: number, expected: number, tolerance: number, what: string) {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual.toFixed(1)}, expected about ${expected}`)
}

function workingDays(from: string, to: string): number {
  let days = 0
  for (let at = Date.parse(from) + 86_400_000; at <= Date.parse(to); at += 86_400_000) {
    if (![0, 6].includes(new Date(at).getUTCDay())) days += 1
  }
  return days
}

test('the same seed invents the same incidents, and another seed others', () => {
  const again = [...inventIncidents({ seed: 1, until })]
  assert.deepEqual(again, threeYears)
  const other = [...inventIncidents({ seed: 2, until })]
  assert.notDeepEqual(other.map(each => each.narrative).slice(0, 20), again.map(each => each.narrative).slice(0, 20))
})

test('each reporting year has the number published for England', () => {
  const children = sent.filter(each => each.basis !== 'care-leaver')
  const perYear = [2024, 2025, 2026].map(year => children.filter(each => yearOf(sentOn(each)) === year).length)
  assert.deepEqual(perYear, [405, 338, 357])
})

test('a few care leavers come on top, from 18 to 24 and looked after no longer', () => {
  const careLeavers = sent.filter(each => each.basis === 'care-leaver')
  assert.equal(careLeavers.length, 18)
  for (const each of careLeavers) {
    const { dateOfBirth, lookedAfter } = first(each)
    const years = (Date.parse(each.incidentOn) - Date.parse(dateOfBirth ?? '')) / (365.25 * 86_400_000)
    assert.ok(years >= 18 && years < 25, `${years} years`)
    assert.deepEqual([lookedAfter, each.stage], ['no', 'no-review-needed'])
  }
})

test('each year is split by nature as it was published', () => {
  const cases = [
    { year: 2024, death: 205 / 405, harm: 180 / 405 },
    { year: 2025, death: 162 / 338, harm: 167 / 338 },
    { year: 2026, death: 160 / 357, harm: 188 / 357 },
  ]
  for (const { year, death, harm } of cases) {
    const inYear = sent.filter(each => each.basis !== 'care-leaver' && yearOf(sentOn(each)) === year)
    const natures = (nature: string) => inYear.filter(each => each.nature === nature).length
    assertNear(natures('death'), death * inYear.length, 1, `${year} deaths`)
    assertNear(natures('serious-harm'), harm * inYear.length, 1, `${year} serious harm`)
    assert.equal(natures('death') + natures('serious-harm') + natures('other'), inYear.length)
  }
})

test('without a first day the story begins with the first of three published years, in April 2023', () => {
  const [earliest] = [...inventIncidents({ seed: 1, until: '2026-11-23' })]
  assert.ok(earliest && sentOn(earliest) >= '2023-04-01' && sentOn(earliest) < '2023-04-15')
  const partOfAYear = [...inventIncidents({ seed: 1, from: '2026-04-01', until: '2026-10-01' })]
  const soFar = partOfAYear.filter(each => each.notifiedAt).length
  assert.ok(soFar > 165 && soFar < 195, `${soFar} in half a year`)
})

test('the months follow the season, with August and December lower', () => {
  const perMonth = monthWeights.map((_, month) => many.filter(each => Number(sentOn(each).slice(5, 7)) === month + 1))
  const counts = perMonth.map(each => each.length)
  const [lowest, next] = counts.map((count, month) => ({ count, month: month + 1 })).sort((a, b) => a.count - b.count)
  assert.deepEqual([lowest?.month, next?.month].sort(), [12, 8])
  const weekday = many.every(each => ![0, 6].includes(new Date(sentOn(each)).getUTCDay()))
  assert.ok(weekday, 'notifications are sent on working days')
})

test('children are as old as published: under 1 about a third, then 16 and 17', () => {
  const band = (asked: string) => share(many, each => ageBandOn(each.incidentOn, first(each)) === asked)
  assertNear(band('under-1'), 34.5, 2, 'under 1')
  assertNear(band('6-10'), 7.5, 1.5, '6 to 10')
  const others = ['1-5', '6-10', '11-15'].map(band)
  assert.ok(band('16-17') > Math.max(...others))
})

test('boys and girls, ethnic groups and involvement come to the published shares', () => {
  const known = many.filter(each => !['NOBT', 'REFU'].includes(first(each).ethnicity))
  const group = (letter: string) => share(known, each => first(each).ethnicity.startsWith(letter))
  const chinese = share(known, each => first(each).ethnicity === 'CHNE')
  const says = (field: 'lookedAfter' | 'childProtectionPlan' | 'childInNeed' | 'knownToAgencies') =>
    share(many, each => first(each)[field] === 'yes')
  assertNear(
    share(many, each => first(each).sex === 'male'),
    55,
    3,
    'boys',
  )
  assertNear(group('W'), 75, 2, 'White')
  assertNear(group('A') + chinese, 7.5, 1.5, 'Asian, below their 12 of 100 children')
  assertNear(group('B'), 8, 1.5, 'Black, above their share')
  assertNear(says('lookedAfter'), (100 * (99 + 93 + 113)) / (405 + 338 + 357), 2, 'looked after')
  assertNear(says('childProtectionPlan'), 13, 1.5, 'child protection plan')
  assertNear(says('childInNeed'), 42, 3, 'child in need, now or before')
  assertNear(says('knownToAgencies'), 85, 4, 'known to agencies')
})

test('there are 485 children in 330 incidents that are reviewed', () => {
  const children = reviewed.reduce((total, each) => total + each.children.length, 0)
  assertNear((children * 330) / reviewed.length, 485, 15, 'children in 330 incidents')
})

test('of deaths with abuse or neglect in question, about 31% are sudden in infancy and 20% suicide', () => {
  const deaths = reviewed.filter(each => each.nature === 'death')
  const cause = (category: string) => share(deaths, each => each.harmCategories.some(harm => harm === category))
  assertNear(cause('sudden-unexpected-death'), 31, 3, 'sudden unexpected death in infancy')
  assertNear(cause('suicide'), 20, 3, 'suicide')
  assertNear(cause('serious-violence'), 9, 3, 'violence outside the family')
})

test('of children of school age about 11% are not in school and 29% are often absent', () => {
  const ofSchoolAge = many.filter(each => ['6-10', '11-15'].includes(ageBandOn(each.incidentOn, first(each))))
  const mainstream = ofSchoolAge.filter(each => first(each).education !== 'special-school')
  const out = ['home-education', 'missing-education', 'excluded']
  assertNear(
    share(mainstream, each => out.includes(first(each).education)),
    12,
    2,
    'not in school',
  )
  assertNear(
    share(mainstream, each => first(each).education === 'often-absent'),
    31,
    3,
    'often absent',
  )
})

test('most notifications come within five working days and most reviews within fifteen', () => {
  const inTime = share(many, each => workingDays(each.awareOn, sentOn(each)) <= 5)
  const done = reviewed.filter(each => each.steps.reviewSentOn)
  const reviewInTime = share(done, each => workingDays(sentOn(each), each.steps.reviewSentOn ?? '') <= 15)
  assertNear(inTime, 84, 3, 'notified in time')
  assertNear(reviewInTime, 75, 4, 'reviewed in time')
})

test('authorities share by child population, and vary more than chance alone would', () => {
  const perAuthority = country.authorities.map(authority => ({
    children: authority.population0to17,
    incidents: many.filter(each => each.authorityCode === authority.code).length,
  }))
  const children = perAuthority.reduce((total, each) => total + each.children, 0)
  const large = perAuthority.filter(each => each.children > 100_000)
  const inLarge = large.reduce((total, each) => total + each.incidents, 0) / many.length
  assertNear(
    100 * inLarge,
    (100 * large.reduce((total, each) => total + each.children, 0)) / children,
    8,
    'in large areas',
  )
  const chiSquare = perAuthority.reduce((total, { children: here, incidents }) => {
    const expected = (many.length * here) / children
    return total + (incidents - expected) ** 2 / expected
  }, 0)
  assert.ok(chiSquare > 10 * perAuthority.length, `chi-square ${chiSquare.toFixed(0)}`)
})

test('of rapid reviews about one in four leads to a local child safeguarding practice review', () => {
  const decided = reviewed.filter(each => each.outcomes)
  assertNear(
    share(decided, each => each.outcomes?.includes('LCSPR') === true),
    24,
    2,
    'LCSPR',
  )
})

test('nothing has happened yet that the last day does not know of', () => {
  for (const incident of threeYears) {
    const { replyDueOn, ...taken } = incident.steps
    for (const day of Object.values(taken)) assert.ok(day < until, incident.key)
    assert.equal(incident.outcomes !== undefined, incident.steps.reviewSentOn !== undefined)
    assert.equal(incident.view !== undefined, incident.steps.letterSentOn !== undefined)
    assert.ok(!replyDueOn || incident.steps.letterSentOn)
  }
})

test('steps are in order, from awareness to the answer to the letter', () => {
  for (const incident of threeYears) {
    assert.ok(incident.incidentOn <= incident.awareOn)
    const { draftedOn, localReviewPublishedOn: _published, replyDueOn: _due, ...later } = incident.steps
    assert.equal(draftedOn, incident.awareOn)
    const days = [draftedOn, ...Object.values(later)]
    assert.deepEqual(days, days.toSorted(), incident.key)
  }
})

test('somewhere in the country every stage is to be seen', () => {
  const seen = new Set(
    ['2026-01-20', '2026-03-03', '2026-04-01', '2026-06-10', '2026-10-15'].flatMap(day =>
      [...inventIncidents({ seed: 3, until: day })].map(each => each.stage),
    ),
  )
  assert.deepEqual(
    stages.filter(stage => !seen.has(stage)),
    [],
  )
})

test('places, codes and ages of every incident belong together', () => {
  const codes = new Set(country.authorities.map(authority => authority.code))
  for (const incident of threeYears) {
    const day = incident.notifiedAt?.slice(0, 10) ?? incident.awareOn
    assert.ok(codes.has(incident.authorityCode) && codes.has(incident.residenceAuthorityCode))
    assert.equal(incident.partnershipCode, partnershipOf(incident.authorityCode, day)?.code)
    assert.ok(country.partnerships.some(each => each.code === incident.partnershipCode && standsOn(each, day)))
    for (const theme of incident.themes) assert.ok(themeKeys.includes(theme))
    for (const child of incident.children) {
      assert.ok(ethnicityCodes.includes(child.ethnicity))
      assert.notEqual(child.dateOfBirth === undefined, child.expectedOn === undefined)
      assert.ok(!child.dateOfBirth || child.dateOfBirth <= incident.incidentOn)
    }
    if (incident.basis === 'looked-after-no-abuse') {
      assert.deepEqual([first(incident).lookedAfter, incident.nature], ['yes', 'death'])
    }
  }
})

test('no child is born within ten months of a brother or sister who is not a twin', () => {
  for (const { children } of many.filter(each => each.harmCategories.includes('physical-abuse'))) {
    const [one, ...others] = children
    for (const other of others) {
      if (other.familyName !== one?.familyName || !other.dateOfBirth || !one.dateOfBirth) continue
      const days = Math.abs(Date.parse(other.dateOfBirth) - Date.parse(one.dateOfBirth)) / 86_400_000
      assert.ok(days === 0 || days >= 300, `${days} days`)
    }
  }
})

test('narratives are complete sentences and do not look copied', () => {
  for (const { narrative } of threeYears) {
    assert.doesNotMatch(narrative, /[{}|]|undefined|\d-\d/)
    const sentences = narrative.split(/(?<=\.) /)
    assert.ok(sentences.length >= 2 && sentences.length <= 7, narrative)
  }
  const beginnings = new Set(threeYears.map(each => each.narrative.split('. ').slice(1).join('. ')))
  assert.ok(beginnings.size > threeYears.length * 0.85, `${beginnings.size} of ${threeYears.length} differ`)
})

test('reviews in prose bring their own incidents without changing the totals', () => {
  const reviews = readReviews()
  const told = [...inventIncidents({ seed: 1, until, reviews })]
  const inSpan = reviews.filter(each => each.incident.notifiedAt >= '2023-04-01' && each.incident.notifiedAt < until)
  assert.deepEqual(
    told.flatMap(each => each.reviewKey ?? []),
    inSpan.map(each => each.key),
  )
  assert.equal(told.filter(each => each.notifiedAt).length, sent.length)
  const moments = told.flatMap(each => each.notifiedAt ?? [])
  assert.deepEqual(moments, moments.toSorted())
})

test('two hundred thousand incidents come as a stream, the first at once', () => {
  const stream = inventIncidents({ seed: 1, until, count: 200_000 })
  const { value } = stream.next()
  assert.ok(value && value.key === 'T000001')
  assert.equal([...inventIncidents({ seed: 1, until, count: 1_000 })].length, 1_000)
})
