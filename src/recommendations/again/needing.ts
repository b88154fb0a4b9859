import { may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Needing } from '../../platform/needing.ts'
import { answeredSinceJudged, openQuestions, type ThemeQuestion } from './question-store.ts'
import { questionPath } from './views/question-page.tsx'

/** Questions whether something worked, and judgements to look at again once they are answered. */
export async function questionsNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  const line = (what: (question: ThemeQuestion) => string) => (question: ThemeQuestion) => ({
    what: what(question),
    dueOn: undefined,
    href: questionPath(question.questionId),
  })
  const asked = may(acting, 'reply', 'theme-question') ? await openQuestions(tx, acting.bodyCode) : []
  const judges = may(acting, 'write', 'national-judgement')
    ? await answeredSinceJudged(tx, ['national-body'])
    : acting.role === 'scrutineer' && may(acting, 'read', 'theme-question')
      ? await answeredSinceJudged(tx, ['partner', 'partnership'])
      : []
  return [
    ...asked.map(line(({ number }) => `Say whether recommendation ${number} worked: its theme has come up again`)),
    ...judges.map(line(({ number }) => `Look again at the judgement on recommendation ${number}`)),
  ]
}
