import { may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import type { Needing } from '../../platform/needing.ts'
import { partnerAs, signsFor } from '../signing/partner.ts'
import { partnersMissing } from '../signing/signature.ts'
import { sentBackOf, signaturesOf } from '../signing/store.ts'
import type { Draft } from './draft.ts'
import { accuracyWaiting, draftsIn } from './store.ts'

export function reportPath(incidentId: string): string {
  return `/incidents/${incidentId}/local-review/report`
}

export function accuracyPath(incidentId: string): string {
  return `/incidents/${incidentId}/local-review/accuracy`
}

/** Reports of local reviews that wait for the acting person in the role they act in. */
export async function draftsNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  return [...(await toAnswer(tx, acting)), ...(await toSign(tx, acting)), ...(await toLead(tx, acting))]
}

async function toAnswer(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'comment', 'local-review')) return []
  const asked = await accuracyWaiting(tx, { ofPerson: acting.personId })
  return asked.map(({ incidentId, reference, answerBy }) => ({
    incidentId,
    reference,
    what: 'Say whether the facts in the report are right',
    dueOn: answerBy,
    href: accuracyPath(incidentId),
  }))
}

async function toSign(tx: Tx, acting: Acting): Promise<Needing[]> {
  const partner = may(acting, 'sign', 'local-review') ? await partnerAs(tx, acting) : undefined
  if (!partner) return []
  const waiting: Needing[] = []
  for (const draft of await draftsIn(tx, 'signing')) {
    if (!signsFor(partner, acting.bodyCode, draft)) continue
    if (!partnersMissing(await signaturesOf(tx, draft), draft.textHash).includes(partner)) continue
    const what = `Sign the report of the local review for ${draft.partnershipName}`
    waiting.push({ ...lineOf(draft), what, href: `${reportPath(draft.incidentId)}/signing` })
  }
  return waiting
}

async function toLead(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'lead', 'local-review')) return []
  const { today } = contextOf(tx)
  const lines: Needing[] = []
  for (const draft of await draftsIn(tx, 'draft')) {
    const last = (await sentBackOf(tx, draft)).at(-1)
    if (last && last.textHash === (await lastAsked(tx, draft))) {
      lines.push({
        ...lineOf(draft),
        what: 'Report of the local review sent back: change it and ask for signatures again',
      })
    }
  }
  const disputed = await accuracyWaiting(tx, { waits: 'outcome' })
  for (const [incidentId, said] of Map.groupBy(disputed, each => each.incidentId)) {
    lines.push({
      incidentId,
      reference: said[0]!.reference,
      what: 'Somebody says that the report is not right: say what becomes of it',
      dueOn: undefined,
      href: accuracyPath(incidentId),
    })
  }
  const late = (await accuracyWaiting(tx)).filter(({ answerBy }) => answerBy < today)
  for (const [incidentId, asked] of Map.groupBy(late, each => each.incidentId)) {
    const people = asked.length === 1 ? '1 person has' : `${asked.length} people have`
    lines.push({
      incidentId,
      reference: asked[0]!.reference,
      what: `${people} not said whether the facts in the report are right`,
      dueOn: asked[0]!.answerBy,
      href: accuracyPath(incidentId),
    })
  }
  return lines
}

/** The hash of the version for which signatures were asked last. */
async function lastAsked(tx: Tx, { reviewId, version }: Draft): Promise<string | undefined> {
  const row = await tx
    .selectFrom('draft_version')
    .select('hash')
    .where('review_id', '=', reviewId)
    .where('version', '=', version ?? 0)
    .executeTakeFirst()
  return row?.hash
}

function lineOf({ incidentId, reference }: Draft): Omit<Needing, 'what'> & { href: string } {
  return { incidentId, reference, dueOn: undefined, href: reportPath(incidentId) }
}
