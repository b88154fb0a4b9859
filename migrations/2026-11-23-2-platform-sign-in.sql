-- Passwords, one-time codes, sessions and tokens: seen by the task `sign-in` alone.
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
create table sign_in_failure (
  address_hash text not null,
  at timestamptz not null
);
create index on sign_in_failure (address_hash, at);
call guard_table('credential');
call guard_table('session');
call guard_table('api_token');
call guard_table('sign_in_failure');
create policy at_the_door on credential to weathervane_app using ((select allowed('sign-in:write:national')));
create policy at_the_door on session to weathervane_app using ((select allowed('sign-in:write:national')));
create policy at_the_door on api_token to weathervane_app using ((select allowed('sign-in:write:national')));
create policy at_the_door on sign_in_failure to weathervane_app using ((select allowed('sign-in:write:national')));
