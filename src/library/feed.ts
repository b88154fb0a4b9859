import type { CivilDate } from '../platform/dates.ts'
import type { PublishedLine } from './published.ts'

/** An Atom feed (RFC 4287) of what was chosen for it. It was last changed when one of its entries was. */
export function feedOf(reviews: readonly (PublishedLine & { learning: string })[], publicUrl: string): string {
  const updated = reviews
    .map(({ asAt }) => asAt)
    .toSorted()
    .at(-1)
  return xml(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">`,
    `<id>${escaped(`${publicUrl}/reviews`)}</id>`,
    `<title>Published child safeguarding practice reviews</title>`,
    `<link rel="self" href="${escaped(`${publicUrl}/reviews/feed`)}"/>`,
    `<link href="${escaped(`${publicUrl}/reviews`)}"/>`,
    `<updated>${momentOf(updated)}</updated>`,
    ...reviews.flatMap(review => [
      '<entry>',
      `<id>${escaped(`${publicUrl}/reviews/${review.number}`)}</id>`,
      `<title>${escaped(review.title)}</title>`,
      `<link href="${escaped(`${publicUrl}/reviews/${review.number}`)}"/>`,
      `<author><name>${escaped(review.partnershipName)}</name></author>`,
      `<published>${momentOf(review.publishedOn)}</published>`,
      `<updated>${momentOf(review.asAt)}</updated>`,
      `<summary>${escaped(review.learning)}</summary>`,
      '</entry>',
    ]),
    '</feed>',
  )
}

export function sitemapOf(reviews: readonly PublishedLine[], publicUrl: string): string {
  return xml(
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    `<url><loc>${escaped(`${publicUrl}/reviews`)}</loc></url>`,
    ...reviews.map(
      ({ number, asAt }) =>
        `<url><loc>${escaped(`${publicUrl}/reviews/${number}`)}</loc><lastmod>${asAt}</lastmod></url>`,
    ),
    '</urlset>',
  )
}

function xml(...lines: string[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${lines.join('\n')}\n`
}

/** A day is known, and no hour: the feed's standard wants one. Before anything is published, the day of the regulations. */
function momentOf(day: CivilDate | undefined): string {
  return `${day ?? '2018-06-29'}T00:00:00Z`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex -- what no XML may hold is left out
  const held = text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
  return held.replaceAll(/[&<>"]/g, sign => entities[sign]!)
}
