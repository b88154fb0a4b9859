-- Begins a transaction as somebody: works out, from their appointment, what they reach today, and keeps it in settings
-- that end with the transaction. Everything that row-level security asks is answered from here. Whoever has left the
-- service acts as nobody, whatever they held.
--
-- Partnerships are joined, split and left. What somebody reaches through one is more than the partnerships of today:
-- * the incidents of a partnership that ended, where their authority is now in one of the partnerships of today;
-- * the incidents of a partnership that one's body has left, notified while it belonged to it and one was appointed.
create function weathervane_begin(actor_person uuid, actor_appointment uuid, actor_who text, today date, moment timestamptz)
returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  held appointment%rowtype;
  acting_as text := actor_who;
  authorities text[] := '{}';
  partnerships text[] := '{}';
  ended_partnerships text[] := '{}';
  left_partnerships text[] := '{}';
  -- `PARTNERSHIP AUTHORITY`.
  parts text[] := '{}';
  former_incidents uuid[] := '{}';
  has_left_one boolean;
  groups uuid[] := '{}';
  group_drafts uuid[] := '{}';
  local_groups uuid[] := '{}';
  allocated uuid[] := '{}';
  -- Where they lead contact with the family.
  led uuid[] := '{}';
  allocated_reviews uuid[] := '{}';
  allocated_partnerships text[] := '{}';
  hidden uuid[] := '{}';
  hidden_authorities text[] := '{}';
  -- What the link opens, and where that lies: incident, authority, partnership.
  linked uuid[] := '{}';
  linked_place text[] := '{}';
