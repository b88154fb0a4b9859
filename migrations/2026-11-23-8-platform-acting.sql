-- Begins a transaction as somebody: works out, from their appointment, what they reach today, and keeps it in settings
-- that end with the transaction. Everything that row-level security asks is answered from here.
create function weathervane_begin(actor_person uuid, actor_appointment uuid, actor_who text, today date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  held appointment%rowtype;
  acting_as text := actor_who;
  authorities text[] := '{}';
  partnerships text[] := '{}';
  groups uuid[] := '{}';
  allocated uuid[] := '{}';
  allocated_partnerships text[] := '{}';
  hidden uuid[] := '{}';
  hidden_authorities text[] := '{}';
begin
  if actor_appointment is not null then
    select * into held from appointment
    where id = actor_appointment and person_id = actor_person
      and from_on <= today and (until_on is null or until_on > today);
    if not found then
      raise exception 'Appointment % is not in force for person %.', actor_appointment, actor_person using errcode = 'insufficient_privilege';
    end if;
    acting_as := held.role;
    authorities := array[held.body_code];
    select coalesce(array_agg(partnership_body.partnership_code), '{}') into partnerships
    from partnership_body
    where partnership_body.body_code = held.body_code
      and partnership_body.from_on <= today and (partnership_body.until_on is null or partnership_body.until_on > today);
    partnerships := partnerships || held.body_code;
    select coalesce(array_agg(incident_id), '{}') into groups from review_member where person_id = actor_person;
    select coalesce(array_agg(incident_id), '{}'), coalesce(array_agg(distinct partnership_code), '{}')
      into allocated, allocated_partnerships
    from allocation where person_id = actor_person and ended_at is null;
    select coalesce(array_agg(incident_id) filter (where incident_id is not null), '{}'),
           coalesce(array_agg(authority_code) filter (where authority_code is not null), '{}')
      into hidden, hidden_authorities
    from conflict_of_interest where person_id = actor_person and ended_at is null;
  elsif actor_who not in ('public', 'nobody') and actor_who not like 'task:%' then
    raise exception 'Only a person with an appointment acts as %.', actor_who using errcode = 'insufficient_privilege';
  end if;
  perform set_config('weathervane.who', acting_as, true),
    set_config('weathervane.person', coalesce(actor_person::text, ''), true),
    set_config('weathervane.authorities', authorities::text, true),
    set_config('weathervane.partnerships', partnerships::text, true),
    set_config('weathervane.groups', groups::text, true),
    set_config('weathervane.allocated', allocated::text, true),
    set_config('weathervane.allocated_partnerships', allocated_partnerships::text, true),
    set_config('weathervane.hidden', hidden::text, true),
    set_config('weathervane.hidden_authorities', hidden_authorities::text, true),
    set_config('weathervane.rights', coalesce((
      select array_agg(access_right.subject || ':' || access_right.action || ':' || access_right.scope)
      from access_right where access_right.who = acting_as), '{}')::text, true);
  return acting_as;
end $$;
