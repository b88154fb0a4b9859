import { verifySeals, type Verification } from '../../platform/events/index.ts'
import { withDatabase, type Command } from './command.ts'

export const auditVerifyCommand: Command = {
  name: 'audit verify',
  what: 'Checks what happened and who read what against the seals in the database and in files. Ends with 1 when something was tampered with.',
  options: {
    folder: { value: 'FOLDER', what: 'the data folder whose seals are compared; WEATHERVANE_DATA where absent' },
  },
  run: (given, terminal) =>
    withDatabase(terminal, async database => {
      const found = await verifySeals(database, { folder: given['folder'] ?? terminal.config.dataFolder })
      for (const line of storyOf(found)) terminal.say(line)
      return found.problems.length > 0 ? 1 : 0
    }),
}

const mostLines = 20

function storyOf({ seals, rows, unsealed, erasedDetails, problems }: Verification): string[] {
  const count = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`
  const entries = (of: Verification['rows']) =>
    `${count(of.event, 'event')} and ${count(of.access_entry, 'access entry', 'access entries')}`
  const [first] = problems.filter(problem => problem.row)
  return [
    `${count(seals, 'seal')} over ${entries(rows)} checked.`,
    `Not yet sealed: ${entries(unsealed)}.`,
    ...(erasedDetails
      ? [`The details of ${count(erasedDetails, 'sealed event')} were erased. That breaks no seal.`]
      : []),
    ...(problems.length === 0 ? ['Nothing was altered, deleted, inserted or reordered.'] : []),
    ...(first ? [`First row that is not as it was sealed: ${first.text}`] : []),
    ...(problems.length > 0 ? [`${count(problems.length, 'problem')}, seal by seal:`] : []),
    ...problems.slice(0, mostLines).map(({ seal, what, text }) => `  seal ${seal}, ${what}: ${text}`),
    ...(problems.length > mostLines ? [`  and ${problems.length - mostLines} more`] : []),
    ...(problems.length > 0
      ? ['Keep the database and the folder as they are, and tell whoever answers for the records.']
      : []),
  ]
}
