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
-- What was done, and stands: contacts, offers, messages, readings; days that hurt; practitioners and what they were offered;
-- what became of a copy that is out.
create table family_entry (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  kind text not null check (kind in ('contact', 'message', 'reading', 'sensitive-date', 'practitioner', 'copy')),
  member_id uuid,
  use_id uuid,
  check ((kind = 'copy') = (use_id is not null)),
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
  unique (id, review_id),
  foreign key (quote_id, review_id) references family_quote (id, review_id),
  constraint family_quote_use_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on family_quote_use (quote_id);
alter table family_entry add foreign key (use_id, review_id) references family_quote_use (id, review_id);
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

-- Days on which nobody writes to a family, from the notification, which not everybody who may write to them reads: of the
-- child's name they see the initial.
create function days_of_family(incident uuid) returns table (what text, who text, day date)
language sql stable security definer set search_path = public, pg_temp as $$
  select days.what, days.who, days.day
  from incident place, lateral (
    select 'birthday' as what, 'child ' || child.position || coalesce(' (' || left(child.given_name, 1) || '.)', '') as who, child.born_on as day
    from child where child.incident_id = place.incident_id
    union all select 'incident', null, place.incident_on) days
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

-- How words are found again in a text: whole words in the same order, whatever marks, white space, quotation marks and
-- capitals stand between them. Those change when words are copied.
create function pattern_of_words(words text) returns text language sql immutable as $$
  select '(?<![[:alnum:]])' || string_agg(regexp_replace(word, '[''’‘]', '[''’‘]?', 'g'), '[^[:alnum:]]{1,12}' order by place)
    || '(?![[:alnum:]]|[''’][[:alnum:]])'
  from (
    select found[1], place
    from regexp_matches(words, '[[:alnum:]]+(?:[''’‘][[:alnum:]]+)*', 'g') with ordinality m (found, place)) said (word, place)
$$;

-- The words of a text in order, each by its stem, so that `asked` is found for `asks`. Words that stand in every text
-- (`the`, `was`) end with a point.
create function stems_of(content text) returns text[] language sql immutable as $$
  select coalesce(array_agg(coalesce((ts_lexize('pg_catalog.english_stem', found[1]))[1], found[1] || '.') order by place), '{}')
  from regexp_matches(lower(regexp_replace(content, '[''’‘]', '', 'g')), '[[:alnum:]]+', 'g') with ordinality m (found, place)
$$;

create function count_telling(stems text[]) returns int8 language sql immutable as $$
  select count(distinct stem) from unnest(stems) stem where stem not like '%.'
$$;

-- Cuts a text into sentences and says of each whether words stand in it: `exact` as they were said, or `near`, which is
-- - six of ten of their words, two thirds of those that tell something, in a stretch half as long again, or
-- - five of them in a row, or
-- - a part of them in quotation marks.
-- `cleared` is the sentence without the words. A sentence that is near goes whole: nobody knows where the words end in it.
-- No rows where they stand nowhere.
create function passages_of_words(content text, said text)
returns table (place int4, original text, cleared text, kind text, key text)
language plpgsql immutable as $$
declare
  hole constant text := chr(57344);
  mark constant text := '[words withdrawn]';
  exact constant text := pattern_of_words(said);
  whole constant text[] := stems_of(said);
  was text[];
  pieces text[];
  near boolean[];
  stems text[];
  owners int4[];
  part text[];
  wanted text[];
  hits int4[];
  seen text[];
  in_a_row text[] := '{}';
  need int4;
  telling int4;
  told int4;
  next_was int4 := 1;
begin
  if content is null or exact is null then return; end if;
  was := array(select hit[1] from regexp_matches(content, '(' || exact || ')', 'gi') with ordinality m (hit, nth) order by m.nth);
  pieces := array(
    select hit[1]
    from regexp_matches(regexp_replace(content, exact, hole, 'gi'),
      '([^.!?\n]+[.!?]*["”’'')\]]*[ \t]*|[.!?\n][.!?\n"”’'')\]]*[ \t]*)', 'g') with ordinality m (hit, nth)
    order by m.nth);
  near := array_fill(false, array[cardinality(pieces)]);
  select array_agg(stem order by owner, stood), array_agg(owner order by owner, stood) into stems, owners
  from unnest(pieces) with ordinality p (piece, owner), unnest(stems_of(piece)) with ordinality s (stem, stood);

  for i in 1 .. cardinality(whole) - 4 loop
    if count_telling(whole[i : i + 4]) >= 2 then in_a_row := in_a_row || array_to_string(whole[i : i + 4], ' '); end if;
  end loop;
  for i in 1 .. coalesce(cardinality(stems), 0) - 4 loop
    if stems[i] = any (whole) and array_to_string(stems[i : i + 4], ' ') = any (in_a_row) then
      near[owners[i]] := true;
      near[owners[i + 4]] := true;
    end if;
  end loop;

  -- Of a quote of several sentences each is looked for by itself too.
  for part in
    select whole union
    select stems_of(hit[1]) from regexp_matches(said, '[^.!?\n]+', 'g') hit where cardinality(stems_of(hit[1])) >= 5
  loop
    wanted := array(select distinct stem from unnest(part) stem);
    hits := array(select nth from unnest(stems) with ordinality s (stem, nth) where stem = any (wanted) order by nth);
    need := greatest(3, ceil(cardinality(wanted) * 0.6));
    telling := ceil(count_telling(wanted) * 2 / 3.0);
    continue when count_telling(array(select stems[nth] from unnest(hits) nth)) < telling;
    for start in 1 .. cardinality(hits) loop
      seen := '{}';
      told := 0;
      for at in start .. cardinality(hits) loop
        exit when hits[at] >= hits[start] + cardinality(part) + greatest(2, cardinality(part) / 2);
        continue when stems[hits[at]] = any (seen);
        seen := seen || stems[hits[at]];
        if right(stems[hits[at]], 1) <> '.' then told := told + 1; end if;
        if told >= telling and cardinality(seen) >= need then
          for owner in owners[hits[start]] .. owners[hits[at]] loop near[owner] := true; end loop;
          exit;
        end if;
      end loop;
    end loop;
  end loop;

  for i in 1 .. cardinality(pieces) loop
    continue when near[i] or pieces[i] !~ '["“‘'']';
    near[i] := exists (
      select
      from regexp_matches(pieces[i],
        '“([^”]+)”|"([^"]+)"|‘((?:[^’]|’[[:alnum:]])+)’|(?<![[:alnum:]])''((?:[^'']|''[[:alnum:]])+)''', 'g') hit,
        stems_of(coalesce(hit[1], hit[2], hit[3], hit[4])) fragment
      where count_telling(fragment) > 0
        and position(' ' || array_to_string(fragment, ' ') || ' ' in ' ' || array_to_string(whole, ' ') || ' ') > 0);
  end loop;

  if cardinality(was) = 0 and not true = any (near) then return; end if;
  for i in 1 .. cardinality(pieces) loop
    place := i;
    original := pieces[i];
    kind := case when position(hole in original) > 0 then 'exact' when near[i] and original ~ '[[:alnum:]]' then 'near' end;
    cleared := case kind when 'near' then mark || substring(original from '[ \t]*$') else replace(original, hole, mark) end;
    while position(hole in original) > 0 loop
      original := overlay(original placing was[next_was] from position(hole in original) for 1);
      next_was := next_was + 1;
    end loop;
    key := case when kind is not null then md5(btrim(original)) end;
    return next;
  end loop;
end $$;

-- A text without words: those as they were said where `at_once`, and the sentences that somebody decided about; `unread`
-- is what was decided of all others. What is public bears no mark, which would tell a town that somebody withdrew: there
-- the sentence around goes, with what leads to it (`Her granny told us this.`, `She said:`).
create function without_words(content text, said text, at_once boolean, theirs text[], others text[], unread boolean, is_public boolean)
returns text language sql immutable as $$
  with passage as (
    select place, original, cleared, original !~ '[^[:space:]]' as is_space,
      kind is not null and (kind = 'exact' and at_once or key = any (theirs) or unread and key <> all (others)) as goes
    from passages_of_words(content, said)
  ), led as (
    select place, original, cleared, goes or coalesce(not is_space and lead(goes) over next_sentence and (
      original ~ ':\s*$' or lead(original) over next_sentence ~ '^\s*["“‘''>]'
        and original ~* '\m(says?|said|tells?|told|words?|wr[io]tes?|puts? it|quotes?|ask(s|ed))\M'), false) as falls, goes
    from passage window next_sentence as (partition by is_space order by place)
  )
  select case
    when not coalesce(bool_or(goes), false) then content
    when is_public then btrim(regexp_replace(
      string_agg(case when falls then '' else original end, '' order by place), '[ \t]*\n(\s*\n)+', E'\n\n', 'g'), E' \n\t')
    else string_agg(case when goes then cleared else original end, '' order by place)
  end
  from led
$$;

create function json_without_words(content jsonb, said text, at_once boolean, theirs text[], others text[], unread boolean, is_public boolean)
returns jsonb language plpgsql immutable as $$
declare
  part record;
  written text := content::text;
begin
  for part in
    select old, without_words(old, said, at_once, theirs, others, unread, is_public) as new
    from (select distinct value #>> '{}' from jsonb_path_query(content, 'strict $.** ? (@.type() == "string")') value) strings (old)
  loop
    if part.new <> part.old then
      written := replace(written, to_jsonb(part.old)::text, to_jsonb(part.new)::text);
    end if;
  end loop;
  return written::jsonb;
end $$;

create function list_without_words(content text[], said text, at_once boolean, theirs text[], others text[], unread boolean, is_public boolean)
returns text[] language sql immutable as $$
  select case when content is not null then array(
    select rest
    from unnest(content) with ordinality lines (line, place),
      without_words(line, said, at_once, theirs, others, unread, is_public) rest
    where rest <> '' or line = ''
    order by place) end
$$;

-- Nothing public says that somebody withdrew their words, whoever writes it there: what bears the mark goes as a sentence.
create function keep_marks_private() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  return jsonb_populate_record(new, json_without_words(to_jsonb(new), 'words withdrawn', true, '{}', '{}', false, true));
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

-- What a review is about: what was said of one incident may stand in what is written about another.
create function incidents_of(review uuid, first_incident uuid) returns uuid[] language sql stable as $$
  select array(select incident_id from review_incident where review_incident.review_id = review) || first_incident
$$;

-- All that is written in the texts of incidents, as far as the acting person may read it.
create function parts_of_incidents(incidents uuid[]) returns table (in_table text, part text)
language plpgsql stable as $$
declare
  target record;
begin
  for target in select * from texts_of_incident() loop
    return query execute format('select %L::text, parts.part from %I, lateral (%s) parts (part) where %s and parts.part is not null',
      target.table_name, target.table_name,
      format(case target.data_type
        when 'jsonb' then 'select said #>> ''{}'' from jsonb_path_query(%I, ''strict $.** ? (@.type() == "string")'') said'
        when 'text[]' then 'select unnest(%I)'
        else 'select %I'
      end, target.column_name),
      target.of_incident)
    using incidents;
  end loop;
end $$;

-- The sentences in which words stand, or nearly stand, and the tables that hold them: the same sentence in ten versions
-- is one. Nobody has to decide about those that go `at_once`.
create function find_words(incidents uuid[], said text, used text[])
returns table (key text, kind text, at_once boolean, sentence text, in_tables text[])
language sql stable as $$
  select passage.key, passage.kind, is_at_once, min(btrim(passage.original)), array_agg(distinct in_table)
  from (
    select part, array_agg(distinct in_table) as tables
    from parts_of_incidents(incidents)
    where not (in_table = 'family_quote' and part = said)
    group by part
  ) written
  cross join lateral passages_of_words(written.part, said) passage
  cross join lateral unnest(written.tables) in_table
  cross join lateral (select passage.kind = 'exact' and (is_unmistakable(said) or in_table = any (used))) sure (is_at_once)
  where passage.kind is not null
  group by passage.key, passage.kind, is_at_once
$$;

create function find_family_words(quote uuid)
returns table (key text, kind text, at_once boolean, sentence text, in_tables text[])
language sql stable as $$
  select found.*
  from family_quote, lateral find_words(incidents_of(review_id, incident_id), family_quote.words, tables_using_quote(quote)) found
  where family_quote.id = quote and family_quote.words is not null
$$;

-- The quote whose words the acting person may withdraw.
create function quote_to_withdraw(quote uuid) returns family_quote
language sql stable security definer set search_path = public, pg_temp as $$
  select * from family_quote
  where id = quote and withdrawn_at is null
    and (array[partnership_code, partnership_code || ' ' || authority_code] && my_codes('family-contact:write')
      or incident_id = any (my_reached('family-contact:write')))
    and incident_id <> all (my_ids('hidden')) and authority_code <> all (my_list('hidden_authorities'))
$$;

-- How many sentences somebody has to decide about, those too that the acting person may not read: no more is told of them.
create function count_family_words(quote uuid) returns int8
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  said family_quote := quote_to_withdraw(quote);
begin
  if said.id is null then return 0; end if;
  return (select count(*) from find_family_words(quote) where not at_once);
end $$;

-- Takes the words of a quote out of the texts of the incidents of its review. Runs as the owner, since texts that nobody
-- may change any more lose the words as well; `null` where the acting person may not write the quote, or it is withdrawn already.
-- `published` are the names of published files in which somebody found the words, `stopped` those of them that are taken off
-- the public page, by their hash: no table holds what is in them.
-- `theirs` and `others` are the keys of sentences of which a person said whether they are this quote, `unread` whether
-- those are that this person may not read.
create function withdraw_family_words(quote uuid, published text[], stopped text[], theirs text[], others text[], unread boolean) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  withdrawn family_quote;
  used text[] := tables_using_quote(quote);
  target record;
  done int8;
  files jsonb;
  cleared jsonb := '{}';
  told jsonb;
  is_held boolean;
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

  select coalesce(jsonb_agg(distinct document.name), '[]') || to_jsonb(published) into files
  from document join paragraph on paragraph.document_id = document.id
  where document.incident_id = any (incidents)
    and without_words(paragraph.text, withdrawn.words, is_unmistakable(withdrawn.words), theirs, others, unread, false) <> paragraph.text;

  if is_held then
    insert into sealed_words (quote_id, incident_id, authority_code, partnership_code, review_id, words, sealed_at)
    values (withdrawn.id, withdrawn.incident_id, withdrawn.authority_code, withdrawn.partnership_code, withdrawn.review_id,
      withdrawn.words, acting_at());
  end if;
  update family_quote set words = null, withdrawn_at = acting_at(), withdrawn_by = my_person(), sealed = is_held where id = quote;

  for target in select * from texts_of_incident() loop
    execute format('with changed as (
        update %1$I set %2$I = %3$I(%2$I, $2, $3, $4, $5, $6, $7)%5$s
        where %4$s and %2$I <> %3$I(%2$I, $2, $3, $4, $5, $6, $7) returning 1)
      select count(*) from changed',
      target.table_name, target.column_name,
      case target.data_type when 'jsonb' then 'json_without_words' when 'text[]' then 'list_without_words' else 'without_words' end,
      target.of_incident,
      -- A form that was opened before does not bring the words back.
      case when target.is_revised then ', revision = revision + 1' else '' end)
    into done
    using incidents, withdrawn.words, is_unmistakable(withdrawn.words) or target.table_name = any (used), theirs, others,
      unread, target.table_name like 'published\_%';
    if done > 0 then
      cleared := cleared || jsonb_build_object(target.table_name, coalesce((cleared ->> target.table_name)::int8, 0) + done);
    end if;
  end loop;
  delete from publication_file where review_id = withdrawn.review_id and hash = any (stopped);
  update published_review set documents = coalesce(
      (select jsonb_agg(document order by place) from jsonb_array_elements(documents) with ordinality d (document, place)
       where document ->> 'hash' <> all (stopped)), '[]')
  where number in (select number from publication where review_id = withdrawn.review_id)
    and exists (select from jsonb_array_elements(documents) document where document ->> 'hash' = any (stopped));
  -- What stays, stays because somebody said that it is not theirs.
  select jsonb_build_object('rows', cleared, 'files', files, 'kept', coalesce(jsonb_object_agg(in_table, sentences), '{}')) into told
  from (
    select in_table, count(distinct key)
    from find_words(incidents, withdrawn.words, used) found, unnest(found.in_tables) in_table
    group by in_table) stays (in_table, sentences);
  update family_quote set cleared = told where id = quote;
  return told;
end $$;
grant execute on function texts_of_incident(), pattern_of_words(text), stems_of(text), count_telling(text[]),
  passages_of_words(text, text), without_words(text, text, boolean, text[], text[], boolean, boolean),
  json_without_words(jsonb, text, boolean, text[], text[], boolean, boolean),
  list_without_words(text[], text, boolean, text[], text[], boolean, boolean), parts_of_incidents(uuid[]), incidents_of(uuid, uuid),
  is_unmistakable(text), tables_using_quote(uuid), find_words(uuid[], text, text[]), find_family_words(uuid),
  count_family_words(uuid), withdraw_family_words(uuid, text[], text[], text[], text[], boolean) to weathervane_app;

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
