import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { civilDate } from '../../platform/dates.ts'
import { anAllocatedReview, aSentLetter, rapid, writeLetter } from '../builders.ts'
import { letterDocument } from './letter-document.ts'
import { readLetter } from './store.ts'
import { textSectionsOf } from './sections.ts'
import { checkText, decideAbout } from '../../documents/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { letterToCheck } from './recognised.ts'
import { sayLetterReady } from './say-letter-ready.ts'
import { childNamesIn, letterHash, type Letter } from './letter.ts'
import {
  pointOnDecision,
  tellViewOnDecision,
  viewsOnDecision,
  viewsOnReview,
  viewsToOffer,
  viewThatDoesNotFit,
} from '../opinions.ts'

function aLetter(letter: Partial<Letter> = {}): Letter {
  return {
    letterId: '00000000-0000-0000-0000-000000000003',
    reviewId: '00000000-0000-0000-0000-000000000004',
    kind: 'rapid',
    incidentId: '00000000-0000-0000-0000-000000000001',
    authorityCode: 'TA',
    partnershipCode: 'TP',
    partnershipName: 'Test partnership',
    reference: 'WV-234-567',
    status: 'sent',
    revision: 3,
    texts: {
      opening: 'Thank you for the review.\n\nWe read it on Monday.',
      strengths: 'The school asked & was heard.',
      reasons: 'Nobody knows yet why the visits stopped.',
      closing: 'Tell us how the actions are going.',
    },
    viewOnReview: 'agree-with-comment',
    viewOnDecision: 'suggest-lcspr',
    signedBy: '00000000-0000-0000-0000-000000000002',
    signedByName: 'Test chair',
    sentAt: new Date('2026-03-02T10:00:00Z'),
    hash: null,
    points: [
      {
        id: 'a',
        number: 1,
        theme: 'neglect',
        text: 'Who saw the home?\nAnd when?',
        asks: true,
        aboutDecision: false,
        replyBy: civilDate('2026-04-01'),
        replies: [],
      },
      {
        id: 'b',
        number: 2,
        theme: 'childs-voice',
        text: 'Who asked the child?',
        asks: true,
        aboutDecision: false,
        replyBy: undefined,
        replies: [],
      },
      {
        id: 'c',
        number: 3,
        theme: 'men-not-seen',
        text: 'We thank the school.',
        asks: false,
        aboutDecision: false,
        replyBy: undefined,
        replies: [],
      },
    ],
    ...letter,
  }
}

