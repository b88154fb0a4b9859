import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type pg from 'pg'
import pino from 'pino'
import { createApp, type App } from '../../src/app/app.ts'
import { aCompleteNotification } from '../../src/notifications/builders.ts'
import { sendNotification, startNotification } from '../../src/notifications/index.ts'
import { aLetterText, aReading, local, rapid } from '../../src/panel/builders.ts'
import { checkReview } from '../../src/panel/check-review.ts'
import { confirmCopy } from '../../src/panel/confirm-copy.ts'
import { markersOf } from '../../src/panel/quality-markers.ts'
import { receiveReview } from '../../src/panel/receive-review.ts'
import { allocateReview } from '../../src/panel/allocate-review.ts'
import { answerPoint, saveAnswer } from '../../src/panel/letter/answer-point.ts'
import { readLetter } from '../../src/panel/letter/store.ts'
import { saveReading } from '../../src/panel/save-reading.ts'
import { sayLetterReady } from '../../src/panel/letter/say-letter-ready.ts'
import { sendLetter } from '../../src/panel/letter/send-letter.ts'
import { saveLetter, savePoint, startLetter } from '../../src/panel/letter/write-letter.ts'
import {
  linkPurposes,
  reachOf,
  type AccessRule,
  type Action,
  type LinkPurpose,
  type Role,
  type Subject,
} from '../../src/platform/access/index.ts'
import { actAs, type Acting } from '../../src/platform/acting.ts'
import type { Config } from '../../src/platform/config.ts'
import type { Database } from '../../src/platform/database/index.ts'
import { diskFileStore, type FileStore } from '../../src/platform/files/index.ts'
import { createApiToken } from '../../src/platform/sign-in/index.ts'
import { openDoor } from '../../src/platform/sign-in/door.ts'
import { startSession, visitorWith } from '../../src/platform/sign-in/sessions.ts'
import { freshDatabase, testClock } from '../../src/platform/testing/test-database.ts'
import { aPicture, aRecommendation } from '../../src/recommendations/builders.ts'
import { aCompleteReview, signNow } from '../../src/reviews/builders.ts'
import { insertReport } from '../../src/reviews/drafting/builders.ts'
import { insertLocalReview } from '../../src/reviews/local/builders.ts'
import { addFile } from '../../src/reviews/rapid/add-file.ts'
import { askForSignatures } from '../../src/reviews/rapid/ask-for-signatures.ts'
import { addToGroup } from '../../src/reviews/rapid/change-group.ts'
import { hashOfText } from '../../src/reviews/rapid/rapid-review.ts'
import { sendRapidReview } from '../../src/reviews/rapid/send-rapid-review.ts'
import { sendReviewBack } from '../../src/reviews/rapid/sign.ts'
import { addActions } from './actions.ts'

/** Somebody who comes to the service, each standing for everybody in their position. */
export interface Caller {
  /** `business-manager in the group, A`. */
  label: string
  personId: string
  role: Role | undefined
  bodyCode: string
  /** The partnerships that the body belongs to, and the body itself where it is one. */
  partnerships: readonly string[]
  acting: Acting
  cookie: string
  csrfToken: string
  apiToken: string | undefined
}

export interface Place {
  incidentId: string
  authorityCode: string
  partnershipCode: string
}

export const stages = ['draft', 'notified', 'signing', 'received', 'reading', 'answered'] as const
export type Stage = (typeof stages)[number]

/** What a secret word was written into. */
export type Written =
  | 'local-review'
  | 'bench'
  | 'reference'
  | 'notification'
  | 'child'
  | 'review'
  | 'file'
  | 'reading'
  | 'letter'
  | 'local-letter'
  | 'reply'
  | 'family'
  | 'action'
  | 'change'

export interface TestIncident extends Place {
  stage: Stage
  reference: string
  documentId: string | undefined
  pointId: string | undefined
  /** Of what is written down about its local review, by the part of their address. */
  recordIds: Record<string, string>
  /** A person of its family, and words of theirs. */
  family?: { member: string; quote: string; use: string }
}

export interface Secret {
  word: string
  written: Written
  incident: TestIncident
  /** Who wrote it, where the scope `own` asks. */
  personId?: string
}

/** What the expectations are worked out from: rows as they stand, read by the owner; never a policy. */
export interface Standing {
  /** Whose incident they see: of a local review its further ones too. */
  groups: ReadonlySet<string>
  /** By the kind of the review. */
  groupsOf: Readonly<Record<'rapid' | 'local', ReadonlySet<string>>>
  allocations: ReadonlySet<string>
  /** By person, incident and kind of review. */
  allocatedReviews: ReadonlySet<string>
  /** By the id of the review. */
  kindOfReview: ReadonlyMap<string, 'rapid' | 'local'>
  familyLeads: ReadonlySet<string>
  families: ReadonlySet<string>
  allocatedPartnerships: ReadonlySet<string>
  conflicts: ReadonlySet<string>
  notified: ReadonlySet<string>
  reviews: ReadonlyMap<string, 'draft' | 'signing' | 'sent'>
  /** By incident and kind of review. */
  considered: ReadonlySet<string>
  letters: ReadonlyMap<string, 'draft' | 'sent'>
  localReviews: ReadonlyMap<string, 'working' | 'sent'>
  /** Incidents whose local review is being published. */
  publications: ReadonlySet<string>
  /** Of incidents. */
  authorities: ReadonlyMap<string, string>
  /** Kinds of bodies by code. */
  kinds: ReadonlyMap<string, string>
  /** Of each recommendation, where its addressees lie, but for partners of its area. */
  addressed: ReadonlyMap<string, Partial<Place>[]>
  /** What a question whether something worked is asked for. */
  causes: ReadonlyMap<string, Place[]>
  /** Who is in an assurance group, of which partnership. */
  assuring: ReadonlySet<string>
  /** Actions that serve a point of a letter that was sent, and updates that count. */
  underLetters: ReadonlySet<string>
  counted: ReadonlySet<string>
}

