import type pg from 'pg'
import type { Database } from '../../platform/database/index.ts'
import { loadNationalBodies, nationalBodies, type NationalBody } from '../../reference-data/index.ts'
import { nationalRecommendations, nationalSources, type NationalRecommendation } from './national-recommendations.ts'
import { showInPublic } from './show-in-public.ts'

/**
 * Puts the national recommendations of this release where the others are, as published by the Panel and not known to be
 * answered, and shows them. May run again: what is there stays as it is, with what was said since.
 * @returns how many were new
 */
export async function loadNationalRecommendations(database: Database): Promise<number> {
  const added = await database.asOwner(async client => {
    await client.query('begin')
    await loadNationalBodies(client)
    const ids: string[] = []
    for (const recommendation of nationalRecommendations) ids.push(...(await addMissing(client, recommendation)))
    await client.query('commit')
    return ids.length
  })
  const unseen = await database.asOwner(
    async client =>
      (
        await client.query<{ recommendation_id: string }>(
          `select recommendation_id from recommendation
           where number = any ($1::text[]) and not exists (
             select from published_recommendation where published_recommendation.number = recommendation.number)`,
          [nationalRecommendations.map(({ number }) => number)],
        )
      ).rows,
  )
  if (unseen.length > 0) {
    await database.as({ task: 'publish' }, async tx => {
      for (const row of unseen) await showInPublic(tx, row.recommendation_id)
    })
  }
  return added
}

async function addMissing(client: pg.ClientBase, one: NationalRecommendation): Promise<string[]> {
  const source = nationalSources[one.from]
  // Of a month the first day stands in the tables; pages say the month.
  const publishedOn = source.publishedOn.length === 7 ? `${source.publishedOn}-01` : source.publishedOn
  const { rows } = await client.query<{ recommendation_id: string }>(
    `insert into recommendation (number, source_kind, source_name, level, status, text, themes, body_code, created_at, issued_at, published_at)
     values ($1, 'national-review', $2, 'national', 'issued', $3, $4, 'panel', $5, $5, $5)
     on conflict (number) do nothing returning recommendation_id`,
    [one.number, source.title, one.text, one.themes, `${publishedOn}T12:00:00Z`],
  )
  for (const { recommendation_id } of rows) {
    for (const addressee of one.addressees) {
      const code = 'body' in addressee ? addressee.body : null
      const name = 'body' in addressee ? nationalBodies[addressee.body as NationalBody] : addressee.group
      await client.query(
        `insert into recommendation_addressee (recommendation_id, kind, authority_code, body_code, body_name, status, reply)
         values ($1, 'national-body', $2, $2, $3, 'issued', 'not-known')`,
        [recommendation_id, code, name],
      )
    }
  }
  return rows.map(row => row.recommendation_id)
}
