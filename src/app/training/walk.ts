import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { actAs } from '../../platform/acting.ts'
import { openWithin } from '../../platform/database/index.ts'
import { diskFileStore } from '../../platform/files/index.ts'
import { openLog } from '../../platform/log.ts'
import { createWeb, type Visitor } from '../../platform/web/index.ts'
import { registerModules, subscribeModules } from '../app.ts'
import { filledIn, fits, formsIn, problemsIn, tellForm } from './html-forms.ts'
import type { Filled, HtmlForm } from './html-forms.ts'
import { standsOn } from './country.ts'
import { idOf } from './ids.ts'
import { appointments } from './people.ts'
import type { Appointment, Role } from './people.ts'
import { personId } from './story.ts'

/** People of the country at the pages of the service, at moments of the past. */
export interface Walk {
  /** From here on it is this moment. */
  at(day: string, time?: string): void
  /**
   * Somebody opens a page, fills in a form of it, and sends it.
   * @param to where the form goes, where the page has several
   * @returns where it leads
   * @throws Error with what the page says is wrong
   */
  fill(who: Appointment, page: string, filled: Filled, to?: string): Promise<string>
  /** The forms of a page, for whoever has to see what it asks. */
  open(who: Appointment, page: string): Promise<HtmlForm[]>
  /** What stands in the database, for whoever has to find a way on. */
  read<Row>(query: string, values?: unknown[]): Promise<Row[]>
}

const csrfToken = 'walk'
const publicUrl = 'http://localhost'

/**
 * Lets `tell` walk through the service as it is: the forms, the rules and the rights are those of everybody. Nothing
 * listens, and no mail is written.
 *
 * @param client as the owner, inside a transaction
 */
export async function walkThrough(client: pg.ClientBase, tell: (walk: Walk) => Promise<void>): Promise<void> {
  let now = new Date(0)
  const database = openWithin(client, { now: () => now })
  subscribeModules(database)
  const visitors = new Map<string, Visitor>()
  const log = openLog('error')
  const web = await createWeb({
    config: {
      mode: 'training',
      port: 0,
      databaseUrl: undefined,
      dataFolder: tmpdir(),
      publicUrl,
      secret: 'nobody signs in to a story that is told',
      smtpUrl: undefined,
      trustedProxies: [],
      helpPhone: '01632 960999',
      logLevel: 'error',
    },
    log,
    visitorOf: async request => visitors.get(String(request.headers['x-visitor'])),
    navigation: () => [],
    // Nobody comes from outside.
    open: {
      ask: () => Promise.reject(new Error('Nobody asks without an account while the country is made.')),
      links: { find: async () => ({ state: 'unknown' }), countOpening: async () => {} },
      navigation: [],
    },
  })
  registerModules(web, {
    database,
    files: diskFileStore(join(tmpdir(), 'weathervane-no-files')),
    mail: { publicUrl, ring: '', smtpUrl: undefined },
  })

  function visit(who: Appointment): string {
    const key = `${who.email} ${who.role} ${who.bodyCode} ${who.from}`
    if (!visitors.has(key)) {
      const appointment = { id: idOf(`appointment ${key}`), role: who.role, bodyCode: who.bodyCode, bodyName: '' }
      const acting = actAs(database, {
        ...appointment,
        personId: personId(who),
        name: who.name,
        appointmentId: appointment.id,
      })
      visitors.set(key, {
        sessionId: appointment.id,
        personId: acting.personId,
        name: who.name,
        csrfToken,
        acting,
        appointments: [appointment],
      })
    }
    return key
  }

  const walk: Walk = {
    at(day, time = '10:00') {
      now = new Date(`${day}T${time}:00Z`)
    },
    async open(who, page) {
      const shown = await web.app.inject({ url: page, headers: { 'x-visitor': visit(who) } })
      if (shown.statusCode === 200) return formsIn(shown.body, page)
      throw new Error(`${page}, ${who.role} ${who.name}: ${shown.statusCode} ${problemsIn(shown.body).join('; ')}`)
    },
    async fill(who, page, filled, to) {
      const headers = { 'x-visitor': visit(who) }
      const path = to ?? page
      const there = await walk.open(who, page)
      const form = there.find(each => each.action === path && fits(each, filled))
      if (!form) {
        const asked = JSON.stringify(filled)
        throw new Error(
          `${page} has no form to ${path} for ${who.role} ${who.name} that takes ${asked}, only ${there.map(tellForm).join('; ')}`,
        )
      }
      const answer = await web.app.inject({
        method: 'POST',
        url: path,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        payload: filledIn(form, filled).toString(),
      })
      if (answer.statusCode === 303) return String(answer.headers['location'])
      throw new Error(`${path}, ${who.role} ${who.name}: ${answer.statusCode} ${problemsIn(answer.body).join('; ')}`)
    },
    async read(query, values) {
      await client.query('reset role')
      return (await client.query(query, values)).rows
    },
  }
  try {
    await tell(walk)
  } finally {
    await web.app.close()
    await client.query('reset role; reset statement_timeout').catch(() => {})
  }
}

/** @throws Error when nobody holds the role there on that day */
export function whoIs(role: Role, bodyCode: string, day: string): Appointment {
  const found = appointments.find(each => each.role === role && each.bodyCode === bodyCode && standsOn(each, day))
  if (!found) throw new Error(`Nobody is ${role} of ${bodyCode} on ${day}.`)
  return found
}
