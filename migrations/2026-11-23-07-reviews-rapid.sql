-- The rapid review of one incident: opens by itself, belongs to a named group until it waits for signatures.
create table rapid_review (
  review_id uuid primary key,
  incident_id uuid not null unique,
  authority_code text not null,
  partnership_code text not null,
  status text not null default 'draft' check (status in ('draft', 'signing', 'sent')),
  revision int4 not null default 1,
  answers jsonb not null default '{}',
  typed jsonb not null default '{}',
  -- When each page was last saved, so that two people on one page are told of each other.
  page_revisions jsonb not null default '{}',
  -- Sections that text of a file was placed in and nobody has saved since: nobody has said that they read it.
  unread_sections text[] not null default '{}',
  outcomes text[] not null default '{}',
  clock_started_on date not null,
  due_on date not null,
  late_reason text,
  opened_at timestamptz not null,
  -- Of the text that waits for signatures.
  answers_hash text,
  -- Tells a draft that was sent back from one that its own group took back since.
  signatures_asked_at timestamptz,
  sent_at timestamptz,
  constraint rapid_review_place_fkey foreign key (review_id, incident_id, authority_code, partnership_code)
    references review (review_id, incident_id, authority_code, partnership_code)
);
create index on rapid_review (partnership_code, status);
create index on rapid_review (status, due_on);
create table rapid_review_version (
  incident_id uuid not null,
  version int4 not null,
  authority_code text not null,
  partnership_code text not null,
  form_version text not null,
  answers jsonb not null,
  hash text not null,
  sent_by uuid references person,
  sent_at timestamptz not null,
  primary key (incident_id, version),
  constraint rapid_review_version_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
-- What a partner signed is the text with this hash: a change after signing asks for a new signature.
create table rapid_review_signature (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  partner text not null check (partner in ('authority', 'icb', 'police')),
  body_code text not null references body,
  person_id uuid not null references person,
  answers_hash text not null,
  -- How often the partner had sent the review back until then: a signature given before does not count afterwards, even
  -- for the same text.
  returns_before int4 not null default 0,
  signed_at timestamptz not null,
  constraint rapid_review_signature_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on rapid_review_signature (incident_id);
create unique index on rapid_review_signature (incident_id, partner, answers_hash, returns_before);
-- A partner who sends a review back says why, in words about a child: they belong to the review, not to its history.
create table rapid_review_return (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null,
  authority_code text not null,
  partnership_code text not null,
  partner text not null check (partner in ('authority', 'icb', 'police')),
  answers_hash text not null,
  person_id uuid not null references person,
  reason text not null,
  returned_at timestamptz not null,
  constraint rapid_review_return_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on rapid_review_return (incident_id);
-- What partners had before them and is a draft again: whoever is asked once more is shown what changed since.
create table rapid_review_earlier_text (
  incident_id uuid not null,
  answers_hash text not null,
  authority_code text not null,
  partnership_code text not null,
  answers jsonb not null,
  -- Of the last time that signatures were asked for it.
  revision int4 not null,
  asked_at timestamptz not null,
  primary key (incident_id, answers_hash),
  constraint rapid_review_earlier_text_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create table paragraph_placement (
  incident_id uuid not null,
  document_id uuid not null,
  number int4 not null,
  authority_code text not null,
  partnership_code text not null,
  section text not null,
  primary key (document_id, number),
  foreign key (document_id, incident_id) references document (id, incident_id),
  constraint paragraph_placement_place_fkey foreign key (incident_id, authority_code, partnership_code)
    references incident (incident_id, authority_code, partnership_code)
);
create index on paragraph_placement (incident_id);
-- When a review is due, and of which place it is, follows from its notification.
revoke update on rapid_review from weathervane_app;
grant update (status, revision, answers, typed, page_revisions, unread_sections, outcomes, late_reason, answers_hash,
  signatures_asked_at, sent_at) on rapid_review to weathervane_app;
revoke update, delete on rapid_review_version, rapid_review_signature, rapid_review_return from weathervane_app;
revoke insert, update, delete on rapid_review_earlier_text from weathervane_app;

call guard_table('rapid_review');
call guard_table('rapid_review_version');
call guard_table('rapid_review_signature');
call guard_table('rapid_review_return');
call guard_table('rapid_review_earlier_text');
call guard_table('paragraph_placement');
call guard_conflict('rapid_review');
call guard_conflict('rapid_review_version');
call guard_conflict('rapid_review_signature');
call guard_conflict('rapid_review_return');
call guard_conflict('rapid_review_earlier_text');
call guard_conflict('paragraph_placement');
call guard('rapid_review', 'select', 'rapid-review-draft', 'read', 'status = ''draft''');
call guard('rapid_review', 'select', 'rapid-review-signing', 'read', 'status = ''signing''');
call guard('rapid_review', 'select', 'rapid-review', 'read', 'status = ''sent''');
call guard('rapid_review', 'insert', 'rapid-review-draft', 'write',
  'status = ''draft'' and exists (select from review where review.review_id = rapid_review.review_id and review.kind = ''rapid'')');
call guard('rapid_review', 'update', 'rapid-review-draft', 'write', 'status = ''draft''', 'status in (''draft'', ''signing'')');
call guard('rapid_review', 'update', 'rapid-review-signing', 'write', 'status = ''signing''', 'status = ''draft''');
call guard('rapid_review', 'update', 'rapid-review-signing', 'send', 'status = ''signing''', 'status = ''sent''');
call guard('rapid_review_version', 'select', 'rapid-review', 'read');
call guard('rapid_review_version', 'insert', 'rapid-review-signing', 'send');
-- Signatures, and the words of a return, are read where the text they are about can be read.
call guard('rapid_review_signature', 'select', 'rapid-review-signing', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_signature.incident_id and rapid_review.status = ''signing'')');
call guard('rapid_review_signature', 'select', 'rapid-review', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_signature.incident_id and rapid_review.status = ''sent'')');
call guard('rapid_review_signature', 'insert', 'rapid-review-signing', 'sign');
call guard('rapid_review_return', 'select', 'rapid-review-draft', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_return.incident_id and rapid_review.status = ''draft'')');
call guard('rapid_review_return', 'select', 'rapid-review-signing', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_return.incident_id and rapid_review.status = ''signing'')');
call guard('rapid_review_return', 'insert', 'rapid-review-signing', 'sign');
call guard('rapid_review_earlier_text', 'select', 'rapid-review-signing', 'read',
  'exists (select from rapid_review where rapid_review.incident_id = rapid_review_earlier_text.incident_id and rapid_review.status = ''signing'')');
call guard('paragraph_placement', 'select', 'rapid-review-draft', 'read');
call guard('paragraph_placement', 'insert', 'rapid-review-draft', 'write');
call guard('paragraph_placement', 'update', 'rapid-review-draft', 'write');
call guard('paragraph_placement', 'delete', 'rapid-review-draft', 'write');

-- Files and what was placed of them belong to a draft: once its text stands still they do too. Who joins a review that
-- was sent would join nothing.
create policy to_a_draft on document as restrictive for insert to weathervane_app
  with check (subject <> 'rapid-review-draft' or exists (
    select from rapid_review where rapid_review.incident_id = document.incident_id and rapid_review.status = 'draft'));
create policy to_a_draft on paragraph as restrictive for insert to weathervane_app
  with check (exists (
    select from document where document.id = paragraph.document_id and (document.subject <> 'rapid-review-draft' or exists (
      select from rapid_review where rapid_review.incident_id = document.incident_id and rapid_review.status = 'draft'))));
create policy to_a_draft_new on paragraph_placement as restrictive for insert to weathervane_app
  with check (exists (
    select from rapid_review where rapid_review.incident_id = paragraph_placement.incident_id and rapid_review.status = 'draft'));
create policy to_a_draft on paragraph_placement as restrictive for update to weathervane_app
  using (exists (
    select from rapid_review where rapid_review.incident_id = paragraph_placement.incident_id and rapid_review.status = 'draft'));
create policy of_a_draft on paragraph_placement as restrictive for delete to weathervane_app
  using (exists (
    select from rapid_review where rapid_review.incident_id = paragraph_placement.incident_id and rapid_review.status = 'draft'));
create policy before_sending on review_member as restrictive for insert to weathervane_app
  with check (kind <> 'rapid' or exists (
    select from rapid_review where rapid_review.incident_id = review_member.incident_id and rapid_review.status <> 'sent'));

-- What was sent is the text that waits for signatures, and nothing is added to it.
create policy of_the_signed_text on rapid_review_version as restrictive for insert to weathervane_app
  with check (exists (
    select from rapid_review where rapid_review.incident_id = rapid_review_version.incident_id and rapid_review.status = 'signing'
      and rapid_review.answers_hash = rapid_review_version.hash and rapid_review.answers = rapid_review_version.answers));
-- Nobody signs or sends back in the name of another person, at another time, or another text than the one they were
-- asked to sign.
create policy as_oneself on rapid_review_signature as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()) and signed_at = (select acting_at()) and exists (
    select from rapid_review where rapid_review.incident_id = rapid_review_signature.incident_id
      and rapid_review.status = 'signing' and rapid_review.answers_hash = rapid_review_signature.answers_hash));
create policy as_oneself on rapid_review_return as restrictive for insert to weathervane_app
  with check (person_id = (select my_person()) and returned_at = (select acting_at()) and exists (
    select from rapid_review where rapid_review.incident_id = rapid_review_return.incident_id
      and rapid_review.status = 'signing' and rapid_review.answers_hash = rapid_review_return.answers_hash));

-- The partner for whom the acting body signs what happened in an authority; null where it signs nothing there. Several
-- authorities of a partnership are one partner: the one of the incident signs. That the body belongs to the partnership
-- on that day is the scope `partnership` of whoever may sign.
create function my_partner(place_authority text) returns text language sql stable set search_path = public, pg_temp as $$
  select kind from body
  where code = any (my_list('authorities')) and (kind in ('icb', 'police') or (kind = 'authority' and code = place_authority))
$$;
grant execute on function my_partner(text) to weathervane_app;
-- A signature, and a review sent back, are taken from the body that signs, whatever code asks for them.
create policy as_who_signs on rapid_review_signature as restrictive for insert to weathervane_app
  with check (partner = my_partner(authority_code) and body_code = any ((select my_list('authorities'))::text[])
    and returns_before = (select count(*) from rapid_review_return
      where rapid_review_return.incident_id = rapid_review_signature.incident_id
        and rapid_review_return.partner = rapid_review_signature.partner));
create policy as_who_signs on rapid_review_return as restrictive for insert to weathervane_app
  with check (partner = my_partner(authority_code));

-- A partner who does not sign sends the review back. It becomes a draft, which a partner outside the group may not see,
-- so no policy can give this step; who may sign may send back, and nothing else of the row changes.
create function send_back_rapid_review(review uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update rapid_review set status = 'draft', answers_hash = null, revision = revision + 1
  where incident_id = review and status = 'signing'
    and allowed('rapid-review-signing:sign:partnership')
    and (array[partnership_code, partnership_code || ' ' || authority_code] && my_codes('rapid-review-signing:sign')
      or incident_id = any (my_reached('rapid-review-signing:sign')))
    and my_partner(authority_code) is not null
    and incident_id <> all (my_ids('hidden'))
    and authority_code <> all (my_list('hidden_authorities'));
  return found;
end $$;
grant execute on function send_back_rapid_review(uuid) to weathervane_app;

-- Policies for one command are joined with "or", conditions on the row found apart from those on the row written: by them
-- whoever may write a draft and send what was signed could send a draft, or change the text while it waits. A trigger sees
-- both rows. It looks as the owner at what the person may not see any more, or not yet; it is the owner alone whom it
-- lets pass, whatever the name of the login.
create function hold_text_to_sign() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  refused text;
begin
  if old.status = 'draft' and new.status = 'signing' then
    refused := case
      when not allowed('rapid-review-signing:send:partnership') then 'Whoever sends a rapid review asks for its signatures.'
      when new.answers_hash is null then 'Signatures are asked for a text.'
      -- Signatures of another text would count for this one.
      when exists (
        select from rapid_review_earlier_text earlier
        where earlier.incident_id = new.incident_id and earlier.answers_hash = new.answers_hash
          and earlier.answers is distinct from new.answers) then 'The hash of a rapid review is that of another text.'
    end;
  elsif old.status = 'signing' and new.status = 'sent' then
    refused := case
      when new.answers is distinct from old.answers or new.answers_hash is distinct from old.answers_hash
        or to_jsonb(new.outcomes) <> coalesce(new.answers -> 'outcomes', '[]')
        then 'The text of a rapid review stands still once signatures are asked for.'
      when new.sent_at is distinct from acting_at() then 'A rapid review is sent now.'
      when not exists (
        select from rapid_review_version version
        where version.incident_id = new.incident_id and version.hash = new.answers_hash and version.answers = new.answers)
        then 'A rapid review is sent with its version.'
      when exists (
        select from unnest(array['authority', 'icb', 'police']) asked (partner)
        where not exists (
          select from rapid_review_signature signature
          where signature.incident_id = new.incident_id and signature.partner = asked.partner
            and signature.answers_hash = new.answers_hash
            and (signature.partner <> 'authority' or signature.body_code = signature.authority_code)
            and signature.returns_before >= (
              select count(*) from rapid_review_return given
              where given.incident_id = new.incident_id and given.partner = asked.partner)))
        then 'A rapid review is sent with the signatures of its three partners.'
    end;
  elsif old.status = 'draft' and new.status = 'sent' then
    refused := 'A rapid review waits for signatures before it is sent.';
  elsif old.status <> 'draft' and (new.status = old.status or new.answers is distinct from old.answers) then
    refused := 'The text of a rapid review stands still once signatures are asked for.';
  end if;
  if refused is not null then
    raise exception '%', refused using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
do $$ begin
  execute format('create trigger hold_text_to_sign before update on rapid_review for each row
    when (current_user <> %L) execute function hold_text_to_sign()', current_user);
end $$;

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
