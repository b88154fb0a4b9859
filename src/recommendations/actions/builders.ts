import type { Scene } from '../../panel/builders.ts'
import { readLetter } from '../../panel/index.ts'
import type { TypedAction, TypedUpdate } from './action-form.ts'

/** An action that is in order, with a lead without an account. */
export function anAction(scene: Pick<Scene, 'area'>, action: Partial<TypedAction> = {}): TypedAction {
  return {
    text: 'Visits are confirmed with the health visitor the same day.',
    owner: scene.area.authority,
    ownerName: '',
    joint: [],
    lead: 'other',
    leadName: 'Sam Reed',
    leadAddress: 'sam.reed@school.example',
    promptedBy: 'letter-point',
    dueOn: { day: '30', month: '9', year: '2026' },
    updateMonths: '1',
    serves: [],
    learning: '',
    ...action,
  }
}

export function anUpdate(update: Partial<TypedUpdate> = {}): TypedUpdate {
  return {
    delivery: 'in-progress',
    words: 'Half of the teams confirm visits.',
    evidenceKind: '',
    evidence: '',
    ...update,
  }
}

/** What a form says when the first point of the scene's letter is chosen. */
export async function firstPoint(scene: Scene): Promise<string> {
  const letter = await scene.chair.transaction(tx => readLetter(tx, { incidentId: scene.incidentId, kind: 'rapid' }))
  return `point:${letter!.points[0]!.id}`
}
