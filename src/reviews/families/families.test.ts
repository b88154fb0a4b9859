import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import type { Acting } from '../../platform/acting.ts'
import { civilDate } from '../../platform/dates.ts'
import type { Posted } from '../../platform/web/index.ts'
import type { ServiceError } from '../../platform/errors.ts'
import { anArea, aPerson, testClock, testDatabase, type TestArea } from '../../platform/testing/test-database.ts'
import { aNotifiedIncident } from '../builders.ts'
import { insertReview, type ReviewPlace } from '../review.ts'
import { addEntry, addQuote, changeLead, noteCopy, noteMessage, noteUse, savePerson } from './change-family.ts'
import { enterHold, eraseSealedWords, heldReviews, liftHold } from './legal-hold.ts'
import { familiesNeeding } from './needing.ts'
import { closeDraftsOnline, openDraftOnline } from './online-draft.ts'
import { readFamily, type FamilyRecord } from './store.ts'
import { noteQuotesSent } from './note-quotes-sent.ts'
import { insertReport } from '../drafting/builders.ts'
import { filesWith, findQuote, holdsWords, withdrawWords, type FindPublishedFiles } from './withdraw-words.ts'

afterEach(() => testClock.set('2026-03-02T10:00:00Z'))

const words = 'Nobody rang me when she was ill, "not once" in a year'

interface TestFamily {
  area: TestArea
  place: ReviewPlace
  manager: Acting
  reviewer: Acting
  record(acting?: Acting): Promise<FamilyRecord>
  memberId: string
  officer: Acting
  partner: Acting
  author: Acting
}

const grandmother = {
  name: 'Test Grandmother',
  relation: 'grandparent',
  mayContact: 'yes',
  involvement: 'involved',
  neverBy: 'the police officer in the case',
}

const noFiles = async () => []

async function aFamily(): Promise<TestFamily> {
  const [database, area] = [await testDatabase(), await anArea()]
  const manager = await aPerson('business-manager', area.partnership)
  const reviewer = await aPerson('reviewer', area.partnership)
  const author = await aPerson('agency-author', area.partnership)
  const incident = await aNotifiedIncident(area)
  const place = (await manager.transaction(tx => insertReview(tx, 'local', incident)))!
  await database.asOwner(async client => {
    await client.query(
      `insert into local_review (review_id, incident_id, authority_code, partnership_code, decided_on, decided_from, reasons,
         criteria, due_on, due_rule, recorded_at)
       values ($1, $2, $3, $4, '2026-03-01', 'partners', 'Learning', '{}', '2026-09-01', 'a rule', now())`,
      [place.reviewId, place.incidentId, place.authorityCode, place.partnershipCode],
    )
    for (const person of [reviewer, author])
      await client.query(
        `insert into review_member (review_id, kind, incident_id, authority_code, partnership_code, person_id, added_at)
         values ($1, 'local', $2, $3, $4, $5, now())`,
        [place.reviewId, place.incidentId, place.authorityCode, place.partnershipCode, person.personId],
      )
  })
  const record = (acting = manager) => acting.transaction(tx => readFamily(tx, acting, place.incidentId))
  await savePerson(manager, place.incidentId, { memberId: undefined, seenRevision: 0, posted: grandmother })
  return {
    area,
    place,
    manager,
    reviewer,
    author,
    record,
    memberId: (await record()).members[0]!.id,
    officer: await aPerson('data-officer', area.partnership),
    partner: await aPerson('safeguarding-partner', area.police),
  }
}

const day = (name: string, [year, month, date]: readonly [string, string, string]) => ({
  [`${name}-year`]: year,
  [`${name}-month`]: month,
  [`${name}-day`]: date,
})
const march = ['2026', '3', '1'] as const
const aQuote = {
  words,
  inContact: 'At home, 1 March',
  uses: ['report', 'training'],
  askedBy: 'Test Lead',
  language: 'English',
  ...day('askedOn', march),
}

const invalid = (text: RegExp) => (error: ServiceError) =>
  error.kind === 'invalid' && text.test([error.message, ...error.fields.map(field => field.text)].join(' '))

test('one person leads contact; the record opens to them while they do, and a change is dated', async () => {
  const { place, manager, author, partner, record } = await aFamily()
  await assert.rejects(record(author), /not yours to see/)
  await changeLead(manager, place.incidentId, { accountId: author.personId, name: '' })
  assert.equal((await record(author)).members.length, 1)
  testClock.set('2026-03-05T10:00:00Z')
  await changeLead(manager, place.incidentId, { accountId: '', name: 'Test Family Worker' })
  await assert.rejects(record(author), /not yours to see/)
  assert.deepEqual((await record()).leads, [
    { name: author.name, accountId: author.personId, fromOn: '2026-03-02', untilOn: '2026-03-05' },
    { name: 'Test Family Worker', accountId: undefined, fromOn: '2026-03-05', untilOn: undefined },
  ])
  await assert.rejects(record(partner), /not yours to see/)
  await assert.rejects(changeLead(manager, place.incidentId, { accountId: '', name: '' }), invalid(/Choose who leads/))
})

