import { checkText, ensureAllDecided } from '../documents/index.ts'
import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { formatDate, type CivilDate } from '../platform/dates.ts'
import { invalidAt, ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { publishNamed } from '../recommendations/index.ts'
import { deadline } from '../reference-data/index.ts'
import { datedForPublication } from '../reviews/index.ts'
import { heldPublication, isJustified } from './prepare-publication.ts'
import { accountOf, linesOf, missingIn, publishedThing, type Publication } from './publication.ts'
import { obstaclesFor } from './read-desk.ts'
import { publicationToCheck } from './recognised.ts'
import { hideInSheets } from './sheets/store.ts'
import { insertAct, localReviewOf, publicFilesOf, readAround, updatePublication } from './store.ts'
import { readPublished, savePublished, type PublishedReview } from './published.ts'

/** The public page as it would stand today. */
export async function snapshotOf(tx: Tx, publication: Publication, note = ''): Promise<PublishedReview> {
  const { today } = contextOf(tx)
  const { text, number } = publication
  const [before, review] = [await readPublished(tx, number), await localReviewOf(tx, publication.incidentId)]
  const account = accountOf(publication)
  const files = account === undefined ? [] : await publicFilesOf(tx, publication.reviewId)
  return {
    number,
    partnershipCode: publication.partnershipCode,
    partnershipName: review?.partnershipName ?? publication.partnershipCode,
    title: text.title,
    account,
    learning: text.learning,
    recommendations: linesOf(text.recommendations),
    themes: [...text.themes],
    documents: files.map(({ title, hash, type, extension, sizeBytes }) => ({
      name: `${hash.slice(0, 16)}.${extension}`,
      title,
      hash,
      type,
      sizeBytes,
    })),
    changes: [...(note ? [{ on: today, text: note }] : []), ...(before?.changes ?? [])],
    replacedBy: text.replacedBy || undefined,
    mayBeIndexed: text.index === 'yes',
    inFeed: text.feed === 'yes',
    publishedOn: before?.publishedOn ?? today,
    asAt: today,
  }
}

/**
 * Publishes, for the first time or anew: from the end of this transaction the public page stands as this snapshot.
 *
 * @param seenRevision of what the person has read
 * @param reason why it is published although something stands in the way, the statutory copy among it; kept, and never
 *   public
 * @param note what has changed since the last publication; public
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict'; 'invalid' with everything that is missing
 */
export async function publishReview(
  acting: Acting,
  incidentId: string,
  { seenRevision, reason, note }: { seenRevision: number; reason: string; note: string },
): Promise<void> {
  ensureMay(acting, 'send', 'publication')
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    if (publication.revision !== seenRevision) {
      throw new ServiceError('conflict', 'The words were changed after you read them. Read them again, then publish.')
    }
    if (publication.manner === 'withheld') {
      throw new ServiceError(
        'conflict',
        'This review is withheld. Choose another manner first, if it is to be published.',
      )
    }
    const missing = missingIn(publication)
    if (missing.length > 0) {
      throw new ServiceError('invalid', 'Something is missing on the public page.', { fields: missing })
    }
    await ensureAllDecided(tx, await publicationToCheck(tx, publication))
    if (!(await isJustified(tx, publication))) {
      throw invalidAt(
        'publish',
        'Tell the Panel and the Secretary of State first why only the improvements are published',
      )
    }
    if (publication.firstPublishedOn && note === '') {
      throw invalidAt('note', 'Write what has changed, for whoever read the page before')
    }
    if (note !== '') await ensureNobodyRecognised(tx, publication, { field: 'note', text: note })
    const { now, today } = contextOf(tx)
    const around = await readAround(tx, publication.reviewId)
    const dated = await datedForPublication(tx, incidentId, publishedThing(publication.manner))
    const { obstacles, tooEarly } = obstaclesFor(publication, { around, dated }, today)
    if (obstacles.length > 0 && reason === '') {
      throw invalidAt(
        'reason',
        `${tooEarly ? `${tooEarly}. ` : 'Something stands in the way. '}See to it, or enter why it is published all the same`,
      )
    }
    const by = { personId: acting.personId, at: now }
    const snapshot = await snapshotOf(tx, publication, note)
    await savePublished(tx, snapshot)
    await publishNamed(tx, publication.incidentId, publication.text.recommendations)
    if (snapshot.account === undefined) await hideInSheets(tx, snapshot.number)
    await updatePublication(
      tx,
      publication,
      {
        status: 'published',
        firstPublishedOn: publication.firstPublishedOn ?? today,
        keepUntil: publication.keepUntil ?? keepUntil(today),
      },
      by,
    )
    await insertAct(tx, publication, {
      act: 'published',
      reason: obstacles.length > 0 ? reason : undefined,
      inTheWay: obstacles,
      ...by,
    })
    await recordEvent(tx, {
      kind: 'publication.published',
      subject: 'publication',
      place: publication,
      detail: { number: publication.number, manner: publication.manner, inTheWay: obstacles.length },
    })
  })
}

