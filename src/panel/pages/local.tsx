import { ensureMay } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { datePartsIn, textIn, type Posted, type Web } from '../../platform/web/index.ts'
import { openConsideration } from '../advance.ts'
import { checkReview, type TypedCheck } from '../check-review.ts'
import { confirmCopy, type TypedCopy } from '../confirm-copy.ts'
import { markersOf } from '../quality-markers.ts'
import { openSentReview, type SentReview } from '../sent-review.ts'
import type { Consideration } from '../store.ts'
import { CheckPage, CopyPage } from '../views/local-pages.tsx'
import { panelPath } from '../which-review.ts'
import { registerKeptForm, type OfForm } from './kept-form.ts'

/** What the Panel does with a local review alone: whether it is complete, and who else has it. */
export function registerLocal(web: Web): void {
  const kind = 'local'
  const route = panelPath({ incidentId: ':incidentId', kind })
  const which = ({ params }: { params: OfForm['Params'] }) => ({ incidentId: params.incidentId, kind }) as const
  const back = (request: { params: OfForm['Params'] }) => ({ href: panelPath(which(request)), text: 'The review' })

  registerKeptForm<{ consideration: Consideration; review: SentReview | undefined }, TypedCheck>(
    web,
    `${route}/check`,
    {
      typedIn: checkIn,
      save: (request, typed) => checkReview(web.acting(request), which(request), typed),
      saved: request => ({ path: panelPath(which(request)), notice: 'The check is saved.' }),
      read(request, refused) {
        const acting = web.acting(request)
        ensureMay(acting, 'write', 'panel-work')
        return acting.transaction(async (tx: Tx) => {
          const consideration = await openConsideration(tx, which(request))
          if (consideration.status === 'letter-sent' && !refused) return undefined
          return { consideration, review: await openSentReview(tx, consideration, 'check the review') }
        })
      },
      over: request => panelPath(which(request)),
      draw: (request, { consideration, review }, { typed, errors }) => ({
        title: 'Is the local review complete?',
        back: back(request),
        wide: true,
        children: (
          <CheckPage
            {...{ request, consideration, review, errors }}
            typed={typed ?? consideration.check ?? { marks: {}, notes: '' }}
          />
        ),
      }),
    },
  )

  registerKeptForm<Consideration, TypedCopy>(web, `${route}/copies`, {
    typedIn: body => ({
      what: textIn(body, 'what'),
      recipient: textIn(body, 'recipient'),
      sentOn: datePartsIn(body, 'sentOn'),
      how: textIn(body, 'how'),
      confirmed: textIn(body, 'confirmed'),
    }),
    save: (request, typed) => confirmCopy(web.acting(request), which(request), typed),
    saved: request => ({ path: `${panelPath(which(request))}#copies`, notice: 'The copy is noted.' }),
    read(request) {
      const acting = web.acting(request)
      ensureMay(acting, 'write', 'panel-work')
      return acting.transaction((tx: Tx) => openConsideration(tx, which(request)))
    },
    over: request => panelPath(which(request)),
    draw: (request, consideration, { typed, errors }) => ({
      title: 'Note a copy that was sent',
      back: back(request),
      children: <CopyPage {...{ request, consideration, typed, errors }} />,
    }),
  })
}

function checkIn(body: Posted): TypedCheck {
  const marks = Object.keys(markersOf.local).flatMap(key => {
    const mark = body[`marker-${key}`]
    return mark === 'there' || mark === 'missing' ? [[key, mark] as const] : []
  })
  return { marks: Object.fromEntries(marks), notes: textIn(body, 'notes') }
}
