import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate, formatDate, type CivilDate } from '../../platform/dates.ts'
import {
  findIdentifying,
  recognisableKinds,
  type RecognisableKind,
  type KnownToRecord,
  nothingFound,
} from '../index.ts'

const record: KnownToRecord = {
  people: [
    { relation: 'child', given: 'Rowan', family: 'Testfield', others: ['Roo'] },
    { relation: 'sibling', given: 'Grace', family: 'Testfield' },
    { relation: 'sibling', given: 'Will', family: 'Testfield' },
    { relation: 'sibling', given: 'Summer', family: 'Testfield' },
    { relation: 'half-sibling', given: 'Anne-Marie', family: 'O’Dellan' },
    { relation: 'mother', given: 'Chloë', family: 'Garrowby-Finch' },
    { relation: 'maternal grandmother', given: 'José', family: 'Garrowby' },
    { relation: 'stepfather', given: 'Mark', family: 'Underley' },
  ],
  dates: [
    { what: 'birth', on: civilDate('2023-05-03') },
    { what: 'incident', on: civilDate('2025-04-14') },
  ],
  addresses: ['14 Alder Close, Hexmoor'],
  settings: ['Alderwick Primary School', 'Brackwell House'],
  areas: ['North Meadowshire'],
}
const places = { areas: [{ name: 'North Meadowshire', region: 'the north' }, { name: 'Reading' }] }

const check = (...texts: string[]) =>
  findIdentifying(
    texts.map((text, at) => ({ id: `p${at + 1}`, text })),
    record,
    places,
  )

