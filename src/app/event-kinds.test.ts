import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../platform/dates.ts'
import type { Database, Tx } from '../platform/database/index.ts'
import { recordEvent, type TimelineEvent } from '../platform/events/index.ts'
import type { Story } from './training/story.ts'

/** Nobody calls it: it is wrong line by line, and the compiler says where a mistake is let through. */
async function mistakes(tx: Tx, database: Database, story: Story, event: TimelineEvent): Promise<void> {
  const due = { review: 'rapid' as const, dueOn: civilDate('2026-03-24'), rule: 'C5-2023' }
  const at = '2026-03-24T10:00:00Z'
  const by = 'task:receive-review'

  await recordEvent(tx, { kind: 'panel.received', subject: 'panel-work', detail: due })
  // @ts-expect-error a misspelt kind
  await recordEvent(tx, { kind: 'panel.recieved', subject: 'panel-work', detail: due })
  // @ts-expect-error no detail
  await recordEvent(tx, { kind: 'panel.received', subject: 'panel-work' })
  // @ts-expect-error a detail that lacks a field
  await recordEvent(tx, { kind: 'panel.received', subject: 'panel-work', detail: { rule: due.rule } })
  // @ts-expect-error a misspelt field
  await recordEvent(tx, { kind: 'panel.received', subject: 'panel-work', detail: { ...due, deuOn: due.dueOn } })
  // @ts-expect-error a field of another kind
  await recordEvent(tx, { kind: 'panel.received', subject: 'panel-work', detail: { ...due, points: 2 } })
  // @ts-expect-error a detail where nothing is kept
  await recordEvent(tx, { kind: 'rapid-review.taken-back', subject: 'rapid-review-draft', detail: {} })

  story.event(by, at, { kind: 'panel.received', subject: 'panel-work', detail: due })
  // @ts-expect-error a misspelt kind
  story.event(by, at, { kind: 'panel.recieved', subject: 'panel-work', detail: due })
  // @ts-expect-error a detail that lacks a field
  story.event(by, at, { kind: 'panel.received', subject: 'panel-work', detail: { rule: due.rule } })

  database.on('panel.received', async (_, { detail }) => void detail.dueOn)
  // @ts-expect-error a misspelt kind
  database.on('panel.recieved', async () => {})
  // @ts-expect-error a field that this kind does not keep
  database.on('panel.received', async (_, { detail }) => void detail.points)

  if (event.kind === 'panel.received') void event.detail?.dueOn
  // @ts-expect-error a field that this kind does not keep
  if (event.kind === 'panel.received') void event.detail?.points
}

test('a misspelt kind of event, or a detail that does not fit its kind, does not compile', () => {
  assert.equal(typeof mistakes, 'function')
})
