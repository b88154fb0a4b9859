-- What a test of every table as every role found the policies to give beyond the access table.

-- Signatures were seen by whoever may read a review that was sent, while it still waited for signatures or was a draft
-- again; anybody who may sign could add one in another person's name, or to a text that nobody was asked to sign.
drop policy "select-read-rapid-review-signing" on rapid_review_signature;
drop policy "select-read-rapid-review" on rapid_review_signature;
call guard('rapid_review_signature', 'select', 'rapid-review-signing', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_signature.incident_id and rapid_review.status = ''signing'')');
call guard('rapid_review_signature', 'select', 'rapid-review', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_signature.incident_id and rapid_review.status = ''sent'')');
create policy as_oneself on rapid_review_signature as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()) and exists (
    select from rapid_review where rapid_review.incident_id = rapid_review_signature.incident_id and rapid_review.status = 'signing'));

-- A version and its children could be added to what was sent.
create policy before_sending on notification_version as restrictive for insert to weathervane_app
  with check (exists (
    select from notification where notification.incident_id = notification_version.incident_id and notification.status = 'draft'));
create policy before_sending on child as restrictive for insert to weathervane_app
  with check (exists (
    select from notification where notification.incident_id = child.incident_id and notification.status = 'draft'));
create policy before_sending on rapid_review_version as restrictive for insert to weathervane_app
  with check (exists (
    select from rapid_review where rapid_review.incident_id = rapid_review_version.incident_id and rapid_review.status = 'signing'));

-- To seal and to check, the service reads every event; administrators may see the seals and not what they seal.
drop policy sealing on event;
create policy sealing on event for select to weathervane_app using ((select allowed('audit-trail:write:national')));
drop policy sealing on access_entry;
create policy sealing on access_entry for select to weathervane_app using ((select allowed('audit-trail:write:national')));

-- A detail could be added to an event of long ago.
drop policy with_its_event_written on event_detail;
create policy with_its_event_written on event_detail for insert to weathervane_app
  with check (exists (select from event where event.id = event_detail.event_id and event.xid = pg_current_xact_id_if_assigned()));
revoke insert, update, delete on migration from weathervane_app;

-- Policies for one command are joined with "or", conditions on the row found apart from those on the row written: whoever
-- may take back a text and write a draft could so change the text while it waits for signatures. A trigger sees both rows.
create function hold_text_to_sign() returns trigger language plpgsql as $$
begin
  if current_user = 'weathervane_app' and old.status <> 'draft'
    and (new.status = old.status or new.answers is distinct from old.answers) then
    raise exception 'The text of a rapid review stands still once signatures are asked for.' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger hold_text_to_sign before update on rapid_review for each row execute function hold_text_to_sign();
