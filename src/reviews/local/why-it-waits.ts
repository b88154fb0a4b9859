import { addDays, daysBetween, formatDate, type CivilDate } from '../../platform/dates.ts'
import { partners, type Partner } from '../signing/partner.ts'
import { extensionReasons } from './entries/entry-forms.ts'
import { earliestPublication, type LocalReview } from './local-review.ts'
import { isStale, processKinds, type RelatedProcess } from './related/related-process.ts'
import type { StageRecord } from './stages/stages.ts'

/** Something a review waits for, in a sentence, and who can move it. */
export interface Wait {
  sentence: string
  /** Who can do something about it, and what. */
  mover: string
  /** Where it can be seen, as an address below that of the incident. */
  at: string
}

export interface Waiting {
  review: Pick<LocalReview, 'sentAheadOn' | 'outcome' | 'publishOn' | 'closedOn' | 'decidedOn'>
  reviewers: readonly {
    name: string
    appointedOn: CivilDate | undefined
    endedOn: CivilDate | undefined
    judged: boolean
  }[]
  termsAgreed: boolean
  /** The latest last. */
  extensions: readonly {
    reason: keyof typeof extensionReasons
    explanation: string
    expectedOn: CivilDate
    stillFrom: CivilDate | undefined
    stillUntil: CivilDate | undefined
    notTold: readonly string[]
  }[]
  processes: readonly RelatedProcess[]
  requests: readonly {
    id: string
    ofWhom: string
    what: string
    dueOn: CivilDate
    answered: boolean
    remindedOn: CivilDate | undefined
  }[]
  stage: { label: string; key: string; record?: StageRecord | undefined } | undefined
  /** Undefined while no signatures are asked for. */
  signaturesMissing: readonly Partner[] | undefined
  today: CivilDate
  daysUntilStale: number
  daysStageIsLong: number
}

/** Why a review is not finished, the weightiest first. Worked out from what is recorded, and from nothing else. */
export function whyItWaits(waiting: Waiting): Wait[] {
  if (waiting.review.closedOn || waiting.review.outcome === 'published') return []
  return [
    ...standsStill(waiting),
    ...processesInTheWay(waiting),
    ...withoutReviewer(waiting),
    ...withoutTerms(waiting),
    ...unanswered(waiting),
    ...unsigned(waiting),
    ...beforePublication(waiting),
    ...longStage(waiting),
    ...withheld(waiting),
    ...untold(waiting),
  ]
}

function standsStill({ extensions, today }: Waiting): Wait[] {
  return extensions.flatMap(({ reason, explanation, stillFrom, stillUntil, expectedOn }) =>
    stillFrom && !stillUntil
      ? [
          {
            sentence: `The work has stood still since ${formatDate(stillFrom)} (${days(stillFrom, today)}). The reason: ${lower(extensionReasons[reason])}. ${firstLine(explanation)} It was last expected on ${formatDate(expectedOn)}.`,
            mover: 'The business manager records when work goes on.',
            at: '/local-review/extensions',
          },
        ]
      : [],
  )
}

const inTheWay = {
  'delays-interviews': 'delays interviews',
  'delays-publication': 'delays publication',
  'joint-review': 'is done as one review with this',
} as const

function processesInTheWay({ processes, today, daysUntilStale }: Waiting): Wait[] {
  return processes.flatMap(process => {
    if (process.status === 'ended' || process.effect === 'none') return []
    const { kind, body, expectedEndOn, effect, checkedOn, contact } = process
    const end = !expectedEndOn
      ? 'Nobody can say when it ends.'
      : expectedEndOn < today
        ? `It was expected to end on ${formatDate(expectedEndOn)}, which is past.`
        : `It is expected to end on ${formatDate(expectedEndOn)}.`
    const stale = isStale(process, today, daysUntilStale)
    return [
      {
        sentence: `${processKinds[kind]} (${body}) ${inTheWay[effect]}. ${end} Last checked on ${formatDate(checkedOn)}${stale ? ', which is too long ago' : ''}.`,
        mover: `${body} alone can end it. The business manager or the reviewer asks ${contact ?? 'them'}${stale ? ' now' : ''}.`,
        at: '/local-review/related',
      },
    ]
  })
}

