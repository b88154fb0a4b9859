-- The Panel's work on a review: who has it, what they think, the letter, its points and the answers. A letter that was
-- sent stands, answers are added and never changed, and a member who declares a conflict lets go.
create table conflict_of_interest (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  incident_id uuid,
  authority_code text,
  reason text not null,
  declared_at timestamptz not null,
  ended_at timestamptz,
  check (num_nonnulls(incident_id, authority_code) = 1)
);
create index on conflict_of_interest (person_id);
create table consideration (
  review_id uuid primary key,
  kind text not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  status text not null check (status in ('received', 'allocated', 'read', 'letter-drafted', 'letter-ready', 'letter-sent')),
  received_at timestamptz not null,
  due_on date not null,
  view_on_review text,
  view_on_decision text,
  replied_at timestamptz,
  -- Of a local review: whether what has to be in it is there, as whoever looked through it first found it.
  check_marks jsonb,
  check_notes text,
  checked_by uuid references person,
  checked_at timestamptz,
  check (num_nulls(check_marks, check_notes, checked_by, checked_at) in (0, 4)),
  unique (incident_id, kind),
  foreign key (review_id, kind) references review (review_id, kind),
  constraint consideration_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on consideration (status, due_on);
create index consideration_open on consideration (due_on, review_id) where status <> 'letter-sent';
create index consideration_due on consideration (due_on, review_id);
create index consideration_received on consideration (received_at, review_id);
create table allocation (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  person_id uuid not null references person,
  allocated_by uuid references person,
  allocated_at timestamptz not null,
  ended_at timestamptz,
  constraint allocation_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on allocation (person_id);
create index on allocation (review_id);
create unique index allocation_in_force on allocation (review_id, person_id) where ended_at is null;
revoke update on allocation from weathervane_app;
grant update (ended_at) on allocation to weathervane_app;
-- That the Department and Ofsted have a review, or the letter on it: a person says so.
create table review_copy (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  what text not null check (what in ('review', 'letter')),
  recipient text not null check (recipient in ('dfe', 'ofsted')),
  sent_on date not null,
  how text not null,
  person_id uuid not null references person,
  confirmed_at timestamptz not null,
  constraint review_copy_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on review_copy (review_id);
revoke update, delete on review_copy from weathervane_app;
create table reading (
  review_id uuid not null,
  person_id uuid not null references person,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  revision int4 not null default 1,
  notes text not null,
  markers jsonb not null default '{}',
  themes text[] not null default '{}',
  view_on_review text,
  view_on_decision text,
  saved_at timestamptz not null,
  finished_at timestamptz,
  primary key (review_id, person_id),
  constraint reading_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create table letter (
  letter_id uuid primary key default gen_random_uuid(),
  review_id uuid not null unique,
  kind text not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  -- Members see earlier letters of an area without seeing those incidents: the letter keeps the reference it quotes.
  reference text not null,
  status text not null default 'draft' check (status in ('draft', 'sent')),
  revision int4 not null default 1,
  -- What stands in each section that is written as a text, by its key.
  texts jsonb not null default '{}',
  view_on_review text,
  view_on_decision text,
  signed_by uuid references person,
  sent_at timestamptz,
  hash text,
  -- Of a letter that was sent: how many of its points ask, and how many of these wait for an answer. Nobody writes them.
  asked int4 not null default 0,
  unanswered int4 not null default 0,
  unique (letter_id, review_id),
  foreign key (review_id, kind) references review (review_id, kind),
  constraint letter_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on letter (partnership_code);
create unique index on letter (incident_id, kind);
create index letter_sent_at on letter (sent_at, letter_id);
create index letter_waits on letter (review_id) where status = 'sent' and unanswered > 0;
create index letter_answered on letter (review_id) where status = 'sent' and asked > 0 and unanswered = 0;
create index letter_asks_nothing on letter (review_id) where status = 'sent' and asked = 0;
revoke update on letter from weathervane_app;
grant update (status, revision, texts, view_on_review, view_on_decision, signed_by, sent_at, hash) on letter to weathervane_app;
create table letter_point (
  id uuid primary key default gen_random_uuid(),
  letter_id uuid not null,
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  status text not null default 'draft' check (status in ('draft', 'sent')),
  number int4 not null,
  theme text not null,
  text text not null,
  -- A point may ask nothing: thanks, a comment. Such a point waits for no answer and no day.
  asks boolean not null default true,
  -- Written by the service with a view that suggests another decision: it asks what the partners conclude.
  about_decision boolean not null default false,
  reply_by date,
  answered boolean not null default false,
  constraint letter_point_day_is_asked check (asks or reply_by is null),
  constraint letter_point_on_decision_asks check (asks or not about_decision),
  foreign key (letter_id, review_id) references letter (letter_id, review_id),
  constraint letter_point_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on letter_point (letter_id, number);
create index on letter_point (partnership_code, theme);
create index letter_point_unanswered on letter_point (partnership_code, letter_id) where status = 'sent' and asks and not answered;
-- Whether a point was sent follows from its letter, and whether it was answered from its answers: nobody writes either.
revoke update on letter_point from weathervane_app;
grant update (number, theme, text, asks, reply_by) on letter_point to weathervane_app;
create table point_reply (
  id uuid primary key default gen_random_uuid(),
  point_id uuid not null references letter_point,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  person_id uuid references person,
  text text not null,
  action text not null default '',
  replied_at timestamptz not null,
  constraint point_reply_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on point_reply (point_id);
revoke update, delete on point_reply from weathervane_app;
-- An answer that is being written: for whoever may answer, and never for the Panel.
create table point_reply_draft (
  point_id uuid primary key references letter_point,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  -- Who saved it last.
  person_id uuid not null references person,
  revision int4 not null default 1,
  text text not null,
  action text not null,
  saved_at timestamptz not null,
  constraint point_reply_draft_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);

call guard_table('conflict_of_interest');
call guard_table('consideration');
call guard_table('allocation');
call guard_table('review_copy');
call guard_table('reading');
call guard_table('letter');
call guard_table('letter_point');
call guard_table('point_reply');
call guard_table('point_reply_draft');
call guard_conflict('consideration');
call guard_conflict('allocation');
call guard_conflict('review_copy');
call guard_conflict('reading');
call guard_conflict('letter');
call guard_conflict('letter_point');
call guard_conflict('point_reply');
call guard_conflict('point_reply_draft');
create policy own on conflict_of_interest for select to weathervane_app using (person_id = (select my_person()));
create policy declared on conflict_of_interest for insert to weathervane_app
  with check (person_id = (select my_person()) and (select allowed('panel-work:declare-conflict:own')));
-- Of what one's own conflict hides, those of others are hidden too: whoever gives out reviews sees every other incident.
create policy for_allocation on conflict_of_interest for select to weathervane_app
  using ((select allowed('panel-work:allocate:national'))
    and (authority_code is null or authority_code <> all ((select my_list('hidden_authorities'))::text[]))
    and (incident_id is null or exists (select from incident where incident.incident_id = conflict_of_interest.incident_id)));
-- Who has one review of an incident has its other one only when that is given to them too.
create procedure guard_allocation(name text, condition text default 'true') language plpgsql as $$
begin
  execute format('create policy of_a_review_one_has on %I as restrictive to weathervane_app using (
    not (%s) or not (select allowed(''panel-work:read:allocated'')) or review_id = any ((select my_ids(''allocated_reviews''))::uuid[]))',
    name, condition);
end $$;
call guard_allocation('consideration');
call guard_allocation('allocation');
call guard_allocation('review_copy');
call guard_allocation('reading');
call guard_allocation('letter', 'status = ''draft''');
call guard_allocation('letter_point', 'status = ''draft''');
call guard('consideration', 'select', 'panel-work', 'read');
call guard('consideration', 'insert', 'panel-work', 'write');
call guard('consideration', 'update', 'panel-work', 'write');
call guard('allocation', 'select', 'panel-work', 'read');
call guard('allocation', 'insert', 'panel-work', 'allocate');
call guard('allocation', 'update', 'panel-work', 'allocate');
create policy own_conflict on allocation for update to weathervane_app
  using (person_id = (select my_person()) and (select allowed('panel-work:declare-conflict:own')))
  with check (person_id = (select my_person()) and ended_at is not null);
call guard('review_copy', 'select', 'panel-work', 'read');
call guard('review_copy', 'insert', 'panel-work', 'write');
create policy as_oneself on review_copy as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()));
-- Until it is finished a reading is seen by its writer alone.
call guard('reading', 'select', 'panel-reading', 'read', 'finished_at is not null or person_id = (select my_person())');
call guard('reading', 'insert', 'panel-reading', 'write', 'person_id = (select my_person())');
call guard('reading', 'update', 'panel-reading', 'write', 'person_id = (select my_person())');
call guard('letter', 'select', 'letter-draft', 'read', 'status = ''draft''');
call guard('letter', 'select', 'letter', 'read', 'status = ''sent''');
call guard('letter', 'insert', 'letter-draft', 'write', 'status = ''draft''');
call guard('letter', 'update', 'letter-draft', 'write', 'status = ''draft''');
call guard('letter', 'update', 'letter-draft', 'send', 'status = ''draft''', 'status = ''sent''');
create policy signed_by_oneself on letter as restrictive for update to weathervane_app
  using (true) with check (status = 'draft' or signed_by = (select my_person()));
call guard('letter_point', 'select', 'letter-draft', 'read', 'status = ''draft''');
call guard('letter_point', 'select', 'letter', 'read', 'status = ''sent''');
call guard('letter_point', 'insert', 'letter-draft', 'write', 'status = ''draft''');
call guard('letter_point', 'update', 'letter-draft', 'write', 'status = ''draft''');
call guard('letter_point', 'delete', 'letter-draft', 'write', 'status = ''draft''');
create policy letter_stands_new on letter_point as restrictive for insert to weathervane_app
  with check (not exists (select from letter where letter.letter_id = letter_point.letter_id and letter.status = 'sent'));
create policy letter_stands on letter_point as restrictive for update to weathervane_app
  using (status = 'sent' or not exists (select from letter where letter.letter_id = letter_point.letter_id and letter.status = 'sent'))
  with check (true);
call guard('point_reply', 'select', 'letter', 'read');
call guard('point_reply', 'insert', 'letter', 'reply');
create policy as_oneself on point_reply as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()));

call guard('point_reply_draft', 'select', 'letter', 'reply');
call guard('point_reply_draft', 'insert', 'letter', 'reply');
call guard('point_reply_draft', 'update', 'letter', 'reply');
call guard('point_reply_draft', 'delete', 'letter', 'reply');
create policy as_oneself_new on point_reply_draft as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()));
create policy as_oneself on point_reply_draft as restrictive for update to weathervane_app
  using (true) with check (person_id = (select my_person()));

create function note_letter_sent() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update letter_point set status = 'sent' where letter_point.letter_id = new.letter_id;
  update letter set asked = points.asked, unanswered = points.asked
  from (select count(*) as asked from letter_point where letter_point.letter_id = new.letter_id and letter_point.asks) points
  where letter.letter_id = new.letter_id;
  return null;
end $$;
create trigger note_letter_sent after update on letter for each row
  when (old.status = 'draft' and new.status = 'sent') execute function note_letter_sent();

create function note_point_answered() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  point letter_point;
begin
  select * into point from letter_point
  where letter_point.id = new.point_id and letter_point.incident_id = new.incident_id
    and letter_point.authority_code = new.authority_code and letter_point.partnership_code = new.partnership_code
    and letter_point.status = 'sent'
  for update;
  if not found then
    raise exception 'Only a point of a letter that was sent can be answered.' using errcode = 'check_violation';
  end if;
  if not point.answered then
    update letter_point set answered = true where letter_point.id = new.point_id;
    if point.asks then
      update letter set unanswered = letter.unanswered - 1 where letter.letter_id = point.letter_id;
    end if;
  end if;
  return new;
end $$;
create trigger note_point_answered before insert on point_reply for each row execute function note_point_answered();
