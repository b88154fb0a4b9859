import { readFileSync } from 'node:fs'

/** Where the build put styles and scripts; names carry a hash of the content. */
export const assetsFolder = new URL('../../../assets/', import.meta.url)

let manifest: Record<string, string> | undefined

/** The path of a built file: `assetPath('weathervane.css')`. */
export function assetPath(name: string): string {
  manifest ??= JSON.parse(readFileSync(new URL('manifest.json', assetsFolder), 'utf8')) as Record<string, string>
  const built = manifest[name]
  if (!built) throw new Error(`The build has no asset ${name}.`)
  return `/assets/${built}`
}
