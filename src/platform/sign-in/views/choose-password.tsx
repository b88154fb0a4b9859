import type { FieldError } from '../../errors.ts'
import { Button, errorAt, FormToken, PasswordInput, type PageProps, type Visitor } from '../../web/index.ts'
import { shortestPassword } from '../password.ts'

function Rules() {
  return (
    <>
      <p class="govuk-body">Your password must:</p>
      <ul class="govuk-list govuk-list--bullet">
        <li>be {shortestPassword} characters or more</li>
        <li>not be easy to guess, like a common word with digits added, or your name</li>
      </ul>
      <p class="govuk-body">
        Three or four unrelated words are good. Spaces count. A password manager can choose for you.
      </p>
    </>
  )
}

function NewPassword({ errors }: { errors: readonly FieldError[] }) {
  return (
    <PasswordInput
      name="newPassword"
      label={{ text: 'New password' }}
      autocomplete="new-password"
      errorMessage={errorAt(errors, 'newPassword')}
    />
  )
}

/** The page of a one-time link. Typed once: it can be shown while typing, and a link mends a slip. */
export function setUpPage({
  token,
  name,
  email,
  visitor,
  errors = [],
}: {
  token: string
  name: string
  email: string
  visitor: Visitor | undefined
  errors?: readonly FieldError[]
}): PageProps {
  return {
    title: 'Choose your password',
    errors,
    children: (
      <>
        <h1 class="govuk-heading-l">Choose your password</h1>
        <p class="govuk-body">
          For {name}, {email}.
        </p>
        <Rules />
        <form method="post" action={`/sign-in/set-up/${token}`} noValidate>
          <FormToken visitor={visitor} />
          {/* Tells password managers which account the password belongs to. */}
          <input type="text" name="username" value={email} autocomplete="username" hidden readOnly />
          <NewPassword errors={errors} />
          <Button text="Save password and continue" preventDoubleClick />
        </form>
      </>
    ),
  }
}

export function changePasswordPage({
  visitor,
  email,
  errors = [],
}: {
  visitor: Visitor
  email: string
  errors?: readonly FieldError[]
}): PageProps {
  return {
    title: 'Change your password',
    errors,
    back: { href: '/you' },
    children: (
      <>
        <h1 class="govuk-heading-l">Change your password</h1>
        <Rules />
        <p class="govuk-body">You will be signed out on your other devices.</p>
        <form method="post" action="/you/password" noValidate>
          <FormToken visitor={visitor} />
          <input type="text" name="username" value={email} autocomplete="username" hidden readOnly />
          <PasswordInput
            name="currentPassword"
            label={{ text: 'Current password' }}
            autocomplete="current-password"
            errorMessage={errorAt(errors, 'currentPassword')}
          />
          <NewPassword errors={errors} />
          <Button text="Change password" preventDoubleClick />
        </form>
      </>
    ),
  }
}
