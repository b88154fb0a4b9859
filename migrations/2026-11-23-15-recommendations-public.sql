-- What everybody reads of recommendations: as it was when something public last happened to them. Public doors read these
-- two tables and no other.
create table published_recommendation (
  number text primary key,
  -- `Picture` of src/recommendations/progress/picture.ts: all that is shown.
  shown jsonb not null,
  -- What lists find it by, each a kind and a value: `theme:neglect`.
  tags text[] not null,
  published_on date not null,
  -- The day of the last public change.
  changed_on date not null
);
create trigger keeps_marks_private before insert or update on published_recommendation for each row
  when (new::text like '%[words withdrawn]%') execute function keep_marks_private();
create index on published_recommendation using gin (tags);
create index on published_recommendation (published_on desc, number);
-- What lists can be filtered by, and the last day on which any of it changed. One row.
create table published_choice (
  is_only boolean primary key default true check (is_only),
  sources text[] not null,
  addressees text[] not null,
  changed_on date not null
);

-- A recommendation is published by what publishes: its review, or the act of whoever issues national ones.
create policy publish on recommendation for update to weathervane_app
  using (status not in ('draft', 'out-for-comment') and (select allowed('published:write:national')))
  with check (published_at is not null and (select allowed('published:write:national')));

-- Asked of whoever owed an answer that was done or closed: its theme has come up again, did it work?
create table theme_question (
  question_id uuid primary key default gen_random_uuid(),
  addressee_id uuid not null references recommendation_addressee,
  recommendation_id uuid not null references recommendation,
  -- Where the addressee lies.
  incident_id uuid,
  authority_code text,
  partnership_code text,
  body_code text,
  themes text[] not null,
  -- A later review is published that it is asked for: until then none of it is public.
  is_public boolean not null default false,
  asked_at timestamptz not null,
  answer text check (answer in ('worked', 'in-part', 'did-not', 'cannot-say')),
  words text not null default '',
  -- Who spoke; nobody of ours for a link.
  said_by text not null default '',
  person_id uuid references person,
  link_id uuid,
  answered_at timestamptz,
  constraint theme_question_answered check (num_nulls(answer, answered_at) in (0, 2) and (answer is null) = (words = '')
    and (answer is null) = (said_by = '') and num_nonnulls(person_id, link_id) = (case when answer is null then 0 else 1 end)),
  constraint theme_question_incident_fkey foreign key (incident_id) references incident (incident_id)
);
create unique index theme_question_open on theme_question (addressee_id) where answer is null;
create index on theme_question (partnership_code, answered_at);
create index on theme_question (body_code);
create trigger keep_with_addressee after insert on theme_question for each row execute function keep_with_addressee();
-- What it is asked for. Whoever may not see the later incident is told its theme and no more.
create table theme_question_cause (
  question_id uuid not null references theme_question,
  kind text not null check (kind in ('notification', 'letter', 'recommendation', 'publication')),
  later_on date not null,
  themes text[] not null,
  -- The later incident.
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  primary key (question_id, kind, incident_id),
  constraint theme_question_cause_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
revoke update, delete on theme_question from weathervane_app;
grant update (themes, is_public, answer, words, said_by, person_id, link_id, answered_at) on theme_question to weathervane_app;
revoke update, delete on theme_question_cause from weathervane_app;

call guard_table('published_recommendation');
call guard_table('published_choice');
call guard_table('theme_question');
call guard_table('theme_question_cause');
call is_public('published_recommendation');
call is_public('published_choice');
create policy everybody on published_recommendation for select to weathervane_app using (true);
create policy everybody on published_choice for select to weathervane_app using (true);
do $$
declare name text;
begin
  foreach name in array array['published_recommendation', 'published_choice'] loop
    execute format('create policy publish_new on %I for insert to weathervane_app with check ((select allowed(''published:write:national'')))', name);
    execute format('create policy publish on %I for update to weathervane_app using ((select allowed(''published:write:national'')))', name);
  end loop;
end $$;
call guard_conflict('theme_question');
call guard_conflict('theme_question_cause');
-- Also where it lies under the code of another body.
create policy conflict_with_authority on theme_question as restrictive to weathervane_app using (
  (select my_list('hidden_authorities')) = '{}' or incident_id is null or not lies_in_hidden_authority(incident_id));
-- What is asked for an incident tells of it: who has a conflict with that incident is told neither.
create function asks_for_hidden(asked_question uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from theme_question_cause
    where question_id = asked_question
      and (incident_id = any (my_list('hidden')::uuid[]) or authority_code = any (my_list('hidden_authorities'))))
$$;
grant execute on function asks_for_hidden(uuid) to weathervane_app;
create policy conflict_with_cause on theme_question as restrictive for select to weathervane_app using (
  ((select my_list('hidden')) = '{}' and (select my_list('hidden_authorities')) = '{}') or not asks_for_hidden(question_id));
call guard('theme_question', 'select', 'theme-question', 'read');
call guard('theme_question', 'insert', 'theme-question', 'write', 'answer is null');
call guard('theme_question', 'update', 'theme-question', 'write');
-- The owner answers, for their own body.
do $$ begin
  execute format('create policy answered_by_owner on theme_question for update to weathervane_app
    using (answer is null and body_code = any ((select my_list(''authorities''))::text[]) and %1$s)
    with check (answer is not null and person_id = (select my_person()) and %1$s)', regexp_replace(reach('theme-question', 'reply'), ' or person_id = .*$', ')'));
end $$;
-- An answer stands, and what became public stays so. Who answers changes nothing else.
create function hold_theme_question() returns trigger language plpgsql as $$
begin
  if old.answer is not null and (new.answer, new.words, new.said_by, new.person_id, new.link_id, new.answered_at, new.themes)
      is distinct from (old.answer, old.words, old.said_by, old.person_id, old.link_id, old.answered_at, old.themes)
    or old.answer is null and new.answer is not null and (new.themes, new.is_public) is distinct from (old.themes, old.is_public)
    or old.is_public and not new.is_public then
    raise exception 'What was answered about a theme stands.' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger hold_theme_question before update on theme_question for each row execute function hold_theme_question();
-- With a link a body without an account answers the one question, and reads the recommendation it is about and no cause.
create function my_linked_questions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(question_id), '{}')
  from theme_question join recommendation on recommendation.recommendation_id = theme_question.recommendation_id
  where question_id = any (my_linked('did-it-work'))
    and is_linked_place(recommendation.incident_id, recommendation.authority_code, recommendation.partnership_code)
