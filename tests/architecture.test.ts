import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { productRoot } from '../src/platform/product-root.ts'

/** Besides platform and reference-data, which every module may use. Nobody but app may import risk-index. */
const mayImport: Record<string, string[]> = {
  documents: [],
  notifications: ['documents'],
  reviews: ['documents', 'notifications'],
  panel: ['documents', 'reviews', 'notifications'],
  themes: ['documents', 'reviews', 'panel', 'notifications'],
  recommendations: ['documents', 'themes', 'panel', 'reviews', 'notifications'],
  library: ['documents', 'recommendations', 'themes', 'panel', 'reviews'],
  outreach: ['library', 'recommendations', 'themes'],
  'risk-index': ['notifications'],
  'joint-plans': ['notifications'],
  analysis: ['recommendations', 'themes', 'panel', 'reviews', 'notifications'],
}
/** platform imports nothing of ours; app imports every module. */
const modules = [...Object.keys(mayImport), 'reference-data', 'platform', 'app']

/** The one module that writes each table. Others read it, or call its owner. */
const tablesOf: Record<string, string[]> = {
  platform: [
    'migration',
    'access_right',
    'person',
    'email_address',
    'appointment',
    'credential',
    'session',
    'api_token',
    'idempotency_key',
    'sign_in_failure',
    'sign_in_link',
    'link',
    'link_failure',
    'public_version',
    'mail',
    'event',
    'event_detail',
    'access_entry',
    'seal',
    'seal_entry',
  ],
  'reference-data': ['region', 'body', 'partnership_body'],
  documents: ['document', 'paragraph', 'identifying_decision'],
  notifications: ['incident', 'notification', 'notification_version', 'child'],
  reviews: [
    'family_lead',
    'family_member',
    'family_entry',
    'family_quote',
    'family_quote_use',
    'family_draft',
    'legal_hold',
    'sealed_words',
    'review',
    'review_incident',
    'review_member',
    'review_signature',
    'review_sent_back',
    'review_text',
    'draft',
    'draft_version',
    'draft_comment',
    'draft_accuracy',
    'draft_accuracy_answer',
    'draft_signed',
    'rapid_review',
    'rapid_review_version',
    'paragraph_placement',
    'local_review',
    'review_stage_plan',
    'local_review_stage',
    'reviewer_appointment',
    'terms_of_reference',
    'terms_of_reference_version',
    'local_review_entry',
    'related_process',
    'learning_point',
    'local_review_sending',
  ],
  panel: [
    'conflict_of_interest',
    'review_copy',
    'consideration',
    'allocation',
    'reading',
    'letter',
    'letter_point',
    'point_reply',
    'point_reply_draft',
  ],
  recommendations: [
    'recommendation',
    'recommendation_addressee',
    'recommendation_evidence',
    'recommendation_legal_move',
    'recommendation_move',
    'recommendation_move_check',
    'recommendation_move_taken_off',
    'recommendation_comment',
    'published_recommendation',
    'published_choice',
    'theme_question',
    'theme_question_cause',
    'recommendation_reconsidered',
    'assurance_member',
    'action',
    'action_lead_address',
    'action_serves',
    'action_update',
    'action_check',
    'action_chaser',
    'national_answer',
    'national_sending',
    'evidence_sample',
    'evidence_ask',
    'report_statement',
    'change_account',
  ],
  library: [
    'publication',
    'publication_step',
    'sensitive_date',
    'publication_file',
    'withholding',
    'withholding_comment',
    'publication_act',
    'published_review',
    'learning_sheet',
    'published_sheet',
  ],
}
/** Every table of the schema pgboss is platform's: its jobs package makes them. */
const jobTable = /^pgboss(\.|$)/
const ownerOf = new Map(Object.entries(tablesOf).flatMap(([owner, tables]) => tables.map(table => [table, owner])))

/** Path below src/ to text. */
type Sources = Record<string, string>

interface Import {
  from: string
  to: string
  /** Whether the file that imports cannot start before the other has run. Types vanish; `import()` comes later. */
  atStart: boolean
}

