/**
 * What a point of a letter, a finding or a recommendation is about. By it earlier ones are found. The first fifteen are
 * those of the Panel's own account of its work; the others are ours.
 */
export const themes = {
  'babies-under-1': 'Babies under 1',
  'extra-familial-harm': 'Harm outside the family, also at 16 and 17',
  'child-mental-health': 'Mental health of children',
  'parental-mental-health': 'Mental health of parents',
  'sexual-abuse-in-family': 'Sexual abuse within the family',
  neglect: 'Neglect',
  'race-and-racism': 'Race and racism',
  'out-of-education': 'Educated at home, or out of education',
  'risk-information-not-shared': 'What is known about people who pose a risk is not shared',
  'agencies-acting-alone': 'Agencies each acting alone',
  'risk-panels-not-joined-up': 'Many risk panels that are not joined up',
  'waiting-for-disclosure': 'Waiting for disclosure, or for proof as in a criminal court',
  'whole-family-view': 'A view of the whole family',
  'childs-voice': 'The child’s voice and daily life',
  'critical-analysis': 'Critical analysis in assessment',
  'domestic-abuse': 'Domestic abuse',
  'non-accidental-injury': 'Inflicted injury',
  'sudden-unexpected-death': 'Sudden unexpected death',
  'disabled-children': 'Disabled children',
  'looked-after-children': 'Looked-after children and care leavers',
  'substance-misuse': 'Alcohol and drugs',
  'men-not-seen': 'Fathers and other men not seen',
  'housing-and-moves': 'Housing, and moves between areas',
  'information-sharing': 'Sharing information',
  'local-review-decision': 'The decision on a local review',
} as const
export type Theme = keyof typeof themes

export const themeKeys = Object.keys(themes) as Theme[]

export function isTheme(key: unknown): key is Theme {
  return typeof key === 'string' && Object.hasOwn(themes, key)
}