/**
 * Puts down that the review was published elsewhere, like on the website of the partnership. What was too early there was
 * so: it is kept with the day.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict'; 'invalid' at its fields
 */
export async function noteElsewhere(
  acting: Acting,
  incidentId: string,
  { on, where }: { on: CivilDate | undefined; where: string },
): Promise<void> {
  ensureMay(acting, 'send', 'publication')
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    const { manner } = publication
    const { now, today } = contextOf(tx)
    if (manner === 'withheld') {
      throw new ServiceError('conflict', 'This review is withheld. Choose another manner first, if it was published.')
    }
    const fields: FieldError[] = []
    if (!on) fields.push({ field: 'elsewhereOn-day', text: 'Enter the day on which it was published' })
    if (on && on > today) {
      fields.push({ field: 'elsewhereOn-day', text: 'The day on which it was published must be today or in the past' })
    }
    if (where === '')
      fields.push({ field: 'where', text: 'Enter where it was published, like the address of the page' })
    if (!on || fields.length > 0) {
      throw new ServiceError('invalid', fields.map(({ text }) => text).join('. '), { fields })
    }
    const tooEarly = (await datedForPublication(tx, incidentId, publishedThing(manner)))?.tooEarly(on)
    await insertAct(tx, publication, {
      act: 'elsewhere',
      reason: `${formatDate(on)}, ${where}`,
      inTheWay: tooEarly ? [tooEarly] : [],
      personId: acting.personId,
      at: now,
    })
    await recordEvent(tx, {
      kind: 'publication.elsewhere',
      subject: 'publication',
      place: publication,
      detail: { manner, on },
    })
  })
}

function keepUntil(publishedOn: CivilDate): CivilDate {
  return deadline('keep-local-public', publishedOn).dueOn
}

/**
 * Takes the account of what happened, and the documents that tell it, from the public page, at once and everywhere. Number,
 * learning and recommendations stay. The page says nothing of why or of when, and lists, feed and tables say nothing at
 * all: whoever fetches them daily would learn of a retrial on its day.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict'; 'invalid' without a reason
 */
export async function hideAccount(acting: Acting, incidentId: string, reason: string): Promise<void> {
  await changePublished(acting, incidentId, async (tx, publication, published) => {
    if (reason === '') throw invalidAt('reason', 'Enter the reason. It is kept, and never public')
    await takeAccountAway(tx, acting, publication, published, 'hidden', reason)
    await recordEvent(tx, {
      kind: 'publication.account-hidden',
      subject: 'publication',
      place: publication,
      detail: { number: publication.number },
    })
  })
}

async function takeAccountAway(
  tx: Tx,
  acting: Acting,
  publication: Publication,
  published: PublishedReview,
  act: 'hidden' | 'narrative-ended',
  reason: string,
): Promise<void> {
  const { now, today } = contextOf(tx)
  const by = { personId: acting.personId, at: now }
  await savePublished(tx, { ...published, account: undefined, documents: [] })
  await hideInSheets(tx, published.number)
  const ended = act === 'narrative-ended' ? { narrativeReviewedOn: today } : {}
  await updatePublication(tx, publication, { status: 'account-hidden', ...ended }, by)
  await insertAct(tx, publication, { act, reason, ...by })
}

