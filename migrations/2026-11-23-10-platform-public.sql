-- One number for all that is public: whoever keeps an answer made from `published_` tables asks whether it still holds. It
-- changes in the transaction that publishes, hides or corrects: no process shows what another has taken away. It is told
-- to nobody: how often something is published is not public.
create table public_version (
  is_only boolean primary key default true check (is_only),
  version int8 not null
);
insert into public_version (version) values (1);
revoke insert, update, delete on public_version from weathervane_app;
create function count_public_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update public_version set version = version + 1;
  return null;
end $$;
-- Of each table that public pages are made from.
create procedure is_public(name text) language plpgsql as $$
begin
  execute format('create trigger count_public_change after insert or update or delete on %I
    for each statement execute function count_public_change()', name);
end $$;