export interface Country {
  database: Database
  app: App
  callers: readonly Caller[]
  /** Signed in, without a role today. */
  nobody: Caller
  incidents: readonly TestIncident[]
  /** A national recommendation that was issued and sent to both areas. */
  nationalId: string
  /** One more, up to this stage: what everybody there does until then is done. */
  anotherIncident(stage: Stage): Promise<TestIncident>
  /** One of each purpose, to things in the first area. */
  /** An issued recommendation of the nation, and what a body owes to it. */
  national: { number: string; addressee: string; axis: 'reply'; move: string; hash: string }
  links: readonly { id: string; purpose: LinkPurpose; incidentId: string }[]
  secrets: ReadonlyMap<string, Secret>
  standing(): Promise<Standing>
  config: Config
}

interface Area {
  authority: string
  police: string
  icb: string
  partnership: string
  region: string
}

const closing: (() => Promise<unknown>)[] = []
after(async () => {
  for (const close of closing.reverse()) await close()
})
let shared: Promise<Country> | undefined

/**
 * Two areas with somebody in every position of the access table, and in the first an incident at every stage. Each text
 * holds a word found nowhere else.
 */
export function country(): Promise<Country> {
  testClock.set('2026-03-02T10:00:00Z')
  shared ??= aCountry()
  return shared
}

export const silent = pino({ level: 'silent' })

/** As in production, so that the doors of the training country do not count. */
export function aConfig(mode: Config['mode'] = 'production'): Config {
  const dataFolder = mkdtempSync(join(tmpdir(), 'weathervane-access-'))
  closing.push(async () => rmSync(dataFolder, { recursive: true, force: true }))
  return {
    mode,
    port: 0,
    databaseUrl: undefined,
    dataFolder,
    publicUrl: 'https://weathervane.example',
    secret: 'a secret for tests, of more than 32 characters',
    smtpUrl: undefined,
    trustedProxies: [],
    helpPhone: '01632 960999',
    logLevel: 'error',
  }
}

