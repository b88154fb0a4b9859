import { formatDate, formatMoment, isCivilDate } from '../../platform/dates.ts'
import { Input, PagesOfList, Select, SortableTable, Tag, type Sort } from '../../platform/web/index.ts'
import { natureNames } from '../notification-form.ts'
import { incidentsPageRows, mostCounted, type IncidentListing, type IncidentSort } from '../store.ts'

export interface IncidentsPageProps extends IncidentListing {
  sort: Sort<IncidentSort>
  page: number
  query: Record<string, string | undefined>
}

export function IncidentsPage({ incidents, total, sort, page, query }: IncidentsPageProps) {
  return (
    <>
      <h1 class="govuk-heading-l">Incidents</h1>
      <SortableTable
        caption={`${counted(total)} you may see`}
        path="/incidents"
        query={query}
        sort={sort}
        rows={incidents}
        emptyText="No incident matches. Take a filter away to see more."
        columns={[
          {
            key: 'reference',
            label: 'Reference',
            cell: row => (
              <a
                class="govuk-link"
                href={row.drafted ? `/notifications/${row.incidentId}` : `/incidents/${row.incidentId}`}
              >
                {row.reference}
              </a>
            ),
          },
          { key: 'area', label: 'Local authority', sortable: true, cell: row => row.authorityName },
          {
            key: 'incident',
            label: 'Happened',
            cell: row => (row.incidentOn && isCivilDate(row.incidentOn) ? formatDate(row.incidentOn) : 'Not known'),
          },
          {
            key: 'notified',
            label: 'Notified',
            cell: row =>
              row.notifiedAt ? formatMoment(row.notifiedAt) : <Tag text="Draft" classes="govuk-tag--grey" />,
          },
          {
            key: 'nature',
            label: 'What happened',
            sortable: false,
            cell: row => (row.nature ? natureNames[row.nature] : 'Not said yet'),
          },
        ]}
        filters={
          <>
            <Input
              id="reference"
              name="reference"
              label={{ text: 'Reference' }}
              classes="govuk-input--width-10"
              value={query['reference'] ?? ''}
            />
            <Select
              id="nature"
              name="nature"
              label={{ text: 'What happened' }}
              items={[
                { value: '', text: 'Anything' },
                ...Object.entries(natureNames).map(([value, text]) => ({
                  value,
                  text,
                  selected: value === query['nature'],
                })),
              ]}
            />
          </>
        }
      />
      <PagesOfList
        path="/incidents"
        query={query}
        page={page}
        pages={Math.ceil(Math.min(total, mostCounted) / incidentsPageRows)}
      />
    </>
  )
}

function counted(total: number): string {
  if (total > mostCounted) return `More than ${mostCounted.toLocaleString('en-GB')} incidents`
  return `${total.toLocaleString('en-GB')} ${total === 1 ? 'incident' : 'incidents'}`
}
