import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { readConfig } from '../../platform/config.ts'
import { auditVerifyCommand } from './audit-verify.ts'
import type { Command, Given } from './command.ts'
import { importBodiesCommand, importPartnershipBodiesCommand, importReferenceCommand } from './import.ts'
import { migrateCommand } from './migrate.ts'
import { tokenCreateCommand } from './token-create.ts'
import { userAddCommand } from './user-add.ts'

const commands: readonly Command[] = [
  migrateCommand,
  importReferenceCommand,
  importBodiesCommand,
  importPartnershipBodiesCommand,
  userAddCommand,
  tokenCreateCommand,
  auditVerifyCommand,
]

export interface Shell {
  env: NodeJS.ProcessEnv
  say(line: string): void
  complain(line: string): void
}

/** @returns what the shell is told: 0 done, 1 refused or something is wrong, 2 not understood */
export async function runCommand(typed: readonly string[], shell: Shell): Promise<number> {
  const command = commands.find(({ name }) => `${typed.join(' ')} `.startsWith(`${name} `))
  if (!command) return withoutCommand(typed, shell)
  const rest = typed.slice(command.name.split(' ').length)
  const given = understand(command, rest)
  if (given === 'help') {
    shell.say(helpOf(command))
    return 0
  }
  if (typeof given === 'string') {
    shell.complain(`${given}\n\n${helpOf(command)}`)
    return 2
  }
  try {
    return await command.run(given, { config: readConfig(shell.env), say: shell.say })
  } catch (error) {
    shell.complain(shell.env['LOG_LEVEL'] === 'debug' ? String((error as Error).stack) : (error as Error).message)
    return 1
  }
}

function withoutCommand(typed: readonly string[], shell: Shell): number {
  const words = typed.filter(word => !word.startsWith('-')).join(' ')
  const within = commands.filter(({ name }) => words !== '' && name.startsWith(`${words} `))
  const asked = typed.includes('--help') || typed.includes('-h')
  const list = helpOfAll(within.length > 0 ? within : commands)
  if (asked && (words === '' || within.length > 0)) {
    shell.say(list)
    return 0
  }
  shell.complain(words && within.length === 0 ? `There is no command "${words}".\n\n${list}` : list)
  return 2
}

/** @returns what was given, `help`, or what is wrong with it */
function understand(command: Command, typed: string[]): Given | 'help' | string {
  const names = Object.keys(command.arguments ?? {})
  const known = Object.entries(command.options ?? {})
  const options: ParseArgsOptionsConfig = {
    ...Object.fromEntries(known.map(([name]) => [name, { type: 'string' as const }])),
    help: { type: 'boolean', short: 'h' },
  }
  try {
    const { values, positionals } = parseArgs({ args: typed, allowPositionals: true, options })
    if (values['help']) return 'help'
    const missing = known.find(([name, { required }]) => required && !values[name])
    if (missing) return `--${missing[0]} is missing.`
    if (positionals.length < names.length) return `${names[positionals.length]} is missing.`
    if (positionals.length > names.length) return `"${positionals[names.length]}" is too much.`
    return Object.fromEntries([
      ...Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
      ...names.map((name, index) => [name, positionals[index]] as const),
    ])
  } catch (error) {
    return (error as Error).message
  }
}

function helpOf({ name, what, arguments: follows = {}, options = {} }: Command): string {
  const usage = Object.entries(options).map(([option, { value, required }]) =>
    required ? `--${option} ${value}` : `[--${option} ${value}]`,
  )
  const explained = [
    ...Object.entries(follows),
    ...Object.entries(options).map(([option, { value, what }]) => [`--${option} ${value}`, what] as const),
    ['--help', 'shows this'] as const,
  ]
  const width = Math.max(...explained.map(([left]) => left.length))
  return [
    ['Usage: script/weathervane', name, ...Object.keys(follows), ...usage].join(' '),
    '',
    what,
    '',
    ...explained.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
  ].join('\n')
}

function helpOfAll(list: readonly Command[]): string {
  const width = Math.max(...list.map(({ name }) => name.length))
  return [
    'Usage: script/weathervane COMMAND [--help]',
    '',
    ...list.map(({ name, what }) => `  ${name.padEnd(width)}  ${what}`),
    '',
    'Settings come from the environment: DATABASE_URL, or WEATHERVANE_DATA for the embedded database.',
  ].join('\n')
}
