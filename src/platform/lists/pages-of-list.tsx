import { addressWith, Pagination, type Query } from '../web/index.ts'

/** Links to the pages of a long list. Whatever else the address asks for, it asks for on every page. */
export function PagesOfList({ path, query, page, pages }: { path: string; query: Query; page: number; pages: number }) {
  if (pages <= 1) return null
  const address = (number: number) => addressWith(path, query, { page: String(number) })
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
