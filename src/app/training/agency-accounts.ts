import type { Facts } from './facts.ts'
import type { Random } from './random.ts'
import { sayOne } from './sentences.ts'
import type { Line } from './sentences.ts'

export interface Account {
  name: string
  text: string
}

/** What each agency had to tell, in the order of the review. An agency of which no line suits has nothing to tell. */
const accounts: [name: string, lines: Line[]][] = [
  [
    'Children’s social care',
    [
      'plan|{child} was on a child protection plan. Visits took place every {9-14} days, and the core group met {2-5} times.',
      'plan !baby|The social worker, who had begun in {month}, saw {child} on most visits. The plan’s outcomes were not reviewed between conferences.',
      'looked-after baby|{child} was looked after from birth, and a social worker visited every {5-9} days.',
      'looked-after !baby|{child} was looked after. Visits were in time, and the last review in {month} asked for {2-4} things of which one was done.',
      'looked-after !baby|{child} had {2-4} social workers in two years. The present one had seen {them} {3-8} times and knew {them} well.',
      'care-now !plan !looked-after|{child} had a child in need plan. The social worker visited {3-8} times, and the plan was to be reviewed in {month}.',
      'care-now !plan !looked-after|An assessment led to a child in need plan for {child}. {2-4} of its {5-7} steps had been begun.',
      'care-before|An assessment of {child} was made and closed with advice {5-11} months before. It had been careful, and had not asked about the nights.',
      'care-before|{child}’s family was helped for {3-9} months. The record of the closing says that things were better, and not how anybody knew.',
      'a-early-help !care-now !care-before|One contact about {child} in {month}, passed to early help.',
    ],
  ],
  [
    'Early help',
    [
      'a-early-help|A worker saw {child}’s family {4-9} times and was trusted.',
      'a-early-help|{child}’s family was offered {6-9} sessions and came to most of them.',
    ],
  ],
  [
    'Health visiting',
    [
      '0-4 visited|{child} was seen {2-6} times, in visits that were warm and practical and kept to the questions of the form.',
      '1-4|One visit to {child} was missed and made up for {2-4} weeks later.',
      '0-4 visited|Growth and feeding of {child} are well recorded, and who else lived in the home was asked once.',
      'baby !visited|{child} was {age}. The first visit had been arranged.',
    ],
  ],
  [
    'Midwifery',
    [
      'baby|After booking at {9-12} weeks {child}’s mother was seen as planned, and was asked about safety at home {2-3} times, once alone.',
      'baby|{child}’s mother was seen {6-9} times before the birth, by {3-5} midwives.',
    ],
  ],
  [
    'Nursery',
    [
      'early-years|Staff wrote down {2-5} things that they noticed about {child}, and spoke of them with the family.',
      'early-years|{child} missed {3-9} sessions since {month}. The reasons given were accepted.',
    ],
  ],
  [
    'School',
    [
      'school known|Staff saw a change in {child} in {month} and met the family {2-3} times.',
      'school|{child} was doing well in {2-3} subjects and was liked, and nothing had worried the staff.',
      'often-absent|{child} missed {30-60} days. The school telephoned each time and visited {2-4} times.',
      'special-school|Staff know how {child} communicates. They were asked for a report in {month} and not to the meeting.',
      'alternative-provision|{child} came on {of 20-60} days. Staff there knew {2-4} things that others did not.',
    ],
  ],
  [
    'Education service',
    [
      'home-education|{child}’s parents were written to in {month} and answered. No visit was made.',
      'missing-education|{child} was looked for from {month} on. {2-4} letters came back.',
      'excluded|The exclusion of {child} in {month} was reviewed. A new place took {5-9} weeks to find and had not begun.',
    ],
  ],
  [
    'College',
    ['college-or-training|{child} enrolled in {month}. A tutor had spoken with {them} {2-4} times about missed days.'],
  ],
  [
    'Hospital',
    [
      'death|{child} was treated on the day by {6-14} people, and their debrief took place {3-9} days later.',
      'serious-harm sexual-abuse-in-family|A medical examination of {child} took place within {2-5} days.',
      'serious-harm physical-abuse|{child} was examined within {2-6} hours, and a paediatrician rang children’s social care the same day.',
      'serious-harm physical-abuse|Scans and blood tests of {child} were made in time. {2-3} doctors gave their opinion, and they agree.',
      'fabricated-illness|{child} was seen in {2-4} clinics. Each treated what was reported to it, and what was observed was not compared until {month}.',
      'fabricated-illness|{child} had {9-30} appointments. A nurse wrote down in {month} that what she saw was not what she had been told.',
      'medical-neglect|The clinic wrote {3-6} letters about {child} and telephoned once.',
      'serious-harm a-hospital|{child} was seen {2-4} times in the year before. A safeguarding check was made each time.',
      'serious-harm|{child} was treated after the incident, and a safeguarding nurse joined the first meeting.',
    ],
  ],
  [
    'Police',
    [
      'investigated a-police|{2-5} calls about the family in the year before. On the day, officers came within {9-25} minutes. The investigation into what happened to {child} is led by the child abuse team.',
      'investigated !a-police|There was no record of {child}’s family, and the investigation is led by the child abuse team.',
      'investigated !a-police|Officers knew nothing of {child}’s family, and have spoken with {3-9} people about what happened to {child}.',
      '!investigated a-police|{2-5} calls about the family in the year before, each closed the same night.',
      '!investigated a-police|{child} or {their} family came to notice {2-4} times. One notice was shared with the partners.',
    ],
  ],
  [
    'Mental health services',
    [
      'a-mental-health 10-17|{child} was referred in {month}, accepted, and waited {6-20} weeks.',
      'a-mental-health 0-9|A parent of {child} was seen {2-6} times, and the record says little of the family.',
    ],
  ],
  [
    'Youth justice',
    [
      'a-youth-justice|A short period of work, well kept. {child}’s worker raised {2-3} concerns that were not taken further.',
    ],
  ],
  [
    'Domestic abuse services',
    ['a-domestic-abuse-services|{child}’s mother was offered support {2-4} times and took it up in {month}.'],
  ],
  [
    'Drug and alcohol services',
    [
      'a-substance-misuse-services|An adult in the family came to {of 8-20} appointments. That {child} was affected is in one of the notes.',
    ],
  ],
  [
    'Housing',
    [
      'a-housing|A complaint about damp was open for {4-9} months. Nobody asked who slept in the room.',
      'a-housing|{child}’s family was on the list for a move since {month}. Officers saw the home {2-3} times.',
    ],
  ],
  [
    'General practice',
    [
      'known !baby|{child}’s family came {3-8} times in six months, and saw {2-4} doctors.',
      'known|{child} was registered and seen {2-5} times, and the record has no alert.',
      'known|The practice had {2-4} letters about {child} on file, which nobody had read together.',
      '!known|Routine contacts with {child}, {2-5} in all, none of which gave cause for concern.',
      '!known !baby|{child} was registered in {month} and had what every child has.',
    ],
  ],
]

export function accountsOf(random: Random, facts: Facts): Account[] {
  return accounts.flatMap(([name, lines]) => {
    const told = sayOne(random, lines, facts)
    return told ? [{ name, text: `${name}. ${told}` }] : []
  })
}
