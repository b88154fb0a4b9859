import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { ListPage, type ChosenList, type Found } from '../../../platform/lists/index.ts'
import { Tag } from '../../../platform/web/index.ts'
import { themes, TimeLeft } from '../../../reference-data/index.ts'
import { letterPath } from '../../../panel/index.ts'
import { deliveriesTold, effects, replies } from '../../moves.ts'
import { tellDelivery, type Action } from '../action.ts'
import { askedId, askedKinds, type Asked } from '../asked-store.ts'
import { shortened } from './actions-page.tsx'
import { Freshness } from './parts.tsx'

export interface AskedPageProps {
  found: Found<Asked>
  /** The actions that serve each, by the id of the point or of the addressee. */
  actions: ReadonlyMap<string, readonly Action[]>
  partnerships: ReadonlyMap<string, string>
  chosen: ChosenList<'asked'>
  show: string
  partnership: string
  today: CivilDate
  mayAgree: boolean
}

/** What waits comes first to who opens the list. */
export const askedToShow = { '': 'Without an answer', all: 'All' } as const

/** Everything asked of a partnership, from wherever it came. */
export function AskedPage({
  found,
  actions,
  partnerships,
  chosen,
  show,
  partnership,
  today,
  mayAgree,
}: AskedPageProps) {
  const address = (ending: string) => `/asked.${ending}?${new URLSearchParams({ partnership, show }).toString()}`
  return (
    <ListPage<Asked, 'asked'>
      heading="Everything asked of us"
      path="/asked"
      counted={['thing asked', 'things asked']}
      emptyText="Nothing that was asked waits for you."
      {...{ chosen, found }}
      filters={[
        { name: 'show', label: 'Show', value: show, options: askedToShow },
        ...(partnerships.size > 1
          ? [
              {
                name: 'partnership',
                label: 'Partnership',
                value: partnership,
                options: { '': 'All', ...Object.fromEntries(partnerships) },
              },
            ]
          : []),
      ]}
      columns={[
        {
          label: 'What',
          cell: one => (
            <>
              <a class="govuk-link" href={hrefOf(one)}>
                {one.reference}
              </a>
              <br />
              {askedKinds[one.kind]}
              {one.kind === 'local-recommendation' && `, for ${one.owner}`}
            </>
          ),
        },
        { label: 'What is asked', cell: one => shortened(one.text) },
        { label: 'About', cell: one => one.themes.map(theme => themes[theme]).join(', ') },
        {
          label: 'Answer by',
          cell: one =>
            one.askedBy ? (
              <>
                {formatDate(one.askedBy)} {!one.answered && <TimeLeft dueOn={one.askedBy} today={today} />}
              </>
            ) : (
              'No day'
            ),
        },
        {
          label: 'How it stands',
          cell: one => (
            <>
              <Tag
                text={one.kind === 'letter-point' ? (one.answered ? 'Answered' : 'No answer yet') : replies[one.reply]}
                classes={one.answered ? 'govuk-tag--green' : 'govuk-tag--yellow'}
              />
              {one.kind !== 'letter-point' && (
                <>
                  {one.evidenceBy && (
                    <p class="govuk-body govuk-!-margin-bottom-1">
                      <a class="govuk-link" href={hrefOf(one)}>
                        The Panel asks to see evidence
                      </a>
                    </p>
                  )}
                  <br />
                  {deliveriesTold[one.delivery]}. {effects[one.effect]}.
                </>
              )}
            </>
          ),
        },
        {
          label: 'What is done',
          cell: one => {
            const serving = actions.get(askedId(one)) ?? []
            return (
              <>
                {serving.map(action => (
                  <p class="govuk-body-s govuk-!-margin-bottom-1">
                    <a class="govuk-link" href={`/actions/${action.actionId}`}>
                      {action.number}
                    </a>
                    , {tellDelivery(action).toLowerCase()}. <Freshness action={action} today={today} />
                  </p>
                ))}
                {mayAgree && (
                  <a
                    class="govuk-link govuk-body-s"
                    href={`/actions/new?serves=${one.kind === 'letter-point' ? 'point' : 'addressee'}:${askedId(one)}&promptedBy=${one.kind === 'letter-point' ? 'letter-point' : 'recommendation'}`}
                  >
                    Agree on an action<span class="govuk-visually-hidden"> for {one.reference}</span>
                  </a>
                )}
              </>
            )
          },
        },
      ]}
    >
      <p class="govuk-body">
        Points of Panel letters, recommendations of reviews here, and national recommendations. Take the list away as{' '}
        <a class="govuk-link" href={address('csv')}>
          CSV
        </a>
        , as{' '}
        <a class="govuk-link" href={address('ods')}>
          a spreadsheet (ODS)
        </a>
        , or its days as{' '}
        <a class="govuk-link" href={address('ics')}>
          a calendar
        </a>
        , which holds references and no words.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href="/yearly-report">
          The yearly report
        </a>
      </p>
    </ListPage>
  )
}

function hrefOf(one: Asked): string {
  if (one.kind === 'letter-point') return `${letterPath(one.letter)}#point-${one.pointNumber}`
  return one.kind === 'national-recommendation'
    ? `/recommendations/${one.recommendationId}/answer`
    : `/desk/recommendations/${one.reference}/to/${one.addresseeId}`
}
