import { ensureMay, type Acting } from '../../platform/acting.ts'
import { asTask, contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { knownRecommendation } from '../write-recommendation.ts'
import { showInPublic } from './show-in-public.ts'

/** What would be public of the issued recommendations of an incident that a text names by their numbers. */
export async function wordsToPublish(
  tx: Tx,
  incidentId: string,
  text: string,
): Promise<{ number: string; words: string }[]> {
  const rows = await namedIn(tx, incidentId, text)
    .select(['number', 'text', 'finding', 'intended_change', 'measure', 'priority_reason'])
    .execute()
  return rows.map(row => ({
    number: row.number,
    words: [row.text, row.finding, row.intended_change, row.measure, row.priority_reason].filter(Boolean).join('\n'),
  }))
}

/** Publishes with a review the issued recommendations of its incident that its public text names by their numbers. */
export async function publishNamed(tx: Tx, incidentId: string, text: string): Promise<void> {
  const named = await namedIn(tx, incidentId, text).select('recommendation_id').execute()
  for (const row of named) await publish(tx, row.recommendation_id)
}

/**
 * Publishes a national recommendation: it comes from no review of an area.
 * @throws ServiceError 'not-allowed', 'not-found', or 'conflict' before it is issued and where it is public already
 */
export async function publishNational(acting: Acting, number: string): Promise<void> {
  ensureMay(acting, 'send', 'national-recommendation-draft')
  await acting.transaction(async tx => {
    const { recommendationId, place, issuedAt } = await knownRecommendation(tx, number)
    if (place) throw new ServiceError('conflict', 'A local recommendation is published with its review.')
    if (!issuedAt) throw new ServiceError('conflict', `${number} is published once it is issued.`)
    const isNew = await publish(tx, recommendationId)
    if (!isNew) throw new ServiceError('conflict', `${number} is public already.`)
    await recordEvent(tx, {
      kind: 'recommendation.published',
      subject: 'recommendation',
      objectId: recommendationId,
      detail: { number },
    })
  })
}

function namedIn(tx: Tx, incidentId: string, text: string) {
  const numbers = text.match(/\bR-\d{4}-\d{5}\b/g) ?? []
  return tx
    .selectFrom('recommendation')
    .where('incident_id', '=', incidentId)
    .where('number', 'in', ['', ...numbers])
    .where('status', 'not in', ['draft', 'out-for-comment'])
    .orderBy('recommendation_id')
}

/** @returns whether it was not public before */
async function publish(tx: Tx, recommendationId: string): Promise<boolean> {
  const { now } = contextOf(tx)
  const { isNew, replaced } = await asTask(tx, 'publish', async () => {
    const { numUpdatedRows } = await tx
      .updateTable('recommendation')
      .set({ published_at: now })
      .where('recommendation_id', '=', recommendationId)
      .where('published_at', 'is', null)
      .executeTakeFirst()
    const replaced = await tx
      .selectFrom('recommendation')
      .select('recommendation_id')
      .where('replaced_by', '=', recommendationId)
      .execute()
    return { isNew: numUpdatedRows === 1n, replaced }
  })
  await showInPublic(tx, recommendationId)
  // Those it stands in the place of say so from now on.
  for (const row of replaced) await showInPublic(tx, row.recommendation_id)
  return isNew
}
