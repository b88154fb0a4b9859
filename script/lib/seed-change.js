/**
 * Recommendations, actions and published reviews to measure with, in bulk, as the owner of the database. They lie in 150
 * example areas of their own, of which the first is the largest: nothing is made up in an area of the training country.
 * Their codes have the T of what is invented.
 */

/** The example area of the n-th of so many: early areas have several times as many as late ones. */
const areaOf = (n, many) => `1 + floor(150 * power((${n}::float8 - 1) / ${many}, 1.5))::int4`

const textOf = n => `texts[1 + (${n}) % array_length(texts, 1)]`
const numbered = kind => `'${kind}-2098-' || lpad(n::text, 5, '0')`

/** What is said of an addressee, by its number. */
const reply = n =>
  `(array['accepted', 'accepted', 'accepted-differently', 'not-taken-forward', 'awaited', 'accepted', 'accepted'])[1 + ${n} % 7]`
const delivery = n => `(array['done', 'in-progress', 'not-started', 'done', 'in-progress'])[1 + ${n} % 5]`
const effect = n =>
  `(array['not-looked-at', 'practice-changed', 'no-change', 'not-looked-at', 'not-looked-at', 'cannot-be-told'])[1 + ${n} % 6]`

const steps = [
  `insert into region (code, name) select 'TX-R' || n, 'Example region ' || n from generate_series(1, 9) n`,
  `insert into body (code, kind, name, region_code)
    select 'TX-' || letter || area, kind, 'Example ' || named || ' ' || area, 'TX-R' || (area % 9 + 1)
    from generate_series(1, 150) area, (values ('P', 'partnership', 'area'), ('A', 'authority', 'council'),
      ('O', 'police', 'police'), ('I', 'icb', 'health board')) kinds (letter, kind, named)
    union all select 'TX-N' || n, 'national', 'Example national body ' || n, null from generate_series(1, 5) n`,
  `insert into partnership_body (partnership_code, body_code, from_on)
    select 'TX-P' || area, 'TX-' || letter || area, '2018-06-29'
    from generate_series(1, 150) area, unnest(array['A', 'O', 'I']) letter`,
  `create temporary table example_person as
    select gen_random_uuid() as id, role, 'TX-' || letter || area as body_code, area, 'Example ' || role || ' ' || letter || area as name
    from generate_series(1, 150) area, (values ('business-manager', 'P'), ('scrutineer', 'P'), ('safeguarding-partner', 'A'),
      ('safeguarding-partner', 'O'), ('safeguarding-partner', 'I')) roles (role, letter)
    union all select gen_random_uuid(), 'body-answering', 'TX-N' || n, n, 'Example body-answering ' || n from generate_series(1, 5) n`,
  `insert into person (id, name) select id, name from example_person`,
  `insert into email_address (person_id, address)
    select id, lower(replace(name, ' ', '.')) || '@areas.example' from example_person`,
  `insert into appointment (person_id, role, body_code, from_on) select id, role, body_code, '2018-06-29' from example_person`,

  `insert into incident (reference, authority_code, partnership_code, created_at, notified_at)
    select 'TX-' || area || '-' || n, 'TX-A' || area, 'TX-P' || area, at, at
    from generate_series(1, 150) area, generate_series(0, 9) n, lateral (select now() - make_interval(days => 900 + 90 * n) as at) days`,

  // Recommendations: one in forty is national.
  `create temporary table example_recommendation as
    select n, n % 40 = 0 as is_national, ${areaOf('n', 'wanted.recommendations')} as area,
      case when n % 97 = 0 then 'out-for-comment' when n % 20 = 1 then 'closed' else 'issued' end as status,
      ${textOf('n')} || ' Example area ' || n || '.' as text, array[themes[1 + n % array_length(themes, 1)], themes[1 + (n * 7 + 3) % array_length(themes, 1)]] as themes,
      now() - make_interval(days => (n * 31) % 1500) as at
    from wanted, generate_series(1, wanted.recommendations) n`,
  `insert into recommendation (number, incident_id, authority_code, partnership_code, source_kind, source_name, level, status, text,
      finding, intended_change, measure, themes, priority, body_code, created_at, issued_at, published_at, ended_at, ended_reason)
    select ${numbered('R')}, incident_id, authority_code, partnership_code, case when is_national then 'national-review' else 'local-review' end,
      case when is_national then 'Example national review ' || n % 30 else '' end, case when is_national then 'national' else 'local' end,
      status, text, text, text, text, themes, 'standard', coalesce(partnership_code, 'TX-N1'), at,
      case when status <> 'out-for-comment' then at end,
      case when status <> 'out-for-comment' and (is_national or n % 2 = 0) then at end,
      case when status = 'closed' then at end, case when status = 'closed' then 'It is done.' else '' end
    from example_recommendation
    left join incident on not is_national and incident.reference = 'TX-' || area || '-' || n % 10`,
  // Three partners owe an answer to a local one, two national bodies to a national one.
  `insert into recommendation_addressee (recommendation_id, kind, incident_id, authority_code, partnership_code, body_code, body_name,
      status, reply_asked_by, reply_basis, reply, delivery, effect, replied_on, delivery_at, effect_at)
    select recommendation_id, owed.kind, incident_id, coalesce(recommendation.authority_code, case when owed.kind = 'national-body' then body.code end), recommendation.partnership_code, body.code, body.name,
      recommendation.status, (at + interval '60 days')::date, 'request', reply, delivery, effect,
      case when reply <> 'awaited' then at::date + 30 end, case when delivery <> 'not-started' then at + interval '200 days' end,
      case when effect <> 'not-looked-at' then at + interval '300 days' end
    from example_recommendation join recommendation on number = ${numbered('R')}
    join lateral (
      select 'partner' as kind, 'TX-' || letter || area as body_code, place from unnest(array['A', 'O', 'I']) with ordinality letters (letter, place)
      where not is_national
      union all select 'national-body', 'TX-N' || (1 + (n / 40 + place) % 5), place from generate_series(1, 2) place where is_national
    ) owed on true
    join body on body.code = owed.body_code,
    lateral (select case when recommendation.status = 'out-for-comment' then 'awaited' else ${reply('(n + place)')} end as reply) replied,
    lateral (select case when reply = 'awaited' then 'not-started' else ${delivery('(n + place)')} end as delivery) delivered,
    lateral (select case when delivery = 'done' then ${effect('(n + place)')} else 'not-looked-at' end as effect) judged`,
  // Five national ones were sent to every example area; four of five areas answered.
  `insert into recommendation_addressee (recommendation_id, kind, partnership_code, body_code, body_name, status, reply_asked_by, reply_basis)
    select recommendation_id, 'partnership', body.code, body.code, body.name, 'issued', current_date - 30, 'guidance'
    from body, lateral (select recommendation_id from recommendation where number like 'R-2098-%' and incident_id is null and status = 'issued'
      order by issued_at desc, number limit 5) sent
    where body.code like 'TX-P%'`,
  `insert into national_answer (addressee_id, recommendation_id, partnership_code, answer, words, evidence, person_id, at)
    select addressee_id, recommendation_id, partnership_code, (array['we-will', 'already-in-place', 'not-now'])[1 + area % 3],
      'We read it with the three partners.', 'An audit of twenty records.', example_person.id, now() - interval '20 days'
    from recommendation_addressee join example_person on example_person.body_code = partnership_code and role = 'business-manager'
    where kind = 'partnership' and area % 5 > 0`,
  `insert into recommendation_move (addressee_id, incident_id, authority_code, partnership_code, body_code, axis, part, from_state, to_state,
      words, came_by, said_on, said_by, person_id, source, at)
    select addressee_id, incident_id, authority_code, partnership_code, owed.body_code, axis, part, from_state, to_state,
      'We do this with our partners.', came_by, current_date - 20, 'Somebody of ' || body_name, example_person.id,
      case came_by when 'letter' then 'A letter' else '' end, now() - interval '20 days'
    from (select *, case when row_number() over (order by addressee_id) % 10 = 0 then 'letter' else 'account' end as came_by
      from recommendation_addressee) owed
    join lateral (values ('reply', 'owner', 'awaited', reply), ('delivery', 'owner', 'not-started', delivery),
      ('effect', case when kind = 'national-body' then 'panel' else 'judge' end, 'not-looked-at', effect)) moved (axis, part, from_state, to_state)
      on from_state <> to_state
    join example_person on example_person.body_code = owed.body_code
    where owed.body_code like 'TX-%'`,
  // What came by letter was compared with the letter, but for one in twenty.
  `insert into recommendation_move_check (move_id, incident_id, authority_code, partnership_code, person_id, agrees, at)
    select move_id, incident_id, authority_code, partnership_code, person_id, true, at
    from (select *, row_number() over (order by turn) as place from recommendation_move where source = 'A letter') moved where place % 20 > 0`,
  // Themes that came up again: a third waits for an answer.
  `insert into theme_question (addressee_id, recommendation_id, incident_id, authority_code, partnership_code, body_code, themes, asked_at, answer, words, person_id, answered_at)
    select addressee_id, recommendation_id, incident_id, authority_code, partnership_code, owed.body_code, owed.themes, at,
      case when place % 3 > 0 then 'worked' end, case when place % 3 > 0 then 'The audit says so.' else '' end,
      case when place % 3 > 0 then example_person.id end, case when place % 3 > 0 then at + interval '5 days' end
    from (select *, row_number() over (order by addressee_id) as place from recommendation_addressee
      where delivery = 'done' and status = 'issued' and body_code like 'TX-%') owed
    join example_person on example_person.body_code = owed.body_code,
    lateral (select now() - make_interval(hours => (place * 7 % 9000)::int4) as at) days
    where place % 6 = 0`,

  // Actions, each for what was asked of a partner of its area.
  `create temporary table example_action as
    select n, gen_random_uuid() as action_id, ${areaOf('n', 'wanted.actions')} as area,
      (array['A', 'O', 'I'])[1 + n % 3] as letter, current_date - 30 - (n * 37) % 1100 as agreed_on,
      (array['done', 'done', 'in-progress', 'in-progress', 'not-started', 'done', 'stopped', 'done'])[1 + n % 8] as delivery
    from wanted, generate_series(1, wanted.actions) n`,
  `insert into action (action_id, number, incident_id, authority_code, partnership_code, text, owner_code, owner_name, joint_with, lead_person_id,
      lead_name, prompted_by, due_on, update_months, agreed_on, created_at, delivery, updated_on, unchecked)
    select action_id, ${numbered('A')}, incident_id, authority_code, 'TX-P' || agreed.area, ${textOf('n')}, 'TX-' || letter || agreed.area, body.name,
      case when n % 4 = 0 then array['Example council ' || agreed.area] else '{}' end,
      case when n % 3 > 0 then example_person.id end, coalesce(case when n % 3 > 0 then example_person.name end, 'Head of quality'),
      'recommendation', agreed_on + 365, 3, agreed_on, agreed_on, delivery,
      case when delivery <> 'not-started' then least(agreed_on + (n % 400), current_date - n % 120) end, case when n % 40 = 0 then 1 else 0 end
    from wanted, example_action agreed
    left join incident on n % 10 > 0 and incident.reference = 'TX-' || agreed.area || '-' || n % 10
    join body on body.code = 'TX-' || letter || agreed.area
    join example_person on example_person.body_code = body.code`,
  `insert into action_serves (action_id, incident_id, authority_code, partnership_code, addressee_id)
    select action_id, incident_id, authority_code, owed.partnership_code, addressee_id
    from (select action.*, row_number() over (partition by partnership_code order by number) - 1 as place from action where number like 'A-2098-%') numbered
    join (select addressee_id, partnership_code, row_number() over (partition by partnership_code order by addressee_id) - 1 as place,
        count(*) over (partition by partnership_code) as many
      from recommendation_addressee where body_code like 'TX-%' and status in ('issued', 'closed')) owed
      on owed.partnership_code = numbered.partnership_code and owed.place = numbered.place % many`,
  `insert into action_update (action_id, incident_id, authority_code, partnership_code, delivery, words, said_on, said_by, came_by, person_id, at)
    select action_id, incident_id, authority_code, partnership_code, delivery, 'We have begun with ' || turn || ' of five teams.',
      updated_on, lead_name, 'account', example_person.id, updated_on + make_interval(hours => turn)
    from action join example_person on example_person.body_code = owner_code, generate_series(1, 2) turn
    where number like 'A-2098-%' and updated_on is not null`,
  `insert into action_check (update_id, action_id, incident_id, authority_code, partnership_code, counts, person_id, at)
    select update_id, action_update.action_id, action_update.incident_id, action_update.authority_code, action_update.partnership_code, true,
      example_person.id, at
    from action_update join action on action.action_id = action_update.action_id
    join example_person on example_person.body_code = action.partnership_code and role = 'business-manager'
    where number like 'A-2098-%' and (unchecked = 0 or extract(hour from at) = 1)`,

  // What everybody reads.
  `insert into published_recommendation (number, shown, tags, published_on, changed_on)
    select number, jsonb_build_object('number', number, 'status', recommendation.status, 'level', level, 'text', text, 'answers', finding,
        'themes', recommendation.themes, 'intendedChange', intended_change, 'measure', measure, 'priority', priority, 'priorityReason', '',
        'source', jsonb_build_object('kind', recommendation.source_kind, 'name', source_name, 'url', ''), 'publishedOn', published_at::date,
        'replacedBy', null, 'addressees', addressees, 'toLocalPartners', incident_id is not null, 'inEngland', null),
      array['source:' || source_name] || array(select 'theme:' || theme from unnest(recommendation.themes) theme) || tags, published_at::date, published_at::date
    from recommendation, lateral (
      select coalesce(jsonb_agg(jsonb_build_object('name', body_name, 'code', body_code, 'replyAskedBy', reply_asked_by, 'replyBasis', reply_basis,
          'reply', reply, 'replyOn', replied_on, 'delivery', delivery, 'deliveryOn', delivery_at::date, 'effect', effect, 'effectOn', effect_at::date,
          'said', case when reply = 'awaited' then '[]' else jsonb_build_array(jsonb_build_object('axis', 'reply', 'to', reply, 'changes', true, 'by', 'body',
            'words', 'We do this with our partners.', 'replacement', '', 'howAsked', '', 'evidence', null, 'on', replied_on, 'cameBy', 'account')) end)
          order by body_name), '[]') as addressees,
        coalesce(array_agg('to:' || body_name) || array_agg('reply:' || reply), '{}') as tags
      from recommendation_addressee owed where owed.recommendation_id = recommendation.recommendation_id and owed.kind = 'national-body') named
    where number like 'R-2098-%' and published_at is not null`,
  `insert into published_choice (sources, addressees, changed_on)
    select (select array_agg('Example national review ' || n) from generate_series(0, 29) n), (select array_agg(name) from body where code like 'TX-N%'), current_date
    on conflict (is_only) do update set sources = published_choice.sources || excluded.sources,
      addressees = published_choice.addressees || excluded.addressees, changed_on = excluded.changed_on`,
  `insert into published_review (number, partnership_code, partnership_name, title, account, learning, recommendations, themes, may_be_indexed, in_feed,
      published_on, as_at)
    select ${numbered('LR')}, body.code, body.name, 'Example child ' || n, many.account, ${textOf('n')},
      array[${textOf('n')}, ${textOf('(n + 5)')}], array[themes[1 + n % array_length(themes, 1)]], true, n % 10 = 0, current_date - n, current_date - n
    from wanted, generate_series(1, wanted.recommendations / 20) n
    join body on body.code = 'TX-P' || (1 + n % 150)
    join lateral (select string_agg(${textOf('(n + line)')}, E'\\n\\n') as account from generate_series(1, 40) line) many on true`,
]
/** What these would work out from row to row stands in the rows already. */
const untriggered = [
  'recommendation_move',
  'recommendation_move_check',
  'action',
  'action_serves',
  'action_update',
  'action_check',
  'theme_question',
]

