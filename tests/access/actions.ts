import { randomUUID } from 'node:crypto'
import type { Database } from '../../src/platform/database/index.ts'
import type { Caller, TestIncident } from './country.ts'

/**
 * Actions with all that belongs to them, each with a word of its own: where a letter was sent or waits, and one that lies
 * with no incident; and what an area answers to a national recommendation that it was sent.
 * @returns the secret words, and the national recommendation
 */
export async function addActions(
  database: Database,
  country: { incidents: readonly TestIncident[]; partnership: string; manager: Caller; secretariat: Caller },
): Promise<{ secrets: { word: string; written: 'action' | 'change'; incident: TestIncident }[]; nationalId: string }> {
  const { incidents, partnership, manager, secretariat } = country
  const secrets: { word: string; written: 'action' | 'change'; incident: TestIncident }[] = []
  const nationalId = await database.asOwner(async client => {
    await client.query(`select set_config('weathervane.acting_on', '2026-03-02', false)`)
    for (const incident of [
      ...incidents.filter(({ stage }) => stage === 'reading' || stage === 'answered'),
      undefined,
    ]) {
      const salt = (written: 'action' | 'change') => {
        const word = `Zq${incident?.stage ?? 'none'}${written}${randomUUID().slice(0, 8)}`
        if (incident) secrets.push({ word, written, incident })
        return word
      }
      const place = [incident?.incidentId ?? null, incident?.authorityCode ?? null, partnership]
      const words = salt('action')
      const action = await client.query<{ action_id: string }>(
        `insert into action (number, incident_id, authority_code, partnership_code, text, owner_name, lead_name,
           prompted_by, due_on, update_months, agreed_on, person_id, created_at)
         values ($4, $1, $2, $3, $5, 'Test council', 'Test lead', 'audit', '2026-09-30', 1,
           '2026-01-02', $6, now()) returning action_id`,
        [...place, `A-2026-${randomUUID().slice(0, 8)}`, `What is done ${words}.`, manager.personId],
      )
      const actionId = action.rows[0]!.action_id
      await client.query(
        `insert into action_lead_address (action_id, partnership_code, address, at) values ($1, $2, 'test.lead@test.example', now())`,
        [actionId, partnership],
      )
      const update = async (saidOn: string) => {
        const added = await client.query<{ update_id: string }>(
          `insert into action_update (action_id, partnership_code, delivery, words, said_on, said_by, came_by, person_id, at)
           values ($1, $2, 'in-progress', $3, $5, 'Test lead', 'account', $4, now()) returning update_id`,
          [actionId, partnership, `How it goes ${words}.`, manager.personId, saidOn],
        )
        return added.rows[0]!.update_id
      }
      await client.query(
        `insert into action_check (update_id, action_id, partnership_code, counts, person_id, at)
         values ($1, $2, $3, true, $4, now())`,
        [await update('2026-02-02'), actionId, partnership, manager.personId],
      )
      const updateId = await update('2026-02-03')
      await client.query(
        `insert into action_chaser (action_id, partnership_code, lead_name, words, goes_by, person_id, at)
         values ($1, $2, 'Test lead', 'How does it go?', 'mail', $3, now())`,
        [actionId, partnership, manager.personId],
      )
      await client.query(`insert into action_serves (action_id, partnership_code, learning) values ($1, $2, $3)`, [
        actionId,
        partnership,
        `What was learnt ${words}.`,
      ])
      if (!incident) continue
      Object.assign(incident.recordIds, { action: actionId, update: updateId })
      if (incident.stage !== 'answered') continue
      await client.query(`insert into action_serves (action_id, partnership_code, point_id) values ($1, $2, $3)`, [
        actionId,
        partnership,
        incident.pointId,
      ])
      await client.query(
        `insert into change_account (incident_id, authority_code, partnership_code, reader, words, person_id, at)
         values ($1, $2, $3, 'panel', $4, $5, now()), ($1, $2, $3, 'staff', $6, $5, now())`,
        [...place, `Visits are confirmed ${salt('change')}.`, manager.personId, `Thank you ${words}.`],
      )
    }
    const addressed = await client.query<{ addressee_id: string; recommendation_id: string; partnership_code: string }>(
      `select addressee_id, recommendation_id, partnership_code from recommendation_addressee
       where kind = 'partnership' and incident_id is null and status = 'issued'`,
    )
    for (const row of addressed.rows) {
      const about = [row.addressee_id, row.recommendation_id, row.partnership_code]
      await client.query(
        `insert into national_answer (addressee_id, recommendation_id, partnership_code, answer, words, person_id, at)
         values ($1, $2, $3, 'we-will', 'We will.', $4, now())`,
        [...about, manager.personId],
      )
      const sample = await client.query<{ sample_id: string }>(
        `insert into evidence_sample (recommendation_id, seed, drawn_from, size, asked_by, person_id, at)
         values ($1, 'seed', $2, 1, '2026-05-01', $3, now()) returning sample_id`,
        [row.recommendation_id, [row.partnership_code], secretariat.personId],
      )
      await client.query(
        `insert into evidence_ask (sample_id, addressee_id, recommendation_id, partnership_code, asked_by)
         values ($4, $1, $2, $3, '2026-05-01')`,
        [...about, sample.rows[0]!.sample_id],
      )
      await client.query(
        `insert into national_sending (recommendation_id, chosen, partnerships, person_id, at) values ($1, 'all', 2, $2, now())`,
        [row.recommendation_id, secretariat.personId],
      )
    }
    await client.query(
      `insert into report_statement (partnership_code, year, part, words, person_id, saved_at)
       values ($1, 2025, 'actions', 'What it means.', $2, now())`,
      [partnership, manager.personId],
    )
    return addressed.rows[0]!.recommendation_id
  })
  return { secrets, nationalId }
}
