import { ServiceError, type FieldError } from '../../../platform/errors.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { intervals } from '../../../reference-data/index.ts'

/**
 * The stages of a local review in the order they usually come. `dated` ones are asked for by law or guidance: they have
 * a page of their own, and no partnership leaves them out or renames them.
 */
export const usualStages = {
  decided: { label: 'Decided', dated: true },
  scoped: { label: 'Terms of reference agreed' },
  reviewer: { label: 'Reviewer appointed' },
  fieldwork: { label: 'Fieldwork' },
  draft: { label: 'Draft report' },
  'partner-comments': { label: 'Comments of the partners' },
  'family-read': { label: 'The family has read it' },
  'signed-off': { label: 'Signed off' },
  'sent-ahead': { label: 'Sent ahead to the Panel, DfE and Ofsted', dated: true },
  published: { label: 'Published', dated: true },
  'actions-open': { label: 'Actions being carried out' },
  'impact-reported': { label: 'What changed is reported' },
  closed: { label: 'Closed' },
} as const satisfies Record<string, { label: string; dated?: true }>
type UsualStage = keyof typeof usualStages

/** One stage as a partnership has it. */
export interface Stage {
  key: string
  label: string
  leftOut: boolean
}

/** When it was opened and closed, and by whom. */
export interface StageRecord {
  stage: string
  openedOn: CivilDate
  openedBy: string | undefined
  closedOn: CivilDate | undefined
  closedBy: string | undefined
}

export function isDated(key: string): boolean {
  return isUsual(key) && 'dated' in usualStages[key]
}

export function isUsual(key: string): key is UsualStage {
  return Object.hasOwn(usualStages, key)
}

const asTheyCome: readonly Stage[] = Object.entries(usualStages).map(([key, { label }]) => ({
  key,
  label,
  leftOut: false,
}))

/** The stages of a partnership: as it saved them, or as they come. A stage that came with a later release stands last. */
export function stagesOf(saved: readonly Stage[] | undefined): readonly Stage[] {
  if (!saved) return asTheyCome
  return [...saved, ...asTheyCome.filter(({ key }) => !saved.some(stage => stage.key === key))]
}

/** A stage of a review. It is `overtaken` where the review was published before anybody closed it. */
export type StageOfReview = Stage & { record?: StageRecord; overtaken?: true }

/** How a partnership works on its local reviews. Days it has not set are those of the service. */
export interface StagePlan {
  stages: readonly Stage[]
  /** After which a related process that runs on asks to be checked. */
  daysUntilStale: number | undefined
  /** After which a stage that is open is said to be long. */
  daysStageIsLong: number | undefined
}

/** The days of a partnership: its own, or those of the service. */
export function daysOf(plan: Omit<StagePlan, 'stages'> | undefined): { untilStale: number; stageIsLong: number } {
  return {
    untilStale: plan?.daysUntilStale ?? intervals.relatedProcessIsStale,
    stageIsLong: plan?.daysStageIsLong ?? intervals.stageIsLong,
  }
}

/** The stages to show for a review: what is left out stays where something is recorded of it. */
export function stagesFor(
  plan: readonly Stage[],
  records: readonly StageRecord[],
  { isPublished = false } = {},
): StageOfReview[] {
  const known = plan.filter(({ key, leftOut }) => !leftOut || records.some(({ stage }) => stage === key))
  const gone = records.filter(({ stage }) => !plan.some(({ key }) => key === stage))
  const stages = [...known, ...gone.map(({ stage }) => ({ key: stage, label: stage, leftOut: true }))].map(stage => {
    const record = records.find(each => each.stage === stage.key)
    return record ? { ...stage, record } : stage
  })
  if (!isPublished) return stages
  const overtaken = notDoneBefore('published', stages)
  return stages.map(stage => (overtaken.includes(stage) ? { ...stage, overtaken: true } : stage))
}

