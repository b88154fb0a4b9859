import type { HarmCategory, PerpetratorRelation, ThemeKey } from './incident.ts'
import type { Line } from './sentences.ts'

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
  /** It happens in the family's home, so the child lives with parents or kin. */
  atHome?: boolean
  /**
   * One sentence of each list that suits the child, in order.
   */
  telling: Line[][]
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
  'investigated|The police are investigating and a strategy discussion has taken place.',
  'investigated|A joint investigation has begun. Information from health is still being gathered.',
  'investigated with-parents|The adults in the home have been interviewed.',
  'investigated|No arrest has been made. The medical opinion is awaited.',
  '!investigated|A strategy discussion has taken place, and the police have not opened an investigation.',
  '!investigated|The medical opinion is awaited.',
  'The family has been told that a notification is being made.',
]

const knownBefore = [
  'care-now !looked-after|The family was open to children’s social care.',
  'plan|{They} was on a child protection plan, and the last visit was {3-9} days before.',
  'looked-after|{They} was looked after under an order, and the plan was for {them} to stay where {they} was.',
  'looked-after|{They} was looked after, and the placement had been reviewed in {month}.',
  'a-early-help|The family was receiving early help.',
  'a-early-help|An early help worker had visited {4-9} times.',
  'known care-never|The family had moved into the area within the past year and earlier records have been asked for.',
  'unknown|Only universal services were involved.',
  'unknown|No service had been worried about the family.',
  'care-before|An assessment had closed some time before with no further work planned.',
  'known 0-4|Services that visit the home had seen {child}’s family {2-6} times.',
  'known care-before older-child|An older child of the family was on a child protection plan some years ago.',
  '!known !unknown|What agencies knew of the family is still being gathered.',
]

const afterADeath = [
  'The coroner has been told and a joint agency response is under way.',
  'An inquest has been opened and adjourned.',
  'A post-mortem examination has been carried out and the result is awaited.',
  'A key worker has been named for the family.',
]

const schoolKnew = [
  '5-17 known at-school|School staff had been worried about changes in {their} behaviour.',
  '5-17 often-absent|{They} had been missing a good deal of school.',
  'care-now|A social worker had been allocated and had seen {child} {2-5} times since {month}.',
  '8-17 a-mental-health|{They} was waiting for an appointment with mental health services.',
  'known care-before|Several agencies had met about {child} in the year before.',
  'at-home 2-17|{child} had moved between two addresses since {month}.',
  'a-early-help|{Their} family had been receiving early help since {month}.',
  'unknown|Only universal services were involved.',
  '!known !unknown|What agencies knew of {them} is still being gathered.',
  'looked-after|{They} was looked after, and had moved once in the past year.',
]

