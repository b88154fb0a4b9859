import type { NationalBody, Theme } from '../../reference-data/index.ts'

/** How sure it is that a recommendation was made in these terms. */
export const trusts = {
  verified: 'Read in the publisher’s own page.',
  reported: 'Reported by others: the report itself was not read.',
  spoken: 'Said in a podcast of NSPCC Learning, March 2025: spoken, not read.',
} as const
export type Trust = keyof typeof trusts

export interface NationalSource {
  title: string
  kind: 'review' | 'briefing'
  /** A day, or a month where no day was found. */
  publishedOn: string
  /** What is not known of its recommendations, and how they were answered as far as that is known. */
  known?: string
}

/** National reviews and briefings of the Panel whose recommendations are known, if only in part. */
export const nationalSources = {
  noticing: {
    title: 'I wanted them all to notice',
    kind: 'review',
    publishedOn: '2024-11-26',
    known:
      'It makes ten recommendations to national bodies and six to local partners. About seven of the ten were found, told here in eight parts, and two of the six in their words. The text of the others is not known. The report’s own numbering was not seen.',
  },
  'child-protection': {
    title: 'Child protection in England',
    kind: 'review',
    publishedOn: '2022-05-26',
  },
  'invisible-men': {
    title: 'The myth of invisible men',
    kind: 'review',
    publishedOn: '2021-09-16',
  },
  'out-of-routine': {
    title: 'Out of routine',
    kind: 'review',
    publishedOn: '2020-07',
  },
  residential: {
    title: 'Disabled children in residential settings, phases 1 and 2',
    kind: 'review',
    publishedOn: '2023-04-20',
    known:
      'Its first phase was published in October 2022. Seven of its nine recommendations are reported to have been accepted in principle only; which seven, and the words of the answers, are not known.',
  },
  'home-education': {
    title: 'Elective home education',
    kind: 'briefing',
    publishedOn: '2024-05',
  },
  silent: {
    title: 'It’s silent: race, racism and safeguarding children',
    kind: 'review',
    publishedOn: '2025-03-11',
  },
  'vulnerable-babies': {
    title: 'Protecting all vulnerable babies better',
    kind: 'review',
    publishedOn: '2026-02',
  },
  bruising: {
    title: 'Bruising in non-mobile infants',
    kind: 'briefing',
    publishedOn: '2022-09-29',
  },
} as const satisfies Record<string, NationalSource>
export type NationalSourceKey = keyof typeof nationalSources

/** A body with a name of its own, or a group of bodies of which none was named. */
export type NationalAddressee = ({ body: NationalBody } | { group: string }) & { note?: string }

export interface NationalRecommendation {
  /** Drawn by lot once, and the same in every installation: others cite it. */
  number: string
  from: NationalSourceKey
  /** In our words. */
  text: string
  addressees: readonly NationalAddressee[]
  themes: readonly Theme[]
  trust: readonly Trust[]
  /** Whose account was read, where it is not the publisher's. */
  reportedBy?: readonly string[]
}

/**
 * National recommendations as they are known from public pages, in our words. What was not found is not here: neither
 * further recommendations nor answers, days or what became of them. Sources: docs/sources.md, "National recommendations".
 */
