import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Acting } from '../platform/acting.ts'
import { answerPoint } from './letter/answer-point.ts'
import { aSentLetter, aSentReview, rapid } from './builders.ts'
import { panelOnIncident } from './on-incident.ts'
import { readConsideration } from './store.ts'

const linksFor = async (acting: Acting, incidentId: string) =>
  (await acting.transaction(tx => panelOnIncident(tx, incidentId))).flatMap(({ link }) => link?.href ?? [])

test('an incident leads the Panel to its work, and the partnership to the letter once it is sent', async () => {
  const waiting = await aSentReview()
  assert.deepEqual(await linksFor(waiting.secretariat, waiting.incidentId), [`/panel/${waiting.incidentId}`])
  assert.deepEqual(await linksFor(waiting.manager, waiting.incidentId), [])

  const { incidentId, secretariat, manager } = await aSentLetter()
  const letter = `/incidents/${incidentId}/letter`
  assert.deepEqual(await linksFor(secretariat, incidentId), [`/panel/${incidentId}`, letter])
  assert.deepEqual(await linksFor(manager, incidentId), [letter])
})

test('an incident tells the Panel the stored day by which its letter is due', async () => {
  const { incidentId, secretariat } = await aSentReview()
  const [work, [step]] = await secretariat.transaction(async tx => [
    await readConsideration(tx, rapid(incidentId)),
    await panelOnIncident(tx, incidentId),
  ])
  assert.deepEqual(step?.deadline, { name: 'The Panel’s letter', dueOn: work?.dueOn, doneAt: null })
})

test('an incident tells how many answers to the letter are given, and by when the next is asked for', async () => {
  const { incidentId, manager } = await aSentLetter([
    { text: 'Who saw the home?', replyBy: '2026-05-01' },
    { text: 'Who asked the child?', replyBy: '2026-04-01' },
    { text: 'Thank you.', asks: false },
  ])
  const told = async () => (await manager.transaction(tx => panelOnIncident(tx, incidentId)))[0]?.fact?.text
  assert.equal(await told(), '0 of 2 given. Asked for by 1 April 2026.')
  for (const number of [1, 2]) await answerPoint(manager, rapid(incidentId), number, { text: 'We did.', action: '' })
  assert.equal(await told(), '2 of 2 given.')
})
