/** What somebody fills in, by the names of fields. A day fills in the three fields of its date. */
export type Filled = Readonly<Record<string, string | readonly string[]>>

/** A form as it stands on a page. */
export interface HtmlForm {
  action: string
  /** What stands in it already, field by field. */
  stands: readonly (readonly [string, string])[]
  /** Every field there is, with the values there are to choose from; undefined where anything can be typed. */
  fields: ReadonlyMap<string, ReadonlySet<string> | undefined>
}

/** Reads the forms of a page of ours: markup that we wrote, and no other. */
export function formsIn(html: string, page: string): HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, start = '', inner = '']) => {
    const stands: (readonly [string, string])[] = []
    const fields = new Map<string, Set<string> | undefined>()
    const choice = (name: string, value: string) => {
      const known = fields.get(name)
      fields.set(name, new Set([...(known ?? []), value]))
    }
    for (const [whole, tag = '', attributes = ''] of inner.matchAll(/<(input|textarea|select|button)\b([^>]*)>/g)) {
      const name = attributeIn(attributes, 'name')
      if (!name) continue
      const rest = inner.slice(inner.indexOf(whole) + whole.length)
      const type = attributeIn(attributes, 'type') ?? 'text'
      const value = attributeIn(attributes, 'value') ?? ''
      if (tag === 'button') choice(name, value)
      else if (tag === 'textarea') {
        fields.set(name, undefined)
        stands.push([name, unescaped(rest.slice(0, rest.indexOf('</textarea>')))])
      } else if (tag === 'select') {
        for (const [, option = ''] of rest.slice(0, rest.indexOf('</select>')).matchAll(/<option\b([^>]*)>/g)) {
          const offered = attributeIn(option, 'value') ?? ''
          choice(name, offered)
          if (/\bselected\b/.test(option)) stands.push([name, offered])
        }
      } else if (type === 'radio' || type === 'checkbox') {
        choice(name, value)
        if (/\bchecked\b/.test(attributes)) stands.push([name, value])
      } else if (type === 'hidden') {
        choice(name, value)
        stands.push([name, value])
      } else if (type !== 'file') {
        fields.set(name, undefined)
        stands.push([name, value])
      }
    }
    return { action: attributeIn(start, 'action') ?? page, stands, fields }
  })
}

/** Whether all of this can be filled in: a form has its fields, and offers the choices. */
export function fits({ fields }: HtmlForm, filled: Filled): boolean {
  return Object.entries(filled).every(([name, value]) => {
    if (fields.has(`${name}-day`)) return true
    const offered = fields.get(name)
    return fields.has(name) && (!offered || [value].flat().every(each => offered.has(each)))
  })
}

/** What a browser would send. */
export function filledIn({ stands, fields }: HtmlForm, filled: Filled): URLSearchParams {
  const typed = Object.entries(filled).flatMap(([name, value]): [string, string][] => {
    const values = [value].flat()
    if (fields.has(name)) return values.map(each => [name, each])
    const [year = '', month = '', day = ''] = (values[0] ?? '').split('-')
    return Object.entries({ day, month, year }).map(([part, text]) => [`${name}-${part}`, text])
  })
  const names = new Set(typed.map(([name]) => name))
  return new URLSearchParams([...stands.filter(([name]) => !names.has(name)), ...typed].map(pair => [...pair]))
}

/** For whoever looks for what could not be filled in. */
export function tellForm({ action, fields }: HtmlForm): string {
  const told = [...fields].map(([name, offered]) => (offered ? `${name} (${[...offered].join('|')})` : name))
  return `${action}: ${told.join(', ')}`
}

/** What the page says is to be put right, or its heading. */
export function problemsIn(html: string): string[] {
  const summary =
    /govuk-error-summary__list(.*?)<\/ul>/s.exec(html)?.[1] ?? /<h1[^>]*>(.*?)<\/main>/s.exec(html)?.[1] ?? html
  return [...summary.matchAll(/>([^<>]+)</g)].flatMap(([, text = '']) => unescaped(text).trim() || []).slice(0, 12)
}

function attributeIn(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1]
  return value === undefined ? undefined : unescaped(value)
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
function unescaped(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, entity => entities[entity] ?? entity)
}
