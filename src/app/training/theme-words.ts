import type { ThemeKey } from './incident.ts'
import type { Line } from './sentences.ts'

/** What a rapid review and the Panel's letter say about one theme. No line of a point names the child. */
export interface ThemeWords {
  /** Sentences of the analysis. */
  found: Line[]
  learned: Line[]
  /** What will be done, and who owns it. */
  actions: [what: Line, owner: string][]
  /** A point of the Panel's letter, the partnership's answer to it, and what it will do. */
  points: [asked: Line, answered: Line, action: Line][]
}

export const themeWords: Record<ThemeKey, ThemeWords> = {
  'babies-under-1': {
    found: [
      'Plans made before the birth were not looked at again once {child} was home, although the family’s circumstances had changed.',
      'Visits in the first weeks followed the timetable and not the risk that was known at the booking appointment.',
      'What the midwives knew of the family filled {2-6} pages. {2-4} lines of it reached those who visited after the birth.',
      'Questions were asked about feeding and weight at each contact. How the parents were managing at night was asked once in {3-7} contacts.',
      'The handover from midwifery came by letter on a {day}, {2-6} days after the first visit at home.',
    ],
    learned: [
      'A baby’s needs change within days, and the plan for {child} had to change with them.',
      'What was known before {child} was born had to be known to everybody who visited afterwards.',
      'What is known before a birth must reach those who visit after it, and be read again when something changes.',
      'The first weeks at home are when plans for a baby are tested. Somebody has to look at the plan then.',
      'A baby cannot tell, so ask who holds {them}, who gets up at night, and how it is when {they} cries.',
      'Fathers, partners and grandparents care for babies too, and advice has to reach each of them.',
    ],
    actions: [
      ['Review the pathway from midwifery to health visiting for families with known risk', 'Head of midwifery'],
      [
        'Talk with both parents about coping with crying, before the birth and at {2-6} weeks',
        'Head of health visiting',
      ],
      ['Read {20-40} handovers from midwifery and tell the partners what they leave out', 'Named midwife'],
      [
        'Bring midwives and health visitors together every {2-4} weeks about families with known risk',
        'Designated nurse',
      ],
    ],
    points: [
      [
        'Please tell us how pre-birth plans are now reviewed after the baby goes home.',
        'The midwife and the health visitor review the plan together at ten days and at six weeks. Our audit found this done for {of 20-60} plans.',
        'The audit will be repeated in {4-8} months.',
      ],
      [
        'We would like to know how many babies with a pre-birth plan were seen within five days of a change in the household.',
        'Of the babies with a plan, {of 14-40} were seen within five days of a change. For the others we heard of the change too late.',
        'Health visitors now ask about changes in the household at every contact.',
      ],
      [
        'We ask how what midwives know reaches the health visitor before the first visit.',
        'The handover is by telephone where there is known risk, and both record it. This was so for {of 25-70} families last quarter.',
        'The named midwife listens to {3-8} handovers each month.',
      ],
      [
        'Please tell us how both parents are helped with a baby’s crying.',
        'The conversation takes place before the birth and again at about three weeks. {of 40-90} fathers or partners took part in it.',
        'Visits in the evening will be offered from {month}.',
      ],
    ],
  },
  'extra-familial-harm': {
    found: [
      'The danger came from outside the home, and the plan asked the parents to manage it.',
      'Places and people that mattered were known to different agencies, and nobody put the map together.',
      '{child} was spoken of as making choices. That adults profited from those choices is in {2-4} of {9-20} records.',
      'Each time {they} was found safe the matter ended there. Where {they} had been, and with whom, was asked {2-5} times in a year.',
      'Friends were at the same risk. Their workers learned of each other in {month}, by chance.',
    ],
    learned: [
      'A plan for harm outside the family needs to act on places and people, and not only on the child.',
      'A young person who is exploited is a child to be protected, also while {they} is suspected of an offence.',
      'Parents are partners in keeping a child safe from others. They need to be told what we know.',
      'The moment after a child is hurt, arrested or found is when a trusted adult can reach {them}.',
    ],
    actions: [
      [
        'Bring police, youth justice, schools and children’s social care into one weekly meeting about places of concern',
        'Superintendent, neighbourhoods',
      ],
      [
        'Offer a worker within {2-5} hours of a young person’s arrest or attendance at hospital',
        'Head of youth justice',
      ],
      ['Ask {12-30} young people which places feel unsafe, and tell them what was done', 'Participation lead'],
      ['Hold every return conversation within 72 hours and share what is heard', 'Service manager, missing children'],
    ],
    points: [
      [
        'Please tell us what has changed in the places that the review is about.',
        '{2-3} of these places now have youth workers in the evening, and the lighting of one has been renewed. Police calls there fell from {20-30} to {9-18} in a quarter.',
        'The weekly meeting looks at the places again in {month}.',
      ],
      [
        'We ask how you will know that young people feel safer.',
        'We asked {40-120} young people in schools and youth clubs. Most say that they know an adult to turn to, and fewer feel safe after dark.',
        'We will put the same questions again next year.',
      ],
      [
        'Please tell us how parents are now part of plans against harm outside the home.',
        'A parent support worker has joined the team and works with {12-30} families. Parents came to {of 20-50} planning meetings.',
        'The parents are writing a guide for others with us.',
      ],
      [
        'We ask what happens in the hours after a child was hurt or found.',
        'A worker reached the child on the same day in {of 15-45} incidents since {month}.',
        'Weekends are covered from next quarter.',
      ],
    ],
  },
  'child-mental-health': {
    found: [
      'A referral to mental health services waited for {6-20} weeks, and nobody was told who held the risk meanwhile.',
      'Each crisis was treated by itself. The pattern over a year was not seen by anyone.',
      '{child} told {2-4} adults how {they} felt. Each of them believed that another was acting on it.',
      'The safety plan was written for {them} and not with {them}. The family had not seen it.',
      'Distress was read as behaviour. What had happened in {their} life was known and was not connected with it.',
    ],
    learned: [
      'While a child waits for a service, somebody named must hold the plan for {their} safety.',
      'Ask what has happened to a child before asking what is wrong with {them}.',
      'A safety plan works when the child, the family and those who see {them} each day know it.',
      'Not coming to an appointment is something to be curious about. It is no reason to close.',
    ],
    actions: [
      ['Name a lead for every child who waits for mental health services after self-harm', 'Chief nurse'],
      ['Review {15-35} safety plans with young people who have had one', 'Clinical lead, mental health'],
      [
        'Stop closing referrals after missed appointments without a call to the referrer',
        'Service manager, mental health',
      ],
      [
        'Tell the school or college, the family and the general practice of every crisis attendance the next working day',
        'Head of nursing',
      ],
    ],
    points: [
      [
        'Please tell us who now holds the risk while a child waits, and how the family knows.',
        'Each child who waits after self-harm has a named worker, whose name is in the letter to the family. {of 30-80} families could tell us who it is.',
        'We will ask the families again in {4-8} months.',
      ],
      [
        'We would like to hear how many children waited more than four weeks after an episode of self-harm, and what they were offered.',
        '{10-34} children waited longer. {5-9} of them were offered weekly calls, and the others a place in a group.',
        'The numbers go to the partners every quarter.',
      ],
      [
        'We ask how young people take part in writing their safety plans.',
        'We read {20-50} plans. The young person’s own words are in about two thirds of them, and a copy was given to the family in half.',
        'Young people are helping us to change the form.',
      ],
      [
        'Please tell us what follows when a child does not come to an appointment.',
        'The clinic telephones on the day, and nobody is discharged without a conversation with the referrer. {of 25-60} children came to the next appointment.',
        'The change is being taken to the adult clinics.',
      ],
    ],
  },
  'parental-mental-health': {
    found: [
      'Services for the adult asked about the adult’s safety. What the illness meant for {child} was not asked.',
      'Family members had described a change, and their words were recorded as concern and not as information.',
      'The parent was seen {3-9} times in half a year. {child} is mentioned in {2-3} of the notes.',
      'A plan for relapse had been written and named no one who would look after the children.',
    ],
    learned: [
      'Every assessment of a parent’s mental health should ask about each child by name.',
      'Relatives often see first that a parent is becoming unwell. They must know whom to ring.',
      'A plan for a parent’s relapse is complete when it says who cares for the children.',
    ],
    actions: [
      ['Add questions about children to the assessment record of adult services', 'Medical director'],
      ['Give relatives one number to ring when a parent becomes unwell', 'Head of adult mental health'],
      ['Read {15-40} relapse plans of parents for what they say about the children', 'Named doctor'],
    ],
    points: [
      [
        'Please tell us how often the new questions about children are answered, and what follows.',
        'The questions were answered in {of 40-90} assessments of parents. Where they were not, the team leader has spoken with the practitioner.',
        'The record cannot be closed without an answer from {month}.',
      ],
      [
        'We ask how adult mental health services will be part of planning for children.',
        'Adult services now take part in planning meetings and came to {of 15-45}. For the others they sent a report.',
        'Link workers for both services begin in {month}.',
      ],
      [
        'Please tell us how relatives can raise a worry about a parent’s health.',
        'The crisis line takes calls from relatives and asks about children. {20-60} such calls were taken, of which {3-9} led to a visit the same day.',
        'Relatives will be asked whether they felt heard.',
      ],
    ],
  },
  'sexual-abuse-in-family': {
    found: [
      'There were signs over some time. Each had another explanation, and together they did not.',
      'The absence of a statement by {child} was taken as the absence of abuse.',
      'The word abuse stands in none of the {9-20} records we read. Inappropriate, worrying and sexualised stand in all.',
      'A person who posed a risk had been assessed {2-5} years before. The assessment was not in {their} record.',
    ],
    learned: [
      'Professionals need to name the possibility of sexual abuse in the family and to act on signs.',
      'A child may show what {they} cannot say. What {they} shows is evidence.',
      'A parent who is not believed to have abused needs help to protect. It is not to be taken for granted.',
    ],
    actions: [
      ['Train social workers and their managers in recognising signs of sexual abuse', 'Principal social worker'],
      [
        'Open the consultation line of the referral centre to all agencies',
        'Clinical lead, sexual assault referral centre',
      ],
      ['Look again at {15-30} enquiries into sexual abuse that ended without a plan', 'Head of safeguarding'],
    ],
    points: [
      [
        'Please tell us how practitioners are supported to act on signs when a child has said nothing.',
        'A consultation line with the sexual assault referral centre has been used {25-70} times since it opened. Most calls were about signs and not about words.',
        'All team managers will have been trained by {month}.',
      ],
      [
        'We would like to know how many medical examinations were sought in the past year, and how long children waited.',
        '{18-40} examinations were sought. {of 14-18} children were seen within {4-9} days, and the longest wait was three weeks.',
        'A second clinic begins in {month}.',
      ],
      [
        'We ask what is offered to the parent who is asked to protect.',
        'A group for parents has begun, and {6-9} take part. Each has a worker of their own.',
        'The group’s worth will be looked at in a year.',
      ],
    ],
  },
  neglect: {
    found: [
      'Improvements were real and short, and each was taken for an end.',
      'Conditions were described in general words. What it was like for {child} could not be read from them.',
      'Appointments were recorded as not attended. {child} had not been brought.',
      'The tool for neglect was used once, in {month}. Nobody had compared what was seen before and after.',
      'Workers had become used to what they saw. A new worker described it plainly within {2-5} days.',
    ],
    learned: [
      'Neglect is judged over time: the pattern counts, and not the latest visit.',
      'Say what a child lives with in words that let others see it.',
      'Poverty needs help and neglect needs action. Families may need both.',
      'A child does not miss an appointment. {They} is not brought, and that is a sign.',
    ],
    actions: [
      ['Use one tool for neglect in all agencies, and repeat it every three months', 'Head of early help'],
      ['Change “did not attend” to “was not brought” in all records, with a call to the family', 'Chief nurse'],
      ['Read {20-40} chronologies aloud in supervision', 'Principal social worker'],
    ],
    points: [
      [
        'Please tell us how the pattern over time is put in front of those who decide to close a plan.',
        'The chronology is now the first page of the record and is read in each review conference. Of {12-30} plans closed since then, two were opened again.',
        'A second audit follows in {month}.',
      ],
      [
        'We ask for the result of your next audit of plans that were closed and opened again.',
        'We audited {15-40} such plans. In about half the first plan had ended after one good visit.',
        'No plan ends now before two reviews have seen the same.',
      ],
      [
        'Please tell us what follows when a child is not brought to an appointment.',
        'The service telephones the same day, and after two such days tells the health visitor or the school. It did so for {of 30-80} children.',
        'Dentists and opticians will join in {month}.',
      ],
    ],
  },
  'race-and-racism': {
    found: [
      'Ethnicity is recorded and is not thought about. The words used about {child} differ from those used about others.',
      'Nobody asked how racism shaped the family’s trust in services.',
    ],
    learned: [
      'Say how race and racism shaped what was seen and what was done, for this child.',
      'A family that is wary of services may have reasons, and should be asked for them.',
    ],
    actions: [
      ['Offer reflective sessions on race and language to managers who sign assessments', 'Director of quality'],
      ['Read {20-40} assessments for their language with a group of young people', 'Participation lead'],
    ],
    points: [
      [
        'Please tell us what the partners learned about the language used of Black and Asian children, and what changed.',
        'We have read {30-60} assessments for their language with a group of young people. They found words that we would not have noticed.',
        'Their findings are part of induction from next month.',
      ],
      [
        'We would have liked to read more about what race and racism meant for this child. Please tell us what you think now.',
        'We went back to the family and to {3-6} practitioners. We now think that the child was seen as older and less in need of care, and say so in our revised learning.',
        'Each review group will have a member who leads on race.',
      ],
    ],
  },
  'out-of-education': {
    found: [
      'When school ended, the adults who saw {child} each day ended with it.',
      '{child} was on no service’s list for {3-8} months, and no service saw it as theirs to ask.',
    ],
    learned: [
      'A child who leaves education must be seen by somebody, and it must be clear by whom.',
      'Leaving a school is a moment of danger, and a moment to bring people together.',
    ],
    actions: [
      ['Tell the health and police partners each month of children who are on no roll', 'Head of education'],
      [
        'Hold a meeting about each child with a worker before {their} place in education ends',
        'Head of virtual school',
      ],
    ],
    points: [
      [
        'Please tell us how quickly a child who leaves a roll is now seen.',
        'A child who leaves a roll is seen within ten school days. In the last term this was kept for {of 30-70} children.',
        'The others are being followed up by name.',
      ],
      [
        'We ask how many children in your area are on no roll today, and how many of them are known to children’s social care.',
        '{120-240} children are on no roll today. {20-60} of them are known to children’s social care, and a list is shared each month.',
        'A school nurse will see those whom nobody else sees.',
      ],
    ],
  },
  'risk-information-not-shared': {
    found: [
      'The risk an adult posed was on record in one agency. Those who worked with {child} did not know of it.',
      'Checks were made on one adult, and on none of the others who came to the home.',
    ],
    learned: [
      'What is known about a person who poses a risk must follow that person into a new household.',
      'A check covers the people it names. Ask first who is there.',
    ],
    actions: [
      ['Agree how probation tells children’s social care of a new household with children', 'Head of probation'],
      ['Look at {12-30} recent checks to see which adults they left out', 'Detective chief inspector'],
    ],
    points: [
      [
        'Please tell us how a change of household is now noticed and shared.',
        'Probation asks about children at every change of address and tells children’s social care the same day. It did so {30-80} times last quarter.',
        'We sample ten of these each quarter.',
      ],
      [
        'We ask how the partners know that checks are made on every adult in the home.',
        'We compared {25-60} checks with the visits’ records. In about one of six an adult was missing.',
        'The form asks for every adult now, with the source.',
      ],
    ],
  },
  'agencies-acting-alone': {
    found: [
      '{3-5} agencies each had a plan. None of the plans mentions another.',
      'Referrals were made and answered in writing. The people concerned did not speak with each other.',
      'The meeting in {month} was attended by {2-4} of {6-9} who had been asked.',
    ],
    learned: [
      'One child needs one plan, with somebody who leads it.',
      'A referral is the start of a conversation between people.',
      'Agencies that work beside each other leave the child to carry messages between them.',
    ],
    actions: [
      ['Name one lead professional wherever three or more agencies work with a child', 'Head of safeguarding'],
      ['Answer each referral with a call to the person who made it', 'Service manager, front door'],
    ],
    points: [
      [
        'Please tell us how one lead for a child is chosen, and how others know who it is.',
        'The lead is agreed in the first meeting and recorded by every agency. For {of 20-50} children all agencies named the same person.',
        'Where they did not, the teams are looking at why.',
      ],
      [
        'We ask how you will know whether plans are now made together.',
        'We read {15-40} plans with those who wrote them. About three in four name what each agency does.',
        'Children and parents will tell us next whether they saw one plan.',
      ],
    ],
  },
  'risk-panels-not-joined-up': {
    found: [
      '{2-4} panels discussed {child} in one month, with different people and different actions.',
      'Actions of one meeting were not known to the next.',
    ],
    learned: [
      'Fewer meetings, with the right people, keep a young person safer than many.',
      'Somebody must see all that has been agreed for one young person.',
    ],
    actions: [
      ['Join the panels for exploitation, violence and missing children', 'Chair of the exploitation group'],
      ['Keep one list of actions for each young person who is discussed', 'Business manager'],
    ],
    points: [
      [
        'Please tell us which panels have been joined, and what young people and workers notice of it.',
        'Two of the three panels have become one. Of the workers we asked, {of 15-40} spend less time reporting and more with young people.',
        'The third will join in {month}.',
      ],
      [
        'We ask who now sees all the actions agreed for one young person.',
        'The co-ordinator keeps one list. It holds the actions for {30-70} young people, and each partner reads it.',
        'Actions older than six weeks go to the chair.',
      ],
    ],
  },
  'waiting-for-disclosure': {
    found: [
      'Work with {child} waited for the criminal investigation and its result.',
      'Practitioners waited for {child} to say what had happened. {child} was showing it.',
    ],
    learned: [
      'Keeping a child safe does not depend on a disclosure or on proof as in a criminal court.',
      'A child who says nothing may be waiting to see who can bear to hear it.',
    ],
    actions: [
      ['Hold a further strategy discussion whenever a police investigation ends without a charge', 'Team manager'],
      [
        'Train {30-60} practitioners in opening a conversation with a child who has not told',
        'Learning and development lead',
      ],
    ],
    points: [
      [
        'Please tell us how often a strategy discussion now follows an investigation that ends without a charge.',
        'In the past six months a discussion was held in {of 12-30} investigations that ended so. A plan followed most of them.',
        'We will keep counting.',
      ],
      [
        'We ask how practitioners are helped to act on what a child shows.',
        '{30-60} practitioners have been trained with survivors. Supervision asks what the child shows and what was done about it.',
        'We will read {10-20} records to see whether it can be found there.',
      ],
    ],
  },
  'whole-family-view': {
    found: [
      'Each worker knew one member of the family, and nobody saw the family as a whole.',
      'Relatives knew most and were asked last.',
      'The wider family is a line in the record. They could have told us {2-5} things that mattered.',
    ],
    learned: [
      'Ask who is in the family, who matters to the child, and what each of them sees.',
      'A family drawn on one page shows who is missing from the plan.',
    ],
    actions: [
      ['Hold a family group meeting before a plan is made', 'Service manager, family help'],
      ['Draw the family on one page at the first visit, and again every {3-6} months', 'Principal social worker'],
    ],
    points: [
      [
        'Please tell us how wider families are now heard before a plan is made.',
        'A family meeting was held for {of 40-90} plans. Families say that they would have come earlier.',
        'We are asking the other families why there was none.',
      ],
      [
        'We ask how brothers and sisters are thought about when one child is referred.',
        'The referral lists each child of the family, and a manager asks about each. Since {month} {20-50} further children were assessed.',
        'We will look at what the assessments led to.',
      ],
    ],
  },
  'childs-voice': {
    found: [
      '{child} was seen by many people. What {they} said or showed is in few of their records.',
      'Adults spoke for {child}. Who {they} was as a person is hard to find in what they wrote.',
      'We read {9-24} records of visits. {child} is described in {3-8} of them.',
    ],
    learned: [
      'Write down what a child says and shows, and what was done because of it.',
      'A record should let a stranger imagine this child’s day.',
      'Seeing a child is more than noting that {they} was there.',
    ],
    actions: [
      ['Make what the child said or showed a required part of every visit record', 'Principal social worker'],
      ['Read {12-30} records with young people, and tell the teams what they found', 'Participation lead'],
    ],
    points: [
      [
        'We learn little about the child. Please tell us what you know now about this child’s day.',
        'We have spoken again with {3-6} people who knew the child. They told us about mornings, meals and play, and it is now part of our learning.',
        'What they said opens our briefing for all teams.',
      ],
      [
        'Please tell us how you check that records say what a child said or showed.',
        'In our audit {of 30-80} visit records had what the child said or showed. A year ago it was fewer than half.',
        'The audit will be repeated with young people as readers.',
      ],
      [
        'We ask how the child’s view changed what was decided.',
        'We looked at {10-25} decisions. In {4-9} the record shows what the child wanted and why it was or was not followed.',
        'Chairs now ask it at the end of each meeting.',
      ],
    ],
  },
  'critical-analysis': {
    found: [
      'Assessments hold much information. What it means is in the last {2-4} lines.',
      'An early explanation held, and later facts were fitted to it.',
      'Supervision took place {3-8} times. Tasks were checked off, and the question why is in none of the notes.',
      'The account of the adults was accepted since it was given calmly.',
    ],
    learned: [
      'Supervision should ask what else could explain what we see.',
      'Being uncertain is honest. Write down what is not known and who will find out.',
      'Respectful doubt is part of helping a family.',
    ],
    actions: [
      ['Ask in all supervision what would change the view that has been formed', 'Director of practice'],
      ['Have one of {6-9} assessments read by somebody who does not know the family', 'Head of quality'],
    ],
    points: [
      [
        'Please tell us what shows that supervision now questions first explanations.',
        'We looked at supervision records. In {of 24-50} a second explanation is written down, against five before.',
        'Managers observe each other twice a year.',
      ],
      [
        'The review tells what happened more than why. Please tell us what you think made the right thing hard to do.',
        'We asked {6-14} practitioners. They named pressure to close, one calm and convincing account, and nobody to think with.',
        'A weekly hour for thinking together has begun in {2-4} teams.',
      ],
    ],
  },
  'domestic-abuse': {
    found: [
      'a-police|Calls to the police were dealt with one at a time. The children were asleep in each report.',
      'One parent was asked to keep {child} safe. Nobody worked with the person who made {them} unsafe.',
      'Control was not seen. Only when somebody was hit did a record use the word abuse.',
      'Separation was recorded as an end of the danger. {2-6} weeks after it the danger was greatest.',
      'Questions about safety at home were asked {2-5} times, and each time with a partner in the room.',
    ],
    learned: [
      'Children live with domestic abuse, and do not only witness it.',
      'Work with the person who is violent, and do not leave safety to the one who is hurt.',
      'Ask about safety at home alone, and more than once.',
    ],
    actions: [
      ['Tell schools and health visitors of every domestic abuse call the next working day', 'Detective inspector'],
      [
        'Offer a programme to people who use violence, with {8-9} places to begin with',
        'Commissioner of domestic abuse services',
      ],
      ['Ask each mother about safety at home, alone, at {3-5} contacts', 'Head of community health'],
    ],
    points: [
      [
        'Please tell us how many notices of domestic abuse reach schools and health visitors within a day.',
        'Notices reach schools the next morning in {of 90-100} calls, and health visitors somewhat less often.',
        'The gap for health visitors will be closed by a shared inbox.',
      ],
      [
        'We ask what is now offered to men who use violence, and whether it is taken up.',
        'A programme for men who use violence began in {month}. {20-40} were offered a place and {9-15} began. A worker stays in touch with their partners and children.',
        'We will look at what became of those who did not begin.',
      ],
      [
        'Please tell us how children who live with domestic abuse are helped to recover.',
        'Group work is offered in {3-6} schools and at the family centre. {20-50} children have taken part, and {10-18} wait.',
        'A further group begins in {month}.',
      ],
    ],
  },
  'non-accidental-injury': {
    found: [
      'still|A mark was seen, explained, and not looked at by a paediatrician.',
      '!still|An earlier injury was seen and explained. Nobody asked {child}, or watched {them} with those who had explained it.',
      'The account of the injury changed between {2-4} conversations. The differences were found only by this review.',
      'Each injury was recorded where it was treated. Nobody had all of them before this review put them together.',
      'still|The explanation did not fit what a baby of this age can do. {2-4} people had thought so and did not say it.',
      'Stress in the home was seen as a reason for help, which it was. That it also raised the danger was not said.',
    ],
    learned: [
      'still|A bruise on a baby who does not yet move is seen by a paediatrician the same day.',
      'still|Ask whether a baby of this age could have come by the injury as it is told.',
      '!still|An injury is looked at together with those before it, and the child is heard alone where {they} can speak.',
      '!still|Ask how an injury came about, write down the words, and compare them with what others were told.',
      'Somebody who doubts an explanation needs a colleague to say it to the same day.',
      'An explanation that is kindly given still has to fit the injury.',
    ],
    actions: [
      ['still|Repeat the training on bruises in babies in every practice', 'Designated doctor'],
      ['still|Audit {15-40} referrals of babies with a bruise or mark', 'Named nurse'],
      ['!still|Put earlier injuries on the first page of the hospital record', 'Named doctor'],
      ['!still|Train {30-60} practitioners in asking about injuries and writing down the words', 'Designated nurse'],
      ['Give every practitioner a doctor to ring when an explanation does not fit', 'Designated doctor'],
    ],
    points: [
      [
        'still|Please tell us how you know that the bruising protocol is followed in general practice.',
        'The designated doctor has read the records of {15-40} babies with a bruise. The protocol was followed in all practices but two, and both have been visited.',
        'The designated doctor goes on reading every referral.',
      ],
      [
        'still|We ask how many babies were referred under your bruising protocol in the past year, and how many were seen the same day.',
        '{of 20-50} babies with a bruise were seen by a paediatrician the same day. All others were seen the next morning.',
        'A rota at weekends begins in {month}.',
      ],
      [
        'We ask how earlier injuries are brought together when a child is hurt again.',
        'The emergency department sees earlier attendances on one screen. A second look by a senior doctor followed for {of 20-60} children.',
        'Walk-in centres will be joined in {month}.',
      ],
      [
        'Please tell us how a practitioner who doubts an explanation is backed.',
        'The telephone of the paediatrician on duty has been given to all services. It was used {20-60} times, and callers say that they were listened to.',
        'We will ask callers again in half a year.',
      ],
    ],
  },
  'sudden-unexpected-death': {
    found: [
      'Advice on safe sleep was given at each visit. How the family slept on a difficult night was not asked.',
      'a-housing|The family had moved, and the cot had not come with them.',
      'The advice was given to one parent. The adult who was with {child} that night had not heard it.',
      'Smoking and drinking were asked about by {2-4} services, each for a purpose of its own. Nobody joined it to where {child} slept.',
      'The cot was seen on a {day} and was made up. It was not where {child} slept.',
    ],
    learned: [
      'Plan with the family for the night that is out of routine.',
      'Ask where the baby slept last night, and look together at the place.',
      'Advice on sleep has to reach everybody who may care for the baby at night.',
      'Families know the advice. What helps is to talk about the nights when it is hard to follow.',
    ],
    actions: [
      ['Give every family a plan for safe sleep away from home', 'Head of health visiting'],
      ['Keep {10-30} travel cots that can be lent the same day', 'Head of family hubs'],
      ['Teach all who visit homes, police and housing too, to ask where the baby sleeps', 'Designated nurse'],
    ],
    points: [
      [
        'Please tell us how safe sleep is talked about with families who move or stay with others.',
        'The plan is filled in together, in the room where the baby sleeps. {of 120-240} families have one.',
        'We will ask families in {month} whether it helped.',
      ],
      [
        'We ask how fathers and grandparents are reached with advice on safe sleep.',
        'Fathers were part of the conversation at {of 60-120} visits. A short film made with grandparents is sent to families before the birth.',
        'We will ask {20-40} fathers what they remember of it.',
      ],
      [
        'Please tell us how workers other than health visitors ask about where a baby sleeps.',
        '{60-140} police officers, housing officers and drug workers have been trained. They have passed on {9-30} worries to health visiting.',
        'The training is part of induction from {month}.',
      ],
    ],
  },
  'disabled-children': {
    found: [
      'Signs of harm were put down to {child}’s condition.',
      'Those who could understand how {child} communicates were not asked.',
      '{2-4} clinics treated a part of {them}. Nobody asked what all the appointments were like for the family.',
    ],
    learned: [
      'Ask of a disabled child what would be asked of any child, in the way the child communicates.',
      'A condition may explain a change. It may also hide one.',
    ],
    actions: [
      ['Provide workers who know the child’s way of communicating for every assessment', 'Head of disability service'],
      ['Name one clinician for each child with more than {3-4} clinics', 'Medical director'],
    ],
    points: [
      [
        'Please tell us how disabled children are now seen alone and heard in their own way.',
        'The service has trained {8-20} workers. In the last quarter {of 15-40} assessments of a child without speech used one of them.',
        'We will ask families and schools whether they see a difference.',
      ],
      [
        'We ask how thresholds are applied to disabled children, and what your audit shows.',
        'We compared {20-50} referrals of disabled children with as many of others. More of them had been closed with advice.',
        'A manager of the disability service now sits at the front door {2-4} days a week.',
      ],
    ],
  },
  'looked-after-children': {
    found: [
      'Decisions about where {child} should live were made in days, and the plan did not follow.',
      'Everybody knew that {they} was looked after. Each thought that another knew {them} best.',
      'The last review of the care plan was {3-6} months old. Much of it was no longer so.',
    ],
    learned: [
      'For a child who is looked after, the partners are family. Somebody has to know {them} well.',
      'When a looked-after child’s circumstances change, the plan is read again the same week.',
      'Those who care for a child need to be told what is known, from the first day.',
    ],
    actions: [
      [
        'Bring the plan’s review forward whenever a looked-after child’s circumstances change',
        'Head of corporate parenting',
      ],
      ['Ask {15-40} looked-after children who knows them best, and tell the partners', 'Head of participation'],
    ],
    points: [
      [
        'Please tell us how you know of children placed in your area by others.',
        'Homes tell us of each child on the day of arrival. We know of {40-80} children placed here by others, some of them through a home and not through their authority.',
        'We have written to those authorities.',
      ],
      [
        'We ask how care plans are read again when a looked-after child’s circumstances change.',
        'A change is told to the reviewing officer the same day. For {of 20-60} children the review was held within two weeks.',
        'Reviewing officers report the others to the director.',
      ],
    ],
  },
  'substance-misuse': {
    found: [
      'Accounts of drinking and drug use were written down and not tested.',
      'Those who could treat dependency did not know that a child was affected by it.',
      'Use was described by its amount. What it meant for {child} at {5-9} in the evening was not.',
    ],
    learned: [
      'Treatment services ask which children are near, and what the use means for them.',
      'Ask what a day of heavy use looks like, and who looks after the child then.',
    ],
    actions: [
      ['Agree a joint visit of treatment services and those who visit the home', 'Commissioner of treatment services'],
      ['Give {30-90} families a locked box for medicines and drugs', 'Public health lead'],
    ],
    points: [
      [
        'Please tell us how treatment services are now part of plans for children.',
        'A treatment worker is a member of {12-30} plans and came to {of 15-40} meetings.',
        'The worker’s view is a part of each report from {month}.',
      ],
      [
        'We ask how often a joint visit takes place, and what is learned from it.',
        'Joint visits began in {month}. In {12-30} visits {2-6} children were found who needed more help.',
        'The visits go on for a year and are then evaluated.',
      ],
    ],
  },
  'men-not-seen': {
    found: [
      'The father is in the records as a name. Few had met him.',
      'Who the men in {child}’s life were, and what they meant to {them}, had not been asked.',
      'Letters about {child} were addressed to {their} mother. None of {7-20} went to {their} father.',
    ],
    learned: [
      'Ask about every man who is part of a child’s life, and meet him.',
      'A father may be a danger, a help, or both. It cannot be known without speaking with him.',
    ],
    actions: [
      ['Record and check every adult in the household at each first visit', 'Head of family help'],
      ['Offer visits at {5-7} in the evening, so that fathers can be met', 'Head of community health'],
    ],
    points: [
      [
        'Please tell us how fathers and other men in the household are now asked about and met.',
        'The record has a field for each adult. It is filled in for {of 60-100} families, and about half of the fathers were met in person.',
        'We will aim at visits in the evening.',
      ],
      [
        'We ask how many first visits include the father, and what is done when a man in the household is not known.',
        'Fathers took part in {of 50-110} first visits. Where a man was not known, the worker asked for his name and came back within {5-9} days.',
        'Managers read {10-20} such records each quarter.',
      ],
      [
        'Please tell us what fathers themselves say about your services.',
        'We asked {12-40} fathers. Most had expected to be judged, and said that a message sent to them by name had made the difference.',
        'Two fathers now help us to train new staff.',
      ],
    ],
  },
  'housing-and-moves': {
    found: [
      'Each move of the family was known to housing first. Records followed {2-5} months later.',
      'The housing service knew the conditions, and had not been asked.',
    ],
    learned: [
      'A move is a risk. Somebody must carry the knowledge across it.',
      'Those who repair a home see how a child lives in it, and need somebody to tell.',
    ],
    actions: [
      ['Include the housing service in plans for families in temporary accommodation', 'Head of housing'],
      ['Tell health services of each family that moves in, within {3-9} days', 'Head of homelessness'],
    ],
    points: [
      [
        'Please tell us how children in temporary accommodation are now known to health services.',
        'A list of families in temporary accommodation goes to health services each week. There are {50-110} today, and {of 40-50} of those asked had been visited.',
        'The others will be visited within the month.',
      ],
      [
        'We ask how records follow a family that moves between areas, and how long it takes.',
        'Health records now follow in {4-9} days on average, and those of children’s social care in two weeks. A call is made where there is a plan.',
        'We have agreed the same with {2-4} neighbouring areas.',
      ],
    ],
  },
  'information-sharing': {
    found: [
      'Each agency held a piece. Together the pieces would have shown the risk.',
      'Information was asked for in {month} and came {2-7} weeks later, after the decision had been made.',
      'Consent was asked for where it was not needed, and the matter rested when it was not given.',
      'A letter was copied to {3-8} people. None of them was asked to do anything.',
    ],
    learned: [
      'Share early, by telephone, and say why it matters.',
      'The law allows agencies to share what keeps a child safe. Those who doubt it need somebody to ask.',
      'Information helps when the one who receives it is told what to do with it.',
    ],
    actions: [
      ['Set and measure a time within which agencies answer in an enquiry', 'Business manager'],
      [
        'Give all agencies one page, with {4-6} examples, about sharing without consent',
        'Head of information governance',
      ],
      ['Follow {10-25} enquiries from question to answer and tell the partners what was lost', 'Quality manager'],
    ],
    points: [
      [
        'Please tell us how quickly agencies now answer in an enquiry, and what happens when they do not.',
        'Answers arrived within a day in {of 60-140} enquiries. Where they do not, the manager of the front door telephones.',
        'We publish the figures to the partners each month.',
      ],
      [
        'We ask what still stands in the way of sharing information between health and children’s social care.',
        '{20-60} practitioners told us: two record systems, doubt about consent, and not knowing a name to ring. The last is the easiest to mend, and a list has been sent.',
        'A health worker will read both systems at the front door from {month}.',
      ],
      [
        'Please tell us how practitioners now decide about sharing without consent.',
        'A helpline with {2-3} advisers was rung {20-70} times. In most calls the adviser said that it could be shared.',
        'Examples from the calls go to all teams each quarter.',
      ],
    ],
  },
}
