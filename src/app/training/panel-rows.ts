import { type Letter, letterHash, pointOnDecision } from '../../panel/index.ts'
import { civilDate, londonDate } from '../../platform/dates.ts'
import { deadline } from '../../reference-data/index.ts'
import { qualityMarkers } from '../../reviews/index.ts'
import { dayNumber, isoDay, stepWorkingDays } from './calendar.ts'
import type { LocalReviewView } from './incident.ts'
import { inOffice, managerOf, oneInOffice, readersFor } from './offices.ts'
import type { Appointment } from './people.ts'
import type { SentReview } from './review-rows.ts'
import { minuteOf, momentOf, personId } from './story.ts'
import type { Story } from './story.ts'
import { letterInProse, tellLetter, viewOnDecisionOf, viewOnReviewOf } from './tell-letter.ts'
import type { ToldLetter, ToldPoint, ViewOnDecision, ViewOnReview } from './tell-letter.ts'
import { sampleOf, themesToldOf } from './tell-review.ts'

interface Views {
  onReview: ViewOnReview
  onDecision: ViewOnDecision
}

/** The rapid review of a story, as every row about it says it. */
function rapidOf({ place, id }: Story) {
  return { ...place, review_id: id('rapid review') }
}

/** What the Panel did with a review that was sent, up to the answers to its letter. */
export function writePanelWork(story: Story, review: SentReview): void {
  const { incident, random, write } = story
  const { allocatedOn, readOn, consideredOn, letterSentOn } = incident.steps
  const receivedOn = londonDate(new Date(review.sentAt))
  const { rule, dueOn } = deadline('panel-reply', receivedOn)
  story.event('task:receive-review', review.sentAt, {
    kind: 'panel.received',
    subject: 'panel-work',
    objectId: rapidOf(story).review_id,
    detail: { review: 'rapid', dueOn, rule: rule.rule },
  })
  const views = viewsOf(story, review)
  const letterSentAt = letterSentOn && momentOf(random, letterSentOn, 'letterSent')
  write('consideration', {
    ...rapidOf(story),
    kind: 'rapid',
    status: letterSentOn
      ? 'letter-sent'
      : consideredOn
        ? letterReadyOn(story)
          ? 'letter-ready'
          : 'letter-drafted'
        : readOn
          ? 'read'
          : allocatedOn
            ? 'allocated'
            : 'received',
    received_at: review.sentAt,
    due_on: dueOn,
    view_on_review: letterSentAt ? views.onReview : null,
    view_on_decision: letterSentAt ? views.onDecision : null,
    replied_at: letterSentAt ?? null,
  })
  if (!allocatedOn) return
  const member = allocate(story, allocatedOn)
  if (!readOn) return
  read(story, member, readOn, views)
  if (!consideredOn) return
  writeLetter(story, member, consideredOn, views, letterSentAt)
}

/** The working day after the Panel considered the review, if it is over, or sooner if the letter went out. */
function letterReadyOn({ incident, today }: Story): string | undefined {
  const { consideredOn, letterSentOn } = incident.steps
  if (!consideredOn) return undefined
  const next = isoDay(stepWorkingDays(dayNumber(consideredOn), 1))
  if (letterSentOn) return letterSentOn < next ? letterSentOn : next
  return next < today ? next : undefined
}

function viewsOf({ incident }: Story, { outcomes }: SentReview): Views {
  const usual: LocalReviewView = outcomes.includes('LCSPR') ? 'agreeLCSPR' : 'agreeNoLCSPR'
  return {
    onReview: viewOnReviewOf[incident.view ?? 'agree'],
    onDecision: viewOnDecisionOf[incident.localReviewView ?? usual],
  }
}

/** Of fifty members one finds, on opening a review, that they may not read it. Invented. */
const conflictShare = 0.02

/** @returns the member who has the review in the end */
function allocate(story: Story, day: string): Appointment {
  const { incident, random, place, write } = story
  const readers = readersFor(incident.authorityCode, day)
  const [usual, other] = readers
  const member = readers.find(({ email }) => email === incident.staging?.givenTo) ?? usual
  if (!member) throw new Error(`No member of the Panel may read what comes from ${incident.authorityCode}.`)
  const officer = random.pick(inOffice('secretariat', 'panel', day))
  const give = (to: Appointment, at: string, endedAt?: string) => {
    write('allocation', {
      ...rapidOf(story),
      id: story.id(`allocation to ${to.email}`),
      person_id: personId(to),
      allocated_by: personId(officer),
      allocated_at: at,
      ended_at: endedAt ?? null,
    })
    story.event(officer, at, {
      kind: 'panel.allocated',
      subject: 'panel-work',
      detail: { review: 'rapid', personId: personId(to) },
    })
  }
  const allocatedAt = momentOf(random, day, 'allocated')
  if (incident.staging || !other || !random.chance(conflictShare)) {
    give(member, allocatedAt)
    return member
  }
  const declaredAt = momentOf(random, day, 'conflict')
  give(member, allocatedAt, declaredAt)
  const reason = random.pick(['worked-there', 'took-part', 'personal-tie'] as const)
  write('conflict_of_interest', {
    id: story.id('conflict of interest'),
    person_id: personId(member),
    incident_id: place.incident_id,
    authority_code: null,
    reason,
    declared_at: declaredAt,
  })
  story.event(member, declaredAt, { kind: 'panel.conflict-declared', subject: 'panel-reading', detail: {} })
  give(other, momentOf(random, day, 'allocatedAgain'))
  return other
}

