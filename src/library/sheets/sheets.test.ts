import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { diskFileStore, extractText } from '../../platform/files/index.ts'
import { checkText, decideAbout } from '../../documents/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { aPreparedPublication, aPublicText, type Prepared } from '../builders.ts'
import { hideAccount, publishReview } from '../publish.ts'
import { ServiceError } from '../../platform/errors.ts'
import { firstDraft, isLongerThanPage, type SheetState } from './sheet.ts'
import { sheetToCheck } from '../recognised.ts'
import { readPublication } from '../store.ts'
import { publishedSheets, readSheetStates, sheetsOf, toPublishedSheet } from './store.ts'
import { clearSheet, publishSheet, writeSheet } from './write-sheet.ts'

const folder = mkdtempSync(join(tmpdir(), 'weathervane-sheets-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const files = diskFileStore(folder)

const text = { happened: 'A baby was hurt.', learnt: 'Look on the same day.', ask: 'Who looks at a bruise?\nBy when?' }
const clearing = {
  sector: 'health',
  by: 'The lead',
  asked: 'both',
  isSafe: true,
  isLooked: true,
  seenRevision: 1,
} as const

async function published(prepared: Prepared) {
  const { number } = await prepared.read()
  const rows = await (await testDatabase()).ask(publishedSheets(number))
  return rows.map(toPublishedSheet)
}

/** How far the sheet for health is. */
async function state({ manager, read }: Prepared): Promise<SheetState> {
  const publication = await read()
  const sheets = await manager.transaction(tx => readSheetStates(tx, publication))
  return sheets.find(({ sector }) => sector === 'health')!.state
}

async function publishAll(prepared: Prepared): Promise<void> {
  const { revision } = await prepared.read()
  await publishReview(prepared.manager, prepared.incidentId, { seenRevision: revision, reason: 'A test.', note: '' })
}

test('a sheet begins with the words of the public page, without numbers', async () => {
  const { read } = await aPreparedPublication()
  assert.deepEqual(firstDraft(await read()), {
    happened: aPublicText().inShort,
    learnt: aPublicText().learning,
    ask: 'Every practice has a named person for bruises in babies.',
  })
})

test('only cleared words are published, only beside their review, and as a Word file too', async () => {
  const prepared = await aPreparedPublication()
  const { manager, incidentId } = prepared
  const publish = () => publishSheet(manager, files, incidentId, { sector: 'health', seenRevision: 1 })
  await writeSheet(manager, incidentId, { sector: 'health', text, seenRevision: 0 })
  await assert.rejects(publish(), /Clear the words first/)
  await assert.rejects(clearSheet(manager, incidentId, { ...clearing, isLooked: false }), /not cleared/)
  await clearSheet(manager, incidentId, clearing)
  await assert.rejects(publish(), /The review is not published yet/)
  assert.deepEqual(await published(prepared), [])
  assert.equal(await state(prepared), 'cleared')

  await publishAll(prepared)
  await publish()
  assert.equal(await state(prepared), 'public')

  const [sheet] = await published(prepared)
  assert.deepEqual(
    [sheet!.sector, sheet!.happened, sheet!.ask],
    ['health', text.happened, ['Who looks at a bruise?', 'By when?']],
  )
  const word = await extractText({ name: 'sheet.docx', bytes: await files.get(sheet!.wordHash!) })
  const said = word.paragraphs.map(paragraph => paragraph.text).join('\n')
  for (const words of [text.happened, text.learnt, 'By when?']) assert.ok(said.includes(words), words)
})

test('words by which somebody could be recognised are decided about before a sheet is cleared, and again before it is public', async () => {
  const prepared = await aPreparedPublication()
  const { manager, incidentId } = prepared
  const telling = { ...text, happened: 'On 4 March 2024 a baby was hurt.' }
  await writeSheet(manager, incidentId, { sector: 'health', text: telling, seenRevision: 0 })
  await assert.rejects(clearSheet(manager, incidentId, clearing), /one place in the text by which somebody/)

  const read = async (tx: Tx) => {
    const publication = (await readPublication(tx, incidentId))!
    const [sheet] = await sheetsOf(tx, publication.reviewId)
    return sheetToCheck(tx, publication, sheet!)
  }
  const [found] = await manager.transaction(async tx => checkText(tx, await read(tx)))
  const kept = { [`decision-${found!.key}`]: 'kept', [`reason-${found!.key}`]: 'The trial was public.' }
  await decideAbout(manager, read, kept)
  await clearSheet(manager, incidentId, clearing)
  await publishAll(prepared)
  const publish = () => publishSheet(manager, files, incidentId, { sector: 'health', seenRevision: 1 })
  await decideAbout(manager, read, { [`decision-${found!.key}`]: 'changed' })
  await assert.rejects(publish(), /one place in the text/)
  await decideAbout(manager, read, kept)
  await publish()
})

test('a change of the words takes the clearing away, and who saw older words clears nothing', async () => {
  const { manager, incidentId } = await aPreparedPublication()
  await writeSheet(manager, incidentId, { sector: 'health', text, seenRevision: 0 })
  await clearSheet(manager, incidentId, clearing)
  await writeSheet(manager, incidentId, {
    sector: 'health',
    text: { ...text, learnt: 'Other words.' },
    seenRevision: 1,
  })
  await assert.rejects(clearSheet(manager, incidentId, clearing), { kind: 'conflict' })
  await assert.rejects(writeSheet(manager, incidentId, { sector: 'health', text, seenRevision: 1 }), {
    kind: 'conflict',
  })
  await assert.rejects(
    publishSheet(manager, files, incidentId, { sector: 'health', seenRevision: 2 }),
    /Clear the words first/,
  )
})

test('when the account of a review is hidden, its sheets tell nothing of it either, and no Word file does', async () => {
  const prepared = await aPreparedPublication()
  const { manager, incidentId } = prepared
  await writeSheet(manager, incidentId, { sector: 'health', text, seenRevision: 0 })
  await clearSheet(manager, incidentId, clearing)
  await publishAll(prepared)
  await publishSheet(manager, files, incidentId, { sector: 'health', seenRevision: 1 })

  const withdraw = async () =>
    (await testDatabase()).asOwner(client =>
      client.query(`update published_sheet set learnt = 'Look at once.' where number = $1`, [number]),
    )
  const { number } = await prepared.read()
  await withdraw()
  assert.equal((await published(prepared))[0]!.wordHash, undefined, 'words that are withdrawn leave the file')
  await publishSheet(manager, files, incidentId, { sector: 'health', seenRevision: 1 })

  await hideAccount(manager, incidentId, 'A retrial was ordered.')

  const neither = { ...clearing, asked: 'neither' }
  await assert.rejects(clearSheet(manager, incidentId, neither), { kind: 'invalid', message: /account .* is hidden/ })
  assert.equal(await state(prepared), 'public', 'what is hidden is no earlier words')
  const [hidden] = await published(prepared)
  assert.deepEqual([hidden!.happened, hidden!.wordHash, hidden!.learnt], [undefined, undefined, text.learnt])
  await publishSheet(manager, files, incidentId, { sector: 'health', seenRevision: 1 })
  const [anew] = await published(prepared)
  assert.equal(anew!.happened, undefined)
  const word = await extractText({ name: 'sheet.docx', bytes: await files.get(anew!.wordHash!) })
  assert.ok(!word.paragraphs.some(paragraph => paragraph.text.includes(text.happened)))
})

test('a sheet that was published while the account was hidden says so once the account is public again', async () => {
  const prepared = await aPreparedPublication()
  const { manager, incidentId } = prepared
  await writeSheet(manager, incidentId, { sector: 'health', text, seenRevision: 0 })
  await clearSheet(manager, incidentId, clearing)
  await publishAll(prepared)
  await hideAccount(manager, incidentId, 'A retrial was ordered.')
  const publish = () => publishSheet(manager, files, incidentId, { sector: 'health', seenRevision: 1 })
  await publish()
  assert.equal(await state(prepared), 'public')
  const { revision } = await prepared.read()
  await publishReview(manager, incidentId, { seenRevision: revision, reason: 'A test.', note: 'The trial is over.' })
  assert.equal(await state(prepared), 'without-account')
  await publish()
  assert.equal(await state(prepared), 'public')
})

test('words that are taken from a cleared sheet take its clearing with them: somebody looks again', async () => {
  const prepared = await aPreparedPublication()
  const { manager, incidentId } = prepared
  await writeSheet(manager, incidentId, { sector: 'health', text, seenRevision: 0 })
  await clearSheet(manager, incidentId, clearing)
  await publishAll(prepared)
  await publishSheet(manager, files, incidentId, { sector: 'health', seenRevision: 1 })
  await (
    await testDatabase()
  ).asOwner(client =>
    client.query(`update learning_sheet set learnt = 'Look at once.' where incident_id = $1`, [incidentId]),
  )
  const publish = (seenRevision: number) => publishSheet(manager, files, incidentId, { sector: 'health', seenRevision })
  await assert.rejects(publish(1), /Somebody changed the sheet/)
  await assert.rejects(publish(2), /Clear the words first/)
  assert.equal(await state(prepared), 'changed')
  await clearSheet(manager, incidentId, { ...clearing, seenRevision: 2 })
  await publish(2)
  assert.equal(await state(prepared), 'public')
})

test('words of the family that are agreed for the report only are stopped when a sheet is cleared, and when it is published', async () => {
  const prepared = await aPreparedPublication()
  const { manager, incidentId } = prepared
  const owner = async (query: string, values: unknown[] = []) =>
    (await testDatabase()).asOwner(client => client.query(query, [incidentId, ...values]))
  const place = 'review_id, incident_id, authority_code, partnership_code'
  const row = `from review where incident_id = $1 and kind = 'local'`
  await owner(
    `insert into family_member (${place}, answers, form_version, saved_at) select ${place}, '{}', 1, now() ${row}`,
  )
  await owner(
    `insert into family_quote (${place}, member_id, words, answers, form_version, entered_at)
     select ${place}, (select id from family_member where incident_id = $1), $2, '{"uses": ["report"]}', 1, now() ${row}`,
    ['Nobody rang me before it was too late'],
  )
  const learnt = 'A grandmother said: “nobody rang me, before it was too late.”'
  await writeSheet(manager, incidentId, { sector: 'health', text: { ...text, learnt }, seenRevision: 0 })
  const clear = () => clearSheet(manager, incidentId, clearing)
  await assert.rejects(clear(), (error: unknown) => {
    assert.ok(error instanceof ServiceError)
    assert.deepEqual(
      error.fields.map(({ field, text: said }) => [field, said.replace(/.*, and is /, '')]),
      [['learnt', 'agreed for the report only']],
    )
    return true
  })
  await owner(`update family_quote set answers = '{"uses": ["report", "learning-sheet"]}' where incident_id = $1`)
  await clear()
  await publishAll(prepared)
  await owner(`update family_quote set answers = '{"uses": ["report"]}' where incident_id = $1`)
  await assert.rejects(
    publishSheet(manager, files, incidentId, { sector: 'health', seenRevision: 1 }),
    /not agreed for a learning sheet/,
  )
})

test('a sheet of more than 400 words is told to be longer than a page', () => {
  assert.equal(isLongerThanPage({ happened: 'word '.repeat(200), learnt: 'word '.repeat(200), ask: '' }), false)
  assert.equal(isLongerThanPage({ happened: 'word '.repeat(200), learnt: 'word '.repeat(200), ask: 'word' }), true)
})

test('words that leave a sheet while its Word file is made are not in a file that is published', async () => {
  const prepared = await aPreparedPublication()
  const { manager, incidentId } = prepared
  await writeSheet(manager, incidentId, { sector: 'health', text, seenRevision: 0 })
  await clearSheet(manager, incidentId, clearing)
  await publishAll(prepared)
  const { reviewId } = await prepared.read()
  const withdrawing: typeof files = {
    ...files,
    put: async bytes => {
      await (
        await testDatabase()
      ).asOwner(client =>
        client.query(`update learning_sheet set learnt = '[words withdrawn]' where review_id = $1`, [reviewId]),
      )
      return files.put(bytes)
    },
  }
  await assert.rejects(publishSheet(manager, withdrawing, incidentId, { sector: 'health', seenRevision: 1 }))
  assert.deepEqual(await published(prepared), [])
})
