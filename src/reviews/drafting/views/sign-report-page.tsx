import type { FastifyRequest } from 'fastify'
import { paragraphDifferences } from '../../../documents/index.ts'
import { formatDate, formatMoment } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { Partner } from '../../signing/partner.ts'
import { SignOrSendBack } from '../../signing/sign-form.tsx'
import {
  comparedText,
  signaturesOfText,
  type EarlierText,
  type SentBack,
  type Signature,
} from '../../signing/signature.ts'
import { Signatures } from '../../signing/signatures.tsx'
import { SentBackBefore } from '../../signing/since-last-time.tsx'
import {
  accuracyOutcomes,
  signingStatement,
  type AskedForAccuracy,
  type Draft,
  type DraftParagraph,
  type DraftVersion,
} from '../draft.ts'
import { reportPath } from '../drafts-needing.ts'
import { Differences } from './compare-page.tsx'
import { ParagraphWords } from './version-page.tsx'

export interface SignReportPageProps {
  request: FastifyRequest
  draft: Draft
  version: DraftVersion
  partner: Partner
  bodyName: string
  signatures: readonly Signature[]
  sentBack: readonly SentBack[]
  earlier: readonly EarlierText<readonly DraftParagraph[]>[]
  asked: readonly AskedForAccuracy[]
  typed?: { reason: string } | undefined
  errors?: readonly FieldError[] | undefined
}

export function SignReportPage(props: SignReportPageProps) {
  const { request, draft, version, partner, bodyName, signatures, sentBack, earlier, typed, errors } = props
  const signed = signaturesOfText(signatures, draft.textHash).find(signature => signature.partner === partner)
  const present = { textHash: draft.textHash, text: version.paragraphs }
  const since = signed ? undefined : comparedText(partner, present, { signatures, sentBack, earlier })
  return (
    <>
      <span class="govuk-caption-l">{draft.reference}</span>
      <h1 class="govuk-heading-l">Sign the report of the local review for {draft.partnershipName}</h1>
      <p class="govuk-body">
        Read version {version.version} below. At its end you sign it for {bodyName}, or send it back.{' '}
        <a class="govuk-link" href={`${reportPath(draft.incidentId)}/versions/${version.version}`}>
          Its comments
        </a>
      </p>
      <SentBackBefore sentBack={sentBack} />
      {since && (
        <>
          <h2 class="govuk-heading-m">What changed</h2>
          <p class="govuk-body">
            {since.last.what === 'asked'
              ? `Since the text for which signatures were asked on ${formatMoment(since.last.at)}.`
              : `Since the text that ${since.last.by} ${since.last.what} on ${formatMoment(since.last.at)}.`}{' '}
            The whole text stands below.
          </p>
          <Differences differences={paragraphDifferences(since.text, version.paragraphs)} />
        </>
      )}
      <SaidOfTheFacts {...props} />
      <h2 class="govuk-heading-m">Signatures</h2>
      <Signatures hash={draft.textHash} signatures={signatures} />
      {version.paragraphs.map(paragraph => (
        <ParagraphWords paragraph={paragraph} />
      ))}
      <SignOrSendBack
        {...{ request, partner, bodyName, signed, typed, errors }}
        path={`${reportPath(draft.incidentId)}/signing`}
        read={draft.textHash}
        statement={signingStatement}
        sentBack="The report becomes a draft again. When you are asked again, you see what changed."
      />
    </>
  )
}

/** What those who were asked said, so that nobody signs over a dispute unawares. */
function SaidOfTheFacts({ asked, draft }: SignReportPageProps) {
  const wrong = asked.filter(({ answer }) => answer && !answer.accurate)
  const waiting = asked.filter(({ answer }) => !answer)
  if (wrong.length === 0 && waiting.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">What was said of the facts</h2>
      <ul class="govuk-list govuk-list--bullet">
        {wrong.map(({ name, answer }) => (
          <li>
            {name} says that something is not right: “{answer!.text}”{' '}
            {answer!.settled
              ? `${accuracyOutcomes[answer!.settled.outcome]}, ${answer!.settled.by} decided: “${answer!.settled.why}”`
              : 'Nobody has said yet what becomes of it.'}
          </li>
        ))}
        {waiting.map(({ name, answerBy }) => (
          <li>
            {name} has not answered; the day is {formatDate(answerBy)}.
          </li>
        ))}
      </ul>
      {waiting.length > 0 && draft.askedAlthough && (
        <p class="govuk-body">Why you are asked before: “{draft.askedAlthough}”</p>
      )}
    </>
  )
}
