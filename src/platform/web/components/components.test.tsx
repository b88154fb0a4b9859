import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from 'preact-render-to-string'
import { chosenSort, CopyValue, DueTag, SortableTable, Timeline, WhoSees, type Query, type Sort } from './index.ts'

function words(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

const deadlines = [
  { name: 'a week ahead', dueOn: '2026-03-10', workingDaysLeft: 5, says: 'Due in 5 working days', colour: 'blue' },
  { name: 'two days ahead', dueOn: '2026-03-05', workingDaysLeft: 2, says: 'Due in 2 working days', colour: 'yellow' },
  { name: 'tomorrow', dueOn: '2026-03-04', workingDaysLeft: 1, says: 'Due in 1 working day', colour: 'yellow' },
  { name: 'today', dueOn: '2026-03-03', workingDaysLeft: 0, says: 'Due today', colour: 'orange' },
  { name: 'yesterday', dueOn: '2026-03-02', workingDaysLeft: -1, says: '1 working day late', colour: 'red' },
  { name: 'last week', dueOn: '2026-02-27', workingDaysLeft: -2, says: '2 working days late', colour: 'red' },
]
for (const { name, dueOn, workingDaysLeft, says, colour } of deadlines) {
  test(`a deadline ${name} says "${says}"`, () => {
    const html = render(<DueTag dueOn={dueOn} today="2026-03-03" workingDaysLeft={workingDaysLeft} />)
    assert.equal(words(html), says)
    assert.match(html, new RegExp(`govuk-tag--${colour}"`))
  })
}

test('a deadline passed on Friday is late on Saturday, though no working day has gone by', () => {
  assert.equal(words(render(<DueTag dueOn="2026-03-06" today="2026-03-07" workingDaysLeft={0} />)), 'Late')
})

test('a deadline on Sunday is near on Saturday, though no working day is left', () => {
  const html = render(<DueTag dueOn="2026-03-08" today="2026-03-07" workingDaysLeft={0} />)
  assert.equal(words(html), 'Due before the next working day')
})

test('a timeline is an ordered list that says what happened, when and by whom', () => {
  const html = render(
    <Timeline
      items={[
        { at: '3 March 2026', datetime: '2026-03-03', title: 'Notification sent', by: 'Ann Lee' },
        false,
        { at: '4 March 2026', title: 'Question asked', tag: { text: 'Open' }, children: <p>When was the visit?</p> },
      ]}
    />,
  )
  assert.match(html, /^<ol /)
  assert.equal(html.match(/<li /g)?.length, 2)
  assert.match(html, /<time datetime="2026-03-03">3 March 2026<\/time> by Ann Lee/)
  assert.match(html, /Question asked<\/h3><strong class="govuk-tag">Open<\/strong>/)
})

test('a value to copy can be read without JavaScript, when its button is hidden', () => {
  const html = render(<CopyValue value="SIN-2026-0042" label="reference" />)
  assert.match(html, />SIN-2026-0042<\/span>/)
  assert.match(html, /<button [^>]*hidden[^>]*>Copy<span class="govuk-visually-hidden"> reference<\/span>/)
})

test('a section of a form says who will see it', () => {
  assert.equal(
    words(render(<WhoSees>the Panel and its secretariat</WhoSees>)),
    'Who will see this: the Panel and its secretariat',
  )
})

interface Row {
  name: string
  due: string
}
type Key = 'name' | 'due'

function table({
  rows = [{ name: 'Rapid review 12', due: '10 March 2026' }],
  sort = { key: 'due', direction: 'ascending' },
  query = {},
}: {
  rows?: Row[]
  sort?: Sort<Key>
  query?: Query
}) {
  return render(
    <SortableTable<Row, Key>
      caption="Rapid reviews"
      columns={[
        { key: 'name', label: 'Review', cell: row => row.name },
        { key: 'due', label: 'Due', cell: row => row.due },
        { label: 'Action', cell: () => <a href="/reviews/12">Open</a> },
      ]}
      rows={rows}
      sort={sort}
      path="/reviews"
      query={query}
      filters={<input name="region" />}
      emptyText="No rapid review matches these filters."
    />,
  ).replaceAll('&amp;', '&')
}

test('the column a table is sorted by says so, and its link turns the order round', () => {
  const html = table({ sort: { key: 'due', direction: 'ascending' } })
  assert.match(html, /aria-sort="ascending"><a [^>]*href="\/reviews\?sort=due&direction=descending">Due</)
  assert.match(html, /aria-sort="none"><a [^>]*href="\/reviews\?sort=name&direction=ascending">Review</)
  assert.match(
    table({ sort: { key: 'due', direction: 'descending' } }),
    /aria-sort="descending"><a [^>]*direction=ascending">Due</,
  )
})

test('a column without an order has no link', () => {
  assert.match(table({}), /<th scope="col" role="columnheader" class="[^"]*">Action<\/th>/)
})

test('sorting keeps the filters and goes back to the first page', () => {
  const html = table({
    query: { region: ['north', 'south'], text: 'a&b', page: '3', sort: 'due', direction: 'ascending' },
  })
  assert.match(html, /href="\/reviews\?region=north&region=south&text=a%26b&sort=name&direction=ascending"/)
})

test('filtering keeps the order, and clearing the filters too', () => {
  const html = table({ sort: { key: 'name', direction: 'descending' }, query: { region: 'north' } })
  assert.match(html, /<form [^>]*method="get" action="\/reviews"/)
  assert.match(
    html,
    /<input type="hidden" name="sort" value="name"\/?><input type="hidden" name="direction" value="descending"/,
  )
  assert.match(html, /href="\/reviews\?sort=name&direction=descending">Clear filters/)
})

test('where nothing matches, the table says so and the filters stay', () => {
  const html = table({ rows: [] })
  assert.match(html, /No rapid review matches these filters\./)
  assert.match(html, /<form /)
  assert.doesNotMatch(html, /<table/)
})

const otherwise: Sort<Key> = { key: 'due', direction: 'descending' }
const orders: { name: string; query: Query; chosen: Sort<Key> }[] = [
  { name: 'a known column', query: { sort: 'name' }, chosen: { key: 'name', direction: 'ascending' } },
  {
    name: 'a known column, turned round',
    query: { sort: 'name', direction: 'descending' },
    chosen: { key: 'name', direction: 'descending' },
  },
  {
    name: 'a direction nobody knows',
    query: { sort: 'name', direction: 'up' },
    chosen: { key: 'name', direction: 'ascending' },
  },
  { name: 'a column nobody knows', query: { sort: 'name; drop', direction: 'ascending' }, chosen: otherwise },
  { name: 'two columns at once', query: { sort: ['name', 'due'] }, chosen: otherwise },
  { name: 'nothing', query: {}, chosen: otherwise },
]
for (const { name, query, chosen } of orders) {
  test(`the order asked for by the address: ${name}`, () => {
    assert.deepEqual(chosenSort(query, ['name', 'due'], otherwise), chosen)
  })
}
