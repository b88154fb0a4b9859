import type { FastifyRequest } from 'fastify'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  datePartsIn,
  DayInput,
  errorAt,
  FormToken,
  Input,
  SummaryList,
  type Posted,
} from '../../../platform/web/index.ts'
import { formatDate, partsOfDate } from '../../../platform/dates.ts'
import { may, type Acting } from '../../../platform/acting.ts'
import type { LocalReview } from '../local-review.ts'
import { intervals } from '../../../reference-data/index.ts'
import { isDated, type Stage, type StagePlan, type StageRecord } from './stages.ts'
import { pathOf } from '../path.ts'
import { Heading, overtakenWords } from '../views/parts.tsx'
import type { Progress } from '../waiting.ts'

export interface StagePageProps {
  request: FastifyRequest
  review: LocalReview
  stage: Stage
  record: StageRecord | undefined
  typed?: Posted | undefined
  errors: readonly FieldError[]
}

/** Where what a stage is about is done, below the address of the incident. */
const workOf: Readonly<Record<string, { at: string; text: string }>> = {
  scoped: { at: '/local-review/terms', text: 'Terms of reference' },
  reviewer: { at: '/local-review/reviewers', text: 'Reviewers' },
  fieldwork: { at: '/local-review/bench', text: 'The reviewer’s bench' },
  draft: { at: '/local-review/report', text: 'Write the report' },
  'partner-comments': { at: '/local-review/report', text: 'The report and its comments' },
  'family-read': { at: '/family', text: 'Family' },
  'signed-off': { at: '/local-review/report', text: 'The report and its signatures' },
}

/** When one stage of a review was opened and closed. */
export function StagePage({ request, review, stage, record, typed, errors }: StagePageProps) {
  const day = (name: 'openedOn' | 'closedOn') => ({
    name,
    size: 's' as const,
    typed: typed ? datePartsIn(typed, name) : partsOfDate(record?.[name]),
    errors,
  })
  return (
    <>
      <Heading review={review}>{stage.label}</Heading>
      {workOf[stage.key] && (
        <p class="govuk-body">
          Here you say when it was. The work itself:{' '}
          <a class="govuk-link" href={`/incidents/${review.incidentId}${workOf[stage.key]!.at}`}>
            {workOf[stage.key]!.text}
          </a>
        </p>
      )}
      <form method="post" action={`${pathOf(review.incidentId)}/stages/${stage.key}`} novalidate>
        <FormToken visitor={request.visitor} />
        <DayInput {...day('openedOn')} legend="When was the stage opened?" hint="Empty if it has not begun." />
        <DayInput {...day('closedOn')} legend="When was it closed?" hint="Empty while it is open." />
        <Button text="Save" preventDoubleClick />
      </form>
    </>
  )
}

export interface StagePlanPageProps {
  request: FastifyRequest
  partnershipName: string
  stages: readonly Stage[]
  /** Undefined where the partnership has set nothing yet. */
  days: Omit<StagePlan, 'stages'> | undefined
  revision: number
  typed?: Posted | undefined
  errors: readonly FieldError[]
}

/** The stages of a partnership: their order, names, which it leaves out, and its own ones. */
export function StagePlanPage(props: StagePlanPageProps) {
  const { request, partnershipName, stages, days, revision, typed, errors } = props
  const text = (name: string, stored: string) => {
    if (!typed) return stored
    const value = typed[name]
    return typeof value === 'string' ? value : stored
  }
  const rows = [
    ...stages.map((stage, index) => ({ ...stage, place: String(index + 1) })),
    { key: 'new', label: '', leftOut: false, place: String(stages.length + 1) },
  ]
  return (
    <>
      <span class="govuk-caption-l">{partnershipName}</span>
      <h1 class="govuk-heading-l">Stages of your local reviews</h1>
      <p class="govuk-body">
        The decision, the copy sent ahead and publication are fixed. Everything else is yours. A change is seen in every
        local review of the partnership; what is recorded of a stage stays.
      </p>
      <form method="post" action="/local-reviews/stages" novalidate>
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="revision" value={revision} />
        {rows.map(({ key, label, leftOut, place }) => (
          <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{label || 'Add a stage'}</legend>
            {isDated(key) ? (
              <p class="govuk-body">Fixed: it cannot be renamed or left out.</p>
            ) : (
              <Input
                name={`label-${key}`}
                label={{ text: 'Name' }}
                classes="govuk-input--width-20"
                value={text(`label-${key}`, label)}
                errorMessage={errorAt(errors, `label-${key}`)}
              />
            )}
            <Input
              name={`place-${key}`}
              label={{ text: 'Place' }}
              inputmode="numeric"
              classes="govuk-input--width-3"
              value={text(`place-${key}`, place)}
              errorMessage={errorAt(errors, `place-${key}`)}
            />
            {!isDated(key) && key !== 'new' && (
              <Checkboxes
                name={`leave-${key}`}
                classes="govuk-checkboxes--small"
                items={[
                  { value: 'yes', text: 'Leave it out', checked: typed ? typed[`leave-${key}`] === 'yes' : leftOut },
                ]}
              />
            )}
          </fieldset>
        ))}
        <h2 class="govuk-heading-m">After how many days something asks</h2>
        <p class="govuk-body">No law or guidance has a number for these. Leave them empty for the usual days.</p>
        {(
          [
            ['daysUntilStale', 'A related process asks to be checked again after', intervals.relatedProcessIsStale],
            ['daysStageIsLong', 'An open stage is said to take long after', intervals.stageIsLong],
          ] as const
        ).map(([name, label, usual]) => (
          <Input
            name={name}
            label={{ text: label }}
            hint={{ text: `Usually ${usual} days.` }}
            suffix={{ text: 'days' }}
            inputmode="numeric"
            classes="govuk-input--width-3"
            value={text(name, String(days?.[name] ?? ''))}
            errorMessage={errorAt(errors, name)}
          />
        ))}
        <Button text="Save" preventDoubleClick />
      </form>
    </>
  )
}

export function StagesPage({ acting, progress }: { acting: Acting; progress: Progress }) {
  const { review, stages } = progress
  const path = pathOf(review.incidentId)
  return (
    <>
      <Heading review={review}>Stages</Heading>
      <p class="govuk-body">
        The order is a recommendation. The decision, the copy sent ahead and publication follow from their own records.
      </p>
      <SummaryList
        rows={stages.map(({ key, label, record, overtaken }) => ({
          key: { text: label },
          value: {
            children: overtaken ? (
              overtakenWords(record)
            ) : record ? (
              isDated(key) ? (
                formatDate(record.openedOn)
              ) : (
                <>
                  Opened {formatDate(record.openedOn)}
                  {record.openedBy && ` by ${record.openedBy}`}
                  {record.closedOn && (
                    <>
                      <br />
                      Closed {formatDate(record.closedOn)}
                      {record.closedBy && ` by ${record.closedBy}`}
                    </>
                  )}
                </>
              )
            ) : (
              'Not begun'
            ),
          },
          ...(may(acting, 'write', 'local-review') &&
            !isDated(key) && {
              actions: { items: [{ href: `${path}/stages/${key}`, text: 'Change', visuallyHiddenText: label }] },
            }),
        }))}
      />
      {may(acting, 'lead', 'local-review') && (
        <p class="govuk-body">
          <a class="govuk-link" href="/local-reviews/stages">
            Rename, reorder, add or leave out stages of your partnership
          </a>
        </p>
      )}
    </>
  )
}
