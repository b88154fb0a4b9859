import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPdf, aWordFile, anOdtFile, fixture, wordPart, wordTypeOf } from './builders.ts'
import { extractText } from './extract-text.ts'
import type { ExtractedParagraph, Extraction } from './extraction.ts'

const words = (text: string) => new TextEncoder().encode(text)
const read = (name: string, bytes: Uint8Array) => extractText({ name, bytes })
const texts = ({ paragraphs }: Extraction) => paragraphs.map(({ text }) => text)

function only(found: Extraction): ExtractedParagraph {
  const [paragraph] = found.paragraphs
  assert.ok(paragraph && found.paragraphs.length === 1, `one paragraph, not ${found.paragraphs.length}`)
  return paragraph
}

/** What each change covers, with who and how: the form in which a reader sees it. */
function changesOf({ text, changes }: ExtractedParagraph): string[] {
  return changes.map(
    ({ from, to, kind, moved, by }) => `${moved ? 'moved, ' : ''}${kind} by ${by}: ${text.slice(from, to)}`,
  )
}

const summary =
  'The child, Tamsin Orrell, aged seven months, was taken to Harrowmere General Hospital on 9 February 2026 with a fracture of the left arm. The explanation that the parents gave did not fit the injury, and a strategy discussion was held on the same day. The police were present from the start.'
const known =
  'The partnership was told on 11 February 2026 and met on 24 February 2026. The health visitor had seen the child four times, and each visit was recorded on the same day.'
const housing =
  'the housing association, because of damp in the flat and two missed appointments that were not followed up by anybody in the months before the injury'
const learned =
  "No agency asked who else was living in the flat. The mother's partner had moved in during December 2025, and his earlier convictions were known to the police of another area but not to the health visitor. A multi-agency meeting in January 2026 would have been the place to bring the two together, but none was called, since no single agency thought that its own knowledge was enough to ask for one. The partnership finds that the threshold document of the area does not say plainly that several small worries may add up."
const criteriaMet =
  'The safeguarding partners agree that the criteria for a local child safeguarding practice review are met.'

for (const ending of ['docx', 'odt'] as const) {
  test(`a rapid review saved by LibreOffice as .${ending} becomes numbered paragraphs with their roles`, async () => {
    const found = await read(`rapid-review.${ending}`, await fixture(`rapid-review.${ending}`))
    assert.equal(found.kind, ending)
    assert.deepEqual(found.notices, [])
    assert.deepEqual(
      found.paragraphs.map(({ role, level, text, cell }) => [
        role + (level ?? '') + (cell ? ` ${cell.table}:${cell.row}:${cell.column}` : ''),
        text,
      ]),
      [
        ['heading1', 'Rapid review: a child in Harrowmere'],
        ['heading1', 'Summary'],
        ['body', summary],
        ['body', known],
        ['heading2', 'What was known before'],
        ['body', 'Three agencies knew the family before the injury:'],
        ['list', 'the health visiting service, since the birth'],
        ['list', housing],
        ['list', 'the police, who had been called once by a neighbour'],
        ['table 1:1:1', 'Agency'],
        ['table 1:1:2', 'Last contact'],
        ['table 1:2:1', 'Health visiting'],
        ['table 1:2:2', '28 January 2026'],
        ['table 1:3:1', 'Police'],
        ['table 1:3:2', '2 November 2025'],
        ['heading1', 'What the partnership learned'],
        ['body', learned],
        ['body', 'The partnership decided:'],
        ['body', 'Immediate action taken: the threshold document was withdrawn on 26 February 2026.'],
        ['list', 'to ask the Panel whether a local review is needed'],
        ['list', 'to write to the neighbouring police force'],
        ['heading1', 'Decision'],
        ['body', criteriaMet],
        ['footnote', 'The notification was sent within five working days.'],
        ['header', 'Harrowmere Safeguarding Children Partnership - official, sensitive'],
        ['footer', 'Rapid review RR-014, page 3'],
        ['comment', 'Please check this against the health chronology.'],
      ],
    )
    assert.deepEqual(
      found.paragraphs.map(({ number }) => number),
      found.paragraphs.map((_, index) => index + 1),
    )
  })

  test(`tracked changes, the comment and the footnote of the .${ending} stand where their authors put them`, async () => {
    const { paragraphs } = await read(`rapid-review.${ending}`, await fixture(`rapid-review.${ending}`))
    const [third, fourth] = [paragraphs[2], paragraphs[3]]
    assert.ok(third && fourth)
    assert.deepEqual(changesOf(third), [
      'deleted by Imran Castell: Tamsin Orrell, ',
      'inserted by Ruth Penhallow:  The police were present from the start.',
    ])
    assert.match(third.changes[0]?.at ?? '', /^2026-03-03T16:40:00/)
    assert.deepEqual(
      paragraphs.flatMap(({ number, changes }) => (changes.length > 0 ? [number] : [])),
      [3],
    )
    const [mark] = fourth.comments ?? []
    assert.equal(known.slice(mark?.from, mark?.to), 'The health visitor had seen the child four times')
    assert.deepEqual(mark?.paragraphs, [27])
    assert.equal(paragraphs[26]?.by, 'Imran Castell')
    assert.deepEqual(fourth.notes, [{ at: known.indexOf(' and met on'), paragraphs: [24] }])
  })
}

