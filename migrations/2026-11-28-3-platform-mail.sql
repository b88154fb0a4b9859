-- Mail whose turn came when no mail server was set says so, to be told from mail that waits for its turn: what waited for
-- a day or more is not waiting any longer.
update mail set failure = 'no-mail-server'
where sent_at is null and failed_at is null and withheld_at is null and created_at < now() - interval '1 day';
