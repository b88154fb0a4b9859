import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from 'preact-render-to-string'
import { chosenList, chosenOption } from './chosen-list.ts'
import { ListPage } from './list-page.tsx'

const totals = [
  { total: 1, told: '1 review', pages: 1 },
  { total: 26, told: '26 reviews', pages: 2 },
  { total: 1000, told: '1,000 reviews', pages: 40 },
  { total: 1001, told: 'More than 1,000 reviews', pages: 40 },
]
for (const { total, told, pages } of totals) {
  test(`a list of ${total} says ${told}, on ${pages} pages`, () => {
    const html = render(
      <ListPage
        heading="Reviews"
        path="/reviews"
        counted={['review', 'reviews']}
        chosen={chosenList({ theme: 'neglect' }, ['due'], { key: 'due', direction: 'ascending' })}
        found={{ rows: [{ due: '10 March 2026' }], total }}
        columns={[{ key: 'due', label: 'Due', cell: row => row.due }]}
        filters={[
          { name: 'theme', label: 'Theme', value: 'neglect', options: { '': 'All', neglect: 'Neglect' } },
          { name: 'reference', label: 'Reference', value: undefined },
        ]}
        emptyText="None."
      />,
    )
    assert.match(html, new RegExp(`<caption[^>]*>${told}</caption>`))
    assert.equal(Math.max(1, ...[...html.matchAll(/page=(\d+)/g)].map(([, page]) => Number(page))), pages)
    assert.match(html, /<option value="neglect" selected[^>]*>Neglect/)
    assert.match(html, /<input [^>]*name="reference"/)
  })
}

const themes = { neglect: 'Neglect', 'childs-voice': 'The child’s voice' }
for (const { asked, option } of [
  { asked: 'neglect', option: 'neglect' },
  { asked: '', option: undefined },
  { asked: 'toString', option: undefined },
  { asked: ['neglect', 'childs-voice'], option: undefined },
]) {
  test(`a filter by ${JSON.stringify(asked)} is a filter by ${option ?? 'nothing'}`, () => {
    assert.equal(chosenOption({ theme: asked }, 'theme', themes), option)
  })
}
