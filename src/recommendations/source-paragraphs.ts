import type { Tx } from '../platform/database/index.ts'
import { readLetter } from '../panel/index.ts'
import { rapidReviewSections, readReview, reportVersions, sentRapidReview } from '../reviews/index.ts'
import { longestText } from './write-recommendation.ts'

/** A paragraph that a recommendation may answer. */
export interface SourceParagraph {
  key: string
  from: string
  paragraph: string
  text: string
}

/**
 * The paragraphs of what was written about an incident, as far as the acting person reads it: the last version of the
 * report of its local review, the rapid review that was sent, and the points of letters.
 */
export async function sourceParagraphs(tx: Tx, incidentId: string): Promise<SourceParagraph[]> {
  const found: SourceParagraph[] = []
  const review = await readReview(tx, { incidentId, kind: 'local' })
  const report = review && (await reportVersions(tx, review)).at(-1)
  const texts = (report?.paragraphs ?? []).filter(({ role }) => role === 'text')
  for (const [index, { id, text }] of texts.entries()) {
    found.push({ key: `report:${id}`, from: 'Report of the local review', paragraph: String(index + 1), text })
  }
  const rapid = await sentRapidReview(tx, incidentId)
  const answers: Record<string, unknown> = { ...rapid?.answers }
  for (const [key, name] of Object.entries(rapidReviewSections)) {
    const text = answers[key]
    if (typeof text !== 'string') continue
    for (const [index, part] of text.split(/\n\s*\n/).entries()) {
      if (part.trim())
        found.push({ key: `rapid:${key}:${index}`, from: 'Rapid review', paragraph: name, text: part.trim() })
    }
  }
  for (const kind of ['rapid', 'local'] as const) {
    const letter = await readLetter(tx, { incidentId, kind })
    if (letter?.status !== 'sent') continue
    for (const { id, number, text } of letter.points) {
      found.push({ key: `point:${id}`, from: 'Letter of the Panel', paragraph: `Point ${number}`, text })
    }
  }
  return found
}

/** What was typed goes before what is chosen. */
export function withParagraph<Text extends { finding: string; paragraph: string }>(
  text: Text,
  chosen: SourceParagraph | undefined,
): Text {
  if (!chosen) return text
  return {
    ...text,
    finding: text.finding || chosen.text.slice(0, longestText),
    paragraph: text.paragraph || chosen.paragraph,
  }
}
