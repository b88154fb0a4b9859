import type { CivilDate } from '../../platform/dates.ts'
import { subtractWorkingDays, readBankHolidays } from '../../reference-data/index.ts'
import { authorityOfTour, laterKey } from './cast.ts'
import { idOf } from './ids.ts'
import { toldToTheEnd } from './local-review-rows.ts'
import { partnerBody, readersFor } from './offices.ts'
import type { Appointment } from './people.ts'
import { personId } from './story.ts'
import { decideWhoIsRecognised, recommend, type Recommended } from './walk-recommendations.ts'
import { agreeTerms, appointReviewer, keepStages, sign } from './walk-reviews.ts'
import { whoIs, type Walk } from './walk.ts'

/** By this day everything below has happened. Before it nothing of it is told. */
const lastDay = '2026-08-03'

interface Cast {
  walk: Walk
  /** `/incidents/ID` */
  incident: string
  incidentId: string
  manager: Appointment
  reviewer: Appointment
  scrutineer: Appointment
  partners: readonly Appointment[]
  place: { authorityCode: string; partnershipCode: string }
}

/**
 * One incident, from the decision on a local review to a recommendation that is closed, and a later incident with the
 * same theme. The baby of this story, like everybody in it, is invented.
 */
export async function tellChange(
  walk: Walk,
  { seed, today }: { seed: number | string; today: CivilDate },
): Promise<void> {
  if (today <= lastDay) return
  const { authorityCode, notifiedOn } = toldToTheEnd
  const [found] = await walk.read<{ incident_id: string; partnership_code: string }>(
    `select local_review.incident_id, local_review.partnership_code from local_review
     join incident using (incident_id) where incident.authority_code = $1 and notified_at::date = $2`,
    [authorityCode, notifiedOn],
  )
  if (!found) throw new Error('The incident whose whole way is told is not there.')
  const place = { authorityCode, partnershipCode: found.partnership_code }
  const day = '2025-06-02'
  const cast: Cast = {
    walk,
    incident: `/incidents/${found.incident_id}`,
    incidentId: found.incident_id,
    manager: whoIs('business-manager', place.partnershipCode, day),
    reviewer: whoIs('reviewer', place.partnershipCode, day),
    scrutineer: whoIs('scrutineer', place.partnershipCode, day),
    partners: (['authority', 'icb', 'police'] as const).map(kind =>
      whoIs('safeguarding-partner', partnerBody(kind, place, day), day),
    ),
    place,
  }
  await begin(cast)
  const grandmother = await meetTheFamily(cast)
  await work(cast)
  await wait(cast)
  await write(cast)
  await readWithTheGrandmother(cast, grandmother)
  await signOff(cast)
  const recommended = await recommendWhatFollows(cast)
  await answerThePanel(cast)
  await publish(cast, recommended)
  await act(cast, recommended)
  await judge(cast, recommended)
  await notifyTheNext(walk, { seed, today })
}

async function begin({ walk, incident, manager, reviewer }: Cast): Promise<void> {
  const review = `${incident}/local-review`
  walk.at('2024-11-14')
  await walk.fill(manager, `${review}/told/new`, {
    whom: ['panel', 'dfe', 'ofsted'],
    toldOn: '2024-11-14',
    how: 'By e-mail from the business unit',
  })
  await appointReviewer(
    walk,
    { review, manager, reviewer },
    {
      on: '2024-11-28',
      days: '24',
      background:
        'A registered nurse for twenty-two years, the last nine in child health. Has written four local reviews, two of them about babies.',
      declaration: 'I have never worked for an agency of this partnership and know nobody who worked with the family.',
    },
  )
  walk.at('2024-11-29')
  await walk.fill(manager, `${review}/told/new`, {
    whom: ['panel', 'dfe', 'ofsted'],
    toldOn: '2024-11-29',
    how: 'By e-mail from the business unit',
    reviewerName: reviewer.name,
  })
  await agreeTerms(
    walk,
    { review, manager },
    {
      on: '2024-12-11',
      questions: [
        'Why was a mark on a baby who could not yet move not seen by a paediatrician?',
        'What did midwives know of the family, and what of it reached those who visited after the birth?',
        'Who thought of the baby when an adult asked for help with sleep and anxiety?',
      ].join('\n'),
      periodFrom: '2023-10-01',
      periodUntil: '2024-10-14',
      proceedings:
        'The police investigate, and the family court has the case. The reviewer asks the senior investigating officer before meeting anybody who may be a witness.',
    },
  )
}

