-- What a review, a letter or the Panel recommends, who owes an answer, and what came of it.
--
-- A recommendation from a review lies where its incident lies. A national one lies nowhere: its place is null, and once
-- issued everybody who is signed in reads it. An addressee's row lies where the addressee is: a national body under its
-- own code as authority, a partnership under its code, a local partner with the incident.
create table recommendation (
  recommendation_id uuid primary key default gen_random_uuid(),
  -- Drawn by lot and never counted up: its gaps tell nothing.
  number text not null unique,
  incident_id uuid,
  authority_code text,
  partnership_code text,
  source_kind text not null check (source_kind in ('local-review', 'rapid-review', 'panel-letter', 'national-review', 'other')),
  review_id uuid references review,
  letter_id uuid,
  -- What is read of the source where it is not one of ours: `Child sexual abuse within the family`.
  source_name text not null default '',
  source_url text not null default '',
  level text not null check (level in ('local', 'regional', 'national')),
  status text not null default 'draft' check (status in ('draft', 'out-for-comment', 'issued', 'replaced', 'closed')),
  revision int4 not null default 1,
  text text not null default '',
  finding text not null default '',
  paragraph text not null default '',
  themes text[] not null default '{}',
  intended_change text not null default '',
  -- What lists are searched by.
  words tsvector generated always as (to_tsvector('pg_catalog.english', text || ' ' || intended_change)) stored,
  measure text not null default '',
  priority text check (priority in ('urgent', 'high', 'standard')),
  priority_reason text not null default '',
  person_id uuid references person,
  body_code text not null references body,
  created_at timestamptz not null,
  issued_at timestamptz,
  issued_by uuid references person,
  published_at timestamptz,
  replaced_by uuid references recommendation,
  ended_at timestamptz,
  ended_reason text not null default '',
  constraint recommendation_issued check ((issued_at is null) = (status in ('draft', 'out-for-comment'))),
  constraint recommendation_replaced check ((status = 'replaced') = (replaced_by is not null)),
  constraint recommendation_ended check ((status in ('replaced', 'closed')) = (ended_at is not null and ended_reason <> '')),
  constraint recommendation_lies_whole check (num_nulls(incident_id, authority_code, partnership_code) in (0, 3)),
  constraint recommendation_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on recommendation (partnership_code, status);
create index on recommendation (incident_id);
create index on recommendation (review_id);
create index on recommendation using gin (themes);
create index on recommendation (issued_at);
create index recommendation_national on recommendation (issued_at) where incident_id is null;

-- One row for each body that owes an answer. The three axes stand on it, each the latest of its moves.
create table recommendation_addressee (
  addressee_id uuid primary key default gen_random_uuid(),
  recommendation_id uuid not null references recommendation,
  kind text not null check (kind in ('partner', 'partnership', 'national-body')),
  incident_id uuid,
  authority_code text,
  partnership_code text,
  -- Null for a body that is not in the list of bodies, and so has no account.
  body_code text references body,
  body_name text not null,
  -- That of its recommendation.
  status text not null default 'draft' check (status in ('draft', 'out-for-comment', 'issued', 'replaced', 'closed')),
  -- Those of its recommendation, for lists: the database copies them.
  themes text[] not null default '{}',
  source_kind text,
  reply_asked_by date,
  reply_basis text check (reply_basis in ('law', 'guidance', 'request')),
  reply text not null default 'awaited'
    check (reply in ('not-known', 'awaited', 'accepted', 'accepted-differently', 'not-taken-forward', 'replaced')),
  delivery text not null default 'not-started' check (delivery in ('not-started', 'in-progress', 'done', 'stopped')),
  effect text not null default 'not-looked-at'
    check (effect in ('not-looked-at', 'practice-changed', 'people-tell-us', 'fewer-harmed', 'no-change', 'cannot-be-told')),
  -- The day of its first reply, and the moments of the last moves.
  replied_on date,
  delivery_at timestamptz,
  effect_at timestamptz,
  unique (recommendation_id, body_name),
  constraint recommendation_addressee_asked check ((reply_asked_by is null) = (reply_basis is null)),
  constraint recommendation_addressee_incident_fkey foreign key (incident_id) references incident (incident_id)
);
create index on recommendation_addressee (partnership_code, reply_asked_by);
create index on recommendation_addressee (authority_code, reply_asked_by);
create index on recommendation_addressee (body_code);
create index on recommendation_addressee (incident_id);
create index recommendation_addressee_asked_by on recommendation_addressee (reply_asked_by, addressee_id);
create index recommendation_addressee_by_name on recommendation_addressee (body_name, addressee_id);
create index recommendation_addressee_other on recommendation_addressee (body_name) where body_code is null;
create index recommendation_addressee_awaited on recommendation_addressee (reply_asked_by) where reply = 'awaited' and status = 'issued';
-- The axes are moved by moves alone.
revoke update on recommendation_addressee from weathervane_app;
grant update (body_code, body_name, reply_asked_by, reply_basis) on recommendation_addressee to weathervane_app;

-- What an addressee or a judge points to. Bytes lie in the file store under their hash.
create table recommendation_evidence (
  evidence_id uuid primary key default gen_random_uuid(),
  addressee_id uuid not null references recommendation_addressee,
  incident_id uuid,
  authority_code text,
  partnership_code text,
  body_code text,
  kind text not null check (kind in ('audit', 'observation', 'dataset', 'survey', 'policy-document', 'statement')),
  part text not null check (part in ('owner', 'judge', 'panel')),
  title text not null check (btrim(title) <> ''),
  words text not null default '',
  file_name text,
  file_kind text,
  file_hash text,
  file_size int8,
  person_id uuid references person,
  link_id uuid,
  added_at timestamptz not null,
  constraint recommendation_evidence_file check (num_nulls(file_name, file_kind, file_hash, file_size) in (0, 4))
);
create index on recommendation_evidence (addressee_id);
revoke update, delete on recommendation_evidence from weathervane_app;

-- A copy of src/recommendations/moves.ts, compared by its test. What is not listed is refused.
create table recommendation_legal_move (
  axis text not null,
  part text not null,
  from_state text not null,
  to_state text not null,
  needs text not null,
  primary key (axis, part, from_state, to_state)
);
revoke insert, update, delete on recommendation_legal_move from weathervane_app;
insert into recommendation_legal_move (axis, part, from_state, to_state, needs)
select 'reply', 'owner', was.state, becomes.state, case becomes.state when 'replaced' then 'replacement' else 'words' end
from unnest(array['not-known', 'awaited', 'accepted', 'accepted-differently', 'not-taken-forward', 'replaced']) was (state),
  unnest(array['accepted', 'accepted-differently', 'not-taken-forward', 'replaced']) becomes (state)
union all
-- Whoever judges a national body asks again where its reply is not known.
select 'reply', 'panel', 'not-known', 'awaited', 'words'
union all
select 'delivery', 'owner', was.state, becomes.state, 'words'
from unnest(array['not-started', 'in-progress', 'done', 'stopped']) was (state),
  unnest(array['not-started', 'in-progress', 'done', 'stopped']) becomes (state)
where becomes.state <> 'not-started' or was.state = 'not-started'
union all
select 'effect', judge, was.state, becomes.state, case becomes.state
    when 'practice-changed' then 'audit-or-observation'
    when 'people-tell-us' then 'how-asked'
    when 'fewer-harmed' then 'outcome-data'
    else 'words'
  end
from unnest(array['judge', 'panel']) judge,
  unnest(array['not-looked-at', 'practice-changed', 'people-tell-us', 'fewer-harmed', 'no-change', 'cannot-be-told']) was (state),
  unnest(array['not-looked-at', 'practice-changed', 'people-tell-us', 'fewer-harmed', 'no-change', 'cannot-be-told']) becomes (state)
where becomes.state <> 'not-looked-at' or was.state <> 'not-looked-at'
union all
-- The owner answers a judgement and does not change it; the Panel says what it saw of a sample, and does not either.
select 'effect', answers.who, judged.state, judged.state, 'words'
from (values ('owner'), ('sample')) answers (who),
  unnest(array['not-looked-at', 'practice-changed', 'people-tell-us', 'fewer-harmed', 'no-change', 'cannot-be-told']) judged (state)
where answers.who = 'sample' or judged.state <> 'not-looked-at';

create table recommendation_move (
  move_id uuid primary key default gen_random_uuid(),
  -- Of two in one moment the first is told.
  turn int8 generated always as identity,
  addressee_id uuid not null references recommendation_addressee,
  incident_id uuid,
  authority_code text,
  partnership_code text,
  body_code text,
  axis text not null check (axis in ('reply', 'delivery', 'effect')),
  part text not null check (part in ('owner', 'judge', 'panel', 'sample')),
  from_state text not null,
  to_state text not null,
  words text not null check (btrim(words) <> ''),
  -- What replaces it; how children and families were asked.
  replacement text not null default '',
  how_asked text not null default '',
  evidence_id uuid references recommendation_evidence,
  came_by text not null check (came_by in ('account', 'link', 'letter', 'mail', 'published')),
  -- The day it was said: that of the letter, where it was entered from one.
  said_on date not null,
  -- Who spoke: who signed the letter; the name given with a link.
  said_by text not null,
  -- Who typed it in, or spoke themselves; nobody for a link.
  person_id uuid references person,
  link_id uuid,
  -- The scan of the letter, or the mail.
  source text not null default '',
  file_name text,
  file_kind text,
  file_hash text,
  file_size int8,
  at timestamptz not null,
  constraint recommendation_move_file check (num_nulls(file_name, file_kind, file_hash, file_size) in (0, 4)),
  constraint recommendation_move_entered check (came_by in ('account', 'link') or file_hash is not null or btrim(source) <> ''),
  constraint recommendation_move_said_by_somebody check ((came_by = 'link') = (link_id is not null) and (person_id is not null or came_by in ('link', 'published')))
);
create index on recommendation_move (addressee_id, turn);
-- The same said twice in a day, by a button that was pressed twice, is said once.
create unique index recommendation_move_said_once on recommendation_move
  (addressee_id, (coalesce(link_id, person_id)), said_on, axis, from_state, to_state, md5(words));
create index on recommendation_move (evidence_id) where evidence_id is not null;
create index recommendation_move_entered on recommendation_move (at) where came_by <> 'account';
revoke update, delete on recommendation_move from weathervane_app;

-- A second person compared what was entered with its source, or said that what came by link is the body's.
create table recommendation_move_check (
  move_id uuid primary key references recommendation_move,
  incident_id uuid,
  authority_code text,
  partnership_code text,
  person_id uuid not null references person,
  agrees boolean not null,
  words text not null default '',
  at timestamptz not null,
  constraint recommendation_move_check_differs check (agrees or btrim(words) <> '')
);
revoke update, delete on recommendation_move_check from weathervane_app;
-- Of what a body said, what the public page does not say: its words are kept, and shown to nobody without an account.
create table recommendation_move_taken_off (
  move_id uuid primary key references recommendation_move,
  reason text not null check (btrim(reason) <> ''),
  person_id uuid not null references person,
  at timestamptz not null
);
revoke update, delete on recommendation_move_taken_off from weathervane_app;

create table recommendation_comment (
  comment_id uuid primary key default gen_random_uuid(),
  addressee_id uuid not null references recommendation_addressee,
  incident_id uuid,
  authority_code text,
  partnership_code text,
  body_code text,
  words text not null check (btrim(words) <> ''),
  said_by text not null,
  person_id uuid references person,
  link_id uuid,
  at timestamptz not null
);
create index on recommendation_comment (addressee_id, at);
create unique index recommendation_comment_said_once on recommendation_comment (addressee_id, (coalesce(link_id, person_id)), md5(words));
revoke update, delete on recommendation_comment from weathervane_app;

-- The named assurance group of a partnership, whose members judge what is not their own body's.
create table assurance_member (
  partnership_code text not null references body,
  person_id uuid not null references person,
  added_by uuid references person,
  added_at timestamptz not null,
  primary key (partnership_code, person_id)
);
revoke update on assurance_member from weathervane_app;

call guard_table('recommendation');
call guard_table('recommendation_addressee');
call guard_table('recommendation_evidence');
call guard_table('recommendation_move');
call guard_table('recommendation_move_check');
call guard_table('recommendation_move_taken_off');
call guard_table('recommendation_comment');
call guard_table('assurance_member');
call guard_conflict('recommendation');
call guard_conflict('recommendation_addressee');
call guard_conflict('recommendation_evidence');
call guard_conflict('recommendation_move');
call guard_conflict('recommendation_move_check');
call guard_conflict('recommendation_comment');

-- Who has a conflict with the authority of an incident does not read of it what lies under the code of another body.
create function lies_in_hidden_authority(asked_incident uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from incident where incident_id = asked_incident and authority_code = any (my_list('hidden_authorities')))
$$;
grant execute on function lies_in_hidden_authority(uuid) to weathervane_app;
do $$
declare name text;
begin
  foreach name in array array['recommendation_addressee', 'recommendation_evidence', 'recommendation_move',
      'recommendation_move_check', 'recommendation_comment'] loop
    execute format('create policy conflict_with_authority on %I as restrictive to weathervane_app using (
      (select my_list(''hidden_authorities'')) = ''{}'' or incident_id is null or not lies_in_hidden_authority(incident_id))', name);
  end loop;
end $$;

-- The recommendations of elsewhere that a body or a partnership owes an answer to, or was asked to comment on.
create function my_addressed() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(recommendation_id), '{}') from recommendation_addressee
  where kind <> 'partner' and status <> 'draft'
    and (authority_code = any (my_codes('recommendation-draft:reply')) or partnership_code = any (my_codes('recommendation-draft:reply')))
    and (incident_id is null or incident_id <> all (my_ids('hidden')))