/** Each sentence with what is to be found in it, and nothing else. */
const rules: Partial<Record<RecognisableKind, [text: string, found: string[]][]>> = {
  name: [
    ['Nobody asked Rowan.', ['Rowan']],
    ['It was Rowan’s coat.', ['Rowan']],
    ['Rowan likes jokes.', ['Rowan']],
    ["It was ROWAN'S coat.", ['ROWAN']],
    ['Nobody asked rowan Testfield about it.', ['rowan Testfield']],
    ['The Testfields left. The Testfields’ house stood empty.', ['Testfields', 'Testfields']],
    ['In the notes R.T. is named.', ['R.T.']],
    ['In the notes RT is named, and R. T. too.', ['RT', 'R. T.']],
    ['Nobody asked Rowan\nTestfield.', ['Rowan\nTestfield']],
    ['The Test-\nfield home was cold.', ['Test-\nfield']],
    ['The Test\u00adfield home was cold.', ['Test\u00adfield']],
    ['Mr R. J. Testfield spoke.', ['Mr R. J. Testfield']],
    ['A note for Rowen was lost.', ['Rowen']],
    ['A note for the Tesftields was lost.', ['Tesftields']],
    ['It was Chloe who rang, and Jose\u0301 who answered.', ['Chloe', 'Jose\u0301']],
    ['It was Anne Marie, or AnneMarie, or Anne‑Marie.', ['Anne Marie', 'AnneMarie', 'Anne‑Marie']],
    ['Miss ODellan and Mrs O’Dellan are the same.', ['Miss ODellan', 'Mrs O’Dellan']],
    ['The family calls the child Roo.', ['Roo']],
    ['Grace was there. Grace, aged two, was not.', ['Grace', 'Grace']],
    ['By good grace they came. Grace periods are short.', []],
    ['They saw Will. Will the plan hold? It will.', ['Will']],
    ['Mark each form. They mark them daily. It was Mark.', ['Mark']],
    ['In Summer 2024 we saw Summer; summer is short. Summer term began.', ['Summer']],
    ['Rowan, Mark and Will played.', ['Rowan', 'Mark', 'Will']],
    ['SUMMARY OF CONTACT WITH GRACE', ['GRACE']],
    ['THE PLAN WILL MARK A CHANGE', []],
    ['Dr Pemberley and PC Dunmore came.', ['Dr Pemberley', 'PC Dunmore']],
    ['Her uncle Torvald, and a man known as “Bear”, came.', ['Torvald', 'Bear']],
    ['Mum (Kezia) rang. Father: Corin Brannock.', ['Kezia', 'Corin Brannock']],
    ['The form was signed by Ianthe Wolstan.', ['Ianthe Wolstan']],
    ['The plan was agreed by Children’s Social Care and the Health Visiting Service.', []],
    ['The Child Safeguarding Practice Review Panel wrote to Integrated Care Boards.', []],
  ],
  date: [
    ['He died on 3 May 2024.', ['on 3 May 2024']],
    ['He died on the 3rd of May.', ['on the 3rd of May']],
    ['He died on the third of May.', ['on the third of May']],
    ['Seen 03/05/24, 3.5.2024, 2024-05-03 and 03-05-2024.', ['03/05/24', '3.5.2024', '2024-05-03', '03-05-2024']],
    ['Seen May 3, and again on April 17th, 2024.', ['May 3', 'on April 17th, 2024']],
    ['Seen on Monday 3rd May and Sat 8 Jun.', ['on Monday 3rd May', 'Sat 8 Jun']],
    ['Seen on 3 and 17 June, 8 July and 2/3 August.', ['on 3 and 17 June', '8 July', '2/3 August']],
    ['Seen on 7 June, 28 June and later.', ['on 7 June', '28 June']],
    ['On the 3rd, on the 9th centile, on the 3rd floor.', ['On the 3rd']],
    ['It was on his second birthday.', ['on his second birthday']],
    ['It was the day before Rowan’s first birthday.', ['the day before Rowan’s first birthday']],
    ['It was Christmas Day 2024, then Boxing Day.', ['Christmas Day 2024', 'Boxing Day']],
    ['Last seen on the Tuesday before Christmas.', ['on the Tuesday before Christmas']],
    ['Last seen the following Friday.', ['the following Friday']],
    ['Written in May 2024, in spring, on a Friday, at Christmas, in 2023/24.', []],
    ['See 4.2.10, paragraph 3.5.24, SI 2018/789, 24/7 cover and 1/2 of staff.', []],
    ['The form should be in use by 31 March 2027.', []],
    ['Owner: chief nurse. By: 2026-06-30.', []],
    ['Working Together 2023, published on 15 December 2023.', []],
    ['The guidance was in force on 14 April 2025.', ['on 14 April 2025']],
  ],
  age: [
    ['She was 27 days old.', ['27 days old']],
    ['She is quiet; her brother is 9.', ['her brother is 9']],
    [
      'Her half-brother, 9, and his sisters aged 4 and 6 were there.',
      ['Her half-brother, 9', 'his sisters aged 4 and 6'],
    ],
    ['Her brother is older. His sister was 4th in the queue. Their brother was 20.', []],
    ['An 11-week-old baby, aged seven months now.', ['11-week-old', 'aged seven months']],
    ['He died at the age of 13 weeks and 2 days.', ['at the age of 13 weeks and 2 days']],
    ['He was two years and four months old.', ['two years and four months old']],
    ['Seen aged 7/52, then at 10wk old.', ['aged 7/52', '10wk old']],
    ['Babies under 12 months, and babies aged 0 to 3 months.', []],
    ['A six-month-old plan, reviewed after eight weeks.', []],
  ],
  place: [
    ['Services in Meadowshire and North Meadowshire met.', ['Meadowshire', 'North Meadowshire']],
    ['They lived in Hexmoor.', ['Hexmoor']],
    ['They moved to Stonebeck, near Wexcombe.', ['Stonebeck', 'Wexcombe']],
    ['The Birchfold estate and the village of Nether Corrick.', ['Birchfold estate', 'Nether Corrick']],
    ['He came from Reading. Reading the file took a day, and reading helps.', ['Reading']],
    ['In England, in Year 6, in Section 4, in Part B, near Children’s Services, in May.', []],
  ],
  'school-or-setting': [
    ['At Alderwick Primary School she was well.', ['Alderwick Primary School']],
    ['At St Wilfrid’s school the brother asked for help.', ['St Wilfrid’s school']],
    ['St Wilfrid’s school and Marlcote infant school wrote.', ['St Wilfrid’s school', 'Marlcote infant school']],
    ['Every school wrote. A Catholic school and an NHS hospital did not. Nobody at school asked.', []],
    ['At Alderwick, and at Brackwell, she was well.', ['Alderwick', 'Brackwell']],
    ['She attends Fernhill. He attended Court and A&E.', ['Fernhill']],
    ['The head of St Brannoc’s Primary rang.', ['St Brannoc’s Primary']],
    ['The Queen Adela Hospital and Sunbeams Nursery agreed.', ['Queen Adela Hospital', 'Sunbeams Nursery']],
    ['He was in HMP Cragside, then HMYOI Fellgate.', ['HMP Cragside', 'HMYOI Fellgate']],
    ['It sat at Leafton Crown Court.', ['Leafton Crown Court']],
    ['The Family Court, the Primary School and a Pupil Referral Unit.', []],
    ['The Mother and Baby Unit and the House of Commons.', []],
  ],
  address: [
    ['It was 14 Alder Close, Hexmoor.', ['14 Alder Close, Hexmoor']],
    ['Of 3, The Row, Wexcombe, QX1 4ZZ.', ['3, The Row, Wexcombe, QX1 4ZZ']],
    ['It was alder close.', ['alder close']],
    ['It was 22a Foxglove Avenue.', ['22a Foxglove Avenue']],
    ['In Mason Street, Flat 4, QX1 4ZZ.', ['Mason Street, Flat 4, QX1 4ZZ']],
    ['Close working is needed. Drive and Way are words, and so is Row.', []],
  ],
  number: [
    ['NHS number 943 476 5919.', ['943 476 5919']],
    ['Ring 07700 900123 or +44 1632 960001.', ['07700 900123', '+44 1632 960001']],
    ['The car AB12 CDE was seen.', ['AB12 CDE']],
    ['Case number 3310287; crime reference CR/004512/24.', ['3310287', 'CR/004512/24']],
    ['Our reference is WV-7KM-P2D. Ring 0800 1111 for Childline.', []],
    ['Of 12,059,476 children 62% cost £4,500; section 47, 212 staff.', []],
  ],
  online: [
    ['Mail a.b@mailbox.example or @rowan.t_23.', ['a.b@mailbox.example', '@rowan.t_23']],
    ['See https://fund.example/help and www.page.example/x.', ['https://fund.example/help', 'www.page.example/x']],
    ['On Snapchat he was marky_mf13.', ['marky_mf13']],
    ['See https://www.gov.uk/working-together. Snapchat and TikTok were used.', []],
  ],
  occupation: [
    ['The father worked as a lighthouse keeper.', ['lighthouse keeper']],
    ['The stepfather, a master thatcher, was away.', ['master thatcher']],
    ['The father worked as a delivery driver, the mother as a nurse.', []],
    ['Agencies worked as a team. The mother was a victim of abuse.', []],
  ],
  'rare-combination': [
    ['A seven-year-old girl, who is Roma, deaf and a twin.', ['Roma']],
    ['A boy aged 5, Bangladeshi and autistic.', ['Bangladeshi']],
    ['A girl aged 9 with epilepsy, with brothers who were 4, 6 and 11.', ['brothers who were 4, 6 and 11']],
    ['They were the only Latvian family of the village.', ['the only Latvian family of the village']],
    ['A girl aged 9, Latvian and deaf.', ['deaf']],
    ['The only family member in the room was asked. It was the only child protection plan of the area.', []],
    ['A seven-year-old White British girl.', []],
    ['A boy aged 5 who is Bangladeshi.', []],
    ['Roma children, deaf children and children aged 5 to 7 are helped less.', []],
  ],
}
for (const [kind, cases] of Object.entries(rules)) {
  for (const [text, found] of cases) {
    test(`${kind}: ${JSON.stringify(text)} tells ${found.length === 0 ? 'nothing' : JSON.stringify(found)}`, () => {
      const findings = check(text)
      assert.deepEqual(
        findings.map(finding => `${finding.kind}: ${finding.words}`),
        found.map(words => `${kind}: ${words}`),
      )
    })
  }
}

