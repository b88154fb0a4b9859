/**
 * People who read pages, each the next one as soon as they have one, in a process of their own: the work is JSON on
 * standard input, what it took is JSON on standard output.
 */
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { text } from 'node:stream/consumers'

/** @type {{ url: string, visitors: { cookie: string, paths: string[] }[], warmUp: number, count: number, seconds: number, pid?: number }} */
const { url, visitors, warmUp, count, seconds, pid } = JSON.parse(await text(process.stdin))
const agent = new Agent({ keepAlive: true, maxSockets: visitors.length })

function read(path, cookie) {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const request = get(url + path, { agent, headers: cookie ? { cookie } : {}, timeout: 60_000 }, response => {
      response.once('end', () => resolve({ status: response.statusCode, ms: performance.now() - started }))
      response.once('error', reject)
      response.resume()
    })
    request.once('error', reject)
    request.once('timeout', () => request.destroy(new Error(`No answer in a minute: ${path}`)))
  })
}

/** Resident size of the server in kilobytes, where the system tells it. */
function resident() {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return NaN
  }
}

async function run(total) {
  const [ms, wrong, residents] = [[], [], []]
  let taken = 0
  const started = performance.now()
  const end = started + seconds * 1000
  await Promise.all(
    visitors.map(async ({ cookie, paths }, number) => {
      for (let turn = number; taken < total && performance.now() < end; turn += 1) {
        taken += 1
        if (pid && taken % 50 === 0) residents.push({ at: taken, kilobytes: resident() })
        const path = paths[turn % paths.length]
        const answer = await read(path, cookie)
        if (answer.status === 200) ms.push(answer.ms)
        else wrong.push(`${answer.status} ${path}`)
      }
    }),
  )
  return { seconds: (performance.now() - started) / 1000, ms, wrong, residents }
}

const before = await run(warmUp)
const result = await run(count)
agent.destroy()
const answered = before.ms.length + result.ms.length
process.stdout.write(JSON.stringify({ ...result, wrong: [...before.wrong, ...result.wrong], answered }))