$$;
grant execute on function my_addressed() to weathervane_app;

call guard('recommendation', 'select', 'recommendation-draft', 'read', 'incident_id is not null and status in (''draft'', ''out-for-comment'')');
call guard('recommendation', 'select', 'national-recommendation-draft', 'read', 'incident_id is null and status in (''draft'', ''out-for-comment'')');
call guard('recommendation', 'select', 'recommendation', 'read', 'status not in (''draft'', ''out-for-comment'')');
create policy national on recommendation for select to weathervane_app
  using (incident_id is null and status not in ('draft', 'out-for-comment') and (select my_person()) is not null);
create policy addressed on recommendation for select to weathervane_app
  using (status <> 'draft' and recommendation_id = any ((select my_addressed())::uuid[]));
call guard('recommendation', 'insert', 'recommendation-draft', 'write', 'incident_id is not null and status = ''draft''');
call guard('recommendation', 'insert', 'national-recommendation-draft', 'write', 'incident_id is null and status = ''draft''');
call guard('recommendation', 'update', 'recommendation-draft', 'write', 'incident_id is not null and status in (''draft'', ''out-for-comment'')');
call guard('recommendation', 'update', 'national-recommendation-draft', 'write', 'incident_id is null and status in (''draft'', ''out-for-comment'')');
call guard('recommendation', 'update', 'recommendation-draft', 'send', 'incident_id is not null');
call guard('recommendation', 'update', 'national-recommendation-draft', 'send', 'incident_id is null');

