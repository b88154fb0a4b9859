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
    select partnerships || coalesce(array_agg(code), '{}') into partnerships
    from body where code = held.body_code and kind = 'partnership';
    -- A list that no right of the role goes by may be long, and is not asked for.
    if exists (select from access_right where who = acting_as and scope = 'group') then
      -- Not where they are in the group by an appointment to another area.
      select coalesce(array_agg(incident_id), '{}') into groups
      from review_member where person_id = actor_person and partnership_code = any (partnerships);
    end if;
    if exists (select from access_right where who = acting_as and scope in ('allocated', 'area-of-allocated')) then
      select coalesce(array_agg(incident_id), '{}'), coalesce(array_agg(distinct partnership_code), '{}')
        into allocated, allocated_partnerships
      from allocation where person_id = actor_person and ended_at is null;
    end if;
    select coalesce(array_agg(incident_id) filter (where incident_id is not null), '{}'),
           coalesce(array_agg(authority_code) filter (where authority_code is not null), '{}')
      into hidden, hidden_authorities
    from conflict_of_interest where person_id = actor_person and ended_at is null;
  elsif actor_who not in ('public', 'nobody') and actor_who not like 'task:%' then
    raise exception 'Only a person with an appointment acts as %.', actor_who using errcode = 'insufficient_privilege';
  end if;
  -- What another began with in this transaction reaches no further.
  perform set_config('weathervane.' || name, '', true) from unnest(my_list('reaching')) name;
  perform set_config('weathervane.who', acting_as, true),
    set_config('weathervane.person', coalesce(actor_person::text, ''), true),
    set_config('weathervane.authorities', authorities::text, true),
    set_config('weathervane.partnerships', partnerships::text, true),
    set_config('weathervane.persons', array[actor_person]::text, true),
    set_config('weathervane.groups', groups::text, true),
    set_config('weathervane.allocated', allocated::text, true),
    set_config('weathervane.allocated_partnerships', allocated_partnerships::text, true),
    set_config('weathervane.hidden', hidden::text, true),
    set_config('weathervane.hidden_authorities', hidden_authorities::text, true),
    set_config('weathervane.rights', coalesce((
      select array_agg(access_right.subject || ':' || access_right.action || ':' || access_right.scope)
      from access_right where access_right.who = acting_as), '{}')::text, true);
  perform set_config('weathervane.reaching', coalesce(array_agg(name), '{}')::text, true) from (
    select name || part as name, set_config('weathervane.' || name || part, reached, true)
    from (
      select translate(subject || '.' || action, '-', '_') as name,
        (array_agg(code) filter (where code is not null))::text as codes,
        max(case scope when 'group' then 'groups' when 'allocated' then 'allocated' when 'own' then 'persons' end) as ids
      from access_right
      left join lateral unnest(case scope
        when 'national' then array['*']
        when 'authority' then authorities
        when 'partnership' then partnerships
        when 'area-of-allocated' then allocated_partnerships
      end) code on true
      where who = acting_as
      group by subject, action
    ) rights, lateral (values ('.codes', codes), ('.ids', ids)) parts (part, reached)
    where reached is not null
  ) set_now;
  return acting_as;
end $$;
