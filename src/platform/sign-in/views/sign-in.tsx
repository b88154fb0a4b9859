import type { FieldError } from '../../errors.ts'
import { Button, Details, errorAt, Input, InsetText, PasswordInput, type PageProps } from '../../web/index.ts'
import { firstPauseMinutes, failuresBeforePause } from '../attempts.ts'

export function signInPage({
  email = '',
  back,
  training,
  errors = [],
}: {
  email?: string
  back: string
  training: boolean
  errors?: readonly FieldError[]
}): PageProps {
  return {
    title: 'Sign in',
    errors,
    children: (
      <>
        <h1 class="govuk-heading-l">Sign in</h1>
        {training && (
          <InsetText>
            In the training country you need no password.{' '}
            <a class="govuk-link" href={`/training/people?back=${encodeURIComponent(back)}`}>
              Choose who to be
            </a>
          </InsetText>
        )}
        <form method="post" action="/sign-in" noValidate>
          <input type="hidden" name="back" value={back} />
          <Input
            name="email"
            type="email"
            label={{ text: 'Email address' }}
            value={email}
            autocomplete="username"
            spellcheck={false}
            errorMessage={errorAt(errors, 'email')}
          />
          <PasswordInput
            name="password"
            label={{ text: 'Password' }}
            autocomplete="current-password"
            errorMessage={errorAt(errors, 'password')}
          />
          <Button text="Continue" preventDoubleClick />
        </form>
        <Details summaryText="If you cannot sign in">
          <p class="govuk-body">
            After {failuresBeforePause} wrong attempts sign-in pauses for {firstPauseMinutes} minutes, and longer each
            time after that. What you saved is safe.
          </p>
          <p class="govuk-body">
            If you have forgotten your password, or have lost the phone with your code app, ask the person who manages
            accounts in your organisation for a link. With it you choose a new password.
          </p>
        </Details>
      </>
    ),
  }
}
