-- One incident, its notification and its children. The incident is the root of the chain: every later table carries
-- incident_id, authority_code and partnership_code, by which row-level security reaches it.
--
-- Every row about an incident lies where its incident lies: that is the foreign key `TABLE_place_fkey`. Policies compare
-- the codes of the row, so without it somebody could reach an incident of another area by giving their own codes beside
-- its number.
create table incident (
  incident_id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  authority_code text not null references body,
  partnership_code text not null references body,
  nature text,
  incident_on date,
  aware_on date,
  created_at timestamptz not null,
  notified_at timestamptz,
  discarded_at timestamptz,
  unique (incident_id, authority_code, partnership_code)
);
create index on incident (partnership_code, notified_at);
create index on incident (authority_code, notified_at);
create index on incident (notified_at);
-- The API lists the newest first and goes on from the last one seen.
create index incident_started on incident (created_at desc, incident_id desc);

-- A draft that nobody needs any more is discarded: it leaves every list, and stays for the trail. Its authority alone can
-- read it, and nobody can change it or take it up again.
create table notification (
  incident_id uuid primary key,
  authority_code text not null,
  partnership_code text not null,
  status text not null default 'draft' check (status in ('draft', 'sent', 'discarded')),
  revision int4 not null default 1,
  answers jsonb not null,
  typed jsonb not null default '{}',
  -- When each page was last saved, so that two people on one page are told of each other.
  page_revisions jsonb not null default '{}',
  person_id uuid references person,
  national_reference text,
  -- When it went through the national service, before or after it was sent here.
  national_sent_at timestamptz,
  review_needed boolean,
  saved_at timestamptz not null,
  sent_at timestamptz,
  discard_reason text,
  constraint notification_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on notification (authority_code, status);
-- What was sent, as it was sent.
create table notification_version (
  incident_id uuid not null,
  version int4 not null,
  authority_code text not null,
  partnership_code text not null,
  form_version text not null,
  answers jsonb not null,
  hash text not null,
  sent_by uuid references person,
  sent_at timestamptz not null,
  primary key (incident_id, version),
  constraint notification_version_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create table child (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  position int4 not null,
  is_primary boolean not null,
  given_name text,
  family_name text,
  born_on date,
  age_in_years int4,
  unborn boolean not null default false,
  sex text,
  ethnicity text,
  unique (incident_id, position),
  constraint child_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
revoke update, delete on notification_version, child from weathervane_app;
-- Where an incident happened never changes: all that is about it lies there.
revoke update on incident from weathervane_app;
grant update (nature, incident_on, aware_on, notified_at, discarded_at) on incident to weathervane_app;

call guard_table('incident');
call guard_table('notification');
call guard_table('notification_version');
call guard_table('child');
call guard_conflict('incident');
call guard_conflict('notification');
call guard_conflict('notification_version');
call guard_conflict('child');
call guard('incident', 'select', 'notification-draft', 'read', 'notified_at is null');
call guard('incident', 'select', 'incident', 'read', 'notified_at is not null');
call guard('incident', 'insert', 'notification-draft', 'write', 'notified_at is null');
call guard('incident', 'update', 'notification-draft', 'write', 'notified_at is null and discarded_at is null', 'notified_at is null');
call guard('incident', 'update', 'notification-draft', 'send', 'notified_at is null and discarded_at is null',
  'notified_at is not null and discarded_at is null');
call guard('notification', 'select', 'notification-draft', 'read', 'status <> ''sent''');
call guard('notification', 'select', 'notification', 'read', 'status = ''sent''');
call guard('notification', 'insert', 'notification-draft', 'write', 'status = ''draft''');
call guard('notification', 'update', 'notification-draft', 'write', 'status = ''draft''', 'status in (''draft'', ''discarded'')');
call guard('notification', 'update', 'notification-draft', 'send', 'status = ''draft''', 'status = ''sent''');
call guard('notification_version', 'select', 'notification', 'read');
call guard('notification_version', 'insert', 'notification-draft', 'send');
call guard('child', 'select', 'notification', 'read');
call guard('child', 'insert', 'notification-draft', 'send');

-- A right reaches a row by either of its codes: so that they are those of a real place is asked where it is first written.
create policy at_a_place on incident as restrictive for insert to weathervane_app
  with check (authority_code = any ((select my_list('authorities'))::text[]) and exists (
    select from partnership_body
    where partnership_body.body_code = incident.authority_code and partnership_body.partnership_code = incident.partnership_code
      and partnership_body.from_on <= (select acting_on())
      and (partnership_body.until_on is null or partnership_body.until_on > (select acting_on()))));
-- An incident is notified by the notification that was sent, at no later time: the national service may have had it before.
create policy by_its_notification on incident as restrictive for update to weathervane_app
  using (true) with check (notified_at is null or exists (
    select from notification where notification.incident_id = incident.incident_id and notification.status = 'sent'
      and notification.sent_at >= incident.notified_at));

-- To what was sent no version and no child is added.
create policy before_sending on notification_version as restrictive for insert to weathervane_app
  with check (exists (
    select from notification where notification.incident_id = notification_version.incident_id and notification.status = 'draft'));
create policy before_sending on child as restrictive for insert to weathervane_app
  with check (exists (
    select from notification where notification.incident_id = child.incident_id and notification.status = 'draft'));

-- What was sent stands still. That it went through the national service too can be said of it afterwards, once; no policy
-- gives that step, since policies see whole rows and not which columns change.
create function record_national_sending(sent_notification uuid, reference text, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update notification set national_reference = reference, national_sent_at = at
  where incident_id = sent_notification and status = 'sent' and national_sent_at is null
    and array[authority_code, partnership_code, partnership_code || ' ' || authority_code] && my_codes('notification-draft:send')
    and incident_id <> all (my_ids('hidden'))
    and authority_code <> all (my_list('hidden_authorities'));
  return found;
end $$;
grant execute on function record_national_sending(uuid, text, timestamptz) to weathervane_app;
