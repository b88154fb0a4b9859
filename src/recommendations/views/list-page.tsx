import { formatDate, type CivilDate } from '../../platform/dates.ts'
import { ListPage, type ChosenList, type Found } from '../../platform/lists/index.ts'
import { Button } from '../../platform/web/index.ts'
import { themes, TimeLeft } from '../../reference-data/index.ts'
import type { Owed, OwedFilter, OwedSort } from '../list-recommendations.ts'
import { deliveriesTold, effects, replies } from '../moves.ts'
import { sources, statuses, type Status } from '../recommendation.ts'

export interface OwedPageProps {
  chosen: ChosenList<OwedSort>
  filter: OwedFilter
  found: Found<Owed>
  mayWriteNational: boolean
  maySeeAgain: boolean
  mayJudge: boolean
  mayNameGroup: boolean
  drafts: readonly { number: string; status: Status; text: string }[]
  today: CivilDate
}

export function OwedPage(props: OwedPageProps) {
  const { chosen, filter, found, mayWriteNational, maySeeAgain, mayJudge, mayNameGroup, drafts, today } = props
  return (
    <ListPage
      heading="Recommendations"
      path="/desk/recommendations"
      counted={['answer owed or given', 'answers owed or given']}
      emptyText="There is none that you may see with these filters. A local one is written from its review: open the incident, then Recommendations."
      {...{ chosen, found }}
      columns={[
        {
          label: 'Recommendation',
          cell: row => (
            <a class="govuk-link" href={`/desk/recommendations/${row.number}/to/${row.addresseeId}`}>
              {row.number}
              <span class="govuk-visually-hidden">, {row.bodyName}</span>
            </a>
          ),
        },
        {
          label: 'What',
          cell: row => (row.text.length <= 140 ? row.text : `${row.text.slice(0, 130).replace(/\s+\S*$/, '')} …`),
        },
        { key: 'body', label: 'Who', cell: row => row.bodyName },
        {
          key: 'asked',
          label: 'Reply asked by',
          cell: row =>
            row.replyAskedBy ? (
              <>
                {formatDate(row.replyAskedBy)}{' '}
                {row.reply === 'awaited' && row.status === 'issued' && (
                  <TimeLeft dueOn={row.replyAskedBy} today={today} />
                )}
              </>
            ) : (
              'No day'
            ),
        },
        { label: 'Reply', cell: row => replies[row.reply] },
        { label: 'Delivery', cell: row => deliveriesTold[row.delivery] },
        { label: 'Effect', cell: row => effects[row.effect] },
      ]}
      filters={[
        { name: 'reply', label: 'Reply', value: filter.reply, options: { '': 'All', ...replies } },
        { name: 'delivery', label: 'Delivery', value: filter.delivery, options: { '': 'All', ...deliveriesTold } },
        { name: 'effect', label: 'Effect', value: filter.effect, options: { '': 'All', ...effects } },
        { name: 'theme', label: 'Theme', value: filter.theme, options: { '': 'All', ...themes } },
        { name: 'source', label: 'From', value: filter.source, options: { '': 'All', ...sources } },
        {
          name: 'overdue',
          label: 'Reply in time',
          value: filter.overdue ? 'yes' : '',
          options: { '': 'All', yes: 'Overdue' },
        },
        ...(mayJudge
          ? [
              {
                name: 'judge',
                label: 'Judgement',
                value: filter.toJudge ? 'waiting' : '',
                options: { '': 'All', waiting: 'Waits for yours' },
              },
            ]
          : []),
        { name: 'words', label: 'Words, or a number', value: filter.words },
        { name: 'body', label: 'Who answers', value: filter.body },
      ]}
    >
      {mayWriteNational && <Button text="Write a national recommendation" href="/desk/recommendations/new" />}
      {maySeeAgain && (
        <p class="govuk-body">
          <a class="govuk-link" href="/did-it-work">
            Themes that came up again: did it work?
          </a>
        </p>
      )}
      {mayNameGroup && (
        <p class="govuk-body">
          <a class="govuk-link" href="/desk/recommendations/assurance-group">
            Who judges besides the scrutineer: the assurance group
          </a>
        </p>
      )}
      <Drafts {...{ drafts }} />
    </ListPage>
  )
}

function Drafts({ drafts }: { drafts: OwedPageProps['drafts'] }) {
  if (drafts.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Being written</h2>
      <RecommendationList rows={drafts} />
    </>
  )
}

export function RecommendationList({ rows }: { rows: OwedPageProps['drafts'] }) {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {rows.map(row => (
        <li>
          <a class="govuk-link" href={`/desk/recommendations/${row.number}`}>
            {row.number}
          </a>{' '}
          ({statuses[row.status].toLowerCase()}): {row.text}
        </li>
      ))}
    </ul>
  )
}
