export { addressWith, type Query } from './address.ts'
export { BackLink, type BackLinkProps } from './back-link.tsx'
export { Button, type ButtonProps } from './button.tsx'
export { CharacterCount, type CharacterCountProps } from './character-count.tsx'
export { Checkboxes, type Checkbox, type CheckboxesProps } from './checkboxes.tsx'
export { CopyValue } from './copy-value.tsx'
export { DateInput, type DatePart, type DateInputProps } from './date-input.tsx'
export { DayInput } from './day-input.tsx'
export { Details, type DetailsProps } from './details.tsx'
export { DueTag } from './due-tag.tsx'
export { ErrorMessage, type ErrorMessageProps } from './error-message.tsx'
export { ErrorSummary, type ErrorSummaryItem, type ErrorSummaryProps } from './error-summary.tsx'
export { Fieldset, type LegendProps, type FieldsetProps } from './fieldset.tsx'
export { FileUpload, type FileUploadProps } from './file-upload.tsx'
export { Footer, type FooterLink, type FooterProps } from './footer.tsx'
export { GenericHeader, type GenericHeaderProps } from './generic-header.tsx'
export { Hint, type HintProps } from './hint.tsx'
export { Input, type InputProps } from './input.tsx'
export { InsetText, type InsetTextProps } from './inset-text.tsx'
export { Label, type LabelProps } from './label.tsx'
export { NotificationBanner, type NotificationBannerProps } from './notification-banner.tsx'
export { Pagination, type PaginationLink, type PaginationItem, type PaginationProps } from './pagination.tsx'
export { Panel, type PanelAction, type PanelProps } from './panel.tsx'
export { PasswordInput, type PasswordInputProps } from './password-input.tsx'
export { Radios, type RadiosProps } from './radios.tsx'
export { Select, type SelectItem, type SelectProps } from './select.tsx'
export { ServiceNavigation, type NavigationItem, type ServiceNavigationProps } from './service-navigation.tsx'
export { SkipLink, type SkipLinkProps } from './skip-link.tsx'
export {
  chosenSort,
  SortableTable,
  type Direction,
  type Sort,
  type SortableColumn,
  type SortableTableProps,
} from './sortable-table.tsx'
export {
  SummaryList,
  type SummaryAction,
  type SummaryActions,
  type SummaryRow,
  type SummaryCardProps,
  type SummaryListProps,
} from './summary-list.tsx'
export { Table, type TableCell, type TableProps } from './table.tsx'
export { Tag, type TagProps } from './tag.tsx'
export { TaskList, type Task, type TaskListProps } from './task-list.tsx'
export { Textarea, type TextareaProps } from './textarea.tsx'
export { Timeline, type TimelineItem, type TimelineProps } from './timeline.tsx'
export { WarningText, type WarningTextProps } from './warning-text.tsx'
export { WhoSees } from './who-sees.tsx'
export { type Choice, type Divider } from './choices.tsx'
export type { Attributes, Content, HeadingLevel, Nothing, Optional, Styled } from './props.ts'
