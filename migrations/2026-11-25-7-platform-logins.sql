-- What a login that is only a member of weathervane_app needs, and what an owner who is no superuser needs.

-- The server asks at its start which migrations have run.
grant select on migration to weathervane_app;

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

-- A function may be run by everybody unless it says otherwise; those that step out of row-level security most of all.
alter default privileges revoke execute on functions from public;
revoke execute on all routines in schema public from public;
grant execute on function
  my_list(text), my_ids(text), my_person(), allowed(text), my_codes(text), my_reached(text),
  weathervane_begin(uuid, uuid, text, date),
  mail_recipients(text, uuid[]), mail_address(uuid), send_back_rapid_review(uuid)
to weathervane_app;
