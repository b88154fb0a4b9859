import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import { h, type FunctionComponent } from 'preact'
import { render } from 'preact-render-to-string'
import { productRoot } from '../../product-root.ts'
import * as kit from './index.ts'

/** Our component for each folder of GOV.UK Frontend. */
const components: Record<string, FunctionComponent<never>> = {
  'back-link': kit.BackLink,
  button: kit.Button,
  'character-count': kit.CharacterCount,
  checkboxes: kit.Checkboxes,
  'date-input': kit.DateInput,
  details: kit.Details,
  'error-message': kit.ErrorMessage,
  'error-summary': kit.ErrorSummary,
  fieldset: kit.Fieldset,
  'file-upload': kit.FileUpload,
  footer: kit.Footer,
  'generic-header': kit.GenericHeader,
  hint: kit.Hint,
  input: kit.Input,
  'inset-text': kit.InsetText,
  label: kit.Label,
  'notification-banner': kit.NotificationBanner,
  pagination: kit.Pagination,
  panel: kit.Panel,
  'password-input': kit.PasswordInput,
  radios: kit.Radios,
  select: kit.Select,
  'service-navigation': kit.ServiceNavigation,
  'skip-link': kit.SkipLink,
  'summary-list': kit.SummaryList,
  table: kit.Table,
  tag: kit.Tag,
  'task-list': kit.TaskList,
  textarea: kit.Textarea,
  'warning-text': kit.WarningText,
}

/** Fixtures left out, and why. */
const leftOut: Record<string, string> = {
  'select: hint': 'it has no items: ours always has',
  'select: with falsy values': 'the value of an item is false: ours are text or numbers',
}

type Element = DefaultTreeAdapterTypes.Element
type Node = DefaultTreeAdapterTypes.ChildNode

/** Parts of GOV.UK's own markup that ours leaves out on purpose, taken out of the fixture before comparing. */
const withoutGovUkBrand: Record<string, (element: Element, options: Record<string, unknown>) => boolean> = {
  footer: (element, options) => {
    const names = classesOf(element)
    const isCrown = names.includes('govuk-footer__crown')
    const isCopyright =
      names.join() === 'govuk-footer__meta-item' &&
      element.childNodes.some(child => 'tagName' in child && classesOf(child).includes('govuk-footer__copyright-logo'))
    const isDefaultLicence = !options['contentLicence'] && names.some(name => name.startsWith('govuk-footer__licence'))
    return isCrown || isCopyright || isDefaultLicence
  },
}

interface Fixture {
  name: string
  options: Record<string, unknown>
  html: string
}

function fixturesOf(folder: string): Fixture[] {
  const path = `node_modules/govuk-frontend/dist/govuk/components/${folder}/fixtures.json`
  const { fixtures } = JSON.parse(readFileSync(new URL(path, productRoot), 'utf8')) as { fixtures: Fixture[] }
  return fixtures
}

/** Raw HTML, for these tests only: its tags are removed from the output before it is parsed. */
function raw(html: string) {
  return h('raw-html', { dangerouslySetInnerHTML: { __html: html } })
}

/** The options of a macro as our properties: `html` becomes children, `titleHtml` becomes a `titleText` of JSX. */
function propsOf(options: unknown): unknown {
  if (Array.isArray(options)) return options.map(propsOf)
  if (typeof options !== 'object' || options === null) return options
  const props: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (name === 'html') {
      if (value) props['children'] = raw(String(value))
    } else if (name.endsWith('Html')) props[name.replace(/Html$/, 'Text')] = raw(String(value))
    else if (name === 'slots') props[name] = slotsOf(value as Record<string, unknown>)
    else if (name === 'attributes') props[name] = value
    else if (value !== null && !(name.endsWith('Text') && name.replace(/Text$/, 'Html') in options))
      props[name] = propsOf(value)
  }
  return props
}

