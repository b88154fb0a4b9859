/** The query string of the page, as the web server has parsed it. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>

/** The page again with this changed; whatever else the address asks for stays. Undefined takes it away. */
export function addressWith(path: string, query: Query, changes: Readonly<Record<string, string | undefined>>): string {
  const address = new URLSearchParams()
  const kept = Object.entries(query).filter(([name]) => !Object.hasOwn(changes, name))
  for (const [name, value] of [...kept, ...Object.entries(changes)]) {
    for (const one of [value ?? []].flat()) address.append(name, one)
  }
  return `${path}?${address}`
}
