import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { extractText } from './extract-text.ts'
import { docxOf, type WordPart } from './write-docx.ts'

const written = (parts: readonly WordPart[]) =>
  docxOf({ title: 'A plan', author: 'Test authority', header: 'Test authority, T-1', parts })
const documentOf = async (parts: readonly WordPart[]) =>
  strFromU8(unzipSync(new Uint8Array(await written(parts)))['word/document.xml']!)

const everything: WordPart[] = [
  { kind: 'heading', level: 1, text: 'What we do' },
  { kind: 'paragraph', text: 'One & one.\n\nTwo <two>.' },
  { kind: 'heading', level: 2, text: 'Asked' },
  { kind: 'list', numbered: true, items: [{ text: 'First\nand more', note: 'By May.' }, { text: 'Second' }] },
  { kind: 'list', numbered: false, items: [{ text: 'A bullet' }] },
  { kind: 'heading', level: 3, text: 'Who' },
  {
    kind: 'table',
    headings: ['Who', 'When'],
    rows: [
      ['The school', '3 May'],
      ['The police', ''],
    ],
  },
  { kind: 'lines', lines: ['Test chair', 'For the partnership'] },
]

test('a Word file is read back with all its words in their order', async () => {
  const { paragraphs } = await extractText({ name: 'plan.docx', bytes: await written(everything) })
  const words = paragraphs.map(paragraph => paragraph.text).join('\n')
  let from = 0
  for (const said of [
    'What we do',
    'One & one.',
    'Two <two>.',
    'Asked',
    'First',
    'and more',
    'By May.',
    'Second',
    'A bullet',
    'Who',
    'The school',
    '3 May',
    'The police',
    'Test chair',
    'For the partnership',
  ]) {
    const at = words.indexOf(said, from)
    assert.ok(at >= from, `${said} in ${words.slice(from)}`)
    from = at + said.length
  }
})

test('headings are headings, a table says which row is its head, and the header is on every page', async () => {
  const document = await documentOf(everything)
  for (const level of [1, 2, 3]) assert.equal(document.match(new RegExp(`w:val="Heading${level}"`, 'g'))?.length, 1)
  assert.equal(document.match(/<w:tblHeader\/>/g)?.length, 1)
  const files = unzipSync(new Uint8Array(await written(everything)))
  const header = Object.entries(files).find(([name]) => /^word\/header\d+\.xml$/.test(name))
  assert.match(strFromU8(header![1]), /Test authority, T-1/)
})

test('each numbered list begins with 1 again', async () => {
  const list: WordPart = { kind: 'list', numbered: true, items: [{ text: 'First' }, { text: 'Second' }] }
  const used = [...(await documentOf([list, list])).matchAll(/<w:numId w:val="(\d+)"\/>/g)].map(found => found[1])
  assert.equal(used.length, 4)
  assert.equal(used[0], used[1])
  assert.equal(used[2], used[3])
  assert.notEqual(used[0], used[2])
})

test('what no XML may hold is left out, and nothing else', async () => {
  const document = await documentOf([{ kind: 'paragraph', text: 'Thank\ufffe you,\uffff \ud800all\u0001 🙂.' }])
  assert.ok(document.includes('Thank you, all 🙂.'))
})