begin
  if actor_appointment is not null then
    select appointment.* into held from appointment
    join person on person.id = appointment.person_id and (person.ended_at is null or person.ended_at > moment)
    where appointment.id = actor_appointment and appointment.person_id = actor_person
      and appointment.from_on <= today and (appointment.until_on is null or appointment.until_on > today);
    if not found then
      raise exception 'Appointment % is not in force for person %, or they have left.', actor_appointment, actor_person
        using errcode = 'insufficient_privilege';
    end if;
    acting_as := held.role;
    authorities := array[held.body_code];
    select coalesce(array_agg(partnership_body.partnership_code) filter (
        where partnership_body.until_on is null or partnership_body.until_on > today), '{}'),
      coalesce(bool_or(partnership_body.until_on <= today), false)
      into partnerships, has_left_one
    from partnership_body
    where partnership_body.body_code = held.body_code and partnership_body.from_on <= today;
    select partnerships || coalesce(array_agg(code), '{}') into partnerships
    from body where code = held.body_code and kind = 'partnership';
    -- A partnership has ended when no authority belongs to it any more. Its incidents are reached by authority, so that
    -- of a partnership that was split each successor has its own part. Hardly any body ever moved: that is asked first.
    if exists (
      select from partnership_body mine
      join partnership_body earlier on earlier.body_code = mine.body_code and earlier.until_on <= today
      where mine.partnership_code = any (partnerships)) then
      select coalesce(array_agg(distinct earlier.partnership_code || ' ' || earlier.body_code), '{}'),
          coalesce(array_agg(distinct earlier.partnership_code), '{}')
        into parts, ended_partnerships
      from partnership_body mine
      join partnership_body earlier on earlier.body_code = mine.body_code and earlier.until_on <= today
      join body on body.code = mine.body_code and body.kind = 'authority'
      where mine.partnership_code = any (partnerships)
        and mine.from_on <= today and (mine.until_on is null or mine.until_on > today)
        and not exists (
          select from partnership_body rest join body member on member.code = rest.body_code and member.kind = 'authority'
          where rest.partnership_code = earlier.partnership_code
            and rest.from_on <= today and (rest.until_on is null or rest.until_on > today));
    end if;
    if has_left_one then
      select coalesce(array_agg(incident.incident_id), '{}'), coalesce(array_agg(distinct incident.partnership_code), '{}')
        into former_incidents, left_partnerships
      from partnership_body earlier
      join incident on incident.partnership_code = earlier.partnership_code
        and incident.notified_at >= greatest(earlier.from_on, held.from_on)::timestamp at time zone 'Europe/London'
        and incident.notified_at < earlier.until_on::timestamp at time zone 'Europe/London'
      where earlier.body_code = held.body_code and earlier.until_on <= today
        and earlier.partnership_code <> all (partnerships)
        and incident.partnership_code || ' ' || incident.authority_code <> all (parts);
    end if;
    -- A list that no right of the role goes by may be long, and is not asked for.
    if exists (select from access_right where who = acting_as and scope = 'group') then
      -- Of a group in another area one is a member in one's appointment there.
      -- What is written in a group is open to it while it is written, and to its members no longer than to the others.
      -- The group of a rapid review opens nothing of the local review of its incident, nor the other way round.
      select coalesce(array_agg(review_member.incident_id), '{}'),
          coalesce(array_agg(review_member.incident_id) filter (
            where review_member.kind = 'rapid' and rapid_review.status = 'draft'), '{}'),
          coalesce(array_agg(review_member.incident_id) filter (where review_member.kind = 'local'), '{}')
        into groups, group_drafts, local_groups
      from review_member
      left join rapid_review on rapid_review.incident_id = review_member.incident_id
      where review_member.person_id = actor_person
        and (review_member.partnership_code = any (partnerships)
          or review_member.partnership_code || ' ' || review_member.authority_code = any (parts)
          or review_member.incident_id = any (former_incidents));
      -- Whoever works on a local review sees the further incidents that it is about; of their own reviews, nothing.
      select groups || coalesce(array_agg(review_incident.incident_id), '{}') into groups
      from review
      join review_incident on review_incident.review_id = review.review_id
      where review.kind = 'local' and review.incident_id = any (local_groups)
        and (review_incident.partnership_code = any (partnerships)
          or review_incident.partnership_code || ' ' || review_incident.authority_code = any (parts)
          or review_incident.incident_id = any (former_incidents));
    end if;
    if exists (select from access_right where who = acting_as and scope = 'lead-contact') then
      select coalesce(array_agg(family_lead.incident_id), '{}') into led
      from family_lead
      where family_lead.account_id = actor_person and family_lead.from_on <= today
        and (family_lead.until_on is null or family_lead.until_on > today)
        and (family_lead.partnership_code = any (partnerships)
          or family_lead.partnership_code || ' ' || family_lead.authority_code = any (parts)
          or family_lead.incident_id = any (former_incidents));
    end if;
    if exists (select from access_right where who = acting_as and scope in ('allocated', 'area-of-allocated')) then
      select coalesce(array_agg(incident_id), '{}'), coalesce(array_agg(review_id), '{}'),
          coalesce(array_agg(distinct partnership_code), '{}')
        into allocated, allocated_reviews, allocated_partnerships
      from allocation where person_id = actor_person and ended_at is null;
    end if;
    select coalesce(array_agg(incident_id) filter (where incident_id is not null), '{}'),
           coalesce(array_agg(authority_code) filter (where authority_code is not null), '{}')
      into hidden, hidden_authorities
    from conflict_of_interest where person_id = actor_person and ended_at is null;
  elsif actor_person is not null and not exists (
    select from person where id = actor_person and (ended_at is null or ended_at > moment)) then
    raise exception 'Person % is not in the service, or has left.', actor_person using errcode = 'insufficient_privilege';
  elsif actor_who like 'link:%' then
    select 'link:' || link.purpose, array[link.object_id], array[link.incident_id::text, link.authority_code, link.partnership_code]
      into acting_as, linked, linked_place
    from link where link.id = substr(actor_who, 6)::uuid and link.ended_at is null and link.expires_at > moment;
    if not found then
      raise exception 'Link % has ended.', substr(actor_who, 6) using errcode = 'insufficient_privilege';
    end if;
  elsif actor_who not in ('public', 'nobody') and actor_who not like 'task:%' then
    raise exception 'Only a person with an appointment acts as %.', actor_who using errcode = 'insufficient_privilege';
  end if;
  -- What another began with in this transaction reaches no further.
  perform set_config('weathervane.' || name, '', true) from unnest(my_list('reaching')) name;
  perform set_config('weathervane.who', acting_as, true),
    set_config('weathervane.acting_on', today::text, true),
    set_config('weathervane.acting_at', moment::text, true),
    set_config('weathervane.person', coalesce(actor_person::text, ''), true),
    set_config('weathervane.authorities', authorities::text, true),
    set_config('weathervane.partnerships', partnerships::text, true),
    -- All of which something is reached: lists say it, so that an index finds their rows.
    set_config('weathervane.partnerships_of_any_time', (partnerships || ended_partnerships || left_partnerships)::text, true),
    set_config('weathervane.former_incidents', former_incidents::text, true),
    set_config('weathervane.persons', array[actor_person]::text, true),
    set_config('weathervane.linked', linked::text, true),
    set_config('weathervane.linked_place', linked_place::text, true),
    set_config('weathervane.link', case when actor_who like 'link:%' then substr(actor_who, 6) else '' end, true),
    set_config('weathervane.groups', groups::text, true),
    set_config('weathervane.group_drafts', group_drafts::text, true),
    set_config('weathervane.local_groups', local_groups::text, true),
    set_config('weathervane.allocated', allocated::text, true),
    set_config('weathervane.led', led::text, true),
    set_config('weathervane.allocated_reviews', allocated_reviews::text, true),
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
        -- A group of one's own lies in a partnership that is reached: it adds nothing to that scope.
        coalesce(max(case scope when 'partnership' then 'former_incidents' end),
          max(case scope
            when 'group' then case subject
              when 'incident' then 'groups'
              when 'rapid-review-draft' then 'group_drafts'
              else 'local_groups'
            end
            when 'allocated' then 'allocated'
            when 'lead-contact' then 'led'
            when 'own' then 'persons'
          end)) as ids
      from access_right
      left join lateral unnest(case scope
        when 'national' then array['*']
        when 'authority' then authorities
        when 'partnership' then partnerships || parts
        when 'area-of-allocated' then allocated_partnerships
      end) code on true
      where who = acting_as
      group by subject, action
    ) rights, lateral (values ('.codes', codes), ('.ids', ids)) parts (part, reached)
    where reached is not null
  ) set_now;
  return acting_as;
end $$;
grant execute on function weathervane_begin(uuid, uuid, text, date, timestamptz) to weathervane_app;
