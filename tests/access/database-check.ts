import type pg from 'pg'
import { reachOf, tasks, type Action, type Subject, type Task } from '../../src/platform/access/index.ts'
import type { Actor, Tx } from '../../src/platform/database/index.ts'
import { sql } from 'kysely'
import {
  askerOf,
  isHiddenFrom,
  reaches,
  reviewSubject,
  type Asker,
  type Country,
  type Place,
  type Standing,
} from './country.ts'

interface Row {
  key: string
  json: Record<string, unknown>
}

/** What the access table says about one row of a table. What is not said is not allowed. */
interface TableRule {
  see: Rule
  add?: Rule
  change?: Rule
  remove?: Rule
}
type Rule = (asked: Asked) => boolean

/** One row and whoever asks for it. */
interface Asked {
  row: Record<string, unknown>
  /** Whether the access table gives it, in the place of the row, unless a conflict takes it away. */
  may(action: Action, subject: Subject): boolean
  /** The same for a row without a place: how far the right reaches does not matter. */
  mayAnywhere(action: Action, subject: Subject): boolean
  isOwn: boolean
  /** Also of a row that names nobody, for the service and for whoever is not signed in. */
  isInOwnName: boolean
  /** A person, whether with a role or without. */
  isPerson: boolean
  /** By a conflict of interest that they declared. */
  isHidden: boolean
  /** By such a conflict with what a question is asked for. */
  mayNotKnow(questionId: string): boolean
  isStatus(...statuses: string[]): boolean
  reviewStatus: 'draft' | 'signing' | 'sent' | undefined
  /** The row is about the partner whose body asks: of several authorities, the one of the incident. */
  isOfTheirPartner: boolean
  /** The row is about the incident that the link they came with is about. */
  isOfTheirLink: boolean
  /** The row's partnership is their own body. */
  isOfTheirPartnership: boolean
  /** The row's `body_code` is that of their own body. */
  isOfTheirBody: boolean
  /** The recommendation asks something of their body, or of their partnership. */
  isAddressed: boolean
  /** In the assurance group of the row's partnership. */
  isAssuring: boolean
  /** Of the row's `action_id`: it serves a point of a letter. */
  isUnderLetter: boolean
  /** Of the row's `update_id`: somebody has checked it, and it counts. */
  isCounted: boolean
  /** Of the row's `document_id` or `event_id`. */
  parent: Asked | undefined
}

const never: Rule = () => false
const always: Rule = () => true
const signIn: Rule = ({ mayAnywhere }) => mayAnywhere('write', 'sign-in')
const atTheDoor: TableRule = { see: signIn, add: signIn, change: signIn, remove: signIn }
const peopleWriters: Rule = ({ mayAnywhere }) => mayAnywhere('write', 'people')
const people: TableRule = {
  see: asked => asked.isPerson || asked.mayAnywhere('read', 'people') || peopleWriters(asked),
  add: peopleWriters,
  change: peopleWriters,
  remove: peopleWriters,
}
const sealing: TableRule = {
  see: ({ mayAnywhere }) => mayAnywhere('read', 'audit-trail'),
  add: ({ mayAnywhere }) => mayAnywhere('write', 'audit-trail'),
}
const seesEvent: Rule = ({ row, may, mayAnywhere }) =>
  may('read', row['subject'] as Subject) || mayAnywhere('write', 'audit-trail')
/** The task that begins the Panel's work sees no incidents, and whoever has a link writes of what it is about. */
const seesIncident: Rule = ({ row, may, isOfTheirLink }) =>
  !row['incident_id'] ||
  isOfTheirLink ||
  row['who_asks'] === 'task:receive-review' ||
  may('read', row['status_of_notification'] === 'sent' ? 'incident' : 'notification-draft')
const signs: Rule = ({ may, isOwn, isOfTheirPartner, reviewStatus }) =>
  isOwn && isOfTheirPartner && reviewStatus === 'signing' && may('sign', 'rapid-review-signing')
const writesGroup: Rule = ({ may }) => may('write', 'review-group')
const addsToGroup: Rule = asked =>
  asked.reviewStatus !== undefined &&
  asked.reviewStatus !== 'sent' &&
  asked.may('read', reviewSubject(asked.reviewStatus)) &&
  writesGroup(asked)
const writesDraft: Rule = ({ may, reviewStatus }) => reviewStatus === 'draft' && may('write', 'rapid-review-draft')
const leadsLocal: Rule = ({ may }) => may('lead', 'local-review')
const writesLocal: Rule = ({ may }) => may('write', 'local-review')
const readsLocal: Rule = ({ may }) => may('read', 'local-review')
const isBench = ({ row }: Asked) => ['contact', 'note', 'index'].includes(row['kind'] as string)
const writesEntry: Rule = asked =>
  ['extension', 'told'].includes(asked.row['kind'] as string) ? leadsLocal(asked) : writesLocal(asked)
