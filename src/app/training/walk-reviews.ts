import type { Appointment } from './people.ts'
import type { Walk } from './walk.ts'
import { personId } from './story.ts'

interface Review {
  /** `/incidents/ID/local-review` */
  review: string
  manager: Appointment
}

/** A reviewer declares, is judged by the partners, and is appointed. */
export async function appointReviewer(
  walk: Walk,
  { review, manager, reviewer }: Review & { reviewer: Appointment },
  { on, days, background, declaration }: { on: string; days: string; background: string; declaration: string },
): Promise<void> {
  walk.at(on)
  await walk.fill(manager, `${review}/reviewers/new`, {
    name: reviewer.name,
    background,
    declaresConflict: 'no',
    declaration,
    declaredOn: on,
  })
  const [appointed] = await walk.read<{ id: string }>(`select id from reviewer_appointment where incident_id = $1`, [
    review.split('/')[2],
  ])
  const page = `${review}/reviewers/${appointed?.id}`
  await walk.fill(manager, `${page}/judge`, {
    judgement: 'no-conflict',
    judgedBy: 'The three safeguarding partners',
    judgedOn: on,
  })
  await walk.fill(manager, `${page}/appoint`, { appointedOn: on, daysAgreed: days, account: personId(reviewer) })
}

/** What every review of a partnership has in its terms of reference. */
const usualTerms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scope: {
    periodReason: 'From the first contact of any agency to the day of the notification.',
    children: 'The child of the notification.',
    agencies:
      'Children’s social care, the hospitals, community health, general practice and the police. Each names an author.',
  },
  method: {
    method:
      'The agencies’ accounts, one event with practitioners, meetings with the family, and a draft that all of them comment on.',
    practitioners:
      'They meet the reviewer together, without their managers, and read what is said of them before anybody else.',
  },
  family: {
    family: 'One named person leads the contact. An advocate is offered. They read the draft together or on paper.',
    childrenTakePart: 'The child is too young. What the day was like for the child is asked of everybody.',
  },
  identity: {
    identity: 'The review asks what was known of language, culture, faith and money, and what was taken for granted.',
  },
  parallel: { disclosure: 'Everything that is written down can be asked for in a trial. The legal adviser answers.' },
  plan: {
    milestones: 'Practitioner event in the second month\nDraft in the fourth month\nSigned in the fifth month',
    publication: 'In full, unless the family or a court gives a reason against it.',
    confidentiality: 'Drafts are read in the service, and on paper with the family.',
  },
}

export async function agreeTerms(
  walk: Walk,
  { review, manager }: Review,
  {
    on,
    questions,
    periodFrom,
    periodUntil,
    proceedings,
  }: { on: string; questions: string; periodFrom: string; periodUntil: string; proceedings: string },
): Promise<void> {
  walk.at(on, '09:30')
  const pages = {
    questions: { questions },
    ...usualTerms,
    scope: { ...usualTerms['scope'], periodFrom, periodUntil },
    parallel: { ...usualTerms['parallel'], proceedings },
  }
  for (const [page, answers] of Object.entries(pages))
    await walk.fill(manager, `${review}/terms/write/${page}`, answers)
  await walk.fill(manager, `${review}/terms`, { agreedOn: on }, `${review}/terms/agree`)
}

/** Puts down when stages were opened and closed. Those that are open have one day. */
export async function keepStages(
  walk: Walk,
  { review, manager }: Review,
  stages: Readonly<Record<string, readonly [string, string?]>>,
): Promise<void> {
  for (const [stage, [openedOn, closedOn]] of Object.entries(stages)) {
    await walk.fill(manager, `${review}/stages/${stage}`, { openedOn, ...(closedOn && { closedOn }) })
  }
}

/** A partner reads the report of a local review and signs it. */
export async function sign(walk: Walk, partner: Appointment, report: string): Promise<void> {
  await walk.fill(partner, `${report}/signing`, { confirmed: 'yes' }, `${report}/signing/sign`)
}
