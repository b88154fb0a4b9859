import type { FastifyRequest } from 'fastify'
import { IdentifyingCheckLink, type CheckedWords } from '../../../documents/index.ts'
import { formatDate, formatMoment, type CivilDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  errorAt,
  FormToken,
  InsetText,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
  WhoSees,
} from '../../../platform/web/index.ts'
import { partners } from '../../signing/partner.ts'
import { partnersMissing, type SentBack, type Signature } from '../../signing/signature.ts'
import { Signatures } from '../../signing/signatures.tsx'
import { SentBackBefore } from '../../signing/since-last-time.tsx'
import { isDisputed, type AskedForAccuracy, type DraftComment } from '../draft.ts'
import { accuracyPath, reportPath } from '../drafts-needing.ts'
import type { Report } from '../open-draft.ts'
import type { SignedReport } from '../store.ts'

export interface ReportPageProps {
  request: FastifyRequest
  report: Report
  comments: readonly DraftComment[]
  asked: readonly AskedForAccuracy[]
  signatures: readonly Signature[]
  sentBack: readonly SentBack[]
  signed: SignedReport | undefined
  today: CivilDate
  mayWrite: boolean
  mayLead: boolean
  signs: boolean
  /** Of the last version, for those who write it while it is a draft. */
  recognised?: readonly CheckedWords[] | undefined
  /** What was typed where signatures were asked for and refused. */
  although?: string | undefined
  errors?: readonly FieldError[] | undefined
}

const states = {
  draft: { text: 'Being written', classes: 'govuk-tag--blue' },
  signing: { text: 'Waits for signatures', classes: 'govuk-tag--yellow' },
  signed: { text: 'Signed off', classes: 'govuk-tag--green' },
} as const

export function ReportPage(props: ReportPageProps) {
  const {
    request,
    report,
    comments,
    asked,
    signatures,
    sentBack,
    signed,
    today,
    mayWrite,
    mayLead,
    signs,
    recognised,
  } = props
  const { review, draft, versions } = report
  const path = reportPath(review.incidentId)
  const status = draft?.status ?? 'draft'
  const last = versions.at(-1)
  const open = comments.filter(({ answersId, resolvedAt }) => !answersId && !resolvedAt).length
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, local review</span>
      <h1 class="govuk-heading-l">Report</h1>
      <WhoSees>
        The group of the local review and the partnership. The Panel sees what you send ahead, nothing else.
      </WhoSees>
      <SummaryList
        rows={[
          { key: { text: 'State' }, value: { children: <Tag {...states[status]} /> } },
          {
            key: { text: 'Comments' },
            value: {
              children: !last ? (
                'None: nothing is written yet'
              ) : (
                <>
                  {roots(comments) === 0
                    ? 'Nobody has commented yet.'
                    : `${open === 0 ? 'None is open' : open === 1 ? '1 is open' : `${open} are open`}, ${roots(comments)} in all.`}{' '}
                  <a class="govuk-link" href={`${path}/versions/${last.version}`}>
                    Read the report with its comments
                  </a>
                </>
              ),
            },
          },
          {
            key: { text: 'Facts' },
            value: {
              children: (
                <>
                  {factsInWords(asked, today)}{' '}
                  {last && (
                    <a class="govuk-link" href={accuracyPath(review.incidentId)}>
                      Who says what about the facts
                    </a>
                  )}
                </>
              ),
            },
          },
          signed && {
            key: { text: 'Signed off' },
            value: {
              children: (
                <>
                  <a class="govuk-link" href={`${path}/versions/${signed.version}`}>
                    Version {signed.version}
                  </a>
                  , on {formatMoment(signed.signedAt)}. It is kept as it was signed.
                </>
              ),
            },
          },
        ].filter(row => row !== undefined)}
      />
      {status === 'draft' && mayWrite && (
        <Button text={last ? 'Write the next version' : 'Write the first version'} href={`${path}/write`} />
      )}
      {versions.length > 0 && <Versions path={path} versions={versions} />}
      {status !== 'draft' && draft && (
        <>
          <h2 class="govuk-heading-m">Signatures of version {draft.version}</h2>
          <Signatures hash={draft.textHash} signatures={signatures} />
          {signs && status === 'signing' && <Button text="Read and sign, or send back" href={`${path}/signing`} />}
        </>
      )}
      {status === 'signed' && mayLead && !review.outcome && (
        <p class="govuk-body">
          <strong>Next:</strong>{' '}
          <a class="govuk-link" href={`/incidents/${review.incidentId}/local-review/sent-ahead`}>
            {review.sentAheadOn ? 'See what was sent ahead of publication' : 'Send it ahead of publication'}
          </a>
        </p>
      )}
      {status !== 'signed' && <SentBackBefore sentBack={sentBack} />}
      {recognised && (
        <>
          <h2 class="govuk-heading-m">Who could be recognised by it</h2>
          <p class="govuk-body">
            It is decided before the partners are asked to sign: a text that changes is signed anew.
          </p>
          <IdentifyingCheckLink href={`${path}/recognised`} found={recognised} />
        </>
      )}
      {mayLead && status === 'draft' && last && signed?.version !== last.version && (
        <>
          <h2 class="govuk-heading-m">Sign-off</h2>
          {asked.some(isDisputed) ? (
            <p class="govuk-body">
              Somebody says that something is not right.{' '}
              <a class="govuk-link" href={accuracyPath(review.incidentId)}>
                Say what becomes of it
              </a>
              ; then the partners can be asked to sign.
            </p>
          ) : (
            <AskToSign {...props} version={last.version} open={open} />
          )}
        </>
      )}
      {mayLead && status !== 'draft' && (
        <form method="post" action={`${path}/take-back`}>
          <h2 class="govuk-heading-m">Change the text</h2>
          <p class="govuk-body">
            {status === 'signing'
              ? `Still missing: ${partnersMissing(signatures, draft?.textHash)
                  .map(partner => partners[partner])
                  .join(
                    ', ',
                  )}. They have it on their home page, and had a mail. Taken back, it is a draft again, and a new version is signed anew.`
              : 'The report becomes a draft again. What was signed is kept, and a new version is signed anew.'}
          </p>
          <FormToken visitor={request.visitor} />
          <Button text="Take it back to change it" classes="govuk-button--secondary" preventDoubleClick />
        </form>
      )}
    </>
  )
}

