-- The address by which a person signs in and gets mail. Row-level security hides rows, not columns, and names are read by
-- everybody who is signed in: so addresses have a table of their own, in which people see their own row.
create table email_address (
  person_id uuid primary key references person,
  address text not null unique check (address = lower(address))
);
insert into email_address (person_id, address) select id, email from person;
call guard_table('email_address');
create policy read_addresses on email_address for select to weathervane_app
  using (person_id = (select my_person()) or (select allowed('email-address:read:national')));
create policy write_addresses on email_address to weathervane_app using ((select allowed('email-address:write:national')));

create or replace function mail_address(mail_id uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select email_address.address
  from mail
  join person on person.id = mail.person_id
  join email_address on email_address.person_id = person.id
  where mail.id = mail_id and person.ended_at is null and allowed('mail:write:national')
    and not hidden_by_conflict(person.id, mail.incident_id, mail.authority_code)
$$;
alter table person drop column email;
