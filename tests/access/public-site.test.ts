import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkText, decideAbout } from '../../src/documents/index.ts'
import { aPublicText } from '../../src/library/builders.ts'
import {
  addPublicFile,
  keepDayClear,
  openPublication,
  planTheDay,
  savePublication,
} from '../../src/library/prepare-publication.ts'
import type { PublicationText } from '../../src/library/publication.ts'
import { hideAccount, noteChange, publishReview } from '../../src/library/publish.ts'
import { publicationToCheck } from '../../src/library/recognised.ts'
import { readPublication, stepsOf } from '../../src/library/store.ts'
import { clearSheet, publishSheet, writeSheet } from '../../src/library/sheets/write-sheet.ts'
import { sendJustification } from '../../src/library/withhold.ts'
import type { Tx } from '../../src/platform/database/index.ts'
import { aRecommendation } from '../../src/recommendations/builders.ts'
import { makeMove } from '../../src/recommendations/make-move.ts'
import type { State } from '../../src/recommendations/moves.ts'
import { reconsider } from '../../src/recommendations/again/reconsider.ts'
import { publishNational } from '../../src/recommendations/progress/publish-recommendations.ts'
import { endRecommendation } from '../../src/recommendations/write-recommendation.ts'
import type { IncidentPlace } from '../../src/platform/events/index.ts'
import { civilDate } from '../../src/platform/dates.ts'
import { diskFileStore } from '../../src/platform/files/index.ts'
import { testClock } from '../../src/platform/testing/test-database.ts'
import { createApp } from '../../src/app/app.ts'
import { aConfig, aCountry, silent, type Caller, type Country, type TestIncident } from './country.ts'
import { routesOf } from './route-check.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Addresses that nobody can find: they open with a secret that was handed to one person, and say nothing without it. */
const withSecret = ['/sign-in/set-up/:token', '/with-link/:token']

interface Answer {
  status: number
  headers: string
  body: string
}

/** Every address that anybody can reach, with all that it answers. Headers but the day and hour of the request. */
type Site = ReadonlyMap<string, Answer>

type App = Country['app']

/**
 * The whole public site: every route of the app without a parameter, and from there every address that stands in an
 * answer. A route that nothing leads to is reported: either it is closed to who is not signed in, or it is not looked at.
 */
async function publicSite({ web }: App): Promise<{ site: Site; notLookedAt: string[] }> {
  const routes = routesOf(web).filter(({ method }) => method === 'GET')
  const patterns = routes
    .filter(({ url }) => url.includes(':'))
    .map(({ url }) => ({ url, pattern: patternOf(url), met: false }))
  const site = new Map<string, Answer>()
  const waiting = routes.flatMap(({ url }) => (/[:*]/.test(url) ? [] : [url]))
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (site.has(url)) continue
    const answer = await ask(web, url)
    site.set(url, answer)
    for (const { pattern } of patterns.filter(each => each.pattern.test(url!.split('?')[0]!))) {
      for (const each of patterns) if (each.pattern === pattern && answer.status === 200) each.met = true
    }
    if (answer.status === 200) waiting.push(...addressesIn(answer.body))
  }
  const notLookedAt: string[] = []
  for (const { url, met } of patterns) {
    if (met || withSecret.some(secret => url.startsWith(secret))) continue
    const { status, headers } = await ask(web, url.replaceAll(/:\w+/g, 'a').replaceAll('*', 'a'))
    const some = await ask(web, url.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000').replaceAll('*', 'a'))
    if (!isClosed({ status, headers }) && !isClosed(some)) notLookedAt.push(url)
  }
  return { site, notLookedAt }
}

function isClosed({ status, headers }: Pick<Answer, 'status' | 'headers'>): boolean {
  return status === 401 || (status === 303 && headers.includes('"location":"/sign-in'))
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+').replaceAll('*', '.+')}$`)
}

