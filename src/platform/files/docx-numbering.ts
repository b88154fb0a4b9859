import type { ZipContainer } from './zip-container.ts'
import { readXml } from './xml.ts'

/** Gives a numbered paragraph the number or bullet that Word would print before it. Call it in reading order. */
export type Numbering = (list: { id: string; depth?: number; style?: string }) => string | undefined

interface Level {
  format: string
  pattern: string
  start: number
  style?: string
}
interface List {
  scheme: string
  startAt: Map<number, number>
  begun: boolean
}

const deepestLevel = 9

export function readNumbering(zip: ZipContainer, part: string | undefined): Numbering {
  const schemes = new Map<string, Level[]>()
  const lists = new Map<string, List>()
  if (part !== undefined) readParts(zip, part, schemes, lists)
  const counters = new Map<string, (number | undefined)[]>()

  return ({ id, depth: ownDepth, style }) => {
    const list = lists.get(id)
    const levels = list && schemes.get(list.scheme)
    if (!list || !levels) return undefined
    const ofStyle = levels.findIndex(level => style !== undefined && level?.style === style)
    const depth = ownDepth ?? Math.max(0, ofStyle)
    const level = levels[depth]
    if (!level) return undefined

    const counter = counters.get(list.scheme) ?? []
    counters.set(list.scheme, counter)
    if (!list.begun) {
      list.begun = true
      for (const [at, start] of list.startAt) counter[at] = start - 1
    }
    counter[depth] = (counter[depth] ?? level.start - 1) + 1
    counter.length = depth + 1

    if (level.format === 'bullet') return '•'
    if (level.format === 'none') return undefined
    const label = level.pattern.replaceAll(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1
      return written(counter[at] ?? levels[at]?.start ?? 1, levels[at]?.format ?? 'decimal')
    })
    return label.trim() === '' ? undefined : label.trim()
  }
}

function readParts(zip: ZipContainer, part: string, schemes: Map<string, Level[]>, lists: Map<string, List>): void {
  let levels: Level[] | undefined
  let level: Level | undefined
  let list: List | undefined
  let overridden = 0
  readXml(zip, part, {
    open(name, attribute) {
      const value = attribute('w:val') ?? ''
      switch (name) {
        case 'w:abstractNum':
          levels = []
          schemes.set(attribute('w:abstractNumId') ?? '', levels)
          break
        case 'w:lvl': {
          level = { format: 'decimal', pattern: '', start: 1 }
          const depth = toWhole(attribute('w:ilvl'))
          // A level inside w:num replaces one for that list only; its start is what people notice.
          if (levels && depth !== undefined && depth < deepestLevel) levels[depth] = level
          break
        }
        case 'w:start':
          if (level) level.start = toWhole(value) ?? 1
          if (level && list) list.startAt.set(overridden, level.start)
          break
        case 'w:numFmt':
          if (level) level.format = value
          break
        case 'w:lvlText':
          if (level) level.pattern = value
          break
        case 'w:pStyle':
          if (level) level.style = value
          break
        case 'w:num':
          list = { scheme: '', startAt: new Map(), begun: false }
          lists.set(attribute('w:numId') ?? '', list)
          break
        case 'w:abstractNumId':
          if (list) list.scheme = value
          break
        case 'w:lvlOverride':
          overridden = Math.min(toWhole(attribute('w:ilvl')) ?? 0, deepestLevel - 1)
          break
        case 'w:startOverride':
          list?.startAt.set(overridden, toWhole(value) ?? 1)
          break
      }
    },
    close(name) {
      if (name === 'w:abstractNum') levels = undefined
      if (name === 'w:lvl') level = undefined
      if (name === 'w:num') list = undefined
    },
    text() {},
  })
}

export function toWhole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

function written(count: number, format: string): string {
  switch (format) {
    case 'decimalZero':
      return String(count).padStart(2, '0')
    case 'lowerLetter':
      return letters(count)
    case 'upperLetter':
      return letters(count).toUpperCase()
    case 'lowerRoman':
      return roman(count).toLowerCase()
    case 'upperRoman':
      return roman(count)
    default:
      return String(count)
  }
}

/** Word counts ... y, z, aa, bb, cc. */
function letters(count: number): string {
  if (count < 1 || count > 26 * 30) return String(count)
  return String.fromCodePoint(97 + ((count - 1) % 26)).repeat(Math.ceil(count / 26))
}

const romanDigits: [number, string][] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

function roman(count: number): string {
  if (count < 1 || count > 3999) return String(count)
  let left = count
  let text = ''
  for (const [value, digit] of romanDigits) {
    while (left >= value) {
      text += digit
      left -= value
    }
  }
  return text
}
