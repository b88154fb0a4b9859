import { z } from 'zod'
import { isCivilDate } from '../dates.ts'
import type { Answer } from './answer.ts'
import { type Question, silencesOf, yesNo } from './questionnaire.ts'

const made = new WeakMap<Question, { value: z.ZodType<Answer>; answer: z.ZodType<Answer> }>()

/** What a value must be, in JSON. Pages and API both check with it, so they cannot disagree. */
export function valueSchema(question: Question): z.ZodType<Answer> {
  return schemasOf(question).value
}

/** A value, or one of the silences the question accepts. */
export function answerSchema(question: Question): z.ZodType<Answer> {
  return schemasOf(question).answer
}

/** Making a schema takes far longer than using it. */
function schemasOf(question: Question): { value: z.ZodType<Answer>; answer: z.ZodType<Answer> } {
  const known = made.get(question)
  if (known) return known
  const value = makeValueSchema(question)
  const schemas = { value, answer: makeAnswerSchema(question, value) }
  made.set(question, schemas)
  return schemas
}

function makeValueSchema(question: Question): z.ZodType<Answer> {
  const name = sentenceCase(question.name)
  const missing = missingText(question)
  switch (question.kind) {
    case 'text':
      return text(missing, question.maxLength ?? 200, name, oneLine)
    case 'long-text':
      return text(missing, question.maxLength ?? 10_000, name, manyLines)
    case 'email':
      return text(missing, 320, name, oneLine).regex(/^[^\s@]+@[^\s@]+\.[^\s@.]+$/, {
        error: 'Enter an email address in the correct format, like name@example.com',
      })
    case 'phone':
      return text(missing, 40, name, oneLine).regex(/^\+?[\d\s().-]{7,}(?: ?(?:ext|x)\.? ?\d+)?$/i, {
        error: 'Enter a phone number, like 01632 960 001 or 07700 900 982',
      })
    case 'time':
      return z.string({ error: missing }).regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, {
        error: `${name} must be a time, like 14:30 or 2:30pm`,
      })
    case 'date':
      return question.partAllowed
        ? z
            .string({ error: missing })
            .regex(/^\d{4}(?:-\d\d(?:-\d\d)?)?$/, { error: `${name} must be a date, or a month and year, or a year` })
            .refine(isDay, { error: `${name} must be a real date` })
            .refine(inYearsWeKnow, { error: yearText(name) })
        : z.iso
            .date({ error: ({ input }) => (input === undefined ? missing : `${name} must be a real date`) })
            .refine(inYearsWeKnow, { error: yearText(name) })
    case 'choice':
      return z.enum(Object.keys(question.options), { error: missing })
    case 'three-valued':
      return z.enum(Object.keys(yesNo), { error: missing })
    case 'choices': {
      const order = Object.keys(question.options)
      const exclusive = question.exclusive ?? []
      return z
        .array(z.enum(order, { error: missing }), { error: missing })
        .min(1, { error: missing })
        .overwrite(codes => order.filter(code => codes.includes(code)))
        .refine(codes => codes.length === 1 || !codes.some(code => exclusive.includes(code)), {
          error: `${name}: ${listed(exclusive.map(code => `“${question.options[code]}”`))} cannot be chosen together with another answer`,
        })
    }
    case 'select':
      return text(missing, 60, name, oneLine)
    case 'item':
      return z.string({ error: missing }).regex(/^[1-9]$/, { error: missing })
    case 'number': {
      const error = `${name} must be a whole number between ${question.min} and ${question.max}`
      return z.int({ error }).min(question.min, { error }).max(question.max, { error })
    }
  }
}

function makeAnswerSchema(question: Question, value: z.ZodType<Answer>): z.ZodType<Answer> {
  const silences = silencesOf(question)
  const silent = z.strictObject({ silence: z.enum(silences) })
  const schema = silences.length === 0 ? value : z.union([value, silent], { error: missingText(question) })
  return schema.meta({ description: descriptionOf(question) })
}

/** For people who send JSON: the hints of dates and times are about the boxes on the page. */
function descriptionOf({ kind, label, hint }: Question): string {
  const more = kind === 'date' ? 'Like 2026-03-31.' : kind === 'time' ? 'Like 14:30.' : hint
  if (!more) return label
  return `${label}${/[.?!]$/.test(label) ? '' : '.'} ${more}`
}

/** The error when there is no answer. */
export function missingText(question: Question): string {
  if (question.missing) return question.missing
  const verb = ['choice', 'choices', 'select', 'three-valued', 'item'].includes(question.kind) ? 'Select' : 'Enter'
  return `${verb} ${question.name}`
}

/** True for a real day, month or year in ISO text. */
function isDay(date: string): boolean {
  return isCivilDate(`${date}${'-01-01'.slice(date.length - 4)}`)
}

function inYearsWeKnow(date: string): boolean {
  return date >= '1900' && date < '2100'
}

function yearText(name: string): string {
  return `${name} must have a year from 1900 to 2099`
}

function text(missing: string, maxLength: number, name: string, clean: (typed: string) => string): z.ZodString {
  return z
    .string({ error: missing })
    .overwrite(clean)
    .min(1, { error: missing })
    .max(maxLength, { error: `${name} must be ${maxLength.toLocaleString('en-GB')} characters or less` })
}

/** The database stores neither the character zero nor half a surrogate pair. */
function storable(typed: string): string {
  return typed.toWellFormed().replaceAll('\0', '')
}

function oneLine(typed: string): string {
  return storable(typed).replaceAll(/\s+/g, ' ').trim()
}

/** A browser sends line ends as CRLF. */
function manyLines(typed: string): string {
  return storable(typed).replaceAll(/\r\n?/g, '\n').trim()
}

export function sentenceCase(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1)
}

function listed(phrases: readonly string[]): string {
  return phrases.length < 2 ? phrases.join('') : `${phrases.slice(0, -1).join(', ')} and ${phrases.at(-1)}`
}
