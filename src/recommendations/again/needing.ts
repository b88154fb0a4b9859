import { may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Needing } from '../../platform/needing.ts'
import { answeredSinceJudged, openQuestions, withoutAccount, type ThemeQuestion } from './question-store.ts'
import { toReconsider } from './reconsidered-store.ts'
import { questionLinksPath, questionPath } from './views/question-page.tsx'

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
  const unasked = may(acting, 'write', 'recommendation') ? await withoutAccount(tx, acting) : []
  const closed = [
    ...(may(acting, 'send', 'recommendation-draft') ? await toReconsider(tx, false) : []),
    ...(may(acting, 'send', 'national-recommendation-draft') ? await toReconsider(tx, true) : []),
  ]
  return [
    ...asked.map(line(({ number }) => `Say whether recommendation ${number} worked: its theme has come up again`)),
    ...unasked.map(({ questionId, number, bodyName }) => ({
      what: `Ask ${bodyName} by link whether recommendation ${number} worked: it has no account`,
      dueOn: undefined,
      href: questionLinksPath(questionId),
    })),
    ...closed.map(({ number }) => ({
      what: `Decide whether recommendation ${number} is opened again: it is closed, and no change was seen`,
      dueOn: undefined,
      href: `/desk/recommendations/${number}/reopen`,
    })),
    ...judges.map(line(({ number }) => `Look again at the judgement on recommendation ${number}`)),
  ]
}
