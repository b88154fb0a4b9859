import { addWorkingDays, readBankHolidays, subtractWorkingDays } from '../../reference-data/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { dayNumber, isoDay, reportingYearOf } from './calendar.ts'
import { country, partnershipOf } from './country.ts'
import type { Authority, BodyKind } from './country.ts'
import { courseUntil } from './course.ts'
import type { Steps } from './course.ts'
import type { InventedChild, LocalReviewView, OutcomeCode, PanelView, ThemeKey } from './incident.ts'
import type { InventedIncident } from './model.ts'
import type { DraftState } from './notification-rows.ts'
import { inOffice, readersFor } from './offices.ts'
import { tour } from './people.ts'

/** What is told of an incident besides its course, so that somebody of the tour finds it waiting. */
export interface Staging {
  /** Who of the three partners has signed the text that waits. */
  signedBy?: BodyKind[]
  /** The member who has the review. */
  givenTo?: string
  /** How many points of the letter are answered already. */
  pointsAnswered?: number
}

export type CastIncident = InventedIncident & { staging?: Staging }

interface Scene extends Staging {
  authorityCode: string
  steps: Omit<Steps, 'draftedOn'> & { sentOn: string }
  replyDueOn?: string
  outcome?: OutcomeCode
  view?: PanelView
  localReviewView?: LocalReviewView
  /** Told of every child it is cast for; else those of the incident. */
  themes?: ThemeKey[]
  suits?: (incident: InventedIncident) => boolean
}

/**
 * What must be under way on a day, so that each of the tour's people finds something to do. Deadlines are counted from
 * that day: one review is due on the next working day and one was due three working days ago.
 */
export function scenesFor(today: CivilDate): Scene[] {
  const holidays = readBankHolidays()
  const ago = (count: number) => subtractWorkingDays(today, count, holidays)
  const ahead = (count: number) => addWorkingDays(today, count, holidays)
  /** The day of notification of a review that is due on this day. */
  const dueOn = (day: CivilDate) => subtractWorkingDays(day, 15, holidays)
  const started = (sentOn: CivilDate) => ({ sentOn, reviewStartedOn: addWorkingDays(sentOn, 1, holidays) })

  const here = authorityOfTour(today)
  const member = tour.find(({ role }) => role === 'panel-member')
  if (!member) throw new Error('The tour has no member of the Panel.')
  const partnership = partnershipOf(here.code, today)
  const near = country.authorities.filter(
    ({ code, regionCode }) =>
      regionCode === here.regionCode &&
      partnershipOf(code, today)?.code !== partnership?.code &&
      readersFor(code, today)[0]?.email === member.email,
  )
  const far = country.authorities.filter(({ regionCode }) => regionCode !== here.regionCode)
  const elsewhere = (place: number) => far[(place * 7) % far.length]?.code ?? here.code
  const nearby = (place: number) => near[place % near.length]?.code ?? here.code

  const signing = (dueInDays: number, askedAgo: number, signedBy: BodyKind[]): Scene => ({
    authorityCode: here.code,
    steps: {
      ...started(dueOn(ahead(dueInDays))),
      reviewMeetingOn: ago(askedAgo + 3),
      signaturesAskedOn: ago(askedAgo),
    },
    signedBy,
  })
  /** A review that was sent so many working days ago, and what the Panel did since. */
  const sent = (authorityCode: string, sentAgo: number, more: Partial<Steps> = {}): Scene => ({
    authorityCode,
    steps: {
      ...started(ago(sentAgo + 15)),
      reviewMeetingOn: ago(sentAgo + 5),
      signaturesAskedOn: ago(sentAgo + 2),
      reviewSentOn: ago(sentAgo),
      ...more,
    },
  })
  const letter = (authorityCode: string, letterAgo: number): Scene =>
    sent(authorityCode, letterAgo + 9, {
      allocatedOn: ago(letterAgo + 8),
      readOn: ago(letterAgo + 4),
      consideredOn: ago(letterAgo + 2),
      letterSentOn: ago(letterAgo),
    })
  const threePoints: ThemeKey[] = ['information-sharing', 'childs-voice', 'men-not-seen']

  return [
    { authorityCode: here.code, steps: { ...started(dueOn(ahead(1))), reviewMeetingOn: ago(3) } },
    { authorityCode: here.code, steps: { ...started(dueOn(ago(3))), reviewMeetingOn: ago(7) } },
    { authorityCode: here.code, steps: started(ago(4)) },
    signing(3, 1, []),
    signing(2, 2, ['authority']),
    signing(4, 1, ['icb', 'police']),
    signing(1, 2, ['authority', 'icb', 'police']),
    sent(elsewhere(1), 1),
    sent(elsewhere(2), 1),
    {
      ...sent(here.code, 4, { allocatedOn: ago(3) }),
      givenTo: member.email,
      themes: ['non-accidental-injury', 'babies-under-1', 'men-not-seen'],
      suits: ({ nature, themes }) =>
        nature === 'serious-harm' && themes.includes('non-accidental-injury') && themes.includes('babies-under-1'),
    },
    { ...sent(nearby(0), 3, { allocatedOn: ago(2) }), givenTo: member.email },
    { ...sent(nearby(1), 7, { allocatedOn: ago(6), readOn: ago(1) }), givenTo: member.email },
    { ...sent(nearby(2), 8, { allocatedOn: ago(7), readOn: ago(3), consideredOn: ago(1) }), givenTo: member.email },
    { ...sent(here.code, 9, { allocatedOn: ago(8), readOn: ago(4), consideredOn: ago(2) }), view: 'agreeWithComment' },
    {
      ...sent(elsewhere(3), 10, { allocatedOn: ago(9), readOn: ago(5), consideredOn: ago(2) }),
      outcome: 'NO_FURTHER_REVIEW',
      view: 'disagree',
      localReviewView: 'suggestLCSPR',
    },
    { ...letter(here.code, 12), themes: threePoints, replyDueOn: ahead(28), view: 'agreeWithComment' },
    {
      ...letter(here.code, 38),
      themes: threePoints,
      replyDueOn: ahead(2),
      view: 'moreInformation',
      localReviewView: 'suggestReconsider',
      pointsAnswered: 1,
    },
  ]
}

