import type { Theme } from '../../reference-data/index.ts'
import type { Comparable } from './similar.ts'

/** Two wordings of one recommendation, by hand: the earlier one, and a later one by somebody who had not read it. */
interface Pair {
  theme: Theme
  addressee: string
  earlier: string
  later: string
}

const pairs: readonly [theme: Theme, addressee: string, earlier: string, later: string][] = [
  [
    'babies-under-1',
    'Health',
    'Midwives and health visitors hold a joint handover for every baby with a pre-birth plan, before discharge from hospital.',
    'Where there was a plan before birth, midwifery passes the family on to the health visiting service in a meeting of both before mother and infant go home.',
  ],
  [
    'babies-under-1',
    'Local authority',
    'Review pre-birth assessments again within four weeks of the birth, with both parents present.',
    'The assessment made in pregnancy is looked at afresh in the first month of the child’s life, together with mother and father.',
  ],
  [
    'non-accidental-injury',
    'Health',
    'Any bruise on a baby who is not yet mobile is seen by a consultant paediatrician the same day.',
    'A paediatrician examines non-mobile infants with bruising on the day it is noticed.',
  ],
  [
    'non-accidental-injury',
    'Safeguarding partners',
    'Agree one protocol for unexplained injuries in small children, and who calls the strategy discussion.',
    'Partners should have a single protocol on injury without explanation in under-fives that says whose task it is to call a strategy meeting.',
  ],
  [
    'sudden-unexpected-death',
    'Health',
    'Talk about safer sleep with every parent at each contact in the first six months, and record what was seen of the sleeping place.',
    'Safe sleeping advice is given at all visits until a baby is half a year old; practitioners look at where the infant sleeps and write it down.',
  ],
  [
    'sudden-unexpected-death',
    'Safeguarding partners',
    'Train drug and alcohol workers to talk with parents about sharing a bed with a baby after drinking.',
    'Substance misuse staff learn how to raise the dangers of co-sleeping after alcohol with mothers and fathers.',
  ],
  [
    'neglect',
    'Safeguarding partners',
    'Use one graded tool for neglect in all agencies, and repeat it every three months.',
    'Every agency works with the same neglect assessment tool and completes it again each quarter.',
  ],
  [
    'neglect',
    'Local authority',
    'Chair of child protection conferences ask what has changed for the child since the last plan, where neglect goes on for more than a year.',
    'In long-standing neglect, the person who chairs the conference checks whether daily life became better for the child under the previous plan.',
  ],
  [
    'neglect',
    'Health',
    'Record children who are not brought to appointments as such, and tell the social worker after the second.',
    'A missed health appointment is noted as “was not brought”; when it happens twice, children’s social care is informed.',
  ],
  [
    'domestic-abuse',
    'Police',
    'Officers who attend a domestic abuse incident see and speak with each child in the home.',
    'At every domestic incident the police speak to the children who live there, and see them for themselves.',
  ],
  [
    'domestic-abuse',
    'Safeguarding partners',
    'Bring the risk conference on high-risk domestic abuse and the child protection plan together in one plan for the family.',
    'What the multi-agency risk assessment conference decides about domestic violence is written into the child’s protection plan, so that there is one plan.',
  ],
  [
    'domestic-abuse',
    'Local authority',
    'Offer work with those who use violence in their relationship before a child protection plan ends.',
    'No plan closes until a perpetrator of domestic abuse was offered a programme to change behaviour.',
  ],
  [
    'men-not-seen',
    'Health',
    'Ask for the name and date of birth of the father and of any partner at booking, and record both.',
    'Midwifery records who the dad is, and whether there is a new partner, at the first appointment of the pregnancy.',
  ],
  [
    'men-not-seen',
    'Local authority',
    'Assess each man who joins a household with a child on a plan, within ten working days.',
    'When a new male partner moves in where a child has a protection plan, social workers complete an assessment of him within two weeks.',
  ],
  [
    'parental-mental-health',
    'Health',
    'Adult mental health services ask every patient about children at home, and tell the health visitor when a parent gets worse.',
    'Psychiatric teams for adults find out who is a parent, and inform health visiting if the parent’s mental illness deteriorates.',
  ],
  [
    'parental-mental-health',
    'Safeguarding partners',
    'Hold a joint meeting of adult mental health and children’s social care before a parent is discharged from a ward.',
    'Before a mother or father leaves psychiatric hospital, adult and children’s services plan the return home together.',
  ],
  [
    'child-mental-health',
    'Health',
    'Give children who wait for mental health treatment a named contact who calls them every fortnight.',
    'Young people on the waiting list of CAMHS have one person who rings them each two weeks.',
  ],
  [
    'child-mental-health',
    'Education',
    'Schools make a safety plan with every pupil who has harmed themselves, and share it with parents and the general practitioner.',
    'After self-harm a written safety plan is agreed in school with the pupil; the family and the GP have a copy.',
  ],
  [
    'child-mental-health',
    'Health',
    'Hospitals do not discharge a child after an overdose before a mental health assessment by a specialist in children.',
    'A specialist assessment of mental health comes before a young person goes home from the ward following an overdose.',
  ],
  [
    'sexual-abuse-in-family',
    'Local authority',
    'Social workers ask children directly about sexual abuse when there are signs of it, and do not wait until they tell.',
    'Staff raise the possibility of sexual abuse with a child who shows signs, instead of waiting for disclosure.',
  ],
  [
    'sexual-abuse-in-family',
    'Police',
    'Check the sexual offending history of adults who move into a home with children, and tell children’s social care.',
    'Where an adult with convictions for sexual offences begins to live with children, police make the check and pass it to social care.',
  ],
  [
    'sexual-abuse-in-family',
    'Health',
    'Commission a paediatric clinic for sexual abuse that is not recent, open to referral by any agency.',
    'A paediatric service for past sexual abuse is commissioned to which all agencies can refer.',
  ],
  [
    'waiting-for-disclosure',
    'Police',
    'Write “no further police action at this time”, with the reason, when an investigation about a child ends without a charge.',
    'When enquiries concerning a child close without anybody being charged, the police say that no further police action is taken for now and why.',
  ],
  [
    'waiting-for-disclosure',
    'Local authority',
    'Decide on the balance of probabilities whether a child was harmed, whatever the outcome of the criminal case.',
    'Child protection decisions rest on what is more probable, and not on whether a prosecution succeeds.',
  ],
  [
    'extra-familial-harm',
    'Safeguarding partners',
    'Plan for the places and groups where young people are exploited, and not for single children alone.',
    'Responses to exploitation address locations and peer groups as well as the individual young person.',
  ],
  [
    'extra-familial-harm',
    'Police',
    'Refer each child found with drugs in another county as a victim of exploitation, and hold a strategy discussion within a day.',
    'A child whom officers find carrying drugs far from home is treated as exploited: a strategy meeting follows within twenty-four hours.',
  ],
  [
    'extra-familial-harm',
    'Education',
    'Before excluding a pupil who is at risk of exploitation, meet the police and social care to plan for the day after.',
    'No permanent exclusion of pupils at risk of criminal exploitation without a meeting with social care and police on what follows.',
  ],
  [
    'out-of-education',
    'Education',
    'Tell children’s social care on the same day when a parent withdraws a child who has a social worker to educate them at home.',
    'If a child known to social care is taken out of school for home education, the school lets the social worker know that day.',
  ],
  [
    'out-of-education',
    'Local authority',
    'See every child educated at home at least once a year, at home, and speak with them alone.',
    'Home educated children are visited yearly, with time to talk to each of them on their own.',
  ],
  [
    'out-of-education',
    'Education',
    'Look for pupils who are missing from education within three days, by visiting the last known address.',
    'When a pupil drops off the roll, somebody goes to the address within three days to find out where the child is.',
  ],
  [
    'race-and-racism',
    'Safeguarding partners',
    'Ask in every review what part race, culture and racism had, and write the answer down.',
    'Each review considers the role of racism, ethnicity and culture and records what was concluded.',
  ],
  [
    'race-and-racism',
    'Local authority',
    'Use trained interpreters in all assessments, and never members of the family.',
    'Assessments are never interpreted by relatives: book a professional interpreter.',
  ],
  [
    'childs-voice',
    'Local authority',
    'See children alone at each statutory visit and write down what they said in their own words.',
    'On every visit required by law the child is spoken to without the parents, and the child’s own words are recorded.',
  ],
  [
    'childs-voice',
    'Education',
    'Ask children who do not speak in ways that suit them: drawing, play, signs or pictures.',
    'Use play, pictures and signing to learn what children without speech experience.',
  ],
  [
    'disabled-children',
    'Health',
    'Health professionals do not explain bruises or changes of mood in a disabled child by the disability before other causes are looked at.',
    'In disabled children, injury and altered behaviour are not put down to their impairment until maltreatment was considered.',
  ],
  [
    'disabled-children',
    'Local authority',
    'Visit disabled children in residential schools outside the area every six weeks, without notice where possible.',
    'Disabled children placed in distant residential schools have a visit, often unannounced, every six weeks.',
  ],
  [
    'looked-after-children',
    'Local authority',
    'Tell the area in which a child is placed before the child arrives, with health and school records.',
    'The receiving authority has notice, with the school and health files, ahead of a looked-after child being placed there.',
  ],
  [
    'looked-after-children',
    'Health',
    'Complete the first health assessment of a child who comes into care within twenty working days, by a doctor.',
    'Initial health assessments for children entering care are done by a doctor in twenty working days.',
  ],
  [
    'looked-after-children',
    'Local authority',
    'Keep a personal adviser for care leavers until 25 who live in unsafe housing or are not in touch.',
    'Care leavers who lost contact or have poor housing keep their personal adviser up to the age of twenty-five.',
  ],
  [
    'information-sharing',
    'Health',
    'General practices put a flag on the records of all who live with a child on a protection plan.',
    'The GP marks the notes of each member of the household when a child is subject to a child protection plan.',
  ],
  [
    'information-sharing',
    'Safeguarding partners',
    'Send minutes of strategy discussions to all who took part within two working days.',
    'Everybody in a strategy meeting has its notes after no more than two working days.',
  ],
  [
    'risk-information-not-shared',
    'Police',
    'Probation and police tell the next area when a person who poses a risk to children moves.',
    'If someone dangerous to children changes address, the new area is informed by police or probation.',
  ],
  [
    'risk-information-not-shared',
    'Safeguarding partners',
    'Check in neighbouring areas too what is known of adults in the household before a plan ends.',
    'Before closing, ask adjoining authorities for information on the adults who live with the child.',
  ],
  [
    'agencies-acting-alone',
    'Safeguarding partners',
    'When agencies disagree about risk, use the escalation policy within five working days and record the outcome.',
    'Professional differences over how much danger there is are escalated within a week and the result written down.',
  ],
  [
    'agencies-acting-alone',
    'Safeguarding partners',
    'Hold a meeting of all professionals when a family has more than three services and no plan brings them together.',
    'Families with several services but without one plan are discussed in a professionals’ meeting.',
  ],
  [
    'risk-panels-not-joined-up',
    'Safeguarding partners',
    'Make a single panel for children at risk outside the home out of the panels on missing, exploitation and violence.',
    'The separate panels for missing children, exploitation and serious violence become one.',
  ],
  [
    'critical-analysis',
    'Local authority',
    'Supervision asks each month what evidence would change the view taken of the family.',
    'In monthly supervision, social workers test their view of a family and say which evidence would make them think again.',
  ],
  [
    'critical-analysis',
    'Local authority',
    'Do not close an assessment on what parents say alone: check it with the school and the health visitor.',
    'What parents report is verified with health and education before an assessment is finished.',
  ],
  [
    'whole-family-view',
    'Local authority',
    'Assess brothers and sisters too whenever one child of a family is seriously harmed.',
    'Siblings have an assessment of their own if a child in the family suffered serious harm.',
  ],
  [
    'whole-family-view',
    'Safeguarding partners',
    'Make a chronology of the family across agencies before the first review conference.',
    'A joint chronology by all agencies is ready for the first review child protection conference.',
  ],
  [
    'substance-misuse',
    'Health',
    'Drug services visit the homes of parents who take methadone away, and look at how it is stored.',
    'Safe storage of methadone is checked by a home visit wherever a parent collects it to take home.',
  ],
  [
    'substance-misuse',
    'Local authority',
    'Do hair strand tests when a plan depends on a parent not drinking.',
    'If the safety of a plan rests on abstinence from alcohol, have it tested by hair strand.',
  ],
  [
    'housing-and-moves',
    'Local authority',
    'Pass on the full file when a family with a child in need plan moves, and hold a transfer meeting within ten days.',
    'When families with a plan for a child in need move area, a transfer conference is held in ten days and the complete record follows them.',
  ],
  [
    'housing-and-moves',
    'Housing',
    'Tell children’s social care before a family with small children is evicted or placed in temporary accommodation.',
    'Housing officers warn social care ahead of an eviction, or a move to temporary housing, of parents with young children.',
  ],
  [
    'housing-and-moves',
    'Housing',
    'Housing staff report homes without heating, beds or food where children live.',
    'Officers of the housing service make a referral if they see children living without beds, heat or food.',
  ],
  [
    'local-review-decision',
    'Safeguarding partners',
    'Record how the independent scrutineer was heard when partners decide against a local review.',
    'Where no local child safeguarding practice review is started, the reasons show what the scrutineer advised.',
  ],
  [
    'extra-familial-harm',
    'Local authority',
    'Hold a return conversation within three days each time a child was missing, by somebody independent.',
    'After every missing episode an independent person talks with the young person within seventy-two hours.',
  ],
  [
    'childs-voice',
    'Safeguarding partners',
    'Offer every child in a child protection conference an advocate, and say in the minutes what the child wants.',
    'Children subject to conferences have the offer of advocacy; the record of the conference gives their wishes.',
  ],
  [
    'babies-under-1',
    'Safeguarding partners',
    'Make a plan for babies of mothers who hid the pregnancy or booked late, before they leave hospital.',
    'Concealed or late-booked pregnancies lead to a safeguarding plan prior to discharge of the newborn.',
  ],
  [
    'information-sharing',
    'Police',
    'Tell the school before nine in the morning when a child was at a police incident in the night.',
    'Schools hear of a police call-out at a pupil’s home before the next school day begins.',
  ],
]