$$;
create function my_asked_addressees() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(addressee_id), '{}') from theme_question where question_id = any (my_linked_questions())
$$;
create function my_asked_recommendations() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(recommendation_id), '{}') from theme_question where question_id = any (my_linked_questions())
$$;
grant execute on function my_linked_questions(), my_asked_addressees(), my_asked_recommendations() to weathervane_app;
create policy asked_by_link on theme_question for select to weathervane_app
  using (question_id = any ((select my_linked_questions())::uuid[]));
create policy answered_by_link on theme_question for update to weathervane_app
  using (answer is null and question_id = any ((select my_linked_questions())::uuid[]))
  with check (answer is not null and link_id is not null and person_id is null
    and question_id = any ((select my_linked_questions())::uuid[]));
create policy asked_by_link on recommendation for select to weathervane_app
  using (recommendation_id = any ((select my_asked_recommendations())::uuid[]));
create policy asked_by_link on recommendation_addressee for select to weathervane_app
  using (addressee_id = any ((select my_asked_addressees())::uuid[]));
call guard('theme_question_cause', 'select', 'incident', 'read');
call guard('theme_question_cause', 'insert', 'theme-question', 'write');

-- What was closed is looked at again: it is opened, or stays closed, each with a reason.
create table recommendation_reconsidered (
  reconsidered_id uuid primary key default gen_random_uuid(),
  recommendation_id uuid not null references recommendation,
  incident_id uuid,
  authority_code text,
  partnership_code text,
  decision text not null check (decision in ('reopened', 'stays-closed')),
  -- What it is opened again for: nobody in public hears of it before that question is public. Null: something public.
  question_id uuid references theme_question,
  reason text not null check (btrim(reason) <> ''),
  -- The closing it is about.
  ended_at timestamptz not null,
  ended_reason text not null,
  person_id uuid not null references person,
  at timestamptz not null,
  constraint recommendation_reconsidered_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on recommendation_reconsidered (recommendation_id, at);
revoke update, delete on recommendation_reconsidered from weathervane_app;
call guard_table('recommendation_reconsidered');
call guard_conflict('recommendation_reconsidered');
create policy conflict_with_cause on recommendation_reconsidered as restrictive for select to weathervane_app using (
  question_id is null or ((select my_list('hidden')) = '{}' and (select my_list('hidden_authorities')) = '{}') or not asks_for_hidden(question_id));
call guard('recommendation_reconsidered', 'select', 'recommendation', 'read', 'incident_id is not null');
call guard('recommendation_reconsidered', 'select', 'national-recommendation-draft', 'read', 'incident_id is null');
call guard('recommendation_reconsidered', 'insert', 'recommendation-draft', 'send', 'incident_id is not null and person_id = (select my_person())');
call guard('recommendation_reconsidered', 'insert', 'national-recommendation-draft', 'send', 'incident_id is null and person_id = (select my_person())');
create function was_reopened(asked_recommendation uuid, closed_at timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from recommendation_reconsidered
    where recommendation_id = asked_recommendation and ended_at = closed_at and decision = 'reopened')
$$;
-- Whether it was opened again for something that is not public.
create function is_open_unseen(asked_recommendation uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from recommendation_reconsidered join theme_question using (question_id)
    where recommendation_reconsidered.recommendation_id = asked_recommendation and decision = 'reopened' and not is_public)
$$;
grant execute on function was_reopened(uuid, timestamptz), is_open_unseen(uuid) to weathervane_app;
create function hold_reconsidered() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select from recommendation
    where recommendation.recommendation_id = new.recommendation_id and status = 'closed'
      and (ended_at, ended_reason) = (new.ended_at, new.ended_reason)
      and (recommendation.incident_id, recommendation.authority_code, recommendation.partnership_code)
        is not distinct from (new.incident_id, new.authority_code, new.partnership_code))
    or new.question_id is not null and not exists (
      select from theme_question where question_id = new.question_id and recommendation_id = new.recommendation_id) then
    raise exception 'Only what is closed is looked at again.' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger hold_reconsidered after insert on recommendation_reconsidered for each row execute function hold_reconsidered();
-- Once the question is public, those who were not to hear of it before see it open.
create function show_reopening() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update recommendation_addressee set status = recommendation.status
  from recommendation
  where recommendation.recommendation_id = new.recommendation_id
    and recommendation_addressee.recommendation_id = new.recommendation_id
    and recommendation_addressee.status <> recommendation.status and not is_open_unseen(new.recommendation_id);
  return null;
end $$;
create trigger show_reopening after update of is_public on theme_question for each row
  when (new.is_public and not old.is_public) execute function show_reopening();
