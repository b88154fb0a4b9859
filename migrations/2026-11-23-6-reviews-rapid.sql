-- The rapid review of one incident: opens by itself, belongs to a named group until it waits for signatures.
create table rapid_review (
  incident_id uuid primary key references incident,
  authority_code text not null,
  partnership_code text not null,
  status text not null default 'draft' check (status in ('draft', 'signing', 'sent')),
  revision int4 not null default 1,
  answers jsonb not null default '{}',
  outcomes text[] not null default '{}',
  clock_started_on date not null,
  due_on date not null,
  late_reason text,
  opened_at timestamptz not null,
  sent_at timestamptz
);
create index on rapid_review (partnership_code, status);
create index on rapid_review (status, due_on);
create table rapid_review_version (
  incident_id uuid not null references incident,
  version int4 not null,
  authority_code text not null,
  partnership_code text not null,
  form_version text not null,
  answers jsonb not null,
  hash text not null,
  sent_by uuid references person,
  sent_at timestamptz not null,
  primary key (incident_id, version)
);
create table review_member (
  incident_id uuid not null references incident,
  person_id uuid not null references person,
  authority_code text not null,
  partnership_code text not null,
  added_by uuid references person,
  added_at timestamptz not null,
  primary key (incident_id, person_id)
);
create index on review_member (person_id);
-- What a partner signed is the text with this hash: a change after signing asks for a new signature.
create table rapid_review_signature (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident,
  authority_code text not null,
  partnership_code text not null,
  partner text not null check (partner in ('authority', 'icb', 'police')),
  body_code text not null references body,
  person_id uuid not null references person,
  answers_hash text not null,
  signed_at timestamptz not null
);
create index on rapid_review_signature (incident_id);
create table paragraph_placement (
  incident_id uuid not null references incident,
  document_id uuid not null references document,
  number int4 not null,
  authority_code text not null,
  partnership_code text not null,
  section text not null,
  primary key (document_id, number)
);
create index on paragraph_placement (incident_id);
revoke update, delete on rapid_review_version, rapid_review_signature from weathervane_app;

call guard_table('rapid_review');
call guard_table('rapid_review_version');
call guard_table('review_member');
call guard_table('rapid_review_signature');
call guard_table('paragraph_placement');
call guard_conflict('rapid_review');
call guard_conflict('rapid_review_version');
call guard_conflict('review_member');
call guard_conflict('rapid_review_signature');
call guard_conflict('paragraph_placement');
call guard('rapid_review', 'select', 'rapid-review-draft', 'read', 'status = ''draft''');
call guard('rapid_review', 'select', 'rapid-review-signing', 'read', 'status = ''signing''');
call guard('rapid_review', 'select', 'rapid-review', 'read', 'status = ''sent''');
call guard('rapid_review', 'insert', 'rapid-review-draft', 'write', 'status = ''draft''');
call guard('rapid_review', 'update', 'rapid-review-draft', 'write', 'status = ''draft''', 'status in (''draft'', ''signing'')');
call guard('rapid_review', 'update', 'rapid-review-signing', 'write', 'status = ''signing''', 'status = ''draft''');
call guard('rapid_review', 'update', 'rapid-review-signing', 'send', 'status = ''signing''', 'status = ''sent''');
call guard('rapid_review_version', 'select', 'rapid-review', 'read');
call guard('rapid_review_version', 'insert', 'rapid-review-signing', 'send');
call guard('review_member', 'select', 'rapid-review-draft', 'read');
call guard('review_member', 'insert', 'rapid-review-draft', 'write');
call guard('review_member', 'delete', 'rapid-review-draft', 'write');
call guard('rapid_review_signature', 'select', 'rapid-review-signing', 'read');
call guard('rapid_review_signature', 'select', 'rapid-review', 'read');
call guard('rapid_review_signature', 'insert', 'rapid-review-signing', 'sign');
call guard('paragraph_placement', 'select', 'rapid-review-draft', 'read');
call guard('paragraph_placement', 'insert', 'rapid-review-draft', 'write');
call guard('paragraph_placement', 'update', 'rapid-review-draft', 'write');
call guard('paragraph_placement', 'delete', 'rapid-review-draft', 'write');
