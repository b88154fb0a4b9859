import type { Acting } from '../../platform/acting.ts'
import { may } from '../../platform/acting.ts'
import { formatDate, londonDate, type CivilDate } from '../../platform/dates.ts'
import { PagesOfList, Select, SortableTable, type Query, type Sort } from '../../platform/web/index.ts'
import { rapidReviewOutcomes } from '../../reviews/index.ts'
import { statuses } from '../consideration.ts'
import type { PanelMember } from '../store.ts'
import { worklistPageRows, type WorklistFilter, type WorklistRow, type WorklistSort } from '../worklist.ts'
import { answeredWords, PanelDue, StatusTag } from './parts.tsx'

export interface WorklistPageProps {
  acting: Acting
  rows: readonly WorklistRow[]
  total: number
  page: number
  sort: Sort<WorklistSort>
  filter: WorklistFilter
  query: Query
  members: readonly PanelMember[]
  regions: readonly { code: string; name: string }[]
  today: CivilDate
}

export function WorklistPage(props: WorklistPageProps) {
  const { acting, rows, total, page, sort, filter, query, members, regions, today } = props
  const allocates = may(acting, 'allocate', 'panel-work')
  return (
    <>
      <h1 class="govuk-heading-l">{allocates ? 'Rapid reviews before the Panel' : 'Your rapid reviews'}</h1>
      <p class="govuk-body">
        <a class="govuk-link" href="/panel/points">
          Points of letters without a reply
        </a>
        {' · '}
        <a class="govuk-link" href="/panel/conflicts">
          Your conflicts of interest
        </a>
      </p>
      <SortableTable<WorklistRow, WorklistSort | 'outcome' | 'answered'>
        caption={total === 1 ? '1 review' : `${total} reviews`}
        path="/panel"
        query={query}
        sort={sort}
        emptyText={
          allocates
            ? 'No review fits this filter. Clear the filters to see what is open.'
            : 'No review that is given to you fits this filter. The secretariat gives reviews to members.'
        }
        rows={rows}
        columns={[
          {
            key: 'reference',
            label: 'Reference',
            cell: row => (
              <a class="govuk-link" href={`/panel/${row.incidentId}`}>
                {row.reference}
              </a>
            ),
          },
          { key: 'area', label: 'Partnership', cell: row => row.partnershipName },
          {
            key: 'status',
            label: 'Stage',
            cell: row => (
              <>
                <StatusTag status={row.status} />
                {row.memberNames.map(name => (
                  <div>{name}</div>
                ))}
              </>
            ),
          },
          {
            key: 'due',
            label: 'Letter due',
            cell: row => <PanelDue dueOn={row.dueOn} repliedAt={row.repliedAt} today={today} />,
          },
          { key: 'received', label: 'Received', cell: row => formatDate(londonDate(row.receivedAt)) },
          {
            key: 'outcome',
            label: 'Decision',
            sortable: false,
            cell: row => row.outcomes.map(code => <div>{shortOutcomes[code] ?? code}</div>),
          },
          {
            key: 'answered',
            label: 'Answered',
            sortable: false,
            cell: row =>
              row.answered === 'not-yet'
                ? `${answeredWords['not-yet']}: ${row.unanswered} open`
                : answeredWords[row.answered],
          },
        ]}
        filters={
          <>
            <Select
              name="status"
              label={{ text: 'Stage' }}
              value={filter.status ?? 'all'}
              items={[
                { value: 'open', text: 'No letter sent yet' },
                ...Object.entries(statuses).map(([value, text]) => ({ value, text })),
                { value: 'all', text: 'All' },
              ]}
            />
            <Select
              name="region"
              label={{ text: 'Region' }}
              value={filter.regionCode}
              items={[{ value: '', text: 'All' }, ...regions.map(({ code, name }) => ({ value: code, text: name }))]}
            />
            {allocates && (
              <Select
                name="member"
                label={{ text: 'Member' }}
                value={filter.memberId}
                items={[
                  { value: '', text: 'All' },
                  // A member of two regions is one person.
                  ...[...new Map(members.map(member => [member.personId, member.name]))].map(([value, text]) => ({
                    value,
                    text,
                  })),
                ]}
              />
            )}
            <Select
              name="outcome"
              label={{ text: 'Decision' }}
              value={filter.outcome}
              items={[
                { value: '', text: 'All' },
                ...Object.keys(rapidReviewOutcomes).map(value => ({ value, text: shortOutcomes[value] ?? value })),
              ]}
            />
            <Select
              name="answered"
              label={{ text: 'Answered' }}
              value={filter.answered}
              items={[
                { value: '', text: 'All' },
                ...(['yes', 'not-yet', 'nothing-asked'] as const).map(value => ({ value, text: answeredWords[value] })),
              ]}
            />
          </>
        }
      />
      <PagesOfList path="/panel" query={query} page={page} pages={Math.ceil(total / worklistPageRows)} />
    </>
  )
}

/** The outcomes in few words, for a table. */
const shortOutcomes: Record<string, string> = {
  LCSPR: 'Local review (LCSPR)',
  LOCAL_LEARNING_REVIEW: 'Local learning review',
  SINGLE_AGENCY: 'Single agency',
  NATIONAL_SUGGESTED: 'National suggested',
  NO_FURTHER_REVIEW: 'No further review',
  CRITERIA_NOT_MET: 'Criteria not met',
}