const seesDocument: Rule = ({ row, may }) => may('read', row['subject'] as Subject)
const addsToDocument: Rule = asked =>
  asked.row['subject'] === 'rapid-review-draft'
    ? writesDraft(asked)
    : asked.may('write', asked.row['subject'] as Subject)
const sendsDraft: Rule = ({ may, row }) =>
  may('send', 'notification-draft') && row['status_of_notification'] === 'draft'
const readsPublication: Rule = ({ may }) => may('read', 'publication')
const preparesPublication: Rule = ({ may }) => may('write', 'publication')
const publishes: Rule = ({ may }) => may('send', 'publication')
const publishedRow: TableRule = { see: always, add: publishes, change: publishes }
const byStatus =
  (draft: Subject, sent: Subject): Rule =>
  ({ isStatus, may }) =>
    may('read', isStatus('draft') ? draft : sent)

const family: TableRule = {
  see: ({ may }) => may('read', 'family-contact'),
  add: ({ may }) => may('write', 'family-contact'),
}
const isDraft: Rule = ({ isStatus }) => isStatus('draft', 'out-for-comment')
const draftSubject = ({ row }: Asked): Subject =>
  row['incident_id'] ? 'recommendation-draft' : 'national-recommendation-draft'
const does =
  (action: Action, condition: Rule = always): Rule =>
  asked =>
    condition(asked) && asked.may(action, draftSubject(asked))
const ownWords: Rule = ({ isOwn, isOfTheirBody }) => isOwn && isOfTheirBody
const readsOfReview: Rule = ({ row, may }) =>
  row['source_kind'] === 'local-review' && may('read', 'review-recommendation')
const readsUnderLetter: Rule = ({ may, isUnderLetter }) => isUnderLetter && may('read', 'letter-action')
/** What a national body answers to the nation everybody reads who is signed in. */
const seesAnswer: Rule = ({ row, may, isPerson }) =>
  may('read', 'recommendation') || (!row['incident_id'] && !row['partnership_code'] && isPerson)
const isFrom =
  (part: string, ...cameBy: string[]): Rule =>
  ({ row }) =>
    row['part'] === part && (row['came_by'] === undefined || cameBy.includes(String(row['came_by'])))

const publicSnapshot: TableRule = {
  see: always,
  add: ({ mayAnywhere }) => mayAnywhere('write', 'published'),
  change: ({ mayAnywhere }) => mayAnywhere('write', 'published'),
}

