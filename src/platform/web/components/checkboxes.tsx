import { Choices, type Choice, type ChoicesProps, type Divider } from './choices.tsx'
import type { Nothing, Optional } from './props.ts'

export type Checkbox = Choice &
  Optional<{
    name: string
    /** "None of these": choosing it clears the others, and choosing another clears it. */
    behaviour: 'exclusive'
  }>

export type CheckboxesProps = ChoicesProps & { items: readonly (Checkbox | Divider | Nothing)[] } & Optional<{
    describedBy: string
    /** The values of the items that are chosen. */
    values: readonly (string | number)[]
  }>

export function Checkboxes({ items, values, describedBy, ...props }: CheckboxesProps) {
  const chosen = new Set(values?.map(String))
  return (
    <Choices
      {...props}
      kind={{
        of: 'checkboxes',
        describedBy,
        items,
        isChosen: value => chosen.has(value),
        extra: ({ name, behaviour }) => ({ ...(name && { name }), 'data-behaviour': behaviour }),
      }}
    />
  )
}
