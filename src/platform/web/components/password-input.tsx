import { Button } from './button.tsx'
import type { FieldProps } from './form-group.tsx'
import { Input } from './input.tsx'
import { classNames, contentOf, translations, type Optional } from './props.ts'

export type PasswordInputProps = FieldProps &
  Optional<{
    value: string
    autocomplete: string
    showPasswordText: string
    hidePasswordText: string
    showPasswordAriaLabelText: string
    hidePasswordAriaLabelText: string
    passwordShownAnnouncementText: string
    passwordHiddenAnnouncementText: string
    button: { classes?: string | undefined }
  }>

export function PasswordInput({
  showPasswordText,
  hidePasswordText,
  showPasswordAriaLabelText,
  hidePasswordAriaLabelText,
  passwordShownAnnouncementText,
  passwordHiddenAnnouncementText,
  button,
  ...input
}: PasswordInputProps) {
  const { name, id = name, formGroup } = input
  const toggle = (
    <Button
      type="button"
      classes={classNames(
        'govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle',
        button?.classes,
      )}
      text={showPasswordText ?? 'Show'}
      attributes={{ 'aria-controls': id, 'aria-label': showPasswordAriaLabelText ?? 'Show password', hidden: true }}
    />
  )
  return (
    <Input
      {...input}
      id={id}
      type="password"
      spellcheck={false}
      autocapitalize="none"
      autocomplete={input.autocomplete || 'current-password'}
      classes={classNames('govuk-password-input__input govuk-js-password-input-input', input.classes)}
      inputWrapper={{ classes: 'govuk-password-input__wrapper' }}
      formGroup={{
        classes: classNames('govuk-password-input', formGroup?.classes),
        attributes: {
          'data-module': 'govuk-password-input',
          ...translations({
            'show-password': showPasswordText,
            'hide-password': hidePasswordText,
            'show-password-aria-label': showPasswordAriaLabelText,
            'hide-password-aria-label': hidePasswordAriaLabelText,
            'password-shown-announcement': passwordShownAnnouncementText,
            'password-hidden-announcement': passwordHiddenAnnouncementText,
          }),
          ...formGroup?.attributes,
        },
        beforeInput: formGroup?.beforeInput,
        afterInput: {
          children: (
            <>
              {toggle}
              {contentOf(formGroup?.afterInput)}
            </>
          ),
        },
      }}
    />
  )
}