/** Every table of the schema, by the words of the access table. */
const tableRules: Record<string, TableRule> = {
  // Public facts, and the rules themselves.
  migration: { see: always },
  access_right: { see: always },
  region: { see: always },
  public_version: { see: always },
  body: { see: always },
  partnership_body: { see: always },

  // Every colleague's name and role; how they sign in is another matter.
  person: people,
  email_address: {
    see: ({ isOwn, mayAnywhere }) => isOwn || mayAnywhere('read', 'email-address'),
    add: ({ mayAnywhere }) => mayAnywhere('write', 'email-address'),
    change: ({ mayAnywhere }) => mayAnywhere('write', 'email-address'),
    remove: ({ mayAnywhere }) => mayAnywhere('write', 'email-address'),
  },
  appointment: people,
  credential: atTheDoor,
  session: atTheDoor,
  api_token: atTheDoor,
  sign_in_failure: atTheDoor,
  sign_in_link: atTheDoor,
  link: {
    see: ({ row, may }) => may('read', row['subject'] as Subject),
    add: ({ row, may, isInOwnName }) => isInOwnName && !row['ended_at'] && may('write', row['subject'] as Subject),
    change: ({ row, may }) => may('write', row['subject'] as Subject),
  },
  link_failure: { see: never },
  idempotency_key: {
    see: ({ isOwn }) => isOwn,
    add: ({ isOwn }) => isOwn,
    change: ({ isOwn }) => isOwn,
    remove: ({ isOwn }) => isOwn,
  },

  event: {
    see: seesEvent,
    add: asked =>
      asked.isInOwnName && !asked.isHidden && asked.row['who'] === asked.row['who_asks'] && seesIncident(asked),
  },
  // Added only beside an event of the same transaction.
  event_detail: { see: ({ parent }) => parent !== undefined && seesEvent(parent) },
  access_entry: {
    see: ({ isOwn, mayAnywhere }) => isOwn || mayAnywhere('write', 'audit-trail'),
    add: ({ isInOwnName, row }) => isInOwnName && row['who'] === row['who_asks'],
  },
  seal: sealing,
  seal_entry: sealing,
  mail: {
    see: ({ may }) => may('read', 'mail'),
    add: ({ may }) => may('write', 'mail'),
    change: ({ may }) => may('write', 'mail'),
  },

  incident: {
    see: ({ row, may }) => may('read', row['notified_at'] ? 'incident' : 'notification-draft'),
    add: ({ row, may }) => !row['notified_at'] && may('write', 'notification-draft'),
    change: ({ row, may }) => !row['notified_at'] && !row['discarded_at'] && may('write', 'notification-draft'),
  },
  notification: {
    see: ({ isStatus, may }) => may('read', isStatus('sent') ? 'notification' : 'notification-draft'),
    add: ({ isStatus, may }) => isStatus('draft') && may('write', 'notification-draft'),
    change: ({ isStatus, may }) => isStatus('draft') && may('write', 'notification-draft'),
  },
  notification_version: { see: ({ may }) => may('read', 'notification'), add: sendsDraft },
  child: { see: ({ may }) => may('read', 'notification'), add: sendsDraft },

  document: { see: seesDocument, add: addsToDocument },
  paragraph: {
    see: ({ parent }) => parent !== undefined && seesDocument(parent),
    add: ({ parent }) => parent !== undefined && addsToDocument(parent),
  },
  identifying_decision: {
    see: seesDocument,
    add: ({ row, may, isOwn }) => isOwn && may('write', row['subject'] as Subject),
  },

  review: {
    see: ({ may }) => may('read', 'incident'),
    add: ({ row, may }) => may('write', row['kind'] === 'rapid' ? 'rapid-review-draft' : 'local-review'),
  },
  // Of a further incident; the one of the review lies in the same area here.
  review_incident: {
    see: ({ may }) => may('read', 'incident'),
    add: ({ may }) => may('write', 'local-review'),
    remove: ({ may }) => may('write', 'local-review'),
  },
  review_member: {
    see: ({ row, may }) => may('read', row['kind'] === 'rapid' ? 'rapid-review-draft' : 'local-review'),
    add: asked => (asked.row['kind'] === 'rapid' ? addsToGroup(asked) : writesGroup(asked)),
    remove: writesGroup,
  },
  family_lead: { ...family, change: family.add! },
  family_member: { ...family, change: family.add! },
  family_entry: family,
  // Begins with its words.
  family_quote: { ...family, add: asked => asked.row['words'] !== null && family.add!(asked) },
  family_quote_use: family,
  // Changed in one way: it is closed.
  family_draft: family,
  // Changed in one way: it is lifted.
  legal_hold: { see: ({ may }) => may('read', 'sealed-words'), add: ({ may }) => may('write', 'sealed-words') },
  // Added by the database itself.
  sealed_words: { see: ({ may }) => may('read', 'sealed-words') },

  rapid_review: {
    see: ({ row, may }) => may('read', reviewSubject(row['status'] as 'draft')),
    add: ({ isStatus, may }) => isStatus('draft') && may('write', 'rapid-review-draft'),
    change: ({ isStatus, may }) => isStatus('draft') && may('write', 'rapid-review-draft'),
  },
  rapid_review_version: {
    see: ({ may }) => may('read', 'rapid-review'),
    add: ({ may, reviewStatus }) => reviewStatus === 'signing' && may('send', 'rapid-review-signing'),
  },
  review_signature: {
    see: ({ may, reviewStatus }) =>
      reviewStatus === 'signing'
        ? may('read', 'rapid-review-signing')
        : reviewStatus === 'sent' && may('read', 'rapid-review'),
    add: signs,
  },
  review_sent_back: {
    see: ({ may, reviewStatus }) =>
      reviewStatus !== undefined && reviewStatus !== 'sent' && may('read', reviewSubject(reviewStatus)),
    add: signs,
  },
  // Added by the database itself.
  review_text: {
    see: ({ may, reviewStatus }) => reviewStatus === 'signing' && may('read', 'rapid-review-signing'),
  },
  paragraph_placement: {
    see: ({ may }) => may('read', 'rapid-review-draft'),
    add: writesDraft,
    change: writesDraft,
    remove: writesDraft,
  },

  local_review: {
    see: asked => readsLocal(asked) || (Boolean(asked.row['sent_ahead_on']) && asked.may('read', 'local-review-sent')),
    add: leadsLocal,
    change: leadsLocal,
  },
  review_stage_plan: { see: ({ isPerson }) => isPerson, add: leadsLocal, change: leadsLocal },
  local_review_stage: { see: readsLocal, add: writesLocal, change: writesLocal, remove: writesLocal },
  reviewer_appointment: { see: readsLocal, add: leadsLocal, change: leadsLocal },
  terms_of_reference: { see: readsLocal, add: writesLocal, change: writesLocal },
  terms_of_reference_version: { see: readsLocal, add: leadsLocal },
  // The reviewer's bench is for those who write.
  local_review_entry: {
    see: asked => (isBench(asked) ? writesLocal(asked) : readsLocal(asked)),
    add: writesEntry,
    change: writesEntry,
    remove: asked => (isBench(asked) || asked.row['kind'] === 'days') && writesLocal(asked),
  },
  related_process: { see: readsLocal, add: writesLocal, change: writesLocal },
  learning_point: {
    see: readsLocal,
    add: asked => !asked.row['cleared_on'] && writesLocal(asked),
    change: asked => leadsLocal(asked) || (!asked.row['cleared_on'] && writesLocal(asked)),
  },
  local_review_sending: {
    see: asked => readsLocal(asked) || asked.may('read', 'local-review-sent'),
    add: leadsLocal,
  },
  publication: { see: readsPublication, add: preparesPublication, change: preparesPublication },
  publication_step: {
    see: readsPublication,
    add: preparesPublication,
    change: preparesPublication,
    remove: preparesPublication,
  },
  sensitive_date: { see: readsPublication, add: preparesPublication, change: preparesPublication },
  publication_file: {
    see: readsPublication,
    add: preparesPublication,
    change: never,
    remove: preparesPublication,
  },
  publication_act: {
    see: readsPublication,
    add: ({ isInOwnName, may }) => isInOwnName && may('send', 'publication'),
  },
  withholding: {
    see: ({ may }) => may('read', 'withholding'),
    add: ({ isOwn, may }) => isOwn && may('send', 'withholding'),
  },
  withholding_comment: {
    see: ({ may }) => may('read', 'withholding'),
    add: ({ isOwn, may }) => isOwn && may('reply', 'withholding'),
  },
  published_review: publishedRow,
  learning_sheet: { see: readsPublication, add: preparesPublication, change: preparesPublication },
  published_sheet: publishedRow,

  draft: { see: readsLocal, add: writesLocal, change: leadsLocal },
  draft_version: { see: readsLocal, add: asked => asked.isOwn && writesLocal(asked) },
  draft_comment: {
    see: readsLocal,
    add: asked => asked.isOwn && asked.may('comment', 'local-review'),
    change: writesLocal,
  },
  draft_accuracy: { see: readsLocal, add: asked => asked.isOwn && writesLocal(asked) },
  // The row was entered for somebody who answered by letter.
  // Settled by somebody with their name and the moment, or not at all: a change that says neither is none.
  draft_accuracy_answer: { see: readsLocal, add: asked => asked.isOwn && writesLocal(asked) },
  // Added by the database itself.
  draft_signed: { see: readsLocal },

  conflict_of_interest: {
    // Of others, those with what one sees.
    see: asked =>
      asked.isOwn || (!asked.isHidden && asked.mayAnywhere('allocate', 'panel-work') && seesIncident(asked)),
    add: ({ isOwn, mayAnywhere }) => isOwn && mayAnywhere('declare-conflict', 'panel-work'),
  },
  consideration: {
    see: ({ may }) => may('read', 'panel-work'),
    add: ({ may }) => may('write', 'panel-work'),
    change: ({ may }) => may('write', 'panel-work'),
  },
  allocation: {
    see: ({ may }) => may('read', 'panel-work'),
    add: ({ may }) => may('allocate', 'panel-work'),
    change: ({ may }) => may('allocate', 'panel-work'),
  },
  review_copy: {
    see: ({ may }) => may('read', 'panel-work'),
    add: ({ may, isOwn }) => isOwn && may('write', 'panel-work'),
  },
  reading: {
    see: ({ row, may, isOwn }) => (isOwn || Boolean(row['finished_at'])) && may('read', 'panel-reading'),
    add: ({ may, isOwn }) => isOwn && may('write', 'panel-reading'),
    change: ({ may, isOwn }) => isOwn && may('write', 'panel-reading'),
  },
  letter: {
    see: byStatus('letter-draft', 'letter'),
    add: ({ isStatus, may }) => isStatus('draft') && may('write', 'letter-draft'),
    change: ({ isStatus, may }) => isStatus('draft') && may('write', 'letter-draft'),
  },
  letter_point: {
    see: byStatus('letter-draft', 'letter'),
    add: ({ isStatus, may }) => isStatus('draft') && may('write', 'letter-draft'),
    change: ({ isStatus, may }) => isStatus('draft') && may('write', 'letter-draft'),
    remove: ({ isStatus, may }) => isStatus('draft') && may('write', 'letter-draft'),
  },
  point_reply: { see: ({ may }) => may('read', 'letter'), add: ({ may, isOwn }) => isOwn && may('reply', 'letter') },
  point_reply_draft: {
    see: ({ may }) => may('reply', 'letter'),
    add: ({ may, isOwn }) => isOwn && may('reply', 'letter'),
    change: ({ may, isOwn }) => isOwn && may('reply', 'letter'),
    remove: ({ may }) => may('reply', 'letter'),
  },

  published_recommendation: publicSnapshot,
  published_choice: publicSnapshot,
  theme_question: {
    see: ({ may, row, mayNotKnow }) => may('read', 'theme-question') && !mayNotKnow(String(row['question_id'])),
    add: ({ may }) => may('write', 'theme-question'),
    change: ({ may }) => may('write', 'theme-question'),
  },
  theme_question_cause: {
    see: ({ may }) => may('read', 'incident'),
    add: ({ may }) => may('write', 'theme-question'),
  },
  recommendation_reconsidered: {
    see: ({ may, row, mayNotKnow }) =>
      may('read', row['incident_id'] ? 'recommendation' : 'national-recommendation-draft') &&
      !mayNotKnow(String(row['question_id'])),
    add: ({ isOwn, may, row }) =>
      isOwn && may('send', row['incident_id'] ? 'recommendation-draft' : 'national-recommendation-draft'),
  },
  recommendation_legal_move: { see: always },
  recommendation: {
    see: asked =>
      readsOfReview(asked) ||
      (isDraft(asked)
        ? asked.may('read', draftSubject(asked))
        : asked.may('read', 'recommendation') || (!asked.row['incident_id'] && asked.isPerson)) ||
      (!asked.isStatus('draft') && !asked.isHidden && asked.isAddressed),
    add: does('write', ({ isStatus }) => isStatus('draft')),
    change: asked => does('write', isDraft)(asked) || does('send')(asked),
  },
  recommendation_addressee: {
    see: asked =>
      readsOfReview(asked) ||
      (isDraft(asked)
        ? asked.may('read', draftSubject(asked)) ||
          (asked.isStatus('out-for-comment') && asked.may('reply', 'recommendation-draft'))
        : asked.may('read', 'recommendation') ||
          (asked.row['incident_id'] === null && asked.row['kind'] === 'national-body' && asked.isPerson)),
    add: asked =>
      does('write', isDraft)(asked) ||
      (asked.row['incident_id'] === null && does('send', ({ isStatus }) => isStatus('issued'))(asked)),
    change: does('write', isDraft),
    remove: does('write', ({ isStatus }) => isStatus('draft')),
  },
  recommendation_move: {
    see: seesAnswer,
    add: asked =>
      asked.isOwn &&
      ((isFrom('owner', 'account')(asked) && asked.isOfTheirBody && asked.may('reply', 'recommendation')) ||
        (isFrom('owner', 'letter', 'mail', 'published')(asked) && asked.may('write', 'recommendation')) ||
        (isFrom('judge', 'account')(asked) &&
          (asked.row['who_asks'] === 'scrutineer' || asked.isAssuring) &&
          asked.may('write', 'judgement')) ||
        ((isFrom('panel', 'account')(asked) || isFrom('sample', 'account')(asked)) &&
          asked.may('write', 'national-judgement'))),
  },
  recommendation_evidence: {
    see: seesAnswer,
    add: asked =>
      asked.isOwn &&
      ((isFrom('owner')(asked) &&
        ((asked.isOfTheirBody && asked.may('reply', 'recommendation')) || asked.may('write', 'recommendation'))) ||
        (isFrom('judge')(asked) && asked.may('write', 'judgement')) ||
        (isFrom('panel')(asked) && asked.may('write', 'national-judgement'))),
  },
  recommendation_move_check: {
    see: seesAnswer,
    add: ({ isOwn, may }) => isOwn && (may('reply', 'recommendation') || may('write', 'recommendation')),
  },
  // Of a national recommendation, which everybody with an account reads.
  recommendation_move_taken_off: {
    see: seesAnswer,
    add: ({ isOwn, may }) => isOwn && may('write', 'recommendation') && may('write', 'national-recommendation-draft'),
  },
  recommendation_comment: {
    see: asked =>
      asked.may('read', draftSubject(asked)) || (asked.isOfTheirBody && asked.may('reply', 'recommendation-draft')),
    add: asked => ownWords(asked) && asked.may('reply', 'recommendation-draft'),
  },
  assurance_member: {
    see: ({ isOwn, may }) => isOwn || may('read', 'recommendation'),
    add: ({ row, may }) => row['added_by_asks'] === true && may('send', 'recommendation-draft'),
    remove: ({ may }) => may('send', 'recommendation-draft'),
  },

  action: {
    see: asked => asked.may('read', 'action') || readsUnderLetter(asked),
    add: ({ row, may }) =>
      may('write', 'action') &&
      row['delivery'] === 'not-started' &&
      !row['updated_on'] &&
      !row['unchecked'] &&
      !row['asked_on'],
    change: ({ may }) => may('write', 'action'),
  },
  // Given to the mail alone.
  action_lead_address: { see: never, add: ({ may }) => may('write', 'action') },
  action_serves: {
    see: asked => asked.may('read', 'action') || (!!asked.row['point_id'] && readsUnderLetter(asked)),
    add: ({ may }) => may('write', 'action'),
    remove: ({ may }) => may('write', 'action'),
  },
  action_update: {
    see: asked => asked.may('read', 'action') || (asked.isCounted && readsUnderLetter(asked)),
    add: ({ isOwn, may }) => isOwn && may('reply', 'action'),
  },
  action_check: {
    see: asked => asked.may('read', 'action') || (asked.isCounted && readsUnderLetter(asked)),
    add: ({ isOwn, may }) => isOwn && may('write', 'action'),
  },
  action_chaser: {
    see: ({ may }) => may('read', 'action'),
    add: ({ isOwn, may }) => isOwn && may('write', 'action'),
    change: ({ may }) => may('send', 'action'),
  },
  national_answer: {
    see: ({ may }) => may('read', 'recommendation'),
    add: ({ isOwn, isOfTheirPartnership, may }) => isOwn && isOfTheirPartnership && may('reply', 'recommendation'),
  },
  national_sending: {
    see: ({ may }) => may('read', 'recommendation'),
    add: ({ isOwn, may }) => isOwn && may('send', 'national-recommendation-draft'),
  },
  evidence_sample: {
    see: ({ may }) => may('read', 'recommendation'),
    add: ({ isOwn, may }) => isOwn && may('write', 'national-judgement'),
  },
  // Changed in one's own name alone.
  evidence_ask: {
    see: ({ may }) => may('read', 'recommendation'),
    add: ({ may }) => may('write', 'national-judgement'),
  },
  report_statement: {
    see: ({ may }) => may('read', 'action'),
    add: ({ isOwn, may }) => isOwn && may('write', 'action'),
    change: ({ isOwn, may }) => isOwn && may('write', 'action'),
  },
  change_account: {
    see: ({ row, may }) => may('read', 'action') || (row['reader'] === 'panel' && may('read', 'letter')),
    add: ({ isOwn, may }) => isOwn && may('write', 'action'),
  },
}