async function ask({ app }: App['web'], url: string): Promise<Answer> {
  const { statusCode, headers, rawPayload } = await app.inject({ url, remoteAddress: 'anybody' })
  const { date: _, ...same } = headers
  // A refusal quotes the number of the request, which is drawn anew for each.
  const body =
    statusCode < 400
      ? rawPayload.toString('base64')
      : rawPayload.toString('utf8').replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'request')
  return { status: statusCode, headers: JSON.stringify(same), body }
}

/** Addresses of this site: in links, forms, feeds and site maps. */
function addressesIn(body: string): string[] {
  const text = Buffer.from(body, 'base64').toString('utf8')
  const found = [
    ...text.matchAll(/(?:href|src|action)="([^"#]+)|<loc>([^<]+)|"(https:\/\/weathervane\.example[^"]*)"/g),
  ]
  return found.flatMap(([, linked, located, quoted]) => {
    const address = (linked ?? located ?? quoted ?? '').replaceAll('&amp;', '&')
    const own = address.replace(/^https:\/\/weathervane\.example/, '')
    return own.startsWith('/') && !own.startsWith('//') ? [own] : []
  })
}

/** Where two states of the site differ, in words. */
function differences(before: Site, after: Site): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(url => {
    const [one, other] = [before.get(url), after.get(url)]
    if (!one) return [`${url} is new`]
    if (!other) return [`${url} is gone`]
    return (['status', 'headers', 'body'] as const).flatMap(part =>
      one[part] === other[part] ? [] : [`${url}: another ${part}`],
    )
  })
}

class Publishing {
  readonly manager: Caller
  readonly incidentId: string
  private readonly country: Country

  constructor(country: Country, { incidentId }: TestIncident) {
    this.country = country
    this.incidentId = incidentId
    this.manager = country.callers.find(({ label }) => label.startsWith('business-manager in the group'))!
  }

  read() {
    return this.manager.acting.transaction(async tx => (await readPublication(tx, this.incidentId))!)
  }

  async prepare(text: Partial<PublicationText> = {}): Promise<void> {
    await openPublication(this.manager.acting, this.incidentId)
    const { revision } = await this.read()
    await savePublication(this.manager.acting, this.incidentId, {
      text: aPublicText({ recommendations: '', ...text }),
      manner: 'full',
      seenRevision: revision,
    })
    const files = diskFileStore(join(this.country.config.dataFolder, 'files'))
    const bytes = readFileSync(new URL('../../../src/platform/files/fixtures/printed.pdf', import.meta.url))
    await addPublicFile(this.manager.acting, files, this.incidentId, {
      title: 'The report',
      cleared: true,
      upload: { name: 'report.pdf', bytes },
    })
  }

  async publishSheet(): Promise<void> {
    const { acting } = this.manager
    const files = diskFileStore(join(this.country.config.dataFolder, 'files'))
    const text = { happened: 'A baby was hurt.', learnt: 'Look on the same day.', ask: 'Who looks?' }
    await writeSheet(acting, this.incidentId, { sector: 'health', text, seenRevision: 0 })
    await clearSheet(acting, this.incidentId, {
      sector: 'health',
      by: 'The lead',
      asked: 'both',
      isSafe: true,
      isLooked: true,
      seenRevision: 1,
    })
    await publishSheet(acting, files, this.incidentId, { sector: 'health', seenRevision: 1 })
  }

  async changeWords(): Promise<void> {
    const { text, manner, revision } = await this.read()
    const changed = { ...text, title: 'Words that nobody has published' }
    await savePublication(this.manager.acting, this.incidentId, {
      text: changed,
      manner,
      seenRevision: revision,
    })
  }

  /** Somebody looks at each word by which a child could be recognised. */
  private async decide(): Promise<void> {
    const { acting } = this.manager
    const read = async (tx: Tx) => publicationToCheck(tx, (await readPublication(tx, this.incidentId))!)
    const found = await acting.transaction(async tx => checkText(tx, await read(tx)))
    const decided = found.map(({ key }) => [`decision-${key}`, 'not-identifying'])
    await decideAbout(acting, read, Object.fromEntries(decided))
  }