export const scenarios = {
  'inflicted-injury': {
    atHome: true,
    harmCategories: ['physical-abuse'],
    suspected: inFamily,
    themes: ['non-accidental-injury'],
    boys: 0.56,
    family: true,
    telling: [
      [
        '{child}, {age}, was brought to hospital with injuries that the account given does not explain.',
        'A fracture was found when {child}, {age}, was examined after a fall was reported.',
        '!death|{child}, {age}, was seen by the general practitioner with bruising and referred to hospital the same day.',
        'An ambulance was called to {child}, {age}, who had become unresponsive at home.',
        '!death|A relative noticed marks on {child}, {age}, and sought advice.',
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
        'one-parent|A man who had recently joined the household was not known to services.',
        '{child} was in the care of one adult at the time.',
        'a-police at-home|There had been calls to the police about arguments between the adults.',
        'known with-parents|One parent had asked for help with sleep and anxiety.',
        'a-housing|The family lives in temporary accommodation.',
        ...knownBefore,
      ],
      policeAndHealth,
    ],
  },
  'sudden-death': {
    atHome: true,
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
        'baby|The baby had been sharing a bed with two other people.',
        'There is evidence that alcohol had been drunk in the home that evening.',
        'baby|The family was staying with friends and the usual cot was not there.',
        'Conditions in the home gave the attending officers concern.',
        'There was cannabis in the room and a strong smell of smoke.',
      ],
      knownBefore,
      afterADeath,
    ],
  },
  'fatal-maltreatment': {
    atHome: true,
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
        'A person who knew {child} has been charged.',
        'Two adults have been arrested and are on bail.',
        'A post-mortem examination found several injuries.',
        'with-parents|A parent also died and no other person is being sought.',
      ],
      [
        'known at-home|There was a history of violence between the adults.',
        'known|Relatives had told services that they were worried.',
        'visited|{child} had not been seen by a professional for some weeks.',
        ...knownBefore,
      ],
      afterADeath,
    ],
  },
  neglect: {
    atHome: true,
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
        '5-17 at-school|A teacher brought {child}, {age}, to the attention of children’s social care, as {their} health had become much worse.',
        '{child}, {age}, was found to have untreated infections and marked delay in development.',
      ],
      [
        'There was no food in the home, and no heating.',
        'The room where {they} slept had no bedding or light.',
        '1-17|Appointments had been missed over a long time.',
        '{Their} clothes were too small and {they} was very hungry.',
        'The effect on growth is likely to be lasting.',
      ],
      [
        '5-17 care-now|Concerns about neglect had been recorded for more than three years.',
        'care-before|A plan had ended when the home improved for a short time.',
        'known with-parents|The parents had avoided visits.',
        'known with-parents|Alcohol and low mood had been noted in a parent.',
        ...schoolKnew,
      ],
      policeAndHealth,
    ],
  },
  'medical-neglect': {
    atHome: true,
    harmCategories: ['medical-neglect', 'neglect'],
    suspected: { mother: 30, father: 6, 'both-parents': 54, carer: 4, 'not-known': 6 },
    themes: ['neglect', 'disabled-children'],
    boys: 0.53,
    family: false,
    telling: [
      [
        '{child}, {age}, who had a long-term condition, was taken to hospital in a critical state.',
        '1-17|Treatment for {child}, {age}, had not been given as prescribed for several months.',
        '{child}, {age}, became gravely ill from a condition that can usually be managed at home.',
        'visited at-home|{child}, {age}, collapsed at home and was found to have had no treatment for some weeks.',
      ],
      [
        '1-17|{6-14} appointments had been missed in a year.',
        '1-17|Prescriptions had not been collected since {month}.',
        'visited|The hospital clinic had discharged {child} after missed appointments.',
        'The family had said that they preferred other remedies.',
      ],
      knownBefore,
      policeAndHealth,
    ],
  },
  accident: {
    atHome: true,
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
        '3-17|{child}, {age}, was struck by a vehicle while out alone late in the evening.',
      ],
      [
        'Supervision is thought to have been lacking.',
        'The adult in charge appeared to be under the influence of drugs.',
        '1-17 known|There had been a similar, less serious event in the past year.',
        'known siblings 3-17|Neighbours had reported that the children were often out by themselves.',
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
        'known|{They} had been reported missing two days before.',
        'There is concern about the adults {they} was with.',
      ],
      schoolKnew,
      ['investigated|The police investigation continues.', 'Other young people who were there are being supported.'],
    ],
  },
  'sexual-abuse-in-family': {
    atHome: true,
    harmCategories: ['sexual-abuse-in-family'],
    suspected: { father: 26, 'mothers-partner': 28, relative: 20, sibling: 12, 'family-friend': 10, 'not-known': 4 },
    themes: ['sexual-abuse-in-family'],
    boys: 0.2,
    family: true,
    telling: [
      [
        '5-17 at-school|{child}, {age}, told a member of school staff about sexual abuse at home.',
        'Images found by the police showed that {child}, {age}, had been sexually abused.',
        '{child}, {age}, was found during a medical examination to have been sexually abused.',
        'A relative reported that {child}, {age}, was being sexually abused by a member of the family.',
        '8-17|{child}, {age}, wrote down for a friend what was happening at home, and the friend told a parent.',
      ],
      [
        '3-17|The abuse appears to have gone on for more than a year.',
        'The person suspected had an earlier conviction in another area.',
        '4-17 known|An enquiry two years ago closed with no further police action.',
        '{Their} behaviour had changed in ways that adults noticed and could not explain.',
        'known|Concerns until then had been recorded as neglect.',
      ],
      schoolKnew,
      [
        'The person suspected has been charged.',
        'The investigation continues, and nobody has been charged.',
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
        'known|{They} had been reported missing on {5-16} occasions.',
        'known|A child exploitation meeting had rated the risk as medium.',
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
        'known|{They} had been accepted as a possible victim of modern slavery.',
        'The attack followed a threat made online.',
        'Others of the same group had been harmed in the past month.',
      ],
      [
        'excluded|{They} had been excluded from school.',
        'known|{They} had been discussed at more than one panel.',
        'a-housing at-home|The family had asked to be moved away.',
        'a-youth-justice|{They} was supported by the youth justice service.',
        ...schoolKnew,
      ],
      [
        'Arrests have been made.',
        'investigated|The police investigation continues.',
        'A plan is in place for {their} friends.',
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
        '{child}, {age}, has died. The death is thought to be suicide.',
        '{child}, {age}, has died by suspected suicide.',
        '{child}, {age}, was found to have died, and suicide is suspected.',
      ],
      [
        'known|There was a history of self-harm and of harm in the family.',
        'Abuse in earlier childhood is thought to have contributed.',
        '!looked-after 14-17|{They} had left home for some days after conflict with a parent.',
        'care-now|Emotional abuse had been recorded in the previous year.',
        'at-home|{They} had told a friend about being hurt at home.',
      ],
      schoolKnew,
      [
        'at-school|Support for family, friends and school has been put in place.',
        'Support for family and friends has been put in place.',
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
        'known|Abuse and neglect in earlier childhood had been reported.',
        'serious-harm|{They} said that nobody at home had noticed how {they} was.',
        'a-hospital|There had been {2-5} earlier attendances at the emergency department.',
        'at-home|Family life had been unsafe for some time.',
      ],
      schoolKnew,
      [
        'serious-harm|{They} remains in hospital with staff {they} knows.',
        'serious-harm|A care plan is being agreed between health and social care.',
        'A meeting of professionals took place within two days.',
      ],
    ],
  },
  'domestic-abuse': {
    atHome: true,
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
        'a-police|There had been {3-9} reports of domestic abuse in two years.',
        'a-police|The danger had been discussed at a risk conference in {month}.',
        'The mother had obtained an order that forbade contact.',
        'The couple had separated a month before.',
      ],
      knownBefore,
      [
        'The person who did it has been charged and is in custody.',
        'A search for the suspect continues.',
        'at-home|The family has moved to a refuge.',
      ],
    ],
  },
  'parent-crisis': {
    atHome: true,
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
        'a-mental-health|Adult mental health services had seen the parent in the past month.',
        'A relative had asked the general practice for help two days before.',
        'The parent had stopped taking medication.',
        'baby known|A referral to the perinatal team had been closed.',
      ],
      knownBefore,
      [
        'The parent is in hospital under the Mental Health Act.',
        'Relatives are supporting the rest of the family.',
        'investigated|A joint investigation has begun.',
      ],
    ],
  },
  'fabricated-illness': {
    atHome: true,
    harmCategories: ['fabricated-illness', 'medical-neglect'],
    suspected: { mother: 84, father: 8, 'both-parents': 8 },
    themes: ['critical-analysis', 'childs-voice'],
    boys: 0.52,
    family: false,
    telling: [
      [
        '2-17|{child}, {age}, had treatment and procedures over some years that are now thought to have been unnecessary.',
        '{child}, {age}, was given a substance that caused repeated illness.',
        'Observation in hospital showed that {child}, {age}, did not have the symptoms that had been reported.',
      ],
      [
        '{2-4} hospitals had been involved.',
        '5-17 at-school|School had never seen the difficulties described at home.',
        'Doctors held different views and had not met.',
      ],
      schoolKnew,
      policeAndHealth,
    ],
  },
  'unexplained-death': {
    atHome: true,
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
        'foster-carers|The foster carers and family are being supported.',
        'Staff who knew {child} well have been offered support.',
        'siblings-older-elsewhere|{Their} brothers and sisters have been told by people they trust.',
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
        'investigated|{They} is on bail with conditions.',
        'The area where the victim lives has been told.',
      ],
    ],
  },
} satisfies Record<string, Scenario>

export type ScenarioKey = keyof typeof scenarios
