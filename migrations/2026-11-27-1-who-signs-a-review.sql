-- A signature, and a review sent back, are taken from the body that signs, whatever code asks for them.

-- The partner for whom the acting body signs what happened in an authority; null where it signs nothing there. Several
-- authorities of a partnership are one partner: the one of the incident signs. That the body belongs to the partnership
-- on that day is the scope `partnership` of whoever may sign.
create function my_partner(place_authority text) returns text language sql stable set search_path = public, pg_temp as $$
  select kind from body
  where code = any (my_list('authorities')) and (kind in ('icb', 'police') or (kind = 'authority' and code = place_authority))
$$;
grant execute on function my_partner(text) to weathervane_app;

create policy as_who_signs on rapid_review_signature as restrictive for insert to weathervane_app
  with check (partner = my_partner(authority_code) and body_code = any ((select my_list('authorities'))::text[]));
create policy as_who_signs on rapid_review_return as restrictive for insert to weathervane_app
  with check (partner = my_partner(authority_code));

create or replace function send_back_rapid_review(review uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update rapid_review set status = 'draft', answers_hash = null, revision = revision + 1
  where incident_id = review and status = 'signing'
    and allowed('rapid-review-signing:sign:partnership')
    and partnership_code = any (my_list('partnerships'))
    and my_partner(authority_code) is not null
    and incident_id <> all (my_ids('hidden'))
    and authority_code <> all (my_list('hidden_authorities'));
  return found;
end $$;

-- Who writes a review lets nobody in: the group has a row of its own in the access table.
drop policy "insert-write-rapid-review-draft" on review_member;
drop policy "delete-write-rapid-review-draft" on review_member;
call guard('review_member', 'insert', 'review-group', 'write');
call guard('review_member', 'delete', 'review-group', 'write');
