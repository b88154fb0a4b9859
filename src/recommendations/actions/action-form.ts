import { dateFromParts, type CivilDate, type DateParts } from '../../platform/dates.ts'
import { readOr, ServiceError, type FieldError } from '../../platform/errors.ts'
import { deliveries, type Delivery } from '../moves.ts'
import { evidenceKinds, type EvidenceKind } from '../recommendation.ts'
import { prompts, rhythms, type Prompt } from './action.ts'

const longestText = 4000

/** An action as its form holds it. */
export interface TypedAction {
  text: string
  /** The code of a body of the partnership, or `other`. */
  owner: string
  ownerName: string
  /** Bodies that do it too. */
  joint: readonly string[]
  /** The id of a person of the partnership, or `other`. */
  lead: string
  leadName: string
  leadAddress: string
  promptedBy: string
  dueOn: DateParts
  updateMonths: string
  /** `addressee:ID` and `point:ID`. */
  serves: readonly string[]
  learning: string
}

export interface ActionWords {
  text: string
  ownerCode: string | null
  ownerName: string
  jointWith: string[]
  leadPersonId: string | null
  leadName: string
  /** Null where none was entered. */
  leadAddress: string | null
  promptedBy: Prompt
  dueOn: CivilDate
  updateMonths: number
  serves: { addresseeIds: string[]; pointIds: string[]; learning: string | null }
}

/** Whom the form lets one choose. */
export interface ActionChoices {
  bodies: ReadonlyMap<string, string>
  people: ReadonlyMap<string, string>
  addresseeIds: ReadonlySet<string>
  pointIds: ReadonlySet<string>
  /** Without an account, and asked at an address that is kept: of them none need be entered. */
  leadWithAddress?: string | undefined
}

/** @throws ServiceError 'invalid' with everything that is missing or wrong, each at its field */
export function actionFrom(typed: TypedAction, choices: ActionChoices, today: CivilDate): ActionWords {
  const problems: FieldError[] = []
  const refuse = (field: string, text: string) => void problems.push({ field, text })
  if (!typed.text) refuse('text', 'Write what will be done')
  if (typed.text.length > longestText) refuse('text', `What will be done must be ${longestText} characters or fewer`)
  const otherOwner = typed.owner === 'other'
  if (!otherOwner && !choices.bodies.has(typed.owner)) refuse('owner', 'Select the body that owns it')
  if (otherOwner && !typed.ownerName) refuse('ownerName', 'Enter the name of the body that owns it')
  const otherLead = typed.lead === 'other'
  if (!otherLead && !choices.people.has(typed.lead)) refuse('lead', 'Select who leads it')
  if (otherLead && !typed.leadName) refuse('leadName', 'Enter the name of who leads it')
  const keepsAddress = typed.leadAddress === '' && typed.leadName === choices.leadWithAddress
  if (otherLead && !keepsAddress && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.leadAddress)) {
    refuse('leadAddress', 'Enter an e-mail address at which the lead can be asked, like name@example.org')
  }
  if (!Object.hasOwn(prompts, typed.promptedBy)) refuse('promptedBy', 'Select what prompted it')
  if (!Object.hasOwn(rhythms, typed.updateMonths)) refuse('updateMonths', 'Select how often the lead says how it goes')
  const dueOn = readOr(problems, () => dateFromParts(typed.dueOn, { name: 'The day it is due', field: 'dueOn' }))
  if (dueOn && dueOn < today) refuse('dueOn-day', 'The day it is due must not be in the past')
  const ids = (kind: string, known: ReadonlySet<string>) =>
    typed.serves.flatMap(each => {
      const id = each.startsWith(`${kind}:`) ? each.slice(kind.length + 1) : ''
      return known.has(id) ? [id] : []
    })
  const addresseeIds = ids('addressee', choices.addresseeIds)
  const pointIds = ids('point', choices.pointIds)
  if (addresseeIds.length + pointIds.length === 0 && !typed.learning) {
    refuse('serves', 'Select what it serves, or say what was learnt')
  }
  if (problems.length > 0 || !dueOn) {
    throw new ServiceError('invalid', 'The action was not saved: something is missing or wrong.', { fields: problems })
  }
  return {
    text: typed.text,
    ownerCode: otherOwner ? null : typed.owner,
    ownerName: otherOwner ? typed.ownerName : choices.bodies.get(typed.owner)!,
    jointWith: typed.joint.filter(code => code !== typed.owner).flatMap(code => choices.bodies.get(code) ?? []),
    leadPersonId: otherLead ? null : typed.lead,
    leadName: otherLead ? typed.leadName : choices.people.get(typed.lead)!,
    leadAddress: otherLead && !keepsAddress ? typed.leadAddress.toLowerCase() : null,
    promptedBy: typed.promptedBy as Prompt,
    dueOn,
    updateMonths: Number(typed.updateMonths),
    serves: { addresseeIds, pointIds, learning: typed.learning || null },
  }
}

/** The three questions of an update. */
export interface TypedUpdate {
  delivery: string
  words: string
  evidenceKind: string
  evidence: string
}

export interface UpdateWords {
  delivery: Delivery
  words: string
  evidenceKind: EvidenceKind | null
  evidence: string
}

/** @throws ServiceError 'invalid' with everything that is missing or wrong, each at its field */
export function updateFrom(typed: TypedUpdate): UpdateWords {
  const { delivery, words, evidenceKind, evidence } = typed
  const problems: FieldError[] = []
  if (!Object.hasOwn(deliveries, delivery)) problems.push({ field: 'delivery', text: 'Select how far it is' })
  if (!words) {
    const text =
      delivery === 'not-started'
        ? 'Say why it has not started'
        : 'Say what happened since the last update, also if it is nothing'
    problems.push({ field: 'words', text })
  }
  for (const [field, text] of Object.entries({ words, evidence })) {
    if (text.length > longestText) problems.push({ field, text: `This must be ${longestText} characters or fewer` })
  }
  const kind = Object.hasOwn(evidenceKinds, evidenceKind) ? (evidenceKind as EvidenceKind) : null
  if (evidence && !kind) problems.push({ field: 'evidenceKind', text: 'Select what kind of evidence it is' })
  if (kind && !evidence) problems.push({ field: 'evidence', text: 'Say what the evidence shows, or where it is' })
  if (problems.length > 0) {
    throw new ServiceError('invalid', 'The update was not sent: something is missing or too long.', {
      fields: problems,
    })
  }
  return { delivery: delivery as Delivery, words, evidenceKind: kind, evidence }
}
