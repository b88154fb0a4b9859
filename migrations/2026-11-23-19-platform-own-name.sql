-- Nobody writes in another's name. A column that says who did something (`entered_by`, `signed_by`, `person_id` of whoever
-- wrote it) is written by that person alone: what is true of thirty tables is said once, by the names of their columns.
-- Left out on purpose: a task, which writes for the service or finishes what a person began; whoever came with a link is
-- nobody, and says which link; the owner of the database loads what came about elsewhere.
create function my_link_holder() returns text
language sql stable security definer set search_path = public, pg_temp as $$ select holder from link where id = my_link() $$;
grant execute on function my_link_holder() to weathervane_app;

create function hold_to_own_name() returns trigger language plpgsql as $$
declare
  written jsonb := to_jsonb(new);
  before jsonb := case tg_op when 'UPDATE' then to_jsonb(old) else '{}' end;
  named text;
  moment text;
  own_name text;
begin
  if current_setting('weathervane.who', true) like 'task:%' then return null; end if;
  foreach named in array tg_argv loop
    -- Whoever has it happen again at another moment did it: `saved_at` does not move under the name of who saved before.
    moment := regexp_replace(named, '_by$', '_at');
    if (written ->> named is distinct from before ->> named and written ->> named is not null
        or named <> moment and written ->> moment is distinct from before ->> moment and written ->> moment is not null)
      and written ->> named is distinct from my_person()::text then
      raise exception 'Nobody writes in another’s name: %.% is whoever does it.', tg_table_name, named
        using errcode = 'insufficient_privilege';
    end if;
  end loop;
  if tg_op = 'INSERT' and written ? 'link_id' and (written ->> 'link_id') is distinct from my_link()::text then
    raise exception 'What came by a link came by the link that it names.' using errcode = 'insufficient_privilege';
  end if;
  -- Who spoke, where it is not copied from what somebody wrote elsewhere.
  if tg_op = 'INSERT' and written ? 'said_by' and coalesce(written ->> 'came_by', 'account') in ('account', 'link') then
    own_name := coalesce(my_link_holder(), (select name from person where id = my_person()));
    if written ->> 'said_by' <> own_name and not starts_with(written ->> 'said_by', own_name || ', ') then
      raise exception 'Nobody speaks in another’s name: %.said_by is whoever speaks.', tg_table_name
        using errcode = 'insufficient_privilege';
    end if;
  end if;
  return null;
end $$;

-- Every column that names a person and ends in `_by`; and `person_id`, which is who wrote the row, but for the tables in
-- which it is whom the row is about. A later migration that adds one calls this again.
create procedure hold_all_to_own_name() language plpgsql as $$
declare
  held record;
begin
  for held in
    select naming.conrelid::regclass::text as table_name, string_agg(quote_literal(attname), ', ' order by attname) as columns
    from pg_constraint naming
    join pg_attribute on attrelid = naming.conrelid and attnum = naming.conkey[1]
    where contype = 'f' and confrelid = 'person'::regclass and connamespace = 'public'::regnamespace
      and (attname like '%\_by' or attname = 'person_id' and naming.conrelid <> all (array['allocation', 'api_token', 'appointment',
        'assurance_member', 'conflict_of_interest', 'credential', 'email_address', 'idempotency_key', 'mail', 'review_member',
        'session', 'sign_in_link']::regclass[]))
    group by naming.conrelid
  loop
    execute format('drop trigger if exists hold_to_own_name on %s', held.table_name);
    execute format('create trigger hold_to_own_name after insert or update on %s for each row
      when (current_user <> %L) execute function hold_to_own_name(%s)', held.table_name, current_user, held.columns);
  end loop;
end $$;
call hold_all_to_own_name();
