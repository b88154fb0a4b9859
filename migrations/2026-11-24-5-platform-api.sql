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

-- The API lists the newest first and goes on from the last one seen.
create index incident_started on incident (created_at desc, incident_id desc);