test('the reviewer of the group writes the record; somebody of another partnership sees nothing of it', async () => {
  const { place, reviewer, memberId, record } = await aFamily()
  await addEntry(reviewer, place.incidentId, {
    kind: 'reading',
    memberId,
    posted: { way: 'together-on-paper', withWhom: 'Test Advocate', said: 'It is fair.', ...day('happenedOn', march) },
  })
  assert.equal((await record(reviewer)).entries[0]?.answers['withWhom'], 'Test Advocate')
  const elsewhere = await aPerson('business-manager', (await anArea()).partnership)
  await assert.rejects(record(elsewhere), /not yours to see/)
  const rows = await elsewhere.transaction(tx => tx.selectFrom('family_entry').select('id').execute())
  assert.deepEqual(rows, [])
})

test('who is left out is left out with a reason', async () => {
  const { place, manager } = await aFamily()
  const posted = { ...grandmother, name: 'Test Father', relation: 'parent', involvement: 'excluded' }
  const save = (more: object) =>
    savePerson(manager, place.incidentId, { memberId: undefined, seenRevision: 0, posted: { ...posted, ...more } })
  await assert.rejects(save({}), invalid(/why they were left out/i))
  await save({ excludedBecause: 'A witness; the police asked us to wait.' })
})

test('no message goes to whoever is not to be contacted, or on a day that hurts', async () => {
  const { place, manager, memberId, record } = await aFamily()
  const send = () => noteMessage(manager, place.incidentId, { memberId, message: 'please-call' })
  await addEntry(manager, place.incidentId, {
    kind: 'sensitive-date',
    memberId: undefined,
    posted: { what: 'the funeral', ...day('happenedOn', ['2025', '3', '2']) },
  })
  await assert.rejects(send(), invalid(/Today is the funeral. The next possible day is 3 March 2026/))
  testClock.set('2026-03-03T10:00:00Z')
  await send()
  assert.equal((await record()).entries.filter(({ kind }) => kind === 'message').length, 1)
  const { revision } = (await record()).members[0]!
  const posted = { ...grandmother, mayContact: 'no', whyNot: 'She asked us to stop.' }
  await savePerson(manager, place.incidentId, { memberId, seenRevision: revision, posted })
  await assert.rejects(send(), invalid(/not to be contacted. She asked us to stop/))
  await assert.rejects(
    savePerson(manager, place.incidentId, { memberId, seenRevision: revision, posted }),
    /Somebody else saved/,
  )
})

test('the day of the incident and the birthdays of the children are held back without anybody entering them', async () => {
  const { place, reviewer, record } = await aFamily()
  const database = await testDatabase()
  await database.asOwner(async client => {
    await client.query(`update incident set incident_on = '2026-02-20' where incident_id = $1`, [place.incidentId])
    await client.query(
      `insert into child (incident_id, authority_code, partnership_code, position, is_primary, given_name, born_on)
       values ($1, $2, $3, 1, true, 'Mia', '2024-02-29'), ($1, $2, $3, 2, false, null, '2020-06-17')`,
      [place.incidentId, place.authorityCode, place.partnershipCode],
    )
  })
  assert.deepEqual((await record(reviewer)).sensitiveDates, [
    { what: 'the birthday of child 1 (M.)', on: civilDate('2024-02-29') },
    { what: 'the birthday of child 2', on: civilDate('2020-06-17') },
    { what: 'the day of the incident', on: civilDate('2026-02-20') },
  ])
})

test('words are used only as their speaker agreed, and a quote has three words at least', async () => {
  const { place, manager, memberId } = await aFamily()
  await assert.rejects(
    addQuote(manager, place.incidentId, { memberId, posted: { ...aQuote, words: 'Not once' } }),
    invalid(/at least three words/),
  )
  const quoteId = await addQuote(manager, place.incidentId, { memberId, posted: aQuote })
  const use = (name: string) =>
    noteUse(manager, place.incidentId, {
      quoteId,
      posted: { use: name, document: 'One', holder: 'A newspaper', ...day('happenedOn', march) },
    })
  await assert.rejects(use('press'), invalid(/did not agree to this use/))
  await use('report')
  // A copy that went out is known of whatever was agreed.
  await use('advance-copy')
})

