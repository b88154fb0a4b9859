import { defineQuestionnaire, type Answers, type Check, type Question } from '../../platform/questionnaire/index.ts'

/** A form of one page. The id of the page is the key. */
export function onePageForm<const Questions extends readonly Question[]>(
  key: string,
  title: string,
  questions: Questions,
  {
    intro = [],
    checks = [],
    seenBy = 'local-review',
  }: { intro?: readonly string[]; checks?: readonly Check[]; seenBy?: string } = {},
) {
  return defineQuestionnaire({
    key,
    version: 1,
    title,
    pages: [{ id: key, section: 'Local review', title, intro, seenBy, questions }],
    checks,
  })
}

/** The error where a day lies before another that it follows. */
export function notBefore(question: string, earlier: string, text: string): Check {
  return {
    question,
    problem: (answers: Answers) => {
      const [day, first] = [answers[question], answers[earlier]]
      return typeof day === 'string' && typeof first === 'string' && day < first ? text : undefined
    },
  }
}

export const ours = 'local reviews, ours'
