import { randomUUID } from 'node:crypto'
import pino from 'pino'
import type { Config } from '../config.ts'
import type { Role } from '../access/index.ts'
import { anArea, testClock, testDatabase } from '../testing/test-database.ts'
import { createWeb, type Web } from '../web/index.ts'
import { createSignIn, type SignIn } from './create-sign-in.ts'
import { createSetUpLink } from './set-up-link.ts'
import { codeAt, stepAt } from './totp.ts'
import type { TourStop } from './views/training-people.tsx'

export const testSecret = 'a secret for tests, of more than 32 characters'

export interface TestDoor {
  web: Web
  signIn: SignIn
}

/** The pages as a service has them that was started just now, over the database of the tests. */
export async function aDoor(mode: Config['mode'], tour: readonly TourStop[] = []): Promise<TestDoor> {
  const config: Config = {
    mode,
    port: 0,
    databaseUrl: undefined,
    dataFolder: '/nowhere',
    publicUrl: mode === 'production' ? 'https://weathervane.example' : 'http://localhost:3000',
    secret: testSecret,
    smtpUrl: undefined,
    trustedProxies: [],
    helpPhone: '01632 960999',
    logLevel: 'error',
  }
  const log = pino({ level: 'silent' })
  const signIn = createSignIn({ database: await testDatabase(), config, log })
  const web = await createWeb({ config, log, visitorOf: signIn.visitorOf, navigation: () => [] })
  signIn.registerPages(web)
  signIn.registerTraining(web, tour)
  web.app.get('/', async (request, reply) => web.page(request, reply, { title: 'Home', children: 'Home' }))
  return { web, signIn }
}

export interface TestPerson {
  personId: string
  email: string
  name: string
}

/** Somebody new who has no password yet. */
export async function somebody(...appointments: { role: Role; body: string }[]): Promise<TestPerson> {
  const database = await testDatabase()
  const mark = randomUUID().slice(0, 8)
  const [email, name] = [`person-${mark}@example.org`, `Test person ${mark}`]
  return database.asOwner(async client => {
    const inserted = await client.query<{ id: string }>(
      `with added as (insert into person (name) values ($2) returning id)
       insert into email_address (person_id, address) select id, $1 from added returning person_id as id`,
      [email, name],
    )
    const personId = inserted.rows[0]!.id
    for (const { role, body } of appointments) {
      await client.query(
        `insert into appointment (person_id, role, body_code, from_on) values ($1, $2, $3, '2018-06-29')`,
        [personId, role, body],
      )
    }
    return { personId, email, name }
  })
}

export async function aNotifier(): Promise<TestPerson> {
  return somebody({ role: 'notifier', body: (await anArea()).authority })
}

export async function aLinkFor({ personId }: TestPerson, options: { forgetCodeApp?: boolean } = {}): Promise<string> {
  const database = await testDatabase()
  return database.as({ task: 'sign-in' }, tx => createSetUpLink(tx, personId, '', options))
}

/** A browser of somebody: keeps cookies, sends forms with the token of the page they stand on. */
export class TestBrowser {
  readonly cookies = new Map<string, string>()
  page = ''
  private readonly door: TestDoor
  private readonly address: string

  /** @param address the network address; each browser has its own unless given */
  constructor(door: TestDoor, address = `test-${randomUUID()}`) {
    this.door = door
    this.address = address
  }

  async get(path: string) {
    return this.send({ method: 'GET', url: path })
  }

  /** Sends a form, with the hidden token of the last page seen. */
  async post(path: string, fields: Record<string, string> = {}) {
    const token = /name="_csrf" value="([^"]+)"/.exec(this.page)?.[1]
    const form = new URLSearchParams({ ...(token && { _csrf: token }), ...fields })
    return this.send({
      method: 'POST',
      url: path,
      payload: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    })
  }

  private async send(request: {
    method: 'GET' | 'POST'
    url: string
    payload?: string
    headers?: Record<string, string>
  }) {
    const response = await this.door.web.app.inject({
      ...request,
      remoteAddress: this.address,
      headers: {
        ...request.headers,
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })
    for (const { name, value } of response.cookies) {
      if (value) this.cookies.set(name, encodeURIComponent(value))
      else this.cookies.delete(name)
    }
    if (response.statusCode !== 303) this.page = response.body
    return {
      status: response.statusCode,
      to: response.headers.location,
      headers: response.headers,
      page: response.body,
    }
  }

  /** Whether the service knows who this is. */
  async isSignedIn(): Promise<boolean> {
    return (await this.get('/you')).status === 200
  }
}

export const goodPassword = 'four small grey herons'

/** Moves the clock of the tests on. */
export function waitMinutes(minutes: number): void {
  testClock.set(new Date(testClock.now().getTime() + minutes * 60_000).toISOString())
}

/** What the person's code app shows now. `page` is where it was set up. */
export function codeOn(page: string, minutesOff = 0): string {
  const key = /wv-copy-value__value">([A-Z2-7 ]+)</.exec(page)?.[1]
  if (!key) throw new Error('This page shows no key.')
  const moment = new Date(testClock.now().getTime() + minutesOff * 60_000)
  return codeAt(key.replaceAll(' ', ''), stepAt(moment))
}

/** Somebody who has chosen a password in training mode, where no code is asked. */
export async function withPassword(door: TestDoor, person: TestPerson): Promise<TestPerson> {
  await new TestBrowser(door).post(await aLinkFor(person), { newPassword: goodPassword })
  return person
}

/** The kinds of events about one person, oldest first. */
export async function eventsAbout({ personId }: TestPerson): Promise<string[]> {
  const database = await testDatabase()
  return database.asOwner(async client => {
    const found = await client.query<{ kind: string }>('select kind from event where object_id = $1 order by id', [
      personId,
    ])
    return found.rows.map(({ kind }) => kind)
  })
}
