-- Who brings a token, in one trip to the database: it is asked on every page. It tells what the task `sign-in` may read
-- of one session and nothing of any other, so nobody has to act for it.
create function session_of(asked_hash text, now_at timestamptz, idle_since timestamptz, today date)
returns table (
  session_id uuid, person_id uuid, name text, seen_at timestamptz, chosen_id uuid,
  appointment_id uuid, role text, body_code text, body_name text
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  -- In plpgsql, which keeps the plan: in SQL this would be planned for every page.
  return query select session.id, session.person_id, person.name, session.seen_at, session.appointment_id,
    appointment.id, appointment.role, appointment.body_code, body.name
  from session
  join person on person.id = session.person_id and (person.ended_at is null or person.ended_at > now_at)
  left join appointment on appointment.person_id = session.person_id
    and appointment.from_on <= today and (appointment.until_on is null or appointment.until_on > today)
  left join body on body.code = appointment.body_code
  where session.token_hash = asked_hash and session.stage = 'full' and session.ended_at is null
    and session.expires_at > now_at and session.seen_at > idle_since
  order by body.name, appointment.role, appointment.id;
end $$;
revoke execute on function session_of from public;
grant execute on function session_of to weathervane_app;
