export * from './answer.ts'
export * from './questionnaire.ts'
export {
  addItem,
  answersThatApply,
  type AppliedStep,
  itemsOf,
  nextStep,
  previousStep,
  removeItem,
  repeatsOf,
  type Step,
  stepAt,
  stepPath,
  stepsThatApply,
} from './steps.ts'
export {
  type CheckContext,
  isAfter,
  type Problem,
  problemsToSend,
  type Task,
  taskList,
  type TaskState,
} from './check.ts'
export { type PageReading, readPage, type Typed, typedFrom } from './read-page.ts'
export { answersSchema, type AnswersSchemas } from './schema.ts'
export {
  type AnswerGroup,
  type AnswerRow,
  checkAnswers,
  dataDictionary,
  type DictionaryRow,
  inNationalFormOrder,
  type NationalFormRow,
} from './show.ts'
export {
  type AnswerDraft,
  draftColumns,
  draftFrom,
  type OpenProblem,
  openProblems,
  type PostedPage,
  type SavedPage,
  savePage,
  stepToWrite,
} from './draft.ts'
export { AnswerCards, CheckAnswers } from './check-answers.tsx'
export { QuestionFields } from './question-fields.tsx'
export { PageList } from './page-list.tsx'
export { frameOf, goOn, type PagePaths, QuestionPage, type ShownPage } from './question-page.tsx'
