import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomBytes } from 'node:crypto'
import { productRoot } from './product-root.ts'

export type Mode = 'training' | 'production'

export interface Config {
  mode: Mode
  port: number
  /** PostgreSQL 15 or later. Absent: the embedded database in `dataFolder`. */
  databaseUrl: string | undefined
  /** Absolute path: embedded database, files, seals. */
  dataFolder: string
  /** Where people reach the service, without a slash at the end. Links in mail start with it. */
  publicUrl: string
  /** Signs cookies and encrypts the keys of one-time codes. At least 32 characters. */
  secret: string
  smtpUrl: string | undefined
  /** Addresses or networks of the proxies in front of us, whose word on where a request comes from is believed. */
  trustedProxies: string[]
}

/**
 * The settings, each checked at start.
 * @throws Error that names the setting and says what to give
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const mode = env['WEATHERVANE_MODE'] ?? 'training'
  if (mode !== 'training' && mode !== 'production') {
    throw new Error(`WEATHERVANE_MODE is ${mode}. Give training or production.`)
  }
  const port = Number(env['PORT'] ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT is ${env['PORT']}. Give a whole number from 0 to 65535.`)
  }
  const databaseUrl = env['DATABASE_URL'] || undefined
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Error('DATABASE_URL must start with postgresql://')
  }
  const publicUrl = (env['PUBLIC_URL'] ?? `http://localhost:${port}`).replace(/\/$/, '')
  if (!URL.canParse(publicUrl))
    throw new Error(`PUBLIC_URL is ${publicUrl}. Give an address like https://weathervane.example.`)
  if (mode === 'production') {
    if (!databaseUrl) {
      throw new Error(
        'DATABASE_URL is not set. In production Weathervane needs PostgreSQL: the embedded database never asks the disk to flush, so a power cut could lose what was acknowledged.',
      )
    }
    if (!publicUrl.startsWith('https://')) throw new Error('PUBLIC_URL must start with https:// in production.')
    if ((env['SECRET'] ?? '').length < 32) throw new Error('SECRET must be at least 32 characters in production.')
    if (!env['SMTP_URL']) throw new Error('SMTP_URL is not set. In production Weathervane must be able to send mail.')
  }
  const dataFolder = resolve(env['WEATHERVANE_DATA'] ?? fileURLToPath(new URL('var', productRoot)))
  return {
    mode,
    port,
    databaseUrl,
    dataFolder,
    publicUrl,
    secret: env['SECRET'] ?? ownSecret(dataFolder),
    smtpUrl: env['SMTP_URL'] || undefined,
    trustedProxies: (env['TRUSTED_PROXIES'] ?? '').split(',').filter(address => address !== ''),
  }
}

/** Outside production: drawn once and kept beside the database, so that a restart signs nobody out. */
function ownSecret(dataFolder: string): string {
  const file = join(dataFolder, 'secret')
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8')
}