call guard('recommendation_addressee', 'select', 'recommendation-draft', 'read', 'incident_id is not null and status in (''draft'', ''out-for-comment'')');
call guard('recommendation_addressee', 'select', 'national-recommendation-draft', 'read', 'incident_id is null and status in (''draft'', ''out-for-comment'')');
call guard('recommendation_addressee', 'select', 'recommendation', 'read', 'status not in (''draft'', ''out-for-comment'')');
-- Whoever writes a local review reads what it recommends, and nothing from elsewhere.
call guard('recommendation', 'select', 'review-recommendation', 'read', 'source_kind = ''local-review''');
call guard('recommendation_addressee', 'select', 'review-recommendation', 'read', 'source_kind = ''local-review''');
-- What a national body owes to a national recommendation everybody reads who is signed in.
create policy national on recommendation_addressee for select to weathervane_app
  using (incident_id is null and kind = 'national-body' and status not in ('draft', 'out-for-comment') and (select my_person()) is not null);
call guard('recommendation_addressee', 'select', 'recommendation-draft', 'reply', 'status = ''out-for-comment''');
call guard('recommendation_addressee', 'insert', 'recommendation-draft', 'write', 'incident_id is not null and status in (''draft'', ''out-for-comment'')');
call guard('recommendation_addressee', 'insert', 'national-recommendation-draft', 'write', 'incident_id is null and status in (''draft'', ''out-for-comment'')');
-- A national recommendation is sent to partnerships after it was issued.
call guard('recommendation_addressee', 'insert', 'national-recommendation-draft', 'send', 'incident_id is null and status = ''issued''');
call guard('recommendation_addressee', 'update', 'recommendation-draft', 'write', 'incident_id is not null and status in (''draft'', ''out-for-comment'')');
call guard('recommendation_addressee', 'update', 'national-recommendation-draft', 'write', 'incident_id is null and status in (''draft'', ''out-for-comment'')');
call guard('recommendation_addressee', 'delete', 'recommendation-draft', 'write', 'incident_id is not null and status = ''draft''');
call guard('recommendation_addressee', 'delete', 'national-recommendation-draft', 'write', 'incident_id is null and status = ''draft''');