const notes = [
  'A careful review. The chronology is short and the analysis carries it.',
  'I can see the child. I can see less well what the agencies thought at the time.',
  'The learning follows from the findings. Two of the actions have no measure.',
  'I would ask about the father, who is named and not described.',
  'The decision is well reasoned, and I agree with it.',
  'More description than analysis. The question why is asked once and not answered.',
  'The section on identity is about this child, which is rare.',
  'I should like to know what changed for other children.',
]

function read(story: Story, member: Appointment, day: string, views: Views): void {
  const { incident, random, write } = story
  const finishedAt = momentOf(random, day, 'read')
  const weights =
    views.onReview === 'agree'
      ? { met: 7, partly: 2, 'not-met': 0.4, 'cannot-tell': 0.6 }
      : { met: 4, partly: 4, 'not-met': 2, 'cannot-tell': 1 }
  write('reading', {
    ...rapidOf(story),
    person_id: personId(member),
    revision: random.whole(1, 4),
    notes: sampleOf(random, notes, random.whole(2, 3)).join('\n'),
    markers: Object.fromEntries(Object.keys(qualityMarkers).map(key => [key, random.weighted(weights)])),
    themes: themesToldOf(incident),
    view_on_review: views.onReview,
    view_on_decision: views.onDecision,
    saved_at: finishedAt,
    finished_at: finishedAt,
  })
  story.event(member, finishedAt, {
    kind: 'panel.reading-finished',
    subject: 'panel-reading',
    detail: { review: 'rapid' },
  })
}

function writeLetter(story: Story, member: Appointment, day: string, views: Views, sentAt: string | undefined): void {
  const { incident, place, random, reference, write } = story
  const told = withDecision(
    story.prose ? letterInProse(story.prose) : tellLetter(random, incident, reference),
    views.onDecision,
    story,
  )
  const writer = random.chance(0.5) ? member : random.pick(inOffice('secretariat', 'panel', day))
  const chair = oneInOffice('panel-chair', 'panel', incident.steps.letterSentOn ?? day)
  const points = told.points.map((point, index) => ({
    ...point,
    number: index + 1,
    id: story.id(`point ${index + 1}`),
  }))
  const texts = { opening: told.opening, strengths: told.strengths, reasons: told.reasons, closing: told.closing }
  const review = rapidOf(story)
  const letterId = story.id('letter')
  const letter: Parameters<typeof letterHash>[0] | undefined = sentAt
    ? {
        letterId,
        reviewId: review.review_id,
        kind: 'rapid',
        incidentId: place.incident_id,
        authorityCode: place.authority_code,
        partnershipCode: place.partnership_code,
        partnershipName: '',
        reference,
        texts,
        viewOnReview: views.onReview,
        viewOnDecision: views.onDecision,
        points: points.map(asLetterPoint),
        revision: points.length + 1,
        signedBy: personId(chair),
        signedByName: chair.name,
        sentAt: new Date(sentAt),
      }
    : undefined
  const asked = sentAt ? points.filter(point => point.asks).length : 0
  write('letter', {
    ...review,
    letter_id: letterId,
    kind: 'rapid',
    reference,
    status: sentAt ? 'sent' : 'draft',
    revision: points.length + 1,
    texts,
    view_on_review: views.onReview,
    view_on_decision: views.onDecision,
    signed_by: sentAt ? personId(chair) : null,
    sent_at: sentAt ?? null,
    hash: letter ? letterHash(letter) : null,
    asked,
    unanswered: asked,
  })
  for (const { id, number, theme, text, asks, aboutDecision, replyBy } of points) {
    write('letter_point', {
      ...review,
      letter_id: letterId,
      id,
      status: sentAt ? 'sent' : 'draft',
      number,
      theme,
      text,
      asks,
      about_decision: aboutDecision ?? false,
      reply_by: replyBy ?? null,
    })
  }
  story.event(writer, momentOf(random, day, 'letterStarted'), {
    kind: 'letter.started',
    subject: 'letter-draft',
    detail: { review: 'rapid' },
  })
  const readyOn = letterReadyOn(story)
  if (readyOn)
    story.event(writer, minuteOf(readyOn, 840), {
      kind: 'letter.ready',
      subject: 'letter-draft',
      detail: { review: 'rapid', members: [personId(member)].filter(id => id !== personId(writer)) },
    })
  if (!sentAt) return
  story.event(chair, sentAt, {
    kind: 'letter.sent',
    subject: 'letter',
    detail: { review: 'rapid', points: points.length, viewOnReview: views.onReview, viewOnDecision: views.onDecision },
  })
  writeReplies(story, points)
}

