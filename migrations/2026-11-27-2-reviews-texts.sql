-- What partners had before them and is a draft again: whoever is asked once more is shown what changed since.
create table rapid_review_earlier_text (
  incident_id uuid not null,
  answers_hash text not null,
  authority_code text not null,
  partnership_code text not null,
  answers jsonb not null,
  -- Of the last time that signatures were asked for it.
  revision int4 not null,
  asked_at timestamptz,
  primary key (incident_id, answers_hash),
  foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
revoke insert, update, delete on rapid_review_earlier_text from weathervane_app;

call guard_table('rapid_review_earlier_text');
call guard_conflict('rapid_review_earlier_text');
call guard('rapid_review_earlier_text', 'select', 'rapid-review-signing', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_earlier_text.incident_id and rapid_review.status = ''signing'')');

-- Kept by the database itself: a partner outside the group who sends the review back may write nothing of it.
create function keep_earlier_text() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into rapid_review_earlier_text
    (incident_id, answers_hash, authority_code, partnership_code, answers, revision, asked_at)
  values (old.incident_id, old.answers_hash, old.authority_code, old.partnership_code, old.answers, old.revision,
    old.signatures_asked_at)
  on conflict (incident_id, answers_hash) do update set revision = excluded.revision, asked_at = excluded.asked_at;
  return null;
end $$;
create trigger keep_earlier_text after update on rapid_review for each row
  when (old.status = 'signing' and new.status = 'draft' and old.answers_hash is not null)
  execute function keep_earlier_text();

-- Sections that text of a file was placed in and nobody has saved since: nobody has said that they read it.
alter table rapid_review add column unread_sections text[] not null default '{}';
