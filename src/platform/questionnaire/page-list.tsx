import type { ComponentChildren } from 'preact'
import { TaskList } from '../web/components/index.ts'
import { type CheckContext, type Task, taskList } from './check.ts'
import type { AnswerDraft } from './draft.ts'
import type { Questionnaire } from './questionnaire.ts'
import { stepPath } from './steps.ts'

const states = {
  complete: { text: 'Done' },
  'in-progress': { tag: { text: 'In progress', classes: 'govuk-tag--light-blue' } },
  'not-started': { tag: { text: 'Not started', classes: 'govuk-tag--grey' } },
  'cannot-start-yet': { text: 'Cannot start yet', classes: 'govuk-task-list__status--cannot-start-yet' },
} as const

export interface PageListProps {
  questionnaire: Questionnaire
  draft: AnswerDraft
  context: CheckContext
  /** Absent for whoever may not write. */
  pageHref?: ((path: string) => string) | undefined
  /** What waits on a page although it is answered: until then it is not done. */
  waiting?: (path: string) => { hint: string; tag: string } | undefined
  /** What stands below a section. */
  below?: (section: string) => ComponentChildren
  /** Goes on after the sentence that says how many pages are done. */
  children: ComponentChildren
}

/** All pages of a draft by section, and how far each is. */
export function PageList(props: PageListProps) {
  const { questionnaire, draft, context, pageHref, waiting, below, children } = props
  const tasks = taskList(questionnaire, draft.answers, context)
  const needed = tasks.filter(({ optional }) => !optional)
  const leftOut = tasks.length - needed.length
  const done = needed.filter(({ step, state }) => state === 'complete' && !waiting?.(stepPath(step)))
  const itemOf = ({ step, title, caption, state, optional, waitsFor }: Task) => {
    const path = stepPath(step)
    const waits = waiting?.(path)
    const first = waitsFor.length > 0 ? `Finish first: ${waitsFor.join(', ')}` : undefined
    const hint = waits?.hint ?? first ?? (optional ? 'You can leave this out' : undefined)
    return {
      title: { text: caption ? `${caption}: ${title}` : title },
      href: state === 'cannot-start-yet' ? undefined : pageHref?.(path),
      hint: hint ? { text: hint } : undefined,
      status: draft.typed[path]
        ? { tag: { text: 'Something to put right', classes: 'govuk-tag--red' } }
        : waits
          ? { tag: { text: waits.tag, classes: 'govuk-tag--yellow' } }
          : states[state],
    }
  }
  return (
    <>
      <p class="govuk-body">
        {done.length} of {needed.length} pages done{leftOut > 0 && `, ${leftOut} more can be left out`}. {children}
      </p>
      {[...new Set(tasks.map(({ step }) => step.page.section))].map((section, index) => (
        <>
          <h2 class="govuk-heading-m">{section}</h2>
          <TaskList
            idPrefix={`pages-${index + 1}`}
            items={tasks.filter(({ step }) => step.page.section === section).map(itemOf)}
          />
          {below?.(section)}
        </>
      ))}
    </>
  )
}
