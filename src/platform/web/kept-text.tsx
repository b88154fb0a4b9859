import { Details, SummaryList, Textarea } from './components/index.ts'
import { textsIn, type Posted } from './posted-form.ts'

/** Fields that a page puts into its own form, or that say which button was pressed. */
const ofThePage = new Set(['revision', 'read', 'seenAnswers', 'children', 'from', 'back', 'next'])

/** What somebody typed into a form that cannot be shown again, for them to copy. Nothing is stored; files are not kept. */
export function KeptText({ posted }: { posted: Posted }) {
  const texts = textsIn(posted).filter(({ name, text }) => !ofThePage.has(name) && text.trim() !== '' && !isId(text))
  if (texts.length === 0) return null
  const isWritten = (text: string) => /\s/.test(text.trim()) || text.length > 40
  const short = texts.filter(({ text }) => !isWritten(text))
  return (
    <section aria-labelledby="kept-text">
      <h2 class="govuk-heading-m" id="kept-text">
        What you typed
      </h2>
      <p class="govuk-body">It is shown on this page alone. Copy what you need before you leave it.</p>
      {texts
        .filter(({ text }) => isWritten(text))
        .map(({ name, text }, position) => (
          <Textarea
            id={`kept-text-${position + 1}`}
            name={name}
            label={{ text: wordsOf(name), classes: 'govuk-label--s' }}
            value={text}
            rows={Math.min(20, Math.ceil(text.length / 60) + text.split('\n').length)}
            attributes={{ readonly: true }}
          />
        ))}
      {short.length > 0 && (
        <Details summaryText="What you chose, and short answers" open={short.length === texts.length}>
          <SummaryList rows={short.map(({ name, text }) => ({ key: { text: wordsOf(name) }, value: { text } }))} />
        </Details>
      )}
    </section>
  )
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** `viewOnReview` is shown as “View on review”. */
function wordsOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