test('the PDF of the same review has its lines joined, its hyphens kept and its margins recognised', async () => {
  const found = await read('rapid-review.pdf', await fixture('rapid-review.pdf'))
  assert.equal(found.kind, 'pdf')
  assert.deepEqual(
    found.paragraphs.map(({ role, level, page, text }) => [`${role}${level ?? ''} p${page}`, text]),
    [
      ['heading1 p1', 'Rapid review: a child in Harrowmere'],
      ['heading2 p1', 'Summary'],
      ['body p1', summary],
      ['body p1', known.replace(' and met', '[1] and met')],
      ['heading3 p1', 'What was known before'],
      ['body p1', 'Three agencies knew the family before the injury:'],
      ['list p1', 'the health visiting service, since the birth'],
      ['list p1', housing],
      ['list p1', 'the police, who had been called once by a neighbour'],
      ['body p1', 'Agency\tLast contact'],
      ['body p1', 'Health visiting\t28 January 2026'],
      ['body p1', 'Police\t2 November 2025'],
      ['body p2', 'Immediate action taken: the threshold document was withdrawn on 26 February 2026.'],
      ['heading2 p2', 'What the partnership learned'],
      ['body p2', learned],
      ['body p2', 'The partnership decided:'],
      ['list p2', 'to ask the Panel whether a local review is needed'],
      ['list p2', 'to write to the neighbouring police force'],
      ['heading2 p3', 'Decision'],
      ['body p3', criteriaMet],
      ['footnote p1', 'The notification was sent within five working days.'],
      ['header p1', 'Harrowmere Safeguarding Children Partnership - official, sensitive'],
      ['footer p1', 'Rapid review RR-014, page 1'],
    ],
  )
})

test('a PDF printed by a browser keeps its two columns apart', async () => {
  const found = await read('printed.pdf', await fixture('printed.pdf'))
  const starts = found.paragraphs.map(({ role, text }) => `${role}: ${text.slice(0, 24)} ... ${text.slice(-12)}`)
  assert.deepEqual(starts, [
    'heading: Rapid review: a child in ...  Port Linnet',
    'heading: Incident ... Incident',
    'body: On 4 March 2026 the chil ... family once.',
    'body: The partnership received ... nths before.',
    'heading: Analysis ... Analysis',
    'body: The school knew that the ... ver offered.',
    'body: The early help team clos ... ecome usual.',
    'heading: Next steps ... Next steps',
    'body: Adult social care will a ...  assessment.',
    'body: The early help team will ... f September.',
  ])
})

test('remarks pinned to a PDF are comments, and what was typed into its fields is read', async () => {
  const bytes = aPdf(words('BT /F 11 Tf 60 700 Td (The review.) Tj ET'), {
    annotations: [
      '/Subtype/Text/Contents(Who says so?)/T(Ruth Penhallow)/M(D:20260302101500Z)',
      '/Subtype/Widget/FT/Tx/T(lead)/TU(Lead agency)/V(Police)',
      '/Subtype/Highlight/QuadPoints[60 60 90 60 60 90 90 90]',
    ],
  })
  const found = await read('review.pdf', bytes)
  assert.deepEqual(
    found.paragraphs.map(({ role, text, by, at }) => [role, text, by, at]),
    [
      ['body', 'The review.', undefined, undefined],
      ['body', 'Lead agency: Police', undefined, undefined],
      ['comment', 'Who says so?', 'Ruth Penhallow', '2026-03-02T10:15:00'],
    ],
  )
  assert.match(found.notices.join(), /fields of this form/)
})

test('a PDF that is damaged in places is read as far as it goes, and says so', async () => {
  const bytes = aPdf(words('BT /F 11 Tf 60 700 Td (The review.) Tj ET /Missing Do'))
  const found = await read('review.pdf', bytes)
  assert.equal(only(found).text, 'The review.')
  assert.match(found.notices.join(), /damaged in places/)
})

