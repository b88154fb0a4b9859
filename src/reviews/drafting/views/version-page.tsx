import type { FastifyRequest } from 'fastify'
import { formatMoment } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { Button, Details, errorAt, FormToken, InsetText, Tag, Textarea } from '../../../platform/web/index.ts'
import type { DraftComment, DraftParagraph, DraftVersion } from '../draft.ts'
import { reportPath } from '../drafts-needing.ts'
import type { Report } from '../open-draft.ts'

export interface VersionPageProps {
  request: FastifyRequest
  report: Report
  version: DraftVersion
  comments: readonly DraftComment[]
  mayComment: boolean
  mayResolve: boolean
  typed?: Readonly<Record<string, string>> | undefined
  errors?: readonly FieldError[] | undefined
}

export function VersionPage(props: VersionPageProps) {
  const { report, version, comments, mayComment } = props
  const { review, versions } = report
  const path = reportPath(review.incidentId)
  const here = new Set(version.paragraphs.map(({ id }) => id))
  const elsewhere = comments.filter(each => !each.answersId && !here.has(each.paragraphId))
  const before = versions.find(each => each.version === version.version - 1)
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, report of the local review</span>
      <h1 class="govuk-heading-l">Version {version.version}</h1>
      <p class="govuk-body">
        Saved on {formatMoment(version.savedAt)} by {version.savedBy}.{version.note && ` ${version.note}`}
      </p>
      {version !== versions.at(-1) && (
        <InsetText>
          There is a later one:{' '}
          <a class="govuk-link" href={`${path}/versions/${versions.length}`}>
            version {versions.length}
          </a>
          .
        </InsetText>
      )}
      {before && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${path}/compare?from=${before.version}&to=${version.version}`}>
            What changed since version {before.version}
          </a>
        </p>
      )}
      {version.paragraphs.map(paragraph => (
        <section id={paragraph.id}>
          <ParagraphWords paragraph={paragraph} />
          <Comments {...props} about={paragraph} />
          {mayComment && <CommentForm {...props} paragraph={paragraph} />}
        </section>
      ))}
      {elsewhere.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Comments on paragraphs that are not in this version</h2>
          {[...new Set(elsewhere.map(({ paragraphId }) => paragraphId))].map(id => {
            const gone = lastWordsOf(versions, id)
            return (
              <section id={id}>
                {gone && (
                  <p class="govuk-body">
                    <del>{gone.text}</del>
                  </p>
                )}
                <Comments {...props} about={{ id }} />
              </section>
            )
          })}
        </>
      )}
    </>
  )
}

/** As it was in the last version that has it. */
function lastWordsOf(versions: readonly DraftVersion[], id: string): DraftParagraph | undefined {
  return versions
    .findLast(({ paragraphs }) => paragraphs.some(each => each.id === id))
    ?.paragraphs.find(each => each.id === id)
}

export function ParagraphWords({ paragraph }: { paragraph: DraftParagraph }) {
  if (paragraph.role === 'heading') return <h2 class="govuk-heading-m">{paragraph.text}</h2>
  return (
    <p class="govuk-body">
      {paragraph.text.split('\n').map((line, at) => (
        <>
          {at > 0 && <br />}
          {line}
        </>
      ))}
    </p>
  )
}

function Comments(props: VersionPageProps & { about: { id: string; text?: string } }) {
  const { request, report, version, comments, about, mayComment, mayResolve, typed, errors = [] } = props
  const path = `/incidents/${report.review.incidentId}/local-review/comments`
  return comments
    .filter(each => each.paragraphId === about.id && !each.answersId)
    .map(each => {
      const answers = comments.filter(({ answersId }) => answersId === each.id)
      const then = report.versions
        .find(one => one.version === each.version)
        ?.paragraphs.find(({ id }) => id === about.id)
      const changed = about.text !== undefined && then && then.text !== about.text
      const field = `answer-${each.id}`
      return (
        <InsetText id={`comment-${each.id}`}>
          <p class="govuk-body">
            <strong>{each.by}</strong>, {formatMoment(each.at)}, on version {each.version}{' '}
            {each.resolvedAt ? (
              <Tag text="Settled" classes="govuk-tag--green" />
            ) : (
              <Tag text="Open" classes="govuk-tag--yellow" />
            )}
          </p>
          <Lines text={each.text} />
          {changed && (
            <p class="govuk-body-s">
              The paragraph has changed since. It was: <q>{then.text}</q>
            </p>
          )}
          {answers.map(answer => (
            <>
              <p class="govuk-body-s govuk-!-margin-bottom-1">
                <strong>{answer.by}</strong> answered, {formatMoment(answer.at)}
              </p>
              <Lines text={answer.text} />
            </>
          ))}
          {each.resolvedBy && each.resolvedAt && (
            <p class="govuk-body-s">
              {each.resolvedBy} said on {formatMoment(each.resolvedAt)} that it is settled.
            </p>
          )}
          {mayComment && !each.resolvedAt && (
            <Details
              classes="govuk-!-display-none-print"
              summaryText={
                <>
                  Answer<span class="govuk-visually-hidden"> the comment of {each.by}</span>
                </>
              }
              open={errorAt(errors, field) !== undefined}
            >
              <form method="post" action={`${path}/${each.id}/answer`} novalidate>
                <FormToken visitor={request.visitor} />
                <input type="hidden" name="version" value={version.version} />
                <Textarea
                  name="text"
                  id={field}
                  label={{ text: 'Your answer' }}
                  value={typed?.[field]}
                  errorMessage={errorAt(errors, field)}
                  rows={3}
                />
                <Button text="Answer" classes="govuk-button--secondary" preventDoubleClick />
              </form>
            </Details>
          )}
          {mayResolve && !each.resolvedAt && (
            <form class="govuk-!-display-none-print" method="post" action={`${path}/${each.id}/resolve`}>
              <FormToken visitor={request.visitor} />
              <input type="hidden" name="version" value={version.version} />
              <Button classes="govuk-button--secondary govuk-!-margin-bottom-0" preventDoubleClick>
                It is settled<span class="govuk-visually-hidden">: the comment of {each.by}</span>
              </Button>
            </form>
          )}
        </InsetText>
      )
    })
}

function CommentForm(props: VersionPageProps & { paragraph: DraftParagraph }) {
  const { request, report, version, paragraph, typed, errors = [] } = props
  const field = `text-${paragraph.id}`
  return (
    <Details
      classes="govuk-!-display-none-print"
      summaryText={
        <>
          Comment<span class="govuk-visually-hidden"> on: {paragraph.text.slice(0, 60)}</span>
        </>
      }
      open={errorAt(errors, field) !== undefined}
    >
      <form
        method="post"
        action={`${reportPath(report.review.incidentId)}/versions/${version.version}/comments`}
        novalidate
      >
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="paragraph" value={paragraph.id} />
        <Textarea
          name="text"
          id={field}
          label={{ text: 'Your comment' }}
          value={typed?.[field]}
          errorMessage={errorAt(errors, field)}
          rows={3}
        />
        <Button text="Comment" classes="govuk-button--secondary" preventDoubleClick />
      </form>
    </Details>
  )
}

function Lines({ text }: { text: string }) {
  return text.split('\n').map(line => <p class="govuk-body">{line}</p>)
}
