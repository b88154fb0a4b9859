import { partnerKeys, type Partner } from './partner.ts'

export interface Signature {
  partner: Partner
  bodyCode: string
  bodyName: string
  personName: string
  textHash: string
  signedAt: Date
  /** Its partner sent the review back afterwards. */
  overtaken: boolean
}

/** A partner gave the review back to its group. */
export interface SentBack {
  partner: Partner
  by: string
  at: Date
  reason: string
  textHash: string
}

/** A text that waited for signatures before the present one. */
export interface EarlierText<Text> {
  textHash: string
  text: Text
  /** The last time. */
  askedAt: Date
}

/**
 * The signatures that count: each partner's last one of exactly this text, unless that partner sent the review back
 * after it.
 *
 * @param signatures the oldest first
 */
export function signaturesOfText(signatures: readonly Signature[], hash: string | undefined): Signature[] {
  return partnerKeys.flatMap(
    partner => signatures.findLast(each => each.partner === partner && each.textHash === hash && !each.overtaken) ?? [],
  )
}

export function partnersMissing(signatures: readonly Signature[], hash: string | undefined): Partner[] {
  const signed = new Set(signaturesOfText(signatures, hash).map(({ partner }) => partner))
  return partnerKeys.filter(partner => !signed.has(partner))
}

/** A text that waited for signatures before, beside which a partner reads the present one. */
export interface ComparedText<Text> {
  text: Text
  /** What this partner did with it, or when it began to wait for them. */
  last: { what: 'signed' | 'sent back'; by: string; at: Date } | { what: 'asked'; at: Date }
}

/**
 * The text that a partner signed or sent back last; where they did neither, the last one that waited for signatures.
 * Undefined where signatures are asked for the first time.
 *
 * @param earlier the one that waited last at the end
 */
export function comparedText<Text>(
  partner: Partner,
  present: { textHash: string | undefined; text: Text },
  {
    signatures,
    sentBack,
    earlier,
  }: { signatures: readonly Signature[]; sentBack: readonly SentBack[]; earlier: readonly EarlierText<Text>[] },
): ComparedText<Text> | undefined {
  const texts = new Map(earlier.map(({ textHash, text }) => [textHash, text]))
  if (present.textHash) texts.set(present.textHash, present.text)
  const done = [
    ...signatures.map(each => ({ ...each, what: 'signed' as const, by: each.personName, at: each.signedAt })),
    ...sentBack.map(each => ({ ...each, what: 'sent back' as const })),
  ]
    .filter(each => each.partner === partner && texts.has(each.textHash))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .at(-1)
  if (done) return { text: texts.get(done.textHash)!, last: { what: done.what, by: done.by, at: done.at } }
  const waited = earlier.at(-1)
  return waited && { text: waited.text, last: { what: 'asked', at: waited.askedAt } }
}
