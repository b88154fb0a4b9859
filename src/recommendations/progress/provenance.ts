import { civilDate, formatDate, isCivilDate } from '../../platform/dates.ts'
import { nationalRecommendations, nationalSources, trusts, type NationalSource } from './national-recommendations.ts'

/** What is known of where a recommendation of this release comes from, beyond what every recommendation has. */
export interface Provenance {
  source: NationalSource
  /** How sure it is, in sentences. */
  trust: readonly string[]
  /** What was found of an addressee by its name: `which of them was not found`. */
  notes: ReadonlyMap<string, string>
}

const byNumber = new Map(nationalRecommendations.map(each => [each.number, each]))

/** Undefined for what was recommended in the service. */
export function provenanceOf(number: string, nameOf: (body: string) => string): Provenance | undefined {
  const found = byNumber.get(number)
  if (!found) return undefined
  const { from, trust, reportedBy, addressees } = found
  const source = nationalSources[from]
  return {
    source,
    trust: [
      ...trust.map(key => trusts[key]),
      ...(reportedBy ? [`Whose account was read: ${reportedBy.join('; ')}.`] : []),
    ],
    notes: new Map(
      addressees.flatMap(one => (one.note ? [['body' in one ? nameOf(one.body) : one.group, one.note] as const] : [])),
    ),
  }
}

/** A day, or a month where no day is known. */
export function tellDayOrMonth(text: string): string {
  if (isCivilDate(text)) return formatDate(text)
  return formatDate(civilDate(`${text}-01`)).replace(/^1 /, '')
}
