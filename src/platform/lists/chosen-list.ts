import { chosenSort, textIn, type Query, type Sort } from '../web/index.ts'

/** Which page of a list, and in which order. */
export interface Wanted<Key extends string> {
  sort: Sort<Key>
  /** Counted from 1. */
  page: number
}

/** What an address asks for. */
export interface ChosenList<Key extends string> extends Wanted<Key> {
  query: Query
}

/** What is no order, or no page of any list, gives the first page in the order `otherwise`. */
export function chosenList<Key extends string>(
  query: Query,
  sorts: readonly Key[],
  otherwise: Sort<Key>,
): ChosenList<Key> {
  const page = Number(query['page'])
  return {
    sort: chosenSort(query, sorts, otherwise),
    page: Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
    query,
  }
}

/** The option of a filter that an address asks for; undefined where it is none of them. */
export function chosenOption<Option extends string>(
  query: Query,
  name: string,
  options: Readonly<Record<Option, unknown>>,
): Option | undefined {
  const asked = textIn(query, name)
  return Object.hasOwn(options, asked) ? (asked as Option) : undefined
}
