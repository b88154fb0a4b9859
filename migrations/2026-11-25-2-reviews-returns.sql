-- A partner who sends a review back says why, in words about a child: they belong to the review, not to its history.
create table rapid_review_return (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident,
  authority_code text not null,
  partnership_code text not null,
  partner text not null check (partner in ('authority', 'icb', 'police')),
  answers_hash text not null,
  person_id uuid not null references person,
  reason text not null,
  returned_at timestamptz not null
);
create index on rapid_review_return (incident_id);
revoke update, delete on rapid_review_return from weathervane_app;

call guard_table('rapid_review_return');
call guard_conflict('rapid_review_return');
-- Its words are read where the text they are about can be read before it is sent.
call guard('rapid_review_return', 'select', 'rapid-review-draft', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_return.incident_id and rapid_review.status = ''draft'')');
call guard('rapid_review_return', 'select', 'rapid-review-signing', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_return.incident_id and rapid_review.status = ''signing'')');
call guard('rapid_review_return', 'insert', 'rapid-review-signing', 'sign');
create policy as_oneself on rapid_review_return as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()) and exists (
    select from rapid_review where rapid_review.incident_id = rapid_review_return.incident_id and rapid_review.status = 'signing'));

-- A signature given before the partner sent the review back does not count afterwards, even for the same text: each
-- signature says how often its partner had sent the review back until then.
alter table rapid_review_signature add column returns_before int4 not null default 0;
drop index rapid_review_signature_incident_id_partner_answers_hash_idx;
create unique index on rapid_review_signature (incident_id, partner, answers_hash, returns_before);
-- Whether a draft was sent back, or taken back by its own group since.
alter table rapid_review add column signatures_asked_at timestamptz;
