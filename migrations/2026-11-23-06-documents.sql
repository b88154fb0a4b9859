-- Files and their paragraphs. The bytes lie in the file store under their hash.
create table document (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  -- Where it is a file of a review.
  review_id uuid,
  subject text not null,
  name text not null,
  kind text not null,
  hash text not null,
  size_bytes int8 not null,
  notices jsonb not null default '[]',
  person_id uuid references person,
  added_at timestamptz not null,
  unique (id, review_id),
  constraint document_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on document (incident_id);
create index on document (review_id);
create table paragraph (
  document_id uuid not null references document,
  number int4 not null,
  role text not null,
  page int4,
  text text not null,
  -- What a reader sees beside the text: label, level, comments.
  marks jsonb not null default '{}',
  changes jsonb not null default '[]',
  primary key (document_id, number)
);
-- What a person decided about words by which a child could be recognised. The words themselves are not kept: the key is a
-- hash of them and of those around them, so that a decision holds while the rest of the text changes.
create table identifying_decision (
  id int8 primary key generated always as identity,
  subject text not null,
  -- The text: `letter ID`.
  about text not null,
  found_key text not null,
  -- Of the text as it was when this was decided.
  text_hash text not null,
  decision text not null check (decision in ('changed', 'kept', 'not-identifying')),
  reason text,
  -- Absent where the text is of the whole country; a partnership alone where it is about no one incident.
  incident_id uuid,
  authority_code text,
  partnership_code text,
  person_id uuid not null references person,
  decided_at timestamptz not null,
  constraint identifying_decision_lies_whole check (num_nulls(incident_id, authority_code) in (0, 2)
    and (incident_id is null or partnership_code is not null)),
  constraint identifying_decision_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on identifying_decision (about, found_key);
revoke update, delete on document, paragraph, identifying_decision from weathervane_app;
grant update (subject) on document to weathervane_app;

call guard_table('document');
call guard_table('paragraph');
call guard_table('identifying_decision');
call guard_conflict('document');
call guard_conflict('identifying_decision');
-- Paragraphs are read by whoever may read their document, and added by whoever may write it.
do $$ begin
  execute format('create policy read_by_subject on document for select to weathervane_app using (%s)', reach('subject', 'read', true));
  execute format('create policy write_by_subject on document for insert to weathervane_app with check (%s)', reach('subject', 'write', true));
  execute format('create policy with_its_document_written on paragraph for insert to weathervane_app
    with check (exists (select from document where document.id = paragraph.document_id and %s))',
    reach('subject', 'write', true));
  execute format('create policy read_by_subject on identifying_decision for select to weathervane_app using (%s)',
    reach('subject', 'read', true));
  execute format('create policy write_by_subject on identifying_decision for insert to weathervane_app
    with check (person_id = (select my_person()) and decided_at = (select acting_at()) and %s)', reach('subject', 'write', true));
end $$;
create policy with_its_document on paragraph for select to weathervane_app
  using (exists (select from document where document.id = paragraph.document_id));