export interface Somebody {
  label: string
  actor: Actor
  asker: Asker
  /** Of whoever came with a link: the incident it is about. */
  linked?: string
}

/** Everybody of the country, every task of the service, whoever has a link, somebody signed in without a role, and anybody. */
export function everybodyIn({ callers, nobody, links }: Country): Somebody[] {
  const none = { personId: '', bodyCode: '', partnerships: [] }
  return [
    { label: 'anybody', actor: 'public', asker: { ...none, who: 'public' } },
    ...links.map(({ id, purpose, incidentId }): Somebody => ({
      linked: incidentId,
      label: `whoever has a link: ${purpose}`,
      actor: { link: id },
      asker: { ...none, who: `link:${purpose}` },
    })),
    { label: nobody.label, actor: { person: nobody.personId }, asker: askerOf(nobody) },
    ...(Object.keys(tasks) as Task[]).map((task): Somebody => ({
      label: `the task ${task}`,
      actor: { task },
      asker: { ...none, who: `task:${task}` },
    })),
    ...callers.map(caller => ({
      label: caller.label,
      actor: { person: caller.personId, appointment: caller.acting.appointmentId },
      asker: askerOf(caller),
    })),
  ]
}

/** Of a table, so many rows are tried to be written; all are looked at. */
const rowsWritten = 8

