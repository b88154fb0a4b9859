import { readUpload } from '../documents/index.ts'
import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import { invalidAt, ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import type { Extraction, FileStore } from '../platform/files/index.ts'
import { planPublication } from '../reviews/index.ts'
import { drawReviewNumber } from './number.ts'
import {
  emptyText,
  firstSteps,
  hasSameWords,
  isOpen,
  namesPerson,
  publishedThing,
  stepKinds,
  type Manner,
  type Publication,
  type PublicationText,
  type SensitiveDate,
  type StepKind,
} from './publication.ts'
import {
  deletePublicFile,
  endSensitiveDate,
  insertPublication,
  insertPublicFile,
  insertSensitiveDate,
  insertSteps,
  localReviewOf,
  lockPublication,
  namesOf,
  publicFilesOf,
  stepsOf,
  updatePublication,
  updateStep,
  wordsOfReview,
} from './store.ts'
import { withholdingsOf } from './withholding-store.ts'

/**
 * Begins to prepare a publication: draws its number, which is nobody's to know yet, plans the day, and takes over the
 * words of the record that may be shared. Where it was begun
 * before, nothing happens.
 * @throws ServiceError 'not-allowed'; 'not-found' where there is no local review
 */
export async function openPublication(acting: Acting, incidentId: string): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  await acting.transaction(async tx => {
    if (await lockPublication(tx, incidentId)) return
    const review = await localReviewOf(tx, incidentId)
    if (!review) throw noPublication()
    const { now, today } = contextOf(tx)
    const draw = () =>
      insertPublication(tx, review, { number: drawReviewNumber(today), personId: acting.personId, at: now })
    for (let tries = 0; !(await draw()); tries += 1) {
      if (tries > 20) throw new Error('No free number was drawn for a publication.')
    }
    await insertSteps(
      tx,
      review,
      firstSteps.map((kind, at) => ({ position: at + 1, kind, whom: stepKinds[kind], toldBy: '', tellAt: '' })),
    )
    const opened = await heldPublication(tx, incidentId)
    const { learning, recommendations } = await wordsOfReview(tx, review.reviewId)
    const text = emptyText({ learning: learning.join('\n\n'), recommendations: recommendations.join('\n') })
    await updatePublication(tx, opened, { text }, { personId: acting.personId, at: now })
    await recordEvent(tx, { kind: 'publication.opened', subject: 'publication', place: review })
  })
}

/**
 * Sets the day on which it is to be published, or takes it back.
 * @throws ServiceError 'not-allowed', 'not-found', or 'invalid' for a day before which nobody may publish
 */
export async function planPublicationDay(
  acting: Acting,
  incidentId: string,
  publishOn: CivilDate | undefined,
): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    await planPublication(tx, publication, publishedThing(publication.manner), publishOn)
  })
}

/** @throws ServiceError 'not-found' */
export async function heldPublication(tx: Tx, incidentId: string): Promise<Publication> {
  const publication = await lockPublication(tx, incidentId)
  if (!publication) throw noPublication()
  return publication
}

export function noPublication(): ServiceError {
  return new ServiceError(
    'not-found',
    'There is no local review here whose publication is being prepared, or it is not yours to see.',
  )
}

/**
 * Keeps the words and choices as they are, complete or not. Nothing becomes public by it.
 * @throws ServiceError 'conflict' where somebody saved in between; 'invalid' at `checkedBy` for somebody who wrote it
 */
export async function savePublication(
  acting: Acting,
  incidentId: string,
  saved: {
    text: PublicationText
    manner: Manner
    seenRevision: number
  },
): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    if (publication.revision !== saved.seenRevision) {
      throw new ServiceError(
        'conflict',
        'Somebody saved this page after you opened it. What you typed stands below. Open the page again in another tab, compare, and save once more.',
      )
    }
    const { text, manner } = saved
    const wrote = hasSameWords(text, publication.text) ? [] : [acting.personId]
    const writtenBy = [...new Set([...publication.writtenBy, ...wrote])]
    const writer = (await namesOf(tx, writtenBy)).find(name => namesPerson(text.checkedBy, name))
    if (writer) {
      throw invalidAt('checkedBy', `Enter somebody other than who wrote it: ${writer} wrote words of this page`)
    }
    const by = { personId: acting.personId, at: contextOf(tx).now }
    await updatePublication(tx, publication, { text, manner, writtenBy }, by)
    await recordEvent(tx, { kind: 'publication.saved', subject: 'publication', place: publication })
  })
}

type StepChange =
  | ({ stepId: string; toldBy?: string; tellAt?: string } & (
      { do: 'say' | 'done' | 'again' } | { do: 'not-needed'; because: string }
    ))
  | { do: 'add'; kind: StepKind; whom: string }

/**
 * Changes the plan of the day. People are told in order: of a later one nobody says that it is done while an earlier one
 * is not.
 * @throws ServiceError 'invalid', 'not-found'
 */
