import type { ComponentChildren } from 'preact'

/** Every property may be left out or be undefined, so that `errorMessage={errors.get('name')}` needs no `if`. */
export type Optional<T> = { [Key in keyof T]?: T[Key] | undefined }

/** What a list may hold in place of an item, so that `mayEdit && { href, text }` needs no `filter`. */
export type Nothing = false | null | undefined | ''

/** HTML attributes we have no property of our own for, like `data-test`. They win over ours. */
export type Attributes = Record<string, string | number | boolean | null | undefined>

/** Plain text, or JSX as children where the macros of GOV.UK Frontend take raw `html`. Children win. */
export type Content = Optional<{ text: string | number; children: ComponentChildren }>

export type Styled = Optional<{ classes: string; attributes: Attributes }>

export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6

/** Words for each form of the plural, like `{ one: '...', other: '...' }`. */
export type PluralTexts = Record<string, string>

export function contentOf(content: Content | undefined): ComponentChildren {
  return content?.children ?? content?.text
}

export function classNames(...names: (string | Nothing)[]): string {
  return names.filter(Boolean).join(' ')
}

/** Undefined, not empty, when there is nothing to refer to: an empty `aria-describedby` is an error. */
export function idsOf(...ids: (string | Nothing)[]): string | undefined {
  return classNames(...ids) || undefined
}

/** The `data-i18n.*` attributes by which the browser script of GOV.UK Frontend reads its words. */
export function translations(texts: Record<string, string | PluralTexts | undefined>): Attributes {
  const attributes: Attributes = {}
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text === 'string') attributes[`data-i18n.${key}`] = text
    else for (const [rule, words] of Object.entries(text ?? {})) attributes[`data-i18n.${key}.${rule}`] = words
  }
  return attributes
}