/**
 * Where what the database lets the application's role see and write, as everybody, differs from the access table.
 *
 * @param only these tables; all where absent
 */
export async function checkDatabase(country: Country, only?: readonly string[]): Promise<string[]> {
  const { database } = country
  const findings: string[] = []
  const standing = await country.standing()
  const tables = await database.asOwner(readTables)
  for (const name of tables.keys()) if (!Object.hasOwn(tableRules, name)) findings.push(`${name} has no rule`)
  const all = [...tables].filter(([name]) => Object.hasOwn(tableRules, name))
  const parents = new Map(
    [...(tables.get('document')?.rows ?? []), ...(tables.get('event')?.rows ?? [])].map(row => [row.key, row]),
  )
  const chosen = all.filter(([name]) => !only || only.includes(name))
  for (const [name, { rows }] of chosen) if (rows.length === 0) findings.push(`${name} holds no row to check by`)

  for (const somebody of everybodyIn(country)) {
    const found = await rolledBack(country, somebody.actor, async tx => {
      const who = await sql<{ who: string }>`select current_setting('weathervane.who') as who`.execute(tx)
      const said = new Map<string, { seen: Set<string>; written: Record<Writing, Set<string>> }>()
      for (const [name, table] of chosen) {
        const tried = table.rows.slice(-rowsWritten)
        // A row of one's own too, where rows say whose they are.
        const copies = tried.flatMap(({ key, json }) =>
          'person_id' in json || 'who' in json
            ? [{ key: `${key} as their own`, json: ownCopy(json, somebody.asker, who.rows[0]!.who) }]
            : [],
        )
        said.set(name, {
          seen: await seenKeys(tx, name, table),
          written: await writable(tx, name, table, tried, [...tried, ...copies]),
        })
      }
      return { said, who: who.rows[0]!.who }
    })
    for (const [name, table] of chosen) {
      const rule = tableRules[name]!
      const { seen, written } = found.said.get(name)!
      const asked = (row: Row): Asked => askedOf(row.json, { somebody, standing, parents, who: found.who })
      const report = (what: string, row: Row, isSo: boolean, shouldBe: boolean) => {
        if (isSo !== shouldBe)
          findings.push(
            `${somebody.label} ${isSo ? 'can' : 'cannot'} ${what} ${name} ${row.key}${stageOf(country, row)}`,
          )
      }
      for (const row of table.rows) report('see', row, seen.has(row.key), rule.see(asked(row)))
      for (const row of table.rows.slice(-rowsWritten)) {
        const sees = rule.see(asked(row))
        report('change', row, written.change.has(row.key), sees && (rule.change ?? never)(asked(row)))
        report('remove', row, written.remove.has(row.key), sees && (rule.remove ?? never)(asked(row)))
        report('add', row, written.add.has(row.key), (rule.add ?? never)(asked(row)))
        if (!('person_id' in row.json || 'who' in row.json)) continue
        const own = { key: `${row.key} as their own`, json: ownCopy(row.json, somebody.asker, found.who) }
        report('add', own, written.add.has(own.key), (rule.add ?? never)(asked(own)))
      }
    }
  }
  return findings
}