/** @returns where the page of the grandmother is: `?member=ID` */
async function meetTheFamily({ walk, incident, manager, reviewer }: Cast): Promise<string> {
  const family = `${incident}/family`
  walk.at('2024-12-12')
  await walk.fill(manager, `${family}/lead`, { accountId: personId(reviewer) })
  await walk.fill(reviewer, `${family}/people`, {
    name: 'Maureen Crabtree',
    relation: 'grandparent',
    relationInWords: 'Nan, the father’s mother',
    mayContact: 'yes',
    neverBy: 'together with the baby’s parents',
    how: ['letter', 'in-person'],
    throughWhom: 'By letter to her home. She has no e-mail and does not want one.',
    neverWhen: 'on Sundays',
    language: 'English',
    interpreter: 'not-offered',
    advocate: 'accepted',
    advocateName: 'Hazel Oddie, advocate for families',
    officerAgreedOn: '2024-12-10',
    officerAgreed: 'She is no witness. She may be met, and is not asked about the day of the injury.',
    involvement: 'involved',
  })
  const members = await walk.read<{ id: string }>(`select id from family_member where incident_id = $1`, [
    incident.split('/')[2],
  ])
  const grandmother = `?member=${members[0]?.id}`
  walk.at('2025-01-15')
  await walk.fill(reviewer, `${family}/add/contact${grandmother}`, {
    kind: 'offer-advocate',
    happenedOn: '2024-12-18',
    how: 'letter',
    byWhom: reviewer.name,
    said: 'She would like somebody beside her who is on nobody’s side.',
  })
  await walk.fill(reviewer, `${family}/add/contact${grandmother}`, {
    kind: 'spoke',
    happenedOn: '2025-01-14',
    how: 'in-person',
    byWhom: `${reviewer.name}, with the advocate`,
    said: 'She had wondered about the mark and did not know whom to ring. She wants this to be understood: nobody asked her.',
  })
  return grandmother
}

async function work({ walk, incident, incidentId, manager, reviewer }: Cast): Promise<void> {
  const review = `${incident}/local-review`
  walk.at('2025-01-20')
  await walk.fill(reviewer, `${review}/related/new`, {
    kind: 'police',
    body: 'Meadshire Constabulary, child abuse team',
    status: 'running',
    effect: 'delays-interviews',
    notes: 'They ask us to wait with the general practitioner until they have a statement.',
  })
  await walk.fill(reviewer, `${review}/related/new`, {
    kind: 'family-court',
    body: 'The family court',
    status: 'running',
    effect: 'none',
  })
  await walk.fill(reviewer, `${review}/requests/new`, {
    kind: 'information',
    ofWhom: 'The hospital trust',
    what: 'The handover from midwifery as it was sent, and not as it is recommended.',
    why: 'The summary of the agency describes the form and not what stood in it.',
    askedOn: '2025-01-20',
    dueOn: '2025-02-03',
  })
  const [request] = await walk.read<{ id: string }>(
    `select id from local_review_entry where incident_id = $1 and kind = 'request'`,
    [incidentId],
  )
  walk.at('2025-02-12')
  await walk.fill(reviewer, `${review}/requests/${request?.id}`, {
    remindedOn: '2025-02-04',
    answeredOn: '2025-02-11',
    answer: 'Two lines of five pages. The question who else lives in the home was left empty.',
  })
  await walk.fill(reviewer, `${review}/contacts/new`, {
    who: 'The community midwife',
    role: 'Midwife of the mother',
    on: '2025-02-12',
    agreed: 'yes',
    agreedBy: 'The senior investigating officer, on 5 February',
    notes: 'She had time for the birth plan or for the family, and was asked about the birth plan.',
  })
  walk.at('2025-02-27')
  await walk.fill(reviewer, `${review}/notes/new`, {
    title: 'Practitioner event',
    on: '2025-02-26',
    text: 'Eleven people. Several had seen a mark on a baby and found a kind explanation kinder than a doubt. They asked for one number to ring.',
  })
  await walk.fill(reviewer, `${review}/learning/new`, {
    text: 'A mark on a baby who cannot move was explained by a parent and believed. Nobody rang a paediatrician.',
    theme: 'non-accidental-injury',
  })
  await walk.fill(reviewer, `${review}/learning/new`, {
    text: 'What midwives know of a family does not reach those who visit after the birth.',
    theme: 'information-sharing',
  })
  const [first] = await walk.read<{ id: string }>(
    `select id from learning_point where incident_id = $1 order by number`,
    [incidentId],
  )
  walk.at('2025-03-11')
  await walk.fill(manager, `${review}/learning/${first?.id}/clear`, {
    clearedText:
      'A mark on a baby who cannot yet move is seen by a paediatrician the same day, however it is explained.',
    asked: 'police',
    askedOn: '2025-03-10',
    answer: 'The senior investigating officer: these words harm no case.',
    clearedBy: `${manager.name}, business manager`,
    clearedOn: '2025-03-11',
  })
}

