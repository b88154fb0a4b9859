-- A draft that nobody needs any more is discarded: it leaves every list, and stays for the trail. Its authority alone can
-- read it, and nobody can change it or take it up again.
alter table incident add column discarded_at timestamptz;
alter table notification add column discard_reason text;
alter table notification drop constraint notification_status_check;
alter table notification add constraint notification_status_check check (status in ('draft', 'sent', 'discarded'));

-- Whatever was no draft could be read as if it was sent.
drop policy "select-read-notification" on notification;
drop policy "select-read-notification-draft" on notification;
drop policy "update-write-notification-draft" on notification;
call guard('notification', 'select', 'notification', 'read', 'status = ''sent''');
call guard('notification', 'select', 'notification-draft', 'read', 'status <> ''sent''');
call guard('notification', 'update', 'notification-draft', 'write', 'status = ''draft''', 'status in (''draft'', ''discarded'')');

drop policy "update-write-notification-draft" on incident;
drop policy "update-send-notification-draft" on incident;
call guard('incident', 'update', 'notification-draft', 'write', 'notified_at is null and discarded_at is null', 'notified_at is null');
call guard('incident', 'update', 'notification-draft', 'send', 'notified_at is null and discarded_at is null',
  'notified_at is not null and discarded_at is null');
