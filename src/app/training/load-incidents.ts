import { setImmediate as othersTurn } from 'node:timers/promises'
import type pg from 'pg'
import type { CivilDate } from '../../platform/dates.ts'
import { dayNumber, isoDay } from './calendar.ts'
import { castDays, castScenes, scenesFor, tourDrafts } from './cast.ts'
import type { CastIncident } from './cast.ts'
import { insertRows } from './insert-rows.ts'
import { writeLocalReview } from './local-review-rows.ts'
import { inventIncidents } from './model.ts'
import { writeDraft, writeSentNotification } from './notification-rows.ts'
import type { DraftState } from './notification-rows.ts'
import { writePanelWork } from './panel-rows.ts'
import { readReviews } from './reviews/read-reviews.ts'
import { writeReview } from './review-rows.ts'
import { beginStory, incidentTables } from './story.ts'
import type { IncidentTable, Row, Telling } from './story.ts'

export interface IncidentsWanted {
  seed: number | string
  today: CivilDate
  /** How many notifications; else as many as were published. */
  count?: number | undefined
  say(line: string): void
}

/** So many incidents are written at once: enough to be quick, few enough to be held. */
const batchSize = 200

/**
 * Writes the incidents of the training country, in sets, and thinks of the next while one is written. Holds two batches
 * and the last months, however many there are.
 *
 * @param client as the owner, inside a transaction, after `openEvents`
 */
export async function loadIncidents(
  client: pg.ClientBase,
  { seed, today, count, say }: IncidentsWanted,
): Promise<void> {
  const prose = new Map(readReviews().map(review => [review.key, review]))
  let rows = emptyRows()
  const telling: Telling = { seed, today, prose, write: (table, row) => rows[table].push(row) }
  let number = 0
  let written = Promise.resolve()
  const writeOn = async () => {
    await written
    written = insertAll(client, rows)
    // Heard of when the next set is ready.
    written.catch(() => {})
    rows = emptyRows()
  }
  for (const { incident, state } of storyOf({ seed, today, count, reviews: [...prose.values()] })) {
    tell(incident, number, telling, state)
    number += 1
    await othersTurn()
    if (number % batchSize === 0) {
      await writeOn()
      if (number % 10_000 === 0) say(`${number.toLocaleString('en-GB')} incidents written`)
    }
  }
  await writeOn()
  await written
}

interface Told {
  incident: CastIncident
  state?: DraftState
}

function* storyOf({
  seed,
  today,
  count,
  reviews,
}: Pick<IncidentsWanted, 'seed' | 'today' | 'count'> & { reviews: ReturnType<typeof readReviews> }): Generator<Told> {
  const heldFrom = isoDay(dayNumber(today) - castDays)
  const held: CastIncident[] = []
  for (const incident of inventIncidents({ seed, until: today, reviews, ...(count !== undefined && { count }) })) {
    if ((incident.notifiedAt ?? '9') >= heldFrom) held.push(incident)
    else yield { incident }
  }
  for (const incident of castScenes(held, scenesFor(today), today)) yield { incident }
  const material = inventIncidents({
    seed: `${seed} drafts`,
    from: isoDay(dayNumber(today) - 60),
    until: today,
    count: 40,
  })
  yield* tourDrafts([...material], today)
}

const draftStates = ['begun', 'half', 'nearly'] as const

function tell(incident: CastIncident, number: number, telling: Telling, state: DraftState | undefined): void {
  const story = beginStory(incident, number, telling)
  if (incident.stage === 'draft') {
    writeDraft(story, state ?? story.random.pick(draftStates))
    return
  }
  const { reviewNeeded, sentAt, clockStartsOn } = writeSentNotification(story)
  if (!reviewNeeded) return
  const review = writeReview(story, sentAt, clockStartsOn)
  if (!review) return
  writePanelWork(story, review)
  writeLocalReview(story, review)
}

type Rows = Record<IncidentTable, Row[]>

function emptyRows(): Rows {
  return Object.fromEntries(incidentTables.map(table => [table, []])) as unknown as Rows
}

async function insertAll(client: pg.ClientBase, rows: Rows): Promise<void> {
  for (const table of incidentTables) await insertRows(client, table, rows[table])
}
