import { readConfig } from '../platform/config.ts'
import { checkMigrated, migrate, openDatabase } from '../platform/database/index.ts'
import { openLog } from '../platform/log.ts'
import { bankHolidaysRunOutSoon, readBankHolidays } from '../reference-data/index.ts'
import { londonDate } from '../platform/dates.ts'
import { createApp } from './app.ts'
import { loadTrainingCountry } from './training/load.ts'

/** Starts the service: database, training country on its first start, jobs, pages. Ends cleanly on SIGTERM and Ctrl-C. */
const config = readConfig(process.env)
const log = openLog(process.env['LOG_LEVEL'] ?? 'warn')
const database = openDatabase({ url: config.databaseUrl, folder: config.databaseUrl ? undefined : config.dataFolder })

if (config.mode === 'production') await database.asOwner(checkMigrated)
else {
  await database.asOwner(migrate)
  await loadTrainingCountry(database, { say: line => process.stdout.write(`${line}\n`) })
}
const warning = bankHolidaysRunOutSoon(londonDate(new Date()), readBankHolidays())
if (warning) log.warn(warning)

const app = await createApp({ config, database, log })
await app.web.app.listen({ port: config.port, host: config.mode === 'training' ? 'localhost' : '0.0.0.0' })
process.stdout.write(`Weathervane is ready at ${config.publicUrl}\n`)

async function stop(): Promise<void> {
  await app.close()
  await database.close()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