-- What belongs to an addressee is as visible as its row.
do $$
declare name text;
begin
  foreach name in array array['recommendation_evidence', 'recommendation_move', 'recommendation_move_check'] loop
    call guard(name, 'select', 'recommendation', 'read');
    execute format('create policy national on %I for select to weathervane_app
      using (incident_id is null and partnership_code is null and (select my_person()) is not null)', name);
  end loop;
end $$;

call guard('recommendation_move', 'insert', 'recommendation', 'reply',
  'part = ''owner'' and came_by = ''account'' and body_code = any ((select my_list(''authorities''))::text[]) and person_id = (select my_person())');
call guard('recommendation_move', 'insert', 'recommendation', 'write',
  'part = ''owner'' and came_by in (''letter'', ''mail'', ''published'') and person_id = (select my_person())');
call guard('recommendation_move', 'insert', 'judgement', 'write',
  'part = ''judge'' and came_by = ''account'' and person_id = (select my_person())');
call guard('recommendation_move', 'insert', 'national-judgement', 'write',
  'part in (''panel'', ''sample'') and came_by = ''account'' and person_id = (select my_person())');
call guard('recommendation_evidence', 'insert', 'recommendation', 'reply',
  'part = ''owner'' and body_code = any ((select my_list(''authorities''))::text[]) and person_id = (select my_person())');
call guard('recommendation_evidence', 'insert', 'recommendation', 'write', 'part = ''owner'' and person_id = (select my_person())');
call guard('recommendation_evidence', 'insert', 'judgement', 'write', 'part = ''judge'' and person_id = (select my_person())');
call guard('recommendation_evidence', 'insert', 'national-judgement', 'write', 'part = ''panel'' and person_id = (select my_person())');
-- Only national bodies are public by name: who writes for the nation takes their words off.
create policy of_a_move on recommendation_move_taken_off for select to weathervane_app
  using (exists (select from recommendation_move where recommendation_move.move_id = recommendation_move_taken_off.move_id));
create policy take_off on recommendation_move_taken_off for insert to weathervane_app
  with check (person_id = (select my_person()) and at = (select acting_at()) and (select allowed('recommendation:write:national'))
    and exists (select from recommendation_move
      join recommendation_addressee on recommendation_addressee.addressee_id = recommendation_move.addressee_id
      where recommendation_move.move_id = recommendation_move_taken_off.move_id and recommendation_addressee.kind = 'national-body'));
call guard('recommendation_move_check', 'insert', 'recommendation', 'reply', 'person_id = (select my_person())');
call guard('recommendation_move_check', 'insert', 'recommendation', 'write', 'person_id = (select my_person())');

call guard('recommendation_comment', 'select', 'recommendation-draft', 'read', 'incident_id is not null');
call guard('recommendation_comment', 'select', 'national-recommendation-draft', 'read', 'incident_id is null');
call guard('recommendation_comment', 'select', 'recommendation-draft', 'reply', 'body_code = any ((select my_list(''authorities''))::text[])');
call guard('recommendation_comment', 'insert', 'recommendation-draft', 'reply',
  'body_code = any ((select my_list(''authorities''))::text[]) and person_id = (select my_person())');

-- With a link an addressee without an account reads one recommendation, or one draft that is out for comment, and says
-- what it has to say. It sees of what was said no more than what came with links made for it.
-- The addressee that a link opens, of a recommendation that lies where the link says it does.
create function my_linked_addressee(purpose text) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(addressee_id), '{}')
  from recommendation_addressee join recommendation on recommendation.recommendation_id = recommendation_addressee.recommendation_id
  where addressee_id = any (my_linked(purpose))
    and is_linked_place(recommendation.incident_id, recommendation.authority_code, recommendation.partnership_code)