function AskToSign({
  request,
  report,
  asked,
  although,
  errors = [],
  version,
  open,
}: ReportPageProps & { version: number; open: number }) {
  const waiting = asked.filter(({ answer }) => !answer)
  return (
    <form method="post" action={`${reportPath(report.review.incidentId)}/ask`} novalidate>
      <p class="govuk-body">
        The three partners are asked to sign version {version}. Its text stands still from then on.
      </p>
      {open > 0 && <InsetText>{open === 1 ? '1 comment is' : `${open} comments are`} still open.</InsetText>}
      <FormToken visitor={request.visitor} />
      {waiting.length > 0 && (
        <Textarea
          name="although"
          label={{ text: 'Why ask now?', classes: 'govuk-label--s' }}
          hint={{
            text: `Not yet answered whether the facts are right: ${waiting
              .map(({ name, answerBy }) => `${name} (until ${formatDate(answerBy)})`)
              .join(', ')}. The partners read your reason.`,
          }}
          value={although ?? ''}
          errorMessage={errorAt(errors, 'although')}
          rows={3}
        />
      )}
      <Button text="Ask the three partners to sign" preventDoubleClick />
    </form>
  )
}

function Versions({ path, versions }: { path: string; versions: Report['versions'] }) {
  const latest = versions.toReversed()
  const items = latest.map(({ version }) => ({ value: String(version), text: `Version ${version}` }))
  return (
    <>
      <Table
        caption="Versions"
        captionClasses="govuk-table__caption--m"
        head={[{ text: 'Version' }, { text: 'Saved' }, { text: 'What changed' }]}
        rows={latest.map(({ version, savedBy, savedAt, note, documentId }) => [
          {
            children: (
              <a class="govuk-link" href={`${path}/versions/${version}`}>
                Version {version}
              </a>
            ),
          },
          { text: `${formatMoment(savedAt)}, ${savedBy}` },
          {
            children: (
              <>
                {note || (version === 1 ? 'The first' : 'Not said')}
                {documentId && (
                  <>
                    {' '}
                    <a class="govuk-link" href={`/documents/${documentId}/original`}>
                      The file<span class="govuk-visually-hidden"> of version {version}</span>
                    </a>
                  </>
                )}
              </>
            ),
          },
        ])}
      />
      {versions.length > 1 && (
        <form method="get" action={`${path}/compare`}>
          <h2 class="govuk-heading-m">Compare two versions</h2>
          <Select name="from" label={{ text: 'Earlier' }} value={items[1]!.value} items={items} />
          <Select name="to" label={{ text: 'Later' }} value={items[0]!.value} items={items} />
          <Button text="Compare" classes="govuk-button--secondary" />
        </form>
      )}
    </>
  )
}

function roots(comments: readonly DraftComment[]): number {
  return comments.filter(({ answersId }) => !answersId).length
}

function factsInWords(asked: readonly AskedForAccuracy[], today: CivilDate): string {
  if (asked.length === 0) return 'Nobody was asked yet.'
  const waiting = asked.filter(({ answer }) => !answer)
  const wrong = asked.filter(({ answer }) => answer && !answer.accurate).length
  const late = waiting.filter(({ answerBy }) => answerBy < today).length
  const next = waiting.map(({ answerBy }) => answerBy).sort()[0]
  return [
    `${asked.length - waiting.length} of ${asked.length} answered.`,
    wrong > 0 && `${wrong} ${wrong === 1 ? 'says' : 'say'} that something is not right.`,
    late > 0 ? `${late} should have answered by now.` : next && `The rest until ${formatDate(next)}.`,
  ]
    .filter(Boolean)
    .join(' ')
}
