import {
  type Answers,
  type AnswersOf,
  type Check,
  defineQuestionnaire,
  yesNo,
} from '../../platform/questionnaire/index.ts'

/** The parts of a rapid review, in order. The key is the id of the question. */
export const rapidReviewSections = {
  'child-and-family': 'The child and the family',
  incident: 'The incident',
  'immediate-safeguarding': 'Keeping children safe now',
  'agency-involvement': 'What agencies knew and did',
  'analysis-of-practice': 'Analysis of practice',
  'childs-daily-life': 'The child’s voice and daily life',
  'identity-and-inequality': 'Identity and inequality',
  learning: 'Learning',
  actions: 'Actions',
  decision: 'Decision',
  'national-issues': 'National issues',
} as const
export type RapidReviewSection = keyof typeof rapidReviewSections

export const rapidReviewOutcomes = {
  LCSPR: 'A local child safeguarding practice review',
  LOCAL_LEARNING_REVIEW: 'Another local learning review, not required by law',
  SINGLE_AGENCY: 'A review or audit by a single agency',
  NATIONAL_SUGGESTED: 'We suggest a national review',
  NO_FURTHER_REVIEW: 'No further review: the learning is clear',
  CRITERIA_NOT_MET: 'The incident did not meet the criteria for a serious incident',
} as const
export type RapidReviewOutcome = keyof typeof rapidReviewOutcomes

/** Outcomes that contradict each other, with the reason people are told. */
export const outcomesThatExclude: readonly (readonly [RapidReviewOutcome, RapidReviewOutcome, string])[] = [
  ['NO_FURTHER_REVIEW', 'LCSPR', 'You chose both a local child safeguarding practice review and no further review'],
  ['NO_FURTHER_REVIEW', 'LOCAL_LEARNING_REVIEW', 'You chose both a local learning review and no further review'],
  ['NO_FURTHER_REVIEW', 'SINGLE_AGENCY', 'You chose both a review by a single agency and no further review'],
  [
    'LCSPR',
    'LOCAL_LEARNING_REVIEW',
    'You chose both kinds of local review. A local child safeguarding practice review takes the place of the other',
  ],
  [
    'CRITERIA_NOT_MET',
    'LCSPR',
    'You chose a local child safeguarding practice review, and that the criteria were not met. Without a serious incident choose another local learning review',
  ],
  [
    'CRITERIA_NOT_MET',
    'NATIONAL_SUGGESTED',
    'You chose to suggest a national review, and that the criteria for a serious incident were not met',
  ],
]

/** What the partners must take into account for a local review: SI 2018/789, regulation 11. */
export const localReviewCriteria = {
  A: 'Improvements are needed to keep children safe, also where that was found before',
  B: 'The same themes come up again in how children are kept safe',
  C: 'There is concern about two or more agencies working together',
  D: 'The Panel looked at it and concluded that a local review may be more appropriate',
} as const
export type LocalReviewCriterion = keyof typeof localReviewCriteria

/** Signs of a good rapid review. The partnership checks itself before sending, and the Panel marks the same list. */
export const qualityMarkers = {
  'explains-why': 'It explains why things happened, and not only what',
  'findings-not-chronology': 'It gives findings in place of a long chronology',
  'decision-by-criteria': 'The decision gives reasons against each criterion',
  'question-left':
    'A local review is proposed only where a question is left to answer, and refused only where the learning is clear',
  'childs-voice': 'The child’s voice and daily life can be seen',
  'race-and-inequality': 'Race, ethnicity and inequality are treated openly',
  'fathers-and-men': 'Fathers and other men are visible',
  'every-agency': 'No agency that mattered is missing, or it says which one is',
  'good-practice': 'Good practice is shown',
  'immediate-action': 'What had to be done at once is done, for this child, brothers and sisters, and others',
  'learning-has-owner': 'All learning has an action with an owner and a date',
} as const
export type QualityMarker = keyof typeof qualityMarkers

const section = 'Panel guidance through partnership guides, union of templates'

