import { ensureAllDecided } from '../../documents/index.ts'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { versionToCheck } from '../local/recognised.ts'
import { closeStage, reopenStage } from '../local/stages/change-stage.ts'
import { noLongerWaiting, sendTextBack, type Signing, signText } from '../signing/sign.ts'
import { hashOfVersion, isDisputed, type Draft, type DraftVersion } from './draft.ts'
import { draftIn, lastVersionIn, seenReport, versionIn } from './open-draft.ts'
import { accuracyOf, markDraft, markSigning, signedReport } from './store.ts'

const name = 'report of the local review'

/** A report that waits, with the version that waits. */
interface WaitingReport extends Draft {
  waits: DraftVersion
}

const signing: Signing<WaitingReport> = {
  subject: 'local-review',
  name,
  confirm: 'Confirm that you have read the report and agree to it',
  waiting: waitingReport,
  hashOf: ({ waits }) => hashOfVersion(waits),
  async recordSigned(tx, place, detail) {
    await recordEvent(tx, { kind: 'draft.signed', subject: 'local-review', place, detail })
    const { review, draft } = await seenReport(tx, place.incidentId)
    if (draft?.status === 'signed') await closeStage(tx, review, 'signed-off', contextOf(tx).today)
  },
  recordSentBack: (tx, place, detail) =>
    recordEvent(tx, { kind: 'draft.sent-back', subject: 'local-review', place, detail }),
}

/**
 * The last version stands still from here on: by whom somebody could be recognised is decided before. With the third signature it is signed off, and kept as it was signed.
 *
 * @param although why now, where somebody has not said yet whether the facts are right; the partners read it
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' where it waits already, is signed, has no version, or says
 *   what somebody disputes and nobody settled, or by which somebody could be recognised and nobody decided; or 'invalid' at the field `although`
 */
export async function askForSignOff(acting: Acting, incidentId: string, although = ''): Promise<void> {
  ensureMay(acting, 'lead', 'local-review')
  await acting.transaction(async tx => {
    const report = await seenReport(tx, incidentId)
    const last = lastVersionIn(report)
    const draft = draftIn(report)
    if (draft.status !== 'draft') {
      throw new ServiceError('conflict', `The report of ${draft.reference} waits for signatures already, or is signed.`)
    }
    if ((await signedReport(tx, draft))?.version === last.version) {
      throw new ServiceError('conflict', `Version ${last.version} is signed already. Save a new version first.`)
    }
    const asked = await accuracyOf(tx, draft)
    const disputed = asked.filter(isDisputed)
    if (disputed.length > 0) {
      const names = disputed.map(({ name }) => name).join(', ')
      throw new ServiceError('conflict', `Something is not right, ${names} said. Say first what became of it.`)
    }
    const waits = asked.some(({ answer }) => !answer)
    if (waits && although.trim() === '') {
      throw new ServiceError('invalid', 'Nobody was asked to sign yet.', {
        fields: [{ field: 'although', text: 'Enter why the partners are asked to sign before everybody has answered' }],
      })
    }
    try {
      await ensureAllDecided(tx, await versionToCheck(tx, report.review, last))
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      throw new ServiceError('conflict', `${error.message} Changed later, it would be signed anew.`, { cause: error })
    }
    await markSigning(tx, draft, last, waits ? although.trim() : undefined)
    await recordEvent(tx, {
      kind: 'draft.signatures-asked',
      subject: 'local-review',
      place: draft,
      detail: { version: last.version, hash: last.hash },
    })
  })
}

/**
 * Makes the report a draft again, and opens the stage "signed off" again. What was signed is kept; a new version is signed
 * anew.
 * @throws ServiceError 'not-allowed', 'not-found', or 'conflict' where it is a draft
 */
export async function takeReportBack(acting: Acting, incidentId: string): Promise<void> {
  ensureMay(acting, 'lead', 'local-review')
  await acting.transaction(async tx => {
    const draft = draftIn(await seenReport(tx, incidentId))
    if (draft.status === 'draft') {
      throw new ServiceError('conflict', `The report of ${draft.reference} is a draft: there is nothing to take back.`)
    }
    await markDraft(tx, draft)
    await reopenStage(tx, draft, 'signed-off')
    await recordEvent(tx, { kind: 'draft.taken-back', subject: 'local-review', place: draft })
  })
}

/** @see signText */
export async function signReport(
  acting: Acting,
  incidentId: string,
  signed: { read: string; confirmed: boolean },
): Promise<void> {
  await signText(acting, signing, incidentId, signed)
}

/** @see sendTextBack */
export async function sendReportBack(
  acting: Acting,
  incidentId: string,
  sentBack: { read: string; reason: string },
): Promise<void> {
  await sendTextBack(acting, signing, incidentId, sentBack)
}

async function waitingReport(tx: Tx, _: Acting, incidentId: string): Promise<WaitingReport> {
  const report = await seenReport(tx, incidentId)
  const draft = draftIn(report)
  if (draft.status !== 'signing' || !draft.version) throw noLongerWaiting({ name }, draft)
  return { ...draft, waits: versionIn(report, draft.version) }
}
