import { type Answers, isSilent } from '../platform/questionnaire/index.ts'

/** What the law and guidance ask for. */
const criteriaOutcomes = {
  'must-notify': 'You must notify this. A rapid review follows.',
  'may-notify': 'This may be notified. A rapid review follows if the partners agree that the criteria are met.',
  'notify-without-rapid-review': 'You should notify this. There is no rapid review.',
  'another-authority': 'Another local authority should notify this.',
  'not-national': 'This does not have to be notified nationally.',
  'cannot-tell-yet': 'We cannot tell yet whether this must be notified.',
} as const
export type CriteriaOutcome = keyof typeof criteriaOutcomes

export interface CriteriaResult {
  readonly outcome: CriteriaOutcome
  /** `duty` in law, `should` in guidance, `none` where nothing national asks for it. */
  readonly force: 'duty' | 'should' | 'none'
  readonly rapidReview: boolean
  /** Sentences, the most important first. */
  readonly reasons: readonly string[]
  readonly source: string
}

const act = 'Children Act 2004 section 16C; Working Together 2023, chapter 5'
const guidance = 'GOV.UK: Report a serious child safeguarding incident'
const faq = 'Child Safeguarding Practice Review Panel: frequently asked questions'
const localGuides = 'Local guides to Working Together 2023'

/**
 * Whether the incident must be notified, from the answers so far. Advice to the person who notifies: the decision is
 * that of the safeguarding partners, and the answer never keeps anybody from sending.
 */
export function criteriaResult(answers: Answers): CriteriaResult {
  const onTheIncident = onNatureAndCare(answers)
  return leavesTheAuthority(answers, onTheIncident) ?? onTheIncident
}

/** The advice in a sentence or two. */
export function adviceIn({ outcome, force }: CriteriaResult): string {
  const isDuty = outcome === 'notify-without-rapid-review' && force === 'duty'
  return isDuty ? 'You must notify this. There is no rapid review.' : criteriaOutcomes[outcome]
}

/**
 * A notification that was sent brings a rapid review, unless it is about a death that only goes through the same
 * system. Panel, frequently asked questions: see `docs/sources.md`.
 */
export function needsRapidReview(answers: Answers): boolean {
  return criteriaResult(answers).outcome !== 'notify-without-rapid-review'
}

/** True when the authority clearly has to or may notify, so that no reason has to be given. */
export function isClearlyNational(result: CriteriaResult): boolean {
  return ['must-notify', 'may-notify', 'notify-without-rapid-review'].includes(result.outcome)
}

function onNatureAndCare(answers: Answers): CriteriaResult {
  const { nature, ageGroup, abuseOrNeglect } = answers
  if (nature === undefined || ageGroup === undefined) {
    return unclear('You have not said yet what has happened, and how old the child or young person was.')
  }
  if (nature === 'near-miss') {
    return notNational(
      'Death or serious harm was avoided. Near misses are learned from locally: use your partnership’s route.',
      localGuides,
    )
  }
  if (ageGroup === '18-to-24') return onCareLeaver(answers)
  if (abuseOrNeglect === 'known' || abuseOrNeglect === 'suspected') return onAbuse(nature, abuseOrNeglect)
  return nature === 'death' ? onDeathWithoutAbuse(answers) : onHarmWithoutAbuse(answers)
}

function onAbuse(nature: Answers[string], view: 'known' | 'suspected'): CriteriaResult {
  const because = `Abuse or neglect is ${view}.`
  if (nature === 'other') {
    return {
      outcome: 'may-notify',
      force: 'should',
      rapidReview: true,
      reasons: [
        because,
        'The child neither died nor was seriously harmed, but such incidents are notified as “other”, for example when a child seriously harmed someone and may have been abused or neglected.',
      ],
      source: 'National statistics: serious incident notifications; local guides',
    }
  }
  return {
    outcome: 'must-notify',
    force: 'duty',
    rapidReview: true,
    reasons: [nature === 'death' ? 'A child under 18 died.' : 'A child under 18 was seriously harmed.', because],
    source: act,
  }
}

