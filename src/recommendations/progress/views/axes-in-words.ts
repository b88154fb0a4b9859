import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { deliveries, effects, replies } from '../../moves.ts'
import { bases } from '../../recommendation.ts'
import type { PublicAddressee } from '../picture.ts'

const since = (on: CivilDate | null) => (on ? `, ${formatDate(on)}` : '')

/** One sentence for each of the three axes. No day is counted from today: the page changes only when something public does. */
export function tellReply({ reply, replyOn, replyAskedBy, replyBasis, said }: PublicAddressee): string {
  const asked = replyAskedBy && replyBasis ? ` Asked for by ${formatDate(replyAskedBy)}. ${bases[replyBasis]}.` : ''
  if (reply === 'not-known') return `Not known: no reply was found.${asked}`
  if (reply === 'awaited') {
    const why = said.findLast(move => move.by === 'body')
    return `No reply has been published.${asked}${why ? '' : ' No explanation was given.'}`
  }
  return `${replies[reply]}${since(replyOn)}.`
}

export function tellDelivery({ delivery, deliveryOn }: PublicAddressee): string {
  if (delivery === null) return 'Not known: nothing was said of how far it is.'
  return `${deliveries[delivery]}${since(deliveryOn)}.`
}

export function tellEffect({ effect, effectOn }: PublicAddressee): string {
  return effect === 'not-looked-at' ? `${effects[effect]}.` : `${effects[effect]}${since(effectOn)}.`
}