/** @param database one that the tests may break; a new one where absent */
export async function aCountry(database?: Database): Promise<Country> {
  const base = database ?? (await freshDatabase())
  const config = aConfig()
  const app = await createApp({ config, database: base, log: silent })
  closing.push(() => app.close())
  const [a, b] = [await anArea(base, 'A'), await anArea(base, 'B')]
  await base.asOwner(client =>
    client.query(
      `insert into body (code, kind, name) values ('TC', 'national', 'College'), ('TD', 'national', 'Other college')`,
    ),
  )
  const door = openDoor({ database: base, config, log: silent })

  async function somebody(label: string, role: Role, bodyCode: string, from?: Area): Promise<Caller> {
    const email = `${randomUUID()}@test.example`
    const name = `Test ${label}`
    const { personId, appointmentId } = await base.asOwner(async client => {
      const added = await client.query<{ person_id: string; id: string }>(
        `with somebody as (insert into person (name) values ($2) returning id),
           address as (insert into email_address (person_id, address) select id, $1 from somebody)
         insert into appointment (person_id, role, body_code, from_on)
         select somebody.id, $3, $4, '2018-06-29' from somebody returning person_id, id`,
        [email, name, role, bodyCode],
      )
      return { personId: added.rows[0]!.person_id, appointmentId: added.rows[0]!.id }
    })
    const token = await base.as({ task: 'sign-in' }, tx => startSession(tx, personId, 'a test', 'full'))
    const visitor = (await visitorWith(door, token))!
    const api = await base.as({ task: 'sign-in' }, tx => createApiToken(tx, { email, label: 'test', days: 30 }))
    return {
      label,
      personId,
      role,
      bodyCode,
      partnerships: [...(from ? [from.partnership] : []), bodyCode],
      acting: actAs(base, { personId, name, appointmentId, role, bodyCode, bodyName: bodyCode }),
      cookie: `${door.cookieName}=${token}`,
      csrfToken: visitor.csrfToken,
      apiToken: api.token,
    }
  }

  const inArea = (area: Area, name: string) => ({
    notifier: () => somebody(`notifier, ${name}`, 'notifier', area.authority, area),
    approver: () => somebody(`approver, ${name}`, 'approver', area.authority, area),
    partner: (body: 'authority' | 'police' | 'icb', position = body as string) =>
      somebody(`safeguarding-partner ${position}, ${name}`, 'safeguarding-partner', area[body], area),
    lead: () => somebody(`lead-safeguarding-partner, ${name}`, 'lead-safeguarding-partner', area.police, area),
    manager: (position: string) =>
      somebody(`business-manager ${position}, ${name}`, 'business-manager', area.partnership),
    author: (position: string) => somebody(`agency-author ${position}, ${name}`, 'agency-author', area.partnership),
    dataOfficer: () => somebody(`data-officer, ${name}`, 'data-officer', area.partnership),
    reviewer: (position: string) => somebody(`reviewer ${position}, ${name}`, 'reviewer', area.partnership),
    scrutineer: () => somebody(`scrutineer, ${name}`, 'scrutineer', area.partnership),
    member: (position: string) => somebody(`panel-member ${position}, ${name}`, 'panel-member', area.region),
  })
  const [hereA, hereB] = [inArea(a, 'A'), inArea(b, 'B')]
  const manager = await hereA.manager('in the group')
  const [notifier, groupPartner] = [await hereA.notifier(), await hereA.partner('police', 'in the group')]
  const signers = [await hereA.partner('authority'), await hereA.partner('icb'), groupPartner]
  const [member, secretariat] = [await hereA.member('allocated'), await somebody('secretariat', 'secretariat', 'TN')]
  const memberOfLocal = await hereA.member('allocated, of the local review')
  const chair = await somebody('panel-chair', 'panel-chair', 'TN')

  const files = diskFileStore(join(config.dataFolder, 'files'))
  const secrets = new Map<string, Secret>()
  const incidents: TestIncident[] = []
  for (const stage of stages) {
    const incident = await anIncidentAt(stage)
    incidents.push(incident)
  }

  async function anIncidentAt(stage: Stage): Promise<TestIncident> {
    const at = stages.indexOf(stage)
    const words: Omit<Secret, 'incident'>[] = []
    const salt = (written: Written, personId?: string) => {
      const word = `Zq${stage}${written}${randomUUID().slice(0, 8)}`
      words.push({ word, written, ...(personId && { personId }) })
      return word
    }
    const { incidentId, reference } = await startNotification(notifier.acting)
    const complete = aCompleteNotification()
    const answers = {
      ...complete,
      whatHappened: `The baby was hurt ${salt('notification')}.`,
      children: complete.children!.map(child => ({ ...child, givenName: salt('child') })),
    }
    await base.asOwner(client =>
      client.query('update notification set answers = $2 where incident_id = $1', [
        incidentId,
        JSON.stringify(answers),
      ]),
    )
    let documentId: string | undefined
    let pointId: string | undefined
    if (at >= stages.indexOf('notified')) {
      await sendNotification(notifier.acting, incidentId)
      await addToGroup(manager.acting, incidentId, groupPartner.personId)
      documentId = await addFile(manager.acting, files, incidentId, {
        title: `Chronology ${salt('file')}`,
        upload: { name: 'chronology.txt', bytes: Buffer.from(`A visit was missed ${salt('file')}.\n`) },
      })
      const word = salt('review')
      const review = { ...aCompleteReview(), learning: `Calls must reach the health visitor ${word}.` }
      await base.asOwner(client =>
        client.query('update rapid_review set answers = $2 where incident_id = $1', [
          incidentId,
          JSON.stringify(review),
        ]),
      )
      await askForSignatures(manager.acting, incidentId)
      await sendReviewBack(groupPartner.acting, incidentId, {
        read: hashOfText(review),
        reason: `The call of 3 May is missing ${word}.`,
      })
    }
    if (at >= stages.indexOf('signing')) await askForSignatures(manager.acting, incidentId)
    if (at >= stages.indexOf('received')) {
      for (const signer of signers) await signNow(signer.acting, incidentId)
      await sendRapidReview(manager.acting, incidentId, { lateReason: undefined })
    } else if (stage === 'signing') await signNow(groupPartner.acting, incidentId)
    if (at >= stages.indexOf('reading')) {
      await allocateReview(secretariat.acting, rapid(incidentId), member.personId)
      await saveReading(
        member.acting,
        rapid(incidentId),
        aReading({ notes: `It explains why ${salt('reading', member.personId)}.` }),
        { seenRevision: 0, finish: true },
      )
      const revision = async () => (await chair.acting.transaction(tx => readLetter(tx, rapid(incidentId))))!.revision
      await startLetter(member.acting, rapid(incidentId))
      await saveLetter(
        member.acting,
        rapid(incidentId),
        aLetterText({ opening: `Thank you ${salt('letter')}.` }),
        await revision(),
      )
      await savePoint(
        member.acting,
        rapid(incidentId),
        {
          id: undefined,
          theme: 'neglect',
          text: `How do you know ${salt('letter')}?`,
          asks: 'yes',
          replyBy: undefined,
        },
        await revision(),
      )
      pointId = (await chair.acting.transaction(tx => readLetter(tx, rapid(incidentId))))!.points[0]!.id
      if (stage === 'answered') {
        await sayLetterReady(member.acting, rapid(incidentId), await revision())
        await sendLetter(chair.acting, rapid(incidentId), await revision())
        await answerPoint(manager.acting, rapid(incidentId), 1, {
          text: `We asked ${salt('reply')}.`,
          action: 'Ask again.',
        })
        await saveAnswer(manager.acting, rapid(incidentId), 1, { text: 'And later.', action: '', seenRevision: 0 })
      }
    }
    const place = { incidentId, authorityCode: a.authority, partnershipCode: a.partnership }
    const recordIds = await aLocalReviewAt(stage, place, salt)
    if (stage === 'answered') await aLetterOnLocal(incidentId, place, salt)
    const incident = { ...place, stage, reference, documentId, pointId, recordIds }
    for (const secret of [...words, { word: reference, written: 'reference' as const }])
      secrets.set(secret.word, { ...secret, incident })
    return incident
  }

  /** The Panel has it from the copy that was sent ahead, checked it, and writes its letter. */
  async function aLetterOnLocal(incidentId: string, place: Place, salt: (written: Written) => string): Promise<void> {
    const which = local(incidentId)
    await manager.acting.transaction(tx => receiveReview(tx, 'local', { place }))
    const marks = Object.fromEntries(Object.keys(markersOf.local).map(key => [key, 'there'] as const))
    await checkReview(secretariat.acting, which, { marks, notes: '' })
    const copy = { what: 'review', recipient: 'dfe', how: 'By hand', confirmed: 'yes' }
    await confirmCopy(secretariat.acting, which, { ...copy, sentOn: { day: '1', month: '3', year: '2026' } })
    await allocateReview(secretariat.acting, which, memberOfLocal.personId)
    await startLetter(memberOfLocal.acting, which)
    const text = aLetterText({ opening: `Thank you ${salt('local-letter')}.` })
    await saveLetter(memberOfLocal.acting, which, { ...text, viewOnDecision: undefined }, 1)
  }

  /** Being worked on, and sent ahead of publication. */
  async function aLocalReviewAt(
    stage: Stage,
    place: Place,
    salt: (written: Written) => string,
  ): Promise<Record<string, string>> {
    if (stage !== 'reading' && stage !== 'answered') return {}
    return base.asOwner(async client => ({
      ...(await insertLocalReview(client, place, {
        sentAheadOn: stage === 'answered' ? '2026-02-16' : undefined,
        word: salt('local-review'),
        benchWord: salt('bench'),
      })),
      ...(await insertReport(client, place, salt('local-review'))),
    }))
  }

  const authorInGroup = await hereA.author('in the group')
  const authorInLocalGroup = await hereA.author('in the group of a local review')
  const leadContact = await hereA.author('who leads contact with the family')
  const reviewerInGroup = await hereA.reviewer('in the group')
  const partnerInConflict = await hereA.partner('police', 'in the group, with a conflict')
  const memberInConflict = await hereA.member('allocated, with a conflict in each incident')
  const memberInConflictWithArea = await hereA.member('allocated, with a conflict with the authority')
  const secretariatInConflict = await somebody('secretariat with a conflict', 'secretariat', 'TN')
  const chairInConflict = await somebody('panel-chair with a conflict with the authority', 'panel-chair', 'TN')
  const formerMember = await hereA.member('allocated before')
  await base.asOwner(async client => {
    for (const { incidentId, authorityCode, partnershipCode, stage } of incidents) {
      const scope = [incidentId, authorityCode, partnershipCode]
      for (const person of [authorInGroup, partnerInConflict])
        await client.query(
          `insert into review_member (review_id, kind, incident_id, authority_code, partnership_code, person_id, added_at)
           select review_id, kind, incident_id, authority_code, partnership_code, $2, now()
           from review where incident_id = $1 and kind = 'rapid'`,
          [incidentId, person.personId],
        )
      if (stage === 'answered') {
        for (const person of [reviewerInGroup, authorInLocalGroup, leadContact, partnerInConflict])
          await client.query(
            `insert into review_member (review_id, kind, incident_id, authority_code, partnership_code, person_id, added_at)
             select review_id, kind, incident_id, authority_code, partnership_code, $2, now()
             from review where incident_id = $1 and kind = 'local'`,
            [incidentId, person.personId],
          )
        await addPublication(client, scope, { manager, secretariat })
        const further = incidents.find(each => each.stage === 'reading')!
        await client.query(
          `insert into review_incident (review_id, incident_id, authority_code, partnership_code)
           select review_id, $2, $3, $4 from review where incident_id = $1 and kind = 'local'`,
          [incidentId, further.incidentId, further.authorityCode, further.partnershipCode],
        )
      }
      if (stage === 'answered') {
        const word = `Zq${stage}family${randomUUID().slice(0, 8)}`
        const incident = incidents.find(each => each.incidentId === incidentId)!
        secrets.set(word, { word, written: 'family', incident })
        const review = `from review where incident_id = $1 and kind = 'local'`
        const place = 'review_id, incident_id, authority_code, partnership_code'
        await client.query(
          `insert into family_lead (${place}, account_id, name, from_on, entered_at)
           select ${place}, $2, $3, '2026-01-01', now() ${review}`,
          [incidentId, leadContact.personId, `Test lead ${word}`],
        )
        const { rows } = await client.query<{ id: string }>(
          `insert into family_member (${place}, answers, form_version, saved_at)
           select ${place}, $2, 1, now() ${review} returning id`,
          [incidentId, JSON.stringify({ name: `Grandmother ${word}`, relation: 'grandparent' })],
        )
        const member = rows[0]!.id
        const answers = JSON.stringify({ happenedOn: '2026-02-01', said: `Ask me ${word}.`, reader: 'on-paper' })
        for (const kind of ['contact', 'reading', 'sensitive-date', 'practitioner', 'message'])
          await client.query(
            `insert into family_entry (${place}, kind, member_id, answers, form_version, entered_at)
             select ${place}, $2, $3, $4, 1, now() ${review}`,
            [incidentId, kind, member, answers],
          )
        const quote = await client.query<{ id: string }>(
          `insert into family_quote (${place}, member_id, words, answers, form_version, entered_at)
           select ${place}, $2, $3, '{"uses":["report"]}', 1, now() ${review} returning id`,
          [incidentId, member, `Nobody rang me ${word}.`],
        )
        const use = await client.query<{ id: string }>(
          `insert into family_quote_use (quote_id, ${place}, answers, form_version, entered_at)
           select $2, ${place}, '{"use":"report"}', 1, now() ${review} returning id`,
          [incidentId, quote.rows[0]!.id],
        )
        incident.family = { member, quote: quote.rows[0]!.id, use: use.rows[0]!.id }
        await client.query(
          `insert into family_entry (${place}, kind, use_id, answers, form_version, entered_at)
           select ${place}, 'copy', $2, $3, 1, now() ${review}`,
          [incidentId, use.rows[0]!.id, answers],
        )
        await client.query(
          `insert into family_draft (${place}, member_id, reader, verified_how, verified_by, version, text, opened_at)
           select ${place}, $2, 'Test reader', 'In person', 'Test lead', 1, $3, now() ${review}`,
          [incidentId, member, `The draft ${word}.`],
        )
        await client.query(
          `insert into legal_hold (${place}, reason, from_on, ends_on, entered_at)
           select ${place}, 'A claim', '2026-01-01', '2027-01-01', now() ${review}`,
          [incidentId],
        )
        const withdrawn = await client.query<{ id: string }>(
          `insert into family_quote (${place}, member_id, answers, form_version, entered_at, withdrawn_at, sealed)
           select ${place}, $2, '{}', 1, now(), now(), true ${review} returning id`,
          [incidentId, member],
        )
        await client.query(
          `insert into sealed_words (quote_id, ${place}, words, sealed_at) select $2, ${place}, 'Sealed words', now() ${review}`,
          [incidentId, withdrawn.rows[0]!.id],
        )
      }
      await client.query(
        `insert into identifying_decision (subject, about, found_key, text_hash, decision, person_id, decided_at,
           incident_id, authority_code, partnership_code)
         values ('rapid-review-draft', 'a text', 'a key', 'a hash', 'kept', $4, $5, $1, $2, $3)`,
        [...scope, manager.personId, testClock.now()],
      )
      if (['reading', 'answered'].includes(stage))
        for (const person of [memberInConflict, memberInConflictWithArea, formerMember])
          await client.query(
            `insert into allocation (review_id, incident_id, authority_code, partnership_code, person_id, allocated_at, ended_at)
             select review_id, $1, $2, $3, $4, now(), $5 from review where incident_id = $1 and kind = 'rapid'`,
            [...scope, person.personId, person === formerMember ? new Date() : null],
          )
      for (const person of [partnerInConflict, memberInConflict, secretariatInConflict])
        await client.query(
          `insert into conflict_of_interest (person_id, incident_id, reason, declared_at) values ($1, $2, 'other', now())`,
          [person.personId, incidentId],
        )
    }
    for (const person of [memberInConflictWithArea, chairInConflict])
      await client.query(
        `insert into conflict_of_interest (person_id, authority_code, reason, declared_at) values ($1, $2, 'other', now())`,
        [person.personId, a.authority],
      )
  })
  const links = await base.asOwner(async client => {
    await client.query(`insert into link_failure (address_hash, at) values ('an address', now())`)
    const { rows } = await client.query<Country['links'][number]>(
      `insert into link (token_hash, purpose, subject, object_id, holder, incident_id, authority_code, partnership_code, person_id,
         made_at, expires_at)
       select gen_random_uuid()::text, purpose, subject_of_link(purpose, true), gen_random_uuid(), 'Somebody', $2, $3, $4, $5, '2026-03-01', '2026-04-01'
       from unnest($1::text[]) purpose returning id, purpose, incident_id as "incidentId"`,
      [Object.keys(linkPurposes), incidents.at(-1)!.incidentId, a.authority, a.partnership, manager.personId],
    )
    return rows
  })
  const [scrutineer, college] = [await hereA.scrutineer(), await somebody('body-answering', 'body-answering', 'TC')]
  const national = await addRecommendations(base, files, {
    a,
    b,
    incidents,
    scrutineer,
    secretariat,
    college,
    managers: [manager, groupPartner],
  })
  const actions = await addActions(base, { incidents, partnership: a.partnership, manager, secretariat })
  for (const secret of actions.secrets) secrets.set(secret.word, secret)
  const former = await somebody('somebody whose role has ended', 'business-manager', a.partnership)
  await base.asOwner(client =>
    client.query(`update appointment set until_on = '2026-01-01' where person_id = $1`, [former.personId]),
  )

  return {
    database: base,
    national,
    app,
    config,
    nobody: {
      ...former,
      role: undefined,
      bodyCode: '',
      partnerships: [],
      csrfToken: (await visitorWith(door, former.cookie.split('=')[1]!))!.csrfToken,
    },
    incidents,
    nationalId: actions.nationalId,
    anotherIncident: anIncidentAt,
    links,
    secrets,
    standing: () => readStanding(base),
    callers: [
      notifier,
      await hereA.approver(),
      ...signers,
      partnerInConflict,
      await hereA.lead(),
      manager,
      await hereA.manager('not in the group'),
      authorInGroup,
      authorInLocalGroup,
      reviewerInGroup,
      await hereA.reviewer('not in the group'),
      await hereA.author('not in the group'),
      scrutineer,
      college,
      await somebody('body-answering for another', 'body-answering', 'TD'),
      member,
      await hereA.member('not allocated'),
      memberInConflict,
      memberInConflictWithArea,
      formerMember,
      memberOfLocal,
      await hereB.notifier(),
      await hereB.approver(),
      await hereB.partner('police'),
      await hereB.lead(),
      await hereB.manager('there'),
      await hereB.author('there'),
      await hereB.reviewer('there'),
      leadContact,
      await hereA.dataOfficer(),
      await hereB.dataOfficer(),
      await hereB.scrutineer(),
      secretariat,
      secretariatInConflict,
      chair,
      chairInConflict,
      await somebody('analyst', 'analyst', 'TN'),
      await somebody('dfe', 'dfe', 'TN'),
      await somebody('ofsted', 'ofsted', 'TN'),
      await somebody('administrator', 'administrator', 'TN'),
    ],
  }
}

