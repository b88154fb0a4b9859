import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { actions, reachOf, subjects, type Action, type Subject } from '../../src/platform/access/index.ts'
import type { Web } from '../../src/platform/web/index.ts'
import {
  askerOf,
  mayReadSecret,
  reaches,
  subjectsOf,
  type Caller,
  type Country,
  type Standing,
  type TestIncident,
} from './country.ts'

/** `read letter`: an action and a subject of the access table. */
export type Right = `${Action} ${Subject}`

/**
 * Who a route is for: anybody; whoever is signed in, with a role today or without; whoever has a role; or whoever the
 * access table gives one of these rights, at the stage the incident is at.
 */
export type RouteRight = 'public' | 'signed-in' | 'with-role' | Right | readonly Right[] | LeaderRight
/** For roles that may do the one anywhere, in records where they may do the other. */
export interface LeaderRight {
  whoMay: Right
  where: Right
}
/** By `GET /incidents/:id`. */
export type RouteRights = Readonly<Record<string, RouteRight>>

export interface Route {
  method: string
  url: string
}

export function keyOf({ method, url }: Route): string {
  return `${method} ${url}`
}

/** The routes of an app, without the HEAD that comes with each GET. */
export function routesOf(web: Web): Route[] {
  return web.routes.filter(({ method }) => method !== 'HEAD')
}

/** Routes that say nothing of who they are for, and entries that no route has. */
export function missingIn(rights: RouteRights, routes: readonly Route[]): string[] {
  const keys = new Set(routes.map(keyOf))
  return [
    ...[...keys].filter(key => !Object.hasOwn(rights, key)).map(key => `${key} does not say who it is for`),
    ...Object.keys(rights)
      .filter(key => !keys.has(key))
      .map(key => `${key} is no route`),
  ]
}

interface Answer {
  status: number
  location: string | undefined
  /** Headers and body, a Word file unpacked. */
  text: string
}

/** Asks an app as everybody, and says where an answer is not what the access table gives. */
export class RouteCheck {
  readonly findings = new Set<string>()
  /** Secret words that somebody was rightly shown: each should be among them, or the check looks at nothing. */
  readonly shown = new Set<string>()
  requests = 0
  private turn = 0
  private readonly country: Country
  private readonly web: Web
  private readonly rights: RouteRights
  private readonly patterns: { route: Route; pattern: RegExp }[]
  private readonly words: RegExp

  constructor(country: Country, web: Web, rights: RouteRights) {
    this.country = country
    this.web = web
    this.rights = rights
    this.patterns = routesOf(web).map(route => ({
      route,
      pattern: new RegExp(`^${route.url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+').replaceAll('*', '.+')}$`),
    }))
    this.words = new RegExp([...country.secrets.keys()].join('|'), 'g')
  }

  /** GET of every route. */
  async read(caller: Caller | undefined, standing: Standing): Promise<void> {
    for (const route of routesOf(this.web).filter(({ method }) => method === 'GET')) {
      for (const incident of this.sampleFor(route, caller, standing)) {
        await this.follow(route, this.urlOf(route, incident), caller, incident, standing)
      }
    }
  }

  /** POST and the like of every route that must refuse this person. */
  async writeRefused(caller: Caller | undefined, standing: Standing): Promise<void> {
    for (const route of routesOf(this.web).filter(({ method }) => method !== 'GET')) {
      for (const incident of this.sampleFor(route, caller, standing)) {
        const expected = this.expected(route, caller, incident, standing)
        if (expected !== 'answer' && expected !== 'anything') await this.write(route, caller, incident, standing)
      }
    }
  }

  /** POST and the like of every route that must not refuse this person, as things stand when it is sent. */
  async writeAllowed(caller: Caller, routes: readonly Route[]): Promise<void> {
    let standing = await this.country.standing()
    for (const route of routes.filter(({ method }) => method !== 'GET')) {
      for (const incident of this.incidentsFor(route)) {
        if (this.expected(route, caller, incident, standing) !== 'answer') continue
        const empty = await this.ask(route.method, this.urlOf(route, incident), caller)
        if (empty.status >= 500) this.find(route, caller, incident, `${empty.status} for an empty form`)
        standing = await this.country.standing()
        this.search(route, caller, incident, standing, empty)
        if (this.expected(route, caller, incident, standing) !== 'answer') continue
        await this.write(route, caller, incident, standing)
        standing = await this.country.standing()
      }
    }
  }

  async write(
    route: Route,
    caller: Caller | undefined,
    incident: TestIncident | undefined,
    standing: Standing,
  ): Promise<void> {
    // Some forms choose a person; here it is the person who sends them.
    const answer = await this.ask(route.method, this.urlOf(route, incident), caller, {
      personId: caller?.personId ?? '',
    })
    this.judge(route, caller, incident, standing, answer)
  }

