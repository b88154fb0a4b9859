import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import axe from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'
import { createApp, type App } from '../../src/app/app.ts'
import { loadTrainingCountry } from '../../src/app/training/load.ts'
import { migrate, openDatabase, type Database } from '../../src/platform/database/index.ts'
import { openLog } from '../../src/platform/log.ts'

export const desktop = { width: 1280, height: 900 }
export const phone = { width: 360, height: 740 }

export interface Service {
  url: string
  database: Database
  app: App
  /** A browser of its own for one person, signed in by one click in the training country. */
  signedIn(name: string, viewport?: { width: number; height: number }): Promise<Page>
  anybody(viewport?: { width: number; height: number }): Promise<Page>
}

let shared: Promise<Service> | undefined

/** The service as `script/server` starts it, with the training country, on a port of its own; one for all journeys. */
export function service(): Promise<Service> {
  shared ??= start()
  return shared
}

const closing: (() => Promise<unknown>)[] = []
after(async () => {
  for (const close of closing.reverse()) await close()
})

async function start(): Promise<Service> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'weathervane-journey-'))
  closing.push(async () => rmSync(dataFolder, { recursive: true, force: true }))
  const database = openDatabase({ url: undefined })
  closing.push(() => database.close())
  await database.asOwner(migrate)
  await loadTrainingCountry(database, { say: () => {} })
  const log = openLog('error')
  const app = await createApp({
    config: {
      mode: 'training',
      port: 0,
      databaseUrl: undefined,
      dataFolder,
      publicUrl: 'http://localhost',
      secret: 'a secret of thirty-two characters',
      smtpUrl: undefined,
      trustedProxies: [],
      helpPhone: '01632 960999',
      logLevel: 'error',
    },
    database,
    log,
  })
  const url = await app.web.app.listen({ port: 0, host: 'localhost' })
  closing.push(() => app.close())
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  closing.push(() => browser.close())
  return {
    url,
    database,
    app,
    anybody: viewport => newPage(browser, url, viewport),
    async signedIn(name, viewport) {
      const page = await newPage(browser, url, viewport)
      await page.goto(`/training/people?q=${encodeURIComponent(name)}`)
      await page
        .getByRole('button', { name: `Be ${name}` })
        .first()
        .click()
      await page.waitForURL(to => to.pathname === '/')
      return page
    },
  }
}

async function newPage(browser: Browser, baseURL: string, viewport = desktop): Promise<Page> {
  // axe is put into the page, which the page's own policy forbids.
  const context = await browser.newContext({ baseURL, viewport, bypassCSP: true })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  page.on('pageerror', error => assert.fail(`A script failed on ${page.url()}: ${error.message}`))
  return page
}

/** Rules that GOV.UK's own scripts and markup break, each with where. */
const allowed: Record<string, (html: string) => boolean> = {
  'aria-allowed-attr': html => /class="govuk-(radios|checkboxes)__input"/.test(html),
}

/** No violation of axe, and nothing wider than the screen. */
export async function assertAccessible(page: Page, what = page.url()): Promise<void> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    return (await axe.run()).violations.map(({ id, nodes }) => ({ id, html: nodes.map(node => node.html) }))
  })
  const found = violations.flatMap(({ id, html }) =>
    html.filter(each => !allowed[id]?.(each)).map(each => `${id}: ${each}`),
  )
  assert.deepEqual(found, [], what)
  const widths = await page.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as {
      document: { documentElement: { scrollWidth: number } }
      innerWidth: number
    }
    return { page: document.documentElement.scrollWidth, screen: innerWidth }
  })
  assert.ok(widths.page <= widths.screen, `${what} is ${widths.page} wide on a screen of ${widths.screen}`)
}

/** Fills in the form on the page by the names of its fields, as a person would. */
export async function fillIn(page: Page, fields: Readonly<Record<string, string | readonly string[]>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    if (value === '' || value.length === 0) continue
    const inputs = page.locator(`main form [name="${name}"]`)
    const kind = await inputs.first().evaluate(element => ((element as { type?: string }).type ?? '').toLowerCase())
    if (kind === 'radio' || kind === 'checkbox') {
      for (const each of [value].flat()) await page.locator(`main form [name="${name}"][value="${each}"]`).check()
    } else if (kind === 'select-one') await inputs.selectOption(String(value))
    else await inputs.fill(String(value))
  }
}