test('each kind of finding has its table', () => {
  assert.deepEqual(Object.keys(rules).toSorted(), Object.keys(recognisableKinds).toSorted())
})

const offers = [
  { text: 'It was on 14 April 2025.', safer: 'in spring 2025' },
  { text: 'It was on 14 April.', safer: 'in spring 2025' },
  { text: 'It was 06/01/25.', safer: 'early 2025' },
  { text: 'It was on Christmas Eve 2024.', safer: 'in winter 2024' },
  { text: 'An 11-week-old baby.', safer: 'a child under one' },
  { text: 'At Alderwick Primary School.', safer: 'a primary school' },
  { text: 'At St Wilfrid’s school.', safer: 'a school' },
  { text: 'Then José rang.', safer: 'the maternal grandmother' },
  { text: 'Then Mr Testfield rang.', safer: 'the family' },
  { text: 'Services in North Meadowshire.', safer: 'an area in the north' },
]
for (const { text, safer } of offers) {
  test(`instead of what is in ${JSON.stringify(text)}, ${JSON.stringify(safer)} is offered`, () => {
    assert.equal(check(text)[0]?.safer, safer)
  })
}

test('a finding stands where its words stand in the stored text, whatever letters come before', () => {
  const text = 'ﬁrst 😀 Œuvre — “naïve”\t\n  Jose\u0301 and Zoe\u0308, straße: Rowan\u00a0 Testfield’s'
  const findings = check(text)
  assert.deepEqual(
    findings.map(({ from, to }) => text.slice(from, to)),
    ['Jose\u0301', 'Rowan\u00a0 Testfield'],
  )
  assert.ok(findings.every(({ from, to, words }) => text.slice(from, to) === words))
})

