import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { deflateSync } from 'node:zlib'
import { aPdf, aWordFile, anOdtFile, anOleFile, aZip, fixture, wordPart } from './builders.ts'
import { extract } from './extract.ts'
import { extractText } from './extract-text.ts'
import { uploadLimitBytes, usualLimits } from './extraction.ts'
import type { Extraction, ExtractionLimits } from './extraction.ts'
import { UploadProblem } from './upload-problem.ts'
import type { UploadProblemReason } from './upload-problem.ts'

const words = (text: string) => new TextEncoder().encode(text)
const docx = await fixture('rapid-review.docx')
const odt = await fixture('rapid-review.odt')
const pdf = await fixture('rapid-review.pdf')

interface Refusal {
  name: string
  file: string
  bytes: Uint8Array
  reason: UploadProblemReason
  /** What the message must tell the person to do. */
  advice: RegExp
}

const manifest = (content: string) =>
  `<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">${content}</manifest:manifest>`
const vba = { 'word/vbaProject.bin': anOleFile('VBA') }
const macroType = 'application/vnd.ms-word.document.macroEnabled.main+xml'
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'
const xmlWith = (doctype: string, text: string) =>
  wordPart('document', `<w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body>`).replace('?>', `?>${doctype}`)
const hostileXml = (doctype: string, text: string) =>
  aWordFile({ parts: { 'word/document.xml': xmlWith(doctype, text) } })
const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join('')

/** The same zip, whose directory claims that every entry unpacks to this many bytes. */
function claiming(unpackedBytes: number, zip: Uint8Array): Uint8Array {
  const bytes = Buffer.from(zip)
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    bytes.writeUInt32LE(unpackedBytes, at + 24)
  }
  return bytes
}

const blanks = (mebibytes: number) => new Uint8Array(mebibytes * 1024 * 1024).fill(0x20)
const bomb = aWordFile({ parts: { 'word/document.xml': blanks(80) } })

