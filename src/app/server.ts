import { readConfig } from '../platform/config.ts'
import { checkMigrated, migrate, openDatabase } from '../platform/database/index.ts'
import { openLog } from '../platform/log.ts'
import { bankHolidaysRunOutSoon, readBankHolidays } from '../reference-data/index.ts'
import { londonDate } from '../platform/dates.ts'
import { checkInvented } from './check-invented.ts'

/** Starts the service: database, training country on its first start, jobs, pages. Ends cleanly on SIGTERM and Ctrl-C. */
const config = readConfig(process.env)
const log = openLog(config.logLevel)
const database = openDatabase({ url: config.databaseUrl, folder: config.databaseUrl ? undefined : config.dataFolder })

async function prepareDatabase(): Promise<void> {
  if (config.mode === 'production') {
    await database.asOwner(checkMigrated)
    return database.asOwner(client => checkInvented(client, config.mode))
  }
  await database.asOwner(migrate)
  await database.asOwner(client => checkInvented(client, config.mode))
  const { incidentsWanted, loadTrainingCountry } = await import('./training/load.ts')
  await loadTrainingCountry(database, {
    say: line => process.stdout.write(`${line}\n`),
    incidents: incidentsWanted(process.argv),
  })
  await (await import('../recommendations/index.ts')).loadNationalRecommendations(database)
}
// The embedded database opens in a thread of its own; meanwhile the rest of the program is read.
const [{ createApp }] = await Promise.all([import('./app.ts'), prepareDatabase()])

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