function stageOf({ incidents }: Country, { json }: Row): string {
  const incident = incidents.find(({ incidentId }) => incidentId === json['incident_id'])
  return incident ? ` (${incident.stage})` : ''
}

function ownCopy(json: Row['json'], asker: Asker, who: string): Row['json'] {
  return {
    ...json,
    ...('person_id' in json && { person_id: asker.personId || null }),
    ...('added_by' in json && { added_by: asker.personId || null }),
    ...('who' in json && { who }),
  }
}

function askedOf(
  json: Row['json'],
  context: { somebody: Somebody; standing: Standing; parents: ReadonlyMap<string, Row>; who: string },
): Asked {
  const { somebody, standing, parents, who } = context
  const { asker } = somebody
  const text = (name: string) => (typeof json[name] === 'string' ? json[name] : undefined)
  const personId = text('person_id') ?? null
  const place: Partial<Place> & { personId: string | null } = {
    personId,
    ...(text('incident_id') && { incidentId: text('incident_id')! }),
    ...(text('authority_code') && { authorityCode: text('authority_code')! }),
    ...(text('partnership_code') && { partnershipCode: text('partnership_code')! }),
  }
  const incidentId = place.incidentId ?? ''
  const kind = standing.kindOfReview.get(text('review_id') ?? '')
  const parent = parents.get(text('document_id') ?? String(json['event_id'] ?? ''))
  return {
    row: {
      ...json,
      who_asks: who,
      added_by_asks: text('added_by') === (asker.personId || undefined),
      status_of_notification: standing.notified.has(incidentId) ? 'sent' : 'draft',
    },
    may: (action, subject) => reaches(asker, action, subject, { ...place, kind }, standing),
    mayAnywhere: (action, subject) => asker.who !== undefined && reachOf(asker.who, action, subject).length > 0,
    isOwn: personId !== null && personId === asker.personId,
    isInOwnName: (personId ?? '') === asker.personId,
    isPerson: asker.personId !== '',
    isHidden: isHiddenFrom(asker, place, standing),
    mayNotKnow: questionId =>
      (standing.causes.get(questionId) ?? []).some(cause => isHiddenFrom(asker, cause, standing)),
    isStatus: (...statuses) => statuses.includes(String(json['status'])),
    reviewStatus: standing.reviews.get(incidentId),
    isOfTheirPartner:
      standing.kinds.get(asker.bodyCode) === json['partner'] &&
      (json['body_code'] ?? asker.bodyCode) === asker.bodyCode &&
      (json['partner'] !== 'authority' || json['authority_code'] === asker.bodyCode),
    isOfTheirLink: incidentId !== '' && incidentId === somebody.linked,
    isOfTheirPartnership: asker.bodyCode !== '' && asker.bodyCode === json['partnership_code'],
    isOfTheirBody: asker.bodyCode !== '' && asker.bodyCode === json['body_code'],
    isAddressed: (standing.addressed.get(String(json['recommendation_id'])) ?? []).some(at =>
      reaches(asker, 'reply', 'recommendation-draft', at, standing),
    ),
    isUnderLetter: standing.underLetters.has(String(json['action_id'])),
    isCounted: standing.counted.has(String(json['update_id'])),
    isAssuring: standing.assuring.has(`${asker.personId} ${String(json['partnership_code'])}`),
    parent: parent && parent.json !== json ? askedOf(parent.json, context) : undefined,
  }
}

