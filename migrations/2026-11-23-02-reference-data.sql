-- Authorities, partnerships and other bodies, and which body belonged to which partnership when. Everybody may read them.
create table region (
  code text primary key,
  name text not null
);
create table body (
  code text primary key,
  kind text not null check (kind in ('authority', 'partnership', 'police', 'icb', 'region', 'national')),
  name text not null,
  region_code text references region,
  phone text,
  email text,
  from_on date not null default '2018-06-29',
  until_on date
);
create table partnership_body (
  partnership_code text not null references body,
  body_code text not null references body,
  from_on date not null,
  until_on date,
  primary key (partnership_code, body_code, from_on)
);
create index on partnership_body (body_code);
revoke insert, update, delete on region, body, partnership_body from weathervane_app;
