import { may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { Needing } from '../platform/needing.ts'
import { waitingLetters } from './letter/point-lists.ts'
import { openWork, type OpenWork } from './store.ts'
import { letterPath, panelPath, reviewNames } from './which-review.ts'

/** What waits for a person between a review and the last answer to its letter, in the order of the days it is due. */
export async function panelNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  const needing: Needing[] = []
  if (may(acting, 'read', 'panel-work')) {
    for (const work of await openWork(tx, acting.personId)) {
      const next = nextFor(acting, work)
      if (next) {
        const { incidentId, reference, dueOn } = work
        needing.push({ incidentId, reference, dueOn, ...next })
      }
    }
    const overdue = await waitingLetters(tx, acting, { before: contextOf(tx).today })
    if (overdue.length > 0) {
      needing.push({
        what: `See ${overdue.length === 1 ? 'the letter' : `the ${overdue.length} letters`} with points that were not answered in time`,
        dueOn: undefined,
        href: '/panel/points',
      })
    }
  }
  if (may(acting, 'reply', 'letter')) {
    for (const letter of await waitingLetters(tx, acting)) {
      needing.push({
        incidentId: letter.incidentId,
        reference: letter.reference,
        what: `Answer ${pointsOf(letter.unanswered)} of the Panel’s letter${letter.kind === 'local' ? ' on the local review' : ''}`,
        dueOn: letter.replyBy,
        href: letterPath(letter),
      })
    }
  }
  return needing.toSorted((a, b) => (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999'))
}

function nextFor(acting: Acting, work: OpenWork): { what: string; href: string } | undefined {
  const page = panelPath(work)
  const review = reviewNames[work.kind].toLowerCase()
  const letter = `${page}/letter`
  if (work.kind === 'local' && !work.isChecked && may(acting, 'allocate', 'panel-work')) {
    return { what: 'Check whether the local review is complete', href: `${page}/check` }
  }
  if (work.status === 'received' && may(acting, 'allocate', 'panel-work')) {
    return { what: `Give the ${review} to a Panel member`, href: page }
  }
  const hasLetter = work.status === 'letter-drafted' || work.status === 'letter-ready'
  if (work.isMine && !work.iHaveRead && !hasLetter) {
    return { what: `Read the ${review} and say what you think`, href: page }
  }
  // Whose part is to sign is not asked before the letter is ready, but for a member who writes it too.
  if (work.status === 'letter-drafted' && may(acting, 'write', 'letter-draft')) {
    if (may(acting, 'sign', 'letter-draft') && !work.isMine) return undefined
    return { what: 'Finish the letter, and say when it is ready to sign', href: letter }
  }
  if (work.status === 'letter-ready' && may(acting, 'sign', 'letter-draft')) {
    return { what: 'Read, sign and send the letter', href: `${letter}/preview` }
  }
  if (work.status === 'read' && may(acting, 'write', 'letter-draft')) {
    return { what: 'Write the letter', href: page }
  }
  return undefined
}

function pointsOf(count: number): string {
  return count === 1 ? '1 point' : `${count} points`
}
