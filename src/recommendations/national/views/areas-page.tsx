import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, type CivilDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  datePartsIn,
  DayInput,
  Details,
  errorAt,
  FormToken,
  Input,
  Radios,
  Select,
  Table,
  Tag,
  textIn,
  type Posted,
} from '../../../platform/web/index.ts'
import { bases, evidenceKinds } from '../../recommendation.ts'
import { answerKinds, nationalAnswers, totalOf, type RollUpRow } from '../answer.ts'
import type { AreaAnswer, NationalRecommendation, SampleAsk, samplesOf } from '../national-store.ts'

export interface AreasPageProps {
  request: FastifyRequest
  national: NationalRecommendation
  rows: readonly RollUpRow[]
  answers: readonly AreaAnswer[]
  samples: Awaited<ReturnType<typeof samplesOf>>
  asks: readonly SampleAsk[]
  regions: readonly { code: string; name: string }[]
  may: { send: boolean; sample: boolean }
  today: CivilDate
  typed: Posted
  errors: readonly FieldError[]
}

/** What areas answer to a national recommendation: by region and kind of answer, never ranked. */
export function AreasPage(props: AreasPageProps) {
  const { request, national, rows, answers, samples, asks, may, errors } = props
  const path = `/recommendations/${national.recommendationId}/areas`
  const total = totalOf(rows)
  const counts = (row: Omit<RollUpRow, 'region' | 'regionCode'>) => [
    { text: row.sent, format: 'numeric' as const },
    ...answerKinds.map(kind => ({ text: row[kind], format: 'numeric' as const })),
    { text: row.none, format: 'numeric' as const },
  ]
  return (
    <>
      <span class="govuk-caption-l">Recommendation {national.number}</span>
      <h1 class="govuk-heading-l">What areas answer</h1>
      <p class="govuk-body">{national.text}</p>
      {total.sent === 0 ? (
        <p class="govuk-body">It was sent to no partnership yet.</p>
      ) : (
        <>
          <div class="wv-wide-table" role="region" aria-label="Partnerships by region and answer" tabIndex={0}>
            <Table
              caption="Partnerships by region and answer"
              captionClasses="govuk-table__caption--m"
              firstCellIsHeader
              head={[
                { text: 'Region' },
                { text: 'Sent to', format: 'numeric' },
                ...answerKinds.map(kind => ({ text: nationalAnswers[kind], format: 'numeric' as const })),
                { text: 'No answer yet', format: 'numeric' },
              ]}
              rows={[...rows.map(row => [{ text: row.region }, ...counts(row)]), [{ text: 'All' }, ...counts(total)]]}
            />
          </div>
          <Details summaryText="Each partnership’s answer">
            {answers.map(one => (
              <section>
                <h2 class="govuk-heading-s">{one.partnershipName}</h2>
                {one.answer && one.at ? (
                  <>
                    <p class="govuk-body govuk-!-margin-bottom-1">
                      <Tag text={nationalAnswers[one.answer]} /> {formatMoment(one.at)}
                    </p>
                    <p class="govuk-body wv-answer">{one.words}</p>
                    {one.evidence && <p class="govuk-body wv-answer">Evidence: {one.evidence}</p>}
                  </>
                ) : (
                  <p class="govuk-body">No answer yet{one.askedBy && `, asked for by ${formatDate(one.askedBy)}`}.</p>
                )}
              </section>
            ))}
          </Details>
        </>
      )}
      {samples.map(sample => (
        <section>
          <h2 class="govuk-heading-m">Sample of {formatMoment(sample.at)}</h2>
          <p class="govuk-body">
            {sample.size} of {sample.drawnFrom.length} that said they will or that it is in place, drawn by lot with the
            seed <code>{sample.seed}</code>. Evidence asked for by {formatDate(sample.askedBy)}.
          </p>
        </section>
      ))}
      {asks.length > 0 && (
        <Table
          caption="Evidence asked for"
          captionClasses="govuk-visually-hidden"
          firstCellIsHeader
          head={[{ text: 'Partnership' }, { text: 'Evidence' }]}
          rows={asks.map(ask => [
            { text: ask.partnershipName },
            {
              text: ask.evidenceKind
                ? `${evidenceKinds[ask.evidenceKind]}: ${ask.words}`
                : `None yet, asked for by ${formatDate(ask.askedBy)}`,
            },
          ])}
        />
      )}
      {may.send && <SendForm {...props} path={path} />}
      {may.sample && total['we-will'] + total['already-in-place'] > 0 && (
        <section>
          <h2 class="govuk-heading-m">Ask a sample for evidence</h2>
          <form method="post" action={`${path}/sample`} novalidate>
            <FormToken visitor={request.visitor} />
            <Input
              name="size"
              classes="govuk-input--width-3"
              inputmode="numeric"
              label={{ text: 'How many partnerships' }}
              hint={{ text: 'Drawn by lot from those that said they will, or that it is in place.' }}
              value={textIn(props.typed, 'size')}
              errorMessage={errorAt(errors, 'size')}
            />
            <DayInput
              name="sampleBy"
              legend="Evidence by"
              typed={datePartsIn(props.typed, 'sampleBy')}
              errors={errors}
            />
            <Button text="Draw the sample and ask" preventDoubleClick />
          </form>
        </section>
      )}
    </>
  )
}

function SendForm({ request, path, regions, typed, errors }: AreasPageProps & { path: string }) {
  return (
    <section>
      <h2 class="govuk-heading-m">Send it to partnerships</h2>
      <form method="post" action={`${path}/send`} novalidate>
        <FormToken visitor={request.visitor} />
        <Radios
          name="to"
          fieldset={{ legend: { text: 'To which?' } }}
          hint={{ text: 'Those that were sent it before are left as they are.' }}
          value={textIn(typed, 'to')}
          errorMessage={errorAt(errors, 'to')}
          items={[
            { value: 'all', text: 'All partnerships of England' },
            {
              value: 'region',
              text: 'Those of a region',
              conditional: {
                children: (
                  <Select
                    name="region"
                    label={{ text: 'Region' }}
                    value={textIn(typed, 'region')}
                    items={regions.map(({ code, name }) => ({ value: code, text: name }))}
                  />
                ),
              },
            },
            {
              value: 'list',
              text: 'A list',
              conditional: {
                children: (
                  <Input
                    name="codes"
                    label={{ text: 'Codes of partnerships, with spaces between them' }}
                    value={textIn(typed, 'codes')}
                  />
                ),
              },
            },
          ]}
        />
        <DayInput name="askedBy" legend="Answer by" typed={datePartsIn(typed, 'askedBy')} errors={errors} />
        <Radios
          name="basis"
          fieldset={{ legend: { text: 'Why by that day?' } }}
          value={textIn(typed, 'basis')}
          errorMessage={errorAt(errors, 'basis')}
          items={Object.entries(bases).map(([value, text]) => ({ value, text }))}
        />
        <Button text="Send" preventDoubleClick />
      </form>
    </section>
  )
}