async function wait({ walk, incident, incidentId, manager, reviewer }: Cast): Promise<void> {
  const review = `${incident}/local-review`
  walk.at('2025-04-24')
  await walk.fill(manager, `${review}/extensions/new`, {
    reason: 'criminal-case',
    explanation: 'A trial is listed for September. The general practitioner is a witness and cannot be met before.',
    expectedOn: '2025-11-28',
    approvedBy: 'The three safeguarding partners',
    approvedOn: '2025-04-23',
    standsStill: 'yes',
    stillFrom: '2025-04-24',
    toldPanelOn: '2025-04-24',
    toldDfeOn: '2025-04-24',
    toldOfstedOn: '2025-04-24',
  })
  const processes = await walk.read<{ id: string; kind: string }>(
    `select id, kind from related_process where incident_id = $1`,
    [incidentId],
  )
  const police = processes.find(({ kind }) => kind === 'police')
  const court = processes.find(({ kind }) => kind === 'family-court')
  walk.at('2025-05-20')
  await walk.fill(reviewer, `${review}/related/${police?.id}`, {
    kind: 'criminal-court',
    notes: 'Listed for September.',
  })
  walk.at('2025-07-03')
  await walk.fill(reviewer, `${review}/related/${court?.id}`, {
    status: 'ended',
    notes: 'The baby stays where he is.',
  })
  walk.at('2025-09-24')
  await walk.fill(reviewer, `${review}/related/${police?.id}`, {
    kind: 'criminal-court',
    status: 'ended',
    effect: 'none',
    notes: 'The trial ended on 22 September.',
  })
  const [extension] = await walk.read<{ id: string }>(
    `select id from local_review_entry where incident_id = $1 and kind = 'extension'`,
    [incidentId],
  )
  await walk.fill(manager, `${review}/extensions/${extension?.id}`, { stillUntil: '2025-09-23' })
  const [appointed] = await walk.read<{ id: string }>(`select id from reviewer_appointment where incident_id = $1`, [
    incidentId,
  ])
  await walk.fill(reviewer, `${review}/days/new`, {
    reviewer: appointed?.id ?? '',
    on: '2025-09-24',
    halfDays: '31',
    what: 'Reading, meetings, the practitioner event',
  })
}

const firstDraft = `# What happened

A baby of four months was brought to the general practitioner with bruises. The explanation changed. More injuries were found in hospital.

Weeks before, a mark on the baby had been seen and explained. No paediatrician looked at it.

# Why it made sense at the time

Those who saw the mark liked the family and had no number to ring with a doubt.

What midwives knew of the family filled five pages. Two lines of it reached those who visited after the birth.

# What we learnt

A mark on a baby who cannot yet move is seen by a paediatrician the same day, however it is explained.

Whoever treats an adult asks who looks after the children.`

const secondDraft = firstDraft
  .replace('More injuries were found in hospital', 'The practice sent the family to hospital, where more were found')
  .replace('Those who saw the mark liked the family', 'Two people saw the mark. They trusted the family')
  .replace(
    '\n\n# What we learnt',
    '\n\nA grandmother had wondered about the mark. Nobody asked her.\n\n# What we learnt',
  )

