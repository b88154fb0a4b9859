import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { unzipSync, strFromU8 } from 'fflate'
import { tour } from '../../src/app/training/people.ts'
import { aCompleteNotification } from '../../src/notifications/builders.ts'
import { sendNotification, startNotification } from '../../src/notifications/index.ts'
import { actAs, type Acting } from '../../src/platform/acting.ts'
import { typedFrom, stepAt } from '../../src/platform/questionnaire/index.ts'
import { productRoot } from '../../src/platform/product-root.ts'
import { aCompleteReview } from '../../src/reviews/builders.ts'
import { rapidReviewForm } from '../../src/reviews/index.ts'
import type { Role } from '../../src/platform/access/index.ts'
import { assertAccessible, desktop, fillIn, phone, service } from './service.ts'

const nameOf = (role: Role, place = 0) => tour.filter(stop => stop.role === role)[place]!.name
const today = () => new Date().toISOString().slice(0, 10)

/** A notification of today in the tour's partnership: how one is typed is another journey. */
async function aSentNotification(): Promise<string> {
  const { database } = await service()
  const { email } = tour.find(stop => stop.role === 'notifier')!
  const { rows } = await database.asOwner(client =>
    client.query<{ person: string; appointment: string; body: string; name: string }>(
      `select person.id as person, appointment.id as appointment, body_code as body, person.name
       from person
       join email_address on email_address.person_id = person.id
       join appointment on appointment.person_id = person.id
       where address = $1 and role = 'notifier'`,
      [email],
    ),
  )
  const found = rows[0]!
  const notifier: Acting = actAs(database, {
    personId: found.person,
    name: found.name,
    appointmentId: found.appointment,
    role: 'notifier',
    bodyCode: found.body,
    bodyName: found.body,
  })
  const { incidentId } = await startNotification(notifier, {
    ...aCompleteNotification(),
    incidentOn: today(),
    awareOn: today(),
  })
  await sendNotification(notifier, incidentId)
  return incidentId
}

async function writeEverySection(page: Page, incidentId: string): Promise<void> {
  const answers = aCompleteReview()
  for (const { id } of rapidReviewForm.pages) {
    const step = stepAt(rapidReviewForm, answers, id)
    if (!step) continue
    await page.goto(`/incidents/${incidentId}/rapid-review/write/${id}`)
    await assertAccessible(page, `rapid review, ${id}`)
    await fillIn(page, typedFrom(step, answers))
    await page.getByRole('button', { name: 'Save and go to all pages' }).click()
    await page.waitForURL(`**/incidents/${incidentId}/rapid-review`)
  }
}

