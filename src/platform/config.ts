import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
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
  /** Whom to ring about the service. In the training country a number that nobody has. */
  helpPhone: string
  logLevel: string
}

/**
 * The settings, each checked at start. One that is empty counts as not given.
 * @throws Error that names the setting and says what to give
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = (name: string) => env[name]?.trim() || undefined
  const mode = given('WEATHERVANE_MODE') ?? 'training'
  if (mode !== 'training' && mode !== 'production') {
    throw new Error(`WEATHERVANE_MODE is ${mode}. Give training or production.`)
  }
  const port = Number(given('PORT') ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT is ${env['PORT']}. Give a whole number from 0 to 65535.`)
  }
  const databaseUrl = given('DATABASE_URL')
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Error('DATABASE_URL must start with postgresql://')
  }
  const publicUrl = (given('PUBLIC_URL') ?? `http://localhost:${port}`).replace(/\/$/, '')
  if (!URL.canParse(publicUrl)) {
    throw new Error(`PUBLIC_URL is ${publicUrl}. Give an address like https://weathervane.example.`)
  }
  const smtpUrl = given('SMTP_URL')
  if (smtpUrl && !/^smtps?:\/\//.test(smtpUrl)) throw new Error('SMTP_URL must start with smtp:// or smtps://')
  const logLevel = given('LOG_LEVEL') ?? (mode === 'production' ? 'info' : 'warn')
  if (!logLevels.includes(logLevel)) throw new Error(`LOG_LEVEL is ${logLevel}. Give one of ${logLevels.join(', ')}.`)
  if (mode === 'production') {
    if (!databaseUrl) {
      throw new Error(
        'DATABASE_URL is not set. In production Weathervane needs PostgreSQL: the embedded database never asks the disk to flush, so a power cut could lose what was acknowledged.',
      )
    }
    if (!publicUrl.startsWith('https://')) throw new Error('PUBLIC_URL must start with https:// in production.')
    if ((given('SECRET') ?? '').length < 32) throw new Error('SECRET must be at least 32 characters in production.')
    if (!smtpUrl) throw new Error('SMTP_URL is not set. In production Weathervane must be able to send mail.')
    if (!given('HELP_PHONE')) {
      throw new Error('HELP_PHONE is not set. Give the telephone number that people ring when they cannot go on.')
    }
  }
  const dataFolder = resolve(given('WEATHERVANE_DATA') ?? fileURLToPath(new URL('var', productRoot)))
  return {
    mode,
    port,
    databaseUrl,
    dataFolder,
    publicUrl,
    secret: given('SECRET') ?? ownSecret(dataFolder),
    smtpUrl,
    trustedProxies: proxiesIn(given('TRUSTED_PROXIES')),
    helpPhone: given('HELP_PHONE') ?? '01632 960999',
    logLevel,
  }
}

const logLevels = ['error', 'warn', 'info', 'debug']

function proxiesIn(text = ''): string[] {
  const proxies = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
  const wrong = proxies.find(proxy => isIP(proxy.replace(/\/\d{1,3}$/, '')) === 0)
  if (wrong) throw new Error(`TRUSTED_PROXIES has ${wrong}. Give addresses or networks, like 10.0.0.1 or 10.1.0.0/16.`)
  return proxies
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
