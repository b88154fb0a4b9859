import type pg from 'pg'

/** Opens the temporary table in which events wait until all of them are known and can be put in order of time. */
export async function openEvents(client: pg.ClientBase): Promise<void> {
  await client.query(`
    create temporary table new_event (like event) on commit drop;
    alter table new_event drop column xid, drop column id, add column salt text, add column detail jsonb,
      add column place int8 generated always as identity`)
}

/** Those that people recorded in this transaction wait with the others, as if told. */
export async function takeRecordedEvents(client: pg.ClientBase): Promise<void> {
  const columns =
    'at, kind, subject, incident_id, object_id, authority_code, partnership_code, person_id, who, detail_hash'
  await client.query(`
    insert into new_event (${columns}, salt, detail)
    select ${columns}, salt, detail from event left join event_detail on event_id = event.id
    where event.xid = pg_current_xact_id() order by event.id;
    delete from event_detail using event where event_id = event.id and event.xid = pg_current_xact_id();
    delete from event where event.xid = pg_current_xact_id()`)
}

/** Gives the events their numbers in order of time, after those that are there. */
export async function numberEvents(client: pg.ClientBase): Promise<void> {
  await client.query(`
    create temporary table numbered_event on commit drop as
    select (select coalesce(max(id), 0) from event) + row_number() over (order by new_event.at, new_event.place) as id,
      new_event.*
    from new_event;
    insert into event (id, at, kind, subject, incident_id, object_id, authority_code, partnership_code, person_id, who, detail_hash)
      overriding system value
    select id, at, kind, subject, incident_id, object_id, authority_code, partnership_code, person_id, who, detail_hash
    from numbered_event order by id;
    -- Where people acted before, the plan that looks up the event of a detail was made for a handful of events.
    analyze event;
    insert into event_detail (event_id, salt, detail)
    select id, salt, detail from numbered_event where detail is not null order by id;
    select setval(pg_get_serial_sequence('event', 'id'), (select max(id) from event))`)
}