async function write({ walk, incident, incidentId, manager, reviewer, partners }: Cast): Promise<void> {
  const review = `${incident}/local-review`
  const report = `${review}/report`
  walk.at('2025-09-30')
  await walk.fill(reviewer, `${report}/write`, { text: firstDraft, note: 'First draft' })
  walk.at('2025-10-02')
  const health = partners[1]!
  await walk.fill(
    health,
    `${report}/versions/1`,
    { paragraph: 'p5', text: 'Two people saw it. “Liked” may be read as blame of people who were kind.' },
    `${report}/versions/1/comments`,
  )
  await walk.fill(manager, `${review}/accuracy`, {
    names: 'The community midwife\nThe general practitioner',
    answerBy: '2025-10-10',
  })
  const asked = await walk.read<{ id: string }>(`select id from draft_accuracy where incident_id = $1 order by name`, [
    incidentId,
  ])
  walk.at('2025-10-09')
  const page = `${review}/accuracy`
  await walk.fill(reviewer, page, { accurate: 'yes', came: 'letter' }, `${page}/${asked[0]?.id}`)
  const answer = {
    accurate: 'no',
    text: 'The baby was brought in the morning, and sent to hospital before noon.',
    source: 'The record of the practice',
    came: 'conversation',
  }
  await walk.fill(reviewer, page, answer, `${page}/${asked[1]?.id}`)
  const outcome = {
    outcome: 'changed',
    why: 'The report says now that it was the practice that sent them to hospital.',
  }
  await walk.fill(reviewer, page, outcome, `${page}/${asked[1]?.id}/outcome`)
  walk.at('2025-10-13')
  await walk.fill(reviewer, `${report}/write`, {
    text: secondDraft,
    note: 'After the comments, and what the grandmother said',
  })
}

async function readWithTheGrandmother({ walk, incident, reviewer }: Cast, grandmother: string): Promise<void> {
  const family = `${incident}/family`
  walk.at('2025-10-16')
  await walk.fill(reviewer, `${family}/add/reading${grandmother}`, {
    happenedOn: '2025-10-15',
    way: 'together-on-paper',
    withWhom: `Hazel Oddie, her advocate, and ${reviewer.name}`,
    paperTaken: 'taken-back',
    said: 'She read it twice and stopped once. She said that it is fair.',
    corrections: 'That she had wondered about the mark. It stands in the second version.',
  })
  await walk.fill(reviewer, `${family}/quotes${grandmother}`, {
    words: 'I would have rung somebody if I had known there was somebody to ring.',
    inContact: 'When we read the draft together, 15 October',
    uses: ['report', 'training'],
    askedBy: reviewer.name,
    askedOn: '2025-10-15',
    language: 'English',
  })
}

async function signOff({ walk, incident, manager, partners }: Cast): Promise<void> {
  const review = `${incident}/local-review`
  const report = `${review}/report`
  walk.at('2025-10-20')
  await keepStages(
    walk,
    { review, manager },
    {
      fieldwork: ['2024-12-12', '2025-09-24'],
      draft: ['2025-09-25', '2025-10-13'],
      'partner-comments': ['2025-10-01', '2025-10-09'],
      'family-read': ['2025-10-15', '2025-10-15'],
    },
  )
  await decideWhoIsRecognised(walk, manager, `${report}/recognised`)
  await walk.fill(manager, report, {}, `${report}/ask`)
  for (const [index, partner] of partners.entries()) {
    walk.at('2025-10-22', `1${index}:30`)
    await sign(walk, partner, report)
  }
}