function criterion<const K extends LocalReviewCriterion>(key: K) {
  const letter = key.toLowerCase()
  return [
    {
      id: `criterion${key}`,
      kind: 'choice',
      options: yesNo,
      label: `(${letter}) ${localReviewCriteria[key]}`,
      name: `criterion (${letter})`,
      missing: `Select whether criterion (${letter}) is met`,
      required: 'to-send',
      identifying: false,
      source: 'SI 2018/789, regulation 11, confirmed',
    },
    {
      id: `criterion${key}Reasons`,
      kind: 'long-text',
      label: `Reasons for your answer to (${letter})`,
      name: `reasons for criterion (${letter})`,
      maxLength: 4000,
      rows: 4,
      required: 'to-send',
      identifying: true,
      source: 'transparent decisions with reasons, local guides, confirmed',
    },
  ] as const
}

/** What a partnership sends after a rapid review. Purposes, template and signs of quality: `docs/sources.md`, "Rapid review". */
export const rapidReviewForm = defineQuestionnaire({
  key: 'rapid-review',
  version: 1,
  title: 'Rapid review',
  pages: [
    {
      id: 'overview',
      section: 'About this review',
      title: 'About this review',
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'meetingOn',
          kind: 'date',
          past: true,
          label: 'When did the rapid review meeting take place?',
          name: 'the day of the rapid review meeting',
          hint: 'The last one, if there were several. For example, 27 3 2026',
          required: 'to-send',
          identifying: false,
          source: section,
        },
        {
          id: 'authors',
          kind: 'text',
          label: 'Who wrote this review?',
          name: 'the authors',
          hint: 'Names and roles.',
          maxLength: 500,
          required: 'to-send',
          identifying: false,
          source: section,
        },
      ],
    },
    {
      id: 'child-and-family',
      section: 'What is known',
      title: rapidReviewSections['child-and-family'],
      intro: [
        'Say who the child is as a person, who lives in the household, and who else matters. Include fathers and other men, also if they live elsewhere.',
      ],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'child-and-family',
          kind: 'long-text',
          label: 'Who are the child and the family?',
          name: 'the child and the family',
          hint: 'Household and relations, ethnicity, culture, faith, language, disability, health, education.',
          maxLength: 30_000,
          rows: 14,
          required: 'to-send',
          identifying: true,
          source: section,
        },
      ],
    },
    {
      id: 'incident',
      section: 'What is known',
      title: rapidReviewSections.incident,
      intro: [
        'What is known now, and what is not. Name what else is under way: police, courts, inquest, child death review.',
      ],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'incident',
          kind: 'long-text',
          label: 'What happened?',
          name: 'what happened',
          hint: 'Tell facts from suspicions. Say what has changed since the notification.',
          maxLength: 30_000,
          rows: 14,
          required: 'to-send',
          identifying: true,
          source: section,
        },
      ],
    },
    {
      id: 'immediate-safeguarding',
      section: 'What is known',
      title: rapidReviewSections['immediate-safeguarding'],
      intro: [
        'A good section names this child, brothers and sisters, and other children who may be at risk, and says who did what, when.',
      ],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'immediate-safeguarding',
          kind: 'long-text',
          label: 'What has been done, or must be done now, to keep children safe?',
          name: 'what has been done to keep children safe',
          hint: 'Also learning that can be shared at once.',
          maxLength: 30_000,
          rows: 10,
          required: 'to-send',
          identifying: true,
          source: section,
        },
      ],
    },
    {
      id: 'agency-involvement',
      section: 'What is known',
      title: rapidReviewSections['agency-involvement'],
      intro: [
        'For each agency: the time it knew the child or family, a short summary, and the few episodes that mattered. A full chronology is not needed.',
      ],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'agency-involvement',
          kind: 'long-text',
          label: 'What did agencies know and do?',
          name: 'what agencies knew and did',
          maxLength: 30_000,
          rows: 16,
          required: 'to-send',
          identifying: true,
          source: section,
        },
        {
          id: 'contributionMissing',
          kind: 'choice',
          options: yesNo,
          label: 'Is the contribution of an agency missing that knew the child or family?',
          name: 'whether a contribution is missing',
          required: 'to-send',
          identifying: false,
          source: 'quality markers, ours',
        },
        {
          id: 'missingContributions',
          kind: 'text',
          under: { question: 'contributionMissing', value: 'yes' },
          label: 'Which one, and why?',
          name: 'the missing contributions',
          maxLength: 500,
          required: 'to-send',
          identifying: false,
          source: 'quality markers, ours',
        },
      ],
    },
    {
      id: 'analysis-of-practice',
      section: 'What it means',
      title: rapidReviewSections['analysis-of-practice'],
      intro: [
        'A good analysis says why people acted as they did: what they knew, how the system made the right thing easy or hard. It shows good practice too. It does not look for somebody to blame.',
      ],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'analysis-of-practice',
          kind: 'long-text',
          label: 'Why did it happen as it did?',
          name: 'the analysis of practice',
          maxLength: 30_000,
          rows: 16,
          required: 'to-send',
          identifying: true,
          source: section,
        },
      ],
    },
    {
      id: 'childs-daily-life',
      section: 'What it means',
      title: rapidReviewSections['childs-daily-life'],
      intro: [
        'Write what a day was like for this child, what they said or showed, and who listened. For a baby or a child who does not speak, say what was seen of them.',
      ],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'childs-daily-life',
          kind: 'long-text',
          label: 'What was life like for the child?',
          name: 'the child’s voice and daily life',
          hint: 'If nobody knows, say so: that is a finding.',
          maxLength: 30_000,
          rows: 12,
          required: 'to-send',
          identifying: true,
          source: section,
        },
      ],
    },
    {
      id: 'identity-and-inequality',
      section: 'What it means',
      title: rapidReviewSections['identity-and-inequality'],
      intro: [
        'Say how racism, ableism and other inequality shaped the life of the family and how agencies acted. A good section is about this child, and not about a group.',
      ],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'identity-and-inequality',
          kind: 'long-text',
          label: 'How did identity and inequality matter?',
          name: 'how identity and inequality mattered',
          hint: 'Race, ethnicity, culture, faith, language, disability, sex, sexuality, poverty. If records are silent, say so: that is a finding.',
          whyWeAsk:
            'It is one of the five purposes of a rapid review, and the part that is most often left out. This section cannot be skipped.',
          maxLength: 30_000,
          rows: 12,
          required: 'to-send',
          identifying: true,
          source: 'Panel guidance 2025 through partnership guides, confirmed',
        },
      ],
    },
    {
      id: 'learning',
      section: 'What comes next',
      title: rapidReviewSections.learning,
      intro: ['A good learning point names what should be different, and for whom. Few and clear is better than many.'],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'learning',
          kind: 'long-text',
          label: 'What have you learned?',
          name: 'the learning',
          hint: 'One learning point a paragraph. Say which are for your area and which for the whole country.',
          maxLength: 30_000,
          rows: 12,
          required: 'to-send',
          identifying: true,
          source: section,
        },
        {
          id: 'learnedBefore',
          kind: 'choice',
          options: yesNo,
          label: 'Has any of it been learned before, in earlier reviews in your area?',
          name: 'whether it has been learned before',
          required: 'to-send',
          silences: ['not-known'],
          identifying: false,
          source: 'SI 2018/789, regulation 11(a) and (b), confirmed',
        },
        {
          id: 'earlierLearning',
          kind: 'long-text',
          under: { question: 'learnedBefore', value: 'yes' },
          label: 'What was it, and why is it here again?',
          name: 'the earlier learning',
          maxLength: 4000,
          rows: 5,
          required: 'to-send',
          identifying: true,
          source: 'SI 2018/789, regulation 11(a) and (b), confirmed',
        },
      ],
    },
    {
      id: 'actions',
      section: 'What comes next',
      title: rapidReviewSections.actions,
      intro: ['Every learning point should have an action, and every action an owner and a date.'],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'actions',
          kind: 'long-text',
          label: 'What have you done, and what will you do?',
          name: 'the actions',
          hint: 'For each: what, who, by when, and how you will know that it worked.',
          maxLength: 30_000,
          rows: 12,
          required: 'to-send',
          identifying: true,
          source: section,
        },
      ],
    },
    {
      id: 'criteria',
      section: 'What comes next',
      title: 'Criteria for a local review',
      intro: ['Answer each one by itself. A criterion that is met does not make a local review automatic.'],
      seenBy: 'rapid-review',
      questions: [...criterion('A'), ...criterion('B'), ...criterion('C'), ...criterion('D')],
    },
    {
      id: 'decision',
      section: 'What comes next',
      title: rapidReviewSections.decision,
      seenBy: 'rapid-review',
      after: ['criteria'],
      questions: [
        {
          id: 'outcomes',
          kind: 'choices',
          options: rapidReviewOutcomes,
          label: 'What have the safeguarding partners decided?',
          name: 'what the partners decided',
          hint: 'Select all that apply.',
          required: 'to-send',
          identifying: false,
          note: 'Several can go together, like a local review and the suggestion of a national one.',
          source: 'regulations and partnership guides, confirmed; codes ours',
        },
        {
          id: 'decision',
          kind: 'long-text',
          label: 'Why?',
          name: 'the reasons for the decision',
          hint: 'If you propose a review, say which question is left to answer. If you do not, say why the learning is clear.',
          maxLength: 30_000,
          rows: 8,
          required: 'to-send',
          identifying: true,
          source: 'transparent decisions with reasons, local guides, confirmed',
        },
        {
          id: 'dissent',
          kind: 'choice',
          options: yesNo,
          label: 'Did any partner or agency see it differently?',
          name: 'whether anybody saw it differently',
          required: 'to-send',
          identifying: false,
          source: section,
        },
        {
          id: 'dissentingView',
          kind: 'long-text',
          under: { question: 'dissent', value: 'yes' },
          label: 'Who, and what is their view?',
          name: 'the different view',
          maxLength: 4000,
          rows: 5,
          required: 'to-send',
          identifying: true,
          source: section,
        },
      ],
    },
    {
      id: 'national-issues',
      section: 'What comes next',
      title: rapidReviewSections['national-issues'],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'national-issues',
          kind: 'long-text',
          label: 'Is there a question or theme that the Panel should look at nationally?',
          name: 'national issues',
          missing: 'Enter the national issues, or select that it does not apply',
          hint: 'For example, a gap in law or guidance, or something that you see again and again and cannot change locally.',
          maxLength: 30_000,
          rows: 8,
          required: 'to-send',
          silences: ['not-applicable'],
          identifying: true,
          source: section,
        },
      ],
    },
    {
      id: 'self-check',
      section: 'Before you send',
      title: 'What the Panel looks for',
      intro: [
        'The Panel reads your review with this list at hand. You can send without every box: leave empty what is not so, and say why in the review.',
      ],
      seenBy: 'rapid-review',
      questions: [
        {
          id: 'selfCheck',
          kind: 'choices',
          options: qualityMarkers,
          label: 'What is true of your review?',
          name: 'what is true of this review',
          hint: 'Select all that apply.',
          required: false,
          identifying: false,
          source: 'quality markers, partly confirmed; list ours',
        },
      ],
    },
  ],
  checks: [{ question: 'outcomes', problem: contradiction }] satisfies Check[],
})

export type RapidReviewAnswers = AnswersOf<typeof rapidReviewForm>

function contradiction({ outcomes }: Answers): string | undefined {
  const chosen: readonly unknown[] = Array.isArray(outcomes) ? outcomes : []
  const pair = outcomesThatExclude.find(([one, other]) => chosen.includes(one) && chosen.includes(other))
  return pair && `${pair[2]}. Change your answer`
}