test('a use that was not agreed is written down as a mistake, asked back, and waits on the home pages until it is answered', async () => {
  const { place, manager, reviewer, author, partner, memberId, record } = await aFamily()
  await changeLead(manager, place.incidentId, { accountId: author.personId, name: '' })
  const quoteId = await addQuote(manager, place.incidentId, { memberId, posted: aQuote })
  const note = (posted: Posted) =>
    noteUse(manager, place.incidentId, {
      quoteId,
      posted: { document: 'Page 4', holder: 'The Test Post', ...day('happenedOn', march), ...posted },
    })
  await note({ use: 'report', holder: 'The council' })
  const waiting = (acting: Acting) =>
    acting.transaction(async tx => (await familiesNeeding(tx, acting)).map(({ what }) => what).toSorted())
  assert.deepEqual(await waiting(manager), [])

  await note({ use: 'press', mistake: 'yes' })

  const [toAsk, toHear] = [
    'Ask The Test Post to destroy a copy with words of the family',
    'Write down what The Test Post answered about the copy with words of the family',
  ]
  assert.deepEqual([await waiting(manager), await waiting(author)], [[toAsk], [toAsk]])
  assert.deepEqual([await waiting(reviewer), await waiting(partner)], [[], []])
  await withdrawWords(manager, place.incidentId, { quoteId, decided: {} }, noFiles)
  assert.deepEqual(await waiting(manager), [toAsk, 'Ask The council to destroy a copy with words of the family'])
  const copyOf = async (holder: string) =>
    (await record()).quotes[0]!.uses.find(({ answers }) => answers['holder'] === holder)!.id
  const answer = async (holder: string, step: string) =>
    noteCopy(author, place.incidentId, {
      useId: await copyOf(holder),
      posted: { step, said: 'By letter', ...day('happenedOn', march) },
    })
  await answer('The Test Post', 'asked')
  await answer('The council', 'destroyed')
  assert.deepEqual(await waiting(author), [toHear])
  await answer('The Test Post', 'refused')
  assert.deepEqual([await waiting(author), await waiting(manager)], [[], []])
  const elsewhere = await aFamily()
  const useId = await copyOf('The council')
  await assert.rejects(
    noteCopy(elsewhere.manager, elsewhere.place.incidentId, {
      useId,
      posted: { step: 'asked', ...day('happenedOn', march) },
    }),
    { kind: 'not-found' },
  )
  // A copy that somebody hears of later is written down too.
  await note({ use: 'press', holder: 'A radio', mistake: 'yes' })
  assert.deepEqual(await waiting(manager), ['Ask A radio to destroy a copy with words of the family'])
})

/** Every text of the database that holds words, as its owner finds it. */
async function foundIn(text: string): Promise<string[]> {
  const database = await testDatabase()
  return database.asOwner(async client => {
    const { rows: columns } = await client.query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns
       where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY')`,
    )
    const found: string[] = []
    for (const { table, column } of columns) {
      const { rows } = await client.query<{ count: string }>(
        `select count(*) from ${table} where ${column}::text ilike '%' || $1 || '%'`,
        [text],
      )
      if (rows[0]!.count !== '0') found.push(`${table}.${column}`)
    }
    return found
  })
}

/** The words in a record, a file, a letter's point and a draft; copied with other spaces and quotation marks. */
async function spread({ place, manager, memberId }: TestFamily, said: string): Promise<string> {
  const quoteId = await addQuote(manager, place.incidentId, { memberId, posted: { ...aQuote, words: said } })
  await addEntry(manager, place.incidentId, {
    kind: 'reading',
    memberId,
    posted: { way: 'paper', said: `She said: ${said}. And left.`, ...day('happenedOn', march) },
  })
  const database = await testDatabase()
  await database.asOwner(async client => {
    const { rows } = await client.query<{ id: string }>(
      `insert into document (incident_id, authority_code, partnership_code, subject, name, kind, hash, size_bytes, added_at)
       values ($1, $2, $3, 'local-review', 'Notes of a visit', 'txt', 'a hash', 1, now()) returning id`,
      [place.incidentId, place.authorityCode, place.partnershipCode],
    )
    await client.query(`insert into paragraph (document_id, number, role, text) values ($1, 1, 'body', $2)`, [
      rows[0]!.id,
      `The grandmother: ${said.replace(' ', '\n  ').replaceAll('"', '”').toUpperCase()}`,
    ])
    await client.query(
      `insert into family_draft (review_id, incident_id, authority_code, partnership_code, member_id, reader, verified_how,
         verified_by, version, text, opened_at) values ($1, $2, $3, $4, $5, 'R', 'h', 'v', 1, $6, now())`,
      [
        place.reviewId,
        place.incidentId,
        place.authorityCode,
        place.partnershipCode,
        memberId,
        `Before. ${said} After.`,
      ],
    )
  })
  return quoteId
}

test('words that are withdrawn are found nowhere in the database, and the copies that are out are listed', async () => {
  const family = await aFamily()
  const { place, manager, record } = family
  const said = `Nobody rang me on the ${place.reviewId.slice(0, 8)} bus, "not once" in a year`
  const quoteId = await spread(family, said)
  await noteUse(manager, place.incidentId, {
    quoteId,
    posted: { use: 'advance-copy', document: 'Draft 2', holder: 'Test Trust', ...day('happenedOn', march) },
  })
  assert.ok((await foundIn(place.reviewId.slice(0, 8) + ' bus')).length > 0)

  const published: FindPublishedFiles = async (_tx, _reviewId, holds) => {
    assert.equal(await holds('Other words'), false)
    return (await holds(`He said: ${said.replaceAll('"', '”')}`)) ? [{ name: 'Report 1', hash: 'a hash' }] : []
  }
  const before = await manager.transaction(tx => filesWith(tx, { ...place, words: said }, published))
  assert.deepEqual(before, ['Notes of a visit', 'Report 1'])
  await withdrawWords(manager, place.incidentId, { quoteId }, published)

  assert.deepEqual(await foundIn(`${place.reviewId.slice(0, 8)} bus`), [])
  const { quotes, entries } = await record()
  assert.equal(quotes[0]?.words, undefined)
  assert.equal(entries[0]?.answers['said'], 'She said: [words withdrawn]. And left.')
  assert.deepEqual(quotes[0]?.cleared, {
    rows: { family_entry: 1, family_draft: 1, paragraph: 1 },
    files: ['Notes of a visit', 'Report 1'],
    kept: {},
  })
  assert.equal(quotes[0]?.uses[0]?.answers['holder'], 'Test Trust')
  await assert.rejects(withdrawWords(manager, place.incidentId, { quoteId }, noFiles), /withdrawn already/)
})