export async function planTheDay(acting: Acting, incidentId: string, change: StepChange): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    const steps = await stepsOf(tx, publication.reviewId)
    if (change.do === 'add') {
      if (change.whom === '') throw invalidAt('whom', 'Enter whom else to tell')
      const position = (steps.at(-1)?.position ?? 0) + 1
      await insertSteps(tx, publication, [{ position, kind: change.kind, whom: change.whom, toldBy: '', tellAt: '' }])
    } else {
      const step = steps.find(({ id }) => id === change.stepId)
      if (!step) throw new ServiceError('conflict', 'This line of the plan is not there any more.')
      const before = steps.find(one => one.position < step.position && isOpen(one))
      // Who tells them, and when, stand beside each button: they are kept whichever is pressed.
      await updateStep(tx, step.id, { toldBy: change.toldBy ?? step.toldBy, tellAt: change.tellAt ?? step.tellAt })
      switch (change.do) {
        case 'say':
          break
        case 'done':
          if (before) {
            throw invalidAt(`step-${step.id}`, `Tell in order: ${before.whom} first, or say why they need not be told`)
          }
          await updateStep(tx, step.id, {
            done: { by: acting.personId, at: contextOf(tx).now },
            notNeededBecause: null,
          })
          break
        case 'not-needed':
          if (change.because === '') throw invalidAt(`step-${step.id}`, `Enter why it is not needed: ${step.whom}`)
          await updateStep(tx, step.id, { notNeededBecause: change.because, done: null })
          break
        case 'again':
          await updateStep(tx, step.id, { notNeededBecause: null, done: null })
      }
    }
    await recordEvent(tx, { kind: 'publication.planned', subject: 'publication', place: publication })
  })
}

/** @throws ServiceError 'invalid' */
export async function keepDayClear(
  acting: Acting,
  incidentId: string,
  date: Omit<SensitiveDate, 'id' | 'endedAt'>,
): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  if (date.what === '') throw invalidAt('what', 'Enter what is on that day, like "retrial at the crown court"')
  if (date.lastOn && date.lastOn < date.fromOn)
    throw invalidAt('lastOn-day', 'The last day must not be before the first')
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    await insertSensitiveDate(tx, publication, date, acting.personId)
    await recordEvent(tx, { kind: 'publication.planned', subject: 'publication', place: publication })
  })
}

/** The trial is over, or the day does not matter any more. */
export async function endClearDay(acting: Acting, incidentId: string, dateId: string): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    await endSensitiveDate(tx, publication.reviewId, dateId, contextOf(tx).now)
    await recordEvent(tx, { kind: 'publication.planned', subject: 'publication', place: publication })
  })
}

const publicTypes: Partial<Record<Extraction['kind'], string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
}

/**
 * Takes a file that a person has cleared for the public. It is shown from the next publication on.
 * @throws UploadProblem; ServiceError 'invalid' for a file that holds what its reader should not find
 */
export async function addPublicFile(
  acting: Acting,
  files: FileStore,
  incidentId: string,
  asked: { title: string; cleared: boolean; upload: { name: string; bytes: Uint8Array | undefined } | undefined },
): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  const problems: FieldError[] = [
    ...(asked.title === ''
      ? [{ field: 'fileTitle', text: 'Enter what the document is called on the public page' }]
      : []),
    ...(asked.cleared ? [] : [{ field: 'cleared', text: 'Confirm that you have read it to its end, for the public' }]),
  ]
  if (problems.length > 0) throw new ServiceError('invalid', 'The document was not added.', { fields: problems })
  await acting.transaction(tx => heldPublication(tx, incidentId))
  const { extraction, hash, sizeBytes } = await readUpload(files, asked.upload)
  const type = publicTypes[extraction.kind]
  if (!type) throw invalidAt('file', 'Choose a PDF, a Word document (.docx) or an OpenDocument text (.odt)')
  if (extraction.paragraphs.some(({ changes, comments }) => changes.length > 0 || (comments?.length ?? 0) > 0)) {
    throw invalidAt(
      'file',
      'This file has tracked changes or comments, which anybody could read. Accept or refuse every change, delete every comment, and choose it again',
    )
  }
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    const known = await publicFilesOf(tx, publication.reviewId)
    if (known.some(file => file.hash === hash)) throw invalidAt('file', 'This very file is in the list already')
    await insertPublicFile(tx, publication, {
      title: asked.title.slice(0, 200),
      hash,
      type,
      extension: extraction.kind,
      sizeBytes,
      personId: acting.personId,
      clearedAt: contextOf(tx).now,
    })
    await recordEvent(tx, { kind: 'publication.saved', subject: 'publication', place: publication })
  })
}

/** The file is not shown from the next publication on. */
export async function removePublicFile(acting: Acting, incidentId: string, fileId: string): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    await deletePublicFile(tx, publication.reviewId, fileId)
    await recordEvent(tx, { kind: 'publication.saved', subject: 'publication', place: publication })
  })
}

/** Whether the Panel and the Secretary of State were told why, where the review is not published in full. */
export async function isJustified(tx: Tx, { incidentId, manner }: Publication): Promise<boolean> {
  if (manner === 'full') return true
  return (await withholdingsOf(tx, incidentId)).some(said => said.manner === manner)
}
