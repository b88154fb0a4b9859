import { formatMoment } from '../../platform/dates.ts'
import { SummaryList, Tag } from '../../platform/web/index.ts'
import { partnerKeys, partners } from './partner.ts'
import { signaturesOfText, type Signature } from './signature.ts'

/** Who has signed the present text, who is missing, and who signed an earlier text. */
export function Signatures({ hash, signatures }: { hash: string | undefined; signatures: readonly Signature[] }) {
  const counting = signaturesOfText(signatures, hash)
  return (
    <SummaryList
      rows={partnerKeys.map(partner => {
        const signed = counting.find(signature => signature.partner === partner)
        const earlier = signatures.findLast(signature => signature.partner === partner)
        return {
          key: { text: partners[partner] },
          value: {
            children: signed ? (
              <>
                <Tag text="Signed" classes="govuk-tag--green" /> {signed.personName}, {signed.bodyName},{' '}
                {formatMoment(signed.signedAt)}
              </>
            ) : (
              <span id={`signature-${partner}`}>
                <Tag text="Not signed yet" classes="govuk-tag--yellow" />
                {earlier && ` ${earlierWords(earlier, hash)}`}
              </span>
            ),
          },
        }
      })}
    />
  )
}

function earlierWords({ personName, signedAt, textHash }: Signature, hash: string | undefined): string {
  const when = formatMoment(signedAt)
  return textHash === hash
    ? `${personName} signed this text on ${when}, and it was sent back after that`
    : `${personName} signed an earlier text on ${when}`
}