/** Drafts of the tour's notifier, the first due on the next working day. */
export function tourDrafts(
  material: readonly InventedIncident[],
  today: CivilDate,
): { incident: CastIncident; state: DraftState }[] {
  const holidays = readBankHolidays()
  const next = addWorkingDays(today, 1, holidays)
  const authorityCode = authorityOfTour(today).code
  const wanted: { state: DraftState; awareOn: CivilDate; suits?: (incident: InventedIncident) => boolean }[] = [
    { state: 'to-put-right', awareOn: subtractWorkingDays(next, 5, holidays) },
    { state: 'half', awareOn: subtractWorkingDays(today, 2, holidays) },
    { state: 'begun', awareOn: subtractWorkingDays(today, 1, holidays) },
    { state: 'ready', awareOn: subtractWorkingDays(today, 2, holidays), suits: isHurtBaby },
  ]
  const usable = material.filter(
    each => each.basis === 'abuse-or-neglect' && each.nature !== 'other' && each.children[0]?.dateOfBirth,
  )
  return wanted.flatMap(({ state, awareOn, suits }, place) => {
    const incident = suits ? usable.slice(place).find(suits) : usable[place]
    if (!incident) return []
    const scene = { authorityCode, steps: { sentOn: awareOn } }
    const { notifiedAt: _notifiedAt, staging: _staging, ...played } = play(incident, scene, today)
    const shift = dayNumber(awareOn) - dayNumber(played.awareOn)
    const incidentOn = isoDay(dayNumber(played.incidentOn) + shift)
    return [
      {
        state,
        incident: {
          ...played,
          key: `D${place + 1}`,
          incidentOn,
          awareOn,
          stage: 'draft',
          steps: { draftedOn: awareOn },
        },
      },
    ]
  })
}

/** The draft that is sent as the last thing before today: its themes are those of a recommendation that was closed. */
export const laterKey = 'D4'

