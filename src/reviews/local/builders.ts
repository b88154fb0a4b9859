import type pg from 'pg'
import type { IncidentPlace } from '../../platform/events/index.ts'

/**
 * A local review with a row of everything, written as the owner of the database; at its beginning the row of `review`
 * too. The ids of what has an address of its own, by the part of that address.
 */
export async function insertLocalReview(
  client: pg.PoolClient,
  { incidentId, authorityCode, partnershipCode }: IncidentPlace,
  {
    sentAheadOn,
    word = '',
    benchWord = '',
  }: { sentAheadOn?: string | undefined; word?: string; benchWord?: string } = {},
): Promise<Record<string, string>> {
  const place = [incidentId, authorityCode, partnershipCode]
  const review = await client.query<{ review_id: string }>(
    `insert into review (kind, incident_id, authority_code, partnership_code) values ('local', $1, $2, $3) returning review_id`,
    place,
  )
  const scope = [review.rows[0]!.review_id, ...place]
  const insert = async (table: string, columns: Record<string, unknown>, hasId = true) => {
    const names = Object.keys(columns)
    const { rows } = await client.query<{ id: string }>(
      `insert into ${table} (review_id, incident_id, authority_code, partnership_code, ${names.join(', ')})
       values ($1, $2, $3, $4, ${names.map((_, index) => `$${index + 5}`).join(', ')})
       ${hasId ? 'returning id' : ''}`,
      [...scope, ...Object.values(columns)],
    )
    return rows[0]?.id ?? ''
  }
  const at = '2026-03-02T10:00:00Z'
  await insert(
    'local_review',
    {
      decided_on: '2026-02-27',
      decided_from: 'partners',
      reasons: `The call to the home was not passed on ${word}.`,
      criteria: ['A'],
      due_on: '2026-08-27',
      due_rule: 'C7-2018',
      sent_ahead_on: sentAheadOn ?? null,
      recorded_at: at,
    },
    false,
  )
  await client.query(
    `insert into review_stage_plan (partnership_code, stages, saved_at) values ($1, '[]', $2) on conflict do nothing`,
    [partnershipCode, at],
  )
  await insert('local_review_stage', { stage: 'fieldwork', opened_on: '2026-03-01' }, false)
  const reviewer = await insert('reviewer_appointment', {
    name: `Test Reviewer ${word}`,
    background: 'A social worker for twenty years.',
    declares_conflict: false,
    declaration: 'Nothing to declare.',
    declared_on: '2026-02-28',
    recorded_at: at,
  })
  const terms = JSON.stringify({ questions: `Why was the call not passed on ${word}?` })
  await insert('terms_of_reference', { answers: terms }, false)
  await insert(
    'terms_of_reference_version',
    { version: 1, form_version: '1', answers: terms, agreed_on: '2026-03-01', recorded_at: at },
    false,
  )
  const entry = (kind: string, answers: object) =>
    insert('local_review_entry', {
      kind,
      answers: JSON.stringify(answers),
      form_version: '1',
      added_at: at,
      saved_at: at,
    })
  return {
    reviewers: reviewer,
    requests: await entry('request', {
      kind: 'information',
      ofWhom: 'Test Trust',
      what: `The visits of May ${word}.`,
      why: 'They are not in the summary.',
      askedOn: '2026-02-20',
      dueOn: '2026-02-27',
    }),
    extensions: await entry('extension', {
      reason: 'criminal-case',
      explanation: `The trial is in autumn ${word}.`,
      expectedOn: '2026-12-01',
      approvedBy: 'The three partners',
      approvedOn: '2026-03-01',
      standsStill: 'no',
    }),
    told: await entry('told', { whom: ['panel'], toldOn: '2026-03-01', how: 'By e-mail' }),
    days: await entry('days', { reviewer, on: '2026-03-01', halfDays: 3, what: 'Reading' }),
    contacts: await entry('contact', {
      who: `Test Practitioner ${benchWord}`,
      role: 'Health visitor',
      on: '2026-03-01',
      agreed: 'not-needed',
    }),
    notes: await entry('note', {
      title: 'Practitioner event',
      on: '2026-03-01',
      text: `They had no time ${benchWord}.`,
    }),
    index: await entry('index', { about: 'theme', theme: 'neglect', from: 'paragraph', paragraph: 'Summary, 3' }),
    related: await insert('related_process', {
      kind: 'police',
      body: 'Test Police',
      status: 'running',
      effect: 'delays-publication',
      notes: `The file is with the prosecutor ${word}.`,
      checked_on: '2026-01-02',
    }),
    learning: await insert('learning_point', {
      number: 1,
      text: `A call to a home with a baby reaches the health visitor ${word}.`,
      theme: 'neglect',
      added_at: at,
    }),
    ...(sentAheadOn && {
      sendings: await insert('local_review_sending', {
        what: 'report',
        sent_to: ['panel', 'dfe', 'ofsted'],
        sent_on: sentAheadOn,
        recorded_at: at,
      }),
    }),
  }
}
