import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import type { NotificationAnswers } from '../../notifications/index.ts'
import { civilDate } from '../../platform/dates.ts'
import type { RapidReviewAnswers } from '../../reviews/index.ts'
import { loadIncidents } from './load-incidents.ts'
import { readReviews } from './reviews/read-reviews.ts'

type ChildAnswers = NonNullable<NotificationAnswers['children']>[number]

/** What is told of one incident, as text. */
interface Told {
  id: string
  partnership: string
  notification: NotificationAnswers
  child: ChildAnswers
  years: number
  months: number
  review: RapidReviewAnswers
  /** All of the review that was written by hand, had it been. */
  prose: string
  agencies: string
}

interface Row {
  incident_id: string
  partnership_code: string
  answers: unknown
  status: string
  text: string
  id: string
  point_id: string
  about_decision?: boolean
}

const rows = new Map<string, Row[]>()
const client = {
  query: (text: string, values: string[]) => {
    const table = /insert into (\w+)/.exec(text)?.[1] ?? ''
    rows.set(table, [...(rows.get(table) ?? []), ...(JSON.parse(values[0] ?? '[]') as Row[])])
  },
}
await loadIncidents(client as unknown as pg.ClientBase, { seed: 1, today: civilDate('2026-11-24'), say: () => {} })
const table = (name: string) => rows.get(name) ?? []

const inProse = new Set(readReviews().map(({ incident }) => incident.narrative))
const notifications = new Map(
  table('notification').map(row => [row.incident_id, row.answers as NotificationAnswers] as const),
)
const told = table('rapid_review').flatMap((row): Told[] => {
  const notification = notifications.get(row.incident_id)
  const child = notification?.children?.[0]
  if (row.status === 'draft' || !notification || !child || inProse.has(notification.whatHappened ?? '')) return []
  const review = row.answers as RapidReviewAnswers
  const days = (Date.parse(String(notification.incidentOn)) - Date.parse(String(child.dateOfBirth))) / 86_400_000
  return [
    {
      id: row.incident_id,
      partnership: row.partnership_code,
      notification,
      child,
      years: Math.floor(days / 365.25),
      months: Math.floor(days / 30.44),
      review,
      prose: Object.entries(review)
        .filter(([id, answer]) => typeof answer === 'string' && answer.length > 10 && id !== 'authors')
        .map(([, answer]) => String(answer))
        .join('\n\n'),
      agencies: String(review['agency-involvement']),
    },
  ]
})

const fromHome = /\b(?:school|nursery|teacher|teaching assistant|classmates|pupil)\b/i
const isKnown = ({ child }: Told) => child.knownToAgencies === 'yes'
const isSocialCare = ({ child }: Told) =>
  child.lookedAfter === 'yes' || child.childProtectionPlan === 'at-the-time' || child.childInNeedPlan === 'at-the-time'
const harms = ({ notification: { harmCategories } }: Told) => (Array.isArray(harmCategories) ? harmCategories : [])
const about = ({ notification, prose }: Told) => `${notification.whatHappened}\n${prose}`
const withoutLearning = ({ review, notification }: Told) =>
  [
    notification.whatHappened,
    review['child-and-family'],
    review['agency-involvement'],
    review['childs-daily-life'],
    review['identity-and-inequality'],
  ].join('\n')

