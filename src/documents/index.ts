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
export {
  type Finding,
  type FindingKind,
  findingKinds,
  type KnownPerson,
  type KnownToRecord,
  nothingFound,
  type PlaceNames,
} from './identifiability/finding.ts'
export { findIdentifying } from './identifiability/find-identifying.ts'
export { type RareCombinationSettings } from './identifiability/rare-combinations.ts'
export { registerDocumentPages } from './pages.tsx'
export { ParagraphText } from './paragraph-text.tsx'
export { type ReadUpload, readUpload } from './read-upload.ts'
export { addDocument, documentsOf, paragraphsOf, readDocument } from './store.ts'