test('a copy that goes ahead is written down at each quote that stands in it', async () => {
  const { place, manager, memberId, record } = await aFamily()
  await (await testDatabase()).asOwner(client => insertReport(client, place, 'twice'))
  for (const words of ['passed the  Call on', 'He never passed it']) {
    await addQuote(manager, place.incidentId, { memberId, posted: { ...aQuote, words } })
  }
  const sent = { version: 1, sentTo: ['panel', 'dfe'], sentOn: civilDate('2026-03-02') } as const
  await manager.transaction(tx => noteQuotesSent(tx, place, sent))
  const { quotes } = await record()
  const usesOf = (words: string) => quotes.find(quote => quote.words === words)?.uses.map(({ answers }) => answers)
  assert.deepEqual(usesOf('passed the  Call on'), [
    {
      use: 'advance-copy',
      document: 'Version 1 of the report',
      holder: 'The Panel, The Secretary of State (Department for Education)',
      happenedOn: '2026-03-02',
    },
  ])
  assert.deepEqual(usesOf('He never passed it'), [])
})

test('words leave what is public already, in the same moment', async () => {
  const { place, manager, memberId } = await aFamily()
  const said = `He laughed at the ${place.reviewId.slice(0, 8)} ducks and ran back to us`
  const quoteId = await addQuote(manager, place.incidentId, { memberId, posted: { ...aQuote, words: said } })
  const database = await testDatabase()
  const number = `LR-${place.reviewId}`
  await database.asOwner(async client => {
    await client.query(
      `insert into publication (review_id, incident_id, authority_code, partnership_code, number, text, saved_at)
       values ($1, $2, $3, $4, $5, $6, now())`,
      [place.reviewId, place.incidentId, place.authorityCode, place.partnershipCode, number, { account: said }],
    )
    await client.query(
      `insert into published_review (number, partnership_code, partnership_name, title, account, learning, recommendations,
         themes, may_be_indexed, in_feed, published_on, as_at)
       values ($1, $2, 'Test partnership', 'A review', $3, 'Learning', '{}', '{}', true, true, '2026-03-01', '2026-03-01')`,
      [number, place.partnershipCode, `Her words: ${said}.`],
    )
    await client.query(
      `insert into publication_file (review_id, incident_id, authority_code, partnership_code, title, hash, type, extension,
         size_bytes, cleared_at)
       select $1, $2, $3, $4, hash, hash, 'application/pdf', 'pdf', 1, now() from unnest(array['with', 'without']) hash`,
      [place.reviewId, place.incidentId, place.authorityCode, place.partnershipCode],
    )
    await client.query(
      `update published_review set documents = '[{"hash": "with"}, {"hash": "without"}]' where number = $1`,
      [number],
    )
  })
  await withdrawWords(manager, place.incidentId, { quoteId }, async () => [{ name: 'The report', hash: 'with' }])
  assert.deepEqual(await foundIn(`${place.reviewId.slice(0, 8)} ducks`), [])
  const published = await database.asOwner(client =>
    client.query(
      `select account, documents, (select array_agg(hash) from publication_file where review_id = $2) as files
       from published_review where number = $1`,
      [number, place.reviewId],
    ),
  )
  assert.deepEqual(published.rows, [{ account: '', documents: [{ hash: 'without' }], files: ['without'] }])
  // Whoever writes the mark there later writes none.
  const later = await database.asOwner(client =>
    client.query(
      `update published_review set learning = 'We learnt. She said: [words withdrawn]. We act.' where number = $1
       returning learning`,
      [number],
    ),
  )
  assert.deepEqual(later.rows, [{ learning: 'We learnt. We act.' }])
  const { rows } = await database.asOwner(client =>
    client.query('select revision from publication where number = $1', [number]),
  )
  assert.deepEqual(rows, [{ revision: 2 }], 'a form that was open then could bring the words back')
})

