-- A review of an incident: the rapid one that opens by itself, and the local one that partners decide on. What both kinds
-- have (a group, signatures, files) hangs on review_id; a review lies where its incident lies, and so does its every row.
create table review (
  review_id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('rapid', 'local')),
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  unique (incident_id, kind),
  unique (review_id, kind),
  unique (review_id, incident_id, authority_code, partnership_code),
  constraint review_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
-- Further incidents that a local review is about. Each row lies where the further incident lies.
create table review_incident (
  review_id uuid not null references review,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  primary key (review_id, incident_id),
  constraint review_incident_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on review_incident (incident_id);
-- The named group. Being in that of one kind opens nothing of the other.
create table review_member (
  review_id uuid not null,
  kind text not null,
  incident_id uuid not null,
  person_id uuid not null references person,
  authority_code text not null,
  partnership_code text not null,
  added_by uuid references person,
  added_at timestamptz not null,
  primary key (review_id, person_id),
  foreign key (review_id, kind) references review (review_id, kind),
  constraint review_member_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on review_member (person_id);
revoke update, delete on review from weathervane_app;
revoke update on review_incident, review_member from weathervane_app;

call guard_table('review');
call guard_table('review_incident');
call guard_table('review_member');
call guard_conflict('review');
call guard_conflict('review_incident');
call guard_conflict('review_member');
call guard('review', 'select', 'incident', 'read');
call guard('review', 'insert', 'rapid-review-draft', 'write', 'kind = ''rapid''');
call guard('review', 'insert', 'local-review', 'write', 'kind = ''local''');
-- Both incidents have to be within reach: the further one by the place of the row, the review's by its own policies.
call guard('review_incident', 'select', 'incident', 'read',
  'exists (select from review where review.review_id = review_incident.review_id)');
call guard('review_incident', 'insert', 'local-review', 'write',
  'exists (select from review where review.review_id = review_incident.review_id and review.kind = ''local''
    and review.incident_id <> review_incident.incident_id)');
call guard('review_incident', 'delete', 'local-review', 'write');
call guard('review_member', 'select', 'rapid-review-draft', 'read', 'kind = ''rapid''');
call guard('review_member', 'select', 'local-review', 'read', 'kind = ''local''');
-- Who writes a review lets nobody in: the group has a row of its own in the access table.
call guard('review_member', 'insert', 'review-group', 'write');
call guard('review_member', 'delete', 'review-group', 'write');