async function recommendWhatFollows({ walk, incidentId, manager, partners }: Cast): Promise<Recommended[]> {
  const [authority, icb, police] = partners
  const common = { walk, incidentId, manager }
  walk.at('2025-10-23')
  const sameDay = await recommend({
    ...common,
    text: 'Every practice, clinic and ward has one telephone number for a mark on a baby who cannot yet move, and a paediatrician sees the baby the same day.',
    finding: 'A mark was seen and explained, and no paediatrician looked at it.',
    themes: ['non-accidental-injury', 'babies-under-1'],
    intendedChange: 'A baby with a mark is looked at on the day, and their family is spoken to with care.',
    measure: 'Of the marks recorded in a quarter, the share that a paediatrician saw the same day.',
    priority: 'high',
    priorityReason: 'The same was found in two earlier reviews of babies.',
    to: [{ bodyCode: icb!.bodyCode, replyAskedBy: '2026-01-30', replyBasis: 'guidance' }],
  })
  const asked = await recommend({
    ...common,
    text: 'Social workers ask in every assessment of a family with a baby who else cares for the baby, and speak with them.',
    finding: 'A grandmother had wondered, and nobody asked her.',
    themes: ['men-not-seen', 'whole-family-view'],
    intendedChange: 'Those who hold a baby at night are known, and are asked how it goes.',
    measure: 'Of thirty assessments read each half year, those that name and heard everybody who cares for the baby.',
    priority: 'standard',
    priorityReason: 'It depends on time that is being found.',
    to: [{ bodyCode: authority!.bodyCode, replyAskedBy: '2026-01-30', replyBasis: 'guidance' }],
  })
  const record = await recommend({
    ...common,
    text: 'The maternity record has a place for everybody who will care for the baby, and sends it on with the handover.',
    finding: 'Five pages were known, and two lines of them were handed over.',
    themes: ['information-sharing', 'babies-under-1'],
    level: 'national',
    intendedChange: 'Whoever visits after the birth knows what midwives knew.',
    measure: 'The share of handovers in which the place is filled.',
    priority: 'standard',
    priorityReason: 'The record is the same in the whole country, and cannot be changed here.',
    to: [
      { bodyCode: 'maternity-record', replyAskedBy: '2026-02-27', replyBasis: 'request' },
      { otherBody: 'College of Midwifery Practice', replyAskedBy: '2026-02-27', replyBasis: 'request' },
    ],
  })
  const within = await recommend({
    ...common,
    text: 'Officers who come to a home with a baby tell the health visitor within a day, whatever they came for.',
    finding: 'The police had been at the door in spring, and nobody who visited the baby knew.',
    themes: ['risk-information-not-shared'],
    intendedChange: 'Whoever visits a baby knows when there was trouble at the door.',
    measure: 'Of the calls to homes with a baby, the share that the health visitor knew of the next day.',
    priority: 'standard',
    priorityReason: 'It is done in two of the three areas of the force.',
    to: [{ bodyCode: police!.bodyCode, replyAskedBy: '2026-01-30', replyBasis: 'guidance' }],
  })
  return [sameDay, asked, record, within]
}

async function answerThePanel({ walk, incident, incidentId, manager, place }: Cast): Promise<void> {
  const review = `${incident}/local-review`
  walk.at('2025-11-03')
  await walk.fill(manager, `${review}/sent-ahead/new`, {
    what: 'report',
    sentTo: ['panel', 'dfe', 'ofsted'],
    sentOn: '2025-11-03',
    note: 'The trial has ended. The family has read it.',
  })
  const panel = `/panel/${incidentId}/local-review`
  const officer = whoIs('secretariat', 'panel', '2025-11-04')
  const chair = whoIs('panel-chair', 'panel', '2025-11-04')
  const [member] = readersFor(place.authorityCode, '2025-11-04')
  walk.at('2025-11-04')
  const markers = async (who: Appointment, page: string, mark: string) => {
    const names = (await walk.open(who, page)).flatMap(({ fields }) => [...fields.keys()])
    return Object.fromEntries(names.filter(name => name.startsWith('marker-')).map(name => [name, mark]))
  }
  await walk.fill(officer, `${panel}/check`, await markers(officer, `${panel}/check`, 'there'))
  await walk.fill(officer, panel, { personId: personId(member!) }, `${panel}/allocations`)
  walk.at('2025-11-10')
  await walk.fill(member!, `${panel}/reading`, {
    ...(await markers(member!, `${panel}/reading`, 'met')),
    notes: 'The report asks why it made sense to believe the explanation, and answers it. The family is in it.',
    viewOnReview: 'agree-with-comment',
    next: 'finish',
  })
  walk.at('2025-11-12')
  await walk.fill(member!, panel, {}, `${panel}/letter/start`)
  await walk.fill(member!, `${panel}/letter`, {
    strengths:
      'The report explains why careful people did not ring anybody. A relative was heard, and it changed the report.',
    viewOnReview: 'agree-with-comment',
    recommendations:
      'Each has an owner and says what a child would notice. The second depends on time that has still to be found.',
    next: 'save',
  })
  await walk.fill(member!, `${panel}/letter/points/new`, {
    text: 'Please tell us how you will know that the one telephone number is rung at night and at weekends too.',
    theme: 'non-accidental-injury',
    asks: 'yes',
    replyBy: '2026-02-27',
  })
  await decideWhoIsRecognised(walk, member!, `${panel}/letter/recognised`)
  await walk.fill(member!, `${panel}/letter/preview`, {}, `${panel}/letter/ready`)
  walk.at('2025-11-14')
  await walk.fill(chair, `${panel}/letter/preview`, {}, `${panel}/letter/send`)
  const copy = { sentOn: '2025-11-14', how: 'Secure e-mail', confirmed: 'yes' }
  for (const recipient of ['dfe', 'ofsted']) {
    await walk.fill(officer, `${panel}/copies`, { ...copy, what: 'letter', recipient })
  }
  walk.at('2026-02-18')
  await walk.fill(manager, `${review}/letter/points/1`, {
    text: 'The hospital counts calls by hour. We read the count each month and will tell you in the yearly report.',
    action: 'The count by hour, monthly, from March 2026.',
    next: 'send',
  })
}

