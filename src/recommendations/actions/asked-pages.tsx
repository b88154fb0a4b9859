import type { FastifyRequest } from 'fastify'
import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
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
import { chosenList, pageRows } from '../../platform/lists/index.ts'
import { textIn, type Query, type Web } from '../../platform/web/index.ts'
import { themes } from '../../reference-data/index.ts'
import { deliveriesTold, effects, replies } from '../moves.ts'
import { actionsServing } from './action-store.ts'
import { tellDelivery, tellUpdate, type Action } from './action.ts'
import { askedKinds, askedOfPartnership, type Asked } from './asked-store.ts'
import { AskedPage } from './views/asked-page.tsx'

type Asking = FastifyRequest<{ Querystring: Query }>

/** Everything asked of a partnership: one list at one address, to read and to take away. */
export function registerAskedPages(web: Web, { publicUrl }: { publicUrl: string }): void {
  const { app } = web

  app.get<{ Querystring: Query }>('/asked', async (request, reply) => {
    const acting = web.acting(request)
    const { shown, chosen: wanted, ...rest } = await readAsked(acting, request, 'see everything that was asked')
    const chosen = chosenList(request.query, ['asked'], { key: 'asked', direction: 'ascending' })
    const rows = shown.slice((chosen.page - 1) * pageRows, chosen.page * pageRows)
    return web.page(request, reply, {
      title: 'Everything asked of us',
      wide: true,
      children: (
        <AskedPage
          {...rest}
          {...wanted}
          {...{ chosen }}
          found={{ rows, total: shown.length }}
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

async function readAsked(acting: Acting, { query }: Asking, purpose: string) {
  ensureMay(acting, 'read', 'action')
  return acting.transaction(async tx => {
    const { today, now } = contextOf(tx)
    const asked = await askedOfPartnership(tx, { partnershipCode: undefined, open: false })
    const partnerships = new Map(asked.map(one => [one.partnershipCode, one.partnershipName]))
    const chosen = { partnership: textIn(query, 'partnership'), show: textIn(query, 'show') }
    const shown = asked.filter(
      one =>
        (!partnerships.has(chosen.partnership) || one.partnershipCode === chosen.partnership) &&
        (chosen.show === 'all' || !one.answered),
    )
    const serving = await actionsServing(tx, {
      addresseeIds: shown.flatMap(one => (one.kind === 'letter-point' ? [] : one.addresseeId)),
      pointIds: shown.flatMap(one => (one.kind === 'letter-point' ? one.pointId : [])),
    })
    const actions = Map.groupBy(serving, one => one.servedId)
    const incidentIds = [...new Set(shown.flatMap(one => one.place?.incidentId ?? []))]
    await noteRead(tx, { subject: 'action', purpose, incidentIds })
    return {
      shown,
      actions: new Map([...actions].map(([id, all]) => [id, all.map(one => one.action)])),
      partnerships,
      chosen,
      today,
      now,
    }
  })
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
    const serving = actions.get(axes ? axes.addresseeId : (one as Extract<Asked, { pointId: string }>).pointId) ?? []
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
            id: `asked-${one.kind === 'letter-point' ? one.pointId : one.addresseeId}`,
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