const paragraph = (content: string) => `<w:p>${content}</w:p>`
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const author = (name: string) => `w:id="1" w:author="${name}" w:date="2026-03-02T10:15:00Z"`

const tracked = [
  {
    name: 'text that one author put in and another took out is both',
    body: paragraph(
      `${run('The plan was ')}<w:ins ${author('Ruth')}>${run('read ')}<w:del ${author('Imran')}><w:r><w:delText>twice</w:delText></w:r></w:del></w:ins>`,
    ),
    changes: ['inserted by Ruth: read twice', 'deleted by Imran: twice'],
  },
  {
    name: 'moved text is deleted where it was and inserted where it went',
    body: paragraph(
      `<w:moveFrom ${author('Ruth')}>${run('first ')}</w:moveFrom>${run('then ')}<w:moveTo ${author('Ruth')}>${run('last')}</w:moveTo>`,
    ),
    changes: ['moved, deleted by Ruth: first ', 'moved, inserted by Ruth: last'],
  },
  {
    name: 'a deleted table row deletes its text',
    body: `<w:tbl><w:tr><w:trPr><w:del ${author('Imran')}/></w:trPr><w:tc>${paragraph(run('gone'))}</w:tc></w:tr></w:tbl>`,
    changes: ['deleted by Imran: gone'],
  },
  {
    name: 'in a deleted row, text that somebody else had deleted before stays theirs',
    body: `<w:tbl><w:tr><w:trPr><w:del ${author('Imran')}/></w:trPr><w:tc>${paragraph(`${run('all ')}<w:del ${author('Ruth')}><w:r><w:delText>gone</w:delText></w:r></w:del>`)}</w:tc></w:tr></w:tbl>`,
    changes: ['deleted by Imran: all ', 'deleted by Ruth: gone'],
  },
  {
    name: 'former formatting is not a change of text',
    body: paragraph(
      `<w:pPr><w:pPrChange ${author('Ruth')}><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange><w:rPr><w:ins ${author('Ruth')}/></w:rPr></w:pPr>${run('as it was')}`,
    ),
    changes: [],
  },
]
for (const { name, body, changes } of tracked) {
  test(`in Word, ${name}`, async () => {
    const found = only(await read('review.docx', aWordFile({ body })))
    assert.deepEqual(changesOf(found), changes)
    assert.notEqual(found.role, 'heading')
  })
}

test('a comment over three paragraphs marks what it covers of each', async () => {
  const bytes = aWordFile({
    body: [
      paragraph(`${run('One ')}<w:commentRangeStart w:id="7"/>${run('two.')}`),
      paragraph(run('Three.')),
      paragraph(`${run('Four')}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>${run(' five.')}`),
    ].join(''),
    parts: {
      'word/comments.xml': wordPart(
        'comments',
        `<w:comment w:id="7" w:author="Ruth">${paragraph(run('Who says so?'))}${paragraph(run('And when?'))}</w:comment>`,
      ),
    },
    types: { '/word/comments.xml': wordTypeOf('comments') },
  })
  const { paragraphs } = await read('review.docx', bytes)
  assert.deepEqual(
    paragraphs.map(({ text, comments = [] }) =>
      comments.map(mark => [text.slice(mark.from, mark.to), mark.paragraphs]),
    ),
    [[['two.', [4, 5]]], [['Three.', [4, 5]]], [['Four', [4, 5]]], [], []],
  )
})

test('a heading is known by its style, whatever the style is called and through what it is based on', async () => {
  const styles = [
    '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 2"/></w:style>',
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Finding"/><w:basedOn w:val="Kop1"/></w:style>',
    '<w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="Not one"/><w:basedOn w:val="Kop1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>',
    '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>',
  ]
  const bytes = aWordFile({
    body: ['Kop1', 'Own', 'Plain', 'Loop', 'Missing']
      .map(style => paragraph(`<w:pPr><w:pStyle w:val="${style}"/></w:pPr>${run(style)}`))
      .join(''),
    parts: { 'word/styles.xml': wordPart('styles', styles.join('')) },
    types: { '/word/styles.xml': wordTypeOf('styles') },
  })
  const { paragraphs } = await read('review.docx', bytes)
  assert.deepEqual(
    paragraphs.map(({ role, level }) => [role, level]),
    [
      ['heading', 2],
      ['heading', 2],
      ['body', undefined],
      ['body', undefined],
      ['body', undefined],
    ],
  )
})