async function publish(
  { walk, incident, incidentId, manager, scrutineer }: Cast,
  recommended: readonly Recommended[],
): Promise<void> {
  const desk = `${incident}/publication`
  walk.at('2025-11-17')
  await walk.fill(manager, desk, {}, `${desk}/start`)
  await walk.fill(manager, desk, { publishOn: '2025-11-27' }, `${desk}/day`)
  await walk.fill(manager, `${desk}/words`, {
    title: 'A mark on a baby who could not yet move',
    whatHappened:
      'A young baby was hurt at home and is growing up safely elsewhere.\n\nWeeks before, a mark on the baby had been seen. It was explained kindly and believed. Nobody rang a paediatrician.\n\nA relative had wondered about the mark, and nobody asked.',
    inShort: 'A young baby was hurt at home after a mark had been seen and explained.',
    learning:
      'A mark on a baby who cannot yet move is seen by a paediatrician the same day, however it is explained.\n\nRelatives often see first that something is wrong. They must know whom to ring.\n\nWhoever treats an adult asks who looks after the children.',
    recommendations: recommended.map(({ number, text }) => `${number} ${text}`).join('\n'),
    themes: ['non-accidental-injury', 'babies-under-1', 'whole-family-view'],
    narrative: 'full',
    index: 'yes',
    feed: 'yes',
    familyView:
      'The grandmother read the words on paper with her advocate and agrees. She asked that her words are not on the page.',
    checkedBy: scrutineer.name,
  })
  await decideWhoIsRecognised(walk, manager, `${desk}/recognised`)
  const told: Record<string, [string, string]> = {
    family: ['The reviewer and the advocate, at her home', 'The day before, in the afternoon'],
    staff: ['Their managers', 'The day before, at five'],
    'siblings-schools': ['', ''],
    partners: [manager.name, 'On the day, at nine'],
    'press-line': ['The press office of the council', 'On the day, at nine'],
    helpline: [manager.name, 'On the day, at nine'],
  }
  const steps = await walk.read<{ id: string; kind: string }>(
    `select id, kind from publication_step where incident_id = $1 order by position`,
    [incidentId],
  )
  for (const [index, { id, kind }] of steps.entries()) {
    const [toldBy = '', tellAt = ''] = told[kind] ?? []
    walk.at('2025-11-20', `10:${10 + index}`)
    if (toldBy) await walk.fill(manager, desk, { do: 'say', step: id, toldBy, tellAt }, `${desk}/plan`)
    walk.at('2025-11-27', `09:${10 + index}`)
    const done = toldBy ? { do: 'done' } : { do: 'not-needed', because: 'The baby has no brothers or sisters.' }
    await walk.fill(manager, desk, { step: id, ...done }, `${desk}/plan`)
  }
  walk.at('2025-11-27', '10:00')
  await walk.fill(manager, `${desk}/publish`, {})
}

