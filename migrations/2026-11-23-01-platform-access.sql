-- Who is acting, what they may do, and the policies that hold every table to it. The files after this one are made under
-- its default privileges, and guard their tables with its procedures.

-- Roles are cluster-wide and may be there already.
do $$ begin
  create role weathervane_app nologin;
-- Two databases of one cluster may be made at the same moment.
exception when duplicate_object or unique_violation then null; end $$;

-- Every connection becomes weathervane_app first, the owner's too. PostgreSQL 16 tells being a member from becoming.
do $$ begin
  if not pg_has_role(current_user, 'weathervane_app',
    case when current_setting('server_version_num')::int4 >= 160000 then 'SET' else 'MEMBER' end) then
    execute format('grant weathervane_app to %I', current_user);
  end if;
exception when insufficient_privilege then
  raise exception 'The login % is not a member of weathervane_app. Let an administrator of the server run: grant weathervane_app to %', current_user, quote_ident(current_user)
    using errcode = 'insufficient_privilege';
end $$;

grant usage on schema public to weathervane_app;
alter default privileges in schema public grant select, insert, update, delete on tables to weathervane_app;
alter default privileges in schema public grant usage on sequences to weathervane_app;
-- Unless this is said everybody may run a function, also one that steps out of row-level security. Those that the
-- service runs have a grant of their own.
alter default privileges revoke execute on functions from public;

-- A copy of src/platform/access/access-table.ts, written by `migrate`; the server refuses to start when they differ.
create table access_right (
  who text not null,
  subject text not null,
  action text not null,
  scope text not null,
  primary key (who, subject, action, scope)
);
revoke insert, update, delete on access_right from weathervane_app;
-- The server asks at its start which migrations have run.
grant select on migration to weathervane_app;

-- What one transaction may do stands in settings that end with it. `weathervane_begin` alone works them out.
create function my_list(name text) returns text[] language sql stable as
  $$ select coalesce(nullif(current_setting('weathervane.' || name, true), ''), '{}')::text[] $$;
create function my_ids(name text) returns uuid[] language sql stable as
  $$ select coalesce(nullif(current_setting('weathervane.' || name, true), ''), '{}')::uuid[] $$;
create function my_person() returns uuid language sql stable as
  $$ select nullif(current_setting('weathervane.person', true), '')::uuid $$;
-- The day and the moment of this transaction, as the service has them: not those of the database's own clock.
create function acting_on() returns date language sql stable as
  $$ select nullif(current_setting('weathervane.acting_on', true), '')::date $$;
create function acting_at() returns timestamptz language sql stable as
  $$ select nullif(current_setting('weathervane.acting_at', true), '')::timestamptz $$;
create function allowed(access text) returns boolean language sql stable as
  $$ select access = any (my_list('rights')) $$;
-- How far one right, `rapid-review:read`, reaches: the authorities and partnerships, `PARTNERSHIP AUTHORITY` for what one
-- authority had of a partnership, `*` for every row ...
create function my_codes(access text) returns text[] language sql stable as
  $$ select my_list(translate(access, '-:', '_.') || '.codes') $$;
-- ... and the incidents, or the person where it is what they wrote themselves: one of `groups`, `group_drafts`,
-- `local_groups`, `former_incidents`, `allocated`, `led`, `persons`.
create function my_reached(access text) returns uuid[] language sql stable as
  $$ select my_ids(coalesce(nullif(current_setting('weathervane.' || translate(access, '-:', '_.') || '.ids', true), ''), 'none')) $$;
-- What whoever came with a link of this purpose may see: the one thing that it opens.
create function my_linked(purpose text) returns uuid[] language sql stable as
  $$ select case when current_setting('weathervane.who', true) = 'link:' || purpose then my_ids('linked') else '{}' end $$;
-- The link somebody came with.
create function my_link() returns uuid language sql stable as
  $$ select nullif(current_setting('weathervane.link', true), '')::uuid $$;
-- The thing lies where the link says it does: a link made for one place opens nothing of another.
create function is_linked_place(incident uuid, authority text, partnership text) returns boolean language sql stable as
  $$ select array[incident::text, authority, partnership] is not distinct from my_list('linked_place') $$;
grant execute on function my_list(text), my_ids(text), my_person(), acting_on(), acting_at(), allowed(text), my_codes(text), my_reached(text), my_linked(text), my_link(),
  is_linked_place(uuid, text, text)
to weathervane_app;

-- The condition under which the acting person reaches a row: `subject` is a key of the access table, or a column.
-- Each question about the person is a sub-select, so it is asked once a query and not once a row; there are few of them,
-- since policies stand within policies and a query that holds hundreds takes longer to begin than to run.
create function reach(subject text, action text, is_column boolean default false) returns text language plpgsql as $$
declare
  asked text := case when is_column then format('(%I || %L)', subject, ':' || action) else quote_literal(subject || ':' || action) end;
begin
  return format(case
    -- A code is that of one body: an authority's is never a partnership's.
    when is_column then '(array[''*'', authority_code, partnership_code, partnership_code || '' '' || authority_code] && my_codes(%1$s)
      or incident_id = any (my_reached(%1$s)) or person_id = any (my_reached(%1$s)))'
    else '(array[''*'', authority_code, partnership_code, partnership_code || '' '' || authority_code] && (select my_codes(%1$s))::text[]
      or incident_id = any ((select my_reached(%1$s))::uuid[]) or person_id = any ((select my_reached(%1$s))::uuid[]))'
  end, asked);
end $$;

-- Row-level security on, for the owner too; upkeep (migrations, loading, erasure) steps in on purpose as the owner.
create procedure guard_table(name text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy upkeep on %I to current_user using (true) with check (true)', name);
end $$;

-- One row of the access table as a policy. Tables guarded this way have incident_id, authority_code and
-- partnership_code, and person_id where the scope `own` is used.
-- `becomes` is the condition on the row as written, where it differs from the row as found.
create procedure guard(name text, command text, subject text, action text, condition text default 'true', becomes text default null)
language plpgsql as $$
declare
  reached text := reach(subject, action);
begin
  if not exists (select from information_schema.columns where table_name = name and column_name = 'person_id') then
    reached := regexp_replace(reached, ' or person_id = .*$', ')');
  end if;
  execute format('create policy %I on %I for %s to weathervane_app %s %s',
    command || '-' || action || '-' || subject, name, command,
    case when command <> 'insert' then format('using ((%s) and %s)', condition, reached) else '' end,
    case when command in ('insert', 'update') then format('with check ((%s) and %s)', coalesce(becomes, condition), reached) else '' end);
end $$;

-- A declared conflict of interest takes the record away, whatever the access table gives.
create procedure guard_conflict(name text) language plpgsql as $$
begin
  execute format('create policy conflict on %I as restrictive to weathervane_app using (
    (incident_id is null or incident_id <> all ((select my_ids(''hidden''))::uuid[]))
    and (authority_code is null or authority_code <> all ((select my_list(''hidden_authorities''))::text[])))', name);
end $$;
