-- A letter that was sent stands, answers are added and never changed, and a member who declares a conflict lets go.
alter table reading add column themes text[] not null default '{}';
-- Members see earlier letters of an area without seeing those incidents: the letter keeps the reference it quotes.
alter table letter add column reference text;

create index consideration_open on consideration (due_on, incident_id) where status <> 'letter-sent';
create index consideration_due on consideration (due_on, incident_id);
create index consideration_received on consideration (received_at, incident_id);
create index letter_sent_at on letter (sent_at, incident_id);
create unique index allocation_in_force on allocation (incident_id, person_id) where ended_at is null;

revoke update on allocation from weathervane_app;
grant update (ended_at) on allocation to weathervane_app;
create policy own_conflict on allocation for update to weathervane_app
  using (person_id = (select my_person()) and (select allowed('panel-work:declare-conflict:own')))
  with check (person_id = (select my_person()) and ended_at is not null);

create policy signed_by_oneself on letter as restrictive for update to weathervane_app
  using (true) with check (status = 'draft' or signed_by = (select my_person()));
create policy letter_stands_new on letter_point as restrictive for insert to weathervane_app
  with check (not exists (select from letter where letter.incident_id = letter_point.incident_id and letter.status = 'sent'));
create policy letter_stands on letter_point as restrictive for update to weathervane_app
  using (status = 'sent' or not exists (select from letter where letter.incident_id = letter_point.incident_id and letter.status = 'sent'))
  with check (true);

-- Whether a point was answered follows from its answers, so nobody needs to write to a point that was sent.
drop policy "update-reply-letter" on letter_point;
revoke update on letter_point from weathervane_app;
grant update (status, number, theme, text, reply_by) on letter_point to weathervane_app;
create policy as_oneself on point_reply as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()));
create function note_point_answered() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update letter_point set answered = true
  where letter_point.id = new.point_id and letter_point.incident_id = new.incident_id
    and letter_point.authority_code = new.authority_code and letter_point.partnership_code = new.partnership_code
    and letter_point.status = 'sent';
  if not found then
    raise exception 'Only a point of a letter that was sent can be answered.' using errcode = 'check_violation';
  end if;
  return new;
end $$;
revoke execute on function note_point_answered from public;
create trigger note_point_answered before insert on point_reply for each row execute function note_point_answered();
