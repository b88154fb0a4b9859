import type { HarmCategory, PerpetratorRelation, ThemeKey } from './incident.ts'

/** One kind of incident: what it is notified as, and sentences to tell it with. */
export interface Scenario {
  harmCategories: HarmCategory[]
  /** Who is suspected, with weights. */
  suspected: Partial<Record<PerpetratorRelation, number>>
  themes: ThemeKey[]
  /** Chance that the child is a boy. */
  boys: number
  /** Whether brothers and sisters are often part of the same incident. */
  family: boolean
  /**
   * One sentence of each list, in order. `{child}`, `{age}`, `{They}` and the like are filled in. What begins with
   * `5-10|` is told of children from five to ten only.
   */
  telling: string[][]
  /** The first sentence says that the child died. Otherwise a death needs a sentence of its own. */
  tellsOfDeath?: boolean
}

const inFamily: Partial<Record<PerpetratorRelation, number>> = {
  mother: 18,
  father: 34,
  'both-parents': 20,
  'mothers-partner': 20,
  relative: 4,
  'not-known': 4,
}

const policeAndHealth = [
  'The police are investigating and a strategy discussion has taken place.',
  'A joint investigation has begun. Information from health is still being gathered.',
  'Both parents have been interviewed and released on bail.',
  'No arrest has been made. The medical opinion is awaited.',
  'The family has been told that a notification is being made.',
]

const knownBefore = [
  'The family was open to children’s social care.',
  'There had been two earlier contacts, neither of which led to an assessment.',
  'The family was receiving early help.',
  'The family had moved into the area within the past year and earlier records have been asked for.',
  'Only universal services were involved.',
  'An assessment closed five months before with no further work planned.',
  'The health visitor and the general practice knew the family well.',
  'An older child of the family was on a child protection plan some years ago.',
]

const afterADeath = [
  'The coroner has been told and a joint agency response is under way.',
  'An inquest has been opened and adjourned.',
  'A post-mortem examination has been carried out and the result is awaited.',
  'A key worker has been named for the family.',
]

const schoolKnew = [
  '5-16|School staff had been worried about changes in {their} behaviour.',
  '5-16|{They} had been missing a good deal of school.',
  'A social worker had been allocated and had seen {child} three times.',
  '8-17|{They} was waiting for an appointment with mental health services.',
  'Several agencies had met about {child} in the past half year.',
  '{child} had moved between two addresses since the spring.',
]