function importsOf(from: string, text: string): Import[] {
  const found: Import[] = []
  const add = (target: string, atStart: boolean) => {
    if (!target.startsWith('.')) return
    found.push({ from, to: posix.normalize(posix.join(posix.dirname(from), target)), atStart })
  }
  const statements = /^[ \t]*(?:import|export)\s+(type\s+(?!from\b|,))?(?:[\w\s{},*$]*?\bfrom\s*)?(['"])([^'"\n]+)\2/gm
  for (const [, type, , target] of text.matchAll(statements)) add(target!, !type)
  for (const [, , target] of text.matchAll(/\bimport\(\s*(['"`])([^'"`\n]+)\1/g)) add(target!, false)
  // A worker is started by its address: it is written with the name that it has once built.
  for (const [, target] of text.matchAll(/\bnew URL\(\s*['"](\.[^'"\n]+)\.js['"]/g)) add(`${target}.ts`, false)
  return found
}

const moduleOf = (path: string) => path.split('/')[0]!
const isTest = (path: string) => /\.test\.tsx?$/.test(path)
/** Tests, and what only tests use. */
const isForTests = (path: string) =>
  isTest(path) || path.startsWith('platform/testing/') || /(^|\/)(builders|testing)\.tsx?$/.test(path)

/** What is wrong with one import; undefined when it is in order. */
function problemWith({ from, to }: Import): string | undefined {
  const [importer, imported] = [moduleOf(from), moduleOf(to)]
  if (!modules.includes(importer)) return `${importer} is no module: add it to the table in this test, or move it`
  if (!modules.includes(imported)) return `${to} is outside the modules`
  if (isForTests(to) && !isForTests(from)) return `${to} is for tests only`
  // Tests run the app that app.ts builds, never a copy of it.
  if (isTest(from) && to === 'app/app.ts') return undefined

  if (importer !== imported) {
    if (importer === 'platform') return `platform may not import ${imported}: it imports nothing of ours`
    if (imported === 'risk-index' && importer !== 'app') return 'nobody but app may import risk-index'
    const common = imported === 'platform' || imported === 'reference-data'
    if (importer !== 'app' && !common && !mayImport[importer]?.includes(imported)) {
      return `${importer} may not import ${imported}`
    }
  }

  if (isForTests(to)) return undefined
  if (imported === 'platform') return problemWithRoom(from, to)
  if (importer !== imported && to !== `${imported}/index.ts`) {
    return `import ${imported}/index.ts instead of ${to.slice(imported.length + 1)}`
  }
  return undefined
}

/** platform is no module with one face: its files lie open, and each of its folders has an index.ts. */
function problemWithRoom(from: string, to: string): string | undefined {
  const parts = to.split('/')
  const room = `platform/${parts[1]}`
  if (parts.length === 2 || from.startsWith(`${room}/`) || parts.at(-1) === 'index.ts') return undefined
  return `import ${room}/index.ts instead of ${parts.slice(2).join('/')}`
}

/** Circles of files that wait for each other at start, each once, from its first file in the alphabet. */
function cyclesOf(imports: Import[]): string[] {
  const next = Map.groupBy(
    imports.filter(one => one.atStart),
    one => one.from,
  )
  const cycles = new Set<string>()
  const done = new Set<string>()
  const visit = (file: string, path: string[]): void => {
    const start = path.indexOf(file)
    if (start >= 0) {
      const circle = path.slice(start)
      const first = circle.indexOf(circle.toSorted()[0]!)
      const turned = [...circle.slice(first), ...circle.slice(0, first)]
      cycles.add([...turned, turned[0]].join(' > '))
      return
    }
    if (done.has(file)) return
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return [...cycles]
}

/** Tests make what they need, and the training country is written in sets; everybody else asks the owner. */
const mayWriteAnyTable = (path: string) => isForTests(path) || path.startsWith('app/training/')

function tableProblems(path: string, text: string): string[] {
  if (mayWriteAnyTable(path)) return []
  const problems: string[] = []
  const written = [
    ...text.matchAll(/\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*\[?\s*(?:['"`](?:public\.)?(\w+))?/g),
    ...text.matchAll(/\b(?:insert\s+into|merge\s+into)\s+(?:public\.)?(?:"?([\w.]+)|\$\{)/gi),
    ...text.matchAll(/\bdelete\s+from\s+(?:only\s+)?(?:public\.)?(?:"?([\w.]+)|\$\{)/gi),
    ...text.matchAll(/\bupdate\s+(?:only\s+)?(?:public\.)?(?:"?([\w.]+)"?|\$\{[^}]*\})(?:\s+(?:as\s+)?\w+)?\s+set\b/gi),
    ...text.matchAll(/\btruncate\s+(?:table\s+)?(?:public\.)?(?:"?([\w.]+)|\$\{)/g),
  ]
  for (const [, table] of written) {
    const owner = table && (jobTable.test(table) ? 'platform' : ownerOf.get(table))
    if (!table) problems.push('name the table that is written, so that its owner can be checked')
    else if (!owner) problems.push(`who owns the table ${table}? Add it to tablesOf in this test`)
    else if (owner !== moduleOf(path)) problems.push(`${table} is written by ${owner}, not by ${moduleOf(path)}`)
  }
  return problems
}

function violationsIn(sources: Sources): string[] {
  const files = Object.entries(sources)
  const imports = files.flatMap(([path, text]) => importsOf(path, text))
  return [
    ...imports.flatMap(one => {
      const problem = problemWith(one)
      return problem ? [`${one.from}: ${problem}`] : []
    }),
    ...cyclesOf(imports).map(cycle => `import cycle: ${cycle}`),
    ...files.flatMap(([path, text]) => tableProblems(path, text).map(problem => `${path}: ${problem}`)),
  ]
}

function filesIn(folder: string): string[] {
  return readdirSync(new URL(folder, productRoot), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !`${entry.parentPath}/`.includes('/node_modules/'))
    .map(entry => posix.join(entry.parentPath, entry.name).slice(fileURLToPath(productRoot).length))
}
const textOf = (path: string) => readFileSync(new URL(path, productRoot), 'utf8')

function ourSources(): Sources {
  const paths = filesIn('src/').filter(path => /\.tsx?$/.test(path))
  return Object.fromEntries(paths.map(path => [path.slice('src/'.length), textOf(path)]))
}

test('modules import each other downwards, through index.ts, without circles; a table has one writer', () => {
  assert.deepEqual(violationsIn(ourSources()), [])
})

test('the imports of the product are seen', () => {
  const seen = Object.entries(ourSources()).flatMap(([path, text]) => importsOf(path, text))
  assert.ok(seen.length > 100, `only ${seen.length} imports were found`)
  const known = seen.find(one => one.from === 'platform/database/migrate.ts' && one.to === 'platform/product-root.ts')
  assert.equal(known?.atStart, true)
})

const ways = [
  { text: `import { a } from './a.ts'`, atStart: true },
  { text: `import {\n  a,\n  b as c,\n} from './a.ts'`, atStart: true },
  { text: `import { type A } from './a.ts'`, atStart: true },
  { text: `import * as a from "./a.ts"`, atStart: true },
  { text: `import a, { b } from './a.ts'`, atStart: true },
  { text: `import './a.ts'`, atStart: true },
  { text: `export { a } from './a.ts'`, atStart: true },
  { text: `export * from './a.ts'`, atStart: true },
  { text: `import type from './a.ts'`, atStart: true },
  { text: `import type { A } from './a.ts'`, atStart: false },
  { text: `export type { A } from './a.ts'`, atStart: false },
  { text: `const a = await import('./a.ts')`, atStart: false },
  { text: `let a: import('./a.ts').A`, atStart: false },
  { text: `new Worker(new URL('./a.js', import.meta.url))`, atStart: false },
]
for (const { text, atStart } of ways) {
  test(`this is seen as an import: ${JSON.stringify(text)}`, () => {
    const source = `const before = 'x'\n${text}\nexport const after = 'y'\n`
    assert.deepEqual(importsOf('panel/store.ts', source), [{ from: 'panel/store.ts', to: 'panel/a.ts', atStart }])
  })
}

const planted: { rule: string; sources: Sources; says: string[] }[] = [
  {
    rule: 'a module may use those before it in the chain',
    sources: { 'reviews/store.ts': `import { a } from '../notifications/index.ts'` },
    says: [],
  },
  {
    rule: 'a module may not use those after it',
    sources: { 'reviews/rapid/store.ts': `import { a } from '../../panel/index.ts'` },
    says: ['reviews/rapid/store.ts: reviews may not import panel'],
  },
  {
    rule: 'not even their types',
    sources: { 'reviews/store.ts': `import type { A } from '../panel/index.ts'` },
    says: ['reviews/store.ts: reviews may not import panel'],
  },
  {
    rule: 'not even later',
    sources: { 'reviews/store.ts': `await import('../panel/index.ts')` },
    says: ['reviews/store.ts: reviews may not import panel'],
  },
  {
    rule: 'through index.ts only',
    sources: { 'reviews/store.ts': `import { a } from '../notifications/store.ts'` },
    says: ['reviews/store.ts: import notifications/index.ts instead of store.ts'],
  },
  {
    rule: 'app too goes through index.ts',
    sources: { 'app/app.ts': `import { a } from '../panel/pages.tsx'\nimport { b } from '../risk-index/index.ts'` },
    says: ['app/app.ts: import panel/index.ts instead of pages.tsx'],
  },
  {
    rule: 'nobody but app uses the risk index',
    sources: { 'analysis/store.ts': `import { a } from '../risk-index/index.ts'` },
    says: ['analysis/store.ts: nobody but app may import risk-index'],
  },
  {
    rule: 'nobody uses app',
    sources: { 'panel/store.ts': `import { a } from '../app/app.ts'` },
    says: ['panel/store.ts: panel may not import app'],
  },
  {
    rule: 'tests run the app that app.ts builds',
    sources: { 'panel/pages.test.ts': `import { a } from '../app/app.ts'` },
    says: [],
  },
  {
    rule: 'platform imports nothing of ours',
    sources: { 'platform/log.ts': `import { a } from '../reference-data/index.ts'` },
    says: ['platform/log.ts: platform may not import reference-data: it imports nothing of ours'],
  },
  {
    rule: 'reference-data stands on platform alone',
    sources: { 'reference-data/clocks.ts': `import '../platform/dates.ts'\nimport '../documents/index.ts'` },
    says: ['reference-data/clocks.ts: reference-data may not import documents'],
  },
  {
    rule: 'the files of platform lie open, its folders have a face',
    sources: {
      'panel/store.ts': `import '../platform/dates.ts'\nimport '../platform/web/components/index.ts'\nimport '../platform/database/migrate.ts'`,
      'platform/acting.ts': `import './database/database.ts'`,
      'platform/web/server.ts': `import './components/tag.tsx'\nimport '../files/index.ts'`,
    },
    says: [
      'panel/store.ts: import platform/database/index.ts instead of migrate.ts',
      'platform/acting.ts: import platform/database/index.ts instead of database.ts',
    ],
  },
  {
    rule: 'what is for tests stays with tests and builders',
    sources: {
      'panel/store.ts': `import '../platform/testing/test-database.ts'`,
      'panel/pages.tsx': `import './builders.ts'`,
      'panel/builders.ts': `import '../platform/testing/test-database.ts'\nimport '../notifications/builders.ts'`,
      'panel/panel.test.ts': `import './builders.ts'\nimport '../platform/questionnaire/testing.ts'`,
    },
    says: [
      'panel/store.ts: platform/testing/test-database.ts is for tests only',
      'panel/pages.tsx: panel/builders.ts is for tests only',
    ],
  },
  {
    rule: 'tests keep to the order of the modules as well',
    sources: { 'notifications/store.test.ts': `import '../panel/builders.ts'` },
    says: ['notifications/store.test.ts: notifications may not import panel'],
  },
  {
    rule: 'every folder is a module of the table',
    sources: { 'helpers/a.ts': `import '../panel/index.ts'`, 'panel/store.ts': `import '../../tests/a.ts'` },
    says: [
      'helpers/a.ts: helpers is no module: add it to the table in this test, or move it',
      'panel/store.ts: ../tests/a.ts is outside the modules',
    ],
  },
  {
    rule: 'no circles of files',
    sources: {
      'panel/c.ts': `import './a.ts'`,
      'panel/a.ts': `import './b.ts'`,
      'panel/b.ts': `export { c } from './c.ts'`,
    },
    says: ['import cycle: panel/a.ts > panel/b.ts > panel/c.ts > panel/a.ts'],
  },
  {
    rule: 'a circle through a type is none',
    sources: { 'panel/a.ts': `import './b.ts'`, 'panel/b.ts': `import type { A } from './a.ts'` },
    says: [],
  },
  {
    rule: 'a table is written by one module, and read by all',
    sources: {
      'panel/store.ts': `tx.selectFrom('incident')\ntx.insertInto('letter')\ntx.updateTable('letter as mine')`,
      'reviews/store.ts': `tx.updateTable('notification').set({})\ntx\n  .insertInto('reading')\ntx.deleteFrom('letter')`,
    },
    says: [
      'reviews/store.ts: notification is written by notifications, not by reviews',
      'reviews/store.ts: reading is written by panel, not by reviews',
      'reviews/store.ts: letter is written by panel, not by reviews',
    ],
  },
  {
    rule: 'in SQL text too',
    sources: {
      'reviews/store.ts':
        'sql`insert into incident (a) values (1)`\nsql`update child c set a = 1`\nsql`DELETE FROM only "letter"`\nsql`truncate event`',
      'app/command-line.ts': `client.query("update notification set status = 'sent'")`,
    },
    says: [
      'reviews/store.ts: incident is written by notifications, not by reviews',
      'reviews/store.ts: letter is written by panel, not by reviews',
      'reviews/store.ts: child is written by notifications, not by reviews',
      'reviews/store.ts: event is written by platform, not by reviews',
      'app/command-line.ts: notification is written by notifications, not by app',
    ],
  },
  {
    rule: 'a table without an owner, or without a name, is refused',
    sources: {
      'panel/store.ts': `tx.insertInto('no_such_table')\ntx.deleteFrom(table)\nsql\`update \${table} set a = 1\``,
    },
    says: [
      'panel/store.ts: who owns the table no_such_table? Add it to tablesOf in this test',
      'panel/store.ts: name the table that is written, so that its owner can be checked',
      'panel/store.ts: name the table that is written, so that its owner can be checked',
    ],
  },
  {
    rule: 'tests and the training country may write what they need',
    sources: {
      'panel/store.test.ts': `tx.insertInto('incident')`,
      'app/training/load.ts': `client.query('insert into incident (a) values (1)')`,
    },
    says: [],
  },
]
for (const { rule, sources, says } of planted) {
  test(`the guard sees: ${rule}`, () => {
    assert.deepEqual(violationsIn(sources), says)
  })
}

test('every table of the migrations has an owner, and every owned table exists', () => {
  const created = filesIn('migrations/').flatMap(path =>
    [...textOf(path).matchAll(/^\s*create (?:unlogged )?table (?:if not exists )?(\w+)/gm)].map(match => match[1]!),
  )
  const dropped = filesIn('migrations/').flatMap(path =>
    [...textOf(path).matchAll(/^\s*drop table (?:if exists )?(\w+)/gm)].map(match => match[1]!),
  )
  // The migrations' own list is made before the first of them.
  const standing = ['migration', ...created.filter(table => !dropped.includes(table))]
  assert.deepEqual([...ownerOf.keys()].toSorted(), standing.toSorted())
})

/** What is wrong with the text of one file of the repository. */
function textProblems(path: string, text: string): string[] {
  const later = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`)
  const rules: [boolean, RegExp, string][] = [
    [true, later, 'says that something is still to be done: do it, or leave it out'],
    [true, /(?<![\w.:/-])\/(?:home|root|Users|work)\/\w/, 'names a path of one machine'],
    [path.endsWith('package-lock.json'), /"resolved": "[a-z]+:/, 'names the address of a download'],
    [isTest(path), /\b(?:test|it|describe|suite|t)\.(?:only|skip|todo)\(/, 'leaves tests out'],
    [isTest(path), /[{,]\s*(?:only|skip|todo):/, 'leaves tests out'],
  ]
  return rules
    .filter(([applies, pattern]) => applies && pattern.test(text))
    .map(([, , problem]) => `${path}: ${problem}`)
}

test('no file has a path of one machine, a download address, a test left out or something to be done', () => {
  const text = /\.(tsx?|js|json|sql|md|sh|scss|csv|yml|toml)$|\/[\w-]+$/
  const folders = ['src/', 'tests/', 'script/', 'migrations/', 'docs/', 'data/', '.ci/']
  const paths = [...folders.flatMap(filesIn), 'package.json', 'package-lock.json', 'tsconfig.json', 'knip.json']
  const checked = paths.filter(path => text.test(path) && path !== 'tests/architecture.test.ts')
  assert.ok(checked.includes('script/bootstrap') && checked.includes('script/node/package-lock.json'))
  assert.deepEqual(
    checked.flatMap(path => textProblems(path, textOf(path))),
    [],
  )
})

const texts = [
  { path: 'src/a.ts', text: `// ${'TO' + 'DO'}: later`, bad: true },
  { path: 'docs/a.md', text: 'See /home/somebody/notes.', bad: true },
  { path: 'docs/a.md', text: 'See https://example.org/home/page and src/work/x.', bad: false },
  { path: 'package-lock.json', text: '"resolved": "https://example.org/a.tgz"', bad: true },
  { path: 'src/a.test.ts', text: `test.${'only'}('a', () => {})`, bad: true },
  { path: 'src/a.test.ts', text: `test('a', { ${'skip'}: true }, () => {})`, bad: true },
  { path: 'src/a.test.ts', text: `test('one can skip: nothing', () => {})`, bad: false },
]
for (const { path, text, bad } of texts) {
  test(`the guard ${bad ? 'refuses' : 'lets pass'} in ${path}: ${text}`, () => {
    assert.equal(textProblems(path, text).length, bad ? 1 : 0)
  })
}
