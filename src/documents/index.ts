export {
  type ChangeChoice,
  changeChoices,
  type Document,
  documentKinds,
  hasMarks,
  isChangeChoice,
  joinedText,
  type Run,
  runsOf,
} from './document.ts'
export { registerDocumentPages } from './pages.tsx'
export { ParagraphText } from './paragraph-text.tsx'
export { type ReadUpload, readUpload } from './read-upload.ts'
export { addDocument, documentsOf, paragraphsOf, readDocument } from './store.ts'
