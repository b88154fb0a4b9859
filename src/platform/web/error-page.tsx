import { ServiceError } from '../errors.ts'
import { KeptText } from './kept-text.tsx'
import type { PageProps } from './layout.tsx'
import type { Posted } from './posted-form.ts'

const titles: Record<number, string> = {
  400: 'There is a problem with what was sent',
  403: 'You cannot do this',
  404: 'Page not found',
  409: 'This has changed',
  413: 'What was sent is too large',
}

/** Says what happened and what to do. A page that may not be seen looks like one that is not there. */
export function ErrorPage({
  status,
  error,
  requestId,
  posted = {},
}: {
  status: number
  error: Error
  requestId: string
  /** What the refused form brought. */
  posted?: Posted | undefined
}): PageProps {
  const title = titles[status] ?? (status < 500 ? 'There is a problem with what was sent' : 'Something went wrong')
  return {
    title,
    children: (
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        {error instanceof ServiceError ? (
          <p class="govuk-body">{error.message}</p>
        ) : status < 500 ? (
          <p class="govuk-body">Go back and try again.</p>
        ) : (
          <>
            <p class="govuk-body">What you saved before is safe. Try again in a few minutes.</p>
            <p class="govuk-body">
              If it happens again, ring the people named on the help page and give them this number:{' '}
              <strong>{requestId}</strong>
            </p>
          </>
        )}
        <KeptText posted={posted} />
        <p class="govuk-body">
          <a class="govuk-link" href="/">
            Go to the home page
          </a>
        </p>
      </>
    ),
  }
}
