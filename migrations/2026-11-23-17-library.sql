-- Publishing a local review. What is prepared lies here, under the place of its incident, and nobody outside the
-- partnership reads it; what is public lies in tables of snapshots below, which name no incident and no review.
create table publication (
  review_id uuid primary key,
  incident_id uuid not null unique,
  authority_code text not null,
  partnership_code text not null,
  -- Drawn by lot, and the review's for good. Public from the day of its publication.
  number text not null unique,
  status text not null default 'preparing' check (status in ('preparing', 'published', 'account-hidden')),
  manner text not null default 'full' check (manner in ('full', 'improvements', 'withheld')),
  text jsonb not null default '{}',
  first_published_on date,
  -- The first day on which the account may stop being public for no other reason than time.
  keep_until date,
  narrative_reviewed_on date,
  revision int4 not null default 1,
  -- Everybody who wrote words of it: somebody else checks whether a child can be recognised.
  written_by uuid[] not null default '{}',
  saved_by uuid references person,
  saved_at timestamptz not null,
  constraint publication_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on publication (partnership_code);
-- Who is told on the day, by whom, in this order.
create table publication_step (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references publication,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  position int4 not null,
  kind text not null,
  whom text not null,
  told_by text not null default '',
  tell_at text not null default '',
  done_at timestamptz,
  done_by uuid references person,
  not_needed_because text,
  check (done_at is null or not_needed_because is null),
  unique (review_id, position) deferrable initially deferred,
  constraint publication_step_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
-- Days on which nothing should appear. A birthday or an anniversary comes again each year.
create table sensitive_date (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references publication,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  kind text not null check (kind in ('trial', 'inquest', 'birthday', 'anniversary', 'other')),
  what text not null,
  from_on date not null,
  -- The last day. Of a trial whose end is not known: none.
  last_on date,
  ended_at timestamptz,
  added_by uuid references person,
  check (last_on >= from_on),
  constraint sensitive_date_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on sensitive_date (review_id);
-- Files that a person has cleared for the public.
create table publication_file (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references publication,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  title text not null,
  hash text not null,
  type text not null,
  extension text not null,
  size_bytes int4 not null,
  cleared_by uuid references person,
  cleared_at timestamptz not null,
  constraint publication_file_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on publication_file (review_id);
-- Why a review is not published in full, as the Panel and the Secretary of State were told, and what they said to it.
create table withholding (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references publication,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  manner text not null check (manner in ('improvements', 'withheld')),
  justification text not null,
  person_id uuid references person,
  sent_at timestamptz not null,
  constraint withholding_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on withholding (review_id);
create table withholding_comment (
  id uuid primary key default gen_random_uuid(),
  withholding_id uuid not null references withholding,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  text text not null,
  person_id uuid references person,
  at timestamptz not null,
  constraint withholding_comment_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on withholding_comment (withholding_id);
-- What was done, by whom, what stood in the way, and why it was done all the same. The reason is never public.
create table publication_act (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references publication,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  act text not null check (act in ('published', 'hidden', 'narrative-kept', 'narrative-ended', 'noted', 'note-removed', 'elsewhere')),
  reason text,
  in_the_way text[] not null default '{}',
  person_id uuid references person,
  at timestamptz not null,
  constraint publication_act_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on publication_act (review_id);

-- One page for one sector, of what practitioners need. Its words are cleared by a person before they are public.
create table learning_sheet (
  review_id uuid not null references publication,
  sector text not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  happened text not null,
  learnt text not null,
  ask text not null,
  cleared_by text,
  cleared_asked text,
  cleared_at timestamptz,
  revision int4 not null default 1,
  saved_by uuid references person,
  saved_at timestamptz not null,
  primary key (review_id, sector),
  check (num_nulls(cleared_by, cleared_asked, cleared_at) in (0, 3)),
  constraint learning_sheet_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);

-- What is public, and all of it: whoever can read this table sees nothing that the public does not. It is written when
-- somebody publishes, hides or notes, and points to no table of work.
create table published_review (
  number text primary key,
  partnership_code text not null,
  partnership_name text not null,
  title text not null,
  -- Null where it is not public: it was not published, or is hidden. Nothing here says which, or why.
  account text,
  learning text not null,
  recommendations text[] not null,
  themes text[] not null,
  -- `[{ name, title, hash, type, sizeBytes }]`
  documents jsonb not null default '[]',
  -- `[{ on, text }]`, the newest first.
  changes jsonb not null default '[]',
  replaced_by text,
  may_be_indexed bool not null,
  in_feed bool not null,
  published_on date not null,
  -- The day of the last publication or note. Hiding leaves it as it is: its day would tell of a retrial.
  as_at date not null,
  unique (number, partnership_code)
);
create table published_sheet (
  number text not null,
  sector text not null,
  partnership_code text not null,
  title text not null,
  -- Null where the account of the review is not public.
  happened text,
  learnt text not null,
  ask text[] not null,
  -- Of the Word file; null where it would tell what is hidden.
  word_hash text,
  published_on date not null,
  as_at date not null,
  primary key (number, sector),
  -- A sheet stands beside a review of its own partnership.
  foreign key (number, partnership_code) references published_review (number, partnership_code)
);
create trigger keeps_marks_private before insert or update on published_review for each row
  when (new::text like '%[words withdrawn]%') execute function keep_marks_private();
create trigger keeps_marks_private before insert or update on published_sheet for each row
  when (new::text like '%[words withdrawn]%') execute function keep_marks_private();
-- The Word file of a sheet tells what the sheet told when it was made.
create function forget_word_file() returns trigger language plpgsql as $$
begin
  new.word_hash := null;
  return new;
end $$;
create trigger words_left_word_file before update on published_sheet for each row
  when (new.word_hash = old.word_hash and (new.happened, new.learnt, new.ask) is distinct from (old.happened, old.learnt, old.ask))
  execute function forget_word_file();
create function words_of_published(title text, account text, learning text, recommendations text[]) returns tsvector
language sql immutable as $$
  select to_tsvector('pg_catalog.english', title || ' ' || coalesce(account, '') || ' ' || learning || ' '
    || coalesce(recommendations::text, ''))
$$;
grant execute on function words_of_published(text, text, text, text[]) to weathervane_app;
create index on published_review using gin (words_of_published(title, account, learning, recommendations));
create index on published_review (published_on desc, number);

revoke update, delete on publication, publication_step, sensitive_date, publication_file, withholding, withholding_comment,
  publication_act, learning_sheet, published_review, published_sheet from weathervane_app;
grant update (happened, learnt, ask, cleared_by, cleared_asked, cleared_at, revision, saved_by, saved_at) on learning_sheet
  to weathervane_app;
grant update (title, happened, learnt, ask, word_hash, as_at) on published_sheet to weathervane_app;
grant update (status, manner, text, first_published_on, keep_until, narrative_reviewed_on, revision,
  written_by, saved_by, saved_at) on publication to weathervane_app;
grant update (position, whom, told_by, tell_at, done_at, done_by, not_needed_because) on publication_step to weathervane_app;
grant delete on publication_step, publication_file to weathervane_app;
grant update (ended_at) on sensitive_date to weathervane_app;
grant update (partnership_name, title, account, learning, recommendations, themes, documents, changes, replaced_by,
  may_be_indexed, in_feed, as_at) on published_review to weathervane_app;

do $$
declare name text;
begin
  foreach name in array array['publication', 'publication_step', 'sensitive_date', 'publication_file', 'learning_sheet', 'publication_act'] loop
    call guard_table(name);
    call guard_conflict(name);
    call guard(name, 'select', 'publication', 'read');
  end loop;
  foreach name in array array['publication', 'publication_step', 'sensitive_date', 'publication_file', 'learning_sheet'] loop
    call guard(name, 'insert', 'publication', 'write');
    call guard(name, 'update', 'publication', 'write');
  end loop;
  foreach name in array array['publication_step', 'publication_file'] loop
    call guard(name, 'delete', 'publication', 'write');
  end loop;
  foreach name in array array['withholding', 'withholding_comment'] loop
    call guard_table(name);
    call guard_conflict(name);
    call guard(name, 'select', 'withholding', 'read');
  end loop;
end $$;
call guard('publication_act', 'insert', 'publication', 'send', 'person_id is not distinct from (select my_person())');
call guard('withholding', 'insert', 'withholding', 'send', 'person_id = (select my_person())');
call guard('withholding_comment', 'insert', 'withholding', 'reply', 'person_id = (select my_person())');

do $$
declare name text;
begin
  foreach name in array array['published_review', 'published_sheet'] loop
    call guard_table(name);
    call is_public(name);
    execute format('create policy anybody on %I for select to weathervane_app using (true)', name);
    execute format('create policy publishes on %I for insert to weathervane_app
      with check (array[''*'', partnership_code] && (select my_codes(''publication:send''))::text[])', name);
    execute format('create policy changes on %I for update to weathervane_app
      using (array[''*'', partnership_code] && (select my_codes(''publication:send''))::text[])
      with check (array[''*'', partnership_code] && (select my_codes(''publication:send''))::text[])', name);
  end loop;
end $$;

-- What is public of a review has the number that was drawn for it: nobody takes that of another.
create policy of_a_publication on published_review as restrictive for insert to weathervane_app
  with check (exists (select from publication
    where publication.number = published_review.number and publication.partnership_code = published_review.partnership_code));
-- A file is cleared now, by oneself.
create function clear_by_oneself() returns trigger language plpgsql as $$
begin
  if new.cleared_by is distinct from my_person() or new.cleared_at is distinct from acting_at() then
    raise exception 'A file is cleared now, by whoever says so.' using errcode = 'check_violation';
  end if;
  return null;
end $$;
do $$ begin
  execute format('create trigger clear_by_oneself after insert on publication_file for each row when (current_user <> %L)
    execute function clear_by_oneself()', current_user);
end $$;

-- Words that leave a sheet, whoever takes them away, leave its Word file too: it is gone until somebody publishes anew.
create function drop_older_word_file() returns trigger language plpgsql as $$
begin
  if (new.title, new.happened, new.learnt, new.ask) is distinct from (old.title, old.happened, old.learnt, old.ask)
    and new.word_hash is not distinct from old.word_hash then
    new.word_hash := null;
  end if;
  return new;
end $$;
create trigger drop_older_word_file before update on published_sheet for each row execute function drop_older_word_file();

-- Words that changed after somebody cleared them, whoever changed them, are looked at again before they are public.
create function drop_older_clearing() returns trigger language plpgsql as $$
begin
  if (new.happened, new.learnt, new.ask) is distinct from (old.happened, old.learnt, old.ask) then
    new.cleared_by := null;
    new.cleared_asked := null;
    new.cleared_at := null;
    new.revision := greatest(new.revision, old.revision + 1);
  end if;
  return new;
end $$;
create trigger drop_older_clearing before update on learning_sheet for each row execute function drop_older_clearing();
