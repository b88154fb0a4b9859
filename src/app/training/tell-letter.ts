import type { Letter } from '../../panel/index.ts'
import type { Theme } from '../../reference-data/index.ts'
import { civilDate, formatDate } from '../../platform/dates.ts'
import { dayNumber, isoDay, stepWorkingDays } from './calendar.ts'
import type { CastIncident } from './cast.ts'
import type { LocalReviewView, PanelView } from './incident.ts'
import type { Random } from './random.ts'
import type { ProseReview } from './reviews/read-reviews.ts'
import { factsOf } from './facts.ts'
import { readLine, sampleOf, sayOne } from './sentences.ts'
import { themesToldOf } from './tell-review.ts'
import { themeWords } from './theme-words.ts'

export type ViewOnReview = NonNullable<Letter['viewOnReview']>
export type ViewOnDecision = NonNullable<Letter['viewOnDecision']>

export const viewOnReviewOf: Record<PanelView, ViewOnReview> = {
  agree: 'agree',
  agreeWithComment: 'agree-with-comment',
  disagree: 'disagree',
  moreInformation: 'more-information',
  criteriaQuery: 'criteria-query',
}
export const viewOnDecisionOf: Record<LocalReviewView, ViewOnDecision> = {
  agreeLCSPR: 'agree-lcspr',
  agreeNoLCSPR: 'agree-no-lcspr',
  suggestLCSPR: 'suggest-lcspr',
  suggestReconsider: 'suggest-reconsider',
  considerForNational: 'consider-for-national',
  noteForThematic: 'note-for-thematic',
}

export interface ToldPoint {
  theme: Theme
  text: string
  asks: boolean
  aboutDecision?: true
  replyBy?: string
  reply?: { text: string; action: string; on?: string }
}

export interface ToldLetter {
  opening: string
  strengths: string
  closing: string
  points: ToldPoint[]
}

const openings = [
  'Thank you for the rapid review of incident {reference}. The Panel considered it on {day}.',
  'The Panel has read the rapid review of incident {reference} and discussed it on {day}. We are grateful to all who contributed.',
  'We write about the rapid review of incident {reference}, which the Panel considered on {day}. Our thoughts are with the family.',
]
const strengths = [
  'The review says plainly what was known and what was not.',
  'The child is present in the review, and not only the events.',
  'The analysis asks why people acted as they did, and does not look for somebody to blame.',
  'The family was asked, and what they said has changed the review.',
  'Actions have owners and dates.',
  'The review names good practice and says why it helped.',
  'The partners were quick to share what could be learned at once.',
  'The reasons for your decision are given against each criterion.',
]
/** Before a point, so that two on one theme do not read alike. */
const leads = [
  '',
  'The review is open about this.',
  'You write about this in your analysis.',
  'We talked about this for some time.',
  'This matters beyond one family.',
  'Other areas ask about this too.',
  'Members wished to know more about this.',
  'Here we would be glad of an example.',
  'A short answer to this is enough.',
  'We should like to share your answer with other areas.',
  'Figures would help us here, and so would what practitioners say.',
]
const closings = [
  'Thank you for your work on this review.',
  'Please share this letter with those who contributed to the review.',
  'We would be glad to hear how the actions go on.',
  'We thank the practitioners who spoke about difficult work.',
]

/** The Panel's letter on an invented incident, and how its points were answered. No child is named in it. */
export function tellLetter(random: Random, incident: CastIncident, reference: string): ToldLetter {
  const { consideredOn = incident.awareOn, replyDueOn, letterAnsweredOn, letterSentOn } = incident.steps
  const replyBy = replyDueOn ?? isoDay(stepWorkingDays(dayNumber(consideredOn), 45))
  const asksForAnswer = replyDueOn !== undefined || letterSentOn === undefined
  const facts = factsOf(incident)
  const howMany = incident.staging ? 3 : random.whole(1, 3)
  const themes = asksForAnswer ? sampleOf(random, themesToldOf(incident), howMany) : []
  const answeredSoFar = letterSentOn ? (incident.staging?.pointsAnswered ?? 0) : 0
  return {
    opening: random
      .pick(openings)
      .replace('{reference}', reference)
      .replace('{day}', formatDate(civilDate(consideredOn))),
    strengths: sampleOf(random, strengths, random.whole(1, 3)).join('\n'),
    closing: random.pick(closings),
    points: themes.map((theme, place) => {
      const suited = themeWords[theme].points.filter(([line]) => readLine(line).suits(facts))
      const [asked, answered, doing] = random.pick(suited)
      const text = `${random.pick(leads)} ${sayOne(random, [asked], facts)}`.trim()
      const reply = { text: sayOne(random, [answered], facts), action: sayOne(random, [doing], facts) }
      const on = isoDay(stepWorkingDays(dayNumber(letterSentOn ?? consideredOn), 20))
      return {
        theme,
        text,
        asks: true,
        replyBy,
        ...(letterAnsweredOn && { reply }),
        ...(letterSentOn && place < answeredSoFar && { reply: { ...reply, on } }),
      }
    }),
  }
}

/** The letter on a review in prose. Letters give no child's name, so the names of the file are put in other words. */
export function letterInProse({ letter, incident }: ProseReview): ToldLetter {
  const say = (text: string) => withoutNames(text, incident.children)
  return {
    opening: [say(letter.considered), say(letter.onDecision)].join('\n'),
    strengths: letter.strengths.map(say).join('\n'),
    closing: say(letter.closing),
    points: letter.points.map(point => ({
      theme: point.theme,
      text: say(point.text),
      asks: point.replyAsked,
      ...(point.replyBy && { replyBy: point.replyBy }),
      ...(point.answer && { reply: { text: say(point.answer.text), action: '', on: point.answer.on } }),
    })),
  }
}

function withoutNames(text: string, children: ProseReview['incident']['children']): string {
  const others = { female: 'the child’s sister', male: 'the child’s brother', 'not-known': 'the other child' }
  return children.reduce((told, { givenName, sex }, place) => {
    const words = place === 0 ? 'the child' : others[sex]
    const capital = `T${words.slice(1)}`
    return told
      .replaceAll(new RegExp(`(^|[.?!:] |\\n)${givenName}\\b`, 'g'), `$1${capital}`)
      .replaceAll(new RegExp(`\\b${givenName}\\b`, 'g'), words)
  }, text)
}
