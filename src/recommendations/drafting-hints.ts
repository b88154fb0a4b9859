import type { RecommendationText } from './recommendation.ts'

const vague =
  /\b(consider|explore|continue to|raise awareness|be (more )?aware|be mindful|where (possible|appropriate)|as appropriate|seek assurance|promote|encourage|be reminded)\b/i
/** Acts on what people know and remember alone. */
const weak =
  /\b(train(ing|ed)?|remind(er|ers|ed|ing)?|awareness|briefing|newsletter|workshop|e-?learning|disseminat\w+|circulat\w+|refresher)\b/i
/** Changes the work itself, so that the right thing is the easy one. */
const stronger =
  /\b(system|software|form|template|alert|automatic\w*|checklist|default|must not be able|shared record|single record|joint visit|staffing|caseload|post|fund\w*|commission\w*|budget|remove|replace|simplif\w+|standard\w*|rota|supervis\w+|audit)\b/i
const aDay =
  /\b(by|before|until|within)\b.{0,40}\b(\d{1,2} )?(january|february|march|april|may|june|july|august|september|october|november|december|20\d\d|\d+ (working )?(days|weeks|months))\b/i

/**
 * What may be missing in a draft; hints, never a block. That a recommendation which only trains or reminds is weak:
 * hierarchy of intervention effectiveness, `docs/sources.md`, "Recommendations".
 */
export function draftingHints(
  draft: Pick<RecommendationText, 'text' | 'measure' | 'intendedChange'>,
  addressees: readonly { replyAskedBy: string | null }[],
): string[] {
  const { text, measure, intendedChange } = draft
  const found = vague.exec(text)
  return [
    found && `“${found[0]}” leaves open what is to be done. Say what somebody would see once it is done.`,
    addressees.length === 0 && 'Nobody owns it yet. Name the body, or the bodies, that should act.',
    !aDay.test(text) &&
      addressees.every(({ replyAskedBy }) => replyAskedBy === null) &&
      'No day is named. Say by when, or ask for a reply by a day.',
    !measure.trim() && 'Nothing is said of how one would know. Name a measure that somebody counts already, or could.',
    !intendedChange.trim() && 'Say what will be different for children.',
    weak.test(text) &&
      !stronger.test(text) &&
      'It only trains or reminds people, which alone rarely changes practice. What in the work itself could change: a form, a rota, a shared record, a step that cannot be left out?',
  ].filter(hint => typeof hint === 'string')
}
