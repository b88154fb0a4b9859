export { diskFileStore } from './file-store.ts'
export type { FileStore } from './file-store.ts'
export { extractText } from './extract-text.ts'
export { uploadLimitBytes } from './extraction.ts'
export type {
  CommentMark,
  DocumentKind,
  ExtractedParagraph,
  Extraction,
  ExtractionLimits,
  NoteMark,
  ParagraphRole,
  TrackedChange,
} from './extraction.ts'
export { UploadProblem } from './upload-problem.ts'
export type { UploadProblemReason } from './upload-problem.ts'
export { calendarOf, calendarType, type CalendarDay } from './write-calendar.ts'
export { csvOf, type Cell } from './write-csv.ts'
export { docxOf, docxType, type WordPart } from './write-docx.ts'
export { odsOf, odsType, type Sheet } from './write-ods.ts'
