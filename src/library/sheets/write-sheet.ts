import { isDeepStrictEqual } from 'node:util'
import { ensureAllDecided } from '../../documents/index.ts'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { invalidAt, ServiceError, type FieldError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { docxOf, type FileStore } from '../../platform/files/index.ts'
import { wordsNotAgreed } from '../../reviews/index.ts'
import { heldPublication } from '../prepare-publication.ts'
import { gapsIn, linesOf, type Publication } from '../publication.ts'
import { readPublished } from '../published.ts'
import { sheetToCheck } from '../recognised.ts'
import { runningProcess } from '../store.ts'
import { askedOf, missingIn, sectors, type PublishedSheet, type Sector, type Sheet, type SheetText } from './sheet.ts'
import { publishedSheets, saveClearing, savePublishedSheet, saveSheet, sheetsOf, toPublishedSheet } from './store.ts'

/**
 * Keeps the words of a sheet. Nothing becomes public, and a clearing of other words is gone.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' where somebody saved in between, 'invalid'
 */
export async function writeSheet(
  acting: Acting,
  incidentId: string,
  { sector, text, seenRevision }: { sector: Sector; text: SheetText; seenRevision: number },
): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  const missing = missingIn(text)
  if (missing.length > 0) throw new ServiceError('invalid', 'Something is missing on the sheet.', { fields: missing })
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    const revision = (await sheetOf(tx, publication, sector))?.revision ?? 0
    if (revision !== seenRevision) throw overtaken()
    await saveSheet(tx, publication, {
      sector,
      text,
      revision: revision + 1,
      personId: acting.personId,
      at: contextOf(tx).now,
    })
    await recordEvent(tx, {
      kind: 'learning-sheet.saved',
      subject: 'publication',
      place: publication,
      detail: { sector },
    })
  })
}

/**
 * A person says that these words are safe to share, and that they looked whether a child could be recognised. Each word
 * by which somebody could be is decided about before.
 * @throws ServiceError 'invalid' with everything that is missing, or that the family has not agreed to; 'conflict' where
 *   the words were changed since
 */
export async function clearSheet(
  acting: Acting,
  incidentId: string,
  said: { sector: Sector; by: string; asked: string; isSafe: boolean; isLooked: boolean; seenRevision: number },
): Promise<void> {
  ensureMay(acting, 'write', 'publication')
  const problems: FieldError[] = [
    ...(said.by ? [] : [{ field: 'by', text: 'Enter who clears it' }]),
    ...(Object.hasOwn(askedOf, said.asked) ? [] : [{ field: 'asked', text: 'Select who was asked' }]),
    ...(said.isSafe ? [] : [{ field: 'safe', text: 'Confirm that these words are safe to share now' }]),
    ...(said.isLooked
      ? []
      : [{ field: 'looked', text: 'Confirm that you looked whether a child could be recognised' }]),
  ]
  if (problems.length > 0) throw new ServiceError('invalid', 'The sheet is not cleared.', { fields: problems })
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    const sheet = await heldSheet(tx, publication, said.sector)
    if (sheet.revision !== said.seenRevision) throw overtaken()
    const runs = await runningProcess(tx, publication.reviewId)
    if (said.asked === 'neither' && (runs || publication.status === 'account-hidden')) {
      throw invalidAt(
        'asked',
        runs
          ? `Ask the police or a lawyer first: a related process is running (${runs})`
          : 'Ask the police or a lawyer first: the account of what happened is hidden',
      )
    }
    await ensureAgreed(tx, publication, sheet)
    await ensureAllDecided(tx, await sheetToCheck(tx, publication, sheet))
    await saveClearing(tx, publication.reviewId, {
      sector: said.sector,
      by: said.by,
      asked: said.asked,
      at: contextOf(tx).now,
    })
    await recordEvent(tx, {
      kind: 'learning-sheet.cleared',
      subject: 'publication',
      place: publication,
      detail: { sector: said.sector },
    })
  })
}

/**
 * Publishes a cleared sheet beside its review. While the account of the review is not public, the sheet tells nothing of
 * it either.
 * @throws ServiceError 'conflict' before the review is published, or where the words are not cleared
 */