test('short words are taken out where they were used, and elsewhere where a person says that they are theirs', async () => {
  const { place, manager, memberId, record } = await aFamily()
  const database = await testDatabase()
  const columns = [place.reviewId, place.incidentId, place.authorityCode, place.partnershipCode]
  const number = `LR-${place.reviewId}`
  const seen = 'The teacher wrote that he was happy at school.'
  const texts = await database.asOwner(async client => {
    await client.query(
      `insert into publication (review_id, incident_id, authority_code, partnership_code, number, text, saved_at)
       values ($1, $2, $3, $4, $5, '{}', now())`,
      [...columns, number],
    )
    await client.query(
      `insert into published_review (number, partnership_code, partnership_name, title, account, learning, recommendations,
         themes, may_be_indexed, in_feed, published_on, as_at)
       values ($1, $2, 'Test partnership', 'A review', 'Her son: “He was happy”. She was happy.', 'Learning', '{}', '{}', true, true,
         '2026-03-01', '2026-03-01')`,
      [number, place.partnershipCode],
    )
    const { rows } = await client.query<{ id: string }>(
      `insert into document (incident_id, authority_code, partnership_code, subject, name, kind, hash, size_bytes, added_at)
       values ($1, $2, $3, 'rapid-review', 'Notes', 'txt', 'a hash', 1, now()) returning id`,
      columns.slice(1),
    )
    for (const [at, text] of [seen, 'She said again: he was happy.'].entries()) {
      await client.query(`insert into paragraph (document_id, number, role, text) values ($1, $2, 'body', $3)`, [
        rows[0]!.id,
        at + 1,
        text,
      ])
    }
    return rows[0]!.id
  })
  await addEntry(manager, place.incidentId, {
    kind: 'reading',
    memberId,
    posted: { way: 'paper', said: 'On page two:\nHe was happy', ...day('happenedOn', march) },
  })
  const quoteId = await addQuote(manager, place.incidentId, { memberId, posted: { ...aQuote, words: 'he was happy' } })
  await database.asOwner(client =>
    client.query(
      `insert into family_quote_use (quote_id, review_id, incident_id, authority_code, partnership_code, answers, form_version, entered_at)
       values ($1, $2, $3, $4, $5, '{"use": "report"}', 1, now())`,
      [quoteId, ...columns],
    ),
  )
  const found = await manager.transaction(tx => findQuote(tx, quoteId))
  const keyOf = (part: string) => found.toDecide.find(({ sentence }) => sentence.includes(part))!.key
  assert.deepEqual([found.toDecide.length, found.unread], [3, 0], JSON.stringify(found))
  assert.deepEqual(
    found.atOnce.map(({ sentence, tables }) => [sentence, ...tables]),
    [['Her son: “He was happy”.', 'published_review']],
  )
  await assert.rejects(
    withdrawWords(manager, place.incidentId, { quoteId }, noFiles),
    (error: ServiceError) => error.kind === 'invalid' && error.fields.length === 3,
  )
  const decided = {
    [keyOf('teacher')]: 'others',
    [keyOf('again')]: 'theirs',
    [keyOf('He was happy')]: 'theirs',
  } as const
  await withdrawWords(manager, place.incidentId, { quoteId, decided }, noFiles)
  const { rows } = await database.asOwner(client =>
    client.query<{ text: string }>(
      `select text from (select number, text from paragraph where document_id = $1
         union all select 0, account from published_review where published_review.number = $2) all_texts order by number`,
      [texts, number],
    ),
  )
  assert.deepEqual(
    rows.map(({ text }) => text),
    ['She was happy.', seen, 'She said again: [words withdrawn].'],
  )
  const { entries, quotes } = await record()
  assert.equal(entries[0]?.answers['said'], 'On page two:\n[words withdrawn]')
  assert.deepEqual([quotes[0]?.words, quotes[0]?.cleared?.kept], [undefined, { paragraph: 1 }])
})

test('of short words in texts that whoever withdraws may not read no more is told than how many there are', async () => {
  const { place, manager, reviewer, memberId } = await aFamily()
  const quoteId = await addQuote(manager, place.incidentId, { memberId, posted: { ...aQuote, words: 'it was us' } })
  const database = await testDatabase()
  const read = () =>
    database.asOwner(async client => {
      const { rows } = await client.query<{ reason: string }>(
        `select reason from legal_hold where review_id = $1 union all select notes from related_process where review_id = $1`,
        [place.reviewId],
      )
      return rows.map(({ reason }) => reason)
    })
  const columns = [place.reviewId, place.incidentId, place.authorityCode, place.partnershipCode]
  await database.asOwner(client =>
    client.query(
      `insert into legal_hold (review_id, incident_id, authority_code, partnership_code, reason, from_on, ends_on, entered_at)
       values ($1, $2, $3, $4, 'They claim that it was us.', '2026-01-01', '2026-02-01', now())`,
      columns,
    ),
  )
  const found = await reviewer.transaction(tx => findQuote(tx, quoteId))
  assert.deepEqual([found.toDecide, found.unread], [[], 1])
  await assert.rejects(withdrawWords(reviewer, place.incidentId, { quoteId }, noFiles), { kind: 'invalid' })
  await withdrawWords(reviewer, place.incidentId, { quoteId, decided: { unread: 'others' } }, noFiles)
  assert.deepEqual(await read(), ['They claim that it was us.'])
})

