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
  -- Before its end, by a person with a reason: from this moment on it holds nothing.
  lifted_at timestamptz,
  lifted_by uuid references person,
  lifted_why text,
  check (num_nulls(lifted_at, lifted_by, lifted_why) in (0, 3)),
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
grant update (lifted_at, lifted_by, lifted_why) on legal_hold to weathervane_app;
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
call guard('legal_hold', 'insert', 'sealed-words', 'write', 'lifted_at is null');
call guard('legal_hold', 'update', 'sealed-words', 'write', 'lifted_at is null',
  'lifted_at = (select acting_at()) and lifted_by = (select my_person())');
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
    and legal_hold.lifted_at is null
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

-- Every text that belongs to incidents, whoever's table it is: of a table added later too. Only the audit trail is left
-- out: no event holds what somebody said. `of_incident` finds its rows, with the incidents as $1.
create function texts_of_incident() returns table (table_name text, column_name text, data_type text, is_revised boolean, of_incident text)
language sql stable as $$
  with kept as not materialized (
    select pg_class.oid, pg_class.relname, pg_attribute.attname, pg_attribute.attnum, format_type(atttypid, null) as type
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
  )
  select * from (
    select kept.relname::text, kept.attname::text, kept.type,
      exists (select from kept own where own.oid = kept.oid and own.attname = 'revision'),
      case
        when exists (select from kept own where own.oid = kept.oid and own.attname = 'incident_id') then 'incident_id = any ($1)'
        -- What is public knows no incident: the number leads to it.
        when kept.relname like 'published\_%' and exists (select from kept own where own.oid = kept.oid and own.attname = 'number')
          then 'number in (select publication.number from publication where publication.incident_id = any ($1)
            union all select recommendation.number from recommendation where recommendation.incident_id = any ($1))'
        else (
          select format('(%s) in (select %s from %I parent where parent.incident_id = any ($1))',
            (select string_agg(format('%I', own.attname), ', ' order by k.place) from unnest(c.conkey) with ordinality k (num, place)
              join kept own on own.oid = c.conrelid and own.attnum = k.num),
            (select string_agg(format('parent.%I', other.attname), ', ' order by k.place) from unnest(c.confkey) with ordinality k (num, place)
              join kept other on other.oid = c.confrelid and other.attnum = k.num),
            c.confrelid::regclass::text)
          from pg_constraint c
          where c.contype = 'f' and c.conrelid = kept.oid
            and exists (select from kept other where other.oid = c.confrelid and other.attname = 'incident_id')
          order by c.conname limit 1)
      end
    from kept
    where kept.type in ('text', 'jsonb', 'text[]') and kept.relname not in ('sealed_words', 'event', 'event_detail', 'access_entry')
      and kept.attname not in ('authority_code', 'partnership_code') and has_column_privilege(kept.oid, kept.attnum, 'select')
  ) texts (table_name, column_name, data_type, is_revised, of_incident)
  where of_incident is not null
$$;

-- Where words stand in a text, as whole words: `(?<!` and `(?!` look at what is before and after them. White space and
-- quotation marks change when words are copied from one text into another.
create function pattern_of_words(words text, in_json boolean) returns text language plpgsql immutable as $$
declare
  literal text := regexp_replace(regexp_replace(btrim(words), '([.*+?^${}()|\[\]\\])', '\\\1', 'g'), '[''’‘]', '[''’‘]', 'g');
begin
  literal := case
    when in_json then regexp_replace(regexp_replace(literal, '["“”]', '(?:\\\\"|[“”])', 'g'), '\s+', '(?:\\s|\\\\[nrt])+', 'g')
    else regexp_replace(regexp_replace(literal, '["“”]', '["“”]', 'g'), '\s+', '\\s+', 'g')
  end;
  if btrim(words) ~ '^[[:alnum:]]' then
    literal := case when in_json then '(?:(?<![[:alnum:]])|(?<=\\[nrt]))' else '(?<![[:alnum:]])' end || literal;
  end if;
  return literal || case when btrim(words) ~ '[[:alnum:]]$' then '(?![[:alnum:]]|[''’][[:alnum:]])' else '' end;
end $$;

