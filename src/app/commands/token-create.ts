import { formatDate, londonDate } from '../../platform/dates.ts'
import { createApiToken } from '../../platform/sign-in/index.ts'
import { withDatabase, type Command } from './command.ts'

export const tokenCreateCommand: Command = {
  name: 'token create',
  what: 'Makes a token for the API, which acts as a person in one appointment. It is shown once.',
  options: {
    as: { value: 'ADDRESS', what: 'the person it acts as', required: true },
    appointment: { value: 'ID', what: 'the appointment it acts in; the first in force where absent' },
    label: { value: 'TEXT', what: 'what it is for' },
    days: { value: 'NUMBER', what: 'how long it works, 90 where absent' },
  },
  run: ({ as: email = '', appointment, label, days }, terminal) =>
    withDatabase(terminal, async database => {
      const created = await database.as({ task: 'sign-in' }, tx =>
        createApiToken(tx, {
          email,
          appointmentId: appointment,
          label: label ?? 'command line',
          days: days === undefined ? 90 : Number(days),
        }),
      )
      const until = formatDate(londonDate(created.expiresAt))
      terminal.say(
        `This token acts as ${email} (${created.role}, ${created.bodyName}) until ${until}. It is not shown again:`,
      )
      terminal.say(created.token)
      return 0
    }),
}
