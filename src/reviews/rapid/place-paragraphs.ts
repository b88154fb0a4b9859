import { hasMarks, isChangeChoice, joinedText, paragraphsOf, readDocument, runsOf } from '../../documents/index.ts'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { ExtractedParagraph } from '../../platform/files/index.ts'
import { answered } from '../../platform/questionnaire/index.ts'
import { heldDraft } from './open-review.ts'
import { rapidReviewSections, type RapidReviewSection } from './rapid-review-form.ts'
import type { RapidReview } from './rapid-review.ts'
import { placementsOf, savePlacements } from './placements.ts'
import { saveDraft } from './store.ts'
import { suggestedSection } from './suggest-section.ts'

/** Paragraphs that are placed together, with the section their heading speaks of. */
export interface Part {
  /** Name of the field: `part-12`, after the number of its first paragraph. */
  field: string
  heading: ExtractedParagraph | undefined
  paragraphs: readonly ExtractedParagraph[]
  suggestion: RapidReviewSection | undefined
}

/**
 * A document in parts, by heading or paragraph by paragraph. A heading that says nothing takes the suggestion of the
 * heading above it. Headers, footers and comments are not suggested for any section.
 */
export function partsOf(paragraphs: readonly ExtractedParagraph[], each: 'heading' | 'paragraph'): Part[] {
  const above: { level: number; suggestion: RapidReviewSection | undefined }[] = []
  return runsOf(paragraphs).flatMap(({ heading, paragraphs: within }): Part[] => {
    if (heading) {
      const level = heading.level ?? 1
      while ((above.at(-1)?.level ?? 0) >= level) above.pop()
      above.push({ level, suggestion: suggestedSection(heading.text) ?? above.at(-1)?.suggestion })
    }
    const suggestion = within[0] && isReport(within[0].role) ? above.at(-1)?.suggestion : undefined
    if (each === 'heading') return [{ field: fieldOf(within), heading, paragraphs: within, suggestion }]
    return within.map(paragraph => ({
      field: fieldOf([paragraph]),
      heading: paragraph.role === 'heading' ? paragraph : undefined,
      paragraphs: [paragraph],
      suggestion,
    }))
  })
}

function isReport(role: ExtractedParagraph['role']): boolean {
  return !['header', 'footer', 'footnote', 'comment'].includes(role)
}

function fieldOf(paragraphs: readonly ExtractedParagraph[]): string {
  return `part-${paragraphs[0]?.number ?? 0}`
}

export interface Placed {
  paragraphs: number
  sections: RapidReviewSection[]
  /** Numbers of paragraphs of the report that stand in no section, now or from before. */
  leftOut: number[]
}

/**
 * Appends the paragraphs of a document to the sections a person chose for them, in the document's order. Text with
 * tracked changes is taken only as the person chose. A section is unread from then on, until somebody saves it.
 *
 * @param body the posted form: a section for each part, and `changes` where the document has tracked changes
 * @param seenRevision the review's revision when the form was shown: a form that is sent twice adds its text once
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' (at the field `parts` when a chosen section changed since),
 *   or 'invalid' with what to mend
 */
export async function placeParagraphs(
  acting: Acting,
  incidentId: string,
  documentId: string,
  {
    each,
    body,
    seenRevision,
  }: { each: 'heading' | 'paragraph'; body: Readonly<Record<string, unknown>>; seenRevision: number },
): Promise<Placed> {
  ensureMay(acting, 'write', 'rapid-review-draft')
  return acting.transaction(async tx => {
    const review = await heldDraft(tx, incidentId)
    const document = await readDocument(tx, documentId)
    if (document?.reviewId !== review.reviewId) throw new ServiceError('not-found', 'This review has no such file.')
    const paragraphs = await paragraphsOf(tx, documentId)
    const chosen = chosenSections(partsOf(paragraphs, each), body)
    const placed = paragraphs.filter(({ number }) => chosen.has(number))
    const choice = body['changes']
    const errors: FieldError[] = []
    if (chosen.size === 0) errors.push({ field: 'parts', text: 'Select a section for at least one part' })
    if (placed.some(hasMarks) && !isChangeChoice(choice)) {
      errors.push({ field: 'changes', text: 'Select what to do with tracked changes and comments' })
    }
    if (errors.length > 0) {
      throw new ServiceError('invalid', 'Nothing was placed yet.', { fields: errors })
    }
    const sections = [...new Set(chosen.values())]
    if (sections.some(section => (review.pageRevisions[section] ?? 0) > seenRevision)) {
      throw new ServiceError('conflict', overtaken.text, { fields: [overtaken] })
    }
    const taken = isChangeChoice(choice) ? choice : 'shown'
    const comments = new Map(
      paragraphs.filter(({ role }) => role === 'comment').map(({ number, text }) => [number, text]),
    )
    let saved = review
    for (const section of Object.keys(rapidReviewSections) as RapidReviewSection[]) {
      const within = placed.filter(
        paragraph => chosen.get(paragraph.number) === section && !onlyNamesSection(paragraph, section),
      )
      const text = joinedText(within, taken, number => comments.get(number))
      if (text !== '') saved = withText(saved, section, text)
    }
    await saveDraft(tx, saved)
    await savePlacements(tx, review, documentId, chosen)
    await recordEvent(tx, {
      kind: 'rapid-review.paragraphs-placed',
      subject: 'rapid-review-draft',
      place: review,
      objectId: documentId,
      detail: { paragraphs: placed.length, sections, changes: placed.some(hasMarks) ? taken : 'none' },
    })
    const placedBefore = await placementsOf(tx, documentId)
    const leftOut = paragraphs.filter(({ number, role }) => isReport(role) && !placedBefore.has(number))
    return { paragraphs: placed.length, sections, leftOut: leftOut.map(({ number }) => number) }
  })
}

const overtaken: FieldError = {
  field: 'parts',
  text: 'The text changed since: see what was added, then place the rest',
}

/** A heading that only names the section it is placed in would stand there twice. */
function onlyNamesSection(paragraph: ExtractedParagraph, section: RapidReviewSection): boolean {
  return paragraph.role === 'heading' && suggestedSection(paragraph.text) === section
}

function chosenSections(
  parts: readonly Part[],
  body: Readonly<Record<string, unknown>>,
): Map<number, RapidReviewSection> {
  const chosen = new Map<number, RapidReviewSection>()
  for (const { field, paragraphs } of parts) {
    const section = body[field]
    if (!isSection(section)) continue
    for (const { number } of paragraphs) chosen.set(number, section)
  }
  return chosen
}

function isSection(text: unknown): text is RapidReviewSection {
  return typeof text === 'string' && Object.hasOwn(rapidReviewSections, text)
}

/** What was typed and could not be read yet is kept before the text that is added. */
function withText(review: RapidReview, section: RapidReviewSection, text: string): RapidReview {
  const before = answered(review.answers, section)
  const whole = [...(typeof before === 'string' && before !== '' ? [before] : []), text].join('\n\n')
  const typedBefore = review.typed[section]
  return {
    ...review,
    answers: { ...review.answers, [section]: whole },
    typed: typedBefore
      ? {
          ...review.typed,
          [section]: {
            ...typedBefore,
            [section]: [typedBefore[section], text].flat().filter(Boolean).join('\n\n'),
          },
        }
      : review.typed,
    pageRevisions: { ...review.pageRevisions, [section]: review.revision + 1 },
    unreadSections: [...new Set([...review.unreadSections, section])],
  }
}
