import pino, { type Logger } from 'pino'

export type { Logger }

/** `error`: someone must act today. `warn`: it healed or will be tried again. `info`: the story of the service. Ids, never names. */
export function openLog(level: string): Logger {
  return pino({ level, base: null })
}
