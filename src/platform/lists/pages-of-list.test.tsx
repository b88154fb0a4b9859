import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from 'preact-render-to-string'
import { chosenList } from './chosen-list.ts'
import { PagesOfList } from './pages-of-list.tsx'

const pages = [
  { page: 1, of: 1, shown: [] },
  { page: 1, of: 2, shown: ['1', '2'] },
  { page: 1, of: 9, shown: ['1', '2', '⋯', '9'] },
  { page: 5, of: 9, shown: ['1', '⋯', '4', '5', '6', '⋯', '9'] },
  { page: 9, of: 9, shown: ['1', '⋯', '8', '9'] },
  // Rows went away since: there is a way back to what is left.
  { page: 12, of: 9, shown: ['1', '⋯', '9'] },
]
for (const { page, of, shown } of pages) {
  test(`on page ${page} of ${of} there are links to ${shown.join(' ') || 'no others'}`, () => {
    const html = render(<PagesOfList path="/list" query={{}} page={page} pages={of} />)
    assert.deepEqual(
      [...html.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map(([, item]) => item!.replaceAll(/<[^>]*>/g, '').trim()),
      shown,
    )
  })
}

test('another page of a list keeps the order and every filter', () => {
  const query = { sort: 'due', theme: ['neglect', 'childs-voice'], none: undefined, page: '1' }
  const html = render(<PagesOfList path="/list" query={query} page={1} pages={2} />)
  assert.match(html, /href="\/list\?sort=due&amp;theme=neglect&amp;theme=childs-voice&amp;page=2"/)
})

const asked = [
  { page: '3', chosen: 3 },
  { page: undefined, chosen: 1 },
  { page: '0', chosen: 1 },
  { page: '1.5', chosen: 1 },
  { page: 'nine', chosen: 1 },
  { page: ['2', '3'], chosen: 1 },
  { page: '999999999', chosen: 1 },
]
for (const { page, chosen } of asked) {
  test(`page ${JSON.stringify(page)} of a list is page ${chosen}`, () => {
    assert.equal(chosenList({ page }, ['due'], { key: 'due', direction: 'ascending' }).page, chosen)
  })
}
