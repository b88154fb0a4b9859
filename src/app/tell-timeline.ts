import { linkPurposes, roles, tasks, type LinkPurpose, type Role, type Task } from '../platform/access/index.ts'
import { formatDate, formatMoment } from '../platform/dates.ts'
import type { EventKind, TimelineEvent } from '../platform/events/index.ts'
import { notificationEvents } from '../notifications/index.ts'
import { libraryEvents } from '../library/index.ts'
import { copyRecipients, copyThings, panelEvents } from '../panel/index.ts'
import { actionEvents, againEvents, recommendationEvents } from '../recommendations/index.ts'
import {
  draftingEvents,
  familyEvents,
  localReviewEvents,
  partners,
  rapidReviewOutcomes,
  reviewsEvents,
} from '../reviews/index.ts'

export const toldEvents: Readonly<Record<string, { label: string }>> = {
  ...notificationEvents,
  ...reviewsEvents,
  ...localReviewEvents,
  ...draftingEvents,
  ...familyEvents,
  ...panelEvents,
  ...actionEvents,
  ...againEvents,
  ...recommendationEvents,
  ...libraryEvents,
}

export interface TimelineLine {
  at: string
  datetime: string
  title: string
  by: string
  /** What else is worth knowing of it, in a sentence. */
  more: string | undefined
}

/** The story of an incident for people: the same thing done again and again by one person is told once. */
export function tellTimeline(events: readonly TimelineEvent[]): TimelineLine[] {
  const runs: TimelineEvent[][] = []
  for (const event of events) {
    const run = runs.at(-1)
    if (run?.[0] && run[0].kind === event.kind && run[0].name === event.name && repeats.has(event.kind)) run.push(event)
    else runs.push([event])
  }
  return runs.map(run => {
    const first = run[0]!
    const last = run.at(-1)!
    return {
      at: formatMoment(first.at),
      datetime: first.at.toISOString(),
      title: toldEvents[first.kind]?.label ?? first.kind,
      by: byWhom(first),
      more: run.length > 1 ? `${run.length} times, last on ${formatMoment(last.at)}.` : moreOf(first),
    }
  })
}

/** What people do many times in a row while they work. */
const repeats = new Set<EventKind>([
  'notification.page-saved',
  'rapid-review.section-saved',
  'rapid-review.paragraphs-placed',
  'local-review.stage-changed',
  'local-review.terms-saved',
  'local-review.written-down',
  'local-review.process-saved',
  'local-review.learning-saved',
  'family.entry-added',
  'publication.planned',
  'publication.saved',
])

function byWhom({ name, who }: TimelineEvent): string {
  if (who.startsWith('task:')) return `Weathervane, which ${tasks[who.slice('task:'.length) as Task]}`
  if (who.startsWith('link:')) return `Somebody who ${linkPurposes[who.slice('link:'.length) as LinkPurpose]}`
  return [name, roles[who as Role]?.label].filter(Boolean).join(', ')
}

function moreOf({ kind, detail, about }: TimelineEvent): string | undefined {
  if (!detail) return undefined
  switch (kind) {
    case 'notification.sent':
      return detail.through === 'national service' ? 'It had been sent through the national service before.' : undefined
    case 'notification.sent-nationally':
      return `On ${formatDate(detail.on)}. No due day changes by it.`
    case 'rapid-review.opened':
      return `It is due on ${formatDate(detail.dueOn)}.`
    case 'panel.received':
      return `${onLocal(detail)}The letter is due on ${formatDate(detail.dueOn)}.`
    case 'panel.checked':
      return detail.missing === 0 ? 'Everything is there.' : `Missing: ${detail.missing}.`
    case 'panel.copy-sent':
      return `${copyThings[detail.what]} to ${copyRecipients[detail.recipient]}, on ${formatDate(detail.sentOn)}.`
    case 'panel.allocated':
    case 'panel.allocation-ended':
      return about && `${about}.`
    case 'rapid-review.signatures-asked':
      return detail.again ? 'Once more.' : undefined
    case 'rapid-review.signed':
    case 'rapid-review.sent-back':
    case 'draft.signed':
    case 'draft.sent-back':
      return `For the ${partners[detail.partner].toLowerCase()}.`
    case 'rapid-review.sent': {
      const said = detail.outcomes.map(outcome => rapidReviewOutcomes[outcome]).join('; ')
      return `${said ? `Decision: ${said}. ` : ''}${detail.onTime ? 'On time.' : 'Late.'}`
    }
    case 'letter.sent':
      return `${onLocal(detail)}With ${detail.points} ${detail.points === 1 ? 'point' : 'points'}.`
    case 'letter.point-answered':
      return `${onLocal(detail)}Point ${detail.number}.`
    default:
      return undefined
  }
}

/** The rapid review goes without saying. */
function onLocal({ review }: { review: 'rapid' | 'local' }): string {
  return review === 'local' ? 'On the local review. ' : ''
}
