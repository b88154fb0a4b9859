import type { DraftParagraph, DraftVersion } from '../draft.ts'
import { ParagraphWords } from './version-page.tsx'

/** The headings of a report as the text below names them. */
export function reportHeadings({ version, paragraphs }: ReportWords): { id: string; title: string }[] {
  return paragraphs.flatMap(({ id, role, text }) =>
    role === 'heading' ? [{ id: nameOf(version, id), title: text }] : [],
  )
}

/** A version of the report for whoever reads it where it stands, without its comments. */
export function ReportText({ version, paragraphs }: ReportWords) {
  return (
    <div class="wv-review-text">
      {paragraphs.map(paragraph =>
        paragraph.role === 'heading' ? (
          <h4 class="govuk-heading-s" id={nameOf(version, paragraph.id)}>
            {paragraph.text}
          </h4>
        ) : (
          <ParagraphWords paragraph={paragraph} />
        ),
      )}
    </div>
  )
}

type ReportWords = Pick<DraftVersion, 'version'> & { paragraphs: readonly DraftParagraph[] }

function nameOf(version: number, id: string): string {
  return `report-${version}-${id}`
}
