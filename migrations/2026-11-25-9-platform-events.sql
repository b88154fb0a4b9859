-- What is written about an incident is written by who may see it, under the role they act in. The Panel's work begins
-- with a task that sees no incidents.
drop policy as_oneself on event;
create policy as_oneself on event for insert to weathervane_app
  with check (
    person_id is not distinct from (select my_person())
    and who = (select current_setting('weathervane.who'))
    and (incident_id is null or who = 'task:receive-review' or exists (
      select from incident
      where incident.incident_id = event.incident_id and incident.authority_code = event.authority_code
        and incident.partnership_code = event.partnership_code)));
drop policy as_oneself on access_entry;
create policy as_oneself on access_entry for insert to weathervane_app
  with check (person_id is not distinct from (select my_person()) and who = (select current_setting('weathervane.who')));