/** A publication that has been through everything, as the owner puts it there. */
async function addPublication(
  client: pg.PoolClient,
  scope: readonly string[],
  { manager, secretariat }: { manager: Caller; secretariat: Caller },
): Promise<void> {
  const place = 'incident_id, authority_code, partnership_code'
  const add = (table: string, columns: string, values: string) =>
    client.query(
      `insert into ${table} (review_id, ${place}, ${columns}) select review_id, ${place}, ${values}
       from review where incident_id = $1 and kind = 'local'`,
      [scope[0]],
    )
  await add('publication', 'number, saved_at', `'LR-2026-10001', now()`)
  await add('publication_step', 'position, kind, whom', `1, 'family', 'The family'`)
  await add('sensitive_date', 'kind, what, from_on', `'trial', 'a trial', '2027-01-01'`)
  await add(
    'publication_file',
    'title, hash, type, extension, size_bytes, cleared_at',
    `'The report', repeat('a', 64), 'application/pdf', 'pdf', 10, now()`,
  )
  await add('publication_act', 'act, person_id, at', `'published', '${manager.personId}', now()`)
  await add(
    'withholding',
    'manner, justification, person_id, sent_at',
    `'improvements', 'A brother would be known', '${manager.personId}', now()`,
  )
  await client.query(
    `insert into withholding_comment (withholding_id, ${place}, text, person_id, at)
     select id, ${place}, 'Publish more', $2, now() from withholding where incident_id = $1`,
    [scope[0], secretariat.personId],
  )
  await add('learning_sheet', 'sector, happened, learnt, ask, saved_at', `'health', 'A', 'B', 'C', now()`)
  await client.query(
    `insert into published_review (number, partnership_code, partnership_name, title, learning, recommendations, themes,
       may_be_indexed, in_feed, published_on, as_at)
     values ('LR-2026-10001', $1, 'A partnership', 'A title', 'What was learnt', '{}', '{}', true, true, '2026-01-01', '2026-01-01')`,
    [scope[2]],
  )
  await client.query(
    `insert into published_sheet (number, sector, partnership_code, title, learnt, ask, published_on, as_at)
     values ('LR-2026-10001', 'health', $1, 'A title', 'What was learnt', '{}', '2026-01-01', '2026-01-01')`,
    [scope[2]],
  )
}

