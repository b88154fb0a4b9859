import { roleKeys } from '../../platform/access/index.ts'
import { asTask } from '../../platform/database/index.ts'
import { appoint, createSetUpLink } from '../../platform/sign-in/index.ts'
import { withDatabase, type Command } from './command.ts'

export const userAddCommand: Command = {
  name: 'user add',
  what: 'Appoints somebody to a body in a role. A new person gets a link by which they choose their password.',
  options: {
    email: { value: 'ADDRESS', what: 'by which they sign in', required: true },
    name: { value: 'NAME', what: 'as others read it', required: true },
    role: { value: 'ROLE', what: `one of ${roleKeys.join(', ')}`, required: true },
    body: { value: 'CODE', what: 'the authority, partnership, force, board, region or NATIONAL', required: true },
    from: { value: 'DAY', what: 'first day, like 2026-03-31; today where absent' },
  },
  run: ({ email = '', name = '', role = '', body = '', from }, terminal) =>
    withDatabase(terminal, async database => {
      const { appointed, link } = await database.as({ task: 'load' }, async tx => {
        const appointed = await appoint(tx, { email, name, role, bodyCode: body, from })
        const setUp = () => createSetUpLink(tx, appointed.personId, terminal.config.publicUrl)
        return { appointed, link: appointed.isNew ? await asTask(tx, 'sign-in', setUp) : undefined }
      })
      terminal.say(
        `${link ? 'Added and appointed' : 'Appointed'} ${email}: ${appointed.role}, ${appointed.bodyName}, from ${appointed.from}.`,
      )
      terminal.say(`Appointment ${appointed.appointmentId}`)
      if (link) terminal.say(`Hand this link to them alone. It works once, for seven days:\n${link}`)
      return 0
    }),
}