const refusals: Refusal[] = [
  { name: 'nothing at all', file: 'review.docx', bytes: words(''), reason: 'empty', advice: /upload it again/ },
  { name: 'blank text', file: 'review.txt', bytes: words(' \n\t\n'), reason: 'empty', advice: /right file/ },
  {
    name: 'a file over the limit',
    file: 'review.docx',
    bytes: new Uint8Array(uploadLimitBytes + 1),
    reason: 'too-large',
    advice: /25 MB.*Compress/,
  },

  {
    name: 'a Word document under a password',
    file: 'review.docx',
    bytes: anOleFile('EncryptionInfo', 'EncryptedPackage'),
    reason: 'encrypted',
    advice: /remove the protection/,
  },
  {
    name: 'a PDF under a password',
    file: 'review.pdf',
    bytes: await fixture('password.pdf'),
    reason: 'encrypted',
    advice: /remove the protection/,
  },
  {
    name: 'an ODT under a password',
    file: 'review.odt',
    bytes: anOdtFile({
      parts: {
        'META-INF/manifest.xml': manifest('<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>'),
      },
    }),
    reason: 'encrypted',
    advice: /remove the protection/,
  },
  {
    name: 'an ODT wholly under a password, as LibreOffice 24 writes it',
    file: 'review.odt',
    bytes: anOdtFile({ parts: { 'encrypted-package': 'x' } }),
    reason: 'encrypted',
    advice: /remove the protection/,
  },

  {
    name: 'an old Word document',
    file: 'review.doc',
    bytes: await fixture('old-word.doc'),
    reason: 'not-supported',
    advice: /Save as.*docx/,
  },
  {
    name: 'an old spreadsheet',
    file: 'review.xls',
    bytes: anOleFile('Workbook'),
    reason: 'not-supported',
    advice: /docx/,
  },
  {
    name: 'an e-mail of Outlook',
    file: 'review.msg',
    bytes: anOleFile('__substg1.0_0037001F'),
    reason: 'not-supported',
    advice: /e-mail.*docx/,
  },
  {
    name: 'rich text',
    file: 'review.rtf',
    bytes: words('{\\rtf1\\ansi The review.}'),
    reason: 'not-supported',
    advice: /docx/,
  },
  {
    name: 'rich text called .doc',
    file: 'review.doc',
    bytes: words('{\\rtf1\\ansi The review.}'),
    reason: 'not-supported',
    advice: /rich text.*docx/,
  },
  {
    name: 'a web page called .doc',
    file: 'review.doc',
    bytes: words('\ufeff\n<!DOCTYPE html><html><body>The review.</body></html>'),
    reason: 'not-supported',
    advice: /web page.*docx/,
  },
  {
    name: 'an e-mail',
    file: 'review.eml',
    bytes: words('From: a@example.test\r\nContent-Type: text/plain\r\n\r\nThe review.'),
    reason: 'not-supported',
    advice: /docx/,
  },
  {
    name: 'a program',
    file: 'review.exe',
    bytes: words('MZ\u0090\0\u0003\0'),
    reason: 'not-supported',
    advice: /right file/,
  },
  {
    name: 'a program called .docx',
    file: 'review.docx',
    bytes: words('MZ\u0090\0\u0003\0'),
    reason: 'not-supported',
    advice: /program/,
  },
  {
    name: 'a picture',
    file: 'review.png',
    bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]),
    reason: 'not-supported',
    advice: /docx/,
  },
  {
    name: 'bytes without meaning',
    file: 'review',
    bytes: Uint8Array.from([1, 2, 3, 0, 200]),
    reason: 'not-supported',
    advice: /docx/,
  },
  {
    name: 'a table of comma-separated values',
    file: 'review.csv',
    bytes: words('agency,date\npolice,2026'),
    reason: 'not-supported',
    advice: /docx/,
  },
  {
    name: 'a zip folder',
    file: 'reviews.zip',
    bytes: aZip({ 'review.txt': 'The review.' }),
    reason: 'not-supported',
    advice: /Unpack/,
  },
  {
    name: 'a spreadsheet',
    file: 'review.xlsx',
    bytes: aWordFile({ types: { '/word/document.xml': sheetType } }),
    reason: 'not-supported',
    advice: /docx/,
  },
  {
    name: 'an OpenDocument spreadsheet',
    file: 'review.ods',
    bytes: anOdtFile({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }),
    reason: 'not-supported',
    advice: /docx/,
  },

  {
    name: 'a document of the kind .docm',
    file: 'review.docm',
    bytes: aWordFile({ types: { '/word/document.xml': macroType } }),
    reason: 'has-macros',
    advice: /without macros/,
  },
  {
    name: 'macros in a file called .docx',
    file: 'review.docx',
    bytes: aWordFile({ parts: vba }),
    reason: 'has-macros',
    advice: /without macros/,
  },
  {
    name: 'macros under another name, told by their type',
    file: 'review.docx',
    bytes: aWordFile({
      parts: { 'word/x.bin': 'x' },
      types: { '/word/x.bin': 'application/vnd.ms-office.vbaProject' },
    }),
    reason: 'has-macros',
    advice: /without macros/,
  },
  {
    name: 'an ODT with a Basic program',
    file: 'review.odt',
    bytes: anOdtFile({ parts: { 'Basic/Standard/Module1.xml': '<x/>', 'Basic/script-lc.xml': '<x/>' } }),
    reason: 'has-macros',
    advice: /without macros/,
  },
  {
    name: 'an ODT with a Python program',
    file: 'review.odt',
    bytes: anOdtFile({ parts: { 'Scripts/python/run.py': 'x' } }),
    reason: 'has-macros',
    advice: /without macros/,
  },

  {
    name: 'Word called .pdf',
    file: 'review.pdf',
    bytes: docx,
    reason: 'name-does-not-match',
    advice: /ends in \.pdf.*Word document/,
  },
  { name: 'Word called .doc', file: 'review.doc', bytes: docx, reason: 'name-does-not-match', advice: /save it again/ },
  {
    name: 'PDF called .DOCX',
    file: 'REVIEW.DOCX',
    bytes: pdf,
    reason: 'name-does-not-match',
    advice: /ends in \.docx.*PDF/,
  },
  {
    name: 'text called .docx',
    file: 'review.docx',
    bytes: words('The review.'),
    reason: 'name-does-not-match',
    advice: /plain text/,
  },
  { name: 'ODT called .txt', file: 'review.txt', bytes: odt, reason: 'name-does-not-match', advice: /OpenDocument/ },

  { name: 'a scan', file: 'review.pdf', bytes: await fixture('scanned.pdf'), reason: 'no-text', advice: /OCR/ },
  {
    name: 'a PDF without any words',
    file: 'review.pdf',
    bytes: aPdf(words('0 0 m 10 10 l S')),
    reason: 'no-text',
    advice: /Word \(\.docx\)/,
  },
  {
    name: 'a Word document without any words',
    file: 'review.docx',
    bytes: aWordFile({ body: '<w:p/>' }),
    reason: 'no-text',
    advice: /right file/,
  },

  {
    name: 'Word cut off',
    file: 'review.docx',
    bytes: docx.subarray(0, -400),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'Word in whose text one letter has turned into another',
    file: 'review.docx',
    bytes: flipped(docx),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'Word without its document',
    file: 'review.docx',
    bytes: aZip({ 'word/styles.xml': '<x/>' }),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'Word with two entries of one name',
    file: 'review.docx',
    bytes: aWordFile({ parts: { 'WORD\\document.xml': wordPart('document', '') } }),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'ODT without its content',
    file: 'review.odt',
    bytes: aZip({ mimetype: 'application/vnd.oasis.opendocument.text' }),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'PDF cut off',
    file: 'review.pdf',
    bytes: pdf.subarray(0, 20_000),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'PDF with nothing behind its opening',
    file: 'review.pdf',
    bytes: words('%PDF-1.7\n%%EOF'),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'XML that is not well-formed',
    file: 'review.docx',
    bytes: aWordFile({ body: '<w:p><w:r>' }),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'XML in broken UTF-8',
    file: 'review.docx',
    bytes: aWordFile({ parts: { 'word/document.xml': Uint8Array.from([0x3c, 0xff, 0x3e]) } }),
    reason: 'corrupt',
    advice: /save it again/,
  },

  {
    name: 'entities that multiply',
    file: 'review.docx',
    bytes: hostileXml(`<!DOCTYPE d [<!ENTITY l0 "ha">${laughs}]>`, '&l9;'),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'an entity that names a file here',
    file: 'review.docx',
    bytes: hostileXml('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;'),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'an entity of a DTD elsewhere',
    file: 'review.docx',
    bytes: hostileXml('<!DOCTYPE d SYSTEM "http://example.test/d.dtd">', '&x;'),
    reason: 'corrupt',
    advice: /save it again/,
  },
  {
    name: 'elements nested without end',
    file: 'review.docx',
    bytes: aWordFile({ body: '<w:p>'.repeat(600) + '</w:p>'.repeat(600) }),
    reason: 'corrupt',
    advice: /save it again/,
  },

  { name: 'a zip bomb', file: 'review.docx', bytes: bomb, reason: 'too-much-inside', advice: /without pictures/ },
  {
    name: 'a zip bomb that claims to be small',
    file: 'review.docx',
    bytes: claiming(100, bomb),
    reason: 'too-much-inside',
    advice: /without pictures/,
  },
  {
    name: 'a container that claims to unpack to 4 GB an entry',
    file: 'review.docx',
    bytes: claiming(0xfffffff0, docx),
    reason: 'too-much-inside',
    advice: /without pictures/,
  },
  {
    name: 'a container of very many entries',
    file: 'review.docx',
    bytes: aZip(Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`e${index}`, '']))),
    reason: 'too-much-inside',
    advice: /without pictures/,
  },
]

