-- What happened, and who read what. Rows hold references and hashes, never names or free text: what was said lies in
-- event_detail, which the retention role alone may erase, and the seal covers its hash.
-- `xid` comes before `id`, so that a row's transaction has its number before the row has its own: a late committer
-- can be told from a row that was put in afterwards (see events/verify).
create table event (
  xid xid8 not null default pg_current_xact_id(),
  id int8 primary key generated always as identity,
  at timestamptz not null,
  kind text not null,
  subject text not null,
  incident_id uuid,
  object_id uuid,
  authority_code text,
  partnership_code text,
  person_id uuid,
  who text not null,
  detail_hash text
);
create index on event (incident_id, id);
create table event_detail (
  event_id int8 primary key references event,
  salt text not null,
  detail jsonb not null
);
create table access_entry (
  xid xid8 not null default pg_current_xact_id(),
  id int8 primary key generated always as identity,
  at timestamptz not null,
  person_id uuid,
  who text not null,
  subject text not null,
  purpose text not null,
  incident_ids uuid[] not null
);
create index on access_entry (person_id, id);
create table seal (
  id int8 primary key,
  at timestamptz not null,
  previous_root text not null,
  root text not null,
  snapshot pg_snapshot not null
);
create table seal_entry (
  log text not null check (log in ('event', 'access_entry')),
  entry_id int8 not null,
  seal_id int8 not null references seal,
  position int4 not null,
  leaf text not null,
  primary key (log, entry_id)
);
create index on seal_entry (seal_id, position);
revoke update, delete, truncate on event, event_detail, access_entry, seal, seal_entry from weathervane_app;

call guard_table('event');
call guard_table('event_detail');
call guard_table('access_entry');
call guard_table('seal');
call guard_table('seal_entry');
do $$ begin
  execute format('create policy read_by_subject on event for select to weathervane_app using (%s)', reach('subject', 'read', true));
end $$;
call guard_conflict('event');
-- What is written about an incident is written by who may see it, under the role they act in. The Panel's work begins
-- with a task that sees no incidents, and whoever came with a link sees none.
create policy as_oneself on event for insert to weathervane_app
  with check (
    person_id is not distinct from (select my_person())
    and who = (select current_setting('weathervane.who'))
    and (num_nonnulls(incident_id, authority_code, partnership_code) = 0 or who = 'task:receive-review'
      or is_linked_place(incident_id, authority_code, partnership_code) or exists (
      select from incident
      where incident.incident_id = event.incident_id and incident.authority_code = event.authority_code
        and incident.partnership_code = event.partnership_code)));
-- Storing a detail beside its event needs the event's number back.
create policy just_written on event for select to weathervane_app using (xid = pg_current_xact_id_if_assigned());
-- A detail is as visible as its event: the sub-select runs under the event's own policies.
create policy with_its_event on event_detail for select to weathervane_app
  using (exists (select from event where event.id = event_detail.event_id));
-- It is written with its event: to what happened before nothing is added.
create policy with_its_event_written on event_detail for insert to weathervane_app
  with check (exists (select from event where event.id = event_detail.event_id and event.xid = pg_current_xact_id_if_assigned()));
create policy as_oneself on access_entry for insert to weathervane_app
  with check (person_id is not distinct from (select my_person()) and who = (select current_setting('weathervane.who')));
create policy own on access_entry for select to weathervane_app using (person_id = (select my_person()));
-- To seal and to check, the service reads every event; administrators may see the seals and not what they seal.
create policy sealing on event for select to weathervane_app using ((select allowed('audit-trail:write:national')));
create policy sealing on access_entry for select to weathervane_app using ((select allowed('audit-trail:write:national')));
create policy sealing on seal for select to weathervane_app using ((select allowed('audit-trail:read:national')));
create policy sealing_new on seal for insert to weathervane_app with check ((select allowed('audit-trail:write:national')));
create policy sealing on seal_entry for select to weathervane_app using ((select allowed('audit-trail:read:national')));
create policy sealing_new on seal_entry for insert to weathervane_app with check ((select allowed('audit-trail:write:national')));
