import { Details } from '../../../platform/web/index.ts'
import { deliveriesTold, effects, replies } from '../../moves.ts'
import { statuses } from '../../recommendation.ts'
import type { EarlierOne } from '../earlier.ts'

/** More addressees than these are counted. */
const named = 3

export function EarlierPanel({ earlier }: { earlier: readonly EarlierOne[] }) {
  return (
    <section>
      <h2 class="govuk-heading-m">Earlier similar recommendations, and what became of them</h2>
      {earlier.length === 0 && <p class="govuk-body">Nothing like it was issued before, as far as you may see.</p>}
      {earlier.map(({ number, text, status, addressees }) => (
        <Details
          summaryText={`${number}${status === 'issued' ? '' : ` (${statuses[status].toLowerCase()})`}: ${shortened(text)}`}
        >
          <p class="govuk-body wv-answer">{text}</p>
          <ul class="govuk-list govuk-list--bullet">
            {addressees.slice(0, named).map(owed => (
              <li>
                {owed.name}: {replies[owed.reply].toLowerCase()}; {deliveriesTold[owed.delivery].toLowerCase()};{' '}
                {effects[owed.effect].toLowerCase()}
              </li>
            ))}
            {addressees.length > named && <li>and {addressees.length - named} more</li>}
          </ul>
          <p class="govuk-body">
            <a class="govuk-link" href={`/desk/recommendations/${number}`}>
              Read {number}
            </a>
          </p>
        </Details>
      ))}
    </section>
  )
}

function shortened(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 110).replace(/\s+\S*$/, '')} …`
}
