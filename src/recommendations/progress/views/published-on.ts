import { formatDate } from '../../../platform/dates.ts'
import { nationalBodies, type NationalBody } from '../../../reference-data/index.ts'
import type { Picture } from '../picture.ts'
import { provenanceOf, tellDayOrMonth, type Provenance } from '../provenance.ts'

export function knownOf(number: string): Provenance | undefined {
  return provenanceOf(number, body => nationalBodies[body as NationalBody])
}

export function tellPublishedOn({ number, publishedOn }: Pick<Picture, 'number' | 'publishedOn'>): string {
  const known = knownOf(number)
  return known ? tellDayOrMonth(known.source.publishedOn) : formatDate(publishedOn)
}
