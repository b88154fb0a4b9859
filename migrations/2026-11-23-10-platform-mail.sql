-- Mail that tells somebody to look: whom, about which incident or what else, at what. What it says is written from these columns when
-- it is sent, so no text about a child is ever stored or sent.
create table mail (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  -- Null where it is about no incident: a national recommendation, an action that serves several.
  incident_id uuid references incident,
  authority_code text,
  -- The recommendation or the action it is about.
  object_id uuid,
  kind text not null,
  reference text not null,
  created_at timestamptz not null,
  attempts int4 not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,
  -- `no-mail-server` where its turn came when none was set: that tells it from mail that waits for its turn.
  failure text,
  withheld_at timestamptz,
  constraint mail_about_something check (num_nonnulls(incident_id, object_id) > 0 and (incident_id is null) = (authority_code is null))
);
create index on mail (created_at desc, id);
create index on mail (incident_id);
call guard_table('mail');
call guard_conflict('mail');
create policy read_mail on mail for select to weathervane_app using ((select allowed('mail:read:national')));
create policy write_mail on mail for insert to weathervane_app with check ((select allowed('mail:write:national')));
create policy mark_mail on mail for update to weathervane_app using ((select allowed('mail:write:national')));
revoke update, delete, truncate on mail from weathervane_app;
grant update (attempts, sent_at, failed_at, failure, withheld_at) on mail to weathervane_app;

create function hidden_by_conflict(person uuid, incident uuid, authority text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from conflict_of_interest
    where conflict_of_interest.person_id = person and conflict_of_interest.ended_at is null
      and (conflict_of_interest.incident_id = incident or conflict_of_interest.authority_code = authority))
$$;

-- The task that sends mail sees neither incidents nor people nor conflicts. These two functions tell it what it needs
-- and nothing else: to whom a mail may go, about an incident or, where none is given, about none; and the address of one mail, asked again when it is sent.
create function mail_recipients(about uuid, recipients uuid[])
returns table (person_id uuid, authority_code text, reference text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not allowed('mail:write:national') then
    raise exception 'Only the task of mail asks to whom mail may go.' using errcode = 'insufficient_privilege';
  end if;
  return query
    select person.id, incident.authority_code, incident.reference
    from person left join incident on incident.incident_id = about
    where person.id = any (recipients) and person.ended_at is null and (about is null or incident.incident_id is not null)
      and not hidden_by_conflict(person.id, incident.incident_id, incident.authority_code);
end $$;
create function mail_address(mail_id uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select email_address.address
  from mail
  join person on person.id = mail.person_id
  join email_address on email_address.person_id = person.id
  where mail.id = mail_id and person.ended_at is null and allowed('mail:write:national')
    and not hidden_by_conflict(person.id, mail.incident_id, mail.authority_code)
$$;
grant execute on function mail_recipients(uuid, uuid[]), mail_address(uuid) to weathervane_app;
