import { told, type DetailsOf } from '../platform/events/index.ts'
import type { Axis, Part, State } from './moves.ts'

/** What can happen to a recommendation, in the words of the timeline. */
export const recommendationEvents = {
  'recommendation.drafted': told<{ number: string }>('A recommendation was drafted'),
  'recommendation.sent-for-comment': told<{ number: string; addressees: number }>(
    'A draft recommendation was sent for comment',
  ),
  'recommendation.commented': told<{ number: string }>('An addressee commented on a draft recommendation'),
  'recommendation.issued': told<{ number: string; addressees: number; bodies: string[] }>(
    'A recommendation was issued',
  ),
  'recommendation.published': told<{ number: string }>('A national recommendation was published'),
  'recommendation.ended': told<{ number: string; status: 'closed' | 'replaced' }>('A recommendation was ended'),
  'recommendation.reopened': told<{ number: string; bodies: string[] }>('A closed recommendation was opened again'),
  'recommendation.stays-closed': told<{ number: string; bodies: string[] }>(
    'A closed recommendation was looked at again, and stays closed',
  ),
  'recommendation.moved': told<{ number: string; axis: Axis; part: Part; to: State }>(
    'An answer to a recommendation was recorded',
  ),
  'recommendation.evidence-added': told<{ number: string }>('Evidence was added to a recommendation'),
  'recommendation.link-made': told<{ number: string }>('A link was made for an addressee without an account'),
  'recommendation.link-ended': told<{ number: string }>('A link for an addressee was ended'),
  'assurance.named': told('Somebody was named for the assurance group'),
  'assurance.ended': told('Somebody left the assurance group'),
  'recommendation.taken-off': told<{ number: string }>('Words were taken off the public page of a recommendation'),
  'recommendation.copy-checked': told<{ number: string; agrees: boolean }>(
    'What was entered from a letter was compared with it',
  ),
}

declare module '../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof recommendationEvents> {}
}