  /** Requests with a method no page has, of a record that is none, and for a list with odd wishes. */
  async askOddly(caller: Caller | undefined, standing: Standing): Promise<void> {
    for (const { url, method } of routesOf(this.web).filter(({ method }) => method === 'GET')) {
      const [incident] = this.incidentsFor({ url, method }).slice(-1)
      for (const odd of ['HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const) {
        const answer = await this.ask(odd, this.urlOf({ url, method }, incident), caller)
        this.search({ url, method: odd }, caller, incident, standing, answer)
        if (answer.status >= 500) this.find({ url, method: odd }, caller, incident, String(answer.status))
      }
      const addresses = url.includes(':')
        ? [randomUUID(), 'no-id', '%00'].map(id => url.replaceAll(/:\w+/g, id).replaceAll('*', id))
        : [
            `${url}?q=%00&reference=%00`,
            `${url}?page=99999999999999999999&sort=x&direction=x&nature=x&region=x&member=x`,
          ]
      for (const address of addresses) {
        const answer = await this.ask('GET', address, caller)
        this.search({ url, method }, caller, undefined, standing, answer)
        if (answer.status >= 500) this.find({ url, method }, caller, undefined, `${answer.status} for ${address}`)
      }
    }
  }

  /**
   * For whoever may see an incident by this route, every one at a stage at which there is something to see, and one more.
   * For others some: which, differs from route to route and from person to person, so that all stages are met.
   */
  private sampleFor(
    route: Route,
    caller: Caller | undefined,
    standing: Standing,
  ): readonly (TestIncident | undefined)[] {
    const all = this.incidentsFor(route)
    const expected = all.map(incident => this.expected(route, caller, incident, standing))
    this.turn += 1
    const turned = [...all, ...all].slice(this.turn % all.length, (this.turn % all.length) + all.length)
    const isIdle = (incident: TestIncident | undefined) => expected[all.indexOf(incident)] === 'anything'
    if (!expected.includes('answer')) {
      return [...turned.filter(each => !isIdle(each)), ...turned.filter(isIdle)].slice(
        0,
        expected.includes('none') ? 3 : 1,
      )
    }
    const idle = turned.find(isIdle)
    return all.filter((incident, at) => expected[at] !== 'anything' || incident === idle)
  }

  private incidentsFor({ url }: Route): readonly (TestIncident | undefined)[] {
    return /:(id|incidentId|documentId|actionId)\b/.test(url) && !url.startsWith('/you/')
      ? this.country.incidents
      : [undefined]
  }

  private urlOf({ url }: Route, incident: TestIncident | undefined): string {
    const parts: Record<string, string> = {
      ...this.country.national,
      id: incident?.incidentId ?? randomUUID(),
      incidentId: incident?.incidentId ?? randomUUID(),
      documentId: incident?.documentId ?? randomUUID(),
      point: url.startsWith('/panel/') ? (url.includes('/local-review') ? 'new' : (incident?.pointId ?? 'new')) : '1',
      stage: 'fieldwork',
      version: '1',
      page: url.includes('/local-review/') ? 'method' : 'learning',
      recordId: incident?.recordIds[/\/local-review\/([\w-]+)\//.exec(url)?.[1] ?? ''] ?? randomUUID(),
      actionId: incident?.recordIds['action'] ?? randomUUID(),
      updateId: incident?.recordIds['update'] ?? randomUUID(),
      recommendationId: this.country.nationalId,
      token: 'no-such-token',
      kind: 'practitioner',
      sector: 'health',
    }
    const address = url
      .replace('/assets/*', '/assets/none')
      .replace('*', 'what-happened')
      .replaceAll(/:(\w+)/g, (_, name: string) => parts[name] ?? 'unknown')
    const { family } = incident ?? {}
    if (!family || !url.includes('/family/')) return address
    return `${address}?${new URLSearchParams(family).toString()}`
  }

  /** A page that leads on inside the service is judged by where it leads. */
  private async follow(
    route: Route,
    url: string,
    caller: Caller | undefined,
    incident: TestIncident | undefined,
    standing: Standing,
    hops = 0,
  ): Promise<void> {
    const answer = await this.ask('GET', url, caller)
    const to = answer.status === 303 && answer.location?.split('#')[0]
    if (!to || to.startsWith('/sign-in') || to === '/' || hops > 2) {
      return this.judge(route, caller, incident, standing, answer)
    }
    this.search(route, caller, incident, standing, answer)
    const next = this.patterns.find(({ route: { method }, pattern }) => method === 'GET' && pattern.test(to))
    if (!next) return this.find(route, caller, incident, `leads to ${to}, which is no page`)
    return this.follow(next.route, to, caller, incident, standing, hops + 1)
  }

  private async ask(
    method: string,
    url: string,
    caller: Caller | undefined,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    this.requests += 1
    const api = url.startsWith('/api/')
    const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
    const response = await this.web.app.inject({
      method: method as 'GET',
      url,
      remoteAddress: `address-${this.requests}`,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(caller &&
          (api ? { authorization: `Bearer ${caller.apiToken}`, 'if-match': '"1"' } : { cookie: caller.cookie })),
        ...(!isRead && { 'content-type': api ? 'application/json' : 'application/x-www-form-urlencoded' }),
      },
      ...(!isRead && {
        payload: api ? '{}' : new URLSearchParams({ _csrf: caller?.csrfToken ?? '', ...fields }).toString(),
      }),
    })
    const bytes = response.rawPayload
    const body =
      bytes.subarray(0, 2).toString() === 'PK'
        ? Object.values(unzipSync(bytes))
            .map(part => strFromU8(part))
            .join()
        : response.body
    return {
      status: response.statusCode,
      location: response.headers.location,
      text: `${JSON.stringify(response.headers)}${body}`,
    }
  }

  private expected(
    route: Route,
    caller: Caller | undefined,
    incident: TestIncident | undefined,
    standing: Standing,
  ): 'answer' | 'sign-in' | 'refusal' | 'none' | 'anything' {
    const right = this.rights[keyOf(route)] ?? 'public'
    if (right === 'public') return 'anything'
    if (!caller) return 'sign-in'
    if (right === 'signed-in') return 'answer'
    const { role } = caller
    if (right === 'with-role') return role ? 'answer' : 'refusal'
    if (!role) return route.url.startsWith('/api/') ? 'sign-in' : 'refusal'
    const leads = typeof right === 'object' && 'whoMay' in right ? right : undefined
    const rights = leads ? [leads.where] : [right as Right | readonly Right[]].flat()
    const asked = rights.map(partsOf)
    const needed = leads ? [partsOf(leads.whoMay)] : asked
    if (!needed.some(({ action, subject }) => reachOf(role, action, subject).length > 0)) return 'refusal'
    if (!asked.some(({ action, subject }) => reachOf(role, action, subject).length > 0)) return 'refusal'
    if (!incident) return 'answer'
    const kind = route.url.includes('/local-review') ? 'local' : 'rapid'
    const there = subjectsOf(incident, standing, kind)
    // The files of a draft stay with the managers of its partnership when the review goes on.
    if (incident.documentId && route.url.startsWith('/documents/')) there.add('rapid-review-draft')
    const open = asked.filter(({ subject }) => there.has(subject))
    if (open.length === 0) return 'anything'
    const row = { ...incident, personId: caller.personId, kind } as const
    // A partner who may sign there is told where a review came back, and nothing of it: what is shown is still checked.
    const mayBeTold = keyOf(route) === 'GET /incidents/:incidentId/rapid-review' && role === 'safeguarding-partner'
    if (mayBeTold && reaches(askerOf(caller), 'sign', 'rapid-review-signing', row, standing)) return 'anything'
    return open.some(({ action, subject }) => reaches(askerOf(caller), action, subject, row, standing))
      ? 'answer'
      : 'none'
  }

  private judge(
    route: Route,
    caller: Caller | undefined,
    incident: TestIncident | undefined,
    standing: Standing,
    answer: Answer,
  ): void {
    this.search(route, caller, incident, standing, answer)
    const { status, location } = answer
    const isApi = route.url.startsWith('/api/')
    const ok = {
      answer: ![401, 403, 404].includes(status),
      'sign-in': status === 401 || (!isApi && status === 303 && location?.startsWith('/sign-in') === true),
      refusal: status === 403 || status === 404,
      none: status === 404,
      anything: true,
    }
    const expected = this.expected(route, caller, incident, standing)
    if (!ok[expected] || status >= 500) {
      this.find(route, caller, incident, `${status}${location ? ` to ${location}` : ''} instead of ${expected}`)
    }
  }

  private search(
    route: Route,
    caller: Caller | undefined,
    incident: TestIncident | undefined,
    standing: Standing,
    { text }: Answer,
  ): void {
    for (const [word] of text.matchAll(this.words)) {
      const secret = this.country.secrets.get(word)!
      if (caller && mayReadSecret(askerOf(caller), secret, standing)) this.shown.add(word)
      else this.find(route, caller, incident, `shows ${secret.written} of ${secret.incident.stage}`)
    }
  }

  private find(route: Route, caller: Caller | undefined, incident: TestIncident | undefined, what: string): void {
    this.findings.add([keyOf(route), incident?.stage, caller?.label ?? 'nobody', what].filter(Boolean).join(' | '))
  }
}

function partsOf(right: Right): { action: Action; subject: Subject } {
  const [action, subject] = right.split(' ')
  if (!action || !subject || !Object.hasOwn(actions, action) || !Object.hasOwn(subjects, subject)) {
    throw new Error(`The access table knows no ${right}.`)
  }
  return { action: action as Action, subject: subject as Subject }
}
