-- Every row about an incident lies where its incident lies. Policies compare the codes of the row, so without this
-- somebody could reach an incident of another area by giving their own codes beside its number.
alter table incident add unique (incident_id, authority_code, partnership_code);
do $$
declare
  name text;
begin
  foreach name in array array['notification', 'notification_version', 'child', 'document', 'rapid_review',
    'rapid_review_version', 'review_member', 'rapid_review_signature', 'rapid_review_return', 'paragraph_placement',
    'consideration', 'allocation', 'reading', 'letter', 'letter_point', 'point_reply'] loop
    execute format('alter table %I drop constraint %I, add constraint %I
      foreign key (incident_id, authority_code, partnership_code)
      references incident (incident_id, authority_code, partnership_code)',
      name, name || '_incident_id_fkey', name || '_place_fkey');
  end loop;
end $$;
alter table document add unique (id, incident_id);
alter table paragraph_placement
  drop constraint paragraph_placement_document_id_fkey,
  add foreign key (document_id, incident_id) references document (id, incident_id);

-- Whoever might read a document could add paragraphs to it.
drop policy with_its_document_written on paragraph;
do $$ begin
  execute format('create policy with_its_document_written on paragraph for insert to weathervane_app
    with check (exists (select from document where document.id = paragraph.document_id and %s))',
    reach('subject', 'write', true));
end $$;
