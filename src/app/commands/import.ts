import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { ServiceError } from '../../platform/errors.ts'
import { importBodies, importPartnershipBodies, loadReference, type Loaded } from '../../reference-data/index.ts'
import { withDatabase, type Command } from './command.ts'

export const importReferenceCommand: Command = {
  name: 'import reference',
  what: 'Loads the regions and authorities of England that ship with this release, and the body NATIONAL.',
  run: (_given, terminal) =>
    withDatabase(terminal, async database => {
      const { regions, bodies } = await database.asOwner(loadReference)
      terminal.say(`Regions: ${told(regions)}`)
      terminal.say(`Bodies: ${told(bodies)}`)
      return 0
    }),
}

export const importBodiesCommand = importFile(
  'import bodies',
  'Loads partnerships, police forces and integrated care boards. Columns: kind,code,name,region_code,phone,email.',
  importBodies,
)

export const importPartnershipBodiesCommand = importFile(
  'import partnership-bodies',
  'Loads who belongs to which partnership. Columns: partnership_code,body_code,from,until; until is the first day out, or empty.',
  importPartnershipBodies,
)

function importFile(
  name: string,
  what: string,
  load: (client: pg.ClientBase, text: string) => Promise<Loaded>,
): Command {
  return {
    name,
    what,
    arguments: { FILE: 'a CSV file. Nothing is loaded when one of its lines is wrong' },
    async run({ FILE: file = '' }, terminal) {
      const text = await readFile(file, 'utf8').catch((error: Error) => {
        throw new ServiceError('not-found', `${file} cannot be read: ${error.message}`, { cause: error })
      })
      return withDatabase(terminal, async database => {
        const loaded = await database.asOwner(client => load(client, text))
        terminal.say(told(loaded))
        return 0
      })
    },
  }
}

function told({ rows, changed }: Loaded): string {
  return `${rows} loaded, of which ${changed} new or changed.`
}