$$;
grant execute on function my_linked_addressee(text) to weathervane_app;
create function my_linked_recommendations() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(recommendation_id), '{}') from recommendation_addressee
  where addressee_id = any (my_linked_addressee('reply')) and status not in ('draft', 'out-for-comment')
    or addressee_id = any (my_linked_addressee('draft-comment')) and status = 'out-for-comment'
$$;
grant execute on function my_linked_recommendations() to weathervane_app;
create policy linked on recommendation for select to weathervane_app
  using (recommendation_id = any ((select my_linked_recommendations())::uuid[]));
create policy linked on recommendation_addressee for select to weathervane_app
  using (addressee_id = any ((select my_linked_addressee('reply'))::uuid[]) and status not in ('draft', 'out-for-comment')
    or addressee_id = any ((select my_linked_addressee('draft-comment'))::uuid[]) and status = 'out-for-comment');
create policy linked on recommendation_move for select to weathervane_app
  using (came_by = 'link' and addressee_id = any ((select my_linked_addressee('reply'))::uuid[]));
create policy linked_new on recommendation_move for insert to weathervane_app
  with check (part = 'owner' and axis <> 'effect' and came_by = 'link' and person_id is null
    and addressee_id = any ((select my_linked_addressee('reply'))::uuid[]));
create policy linked on recommendation_evidence for select to weathervane_app
  using (link_id is not null and addressee_id = any ((select my_linked_addressee('reply'))::uuid[]));
