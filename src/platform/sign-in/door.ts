import type { Config, Mode } from '../config.ts'
import type { Database } from '../database/index.ts'
import type { Logger } from '../log.ts'
import { keyedHash, keyFor } from './secrets.ts'

/** What every use case of this module needs to know. */
export interface Door {
  database: Database
  log: Logger
  mode: Mode
  publicUrl: string
  cookieName: string
  keys: { csrf: Buffer; address: Buffer; totp: Buffer }
}

/** Where an attempt comes from. */
export interface Caller {
  /** Network address as the server sees it. Kept as a keyed hash only. */
  address: string
  device: string
}

export interface DoorOptions {
  database: Database
  config: Config
  log: Logger
}

export function openDoor({ database, config, log }: DoorOptions): Door {
  const { mode, publicUrl, secret } = config
  return {
    database,
    log: log.child({ part: 'sign-in' }),
    mode,
    publicUrl,
    // Browsers keep a name with __Host- from being set by another host, by a path, or without encryption.
    cookieName: publicUrl.startsWith('https://') ? '__Host-weathervane' : 'weathervane',
    keys: { csrf: keyFor(secret, 'forms'), address: keyFor(secret, 'addresses'), totp: keyFor(secret, 'code apps') },
  }
}

export function addressHash(door: Door, { address }: Caller): string {
  return keyedHash(door.keys.address, address)
}