/**
 * After its first year a person decides whether the account of what happened stays public.
 * @throws ServiceError 'conflict' before the year is over; 'invalid' without a reason
 */
export async function reviewAccount(
  acting: Acting,
  incidentId: string,
  { keep, reason }: { keep: boolean | undefined; reason: string },
): Promise<void> {
  await changePublished(acting, incidentId, async (tx, publication, published) => {
    const { now, today } = contextOf(tx)
    if (!publication.keepUntil || publication.keepUntil > today) {
      throw new ServiceError('conflict', 'Its first year is not over. To hide it before, use "Hide the account".')
    }
    if (keep === undefined) throw invalidAt('keep', 'Select whether the account stays public')
    if (reason === '') throw invalidAt('reason', 'Enter the reason. It is kept, and never public')
    if (keep) {
      const by = { personId: acting.personId, at: now }
      await updatePublication(tx, publication, { narrativeReviewedOn: today }, by)
      await insertAct(tx, publication, { act: 'narrative-kept', reason, ...by })
    } else await takeAccountAway(tx, acting, publication, published, 'narrative-ended', reason)
    await recordEvent(tx, {
      kind: 'publication.account-reviewed',
      subject: 'publication',
      place: publication,
      detail: { number: publication.number, kept: keep },
    })
  })
}

/**
 * Adds a dated note to the public page: what has changed since.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict', 'invalid'
 */
export async function noteChange(acting: Acting, incidentId: string, note: string): Promise<void> {
  await changePublished(acting, incidentId, async (tx, publication, published) => {
    if (note === '') throw invalidAt('changed', 'Write what has changed')
    await ensureNobodyRecognised(tx, publication, { field: 'changed', text: note })
    const { now, today } = contextOf(tx)
    await savePublished(tx, { ...published, changes: [{ on: today, text: note }, ...published.changes], asAt: today })
    await insertAct(tx, publication, { act: 'noted', personId: acting.personId, at: now })
    await recordEvent(tx, {
      kind: 'publication.noted',
      subject: 'publication',
      place: publication,
      detail: { number: publication.number },
    })
  })
}

/**
 * Takes a dated note off the public page, at once.
 * @throws ServiceError 'not-allowed', 'not-found', or 'conflict' where it is gone
 */
export async function removeNote(
  acting: Acting,
  incidentId: string,
  note: { on: string; text: string },
): Promise<void> {
  await changePublished(acting, incidentId, async (tx, publication, published) => {
    const at = published.changes.findIndex(({ on, text }) => on === note.on && text === note.text)
    if (at < 0) throw new ServiceError('conflict', 'This note is not on the public page any more.')
    const { now, today } = contextOf(tx)
    await savePublished(tx, { ...published, changes: published.changes.toSpliced(at, 1), asAt: today })
    await insertAct(tx, publication, { act: 'note-removed', personId: acting.personId, at: now })
    await recordEvent(tx, {
      kind: 'publication.note-removed',
      subject: 'publication',
      place: publication,
      detail: { number: publication.number },
    })
  })
}

/** A note has no draft in which a person could decide about its words: it is written without them. */
async function ensureNobodyRecognised(
  tx: Tx,
  publication: Publication,
  { field, text }: { field: string; text: string },
): Promise<void> {
  const found = await checkText(tx, {
    ...(await publicationToCheck(tx, publication)),
    paragraphs: [{ id: field, text }],
  })
  if (found.length === 0) return
  const words = found.map(one => `“${one.words}” (${one.safer})`).join(', ')
  throw invalidAt(field, `Somebody could be recognised by this. Write it differently: ${words}`)
}

async function changePublished(
  acting: Acting,
  incidentId: string,
  change: (tx: Tx, publication: Publication, published: PublishedReview) => Promise<void>,
): Promise<void> {
  ensureMay(acting, 'send', 'publication')
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    const published = await readPublished(tx, publication.number)
    if (!published) throw new ServiceError('conflict', 'This review is not published yet.')
    await change(tx, publication, published)
  })
}