/**
 * @param {import('pg').Client} client the owner of the database
 * @param {{ recommendations: number, actions: number, themes: string[], texts: string[] }} wanted
 * @returns who reads them, by role, those of the largest areas first; drafts of the first 20 areas; the national
 *   recommendation that was sent to every area; numbers of what is published
 */
export async function seedChange(client, wanted) {
  await client.query('begin')
  // Compiling long expressions takes longer than working them out.
  await client.query('set local jit = off')
  await client.query('create temporary table wanted (recommendations int4, actions int4, themes text[], texts text[])')
  await client.query('insert into wanted values ($1, $2, $3, $4)', [
    wanted.recommendations,
    wanted.actions,
    wanted.themes,
    wanted.texts,
  ])
  for (const table of untriggered) await client.query(`alter table ${table} disable trigger user`)
  for (const step of steps) {
    await client.query(step).catch(error => {
      throw new Error(
        `${error.message}, at ${error.position ? step.slice(Number(error.position) - 20, Number(error.position) + 60) : step}`,
      )
    })
  }
  for (const table of untriggered) await client.query(`alter table ${table} enable trigger user`)
  const one = async query => (await client.query(query)).rows.map(row => Object.values(row)[0])
  const people = await one(
    `select json_build_object('role', role, 'ids', json_agg(id order by area)) from example_person group by role`,
  )
  const seeded = {
    people: Object.fromEntries(people.map(({ role, ids }) => [role, ids])),
    drafts:
      await one(`select json_build_object('number', number, 'area', area) from recommendation join example_recommendation on number = ${numbered('R')}
      where recommendation.status = 'out-for-comment' and area <= 20 and not is_national limit 20`),
    sentToAll: await one(
      `select recommendation_id from recommendation_addressee where partnership_code = 'TX-P1' and kind = 'partnership' limit 1`,
    ),
    recommendations: await one(
      `select number from published_recommendation where number like 'R-2098-%' order by number limit 50`,
    ),
    reviews: await one(`select number from published_review where number like 'LR-2098-%' order by number limit 50`),
  }
  await client.query('commit')
  await client.query('vacuum analyze')
  return seeded
}