test('a numbered paragraph carries the number that Word prints', async () => {
  const level = (depth: number, format: string, text: string, start = 1) =>
    `<w:lvl w:ilvl="${depth}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
  const numbering = `<w:abstractNum w:abstractNumId="3">${level(0, 'decimal', '%1.', 4)}${level(1, 'decimal', '%1.%2')}${level(2, 'lowerLetter', '(%3)')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>`
  const numbered = (list: number, depth: number) =>
    paragraph(`<w:pPr><w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>${run('Text.')}`)
  const bytes = aWordFile({
    body: [
      numbered(1, 0),
      numbered(1, 1),
      numbered(1, 1),
      numbered(1, 2),
      numbered(1, 0),
      numbered(1, 1),
      numbered(2, 0),
      numbered(0, 0),
    ].join(''),
    parts: { 'word/numbering.xml': wordPart('numbering', numbering) },
    types: { '/word/numbering.xml': wordTypeOf('numbering') },
  })
  const { paragraphs } = await read('review.docx', bytes)
  assert.deepEqual(
    paragraphs.map(({ label }) => label),
    ['4.', '4.1', '4.2', '(a)', '5.', '5.1', '9.', undefined],
  )
})

const inWord = [
  {
    name: 'a text box is read once, after its paragraph, though Word writes it twice',
    body: paragraph(
      `${run('Before.')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>${paragraph(run('In the box.'))}</w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${paragraph(run('In the box.'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>${run(' After.')}`,
    ),
    texts: ['Before. After.', 'In the box.'],
  },
  {
    name: 'tabs, line breaks, ticked boxes and hyphens that do not break are kept',
    body: paragraph(
      '<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/><w:br w:type="page"/></w:r>',
    ),
    texts: ['a\tb\nc☒\u2011'],
  },
  {
    name: 'the result of a field is read, its instruction is not',
    body: paragraph(
      '<w:r><w:instrText>HYPERLINK "http://example.test"</w:instrText></w:r><w:hyperlink>' +
        run('the guidance') +
        '</w:hyperlink>',
    ),
    texts: ['the guidance'],
  },
  {
    name: 'entities of XML are letters',
    body: paragraph(run('Smith &amp; Jones &lt;2&gt; &#233;')),
    texts: ['Smith & Jones <2> é'],
  },
]
for (const { name, body, texts: expected } of inWord) {
  test(`in Word, ${name}`, async () => {
    assert.deepEqual(texts(await read('review.docx', aWordFile({ body }))), expected)
  })
}

test('hidden text is shown, with a notice', async () => {
  const body = paragraph(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>the name</w:t></w:r>`)
  const found = await read('review.docx', aWordFile({ body }))
  assert.deepEqual(texts(found), ['the name'])
  assert.match(found.notices.join(), /hidden text/)
})

test('a deletion of several paragraphs in ODT is put back where it was cut out', async () => {
  const body = `<text:tracked-changes><text:changed-region text:id="d"><text:deletion><office:change-info><dc:creator>Ruth</dc:creator><dc:date>2026-03-02T10:15:00</dc:date></office:change-info><text:p>second.</text:p><text:p>Third</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>First and   <text:s text:c="2"/><text:change text:change-id="d"/> fourth.</text:p>`
  const found = only(await read('review.odt', anOdtFile({ body })))
  assert.equal(found.text, 'First and   second.\nThird fourth.')
  assert.deepEqual(changesOf(found), ['deleted by Ruth: second.\nThird'])
})

const plain = [
  {
    name: 'UTF-8 with a mark',
    bytes: words('\ufeffThe café.\r\n\r\nSecond.'),
    texts: ['The café.', 'Second.'],
    notices: 0,
  },
  { name: 'Windows text', bytes: Uint8Array.from([0x93, 0x63, 0x61, 0x66, 0xe9, 0x94]), texts: ['“café”'], notices: 1 },
  { name: 'UTF-16', bytes: Uint8Array.from([0xff, 0xfe, 0x41, 0, 0x42, 0]), texts: ['AB'], notices: 0 },
  {
    name: 'lines that a program wrapped, a list, and short lines',
    bytes: words(
      'The health visitor had seen the child four times and each\nvisit was recorded.\n- first\n- second\n\nPresent:\nHealth\nPolice',
    ),
    texts: [
      'The health visitor had seen the child four times and each visit was recorded.',
      'first',
      'second',
      'Present:',
      'Health',
      'Police',
    ],
    notices: 0,
  },
]
for (const { name, bytes, texts: expected, notices } of plain) {
  test(`plain text is read: ${name}`, async () => {
    const found = await read('review.txt', bytes)
    assert.equal(found.kind, 'text')
    assert.deepEqual(texts(found), expected)
    assert.equal(found.notices.length, notices)
  })
}

test('the bytes that were handed in stay with the caller', async () => {
  const bytes = Buffer.from('The review.')
  await read('review.txt', bytes)
  assert.equal(bytes.toString(), 'The review.')
})
