import { addDays, civilDate, type CivilDate } from '../../platform/dates.ts'
import { dayNumber, isoDay, stepWorkingDays } from './calendar.ts'
import { inOffice, partnerBody } from './offices.ts'
import { tour } from './people.ts'
import type { Appointment } from './people.ts'
import { decideWhoIsRecognised, recommend } from './walk-recommendations.ts'
import { agreeTerms, appointReviewer, keepStages, sign } from './walk-reviews.ts'
import { whoIs, type Walk } from './walk.ts'

interface Open {
  incidentId: string
  authorityCode: string
  partnershipCode: string
  decidedOn: CivilDate
  incidentOn: CivilDate
}

interface Going extends Open {
  walk: Walk
  today: CivilDate
  review: string
  manager: Appointment
  reviewer: Appointment
  /** A working day so many days after the decision; never today or later. */
  after(days: number): CivilDate
}

/** The earliest are the furthest: each is walked this far. */
const ways: readonly ((going: Going) => Promise<void>)[] = [
  waitForTheCourt,
  askForSignatures,
  doFieldwork,
  agreeOnTerms,
]

/** Open local reviews at several stages: those of the tour's partnership, and some of others. */
export async function tellLocalReviews(walk: Walk, today: CivilDate): Promise<void> {
  const here = tour[0]?.partnershipCode ?? ''
  const rows = await walk.read<{
    incident_id: string
    authority_code: string
    partnership_code: string
    decided_on: string
    incident_on: string
  }>(
    `select local_review.incident_id, local_review.authority_code, local_review.partnership_code, decided_on, incident_on
     from local_review join incident using (incident_id)
     where outcome is null and sent_ahead_on is null and decided_on between $1 and $2 order by decided_on, incident_id`,
    [addDays(today, -320), addDays(today, -20)],
  )
  const open = rows.map(row => ({
    incidentId: row.incident_id,
    authorityCode: row.authority_code,
    partnershipCode: row.partnership_code,
    decidedOn: civilDate(row.decided_on),
    incidentOn: civilDate(row.incident_on),
  }))
  const ours = open.filter(({ partnershipCode }) => partnershipCode === here)
  const others = open.filter(({ partnershipCode, authorityCode }) => {
    const [manager] = inOffice('business-manager', partnershipCode, today)
    return partnershipCode !== here && manager !== undefined && inOffice('notifier', authorityCode, today).length > 0
  })
  const spread = ways.flatMap((_, index) => others[Math.floor((index * others.length) / ways.length)] ?? [])
  for (const chosen of [ours, spread]) {
    for (const [index, each] of chosen.slice(0, ways.length).entries()) await ways[index]!(goingOn(walk, each, today))
  }
}

function goingOn(walk: Walk, open: Open, today: CivilDate): Going {
  const last = isoDay(stepWorkingDays(dayNumber(today), -1))
  return {
    ...open,
    walk,
    today,
    review: `/incidents/${open.incidentId}/local-review`,
    manager: whoIs('business-manager', open.partnershipCode, today),
    reviewer: whoIs('reviewer', open.partnershipCode, today),
    after(days) {
      const day = isoDay(stepWorkingDays(dayNumber(open.decidedOn) + days, 1))
      return civilDate(day < last ? day : last)
    },
  }
}

async function agreeOnTerms({ walk, review, manager, after, incidentOn }: Going): Promise<void> {
  await agreeTerms(
    walk,
    { review, manager },
    {
      on: after(14),
      questions: [
        'How did those who knew the child see the days before, and what did they make of it?',
        'What would have had to be different for somebody to ask one more question?',
      ].join('\n'),
      periodFrom: addDays(incidentOn, -365),
      periodUntil: incidentOn,
      proceedings: 'The police investigate. Nobody who may be a witness is met before they agree.',
    },
  )
}

async function doFieldwork(going: Going): Promise<void> {
  const asked = stepWorkingDays(dayNumber(going.today), -17)
  await beginFieldwork(going, isoDay(Math.max(asked, dayNumber(going.after(32)))))
}

