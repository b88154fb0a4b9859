import { Choices, type Choice, type ChoicesProps, type Divider } from './choices.tsx'
import type { Nothing, Optional } from './props.ts'

export type RadiosProps = ChoicesProps & { items: readonly (Choice | Divider | Nothing)[] } & Optional<{
    /** The value of the item that is chosen. */
    value: string | number
  }>

export function Radios({ items, value, ...props }: RadiosProps) {
  const isChosen = (choice: string) => Boolean(value) && choice === String(value)
  return <Choices {...props} kind={{ of: 'radios', items, isChosen }} />
}
