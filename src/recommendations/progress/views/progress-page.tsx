import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { Details, InsetText, SummaryList, Table, Timeline, type SummaryRow } from '../../../platform/web/index.ts'
import { themes, type Theme } from '../../../reference-data/index.ts'
import { axes, deliveriesTold, replies, type DeliveryTold, type Reply } from '../../moves.ts'
import { cameBys, evidenceKinds, priorities, sources } from '../../recommendation.ts'
import { fewest } from '../hide-small.ts'
import type { Picture, PublicAddressee, PublicMove } from '../picture.ts'
import type { Provenance } from '../provenance.ts'
import { tellDelivery, tellEffect, tellReply } from './axes-in-words.ts'
import { knownOf, tellPublishedOn } from './published-on.ts'

const row = (key: string, value: string | undefined): SummaryRow | false =>
  !!value && { key: { text: key }, value: { text: value } }

/** The permanent page of one recommendation, for everybody. */
export function ProgressPage({ picture, changedOn }: { picture: Picture; changedOn: CivilDate }) {
  const { number, text, source, addressees, status, replacedBy, toLocalPartners, inEngland } = picture
  const known = knownOf(number)
  return (
    <>
      <span class="govuk-caption-l">{number}</span>
      <h1 class="govuk-heading-l">{source.name || sources[source.kind]}: a recommendation</h1>
      <p class="govuk-body-l">{text}</p>
      {status === 'replaced' && (
        <InsetText>
          This recommendation was replaced
          {replacedBy && (
            <>
              {' '}
              by{' '}
              <a class="govuk-link" href={`/recommendations/${replacedBy}`}>
                {replacedBy}
              </a>
            </>
          )}
          .
        </InsetText>
      )}
      {status === 'closed' && <InsetText>This recommendation is closed.</InsetText>}
      <Facts {...{ picture, known }} />
      {addressees.map(addressee => (
        <Addressee addressee={addressee} note={known?.notes.get(addressee.name)} />
      ))}
      {toLocalPartners && !inEngland && (
        <>
          <h2 class="govuk-heading-m">Local partners</h2>
          <p class="govuk-body">Local partners were asked too. What they answer is not shown by name.</p>
        </>
      )}
      {inEngland && <InEngland {...inEngland} />}
      <p class="govuk-body-s">
        As at {formatDate(changedOn)}, when something public last changed. Cite this page as {number}; its address
        stays.
      </p>
    </>
  )
}

function Facts({ picture, known }: { picture: Picture; known: Provenance | undefined }) {
  const { source, answers, intendedChange, measure, priority, priorityReason } = picture
  const why = priority && `${priorities[priority]}.${priorityReason ? ` ${priorityReason}` : ''}`
  const from = known
    ? `${known.source.title}, a ${known.source.kind} of the Panel`
    : source.name || sources[source.kind]
  return (
    <>
      <SummaryList
        rows={[
          source.url
            ? {
                key: { text: 'From' },
                value: {
                  children: (
                    <a class="govuk-link" href={source.url}>
                      {from}
                    </a>
                  ),
                },
              }
            : row('From', from),
          row('Published', tellPublishedOn(picture)),
          row('What it answers', answers),
          row('Themes', picture.themes.map(theme => themes[theme as Theme] ?? theme).join('; ')),
          row('What should change for children', intendedChange),
          row('How that would be seen', measure),
          row('Priority', why ?? undefined),
          row('How sure this is', known?.trust.join(' ')),
        ]}
      />
      {known?.source.known && (
        <Details summaryText={`What is not known of “${known.source.title}”`} text={known.source.known} />
      )}
    </>
  )
}

function Addressee({ addressee, note }: { addressee: PublicAddressee; note: string | undefined }) {
  const { name, said } = addressee
  const inFull = said.filter(move => move.axis === 'reply')
  return (
    <section>
      <h2 class="govuk-heading-m">
        {name}
        {note && <span class="govuk-caption-m">{note}</span>}
      </h2>
      <SummaryList
        rows={[
          row('Reply', tellReply(addressee)),
          row('Delivery', tellDelivery(addressee)),
          row('Effect', tellEffect(addressee)),
        ]}
      />
      {addressee.reply === 'awaited' && <OwnExplanation {...addressee} />}
      {inFull.map(move => (
        <figure class="govuk-!-margin-0 govuk-!-margin-bottom-4">
          <figcaption class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">
            The reply in full, {formatDate(move.on)}
          </figcaption>
          <blockquote class="govuk-inset-text govuk-!-margin-top-0">
            <Words {...move} />
          </blockquote>
        </figure>
      ))}
      {said.length > 0 && (
        <Details summaryText={`History (${said.length})`}>
          <Timeline
            items={said.map(move => ({
              at: formatDate(move.on),
              datetime: move.on,
              title: (axes[move.axis] as Record<string, string>)[move.to]!,
              by: move.by === 'Panel' ? 'the Panel' : name,
              children: <Words {...move} />,
            }))}
          />
        </Details>
      )}
    </section>
  )
}

function OwnExplanation({ name, said }: PublicAddressee) {
  const why = said.findLast(move => move.by === 'body')
  if (!why) return null
  return (
    <InsetText>
      {name} says ({formatDate(why.on)}): {why.words}
    </InsetText>
  )
}

function Words({ words, replacement, howAsked, evidence, cameBy }: PublicMove) {
  return (
    <>
      {words === '' ? (
        <p class="govuk-body">The words are not shown.</p>
      ) : (
        words.split(/\n{2,}/).map(paragraph => <p class="govuk-body wv-answer">{paragraph}</p>)
      )}
      {replacement && <p class="govuk-body">What replaces it: {replacement}</p>}
      {howAsked && <p class="govuk-body">How they were asked: {howAsked}</p>}
      {evidence && <p class="govuk-body">Evidence: {evidenceKinds[evidence]}.</p>}
      {cameBy !== 'account' && <p class="govuk-body-s">{cameBys[cameBy]}.</p>}
    </>
  )
}

function InEngland({ partnerships, reply, delivery }: NonNullable<Picture['inEngland']>) {
  const count = (number: number | null) => (number === null ? 'Not shown' : number.toLocaleString('en-GB'))
  const line = ([label, number]: [string, number | null]) => [
    { text: label },
    { text: count(number), format: 'numeric' as const },
  ]
  return (
    <section>
      <h2 class="govuk-heading-m">Partnerships in England</h2>
      <p class="govuk-body">
        It was sent to {partnerships === null ? 'some' : count(partnerships)} partnerships. Numbers below {fewest}, and
        those that would give one away, are not shown.
      </p>
      <Table
        caption="How they reply"
        firstCellIsHeader
        head={[{ text: 'Reply' }, { text: 'Partnerships', format: 'numeric' }]}
        rows={(Object.keys(replies) as Reply[]).map(key => line([replies[key], reply[key]]))}
      />
      <Table
        caption="How far they are"
        firstCellIsHeader
        head={[{ text: 'Delivery' }, { text: 'Partnerships', format: 'numeric' }]}
        rows={(Object.keys(deliveriesTold) as DeliveryTold[]).map(key => line([deliveriesTold[key], delivery[key]]))}
      />
    </section>
  )
}
