-- The Panel's work on a review: who has it, what they think, the letter, its points and the answers.
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
  incident_id uuid primary key references incident,
  authority_code text not null,
  partnership_code text not null,
  status text not null check (status in ('received', 'allocated', 'read', 'letter-drafted', 'letter-sent')),
  received_at timestamptz not null,
  due_on date not null,
  view_on_review text,
  view_on_decision text,
  replied_at timestamptz
);
create index on consideration (status, due_on);
create table allocation (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident,
  authority_code text not null,
  partnership_code text not null,
  person_id uuid not null references person,
  allocated_by uuid references person,
  allocated_at timestamptz not null,
  ended_at timestamptz
);
create index on allocation (person_id);
create index on allocation (incident_id);
create table reading (
  incident_id uuid not null references incident,
  person_id uuid not null references person,
  authority_code text not null,
  partnership_code text not null,
  revision int4 not null default 1,
  notes text not null,
  markers jsonb not null default '{}',
  view_on_review text,
  view_on_decision text,
  saved_at timestamptz not null,
  finished_at timestamptz,
  primary key (incident_id, person_id)
);
create table letter (
  incident_id uuid primary key references incident,
  authority_code text not null,
  partnership_code text not null,
  status text not null default 'draft' check (status in ('draft', 'sent')),
  revision int4 not null default 1,
  opening text not null default '',
  strengths text not null default '',
  closing text not null default '',
  view_on_review text,
  view_on_decision text,
  signed_by uuid references person,
  sent_at timestamptz,
  hash text
);
create index on letter (partnership_code);
create table letter_point (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident,
  authority_code text not null,
  partnership_code text not null,
  status text not null default 'draft' check (status in ('draft', 'sent')),
  number int4 not null,
  theme text not null,
  text text not null,
  reply_by date,
  answered boolean not null default false
);
create index on letter_point (incident_id, number);
create index on letter_point (partnership_code, theme);
create table point_reply (
  id uuid primary key default gen_random_uuid(),
  point_id uuid not null references letter_point,
  incident_id uuid not null references incident,
  authority_code text not null,
  partnership_code text not null,
  person_id uuid references person,
  text text not null,
  action text not null default '',
  replied_at timestamptz not null
);
create index on point_reply (point_id);
revoke update, delete on point_reply from weathervane_app;

call guard_table('conflict_of_interest');
call guard_table('consideration');
call guard_table('allocation');
call guard_table('reading');
call guard_table('letter');
call guard_table('letter_point');
call guard_table('point_reply');
call guard_conflict('consideration');
call guard_conflict('allocation');
call guard_conflict('reading');
call guard_conflict('letter');
call guard_conflict('letter_point');
call guard_conflict('point_reply');
create policy own on conflict_of_interest for select to weathervane_app using (person_id = (select my_person()));
create policy declared on conflict_of_interest for insert to weathervane_app
  with check (person_id = (select my_person()) and (select allowed('panel-work:declare-conflict:own')));
create policy for_allocation on conflict_of_interest for select to weathervane_app
  using ((select allowed('panel-work:allocate:national')));
call guard('consideration', 'select', 'panel-work', 'read');
call guard('consideration', 'insert', 'panel-work', 'write');
call guard('consideration', 'update', 'panel-work', 'write');
call guard('allocation', 'select', 'panel-work', 'read');
call guard('allocation', 'insert', 'panel-work', 'allocate');
call guard('allocation', 'update', 'panel-work', 'allocate');
call guard('reading', 'select', 'panel-reading', 'read');
call guard('reading', 'insert', 'panel-reading', 'write', 'person_id = (select my_person())');
call guard('reading', 'update', 'panel-reading', 'write', 'person_id = (select my_person())');
call guard('letter', 'select', 'letter-draft', 'read', 'status = ''draft''');
call guard('letter', 'select', 'letter', 'read', 'status = ''sent''');
call guard('letter', 'insert', 'letter-draft', 'write', 'status = ''draft''');
call guard('letter', 'update', 'letter-draft', 'write', 'status = ''draft''');
call guard('letter', 'update', 'letter-draft', 'send', 'status = ''draft''', 'status = ''sent''');
call guard('letter_point', 'select', 'letter-draft', 'read', 'status = ''draft''');
call guard('letter_point', 'select', 'letter', 'read', 'status = ''sent''');
call guard('letter_point', 'insert', 'letter-draft', 'write', 'status = ''draft''');
call guard('letter_point', 'update', 'letter-draft', 'write', 'status = ''draft''');
call guard('letter_point', 'delete', 'letter-draft', 'write', 'status = ''draft''');
call guard('letter_point', 'update', 'letter-draft', 'send', 'status = ''draft''', 'status = ''sent''');
call guard('letter_point', 'update', 'letter', 'reply', 'status = ''sent''');
call guard('point_reply', 'select', 'letter', 'read');
call guard('point_reply', 'insert', 'letter', 'reply');
revoke update on letter_point from weathervane_app;
grant update (status, number, theme, text, reply_by, answered) on letter_point to weathervane_app;
