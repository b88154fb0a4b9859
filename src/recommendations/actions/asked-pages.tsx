import type { FastifyRequest } from 'fastify'
import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { noteRead } from '../../platform/events/index.ts'
import {
  calendarOf,
  calendarType,
  csvOf,
  odsOf,
  odsType,
  type CalendarDay,
  type Cell,
} from '../../platform/files/index.ts'
import { chosenList } from '../../platform/lists/index.ts'
import { textIn, type Query, type Web } from '../../platform/web/index.ts'
import { themes } from '../../reference-data/index.ts'
import { deliveriesTold, effects, replies } from '../moves.ts'
import { actionsServing } from './action-store.ts'
import { tellDelivery, tellUpdate, type Action } from './action.ts'
import { askedId, askedKinds, askedOfPartnership, askedPartnerships, listAsked, type Asked } from './asked-store.ts'
import { AskedPage } from './views/asked-page.tsx'

type Asking = FastifyRequest<{ Querystring: Query }>

/** Everything asked of a partnership: one list at one address, to read and to take away. */
export function registerAskedPages(web: Web, { publicUrl }: { publicUrl: string }): void {
  const { app } = web

  app.get<{ Querystring: Query }>('/asked', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'action')
    const wanted = chosenList(request.query, ['asked'], { key: 'asked', direction: 'ascending' })
    const shown = await acting.transaction(async tx => {
      const { partnerships, ...chosen } = await chosenIn(tx, request)
      const found = await listAsked(tx, wanted, chosen)
      return {
        found,
        partnerships,
        actions: await servingThese(tx, found.rows, 'see everything that was asked'),
        today: contextOf(tx).today,
      }
    })
    return web.page(request, reply, {
      title: 'Everything asked of us',
      wide: true,
      children: (
        <AskedPage
          {...shown}
          chosen={wanted}
          show={textIn(request.query, 'show')}
          partnership={textIn(request.query, 'partnership')}
          mayAgree={may(acting, 'write', 'action')}
        />
      ),
    })
  })

  app.get<{ Querystring: Query }>('/asked.csv', async (request, reply) => {
    const found = await readAsked(web.acting(request), request, 'take away everything that was asked')
    return web.download(reply, {
      name: 'asked.csv',
      type: 'text/csv; charset=utf-8',
      bytes: Buffer.from(csvOf(headings, rowsOf(found))),
    })
  })

  app.get<{ Querystring: Query }>('/asked.ods', async (request, reply) => {
    const found = await readAsked(web.acting(request), request, 'take away everything that was asked')
    const file = odsOf([{ name: 'Asked of us', headings, rows: rowsOf(found) }])
    return reply.type(odsType).header('content-disposition', 'attachment; filename="asked.ods"').send(Buffer.from(file))
  })

  app.get<{ Querystring: Query }>('/asked.ics', async (request, reply) => {
    const found = await readAsked(web.acting(request), request, 'take away the days of what was asked')
    const calendar = calendarOf('What is asked of us', daysOf(found, publicUrl), {
      now: found.now,
      host: new URL(publicUrl).hostname,
    })
    return reply.type(calendarType).header('content-disposition', 'attachment; filename="asked.ics"').send(calendar)
  })
}

/** All that an address asks for, to take away. */
async function readAsked(acting: Acting, request: Asking, purpose: string) {
  ensureMay(acting, 'read', 'action')
  return acting.transaction(async tx => {
    const { today, now } = contextOf(tx)
    const { partnershipCode, unanswered } = await chosenIn(tx, request)
    const asked = await askedOfPartnership(tx, { partnershipCode, open: false })
    const shown = asked.filter(one => !unanswered || !one.answered)
    return { shown, actions: await servingThese(tx, shown, purpose), today, now }
  })
}

async function chosenIn(tx: Tx, { query }: Asking) {
  const partnerships = await askedPartnerships(tx)
  const partnership = textIn(query, 'partnership')
  return {
    partnerships,
    partnershipCode: partnerships.has(partnership) ? partnership : undefined,
    unanswered: textIn(query, 'show') !== 'all',
  }
}

/** The actions that serve each, by its id. */
async function servingThese(tx: Tx, shown: readonly Asked[], purpose: string): Promise<Map<string, Action[]>> {
  const serving = await actionsServing(tx, {
    addresseeIds: shown.flatMap(one => (one.kind === 'letter-point' ? [] : one.addresseeId)),
    pointIds: shown.flatMap(one => (one.kind === 'letter-point' ? one.pointId : [])),
  })
  const incidentIds = [...new Set(shown.flatMap(one => one.place?.incidentId ?? []))]
  await noteRead(tx, { subject: 'action', purpose, incidentIds })
  const actions = Map.groupBy(serving, one => one.servedId)
  return new Map([...actions].map(([id, all]) => [id, all.map(one => one.action)]))
}

const headings = [
  'Reference',
  'Kind',
  'Partnership',
  'For',
  'What is asked',
  'Themes',
  'Answer by',
  'Answered',
  'Reply',
  'Delivery',
  'Effect',
  'Actions',
]

interface FoundAsked {
  shown: readonly Asked[]
  actions: ReadonlyMap<string, readonly Action[]>
  today: CivilDate
}

function rowsOf({ shown, actions, today }: FoundAsked): Cell[][] {
  return shown.map(one => {
    const axes = one.kind === 'letter-point' ? undefined : one
    const serving = actions.get(askedId(one)) ?? []
    return [
      one.reference,
      askedKinds[one.kind],
      one.partnershipName,
      axes?.owner ?? one.partnershipName,
      one.text,
      one.themes.map(theme => themes[theme]).join('; '),
      one.askedBy ?? undefined,
      one.answered ? 'Yes' : 'No',
      axes && replies[axes.reply],
      axes && deliveriesTold[axes.delivery],
      axes && effects[axes.effect],
      serving
        .map(action => `${action.number}, ${tellDelivery(action).toLowerCase()}. ${tellUpdate(action, today)}`)
        .join('\n'),
    ]
  })
}

/** The days that wait: an answer to each thing asked, an update and the end of each action that serves one. */
export function daysOf({ shown, actions }: FoundAsked, publicUrl: string): CalendarDay[] {
  const url = `${publicUrl}/asked`
  const answers = shown.flatMap((one): CalendarDay[] =>
    one.askedBy && !one.answered
      ? [
          {
            id: `asked-${askedId(one)}`,
            on: one.askedBy,
            summary: `${one.reference}: ${askedKinds[one.kind]}, answer asked for`,
            url,
          },
        ]
      : [],
  )
  const all = new Map([...actions.values()].flat().map(action => [action.actionId, action]))
  const works = [...all.values()].flatMap((action): CalendarDay[] => {
    if (action.nextUpdateOn === null) return []
    const href = `${publicUrl}/actions/${action.actionId}`
    return [
      {
        id: `update-${action.actionId}`,
        on: action.nextUpdateOn,
        summary: `${action.number}: update of an action`,
        url: href,
      },
      { id: `due-${action.actionId}`, on: action.dueOn, summary: `${action.number}: action due`, url: href },
    ]
  })
  return [...answers, ...works]
}
