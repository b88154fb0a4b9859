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
  textOf,
} from './document.ts'
export {
  type Recognisable,
  type RecognisableKind,
  recognisableKinds,
  type KnownPerson,
  type KnownToRecord,
  nothingFound,
  type PlaceNames,
} from './identifiability/recognisable.ts'
export { IdentifyingCheckLink, registerIdentifyingCheck, type TextOnPage } from './identifiability/check-pages.tsx'
export {
  type CheckedWords,
  checkText,
  decideAbout,
  ensureAllDecided,
  type TextToCheck,
} from './identifiability/decisions.ts'
export { findIdentifying } from './identifiability/find-identifying.ts'
export { type RareCombinationSettings } from './identifiability/rare-combinations.ts'
export { matchParagraphs, type NamedParagraph } from './match-paragraphs.ts'
export { type DifferentWords, type ParagraphDifference, paragraphDifferences } from './paragraph-difference.ts'
export { registerDocumentPages } from './pages.tsx'
export { ParagraphText } from './paragraph-text.tsx'
export { type ReadUpload, readUpload } from './read-upload.ts'
export { addDocument, documentsOf, paragraphsOf, readDocument } from './store.ts'