function isHurtBaby({ themes, harmCategories, nature }: InventedIncident): boolean {
  const injured = harmCategories.some(harm => harm === 'physical-abuse' || harm === 'head-injury')
  return nature === 'serious-harm' && injured && themes.includes('babies-under-1')
}

/** How many days before today the earliest scene can have been notified. */
export const castDays = 110

/**
 * Plays each scene with an incident of about its day, of the same reporting year where there is one, so that totals
 * stay as they are. An incident takes the authority, the days and the course of its scene. Where incidents are few
 * (some hundreds in three years), scenes that find none are left out.
 */
export function castScenes(
  incidents: readonly InventedIncident[],
  scenes: readonly Scene[],
  today: string,
): CastIncident[] {
  const cast = new Map<InventedIncident, CastIncident>()
  for (const scene of scenes) {
    const at = dayNumber(scene.steps.sentOn)
    const free = incidents.filter(
      each => each.notifiedAt && each.basis === 'abuse-or-neglect' && !each.reviewKey && !cast.has(each),
    )
    const strangeness = (incident: InventedIncident) => {
      const on = incident.notifiedAt?.slice(0, 10) ?? ''
      const otherYear = reportingYearOf(on) === reportingYearOf(scene.steps.sentOn) ? 0 : 10_000
      const unsuited = scene.suits && !scene.suits(incident) ? 1_000 : 0
      return otherYear + unsuited + Math.abs(dayNumber(on) - at)
    }
    const [chosen] = free.toSorted((one, other) => strangeness(one) - strangeness(other))
    if (chosen) cast.set(chosen, play(chosen, scene, today))
  }
  return incidents
    .map(incident => cast.get(incident) ?? incident)
    .toSorted((one, other) => ((one.notifiedAt ?? '9') < (other.notifiedAt ?? '9') ? -1 : 1))
}

function play(incident: InventedIncident, scene: Scene, today: string): CastIncident {
  const { notifiedAt = '', outcomes: _outcomes, view: _view, localReviewView: _localReviewView, ...rest } = incident
  const { authorityCode, steps, signedBy, givenTo, pointsAnswered, themes } = scene
  const shift = dayNumber(steps.sentOn) - dayNumber(notifiedAt.slice(0, 10))
  const moved = (day: string) => isoDay(dayNumber(day) + shift)
  const draftedOn = moved(incident.awareOn)
  return {
    ...rest,
    authorityCode,
    residenceAuthorityCode: authorityCode,
    partnershipCode: partnershipOf(authorityCode, steps.sentOn)?.code ?? '',
    incidentOn: moved(incident.incidentOn),
    awareOn: draftedOn,
    notifiedAt: `${steps.sentOn}${notifiedAt.slice(10)}`,
    children: incident.children.map(child => movedChild(child, moved)),
    ...(themes && { themes }),
    ...courseUntil(
      today,
      { draftedOn, ...steps },
      [scene.outcome ?? 'NO_FURTHER_REVIEW'],
      scene.view ?? 'agree',
      scene.localReviewView ?? 'agreeNoLCSPR',
      scene.replyDueOn ?? false,
    ),
    // Of a letter that is still a draft the course tells no view.
    ...(scene.view && { view: scene.view }),
    ...(scene.localReviewView && { localReviewView: scene.localReviewView }),
    staging: { ...(signedBy && { signedBy }), ...(givenTo && { givenTo }), ...(pointsAnswered && { pointsAnswered }) },
  }
}

export function authorityOfTour(today: string): Authority {
  const notifier = tour.find(({ role }) => role === 'notifier')
  const here = country.authorities.find(({ code }) =>
    inOffice('notifier', code, today).some(({ email }) => email === notifier?.email),
  )
  if (!here) throw new Error(`The notifier of the tour is in no authority on ${today}.`)
  return here
}

function movedChild(
  { dateOfBirth, expectedOn, ...child }: InventedChild,
  moved: (day: string) => string,
): InventedChild {
  return {
    ...child,
    ...(dateOfBirth && { dateOfBirth: moved(dateOfBirth) }),
    ...(expectedOn && { expectedOn: moved(expectedOn) }),
  }
}
