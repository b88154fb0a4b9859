import { csvOf, type FileStore } from '../platform/files/index.ts'
import type { PublicAsked, Web } from '../platform/web/index.ts'
import { isTheme } from '../reference-data/index.ts'
import { feedOf, sitemapOf } from './feed.ts'
import { isSector, type Sector } from './sheets/sheet.ts'
import { publishedSheets, toPublishedSheet } from './sheets/store.ts'
import { PublishedReviewPage } from './views/published-review-page.tsx'
import { PublishedReviewsPage } from './views/published-reviews-page.tsx'
import {
  allPublished,
  publishedByNumber,
  publishedInFeed,
  publishedWith,
  toPublished,
  type PublishedReview,
} from './published.ts'

const perPage = 25

/**
 * Everybody's pages. They read `published_review` and nothing else: no count, day or order on them follows from what is
 * not published.
 */
export function registerPublishedPages(web: Web, { files, publicUrl }: { files: FileStore; publicUrl: string }): void {
  const one = async ({ ask, params }: PublicAsked): Promise<PublishedReview | undefined> => {
    const [row] = await ask(publishedByNumber(params['number'] ?? ''))
    return row && toPublished(row)
  }

  const sheetsBeside = async ({ ask, params }: PublicAsked): Promise<Sector[]> =>
    (await ask(publishedSheets(params['number'] ?? ''))).map(row => toPublishedSheet(row).sector)

  web.publicPage('/reviews', async ({ ask, query }) => {
    const words = (query['words'] ?? '').trim().slice(0, 200)
    const theme = isTheme(query['theme']) ? query['theme'] : ''
    const sector = isSector(query['sheet']) ? query['sheet'] : ''
    const page = /^[1-9]\d{0,3}$/.test(query['page'] ?? '') ? Number(query['page']) : 1
    const rows = await ask(publishedWith({ words, theme, sector }, { limit: perPage, offset: (page - 1) * perPage }))
    return {
      title: 'Published reviews',
      index: words === '' && theme === '' && sector === '' && page === 1,
      children: (
        <PublishedReviewsPage
          {...{ words, theme, sector, page }}
          reviews={rows}
          found={Number(rows[0]?.found ?? 0)}
          pages={Math.ceil(Number(rows[0]?.found ?? 0) / perPage)}
        />
      ),
    }
  })

  web.publicPage('/reviews/:number', async asked => {
    const review = await one(asked)
    if (!review) return undefined
    return {
      title: review.title,
      index: review.mayBeIndexed,
      // What was hidden is gone for everybody at their next look.
      maxAge: 0,
      back: { href: '/reviews', text: 'All published reviews' },
      children: <PublishedReviewPage review={review} sheets={await sheetsBeside(asked)} />,
    }
  })

  web.publicPage('/reviews/:number/documents/:name', async asked => {
    const review = await one(asked)
    const document = review?.documents.find(({ name }) => name === asked.params['name'])
    if (!review || !document) return undefined
    return {
      type: document.type,
      body: await files.get(document.hash),
      fileName: `${review.number}-${document.title}.${document.name.split('.').at(-1)}`,
      maxAge: 0,
      index: review.mayBeIndexed,
    }
  })

  web.publicPage('/reviews.csv', async ({ ask }) => ({
    type: 'text/csv; charset=utf-8',
    fileName: 'published-reviews.csv',
    body: csvOf(
      ['number', 'title', 'partnership', 'themes', 'published on', 'as at', 'replaced by', 'address'],
      (await ask(allPublished('all'))).map(review => [
        review.number,
        review.title,
        review.partnershipName,
        review.themes.join(' '),
        review.publishedOn,
        review.asAt,
        review.replacedBy ?? undefined,
        `${publicUrl}/reviews/${review.number}`,
      ]),
    ),
  }))

  web.publicPage('/reviews/feed', async ({ ask }) => ({
    type: 'application/atom+xml; charset=utf-8',
    body: feedOf(await ask(publishedInFeed()), publicUrl),
    index: true,
  }))

  web.publicPage('/sitemap.xml', async ({ ask }) => ({
    type: 'application/xml; charset=utf-8',
    body: sitemapOf(await ask(allPublished('index')), publicUrl),
    index: true,
  }))

  web.publicPage('/robots.txt', async () => ({
    type: 'text/plain; charset=utf-8',
    // Pages that no search engine may list say so themselves: one that may not be fetched could not.
    body: `User-agent: *\nDisallow: /with-link/\nSitemap: ${publicUrl}/sitemap.xml\n`,
    index: true,
  }))
}
