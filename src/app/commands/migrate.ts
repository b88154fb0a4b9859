import { migrate, openDatabase } from '../../platform/database/index.ts'
import { loadNationalRecommendations } from '../../recommendations/index.ts'
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  what: 'Brings the database to this release. DATABASE_URL must be the address of the owner of its tables.',
  async run(_given, { config, say }) {
    const database = openDatabase({
      url: config.databaseUrl,
      folder: config.databaseUrl ? undefined : config.dataFolder,
    })
    try {
      const added = await database.asOwner(migrate)
      for (const name of added) say(`Ran ${name}`)
      const recommendations = await loadNationalRecommendations(database)
      if (recommendations > 0) say(`${recommendations} national recommendations were added`)
      say('The database is at this release.')
      return 0
    } finally {
      await database.close()
    }
  },
}
