import type { FastifyRequest } from 'fastify'
import { may, type Acting } from '../../../platform/acting.ts'
import { formatDate, formatMoment, type CivilDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { AnswerCards, PageList } from '../../../platform/questionnaire/index.ts'
import {
  Button,
  datePartsIn,
  DayInput,
  errorAt,
  FormToken,
  Textarea,
  type Posted,
} from '../../../platform/web/index.ts'
import type { LocalReview } from '../local-review.ts'
import { termsForm } from './terms-form.ts'
import { pathOf } from '../path.ts'
import { Heading } from '../views/parts.tsx'
import type { TermsDraft, TermsVersion } from './store.ts'

export interface TermsPageProps {
  request: FastifyRequest
  acting: Acting
  review: LocalReview
  draft: TermsDraft
  versions: readonly TermsVersion[]
  today: CivilDate
  typed?: Posted
  errors?: readonly FieldError[]
}

export function TermsPage({
  request,
  acting,
  review,
  draft,
  versions,
  today,
  typed = {},
  errors = [],
}: TermsPageProps) {
  const path = `${pathOf(review.incidentId)}/terms`
  const writes = may(acting, 'write', 'local-review')
  const last = versions.at(-1)
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : undefined)
  return (
    <>
      <Heading review={review}>Terms of reference</Heading>
      {last ? (
        <p class="govuk-body">
          The partners agreed version {last.version} on {formatDate(last.agreedOn)}.
        </p>
      ) : (
        <p class="govuk-body">The partners have not agreed them yet.</p>
      )}
      <ul class="govuk-list">
        {versions.map(({ version, agreedOn, whyChanged }) => (
          <li>
            <a class="govuk-link" href={`${path}/versions/${version}`}>
              Version {version}, agreed on {formatDate(agreedOn)}
            </a>
            {whyChanged && `: ${whyChanged}`}
          </li>
        ))}
      </ul>
      {writes && (
        <PageList
          questionnaire={termsForm}
          draft={draft}
          context={{ today }}
          pageHref={page => `${path}/write/${page}`}
        >
          What is written here is a draft until the partners agree it.
        </PageList>
      )}
      {may(acting, 'lead', 'local-review') && (
        <>
          <h2 class="govuk-heading-m">The partners agreed</h2>
          <form method="post" action={`${path}/agree`} novalidate>
            <FormToken visitor={request.visitor} />
            <DayInput
              name="agreedOn"
              legend="When did the partners agree to the draft as it stands?"
              size="s"
              typed={datePartsIn(typed, 'agreedOn')}
              errors={errors}
            />
            {last && (
              <Textarea
                name="whyChanged"
                label={{ text: 'Why do they change?', classes: 'govuk-label--s' }}
                rows={3}
                value={text('whyChanged')}
                errorMessage={errorAt(errors, 'whyChanged')}
              />
            )}
            <Button text={`Record version ${(last?.version ?? 0) + 1}`} preventDoubleClick />
          </form>
        </>
      )}
    </>
  )
}

export function TermsVersionPage({ review, version }: { review: LocalReview; version: TermsVersion }) {
  return (
    <>
      <Heading review={review}>Terms of reference, version {version.version}</Heading>
      <p class="govuk-body">
        Agreed by the safeguarding partners on {formatDate(version.agreedOn)}. Recorded{' '}
        {formatMoment(version.recordedAt)}
        {version.recordedBy && ` by ${version.recordedBy}`}.
      </p>
      {version.whyChanged && <p class="govuk-body">Why it changed: {version.whyChanged}</p>}
      <AnswerCards questionnaire={termsForm} answers={version.answers} />
    </>
  )
}