async function anArea(database: Database, mark: string): Promise<Area> {
  const area = {
    authority: `TA-${mark}`,
    police: `TF-${mark}`,
    icb: `TI-${mark}`,
    partnership: `TP-${mark}`,
    region: `TR-${mark}`,
  }
  await database.asOwner(async client => {
    await client.query('insert into region (code, name) values ($1, $1)', [area.region])
    for (const [kind, code] of Object.entries(area))
      await client.query('insert into body (code, kind, name, region_code) values ($1, $2, $1, $3)', [
        code,
        kind,
        area.region,
      ])
    for (const code of [area.authority, area.police, area.icb])
      await client.query(
        `insert into partnership_body (partnership_code, body_code, from_on) values ($1, $2, '2018-06-29')`,
        [area.partnership, code],
      )
  })
  return area
}

/** At every status: one of an incident, to a partner, its partnership and a national body; and one of the nation. */
async function addRecommendations(
  database: Database,
  files: FileStore,
  country: {
    a: Area
    b: Area
    incidents: readonly TestIncident[]
    scrutineer: Caller
    secretariat: Caller
    college: Caller
    managers: readonly [Caller, Caller]
  },
): Promise<Country['national']> {
  const { a, b, scrutineer, secretariat, college, managers } = country
  const [manager, partner] = managers
  const theCollege = { kind: 'national-body', bodyCode: 'TC' } as const
  const partnership = ({ partnership: bodyCode }: Area) => ({ kind: 'partnership', bodyCode }) as const
  const issued: string[] = []
  let number = ''
  for (const status of ['draft', 'out-for-comment', 'issued'] as const) {
    for (const stage of ['received', 'answered'] as const) {
      const place = country.incidents.find(incident => incident.stage === stage)!
      const addressees = [{ kind: 'partner', bodyCode: a.police } as const, partnership(a), theCollege]
      const sourceKind = stage === 'answered' ? 'local-review' : 'rapid-review'
      const local = await aRecommendation(database, { place, bodyCode: a.partnership, addressees, status, sourceKind })
      if (status === 'issued') issued.push(...local.addresseeIds)
    }
    const addressees = [partnership(a), partnership(b), theCollege]
    const national = await aRecommendation(database, { bodyCode: 'TN', addressees, status })
    if (status === 'issued') {
      issued.push(...national.addresseeIds)
      number = national.number
    }
  }
  const received = country.incidents.find(({ stage }) => stage === 'received')!
  const ended = [
    await aRecommendation(database, { place: received, bodyCode: a.partnership, addressees: [partnership(a)] }),
    await aRecommendation(database, { bodyCode: 'TN', addressees: [partnership(a)] }),
  ]
  await database.asOwner(async client => {
    await client.query(`select set_config('weathervane.acting_on', '2026-03-02', false)`)
    await client.query(
      `update recommendation set status = 'closed', ended_at = now(), ended_reason = 'Done' where recommendation_id = any ($1)`,
      [ended.map(({ recommendationId }) => recommendationId)],
    )
    for (const addressee of issued) {
      for (const [by, person] of [
        ['owner', manager],
        ['judge', scrutineer],
        ['panel', secretariat],
      ] as const) {
        await client.query(
          `insert into recommendation_evidence (addressee_id, incident_id, authority_code, partnership_code, body_code,
             kind, part, title, person_id, added_at)
           select addressee_id, incident_id, authority_code, partnership_code, body_code, 'audit', $2, 'Audit', $3, now()
           from recommendation_addressee where addressee_id = $1`,
          [addressee, by, person.personId],
        )
      }
      for (const [by, axis, becomes, cameBy, person] of [
        ['owner', 'reply', 'accepted', 'account', college],
        ['owner', 'delivery', 'in-progress', 'letter', manager],
        ['judge', 'effect', 'no-change', 'account', scrutineer],
        ['panel', 'effect', 'no-change', 'account', secretariat],
      ] as const) {
        await client.query(
          `with moved as (
             insert into recommendation_move (addressee_id, incident_id, authority_code, partnership_code, body_code,
               axis, part, from_state, to_state, words, came_by, said_on, said_by, source, person_id, at)
             select addressee_id, incident_id, authority_code, partnership_code, body_code,
               $2, $3, case $2 when 'reply' then reply when 'delivery' then delivery else effect end, $4, 'Test', $5,
               '2026-03-02', 'Test', 'Test', $6, now()
             from recommendation_addressee where addressee_id = $1 and ($3 = 'owner' or ($3 = 'panel') = (kind = 'national-body'))
             returning *)
           select * from moved`,
          [addressee, axis, by, becomes, cameBy, person.personId],
        )
      }
    }
    await client.query(
      `insert into recommendation_move_check (move_id, incident_id, authority_code, partnership_code, person_id, agrees, at)
       select move_id, incident_id, authority_code, partnership_code, $1, true, now()
       from recommendation_move where came_by = 'letter' and part = 'owner'`,
      [partner.personId],
    )
    await client.query(
      `insert into recommendation_move_taken_off (move_id, reason, person_id, at)
       select move_id, 'Test', $1, '2026-03-02T10:00:00Z'
       from recommendation_move join recommendation_addressee using (addressee_id)
       where part = 'owner' and kind = 'national-body' and recommendation_addressee.incident_id is null
       limit 1`,
      [partner.personId],
    )
    await client.query(
      `insert into recommendation_comment (addressee_id, incident_id, authority_code, partnership_code, body_code,
         words, said_by, person_id, at)
       select addressee_id, incident_id, authority_code, partnership_code, body_code, 'Say by when.', 'Test', $1, now()
       from recommendation_addressee where status = 'out-for-comment'`,
      [college.personId],
    )
    const later = country.incidents.find(incident => incident.stage === 'received')!
    await client.query(
      `with asked as (
         insert into theme_question (addressee_id, recommendation_id, incident_id, authority_code, partnership_code, body_code, themes, asked_at)
         select addressee_id, recommendation_id, incident_id, authority_code, partnership_code, body_code, '{neglect}', now()
         from recommendation_addressee where status in ('issued', 'closed') returning question_id)
       insert into theme_question_cause (question_id, kind, later_on, themes, incident_id, authority_code, partnership_code)
       select question_id, 'notification', '2026-03-02', '{neglect}', $1, $2, $3 from asked`,
      [later.incidentId, later.authorityCode, later.partnershipCode],
    )
    for (const questionOf of ['theme_question.recommendation_id', 'null']) {
      await client.query(
        `insert into recommendation_reconsidered (recommendation_id, incident_id, authority_code, partnership_code, decision,
           question_id, reason, ended_at, ended_reason, person_id, at)
         select recommendation_id, incident_id, authority_code, partnership_code, 'stays-closed',
           (select question_id from theme_question where ${questionOf} = recommendation.recommendation_id limit 1),
           'Looked at', ended_at, ended_reason, case when incident_id is null then $2::uuid else $1 end, now()
         from recommendation where status = 'closed'`,
        [manager.personId, secretariat.personId],
      )
    }
    await client.query(
      `insert into published_recommendation (number, shown, tags, published_on, changed_on)
       values ('R-2026-10001', $1, '{}', '2026-01-01', '2026-01-01')`,
      [JSON.stringify(aPicture())],
    )
    await client.query(
      `insert into published_choice (sources, addressees, changed_on) values ('{A review}', '{A body}', '2026-01-01')`,
    )
    await client.query(
      `insert into assurance_member (partnership_code, person_id, added_by, added_at) values ($1, $2, $3, now())`,
      [a.partnership, partner.personId, manager.personId],
    )
  })
  const addressee = issued.at(-1)!
  const hash = await files.put(Buffer.from('A scan'))
  const moves = await database.asOwner(async client => {
    await client.query(
      `update recommendation_evidence set file_name = 'scan.txt', file_kind = 'text', file_hash = $2, file_size = 6 where addressee_id = $1`,
      [addressee, hash],
    )
    return client.query<{ move_id: string }>(
      `select move_id from recommendation_move where addressee_id = $1 and came_by = 'letter'`,
      [addressee],
    )
  })
  return { number, addressee, axis: 'reply', move: moves.rows[0]!.move_id, hash }
}