export async function publishSheet(
  acting: Acting,
  files: FileStore,
  incidentId: string,
  { sector, seenRevision }: { sector: Sector; seenRevision: number },
): Promise<void> {
  ensureMay(acting, 'send', 'publication')
  const prepare = async (tx: Tx) => {
    const publication = await heldPublication(tx, incidentId)
    const sheet = await heldSheet(tx, publication, sector)
    if (sheet.revision !== seenRevision) throw overtaken()
    if (gapsIn(sheet).length > 0) {
      throw new ServiceError('conflict', 'Words were withdrawn from this sheet. Write it without them first.')
    }
    if (!sheet.cleared) throw new ServiceError('conflict', 'Clear the words first.')
    // More may be known of the child than on the day of the clearing, and less be agreed.
    await ensureAgreed(tx, publication, sheet)
    await ensureAllDecided(tx, await sheetToCheck(tx, publication, sheet))
    const review = await readPublished(tx, publication.number)
    if (!review) throw new ServiceError('conflict', 'The review is not published yet. Its sheets follow it.')
    const before = (await publishedSheets(publication.number).execute(tx)).rows.find(row => row.sector === sector)
    const { today } = contextOf(tx)
    const published: PublishedSheet = {
      number: publication.number,
      sector,
      partnershipCode: publication.partnershipCode,
      title: review.title,
      happened: review.account === undefined ? undefined : sheet.happened,
      learnt: sheet.learnt,
      ask: linesOf(sheet.ask),
      wordHash: undefined,
      publishedOn: before ? toPublishedSheet(before).publishedOn : today,
      asAt: today,
    }
    return { publication, published, partnershipName: review.partnershipName }
  }
  // The file is written before the transaction that names it: nothing but the database is waited for inside.
  const first = await acting.transaction(prepare)
  const wordHash = await files.put(await wordOf(first.published, first.partnershipName))
  await acting.transaction(async tx => {
    const { publication, published } = await prepare(tx)
    // Words that were withdrawn in between stand in the file that was just made.
    if (!isDeepStrictEqual(published, first.published)) throw overtaken()
    await savePublishedSheet(tx, { ...published, wordHash })
    await recordEvent(tx, {
      kind: 'learning-sheet.published',
      subject: 'publication',
      place: publication,
      detail: { sector },
    })
  })
}

/** The words of the family that stand on a sheet and are not agreed for one, each at its field. */
export async function notAgreed(tx: Tx, { reviewId }: Publication, text: SheetText): Promise<FieldError[]> {
  const found: FieldError[] = []
  for (const field of ['happened', 'learnt', 'ask'] as const) {
    const sentences = await wordsNotAgreed(tx, reviewId, 'learning-sheet', text[field])
    found.push(...sentences.map(sentence => ({ field, text: sentence })))
  }
  return found
}

async function ensureAgreed(tx: Tx, publication: Publication, sheet: Sheet): Promise<void> {
  const fields = await notAgreed(tx, publication, sheet)
  if (fields.length > 0) {
    throw new ServiceError('invalid', 'Words of the family are not agreed for a learning sheet.', { fields })
  }
}

function wordOf(sheet: PublishedSheet, partnershipName: string): Promise<Uint8Array> {
  return docxOf({
    title: sheet.title,
    author: partnershipName,
    header: `${sheet.number}, learning for ${sectors[sheet.sector].toLowerCase()}`,
    parts: [
      { kind: 'heading', level: 1, text: sheet.title },
      ...(sheet.happened === undefined
        ? []
        : ([
            { kind: 'heading', level: 2, text: 'What happened' },
            { kind: 'paragraph', text: sheet.happened },
          ] as const)),
      { kind: 'heading', level: 2, text: 'What we learnt' },
      { kind: 'paragraph', text: sheet.learnt },
      { kind: 'heading', level: 2, text: 'What to ask on Monday' },
      { kind: 'list', numbered: false, items: sheet.ask.map(text => ({ text })) },
    ],
  })
}

async function sheetOf(tx: Tx, { reviewId }: Publication, sector: Sector): Promise<Sheet | undefined> {
  return (await sheetsOf(tx, reviewId)).find(sheet => sheet.sector === sector)
}

async function heldSheet(tx: Tx, publication: Publication, sector: Sector): Promise<Sheet> {
  const sheet = await sheetOf(tx, publication, sector)
  if (!sheet) throw new ServiceError('conflict', 'Write and save the sheet first.')
  return sheet
}

function overtaken(): ServiceError {
  return new ServiceError('conflict', 'Somebody changed the sheet after you opened it. Open it again, and compare.')
}
