import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { documentsOf, paragraphsOf } from '../../documents/index.ts'
import type { Acting } from '../../platform/acting.ts'
import { fixture } from '../../platform/files/builders.ts'
import { diskFileStore } from '../../platform/files/index.ts'
import { anArea, aPerson } from '../../platform/testing/test-database.ts'
import { stepAt, typedFrom } from '../../platform/questionnaire/index.ts'
import { anOpenReview, aReviewToSign, writeReview } from '../builders.ts'
import { addFile } from './add-file.ts'
import { askForSignatures, takeBack } from './ask-for-signatures.ts'
import { addToGroup } from './change-group.ts'
import { partsOf, placeParagraphs } from './place-paragraphs.ts'
import { rapidReviewForm } from './rapid-review-form.ts'
import { saveSection } from './save-section.ts'
import { columnsOfReview } from '../review.ts'
import { placementsOf, savePlacements } from './placements.ts'
import { readReview } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'weathervane-files-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const files = diskFileStore(folder)

async function withFile(name = 'rapid-review.docx') {
  const opened = await anOpenReview()
  const { incidentId } = opened.place
  const bytes = await fixture(name)
  const documentId = await addFile(opened.manager, files, incidentId, { title: '', upload: { name, bytes } })
  const paragraphs = await opened.manager.transaction(tx => paragraphsOf(tx, documentId))
  return { ...opened, incidentId, documentId, paragraphs, bytes }
}

const answersOf = async (acting: Acting, id: string) =>
  (await acting.transaction(tx => readReview(tx, id)))?.answers ?? {}

/** The form as it stands when somebody confirms every suggestion. */
function suggestions(paragraphs: Parameters<typeof partsOf>[0], each: 'heading' | 'paragraph' = 'heading') {
  return Object.fromEntries(partsOf(paragraphs, each).map(({ field, suggestion }) => [field, suggestion ?? '']))
}

for (const name of ['rapid-review.docx', 'rapid-review.odt', 'rapid-review.pdf', 'printed.pdf']) {
  test(`${name} is stored with its paragraphs as they were read, and its bytes unchanged`, async () => {
    const { manager, place, paragraphs, bytes } = await withFile(name)
    const [document] = await manager.transaction(tx => documentsOf(tx, place.reviewId))
    assert.ok(document)
    assert.equal(document.name, name)
    assert.deepEqual(await files.get(document.hash), Buffer.from(bytes))
    assert.deepEqual(
      paragraphs.map(({ number }) => number),
      paragraphs.map((_, index) => index + 1),
    )
  })
}

test('a file is invisible outside the group, and its paragraphs too', async () => {
  const { area, place, documentId } = await withFile()
  for (const [role, body] of [
    ['safeguarding-partner', area.police],
    ['secretariat', 'TN'],
  ] as const) {
    const outsider = await aPerson(role, body)
    assert.deepEqual(await outsider.transaction(tx => documentsOf(tx, place.reviewId)), [])
    assert.deepEqual(await outsider.transaction(tx => paragraphsOf(tx, documentId)), [])
  }
})

test('a file and what was placed of it are open to the group while it writes, to a manager afterwards, and take nothing more', async () => {
  const { area, place, manager, documentId, incidentId, paragraphs } = await withFile()
  const author = await aPerson('agency-author', area.partnership)
  await addToGroup(manager, incidentId, author.personId)
  await author.transaction(tx => savePlacements(tx, place, documentId, new Map([[1, 'learning']])))
  const seenBy = (who: Acting) =>
    who.transaction(async tx => [
      (await documentsOf(tx, place.reviewId)).length,
      (await paragraphsOf(tx, documentId)).length,
      (await placementsOf(tx, documentId)).size,
    ])
  assert.deepEqual(await seenBy(author), [1, paragraphs.length, 1])
  await writeReview(manager, incidentId)
  await askForSignatures(manager, incidentId)
  assert.deepEqual(await seenBy(author), [0, 0, 0])
  assert.deepEqual(await seenBy(manager), [1, paragraphs.length, 1])
  const row = {
    ...columnsOfReview(place),
    name: 'report',
    kind: 'docx',
    hash: 'test',
    size_bytes: 1,
    added_at: new Date(),
  }
  for (const who of [author, manager]) {
    await assert.rejects(
      who.transaction(tx =>
        tx
          .insertInto('document')
          .values({ ...row, subject: 'rapid-review-draft' })
          .execute(),
      ),
      /row-level security/,
    )
    await assert.rejects(
      who.transaction(tx =>
        tx.insertInto('paragraph').values({ document_id: documentId, number: 9999, role: 'text', text: 'A' }).execute(),
      ),
      /row-level security/,
    )
    await assert.rejects(
      who.transaction(tx => savePlacements(tx, place, documentId, new Map([[2, 'learning']]))),
      /row-level security/,
    )
    await who.transaction(tx => tx.deleteFrom('paragraph_placement').where('document_id', '=', documentId).execute())
  }
  assert.deepEqual(await seenBy(manager), [1, paragraphs.length, 1])
  await takeBack(manager, incidentId)
  assert.deepEqual(await seenBy(author), [1, paragraphs.length, 1])
})

