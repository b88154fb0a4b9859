import type { ComponentChildren } from 'preact'
import { Input, Select, SortableTable, type SortableColumn } from '../web/index.ts'
import type { ChosenList } from './chosen-list.ts'
import { mostCounted, pageRows, type Found } from './page-of.ts'
import { PagesOfList } from './pages-of-list.tsx'

/** A choice of options, or something to type. Its name is part of the address. */
export interface ListFilter {
  name: string
  label: string
  value: string | undefined
  /** Every one with its words, `''` for all. Left out: something to type. */
  options?: Readonly<Record<string, string>>
}

export interface ListPageProps<Row, Key extends string> {
  heading: string
  /** Without its query string. */
  path: string
  /** What one row is, and several: `1 review`, `2 reviews`. */
  counted: readonly [one: string, several: string]
  chosen: ChosenList<Key>
  found: Found<Row>
  columns: readonly SortableColumn<Row, NoInfer<Key>>[]
  filters: readonly ListFilter[]
  /** Said in place of the table when nothing is found. */
  emptyText: string
  /** Stands before the list. */
  children?: ComponentChildren
}

/** A long list: filters, columns that sort, and pages. All of it stands in the address. */
export function ListPage<Row, Key extends string>(props: ListPageProps<Row, Key>) {
  const { heading, path, counted, chosen, found, columns, filters, emptyText, children } = props
  const { sort, page, query } = chosen
  return (
    <>
      <h1 class="govuk-heading-l">{heading}</h1>
      {children}
      <SortableTable<Row, Key>
        caption={tellTotal(found.total, counted)}
        rows={found.rows}
        filters={filters.map(filter => (
          <Filter {...filter} />
        ))}
        {...{ path, query, sort, columns, emptyText }}
      />
      <PagesOfList {...{ path, query, page }} pages={Math.ceil(Math.min(found.total, mostCounted) / pageRows)} />
    </>
  )
}

function Filter({ name, label, value, options }: ListFilter) {
  if (!options) return <Input name={name} label={{ text: label }} classes="govuk-input--width-10" value={value} />
  const items = Object.entries(options).map(([key, text]) => ({ value: key, text }))
  return <Select name={name} label={{ text: label }} value={value} items={items} />
}

function tellTotal(total: number, [one, several]: ListPageProps<unknown, string>['counted']): string {
  if (total > mostCounted) return `More than ${mostCounted.toLocaleString('en-GB')} ${several}`
  return `${total.toLocaleString('en-GB')} ${total === 1 ? one : several}`
}
