import type { FastifyReply } from 'fastify'
import type { ComponentChildren } from 'preact'
import { readersOf, roles, type Subject } from '../access/index.ts'
import { Button, FormToken, type Visitor, type Web } from '../web/index.ts'
import type { AnswerDraft, SavedPage } from './draft.ts'
import { QuestionFields } from './question-fields.tsx'
import type { Lookups, Questionnaire } from './questionnaire.ts'
import { nextStep, stepPath } from './steps.ts'
import { StoredAnswers } from './stored-answers.tsx'

/** A page as it is opened, or as it is shown again after it was saved with errors. */
export type ShownPage<D extends AnswerDraft = AnswerDraft> = Pick<SavedPage<D>, 'draft' | 'step'> &
  Partial<SavedPage<D>>

/** The part of a page's frame that follows from how saving went. */
export function frameOf({ step, errors = [], conflict }: ShownPage) {
  return { status: conflict ? 409 : errors.length > 0 ? 400 : 200, title: step.page.title, errors }
}

export interface QuestionPageProps {
  visitor: Visitor | undefined
  questionnaire: Questionnaire
  shown: ShownPage
  lookups?: Lookups
  /** Where the form is posted: the page's own address. */
  action: string
  /** Saving leads back to “Check your answers”. */
  fromCheck?: boolean
  /** Above the questions. */
  intro?: ComponentChildren
  /** Between the first button, which goes on, and the last, which goes to all pages. */
  buttons?: ComponentChildren
  /** Below the questions. */
  children?: ComponentChildren
}

/** One page of questions with its form. What somebody else stored meanwhile stands above. */
export function QuestionPage(props: QuestionPageProps) {
  const { visitor, questionnaire, shown, lookups = {}, action, fromCheck, intro, buttons, children } = props
  const { draft, step, errors, typed, conflict } = shown
  const about = { questionnaire, step, answers: draft.answers, lookups }
  return (
    <>
      {conflict && <StoredAnswers {...about} />}
      <form method="post" action={action} novalidate id="typed-by-you">
        <FormToken visitor={visitor} />
        <input type="hidden" name="revision" value={draft.revision} />
        {fromCheck && <input type="hidden" name="from" value="check" />}
        {intro}
        <QuestionFields {...about} typed={typed ?? draft.typed[stepPath(step)]} errors={errors} whoSees={whoSees} />
        {children}
        <div class="govuk-button-group">
          <Button text="Save and continue" name="next" value="next" preventDoubleClick />
          {buttons}
          <Button text="Save and go to all pages" classes="govuk-button--secondary" name="next" value="list" />
        </div>
      </form>
    </>
  )
}

function whoSees(subject: string): string[] {
  return readersOf(subject as Subject).map(role => roles[role].label)
}

/** Where the pages of one draft are. */
export interface PagePaths {
  list: string
  check: string
  page(path: string): string
}

/** Goes on from a page that was saved, as its buttons say; undefined when it has to be shown again. */
export function goOn(
  web: Web,
  reply: FastifyReply,
  questionnaire: Questionnaire,
  { draft, step, errors, conflict }: SavedPage<AnswerDraft>,
  body: Readonly<Record<string, unknown>>,
  paths: PagePaths,
): FastifyReply | undefined {
  if (body['next'] === 'list' && !conflict) {
    return web.redirect(reply, paths.list, 'Saved. You can come back to it at any time.')
  }
  if (errors.length > 0) return undefined
  const next = body['from'] === 'check' ? undefined : nextStep(questionnaire, draft.answers, step)
  return web.redirect(reply, next ? paths.page(stepPath(next)) : paths.check)
}
