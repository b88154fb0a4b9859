import { z } from 'zod'
import { once, readRows, referenceText } from './read-csv.ts'

export const codeListNames = [
  'cin_assessment_factor',
  'cin_closure_reason',
  'cin_disability',
  'cin_ethnicity',
  'cin_primary_need',
  'cin_referral_source',
  'cla_legal_status',
  'cla_placement_provider',
  'cla_placement_type',
  'cp_plan_category',
  'send_type',
  'sin_breakdown_topic',
  'sin_nature_of_notification',
  'statistical_disclosure_symbol',
] as const
export type CodeListName = (typeof codeListNames)[number]

/** One code of a list of the Department for Education. */
export interface Code {
  readonly list: CodeListName
  readonly code: string
  readonly label: string
  readonly note: string
  /** False where the code or its label was not read in the publisher's own guide: check before relying on it. */
  readonly verified: boolean
  readonly source: string
  readonly asAt: string
}

const codeRow = z
  .object({
    list: z.enum(codeListNames),
    code: z.string().min(1),
    label: z.string().min(1),
    note: z.string(),
    source: z.string().min(1),
    as_at: z.string().min(1),
  })
  .transform((row): Code => ({
    list: row.list,
    code: row.code,
    label: row.label,
    note: row.note,
    verified: !/unverified/.test(`${row.note} ${row.source}`),
    source: row.source,
    asAt: row.as_at,
  }))

/** @throws Error when a list is missing or a code stands in its list twice */
export function parseCodeLists(text: string): Readonly<Record<CodeListName, readonly Code[]>> {
  const name = 'dfe-code-lists.csv'
  const codes = readRows(name, text, codeRow)
  const listed = codeListNames.map((list): [CodeListName, readonly Code[]] => {
    const entries = codes.filter(code => code.list === list)
    if (entries.length === 0) throw new Error(`${name} has no ${list}.`)
    if (new Set(entries.map(entry => entry.code)).size !== entries.length) {
      throw new Error(`${name} has a code of ${list} twice.`)
    }
    return [list, entries]
  })
  return Object.fromEntries(listed) as Record<CodeListName, readonly Code[]>
}

export const readCodeLists = once(() => parseCodeLists(referenceText('dfe-code-lists.csv')))
