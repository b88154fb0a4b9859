import { Tag } from './tag.tsx'

interface DueTagProps {
  /** A calendar day, like 2026-03-31. */
  dueOn: string
  today: string
  /** From today to `dueOn`; below 0 when it is late. May be 0 on other days too, over a weekend. */
  workingDaysLeft: number
}

/** Says in words, not in colour alone, how long is left. */
export function DueTag(props: DueTagProps) {
  const { words, colour } = urgencyOf(props)
  return <Tag text={words} classes={`wv-due-tag govuk-tag--${colour}`} />
}

function urgencyOf({ dueOn, today, workingDaysLeft }: DueTagProps): { words: string; colour: string } {
  if (dueOn === today) return { words: 'Due today', colour: 'orange' }
  if (dueOn < today) {
    return { words: workingDaysLeft === 0 ? 'Late' : `${workingDays(-workingDaysLeft)} late`, colour: 'red' }
  }
  if (workingDaysLeft === 0) return { words: 'Due before the next working day', colour: 'orange' }
  return { words: `Due in ${workingDays(workingDaysLeft)}`, colour: workingDaysLeft <= 2 ? 'yellow' : 'blue' }
}

function workingDays(count: number): string {
  return `${count} working ${count === 1 ? 'day' : 'days'}`
}
