-- A point may ask nothing: thanks, a comment. Such a point waits for no answer and no day.
alter table letter_point add column asks boolean not null default true;
alter table letter_point add constraint letter_point_day_is_asked check (asks or reply_by is null);
grant update (asks) on letter_point to weathervane_app;

create index letter_point_unanswered on letter_point (partnership_code, incident_id) where status = 'sent' and asks and not answered;
