import type { KnownPerson, KnownToRecord } from '../documents/index.ts'
import type { Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import { answered, listOf, type Answers } from '../platform/questionnaire/index.ts'
import { wholeDate } from './incident-facts.ts'
import { readIncident, sentNotification } from './store.ts'

/** What the notification of an incident knows and a reader must not learn, as far as the acting person may see it. */
export async function knownToRecord(tx: Tx, incidentId: string): Promise<KnownToRecord> {
  const incident = await readIncident(tx, incidentId)
  const notification = await sentNotification(tx, incidentId)
  const areas = incident ? [incident.authorityName, incident.partnershipName] : []
  return { ...knownFromAnswers(notification?.answers ?? {}), areas }
}

const peopleOf = {
  parentsAndCarers: 'parent or carer',
  siblings: 'brother or sister',
  otherPeople: 'relative',
  policeDetails: 'police officer',
  notifierName: 'professional',
} as const

export function knownFromAnswers(answers: Answers): Omit<KnownToRecord, 'areas'> {
  const words = (of: Answers, id: string) => {
    const value = answered(of, id)
    return typeof value === 'string' ? value : ''
  }
  const children = listOf(answers, 'children')
  const births = children.flatMap(child => wholeDate(child, 'dateOfBirth') ?? [])
  const incidentOn = wholeDate(answers, 'incidentOn')
  const traits = children.map(child => words(child, 'ethnicityInOwnWords')).filter(text => text && text.length <= 40)
  return {
    people: [
      ...children.map(child => ({
        relation: 'child',
        given: words(child, 'givenName') || undefined,
        family: words(child, 'familyName') || undefined,
        others: words(child, 'otherNames')
          .split(/[,;\n]+/)
          .flatMap(name => name.trim() || []),
      })),
      ...Object.entries(peopleOf).flatMap(([id, relation]) => peopleIn(words(answers, id), relation)),
    ],
    dates: [
      ...births.map(on => ({ what: 'birth' as const, on: on as CivilDate })),
      ...(incidentOn ? [{ what: 'incident' as const, on: incidentOn }] : []),
    ],
    addresses: words(answers, 'location') ? [words(answers, 'location')] : [],
    settings: [],
    traits,
  }
}

const name = String.raw`\p{Lu}[\p{L}'’-]+`
const wholeName = new RegExp(`${name}(?: ${name})+`, 'gu')
/** Begin a line of people, with a capital letter. */
const notNames =
  /^(?:(?:Mother|Father|Step\w*|Grand\w*|Maternal|Paternal|Brother|Sister|Half|Aunt|Uncle|Partner|Carer|Foster|Detective|Chief|Inspector|Sergeant|Constable|Superintendent|Police|Officer|Social|Worker|DC|DS|DI|DCI|PC|Mr|Mrs|Ms|Miss|Dr|Born)[\w-]*\.? )+/u

/** Two or more words with a capital letter: in what people write about a family, that is a name. */
export function peopleIn(text: string, relation: string): KnownPerson[] {
  return [...text.matchAll(wholeName)].flatMap(([found]) => {
    const parts = found.replace(notNames, '').split(' ')
    return parts.length > 1 ? [{ relation, given: parts[0], family: parts.at(-1) }] : []
  })
}