-- Words that stand where they stand because they were copied: they are taken out of every text at once. The set phrases of
-- our field have up to seven words (`in the best interests of the child`); eight in a row the same are no chance. Of fewer
-- a person says, text by text, whether they are this quote: `he was happy` may be what a teacher wrote.
create function is_unmistakable(words text) returns boolean language sql immutable as $$
  select cardinality(regexp_split_to_array(btrim(words), '\s+')) >= 8
$$;

-- The texts in which a quote is written down as used: there also short words are this quote.
create function tables_using_quote(quote uuid) returns text[] language sql stable as $$
  select coalesce(array_agg(distinct used.table_name), '{}')
  from family_quote_use
  join (values
    ('report', array['draft', 'draft_version', 'draft_signed', 'review_text', 'family_draft', 'publication', 'published_review']),
    ('advance-copy', array['draft', 'draft_version', 'draft_signed', 'review_text', 'family_draft']),
    ('learning-sheet', array['learning_sheet', 'published_sheet', 'learning_point']),
    ('annual-report', array['report_statement']),
    ('letter', array['letter', 'letter_point'])) kind (use, tables) on kind.use = family_quote_use.answers ->> 'use',
    unnest(kind.tables) used (table_name)
  where family_quote_use.quote_id = quote
$$;

-- What a text is called when it is decided about: it is another as soon as one letter of it changes.
create function text_key(table_name text, column_name text, content text) returns text language sql immutable as $$
  select md5(table_name || '.' || column_name || ' ' || content)
$$;

-- What a review is about: what was said of one incident may stand in what is written about another.
create function incidents_of(review uuid, first_incident uuid) returns uuid[] language sql stable as $$
  select array(select incident_id from review_incident where review_incident.review_id = review) || first_incident
$$;

-- The texts in which the words of a quote stand, as far as the acting person may read them.
create function find_family_words(quote uuid) returns table (key text, in_table text, is_used boolean, excerpt text)
language plpgsql stable as $$
declare
  said family_quote%rowtype;
  used text[] := tables_using_quote(quote);
  target record;
  in_text text;
begin
  select * into said from family_quote where id = quote and words is not null;
  if not found then return; end if;
  in_text := pattern_of_words(said.words, false);
  for target in select * from texts_of_incident() loop
    return query execute format(
      'select text_key(%1$L, %2$L, %2$I::text), %1$L::text, %1$L = any ($4), (
         select (regexp_match(parts.part, ''(.{0,80}'' || $2 || ''.{0,80})'', ''i''))[1]
         from (%3$s) parts (part) where parts.part ~* $2 limit 1)
       from %1$I where %4$s and %2$I::text ~* $3 and %5$s',
      target.table_name, target.column_name,
      format(case target.data_type
        when 'jsonb' then 'select said #>> ''{}'' from jsonb_path_query(%I, ''$.** ? (@.type() == "string")'') said'
        when 'text[]' then 'select unnest(%I)'
        else 'select %I'
      end, target.column_name),
      target.of_incident,
      case when target.table_name = 'family_quote' and target.column_name = 'words' then format('id <> %L', quote) else 'true' end)
    using incidents_of(said.review_id, said.incident_id), in_text, pattern_of_words(said.words, target.data_type <> 'text'), used;
  end loop;
end $$;

-- The quote whose words the acting person may withdraw.
create function quote_to_withdraw(quote uuid) returns family_quote
language sql stable security definer set search_path = public, pg_temp as $$
  select * from family_quote
  where id = quote and withdrawn_at is null
    and (array[partnership_code, partnership_code || ' ' || authority_code] && my_codes('family-contact:write')
      or incident_id = any (my_reached('family-contact:write')))
    and incident_id <> all (my_ids('hidden')) and authority_code <> all (my_list('hidden_authorities'))
$$;

-- How many texts hold the words, those too that the acting person may not read: no more is told of them.
create function count_family_words(quote uuid) returns int8
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  said family_quote := quote_to_withdraw(quote);
begin
  if said.id is null then return 0; end if;
  return (select count(*) from find_family_words(quote));
end $$;

