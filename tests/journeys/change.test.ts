import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { tour } from '../../src/app/training/people.ts'
import { aCompleteNotification } from '../../src/notifications/builders.ts'
import { sendNotification, startNotification } from '../../src/notifications/index.ts'
import { actAs } from '../../src/platform/acting.ts'
import type { Role } from '../../src/platform/access/index.ts'
import { assertAccessible, desktop, fillIn, phone, service } from './service.ts'

const nameOf = (role: Role, place = 0) => tour.filter(stop => stop.role === role)[place]!.name
const healthPartner = () => nameOf('safeguarding-partner', 1)
const today = () => new Date().toISOString().slice(0, 10)

interface Told {
  incidentId: string
  /** Of the published review. */
  number: string
  closed: string
  /** To a national body. */
  national: string
  /** What has to say how far it is. */
  actionId: string
}

/** The incident of the training country whose whole way is told. */
let told: Promise<Told> | undefined
function toldIncident(): Promise<Told> {
  told ??= findIncident()
  return told
}

async function findIncident(): Promise<Told> {
  const { database } = await service()
  return database.asOwner(async client => {
    const one = async (query: string, values: unknown[] = []) =>
      (await client.query<Record<string, string>>(query, values)).rows[0] ?? assert.fail(query)
    const review = await one(
      'select publication.number, publication.incident_id from publication join published_review using (number)',
    )
    const owed = `select recommendation.number from recommendation join recommendation_addressee using (recommendation_id)
      where recommendation.incident_id = $1`
    const incident = [review['incident_id']]
    return {
      incidentId: review['incident_id']!,
      number: review['number']!,
      closed: (await one(`${owed} and recommendation.status = 'closed'`, incident))['number']!,
      national: (await one(`${owed} and recommendation_addressee.body_code = 'maternity-record'`, incident))['number']!,
      actionId: (
        await one(
          `select action_id from action join person on person.id = lead_person_id where name = $1
          and delivery = 'in-progress'`,
          [healthPartner()],
        )
      )['action_id']!,
    }
  })
}

/** A notification of today of a baby who was hurt, in the tour's partnership. */
async function notifyTheSameTheme(): Promise<void> {
  const { database } = await service()
  const { email, name } = tour.find(({ role }) => role === 'notifier')!
  const { rows } = await database.asOwner(client =>
    client.query<{ person_id: string; id: string; body_code: string }>(
      `select appointment.person_id, appointment.id, body_code from appointment
       join email_address using (person_id) where address = $1 and role = 'notifier'`,
      [email],
    ),
  )
  const found = rows[0]!
  const notifier = actAs(database, {
    personId: found.person_id,
    name,
    appointmentId: found.id,
    role: 'notifier',
    bodyCode: found.body_code,
    bodyName: found.body_code,
  })
  const { incidentId } = await startNotification(notifier, {
    ...aCompleteNotification(),
    harmCategories: ['physical-abuse'],
    incidentOn: today(),
    awareOn: today(),
  })
  await sendNotification(notifier, incidentId)
}

/** Opens a page, reads it on both screens, and gives its words. */
async function look(page: Page, path: string): Promise<string> {
  const answer = await page.goto(path)
  assert.equal(answer?.status(), 200, path)
  for (const viewport of [phone, desktop]) {
    await page.setViewportSize(viewport)
    await assertAccessible(page, `${path}, ${viewport.width} wide`)
  }
  return page.locator('main').innerText()
}

