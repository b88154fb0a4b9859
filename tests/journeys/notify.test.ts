import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { aCompleteNotification } from '../../src/notifications/builders.ts'
import { notificationForm } from '../../src/notifications/index.ts'
import { stepAt, typedFrom } from '../../src/platform/questionnaire/index.ts'
import { tour } from '../../src/app/training/people.ts'
import { assertAccessible, desktop, fillIn, phone, service } from './service.ts'

const notifier = tour.find(stop => stop.role === 'notifier')!.name

/** Goes through every page of the draft in the browser until "Check your answers". */
async function fillEveryPage(page: Page, each: (path: string) => Promise<void> = async () => {}): Promise<void> {
  const answers = aCompleteNotification()
  for (let guard = 0; guard < 30 && page.url().includes('/page/'); guard += 1) {
    const path = new URL(page.url()).pathname.split('/page/')[1]!
    const step = stepAt(notificationForm, answers, path)
    assert.ok(step, path)
    await each(path)
    await fillIn(page, typedFrom(step, answers))
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page
      .waitForURL(url => !url.pathname.endsWith(`/page/${path}`), { timeout: 15_000 })
      .catch(async () => {
        assert.fail(`${path}: ${await page.locator('.govuk-error-summary').innerText()}`)
      })
  }
}

for (const [name, viewport] of Object.entries({ desktop, phone })) {
  test(`a notifier tells the Panel about an incident, on a ${name}`, async () => {
    const { signedIn } = await service()
    const page = await signedIn(notifier, viewport)
    await assertAccessible(page, 'home')
    await page.getByRole('button', { name: 'Tell the Panel about an incident' }).click()
    await assertAccessible(page, 'start')
    await page.getByRole('button', { name: 'Start now' }).click()
    await fillEveryPage(page, path => assertAccessible(page, path))
    await assertAccessible(page, 'check your answers')
    await page.getByRole('button', { name: 'Send the notification' }).click()
    await page.getByRole('heading', { name: 'Notification sent' }).waitFor()
    assert.match(await page.locator('.govuk-panel').innerText(), /WV-\w{3}-\w{3}/)
    await assertAccessible(page, 'sent')
    await page.getByRole('link', { name: 'Go to the incident' }).click()
    await page.getByText('Notification sent to the Panel').waitFor()
    await assertAccessible(page, 'incident')
  })
}

test('an empty page says every problem at once, each linked to its field, and keeps what was typed', async () => {
  const { signedIn } = await service()
  const page = await signedIn(notifier)
  await page.goto('/notifications/start')
  await page.getByRole('button', { name: 'Start now' }).click()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('link', { name: /Select whether you have already used the national/ }).click()
  assert.equal(await focused(page), 'Yes')
  await assertAccessible(page, 'error state')
  await page.goto(page.url().replace(/\/page\/.*/, '/page/when'))
  await fillIn(page, { 'awareOn-day': '31', 'awareOn-month': '2', 'awareOn-year': '2026' })
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.locator('.govuk-error-summary').waitFor()
  assert.equal(await page.locator('[name="awareOn-day"]').inputValue(), '31')
  await assertAccessible(page, 'error state of a date')
})

test('what was typed survives a session that ended', async () => {
  const { signedIn } = await service()
  const page = await signedIn(notifier)
  await page.goto('/notifications/start')
  await page.getByRole('button', { name: 'Start now' }).click()
  const draft = page.url().replace(/\/page\/.*/, '')
  await page.goto(`${draft}/page/what-happened`)
  await page.locator('[name="whatHappened"]').fill('The account that must not be lost.')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('heading', { name: 'You have been signed out' }).waitFor()
  await assertAccessible(page, 'signed out')

  const other = await page.context().newPage()
  await other.goto(`/training/people?q=${encodeURIComponent(notifier)}`)
  await other
    .getByRole('button', { name: `Be ${notifier}` })
    .first()
    .click()
  await other.waitForURL(url => url.pathname === '/')

  await page.getByRole('button', { name: 'Go on with what you typed' }).click()
  await page.getByRole('heading', { name: 'Go on with what you typed' }).waitFor()
  await page.getByRole('button', { name: 'Go on with what you typed' }).click()
  await page.goto(`${draft}/page/what-happened`)
  assert.equal(await page.locator('[name="whatHappened"]').inputValue(), 'The account that must not be lost.')
})

test('a notification is started, filled in, left and taken up again by keyboard alone', async () => {
  const { signedIn } = await service()
  const page = await signedIn(notifier)
  await page.keyboard.press('Tab')
  assert.equal(await focused(page), 'Skip to main content')
  await page.keyboard.press('Enter')
  await press(page, 'Tell the Panel about an incident')
  await page.waitForURL('**/notifications/start')
  await press(page, 'Start now')
  await page.waitForURL('**/page/route')
  await tabTo(page, 'Yes')
  await page.keyboard.press('ArrowDown')
  await press(page, 'Save and continue')
  await page.waitForURL('**/page/basis')
  await press(page, 'Save and go to all pages')
  await page.getByText('Saved. You can come back to it at any time.').waitFor()
  await press(page, 'The national notification service')
  await page.waitForURL('**/page/route')
  assert.ok(await page.locator('[name="sentNationally"][value="no"]').isChecked())
})

/** The words of what has the focus: of a field, its label. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { activeElement: { textContent: string; labels?: { textContent: string }[] } }
    }
    const { labels, textContent } = document.activeElement
    return (labels?.[0]?.textContent ?? textContent).trim()
  })
}

async function tabTo(page: Page, words: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await focused(page)).startsWith(words)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`The keyboard does not reach “${words}” on ${page.url()}`)
}

async function press(page: Page, words: string): Promise<void> {
  await tabTo(page, words)
  await page.keyboard.press('Enter')
}