interface Table {
  rows: Row[]
  /** SQL for a row's key, as text. */
  key: string
  /** What a new row is made of. */
  columns: string[]
  /** One that the application's role may change, if there is any. */
  changeable: string | undefined
  /** Whether the application's role may ask for rows at all. */
  readable: boolean
}

async function readTables(client: pg.PoolClient): Promise<Map<string, Table>> {
  const columns = await client.query<{
    name: string
    columns: string[]
    changeable: string | null
    readable: boolean
    keys: string[] | null
  }>(
    `select table_name as name,
       array_agg(column_name::text order by ordinal_position) filter (where is_identity = 'NO' and is_generated = 'NEVER') as columns,
       min(column_name::text) filter (where is_identity = 'NO' and is_generated = 'NEVER'
         and has_column_privilege('weathervane_app', table_name::regclass, column_name::text, 'update')) as changeable,
       bool_or(has_table_privilege('weathervane_app', table_name::regclass, 'select')) as readable,
       (select array_agg(attribute.attname::text order by attribute.attnum)
        from pg_index join pg_attribute attribute on attribute.attrelid = indrelid and attribute.attnum = any (indkey)
        where indrelid = table_name::regclass and indisprimary) as keys
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE'
     group by table_name order by table_name`,
  )
  const tables = new Map<string, Table>()
  for (const { name, columns: named, changeable, readable, keys } of columns.rows) {
    const key = keys ? `concat_ws(' ', ${keys.map(each => `t.${each}`).join(', ')})` : 't::text'
    const { rows } = await client.query<Row>(`select ${key} as key, to_jsonb(t) as json from ${name} t order by 1`)
    tables.set(name, { key, columns: named, changeable: changeable ?? undefined, readable, rows: byIncident(rows) })
  }
  return tables
}