test('nothing of a file becomes text of the review by itself', async () => {
  const { manager, incidentId } = await withFile()
  assert.deepEqual(await answersOf(manager, incidentId), {})
})

test('paragraphs with tracked changes are not placed before somebody says what becomes of them', async () => {
  const { manager, incidentId, documentId, paragraphs } = await withFile()
  await assert.rejects(
    placeParagraphs(manager, incidentId, documentId, {
      each: 'heading',
      seenRevision: 99,
      body: suggestions(paragraphs),
    }),
    (error: { fields?: { field: string }[] }) => {
      assert.deepEqual(
        error.fields?.map(({ field }) => field),
        ['changes'],
      )
      return true
    },
  )
  assert.deepEqual(await answersOf(manager, incidentId), {})
})

for (const { changes, there, gone } of [
  {
    changes: 'shown',
    there: ['[deleted:', '[inserted:', '[comment: Please check this against the health chronology.]'],
    gone: [],
  },
  { changes: 'accepted', there: [], gone: ['[deleted:', '[comment:'] },
  { changes: 'rejected', there: [], gone: ['[inserted:', '[comment:'] },
]) {
  test(`with changes ${changes} the sections hold the text so, in the order of the file`, async () => {
    const { manager, incidentId, documentId, paragraphs } = await withFile()
    await saveSection(manager, incidentId, 'learning', { body: { learning: 'Typed before.' }, seenRevision: 99 })
    const placed = await placeParagraphs(manager, incidentId, documentId, {
      each: 'heading',
      seenRevision: 99,
      body: { ...suggestions(paragraphs), changes },
    })
    assert.deepEqual(placed.sections.toSorted(), ['agency-involvement', 'decision', 'incident', 'learning'])
    const answers = await answersOf(manager, incidentId)
    const learning = String(answers.learning)
    assert.match(learning, /^Typed before\.\n\nNo agency asked/)
    assert.doesNotMatch(learning, /What the partnership learned/, 'a heading that names its section is left out')
    assert.match(learning, /1\. to ask the Panel whether a local review is needed\n2\. to write/)
    assert.match(String(answers['agency-involvement']), /Health visiting \| 28 January 2026\nPolice \| 2 November 2025/)
    assert.match(String(answers.decision), /^The safeguarding partners agree/)
    const whole = Object.values(answers).join('\n')
    for (const words of there) assert.ok(whole.includes(words), words)
    for (const words of gone) assert.ok(!whole.includes(words), words)

    const deletedText = paragraphs.flatMap(({ text, changes: spans }) =>
      spans.filter(({ kind }) => kind === 'deleted').map(({ from, to }) => text.slice(from, to).trim()),
    )
    assert.ok(deletedText.length > 0)
    for (const text of deletedText) assert.equal(whole.includes(text), changes !== 'accepted', text)
    const placements = await manager.transaction(tx => placementsOf(tx, documentId))
    assert.equal(placements.get(23), 'decision')
  })
}

test('single paragraphs can be placed one by one, without their neighbours', async () => {
  const { manager, incidentId, documentId, paragraphs } = await withFile()
  const placed = await placeParagraphs(manager, incidentId, documentId, {
    each: 'paragraph',
    seenRevision: 99,
    body: { 'part-19': 'immediate-safeguarding', 'part-23': 'decision', 'part-22': '' },
  })
  assert.deepEqual(await answersOf(manager, incidentId), {
    'immediate-safeguarding': 'Immediate action taken: the threshold document was withdrawn on 26 February 2026.',
    decision:
      'The safeguarding partners agree that the criteria for a local child safeguarding practice review are met.',
  })
  const report = paragraphs.filter(({ role }) => !['header', 'footer', 'footnote', 'comment'].includes(role))
  const left = report.map(({ number }) => number).filter(number => number !== 19 && number !== 23)
  assert.deepEqual(placed.leftOut, left)
})

test('somebody who has a section open is told that paragraphs were added to it', async () => {
  const { manager, incidentId, documentId } = await withFile()
  const seenRevision = (await manager.transaction(tx => readReview(tx, incidentId)))!.revision
  await placeParagraphs(manager, incidentId, documentId, {
    each: 'paragraph',
    seenRevision: 99,
    body: { 'part-23': 'decision' },
  })
  const saved = await saveSection(manager, incidentId, 'decision', { body: { decision: 'Typed.' }, seenRevision })
  assert.equal(saved.conflict, true)
})