function withoutReviewer({ reviewers, review, today }: Waiting): Wait[] {
  if (review.sentAheadOn || reviewers.some(({ appointedOn, endedOn }) => appointedOn && !endedOn)) return []
  const unjudged = reviewers.filter(({ judged, endedOn }) => !judged && !endedOn)
  if (unjudged.length > 0) {
    return [
      {
        sentence: `No reviewer is appointed: what ${names(unjudged)} declared has not been judged.`,
        mover: 'The safeguarding partners decide, and the business manager records it.',
        at: '/local-review/reviewers',
      },
    ]
  }
  return [
    {
      sentence: `No reviewer is at work. The decision was made ${ago(review.decidedOn, today)}.`,
      mover: 'The safeguarding partners find and appoint one.',
      at: '/local-review/reviewers',
    },
  ]
}

function withoutTerms({ termsAgreed, review, today }: Waiting): Wait[] {
  if (termsAgreed || review.sentAheadOn) return []
  return [
    {
      sentence: `The terms of reference are not agreed. The decision was made ${ago(review.decidedOn, today)}.`,
      mover: 'The safeguarding partners agree them.',
      at: '/local-review/terms',
    },
  ]
}

function unanswered({ requests, today }: Waiting): Wait[] {
  return requests.flatMap(({ ofWhom, what, dueOn, answered, remindedOn }) =>
    answered || dueOn >= today
      ? []
      : [
          {
            sentence: `${ofWhom} has not answered a written request that was due on ${formatDate(dueOn)}: ${firstLine(what)} ${remindedOn ? `Last reminded on ${formatDate(remindedOn)}.` : 'Nobody has reminded them.'}`,
            mover: `${ofWhom} answers. A safeguarding partner can ask their chief officer.`,
            at: '/local-review/requests',
          },
        ],
  )
}

function unsigned({ signaturesMissing }: Waiting): Wait[] {
  if (!signaturesMissing || signaturesMissing.length === 0) return []
  const who = signaturesMissing.map(partner => `the ${lower(partners[partner])}`)
  return [
    {
      sentence: `The report waits for the signature of ${listed(who)}.`,
      mover: `${upper(listed(who))} can sign it, or send it back.`,
      at: '/local-review/report',
    },
  ]
}

function beforePublication({ review, today }: Waiting): Wait[] {
  if (review.outcome || !review.sentAheadOn) return []
  const earliest = earliestPublication(review.sentAheadOn)
  if (today < earliest) {
    return [
      {
        sentence: `The copy was sent ahead on ${formatDate(review.sentAheadOn)}. It may be published from ${formatDate(earliest)}.`,
        mover: 'Nobody: the Panel and the Secretary of State have seven working days.',
        at: '/local-review/sent-ahead',
      },
    ]
  }
  if (review.publishOn && review.publishOn >= today) return []
  return [
    {
      sentence: review.publishOn
        ? `It was to be published on ${formatDate(review.publishOn)}, and is not.`
        : `It could be published since ${formatDate(earliest)}, and no day is planned.`,
      mover: 'The safeguarding partners set the day.',
      at: '/publication',
    },
  ]
}

function longStage({ stage, today, daysStageIsLong }: Waiting): Wait[] {
  const record = stage?.record
  if (!stage || !record || record.closedOn || stage.key === 'actions-open') return []
  if (addDays(record.openedOn, daysStageIsLong) > today) return []
  return [
    {
      sentence: `The stage “${stage.label}” has been open for ${days(record.openedOn, today)}.`,
      mover: 'The reviewer and the business manager say what is missing in it.',
      at: '/local-review/stages',
    },
  ]
}

function withheld({ review }: Waiting): Wait[] {
  if (review.outcome !== 'withheld') return []
  return [
    {
      sentence: 'The partners decided to publish nothing for now.',
      mover: 'The safeguarding partners look at it again.',
      at: '/publication',
    },
  ]
}

function untold({ extensions }: Waiting): Wait[] {
  const last = extensions.at(-1)
  if (!last || last.notTold.length === 0) return []
  return [
    {
      sentence: `${listed(last.notTold)} ${last.notTold.length === 1 ? 'has' : 'have'} not been told of the last extension.`,
      mover: 'The business manager tells them.',
      at: '/local-review/extensions',
    },
  ]
}

function days(from: CivilDate, until: CivilDate): string {
  const count = daysBetween(from, until)
  return count === 1 ? '1 day' : `${count} days`
}

function ago(date: CivilDate, today: CivilDate): string {
  return date === today ? 'today' : `${days(date, today)} ago`
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** The first line, as a sentence; the rest is a click away. */
function firstLine(text: string): string {
  const line = text.split('\n')[0]!.trim()
  return /[.!?]$/.test(line) ? line : `${line}.`
}

function names(people: readonly { name: string }[]): string {
  return listed(people.map(({ name }) => name))
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
