import type { ComponentChildren } from 'preact'
import { letterParts, signatureLines, type Letter, type LetterPoint } from '../letter.ts'
import { nationalBody } from '../../national-body.ts'

/** The letter as its reader meets it. What stands under a point, like its answers, the page gives. */
export function LetterText({
  letter,
  recipients,
  under,
}: {
  letter: Letter
  recipients: readonly string[]
  under?: (point: LetterPoint) => ComponentChildren
}) {
  return (
    <article>
      <p class="govuk-body">
        <strong>{nationalBody.name}</strong>
        <br />
        Reference {letter.reference}
      </p>
      <p class="govuk-body">
        To {letter.partnershipName}
        {recipients.length > 0 && <>, its safeguarding partners: {recipients.join('; ')}</>}
      </p>
      {letterParts(letter).map(part => {
        if (part.kind === 'heading') return <h2 class="govuk-heading-m">{part.text}</h2>
        if (part.kind === 'paragraph') return <p class="govuk-body">{part.text}</p>
        return (
          <ol class="govuk-list govuk-list--number govuk-list--spaced">
            {part.points.map(({ point, paragraphs, about, whatIsAsked }) => (
              <li id={`point-${point.number}`}>
                {paragraphs.map(text => (
                  <p class="govuk-body">{text}</p>
                ))}
                <p class="govuk-body-s">
                  {about} {whatIsAsked}
                </p>
                {under?.(point)}
              </li>
            ))}
          </ol>
        )
      })}
      <p class="govuk-body govuk-!-margin-top-6">
        {signatureLines(letter).map((line, index) => (
          <>
            {index > 0 && <br />}
            {line}
          </>
        ))}
      </p>
    </article>
  )
}
