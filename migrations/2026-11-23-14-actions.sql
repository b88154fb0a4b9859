-- What is done about recommendations, points of letters and what was learnt; and what partnerships answer to national
-- recommendations.
--
-- An action is a partnership's. It may lie with one incident, which then goes before: whoever has a conflict there does
-- not see it. How far it is follows from its updates that a person has checked; nobody writes it.
create table action (
  action_id uuid primary key default gen_random_uuid(),
  -- Drawn by lot, like the numbers of recommendations. What is sent by mail says no more than this.
  number text not null unique,
  incident_id uuid,
  authority_code text,
  partnership_code text not null references body,
  text text not null check (btrim(text) <> ''),
  words tsvector generated always as (to_tsvector('pg_catalog.english', text)) stored,
  owner_code text references body,
  owner_name text not null check (btrim(owner_name) <> ''),
  -- Other bodies that do it too; none for an action of one body.
  joint_with text[] not null default '{}',
  lead_person_id uuid references person,
  lead_name text not null check (btrim(lead_name) <> ''),
  prompted_by text not null check (prompted_by in ('recommendation', 'letter-point', 'audit', 'local-learning', 'inspection')),
  due_on date not null,
  update_months int4 not null check (update_months between 1 and 6),
  agreed_on date not null,
  person_id uuid references person,
  created_at timestamptz not null,
  delivery text not null default 'not-started' check (delivery in ('not-started', 'in-progress', 'done', 'stopped')),
  -- The day of the last update that counts.
  updated_on date,
  -- Updates that wait for somebody to check them.
  unchecked int4 not null default 0,
  -- When it was last asked for.
  asked_on date,
  -- The day an update is expected: by the rhythm, and on the due day in any case. What is done or stopped waits for none.
  next_update_on date generated always as (
    case when delivery not in ('done', 'stopped') then
      least((coalesce(updated_on, agreed_on) + make_interval(months => update_months))::date,
        case when due_on > coalesce(updated_on, agreed_on) then due_on end)
    end) stored,
  constraint action_lies_whole check (num_nulls(incident_id, authority_code) in (0, 2)),
  constraint action_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on action (partnership_code, due_on);
create index on action (incident_id);
create index action_to_update on action (partnership_code, next_update_on) where next_update_on is not null;
create index action_led on action (lead_person_id, next_update_on) where next_update_on is not null;
create index action_unchecked on action (partnership_code) where unchecked > 0;
revoke update on action from weathervane_app;
grant update (text, owner_code, owner_name, joint_with, lead_person_id, lead_name, due_on, update_months)
  on action to weathervane_app;

-- Where a lead without an account is asked: written by whoever agrees the action, the last one stands. Nobody reads it:
-- chaser_address gives one to the task that sends one mail.
create table action_lead_address (
  lead_address_id uuid primary key default gen_random_uuid(),
  action_id uuid not null references action,
  incident_id uuid,
  authority_code text,
  partnership_code text not null,
  address text not null,
  at timestamptz not null,
  constraint action_lead_address_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on action_lead_address (action_id, at);
revoke update, delete on action_lead_address from weathervane_app;

create table action_serves (
  serves_id uuid primary key default gen_random_uuid(),
  action_id uuid not null references action,
  incident_id uuid,
  authority_code text,
  partnership_code text not null,
  addressee_id uuid references recommendation_addressee,
  point_id uuid references letter_point,
  -- What was learnt, in words, where nobody else has asked.
  learning text,
  unique nulls not distinct (action_id, addressee_id, point_id, learning),
  constraint action_serves_one check (num_nonnulls(addressee_id, point_id, learning) = 1),
  constraint action_serves_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on action_serves (addressee_id) where addressee_id is not null;
create index on action_serves (point_id) where point_id is not null;
revoke update on action_serves from weathervane_app;

-- How it goes, said once. It counts when a person has checked it.
create table action_update (
  update_id uuid primary key default gen_random_uuid(),
  action_id uuid not null references action,
  incident_id uuid,
  authority_code text,
  partnership_code text not null,
  delivery text not null check (delivery in ('not-started', 'in-progress', 'done', 'stopped')),
  words text not null check (btrim(words) <> ''),
  evidence_kind text check (evidence_kind in ('audit', 'observation', 'dataset', 'survey', 'policy-document', 'statement')),
  evidence text not null default '',
  said_on date not null,
  said_by text not null,
  came_by text not null check (came_by in ('account', 'link')),
  person_id uuid references person,
  link_id uuid,
  at timestamptz not null,
  constraint action_update_evidence check ((evidence_kind is null) = (btrim(evidence) = '')),
  constraint action_update_said check ((came_by = 'link') = (link_id is not null) and (came_by = 'account') = (person_id is not null)),
  constraint action_update_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on action_update (action_id, at);
-- The same said twice in a day, by a button that was pressed twice, is said once.
create unique index action_update_said_once on action_update
  (action_id, (coalesce(link_id, person_id)), said_on, delivery, md5(words), md5(coalesce(evidence_kind, '') || ' ' || evidence));
revoke update, delete on action_update from weathervane_app;

create table action_check (
  update_id uuid primary key references action_update,
  action_id uuid not null references action,
  incident_id uuid,
  authority_code text,
  partnership_code text not null,
  counts boolean not null,
  -- Why it does not count.
  words text not null default '',
  person_id uuid not null references person,
  at timestamptz not null,
  constraint action_check_reason check (counts or btrim(words) <> ''),
  constraint action_check_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on action_check (action_id);
revoke update, delete on action_check from weathervane_app;

-- That an update was asked for: whom, in which words, by whom.
create table action_chaser (
  chaser_id uuid primary key default gen_random_uuid(),
  action_id uuid not null references action,
  incident_id uuid,
  authority_code text,
  partnership_code text not null,
  lead_name text not null,
  words text not null,
  -- By mail of the service, or handed over by whoever asked.
  goes_by text not null check (goes_by in ('mail', 'hand')),
  person_id uuid not null references person,
  at timestamptz not null,
  sent_at timestamptz,
  failure text,
  constraint action_chaser_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on action_chaser (action_id, at);
revoke update, delete on action_chaser from weathervane_app;
grant update (sent_at, failure) on action_chaser to weathervane_app;

-- What a partnership answers to a national recommendation that it was sent.
create table national_answer (
  answer_id uuid primary key default gen_random_uuid(),
  addressee_id uuid not null references recommendation_addressee,
  recommendation_id uuid not null references recommendation,
  incident_id uuid,
  authority_code text,
  partnership_code text not null references body,
  answer text not null check (answer in ('we-will', 'already-in-place', 'not-now')),
  words text not null check (btrim(words) <> ''),
  evidence text not null default '',
  person_id uuid not null references person,
  at timestamptz not null,
  constraint national_answer_evidence check (answer <> 'already-in-place' or btrim(evidence) <> ''),
  constraint national_answer_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on national_answer (addressee_id, at);
create index on national_answer (recommendation_id);
create index on national_answer (partnership_code);
revoke update, delete on national_answer from weathervane_app;
-- To which partnerships a national recommendation was sent, and how they were chosen.
create table national_sending (
  sending_id uuid primary key default gen_random_uuid(),
  recommendation_id uuid not null references recommendation,
  chosen text not null,
  partnerships int4 not null,
  person_id uuid not null references person,
  at timestamptz not null
);
create index on national_sending (recommendation_id);
revoke update, delete on national_sending from weathervane_app;
-- A sample that the Panel asks for evidence, drawn by lot: who knows the seed and who had answered draws the same.
create table evidence_sample (
  sample_id uuid primary key default gen_random_uuid(),
  recommendation_id uuid not null references recommendation,
  seed text not null,
  -- Those it was drawn from, in the order of their codes.
  drawn_from text[] not null,
  size int4 not null,
  asked_by date not null,
  person_id uuid not null references person,
  at timestamptz not null
);
create index on evidence_sample (recommendation_id);
revoke update, delete on evidence_sample from weathervane_app;
create table evidence_ask (
  ask_id uuid primary key default gen_random_uuid(),
  sample_id uuid not null references evidence_sample,
  addressee_id uuid not null references recommendation_addressee,
  recommendation_id uuid not null references recommendation,
  incident_id uuid,
  authority_code text,
  partnership_code text not null references body,
  asked_by date not null,
  words text,
  evidence_kind text check (evidence_kind in ('audit', 'observation', 'dataset', 'survey', 'policy-document', 'statement')),
  person_id uuid references person,
  answered_at timestamptz,
  unique (sample_id, addressee_id),
  constraint evidence_ask_answered check (num_nulls(words, evidence_kind, person_id, answered_at) in (0, 4)),
  constraint evidence_ask_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on evidence_ask (partnership_code);
create index on evidence_ask (recommendation_id);
revoke update, delete on evidence_ask from weathervane_app;
grant update (words, evidence_kind, person_id, answered_at) on evidence_ask to weathervane_app;

-- What a person says beside each part of a partnership's yearly report.
create table report_statement (
  partnership_code text not null references body,
  -- 2026 for April 2026 to March 2027.
  year int4 not null,
  part text not null,
  incident_id uuid,
  authority_code text,
  words text not null,
  revision int4 not null default 1,
  person_id uuid not null references person,
  saved_at timestamptz not null,
  primary key (partnership_code, year, part),
  constraint report_statement_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
-- What changed because of a review, as it was sent: to its reader at the Panel, the staff who took part, the family.
create table change_account (
  account_id uuid primary key default gen_random_uuid(),
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  reader text not null check (reader in ('panel', 'staff', 'family')),
  -- Whom it was given to, as they are called in the group; never a relative's name.
  given_to text not null default '',
  words text not null check (btrim(words) <> ''),
  person_id uuid not null references person,
  at timestamptz not null,
  constraint change_account_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on change_account (incident_id, at);
revoke update, delete on change_account from weathervane_app;

do $$
declare name text;
begin
  foreach name in array array['action', 'action_lead_address', 'action_serves', 'action_update', 'action_check', 'action_chaser', 'national_answer',
    'evidence_ask', 'report_statement', 'change_account'] loop
    call guard_table(name);
    call guard_conflict(name);
  end loop;
  call guard_table('national_sending');
  call guard_table('evidence_sample');
end $$;

-- What belongs to an action lies where it lies.
create function lie_with_action() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select action.incident_id, action.authority_code, action.partnership_code
    into new.incident_id, new.authority_code, new.partnership_code
  from action where action.action_id = new.action_id;
  return new;
end $$;
create trigger lie_with_action before insert on action_lead_address for each row execute function lie_with_action();
create trigger lie_with_action before insert on action_serves for each row execute function lie_with_action();
create trigger lie_with_action before insert on action_update for each row execute function lie_with_action();
create trigger lie_with_action before insert on action_check for each row execute function lie_with_action();
create trigger lie_with_action before insert on action_chaser for each row execute function lie_with_action();

call guard('action', 'select', 'action', 'read');
call guard('action', 'insert', 'action', 'write', 'delivery = ''not-started'' and updated_on is null and unchecked = 0 and asked_on is null');
call guard('action', 'update', 'action', 'write');
call guard('action_lead_address', 'insert', 'action', 'write');
call guard('action_serves', 'select', 'action', 'read');
call guard('action_serves', 'insert', 'action', 'write');
call guard('action_serves', 'delete', 'action', 'write');
call guard('action_update', 'select', 'action', 'read');
call guard('action_update', 'insert', 'action', 'reply', 'came_by = ''account'' and person_id = (select my_person())');
call guard('action_check', 'select', 'action', 'read');
call guard('action_check', 'insert', 'action', 'write', 'person_id = (select my_person())');
call guard('action_chaser', 'select', 'action', 'read');
call guard('action_chaser', 'insert', 'action', 'write', 'person_id = (select my_person()) and sent_at is null');
create policy sending on action_chaser for select to weathervane_app using ((select allowed('action:send:national')));
create policy sending_marked on action_chaser for update to weathervane_app using ((select allowed('action:send:national')));

-- With the link of an action its lead says how it goes, and sees what they said with it.
create policy linked on action for select to weathervane_app
  using (action_id = any ((select my_linked('action-update'))::uuid[])
    and is_linked_place(incident_id, authority_code, partnership_code));
create policy linked on action_update for select to weathervane_app
  using (came_by = 'link' and action_id = any ((select my_linked('action-update'))::uuid[])
    and is_linked_place(incident_id, authority_code, partnership_code));
create policy linked_new on action_update for insert to weathervane_app
  with check (came_by = 'link' and action_id = any ((select my_linked('action-update'))::uuid[])
    and is_linked_place(incident_id, authority_code, partnership_code));

-- The Panel reads what is done about the points of its letters, with the updates that count, and nothing else of it.
create function is_under_letter(asked_action uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from action_serves join letter_point on letter_point.id = action_serves.point_id
    where action_serves.action_id = asked_action and letter_point.status = 'sent'
      and (array['*', letter_point.authority_code, letter_point.partnership_code] && my_codes('letter-action:read')
        or letter_point.incident_id = any (my_reached('letter-action:read')))
      and letter_point.incident_id <> all (my_ids('hidden'))
      and letter_point.authority_code <> all (my_list('hidden_authorities')))
$$;
create function reads_under_letters() returns boolean language sql stable as
  $$ select cardinality(my_codes('letter-action:read')) + cardinality(my_reached('letter-action:read')) > 0 $$;
grant execute on function is_under_letter(uuid), reads_under_letters() to weathervane_app;
create policy under_letter on action for select to weathervane_app
  using ((select reads_under_letters()) and is_under_letter(action_id));
create policy under_letter on action_serves for select to weathervane_app
  using (point_id is not null and (select reads_under_letters()) and is_under_letter(action_id));
create policy under_letter on action_check for select to weathervane_app
  using (counts and (select reads_under_letters()) and is_under_letter(action_id));
create policy under_letter on action_update for select to weathervane_app
  using ((select reads_under_letters()) and is_under_letter(action_id)
    and exists (select from action_check where action_check.update_id = action_update.update_id and counts));

-- An action serves what was asked of its own partnership.
create function serve_own_partnership() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.addressee_id is not null and not exists (
      select from recommendation_addressee
      where recommendation_addressee.addressee_id = new.addressee_id and recommendation_addressee.partnership_code = new.partnership_code)
    or new.point_id is not null and not exists (
      select from letter_point where letter_point.id = new.point_id and letter_point.partnership_code = new.partnership_code
        and letter_point.status = 'sent') then
    raise exception 'An action serves what was asked of its own partnership.' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger serve_own_partnership after insert on action_serves for each row execute function serve_own_partnership();

-- Whether the person speaks for whoever owes this answer: nobody judges their own action. A scrutineer is appointed to
-- the partnership and stands apart from it; as the lead of an action they do not.
create function answers_for(asked_person uuid, asked_addressee uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
      select from recommendation_addressee
      -- What a partnership owes each of its bodies owes.
      join appointment on appointment.body_code = recommendation_addressee.body_code or exists (
        select from partnership_body
        where partnership_body.partnership_code = recommendation_addressee.body_code and partnership_body.body_code = appointment.body_code
          and partnership_body.from_on <= acting_on() and (partnership_body.until_on is null or partnership_body.until_on > acting_on()))
      where recommendation_addressee.addressee_id = asked_addressee and appointment.person_id = asked_person
        and appointment.role <> 'scrutineer'
        and appointment.from_on <= acting_on() and (appointment.until_on is null or appointment.until_on > acting_on()))
    or exists (
      select from recommendation_move
      where addressee_id = asked_addressee and person_id = asked_person and part = 'owner' and came_by = 'account')
    or exists (
      select from recommendation_evidence
      where addressee_id = asked_addressee and person_id = asked_person and part = 'owner'
        and body_code = any (my_list('authorities')))
    -- Who leads an action that is for it, has said how it goes, or is of a body that does it.
    or exists (
      select from action_serves
      join action on action.action_id = action_serves.action_id
      where action_serves.addressee_id = asked_addressee
        and (action.lead_person_id = asked_person
          or exists (
            select from action_update
            where action_update.action_id = action.action_id and action_update.person_id = asked_person)
          or exists (
            select from appointment
            join body on body.code = appointment.body_code
            where appointment.person_id = asked_person and appointment.role <> 'scrutineer'
              and (appointment.body_code = action.owner_code or body.name = any (action.joint_with))
              and appointment.from_on <= acting_on() and (appointment.until_on is null or appointment.until_on > acting_on()))))
$$;
grant execute on function answers_for(uuid, uuid) to weathervane_app;

create function note_action_update() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update action set unchecked = unchecked + 1 where action.action_id = new.action_id;
  return null;
end $$;
create trigger note_action_update after insert on action_update for each row execute function note_action_update();

-- Of the updates that count the last one said stands: one that is checked late does not set an action back.
create function note_action_check() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  counted action_update%rowtype;
begin
  select * into counted from action_update where action_update.update_id = new.update_id and action_update.action_id = new.action_id;
  if not found then
    raise exception 'A check is of an update of its own action.' using errcode = 'check_violation';
  end if;
  update action set unchecked = unchecked - 1,
    delivery = case when new.counts and (updated_on is null or counted.said_on >= updated_on) then counted.delivery else delivery end,
    updated_on = case when new.counts then greatest(updated_on, counted.said_on) else updated_on end
  where action.action_id = new.action_id;
  return null;
end $$;
create trigger note_action_check after insert on action_check for each row execute function note_action_check();

create function note_action_asked() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update action set asked_on = acting_on() where action.action_id = new.action_id;
  return null;
end $$;
create trigger note_action_asked after insert on action_chaser for each row execute function note_action_asked();

-- Whom a chaser goes to: told to the task that sends it, and asked again when it is sent.
create function chaser_address(asked_chaser uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case when action.lead_person_id is null then (
      select action_lead_address.address from action_lead_address
      where action_lead_address.action_id = action.action_id order by action_lead_address.at desc limit 1)
    else email_address.address end
  from action_chaser join action on action.action_id = action_chaser.action_id
  left join person on person.id = action.lead_person_id and person.ended_at is null
  left join email_address on email_address.person_id = person.id
  where action_chaser.chaser_id = asked_chaser and action_chaser.goes_by = 'mail' and allowed('action:send:national')
    and (person.id is null or not hidden_by_conflict(person.id, action.incident_id, action.authority_code))
$$;
grant execute on function chaser_address(uuid) to weathervane_app;

call guard('national_answer', 'select', 'recommendation', 'read');
call guard('national_answer', 'insert', 'recommendation', 'reply',
  'incident_id is null and authority_code is null and person_id = (select my_person())
  and partnership_code = any ((select my_list(''authorities''))::text[]) and exists (
    select from recommendation_addressee addressed
    where addressed.addressee_id = national_answer.addressee_id and addressed.recommendation_id = national_answer.recommendation_id
      and addressed.kind = ''partnership'' and addressed.body_code = national_answer.partnership_code)');
create policy read_by_senders on national_sending for select to weathervane_app using ((select allowed('recommendation:read:national')));
create policy sent_by_oneself on national_sending for insert to weathervane_app
  with check (person_id = (select my_person()) and (select allowed('national-recommendation-draft:send:national')));
create policy read_by_senders on evidence_sample for select to weathervane_app using ((select allowed('recommendation:read:national')));
create policy drawn_by_oneself on evidence_sample for insert to weathervane_app
  with check (person_id = (select my_person()) and (select allowed('national-judgement:write:national')));
call guard('evidence_ask', 'select', 'recommendation', 'read');
call guard('evidence_ask', 'insert', 'national-judgement', 'write', 'words is null and incident_id is null and authority_code is null');
call guard('evidence_ask', 'update', 'recommendation', 'reply',
  'words is null and partnership_code = any ((select my_list(''authorities''))::text[])', 'person_id = (select my_person())');

call guard('report_statement', 'select', 'action', 'read');
call guard('report_statement', 'insert', 'action', 'write', 'person_id = (select my_person()) and incident_id is null and authority_code is null');
call guard('report_statement', 'update', 'action', 'write', 'true', 'person_id = (select my_person()) and incident_id is null and authority_code is null');
call guard('change_account', 'select', 'action', 'read');
call guard('change_account', 'select', 'letter', 'read', 'reader = ''panel''');
call guard('change_account', 'insert', 'action', 'write', 'person_id = (select my_person())');
