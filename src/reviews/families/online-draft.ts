import { ensureMay, type Acting } from '../../platform/acting.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { endLinks, makeLink } from '../../platform/links/index.ts'
import { versionsOf } from '../drafting/store.ts'
import { textFrom } from '../drafting/draft.ts'
import { memberOf } from './change-family.ts'
import { insertDraft, markDraftsClosed, readFamily } from './store.ts'

export interface NewOnlineDraft {
  memberId: string
  verifiedHow: string
  verifiedBy: string
  /** Of the report. */
  version: string
}

const daysOpen = 7

/**
 * Opens a draft online for one person whose identity somebody verified.
 * @returns the address to hand over, which is shown once
 * @throws ServiceError 'invalid' with what is missing
 */
export async function openDraftOnline(
  acting: Acting,
  incidentId: string,
  draft: NewOnlineDraft,
  publicUrl: string,
): Promise<string> {
  ensureMay(acting, 'write', 'family-contact')
  return acting.transaction(async tx => {
    const record = await readFamily(tx, acting, incidentId)
    const member = memberOf(record, draft.memberId)
    const version = (await versionsOf(tx, record)).find(each => String(each.version) === draft.version)
    const fields: FieldError[] = [
      ...(draft.verifiedHow ? [] : [{ field: 'verifiedHow', text: 'Enter how you know who they are' }]),
      ...(draft.verifiedBy ? [] : [{ field: 'verifiedBy', text: 'Enter who verified it' }]),
      ...(version ? [] : [{ field: 'version', text: 'Select the version of the report that they read' }]),
    ]
    if (member.answers.mayContact !== 'yes') {
      fields.unshift({ field: 'verifiedHow', text: 'They are not to be contacted now' })
    }
    if (!version || fields.length > 0) throw new ServiceError('invalid', 'The draft cannot be opened yet.', { fields })
    const reader = String(member.answers.name)
    const id = await insertDraft(tx, record, {
      ...draft,
      reader,
      version: version.version,
      text: textFrom(version.paragraphs),
    })
    const { address } = await makeLink(
      tx,
      { purpose: 'family-draft', objectId: id, holder: reader, days: daysOpen, place: record },
      publicUrl,
    )
    await recordEvent(tx, { kind: 'family.draft-opened', subject: 'family-contact', place: record, objectId: id })
    return address
  })
}

/** Why a draft is closed at once. The key is posted; the label is kept and read. */
export const closingReasons = {
  arrest: 'An arrest',
  charge: 'A charge',
  order: 'A new court order',
  read: 'They have read it',
  other: 'Another reason',
} as const
export type ClosingReason = keyof typeof closingReasons

/** Closes every open draft of the review, also for whoever is reading it now. @returns how many were open */
export async function closeDraftsOnline(acting: Acting, incidentId: string, reason: ClosingReason): Promise<number> {
  ensureMay(acting, 'write', 'family-contact')
  return acting.transaction(async tx => {
    const record = await readFamily(tx, acting, incidentId)
    const closed = await markDraftsClosed(tx, record, closingReasons[reason])
    for (const id of closed) {
      await endLinks(tx, 'family-draft', id)
      await recordEvent(tx, { kind: 'family.draft-closed', subject: 'family-contact', place: record, objectId: id })
    }
    return closed.length
  })
}
