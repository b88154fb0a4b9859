import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceOf } from './device.ts'

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const agents = [
  { agent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/142.0.0.0`, device: 'Edge on Windows' },
  { agent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome}`, device: 'Chrome on Windows' },
  { agent: `Mozilla/5.0 (Linux; Android 10; K) ${chrome}`, device: 'Chrome on Android' },
  { agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', device: 'Firefox on Linux' },
  {
    agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1',
    device: 'Safari on iPhone',
  },
  { agent: 'curl/8.0', device: 'Unknown browser' },
  { agent: undefined, device: 'Unknown browser' },
]
for (const { agent, device } of agents) {
  test(`${agent?.slice(0, 60) ?? 'nothing'} is ${device}`, () => {
    assert.equal(deviceOf(agent), device)
  })
}