async function act(
  { walk, incidentId, manager, partners }: Cast,
  [sameDay, asked, record, within]: readonly Recommended[],
): Promise<void> {
  const [authority, icb, police] = partners
  const oneNumber = await agree(walk, manager, {
    text: 'One number for a mark on a baby, answered by a paediatrician at all hours.',
    owner: icb!,
    dueOn: '2026-04-30',
    serves: `addressee:${sameDay!.addressees[0]}`,
    on: '2025-12-03',
  })
  const assessments = await agree(walk, manager, {
    text: 'Assessments have a page on everybody who cares for the baby, and team managers read it before they sign.',
    owner: authority!,
    dueOn: '2026-03-31',
    serves: `addressee:${asked!.addressees[0]}`,
    on: '2025-12-03',
  })
  walk.at('2026-01-21')
  await move(walk, icb!, sameDay!, 0, 'reply', {
    to: 'accepted',
    words: 'We accept this. The two hospitals will share one number from spring. The cost is found.',
  })
  walk.at('2026-01-28')
  await move(walk, authority!, asked!, 0, 'reply', {
    to: 'accepted',
    words: 'We accept this. The page is in the assessment from January, and team managers were shown how to read it.',
  })
  await move(walk, authority!, asked!, 0, 'delivery', {
    to: 'in-progress',
    words: 'The page is there. Training goes on to March.',
  })
  walk.at('2026-02-24')
  const answering = whoIs('body-answering', 'maternity-record', '2026-02-24')
  await move(walk, answering, record!, 0, 'reply', {
    to: 'accepted-differently',
    words:
      'The record will have the place with its next version, in April 2027. Until then a page can be added by hand, and we have sent out how.',
  })
  await move(walk, answering, record!, 0, 'delivery', {
    to: 'in-progress',
    words: 'The next version is being tried out in two hospitals.',
  })
  const college = `/desk/recommendations/${record!.number}/to/${record!.addressees[1]}`
  walk.at('2026-03-02')
  await walk.fill(manager, `${college}/enter/reply`, {
    to: 'not-taken-forward',
    words: 'The College does not own the record. We have put the matter on the list of our education committee.',
    cameBy: 'letter',
    saidOn: '2026-02-25',
    saidBy: 'The secretary of the College',
    source: 'The letter is kept in the business unit.',
  })
  const [entered] = await walk.read<{ move_id: string }>(
    `select move_id from recommendation_move where addressee_id = $1 and came_by = 'letter'`,
    [record!.addressees[1]],
  )
  await walk.fill(authority!, college, { agrees: 'yes' }, `${college}/checks/${entered?.move_id}`)
  walk.at('2026-02-26')
  await report(walk, { lead: icb!, manager }, oneNumber, {
    delivery: 'in-progress',
    words: 'The number is answered by day. The rota for nights is agreed and begins in April.',
  })
  await report(walk, { lead: authority!, manager }, assessments, {
    delivery: 'in-progress',
    words: 'All teams have the page. Two of nine have had the training.',
  })
  walk.at('2026-04-29')
  await report(walk, { lead: icb!, manager }, oneNumber, {
    delivery: 'done',
    words: 'The number is answered at all hours since 13 April.',
    evidenceKind: 'dataset',
    evidence: 'Calls by hour, April.',
  })
  await move(walk, icb!, sameDay!, 0, 'delivery', {
    to: 'done',
    words: 'One number, at all hours, for both hospitals.',
  })
  walk.at('2026-05-06')
  await move(walk, authority!, asked!, 0, 'delivery', { to: 'done', words: 'All teams use the page.' })
  await move(walk, police!, within!, 0, 'reply', { to: 'accepted', words: 'We accept this, and begin in Corvenham.' })
  const [point] = await walk.read<{ id: string }>(
    `select letter_point.id from letter_point join review using (review_id) where review.incident_id = $1 and kind = 'local'`,
    [incidentId],
  )
  const count = await agree(walk, manager, {
    text: 'Calls to the one number are counted by hour, and the partners read the count each quarter.',
    owner: icb!,
    dueOn: '2027-03-31',
    serves: `point:${point?.id}`,
    on: '2026-05-07',
  })
  walk.at('2026-07-08')
  await report(walk, { lead: icb!, manager }, count, {
    delivery: 'in-progress',
    words: 'April to June: 61 calls, 24 of them between eight in the evening and eight in the morning.',
    evidenceKind: 'dataset',
    evidence: 'Calls by hour, April to June.',
  })
  walk.at('2026-07-10')
  await move(walk, police!, within!, 0, 'delivery', { to: 'done', words: 'The message goes out by itself since June.' })
}

