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
-- What a partner signed is the text with this hash: a change after signing asks for a new signature.
create table review_signature (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  partner text not null check (partner in ('authority', 'icb', 'police')),
  body_code text not null references body,
  person_id uuid not null references person,
  text_hash text not null,
  -- How often the partner had sent the review back until then: a signature given before does not count afterwards, even
  -- for the same text.
  sent_back_before int4 not null default 0,
  signed_at timestamptz not null,
  constraint review_signature_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create unique index on review_signature (review_id, partner, text_hash, sent_back_before);
-- A partner who sends a review back says why, in words about a child: they belong to the review, not to its history.
create table review_sent_back (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  partner text not null check (partner in ('authority', 'icb', 'police')),
  text_hash text not null,
  person_id uuid not null references person,
  reason text not null,
  sent_back_at timestamptz not null,
  constraint review_sent_back_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on review_sent_back (review_id);
-- Each text for which signatures were asked: whoever is asked once more is shown what changed since. A hash is that of one
-- text, whoever writes it.
create table review_text (
  review_id uuid not null,
  -- From 1, as signatures were asked for.
  number int4 not null,
  hash text not null,
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  text jsonb not null,
  asked_at timestamptz not null,
  primary key (review_id, number),
  constraint review_text_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
revoke update, delete on review, review_signature, review_sent_back from weathervane_app;
revoke update on review_incident, review_member from weathervane_app;
-- The database itself keeps a text when signatures are asked for it.
revoke insert, update, delete on review_text from weathervane_app;

call guard_table('review');
call guard_table('review_incident');
call guard_table('review_member');
call guard_table('review_signature');
call guard_table('review_sent_back');
call guard_table('review_text');
call guard_conflict('review');
call guard_conflict('review_incident');
call guard_conflict('review_member');
call guard_conflict('review_signature');
call guard_conflict('review_sent_back');
call guard_conflict('review_text');
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

-- A file of one kind of review is never one of the other's.
alter table document add constraint document_review_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
  references review (review_id, incident_id, authority_code, partnership_code);
create policy of_its_review on document as restrictive for insert to weathervane_app
  with check (subject not like 'rapid-review%' and review_id is null or exists (
    select from review where review.review_id = document.review_id
      and (review.kind = 'rapid') = (document.subject like 'rapid-review%')));

-- The partner for whom the acting body signs what happened in an authority; null where it signs nothing there. Several
-- authorities of a partnership are one partner: the one of the incident signs. That the body belongs to the partnership
-- on that day is the scope `partnership` of whoever may sign.
create function my_partner(place_authority text) returns text language sql stable set search_path = public, pg_temp as $$
  select kind from body
  where code = any (my_list('authorities')) and (kind in ('icb', 'police') or (kind = 'authority' and code = place_authority))
$$;
grant execute on function my_partner(text) to weathervane_app;
-- A signature, and a review sent back, are taken from the body that signs, now, in nobody else's name, whatever code asks
-- for them.
create policy as_oneself on review_signature as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()) and signed_at = (select acting_at()));
create policy as_oneself on review_sent_back as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()) and sent_back_at = (select acting_at()));
create policy as_who_signs on review_signature as restrictive for insert to weathervane_app
  with check (partner = my_partner(authority_code) and body_code = any ((select my_list('authorities'))::text[])
    and sent_back_before = (select count(*) from review_sent_back
      where review_sent_back.review_id = review_signature.review_id
        and review_sent_back.partner = review_signature.partner));
create policy as_who_signs on review_sent_back as restrictive for insert to weathervane_app
  with check (partner = my_partner(authority_code));

-- What is signed of one kind of review: a row of `name`, which has review_id, status ('draft', 'signing' and what comes
-- after), text_hash, revision and the text itself in the column `text_column`. `drafted`, `signing` and `signed` are the
-- subjects under which it is read in each status; `asking` is the right to ask for signatures.
create procedure guard_signing(name text, text_column text, drafted text, signing text, signed text, asking text)
language plpgsql as $$
declare
  its text := format('exists (select from %1$I where %1$I.review_id = ', name) || '%s.review_id and %s)';
  waits text := format('%I.status = ''signing''', name);
  of_text text := format('%I.status = ''signing'' and %1$I.text_hash = ', name);