const sunbeam = 'He was our little sunbeam and nobody ever asked me what I saw.'
for (const { text, said = sunbeam, kind } of [
  { text: 'He said: “He was\nhappy”.', said: 'he was happy', kind: 'exact' },
  { text: 'He was, happy: so they said.', said: 'he was happy', kind: 'exact' },
  { text: 'She was happy.', said: 'he was happy', kind: undefined },
  { text: 'It was because he was happyish.', said: 'he was happy', kind: undefined },
  { text: 'The he was happy’s place.', said: 'he was happy', kind: 'near' },
  { text: '‘he was happy’ he said', said: 'he was happy', kind: 'exact' },
  { text: 'He was so happy there.', said: 'he was happy', kind: 'near' },
  { text: 'They didnt ring us, not once', said: 'They didn’t ring us - “not once”!', kind: 'exact' },
  {
    text: 'As his nan put it, he was our little sunbeam, and nobody ever asked me what I saw.',
    kind: 'exact',
  },
  { text: 'He was our own little sunbeam. Nobody ever asked what I saw.', kind: 'near' },
  { text: 'Nobody asked what she saw, says his nan, and he was our sunbeam.', kind: 'near' },
  { text: 'Nobody ever asked me what I had noticed.', kind: 'near' },
  { text: 'To his nan he was a “little sunbeam”.', kind: 'near' },
  { text: 'The social worker asked what the school saw. He was seen by nobody.', kind: undefined },
  { text: 'He was our pupil and nobody at the school was worried.', kind: undefined },
] as const) {
  test(`words are found ${kind ?? 'not'}: ${JSON.stringify(text)}`, async () => {
    const database = await testDatabase()
    const { rows } = await database.asOwner(client =>
      client.query<{ kind: string }>(
        'select min(kind) as kind from passages_of_words($1, $2) where kind is not null having count(*) > 0',
        [text, said],
      ),
    )
    assert.equal(rows[0]?.kind, kind)
    const { manager } = await aFamily()
    const holds = await manager.transaction(tx => holdsWords(tx, said)(text))
    assert.equal(holds, kind !== undefined)
  })
}

for (const { name, text, left } of [
  {
    name: 'with who says it',
    text: `He is six. Her granny says: “${sunbeam}” He lives.`,
    left: 'He is six. He lives.',
  },
  {
    name: 'with the sentence that leads to a quotation',
    text: `He is six. This is what her granny told us.\n\n“${sunbeam}”\n\nWe thank her.`,
    left: 'He is six.\n\nWe thank her.',
  },
  { name: 'with its colon', text: `He is six.\n\nThe granny of the child:\n${sunbeam}\n`, left: 'He is six.' },
  { name: 'to the last of them', text: `“${sunbeam}”`, left: '' },
]) {
  test(`what is public loses the sentence around the words, ${name}`, async () => {
    const database = await testDatabase()
    const { rows } = await database.asOwner(client =>
      client.query(
        `select without_words($1, $2, true, '{}', '{}', false, true) as text,
           json_without_words(jsonb_build_object('a "b', $1::text), $2, true, '{}', '{}', false, true) ->> 'a "b' as json`,
        [text, sunbeam],
      ),
    )
    assert.deepEqual(rows, [{ text: left, json: left }])
  })
}

test('of a sentence that has nearly the words a person says whether they are theirs, once for all texts that hold it', async () => {
  const { place, manager, memberId, record } = await aFamily()
  const database = await testDatabase()
  const columns = [place.reviewId, place.incidentId, place.authorityCode, place.partnershipCode]
  const near = 'To his nan he was a “little sunbeam”.'
  const other = 'A carer was not asked, and nobody ever asked me what I thought.'
  for (const [at, text] of [near, near, other].entries()) {
    await database.asOwner(client =>
      client.query(
        `insert into family_draft (review_id, incident_id, authority_code, partnership_code, member_id, reader, verified_how,
           verified_by, version, text, opened_at) values ($1, $2, $3, $4, $5, 'R', 'h', 'v', $6, $7, now())`,
        [...columns, memberId, at + 1, `A child. ${text} The end.`],
      ),
    )
  }
  const quoteId = await addQuote(manager, place.incidentId, { memberId, posted: { ...aQuote, words: sunbeam } })
  const { toDecide } = await manager.transaction(tx => findQuote(tx, quoteId))
  assert.deepEqual(
    toDecide.map(({ sentence, kind, tables }) => [sentence, kind, ...tables]),
    [
      [other, 'near', 'family_draft'],
      [near, 'near', 'family_draft'],
    ],
  )
  await assert.rejects(withdrawWords(manager, place.incidentId, { quoteId }, noFiles), { kind: 'invalid' })
  const decided = { [toDecide[0]!.key]: 'others', [toDecide[1]!.key]: 'theirs' } as const
  await withdrawWords(manager, place.incidentId, { quoteId, decided }, noFiles)
  const { rows } = await database.asOwner(client =>
    client.query<{ text: string }>('select text from family_draft where review_id = $1 order by version', [
      place.reviewId,
    ]),
  )
  assert.deepEqual(
    rows.map(({ text }) => text),
    ['A child. [words withdrawn] The end.', 'A child. [words withdrawn] The end.', `A child. ${other} The end.`],
  )
  assert.deepEqual((await record()).quotes[0]?.cleared, {
    rows: { family_draft: 2 },
    files: [],
    kept: { family_draft: 1 },
  })
})

test('the same words in the record of another family stay', async () => {
  const [one, other] = [await aFamily(), await aFamily()]
  const quoteId = await spread(one, 'We were never told anything by anybody at all')
  await spread(other, 'We were never told anything by anybody at all')
  await withdrawWords(one.manager, one.place.incidentId, { quoteId }, noFiles)
  assert.equal((await other.record()).quotes[0]?.words, 'We were never told anything by anybody at all')
})

test('if a published file cannot be read, nothing is withdrawn', async () => {
  const family = await aFamily()
  const quoteId = await spread(family, words)
  const failing = async () => {
    throw new Error('The file could not be read.')
  }
  await assert.rejects(
    withdrawWords(family.manager, family.place.incidentId, { quoteId }, failing),
    /could not be read/,
  )
  assert.equal((await family.record()).quotes[0]?.words, words)
})

