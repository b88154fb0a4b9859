import type { ThemeKey } from './incident.ts'

/** What a rapid review and the Panel's letter say about one theme. `{child}`, `{they}` and `{their}` are filled in. */
export interface ThemeWords {
  /** Sentences of the analysis. */
  found: string[]
  learned: string
  /** What will be done, and who owns it. */
  action: [what: string, owner: string]
  /** Points of the Panel's letter. */
  asked: string[]
  /** The partnership's answer, and what it will do. */
  answered: [text: string, action: string]
}

export const themeWords: Record<ThemeKey, ThemeWords> = {
  'babies-under-1': {
    found: [
      'Plans made before the birth were not looked at again once the baby was home, although the family’s circumstances had changed.',
      'Visits in the first weeks followed the timetable and not the risk that was known at the booking appointment.',
    ],
    learned:
      'What is known before a birth must reach those who visit after it, and be read again when something changes.',
    action: ['Review the pathway from midwifery to health visiting for families with known risk', 'Head of midwifery'],
    asked: [
      'Please tell us how pre-birth plans are now reviewed after the baby goes home.',
      'We would like to know how many babies with a pre-birth plan were seen within five days of a change in the household.',
    ],
    answered: [
      'Pre-birth plans are reviewed by the midwife and the health visitor together at ten days and at six weeks. An audit of 30 plans showed that 26 were.',
      'The audit will be repeated in six months.',
    ],
  },
  'extra-familial-harm': {
    found: [
      'The danger came from outside the home, and the plan asked the parents to manage it.',
      'Places and people that mattered were known to different agencies, and nobody put the map together.',
    ],
    learned: 'A plan for harm outside the family needs to act on places and people, and not only on the child.',
    action: [
      'Bring police, youth justice, schools and children’s social care into one weekly meeting about places of concern',
      'Superintendent, neighbourhoods',
    ],
    asked: [
      'Please tell us what has changed in the places that the review names.',
      'We ask how you will know that young people feel safer in the places the review describes.',
    ],
    answered: [
      'Two of the three places now have staff in the evening. Young people were asked in the summer, and most say that one of the places has become safer.',
      'We will ask the same questions again next year.',
    ],
  },
  'child-mental-health': {
    found: [
      'A referral to mental health services was accepted and then waited, and nobody was told who held the risk meanwhile.',
      'Each crisis was treated by itself. The pattern over a year was not seen by anyone.',
    ],
    learned: 'While a child waits for a service, somebody named must hold the plan for their safety.',
    action: ['Name a lead for every child who waits for mental health services after self-harm', 'Chief nurse'],
    asked: [
      'Please tell us who now holds the risk while a child waits, and how the family knows.',
      'We would like to hear how many children waited more than four weeks after an episode of self-harm, and what they were offered.',
    ],
    answered: [
      'Every child who waits after self-harm has a named worker in the meantime. Their name is on the letter to the family and to the school.',
      'We will report the numbers to the partners every quarter.',
    ],
  },
  'parental-mental-health': {
    found: [
      'Services for the adult asked about the adult’s safety. What the illness meant for the child was not asked.',
      'Family members had described a change, and their words were recorded as concern and not as information.',
    ],
    learned: 'Every assessment of a parent’s mental health should ask about each child by name.',
    action: ['Add questions about children to the assessment record of adult services', 'Medical director'],
    asked: [
      'Please tell us how often the new questions about children are answered, and what follows.',
      'We ask how adult mental health services will be part of planning for children.',
    ],
    answered: [
      'The questions are answered in nine of ten assessments of parents. Where they were not, the team leader has spoken with the practitioner.',
      'The record cannot be closed without an answer from the spring.',
    ],
  },
  'sexual-abuse-in-family': {
    found: [
      'There were signs over some years. Each had another explanation, and together they did not.',
      'The absence of a statement by the child was taken as the absence of abuse.',
    ],
    learned: 'Professionals need to name the possibility of sexual abuse in the family and to act on signs.',
    action: ['Train social workers and their managers in recognising signs of sexual abuse', 'Principal social worker'],
    asked: [
      'Please tell us how practitioners are supported to act on signs when a child has said nothing.',
      'We would like to know how many medical examinations were sought in the past year, and how long children waited.',
    ],
    answered: [
      'A consultation line with the sexual assault referral centre has been used 41 times since it opened. We have found more children as a result.',
      'All team managers will have been trained by the end of the year.',
    ],
  },
  neglect: {
    found: [
      'Improvements were real and short. The plan ended at each of them.',
      'Conditions were described in general words. What it was like for the child could not be read from them.',
    ],
    learned: 'Neglect is judged over time: the pattern counts, and not the latest visit.',
    action: ['Use one tool for neglect in all agencies, and repeat it every three months', 'Head of early help'],
    asked: [
      'Please tell us how the pattern over time is put in front of those who decide to close a plan.',
      'We ask for the result of your next audit of plans that were closed and opened again.',
    ],
    answered: [
      'The chronology is now the first page of the record and is read aloud in each review conference. Of 18 plans closed since then, two were opened again.',
      'A second audit will follow in the autumn.',
    ],
  },
  'race-and-racism': {
    found: [
      'Ethnicity is recorded and is not thought about. The words used about the child differ from those used about others.',
      'Nobody asked how racism shaped the family’s trust in services.',
    ],
    learned: 'Say how race and racism shaped what was seen and what was done, for this child.',
    action: ['Offer reflective sessions on race and language to managers who sign assessments', 'Director of quality'],
    asked: [
      'Please tell us what the partners learned about the language used of Black and Asian children, and what changed.',
      'We would have liked to read more about what race and racism meant for this child. Please tell us what you think now.',
    ],
    answered: [
      'We have read 40 assessments for their language with a group of young people. They found words that we would not have noticed.',
      'Their findings are part of induction from next month.',
    ],
  },
  'out-of-education': {
    found: [
      'When school ended, the adults who saw the child each day ended with it.',
      'The child’s name was on no register for some months, and no service saw it as theirs to ask.',
    ],
    learned: 'A child who leaves school must be seen by somebody, and it must be clear by whom.',
    action: ['Tell the health and police partners each month of children who are on no roll', 'Head of education'],
    asked: [
      'Please tell us how quickly a child who leaves a roll is now seen.',
      'We ask how many children in your area are on no roll today, and how many of them are known to children’s social care.',
    ],
    answered: [
      'A child who leaves a roll is seen within ten school days. In the last term this was kept for 52 of 57 children.',
      'The five are being followed up by name.',
    ],
  },
  'risk-information-not-shared': {
    found: [
      'Probation and the police knew of the risk an adult posed. Those who visited the home did not.',
      'A check was made on the mother and not on the man who had moved in.',
    ],
    learned: 'What is known about a person who poses a risk must follow that person into a new household.',
    action: ['Agree how probation tells children’s social care of a new household with children', 'Head of probation'],
    asked: [
      'Please tell us how a change of household is now noticed and shared.',
      'We ask how the partners know that checks are made on every adult in the home.',
    ],
    answered: [
      'Probation asks about children at every change of address and tells children’s social care the same day. It did so 63 times last quarter.',
      'We sample ten of these each quarter.',
    ],
  },
  'agencies-acting-alone': {
    found: [
      'Four agencies each had a plan. None of the plans mentions another.',
      'Referrals were made and answered in writing. The people concerned did not speak with each other.',
    ],
    learned: 'One child needs one plan, with somebody who leads it.',
    action: ['Name one lead professional wherever three or more agencies work with a child', 'Head of safeguarding'],
    asked: [
      'Please tell us how one lead for a child is chosen, and how others know who it is.',
      'We ask how you will know whether plans are now made together.',
    ],
    answered: [
      'The lead is agreed in the first meeting and recorded by every agency. In a sample of 25 children all agencies named the same person for 21.',
      'We will look at the other four with the teams.',
    ],
  },
  'risk-panels-not-joined-up': {
    found: [
      'Three panels discussed the same young person in one month, with different people and different actions.',
      'Actions of one meeting were not known to the next.',
    ],
    learned: 'Fewer meetings, with the right people, keep a young person safer than many.',
    action: ['Join the panels for exploitation, violence and missing children', 'Chair of the exploitation group'],
    asked: [
      'Please tell us which panels have been joined, and what young people and workers notice of it.',
      'We ask who now sees all the actions agreed for one young person.',
    ],
    answered: [
      'Two of the three panels have become one. Workers say that they spend less time reporting and more time with young people.',
      'The third will join in April.',
    ],
  },
  'waiting-for-disclosure': {
    found: [
      'Work stopped when the criminal investigation ended without a charge.',
      'Practitioners waited for {child} to say what had happened. {child} was showing it.',
    ],
    learned: 'Keeping a child safe does not depend on a disclosure or on proof as in a criminal court.',
    action: [
      'Hold a further strategy discussion whenever a police investigation ends without a charge',
      'Team manager',
    ],
    asked: [
      'Please tell us how often a strategy discussion now follows an investigation that ends without a charge.',
      'We ask how practitioners are helped to act on what a child shows.',
    ],
    answered: [
      'In the past six months a discussion was held in 14 of 15 investigations that ended so. In nine of them a plan followed.',
      'We will keep counting.',
    ],
  },
  'whole-family-view': {
    found: [
      'Each child had a worker, and nobody saw the family as a whole.',
      'Grandparents knew most and were asked last.',
    ],
    learned: 'Ask who is in the family, who matters to the child, and what each of them sees.',
    action: ['Hold a family group meeting before a plan is made', 'Service manager, family help'],
    asked: [
      'Please tell us how wider families are now heard before a plan is made.',
      'We ask how brothers and sisters are thought about when one child is referred.',
    ],
    answered: [
      'A family meeting was held for 70 of 88 plans made since the summer. Families say that they would have come earlier.',
      'We are asking the other 18 families why there was none.',
    ],
  },
  'childs-voice': {
    found: [
      '{child} was seen by many people. What {they} said or showed is in few of their records.',
      'Adults spoke for {child}, also in the places where {they} could have spoken.',
    ],
    learned: 'Write down what a child says and shows, and what was done because of it.',
    action: ['Make the child’s own words a required part of every visit record', 'Principal social worker'],
    asked: [
      'We learn little about the child. Please tell us what you know now about this child’s day.',
      'Please tell us how you check that records say what a child said or showed.',
    ],
    answered: [
      'We have spoken again with the people who knew the child, and enclose what they told us in our action plan. In our audit two of three visit records now have the child’s words.',
      'The audit will be repeated with young people as readers.',
    ],
  },
  'critical-analysis': {
    found: [
      'Assessments hold much information. What it means is in the last two lines.',
      'An early explanation held, and later facts were fitted to it.',
    ],
    learned: 'Supervision should ask what else could explain what we see.',
    action: ['Use one question in all supervision: what would make us change our mind?', 'Director of practice'],
    asked: [
      'Please tell us what shows that supervision now questions first explanations.',
      'The review tells what happened more than why. Please tell us what you think made the right thing hard to do.',
    ],
    answered: [
      'We looked at 36 supervision records. In 22 a second explanation is written down, against five before.',
      'Managers observe each other twice a year.',
    ],
  },
  'domestic-abuse': {
    found: [
      'Calls to the police were dealt with one at a time. The children were asleep in each report.',
      'The mother was asked to keep the children safe. Nobody worked with the man who made them unsafe.',
    ],
    learned: 'Children live with domestic abuse, and do not only witness it.',
    action: [
      'Tell schools and health visitors of every domestic abuse call the next working day',
      'Detective inspector',
    ],
    asked: [
      'Please tell us how many notices reach schools and health visitors within a day.',
      'We ask what is now offered to men who use violence, and whether it is taken up.',
    ],
    answered: [
      'Notices reach schools the next morning in 94 of 100 calls, and health visitors in 88.',
      'The gap for health visitors will be closed by a shared inbox.',
    ],
  },
  'non-accidental-injury': {
    found: [
      'A bruise was seen, explained, and not looked at by a paediatrician.',
      'The account of the injury changed between three conversations. The differences were found only by this review.',
    ],
    learned: 'A bruise on a baby who does not yet move is seen by a paediatrician the same day.',
    action: ['Repeat the training on bruises in babies in every practice and nursery', 'Designated doctor'],
    asked: [
      'Please tell us how you know that the bruising protocol is followed in general practice.',
      'We ask how many babies were referred under your bruising protocol in the past year, and how many were seen the same day.',
    ],
    answered: [
      'Of 29 babies with a bruise 27 were seen by a paediatrician the same day. Both others were seen the next morning.',
      'The designated doctor reads every referral.',
    ],
  },
  'sudden-unexpected-death': {
    found: [
      'Advice on safe sleep was given at each visit. How the family slept on a difficult night was not asked.',
      'The family had moved three times, and the cot had not come with them.',
    ],
    learned: 'Plan with the family for the night that is out of routine.',
    action: ['Give every family a plan for safe sleep away from home', 'Head of health visiting'],
    asked: [
      'Please tell us how safe sleep is talked about with families who move or stay with others.',
      'We ask how fathers and grandparents are reached with advice on safe sleep.',
    ],
    answered: [
      'The plan is filled in together at the ten-day visit, in the room where the baby sleeps. Of 200 families 171 have one.',
      'We will ask families in the spring whether it helped.',
    ],
  },
  'disabled-children': {
    found: [
      'Signs of harm were put down to the child’s condition.',
      'Those who could understand how {child} communicates were not asked.',
    ],
    learned: 'Ask of a disabled child what would be asked of any child, in the way the child communicates.',
    action: [
      'Provide workers who know the child’s way of communicating for every assessment',
      'Head of disability service',
    ],
    asked: [
      'Please tell us how disabled children are now seen alone and heard in their own way.',
      'We ask how thresholds are applied to disabled children, and what your audit shows.',
    ],
    answered: [
      'The service has trained twelve workers. In the last quarter every assessment of a child without speech used one of them.',
      'We will ask the special schools whether they see a difference.',
    ],
  },
  'looked-after-children': {
    found: [
      'Moves were decided in days, and the plan did not move with {child}.',
      'The placing authority and the host authority each thought that the other knew.',
    ],
    learned:
      'The authority that places a child and the one where the child lives must share what they know from the first day.',
    action: ['Tell the host area’s partners before a placement begins', 'Head of corporate parenting'],
    asked: [
      'Please tell us how you know of children placed in your area by others.',
      'We ask what has changed for other children in the same home.',
    ],
    answered: [
      'Homes tell us of each child on the day of arrival. We know of 61 children placed here by others, nine of them through a home and not through their authority.',
      'We have written to those authorities.',
    ],
  },
  'substance-misuse': {
    found: [
      'The parent’s own account of drinking was written down and not tested.',
      'Treatment services did not know that there was a child in the home.',
    ],
    learned: 'Treatment services ask who is at home, and what the use means for the child.',
    action: ['Agree a joint visit of treatment services and health visiting', 'Commissioner of treatment services'],
    asked: [
      'Please tell us how treatment services are now part of plans for children.',
      'We ask how often a joint visit takes place, and what is learned from it.',
    ],
    answered: [
      'Joint visits began in the summer. In 19 visits four children were found who needed more help.',
      'The visits go on for a year and are then evaluated.',
    ],
  },
  'men-not-seen': {
    found: [
      'The father is in the records as a name. Nobody had met him.',
      'A man had joined the household. He was known to be there, and who he was had not been asked.',
    ],
    learned: 'Ask about every man who is part of a child’s life, and meet him.',
    action: ['Record and check every adult in the household at each new birth visit', 'Head of health visiting'],
    asked: [
      'Please tell us how fathers and other men in the household are now asked about and met.',
      'We ask how many new birth visits include the father, and what is done when a man in the household is not known.',
    ],
    answered: [
      'The record has a field for each adult. It is filled in for 82 of 100 new birth visits, and 46 of 100 fathers were met in person.',
      'We will aim at visits in the evening.',
    ],
  },
  'housing-and-moves': {
    found: [
      'The family lived in five places in two years. Records followed months later.',
      'The housing service knew the conditions, and had not been asked.',
    ],
    learned: 'A move is a risk. Somebody must carry the knowledge across it.',
    action: ['Include the housing service in plans for families in temporary accommodation', 'Head of housing'],
    asked: [
      'Please tell us how children in temporary accommodation are now known to health visitors.',
      'We ask how records follow a family that moves between areas, and how long it takes.',
    ],
    answered: [
      'A list of families with a child under two in temporary accommodation goes to health visiting each week. There are 74 today.',
      'Each has been visited.',
    ],
  },
  'information-sharing': {
    found: [
      'Each agency held a piece. Together the pieces would have shown the risk.',
      'Information was asked for and came after the decision had been made.',
    ],
    learned: 'Share early, by telephone, and say why it matters.',
    action: ['Set and measure a time within which agencies answer in an enquiry', 'Business manager'],
    asked: [
      'Please tell us how quickly agencies now answer in an enquiry, and what happens when they do not.',
      'We ask what still stands in the way of sharing information between health and children’s social care.',
    ],
    answered: [
      'Answers arrive within a day in eight of ten enquiries. Where they do not, the manager of the front door telephones.',
      'We publish the figures to the partners each month.',
    ],
  },
}
