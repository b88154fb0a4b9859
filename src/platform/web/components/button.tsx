import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type ButtonProps = Content &
  Styled &
  Optional<{
    id: string
    name: string
    value: string | number
    type: 'submit' | 'button' | 'reset'
    disabled: boolean
    /** Makes it a link that looks like a button. */
    href: string
    preventDoubleClick: boolean
    isStartButton: boolean
  }>

export function Button(props: ButtonProps) {
  const { href, disabled, isStartButton } = props
  const common = {
    class: classNames('govuk-button', props.classes, isStartButton && 'govuk-button--start'),
    'data-module': 'govuk-button',
    id: props.id,
    ...props.attributes,
  }
  const content = (
    <>
      {/* A start button is a flex box: without the span the spaces inside its children are lost. */}
      {isStartButton && props.children ? <span>{props.children}</span> : contentOf(props)}
      {isStartButton && <StartIcon />}
    </>
  )
  if (href) {
    return (
      <a href={href} role="button" draggable={false} {...common}>
        {content}
      </a>
    )
  }
  return (
    <button
      type={props.type || 'submit'}
      value={props.value}
      name={props.name}
      disabled={disabled}
      aria-disabled={disabled ? 'true' : undefined}
      data-prevent-double-click={props.preventDoubleClick?.toString()}
      {...common}
    >
      {content}
    </button>
  )
}

function StartIcon() {
  return (
    <svg
      class="govuk-button__start-icon"
      xmlns="http://www.w3.org/2000/svg"
      width="17.5"
      height="19"
      viewBox="0 0 33 40"
      aria-hidden="true"
      focusable="false"
    >
      <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
    </svg>
  )
}
