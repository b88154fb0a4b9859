import type { ComponentChildren } from 'preact'
import type { FieldError } from '../errors.ts'
import {
  CharacterCount,
  Checkboxes,
  DateInput,
  Details,
  Input,
  Radios,
  Select,
  Textarea,
  WhoSees,
} from '../web/components/index.ts'
import { type Answers, silences } from './answer.ts'
import { type Lookups, type Options, type Question, type Questionnaire, silencesOf, yesNo } from './questionnaire.ts'
import { askedOn, hasOwnSilenceField, type Typed, typedFrom } from './read-page.ts'
import { captionOf, itemsOf, repeatsOf, type Step } from './steps.ts'

/** From this length on nobody needs to count characters. */
const longest = 10_000

export interface QuestionFieldsProps {
  questionnaire: Questionnaire
  step: Step
  answers: Answers
  /** What was typed when the page was posted with errors. Otherwise the answers are shown. */
  typed?: Typed | undefined
  errors?: readonly FieldError[] | undefined
  lookups: Lookups
  /** Names of the roles that may see a subject of the access table. */
  whoSees: (seenBy: string) => readonly string[]
}

/** One page of a form, heading and all; the form element, its button and the error summary are the page's own. */
export function QuestionFields(props: QuestionFieldsProps) {
  const { questionnaire, step, answers, whoSees } = props
  const questions = askedOn(questionnaire, step, answers)
  const caption = captionOf(step, answers)
  const fields: Fields = {
    ...props,
    errors: props.errors ?? [],
    questions,
    typed: props.typed ?? typedFrom(step, answers),
  }
  return (
    <>
      {caption && <span class="govuk-caption-l">{caption}</span>}
      <h1 class="govuk-heading-l">{step.page.title}</h1>
      {[...(step.index ? [] : (step.page.introOfFirst ?? [])), ...(step.page.intro ?? [])].map(paragraph => (
        <p class="govuk-body">{paragraph}</p>
      ))}
      <WhoSees>{listed(whoSees(step.page.seenBy))}</WhoSees>
      {questions
        .filter(question => !question.under)
        .map(question => (
          <QuestionField question={question} fields={fields} nested={false} />
        ))}
    </>
  )
}

interface Fields extends QuestionFieldsProps {
  questions: readonly Question[]
  typed: Typed
  errors: readonly FieldError[]
}

interface FieldProps {
  question: Question
  fields: Fields
  /** Asked under a button of another question: a smaller heading. */
  nested: boolean
}

function QuestionField({ question, fields, nested }: FieldProps) {
  const { step, whoSees } = fields
  return (
    <>
      <AnswerInput question={question} fields={fields} nested={nested} />
      <SilenceInput question={question} fields={fields} />
      {question.whyWeAsk && <Details summaryText="Why we ask" text={question.whyWeAsk} />}
      {question.seenBy && question.seenBy !== step.page.seenBy && <WhoSees>{listed(whoSees(question.seenBy))}</WhoSees>}
    </>
  )
}

function AnswerInput({ question, fields, nested }: FieldProps) {
  const { id } = question
  const error = errorOf(question, fields.errors)
  const isFollowed = hasOwnSilenceField(question) && silencesOf(question).length > 0
  const shared = {
    // the field that says why there is no answer belongs to it
    formGroup: isFollowed ? { classes: 'govuk-!-margin-bottom-2' } : undefined,
    hint: question.hint ? { text: question.hint } : undefined,
    errorMessage: error ? { text: error.text } : undefined,
  }
  const label = { text: question.label, classes: nested ? undefined : 'govuk-label--m' }
  const fieldset = {
    legend: { text: question.label, classes: nested ? 'govuk-fieldset__legend--s' : 'govuk-fieldset__legend--m' },
  }
  const value = one(fields.typed[id])
  const written = { ...shared, name: id, label, value }
  const chosen = { ...shared, name: id, fieldset, value }
  switch (question.kind) {
    case 'choice': {
      const { options, display } = question
      if (display === 'select') return <Select {...written} items={selectItems(question, options)} />
      return <Radios {...chosen} items={[...choiceItems(question, options, fields), ...silenceItems(question)]} />
    }
    case 'three-valued': {
      const items = [...choiceItems(question, yesNo, fields), ...silenceItems(question)]
      if (items.some(item => 'conditional' in item && item.conditional)) return <Radios {...chosen} items={items} />
      return <Radios {...chosen} classes="govuk-radios--inline" items={items.filter(item => !('divider' in item))} />
    }
    case 'item': {
      const names = itemNames(question.list, fields)
      return <Radios {...chosen} items={[...choiceItems(question, names, fields), ...silenceItems(question)]} />
    }
    case 'choices': {
      const items = choiceItems(question, question.options, fields).map(item =>
        question.exclusive?.includes(item.value) ? { ...item, behaviour: 'exclusive' as const } : item,
      )
      const silent = silenceItems(question).map(item =>
        'divider' in item ? item : { ...item, behaviour: 'exclusive' as const },
      )
      return (
        <Checkboxes
          {...shared}
          name={id}
          fieldset={fieldset}
          classes={items.length > 8 ? 'govuk-checkboxes--small' : undefined}
          values={many(fields.typed[id])}
          items={[...items, ...silent]}
        />
      )
    }
    case 'select':
      return <Select {...written} items={selectItems(question, fields.lookups[question.lookup] ?? {})} />
    case 'date':
      return (
        <DateInput
          {...shared}
          id={id}
          namePrefix={id}
          fieldset={fieldset}
          items={(['day', 'month', 'year'] as const).map(part => ({
            name: part,
            value: one(fields.typed[`${id}-${part}`]),
            // an error at the first box is about the whole date
            error: (part !== 'day' && error?.field === `${id}-${part}`) || undefined,
          }))}
        />
      )
    case 'long-text': {
      const { maxLength = longest, rows = 6 } = question
      if (maxLength >= longest) return <Textarea {...written} rows={rows} />
      return <CharacterCount {...written} rows={rows} maxlength={maxLength} threshold={75} />
    }
    case 'number': {
      const suffix = question.suffix ? { text: question.suffix } : undefined
      return <Input {...written} inputmode="numeric" classes="govuk-input--width-3" suffix={suffix} />
    }
    case 'time':
      return <Input {...written} classes="govuk-input--width-5" />
    case 'email':
      return <Input {...written} type="email" autocomplete="email" spellcheck={false} />
    case 'phone':
      return <Input {...written} type="tel" autocomplete="tel" classes="govuk-input--width-20" />
    case 'text':
      // a browser must not remember the name of a child
      return <Input {...written} autocomplete={question.autocomplete ?? (question.identifying ? 'off' : undefined)} />
  }
}

