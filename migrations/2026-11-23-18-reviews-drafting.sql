-- The report of a local review while it is written: its versions in paragraphs that keep their names, comments on them,
-- what named people say of its facts, and the text that the three partners signed.
create table draft (
  review_id uuid primary key references local_review,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  status text not null default 'draft' check (status in ('draft', 'signing', 'signed')),
  revision int4 not null default 1,
  -- Of the version that waits for signatures, or has them.
  version int4,
  text jsonb,
  text_hash text,
  signatures_asked_at timestamptz,
  -- Why they were asked before everybody had said whether the facts are right.
  asked_although text,
  signed_at timestamptz,
  constraint draft_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create table draft_version (
  review_id uuid not null references draft,
  version int4 not null check (version > 0),
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  -- What changed, in the writer's words.
  note text not null,
  -- The file that it was read from.
  document_id uuid,
  -- A list of {id, role, text}: the id is the same for the same paragraph in every version.
  paragraphs jsonb not null,
  hash text not null,
  person_id uuid not null references person,
  saved_at timestamptz not null,
  primary key (review_id, version),
  foreign key (document_id, review_id) references document (id, review_id),
  constraint draft_version_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create table draft_comment (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  paragraph_id text not null,
  -- That was before the writer of the comment.
  version int4 not null,
  -- What a comment answers; its paragraph is that of the first.
  answers_id uuid,
  text text not null,
  person_id uuid not null references person,
  added_at timestamptz not null,
  resolved_by uuid references person,
  resolved_at timestamptz,
  unique (id, review_id),
  foreign key (review_id, version) references draft_version,
  foreign key (answers_id, review_id) references draft_comment (id, review_id),
  check ((resolved_by is null) = (resolved_at is null)),
  constraint draft_comment_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on draft_comment (review_id, added_at);
-- Who was asked whether what is said of them is right, and by which day they answer. Whoever has no account answers by
-- other means, and somebody enters it.
create table draft_accuracy (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  version int4 not null,
  name text not null,
  account_id uuid references person,
  answer_by date not null,
  person_id uuid not null references person,
  asked_at timestamptz not null,
  unique (id, review_id),
  foreign key (review_id, version) references draft_version,
  constraint draft_accuracy_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on draft_accuracy (review_id);
create index on draft_accuracy (account_id);
create table draft_accuracy_answer (
  id uuid primary key default gen_random_uuid(),
  asked_id uuid not null,
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  accurate boolean not null,
  -- What is not right, and where it can be seen.
  text text not null,
  source text not null,
  came text not null check (came in ('account', 'letter', 'mail', 'conversation')),
  person_id uuid not null references person,
  answered_at timestamptz not null,
  -- What was decided about what is not right, and why. Said once, by those who write the review.
  outcome text check (outcome in ('changed', 'stays')),
  why text,
  settled_by uuid references person,
  settled_at timestamptz,
  check ((outcome is null) = (settled_at is null) and (why is null) = (settled_at is null)
    and (settled_by is null) = (settled_at is null) and (settled_at is null or not accurate)),
  foreign key (asked_id, review_id) references draft_accuracy (id, review_id),
  check (accurate or (text <> '' and source <> '')),
  constraint draft_accuracy_answer_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on draft_accuracy_answer (asked_id);
-- What was signed, as it was signed.
create table draft_signed (
  review_id uuid not null,
  version int4 not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  text jsonb not null,
  hash text not null,
  signed_at timestamptz not null,
  primary key (review_id, version),
  foreign key (review_id, version) references draft_version,
  constraint draft_signed_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
revoke update, delete on draft, draft_version, draft_comment, draft_accuracy, draft_accuracy_answer from weathervane_app;
-- The database itself keeps a text when the third has signed it.
revoke insert, update, delete on draft_signed from weathervane_app;
grant update (status, revision, version, text, text_hash, signatures_asked_at, asked_although) on draft to weathervane_app;
grant update (resolved_by, resolved_at) on draft_comment to weathervane_app;
grant update (outcome, why, settled_by, settled_at) on draft_accuracy_answer to weathervane_app;

call guard_table('draft');
call guard_table('draft_version');
call guard_table('draft_comment');
call guard_table('draft_accuracy');
call guard_table('draft_accuracy_answer');
call guard_table('draft_signed');
call guard_conflict('draft');
call guard_conflict('draft_version');
call guard_conflict('draft_comment');
call guard_conflict('draft_accuracy');
call guard_conflict('draft_accuracy_answer');
call guard_conflict('draft_signed');
call guard('draft', 'select', 'local-review', 'read');
call guard('draft', 'insert', 'local-review', 'write', 'status = ''draft'' and text is null and signed_at is null');
call guard('draft', 'update', 'local-review', 'lead', 'true', 'status in (''draft'', ''signing'')');
call guard('draft_version', 'select', 'local-review', 'read');
-- The Panel and others read what was sent to them ahead of publication, and no other version.
call guard('draft_version', 'select', 'local-review-sent', 'read',
  'exists (select from local_review_sending where local_review_sending.review_id = draft_version.review_id
    and local_review_sending.version = draft_version.version)');
call guard('draft_version', 'insert', 'local-review', 'write',
  'person_id = (select my_person()) and saved_at = (select acting_at()) and exists (
    select from draft where draft.review_id = draft_version.review_id and draft.status = ''draft'')');
-- The third signature closes the stage; whoever gives it writes nothing else of the review.
call guard('local_review_stage', 'insert', 'local-review', 'sign', 'stage = ''signed-off'' and exists (
  select from draft where draft.review_id = local_review_stage.review_id and draft.status = ''signed'')');
call guard('local_review_stage', 'update', 'local-review', 'sign', 'stage = ''signed-off'' and exists (
  select from draft where draft.review_id = local_review_stage.review_id and draft.status = ''signed'')');
call guard('draft_comment', 'select', 'local-review', 'read');
call guard('draft_comment', 'insert', 'local-review', 'comment',
  'person_id = (select my_person()) and added_at = (select acting_at()) and resolved_by is null');
call guard('draft_comment', 'update', 'local-review', 'write', 'true',
  'resolved_by is null or (resolved_by = (select my_person()) and resolved_at = (select acting_at()))');
call guard('draft_accuracy', 'select', 'local-review', 'read');
call guard('draft_accuracy', 'insert', 'local-review', 'write',
  'person_id = (select my_person()) and asked_at = (select acting_at())');
call guard('draft_accuracy_answer', 'select', 'local-review', 'read');
call guard('draft_accuracy_answer', 'insert', 'local-review', 'comment',
  'came = ''account'' and exists (select from draft_accuracy where draft_accuracy.id = draft_accuracy_answer.asked_id
    and draft_accuracy.account_id = (select my_person()))');
call guard('draft_accuracy_answer', 'insert', 'local-review', 'write', 'came <> ''account''');
call guard('draft_accuracy_answer', 'update', 'local-review', 'write',
  'settled_by is null', 'settled_by = (select my_person()) and settled_at = (select acting_at())');
create policy as_oneself on draft_accuracy_answer as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()) and answered_at = (select acting_at()));
call guard('draft_signed', 'select', 'local-review', 'read');
call guard_signing('draft', 'text', 'local-review', 'local-review', 'local-review', 'local-review:lead:partnership');

-- What waits for signatures is a version, and what comes back keeps its text until the next is asked for.
create function hold_draft_to_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'signing' and (old.status = 'signed' or not exists (
    select from draft_version
    where draft_version.review_id = new.review_id and draft_version.version = new.version
      and draft_version.hash = new.text_hash and draft_version.paragraphs = new.text)) then
    raise exception 'Signatures are asked for a version of the report.' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
do $$ begin
  execute format('create trigger hold_to_version before update on draft for each row when (current_user <> %L)
    execute function hold_draft_to_version()', current_user);
end $$;

-- With the third signature the report is signed off. Whoever signs last may write nothing of it.
create function note_draft_signed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update draft set status = 'signed', signed_at = acting_at(), revision = revision + 1
  where draft.review_id = new.review_id and status = 'signing' and text_hash = new.text_hash
    -- Asked of the draft's own columns: of those of the signature it would be asked before any draft is looked for.
    and signed_by_all(draft.review_id, draft.text_hash);
  if found then
    insert into draft_signed (review_id, version, incident_id, authority_code, partnership_code, text, hash, signed_at)
    select review_id, version, incident_id, authority_code, partnership_code, text, text_hash, acting_at()
    from draft where draft.review_id = new.review_id
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger note_draft_signed after insert on review_signature for each row execute function note_draft_signed();
