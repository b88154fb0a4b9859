-- The rapid review of one incident: opens by itself, belongs to a named group until it waits for signatures.
create table rapid_review (
  review_id uuid primary key,
  incident_id uuid not null unique,
  authority_code text not null,
  partnership_code text not null,
  status text not null default 'draft' check (status in ('draft', 'signing', 'sent')),
  revision int4 not null default 1,
  answers jsonb not null default '{}',
  typed jsonb not null default '{}',
  -- When each page was last saved, so that two people on one page are told of each other.
  page_revisions jsonb not null default '{}',
  -- Sections that text of a file was placed in and nobody has saved since: nobody has said that they read it.
  unread_sections text[] not null default '{}',
  outcomes text[] not null default '{}',
  clock_started_on date not null,
  due_on date not null,
  late_reason text,
  opened_at timestamptz not null,
  -- Of the text that waits for signatures.
  text_hash text,
  -- Tells a draft that was sent back from one that its own group took back since.
  signatures_asked_at timestamptz,
  sent_at timestamptz,
  constraint rapid_review_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on rapid_review (partnership_code, status);
create index on rapid_review (status, due_on);
create table rapid_review_version (
  incident_id uuid not null,
  version int4 not null,
  authority_code text not null,
  partnership_code text not null,
  form_version text not null,
  answers jsonb not null,
  hash text not null,
  sent_by uuid references person,
  sent_at timestamptz not null,
  primary key (incident_id, version),
  constraint rapid_review_version_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create table paragraph_placement (
  review_id uuid not null,
  incident_id uuid not null,
  document_id uuid not null,
  number int4 not null,
  authority_code text not null,
  partnership_code text not null,
  section text not null,
  primary key (document_id, number),
  foreign key (document_id, review_id) references document (id, review_id),
  constraint paragraph_placement_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on paragraph_placement (review_id);
-- When a review is due, and of which place it is, follows from its notification.
revoke update on rapid_review from weathervane_app;
grant update (status, revision, answers, typed, page_revisions, unread_sections, outcomes, late_reason, text_hash,
  signatures_asked_at, sent_at) on rapid_review to weathervane_app;
revoke update, delete on rapid_review_version from weathervane_app;

call guard_table('rapid_review');
call guard_table('rapid_review_version');
call guard_table('paragraph_placement');
call guard_conflict('rapid_review');
call guard_conflict('rapid_review_version');
call guard_conflict('paragraph_placement');
call guard('rapid_review', 'select', 'rapid-review-draft', 'read', 'status = ''draft''');
call guard('rapid_review', 'select', 'rapid-review-signing', 'read', 'status = ''signing''');
call guard('rapid_review', 'select', 'rapid-review', 'read', 'status = ''sent''');
call guard('rapid_review', 'insert', 'rapid-review-draft', 'write',
  'status = ''draft'' and exists (select from review where review.review_id = rapid_review.review_id and review.kind = ''rapid'')');
call guard('rapid_review', 'update', 'rapid-review-draft', 'write', 'status = ''draft''', 'status in (''draft'', ''signing'')');
call guard('rapid_review', 'update', 'rapid-review-signing', 'write', 'status = ''signing''', 'status = ''draft''');
call guard('rapid_review', 'update', 'rapid-review-signing', 'send', 'status = ''signing''', 'status = ''sent''');
call guard('rapid_review_version', 'select', 'rapid-review', 'read');
call guard('rapid_review_version', 'insert', 'rapid-review-signing', 'send');
call guard('paragraph_placement', 'select', 'rapid-review-draft', 'read');
call guard('paragraph_placement', 'insert', 'rapid-review-draft', 'write');
call guard('paragraph_placement', 'update', 'rapid-review-draft', 'write');
call guard('paragraph_placement', 'delete', 'rapid-review-draft', 'write');

-- Files and what was placed of them belong to a draft: once its text stands still they do too. Who joins a review that
-- was sent would join nothing.
create policy to_a_draft on document as restrictive for insert to weathervane_app
  with check (subject <> 'rapid-review-draft' or exists (
    select from rapid_review where rapid_review.review_id = document.review_id and rapid_review.status = 'draft'));
create policy to_a_draft on paragraph as restrictive for insert to weathervane_app
  with check (exists (
    select from document where document.id = paragraph.document_id and (document.subject <> 'rapid-review-draft' or exists (
      select from rapid_review where rapid_review.review_id = document.review_id and rapid_review.status = 'draft'))));
create policy to_a_draft_new on paragraph_placement as restrictive for insert to weathervane_app
  with check (exists (
    select from rapid_review where rapid_review.review_id = paragraph_placement.review_id and rapid_review.status = 'draft'));
create policy to_a_draft on paragraph_placement as restrictive for update to weathervane_app
  using (exists (
    select from rapid_review where rapid_review.review_id = paragraph_placement.review_id and rapid_review.status = 'draft'));
create policy of_a_draft on paragraph_placement as restrictive for delete to weathervane_app
  using (exists (
    select from rapid_review where rapid_review.review_id = paragraph_placement.review_id and rapid_review.status = 'draft'));
create policy before_sending on review_member as restrictive for insert to weathervane_app
  with check (kind <> 'rapid' or exists (
    select from rapid_review where rapid_review.review_id = review_member.review_id and rapid_review.status <> 'sent'));

call guard_signing('rapid_review', 'answers', 'rapid-review-draft', 'rapid-review-signing', 'rapid-review',
  'rapid-review-signing:send:partnership');

-- What was sent is the text that waits for signatures, and nothing is added to it.
create policy of_the_signed_text on rapid_review_version as restrictive for insert to weathervane_app
  with check (exists (
    select from rapid_review where rapid_review.incident_id = rapid_review_version.incident_id and rapid_review.status = 'signing'
      and rapid_review.text_hash = rapid_review_version.hash and rapid_review.answers = rapid_review_version.answers));
create function hold_sending() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  refused text := case
    when to_jsonb(new.outcomes) <> coalesce(new.answers -> 'outcomes', '[]')
      then 'The outcomes of a rapid review are those of its text.'
    when new.sent_at is distinct from acting_at() then 'A rapid review is sent now.'
    when not exists (
      select from rapid_review_version version
      where version.incident_id = new.incident_id and version.hash = new.text_hash and version.answers = new.answers)
      then 'A rapid review is sent with its version.'
  end;
begin
  if refused is not null then
    raise exception '%', refused using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
do $$ begin
  -- After `hold_text_to_sign`, by its name.
  execute format('create trigger hold_text_when_sent before update on rapid_review for each row
    when (current_user <> %L and old.status = ''signing'' and new.status = ''sent'') execute function hold_sending()', current_user);
end $$;
