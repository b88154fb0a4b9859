import { answered, defineQuestionnaire, type Answers, type AnswersOf } from '../../../platform/questionnaire/index.ts'
import { notBefore } from '../one-page-form.ts'

const source = 'terms of reference, ours after local guides'
const page = { section: 'Terms of reference', seenBy: 'local-review' } as const
const text = { kind: 'long-text', rows: 5, required: 'to-send', identifying: true, source } as const

/** What the partners ask of a local review. Agreed by them on a day, and agreed anew where it changes. */
export const termsForm = defineQuestionnaire({
  key: 'terms-of-reference',
  version: 1,
  title: 'Terms of reference',
  pages: [
    {
      ...page,
      id: 'questions',
      title: 'Questions to answer',
      questions: [
        {
          ...text,
          id: 'questions',
          rows: 10,
          label: 'What is the review to answer?',
          name: 'the questions to answer',
          hint: 'One question on each line. Few good ones: each comes back at the reviewer’s bench and in the report.',
          maxLength: 6000,
        },
      ],
    },
    {
      ...page,
      id: 'scope',
      title: 'Period, children and agencies',
      questions: [
        {
          id: 'periodFrom',
          kind: 'date',
          partAllowed: true,
          past: true,
          label: 'From when does the review look?',
          name: 'the beginning of the period',
          required: 'to-send',
          identifying: false,
          source,
        },
        {
          id: 'periodUntil',
          kind: 'date',
          partAllowed: true,
          past: true,
          label: 'Until when?',
          name: 'the end of the period',
          required: 'to-send',
          identifying: false,
          source,
        },
        {
          ...text,
          id: 'periodReason',
          rows: 3,
          label: 'Why this period?',
          name: 'why this period',
          required: false,
        },
        { ...text, id: 'children', label: 'Which children is it about?', name: 'the children it is about' },
        {
          ...text,
          id: 'agencies',
          label: 'Which agencies take part, and who writes for them?',
          name: 'the agencies that take part',
          hint: 'Everybody who knew the child or family, schools too.',
        },
      ],
    },
    {
      ...page,
      id: 'method',
      title: 'Method and practitioners',
      questions: [
        { ...text, id: 'method', label: 'How will the review be done?', name: 'the method' },
        {
          ...text,
          id: 'practitioners',
          label: 'How will practitioners take part?',
          name: 'how practitioners take part',
          hint: 'Fully, and without fear of being blamed for what they did in good faith.',
        },
      ],
    },
    {
      ...page,
      id: 'family',
      title: 'The family and the children',
      questions: [
        {
          ...text,
          id: 'family',
          label: 'How will the family be invited, and kept informed?',
          name: 'how the family takes part',
          hint: 'Who leads the contact, an advocate, when they hear from us, when they read the draft.',
        },
        {
          ...text,
          id: 'childrenTakePart',
          label: 'How will children take part?',
          name: 'how children take part',
          hint: 'Brothers and sisters, and a child who lives. Or why it would not be right for them.',
        },
      ],
    },
    {
      ...page,
      id: 'identity',
      title: 'Language, culture and protected characteristics',
      questions: [
        {
          ...text,
          id: 'identity',
          label: 'What does the review have to know about language, culture and protected characteristics?',
          name: 'language, culture and protected characteristics',
          hint: 'Also how racism, ableism or other inequality may have shaped what happened, and interpreting.',
        },
      ],
    },
    {
      ...page,
      id: 'parallel',
      title: 'Other proceedings and disclosure',
      questions: [
        {
          ...text,
          id: 'proceedings',
          label: 'Which other proceedings run beside it, and how do they fit together?',
          name: 'other proceedings',
          silences: ['not-applicable'],
        },
        {
          ...text,
          id: 'disclosure',
          label: 'What is agreed on disclosure?',
          name: 'what is agreed on disclosure',
          hint: 'Assume that anything written can be asked for in a trial. Who answers, and who is asked before witnesses are met.',
        },
      ],
    },
    {
      ...page,
      id: 'plan',
      title: 'Milestones, publication and confidentiality',
      questions: [
        {
          ...text,
          id: 'milestones',
          label: 'What happens by when?',
          name: 'the milestones',
          hint: 'Within six months of the decision. One milestone on each line.',
        },
        { ...text, id: 'publication', label: 'How will it be published?', name: 'the publication plan' },
        {
          ...text,
          id: 'confidentiality',
          label: 'Who sees drafts and papers, and how are they kept?',
          name: 'what is agreed on confidentiality',
        },
      ],
    },
  ],
  checks: [notBefore('periodUntil', 'periodFrom', 'The end of the period must not be before its beginning')],
})
export type TermsAnswers = AnswersOf<typeof termsForm>

/** The questions, one for each line. */
export function questionsIn(answers: Answers): string[] {
  const text = answered(answers, 'questions')
  if (typeof text !== 'string') return []
  return text.split('\n').flatMap(line => line.trim() || [])
}
