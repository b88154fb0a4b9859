/**
 * A value that people carry elsewhere, like a reference or a one-time link.
 * The browser script reveals the button; without it the value is text to select.
 */
export function CopyValue({ value, label }: { value: string; /** What the value is: "reference". */ label: string }) {
  return (
    <span class="wv-copy-value" data-module="wv-copy-value">
      <span class="wv-copy-value__value">{value}</span>{' '}
      <button type="button" class="govuk-button govuk-button--secondary wv-copy-value__button" hidden>
        Copy<span class="govuk-visually-hidden"> {label}</span>
      </button>
      <span class="wv-copy-value__status" role="status"></span>
    </span>
  )
}
