import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { civilDate } from '../platform/dates.ts'
import { type Answers, answersSchema, answersThatApply, type Page } from '../platform/questionnaire/index.ts'
import { fullAnswers, oddAnswer, throughThePages } from '../platform/questionnaire/testing.ts'
import { notificationForm } from './notification-form.ts'

const lookups = { authorities: { E06000001: 'First Borough', E06000002: 'Second Borough' } }
const context = { today: civilDate('2026-03-10'), lookups }

test('what the pages let through the API lets through, and the other way round', () => {
  const { draft, send } = answersSchema(notificationForm, () => context)
  const seen = { accepted: 0, refused: 0 }
  const pages: readonly Page[] = notificationForm.pages
  const changes = pages
    .flatMap(page => page.questions.map(question => ({ page, question })))
    .map(({ page, question }) => oddAnswer(question).map(odd => ({ ofChild: !!page.repeats, id: question.id, odd })))
  fc.assert(
    fc.property(
      fullAnswers(notificationForm, lookups),
      fc.array(fc.oneof(...changes), { maxLength: 2 }),
      (full, mistakes) => {
        let answers = full
        for (const mistake of mistakes) answers = withMistake(answers, mistake)
        const applying = answersThatApply(notificationForm, answers)
        const typed = throughThePages(notificationForm, applying, context)
        const api = send.safeParse(applying)
        seen[typed.accepted ? 'accepted' : 'refused'] += 1
        assert.equal(api.success, typed.accepted, JSON.stringify({ applying, issues: api.error?.issues }, null, 1))
        if (!api.success) return
        assert.deepEqual(answersThatApply(notificationForm, typed.answers), api.data)
        assert.ok(draft.safeParse(applying).success)
      },
    ),
    { numRuns: 1000 },
  )
  assert.ok(seen.accepted > 30 && seen.refused > 30, JSON.stringify(seen))
})

interface Mistake {
  ofChild: boolean
  id: string
  odd: Answers[string]
}

function withMistake(answers: Answers, { ofChild, id, odd }: Mistake): Answers {
  const set = (target: Answers) =>
    Object.fromEntries(Object.entries({ ...target, [id]: odd }).filter(([, value]) => value !== undefined))
  if (!ofChild) return set(answers) as Answers
  const [first, ...others] = answers['children'] as readonly Answers[]
  return { ...answers, children: [set(first ?? {}) as Answers, ...others] }
}