/** So that the last rows, which are written, are of different incidents. */
function byIncident(rows: Row[]): Row[] {
  const seen = new Map<unknown, number>()
  const rank = new Map(
    rows.map(row => {
      const about = `${String(row.json['incident_id'])} ${String(row.json['status'])}`
      seen.set(about, (seen.get(about) ?? 0) + 1)
      return [row, seen.get(about)!]
    }),
  )
  return rows.toSorted((one, other) => rank.get(other)! - rank.get(one)!)
}

async function seenKeys(tx: Tx, name: string, { key, readable }: Table): Promise<Set<string>> {
  if (!readable) return new Set()
  const { rows } = await sql<{ key: string }>`select ${sql.raw(key)} as key from ${sql.raw(name)} t`.execute(tx)
  return new Set(rows.map(row => row.key))
}

type Writing = 'add' | 'change' | 'remove'

/**
 * Which rows could be written. A refusal of row-level security, or a statement that meets no row, is a no; whatever else
 * goes wrong (a key that is there already, a reference to the row) shows that the database would have let it through.
 */
async function writable(
  tx: Tx,
  name: string,
  table: Table,
  rows: Row[],
  added: Row[],
): Promise<Record<Writing, Set<string>>> {
  const { key, columns, changeable } = table
  const list = columns.map(column => `"${column}"`).join(', ')
  const statements: Record<Writing, { statement: string | undefined; rows: Row[] }> = {
    add: {
      statement: `insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, $2)`,
      rows: added,
    },
    change: {
      statement: changeable && `update ${name} t set "${changeable}" = "${changeable}" where ${key} = $1`,
      rows,
    },
    remove: { statement: `delete from ${name} t where ${key} = $1`, rows },
  }
  const written: Record<Writing, Set<string>> = { add: new Set(), change: new Set(), remove: new Set() }
  for (const [writing, { statement, rows: tried }] of Object.entries(statements) as [
    Writing,
    (typeof statements)[Writing],
  ][]) {
    if (!statement || tried.length === 0) continue
    await sql`select set_config('test.rows', ${JSON.stringify(tried)}, true), set_config('test.done', '[]', true)`.execute(
      tx,
    )
    await sql
      .raw(
        `do $block$
         declare tried jsonb; done jsonb := '[]'; met int;
         begin
           for tried in select value from jsonb_array_elements(current_setting('test.rows')::jsonb) loop
             begin
               execute $statement$${statement.includes('$2') ? statement.replace('$2', '$1') : statement}$statement$
                 using ${statement.includes('$2') ? `tried -> 'json'` : `tried ->> 'key'`};
               get diagnostics met = row_count;
               if met > 0 then done := done || jsonb_build_array(tried -> 'key'); end if;
               raise exception using errcode = 'WV000';
             exception
               when sqlstate 'WV000' then null;
               when insufficient_privilege then null;
               when others then done := done || jsonb_build_array(tried -> 'key');
             end;
           end loop;
           perform set_config('test.done', done::text, true);
         end $block$`,
      )
      .execute(tx)
    const done = await sql<{ done: string }>`select current_setting('test.done') as done`.execute(tx)
    written[writing] = new Set(JSON.parse(done.rows[0]!.done) as string[])
  }
  return written
}

class Undo extends Error {}

/** Does something as somebody, and undoes it. */
export async function rolledBack<T>({ database }: Country, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined
  await database
    .as(actor, async tx => {
      result = { value: await work(tx) }
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return result!.value
}
