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
  csvColumns,
  type CsvColumn,
  dataDictionary,
  type DictionaryRow,
  inNationalFormOrder,
  type NationalFormRow,
} from './show.ts'
export { QuestionFields, type QuestionFieldsProps } from './question-fields.tsx'
export { StoredAnswers } from './stored-answers.tsx'