  async publish(note = ''): Promise<void> {
    await this.decide()
    const { revision } = await this.read()
    await publishReview(this.manager.acting, this.incidentId, { seenRevision: revision, reason: 'A test.', note })
  }
}

async function withLocalReview(country: Country): Promise<Publishing> {
  return new Publishing(country, await country.anotherIncident('answered'))
}

/** A national recommendation that is public, with a judgement. */
async function aJudgedRecommendation({ callers, database }: Country) {
  const acting = (role: string) => callers.find(({ label }) => label === role)!.acting
  const body = callers.find(({ role }) => role === 'body-answering')!.acting
  const { number, addresseeIds } = await aRecommendation(database, {
    bodyCode: 'TN',
    addressees: [{ kind: 'national-body', bodyCode: body.bodyCode }],
  })
  const [addresseeId = ''] = addresseeIds
  await publishNational(acting('secretariat'), number)
  await makeMove(body, number, addresseeId, { axis: 'delivery', from: 'not-started', to: 'done', words: 'Done.' })
  const judge = (from: State, to: State) =>
    makeMove(acting('panel-chair'), number, addresseeId, { axis: 'effect', from, to, words: 'An audit was read.' })
  await judge('not-looked-at', 'no-change')
  return { number, reopen: () => judge('no-change', 'not-looked-at') }
}

/** A national recommendation that is public and closed, and was sent to an area. */
async function aClosedRecommendation({ callers, database }: Country, asked: IncidentPlace) {
  const secretariat = callers.find(({ label }) => label === 'secretariat')!.acting
  const manager = callers.find(({ label }) => label.startsWith('business-manager in the group'))!.acting
  const body = callers.find(({ role }) => role === 'body-answering')!.acting
  const { number, recommendationId, addresseeIds } = await aRecommendation(database, {
    bodyCode: 'TN',
    addressees: [
      { kind: 'partnership', bodyCode: asked.partnershipCode },
      { kind: 'national-body', bodyCode: body.bodyCode },
    ],
  })
  const [addresseeId = ''] = addresseeIds
  await publishNational(secretariat, number)
  await endRecommendation(secretariat, number, { reason: 'All of it is done.', replacedBy: '' })
  return {
    number,
    async reopen() {
      const questionId = await database.asOwner(async client => {
        const { rows } = await client.query<{ question_id: string }>(
          `insert into theme_question (addressee_id, recommendation_id, partnership_code, body_code, themes, asked_at)
           values ($1, $2, $3, $3, '{neglect}', now()) returning question_id`,
          [addresseeId, recommendationId, asked.partnershipCode],
        )
        return rows[0]!.question_id
      })
      const decided = { decision: 'reopened', because: questionId, reason: 'Visits come late again.' }
      await reconsider(secretariat, number, decided)
      const move = { axis: 'delivery', from: 'not-started', to: 'in-progress', words: 'Begun anew.' } as const
      await makeMove(manager, number, addresseeId, move)
    },
  }
}

