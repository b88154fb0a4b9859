import { isOpen } from './publication.ts'
import type { Desk } from './read-desk.ts'

/** What whoever prepares a publication does next; undefined where nothing is left here. */
export function nextOnDesk(desk: Desk): { text: string; href: string } | undefined {
  const { publication, missing, dated, around, sheets, path } = desk
  if (publication.manner === 'withheld') return undefined
  if (publication.status === 'preparing') {
    if (desk.acts.some(({ act }) => act === 'elsewhere')) return undefined
    if (missing.length > 0) return { text: 'Write and choose what the public page says', href: `${path}/words` }
    if (!dated?.sentAheadOn) {
      return {
        text: 'Send it ahead to the Panel and the Secretary of State',
        href: `/incidents/${publication.incidentId}/local-review/sent-ahead`,
      }
    }
    if (!dated.publishOn) return { text: 'Plan the day of publication', href: '#plan' }
    if (around.steps.some(isOpen)) return { text: 'On the day, tell people in order', href: '#plan' }
    return { text: 'Go on to publish', href: `${path}/publish` }
  }
  const open = sheets.find(({ state }) => state !== 'public' && state !== 'unwritten')
  if (open) return { text: 'Clear and publish the learning sheets', href: '#sheets' }
  if (!sheets.some(({ state }) => state === 'public')) {
    return { text: 'Write the learning sheets: practitioners read these', href: '#sheets' }
  }
  return undefined
}
