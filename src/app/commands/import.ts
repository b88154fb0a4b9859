import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { ServiceError } from '../../platform/errors.ts'
import { addDays } from '../../platform/dates.ts'
import {
  importBodies,
  importPartnershipBodies,
  loadReference,
  readBankHolidays,
  readClockRules,
  readCodeLists,
  type Loaded,
} from '../../reference-data/index.ts'
import { withDatabase, type Command } from './command.ts'

export const importReferenceCommand: Command = {
  name: 'import reference',
  what: 'Loads the regions and authorities of England that ship with this release, and the body NATIONAL; checks the bank holidays, clock rules and code lists.',
  run: (_given, terminal) =>
    withDatabase(terminal, async database => {
      const { regions, bodies } = await database.asOwner(loadReference)
      terminal.say(`Regions: ${told(regions)}`)
      terminal.say(`Bodies: ${told(bodies)}`)
      const codes = Object.values(readCodeLists()).flat().length
      const holidays = readBankHolidays()
      terminal.say(
        `Read from this release itself, and in order: ${holidays.days.size} bank holidays up to the end of ${addDays(holidays.knownUntil, -1).slice(0, 4)}, ${readClockRules().length} clock rules, ${codes} codes.`,
      )
      terminal.say(
        'Next: import bodies, then import partnership-bodies, with the partnerships, forces and boards of your areas.',
      )
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
