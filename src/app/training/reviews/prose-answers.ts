import { civilDate, formatDate } from '../../../platform/dates.ts'
import type { RapidReviewAnswers } from '../../../reviews/index.ts'
import type { ProseReview } from './read-reviews.ts'

/** A review in prose as the answers of the form: every section in full, without the marks of its file. */
export function proseAnswers(told: ProseReview, authors: string): RapidReviewAnswers {
  const { sections, criteria, review, scrutineer } = told
  const met = (key: keyof typeof criteria) => (criteria[key].met ? 'yes' : 'no')
  return {
    meetingOn: review.meetingOn,
    authors,
    'child-and-family': plain(sections['child-and-family']),
    incident: plain(sections.incident),
    'immediate-safeguarding': plain(sections['immediate-safeguarding']),
    'agency-involvement': plain(sections['agency-involvement']),
    contributionMissing: 'no',
    'analysis-of-practice': plain(sections['analysis-of-practice']),
    'childs-daily-life': plain(sections['childs-daily-life']),
    'identity-and-inequality': plain(sections['identity-and-inequality']),
    learning: plain(sections.learning),
    ...(criteria.b.met ? { learnedBefore: 'yes', earlierLearning: criteria.b.reason } : { learnedBefore: 'no' }),
    actions: plain(sections.actions),
    criterionA: met('a'),
    criterionAReasons: criteria.a.reason,
    criterionB: met('b'),
    criterionBReasons: criteria.b.reason,
    criterionC: met('c'),
    criterionCReasons: criteria.c.reason,
    criterionD: met('d'),
    criterionDReasons: criteria.d.reason,
    outcomes: told.outcomes,
    decision: `${plain(sections.decision)}\n\nComment of the independent scrutineer, ${scrutineer.name}: ${scrutineer.comment}`,
    dissent: 'no',
    'national-issues': plain(sections['national-issues']),
  }
}

/** Without marks for bold text, bullets and themes, and with days as people write them. */
function plain(prose: string): string {
  return prose
    .split('\n')
    .map(line =>
      line
        .replace(/^- /, '• ')
        .replace(/\s*\[[a-z0-9-]+\]$/, '')
        .replaceAll('**', '')
        .replaceAll(/By: (\d{4}-\d{2}-\d{2})/g, (_, day: string) => `By ${formatDate(civilDate(day))}`),
    )
    .join('\n')
    .trim()
}