async function judge(
  { walk, incident, scrutineer, manager, partners }: Cast,
  [sameDay, asked]: readonly Recommended[],
): Promise<void> {
  walk.at('2026-07-14')
  const first = `/desk/recommendations/${sameDay!.number}/to/${sameDay!.addressees[0]}`
  await walk.fill(scrutineer, `${first}/evidence`, {
    kind: 'audit',
    title: 'Audit of forty marks on babies, April to June 2026',
    words: 'A paediatrician saw thirty-seven of forty the same day. Before the number it was nineteen of forty.',
  })
  const [evidence] = await walk.read<{ evidence_id: string }>(
    `select evidence_id from recommendation_evidence where addressee_id = $1`,
    [sameDay!.addressees[0]],
  )
  await move(walk, scrutineer, sameDay!, 0, 'effect', {
    to: 'practice-changed',
    words: 'I read the forty records and listened to two calls at night. The number is rung, and a doctor comes.',
    evidenceId: evidence?.evidence_id ?? '',
  })
  await move(walk, scrutineer, asked!, 0, 'effect', {
    to: 'no-change',
    words:
      'I read thirty assessments. The page is there in all. In twenty-two it names nobody but the parents, and nobody else was spoken with.',
  })
  walk.at('2026-07-21')
  await move(walk, partners[0]!, asked!, 0, 'effect', {
    words:
      'We accept what the scrutineer saw. Team managers will sit in on visits in autumn, and we ask to be looked at again in spring.',
  })
  walk.at('2026-07-30')
  await walk.fill(
    manager,
    `/desk/recommendations/${sameDay!.number}`,
    { reason: 'It is done, and the scrutineer found that practice has changed.' },
    `/desk/recommendations/${sameDay!.number}/end`,
  )
  await keepStages(walk, { review: `${incident}/local-review`, manager }, { 'actions-open': ['2025-12-03'] })
}

/** The later incident, notified on the last working day before today. */
async function notifyTheNext(walk: Walk, { seed, today }: { seed: number | string; today: CivilDate }): Promise<void> {
  const here = authorityOfTour(today)
  const notification = `/notifications/${idOf(`incident ${seed} ${laterKey}`)}`
  walk.at(subtractWorkingDays(today, 1, readBankHolidays()), '16:40')
  await walk.fill(whoIs('notifier', here.code, today), `${notification}/check`, {}, `${notification}/send`)
}

async function agree(
  walk: Walk,
  manager: Appointment,
  { text, owner, dueOn, serves, on }: { text: string; owner: Appointment; dueOn: string; serves: string; on: string },
): Promise<string> {
  walk.at(on)
  const path = await walk.fill(manager, '/actions/new', {
    text,
    serves: [serves],
    promptedBy: serves.startsWith('point:') ? 'letter-point' : 'recommendation',
    owner: owner.bodyCode,
    lead: personId(owner),
    dueOn,
    updateMonths: '2',
  })
  return path
}

async function report(
  walk: Walk,
  { lead, manager }: { lead: Appointment; manager: Appointment },
  action: string,
  said: Record<string, string>,
): Promise<void> {
  await walk.fill(lead, action, said, `${action}/updates`)
  const [update] = await walk.read<{ update_id: string }>(
    `select update_id from action_update where action_id = $1 order by at desc limit 1`,
    [action.split('/')[2]],
  )
  await walk.fill(manager, action, { counts: 'yes' }, `${action}/updates/${update?.update_id}/check`)
}

async function move(
  walk: Walk,
  who: Appointment,
  { number, addressees }: Recommended,
  to: number,
  axis: 'reply' | 'delivery' | 'effect',
  said: Record<string, string>,
): Promise<void> {
  await walk.fill(who, `/desk/recommendations/${number}/to/${addressees[to]}/${axis}`, said)
}