function slotsOf(slots: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(slots).map(([name, value]) => {
      if (typeof value !== 'string') return [name, propsOf(value)]
      return [name, name === 'end' ? { children: raw(value) } : raw(value)]
    }),
  )
}

function classesOf(element: Element): string[] {
  return (element.attrs.find(({ name }) => name === 'class')?.value ?? '').split(/\s+/).filter(Boolean)
}

/** What a browser makes of the HTML, one element or text to a line; attributes sorted, white space collapsed. */
function outline(html: string, isLeftOut: (element: Element) => boolean): string[] {
  const lines: string[] = []
  const walk = (nodes: Node[], indent: string) => {
    let text = ''
    const endText = () => {
      if (text.trim()) lines.push(`${indent}"${text.replace(/\s+/g, ' ').trim()}"`)
      text = ''
    }
    for (const node of nodes) {
      if ('value' in node) text += node.value
      else if ('tagName' in node && !isLeftOut(node)) {
        endText()
        const attributes = node.attrs
          .map(({ name, value }) => `${name}="${value.replace(/\s+/g, ' ').trim()}"`)
          .toSorted()
        lines.push(`${indent}<${[node.tagName, ...attributes].join(' ')}>`)
        walk(node.childNodes, `${indent}  `)
      }
    }
    endText()
  }
  walk(parseFragment(html).childNodes, '')
  return lines
}

function html(component: FunctionComponent<never>, props: unknown): string {
  return render(h(component as FunctionComponent<object>, props as object)).replace(/<\/?raw-html>/g, '')
}

let proved = 0
for (const [folder, component] of Object.entries(components)) {
  for (const { name, options, html: expected } of fixturesOf(folder)) {
    const title = `${folder}: ${name}`
    if (leftOut[title]) continue
    proved += 1
    test(`${title} has the markup of GOV.UK Frontend`, () => {
      const isLeftOut = (element: Element) => withoutGovUkBrand[folder]?.(element, options) ?? false
      assert.deepEqual(
        outline(html(component, propsOf(options)), () => false),
        outline(expected, isLeftOut),
      )
    })
  }
}

test('no fixture is lost: how many are proved, and how many are left out', () => {
  assert.deepEqual({ proved, leftOut: Object.keys(leftOut).length }, { proved: 624, leftOut: 2 })
})

const script = '<script>alert(1)</script>'

/** The options once for each text in them, with that text a script. Texts that JSX takes the place of are left out. */
function* withScriptInEachText(options: unknown): Generator<unknown> {
  if (typeof options !== 'object' || options === null) return
  const names = Object.keys(options)
  for (const [name, value] of Object.entries(options)) {
    const replaced = (by: unknown) =>
      Array.isArray(options) ? options.with(Number(name), by) : { ...options, [name]: by }
    const isText = /^(text|caption|divider|serviceName|logoText)$|Text$|^(label|title|number|value)$/.test(name)
    const isReplaced = ['html', 'ellipsis', name.replace(/(^t|T)ext$/, '') + 'Html'].some(other =>
      names.includes(other),
    )
    if (isText && typeof value === 'string' && value && !isReplaced) yield replaced(script)
    else if (!/html$/i.test(name)) for (const deeper of withScriptInEachText(value)) yield replaced(deeper)
  }
}

for (const [folder, component] of Object.entries(components)) {
  test(`${folder}: a script in any text is shown as text`, () => {
    const cases = fixturesOf(folder)
      .filter(({ name }) => !leftOut[`${folder}: ${name}`])
      .flatMap(({ options }) => [...withScriptInEachText(options)])
    const shown = cases.filter(options => {
      const lines = outline(html(component, propsOf(options)), () => false)
      assert.ok(!lines.some(line => line.trimStart().startsWith('<script')), `runs: ${JSON.stringify(options)}`)
      return lines.some(line => line.includes(script))
    })
    assert.ok(shown.length > 0)
  })
}