test('a decision survives an edit elsewhere and other spaces, and not other words beside', () => {
  const keyIn = (text: string) => check(text).find(({ words }) => /Stonebeck/.test(words))?.key
  const key = keyIn('They had moved to Stonebeck in a hurry. Nobody asked why.')
  assert.ok(key)
  assert.equal(keyIn('This was new. They had moved to Stonebeck in a hurry. Several people asked why.'), key)
  assert.equal(keyIn('They had moved to\nStonebeck  in a hurry.'), key)
  assert.notEqual(keyIn('They had not moved to Stonebeck after all.'), key)
})

test('whom a text names once it names everywhere', () => {
  const findings = check(
    'Her brother Corin was out.',
    'Nobody rang Corin in Stonebeck.',
    'Corin’s phone was off. Stonebeck is large.',
  )
  assert.deepEqual(
    findings.map(({ words }) => words),
    ['Corin', 'Corin', 'Stonebeck', 'Corin', 'Stonebeck'],
  )
})

test('the same words twice between the same words are two findings, each with its key', () => {
  const keys = check('Nobody asked Rowan.', 'Nobody asked Rowan.').map(({ key }) => key)
  assert.equal(new Set(keys).size, 2)
})

test('what is told in pieces across a report is put together', () => {
  const pieces = ['He was a ten-year-old boy.', 'His family is Roma.', 'Staff were kind.', 'He is registered blind.']
  const findings = check(...pieces)
  assert.deepEqual(
    findings.map(({ kind, paragraphId, words }) => ({ kind, paragraphId, words })),
    [{ kind: 'rare-combination', paragraphId: 'p4', words: 'registered blind' }],
  )
  assert.match(findings[0]!.why, /‘ten-year-old’.*‘Roma’/)
  assert.deepEqual(check(...pieces.slice(0, 3)), [])
})

test('in a larger area the same traits are no rare combination, and the threshold can be set', () => {
  const paragraphs = [{ id: 'p1', text: 'A boy aged 5, Bangladeshi and autistic.' }]
  const children = (childrenInArea: number) => ({ ...record, childrenInArea })
  assert.equal(findIdentifying(paragraphs, children(10_000), places).length, 1)
  assert.equal(findIdentifying(paragraphs, children(12_000_000), places).length, 0)
  const settings = { fewestChildren: 500, usualChildrenInArea: 50_000, fewestTraits: 3 }
  assert.equal(findIdentifying(paragraphs, children(12_000_000), places, settings).length, 1)
})

test('traits in the record’s own words count as rare', () => {
  const text = 'A girl aged 5 with epilepsy, of Chuvash heritage.'
  const known = { ...record, traits: ['Chuvash'] }
  assert.deepEqual(
    findIdentifying([{ id: 'p1', text }], known, places).map(({ kind }) => kind),
    ['rare-combination'],
  )
  assert.deepEqual(check(text), [])
})

test('days of the process are no days of the child’s life, unless they are both', () => {
  const letter = 'We write about the review, which the Panel considered on 19 November 2026. It came on 2 October 2026.'
  const days = (process: CivilDate[], text = letter) =>
    findIdentifying([{ id: 'p1', text }], { ...record, process }, places).map(({ words }) => words)
  assert.deepEqual(days([]), ['on 2 October 2026'])
  assert.deepEqual(days([civilDate('2026-10-02')]), [])
  assert.deepEqual(days([civilDate('2026-10-02')], 'He fell on 2 October 2026, and on 2 October.'), ['on 2 October'])
  const birth = record.dates.find(({ what }) => what === 'birth')!.on
  assert.equal(days([birth], `It came on ${formatDate(birth)}. The Panel met on ${formatDate(birth)}.`).length, 2)
})

test('a record that knows nothing, and a text that says nothing, find nothing', () => {
  const nothing = { people: [], dates: [], addresses: [], settings: [], areas: [] }
  assert.deepEqual(findIdentifying([{ id: 'p1', text: 'Rowan was seen.' }], nothing, { areas: [] }), [])
  assert.deepEqual(check('', '  ', 'The plan was good.'), [])
  assert.doesNotMatch(nothingFound, /\bsafe\b/i)
})

test('findings overlap only where a rare combination lies on another', () => {
  const findings = check(
    'On 3 May 2024 Rowan Testfield, aged 11 weeks, left 14 Alder Close, Hexmoor, for Stonebeck Hospital.',
  )
  for (const [at, one] of findings.entries()) {
    const next = findings[at + 1]
    if (next) assert.ok(one.to <= next.from, `${one.words} / ${next.words}`)
  }
  assert.equal(findings.length, 5)
})