test('under a legal hold the data officer alone reads the words, in SQL too, until the hold has ended', async () => {
  const family = await aFamily()
  const { place, manager, officer, reviewer, partner, record } = family
  const said = `I asked for help ${place.reviewId.slice(0, 8)} times and nobody came back`
  const quoteId = await spread(family, said)
  await assert.rejects(
    enterHold(manager, { reviewId: place.reviewId, reason: 'A claim', endsOn: civilDate('2026-06-01') }),
    /role does not allow/,
  )
  await enterHold(officer, { reviewId: place.reviewId, reason: 'A claim', endsOn: civilDate('2026-06-01') })
  assert.equal((await record()).holdUntil, '2026-06-01')
  await withdrawWords(manager, place.incidentId, { quoteId }, noFiles)

  assert.deepEqual(await foundIn(`${place.reviewId.slice(0, 8)} times`), ['sealed_words.words'])
  const sealedTo = (acting: Acting) => acting.transaction(tx => tx.selectFrom('sealed_words').select('words').execute())
  assert.deepEqual(await sealedTo(officer), [{ words: said }])
  const secretariat = await aPerson('secretariat', 'TN')
  for (const acting of [manager, reviewer, partner, secretariat]) assert.deepEqual(await sealedTo(acting), [])
  const held = await officer.transaction(tx => heldReviews(tx, officer))
  assert.deepEqual(
    held[0]?.sealed.map(one => one.words),
    [said],
  )

  const database = await testDatabase()
  const erase = () => database.as({ task: 'erase' }, eraseSealedWords)
  testClock.set('2026-05-31T10:00:00Z')
  await erase()
  assert.deepEqual(await sealedTo(officer), [{ words: said }])
  testClock.set('2026-06-01T10:00:00Z')
  await erase()
  assert.deepEqual(await sealedTo(officer), [])
})

test('a hold is lifted early by the data officer with a reason, and the words are gone as if there had been none', async () => {
  const family = await aFamily()
  const { place, manager, officer, record } = family
  const said = `I waited for ${place.reviewId.slice(0, 8)} weeks and nobody rang me`
  const quoteId = await spread(family, said)
  const hold = (reason: string) =>
    enterHold(officer, { reviewId: place.reviewId, reason, endsOn: civilDate('2026-06-01') })
  await hold('A claim')
  await hold('An inquest')
  await withdrawWords(manager, place.incidentId, { quoteId }, noFiles)
  const holds = async () => (await officer.transaction(tx => heldReviews(tx, officer)))[0]!.holds
  const [claim, inquest] = await holds()
  await assert.rejects(liftHold(manager, claim!.id, 'Settled'), /role does not allow/)
  const elsewhere = await aFamily()
  await assert.rejects(liftHold(elsewhere.officer, claim!.id, 'Settled'), { kind: 'not-found' })
  await assert.rejects(liftHold(officer, claim!.id, ''), invalid(/why the hold ends/))

  await liftHold(officer, claim!.id, 'The claim was settled.')
  assert.deepEqual(
    await foundIn(`${place.reviewId.slice(0, 8)} weeks`),
    ['sealed_words.words'],
    'the inquest holds them',
  )
  await assert.rejects(liftHold(officer, claim!.id, 'Again'), { kind: 'conflict' })

  await liftHold(officer, inquest!.id, 'The coroner has no need of them.')
  assert.deepEqual(await foundIn(`${place.reviewId.slice(0, 8)} weeks`), [])
  const { holdUntil, quotes } = await record()
  assert.deepEqual([holdUntil, quotes[0]?.sealed, quotes[0]?.words], [undefined, false, undefined])
  assert.deepEqual(
    (await holds()).map(({ lifted }) => [lifted?.by, lifted?.why]),
    [
      [officer.name, 'The claim was settled.'],
      [officer.name, 'The coroner has no need of them.'],
    ],
  )
})

test('words that are withdrawn after a hold was lifted are not sealed; nobody lifts one in another name', async () => {
  const family = await aFamily()
  const { place, manager, officer } = family
  const quoteId = await spread(family, `It took ${place.reviewId.slice(0, 8)} calls before anybody came to us`)
  await enterHold(officer, { reviewId: place.reviewId, reason: 'A claim', endsOn: civilDate('2026-06-01') })
  const [{ holds } = { holds: [] }] = await officer.transaction(tx => heldReviews(tx, officer))
  const lift = (set: Record<string, unknown>) =>
    officer.transaction(tx => tx.updateTable('legal_hold').set(set).where('id', '=', holds[0]!.id).execute())
  const now = testClock.now()
  await assert.rejects(lift({ lifted_at: now, lifted_by: manager.personId, lifted_why: 'No' }), /row-level security/)
  await assert.rejects(lift({ ends_on: '2026-03-03' }), /permission denied/)
  await liftHold(officer, holds[0]!.id, 'Settled')
  await withdrawWords(manager, place.incidentId, { quoteId }, noFiles)
  assert.deepEqual(await foundIn(`${place.reviewId.slice(0, 8)} calls`), [])
})