/** The silences of a question whose answer is typed; elsewhere they stand among the options. */
function SilenceInput({ question, fields }: { question: Question; fields: Fields }) {
  const codes = silencesOf(question)
  if (!hasOwnSilenceField(question) || codes.length === 0) return null
  const name = `${question.id}-silence`
  const chosen = fields.typed[name]
  const hiddenName = <span class="govuk-visually-hidden">: {question.name}</span>
  const [only, ...others] = codes
  if (only && others.length === 0) {
    const text = { children: [silences[only], hiddenName] }
    return (
      <Checkboxes
        name={name}
        classes="govuk-checkboxes--small"
        values={many(chosen)}
        items={[{ ...text, value: only }]}
      />
    )
  }
  return (
    <Select
      name={name}
      label={{ children: ['If you cannot answer, say why', hiddenName] }}
      value={one(chosen)}
      items={[{ value: '', text: '' }, ...codes.map(code => ({ value: code, text: silences[code] }))]}
    />
  )
}

interface ChoiceItem {
  value: string
  text: string
  hint: { text: string } | undefined
  conditional: { children: ComponentChildren } | undefined
}

function choiceItems(question: Question, options: Options, fields: Fields): ChoiceItem[] {
  const hints = question.kind === 'choice' || question.kind === 'choices' ? question.optionHints : undefined
  return Object.entries(options).map(([value, text]) => {
    const under = fields.questions.filter(other => other.under?.question === question.id && other.under.value === value)
    const hint = hints?.[value]
    return {
      value,
      text,
      hint: hint ? { text: hint } : undefined,
      conditional:
        under.length > 0
          ? { children: under.map(other => <QuestionField question={other} fields={fields} nested={true} />) }
          : undefined,
    }
  })
}

function silenceItems(question: Question): ({ divider: string } | { value: string; text: string })[] {
  const codes = silencesOf(question)
  return codes.length === 0 ? [] : [{ divider: 'or' }, ...codes.map(code => ({ value: code, text: silences[code] }))]
}

/** The silences come first, since a list can be long. */
function selectItems(question: Question, options: Options): { value: string; text: string }[] {
  return [
    { value: '', text: 'Select one' },
    ...silencesOf(question).map(code => ({ value: code, text: silences[code] })),
    ...Object.entries(options).map(([value, text]) => ({ value, text })),
  ]
}

function itemNames(list: string, { questionnaire, answers }: Fields): Options {
  const repeats = repeatsOf(questionnaire, list)
  return Object.fromEntries(
    itemsOf(answers, repeats).map((_, index) => [String(index + 1), repeats.itemName(answers, index)]),
  )
}

function errorOf({ id }: Question, errors: readonly FieldError[]): FieldError | undefined {
  return errors.find(({ field }) => field === id || ['day', 'month', 'year'].some(part => field === `${id}-${part}`))
}

function one(raw: string | readonly string[] | undefined): string {
  return (typeof raw === 'string' ? raw : raw?.[0]) ?? ''
}

function many(raw: string | readonly string[] | undefined): readonly string[] {
  return typeof raw === 'string' ? [raw] : (raw ?? [])
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