async function beginFieldwork(going: Going, askedOn: string): Promise<void> {
  const { walk, review, manager, reviewer, after } = going
  await agreeOnTerms(going)
  await appointReviewer(
    walk,
    { review, manager, reviewer },
    {
      on: after(18),
      days: '20',
      background: 'Twenty years in child protection, eight of them as a reviewer.',
      declaration: 'Nothing to declare.',
    },
  )
  await walk.fill(manager, `${review}/told/new`, {
    whom: ['panel', 'dfe', 'ofsted'],
    toldOn: after(18),
    how: 'By e-mail',
    reviewerName: reviewer.name,
  })
  walk.at(after(20))
  await keepStages(walk, { review, manager }, { fieldwork: [after(20)] })
  walk.at(askedOn)
  await walk.fill(reviewer, `${review}/requests/new`, {
    kind: 'information',
    ofWhom: 'The hospital trust',
    what: 'The account of the ward for the two days before the discharge.',
    why: 'The summary begins with the discharge.',
    askedOn,
    dueOn: isoDay(stepWorkingDays(dayNumber(askedOn), 10)),
  })
  walk.at(after(40))
  await walk.fill(reviewer, `${review}/related/new`, {
    kind: 'police',
    body: 'The police, child abuse team',
    status: 'running',
    effect: 'delays-interviews',
    notes: 'They ask us to wait with two of the practitioners.',
  })
  await walk.fill(reviewer, `${review}/learning/new`, {
    text: 'A discharge on a Friday was known to the ward and to nobody outside it before Monday.',
    theme: 'information-sharing',
  })
}

async function askForSignatures(going: Going): Promise<void> {
  const { walk, review, manager, reviewer, after, today } = going
  await beginFieldwork(going, after(32))
  const [process] = await walk.read<{ id: string }>('select id from related_process where incident_id = $1', [
    going.incidentId,
  ])
  const [request] = await walk.read<{ id: string }>(
    `select id from local_review_entry where incident_id = $1 and kind = 'request'`,
    [going.incidentId],
  )
  const on = after(120)
  walk.at(on)
  await walk.fill(reviewer, `${review}/related/${process?.id}`, {
    status: 'ended',
    effect: 'none',
    notes: 'No charge is brought.',
  })
  await walk.fill(reviewer, `${review}/requests/${request?.id}`, {
    answeredOn: on,
    answer: 'The account of the ward, four pages.',
  })
  await walk.fill(reviewer, `${review}/report/write`, {
    note: 'For the partners',
    text: [
      '# What happened',
      'A child was hurt at home two days after leaving hospital.',
      '# Why it made sense at the time',
      'The ward thought that the community knew. The community thought that the ward would ring.',
      '# What we learnt',
      'Whoever sends a child home rings whoever visits next, and hears that they have understood.',
    ].join('\n\n'),
  })
  const asked = civilDate(isoDay(stepWorkingDays(dayNumber(today), -3)))
  walk.at(asked > on ? asked : on, '11:00')
  await decideWhoIsRecognised(walk, manager, `${review}/report/recognised`)
  await walk.fill(manager, `${review}/report`, {}, `${review}/report/ask`)
  await recommend({
    walk,
    incidentId: going.incidentId,
    manager,
    text: 'The maternity record says to whom a mother and baby go home, and asks whether they were rung.',
    finding: 'The ward thought that the community knew.',
    themes: ['information-sharing'],
    level: 'national',
    intendedChange: 'A family that goes home on a Friday is expected by somebody on Saturday.',
    measure: 'The share of discharges with a call that was answered.',
    priority: 'standard',
    priorityReason: 'The record cannot be changed in one area.',
    to: [{ bodyCode: 'maternity-record', replyAskedBy: addDays(today, 40), replyBasis: 'request' }],
  })
  walk.at(isoDay(stepWorkingDays(dayNumber(today), -1)), '11:00')
  const body = partnerBody('police', going, today)
  await sign(walk, whoIs('safeguarding-partner', body, today), `${review}/report`)
}

/** Late, and its page says why it waits. */
async function waitForTheCourt(going: Going): Promise<void> {
  const { walk, review, manager, reviewer, after, today, incidentId } = going
  await beginFieldwork(going, after(32))
  const [request] = await walk.read<{ id: string }>(
    `select id from local_review_entry where incident_id = $1 and kind = 'request'`,
    [incidentId],
  )
  const [process] = await walk.read<{ id: string }>('select id from related_process where incident_id = $1', [
    incidentId,
  ])
  const approvedOn = after(150)
  walk.at(approvedOn)
  await walk.fill(reviewer, `${review}/requests/${request?.id}`, {
    answeredOn: approvedOn,
    answer: 'The account of the ward, four pages.',
  })
  await walk.fill(manager, `${review}/extensions/new`, {
    reason: 'criminal-case',
    explanation: 'A trial is listed. Two practitioners are witnesses and cannot be met before it.',
    expectedOn: addDays(today, 96),
    approvedBy: 'The three safeguarding partners',
    approvedOn,
    standsStill: 'yes',
    stillFrom: approvedOn,
    toldPanelOn: approvedOn,
  })
  walk.at(after(200))
  await walk.fill(reviewer, `${review}/related/${process?.id}`, {
    kind: 'criminal-court',
    body: 'The crown court',
    status: 'running',
    effect: 'delays-publication',
    expectedEndOn: addDays(today, 61),
    notes: 'The trial is listed for nine days.',
  })
}
