import { notificationEvents } from '../notifications/index.ts'
import { panelEvents } from '../panel/index.ts'
import { reviewsEvents } from '../reviews/index.ts'

/** Every kind of event in the words of the timeline. */
export const eventLabels: Readonly<Record<string, string>> = {
  ...notificationEvents,
  ...reviewsEvents,
  ...panelEvents,
}
