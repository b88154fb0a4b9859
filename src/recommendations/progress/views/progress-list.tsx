import { ListPage, type ChosenList } from '../../../platform/lists/index.ts'
import { formatDate } from '../../../platform/dates.ts'
import { Details, InsetText } from '../../../platform/web/index.ts'
import { themes } from '../../../reference-data/index.ts'
import { deliveries, effects, replies } from '../../moves.ts'
import { nationalSources } from '../national-recommendations.ts'
import type { Picture } from '../picture.ts'
import type { PublishedList } from '../read-published.ts'
import { tellPublishedOn } from './published-on.ts'

export const progressFilters = {
  theme: 'Theme',
  source: 'From',
  to: 'Addressed to',
  reply: 'Reply',
  delivery: 'Delivery',
  effect: 'Effect',
} as const
export type ProgressFilter = keyof typeof progressFilters

interface Props {
  chosen: ChosenList<'published'>
  found: PublishedList
  filters: Readonly<Partial<Record<ProgressFilter, string>>>
}

/** For everybody: what was recommended in public, and what is known of what came of it. */
export function ProgressList({ chosen, found, filters }: Props) {
  const named = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, name]))
  const options: Record<ProgressFilter, Readonly<Record<string, string>>> = {
    theme: themes,
    source: named(found.sources),
    to: named(found.addressees),
    reply: replies,
    delivery: { 'not-told': 'Not known', ...deliveries },
    effect: effects,
  }
  return (
    <ListPage<Picture, 'published'>
      heading="Recommendations and what became of them"
      path="/recommendations"
      counted={['recommendation', 'recommendations']}
      chosen={chosen}
      found={found}
      emptyText="No published recommendation is like this. Change the filters, or clear them."
      filters={(Object.keys(progressFilters) as ProgressFilter[]).map(name => ({
        name,
        label: progressFilters[name],
        value: filters[name] ?? '',
        options: { '': 'All', ...options[name] },
      }))}
      columns={[
        {
          label: 'Recommendation',
          cell: ({ number, text }) => (
            <>
              <a class="govuk-link" href={`/recommendations/${number}`}>
                {number}
              </a>
              <br />
              <span class="govuk-!-font-weight-regular">{text}</span>
            </>
          ),
        },
        { label: 'From', cell: ({ source }) => source.name },
        { key: 'published', label: 'Published', cell: tellPublishedOn },
        {
          label: 'Addressed to, and what became of it',
          cell: picture => <Addressees {...picture} />,
        },
      ]}
    >
      <p class="govuk-body-l">
        Each recommendation has a reply, a delivery and an effect. Whoever was asked says the first two; whether
        anything changed for children is judged by somebody else.
      </p>
      {found.asAt && (
        <p class="govuk-body">
          As at {formatDate(found.asAt)}.{' '}
          <a class="govuk-link" href="/recommendations.csv">
            All of it as CSV
          </a>
        </p>
      )}
      <Details summaryText="What is here, and what is not">
        <p class="govuk-body">
          National bodies are named. Areas are not named as addressees, and never ranked: of what partnerships answer to
          a national recommendation, only numbers for England are shown, and small numbers are not.
        </p>
        <p class="govuk-body">
          National recommendations made before this service are real, and told in our words, as far as they are known
          from public pages. Where no reply was found the page says so.
        </p>
        {Object.values(nationalSources).map(
          source =>
            'known' in source && (
              <InsetText>
                <strong>{source.title}.</strong> {source.known}
              </InsetText>
            ),
        )}
      </Details>
    </ListPage>
  )
}

function Addressees({ addressees, toLocalPartners }: Picture) {
  return (
    <ul class="govuk-list govuk-!-margin-bottom-0">
      {addressees.map(({ name, reply, delivery, effect }) => (
        <li>
          <strong>{name}</strong>: {replies[reply]}
          {delivery && `. ${deliveries[delivery]}`}. {effects[effect]}.
        </li>
      ))}
      {toLocalPartners && <li>Local partners</li>}
    </ul>
  )
}
