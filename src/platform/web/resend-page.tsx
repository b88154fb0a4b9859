import { Button, WarningText } from './components/index.ts'
import { KeptText } from './kept-text.tsx'
import { FormToken, type PageProps } from './layout.tsx'
import { isUpload, textsIn, type Posted } from './posted-form.ts'
import type { Visitor } from './visitor.ts'

/**
 * What was typed, when the session ended before it was sent, or began anew since the form was opened. Nothing is
 * stored: it waits in this page until it is sent again. Passwords do not.
 */
export function ResendPage({
  path,
  posted,
  visitor,
}: {
  path: string
  posted: Posted
  visitor: Visitor | undefined
}): PageProps {
  const hadFile = Object.values(posted).some(isUpload)
  const title = visitor ? 'Go on with what you typed' : 'You have been signed out'
  return {
    title,
    children: (
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body-l">What you typed is not lost: it is kept on this page.</p>
        {visitor ? (
          <p class="govuk-body">
            You signed in again or changed role after you opened the form. Check that this is yours, and go on.
          </p>
        ) : (
          <>
            <p class="govuk-body">Do not close this page. Then:</p>
            <ol class="govuk-list govuk-list--number">
              <li>
                <a class="govuk-link" href="/sign-in" target="_blank" rel="noopener">
                  Sign in (opens in a new tab)
                </a>
              </li>
              <li>come back to this tab</li>
              <li>go on with what you typed</li>
            </ol>
          </>
        )}
        {hadFile && <WarningText>A file cannot be kept here. Choose it again on the next page.</WarningText>}
        <form method="post" action={path}>
          <FormToken visitor={visitor} />
          {textsIn(posted).map(({ name, text }) => (
            <input type="hidden" name={name} value={text} />
          ))}
          <Button text="Go on with what you typed" />
        </form>
        <KeptText posted={posted} />
      </>
    ),
  }
}