const pair = (personId: string, what: string) => `${personId} ${what}`

async function readStanding(database: Database): Promise<Standing> {
  return database.asOwner(async client => {
    const rows = async (query: string) => (await client.query<{ key: string; value: string }>(query)).rows
    const keys = async (query: string) => new Set((await rows(query)).map(row => row.key))
    return {
      groups: await keys(
        `select person_id || ' ' || incident_id as key from review_member
         union all select person_id || ' ' || review_incident.incident_id
           from review_member join review_incident using (review_id) where kind = 'local'`,
      ),
      groupsOf: {
        rapid: await keys(`select person_id || ' ' || incident_id as key from review_member where kind = 'rapid'`),
        local: await keys(`select person_id || ' ' || incident_id as key from review_member where kind = 'local'`),
      },
      familyLeads: await keys(
        `select account_id || ' ' || incident_id as key from family_lead where until_on is null and account_id is not null`,
      ),
      families: await keys('select incident_id as key from family_member'),
      allocations: await keys(`select person_id || ' ' || incident_id as key from allocation where ended_at is null`),
      allocatedReviews: await keys(
        `select person_id || ' ' || allocation.incident_id || ' ' || kind as key
         from allocation join review using (review_id) where ended_at is null`,
      ),
      kindOfReview: new Map(
        (await rows('select review_id as key, kind as value from review')).map(row => [
          row.key,
          row.value as 'rapid' | 'local',
        ]),
      ),
      allocatedPartnerships: await keys(
        `select person_id || ' ' || partnership_code as key from allocation where ended_at is null`,
      ),
      conflicts: await keys(
        `select person_id || ' ' || coalesce(incident_id::text, authority_code) as key
         from conflict_of_interest where ended_at is null`,
      ),
      notified: await keys(`select incident_id as key from incident where notified_at is not null`),
      reviews: new Map(
        (await rows('select incident_id as key, status as value from rapid_review')).map(row => [
          row.key,
          row.value as 'draft' | 'signing' | 'sent',
        ]),
      ),
      localReviews: new Map(
        (
          await rows(
            `select incident_id as key, case when sent_ahead_on is null then 'working' else 'sent' end as value
             from local_review`,
          )
        ).map(row => [row.key, row.value as 'working' | 'sent']),
      ),
      considered: await keys(`select incident_id || ' ' || kind as key from consideration`),
      letters: new Map(
        (await rows(`select incident_id || ' ' || kind as key, status as value from letter`)).map(row => [
          row.key,
          row.value as 'draft' | 'sent',
        ]),
      ),
      publications: await keys('select incident_id as key from publication'),
      authorities: new Map(
        (await rows('select incident_id as key, authority_code as value from incident')).map(row => [
          row.key,
          row.value,
        ]),
      ),
      kinds: new Map((await rows('select code as key, kind as value from body')).map(row => [row.key, row.value])),
      causes: new Map(
        Map.groupBy(
          await rows(
            `select question_id::text as key, incident_id || ' ' || authority_code || ' ' || partnership_code as value from theme_question_cause`,
          ),
          row => row.key,
        )
          .entries()
          .map(([key, causes]) => [
            key,
            causes.map(({ value }) => {
              const [incidentId = '', authorityCode = '', partnershipCode = ''] = value.split(' ')
              return { incidentId, authorityCode, partnershipCode }
            }),
          ]),
      ),
      addressed: new Map(
        (
          await client.query<{ key: string; value: Partial<Place>[] }>(
            `select recommendation_id as key, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('incidentId', incident_id,
               'authorityCode', authority_code, 'partnershipCode', partnership_code))) as value
             from recommendation_addressee where kind <> 'partner' and status <> 'draft' group by recommendation_id`,
          )
        ).rows.map(row => [row.key, row.value]),
      ),
      underLetters: await keys('select action_id as key from action_serves where point_id is not null'),
      counted: await keys('select update_id as key from action_check where counts'),
      assuring: await keys(`select person_id || ' ' || partnership_code as key from assurance_member`),
    }
  })
}