/** The same document, not packed, with one letter of its text turned into another. */
function flipped(bytes: Uint8Array): Uint8Array {
  const stored = Buffer.from(zipSync(unzipSync(bytes), { level: 0 }))
  const letter = stored.indexOf('aged seven months')
  assert.ok(letter > 0)
  stored.write('e', letter)
  return stored
}

async function problemOf(reading: Promise<Extraction>): Promise<UploadProblem> {
  const problem = await reading.then(
    () => assert.fail('it was read'),
    (error: unknown) => error,
  )
  if (problem instanceof UploadProblem) return problem
  throw problem
}

for (const { name, file, bytes, reason, advice } of refusals) {
  test(`refused as ${reason}: ${name}`, async () => {
    const problem = await problemOf(extractText({ name: file, bytes }))
    assert.equal(problem.reason, reason, problem.message)
    assert.equal(problem.kind, 'invalid')
    assert.match(problem.message, advice)
  })
}

test('a refusal never repeats the name of the file, which may hold the name of a child', async () => {
  const problem = await problemOf(extractText({ name: 'Tamsin Orrell.pdf', bytes: docx }))
  assert.doesNotMatch(problem.message, /Tamsin|Orrell/)
})

const taken = [
  { name: 'Review v1.2 final', bytes: docx, kind: 'docx' },
  { name: 'review.DOCX ', bytes: docx, kind: 'docx' },
  { name: 'review', bytes: pdf, kind: 'pdf' },
  { name: 'review', bytes: Buffer.concat([words('\r\n'), pdf]), kind: 'pdf' },
  { name: 'review.docx', bytes: aWordFile({ parts: { '../../../etc/cron.d/x': 'x' } }), kind: 'docx' },
  {
    name: 'review.odt',
    bytes: anOdtFile({ parts: { 'Basic/Standard/script-lb.xml': '<x/>', 'Basic/script-lc.xml': '<x/>' } }),
    kind: 'odt',
  },
  { name: 'notes.txt', bytes: words('The form says %PDF-1.4 at its top.'), kind: 'text' },
]
for (const [index, { name, bytes, kind }] of taken.entries()) {
  test(`taken as ${kind}: ${name} (${index + 1})`, async () => {
    assert.equal((await extractText({ name, bytes })).kind, kind)
  })
}