create policy linked_new on recommendation_evidence for insert to weathervane_app
  with check (part = 'owner' and link_id is not null and person_id is null
    and addressee_id = any ((select my_linked_addressee('reply'))::uuid[]));
create policy linked on recommendation_comment for select to weathervane_app
  using (link_id is not null and addressee_id = any ((select my_linked_addressee('draft-comment'))::uuid[]));
create policy linked_new on recommendation_comment for insert to weathervane_app
  with check (link_id is not null and person_id is null and addressee_id = any ((select my_linked_addressee('draft-comment'))::uuid[]));

create policy of_their_partnership on assurance_member for select to weathervane_app
  using (person_id = (select my_person()) or array['*', partnership_code] && (select my_codes('recommendation:read'))::text[]);
create policy named on assurance_member for insert to weathervane_app
  with check (partnership_code = any ((select my_codes('recommendation-draft:send'))::text[]) and added_by = (select my_person()));
create policy no_longer_named on assurance_member for delete to weathervane_app
  using (partnership_code = any ((select my_codes('recommendation-draft:send'))::text[]));
-- A scrutineer judges what their partnership owes; a partner does as a member of its assurance group alone.
create policy by_scrutineer_or_group on recommendation_move as restrictive for insert to weathervane_app
  with check (part <> 'judge' or (select current_setting('weathervane.who')) = 'scrutineer' or exists (
    select from assurance_member
    where assurance_member.partnership_code = recommendation_move.partnership_code and assurance_member.person_id = (select my_person())));

-- What was issued stands. The addressees go with it.
create function hold_recommendation() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.status not in ('draft', 'out-for-comment') then
    if (new.number, new.text, new.finding, new.paragraph, new.themes, new.intended_change, new.measure, new.priority, new.priority_reason,
        new.level, new.source_kind, new.source_name, new.source_url, new.review_id, new.letter_id, new.issued_at, new.issued_by)
      is distinct from (old.number, old.text, old.finding, old.paragraph, old.themes, old.intended_change, old.measure, old.priority,
        old.priority_reason, old.level, old.source_kind, old.source_name, old.source_url, old.review_id, old.letter_id, old.issued_at, old.issued_by)
      or new.status in ('draft', 'out-for-comment') then
      raise exception 'Recommendation % was issued: its text stands.', old.number using errcode = 'check_violation';
    end if;
  end if;
  if (new.incident_id, new.number, new.body_code) is distinct from (old.incident_id, old.number, old.body_code) then
    raise exception 'Recommendation % keeps its number and its place.', old.number using errcode = 'check_violation';
  end if;
  -- A copy of legalSteps of src/recommendations/moves.ts, compared by its test.
  if new.status <> old.status and (old.status, new.status) not in (('draft', 'out-for-comment'), ('draft', 'issued'),
      ('out-for-comment', 'issued'), ('issued', 'closed'), ('issued', 'replaced'), ('closed', 'issued')) then
    raise exception 'Recommendation % is %, and does not become %.', old.number, old.status, new.status using errcode = 'check_violation';
  end if;
  if old.status = 'closed' and new.status = 'issued' and not was_reopened(old.recommendation_id, old.ended_at) then
    raise exception 'Recommendation % is opened again with a reason.', old.number using errcode = 'check_violation';
  end if;
  if (new.status, new.themes) is distinct from (old.status, old.themes) then
    -- A national body hears of what is not public when that is published.
    update recommendation_addressee set status = new.status, themes = new.themes
    where recommendation_id = new.recommendation_id and (kind <> 'national-body' or not is_open_unseen(new.recommendation_id));
  end if;
  return null;