function onDeathWithoutAbuse({ lookedAfterAtDeath, careLeaver, abuseOrNeglect }: Answers): CriteriaResult {
  const doubt =
    abuseOrNeglect === 'no'
      ? 'No abuse or neglect is known or suspected.'
      : 'It is not known whether there was abuse or neglect. If it comes to be suspected, a rapid review is needed: change this answer or tell us.'
  if (lookedAfterAtDeath === 'yes') {
    return withoutRapidReview(
      'duty',
      ['The child died while looked after: that is notified whatever the cause.', doubt],
      guidance,
    )
  }
  if (careLeaver === 'yes') {
    return withoutRapidReview('should', ['The young person was a care leaver under 18 and died.', doubt], localGuides)
  }
  if (abuseOrNeglect !== 'no') {
    return unclear(
      'A child died, and it is not known whether there was abuse or neglect. To suspect it is enough. Talk it over with the partners.',
    )
  }
  if (isUnanswered(lookedAfterAtDeath) || isUnanswered(careLeaver)) {
    return unclear(
      'The death of a looked-after child or of a care leaver is notified whatever the cause. Find out whether the child was one.',
    )
  }
  return notNational(
    'The child died, but no abuse or neglect is known or suspected, and the child was neither looked after nor a care leaver. The child death review still has to be told.',
    act,
  )
}

function onHarmWithoutAbuse({ abuseOrNeglect, nature }: Answers): CriteriaResult {
  if (abuseOrNeglect !== 'no') {
    return unclear(
      'It is not known whether there was abuse or neglect. To suspect it is enough. Talk it over with the partners.',
    )
  }
  return notNational(
    nature === 'other'
      ? 'No abuse or neglect of the child is known or suspected.'
      : 'The child was seriously harmed, but no abuse or neglect is known or suspected. Your area may have a rule of its own for looked-after children.',
    act,
  )
}

function onCareLeaver({ nature, careLeaver }: Answers): CriteriaResult {
  if (nature !== 'death') {
    return notNational('The young person is 18 or over and did not die. Adult safeguarding may apply.', act)
  }
  if (careLeaver === 'yes') {
    return withoutRapidReview(
      'should',
      ['A care leaver died before the age of 25.', 'You may learn from it locally.'],
      localGuides,
    )
  }
  if (careLeaver === 'no') return notNational('The young person was 18 or over and not a care leaver.', localGuides)
  return unclear(
    'The death of a care leaver before the age of 25 is notified. Find out whether the young person was one.',
  )
}

function leavesTheAuthority({ place, normallyLivedHere }: Answers, result: CriteriaResult): CriteriaResult | undefined {
  if (!isClearlyNational(result)) return undefined
  if (place === 'another-area') {
    return {
      ...result,
      outcome: 'another-authority',
      force: 'none',
      reasons: [
        'The local authority where it happened notifies and leads the rapid review. Tell them, and work with them.',
        ...result.reasons,
      ],
      source: faq,
    }
  }
  if (place !== 'outside-england' || normallyLivedHere === 'yes') return undefined
  if (normallyLivedHere === 'no') {
    return {
      ...result,
      outcome: 'another-authority',
      force: 'none',
      reasons: [
        'It happened outside England. The authority where the child normally lived notifies.',
        ...result.reasons,
      ],
      source: faq,
    }
  }
  return unclear('It happened outside England. Find out where the child normally lived: that authority notifies.')
}

function withoutRapidReview(force: 'duty' | 'should', reasons: readonly string[], source: string): CriteriaResult {
  return { outcome: 'notify-without-rapid-review', force, rapidReview: false, reasons, source }
}

function notNational(reason: string, source: string): CriteriaResult {
  return { outcome: 'not-national', force: 'none', rapidReview: false, reasons: [reason], source }
}

function unclear(reason: string): CriteriaResult {
  return { outcome: 'cannot-tell-yet', force: 'none', rapidReview: false, reasons: [reason], source: act }
}

function isUnanswered(answer: Answers[string]): boolean {
  return answer === undefined || isSilent(answer)
}
