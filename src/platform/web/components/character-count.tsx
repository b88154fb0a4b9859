import { Hint } from './hint.tsx'
import { classNames, contentOf, translations, type Optional, type PluralTexts } from './props.ts'
import { Textarea, type TextareaProps } from './textarea.tsx'

export type CharacterCountProps = Omit<TextareaProps, 'describedBy' | 'disabled' | 'autocomplete'> &
  Optional<{
    maxlength: number | string
    /** GOV.UK Frontend is giving it up: use `maxlength` with `countType` "words". */
    maxwords: number | string
    /** Percentage of the limit at which the count begins to show. */
    threshold: number | string
    countType: 'characters' | 'words' | 'length'
    countMessage: { classes?: string | undefined }
    /** `%{count}` stands for the limit. */
    textareaDescriptionText: string
    charactersUnderLimitText: PluralTexts
    charactersAtLimitText: string
    charactersOverLimitText: PluralTexts
    wordsUnderLimitText: PluralTexts
    wordsAtLimitText: string
    wordsOverLimitText: PluralTexts
  }>

export function CharacterCount({
  maxlength,
  maxwords,
  threshold,
  countType: givenCountType,
  countMessage,
  textareaDescriptionText,
  charactersUnderLimitText,
  charactersAtLimitText,
  charactersOverLimitText,
  wordsUnderLimitText,
  wordsAtLimitText,
  wordsOverLimitText,
  ...textarea
}: CharacterCountProps) {
  const { name, id = name, formGroup } = textarea
  const countType = givenCountType || (maxwords ? 'words' : undefined)
  const limit = maxwords || maxlength
  const description =
    textareaDescriptionText || `You can enter up to %{count} ${countType === 'words' ? 'words' : 'characters'}`
  const message = (
    <Hint
      id={`${id}-info`}
      classes={classNames('govuk-character-count__message', countMessage?.classes)}
      text={limit && description.replace('%{count}', String(limit))}
    />
  )
  return (
    <Textarea
      {...textarea}
      id={id}
      describedBy={`${id}-info`}
      classes={classNames('govuk-js-character-count', textarea.classes)}
      formGroup={{
        classes: classNames('govuk-character-count', formGroup?.classes),
        attributes: {
          'data-module': 'govuk-character-count',
          'data-maxlength': maxlength,
          'data-maxwords': maxwords,
          'data-threshold': threshold,
          'data-count-type': countType,
          ...translations({
            'textarea-description': limit || !textareaDescriptionText ? undefined : { other: textareaDescriptionText },
            'characters-under-limit': charactersUnderLimitText,
            'characters-at-limit': charactersAtLimitText,
            'characters-over-limit': charactersOverLimitText,
            'words-under-limit': wordsUnderLimitText,
            'words-at-limit': wordsAtLimitText,
            'words-over-limit': wordsOverLimitText,
          }),
          ...formGroup?.attributes,
        },
        beforeInput: formGroup?.beforeInput,
        afterInput: {
          children: (
            <>
              {message}
              {contentOf(formGroup?.afterInput)}
            </>
          ),
        },
      }}
    />
  )
}