const longReview = aWordFile({
  body: Array.from(
    { length: 150_000 },
    (_, index) => `<w:p><w:r><w:t>Paragraph ${index * 7919}</w:t></w:r></w:p>`,
  ).join(''),
})

test('reading without end is ended by the time limit, and other people are served meanwhile', async () => {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  const problem = await problemOf(extractText({ name: 'review.docx', bytes: longReview }, { timeMs: 250 }))
  const took = performance.now() - started
  delay.disable()

  assert.equal(problem.reason, 'too-slow')
  assert.ok(took < 5_000, `ended after ${Math.round(took)} ms`)
  assert.ok(delay.max / 1e6 < 500, `the main thread stood still for ${Math.round(delay.max / 1e6)} ms`)
})

const hungry: { name: string; file: string; bytes: Uint8Array; limits: Partial<ExtractionLimits> }[] = [
  { name: 'the heap, by very many paragraphs', file: 'review.docx', bytes: longReview, limits: { memoryMiB: 40 } },
  {
    name: 'buffers, by a PDF that unpacks to much more than it is',
    file: 'review.pdf',
    bytes: aPdf(deflateSync(blanks(400)), { filter: 'FlateDecode' }),
    limits: { memoryMiB: 150 },
  },
]
for (const { name, file, bytes, limits } of hungry) {
  test(`reading that fills ${name} is ended by the memory limit`, async () => {
    assert.equal((await problemOf(extractText({ name: file, bytes }, limits))).reason, 'too-much-inside')
  })
}

/** What must hold of every extraction, whatever the file. */
function isInOrder({ paragraphs }: Extraction): void {
  for (const [index, { number, text, changes, comments = [], notes = [] }] of paragraphs.entries()) {
    assert.equal(number, index + 1)
    assert.notEqual(text.trim(), '')
    for (const { from, to } of [...changes, ...comments]) assert.ok(0 <= from && from <= to && to <= text.length)
    for (const { at } of notes) assert.ok(0 <= at && at <= text.length)
    for (const target of [...comments, ...notes].flatMap(mark => mark.paragraphs)) {
      assert.match(paragraphs[target - 1]?.role ?? '', /comment|footnote/)
    }
  }
}

