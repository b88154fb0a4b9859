-- What a page of the review needs to keep what was typed and to notice that somebody else saved it meanwhile; the hash of
-- the text that waits for signatures; and of a paragraph what a reader sees beside its text (label, level, comments).
alter table rapid_review
  add column typed jsonb not null default '{}',
  add column page_revisions jsonb not null default '{}',
  add column answers_hash text;
alter table paragraph add column marks jsonb not null default '{}';
create unique index on rapid_review_signature (incident_id, partner, answers_hash);

-- A partner who does not sign sends the review back. It becomes a draft, which a partner outside the group may not see,
-- so no policy can give this step; who may sign may send back, and nothing else of the row changes.
create function send_back_rapid_review(review uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update rapid_review set status = 'draft', answers_hash = null, revision = revision + 1
  where incident_id = review and status = 'signing'
    and allowed('rapid-review-signing:sign:partnership')
    and partnership_code = any (my_list('partnerships'))
    and incident_id <> all (my_ids('hidden'))
    and authority_code <> all (my_list('hidden_authorities'));
  return found;
end $$;
