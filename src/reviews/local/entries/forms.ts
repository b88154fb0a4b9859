import type { Answers, Lookups, Questionnaire } from '../../../platform/questionnaire/index.ts'
import { recordEvent } from '../../../platform/events/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { noSuchRecord } from '../open-local-review.ts'
import { nothing, type About, type FormPage } from '../form-page.ts'
import { questionsIn } from '../terms/terms-form.ts'
import { updateDays } from '../store.ts'
import { termsVersionsOf } from '../terms/store.ts'
import { reviewersOf } from '../reviewers/store.ts'
import { onDay } from '../views/parts.tsx'
import { entryForms, extensionReasons, ledKinds, removable, type EntryAnswers, type EntryKind } from './entry-forms.ts'
import { deleteEntry, entriesOf, insertEntry, updateEntry } from './store.ts'

function noteWritten(
  { tx, review }: About,
  kind: EntryKind,
  change: 'added' | 'changed' | 'removed',
  objectId: string,
): Promise<unknown> {
  return recordEvent(tx, {
    kind: 'local-review.written-down',
    subject: 'local-review',
    place: review,
    objectId,
    detail: { kind, change },
  })
}

/** What each kind of entry is called in addresses, and where its list is. */
const entryPages = {
  request: { path: 'requests', list: '/requests', done: 'The request is recorded.' },
  extension: { path: 'extensions', list: '/extensions', done: 'The extension is recorded.' },
  told: { path: 'told', list: '', done: 'It is recorded who was told.' },
  days: { path: 'days', list: '/bench', done: 'The days are recorded.' },
  contact: { path: 'contacts', list: '/bench', done: 'Saved.' },
  note: { path: 'notes', list: '/bench', done: 'Saved.' },
  index: { path: 'index', list: '/bench', done: 'Saved.' },
} as const satisfies Record<EntryKind, { path: string; list: string; done: string }>

export function pagesOfEntry<Kind extends EntryKind>(kind: Kind): FormPage[] {
  const { path, list, done } = entryPages[kind]
  const common = {
    right: ledKinds.includes(kind) ? ('lead' as const) : ('write' as const),
    form: entryForms[kind] as Questionnaire,
    lookups: lookupsOf(kind),
    next: list,
    done,
  }
  const found = async ({ tx, review, recordId }: About) => {
    const entry = (await entriesOf(tx, review.reviewId, kind)).find(({ id }) => id === recordId)
    if (!entry) throw noSuchRecord()
    return entry
  }
  return [
    {
      ...common,
      path: `/${path}/new`,
      load: nothing,
      save: async (about, answers) => {
        const id = await insertEntry(about.tx, about.review, kind, answers as EntryAnswers<Kind>)
        await noteWritten(about, kind, 'added', id)
        await follow(about, kind, answers)
      },
    },
    {
      ...common,
      path: `/${path}/:recordId`,
      load: async about => {
        const { answers, revision } = await found(about)
        return { answers: answers as Answers, revision }
      },
      save: async (about, answers) => {
        const { id } = await found(about)
        await updateEntry(about.tx, about.review, kind, id, answers as EntryAnswers<Kind>)
        await noteWritten(about, kind, 'changed', id)
        await follow(about, kind, answers)
      },
      ...(removable.includes(kind) && {
        remove: async (about: About) => {
          const { id } = await found(about)
          await deleteEntry(about.tx, about.review, kind, id)
          await noteWritten(about, kind, 'removed', id)
        },
      }),
    },
  ]
}

/** An extension sets the day on which the review is expected: the one that was approved last. */
async function follow({ tx, review }: About, kind: EntryKind, answers: Answers): Promise<void> {
  if (kind !== 'extension') return
  const { reason, expectedOn } = answers as EntryAnswers<'extension'>
  const all = await entriesOf(tx, review.reviewId, 'extension')
  const last = all
    .toSorted((one, other) => (one.answers.approvedOn ?? '').localeCompare(other.answers.approvedOn ?? ''))
    .at(-1)
  await updateDays(tx, review, { expectedOn: last?.answers.expectedOn as CivilDate })
  await recordEvent(tx, {
    kind: 'local-review.extended',
    subject: 'local-review',
    place: review,
    detail: { reason: extensionReasons[reason ?? 'other'], expectedOn: expectedOn as CivilDate },
  })
}

function lookupsOf(kind: EntryKind): (about: About) => Promise<Lookups> {
  return async ({ tx, review: { reviewId } }) => {
    if (kind === 'days') {
      const reviewers = (await reviewersOf(tx, reviewId)).filter(({ appointedOn }) => appointedOn)
      return { reviewersHere: Object.fromEntries(reviewers.map(({ id, name }) => [id, name])) }
    }
    if (kind !== 'index') return {}
    const agreed = (await termsVersionsOf(tx, reviewId)).at(-1)
    const notes = await entriesOf(tx, reviewId, 'note')
    const contacts = await entriesOf(tx, reviewId, 'contact')
    return {
      // The question itself: it stays readable where the terms of reference change.
      questions: Object.fromEntries(questionsIn(agreed?.answers ?? {}).map(text => [text, text])),
      notes: Object.fromEntries([
        ...notes.map(({ id, answers }) => [id, `${answers.title ?? 'Note'}, ${onDay(answers.on)}`]),
        ...contacts.map(({ id, answers }) => [id, `${answers.who ?? 'Contact'}, ${onDay(answers.on)}`]),
      ]),
    }
  }
}
