-- Links for people without an account: each opens one thing for one purpose. Of its token only a hash is kept.
-- A draft recommendation without a place is a national one.
create function subject_of_link(purpose text, has_place boolean) returns text language sql immutable as $$
  select case purpose
    when 'reply' then 'recommendation'
    when 'did-it-work' then 'recommendation'
    when 'draft-comment' then case when has_place then 'recommendation-draft' else 'national-recommendation-draft' end
    when 'action-update' then 'action'
    when 'family-draft' then 'family-contact'
  end
$$;
grant execute on function subject_of_link(text, boolean) to weathervane_app;
create table link (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique,
  purpose text not null,
  -- What the access table calls the thing: whoever may write it there makes its links and ends them.
  subject text not null,
  object_id uuid not null,
  -- Whom it was made for, as they are called.
  holder text not null,
  -- The place of the thing, where it has one.
  incident_id uuid,
  authority_code text,
  partnership_code text,
  -- Who made it.
  person_id uuid references person,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  opened_count int4 not null default 0,
  last_opened_at timestamptz,
  check (expires_at > made_at),
  check (subject = subject_of_link(purpose, partnership_code is not null)),
  -- Under a code of one's own nothing lies that is another's.
  constraint link_lies_whole check (authority_code is null or incident_id is not null or partnership_code is null),
  constraint link_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on link (object_id, purpose);
-- Attempts with tokens that no link has. `address_hash` is a keyed hash of a network address.
create table link_failure (
  address_hash text not null,
  at timestamptz not null
);
create index on link_failure (address_hash, at);
revoke update, delete on link from weathervane_app;
grant update (ended_at) on link to weathervane_app;
revoke select, insert, update, delete on link_failure from weathervane_app;

call guard_table('link');
call guard_table('link_failure');
call guard_conflict('link');
do $$ begin
  execute format('create policy read_by_subject on link for select to weathervane_app using (%s)', reach('subject', 'read', true));
  execute format('create policy made_by_subject on link for insert to weathervane_app
    with check (person_id is not distinct from (select my_person()) and ended_at is null and opened_count = 0
      and last_opened_at is null and (%s))', reach('subject', 'write', true));
  execute format('create policy ended_by_subject on link for update to weathervane_app using (%1$s)
    with check (%1$s)',
    reach('subject', 'write', true));
end $$;

-- An addressee of an area gets its link from its own people.
create function link_for_addressee() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  call refuse_for_local(new.subject, new.object_id);
  return null;
end $$;
create trigger link_for_addressee after insert on link for each row
  when (new.purpose in ('reply', 'draft-comment')) execute function link_for_addressee();

create function keep_link_ended() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null and new.ended_at is distinct from old.ended_at then
    raise exception 'A link that was ended stays ended.' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_link_ended before update on link for each row execute function keep_link_ended();

-- The link of a token, for whoever brings it. Whoever brings too many that are none waits: `paused`.
create function link_of(asked_hash text, asked_address text, now_at timestamptz, since timestamptz, most int4)
returns table (
  state text, link_id uuid, purpose text, object_id uuid, holder text, opened_count int4, expires_at timestamptz
)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if (select count(*) from link_failure where address_hash = asked_address and at > since) >= most then
    return query select 'paused', null::uuid, null, null::uuid, null, null::int4, null::timestamptz;
    return;
  end if;
  return query select case when link.ended_at is not null then 'ended' when link.expires_at <= now_at then 'expired' else 'open' end,
    link.id, link.purpose, link.object_id, link.holder, link.opened_count, link.expires_at
  from link where link.token_hash = asked_hash;
  if not found then
    delete from link_failure where at < since - interval '1 day';
    insert into link_failure (address_hash, at) values (asked_address, now_at);
  end if;
end $$;
-- Counts that somebody opened it, by a click.
create function count_opening(opened_link uuid, now_at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update link set opened_count = link.opened_count + 1, last_opened_at = now_at
  where link.id = opened_link and link.ended_at is null and link.expires_at > now_at
$$;
grant execute on function link_of(text, text, timestamptz, timestamptz, int4), count_opening(uuid, timestamptz) to weathervane_app;