test('one incident is followed from the notification to a closed recommendation, in the service and in public', async () => {
  const { signedIn, anybody } = await service()
  const { incidentId, number, closed, national } = await toldIncident()
  const incident = `/incidents/${incidentId}`
  const review = `${incident}/local-review`

  const manager = await signedIn(nameOf('business-manager'))
  const timeline = await look(manager, incident)
  for (const words of [
    'Notification sent to the Panel',
    'Rapid review sent to the Panel',
    'The Panel sent its letter',
    'A local review was decided on',
    'The local review takes longer',
    'A learning point was cleared to be shared',
    'A safeguarding partner signed the local review’s report',
    'The local review was published',
    'A recommendation was ended',
  ]) {
    assert.match(timeline, new RegExp(words), words)
  }
  const chain: [string, RegExp][] = [
    [`${incident}/rapid-review`, /local child safeguarding practice review/],
    [`${incident}/letter`, /Panel/],
    [review, /27 November 2025/],
    [`${review}/reviewers`, /nurse/],
    [`${review}/terms/versions/1`, /paediatrician/],
    [`${review}/requests`, /hospital trust/],
    [`${review}/extensions`, /trial/i],
    [`${review}/why`, /./],
    [`${review}/related`, /Criminal case/],
    [`${review}/learning`, /the same day/],
    [`${review}/bench`, /Practitioner event/],
    [`${review}/report`, /Version 2/],
    [`${review}/accuracy`, /midwife/],
    [`${review}/sent-ahead`, /The Panel/],
    [`${review}/letter`, /telephone number is rung/],
    [`${incident}/family`, /Together, on paper/i],
    [`${incident}/publication`, new RegExp(number)],
    [`${incident}/recommendations`, new RegExp(closed)],
    ['/asked', /Everything asked of us/],
    ['/actions', /A-2025-/],
    ['/local-reviews', /WV-/],
  ]
  for (const [path, words] of chain) assert.match(await look(manager, path), words, path)

  const reader = await anybody()
  await reader.goto('/reviews')
  await reader.getByRole('link', { name: /A mark on a baby/ }).click()
  assert.match(await look(reader, `/reviews/${number}`), /It was explained kindly and believed/)
  await reader.getByRole('link', { name: closed }).click()
  assert.match(await look(reader, `/recommendations/${closed}`), /This recommendation is closed/)
  const progress = await look(reader, `/recommendations/${national}`)
  for (const words of [
    'Accepted, to be done differently',
    'April 2027',
    'College of Midwifery',
    'education committee',
  ]) {
    assert.match(progress, new RegExp(words), words)
  }
})

test('a partner says in a minute how far an action is, and it counts when the manager has checked it', async () => {
  const { signedIn } = await service()
  const { actionId } = await toldIncident()
  const partner = await signedIn(healthPartner())
  await partner.getByRole('link', { name: /Say how far action/ }).click()
  await assertAccessible(partner, 'an action to say how far it is')
  await fillIn(partner, { delivery: 'in-progress', words: 'July to September: 58 calls, 21 of them at night.' })
  await partner.getByRole('button', { name: 'Send the update' }).click()
  await partner.getByText('It does not count yet').first().waitFor()

  const manager = await signedIn(nameOf('business-manager'))
  await manager.goto(`/actions/${actionId}`)
  await assertAccessible(manager, 'an update to check')
  await manager.getByRole('button', { name: 'It counts' }).first().click()
  await manager.goto(`/actions/${actionId}`)
  assert.doesNotMatch(await look(manager, `/actions/${actionId}`), /Waits to be checked/)
})

