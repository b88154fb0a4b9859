-- People: who they are, where they are appointed, and how they sign in.
create table person (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  ended_at timestamptz
);
-- The address by which a person signs in and gets mail. Row-level security hides rows, not columns, and names are read by
-- everybody who is signed in: so addresses have a table of their own, in which people see their own row.
create table email_address (
  person_id uuid primary key references person,
  address text not null unique check (address = lower(address))
);
create table appointment (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  role text not null,
  body_code text not null references body,
  from_on date not null,
  until_on date
);
create index on appointment (person_id);
create index on appointment (body_code, role);

call guard_table('person');
call guard_table('email_address');
call guard_table('appointment');
create policy names on person for select to weathervane_app using ((select my_person()) is not null or (select allowed('people:read:national')));
create policy names on appointment for select to weathervane_app using ((select my_person()) is not null or (select allowed('people:read:national')));
create policy upkeep_of_people on person to weathervane_app using ((select allowed('people:write:national')));
create policy upkeep_of_people on appointment to weathervane_app using ((select allowed('people:write:national')));
create policy read_addresses on email_address for select to weathervane_app
  using (person_id = (select my_person()) or (select allowed('email-address:read:national')));
create policy write_addresses on email_address to weathervane_app using ((select allowed('email-address:write:national')));

-- Passwords, one-time codes, links, sessions and tokens: seen by the task `sign-in` alone.
create table credential (
  person_id uuid primary key references person,
  password_hash text,
  totp_key text,
  totp_confirmed_at timestamptz,
  totp_last_step int8 not null default 0,
  failed_count int4 not null default 0,
  locked_until timestamptz
);
create table session (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique,
  person_id uuid not null references person,
  appointment_id uuid references appointment,
  stage text not null default 'full' check (stage in ('password', 'full')),
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index on session (person_id);
create table api_token (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique,
  person_id uuid not null references person,
  appointment_id uuid not null references appointment,
  label text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
-- One-time links by which a person chooses a password: for a new account, and again when they cannot sign in.
create table sign_in_link (
  token_hash text primary key,
  person_id uuid not null references person,
  forgets_code_app boolean not null default false,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on sign_in_link (person_id);
create table sign_in_failure (
  address_hash text not null,
  at timestamptz not null
);
create index on sign_in_failure (address_hash, at);

call guard_table('credential');
call guard_table('session');
call guard_table('api_token');
call guard_table('sign_in_link');
call guard_table('sign_in_failure');
create policy at_the_door on credential to weathervane_app using ((select allowed('sign-in:write:national')));
create policy at_the_door on session to weathervane_app using ((select allowed('sign-in:write:national')));
create policy at_the_door on api_token to weathervane_app using ((select allowed('sign-in:write:national')));
create policy at_the_door on sign_in_link to weathervane_app using ((select allowed('sign-in:write:national')));
create policy at_the_door on sign_in_failure to weathervane_app using ((select allowed('sign-in:write:national')));

-- Who brings a token, in one trip to the database: it is asked on every page. It tells what the task `sign-in` may read
-- of one session and nothing of any other, so nobody has to act for it.
create function session_of(asked_hash text, now_at timestamptz, idle_since timestamptz, today date)
returns table (
  session_id uuid, person_id uuid, name text, seen_at timestamptz, chosen_id uuid,
  appointment_id uuid, role text, body_code text, body_name text
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  -- In plpgsql, which keeps the plan: in SQL this would be planned for every page.
  return query select session.id, session.person_id, person.name, session.seen_at, session.appointment_id,
    appointment.id, appointment.role, appointment.body_code, body.name
  from session
  join person on person.id = session.person_id and (person.ended_at is null or person.ended_at > now_at)
  left join appointment on appointment.person_id = session.person_id
    and appointment.from_on <= today and (appointment.until_on is null or appointment.until_on > today)
  left join body on body.code = appointment.body_code
  where session.token_hash = asked_hash and session.stage = 'full' and session.ended_at is null
    and session.expires_at > now_at and session.seen_at > idle_since
  order by body.name, appointment.role, appointment.id;
end $$;
grant execute on function session_of(text, timestamptz, timestamptz, date) to weathervane_app;

-- What the API has done for each `Idempotency-Key`, so that a repeated request does it once. Of the request only a keyed
-- hash is held, and of the answer the incident it was about: what was sent about a child is never copied here.
create table idempotency_key (
  person_id uuid not null references person,
  key text not null,
  request_hash text not null,
  -- Known when the transaction that took the key commits.
  incident_id uuid,
  expires_at timestamptz not null,
  primary key (person_id, key)
);
call guard_table('idempotency_key');
create policy own on idempotency_key to weathervane_app
  using (person_id = (select my_person())) with check (person_id = (select my_person()));