/** The words of one part of a Word file, each paragraph on a line. */
async function wordsOf(letter: Letter, part: RegExp): Promise<string> {
  const files = unzipSync(new Uint8Array(await letterDocument(letter, ['Test authority', 'Test police'])))
  return Object.entries(files)
    .filter(([name]) => part.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('')
    .replaceAll('</w:p>', '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&apos;', '’')
}

test('the Word file says all that the letter says', async () => {
  const letter = aLetter()
  const words = await wordsOf(letter, /^word\/document\.xml$/)
  for (const said of [
    'Thank you for the review.',
    'We read it on Monday.',
    'The school asked & was heard.',
    viewsOnReview['agree-with-comment'],
    viewsOnDecision['suggest-lcspr'],
    ...tellViewOnDecision('suggest-lcspr', 'Nobody knows yet why the visits stopped.'),
    'Who saw the home?',
    'And when?',
    'Please answer by 1 April 2026.',
    'Who asked the child?',
    'Please answer when you can.',
    'We thank the school.',
    'For you to know: we ask for no answer.',
    'Tell us how the actions are going.',
    'Test chair',
    'Signed and sent on 2 March 2026',
    'Test authority; Test police',
  ]) {
    assert.ok(words.includes(said), said)
  }
})

test('the Word file has real headings, numbered points and the reference on every page', async () => {
  const files = unzipSync(new Uint8Array(await letterDocument(aLetter(), [])))
  const document = strFromU8(files['word/document.xml']!)
  assert.equal(document.match(/w:val="Heading1"/g)?.length, 1)
  assert.equal(document.match(/w:val="Heading2"/g)?.length, 5)
  assert.equal(document.match(/<w:numPr>/g)?.length, 3)
  assert.match(await wordsOf(aLetter(), /^word\/header\d+\.xml$/), /WV-234-567/)
})

test('what no XML may hold is left out of the Word file, and nothing else', async () => {
  const words = await wordsOf(
    aLetter({
      texts: { opening: 'Thank\ufffe you,\uffff \ud800all\u0001 🙂.', reasons: 'For\ufffe these.' },
      viewOnDecision: 'suggest-lcspr',
    }),
    /^word\/document\.xml$/,
  )
  assert.ok(words.includes('Thank you, all 🙂.'))
  assert.ok(words.includes('For these.'))
})

test('the fingerprint is kept with the letter, and changes with any word of it', async () => {
  const scene = await aSentLetter([{ text: 'How do you know?', replyBy: '2026-04-01' }])
  const letter = await scene.manager.transaction(tx => readLetter(tx, rapid(scene.incidentId)))
  const { sentAt, signedBy } = letter!
  const hashWith = (change: Partial<Letter>) =>
    letterHash({ ...letter!, ...change, sentAt: sentAt!, signedBy: signedBy! })
  assert.equal(hashWith({}), letter!.hash)
  const [point] = letter!.points
  for (const change of [
    ...textSectionsOf('rapid').map(({ key }) => ({ texts: { ...letter!.texts, [key]: 'Other.' } })),
    { viewOnReview: 'disagree' },
    { viewOnDecision: 'suggest-reconsider' },
    { points: [] },
    { points: [{ ...point!, text: 'Other.' }] },
    { points: [{ ...point!, theme: 'men-not-seen' }] },
    { points: [{ ...point!, replyBy: undefined }] },
    { points: [{ ...point!, asks: false }] },
  ] satisfies Partial<Letter>[]) {
    assert.notEqual(hashWith(change), letter!.hash, Object.keys(change).join())
  }
})

test('a letter by which somebody could be recognised is not ready until a person decides about the words', async () => {
  const scene = await anAllocatedReview()
  await writeLetter(scene, [{ text: 'Why did nobody write to 14 Alder Close?' }])
  const which = rapid(scene.incidentId)
  const letter = () => scene.member.transaction(tx => readLetter(tx, which))
  const ready = async () => sayLetterReady(scene.member, which, (await letter())!.revision)
  await assert.rejects(ready(), /There is one place in the text by which somebody could be recognised/)
  const read = async (tx: Tx) => letterToCheck(tx, (await readLetter(tx, which))!)
  const [found] = await scene.member.transaction(async tx => checkText(tx, await read(tx)))
  assert.equal(found?.kind, 'address')
  await decideAbout(scene.member, read, { [`decision-${found.key}`]: 'kept', [`reason-${found.key}`]: 'A care home.' })
  await ready()
})

const names = [
  { text: 'Perpetua was seen.', found: ['Perpetua'] },
  { text: 'In Perpetua’s home, and Quillfeather’s.', found: ['Perpetua', 'Quillfeather'] },
  { text: 'It was perpetual.', found: [] },
  { text: 'The child was seen.', found: [] },
]
for (const { text, found } of names) {
  test(`a child’s name in a letter is seen: ${text}`, () => {
    assert.deepEqual(childNamesIn(aLetter({ texts: { closing: text } }), ['Perpetua Quillfeather']), found)
  })
}

const fits = [
  { view: 'agree-lcspr', outcomes: ['LCSPR'], fits: true },
  { view: 'agree-lcspr', outcomes: ['NO_FURTHER_REVIEW'], fits: false },
  { view: 'agree-no-lcspr', outcomes: ['LCSPR', 'NATIONAL_SUGGESTED'], fits: false },
  { view: 'agree-no-lcspr', outcomes: ['LOCAL_LEARNING_REVIEW'], fits: true },
  { view: 'suggest-lcspr', outcomes: ['LCSPR'], fits: false },
  { view: 'suggest-lcspr', outcomes: ['SINGLE_AGENCY'], fits: true },
  { view: 'suggest-reconsider', outcomes: ['LCSPR'], fits: true },
  { view: 'consider-for-national', outcomes: ['LCSPR'], fits: true },
  { view: 'note-for-thematic', outcomes: ['NO_FURTHER_REVIEW'], fits: true },
] as const
for (const { view, outcomes, fits: expected } of fits) {
  test(`${view} ${expected ? 'fits' : 'does not fit'} a decision of ${outcomes.join(', ')}, and is offered if it fits`, () => {
    assert.equal(viewThatDoesNotFit(view, outcomes) === undefined, expected)
    assert.equal(viewsToOffer(outcomes).offered.includes(view), expected)
  })
}

for (const { view, asks } of [
  { view: 'agree-lcspr', asks: false },
  { view: 'agree-no-lcspr', asks: false },
  { view: 'suggest-lcspr', asks: true },
  { view: 'suggest-reconsider', asks: true },
  { view: 'note-for-thematic', asks: false },
] as const) {
  test(`a letter with the view ${view} ${asks ? 'asks what the partners conclude' : 'asks nothing of a decision it accepts'}`, () => {
    const said = tellViewOnDecision(view, '').join(' ')
    assert.match(said, /The decision is yours/)
    assert.equal(/tell us what you conclude/.test(said), asks)
    assert.equal(pointOnDecision(view) !== undefined, asks)
  })
}
