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
call guard_table('sign_in_link');
create policy at_the_door on sign_in_link to weathervane_app using ((select allowed('sign-in:write:national')));