test('a form that is sent twice adds its text once, and other sections are still open to it', async () => {
  const { manager, incidentId, documentId } = await withFile()
  const seenRevision = (await manager.transaction(tx => readReview(tx, incidentId)))!.revision
  const form = { each: 'paragraph', body: { 'part-23': 'decision' }, seenRevision } as const
  await placeParagraphs(manager, incidentId, documentId, form)
  const once = await answersOf(manager, incidentId)
  await assert.rejects(placeParagraphs(manager, incidentId, documentId, form), { kind: 'conflict' })
  assert.deepEqual(await answersOf(manager, incidentId), once)
  await placeParagraphs(manager, incidentId, documentId, { ...form, body: { 'part-19': 'immediate-safeguarding' } })
  assert.ok((await answersOf(manager, incidentId))['immediate-safeguarding'])
})

test('no signatures are asked for while text of a file was placed and nobody saved its page since', async () => {
  const { manager, incidentId, documentId } = await withFile()
  await writeReview(manager, incidentId)
  await placeParagraphs(manager, incidentId, documentId, {
    each: 'paragraph',
    seenRevision: 99,
    body: { 'part-23': 'decision' },
  })
  const unread = async () => (await manager.transaction(tx => readReview(tx, incidentId)))?.unreadSections
  await saveSection(manager, incidentId, 'incident', { body: { incident: 'Other.' }, seenRevision: 99 })
  assert.deepEqual(await unread(), ['decision'])
  await assert.rejects(
    askForSignatures(manager, incidentId),
    (error: { fields?: { field: string; text: string }[] }) => {
      assert.deepEqual(
        error.fields?.map(({ field, text }) => [field, text]),
        [['decision', 'Decision: text of a file was placed here and not read yet. Read it and save']],
      )
      return true
    },
  )
  const { answers } = (await manager.transaction(tx => readReview(tx, incidentId)))!
  await saveSection(manager, incidentId, 'decision', {
    body: typedFrom(stepAt(rapidReviewForm, answers, 'decision')!, answers),
    seenRevision: 99,
  })
  assert.deepEqual(await unread(), [])
  await askForSignatures(manager, incidentId)
})

test('a form that chooses nothing, or a section that does not exist, places nothing', async () => {
  const { manager, incidentId, documentId } = await withFile()
  for (const body of [{}, { 'part-22': 'no-such-section' }]) {
    await assert.rejects(
      placeParagraphs(manager, incidentId, documentId, { each: 'heading', seenRevision: 99, body }),
      {
        kind: 'invalid',
      },
    )
  }
})

test('the file of another review cannot be placed in this one', async () => {
  const { documentId } = await withFile()
  const { manager, place } = await anOpenReview()
  await assert.rejects(
    placeParagraphs(manager, place.incidentId, documentId, {
      each: 'heading',
      seenRevision: 99,
      body: { 'part-22': 'decision' },
    }),
    { kind: 'not-found' },
  )
})

for (const { name, reason } of [
  { name: 'password.pdf', reason: 'encrypted' },
  { name: 'old-word.doc', reason: 'not-supported' },
  { name: 'scanned.pdf', reason: 'no-text' },
]) {
  test(`${name} is refused and not stored, and the review stays as it was`, async () => {
    const { manager, place } = await anOpenReview()
    const { incidentId } = place
    await saveSection(manager, incidentId, 'learning', { body: { learning: 'Typed before.' }, seenRevision: 99 })
    const upload = { name, bytes: await fixture(name) }
    await assert.rejects(addFile(manager, files, incidentId, { title: '', upload }), { reason })
    assert.deepEqual(await manager.transaction(tx => documentsOf(tx, place.reviewId)), [])
    assert.deepEqual(await answersOf(manager, incidentId), { learning: 'Typed before.' })
  })
}

test('no file, and one that was too large to be taken in, are refused in words', async () => {
  const { manager, place } = await anOpenReview()
  for (const [upload, words] of [
    [undefined, /Choose a file/],
    [{ name: '', bytes: new Uint8Array() }, /Choose a file/],
    [{ name: 'large.docx', bytes: undefined }, /larger than 25 MB/],
  ] as const) {
    await assert.rejects(addFile(manager, files, place.incidentId, { title: '', upload }), words)
  }
})

test('a file is not read for somebody outside the group, nor while the text stands still', async () => {
  const { place, manager } = await aReviewToSign()
  const upload = { name: 'password.pdf', bytes: await fixture('password.pdf') }
  const outsider = await aPerson('business-manager', (await anArea()).partnership)
  await assert.rejects(addFile(outsider, files, place.incidentId, { title: '', upload }), { kind: 'not-found' })
  await assert.rejects(addFile(manager, files, place.incidentId, { title: '', upload }), { kind: 'conflict' })
})