-- Takes the words of a quote out of the texts of the incidents of its review. Runs as the owner, since texts that nobody may change any
-- more lose the words as well; `null` where the acting person may not write the quote, or it is withdrawn already.
-- `published` are the names of published files in which somebody found the words: no table holds what is in them.
-- `theirs` and `others` are the keys of texts of which a person said whether short words there are this quote, `unread`
-- whether they are in texts that this person may not read.
create function withdraw_family_words(quote uuid, published text[], theirs text[], others text[], unread boolean) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  withdrawn family_quote;
  used text[] := tables_using_quote(quote);
  in_text text;
  in_json text;
  target record;
  done int8;
  stays int8;
  kept int8 := 0;
  files jsonb;
  cleared jsonb := '{}';
  told jsonb;
  is_held boolean;
  is_clear boolean;
  incidents uuid[];
begin
  perform from family_quote where id = quote for update;
  withdrawn := quote_to_withdraw(quote);
  if withdrawn.id is null then return null; end if;
  incidents := incidents_of(withdrawn.review_id, withdrawn.incident_id);
  -- Whoever is publishing the words at this moment has done so before they are looked for, or comes after.
  perform from publication where publication.incident_id = any (incidents) order by review_id for update;
  select exists (
    select from legal_hold
    where legal_hold.review_id = withdrawn.review_id and from_on <= acting_on() and ends_on > acting_on()
      and lifted_at is null) into is_held;
  is_clear := is_unmistakable(withdrawn.words);
  in_text := pattern_of_words(withdrawn.words, false);
  in_json := pattern_of_words(withdrawn.words, true);

  select coalesce(jsonb_agg(distinct document.name), '[]') || to_jsonb(published) into files
  from document join paragraph on paragraph.document_id = document.id
  where document.incident_id = any (incidents) and paragraph.text ~* in_text;

  if is_held then
    insert into sealed_words (quote_id, incident_id, authority_code, partnership_code, review_id, words, sealed_at)
    values (withdrawn.id, withdrawn.incident_id, withdrawn.authority_code, withdrawn.partnership_code, withdrawn.review_id,
      withdrawn.words, acting_at());
  end if;
  update family_quote set words = null, withdrawn_at = acting_at(), withdrawn_by = my_person(), sealed = is_held where id = quote;

  for target in select * from texts_of_incident() loop
    execute format('with changed as (
        update %1$I set %2$I = regexp_replace(%2$I::text, $2, ''[words withdrawn]'', ''gi'')::%3$s%5$s
        where %4$s and %2$I::text ~* $2 and ($3 or text_key(%1$L, %2$L, %2$I::text) = any ($4)
          or $6 and text_key(%1$L, %2$L, %2$I::text) <> all ($5)) returning 1)
      select (select count(*) from changed), (select count(*) from %1$I where %4$s and %2$I::text ~* $2)',
      target.table_name, target.column_name, target.data_type, target.of_incident,
      -- A form that was opened before does not bring the words back.
      case when target.is_revised then ', revision = revision + 1' else '' end)
    into done, stays using incidents, case target.data_type when 'text' then in_text else in_json end,
      is_clear or target.table_name = any (used), theirs, others, unread;
    -- Both are counted as it was before.
    kept := kept + stays - done;
    if done > 0 then
      cleared := cleared || jsonb_build_object(target.table_name, coalesce((cleared ->> target.table_name)::int8, 0) + done);
    end if;
  end loop;
  told := jsonb_build_object('rows', cleared, 'files', files, 'kept', kept);
  update family_quote set cleared = told where id = quote;
  return told;
end $$;
grant execute on function texts_of_incident(), pattern_of_words(text, boolean), is_unmistakable(text), tables_using_quote(uuid),
  incidents_of(uuid, uuid), text_key(text, text, text), find_family_words(uuid), count_family_words(uuid),
  withdraw_family_words(uuid, text[], text[], text[], boolean) to weathervane_app;

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

-- When the last hold has ended, or was lifted, the words are not kept either: as if there had been none.
create function erase_sealed_words() returns int8
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  erased int8;
begin
  if not allowed('sealed-words:write:national') then return 0; end if;
  with gone as (
    delete from sealed_words where not exists (
      select from legal_hold where legal_hold.review_id = sealed_words.review_id and legal_hold.ends_on > acting_on()
        and legal_hold.lifted_at is null)
    returning quote_id)
  update family_quote set sealed = false from gone where family_quote.id = gone.quote_id;
  get diagnostics erased = row_count;
  return erased;
end $$;
grant execute on function erase_sealed_words() to weathervane_app;
