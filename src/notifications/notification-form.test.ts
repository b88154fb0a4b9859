import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../platform/dates.ts'
import { type Answers, dataDictionary, problemsToSend, stepsThatApply } from '../platform/questionnaire/index.ts'
import { assertPagesAndApiAgree, faultsIn } from '../platform/questionnaire/testing.ts'
import { type ChildAnswers, type NotificationAnswers, notificationForm } from './notification-form.ts'

const lookups = { authorities: { E06000001: 'First Borough', E06000002: 'Second Borough' } }
const context = { today: civilDate('2026-03-10'), lookups }

test('what the pages let through the API lets through, and the other way round', () => {
  assertPagesAndApiAgree(notificationForm, context)
})

const simple = {
  sentNationally: 'no',
  nature: 'serious-harm',
  ageGroup: 'under-18',
  abuseOrNeglect: 'suspected',
  incidentOn: '2026-03-02',
  awareOn: '2026-03-03',
  place: 'in-our-area',
  location: { silence: 'not-known' },
  authorityOfResidence: 'E06000001',
  whatHappened: 'A baby was found with injuries that nobody could explain.',
  children: [
    {
      birth: { silence: 'not-known' },
      sex: { silence: 'not-yet-asked' },
      ethnicity: { silence: 'not-yet-asked' },
      disability: { silence: 'not-yet-asked' },
      livingWith: { silence: 'not-known' },
      lookedAfter: 'no',
      childInNeedPlan: 'never',
      childProtectionPlan: 'never',
      knownToAgencies: { silence: 'not-yet-asked' },
      education: 'below-school-age',
    },
  ],
  harmCategories: { silence: 'not-known' },
  harmSetting: { silence: 'not-known' },
  suspectedRelations: { silence: 'not-known' },
  policeInvestigation: 'yes',
  courtProceedings: 'no',
  mediaInterest: 'no',
  partnersAgreed: ['local-authority'],
  otherAreasTold: { silence: 'not-applicable' },
  notifierName: 'A Notifier',
  notifierRole: 'Head of service',
  notifierPhone: '01632 960001',
  notifierEmail: 'notifier@example.org',
} as const satisfies NotificationAnswers

const problems = (answers: Answers) => problemsToSend(notificationForm, answers, context).map(({ text }) => text)

test('the form is sound', () => assert.deepEqual(faultsIn(notificationForm, lookups), []))

test('an incident can be sent with a child nobody can name', () => {
  assert.deepEqual(problems(simple), [])
})

test('one child takes 14 pages, each further child 3', () => {
  assert.equal(stepsThatApply(notificationForm, simple).length, 14)
  assert.equal(stepsThatApply(notificationForm, { ...simple, children: [{}, {}] }).length, 17)
})

const child = (change: ChildAnswers): NotificationAnswers => ({ children: [{ ...simple.children[0], ...change }] })
const branches: { name: string; change: NotificationAnswers; asks: string[]; asksNot: string[] }[] = [
  {
    name: 'sent through the national service',
    change: { sentNationally: 'yes' },
    asks: ['nationalReference', 'nationalSentOn'],
    asksNot: [],
  },
  { name: 'not sent through it', change: {}, asks: [], asksNot: ['nationalReference', 'nationalSentOn'] },
  {
    name: 'serious harm',
    change: {},
    asks: [],
    asksNot: ['lookedAfterAtDeath', 'careLeaver', 'inquest', 'childDeathReview', 'reasonToSend'],
  },
  {
    name: 'death by suspected abuse',
    change: { nature: 'death' },
    asks: ['inquest', 'childDeathReview'],
    asksNot: ['lookedAfterAtDeath', 'careLeaver'],
  },
  {
    name: 'death without abuse',
    change: { nature: 'death', abuseOrNeglect: 'no' },
    asks: ['lookedAfterAtDeath', 'careLeaver', 'reasonToSend'],
    asksNot: [],
  },
  {
    name: 'death of a looked-after child',
    change: { nature: 'death', abuseOrNeglect: 'no', lookedAfterAtDeath: 'yes' },
    asks: [],
    asksNot: ['reasonToSend'],
  },
  {
    name: 'death at 20',
    change: { nature: 'death', ageGroup: '18-to-24' },
    asks: ['careLeaver'],
    asksNot: ['lookedAfterAtDeath', 'childDeathReview'],
  },
  {
    name: 'in another area',
    change: { place: 'another-area' },
    asks: ['otherAuthority', 'reasonToSend'],
    asksNot: ['normallyLivedHere'],
  },
  {
    name: 'outside England',
    change: { place: 'outside-england' },
    asks: ['normallyLivedHere'],
    asksNot: ['otherAuthority'],
  },
  {
    name: 'an unborn child',
    change: child({ birth: 'unborn' }),
    asks: ['expectedOn', 'childProtectionPlan'],
    asksNot: ['dateOfBirth', 'age', 'livingWith', 'lookedAfter', 'education'],
  },
  { name: 'an age', change: child({ birth: 'age-known' }), asks: ['age'], asksNot: ['dateOfBirth', 'expectedOn'] },
  {
    name: 'a looked-after child',
    change: child({ lookedAfter: 'yes' }),
    asks: ['lookedAfterBy', 'legalStatus'],
    asksNot: [],
  },
  { name: 'a disabled child', change: child({ disability: 'yes' }), asks: ['disabilities'], asksNot: [] },
  { name: 'one child', change: {}, asks: [], asksNot: ['primaryChild'] },
  { name: 'two children', change: { children: [...simple.children, {}] }, asks: ['primaryChild'], asksNot: [] },
]
for (const { name, change, asks, asksNot } of branches) {
  test(`asked: ${name}`, () => {
    const answers = { ...simple, ...change }
    const asked = new Set(stepsThatApply(notificationForm, answers).flatMap(step => step.questions.map(({ id }) => id)))
    assert.deepEqual(
      asks.filter(id => !asked.has(id)),
      [],
    )
    assert.deepEqual(
      asksNot.filter(id => asked.has(id)),
      [],
    )
  })
}

