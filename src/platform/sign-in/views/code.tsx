import type { FieldError } from '../../errors.ts'
import { Button, Details, errorAt, Input, type PageProps } from '../../web/index.ts'

export function CodeInput({ errors, label }: { errors: readonly FieldError[]; label: string }) {
  return (
    <Input
      name="code"
      label={{ text: label }}
      hint={{ text: '6 digits. Your app shows new ones every 30 seconds.' }}
      inputmode="numeric"
      autocomplete="one-time-code"
      spellcheck={false}
      classes="govuk-input--width-5 govuk-input--extra-letter-spacing"
      errorMessage={errorAt(errors, 'code')}
    />
  )
}

export function codePage({ back, errors = [] }: { back: string; errors?: readonly FieldError[] }): PageProps {
  return {
    title: 'Enter the code from your code app',
    errors,
    back: { text: 'Start again', href: '/sign-in' },
    children: (
      <>
        <h1 class="govuk-heading-l">Enter the code from your code app</h1>
        <p class="govuk-body">Open the app on your phone in which you set up Weathervane.</p>
        <form method="post" action="/sign-in/code" noValidate>
          <input type="hidden" name="back" value={back} />
          <CodeInput errors={errors} label="One-time code" />
          <Button text="Sign in" preventDoubleClick />
        </form>
        <Details summaryText="If you do not have your phone">
          <p class="govuk-body">
            Ask the person who manages accounts in your organisation for a link that lets you set up another phone.
          </p>
        </Details>
      </>
    ),
  }
}