/** Each rule: whom it is about, and what is never, or always, said of them. */
const rules: { rule: string; of(told: Told): boolean; never?: RegExp; always?: RegExp; where?(told: Told): string }[] =
  [
    {
      rule: 'a child under 2 is not called names, does not write, and has no telephone',
      of: ({ years }) => years < 2,
      never:
        /called names|telephone until late|told a friend|dressed alone|book(?:s)? (?:he|she) read|youth worker|classmate/i,
    },
    {
      rule: 'a child over 1 is no baby',
      of: ({ years }) => years >= 2,
      never: /\bbab(?:y|ies)\b|midwi|bouncer|\bcot\b|new birth visit|pre-birth|safe sleep/i,
    },
    {
      rule: 'a child of 5 or more has no health visitor',
      of: ({ years }) => years > 5,
      never: /^Health visiting|the health visitor (?:had|knew|saw)/im,
      where: withoutLearning,
    },
    {
      rule: 'of a child who is in no nursery and no school, neither is told',
      of: ({ child }) => child.education === 'below-school-age',
      never: fromHome,
      where: withoutLearning,
    },
    {
      rule: 'a child in nursery is not known to a school',
      of: ({ child }) => child.education === 'early-years',
      never: /\bschool\b(?! nurs)/i,
      where: withoutLearning,
    },
    {
      rule: 'a child in school is not in nursery, and the school has its say',
      of: ({ child }) => ['school', 'often-absent', 'special-school'].includes(String(child.education)),
      never: /\bnursery\b/i,
      always: /^(?:School|.* school)\.|school/im,
      where: withoutLearning,
    },
    {
      rule: 'children’s social care tells of each child on a plan or looked after',
      of: isSocialCare,
      always: /^Children’s social care\. (?!One contact)/m,
      where: ({ agencies, review }) =>
        `${agencies}\n${String(review.missingContributions ?? '').replace(/^/, 'Missing: ')}`,
    },
    {
      rule: 'of a child on a plan or looked after nobody says that contacts were closed or help was declined',
      of: isSocialCare,
      never:
        /passed to early help|only universal services|neither of which led|did not lead to another|receiving early help/i,
    },
    {
      rule: 'of a child who was not known to any agency no earlier work is told',
      of: ({ child }) => child.knownToAgencies === 'no',
      never:
        /social worker had been|open to children’s social care|earlier contacts?\b|receiving early help|assessment closed|child protection plan|several agencies had met|risk conference|youth justice|discussed at more than one|reports of domestic|waiting for an appointment/i,
      where: withoutLearning,
    },
    {
      rule: 'of a child who was known it is not said that only universal services were',
      of: isKnown,
      never: /only universal services|No other service/i,
    },
    {
      rule: 'a social worker had been allocated only to a child who had one',
      of: told => !isSocialCare(told),
      never:
        /a social worker had been allocated|open to children’s social care|was on a child protection plan\.|was looked after by the local/i,
    },
    {
      rule: 'where the children’s brothers and sisters do not apply, none are told of',
      of: ({ notification }) => JSON.stringify(notification.siblings)?.includes('not-applicable') === true,
      never:
        /older child of the family|brothers? or sisters? (?:was|were) |has an older|The other children of the family|brothers and sisters have/i,
    },
    {
      rule: 'of fabricated illness and of injuries a hospital tells',
      of: told =>
        harms(told).some(harm => ['fabricated-illness', 'physical-abuse', 'sudden-unexpected-death'].includes(harm)),
      always: /^Hospital\./m,
      where: ({ agencies, review }) => `${agencies}\n${String(review.missingContributions ?? '')}`,
    },
    {
      rule: 'the police tell their part where they investigate, and investigate only where the notification says so',
      of: ({ notification }) => notification.policeInvestigation === 'yes',
      always: /^Police\./m,
      where: ({ agencies, review }) => `${agencies}\n${String(review.missingContributions ?? '')}`,
    },
    {
      rule: 'where the police do not investigate, no investigation goes on',
      of: ({ notification }) => notification.policeInvestigation === 'no',
      never:
        /police investigation|police are investigating|released on bail|has been charged|arrests? ha(?:s|ve) been made/i,
    },
    {
      rule: 'only a child in hospital had not come home',
      of: ({ child }) => child.livingWith !== 'hospital',
      never: /had been in hospital for some weeks|not yet left hospital/i,
    },
    {
      rule: 'the account has either changed or not',
      of: ({ prose }) => /account has not changed/.test(prose),
      never: /have become known|has become known/,
    },
    {
      rule: 'no stop or space is doubled and nothing is left to fill in',
      of: () => true,
      never: /[.?!][.?!]|[{}|]| {2}|undefined/,
      where: about,
    },
    {
      rule: 'ethnicity is said once',
      of: () => true,
      never: /White British[^]*White British/,
    },
    {
      rule: 'learning about babies is of babies',
      of: ({ months }) => months >= 18,
      never: /does not yet move|not mobile/i,
    },
  ]

for (const { rule, of, never, always, where = about } of rules) {
  test(rule, () => {
    const those = told.filter(of)
    assert.ok(those.length > 0 || rule.startsWith('the account'), 'the rule is about nobody')
    const broken = those.flatMap(each => {
      const text = where(each)
      const found = never && never.exec(text)?.[0]
      return found || (always && !always.test(text)) ? [`${each.id}: ${found ?? `not said: ${text}`}`] : []
    })
    assert.deepEqual(broken.slice(0, 3), [], `${broken.length} of ${those.length}`)
  })
}

test('what was learned before is what criterion B says', () => {
  const broken = told.filter(({ review }) => review.criterionB !== review.learnedBefore)
  assert.deepEqual(broken.map(each => each.id).slice(0, 3), [])
})

test('no sentence stands in more than one review in nine, nor often in two of one partnership', () => {
  const counts = new Map<string, number>()
  const sentencesOf = new Map(told.map(each => [each, new Set(sentences(each))]))
  for (const found of sentencesOf.values()) {
    for (const sentence of found) counts.set(sentence, (counts.get(sentence) ?? 0) + 1)
  }
  const often = [...counts].filter(([, count]) => count > told.length * 0.11).toSorted((a, b) => b[1] - a[1])
  assert.deepEqual(
    often.slice(0, 5).map(([sentence, count]) => `${count}: ${sentence}`),
    [],
    `${often.length} of ${counts.size} sentences in ${told.length} reviews`,
  )
  let pairs = 0
  let shared = 0
  for (const group of Map.groupBy(told, each => each.partnership).values()) {
    for (const [index, one] of group.entries()) {
      const own = sentencesOf.get(one) ?? new Set<string>()
      for (const other of group.slice(index + 1)) {
        pairs += 1
        shared += [...(sentencesOf.get(other) ?? [])].filter(sentence => own.has(sentence)).length
      }
    }
  }
  assert.ok(shared / pairs < 1.5, `${(shared / pairs).toFixed(2)} sentences in common of two reviews`)
})

test('points of letters and their answers seldom read alike', () => {
  for (const name of ['letter_point', 'point_reply']) {
    const counts = new Map<string, number>()
    // What a letter asks of a decision the service itself writes, always in the same words.
    const told = table(name).filter(row => !row.about_decision)
    for (const { text } of told) counts.set(text, (counts.get(text) ?? 0) + 1)
    const most = [...counts].toSorted((one, other) => other[1] - one[1])[0]
    assert.ok(most && most[1] <= 16, `${name}, ${told.length}: ${most?.join(' ')}`)
  }
})

function sentences({ prose }: Told): string[] {
  return prose
    .split(/(?<=[.?!])\s+/)
    .filter(sentence => sentence.split(' ').length > 3 && !sentence.startsWith('Owner:'))
}