/** Whoever asks: somebody in their role, or the service in one of its tasks. */
export type Asker = Pick<Caller, 'personId' | 'bodyCode' | 'partnerships'> & { who: AccessRule['who'] | undefined }

export function askerOf(caller: Caller): Asker {
  return { ...caller, who: caller.role }
}

/**
 * Whether the access table lets somebody do something with a row that lies in this place. Written without a look at the
 * policies, so that each checks the other.
 */
export function reaches(
  asker: Asker,
  action: Action,
  subject: Subject,
  row: Partial<Place> & { personId?: string | null; kind?: 'rapid' | 'local' | undefined },
  standing: Standing,
): boolean {
  const { incidentId, authorityCode, partnershipCode } = row
  const { personId } = asker
  if (!asker.who || isHiddenFrom(asker, row, standing)) return false
  return reachOf(asker.who, action, subject).some(scope => {
    switch (scope) {
      case 'national':
        return true
      case 'authority':
        return asker.bodyCode !== '' && asker.bodyCode === authorityCode
      case 'partnership':
        return partnershipCode !== undefined && asker.partnerships.includes(partnershipCode)
      case 'group':
        // What the group of a rapid review writes is open to its members while they write it.
        if (subject === 'incident') return standing.groups.has(pair(personId, incidentId ?? ''))
        return subject === 'rapid-review-draft'
          ? standing.groupsOf.rapid.has(pair(personId, incidentId ?? '')) &&
              standing.reviews.get(incidentId ?? '') === 'draft'
          : standing.groupsOf.local.has(pair(personId, incidentId ?? ''))
      case 'lead-contact':
        return standing.familyLeads.has(pair(personId, incidentId ?? ''))
      case 'allocated':
        // What the Panel does with a review is for who has that one, and not the other of its incident.
        return row.kind && ['panel-work', 'panel-reading', 'letter-draft', 'local-review-sent'].includes(subject)
          ? standing.allocatedReviews.has(pair(personId, `${incidentId ?? ''} ${row.kind}`))
          : standing.allocations.has(pair(personId, incidentId ?? ''))
      case 'area-of-allocated':
        return standing.allocatedPartnerships.has(pair(personId, partnershipCode ?? ''))
      case 'own':
        return personId !== '' && row.personId === personId
    }
  })
}

