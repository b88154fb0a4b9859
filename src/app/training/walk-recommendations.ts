import type { Appointment } from './people.ts'
import type { Walk } from './walk.ts'

/** A recommendation that was issued, with whoever owes an answer in the order in which they were named. */
export interface Recommended {
  number: string
  text: string
  addressees: readonly string[]
}

interface ToRecommend {
  walk: Walk
  incidentId: string
  manager: Appointment
  text: string
  finding: string
  themes: readonly string[]
  level?: 'local' | 'national'
  intendedChange: string
  measure: string
  priority: string
  priorityReason: string
  to: readonly Readonly<Record<string, string>>[]
}

/** Writes a recommendation from a local review, names who is to answer, and issues it. */
export async function recommend({
  walk,
  incidentId,
  manager,
  to,
  level = 'local',
  ...words
}: ToRecommend): Promise<Recommended> {
  const path = await walk.fill(manager, `/desk/recommendations/new?incident=${incidentId}`, {
    ...words,
    sourceKind: 'local-review',
    level,
  })
  for (const addressee of to) await walk.fill(manager, path, addressee, `${path}/addressees`)
  await walk.fill(manager, path, {}, `${path}/issue`)
  const number = path.split('/').at(-1)!
  const rows = await walk.read<{ addressee_id: string; body_name: string; other: boolean }>(
    `select addressee_id, body_name, recommendation_addressee.body_code is null as other from recommendation_addressee
     join recommendation using (recommendation_id) where number = $1 order by other, body_name`,
    [number],
  )
  return { number, text: words.text, addressees: rows.map(row => row.addressee_id) }
}

/** Somebody reads each place by which a child could be recognised, and leaves it with a reason. */
export async function decideWhoIsRecognised(walk: Walk, who: Appointment, page: string): Promise<void> {
  const forms = await walk.open(who, page)
  const names = forms.flatMap(({ fields }) => [...fields.keys()])
  const keys = names.flatMap(name => (name.startsWith('decision-') ? [name.slice('decision-'.length)] : []))
  if (keys.length === 0) return
  const decided = keys.flatMap(key => [
    [`decision-${key}`, 'kept'],
    [`reason-${key}`, 'It says too little for anybody to be recognised by it.'],
  ])
  const action = forms.find(({ fields }) => fields.has(`decision-${keys[0]}`))?.action
  await walk.fill(who, page, Object.fromEntries(decided), action)
}