const {
  sex: _sex,
  livingWith: _livingWith,
  lookedAfter: _lookedAfter,
  education: _education,
  ...known
} = simple.children[0]
const unborn: ChildAnswers = { ...known, birth: 'unborn' }
const lookedAfter = child({ lookedAfter: 'yes', lookedAfterBy: 'E06000001' })
const lookedAfterDeath: NotificationAnswers = {
  nature: 'death',
  abuseOrNeglect: 'no',
  lookedAfterAtDeath: 'yes',
  inquest: 'no',
  childDeathReview: 'yes',
}

const checks: { name: string; change: NotificationAnswers; without?: string; problem?: string }[] = [
  {
    name: 'born in the month of the incident, whose day is not known',
    change: { ...child({ birth: 'date-known', dateOfBirth: '2026-03-05' }), incidentOn: '2026-03' },
  },
  { name: 'aware on the day of the incident', change: { awareOn: '2026-03-02' } },
  {
    name: 'aware before the incident',
    change: { awareOn: '2026-03-01' },
    problem: 'The date your authority became aware must be the same as or after the date of the incident',
  },
  { name: 'aware in the month of the incident', change: { incidentOn: '2026-03' } },
  {
    name: 'aware in the month before the incident',
    change: { incidentOn: '2026-03', awareOn: '2026-02-28' },
    problem: 'The date your authority became aware must be the same as or after the date of the incident',
  },
  { name: 'aware today', change: { awareOn: '2026-03-10' } },
  {
    name: 'aware tomorrow',
    change: { awareOn: '2026-03-11' },
    problem: 'The date your authority became aware must be today or in the past',
  },
  {
    name: 'incident in a month to come',
    change: { incidentOn: '2026-04' },
    problem: 'The date of the incident must be today or in the past',
  },
  { name: 'incident date not known', change: { incidentOn: { silence: 'not-known' } } },
  {
    name: 'sent nationally before being aware',
    change: { sentNationally: 'yes', nationalReference: '1', nationalSentOn: '2026-03-02' },
    problem: 'The date your authority became aware must be the same as or before the day you used the national service',
  },
  {
    name: 'sent nationally on the day',
    change: { sentNationally: 'yes', nationalReference: '1', nationalSentOn: '2026-03-03' },
  },
  { name: 'born on the day of the incident', change: child({ birth: 'date-known', dateOfBirth: '2026-03-02' }) },
  {
    name: 'born after the incident',
    change: child({ birth: 'date-known', dateOfBirth: '2026-03-03' }),
    problem: 'The date of birth must be the same as or before the date of the incident',
  },
  { name: '18 the day after the incident', change: child({ birth: 'date-known', dateOfBirth: '2008-03-03' }) },
  {
    name: '18 on the day of the incident',
    change: child({ birth: 'date-known', dateOfBirth: '2008-03-02' }),
    problem:
      'The date of birth makes the child 18 when it happened, but you said under 18. Change one of the two answers',
  },
  { name: 'aged 17', change: child({ birth: 'age-known', age: 17 }) },
  {
    name: 'aged 18',
    change: child({ birth: 'age-known', age: 18 }),
    problem: 'The age makes the child 18 when it happened, but you said under 18. Change one of the two answers',
  },
  {
    name: 'a care leaver aged 24',
    change: {
      ...child({ birth: 'age-known', age: 24 }),
      nature: 'death',
      ageGroup: '18-to-24',
      careLeaver: 'yes',
      inquest: 'yes',
    },
  },
  {
    name: 'a care leaver aged 25',
    change: {
      ...child({ birth: 'date-known', dateOfBirth: '2001-03-02' }),
      nature: 'death',
      ageGroup: '18-to-24',
      careLeaver: 'yes',
      inquest: 'yes',
    },
    problem:
      'The date of birth makes the young person 25 when it happened, but you said 18 to 24. Change one of the two answers',
  },
  {
    name: 'a care leaver aged 1',
    change: {
      ...child({ birth: 'date-known', dateOfBirth: '2025-03-02' }),
      nature: 'death',
      ageGroup: '18-to-24',
      careLeaver: 'yes',
      inquest: 'yes',
    },
    problem:
      'The date of birth makes the young person 1 when it happened, but you said 18 to 24. Change one of the two answers',
  },
  { name: 'an unborn child without a sex', change: { children: [unborn] } },
  {
    name: 'a child without a sex',
    change: { children: [{ ...known, livingWith: 'parents', lookedAfter: 'no', education: 'below-school-age' }] },
    problem: 'Select the child’s sex, or that it is not known',
  },
  { name: 'expected 4 weeks before the incident', change: { children: [{ ...unborn, expectedOn: '2026-02-02' }] } },
  {
    name: 'expected earlier',
    change: { children: [{ ...unborn, expectedOn: '2026-02-01' }] },
    problem:
      'Check the expected date of delivery: it is more than 4 weeks before the incident, and you said that the child is not yet born',
  },
  { name: 'expected in the month before', change: { children: [{ ...unborn, expectedOn: '2026-02' }] } },
  {
    name: 'expected in a month long past',
    change: { children: [{ ...unborn, expectedOn: '2026-01' }] },
    problem:
      'Check the expected date of delivery: it is more than 4 weeks before the incident, and you said that the child is not yet born',
  },
  {
    name: 'expected early in a year of which no more is known',
    change: { children: [{ ...unborn, expectedOn: '2026' }] },
  },
  {
    name: 'expected long ago, and the day of the incident is not known',
    change: { children: [{ ...unborn, expectedOn: '2025-01-01' }], incidentOn: { silence: 'not-known' } },
  },
  // Nor is a care leaver asked about.
  { name: 'looked after when they died, and the same of the child', change: { ...lookedAfterDeath, ...lookedAfter } },
  {
    name: 'looked after when they died, but not of the child',
    change: lookedAfterDeath,
    problem: 'You said that the child was looked after when they died. Change one of the two answers',
  },
  {
    name: 'not looked after when they died, but so of the child',
    change: { ...lookedAfterDeath, ...lookedAfter, lookedAfterAtDeath: 'no', careLeaver: 'yes' },
    problem: 'You said that the child was not looked after when they died. Change one of the two answers',
  },
  {
    name: 'looked after when they died, of the other child',
    change: {
      ...lookedAfterDeath,
      children: [simple.children[0], ...lookedAfter.children!],
      primaryChild: '2',
    },
  },
  {
    name: 'a child who died and was not looked after',
    change: { ...lookedAfterDeath, lookedAfterAtDeath: 'no' },
    problem: 'Select whether the young person was a care leaver',
  },
  {
    name: 'nobody caused it, from inside or outside',
    change: { suspectedRelations: ['none'] },
    without: 'harmSetting',
  },
  {
    name: 'the mother, and not from where',
    change: { suspectedRelations: ['mother'] },
    without: 'harmSetting',
    problem: 'Select whether the harm came from inside or outside the family',
  },
  {
    name: 'nobody and the mother',
    change: { suspectedRelations: ['mother', 'none'] },
    problem:
      'Relation to the child of whoever is known or suspected to have caused the harm: “Nobody: the child harmed themselves, or nobody caused it” cannot be chosen together with another answer',
  },
  { name: 'a reason although the case is clear', change: { reasonToSend: 'The partners agreed.' } },
  {
    name: 'another area without a reason',
    change: { place: 'another-area', otherAuthority: 'E06000002' },
    problem: 'Enter why you send this notification',
  },
  {
    name: 'an authority that does not exist',
    change: { authorityOfResidence: 'E99999999' },
    problem: 'Select the local authority where the child normally lived',
  },
]
for (const { name, change, without, problem } of checks) {
  test(`checked: ${name}`, () => {
    const answers: Answers = { ...simple, ...change }
    const given = Object.fromEntries(Object.entries(answers).filter(([id]) => id !== without))
    assert.equal(problems(given)[0], problem)
  })
}

test('names, dates of birth and free text about people are identifying, codes are not', () => {
  const identifying = new Set(
    dataDictionary(notificationForm)
      .filter(row => row.identifying)
      .map(row => row.path),
  )
  for (const path of ['children[].givenName', 'children[].dateOfBirth', 'whatHappened', 'siblings'])
    assert.ok(identifying.has(path))
  for (const path of ['nature', 'awareOn', 'children[].ethnicity']) assert.ok(!identifying.has(path))
})

test('every answer that the national service is known to ask for has its place in that form', () => {
  const without = dataDictionary(notificationForm).filter(
    row => /^national notification service, confirmed$/.test(row.source) && !row.nationalForm,
  )
  assert.deepEqual(
    without.map(row => row.path),
    [],
  )
})
