import type { ComponentChildren } from 'preact'
import { addressWith, type Query } from './address.ts'
import { Button } from './button.tsx'
import { classNames, type Optional } from './props.ts'

export type Direction = 'ascending' | 'descending'

export interface Sort<Key extends string> {
  key: Key
  direction: Direction
}

export type SortableColumn<Row, Key extends string> = {
  label: string
  cell: (row: Row) => ComponentChildren
} & Optional<{
  /** What the query string calls it. Left out where an order would mean nothing. */
  key: Key
  format: 'numeric'
}>

export type SortableTableProps<Row, Key extends string> = {
  caption: string
  /** The first column names the row. */
  columns: readonly SortableColumn<Row, Key>[]
  rows: readonly Row[]
  sort: Sort<Key>
  /** Path of the page, without its query string. */
  path: string
  query: Query
  /** Said in place of the table when there are no rows. */
  emptyText: string
} & Optional<{
  /** The fields of the filter form, without the form. Each name becomes part of the query string. */
  filters: ComponentChildren
}>

/**
 * The order asked for by `?sort=...&direction=...`.
 * Anything we do not know, as after a change to the address by hand, gives `otherwise`.
 */
export function chosenSort<Key extends string>(query: Query, keys: readonly Key[], otherwise: Sort<Key>): Sort<Key> {
  const key = keys.find(known => known === query['sort'])
  if (!key) return otherwise
  return { key, direction: query['direction'] === 'descending' ? 'descending' : 'ascending' }
}

/** A table whose rows the server sorts and filters. It shows them as they come. On a phone each row is a card. */
export function SortableTable<Row, Key extends string>(props: SortableTableProps<Row, Key>) {
  const { caption, columns, rows, filters, emptyText } = props
  const isFixed = columns.every(({ key }) => !key)
  return (
    <div class="wv-sortable">
      {filters && renderFilters(props)}
      {rows.length === 0 ? (
        <>
          <p class="govuk-heading-m">{caption}</p>
          <p class="govuk-body wv-sortable__empty">{emptyText}</p>
        </>
      ) : (
        // The roles keep it a table for screen readers where the style makes cards of the rows.
        <table class="govuk-table wv-sortable__table" role="table">
          <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
          <thead class="govuk-table__head" role="rowgroup">
            <tr
              class={classNames('govuk-table__row wv-sortable__head', isFixed && 'wv-sortable__head--fixed')}
              role="row"
            >
              {columns.map(column => renderHeader(column, props))}
            </tr>
          </thead>
          <tbody class="govuk-table__body" role="rowgroup">
            {rows.map(row => (
              <tr class="govuk-table__row wv-sortable__row" role="row">
                {columns.map((column, index) => renderCell(column, row, index === 0))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function renderFilters<Row, Key extends string>({ caption, filters, path, sort }: SortableTableProps<Row, Key>) {
  return (
    <form class="wv-filters" method="get" action={path} aria-label={`Filter: ${caption}`}>
      <input type="hidden" name="sort" value={sort.key} />
      <input type="hidden" name="direction" value={sort.direction} />
      <div class="wv-filters__fields">{filters}</div>
      <div class="govuk-button-group wv-filters__actions">
        <Button text="Apply filters" classes="govuk-button--secondary" />
        <a class="govuk-link" href={addressWith(path, {}, { sort: sort.key, direction: sort.direction })}>
          Clear filters
        </a>
      </div>
    </form>
  )
}

function renderHeader<Row, Key extends string>(
  { key, label, format }: SortableColumn<Row, Key>,
  { sort, path, query }: SortableTableProps<Row, Key>,
) {
  const names = classNames('govuk-table__header', format && `govuk-table__header--${format}`)
  if (!key) {
    return (
      <th scope="col" role="columnheader" class={classNames(names, 'wv-sortable__header--fixed')}>
        {label}
      </th>
    )
  }
  const direction = sort.key === key ? sort.direction : undefined
  const next = { sort: key, direction: direction === 'ascending' ? 'descending' : 'ascending', page: undefined }
  return (
    <th scope="col" role="columnheader" class={names} aria-sort={direction ?? 'none'}>
      <a class="govuk-link wv-sortable__link" href={addressWith(path, query, next)}>
        {label}
      </a>
    </th>
  )
}

function renderCell<Row, Key extends string>(
  { label, format, cell }: SortableColumn<Row, Key>,
  row: Row,
  isRowHeader: boolean,
) {
  if (isRowHeader) {
    return (
      <th scope="row" role="rowheader" class="govuk-table__header">
        {cell(row)}
      </th>
    )
  }
  return (
    <td
      role="cell"
      class={classNames('govuk-table__cell', format && `govuk-table__cell--${format}`)}
      data-label={label}
    >
      {cell(row)}
    </td>
  )
}