test('the whole public site is the same, byte for byte, before and after everything that is not published', async t => {
  testClock.set('2026-03-02T10:00:00Z')
  const country = await aCountry()
  const { app } = country
  const published = await withLocalReview(country)
  await published.prepare({ title: 'Bruises in a baby who could not yet crawl' })
  await published.publish()
  await published.publishSheet()
  const judged = await aJudgedRecommendation(country)
  const closed = await aClosedRecommendation(country, country.incidents[0]!)
  const { site: before, notLookedAt } = await publicSite(app)

  await t.test('every public address is looked at', async () => {
    assert.deepEqual(notLookedAt, [])
    const { number } = await published.read()
    for (const url of [
      '/reviews',
      '/reviews.csv',
      '/reviews/feed',
      '/sitemap.xml',
      '/robots.txt',
      '/health',
      '/help',
      `/reviews/${number}`,
      `/recommendations/${judged.number}`,
      `/recommendations/${closed.number}`,
    ]) {
      assert.equal(before.get(url)?.status, 200, url)
    }
    assert.ok([...before.keys()].some(url => /\/documents\/[0-9a-f]+\.pdf$/.test(url)))
  })

  const unchanged = async () => differences(before, (await publicSite(app)).site)
  let later: Publishing | undefined
  const happenings: { what: string; happens(): Promise<unknown> }[] = [
    { what: 'nothing', happens: async () => {} },
    { what: 'a notification is begun', happens: () => country.anotherIncident('draft') },
    { what: 'an incident is notified', happens: () => country.anotherIncident('notified') },
    { what: 'a rapid review is sent to the Panel', happens: () => country.anotherIncident('received') },
    {
      what: 'a letter is answered, and a local review begins',
      happens: async () => (later = await withLocalReview(country)),
    },
    { what: 'its publication is prepared', happens: async () => later!.prepare({ title: 'Not public yet' }) },
    {
      what: 'the day is planned, and a trial named',
      happens: async () => {
        const { reviewId } = await later!.read()
        const steps = await later!.manager.acting.transaction(tx => stepsOf(tx, reviewId))
        await planTheDay(later!.manager.acting, later!.incidentId, { do: 'done', stepId: steps[0]!.id })
        await keepDayClear(later!.manager.acting, later!.incidentId, {
          kind: 'trial',
          what: 'trial at the crown court',
          fromOn: civilDate('2026-03-01'),
          lastOn: undefined,
        })
      },
    },
    {
      what: 'it is withheld, and the Panel is told why',
      happens: async () =>
        sendJustification(later!.manager.acting, later!.incidentId, {
          manner: 'withheld',
          justification: 'Proceedings on the sister run until the autumn.',
        }),
    },
    {
      what: 'the words of a review that is public are changed, and not published',
      happens: async () => published.changeWords(),
    },
    {
      what: 'a judgement on what a body did is reopened, for something that is not published',
      happens: () => judged.reopen(),
    },
    {
      what: 'a closed recommendation is opened again as a whole for something that is not published, and an area begins anew',
      happens: () => closed.reopen(),
    },
    { what: 'half a year goes by', happens: async () => testClock.set('2026-08-30T23:30:00Z') },
  ]
  for (const { what, happens } of happenings) {
    await t.test(`after this: ${what}`, async () => {
      await happens()
      assert.deepEqual(await unchanged(), [])
    })
  }

  await t.test('what is hidden changes the pages of its own review alone, and they do not say why', async () => {
    await hideAccount(published.manager.acting, published.incidentId, 'A retrial was ordered.')
    const { number } = await published.read()
    const changed = await unchanged()
    assert.ok(changed.includes(`/reviews/${number}: another body`))
    // Nothing that is fetched daily shows that it was hidden today: no list, feed, table or site map, and no day anywhere.
    for (const one of changed)
      assert.match(one, new RegExp(`^/reviews/${number}(/(sheets|documents)/[^:]*)?(:| is gone)`))
    const { body } = await ask(app.web, `/reviews/${number}`)
    assert.doesNotMatch(Buffer.from(body, 'base64').toString('utf8'), /August 2026/)
  })

  await t.test('a note, or a publication, is seen: the check can find a difference', async () => {
    const { site } = await publicSite(app)
    await noteChange(published.manager.acting, published.incidentId, 'The inquest has ended.')
    const noted = await publicSite(app)
    assert.ok(differences(site, noted.site).length > 0)
    const another = await withLocalReview(country)
    await another.prepare({ title: 'Another' })
    await another.publish()
    const { number } = await another.read()
    assert.ok(differences(noted.site, (await publicSite(app)).site).includes(`/reviews/${number} is new`))
  })
})

test('a public page that nothing leads to is found out', async () => {
  const { database } = await aCountry()
  const app = await createApp({ config: aConfig(), database, log: silent })
  try {
    app.web.publicPage('/planted/:number', async ({ params }) =>
      params['number'] === '7' ? { title: 'Planted', children: 'Nobody is led here.' } : undefined,
    )
    assert.ok((await publicSite(app)).notLookedAt.includes('/planted/:number'))
  } finally {
    await app.close()
  }
})
