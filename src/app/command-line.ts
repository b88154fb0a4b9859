import { runCommand } from './commands/run-command.ts'

/** What `script/weathervane` runs. */
process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  say: line => process.stdout.write(`${line}\n`),
  complain: line => process.stderr.write(`${line}\n`),
})