/** The rules were made with `developed`; `heldOut` was written with them and not looked at until the rules stood. */
export const planted: Record<'developed' | 'heldOut', Pair[]> = { developed: [], heldOut: [] }
for (const [index, [theme, addressee, earlier, later]] of pairs.entries()) {
  planted[index % 2 === 0 ? 'developed' : 'heldOut'].push({ theme, addressee, earlier, later })
}

const topics: Partial<Record<Theme, readonly string[]>> = {
  'babies-under-1': [
    'babies with a plan made before birth',
    'infants of parents who were in care themselves',
    'newborns on a child protection plan',
    'crying babies and parents who are worn out',
  ],
  'non-accidental-injury': [
    'injuries to babies that nobody can explain',
    'bruises on children who cannot yet walk',
    'head injury in infants',
    'fractures in small children',
  ],
  'sudden-unexpected-death': [
    'safer sleep in families with many needs',
    'babies who sleep in their parents’ bed',
    'unexpected deaths of infants',
  ],
  neglect: [
    'neglect that goes on for years',
    'children who are not brought to appointments',
    'dental neglect and obesity',
    'homes in poor condition',
  ],
  'domestic-abuse': [
    'children who live with domestic abuse',
    'victims of coercive control',
    'perpetrators of violence in the home',
    'repeat call-outs of the police to one address',
  ],
  'men-not-seen': [
    'fathers who live elsewhere',
    'new partners of mothers',
    'men in the household who are not assessed',
  ],
  'parental-mental-health': [
    'parents with a severe mental illness',
    'mothers with depression after a birth',
    'parents who threaten to end their lives',
  ],
  'child-mental-health': [
    'children who harm themselves',
    'young people who wait for mental health treatment',
    'pupils with thoughts of suicide',
    'discharge from wards for young people',
  ],
  'sexual-abuse-in-family': [
    'signs of sexual abuse in the family',
    'medical examinations after sexual abuse',
    'adults with convictions for sexual offences',
    'brothers or sisters who abuse',
  ],
  'extra-familial-harm': [
    'young people drawn into county lines',
    'children who go missing again and again',
    'knife crime among peers',
    'exploitation at 16 and 17',
  ],
  'out-of-education': [
    'children educated at home',
    'pupils on part-time timetables',
    'excluded pupils',
    'children missing from school rolls',
  ],
  'race-and-racism': [
    'families whose first language is not English',
    'Black boys who are seen as older than they are',
    'racism that children meet',
  ],
  'childs-voice': [
    'what a day is like for the child',
    'children who are never seen alone',
    'the wishes of children in conferences',
  ],
  'disabled-children': [
    'disabled children who do not speak',
    'children with autism in crisis',
    'disabled children in residential schools',
  ],
  'looked-after-children': [
    'children placed far from home',
    'care leavers who are not in touch',
    'health of children who come into care',
    'unregulated placements',
  ],
  'information-sharing': [
    'records of general practitioners',
    'strategy discussions',
    'what schools are told of incidents',
    'police notices about children',
  ],
  'risk-information-not-shared': [
    'people who pose a risk and move area',
    'adults known to probation',
    'what neighbouring areas know',
  ],
  'agencies-acting-alone': [
    'disagreement between agencies',
    'families with many services',
    'referrals that are sent back',
  ],
  'critical-analysis': [
    'assessments that repeat what parents say',
    'supervision of social workers',
    'thresholds for child protection enquiries',
  ],
  'whole-family-view': ['brothers and sisters of a harmed child', 'young carers', 'chronologies of families'],
  'substance-misuse': [
    'parents who take methadone home',
    'drinking in pregnancy',
    'parents who relapse after treatment',
  ],
  'housing-and-moves': [
    'families who move often',
    'families in temporary accommodation',
    'families before an eviction',
    'transfer of plans between areas',
  ],
}
const whos = [
  'Safeguarding partners',
  'Local authority',
  'Health',
  'Police',
  'Education',
  'Housing',
  'Probation service',
  'General practices',
]
/** `{who}` does something about `{topic}`. */
const asks = [
  '{who} audit twenty records about {topic} each quarter and report to the executive what was found.',
  'Training on {topic} is given to all staff every year, with a test of what they learnt.',
  'Write guidance on {topic} on one page and hand it to every team.',
  '{who} name a lead person for {topic} who can be called by any practitioner.',
  'A multi-agency group looks at {topic} every two months and tells the partnership what has changed.',
  'Managers sign off each decision about {topic} within five working days.',
  'Collect figures about {topic} and show them on the dashboard of the partnership.',
  '{who} and children’s social care visit together where there is concern over {topic}.',
  'Families are asked for their experience of help with {topic}, and their answers shape the service.',
  'Review the referral pathway for {topic}, and say who acts at the weekend.',
  'Commission a service for {topic} that is open to all areas of the partnership.',
  'The procedure on {topic} is rewritten so that it says who decides and by when.',
  'Supervision covers {topic} at least once in six weeks, and notes what was decided.',
  'Make {topic} a priority of the yearly plan, with a measure that children would notice.',
  '{who} check with health and schools before they close work on {topic}.',
  'Practitioners talk with children about {topic} in words that fit their age.',
]

/** Recommendations that say none of the planted things, though many of their words. */
export function distractors(count: number): Comparable[] {
  const all = Object.entries(topics).flatMap(([theme, texts]) => texts.map(topic => ({ theme: theme as Theme, topic })))
  return Array.from({ length: count }, (_, index) => {
    const { theme, topic } = all[index % all.length]!
    const who = whos[(index * 5) % whos.length]!
    const ask = asks[(Math.floor(index / all.length) * 7 + (index % all.length)) % asks.length]!
    return {
      id: `distractor ${index}`,
      text: ask.replace('{who}', who).replace('{topic}', topic),
      themes: [theme],
      addressees: [who],
    }
  })
}
