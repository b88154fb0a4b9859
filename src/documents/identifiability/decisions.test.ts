import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Acting } from '../../platform/acting.ts'
import type { IncidentPlace } from '../../platform/events/index.ts'
import { anArea, aPerson, testDatabase, type TestArea } from '../../platform/testing/test-database.ts'
import { checkText, decideAbout, ensureAllDecided, type TextToCheck } from '../index.ts'

async function anIncident({ authority, partnership }: TestArea): Promise<IncidentPlace> {
  const database = await testDatabase()
  return database.asOwner(async client => {
    const { rows } = await client.query<{ incident_id: string }>(
      `insert into incident (reference, authority_code, partnership_code, notified_at, created_at)
       values ('T-' || gen_random_uuid(), $1, $2, now(), now()) returning incident_id`,
      [authority, partnership],
    )
    return { incidentId: rows[0]!.incident_id, authorityCode: authority, partnershipCode: partnership }
  })
}

async function aText(): Promise<{ manager: Acting; area: TestArea; text: (words: string) => TextToCheck }> {
  const area = await anArea()
  const place = await anIncident(area)
  return {
    area,
    manager: await aPerson('business-manager', area.partnership),
    text: words => ({
      about: `test ${place.incidentId}`,
      subject: 'rapid-review-draft',
      place,
      paragraphs: [{ id: '1', text: words }],
      known: {
        people: [{ relation: 'child', given: 'Corin', family: 'Hexley' }],
        dates: [],
        addresses: [],
        settings: [],
        areas: [],
      },
    }),
  }
}

const openIn = (acting: Acting, text: TextToCheck) =>
  acting.transaction(async tx => (await checkText(tx, text)).filter(({ isOpen }) => isOpen))

test('each word found waits until a person decides, and the decision holds while the rest of the text changes', async () => {
  const { manager, text } = await aText()
  const first = text('The call was about Corin and his mother.')
  const [one] = await openIn(manager, first)
  assert.equal(one?.words, 'Corin')
  await assert.rejects(
    manager.transaction(tx => ensureAllDecided(tx, first)),
    /one place in the text/,
  )
  const nobody = { [`decision-${one.key}`]: 'not-identifying' }
  // It is the child's own name.
  await assert.rejects(
    decideAbout(manager, async () => first, nobody),
    /Say why the words stay/,
  )
  const done = await decideAbout(manager, async () => first, { ...nobody, [`why-${one.key}`]: 'A name we made up.' })
  assert.equal(done.open, 0)
  const later = text('Nobody answered. The call was about Corin and his mother. It was noted.')
  assert.deepEqual(await openIn(manager, later), [])
  await manager.transaction(tx => ensureAllDecided(tx, later))
  assert.equal((await openIn(manager, text('Corin was not seen again.'))).length, 1)
})

test('the name of the service, which stands in proposed texts, is the name of no place', async () => {
  const { manager, text } = await aText()
  assert.deepEqual(await openIn(manager, text('Please answer in Weathervane each point that asks for an answer.')), [])
})

test('words that somebody said would be changed are open while they are there', async () => {
  const { manager, text } = await aText()
  const words = 'The call was about Corin and his mother.'
  const [one] = await openIn(manager, text(words))
  const read = async () => text(words)
  assert.equal((await decideAbout(manager, read, { [`decision-${one!.key}`]: 'changed' })).open, 1)
  assert.deepEqual(await openIn(manager, text('The call was about the child and his mother.')), [])
})

test('who keeps the words says why, and a scrutineer outside the draft decides nothing', async () => {
  const { manager, area, text } = await aText()
  const words = 'The call was about Corin and his mother.'
  const [one] = await openIn(manager, text(words))
  const read = async () => text(words)
  const kept = { [`decision-${one!.key}`]: 'kept' }
  await assert.rejects(decideAbout(manager, read, kept), /Say why the words stay/)
  const scrutineer = await aPerson('scrutineer', area.partnership)
  const because = { ...kept, [`reason-${one!.key}`]: 'The family chose the name.' }
  await assert.rejects(decideAbout(scrutineer, read, because), /role does not allow/)
  assert.equal((await decideAbout(manager, read, because)).open, 0)
  // In SQL too: outside the text nobody reads a decision, which may say a name.
  const seen = await scrutineer.transaction(tx => tx.selectFrom('identifying_decision').select('id').execute())
  assert.deepEqual(seen, [])
})
