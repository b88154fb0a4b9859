import { createHash } from 'node:crypto'

/**
 * SHA-256 of a value as JSON, with keys in order and without those that are undefined: the same for what a use case
 * had in its hand and for what the database gives back from `jsonb`, which keeps neither order nor spaces.
 */
export function fingerprint(value: unknown, salt = ''): string {
  return createHash('sha256').update(salt).update(canonical(value)).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}
