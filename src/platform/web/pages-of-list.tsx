import { Pagination, type Query } from './components/index.ts'

/** Counted from 1; what is no page of any list is the first. */
export function chosenPage(query: Query): number {
  const page = Number(query['page'])
  return Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1
}

/** Links to the pages of a long list. Whatever else the address asks for, it asks for on every page. */
export function PagesOfList({ path, query, page, pages }: { path: string; query: Query; page: number; pages: number }) {
  if (pages <= 1) return null
  const address = (number: number) => {
    const wanted = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) {
      if (value === undefined || name === 'page') continue
      for (const one of [value].flat()) wanted.append(name, one)
    }
    wanted.append('page', String(number))
    return `${path}?${wanted}`
  }
  const near = [...new Set([1, page - 1, page, page + 1, pages])].filter(number => number >= 1 && number <= pages)
  return (
    <Pagination
      landmarkLabel="Pages of this list"
      previous={page > 1 ? { href: address(Math.min(page - 1, pages)) } : undefined}
      next={page < pages ? { href: address(page + 1) } : undefined}
      items={near.flatMap((number, index) => [
        ...(index > 0 && number > near[index - 1]! + 1 ? [{ ellipsis: true }] : []),
        { number, href: address(number), current: number === page },
      ])}
    />
  )
}
