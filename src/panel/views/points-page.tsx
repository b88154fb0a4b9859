import { TimeLeft, themes, type Theme } from '../../reference-data/index.ts'
import { formatDate, londonDate, type CivilDate } from '../../platform/dates.ts'
import { ListPage, type ChosenList, type Found } from '../../platform/lists/index.ts'
import { letterPath } from '../which-review.ts'
import type { OpenPoint, PointSort } from '../letter/point-lists.ts'

export interface PointsPageProps {
  chosen: ChosenList<PointSort>
  theme: Theme | undefined
  found: Found<OpenPoint>
  today: CivilDate
}

export function PointsPage({ chosen, theme, found, today }: PointsPageProps) {
  return (
    <ListPage
      heading="Points of letters without a reply"
      path="/panel/points"
      counted={['point without a reply', 'points without a reply']}
      emptyText={
        theme
          ? 'Every point on this theme that asks for an answer has one.'
          : 'Every point that asks for an answer has one.'
      }
      {...{ chosen, found }}
      columns={[
        {
          label: 'Point',
          cell: point => (
            <a class="govuk-link" href={`${letterPath(point)}#point-${point.number}`}>
              {point.reference}, point {point.number}
            </a>
          ),
        },
        { label: 'What was asked', cell: point => shortened(point.text) },
        { key: 'area', label: 'Partnership', cell: point => point.partnershipName },
        { label: 'Theme', cell: point => themes[point.theme] },
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
      filters={[{ name: 'theme', label: 'Theme', value: theme, options: { '': 'All', ...themes } }]}
    />
  )
}

/** The whole text is a click away, at the point. */
function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 150).replace(/\s+\S*$/, '')} …`
}