for (const [name, viewport] of Object.entries({ desktop, phone })) {
  test(`from a sent notification to the answered letter, in every role, on a ${name}`, async () => {
    const { signedIn } = await service()
    const incidentId = await aSentNotification()

    const manager = await signedIn(nameOf('business-manager'), viewport)
    await manager
      .getByRole('link', { name: /Write the rapid review/ })
      .first()
      .waitFor()
    await assertAccessible(manager, 'home of the manager')
    await manager.goto(`/incidents/${incidentId}/rapid-review`)
    await assertAccessible(manager, 'rapid review')
    await writeEverySection(manager, incidentId)
    await manager.goto(`/incidents/${incidentId}/rapid-review/check`)
    await assertAccessible(manager, 'check the rapid review')
    await manager.getByRole('button', { name: 'Ask for signatures' }).click()

    for (const place of [0, 1, 2]) {
      const partner = await signedIn(nameOf('safeguarding-partner', place), viewport)
      await partner.goto('/signatures')
      await assertAccessible(partner, 'signatures')
      await partner.goto(`/signatures/${incidentId}`)
      await assertAccessible(partner, 'a review to sign')
      await partner.locator('[name="confirmed"]').check()
      await partner.getByRole('button', { name: 'Sign', exact: true }).click()
      await partner.waitForURL(url => !url.pathname.endsWith('/sign'))
      await partner.context().close()
    }

    await manager.goto(`/incidents/${incidentId}/rapid-review`)
    await assertAccessible(manager, 'signed rapid review')
    await manager.getByRole('button', { name: 'Send to the Panel' }).click()
    await manager.goto(`/incidents/${incidentId}/rapid-review`)
    await assertAccessible(manager, 'sent rapid review')

    const secretariat = await signedIn(nameOf('secretariat'), viewport)
    await assertAccessible(secretariat, 'home of the secretariat')
    await secretariat.goto('/panel')
    await assertAccessible(secretariat, 'worklist')
    await secretariat.goto(`/panel/${incidentId}`)
    await assertAccessible(secretariat, 'a review at the Panel')
    await secretariat
      .locator('select[name="personId"]')
      .selectOption({ label: await labelOf(secretariat, nameOf('panel-member')) })
    await secretariat.getByRole('button', { name: 'Give the review' }).click()

    const member = await signedIn(nameOf('panel-member'), viewport)
    await member.goto(`/panel/${incidentId}/reading`)
    await assertAccessible(member, 'reading')
    await member.locator('details:has([name="themes"]) summary').click()
    await fillIn(member, {
      notes: 'A careful review. The injury is explained as a finding, and not only told.',
      viewOnReview: 'agree-with-comment',
      viewOnDecision: 'agree-no-lcspr',
      themes: ['babies-under-1'],
    })
    for (const group of await member.locator('fieldset:has(input[value="met"])').all())
      await group.locator('input[value="met"]').check()
    await member.getByRole('button', { name: 'Finish the reading' }).click()
    await member.goto(`/panel/${incidentId}`)
    await member.getByRole('button', { name: 'Write the letter' }).click()
    await fillIn(member, {
      strengths: 'The review keeps the baby in view throughout.',
      viewOnReview: 'agree-with-comment',
      viewOnDecision: 'agree-no-lcspr',
    })
    await assertAccessible(member, 'letter being written')
    await member.getByRole('button', { name: 'Add a point' }).click()
    await fillIn(member, {
      text: 'Please tell us how health visiting and midwifery now share what they know of a father.',
      theme: 'men-not-seen',
      asks: 'yes',
    })
    await assertAccessible(member, 'point being written')
    await member.getByRole('button', { name: 'Save the point' }).click()
    await member.goto(`/panel/${incidentId}/letter/preview`)
    await assertAccessible(member, 'letter before it is sent')
    // The incident was notified and its review received on one day: somebody says that this day tells nobody anything.
    await member.getByRole('link', { name: 'Who could be recognised' }).click()
    await assertAccessible(member, 'who could be recognised by the letter')
    for (const choice of await member.getByLabel('Nobody can be recognised by them').all()) await choice.check()
    await member.getByRole('button', { name: 'Save what I decided' }).click()
    await member.goto(`/panel/${incidentId}/letter/preview`)
    await member.getByRole('button', { name: 'It is ready to sign' }).click()
    await assertAccessible(member, 'letter to sign')
    await member.getByRole('button', { name: 'Sign and send the letter' }).click()

    await manager.goto('/')
    await manager
      .getByRole('link', { name: /Answer .* of the Panel’s letter/ })
      .first()
      .waitFor()
    await manager.goto(`/incidents/${incidentId}/letter`)
    await assertAccessible(manager, 'letter')
    const docx = await manager.request.get(`/incidents/${incidentId}/letter.docx`)
    const text = strFromU8(unzipSync(await docx.body())['word/document.xml']!)
    assert.match(text, /health visiting and midwifery now share/)
    assert.doesNotMatch(text, /Rowan|Testfield/)
    await manager
      .getByRole('button', { name: /^Answer/ })
      .first()
      .click()
    await assertAccessible(manager, 'answer to a point')
    await fillIn(manager, {
      text: 'The two services meet each week from March.',
      action: 'A joint form for fathers, from April.',
    })
    await manager.getByRole('button', { name: 'Save the draft' }).click()
    await assertAccessible(manager, 'draft of an answer')
    await manager.getByRole('button', { name: 'Send the answer' }).click()

    await secretariat.goto('/panel?status=letter-sent&answered=yes')
    await assertAccessible(secretariat, 'worklist of answered letters')
    assert.match(await secretariat.locator('main').innerText(), /WV-/)
    await secretariat.goto(`/incidents/${incidentId}`)
    await assertAccessible(secretariat, 'timeline')
    const timeline = await secretariat.locator('main').innerText()
    for (const words of [
      'Notification sent to the Panel',
      'Rapid review opened',
      'Rapid review sent to the Panel',
      'The Panel sent its letter',
      'The partnership answered a point',
    ]) {
      assert.match(timeline, new RegExp(words))
    }
    await manager.goto(`/incidents/${incidentId}`)
    assert.doesNotMatch(await manager.locator('main').innerText(), /finished their reading|was given to a Panel member/)
  })
}

for (const file of ['rapid-review.docx', 'rapid-review.odt', 'rapid-review.pdf', 'printed.pdf']) {
  test(`a report that exists already, ${file}, is uploaded and its paragraphs are placed`, async () => {
    const { signedIn } = await service()
    const incidentId = await aSentNotification()
    const manager = await signedIn(nameOf('business-manager'))
    await manager.goto(`/incidents/${incidentId}/rapid-review/files`)
    await assertAccessible(manager, 'files')
    await manager
      .locator('[name="file"]')
      .setInputFiles(fileURLToPath(new URL(`src/platform/files/fixtures/${file}`, productRoot)))
    await manager.getByRole('button', { name: 'Upload and read it' }).click()
    await manager.getByRole('button', { name: 'Add to the sections' }).waitFor()
    await assertAccessible(manager, 'placing')
  })
}

async function labelOf(page: Page, name: string): Promise<string> {
  const labels = await page.locator('select[name="personId"] option').allInnerTexts()
  return labels.find(label => label.includes(name)) ?? assert.fail(`${name} is not offered: ${labels.join('; ')}`)
}
