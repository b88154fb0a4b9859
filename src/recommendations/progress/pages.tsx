import { csvOf } from '../../platform/files/index.ts'
import { chosenList } from '../../platform/lists/index.ts'
import type { PublicAsked, Web } from '../../platform/web/index.ts'
import { progressCsv } from './progress-csv.ts'
import { readPublished, readPublishedList } from './read-published.ts'
import { ProgressList, progressFilters, type ProgressFilter } from './views/progress-list.tsx'
import { ProgressPage } from './views/progress-page.tsx'

/** What anybody reads of recommendations: from what was published alone. */
export function registerProgressPages(web: Web): void {
  web.publicPage('/recommendations', async ({ query, ask }) => {
    const chosen = chosenList(query, ['published'], { key: 'published', direction: 'descending' })
    const filters = filtersIn(query)
    const newestFirst = chosen.sort.direction === 'descending'
    const found = await readPublishedList(ask, { tags: tagsAsked(filters), page: chosen.page, newestFirst })
    return {
      title: 'Recommendations and what became of them',
      wide: true,
      index: true,
      children: <ProgressList {...{ chosen, found, filters }} />,
    }
  })
  web.publicPage('/recommendations.csv', async ({ query, ask }) => {
    const { rows } = await readPublishedList(ask, {
      tags: tagsAsked(filtersIn(query)),
      page: 1,
      newestFirst: true,
      rows: Infinity,
    })
    const { headings, cells } = progressCsv(rows)
    return { type: 'text/csv; charset=utf-8', body: csvOf(headings, cells), fileName: 'recommendations.csv' }
  })
  web.publicPage('/recommendations/:number', async ({ params, ask }) => {
    const found = await readPublished(ask, params['number'] ?? '')
    return (
      found && {
        title: `Recommendation ${found.picture.number}`,
        back: { href: '/recommendations', text: 'All recommendations' },
        index: true,
        children: <ProgressPage {...found} />,
      }
    )
  })
}

export function filtersIn(query: PublicAsked['query']): Partial<Record<ProgressFilter, string>> {
  const names = Object.keys(progressFilters) as ProgressFilter[]
  return Object.fromEntries(names.flatMap(name => (query[name] ? [[name, query[name]]] : [])))
}

export function tagsAsked(filters: Partial<Record<ProgressFilter, string>>): string[] {
  return Object.entries(filters).map(([name, value]) => `${name}:${value}`)
}
