import { civilDate } from '../../platform/dates.ts'
import { deadline } from '../../reference-data/index.ts'
import { dayNumber, isoDay, stepWorkingDays } from './calendar.ts'
import { managerOf } from './offices.ts'
import { seededRandom } from './random.ts'
import type { SentReview } from './review-rows.ts'
import { minuteOf, personId } from './story.ts'
import type { Story } from './story.ts'

/** The incident whose whole way is told: from here on people walk it themselves. */
export const toldToTheEnd = { authorityCode: 'T06000009', notifiedOn: '2024-10-14' }

/** So old, a local review is done. Those that are younger are open: some of them are walked on. */
const doneAfterDays = 300
/** The record of the decision follows the rapid review by so many days. */
const decidedAfterDays = 5

/** The local review that the partners decided on with their rapid review. Of those long ago the end is told too. */
export function writeLocalReview(story: Story, { sentAt, outcomes, reasons, criteria }: SentReview): void {
  if (!outcomes.includes('LCSPR')) return
  const { incident, place, today, write } = story
  // Drawn by itself, so that everything else stays as it is.
  const random = seededRandom(story.id('way of the local review'))
  const decidedOn = isoDay(stepWorkingDays(dayNumber(sentAt.slice(0, 10)), decidedAfterDays))
  if (decidedOn >= today) return
  const manager = managerOf(incident, decidedOn)
  const recordedAt = minuteOf(decidedOn, random.whole(570, 930))
  const { rule, dueOn } = deadline('local-review', civilDate(decidedOn))
  const review = { review_id: story.id('local review'), ...place }
  const late = random.chance(0.45) ? random.whole(20, 110) : -random.whole(3, 40)
  const outcomeOn = isoDay(stepWorkingDays(dayNumber(dueOn) + late, 1))
  const isTold =
    incident.authorityCode === toldToTheEnd.authorityCode && incident.notifiedAt?.startsWith(toldToTheEnd.notifiedOn)
  const isDone = !isTold && dayNumber(today) - dayNumber(decidedOn) > doneAfterDays && outcomeOn < today
  const closedOn = isoDay(stepWorkingDays(dayNumber(outcomeOn) + random.whole(120, 260), 1))
  write('review', { ...review, kind: 'local' })
  write('local_review', {
    ...review,
    decided_on: decidedOn,
    decided_from: 'rapid-review',
    reasons,
    criteria,
    due_on: dueOn,
    due_rule: rule.rule,
    sent_ahead_on: isDone ? isoDay(stepWorkingDays(dayNumber(outcomeOn), -9)) : null,
    outcome: isDone ? 'published' : null,
    outcome_on: isDone ? outcomeOn : null,
    keep_until: isDone ? deadline('keep-local-public', civilDate(outcomeOn)).dueOn : null,
    closed_on: isDone && closedOn < today ? closedOn : null,
    recorded_by: personId(manager),
    recorded_at: recordedAt,
  })
  story.event(manager, recordedAt, {
    kind: 'local-review.decided',
    subject: 'local-review',
    detail: {
      reviewId: review.review_id,
      from: 'rapid-review',
      decidedOn: civilDate(decidedOn),
      dueOn,
      rule: rule.rule,
    },
  })
  if (!isDone) return
  story.event(managerOf(incident, outcomeOn), minuteOf(outcomeOn, 660), {
    kind: 'local-review.ended',
    subject: 'local-review',
    detail: { outcome: 'published', on: civilDate(outcomeOn) },
  })
  if (closedOn >= today) return
  story.event(managerOf(incident, closedOn), minuteOf(closedOn, 660), {
    kind: 'local-review.closed',
    subject: 'local-review',
    detail: { on: civilDate(closedOn) },
  })
}
