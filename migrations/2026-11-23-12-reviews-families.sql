-- Contact with the family of a local review: one person leads it, and what may be done with whom is written down.
create table family_lead (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  -- Their account here, where they have one: it opens this record to them while they lead.
  account_id uuid references person,
  name text not null,
  from_on date not null,
  until_on date,
  entered_by uuid references person,
  entered_at timestamptz not null,
  check (until_on >= from_on),
  constraint family_lead_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create unique index family_lead_one on family_lead (review_id) where until_on is null;
create index on family_lead (account_id) where until_on is null;
create table family_member (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  answers jsonb not null,
  form_version int4 not null,
  revision int4 not null default 1,
  saved_by uuid references person,
  saved_at timestamptz not null,
  unique (id, review_id),
  constraint family_member_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on family_member (review_id);
-- What was done, and stands: contacts, offers, messages, readings; days that hurt; practitioners and what they were offered.
create table family_entry (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  kind text not null check (kind in ('contact', 'message', 'reading', 'sensitive-date', 'practitioner')),
  member_id uuid,
  answers jsonb not null,
  form_version int4 not null,
  entered_by uuid references person,
  entered_at timestamptz not null,
  foreign key (member_id, review_id) references family_member (id, review_id),
  constraint family_entry_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on family_entry (review_id, kind);
-- Exact words, and what their speaker agreed that they are used for. Withdrawn, the words are gone from here too.
create table family_quote (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  member_id uuid not null,
  words text,
  answers jsonb not null,
  form_version int4 not null,
  entered_by uuid references person,
  entered_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid references person,
  sealed boolean not null default false,
  -- Where the words were taken out: tables and how many rows, never the words.
  cleared jsonb,
  check ((words is null) = (withdrawn_at is not null)),
  unique (id, review_id),
  foreign key (member_id, review_id) references family_member (id, review_id),
  constraint family_quote_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on family_quote (review_id);
-- Where a quote was used, and to whom it went: what nobody can take back is at least known.
create table family_quote_use (
  id uuid primary key default gen_random_uuid(),
  quote_id uuid not null,
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  answers jsonb not null,
  form_version int4 not null,
  entered_by uuid references person,
  entered_at timestamptz not null,
  foreign key (quote_id, review_id) references family_quote (id, review_id),
  constraint family_quote_use_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on family_quote_use (quote_id);
create table legal_hold (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  reason text not null,
  from_on date not null,
  -- The first day without it.
  ends_on date not null,
  entered_by uuid references person,
  entered_at timestamptz not null,
  check (ends_on > from_on),
  constraint legal_hold_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on legal_hold (review_id);
create table sealed_words (
  quote_id uuid primary key references family_quote,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  review_id uuid not null,
  words text not null,
  sealed_at timestamptz not null,
  constraint sealed_words_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
-- A draft that one verified person reads online, through a link, until somebody or something closes it.
create table family_draft (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  member_id uuid not null,
  reader text not null,
  verified_how text not null,
  verified_by text not null,
  -- Of the report, with its words as they were shown.
  version int4 not null,
  text text not null,
  opened_by uuid references person,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_why text,
  check ((closed_at is null) = (closed_why is null)),
  foreign key (member_id, review_id) references family_member (id, review_id),
  constraint family_draft_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on family_draft (review_id) where closed_at is null;

revoke update, delete on family_lead, family_member, family_entry, family_quote, family_quote_use, legal_hold, family_draft
  from weathervane_app;
revoke insert, update, delete on sealed_words from weathervane_app;
grant update (until_on) on family_lead to weathervane_app;
grant update (answers, form_version, revision, saved_by, saved_at) on family_member to weathervane_app;
grant update (closed_at, closed_why) on family_draft to weathervane_app;

do $$
declare
  name text;
begin
  foreach name in array array['family_lead', 'family_member', 'family_entry', 'family_quote', 'family_quote_use', 'family_draft'] loop
    call guard_table(name);
    call guard_conflict(name);
    call guard(name, 'select', 'family-contact', 'read');
    call guard(name, 'insert', 'family-contact', 'write');
  end loop;
end $$;
call guard('family_lead', 'update', 'family-contact', 'write');
call guard('family_member', 'update', 'family-contact', 'write');
call guard('family_draft', 'update', 'family-contact', 'write', 'true', 'closed_at is not null');
call guard_table('legal_hold');
call guard_conflict('legal_hold');
call guard('legal_hold', 'select', 'sealed-words', 'read');
call guard('legal_hold', 'insert', 'sealed-words', 'write');
call guard_table('sealed_words');
call guard_conflict('sealed_words');
call guard('sealed_words', 'select', 'sealed-words', 'read');
-- A quote begins with its words, in the hand of whoever enters it. Fewer than three would take half of every text with
-- them when they are withdrawn.
create policy as_begun on family_quote as restrictive for insert to weathervane_app
  with check (words ~ '\S\s+\S+\s+\S' and withdrawn_at is null and not sealed and cleared is null);
create policy as_begun on family_draft as restrictive for insert to weathervane_app with check (closed_at is null);
create policy with_a_link on family_draft for select to weathervane_app
  using (id = any ((select my_linked('family-draft'))::uuid[]) and closed_at is null
    and is_linked_place(incident_id, authority_code, partnership_code));

-- Whether words that are withdrawn today are sealed. Whoever looks after the family is told so, and no more of the hold.
create function hold_until(review uuid) returns date
language sql stable security definer set search_path = public, pg_temp as $$
  select max(legal_hold.ends_on) from legal_hold
  where legal_hold.review_id = review and legal_hold.from_on <= acting_on() and legal_hold.ends_on > acting_on()
    and (array[partnership_code, partnership_code || ' ' || authority_code] && my_codes('family-contact:read')
      or incident_id = any (my_reached('family-contact:read')))
    and incident_id <> all (my_ids('hidden')) and authority_code <> all (my_list('hidden_authorities'))
$$;
grant execute on function hold_until(uuid) to weathervane_app;

-- Days on which nobody writes to a family, from the notification, which not everybody who may write to them reads.
create function days_of_family(incident uuid) returns table (what text, day date)
language sql stable security definer set search_path = public, pg_temp as $$
  select days.what, days.day
  from incident place, lateral (
    select 'birthday' as what, child.born_on as day from child where child.incident_id = place.incident_id
    union all select 'incident', place.incident_on) days
  where place.incident_id = incident and days.day is not null
    and (array[place.partnership_code, place.partnership_code || ' ' || place.authority_code] && my_codes('family-contact:read')
      or place.incident_id = any (my_reached('family-contact:read')))
    and place.incident_id <> all (my_ids('hidden')) and place.authority_code <> all (my_list('hidden_authorities'))
$$;
grant execute on function days_of_family(uuid) to weathervane_app;

-- Takes the words of a quote out of every text of its incident, whoever's table it is: of a table added later too. Only
-- the audit trail is left out: no event holds what somebody said. Runs as the owner, since texts that nobody may change
-- any more lose the words as well; `null` where the acting person may not write the quote, or it is withdrawn already.
-- `published` are the names of published files in which somebody found the words: no table holds what is in them.
create function withdraw_family_words(quote uuid, published text[]) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  withdrawn family_quote%rowtype;
  literal text;
  in_text text;
  in_json text;
  target record;
  done int8;
  files jsonb;
  cleared jsonb := '{}';
  told jsonb;
  is_held boolean;
begin
  select * into withdrawn from family_quote
  where id = quote and withdrawn_at is null
    and (array[partnership_code, partnership_code || ' ' || authority_code] && my_codes('family-contact:write')
      or incident_id = any (my_reached('family-contact:write')))
    and incident_id <> all (my_ids('hidden')) and authority_code <> all (my_list('hidden_authorities'))
  for update;
  if not found then return null; end if;
  -- Whoever is publishing the words at this moment has done so before they are looked for, or comes after.
  perform from publication where publication.incident_id = withdrawn.incident_id for update;
  select exists (
    select from legal_hold
    where legal_hold.review_id = withdrawn.review_id and from_on <= acting_on() and ends_on > acting_on()) into is_held;
  -- White space and quotation marks change when words are copied from one text into another.
  literal := regexp_replace(trim(withdrawn.words), '([.*+?^${}()|\[\]\\])', '\\\1', 'g');
  literal := regexp_replace(literal, '[''’‘]', '[''’‘]', 'g');
  in_text := regexp_replace(regexp_replace(literal, '["“”]', '["“”]', 'g'), '\s+', '\\s+', 'g');
  in_json := regexp_replace(regexp_replace(literal, '["“”]', '(\\\\"|[“”])', 'g'), '\s+', '(\\s|\\\\[nrt])+', 'g');

  select coalesce(jsonb_agg(distinct document.name), '[]') || to_jsonb(published) into files
  from document join paragraph on paragraph.document_id = document.id
  where document.incident_id = withdrawn.incident_id and paragraph.text ~* in_text;

  if is_held then
    insert into sealed_words (quote_id, incident_id, authority_code, partnership_code, review_id, words, sealed_at)
    values (withdrawn.id, withdrawn.incident_id, withdrawn.authority_code, withdrawn.partnership_code, withdrawn.review_id,
      withdrawn.words, acting_at());
  end if;
  update family_quote set words = null, withdrawn_at = acting_at(), withdrawn_by = my_person(), sealed = is_held where id = quote;

  for target in
    select written.table_name, written.column_name, written.data_type, written.udt_name,
      exists (
        select from information_schema.columns own
        where own.table_schema = 'public' and own.table_name = written.table_name and own.column_name = 'revision') as is_revised,
      case
        when exists (
          select from information_schema.columns own
          where own.table_schema = 'public' and own.table_name = written.table_name and own.column_name = 'incident_id')
          then 'incident_id = $1'
        -- What is public knows no incident: the number leads to it.
        when written.table_name like 'published\_%' and exists (
          select from information_schema.columns own
          where own.table_schema = 'public' and own.table_name = written.table_name and own.column_name = 'number')
          then 'number in (select publication.number from publication where publication.incident_id = $1
            union all select recommendation.number from recommendation where recommendation.incident_id = $1)'
        else (
          select format('(%s) in (select %s from %I parent where parent.incident_id = $1)',
            (select string_agg(format('%I', a.attname), ', ' order by k.place) from unnest(c.conkey) with ordinality k (num, place)
              join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num),
            (select string_agg(format('parent.%I', a.attname), ', ' order by k.place) from unnest(c.confkey) with ordinality k (num, place)
              join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.num),
            c.confrelid::regclass::text)
          from pg_constraint c
          where c.contype = 'f' and c.conrelid = format('public.%I', written.table_name)::regclass and exists (
            select from information_schema.columns other
            where other.table_schema = 'public' and other.table_name = c.confrelid::regclass::text and other.column_name = 'incident_id')
          order by c.conname limit 1)
      end as of_incident
    from information_schema.columns written
    join information_schema.tables kept on kept.table_schema = 'public' and kept.table_name = written.table_name
      and kept.table_type = 'BASE TABLE'
    where written.table_schema = 'public' and written.is_generated = 'NEVER'
      and (written.data_type in ('text', 'jsonb') or (written.data_type = 'ARRAY' and written.udt_name = '_text'))
      and written.table_name not in ('sealed_words', 'event', 'event_detail', 'access_entry')
      and written.column_name not in ('authority_code', 'partnership_code')
  loop
    continue when target.of_incident is null;
    execute format('with changed as (
        update %1$I set %2$I = regexp_replace(%2$I::text, $2, ''[words withdrawn]'', ''gi'')::%3$s%5$s
        where %4$s and %2$I::text ~* $2 returning 1)
      select count(*) from changed',
      target.table_name, target.column_name,
      case target.data_type when 'ARRAY' then 'text[]' else target.data_type end, target.of_incident,
      -- A form that was opened before does not bring the words back.
      case when target.is_revised then ', revision = revision + 1' else '' end)
    into done using withdrawn.incident_id, case target.data_type when 'text' then in_text else in_json end;
    if done > 0 then
      cleared := cleared || jsonb_build_object(target.table_name, coalesce((cleared ->> target.table_name)::int8, 0) + done);
    end if;
  end loop;
  told := jsonb_build_object('rows', cleared, 'files', files);
  update family_quote set cleared = told where id = quote;
  return told;
end $$;
grant execute on function withdraw_family_words(uuid, text[]) to weathervane_app;

-- An arrest, a charge and a new order come as a related process: an open draft closes with it, whatever code writes it down.
create function close_family_drafts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  closed uuid[];
begin
  with done as (
    update family_draft set closed_at = coalesce(acting_at(), now()), closed_why = 'The police or a court: see the related processes'
    where review_id = new.review_id and closed_at is null returning id)
  select array_agg(id) into closed from done;
  update link set ended_at = coalesce(acting_at(), now())
  where purpose = 'family-draft' and object_id = any (closed) and ended_at is null;
  return null;
end $$;
create trigger closes_family_drafts after insert on related_process for each row
  when (new.kind in ('police', 'criminal-court', 'family-court') and new.status <> 'ended')
  execute function close_family_drafts();
create trigger closes_family_drafts_later after update on related_process for each row
  when (new.kind in ('police', 'criminal-court', 'family-court') and new.status <> 'ended'
    and (new.kind, new.status, new.reference) is distinct from (old.kind, old.status, old.reference))
  execute function close_family_drafts();

-- When the last hold has ended, the words are not kept either.
create function erase_sealed_words() returns int8
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  erased int8;
begin
  if not allowed('sealed-words:write:national') then return 0; end if;
  delete from sealed_words where not exists (
    select from legal_hold where legal_hold.review_id = sealed_words.review_id and legal_hold.ends_on > acting_on());
  get diagnostics erased = row_count;
  return erased;
end $$;
grant execute on function erase_sealed_words() to weathervane_app;
