import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSentLetter } from '../panel/builders.ts'
import { readLetter } from '../panel/index.ts'
import { anArea, aPerson, testClock } from '../platform/testing/test-database.ts'
import { aRecommendationText } from './builders.ts'
import { recommendationsOnIncident } from './on-incident.ts'
import { sourceParagraphs, withParagraph } from './source-paragraphs.ts'
import { startRecommendation } from './write-recommendation.ts'

test('a recommendation from a letter keeps which letter, and answers one of its points', async () => {
  testClock.set('2026-03-02T10:00:00Z')
  const { manager, incidentId } = await aSentLetter(undefined, {
    answers: { learning: 'Calls get lost.\n\nVisits are not confirmed.' },
  })
  const onIncident = () => manager.transaction(tx => recommendationsOnIncident(tx, incidentId))
  assert.equal((await onIncident())[0]?.link?.state, 'None yet')
  const paragraphs = await manager.transaction(tx => sourceParagraphs(tx, incidentId))
  const point = paragraphs.find(one => one.from === 'Letter of the Panel')
  assert.deepEqual([point?.paragraph, point?.text], ['Point 1', 'How do you know that visits are made?'])
  assert.deepEqual(
    paragraphs.filter(one => one.from === 'Rapid review').map(one => `${one.paragraph}: ${one.text}`),
    ['Learning: Calls get lost.', 'Learning: Visits are not confirmed.'],
  )

  const text = withParagraph(aRecommendationText({ finding: '', paragraph: '' }), point)
  assert.deepEqual([text.finding, text.paragraph], [point!.text, 'Point 1'])
  const number = await startRecommendation(manager, { incidentId, sourceKind: 'panel-letter', sourceName: '' }, text)
  const [row, letter] = await manager.transaction(async tx => [
    await tx
      .selectFrom('recommendation')
      .select(['letter_id', 'review_id', 'finding'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow(),
    await readLetter(tx, { incidentId, kind: 'rapid' }),
  ])
  assert.deepEqual(row, { letter_id: letter!.letterId, review_id: letter!.reviewId, finding: point!.text })
  assert.equal((await onIncident())[0]?.link?.state, '1 being written')
})

test('what was typed is kept beside a paragraph that was chosen, and nobody elsewhere sees paragraphs', async () => {
  const { incidentId } = await aSentLetter()
  const stranger = await aPerson('business-manager', (await anArea()).partnership)
  assert.deepEqual(await stranger.transaction(tx => sourceParagraphs(tx, incidentId)), [])
  const typed = { finding: 'Ours.', paragraph: '4.2' }
  assert.deepEqual(withParagraph(typed, { key: 'k', from: 'Rapid review', paragraph: 'Learning', text: 'T' }), typed)
})