export const nationalRecommendations: readonly NationalRecommendation[] = [
  {
    number: 'R-2024-88251',
    from: 'noticing',
    text: 'Make a national action plan on child sexual abuse, and lead it urgently.',
    addressees: [{ body: 'government', note: 'across departments' }],
    themes: ['sexual-abuse-in-family'],
    trust: ['reported'],
  },
  {
    number: 'R-2024-54272',
    from: 'noticing',
    text: 'Within the national action plan on child sexual abuse: renew initial training, support early in a career, continuing development and supervision, so that staff can recognise child sexual abuse and respond to it.',
    addressees: [{ body: 'government' }, { group: 'Professional bodies', note: 'which of them was not found' }],
    themes: ['sexual-abuse-in-family', 'waiting-for-disclosure'],
    trust: ['reported', 'spoken'],
  },
  {
    number: 'R-2024-14298',
    from: 'noticing',
    text: 'Within the national action plan on child sexual abuse: criminal justice and safeguarding agencies together assess and manage people who pose a sexual risk and have contact with children.',
    addressees: [{ body: 'government', note: 'the departments for justice and for safeguarding' }],
    themes: ['sexual-abuse-in-family', 'risk-information-not-shared', 'agencies-acting-alone'],
    trust: ['reported'],
  },
  {
    number: 'R-2024-33607',
    from: 'noticing',
    text: 'Within the national action plan on child sexual abuse: bring all relevant national guidance into line with this review and with earlier ones.',
    addressees: [{ body: 'government' }],
    themes: ['sexual-abuse-in-family'],
    trust: ['reported'],
  },
  {
    number: 'R-2024-98873',
    from: 'noticing',
    text: 'Within the national action plan on child sexual abuse: plan for children with particular characteristics and needs, for example disabled children and children of minoritised groups.',
    addressees: [{ body: 'government' }],
    themes: ['sexual-abuse-in-family', 'disabled-children', 'race-and-racism'],
    trust: ['reported'],
  },
  {
    number: 'R-2024-48262',
    from: 'noticing',
    text: 'Within the national action plan on child sexual abuse: consider a national pathway, so that agencies work together in the same way everywhere.',
    addressees: [{ body: 'government' }],
    themes: ['sexual-abuse-in-family', 'agencies-acting-alone'],
    trust: ['reported'],
  },
  {
    number: 'R-2024-88148',
    from: 'noticing',
    text: 'Consider what the findings mean for the family courts and for practice in Cafcass.',
    addressees: [{ body: 'family-president' }, { body: 'cafcass' }],
    themes: ['sexual-abuse-in-family', 'critical-analysis'],
    trust: ['reported', 'spoken'],
  },
  {
    number: 'R-2024-75902',
    from: 'noticing',
    text: 'Set out clear health pathways; commissioners make sure that providers meet the needs of children who were sexually abused.',
    addressees: [{ group: 'Commissioners of health services', note: 'the body was not named in what was read' }],
    themes: ['sexual-abuse-in-family'],
    trust: ['spoken'],
  },
  {
    number: 'R-2024-99077',
    from: 'noticing',
    text: 'Audit local decisions of several agencies on sexual abuse: use of the pathway, of guidance on signs and indicators, and of threshold documents. Hold a discussion of all agencies when section 47 and police enquiries end. Say “no further police action at this time” instead of “no further action”. Record why an investigation closed, and share it.',
    addressees: [{ group: 'Safeguarding partners in every area' }],
    themes: ['sexual-abuse-in-family', 'waiting-for-disclosure', 'agencies-acting-alone'],
    trust: ['reported'],
    reportedBy: ['Centre of expertise on child sexual abuse'],
  },
  {
    number: 'R-2024-83064',
    from: 'noticing',
    text: 'Have local pathways to forensic medical and other health assessment, for recent and for past abuse, that practitioners know.',
    addressees: [{ group: 'Safeguarding partners in every area' }],
    themes: ['sexual-abuse-in-family'],
    trust: ['reported'],
    reportedBy: ['Centre of expertise on child sexual abuse'],
  },
  {
    number: 'R-2022-21703',
    from: 'child-protection',
    text: 'Set up expert-led child protection units of several agencies in every area.',
    addressees: [{ body: 'government' }, { group: 'Safeguarding partners in every area', note: 'to deliver' }],
    themes: ['agencies-acting-alone'],
    trust: ['reported'],
    reportedBy: ['Royal College of Paediatrics and Child Health'],
  },
  {
    number: 'R-2022-23884',
    from: 'child-protection',
    text: 'Set national practice standards for work of several agencies.',
    addressees: [{ body: 'government' }],
    themes: ['agencies-acting-alone'],
    trust: ['reported'],
    reportedBy: ['Royal College of Paediatrics and Child Health'],
  },
  {
    number: 'R-2022-97814',
    from: 'child-protection',
    text: 'Strengthen the local partners, with all agencies involved.',
    addressees: [{ body: 'government' }, { group: 'Safeguarding partners in every area' }],
    themes: ['agencies-acting-alone'],
    trust: ['reported'],
    reportedBy: ['Royal College of Paediatrics and Child Health'],
  },
  {
    number: 'R-2022-28123',
    from: 'child-protection',
    text: 'Inspect better how agencies work together.',
    addressees: [{ group: 'Inspectorates', note: 'which of them was not found' }],
    themes: ['agencies-acting-alone'],
    trust: ['reported'],
    reportedBy: ['Royal College of Paediatrics and Child Health'],
  },
  {
    number: 'R-2022-81473',
    from: 'child-protection',
    text: 'Give the Panel a new role in driving improvement.',
    addressees: [{ body: 'government' }, { body: 'panel' }],
    themes: ['agencies-acting-alone'],
    trust: ['reported'],
    reportedBy: ['Royal College of Paediatrics and Child Health'],
  },
  {
    number: 'R-2022-78394',
    from: 'child-protection',
    text: 'Grip and coordinate more sharply from the centre, with a national child protection board.',
    addressees: [{ body: 'government' }],
    themes: ['agencies-acting-alone'],
    trust: ['reported'],
    reportedBy: ['Royal College of Paediatrics and Child Health', 'ITV'],
  },
  {
    number: 'R-2022-80636',
    from: 'child-protection',
    text: 'Use data to help professionals.',
    addressees: [{ body: 'government' }],
    themes: ['information-sharing'],
    trust: ['reported'],
    reportedBy: ['Royal College of Paediatrics and Child Health'],
  },
  {
    number: 'R-2022-63461',
    from: 'child-protection',
    text: 'Improve particular practice on domestic abuse.',
    addressees: [{ body: 'government' }, { group: 'Safeguarding partners in every area' }],
    themes: ['domestic-abuse'],
    trust: ['reported'],
    reportedBy: ['Royal College of Paediatrics and Child Health'],
  },
  {
    number: 'R-2021-77223',
    from: 'invisible-men',
    text: 'Build the engagement of fathers into family programmes.',
    addressees: [{ body: 'government' }],
    themes: ['men-not-seen', 'babies-under-1'],
    trust: ['reported'],
    reportedBy: ['Fatherhood Institute'],
  },
  {
    number: 'R-2021-86600',
    from: 'invisible-men',
    text: 'Fund a pilot of work with the whole person for expectant fathers at risk.',
    addressees: [{ body: 'government' }],
    themes: ['men-not-seen', 'babies-under-1'],
    trust: ['reported'],
    reportedBy: ['Fatherhood Institute'],
  },
  {
    number: 'R-2021-13082',
    from: 'invisible-men',
    text: 'Research the background of male perpetrators and what triggers the harm.',
    addressees: [{ body: 'government' }],
    themes: ['men-not-seen', 'non-accidental-injury'],
    trust: ['reported'],
    reportedBy: ['Fatherhood Institute'],
  },
  {
    number: 'R-2020-56931',
    from: 'out-of-routine',
    text: 'Build advice on safer sleep into wider work with families, in a “prevent and protect” model of practice.',
    addressees: [{ group: 'Safeguarding partners in every area' }, { body: 'government' }],
    themes: ['sudden-unexpected-death', 'babies-under-1'],
    trust: ['reported'],
    reportedBy: ['Research in Practice'],
  },
  {
    number: 'R-2023-76158',
    from: 'residential',
    text: 'Nine recommendations on disabled children in residential settings, in four areas: voice and rights; commissioning; quality of provision; quality assurance and regulation. Their own words were not found.',
    addressees: [
      { body: 'dfe' },
      { body: 'dhsc' },
      { body: 'nhs-england' },
      { group: 'Integrated care boards' },
      { group: 'Local authorities' },
      { body: 'ofsted' },
      { body: 'cqc' },
    ],
    themes: ['disabled-children', 'childs-voice'],
    trust: ['reported'],
  },
  {
    number: 'R-2024-41086',
    from: 'home-education',
    text: 'Keep a statutory register of children educated at home.',
    addressees: [{ body: 'government' }],
    themes: ['out-of-education'],
    trust: ['reported'],
  },
  {
    number: 'R-2024-99182',
    from: 'home-education',
    text: 'Assure local systems for children educated at home; train home education teams, and link them with other services.',
    addressees: [{ group: 'Safeguarding partners in every area' }],
    themes: ['out-of-education'],
    trust: ['reported'],
  },
  {
    number: 'R-2025-65053',
    from: 'silent',
    text: 'Have structures in which racism is recognised, discussed and challenged.',
    addressees: [{ group: 'Local leaders and partners' }],
    themes: ['race-and-racism'],
    trust: ['reported'],
  },
  {
    number: 'R-2025-44972',
    from: 'silent',
    text: 'Make conditions for confident conversation about race and identity, and for self-reflection.',
    addressees: [{ group: 'Local leaders and partners' }],
    themes: ['race-and-racism'],
    trust: ['reported'],
  },
  {
    number: 'R-2025-30652',
    from: 'silent',
    text: 'Review local strategies on race, racism and bias.',
    addressees: [{ group: 'Safeguarding partners in every area' }],
    themes: ['race-and-racism'],
    trust: ['reported'],
  },
  {
    number: 'R-2026-28503',
    from: 'vulnerable-babies',
    text: 'Have guidance for the time before birth that covers unborn babies, and protocols for concealed or late pregnancy.',
    addressees: [{ body: 'government' }],
    themes: ['babies-under-1'],
    trust: ['reported'],
  },
  {
    number: 'R-2026-16972',
    from: 'vulnerable-babies',
    text: 'Support parents before and after a child is removed; work in a way informed by trauma; think of the whole family.',
    addressees: [{ body: 'government' }, { group: 'Safeguarding partners in every area' }],
    themes: ['babies-under-1', 'whole-family-view'],
    trust: ['reported'],
  },
  {
    number: 'R-2022-72107',
    from: 'bruising',
    text: 'Review local policies on bruising; develop the evidence base and national guidance.',
    addressees: [
      { group: 'Safeguarding partners in every area', note: 'their policies on bruising' },
      { group: 'National bodies', note: 'which of them was not found' },
    ],
    themes: ['babies-under-1', 'non-accidental-injury'],
    trust: ['verified'],
  },
]
