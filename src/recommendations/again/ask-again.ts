import { sql } from 'kysely'
import { asTask, contextOf, type Tx } from '../../platform/database/index.ts'
import { civilDate, londonDate, type CivilDate } from '../../platform/dates.ts'
import { columnsOf, recordEvent, type IncidentPlace } from '../../platform/events/index.ts'
import { sentNotification } from '../../notifications/index.ts'
import { isTheme, type Theme } from '../../reference-data/index.ts'
import type { Delivery } from '../moves.ts'
import { showInPublic } from '../progress/show-in-public.ts'
import { comesUpAgain, themesOfHarms, type Earlier, type Later } from './comes-up-again.ts'

interface Happened {
  place?: IncidentPlace
  objectId?: string
}

/** Hears of an incident that was notified. */
export async function askAfterNotification(tx: Tx, { place }: Happened): Promise<void> {
  if (place) await askAgain(tx, 'notification', place, () => themesOfNotification(tx, place))
}

/** Hears of a letter of the Panel about a review. */
export async function askAfterLetter(tx: Tx, { place }: Happened): Promise<void> {
  if (place) await askAgain(tx, 'letter', place, () => themesOfLetters(tx, place))
}

/** Hears of a recommendation that was issued. */
export async function askAfterRecommendation(tx: Tx, { place }: Happened): Promise<void> {
  if (place) await askAgain(tx, 'recommendation', place, () => themesOfRecommendations(tx, place))
}

/** Hears of a review that was published: from now on what was asked for it may be public. */
export async function askAfterPublication(tx: Tx, { place }: Happened): Promise<void> {
  if (!place) return
  await askAgain(tx, 'publication', place, async () => [
    ...(await themesOfNotification(tx, place)),
    ...(await themesOfLetters(tx, place)),
    ...(await themesOfRecommendations(tx, place)),
  ])
  const opened = await asTask(tx, 'ask-again', () =>
    tx
      .updateTable('theme_question')
      .set({ is_public: true })
      .where('is_public', '=', false)
      .where('question_id', 'in', eb =>
        eb.selectFrom('theme_question_cause').select('question_id').where('incident_id', '=', place.incidentId),
      )
      .returning('recommendation_id')
      .execute(),
  )
  for (const recommendationId of new Set(opened.map(row => row.recommendation_id))) {
    await showInPublic(tx, recommendationId)
  }
}

async function themesOfNotification(tx: Tx, { incidentId }: IncidentPlace): Promise<Theme[]> {
  const harms = (await sentNotification(tx, incidentId))?.answers.harmCategories
  return Array.isArray(harms) ? themesOfHarms(harms) : []
}

async function themesOfLetters(tx: Tx, { incidentId }: IncidentPlace): Promise<Theme[]> {
  const points = await tx
    .selectFrom('letter_point')
    .select('theme')
    .where('incident_id', '=', incidentId)
    .where('status', '=', 'sent')
    .execute()
  return points.map(point => point.theme).filter(isTheme)
}

async function themesOfRecommendations(tx: Tx, { incidentId }: IncidentPlace): Promise<Theme[]> {
  const issued = await tx
    .selectFrom('recommendation')
    .select('themes')
    .where('incident_id', '=', incidentId)
    .where('status', 'not in', ['draft', 'out-for-comment'])
    .execute()
  return issued.flatMap(row => row.themes).filter(isTheme)
}

/** Asks whoever was to change a theme that comes up again. Of one later incident each is asked once. */
async function askAgain(
  tx: Tx,
  kind: Later['kind'],
  place: IncidentPlace,
  themesOf: () => Promise<Theme[]>,
): Promise<void> {
  await asTask(tx, 'ask-again', async () => {
    const touched = [...new Set(await themesOf())]
    if (touched.length === 0) return
    const later: Later = {
      kind,
      on: await dayOf(tx, place),
      incidentId: place.incidentId,
      partnershipCode: place.partnershipCode,
      themes: touched,
    }
    for (const owed of await earlierOnes(tx, later)) {
      const matched = comesUpAgain(later, owed.earlier)
      if (matched.length > 0) await ask(tx, owed, later, place, matched)
    }
  })
}

