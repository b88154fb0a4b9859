import { classNames, contentOf, type Content, type Nothing, type Optional, type Styled } from './props.ts'

export type TableCell = Content & Styled & Optional<{ format: 'numeric'; colspan: number; rowspan: number }>

export type TableProps = Styled & { rows: readonly (readonly TableCell[] | Nothing)[] } & Optional<{
    head: readonly TableCell[]
    caption: string
    captionClasses: string
    firstCellIsHeader: boolean
  }>

export function Table({ rows, head, caption, captionClasses, firstCellIsHeader, classes, attributes }: TableProps) {
  return (
    <table class={classNames('govuk-table', classes)} {...attributes}>
      {caption && <caption class={classNames('govuk-table__caption', captionClasses)}>{caption}</caption>}
      {head && (
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {head.map(({ format, classes: cellClasses, attributes: cellAttributes, colspan, rowspan, ...content }) => (
              <th
                scope="col"
                class={classNames('govuk-table__header', format && `govuk-table__header--${format}`, cellClasses)}
                colspan={colspan}
                rowspan={rowspan}
                {...cellAttributes}
              >
                {contentOf(content)}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody class="govuk-table__body">
        {rows.map(
          row =>
            row && (
              <tr class="govuk-table__row">
                {row.map((cell, index) => renderCell(cell, index === 0 && firstCellIsHeader === true))}
              </tr>
            ),
        )}
      </tbody>
    </table>
  )
}

function renderCell({ format, classes, attributes, colspan, rowspan, ...content }: TableCell, isHeader: boolean) {
  const common = { colspan, rowspan, ...attributes }
  if (isHeader) {
    return (
      <th scope="row" class={classNames('govuk-table__header', classes)} {...common}>
        {contentOf(content)}
      </th>
    )
  }
  return (
    <td class={classNames('govuk-table__cell', format && `govuk-table__cell--${format}`, classes)} {...common}>
      {contentOf(content)}
    </td>
  )
}
