import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messages } from './messages.ts'

const tells =
  /\b(?:review|report|child|children|baby|son|daughter|death|died|dead|harm|hurt|abuse|neglect|injur\w+|incident|police|court|trial|inquest|coroner|safeguarding|panel|partnership|social|investigation|arrest|charge|hospital|family|mother|father|draft|quote|words)\b/i

for (const [kind, text] of Object.entries(messages)) {
  test(`the message "${kind}" tells nobody what it is about`, () => {
    assert.doesNotMatch(text, tells)
    // A telephone shows as much without being unlocked.
    assert.ok(text.length <= 160, `${text.length} characters`)
    assert.doesNotMatch(text, /https?:|www\.|\{|\[/)
  })
}

test('a message that tells something is found out', () => {
  assert.match('The draft of the report is ready.', tells)
})
