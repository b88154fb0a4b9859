import { TimeLeft } from '../../reference-data/index.ts'
import { formatDate, londonDate, type CivilDate } from '../../platform/dates.ts'
import { PagesOfList, Select, SortableTable, type Query, type Sort } from '../../platform/web/index.ts'
import { openPointsPageRows, type OpenPoint } from '../letter-store.ts'
import { themeKeys, themes, type Theme } from '../themes.ts'

export type PointSort = 'sent' | 'asked' | 'area'
export const pointSorts = ['sent', 'asked', 'area'] as const

export interface PointsPageProps {
  points: readonly OpenPoint[]
  total: number
  page: number
  sort: Sort<PointSort>
  theme: Theme | undefined
  query: Query
  today: CivilDate
}

export function PointsPage({ points, total, page, sort, theme, query, today }: PointsPageProps) {
  return (
    <>
      <h1 class="govuk-heading-l">Points of letters without a reply</h1>
      <SortableTable<OpenPoint, PointSort | 'point' | 'theme' | 'asked-what'>
        caption={total === 1 ? '1 point without a reply' : `${total} points without a reply`}
        path="/panel/points"
        query={query}
        sort={sort}
        emptyText={
          theme
            ? 'Every point on this theme that asks for an answer has one.'
            : 'Every point that asks for an answer has one.'
        }
        rows={points}
        columns={[
          {
            key: 'point',
            label: 'Point',
            sortable: false,
            cell: point => (
              <a class="govuk-link" href={`/incidents/${point.incidentId}/letter#point-${point.number}`}>
                {point.reference}, point {point.number}
              </a>
            ),
          },
          { key: 'asked-what', label: 'What was asked', sortable: false, cell: point => shortened(point.text) },
          { key: 'area', label: 'Partnership', cell: point => point.partnershipName },
          { key: 'theme', label: 'Theme', sortable: false, cell: point => themes[point.theme] },
          { key: 'sent', label: 'Letter sent', cell: point => formatDate(londonDate(point.sentAt)) },
          {
            key: 'asked',
            label: 'Asked for by',
            cell: point =>
              point.replyBy ? (
                <>
                  {formatDate(point.replyBy)} <TimeLeft dueOn={point.replyBy} today={today} />
                </>
              ) : (
                'No day'
              ),
          },
        ]}
        filters={
          <Select
            name="theme"
            label={{ text: 'Theme' }}
            value={theme}
            items={[{ value: '', text: 'All' }, ...themeKeys.map(value => ({ value, text: themes[value] }))]}
          />
        }
      />
      <PagesOfList path="/panel/points" query={query} page={page} pages={Math.ceil(total / openPointsPageRows)} />
    </>
  )
}

/** The whole text is a click away, at the point. */
function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 150).replace(/\s+\S*$/, '')} …`
}