end $$;
create trigger hold_recommendation after update on recommendation for each row execute function hold_recommendation();

create function copy_to_addressee() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select themes, source_kind into new.themes, new.source_kind from recommendation
  where recommendation_id = new.recommendation_id;
  return new;
end $$;
create trigger copy_to_addressee before insert on recommendation_addressee for each row execute function copy_to_addressee();

-- An addressee lies where its kind says, under a recommendation of the same place.
create function place_addressee() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  parent recommendation%rowtype;
begin
  select * into parent from recommendation where recommendation_id = new.recommendation_id;
  if new.status <> parent.status
    or new.incident_id is distinct from parent.incident_id
    or not (case new.kind
      when 'partner' then new.incident_id is not null and new.authority_code is not distinct from parent.authority_code
        and new.partnership_code is not distinct from parent.partnership_code
      when 'partnership' then new.authority_code is not distinct from parent.authority_code and new.partnership_code = new.body_code
        and (parent.partnership_code is null or parent.partnership_code = new.partnership_code)
      else new.authority_code is not distinct from new.body_code and new.partnership_code is not distinct from parent.partnership_code
        and not exists (select from body where code = new.body_code and kind <> 'national')
    end) then
    raise exception 'The addressee lies elsewhere than recommendation %.', parent.number using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger place_addressee after insert or update of body_code on recommendation_addressee
  for each row execute function place_addressee();

-- Whoever works for the whole country speaks for no partnership and for no partner of one: these have people of their own.
create function is_answered_locally(asked_addressee uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from recommendation_addressee
    where addressee_id = asked_addressee and kind <> 'national-body' and body_code is not null)
$$;
create procedure refuse_for_local(subject text, asked_addressee uuid) language plpgsql as $$
begin
  if '*' = any (my_codes(subject || ':write')) and is_answered_locally(asked_addressee) then
    raise exception 'A body of an area is answered for by its own people.' using errcode = 'insufficient_privilege';
  end if;
end $$;

-- What belongs to an addressee lies where its row lies.
create function keep_with_addressee() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  owed recommendation_addressee%rowtype;
begin
  select * into owed from recommendation_addressee where addressee_id = new.addressee_id;
  if (new.incident_id, new.authority_code, new.partnership_code, new.body_code)
    is distinct from (owed.incident_id, owed.authority_code, owed.partnership_code, owed.body_code) then
    raise exception 'What belongs to an addressee lies where it lies.' using errcode = 'check_violation';
  end if;
  if tg_table_name = 'recommendation_comment' and owed.status <> 'out-for-comment' then
    raise exception 'This recommendation is not out for comment.' using errcode = 'check_violation';
  end if;
  if tg_table_name = 'recommendation_evidence' and to_jsonb(new) ->> 'part' = 'owner' then
    call refuse_for_local('recommendation', new.addressee_id);
  end if;
  return null;
end $$;
create trigger keep_with_addressee after insert on recommendation_evidence for each row execute function keep_with_addressee();
create trigger keep_with_addressee after insert on recommendation_comment for each row execute function keep_with_addressee();

-- An addressee begins with nothing said, done or seen; a move is made now, and what is said with an account is of today.
create function begin_addressee() returns trigger language plpgsql as $$
begin
  if (new.reply, new.delivery, new.effect) <> ('awaited', 'not-started', 'not-looked-at')
    or num_nonnulls(new.replied_on, new.delivery_at, new.effect_at) > 0 then
    raise exception 'An addressee begins with nothing said, done or seen.' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create function hold_move_to_today() returns trigger language plpgsql as $$
begin
  if new.at is distinct from acting_at() or new.said_on > acting_on()
    or new.came_by = 'account' and new.said_on <> acting_on() then
    raise exception 'A move is made now.' using errcode = 'check_violation';
  end if;
  return null;