async function readsOrRefuses(reading: Promise<Extraction>): Promise<void> {
  try {
    isInOrder(await reading)
  } catch (error) {
    if (!(error instanceof UploadProblem)) throw error
  }
}

/** The same damage in every run, so that a failure here is a failure everywhere. */
const seed = 20260302

const here = (name: string, bytes: Uint8Array) => extract({ name, bytes, limits: usualLimits })

/** Cuts, doubles or swaps pieces of a text. */
const mutation = fc.array(
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(200), doubled: fc.boolean() }),
  { minLength: 1, maxLength: 6 },
)
function mutate(text: string, edits: { at: number; length: number; doubled: boolean }[]): string {
  return edits.reduce((kept, { at, length, doubled }) => {
    const from = Math.floor(at * kept.length)
    return kept.slice(0, from + (doubled ? length : 0)) + kept.slice(doubled ? from : from + length)
  }, text)
}

const elements =
  'w:p w:r w:t w:delText w:ins w:del w:moveFrom w:tbl w:tr w:tc w:trPr w:tcPr w:cellDel w:pPr w:rPr w:pPrChange w:numPr w:txbxContent mc:AlternateContent mc:Choice mc:Fallback w:commentRangeStart w:commentRangeEnd w:commentReference w:footnoteReference w:comment w:footnote w:vanish w:br w:tab w:sym'
const { tree } = fc.letrec<{ tree: string }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 12 },
    fc.constantFrom('words ', 'of a review'),
    fc
      .tuple(fc.constantFrom(...elements.split(' ')), fc.nat(2), fc.array(tie('tree'), { maxLength: 5 }))
      .map(([name, id, inner]) => `<${name} w:id="${id}" w:val="${id}" w:author="R${id}">${inner.join('')}</${name}>`),
  ),
}))

test('elements of Word in any order are read or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(tree, { maxLength: 8 }), async trees => {
      await readsOrRefuses(here('review.docx', aWordFile({ body: trees.join('') })))
    }),
    { numRuns: 300, seed },
  )
})

for (const [file, original, parts] of [
  ['review.docx', docx, ['word/document.xml', 'word/styles.xml', 'word/comments.xml', '[Content_Types].xml']],
  ['review.odt', odt, ['content.xml', 'styles.xml', 'META-INF/manifest.xml']],
] as const) {
  test(`a ${file} whose parts were tampered with is read or refused`, async () => {
    const unpacked = unzipSync(original)
    const texts = new Map(parts.map(part => [part as string, new TextDecoder().decode(unpacked[part])]))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parts), mutation, async (part, edits) => {
        const text = mutate(texts.get(part) ?? '', edits)
        await readsOrRefuses(here(file, aZip({ ...unpacked, [part]: text })))
      }),
      { numRuns: 200, seed },
    )
  })
}

test('any bytes, alone or behind the opening of a known format, are read or refused', async () => {
  const openings = ['', 'PK\x03\x04', '%PDF-1.7\n', '{\\rtf', 'MZ'].map(words)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...openings), fc.uint8Array({ maxLength: 2000 }), async (opening, bytes) => {
      await readsOrRefuses(here('review', Buffer.concat([opening, bytes])))
    }),
    { numRuns: 300, seed },
  )
})

for (const [file, original] of [
  ['review.docx', docx],
  ['review.odt', odt],
  ['review.pdf', pdf],
  ['review.pdf', await fixture('printed.pdf')],
] as const) {
  test(`a ${file} of ${original.length} bytes with some of them changed is read or refused in its thread`, async () => {
    const change = fc.tuple(fc.nat(original.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 30 }), async changes => {
        const bytes = Uint8Array.from(original)
        for (const [at, byte] of changes) bytes[at] = byte
        await readsOrRefuses(extractText({ name: file, bytes }, { timeMs: 5_000 }))
      }),
      { numRuns: 15, seed },
    )
  })
}
