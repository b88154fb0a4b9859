import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filledIn, fits, formsIn } from './html-forms.ts'

const page = `
<form method="post" novalidate><input type="hidden" name="_csrf" value="t"/><input type="hidden" name="step" value="1"/>
  <input type="text" name="who" value="A &amp; B"/><textarea name="words">said &lt;so&gt;</textarea>
  <input type="radio" name="kind" value="a" checked/><input type="radio" name="kind" value="b"/>
  <input name="on-day" value=""/><input name="on-month" value=""/><input name="on-year" value=""/>
  <select name="theme"><option value="">None</option><option value="neglect" selected>Neglect</option></select>
  <button name="next" value="save">Save</button><input type="file" name="file"/></form>
<form method="post" action="/elsewhere"></form>`
const [form, other] = formsIn(page, '/here')

test('a form keeps what stands in it, and takes what somebody fills in', () => {
  assert.equal(other?.action, '/elsewhere')
  assert.deepEqual(Object.fromEntries(filledIn(form!, { kind: 'b', on: '2026-03-05', next: 'save' })), {
    _csrf: 't',
    step: '1',
    who: 'A & B',
    words: 'said <so>',
    theme: 'neglect',
    kind: 'b',
    'on-day': '05',
    'on-month': '03',
    'on-year': '2026',
    next: 'save',
  })
})

for (const { name, filled, expected } of [
  { name: 'its fields and choices', filled: { kind: 'a', words: 'x', on: '2026-03-05', step: '1' }, expected: true },
  { name: 'a field it has not', filled: { colour: 'red' }, expected: false },
  { name: 'a choice it does not offer', filled: { kind: 'c' }, expected: false },
  { name: 'the hidden field of another form', filled: { step: '2' }, expected: false },
]) {
  test(`a form ${expected ? 'fits' : 'does not fit'} ${name}`, () => assert.equal(fits(form!, filled), expected))
}