end $$;
-- The owner of the database loads what came about elsewhere.
do $$ begin
  execute format('create trigger begin_addressee after insert on recommendation_addressee for each row
    when (current_user <> %L) execute function begin_addressee()', current_user);
  execute format('create trigger hold_move_to_today after insert on recommendation_move for each row
    when (current_user <> %L) execute function hold_move_to_today()', current_user);
end $$;

create function apply_recommendation_move() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  owed recommendation_addressee%rowtype;
  needed text;
  evidence_kind text;
begin
  select * into owed from recommendation_addressee where addressee_id = new.addressee_id for update;
  if (new.incident_id, new.authority_code, new.partnership_code, new.body_code)
    is distinct from (owed.incident_id, owed.authority_code, owed.partnership_code, owed.body_code) then
    raise exception 'A move lies where its addressee lies.' using errcode = 'check_violation';
  end if;
  if owed.status in ('draft', 'out-for-comment') or (owed.status <> 'issued' and new.axis <> 'effect') then
    raise exception 'The recommendation is %.', owed.status using errcode = 'check_violation';
  end if;
  if new.from_state <> (case new.axis when 'reply' then owed.reply when 'delivery' then owed.delivery else owed.effect end) then
    raise exception 'It is no longer %.', new.from_state using errcode = 'check_violation';
  end if;
  select needs into needed from recommendation_legal_move
  where axis = new.axis and part = new.part and from_state = new.from_state and to_state = new.to_state;
  if not found then
    raise exception 'The % moves % from % to %: this is in no table.', new.part, new.axis, new.from_state, new.to_state
      using errcode = 'check_violation';
  end if;
  if new.evidence_id is not null then
    select kind into evidence_kind from recommendation_evidence
    where evidence_id = new.evidence_id and addressee_id = new.addressee_id;
  end if;
  if not (case needed
      when 'replacement' then btrim(new.replacement) <> ''
      when 'how-asked' then btrim(new.how_asked) <> ''
      when 'audit-or-observation' then coalesce(evidence_kind in ('audit', 'observation'), false)
      when 'outcome-data' then coalesce(evidence_kind = 'dataset', false)
      else true
    end)
    or (new.evidence_id is not null and evidence_kind is null) then
    raise exception 'A move to % needs %.', new.to_state, needed using errcode = 'check_violation';
  end if;
  if new.came_by in ('letter', 'mail', 'published') then
    call refuse_for_local('recommendation', new.addressee_id);
  end if;
  if new.part <> 'owner' then
    if new.part = 'judge' and owed.kind = 'national-body'
      or new.part = 'panel' and owed.kind <> 'national-body'
      or new.part = 'sample' and (owed.kind <> 'partnership' or owed.incident_id is not null) then
      raise exception 'The % does not judge what a % owes.', new.part, owed.kind using errcode = 'check_violation';
    end if;
    -- Made with the actions, which it asks too.
    if answers_for(new.person_id, new.addressee_id) then
      raise exception 'Nobody judges their own action.' using errcode = 'insufficient_privilege';
    end if;
  end if;
  update recommendation_addressee set
    reply = case new.axis when 'reply' then new.to_state else reply end,
    replied_on = case when new.axis = 'reply' and new.part = 'owner' then least(replied_on, new.said_on) else replied_on end,
    delivery = case new.axis when 'delivery' then new.to_state else delivery end,
    delivery_at = case new.axis when 'delivery' then new.at else delivery_at end,
    effect = case new.axis when 'effect' then new.to_state else effect end,
    effect_at = case when new.axis = 'effect' and new.part in ('judge', 'panel') then new.at else effect_at end
  where addressee_id = new.addressee_id;
  return null;
end $$;
create trigger apply_recommendation_move after insert on recommendation_move for each row execute function apply_recommendation_move();

create function check_by_another() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  checked uuid := (select addressee_id from recommendation_move where move_id = new.move_id);
begin
  if not exists (
    select from recommendation_move moved
    where moved.move_id = new.move_id and moved.came_by <> 'account'
      and moved.person_id is distinct from new.person_id
      -- Whoever made the link could have said it with the link.
      and not exists (select from link where link.id = moved.link_id and link.person_id = new.person_id)
      and (moved.incident_id, moved.authority_code, moved.partnership_code)
        is not distinct from (new.incident_id, new.authority_code, new.partnership_code)) then
    raise exception 'What was entered is checked by somebody else than who entered it, or made its link.' using errcode = 'check_violation';
  end if;
  call refuse_for_local('recommendation', checked);
  return null;
end $$;
create trigger check_by_another after insert on recommendation_move_check for each row execute function check_by_another();