/** Where the Panel suggests another decision, the letter gives its reasons, and a point asks what the partners conclude. */
function withDecision(
  letter: ToldLetter,
  onDecision: ViewOnDecision,
  { incident, random }: Story,
): ToldLetter & { reasons: string } {
  const text = pointOnDecision(onDecision)
  if (text === undefined) return { ...letter, reasons: '' }
  const { letterSentOn, letterAnsweredOn, replyDueOn } = incident.steps
  const replyBy = replyDueOn ?? letter.points.find(point => point.replyBy)?.replyBy
  const on = letterAnsweredOn ?? (letterSentOn && isoDay(stepWorkingDays(dayNumber(letterSentOn), 25)))
  const asked: ToldPoint = {
    theme: 'local-review-decision',
    text,
    asks: true,
    aboutDecision: true,
    ...(replyBy && { replyBy }),
    ...(on && {
      reply: { text: `${random.pick(conclusions.howTheyCameToIt)} ${random.pick(conclusions.what)}`, action: '', on },
    }),
  }
  return {
    ...letter,
    reasons: sampleOf(random, reasonsToDecideOtherwise, 2).join(' '),
    points: [...letter.points, asked],
  }
}

const reasonsToDecideOtherwise = [
  'Several agencies knew a part of this, and the review does not yet say why the parts did not come together.',
  'You have met the same learning before, and we do not see yet what kept it from being used.',
  'The reasons you give rest on what each agency did alone. How they worked with each other is where we see most to learn.',
  'What practitioners thought at the time is not in the review, and it could be asked.',
  'The family has said what they would like to be understood, and the review does not answer it.',
]
const conclusions = {
  howTheyCameToIt: [
    'We met on this and read your reasons.',
    'The three partners looked at the decision again.',
    'We talked this through with our independent scrutineer.',
    'We asked those who wrote the review what they think of your reasons.',
    'We took your letter to our next meeting.',
    'Our executive group considered what you say.',
    'We read the review again with your letter beside it.',
  ],
  what: [
    'We stay with our decision: the question you ask is part of work that has begun.',
    'We have decided to look further, and will tell you how.',
    'We agree with what you say, and are planning the work with the practitioners.',
    'We do not change our decision, and have added what you ask to our audit.',
    'We see the strength of your reasons, and will decide when the other proceedings are over.',
    'We will take up your question in a learning event with all three agencies.',
  ],
}

function asLetterPoint(point: ToldPoint & { id: string; number: number }): Letter['points'][number] {
  const { id, number, theme, text, asks, aboutDecision = false, replyBy } = point
  const day = replyBy ? civilDate(replyBy) : undefined
  return { id, number, theme, text, asks, aboutDecision, replyBy: day, replies: [] }
}

function writeReplies(story: Story, points: readonly (ToldPoint & { id: string; number: number })[]): void {
  const { incident, place, random, write, today } = story
  let minute = random.whole(560, 660)
  let answered = 0
  let lastAt = ''
  for (const point of points) {
    const on = point.reply?.on ?? incident.steps.letterAnsweredOn
    if (!point.reply || !on || on >= today) continue
    minute += random.whole(4, 25)
    const manager = managerOf(incident, on)
    lastAt = minuteOf(on, minute)
    write('point_reply', {
      ...place,
      id: story.id(`reply to point ${point.number}`),
      point_id: point.id,
      person_id: personId(manager),
      text: point.reply.text,
      action: point.reply.action,
      replied_at: lastAt,
    })
    story.event(manager, lastAt, {
      kind: 'letter.point-answered',
      subject: 'letter',
      objectId: point.id,
      detail: { review: 'rapid', number: point.number, later: false },
    })
    answered += 1
    if (answered === points.filter(one => one.asks).length)
      story.event(manager, lastAt, { kind: 'letter.all-answered', subject: 'letter', detail: { review: 'rapid' } })
  }
}
