import { InsetText } from '../../../platform/web/index.ts'
import { cameBackInWords, type CameBack } from '../came-back.ts'

/** For a partner who was asked to sign a review that is a draft again, and who is not in its group. */
export function CameBackPage({ reference, cameBack }: { reference: string; cameBack: CameBack }) {
  return (
    <>
      <span class="govuk-caption-l">{reference}</span>
      <h1 class="govuk-heading-l">Rapid review: it is being changed</h1>
      <InsetText>{cameBackInWords(cameBack)}</InsetText>
      <p class="govuk-body">
        There is nothing to sign now, and only the group of the review can see it. You will be asked again, by mail and
        on your home page, and then you see what changed.
      </p>
      <p class="govuk-body">
        If you have signed already: where the text changes, or where it was you who sent it back, your signature no
        longer counts and you sign once more.
      </p>
    </>
  )
}