/** The stages before one that are not done. */
export function notDoneBefore<Some extends Stage & { record?: StageRecord }>(
  stage: UsualStage,
  stages: readonly Some[],
): Some[] {
  const before = stages.slice(
    0,
    stages.findIndex(({ key }) => key === stage),
  )
  return before.filter(({ record }) => !record?.closedOn)
}

/** The stage a review is in: the last one that is open, else the first that was not opened after the last closed one. */
export function presentStage(stages: readonly StageOfReview[]): StageOfReview | undefined {
  const open = stages.findLast(({ record, overtaken }) => record && !record.closedOn && !overtaken)
  if (open) return open
  const lastClosed = stages.findLastIndex(({ record }) => record?.closedOn)
  return stages.slice(lastClosed + 1).find(({ record }) => !record)
}

/** The stages as typed into the form, in their new order. */
export interface TypedStage {
  /** Undefined for one that is being added. */
  key: string | undefined
  label: string
  place: string
  leftOut: boolean
}

const longestLabel = 60

/** The days as typed, empty for those of the service. */
export interface TypedDays {
  daysUntilStale: string
  daysStageIsLong: string
}

/**
 * The plan that a form asks for.
 * @throws ServiceError 'invalid', each problem at its field: `label-KEY`, `place-KEY`, `KEY` being `new` for an added one,
 *   `daysUntilStale`, `daysStageIsLong`
 */
export function planFrom(typed: readonly TypedStage[], typedDays: TypedDays): StagePlan {
  const errors: FieldError[] = []
  const days = (field: keyof TypedDays): number | undefined => {
    const text = typedDays[field]
    const count = Number(text)
    if (text !== '' && !(/^\d{1,3}$/.test(text) && count >= 1 && count <= 365)) {
      errors.push({ field, text: 'Enter a number of days from 1 to 365, or leave it empty' })
    }
    return text === '' ? undefined : count
  }
  const [daysUntilStale, daysStageIsLong] = [days('daysUntilStale'), days('daysStageIsLong')]
  const kept = typed.filter(({ key, label }) => key !== undefined || label !== '')
  const stages = kept.map(({ key, label, place, leftOut }) => {
    const field = key ?? 'new'
    const fixed = key !== undefined && isDated(key)
    if (label === '' && !fixed) errors.push({ field: `label-${field}`, text: 'Enter the name of the stage' })
    if (label.length > longestLabel) {
      errors.push({
        field: `label-${field}`,
        text: `The name of the stage must be ${longestLabel} characters or fewer`,
      })
    }
    if (!/^\d{1,3}$/.test(place)) {
      errors.push({ field: `place-${field}`, text: `Enter the place of ${label || 'the stage'} as a number, like 4` })
    }
    return {
      key: key ?? keyOf(label, typed),
      label: fixed && isUsual(key) ? usualStages[key].label : label,
      leftOut: leftOut && !fixed,
      place: Number(place),
    }
  })
  for (const [index, { label, key }] of stages.entries()) {
    if (stages.slice(0, index).some(other => other.label.toLowerCase() === label.toLowerCase())) {
      errors.push({ field: `label-${key}`, text: `There are two stages called ${label}: give one another name` })
    }
  }
  if (errors.length > 0) throw new ServiceError('invalid', 'The stages were not saved.', { fields: errors })
  const inOrder = stages
    .toSorted((one, other) => one.place - other.place)
    .map(({ key, label, leftOut }) => ({ key, label, leftOut }))
  return { stages: inOrder, daysUntilStale, daysStageIsLong }
}

function keyOf(label: string, typed: readonly TypedStage[]): string {
  const words = label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  const taken = new Set<string | undefined>([...typed.map(({ key }) => key), ...Object.keys(usualStages), 'new', ''])
  for (let count = 0; ; count += 1) {
    const key = `own-${words}${count > 0 ? `-${count + 1}` : ''}`
    if (!taken.has(key)) return key
  }
}
