import { deliveriesTold, effects, replies } from '../moves.ts'
import { tellDelivery, type ActionUpdate, type Action } from '../actions/action.ts'
import type { Asked } from '../actions/asked-store.ts'

/** To whom it is told. Each has words of its own, begun from the record and finished by a person. */
export const changeReaders = {
  panel: 'The reader of the review at the Panel',
  staff: 'The staff who took part',
  family: 'The family, if they wish',
} as const
export type ChangeReader = keyof typeof changeReaders

/** What was asked because of one incident, and what is done about it. */
export interface ChangeLine {
  asked: Asked
  actions: readonly { action: Action; update: ActionUpdate | undefined }[]
}

/**
 * Where a person begins to write. To a family nothing is told of how far things are: only what is done, in plain words
 * without a name, a number or a promise.
 */
export function beginWords(reader: ChangeReader, lines: readonly ChangeLine[]): string {
  const actions = [...new Map(lines.flatMap(line => line.actions).map(one => [one.action.actionId, one])).values()]
  if (reader === 'family') {
    const done = actions.filter(one => one.action.delivery === 'done')
    if (done.length === 0)
      return 'We said that we would tell you what has changed. We are still working on it, and will write to you again.'
    return [
      'We said that we would tell you what has changed. These things are different now:',
      ...done.map(one => `- ${one.action.text}`),
    ].join('\n')
  }
  const told = actions.map(({ action, update }) =>
    [`- ${action.text} ${tellDelivery(action)}.`, update?.words].filter(Boolean).join(' '),
  )
  if (reader === 'staff') {
    return ['Thank you for what you gave to the review. This is what changed because of it:', ...told].join('\n')
  }
  const axes = lines.flatMap(({ asked }) =>
    asked.kind === 'letter-point'
      ? []
      : `- ${asked.reference}: ${replies[asked.reply]}; ${deliveriesTold[asked.delivery]}; ${effects[asked.effect]}.`,
  )
  return [
    'What changed because of this review:',
    ...told,
    ...(axes.length > 0 ? ['How its recommendations stand:', ...axes] : []),
  ].join('\n')
}
