-- The local review of an incident: decided by the partners, led by their business manager, written by a reviewer. The
-- days that law and guidance ask for stand in the review itself; the stages in between are each partnership's own.
create table local_review (
  review_id uuid primary key,
  incident_id uuid not null unique,
  authority_code text not null,
  partnership_code text not null,
  decided_on date not null,
  decided_from text not null check (decided_from in ('rapid-review', 'panel-letter', 'partners')),
  reasons text not null,
  criteria text[] not null,
  -- Six months from the decision, and the rule that says so.
  due_on date not null,
  due_rule text not null,
  -- As the last extension has it.
  expected_on date,
  publish_on date,
  sent_ahead_on date,
  outcome text check (outcome in ('published', 'improvements-only', 'withheld')),
  outcome_on date,
  -- The first day on which what was published may be taken down.
  keep_until date,
  closed_on date,
  recorded_by uuid references person,
  recorded_at timestamptz not null,
  check ((outcome is null) = (outcome_on is null)),
  constraint local_review_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on local_review (partnership_code, due_on);
-- The stages as a partnership has them: their order, names, what it leaves out and what it added. None: as they come.
create table review_stage_plan (
  partnership_code text primary key references body,
  stages jsonb not null,
  -- After which it asks, where it has days of its own; otherwise those of the service.
  days_until_stale int4 check (days_until_stale between 1 and 365),
  days_stage_is_long int4 check (days_stage_is_long between 1 and 365),
  revision int4 not null default 1,
  saved_by uuid references person,
  saved_at timestamptz not null
);
create table local_review_stage (
  review_id uuid not null references local_review,
  stage text not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  opened_on date not null,
  opened_by uuid references person,
  closed_on date,
  closed_by uuid references person,
  primary key (review_id, stage),
  check (closed_on >= opened_on),
  constraint local_review_stage_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
-- A reviewer, what they declared, who judged it, and on what terms they work.
create table reviewer_appointment (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references local_review,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  name text not null,
  background text not null,
  -- Their account here, which is in the group of the review from the appointment to its end.
  account_id uuid references person,
  declares_conflict boolean not null,
  declaration text not null,
  declared_on date not null,
  judgement text check (judgement in ('no-conflict', 'may-act', 'may-not-act')),
  judgement_reasons text,
  judged_by text,
  judged_on date,
  appointed_on date,
  days_agreed int4,
  ended_on date,
  end_reason text,
  recorded_by uuid references person,
  recorded_at timestamptz not null,
  revision int4 not null default 1,
  -- Whoever declared a conflict is appointed by a recorded decision, and nobody whom it keeps out.
  constraint reviewer_is_judged check (appointed_on is null or (judgement is not null and judgement <> 'may-not-act')),
  constraint reviewer_is_judged_whole check (
    num_nulls(judgement, judged_by, judged_on) in (0, 3) and (judgement is distinct from 'may-act' or judgement_reasons is not null)),
  constraint conflict_is_not_none check (not (declares_conflict and judgement = 'no-conflict' and judgement_reasons is null)),
  constraint reviewer_appointment_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on reviewer_appointment (review_id);
create table terms_of_reference (
  review_id uuid primary key references local_review,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  revision int4 not null default 1,
  answers jsonb not null default '{}',
  typed jsonb not null default '{}',
  page_revisions jsonb not null default '{}',
  constraint terms_of_reference_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create table terms_of_reference_version (
  review_id uuid not null references local_review,
  version int4 not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  form_version text not null,
  answers jsonb not null,
  agreed_on date not null,
  why_changed text,
  recorded_by uuid references person,
  recorded_at timestamptz not null,
  primary key (review_id, version),
  constraint terms_of_reference_version_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
-- What is written down along the way, each kind by its own form: requests, extensions, whom was told, days used, and
-- from the reviewer's bench contacts, notes and what speaks to which question.
create table local_review_entry (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references local_review,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  kind text not null check (kind in ('request', 'extension', 'told', 'days', 'contact', 'note', 'index')),
  answers jsonb not null,
  form_version text not null,
  revision int4 not null default 1,
  added_by uuid references person,
  added_at timestamptz not null,
  saved_by uuid references person,
  saved_at timestamptz not null,
  constraint local_review_entry_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on local_review_entry (review_id, kind);
create table related_process (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references local_review,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  kind text not null,
  body text not null,
  reference text,
  status text not null check (status in ('expected', 'running', 'ended')),
  expected_end_on date,
  effect text not null check (effect in ('none', 'delays-interviews', 'delays-publication', 'joint-review')),
  contact text,
  notes text,
  checked_on date not null,
  checked_by uuid references person,
  revision int4 not null default 1,
  constraint related_process_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on related_process (review_id);
create index related_process_live on related_process (partnership_code, checked_on) where status <> 'ended';
-- What was learnt stands apart from the report, and may be shared before it once its words are cleared.
create table learning_point (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references local_review,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  number int4 not null,
  text text not null,
  theme text not null,
  cleared_text text,
  cleared_by text,
  cleared_on date,
  asked text check (asked in ('police', 'lawyer', 'both', 'neither')),
  asked_on date,
  asked_answer text,
  revision int4 not null default 1,
  added_by uuid references person,
  added_at timestamptz not null,
  unique (review_id, number),
  constraint learning_point_cleared_whole check (num_nulls(cleared_text, cleared_by, cleared_on, asked) in (0, 4)),
  constraint learning_point_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
-- What went ahead of publication, to whom, on which day: a version drafted here, or a text sent by other means.
create table local_review_sending (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references local_review,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  what text not null check (what in ('report', 'improvements')),
  sent_to text[] not null,
  sent_on date not null,
  version int4,
  note text,
  recorded_by uuid references person,
  recorded_at timestamptz not null,
  constraint local_review_sending_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on local_review_sending (review_id);

-- Where a review lies follows from its incident, and what was agreed or sent stands.
revoke update, delete on local_review, local_review_stage, reviewer_appointment, terms_of_reference,
  terms_of_reference_version, local_review_entry, related_process, learning_point, local_review_sending from weathervane_app;
revoke update, delete on review_stage_plan from weathervane_app;
grant update (stages, days_until_stale, days_stage_is_long, revision, saved_by, saved_at) on review_stage_plan to weathervane_app;
grant update (decided_on, decided_from, reasons, criteria, due_on, due_rule, expected_on, publish_on, sent_ahead_on, outcome,
  outcome_on, keep_until, closed_on) on local_review to weathervane_app;
grant update (opened_on, opened_by, closed_on, closed_by) on local_review_stage to weathervane_app;
grant delete on local_review_stage to weathervane_app;
grant update (name, background, account_id, declares_conflict, declaration, declared_on, judgement, judgement_reasons, judged_by,
  judged_on, appointed_on, days_agreed, ended_on, end_reason, revision) on reviewer_appointment to weathervane_app;
grant update (revision, answers, typed, page_revisions) on terms_of_reference to weathervane_app;
grant update (answers, form_version, revision, saved_by, saved_at) on local_review_entry to weathervane_app;
grant delete on local_review_entry to weathervane_app;
grant update (kind, body, reference, status, expected_end_on, effect, contact, notes, checked_on, checked_by, revision)
  on related_process to weathervane_app;
grant update (text, theme, cleared_text, cleared_by, cleared_on, asked, asked_on, asked_answer, revision)
  on learning_point to weathervane_app;

call guard_table('local_review');
call guard_table('review_stage_plan');
call guard_table('local_review_stage');
call guard_table('reviewer_appointment');
call guard_table('terms_of_reference');
call guard_table('terms_of_reference_version');
call guard_table('local_review_entry');
call guard_table('related_process');
call guard_table('learning_point');
call guard_table('local_review_sending');
call guard_conflict('local_review');
call guard_conflict('local_review_stage');
call guard_conflict('reviewer_appointment');
call guard_conflict('terms_of_reference');
call guard_conflict('terms_of_reference_version');
call guard_conflict('local_review_entry');
call guard_conflict('related_process');
call guard_conflict('learning_point');
call guard_conflict('local_review_sending');
call guard('local_review', 'select', 'local-review', 'read');
-- Those outside read it from the day on which something was sent to themselves.
call guard('local_review', 'select', 'local-review-sent', 'read', 'sent_ahead_on is not null and exists (
  select from local_review_sending where local_review_sending.review_id = local_review.review_id)');
call guard('local_review', 'insert', 'local-review', 'lead', 'exists (
  select from review where review.review_id = local_review.review_id and review.kind = ''local'')');
call guard('local_review', 'update', 'local-review', 'lead');
call guard('local_review_stage', 'select', 'local-review', 'read');
call guard('local_review_stage', 'insert', 'local-review', 'write');
call guard('local_review_stage', 'update', 'local-review', 'write');
call guard('local_review_stage', 'delete', 'local-review', 'write');
call guard('terms_of_reference', 'select', 'local-review', 'read');
call guard('terms_of_reference', 'insert', 'local-review', 'write');
call guard('terms_of_reference', 'update', 'local-review', 'write');
call guard('terms_of_reference_version', 'select', 'local-review', 'read');
call guard('terms_of_reference_version', 'insert', 'local-review', 'lead');
-- Its writers alone see the bench: who was spoken to, and what practitioners said.
call guard('local_review_entry', 'select', 'local-review', 'read', 'kind in (''request'', ''extension'', ''told'', ''days'')');
call guard('local_review_entry', 'select', 'local-review', 'write', 'kind in (''contact'', ''note'', ''index'')');
call guard('local_review_entry', 'insert', 'local-review', 'write', 'kind not in (''extension'', ''told'')');
call guard('local_review_entry', 'update', 'local-review', 'write', 'kind not in (''extension'', ''told'')');
call guard('local_review_entry', 'delete', 'local-review', 'write', 'kind in (''days'', ''contact'', ''note'', ''index'')');
call guard('local_review_entry', 'insert', 'local-review', 'lead', 'kind in (''extension'', ''told'')');
call guard('local_review_entry', 'update', 'local-review', 'lead', 'kind in (''extension'', ''told'')');
call guard('related_process', 'select', 'local-review', 'read');
call guard('related_process', 'insert', 'local-review', 'write');
call guard('related_process', 'update', 'local-review', 'write');
-- Clearing words to be shared is for whoever leads; a change afterwards too, since it takes the clearing away.
call guard('learning_point', 'select', 'local-review', 'read');
call guard('learning_point', 'insert', 'local-review', 'write', 'cleared_on is null');
call guard('learning_point', 'update', 'local-review', 'write', 'cleared_on is null');
call guard('learning_point', 'update', 'local-review', 'lead');
call guard('local_review_sending', 'select', 'local-review', 'read');
call guard('local_review_sending', 'select', 'local-review-sent', 'read', '(select case current_setting(''weathervane.who'')
  when ''dfe'' then ''dfe'' when ''ofsted'' then ''ofsted'' else ''panel'' end) = any (sent_to)');
-- A member who has the rapid review of an incident has not by that its local one.
call guard_allocation('local_review_sending');
call guard_allocation('local_review');
call guard('local_review_sending', 'insert', 'local-review', 'lead');
-- The Department and Ofsted read what was sent ahead where it was sent to them: `sent_to` has the keys of their roles.
create policy sent_to_them on local_review_sending as restrictive for select to weathervane_app using (
  coalesce((select current_setting('weathervane.who', true)), '') <> all ('{dfe,ofsted}')
  or (select current_setting('weathervane.who', true)) = any (sent_to));
create policy sent_to_them on local_review as restrictive for select to weathervane_app using (
  coalesce((select current_setting('weathervane.who', true)), '') <> all ('{dfe,ofsted}')
  or exists (select from local_review_sending where local_review_sending.review_id = local_review.review_id));
-- What the timeline says of it too. Sealing reads every event.
create policy of_copy_that_is_read on event as restrictive for select to weathervane_app using (
  subject <> 'local-review-sent' or (select allowed('audit-trail:write:national'))
  or exists (select from local_review_sending where local_review_sending.id = event.object_id));
call guard('reviewer_appointment', 'select', 'local-review', 'read');
call guard('reviewer_appointment', 'insert', 'local-review', 'lead');
call guard('reviewer_appointment', 'update', 'local-review', 'lead');
-- The names of stages tell nothing of any review: whoever reads one reads them.
create policy read on review_stage_plan for select to weathervane_app using ((select my_person()) is not null);
create policy lead_new on review_stage_plan for insert to weathervane_app
  with check (partnership_code = any ((select my_codes('local-review:lead'))::text[]));
create policy lead on review_stage_plan for update to weathervane_app
  using (partnership_code = any ((select my_codes('local-review:lead'))::text[]))
  with check (partnership_code = any ((select my_codes('local-review:lead'))::text[]));