export const scenarios = {
  'inflicted-injury': {
    harmCategories: ['physical-abuse'],
    suspected: inFamily,
    themes: ['non-accidental-injury'],
    boys: 0.56,
    family: true,
    telling: [
      [
        '{child}, {age}, was brought to hospital with injuries that the account given does not explain.',
        'A fracture was found when {child}, {age}, was examined after a fall was reported.',
        '{child}, {age}, was seen by the general practitioner with bruising and referred to hospital the same day.',
        'An ambulance was called to {child}, {age}, who had become unresponsive at home.',
        'A relative noticed marks on {child}, {age}, and sought advice.',
        '{child}, {age}, was admitted after a seizure and a scan showed bleeding of different ages.',
      ],
      [
        'Further examination showed older injuries that were healing.',
        'Paediatric opinion is that the injuries were inflicted.',
        'The explanation has changed since {child} was admitted.',
        'The injuries are thought to have happened on more than one occasion.',
        'Specialists consider an accident to be very unlikely.',
      ],
      [
        'A man who had recently joined the household was not known to services.',
        'The child was in the care of one adult at the time.',
        'There had been calls to the police about arguments between the adults.',
        'One parent had asked for help with sleep and anxiety.',
        'The family lives in temporary accommodation.',
        ...knownBefore,
      ],
      policeAndHealth,
    ],
  },
  'sudden-death': {
    tellsOfDeath: true,
    harmCategories: ['sudden-unexpected-death'],
    suspected: { none: 78, 'not-known': 18, 'both-parents': 4 },
    themes: ['sudden-unexpected-death'],
    boys: 0.54,
    family: false,
    telling: [
      [
        '{child}, {age}, was found lifeless in the early morning and could not be revived.',
        '{child}, {age}, died suddenly at home during the night.',
        'An ambulance was called at daybreak to {child}, {age}, who had stopped breathing.',
        '{child}, {age}, died in hospital after collapsing at home.',
        'A parent woke to find {child}, {age}, not breathing.',
      ],
      [
        '{They} had been sleeping on a sofa with an adult.',
        'The baby had been sharing a bed with two other people.',
        'There is evidence that alcohol had been drunk in the home that evening.',
        'The family was staying with friends and the usual cot was not there.',
        'Conditions in the home gave the attending officers concern.',
        'There was cannabis in the room and a strong smell of smoke.',
      ],
      knownBefore,
      afterADeath,
    ],
  },
  'fatal-maltreatment': {
    tellsOfDeath: true,
    harmCategories: ['fatal-maltreatment', 'physical-abuse'],
    suspected: inFamily,
    themes: ['non-accidental-injury', 'whole-family-view'],
    boys: 0.55,
    family: true,
    telling: [
      [
        '{child}, {age}, died in hospital from injuries which are thought to have been inflicted.',
        '{child}, {age}, was found dead at home and the police are treating the death as suspicious.',
        'Paramedics could not save {child}, {age}, who had severe injuries.',
        '{child}, {age}, died four days after being admitted to intensive care.',
      ],
      [
        'A person of the household has been charged.',
        'Two adults have been arrested and are on bail.',
        'A post-mortem examination found several injuries.',
        'A parent also died and no other person is being sought.',
      ],
      [
        'There was a history of violence between the adults.',
        'Relatives had told services that they were worried.',
        'The child had not been seen by a professional for some weeks.',
        ...knownBefore,
      ],
      afterADeath,
    ],
  },
  neglect: {
    harmCategories: ['neglect'],
    suspected: { mother: 30, father: 8, 'both-parents': 52, relative: 5, 'not-known': 5 },
    themes: ['neglect'],
    boys: 0.52,
    family: true,
    telling: [
      [
        '{child}, {age}, was admitted to hospital severely underweight and unwell.',
        'Officers called to the home found {child}, {age}, in conditions described as very poor.',
        '2-9|{child}, {age}, was found alone outside at night and taken to a place of safety.',
        '5-16|A teacher brought {child}, {age}, to the attention of children’s social care, as {their} health had become much worse.',
        '{child}, {age}, was found to have untreated infections and marked delay in development.',
      ],
      [
        'There was no food in the home, and no heating.',
        'The bedroom had no bedding or light.',
        'Appointments had been missed over a long time.',
        '{Their} clothes were too small and {they} was very hungry.',
        'The effect on growth is likely to be lasting.',
      ],
      [
        'Concerns about neglect had been recorded for more than three years.',
        'A plan had ended when the home improved for a short time.',
        'The parents had avoided visits.',
        'Alcohol and low mood had been noted in a parent.',
        ...schoolKnew,
      ],
      policeAndHealth,
    ],
  },
  'medical-neglect': {
    harmCategories: ['medical-neglect', 'neglect'],
    suspected: { mother: 30, father: 6, 'both-parents': 54, carer: 4, 'not-known': 6 },
    themes: ['neglect', 'disabled-children'],
    boys: 0.53,
    family: false,
    telling: [
      [
        '{child}, {age}, who had a long-term condition, was taken to hospital in a critical state.',
        'Treatment for {child}, {age}, had not been given as prescribed for several months.',
        '{child}, {age}, became gravely ill from a condition that can usually be managed at home.',
        '{child}, {age}, collapsed at home and was found to have had no treatment for some weeks.',
      ],
      [
        'Eleven appointments had been missed in a year.',
        'Prescriptions had not been collected since the summer.',
        'The hospital clinic had discharged {child} after missed appointments.',
        'The family had said that they preferred other remedies.',
      ],
      knownBefore,
      policeAndHealth,
    ],
  },
  accident: {
    harmCategories: ['accident', 'neglect'],
    suspected: { mother: 26, father: 16, 'both-parents': 36, relative: 6, none: 10, 'not-known': 6 },
    themes: ['neglect', 'substance-misuse'],
    boys: 0.58,
    family: true,
    telling: [
      [
        '{child}, {age}, was found in water and could not breathe without help.',
        '{child}, {age}, swallowed a drug that had been left within reach.',
        '{child}, {age}, was badly hurt in a fire at home.',
        '{child}, {age}, fell from a window on an upper floor.',
        '{child}, {age}, was struck by a vehicle while out alone late in the evening.',
      ],
      [
        'Supervision is thought to have been lacking.',
        'The adult in charge appeared to be under the influence of drugs.',
        'There had been a similar, less serious event in the past year.',
        'Neighbours had reported that the children were often out by themselves.',
      ],
      knownBefore,
      policeAndHealth,
    ],
  },
  misadventure: {
    harmCategories: ['accident'],
    suspected: { none: 50, exploiter: 20, 'not-known': 30 },
    themes: ['substance-misuse', 'extra-familial-harm'],
    boys: 0.62,
    family: false,
    telling: [
      [
        '{child}, {age}, collapsed after taking drugs at the home of an adult.',
        '{child}, {age}, was a passenger in a stolen car that crashed.',
        '{child}, {age}, was found in a river after an evening out with older young people.',
      ],
      [
        'Adults who should have kept {them} safe knew where {they} was.',
        '{They} had been reported missing two days before.',
        'There is concern about the adults {they} was with.',
      ],
      schoolKnew,
      ['The police investigation continues.', 'Other young people who were there are being supported.'],
    ],
  },
  'sexual-abuse-in-family': {
    harmCategories: ['sexual-abuse-in-family'],
    suspected: { father: 26, 'mothers-partner': 28, relative: 20, sibling: 12, 'family-friend': 10, 'not-known': 4 },
    themes: ['sexual-abuse-in-family'],
    boys: 0.2,
    family: true,
    telling: [
      [
        '5-16|{child}, {age}, told a member of school staff about sexual abuse at home.',
        'Images found by the police showed that {child}, {age}, had been sexually abused.',
        '{child}, {age}, was found during a medical examination to have been sexually abused.',
        'A relative reported that {child}, {age}, was being sexually abused by a member of the family.',
        '8-17|{child}, {age}, wrote down for a friend what was happening at home, and the friend told a parent.',
      ],
      [
        'The abuse appears to have gone on for more than a year.',
        'The person suspected had an earlier conviction in another area.',
        'An enquiry two years ago closed with no further police action.',
        '{Their} behaviour had changed in ways that adults noticed and could not explain.',
        'Concerns until then had been recorded as neglect.',
      ],
      schoolKnew,
      [
        'The person suspected has been charged.',
        'The person suspected has been arrested and may not contact the children.',
        'Medical care and therapeutic support are being arranged.',
        'The children are with a relative while enquiries continue.',
      ],
    ],
  },
  'sexual-exploitation': {
    harmCategories: ['sexual-exploitation'],
    suspected: { exploiter: 70, peer: 16, 'family-friend': 6, 'not-known': 8 },
    themes: ['extra-familial-harm', 'waiting-for-disclosure'],
    boys: 0.14,
    family: false,
    telling: [
      [
        '{child}, {age}, was found with several adults at an address in another town.',
        '{child}, {age}, told a youth worker about being sexually exploited over several months.',
        '{child}, {age}, was seriously assaulted by a man {they} had met online.',
        'Messages found on a phone show that {child}, {age}, was groomed and abused.',
      ],
      [
        '{They} had been reported missing on 14 occasions.',
        'A child exploitation meeting had rated the risk as medium.',
        'Gifts and a second phone had been noticed.',
        'Friends of {child} are thought to be at risk too.',
      ],
      schoolKnew,
      [
        'Three arrests have been made.',
        'A safety plan is in place and a specialist worker has been named.',
        'The investigation involves two police forces.',
      ],
    ],
  },
  'criminal-exploitation': {
    harmCategories: ['criminal-exploitation', 'serious-violence'],
    suspected: { peer: 52, exploiter: 34, 'not-known': 14 },
    themes: ['extra-familial-harm'],
    boys: 0.93,
    family: false,
    telling: [
      [
        '{child}, {age}, was stabbed in a public place.',
        '{child}, {age}, was attacked by a group of young people near a shopping parade.',
        '{child}, {age}, was found with serious knife injuries in a stairwell.',
        '{child}, {age}, was beaten and held at an address where drugs were sold.',
        '{child}, {age}, was hurt when a car was driven at a group of young people.',
      ],
      [
        '{They} was believed to be in debt to people who made {them} carry drugs.',
        '{They} had been accepted as a possible victim of modern slavery.',
        'The attack followed a threat made online.',
        'Others of the same group had been harmed in the past month.',
      ],
      [
        '{They} had been excluded from school two years before.',
        '{They} had been discussed at more than one panel.',
        'The family had asked to be moved away.',
        '{They} was supported by the youth justice service.',
        ...schoolKnew,
      ],
      [
        'Arrests have been made.',
        'The police investigation continues.',
        'A plan is in place for friends and siblings.',
      ],
    ],
  },
  suicide: {
    tellsOfDeath: true,
    harmCategories: ['suicide'],
    suspected: { none: 100 },
    themes: ['child-mental-health'],
    boys: 0.53,
    family: false,
    telling: [
      [
        '{child}, {age}, died at home. The death is thought to be suicide.',
        '{child}, {age}, has died by suspected suicide.',
        '{child}, {age}, was found to have died, and suicide is suspected.',
      ],
      [
        'There was a history of self-harm and of harm in the family.',
        'Abuse in earlier childhood is thought to have contributed.',
        '{They} had left home after conflict with a parent.',
        'Emotional abuse had been recorded in the previous year.',
        '{They} had told a friend about being hurt at home.',
      ],
      schoolKnew,
      [
        'Support for family, friends and school has been put in place.',
        'An inquest has been opened.',
        'The suicide prevention lead is co-ordinating help for other young people.',
      ],
    ],
  },
  'self-harm': {
    harmCategories: ['self-harm'],
    suspected: { none: 80, father: 6, mother: 6, 'not-known': 8 },
    themes: ['child-mental-health'],
    boys: 0.28,
    family: false,
    telling: [
      [
        '{child}, {age}, was admitted to intensive care after a serious act of self-harm.',
        '{child}, {age}, survived an attempt to end {their} life and has lasting injuries.',
        '{child}, {age}, took an overdose and may have permanent damage.',
      ],
      [
        'Abuse and neglect in earlier childhood had been reported.',
        '{They} said that nobody at home had noticed how {they} was.',
        'There had been four earlier attendances at the emergency department.',
        'Family life had been unsafe for some time.',
      ],
      schoolKnew,
      [
        '{They} remains in hospital with staff {they} knows.',
        'A care plan is being agreed between health and social care.',
        'A meeting of professionals took place within two days.',
      ],
    ],
  },
  'domestic-abuse': {
    harmCategories: ['domestic-abuse', 'physical-abuse'],
    suspected: { father: 54, 'mothers-partner': 38, relative: 4, 'not-known': 4 },
    themes: ['domestic-abuse', 'men-not-seen'],
    boys: 0.5,
    family: true,
    telling: [
      [
        '{child}, {age}, was seriously hurt during an attack on {their} mother.',
        '{child}, {age}, was harmed when a former partner forced his way into the home.',
        '{child}, {age}, was injured in a car driven by a parent who was trying to get away.',
      ],
      [
        'There had been seven reports of domestic abuse in two years.',
        'The danger had been discussed at a risk conference in the spring.',
        'The mother had obtained an order that forbade contact.',
        'The couple had separated a month before.',
      ],
      knownBefore,
      [
        'He has been charged and is in custody.',
        'A search for the suspect continues.',
        'The family has moved to a refuge.',
      ],
    ],
  },
  'parent-crisis': {
    harmCategories: ['physical-abuse'],
    suspected: { mother: 62, father: 32, 'both-parents': 6 },
    themes: ['parental-mental-health', 'whole-family-view'],
    boys: 0.51,
    family: true,
    telling: [
      [
        '{child}, {age}, was harmed by a parent who was very unwell.',
        '{child}, {age}, was given medication by a parent in acute distress.',
        '{child}, {age}, was found at home with a parent who had tried to end both their lives.',
      ],
      [
        'Adult mental health services had seen the parent in the past month.',
        'A relative had asked the general practice for help two days before.',
        'The parent had stopped taking medication.',
        'A referral to the perinatal team had been closed.',
      ],
      knownBefore,
      [
        'The parent is in hospital under the Mental Health Act.',
        'Relatives are supporting the rest of the family.',
        'A joint investigation has begun.',
      ],
    ],
  },
  'fabricated-illness': {
    harmCategories: ['fabricated-illness', 'medical-neglect'],
    suspected: { mother: 84, father: 8, 'both-parents': 8 },
    themes: ['critical-analysis', 'childs-voice'],
    boys: 0.52,
    family: false,
    telling: [
      [
        '{child}, {age}, had treatment and procedures over some years that are now thought to have been unnecessary.',
        '{child}, {age}, was given a substance that caused repeated illness.',
        'Observation in hospital showed that {child}, {age}, did not have the symptoms that had been reported.',
      ],
      [
        'Four hospitals had been involved.',
        '5-16|School had never seen the difficulties described at home.',
        'Doctors held different views and had not met.',
      ],
      schoolKnew,
      policeAndHealth,
    ],
  },
  'unexplained-death': {
    tellsOfDeath: true,
    harmCategories: ['not-known'],
    suspected: { 'not-known': 80, 'both-parents': 12, mother: 8 },
    themes: ['critical-analysis'],
    boys: 0.54,
    family: false,
    telling: [
      [
        '{child}, {age}, died and the cause has not been found.',
        '{child}, {age}, was brought to hospital lifeless. The circumstances are not clear.',
        '{child}, {age}, died at home and neglect has not been ruled out.',
      ],
      [
        'Accounts of the day before differ.',
        'The home was cold and bare.',
        'There was a delay before help was called.',
      ],
      knownBefore,
      afterADeath,
    ],
  },
  'looked-after-death': {
    tellsOfDeath: true,
    harmCategories: ['natural-causes'],
    suspected: { none: 100 },
    themes: ['looked-after-children'],
    boys: 0.55,
    family: false,
    telling: [
      [
        '{child}, {age}, who was looked after, died in hospital after a long illness.',
        '{child}, {age}, who had a life-limiting condition, died where {they} lived, with carers present.',
        '{child}, {age}, who was looked after, died after a short illness.',
        '{child}, {age}, died in a hospice. {They} had been looked after for some years.',
      ],
      [
        'No abuse or neglect is suspected.',
        'The death was expected and nothing suggests abuse or neglect.',
        'There is no concern about the care given.',
      ],
      [
        'The family was present.',
        'The foster carers and family are being supported.',
        'Staff who knew {child} well have been offered support.',
        'Brothers and sisters have been told by people they trust.',
      ],
    ],
  },
  'care-leaver-death': {
    tellsOfDeath: true,
    harmCategories: ['not-known'],
    suspected: { none: 100 },
    themes: ['looked-after-children'],
    boys: 0.6,
    family: false,
    telling: [
      [
        '{child}, {age}, a care leaver, was found dead at home by a friend.',
        '{child}, {age}, who had left care, died in hospital after an illness.',
        '{child}, {age}, a care leaver, died after a road accident.',
        '{child}, {age}, who had left care, was found dead in {their} flat.',
      ],
      [
        'The cause of death is not yet known.',
        'A post-mortem examination has been carried out and the result is awaited.',
        'No other person is thought to have been involved.',
      ],
      [
        'The personal adviser had last been in touch the week before.',
        'The personal adviser and the former foster carers are being supported.',
        'Contact with the leaving care team had become rare in recent months.',
      ],
    ],
  },
  'child-caused-harm': {
    harmCategories: ['serious-violence'],
    suspected: { none: 60, exploiter: 25, 'not-known': 15 },
    themes: ['extra-familial-harm', 'risk-panels-not-joined-up'],
    boys: 0.86,
    family: false,
    telling: [
      [
        '{child}, {age}, has been charged with seriously injuring another young person.',
        '{child}, {age}, is suspected of causing the death of another person.',
        '{child}, {age}, caused serious harm to a member of the family.',
      ],
      [
        '{They} is believed to have been abused in early childhood.',
        '{They} was being exploited by adults.',
        '{They} had lived with violence at home for many years.',
      ],
      schoolKnew,
      [
        '{They} is in secure accommodation.',
        '{They} is on bail with conditions.',
        'The area where the victim lives has been told.',
      ],
    ],
  },
} satisfies Record<string, Scenario>

export type ScenarioKey = keyof typeof scenarios
