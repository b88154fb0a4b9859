import { formatDate, formatMoment, isCivilDate } from '../../platform/dates.ts'
import { ListPage, type ChosenList, type Found } from '../../platform/lists/index.ts'
import { Tag } from '../../platform/web/index.ts'
import { natureNames } from '../notification-form.ts'
import type { IncidentFilter, IncidentSort, ListedIncident } from '../store.ts'

export interface IncidentsPageProps {
  chosen: ChosenList<IncidentSort>
  filter: IncidentFilter
  found: Found<ListedIncident>
}

export function IncidentsPage({ chosen, filter, found }: IncidentsPageProps) {
  return (
    <ListPage
      heading="Incidents"
      path="/incidents"
      counted={['incident you may see', 'incidents you may see']}
      emptyText="No incident matches. Take a filter away to see more."
      {...{ chosen, found }}
      columns={[
        {
          key: 'reference',
          label: 'Reference',
          cell: row => (
            <a
              class="govuk-link"
              href={row.notifiedAt ? `/incidents/${row.incidentId}` : `/notifications/${row.incidentId}`}
            >
              {row.reference}
            </a>
          ),
        },
        { key: 'area', label: 'Local authority', cell: row => row.authorityName },
        {
          key: 'incident',
          label: 'Happened',
          cell: row => (row.incidentOn && isCivilDate(row.incidentOn) ? formatDate(row.incidentOn) : 'Not known'),
        },
        {
          key: 'notified',
          label: 'Notified',
          cell: row => (row.notifiedAt ? formatMoment(row.notifiedAt) : <Tag text="Draft" classes="govuk-tag--grey" />),
        },
        { label: 'What happened', cell: row => (row.nature ? natureNames[row.nature] : 'Not said yet') },
      ]}
      filters={[
        { name: 'reference', label: 'Reference', value: filter.reference },
        { name: 'nature', label: 'What happened', value: filter.nature, options: { '': 'Anything', ...natureNames } },
      ]}
    />
  )
}
