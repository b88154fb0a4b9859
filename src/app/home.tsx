import { roles, type Role } from '../platform/access/index.ts'
import { may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { formatDate, type CivilDate } from '../platform/dates.ts'
import { noteRead } from '../platform/events/index.ts'
import type { Needing } from '../platform/needing.ts'
import { Button, InsetText, type Web } from '../platform/web/index.ts'
import { describeIncidents } from '../notifications/index.ts'
import { TimeLeft } from '../reference-data/index.ts'

/** What a module says waits for the acting person. */
export type Needs = (tx: Tx, acting: Acting) => Promise<Needing[]>

/** What needs somebody now is not a long list. */
const shownAtFirst = 20

/** What each role comes here for, in one sentence. */
const purposes: Record<Role, string> = {
  notifier: 'You tell the Panel about serious incidents in your area.',
  approver: 'You approve notifications of your authority and read what follows from them.',
  'safeguarding-partner': 'You read and sign rapid reviews for your partnerships, and answer the Panel’s points.',
  'lead-safeguarding-partner': 'You read your partnerships’ reviews and the Panel’s letters.',
  'business-manager': 'You lead rapid reviews for your partnership, from the notification to the Panel’s letter.',
  'agency-author': 'You write your agency’s part of a review when you are asked to.',
  reviewer: 'You write the local reviews that you are appointed to.',
  'data-officer': 'You enter legal holds, and see the words that are sealed under them.',
  scrutineer: 'You read your partnerships’ reviews and the Panel’s letters.',
  secretariat: 'You see every review to a reading, a letter and its answers.',
  'panel-member': 'You read the reviews allocated to you and draft the Panel’s letters.',
  'panel-chair': 'You see every review, sign letters and follow up what was promised.',
  'body-answering': 'Here you answer recommendations made to your body.',
  analyst: 'You work with coded and published material. There is nothing for you here yet.',
  dfe: 'You read the notifications of the whole country.',
  ofsted: 'You read the notifications of the whole country.',
  administrator: 'You look after accounts, mail and the audit trail.',
}

export function registerHome(web: Web, needs: readonly Needs[], options: { training: boolean }): void {
  web.app.get<{ Querystring: { all?: string } }>('/', async (request, reply) => {
    const all = request.query.all !== undefined
    if (!request.visitor) return web.redirect(reply, options.training ? '/training/people' : '/sign-in')
    const acting = web.acting(request)
    const { waiting, more, about, today } = await acting.transaction(async tx => {
      const found: Needing[] = []
      for (const ask of needs) found.push(...(await ask(tx, acting)))
      const waiting = found.sort(byDueDay)
      const first = all ? waiting : waiting.slice(0, shownAtFirst)
      const ids = [...new Set(first.flatMap(({ incidentId }) => incidentId ?? []))]
      await noteRead(tx, { subject: 'incident', purpose: 'home page', incidentIds: ids })
      return {
        waiting: first,
        more: waiting.length - first.length,
        about: await describeIncidents(tx, ids),
        today: contextOf(tx).today,
      }
    })
    return web.page(request, reply, {
      title: 'Home',
      children: (
        <>
          <h1 class="govuk-heading-l">What needs you now</h1>
          <p class="govuk-body">{purposes[acting.role]}</p>
          <Waiting waiting={waiting} about={about} today={today} />
          {more > 0 && (
            <p class="govuk-body">
              <a class="govuk-link" href="/?all=yes">
                Show {more} more, due later
              </a>
            </p>
          )}
          {may(acting, 'write', 'notification-draft') && (
            <>
              <h2 class="govuk-heading-m">A child has died or was seriously harmed</h2>
              <Button text="Tell the Panel about an incident" href="/notifications/start" />
            </>
          )}
          {may(acting, 'read', 'incident') && (
            <p class="govuk-body">
              <a class="govuk-link" href="/incidents">
                All incidents you may see as {roles[acting.role].label}
              </a>
            </p>
          )}
        </>
      ),
    })
  })
}

function byDueDay(one: Needing, other: Needing): number {
  return (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999')
}

interface WaitingProps {
  waiting: readonly Needing[]
  /** What each incident is recognised by. */
  about: ReadonlyMap<string, string>
  today: CivilDate
}

function Waiting({ waiting, about, today }: WaitingProps) {
  if (waiting.length === 0) return <InsetText>Nothing waits for you today.</InsetText>
  return (
    <ol class="govuk-list wv-waiting">
      {waiting.map(item => (
        <li class="wv-waiting__item">
          <a class="govuk-link govuk-!-font-weight-bold" href={item.href}>
            {item.what}
            {item.reference && <span class="govuk-visually-hidden"> {item.reference}</span>}
          </a>
          {item.incidentId && about.has(item.incidentId) && (
            <span class="wv-waiting__facts">{about.get(item.incidentId)}</span>
          )}
          <span class="wv-waiting__facts">
            {item.reference ?? 'Of several incidents'}
            {item.dueOn && (
              <>
                {', due '}
                {formatDate(item.dueOn)} <TimeLeft dueOn={item.dueOn} today={today} />
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
