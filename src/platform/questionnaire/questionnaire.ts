import type { CivilDate } from '../dates.ts'
import type { Answers, Silence, Silent } from './answer.ts'

export interface Questionnaire {
  readonly key: string
  /** Raised when a question is added, dropped or means something else. Kept with each draft and each sent version. */
  readonly version: number
  readonly title: string
  readonly pages: readonly Page[]
  readonly checks: readonly Check[]
}

/** `item` is the child (or other repeated thing) the page is about; on other pages it is all the answers. */
export type Condition = (answers: Answers, item: Answers) => boolean

export interface Page {
  /** Part of the page's address. */
  readonly id: string
  readonly section: string
  readonly title: string
  /** Paragraphs above the questions. */
  readonly intro?: readonly string[]
  /** More of them, before the others; of a repeated page on that of the first item only. */
  readonly introOfFirst?: readonly string[]
  /** Subject of the access table: who may see these answers. */
  readonly seenBy: string
  readonly questions: readonly Question[]
  /** May look only at questions of earlier pages. */
  readonly when?: Condition
  /** Pages that must be complete before this one can be started. */
  readonly after?: readonly string[]
  readonly repeats?: Repeats
}

/** Neighbouring pages that repeat over one list are asked together: all of them for the first child, then the second. */
export interface Repeats {
  readonly list: string
  readonly min: number
  readonly max: number
  itemName(answers: Answers, index: number): string
}

interface AnyQuestion {
  /** Unique in the questionnaire. It is the name in the API and in the form. */
  readonly id: string
  /** The question as it is asked. */
  readonly label: string
  /** A noun phrase that errors and summaries are made of: `the date of the incident`. */
  readonly name: string
  readonly hint?: string
  readonly whyWeAsk?: string
  /** `to-continue` holds the person on the page; `to-send` only keeps the form from being sent. */
  readonly required: 'to-continue' | 'to-send' | false
  /** When a required answer can be left out. The question is asked all the same, so that it may look at its own page too. */
  readonly notNeededWhen?: Condition
  /** The error when a required answer is absent. Made from `name` when not given. */
  readonly missing?: string
  /** May look only at questions of earlier pages; within a page use `under`. */
  readonly when?: Condition
  /** Asked under one radio button or checkbox of an earlier question of the same page, and only if that is chosen. */
  readonly under?: { readonly question: string; readonly value: string }
  /** The silences that count as an answer. */
  readonly silences?: readonly Silence[]
  /** Where it differs from the page's. */
  readonly seenBy?: string
  /** True when the answer can tell who a living or dead person is. Reading it is logged. */
  readonly identifying: boolean
  /** Where the same thing stands in the national notification service's form. */
  readonly nationalForm?: { readonly order: number; readonly label: string }
  /** For the data dictionary: what to include, limits, how it is used. */
  readonly note?: string
  /** Where the question comes from: a source, and `confirmed`, `likely` or `ours`. */
  readonly source: string
}

/** Codes with the labels people read. */
export type Options = Readonly<Record<string, string>>

