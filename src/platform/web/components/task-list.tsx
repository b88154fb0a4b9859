import { classNames, contentOf, idsOf, type Content, type Nothing, type Optional, type Styled } from './props.ts'
import { Tag, type TagProps } from './tag.tsx'

type Words = Content & Optional<{ classes: string }>

export type Task = { title: Words; status: Words & Optional<{ tag: TagProps }> } & Optional<{
  href: string
  hint: Content
  classes: string
}>

export type TaskListProps = Styled & { items: readonly (Task | Nothing)[] } & Optional<{ idPrefix: string }>

export function TaskList({ items, idPrefix = 'task-list', classes, attributes }: TaskListProps) {
  return (
    <ul class={classNames('govuk-task-list', classes)} {...attributes}>
      {items.map((item, index) => item && renderTask(item, `${idPrefix}-${index + 1}`))}
    </ul>
  )
}

function renderTask({ title, href, hint, status, classes }: Task, id: string) {
  const hintId = `${id}-hint`
  const statusId = `${id}-status`
  return (
    <li class={classNames('govuk-task-list__item', href && 'govuk-task-list__item--with-link', classes)}>
      <div class="govuk-task-list__name-and-hint">
        {href ? (
          <a
            class={classNames('govuk-link govuk-task-list__link', title.classes)}
            href={href}
            aria-describedby={idsOf(hint && hintId, statusId)}
          >
            {contentOf(title)}
          </a>
        ) : (
          <div class={title.classes}>{contentOf(title)}</div>
        )}
        {hint && (
          <div id={hintId} class="govuk-task-list__hint">
            {contentOf(hint)}
          </div>
        )}
      </div>
      <div class={classNames('govuk-task-list__status', status.classes)} id={statusId}>
        {status.tag ? <Tag {...status.tag} /> : contentOf(status)}
      </div>
    </li>
  )
}
