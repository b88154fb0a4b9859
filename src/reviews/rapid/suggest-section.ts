import type { RapidReviewSection } from './rapid-review-form.ts'

/** Words of headings as partnerships write them, the most telling first. */
const headingWords: readonly (readonly [RegExp, RapidReviewSection])[] = [
  [/\bnational\b/i, 'national-issues'],
  [/\b(decision|outcome|recommend(ed|ation)? (for|to) (a )?(lcspr|review)|rationale|conclusion)/i, 'decision'],
  [/\b(criteria|criterion)\b/i, 'decision'],
  [/\b(immediate|urgent)\b|safeguarding (action|arrangement)|keeping .*safe\b/i, 'immediate-safeguarding'],
  [/\b(action|actions|next steps?|action plan)\b/i, 'actions'],
  [/\b(learn|lessons?\b|themes?\b|improve)/i, 'learning'],
  [/\b(analysis|practice|appraisal|why)\b/i, 'analysis-of-practice'],
  [/\b(voice|lived experience|daily life|day in the life|wishes)\b/i, 'childs-daily-life'],
  [
    /\b(identity|inequalit|equality|diversity|ethnic|race|racism|ableism|culture|intersection|protected char)/i,
    'identity-and-inequality',
  ],
  [/\b(agenc|involvement|services?|chronolog|contact|episodes?|timeline|known before|history)/i, 'agency-involvement'],
  [/\b(incident|circumstances|what happened|event|summary)\b/i, 'incident'],
  [/\b(famil|household|background|genogram|about the child|subject|siblings?)/i, 'child-and-family'],
  [/^[\d.\s]*((about )?the )?child(ren)?\b/i, 'child-and-family'],
]

/** The section that a heading speaks of, as a suggestion that a person confirms. */
export function suggestedSection(heading: string): RapidReviewSection | undefined {
  return headingWords.find(([words]) => words.test(heading))?.[1]
}