interface TextQuestion extends AnyQuestion {
  readonly kind: 'text'
  /** Characters; 200 when not given. */
  readonly maxLength?: number
  readonly autocomplete?: string
}
interface LongTextQuestion extends AnyQuestion {
  readonly kind: 'long-text'
  /** Characters; 10,000 when not given. */
  readonly maxLength?: number
  readonly rows?: number
}
interface DateQuestion extends AnyQuestion {
  readonly kind: 'date'
  /** Also a year, or a month and year. */
  readonly partAllowed?: true
  /** The date cannot be after today. */
  readonly past?: true
}
interface TimeQuestion extends AnyQuestion {
  readonly kind: 'time'
}
interface ChoiceQuestion extends AnyQuestion {
  readonly kind: 'choice'
  readonly options: Options
  readonly optionHints?: Options
  /** A long list is shown as a drop-down. */
  readonly display?: 'select'
}
interface ChoicesQuestion extends AnyQuestion {
  readonly kind: 'choices'
  readonly options: Options
  readonly optionHints?: Options
  /** Options that cannot be chosen together with any other, like `none`. */
  readonly exclusive?: readonly string[]
}
interface SelectQuestion extends AnyQuestion {
  readonly kind: 'select'
  /** Name of the list in the lookups given when the page is shown or checked, like `authorities`. */
  readonly lookup: string
}
/** Yes or no; `not known` and `not yet asked` are always offered, for five days is early. */
interface ThreeValuedQuestion extends AnyQuestion {
  readonly kind: 'three-valued'
}
interface NumberQuestion extends AnyQuestion {
  readonly kind: 'number'
  /** Whole numbers only. */
  readonly min: number
  readonly max: number
  readonly suffix?: string
}
interface EmailQuestion extends AnyQuestion {
  readonly kind: 'email'
}
interface PhoneQuestion extends AnyQuestion {
  readonly kind: 'phone'
}
/** Points at one item of a repeated list. The answer is its place, from `1`. */
interface ItemQuestion extends AnyQuestion {
  readonly kind: 'item'
  readonly list: string
}

export type Question =
  | TextQuestion
  | LongTextQuestion
  | DateQuestion
  | TimeQuestion
  | ChoiceQuestion
  | ChoicesQuestion
  | SelectQuestion
  | ThreeValuedQuestion
  | NumberQuestion
  | EmailQuestion
  | PhoneQuestion
  | ItemQuestion

/** A rule over several answers. It sees only answers that apply. The error stands at `question`. */
export interface Check {
  readonly question: string
  problem(answers: Answers, item: Answers, today: CivilDate): string | undefined
}

/** Labels by code, by name of the list. The order of the codes is the order on the page. */
export type Lookups = Readonly<Record<string, Options>>

export const yesNo = { yes: 'Yes', no: 'No' } as const

/** The silences a question accepts, with those its kind always offers. */
export function silencesOf(question: Question): readonly Silence[] {
  if (question.kind !== 'three-valued') return question.silences ?? []
  return [...new Set<Silence>(['not-known', 'not-yet-asked', ...(question.silences ?? [])])]
}

/** Keeps the exact ids and codes, so that `AnswersOf` can give the type of the answers. */
export function defineQuestionnaire<const Q extends Questionnaire>(questionnaire: Q): Q {
  return questionnaire
}

type ValueOf<Q> = Q extends { kind: 'choice'; options: infer O }
  ? keyof O & string
  : Q extends { kind: 'choices'; options: infer O }
    ? readonly (keyof O & string)[]
    : Q extends { kind: 'three-valued' }
      ? keyof typeof yesNo
      : Q extends { kind: 'number' }
        ? number
        : string
type SilenceOf<Q> =
  | (Q extends { silences: readonly (infer S extends Silence)[] } ? Silent<S> : never)
  | (Q extends { kind: 'three-valued' } ? Silent<'not-known' | 'not-yet-asked'> : never)
type AskedOn<P> = P extends { questions: readonly (infer Q)[] } ? Q : never
type AnswersTo<Q> = {
  readonly [K in Q as K extends { id: infer I extends string } ? I : never]?: ValueOf<K> | SilenceOf<K>
}
type ListOf<P> = P extends { repeats: { list: infer L extends string } } ? L : never

/** The type of the answers of one list, for example of one child. */
export type ItemAnswersOf<Q extends Questionnaire, L extends string> = AnswersTo<
  AskedOn<Extract<Q['pages'][number], { repeats: { list: L } }>>
>

/** The type of all answers. Every answer can be absent: drafts are partial. */
export type AnswersOf<Q extends Questionnaire> = AnswersTo<
  AskedOn<Exclude<Q['pages'][number], { repeats: object }>>
> & {
  readonly [L in ListOf<Q['pages'][number]>]?: readonly ItemAnswersOf<Q, L>[]
}
