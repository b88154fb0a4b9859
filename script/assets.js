/**
 * Builds what browsers load: `node script/assets.js [OUT]`, OUT being `build` unless given.
 * Writes OUT/assets: each file under a name that holds the hash of its content, so that it may be cached for ever,
 * and manifest.json: `{ "weathervane.css": "weathervane-1a2b3c4d5e.css", ... }`.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileAsync, NodePackageImporter } from 'sass'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const out = resolve(root, process.argv[2] ?? 'build', 'assets')
const web = join(root, 'src/platform/web')
const govuk = join(root, 'node_modules/govuk-frontend/dist/govuk')

/** Name on the page to name on the disk. */
const manifest = {}

async function write(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
  const extension = extname(name)
  manifest[name] = `${name.slice(0, -extension.length)}-${hash}${extension}`
  await writeFile(join(out, manifest[name]), content)
}

await mkdir(out, { recursive: true })

const { css } = await compileAsync(join(web, 'styles/weathervane.scss'), {
  importers: [new NodePackageImporter(root)],
  style: 'compressed',
  // Deprecations inside packages are for their authors to mend; errors and our own warnings still show.
  quietDeps: true,
})
await write('weathervane.css', css)

const browserScript = await readFile(join(govuk, 'govuk-frontend.min.js'), 'utf8')
await write('govuk-frontend.min.js', browserScript.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n'))

const ours = await readFile(join(web, 'assets/weathervane.js'), 'utf8')
await write('weathervane.js', ours.replace('./govuk-frontend.min.js', `./${manifest['govuk-frontend.min.js']}`))

await write('favicon.svg', await readFile(join(web, 'assets/favicon.svg')))

// The manifest last, and old files after it: a server that reads it meanwhile finds what it names.
await writeFile(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
const current = new Set(['manifest.json', ...Object.values(manifest)])
for (const name of await readdir(out)) {
  if (!current.has(name)) await rm(join(out, name), { recursive: true })
}
