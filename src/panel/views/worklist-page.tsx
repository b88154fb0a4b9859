import type { Acting } from '../../platform/acting.ts'
import { may } from '../../platform/acting.ts'
import { formatDate, londonDate, type CivilDate } from '../../platform/dates.ts'
import { ListPage, type ChosenList, type Found } from '../../platform/lists/index.ts'
import type { RapidReviewOutcome } from '../../reviews/index.ts'
import { statuses } from '../consideration.ts'
import type { PanelMember } from '../store.ts'
import type { WorklistFilter, WorklistRow, WorklistSort } from '../worklist.ts'
import { panelPath, reviewNames } from '../which-review.ts'
import { answeredWords, PanelDue, StatusTag } from './parts.tsx'
import { PublicationDay } from './sent-review.tsx'

/** The stages of the filter: what is open first, and before anything is chosen. */
export const stageOptions = { open: 'No letter sent yet', ...statuses, all: 'All' }

const { yes, 'not-yet': notYet, 'nothing-asked': nothingAsked } = answeredWords
export const answeredOptions = { yes, 'not-yet': notYet, 'nothing-asked': nothingAsked }

export interface WorklistPageProps {
  acting: Acting
  chosen: ChosenList<WorklistSort>
  filter: WorklistFilter
  found: Found<WorklistRow>
  members: readonly PanelMember[]
  regions: readonly { code: string; name: string }[]
  today: CivilDate
}

export function WorklistPage({ acting, chosen, filter, found, members, regions, today }: WorklistPageProps) {
  const allocates = may(acting, 'allocate', 'panel-work')
  return (
    <ListPage
      heading={allocates ? 'Reviews before the Panel' : 'Your reviews'}
      path="/panel"
      counted={['review', 'reviews']}
      emptyText={
        allocates
          ? 'No review fits this filter. Clear the filters to see what is open.'
          : 'No review that is given to you fits this filter. The secretariat gives reviews to members.'
      }
      {...{ chosen, found }}
      columns={[
        {
          key: 'reference',
          label: 'Reference',
          cell: row => (
            <a class="govuk-link" href={panelPath(row)}>
              {row.reference}
            </a>
          ),
        },
        { label: 'Kind', cell: row => reviewNames[row.kind] },
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
        {
          label: 'Publication',
          cell: row => row.kind === 'local' && <PublicationDay publishOn={row.publishOn} today={today} />,
        },
        { key: 'received', label: 'Received', cell: row => formatDate(londonDate(row.receivedAt)) },
        {
          label: 'Decision',
          cell: row => row.outcomes.map(code => <div>{shortOutcomes[code]}</div>),
        },
        {
          label: 'Answered',
          cell: row =>
            row.answered === 'not-yet'
              ? `${answeredWords['not-yet']}: ${row.unanswered} open`
              : answeredWords[row.answered],
        },
      ]}
      filters={[
        { name: 'kind', label: 'Kind', value: filter.kind, options: { '': 'All', ...reviewNames } },
        { name: 'status', label: 'Stage', value: filter.status ?? 'all', options: stageOptions },
        {
          name: 'region',
          label: 'Region',
          value: filter.regionCode,
          options: { '': 'All', ...Object.fromEntries(regions.map(({ code, name }) => [code, name])) },
        },
        ...(allocates
          ? [
              {
                name: 'member',
                label: 'Member',
                value: filter.memberId,
                options: { '': 'All', ...Object.fromEntries(members.map(({ personId, name }) => [personId, name])) },
              },
            ]
          : []),
        { name: 'outcome', label: 'Decision', value: filter.outcome, options: { '': 'All', ...shortOutcomes } },
        {
          name: 'answered',
          label: 'Answered (letters sent)',
          value: filter.answered,
          options: { '': 'All', ...answeredOptions },
        },
      ]}
    >
      <p class="govuk-body">
        <a class="govuk-link" href="/panel/points">
          Points of letters without a reply
        </a>
        {' · '}
        <a class="govuk-link" href="/panel/conflicts">
          Your conflicts of interest
        </a>
      </p>
    </ListPage>
  )
}

/** The outcomes in few words, for a table. */
const shortOutcomes: Readonly<Record<RapidReviewOutcome, string>> = {
  LCSPR: 'Local review (LCSPR)',
  LOCAL_LEARNING_REVIEW: 'Local learning review',
  SINGLE_AGENCY: 'Single agency',
  NATIONAL_SUGGESTED: 'National suggested',
  NO_FURTHER_REVIEW: 'No further review',
  CRITERIA_NOT_MET: 'Criteria not met',
}