begin
  -- Signatures, and the words of who sent it back, are read where the text they are about can be read.
  call guard('review_signature', 'select', signing, 'read', format(its, 'review_signature', case when signing = signed
    then format('%I.status <> ''draft''', name) else waits end));
  if signed <> signing then
    call guard('review_signature', 'select', signed, 'read',
      format(its, 'review_signature', format('%I.status not in (''draft'', ''signing'')', name)));
  end if;
  call guard('review_signature', 'insert', signing, 'sign', format(its, 'review_signature', of_text || 'review_signature.text_hash'));
  call guard('review_sent_back', 'select', drafted, 'read', format(its, 'review_sent_back', case when drafted = signing
    then format('%I.status in (''draft'', ''signing'')', name) else format('%I.status = ''draft''', name) end));
  if drafted <> signing then
    call guard('review_sent_back', 'select', signing, 'read', format(its, 'review_sent_back', waits));
  end if;
  call guard('review_sent_back', 'insert', signing, 'sign', format(its, 'review_sent_back', of_text || 'review_sent_back.text_hash'));
  call guard('review_text', 'select', signing, 'read', format(its, 'review_text', waits));
  -- It is the owner alone whom the trigger lets pass, whatever the name of the login.
  execute format('create trigger hold_text_to_sign before update on %I for each row when (current_user <> %L)
    execute function hold_text_to_sign(%L, %L, %L)', name, current_user, replace(name, '_', ' '), text_column, asking);
  execute format('create trigger keep_text after update on %I for each row
    when (old.status = ''draft'' and new.status = ''signing'') execute function keep_text(%L)', name, text_column);
end $$;

-- Policies for one command are joined with "or", conditions on the row found apart from those on the row written: by them
-- whoever may write a draft and move what was signed could move a draft, or change the text while it waits. A trigger sees
-- both rows. It looks as the owner at what the person may not see any more, or not yet.
create function hold_text_to_sign() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  its_name text := tg_argv[0];
  was jsonb := to_jsonb(old) -> tg_argv[1];
  is_now jsonb := to_jsonb(new) -> tg_argv[1];
  refused text;
begin
  if old.status = 'draft' and new.status = 'signing' then
    refused := case
      when not allowed(tg_argv[2]) then 'Whoever sends a %s asks for its signatures.'
      when new.text_hash is null then 'Signatures are asked for a text.'
      -- Signatures of another text would count for this one.
      when exists (
        select from review_text earlier
        where earlier.review_id = new.review_id and earlier.hash = new.text_hash and earlier.text is distinct from is_now)
        then 'The hash of a %s is that of another text.'
    end;
  elsif old.status = 'signing' and new.status <> 'draft' and new.status <> old.status then
    refused := case
      when is_now is distinct from was or new.text_hash is distinct from old.text_hash
        then 'The text of a %s stands still once signatures are asked for.'
      when not signed_by_all(new.review_id, new.text_hash) then 'A %s goes on with the signatures of its three partners.'
    end;
  elsif old.status = 'draft' and new.status <> old.status then
    refused := 'A %s waits for signatures before it goes on.';
  elsif old.status <> 'draft' and (new.status = old.status or is_now is distinct from was) then
    refused := 'The text of a %s stands still once signatures are asked for.';
  end if;
  if refused is not null then
    raise exception '%', format(refused, its_name) using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create function keep_text() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into review_text (review_id, number, hash, incident_id, authority_code, partnership_code, text, asked_at)
  select new.review_id, 1 + count(*), new.text_hash, new.incident_id, new.authority_code, new.partnership_code,
    to_jsonb(new) -> tg_argv[0], acting_at()
  from review_text where review_text.review_id = new.review_id;
  return null;
end $$;

-- Each of the three has signed this text, and has not sent it back since.
create function signed_by_all(signed_review uuid, signed_hash text) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select count(distinct signature.partner) = 3
  from review_signature signature
  where signature.review_id = signed_review and signature.text_hash = signed_hash
    and (signature.partner <> 'authority' or signature.body_code = signature.authority_code)
    and signature.sent_back_before >= (
      select count(*) from review_sent_back given
      where given.review_id = signed_review and given.partner = signature.partner)
$$;

-- A partner who does not sign sends the review back. It becomes a draft, which a partner outside the group may not see,
-- so no policy can give this step; who may sign may send back, and nothing else of the row changes.
create function send_back_review(asked uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sent_back review%rowtype;
  signing text;
  moved int4;
begin
  select review.* into sent_back from review where review_id = asked;
  signing := case sent_back.kind when 'rapid' then 'rapid-review-signing' else 'local-review' end || ':sign';
  if allowed(signing || ':partnership')
    and (array[sent_back.partnership_code, sent_back.partnership_code || ' ' || sent_back.authority_code] && my_codes(signing)
      or sent_back.incident_id = any (my_reached(signing)))
    and my_partner(sent_back.authority_code) is not null
    and sent_back.incident_id <> all (my_ids('hidden'))
    and sent_back.authority_code <> all (my_list('hidden_authorities')) then
    execute format('update %I set status = ''draft'', text_hash = null, revision = revision + 1
      where review_id = $1 and status = ''signing''', case sent_back.kind when 'rapid' then 'rapid_review' else 'draft' end)
      using asked;
    get diagnostics moved = row_count;
    return moved = 1;
  end if;
  return false;
end $$;
grant execute on function send_back_review(uuid) to weathervane_app;