/** A declared conflict takes the record away, whatever the access table gives. */
export function isHiddenFrom({ personId }: Asker, row: Partial<Place>, { conflicts, authorities }: Standing): boolean {
  return [row.incidentId, row.authorityCode, authorities.get(row.incidentId ?? '')].some(about =>
    conflicts.has(pair(personId, about ?? '')),
  )
}

/** The subjects of the access table that an incident has at its present stage, of the Panel's those about one review. */
export function subjectsOf(
  { incidentId, recordIds }: TestIncident,
  standing: Standing,
  kind: 'rapid' | 'local',
): Set<Subject> {
  const review = standing.reviews.get(incidentId)
  const letter = standing.letters.get(`${incidentId} ${kind}`)
  return new Set<Subject>([
    ...(standing.notified.has(incidentId)
      ? (['incident', 'notification'] as const)
      : (['notification-draft'] as const)),
    ...(review ? [reviewSubject(review)] : []),
    ...(review && review !== 'sent' ? (['review-group'] as const) : []),
    ...(standing.localReviews.has(incidentId) ? (['local-review'] as const) : []),
    ...(standing.localReviews.get(incidentId) === 'sent' ? (['local-review-sent'] as const) : []),
    ...(standing.families.has(incidentId) ? (['family-contact'] as const) : []),
    ...(standing.considered.has(`${incidentId} ${kind}`) ? (['panel-work', 'panel-reading'] as const) : []),
    ...(recordIds['action'] ? (['action'] as const) : []),
    ...(standing.publications.has(incidentId) ? (['publication', 'withholding'] as const) : []),
    ...(letter ? [letter === 'sent' ? ('letter' as const) : ('letter-draft' as const)] : []),
  ])
}

export function reviewSubject(status: 'draft' | 'signing' | 'sent'): Subject {
  return ({ draft: 'rapid-review-draft', signing: 'rapid-review-signing', sent: 'rapid-review' } as const)[status]
}

/** The subjects any of which lets a person read what was written. */
export function subjectsOfSecret({ written, incident }: Secret, standing: Standing): Subject[] {
  const { incidentId } = incident
  const notified = standing.notified.has(incidentId)
  switch (written) {
    case 'reference':
      // A mail names the incident it is about, and a letter quotes it.
      return notified
        ? ['incident', 'mail', ...(standing.letters.get(`${incidentId} rapid`) === 'sent' ? (['letter'] as const) : [])]
        : ['notification-draft']
    case 'notification':
    case 'child':
      return [notified ? 'notification' : 'notification-draft']
    case 'review':
      return [reviewSubject(standing.reviews.get(incidentId)!)]
    case 'local-review':
    case 'bench':
      return ['local-review']
    case 'file':
      return ['rapid-review-draft']
    case 'reading':
      return ['panel-reading']
    case 'family':
      // Withdrawn while a hold is in force, they are sealed.
      return ['family-contact', 'sealed-words']
    case 'action':
      return incident.stage === 'answered' ? ['action', 'letter-action'] : ['action']
    case 'change':
      return ['action', 'letter']
    case 'local-letter':
      return ['letter-draft']
    case 'letter':
    case 'reply':
      return [standing.letters.get(`${incidentId} rapid`) === 'sent' ? 'letter' : 'letter-draft']
  }
}

export function mayReadSecret(asker: Asker, secret: Secret, standing: Standing): boolean {
  const kind = secret.written === 'local-letter' ? ('local' as const) : ('rapid' as const)
  const row = { ...secret.incident, personId: secret.personId ?? null, kind }
  // The reviewer's bench is for those who write.
  const action = secret.written === 'bench' ? 'write' : 'read'
  return subjectsOfSecret(secret, standing).some(subject => reaches(asker, action, subject, row, standing))
}
