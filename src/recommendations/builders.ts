import { civilDate, type CivilDate } from '../platform/dates.ts'
import { pictureOf, type Picture } from './progress/picture.ts'
import type { Database } from '../platform/database/index.ts'
import type { IncidentPlace } from '../platform/events/index.ts'
import { drawNumber } from './number.ts'
import type { AddresseeKind, Basis, RecommendationText, Source, Status } from './recommendation.ts'

export function aRecommendationText(changes: Partial<RecommendationText> = {}): RecommendationText {
  return {
    text: 'The partnership should agree by 30 June how a health visitor hears of every call about a baby under one.',
    finding: 'Calls about babies did not reach the health visitor.',
    paragraph: '4.12',
    themes: ['neglect'],
    level: 'local',
    intendedChange: 'A baby is seen within two days of a call.',
    measure: 'Share of calls after which the baby was seen within two days.',
    priority: 'high',
    priorityReason: 'The same was found in two earlier reviews.',
    ...changes,
  }
}

interface NewAddressee {
  kind: AddresseeKind
  bodyCode: string | null
  bodyName?: string
  replyAskedBy?: CivilDate
  replyBasis?: Basis
}

/**
 * A recommendation as it stands in the database, put there by the owner; issued where nothing else is said.
 *
 * @param options.place absent for a national one
 */
export async function aRecommendation(
  database: Database,
  options: {
    place?: IncidentPlace
    bodyCode: string
    addressees: NewAddressee[]
    status?: Status
    text?: Partial<RecommendationText>
    sourceName?: string
    sourceKind?: Source
    at?: Date
  },
): Promise<{ recommendationId: string; number: string; addresseeIds: string[] }> {
  const { place, bodyCode, addressees, status = 'issued', at = new Date('2026-03-01T09:00:00Z') } = options
  const text = aRecommendationText(options.text)
  const isIssued = status !== 'draft' && status !== 'out-for-comment'
  return database.asOwner(async client => {
    const added = await client.query<{ recommendation_id: string; number: string }>(
      `insert into recommendation (number, incident_id, authority_code, partnership_code, source_kind, source_name, level,
         text, finding, paragraph, themes, intended_change, measure, priority, priority_reason, body_code, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
       returning recommendation_id, number`,
      [
        drawNumber('2026-03-01' as CivilDate),
        place?.incidentId ?? null,
        place?.authorityCode ?? null,
        place?.partnershipCode ?? null,
        options.sourceKind ?? (place ? 'rapid-review' : 'national-review'),
        options.sourceName ?? '',
        place ? text.level : 'national',
        text.text,
        text.finding,
        text.paragraph,
        text.themes,
        text.intendedChange,
        text.measure,
        text.priority,
        text.priorityReason,
        bodyCode,
        at,
      ],
    )
    const { recommendation_id: recommendationId, number } = added.rows[0]!
    const addresseeIds: string[] = []
    for (const { kind, bodyCode: code, bodyName, replyAskedBy, replyBasis } of addressees) {
      const authority = kind === 'national-body' ? code : (place?.authorityCode ?? null)
      const partnership = place?.partnershipCode ?? (kind === 'partnership' ? code : null)
      const inserted = await client.query<{ addressee_id: string }>(
        `insert into recommendation_addressee (recommendation_id, kind, incident_id, authority_code, partnership_code,
           body_code, body_name, reply_asked_by, reply_basis)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning addressee_id`,
        [
          recommendationId,
          kind,
          place?.incidentId ?? null,
          authority,
          partnership,
          code,
          bodyName ?? code,
          replyAskedBy ?? null,
          replyBasis ?? (replyAskedBy ? 'request' : null),
        ],
      )
      addresseeIds.push(inserted.rows[0]!.addressee_id)
    }
    if (status !== 'draft') {
      await client.query('update recommendation set status = $2, issued_at = $3 where recommendation_id = $1', [
        recommendationId,
        status,
        isIssued ? at : null,
      ])
    }
    return { recommendationId, number, addresseeIds }
  })
}

/** What everybody sees of a national recommendation that one body was asked about. */
export function aPicture(number = 'R-2026-10001'): Picture {
  const body = { kind: 'national-body', name: 'A body', code: null, replyAskedBy: null, replyBasis: null } as const
  return pictureOf(
    {
      number,
      status: 'issued',
      level: 'national',
      text: 'Keep a register.',
      answers: '',
      themes: ['neglect'],
      intendedChange: '',
      measure: '',
      priority: null,
      priorityReason: '',
      source: { kind: 'national-review', name: 'A review', url: '' },
      publishedOn: civilDate('2026-01-01'),
      replacedBy: null,
    },
    [{ ...body, reply: 'awaited', delivery: 'not-told', moves: [] }],
  )
}