test('the scrutineer writes by keyboard alone that no change is seen, and the owner cannot change it', async () => {
  const { signedIn } = await service()
  const scrutineer = await signedIn(nameOf('scrutineer'))
  await pressUntil(scrutineer, 'a:has-text("Judge whether anything changed")')
  await scrutineer.keyboard.press('Enter')
  await scrutineer.waitForURL(/\/desk\/recommendations\//)
  if (!scrutineer.url().endsWith('/effect')) {
    await assertAccessible(scrutineer, 'what an addressee owes')
    await pressUntil(scrutineer, 'a[href$="/effect"], a[href$="/effect"].govuk-button')
    await scrutineer.keyboard.press('Enter')
    await scrutineer.waitForURL(/\/effect$/)
  }
  await assertAccessible(scrutineer, 'a judgement')
  await pressUntil(scrutineer, 'input[name="to"]')
  for (
    let tries = 0;
    tries < 8 && !(await isFocused(scrutineer, 'input[name="to"][value="no-change"]:checked'));
    tries += 1
  )
    await scrutineer.keyboard.press('ArrowDown')
  await pressUntil(scrutineer, 'textarea[name="words"]')
  await scrutineer.keyboard.type('Twenty calls were read. The health visitor knew of three.')
  await pressUntil(scrutineer, 'main form button')
  await scrutineer.keyboard.press('Enter')
  await scrutineer.waitForURL(/\/to\/[^/]+$/)
  assert.match(await scrutineer.locator('main').innerText(), /No change seen/)
  const path = new URL(scrutineer.url()).pathname

  const owner = await signedIn(nameOf('safeguarding-partner', 2))
  assert.match(await look(owner, path), /No change seen/)
  await owner.goto(`${path}/effect`)
  assert.equal(await owner.locator('input[name="to"][type="radio"]').count(), 0)
  await fillIn(owner, { words: 'The message goes out, and is not read. We look at why.' })
  await owner.getByRole('button', { name: 'Record it' }).click()
  await owner.waitForURL(`**${path}`)
  assert.match(await owner.locator('main').innerText(), /No change seen[\s\S]*is not read/)
})

test('the account of what happened is hidden in a minute; the learning and the recommendations stay', async () => {
  const { signedIn, anybody } = await service()
  const { incidentId, number, closed } = await toldIncident()
  const manager = await signedIn(nameOf('business-manager'))
  await manager.goto(`/incidents/${incidentId}/publication`)
  await manager.getByRole('link', { name: /Hide the account/ }).click()
  await assertAccessible(manager, 'hiding the account')
  await fillIn(manager, { reason: 'A retrial was ordered this afternoon.' })
  await manager.getByRole('button', { name: /Hide/ }).click()
  await manager.waitForURL(`**/incidents/${incidentId}/publication`)

  const reader = await anybody()
  const page = await look(reader, `/reviews/${number}`)
  assert.match(page, /The account of what happened is not public at present/)
  assert.match(page, /seen by a paediatrician the same day/)
  assert.match(page, new RegExp(closed))
  assert.doesNotMatch(page, /explained kindly|retrial/)
})

test('when the theme comes up again the owner is asked whether it worked, and nothing of it is public', async () => {
  const { signedIn, anybody } = await service()
  const { closed } = await toldIncident()
  const reader = await anybody()
  const before = await look(reader, `/recommendations/${closed}`)
  const owner = await signedIn(healthPartner())
  await answer(
    owner,
    closed,
    'The number was rung, and the baby was seen the next morning. We do not know yet why not that night.',
  )

  await notifyTheSameTheme()
  await answer(owner, closed, 'Nobody rang. We ask the practice why.')

  const scrutineer = await signedIn(nameOf('scrutineer'))
  assert.match(await look(scrutineer, '/'), new RegExp(`Look again at the judgement on recommendation ${closed}`))
  assert.equal(await look(reader, `/recommendations/${closed}`), before)
})

async function answer(owner: Page, number: string, words: string): Promise<void> {
  await look(owner, '/')
  await owner.getByRole('link', { name: `Say whether recommendation ${number} worked` }).click()
  await assertAccessible(owner, 'did it work?')
  assert.match(await owner.locator('main').innerText(), /A new incident was notified/)
  await owner.locator('main form input[name="answer"]').first().check()
  await fillIn(owner, { words })
  await owner.getByRole('button', { name: 'Keep the answer' }).click()
  await owner.getByText(words).first().waitFor()
}

async function isFocused(page: Page, selector: string): Promise<boolean> {
  return page.evaluate(
    found =>
      Boolean(
        (globalThis as unknown as { document: { querySelector(of: string): unknown } }).document.querySelector(found),
      ),
    `${selector}:focus`,
  )
}

/** Presses Tab until it is there, as whoever has no mouse. */
async function pressUntil(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await page.locator(`${selector}`).and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab does not lead to ${selector} on ${page.url()}`)
}