test('a review about further incidents: words leave what is written about them, and not about another', async () => {
  const [family, other] = [await aFamily(), await aFamily()]
  const { place, manager } = family
  const further = await aNotifiedIncident(family.area)
  const said = 'They came when it was too late for her'
  await (
    await testDatabase()
  ).asOwner(async client => {
    await client.query(
      `insert into review_incident (review_id, incident_id, authority_code, partnership_code) values ($1, $2, $3, $4)`,
      [place.reviewId, further.incidentId, further.authorityCode, further.partnershipCode],
    )
    for (const { incidentId, authorityCode, partnershipCode } of [further, other.place]) {
      const { rows } = await client.query<{ id: string }>(
        `insert into document (incident_id, authority_code, partnership_code, subject, name, kind, hash, size_bytes, added_at)
         values ($1, $2, $3, 'local-review', $4, 'txt', 'a hash', 1, now()) returning id`,
        [incidentId, authorityCode, partnershipCode, `Notes ${incidentId}`],
      )
      await client.query(`insert into paragraph (document_id, number, role, text) values ($1, 1, 'body', $2)`, [
        rows[0]!.id,
        `She said: ${said}.`,
      ])
    }
  })
  const quoteId = await addQuote(manager, place.incidentId, {
    memberId: family.memberId,
    posted: { ...aQuote, words: said },
  })
  const before = await manager.transaction(tx => filesWith(tx, { ...place, words: said }, noFiles))
  assert.deepEqual(before, [`Notes ${further.incidentId}`])

  await withdrawWords(manager, place.incidentId, { quoteId }, noFiles)

  const { quotes } = await family.record()
  assert.deepEqual(quotes[0]?.cleared, { rows: { paragraph: 1 }, files: [`Notes ${further.incidentId}`], kept: {} })
  const texts = async (incidentId: string) =>
    (await testDatabase()).asOwner(async client => {
      const { rows } = await client.query<{ text: string }>(
        'select text from paragraph join document on document.id = document_id where incident_id = $1',
        [incidentId],
      )
      return rows.map(({ text }) => text)
    })
  assert.deepEqual(await texts(further.incidentId), ['She said: [words withdrawn].'])
  assert.deepEqual(await texts(other.place.incidentId), [`She said: ${said}.`])
})

test('a draft opens online for one verified person and closes at once', async () => {
  const { place, manager, reviewer, memberId, record } = await aFamily()
  await (await testDatabase()).asOwner(client => insertReport(client, place, 'twice'))
  const draft = { memberId, verifiedHow: 'Passport seen', verifiedBy: 'Test Lead', version: '1' }
  await assert.rejects(
    openDraftOnline(manager, place.incidentId, { ...draft, verifiedHow: '' }, 'https://w.example'),
    invalid(/how you know who they are/),
  )
  await assert.rejects(
    openDraftOnline(manager, place.incidentId, { ...draft, version: '7' }, 'https://w.example'),
    invalid(/version of the report/),
  )
  const address = await openDraftOnline(manager, place.incidentId, draft, 'https://w.example')
  assert.match(address, /^https:\/\/w\.example\/with-link\//)
  const database = await testDatabase()
  const id = (await record()).drafts[0]!.id
  const linkId = await database.asOwner(async client => {
    const { rows } = await client.query<{ id: string }>('select id from link where object_id = $1', [id])
    return rows[0]!.id
  })
  const read = () => database.as({ link: linkId }, tx => tx.selectFrom('family_draft').select(['id', 'text']).execute())
  assert.deepEqual(await read(), [{ id, text: 'Nobody passed the call on twice.' }])
  assert.equal(await closeDraftsOnline(reviewer, place.incidentId, 'arrest'), 1)
  await assert.rejects(read(), /has ended/)
  assert.equal((await record()).drafts[0]?.closedWhy, 'An arrest')
})

for (const { kind, status, closes } of [
  { kind: 'criminal-court', status: 'running', closes: true },
  { kind: 'family-court', status: 'expected', closes: true },
  { kind: 'police', status: 'ended', closes: false },
  { kind: 'child-death-review', status: 'running', closes: false },
]) {
  test(`a draft ${closes ? 'closes' : 'stays open'} when this is written down beside the review: ${kind}, ${status}`, async () => {
    const { place, manager, memberId, record } = await aFamily()
    await (await testDatabase()).asOwner(client => insertReport(client, place, 'twice'))
    const draft = { memberId, verifiedHow: 'Passport seen', verifiedBy: 'Test Lead', version: '1' }
    await openDraftOnline(manager, place.incidentId, draft, 'https://w.example')
    const database = await testDatabase()
    const { rows } = await database.asOwner(async client => {
      await client.query(
        `insert into related_process (review_id, incident_id, authority_code, partnership_code, kind, body, status, effect, checked_on)
         values ($1, $2, $3, $4, $5, 'Test body', $6, 'none', '2026-03-02')`,
        [place.reviewId, place.incidentId, place.authorityCode, place.partnershipCode, kind, status],
      )
      return client.query<{ ended: boolean }>(
        `select link.ended_at is not null as ended from link join family_draft on family_draft.id = link.object_id
         where family_draft.review_id = $1`,
        [place.reviewId],
      )
    })
    assert.equal((await record()).drafts[0]?.closedAt !== undefined, closes)
    assert.deepEqual(rows, [{ ended: closes }])
  })
}
