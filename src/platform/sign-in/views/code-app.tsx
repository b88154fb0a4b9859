import { encode } from 'uqr'
import type { FieldError } from '../../errors.ts'
import { Button, CopyValue, type PageProps } from '../../web/index.ts'
import { CodeInput } from './code.tsx'

export function codeAppPage({
  key,
  address,
  back,
  errors = [],
}: {
  /** In base 32. */
  key: string
  /** What the QR code says. */
  address: string
  back: string
  errors?: readonly FieldError[]
}): PageProps {
  return {
    title: 'Set up your code app',
    errors,
    back: { text: 'Start again', href: '/sign-in' },
    children: (
      <>
        <h1 class="govuk-heading-l">Set up your code app</h1>
        <p class="govuk-body">
          Besides your password you need a code from your phone. You set this up once, in three steps.
        </p>
        <h2 class="govuk-heading-m">1. Get a code app</h2>
        <p class="govuk-body">
          Use one you have, or install one that your organisation allows. Any authenticator app works.
        </p>
        <h2 class="govuk-heading-m">2. Add Weathervane to it</h2>
        <p class="govuk-body">Scan this with the app.</p>
        <QrCode text={address} />
        <p class="govuk-body">
          If you cannot scan it, choose “enter a key” in the app and type this:
          <br />
          <CopyValue value={key.replace(/.{4}(?=.)/g, '$& ')} label="key" />
        </p>
        <h2 class="govuk-heading-m">3. Enter the code the app shows</h2>
        <form method="post" action="/sign-in/code-app" noValidate>
          <input type="hidden" name="back" value={back} />
          <CodeInput errors={errors} label="One-time code" />
          <Button text="Finish and sign in" preventDoubleClick />
        </form>
      </>
    ),
  }
}

/** Black on white, with the quiet border of 4 modules that the standard asks for (ISO/IEC 18004). */
function QrCode({ text }: { text: string }) {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <p>
      <svg
        role="img"
        aria-label="QR code with the key that also stands below"
        width="232"
        height="232"
        viewBox={`0 0 ${size} ${size}`}
        shape-rendering="crispEdges"
      >
        <path fill="#ffffff" d={`M0 0h${size}v${size}h-${size}z`} />
        <path fill="#000000" d={modules.join('')} />
      </svg>
    </p>
  )
}