async function dayOf(tx: Tx, { incidentId }: IncidentPlace): Promise<CivilDate> {
  const { incident_on, aware_on } = await tx
    .selectFrom('incident')
    .select(['incident_on', 'aware_on'])
    .where('incident_id', '=', incidentId)
    .executeTakeFirstOrThrow()
  const on = incident_on ?? aware_on
  return on === null ? contextOf(tx).today : civilDate(on)
}

async function earlierOnes(tx: Tx, later: Later) {
  const rows = await tx
    .selectFrom('recommendation_addressee as owed')
    .innerJoin('recommendation', 'recommendation.recommendation_id', 'owed.recommendation_id')
    .select([
      'owed.addressee_id',
      'owed.recommendation_id',
      'owed.kind',
      'owed.incident_id',
      'owed.authority_code',
      'owed.partnership_code',
      'owed.body_code',
      'owed.status',
      'owed.delivery',
      'owed.delivery_at',
      'recommendation.ended_at',
      'recommendation.themes',
    ])
    .where(sql<boolean>`recommendation.themes && ${[...later.themes]}::text[]`)
    .where(eb => eb.or([eb('owed.status', '=', 'closed'), eb('owed.delivery', '=', 'done')]))
    .where('owed.status', 'in', ['issued', 'closed'])
    .where(eb =>
      later.kind === 'publication'
        ? eb.or([eb('owed.partnership_code', '=', later.partnershipCode), eb('owed.kind', '=', 'national-body')])
        : eb('owed.partnership_code', '=', later.partnershipCode),
    )
    .execute()
  return rows.map(row => {
    const endedAt = row.delivery === 'done' ? row.delivery_at : row.ended_at
    const earlier: Earlier = {
      kind: row.kind as Earlier['kind'],
      incidentId: row.incident_id,
      partnershipCode: row.partnership_code,
      themes: row.themes.filter(isTheme),
      status: row.status as Earlier['status'],
      delivery: row.delivery as Delivery,
      endedOn: endedAt && londonDate(endedAt),
    }
    return { row, earlier }
  })
}

async function ask(
  tx: Tx,
  { row }: Awaited<ReturnType<typeof earlierOnes>>[number],
  later: Later,
  place: IncidentPlace,
  matched: Theme[],
): Promise<void> {
  const asked = await tx
    .selectFrom('theme_question')
    .leftJoin('theme_question_cause', join =>
      join
        .onRef('theme_question_cause.question_id', '=', 'theme_question.question_id')
        .on('theme_question_cause.incident_id', '=', place.incidentId),
    )
    .select(['theme_question.question_id', 'theme_question.themes', 'theme_question.answer'])
    .where('addressee_id', '=', row.addressee_id)
    .where(eb =>
      eb.or([eb('theme_question.answer', 'is', null), eb('theme_question_cause.incident_id', 'is not', null)]),
    )
    .orderBy('theme_question_cause.incident_id')
    .limit(1)
    .executeTakeFirst()
  const questionId = asked?.question_id ?? (await insertQuestion(tx, row, matched))
  const added = matched.filter(theme => !asked?.themes.includes(theme))
  if (asked?.answer === null && added.length > 0) {
    await tx
      .updateTable('theme_question')
      .set({ themes: [...asked.themes, ...added] })
      .where('question_id', '=', questionId)
      .execute()
  }
  await tx
    .insertInto('theme_question_cause')
    .values({ question_id: questionId, kind: later.kind, later_on: later.on, themes: matched, ...columnsOf(place) })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

async function insertQuestion(
  tx: Tx,
  owed: Awaited<ReturnType<typeof earlierOnes>>[number]['row'],
  matched: Theme[],
): Promise<string> {
  const { question_id: questionId } = await tx
    .insertInto('theme_question')
    .values({
      addressee_id: owed.addressee_id,
      recommendation_id: owed.recommendation_id,
      incident_id: owed.incident_id,
      authority_code: owed.authority_code,
      partnership_code: owed.partnership_code,
      body_code: owed.body_code,
      themes: matched,
      asked_at: contextOf(tx).now,
    })
    .returning('question_id')
    .executeTakeFirstOrThrow()
  await recordEvent(tx, { kind: 'theme.asked', subject: 'theme-question', objectId: questionId })
  return questionId
}
