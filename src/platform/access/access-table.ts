import { roles, type LinkPurpose, type Role, type Task } from './roles.ts'

/** What there is to see and to do. The words are read on the page "Who sees what". */
export const subjects = {
  incident: 'That there is an incident: reference, dates, nature, area, stage',
  'notification-draft': 'A notification that is being written',
  notification: 'A notification that was sent: the children, the family, what happened',
  'rapid-review-draft': 'A rapid review that is being written, its files and notes',
  'review-group': 'Who is in the named group of a review. Whoever reads what its group writes reads the names',
  'rapid-review-signing': 'A rapid review that waits for signatures',
  'rapid-review': 'A rapid review that was sent',
  'local-review': 'A local review that is being worked on',
  'local-review-sent': 'A local review that was sent ahead of publication, or published: what was sent',
  'panel-work': 'Who on the Panel has which review, and how far it is',
  'panel-reading': 'What a Panel member thinks of a review',
  'letter-draft': 'A Panel letter that is being written',
  letter: 'A Panel letter that was sent, and the answers to its points',
  'recommendation-draft': 'A recommendation from a review that is being written, and comments on it',
  'review-recommendation': 'What the local review they are in recommends, from its first draft on, and to whom',
  'national-recommendation-draft': 'A national recommendation that is being written, and its issue',
  recommendation:
    'A recommendation that was issued, its addressees, replies, delivery, effect and evidence. Of national ones whoever is signed in reads the text, and what national bodies answer',
  judgement: 'Whether anything changed by what a local partner or a partnership was to do',
  'national-judgement': 'The same for national bodies, and a look at a sample of partnerships',
  'theme-question': 'Whether what was recommended earlier worked, asked when its theme has come up again',
  action:
    'What a partnership does about what it was asked and what it learnt, each update and its check; its yearly report',
  'letter-action': 'What is done about the points of a letter of the Panel, as updates that count say it',
  mail: 'What the service sent by mail',
  people: 'People, their appointments and their sign-in. Whoever is signed in sees names and roles',
  'email-address': 'The e-mail addresses of people. Everybody sees their own',
  'sign-in': 'Passwords, one-time codes, sessions and tokens',
  'family-contact':
    'The record of contact with a family: whom to speak to and how, what was said, words that may be quoted',
  'sealed-words': 'Words of a family that were withdrawn and are kept under a legal hold, and the hold',
  publication: 'How and when a local review is published, and who is told first',
  withholding: 'Why a local review is not published in full, as the Panel and the Secretary of State were told',
  published: 'What was published: reviews, recommendations and the replies to them',
  'audit-trail': 'The seals of the audit trail, and its check',
} as const
export type Subject = keyof typeof subjects

export const actions = {
  read: 'read',
  write: 'write',
  send: 'send',
  sign: 'sign',
  lead: 'lead',
  comment: 'comment',
  allocate: 'allocate',
  reply: 'reply',
  'declare-conflict': 'declare a conflict',
} as const
export type Action = keyof typeof actions

/** How far a right reaches. Row-level security works these out in the database from the person's appointment. */
export const scopes = {
  authority: 'of their own authority',
  partnership:
    'of the partnerships their body belongs to today or that came before these, and what it was part of when it was notified',
  group:
    'where they are in the named group of that review of their partnerships; of a rapid one until signatures are asked for',
  'lead-contact': 'where they lead contact with the family',
  allocated: 'allocated to them',
  'area-of-allocated': 'of partnerships whose reviews are allocated to them',
  own: 'that they wrote themselves',
  national: 'of the whole country',
} as const
export type Scope = keyof typeof scopes

export interface AccessRule {
  who: Role | `task:${Task}` | `link:${LinkPurpose}` | 'public'
  subject: Subject
  /** Each action with the scope it reaches to. What is not listed is not allowed. */
  may: Partial<Record<Action, Scope | readonly Scope[]>>
}

const everyArea = { read: 'national' } as const
const ownPartnership = { read: 'partnership' } as const

/**
 * Who may see and do what: the table of `docs/sources.md`, "Access", as the one truth. Use cases ask it, row-level
 * security enforces it from a copy in the database, the page "Who sees what" and the tests of routes are drawn from it.
 * A conflict of interest takes the record away whatever stands here.
 */
export const accessTable: readonly AccessRule[] = [
  { who: 'notifier', subject: 'incident', may: { read: 'authority' } },
  { who: 'notifier', subject: 'notification-draft', may: { read: 'authority', write: 'authority', send: 'authority' } },
  { who: 'notifier', subject: 'notification', may: { read: 'authority' } },

  { who: 'approver', subject: 'incident', may: { read: 'authority' } },
  { who: 'approver', subject: 'notification-draft', may: { read: 'authority', write: 'authority', send: 'authority' } },
  { who: 'approver', subject: 'notification', may: { read: 'authority' } },
  { who: 'approver', subject: 'rapid-review', may: { read: 'authority' } },
  { who: 'approver', subject: 'letter', may: { read: 'authority' } },
  { who: 'approver', subject: 'recommendation', may: { read: 'authority' } },

  { who: 'safeguarding-partner', subject: 'incident', may: ownPartnership },
  { who: 'safeguarding-partner', subject: 'notification', may: ownPartnership },
  { who: 'safeguarding-partner', subject: 'rapid-review-draft', may: { read: 'group', write: 'group' } },
  { who: 'safeguarding-partner', subject: 'rapid-review-signing', may: { read: 'partnership', sign: 'partnership' } },
  { who: 'safeguarding-partner', subject: 'rapid-review', may: ownPartnership },
  { who: 'safeguarding-partner', subject: 'family-contact', may: { read: 'lead-contact', write: 'lead-contact' } },
  {
    who: 'safeguarding-partner',
    subject: 'local-review',
    may: { read: 'partnership', comment: 'partnership', sign: 'partnership' },
  },
  { who: 'safeguarding-partner', subject: 'letter', may: { read: 'partnership', reply: 'partnership' } },
  { who: 'safeguarding-partner', subject: 'recommendation-draft', may: { read: 'partnership', reply: 'partnership' } },
  { who: 'safeguarding-partner', subject: 'recommendation', may: { read: 'partnership', reply: 'partnership' } },
  // As a member of the assurance group that the partnership has named, and never of their own body.
  { who: 'safeguarding-partner', subject: 'judgement', may: { write: 'partnership' } },

  { who: 'safeguarding-partner', subject: 'action', may: { read: 'partnership', reply: 'partnership' } },

  { who: 'lead-safeguarding-partner', subject: 'action', may: ownPartnership },
  { who: 'lead-safeguarding-partner', subject: 'incident', may: ownPartnership },
  { who: 'lead-safeguarding-partner', subject: 'rapid-review', may: ownPartnership },
  { who: 'lead-safeguarding-partner', subject: 'local-review', may: ownPartnership },
  { who: 'lead-safeguarding-partner', subject: 'letter', may: ownPartnership },
  { who: 'lead-safeguarding-partner', subject: 'recommendation', may: ownPartnership },

  { who: 'business-manager', subject: 'incident', may: ownPartnership },
  { who: 'business-manager', subject: 'notification', may: ownPartnership },
  // Not only where they are in the group: who takes over as manager leads the reviews that are open already.
  { who: 'business-manager', subject: 'rapid-review-draft', may: { read: 'partnership', write: 'partnership' } },
  { who: 'business-manager', subject: 'review-group', may: { write: 'partnership' } },
  {
    who: 'business-manager',
    subject: 'rapid-review-signing',
    may: { read: 'partnership', write: 'partnership', send: 'partnership' },
  },
  { who: 'business-manager', subject: 'rapid-review', may: ownPartnership },
  {
    who: 'business-manager',
    subject: 'local-review',
    may: { read: 'partnership', comment: 'partnership', write: 'partnership', lead: 'partnership' },
  },
  { who: 'business-manager', subject: 'family-contact', may: { read: 'partnership', write: 'partnership' } },
  { who: 'business-manager', subject: 'letter', may: { read: 'partnership', reply: 'partnership' } },
  {
    who: 'business-manager',
    subject: 'recommendation-draft',
    may: { read: 'partnership', write: 'partnership', send: 'partnership', reply: 'partnership' },
  },
  {
    who: 'business-manager',
    subject: 'recommendation',
    may: { read: 'partnership', reply: 'partnership', write: 'partnership' },
  },

  {
    who: 'business-manager',
    subject: 'action',
    may: { read: 'partnership', write: 'partnership', reply: 'partnership' },
  },

  { who: 'agency-author', subject: 'incident', may: { read: 'group' } },
  { who: 'agency-author', subject: 'rapid-review-draft', may: { read: 'group', write: 'group' } },
  { who: 'agency-author', subject: 'family-contact', may: { read: 'lead-contact', write: 'lead-contact' } },
  { who: 'agency-author', subject: 'local-review', may: { read: 'group', comment: 'group' } },

  { who: 'reviewer', subject: 'incident', may: { read: 'group' } },
  { who: 'reviewer', subject: 'local-review', may: { read: 'group', comment: 'group', write: 'group' } },
  { who: 'reviewer', subject: 'review-recommendation', may: { read: 'group' } },
  { who: 'reviewer', subject: 'family-contact', may: { read: 'group', write: 'group' } },

  { who: 'data-officer', subject: 'incident', may: ownPartnership },
  { who: 'data-officer', subject: 'sealed-words', may: { read: 'partnership', write: 'partnership' } },

  { who: 'scrutineer', subject: 'action', may: ownPartnership },
  { who: 'scrutineer', subject: 'incident', may: ownPartnership },
  { who: 'scrutineer', subject: 'notification', may: ownPartnership },
  { who: 'scrutineer', subject: 'rapid-review', may: ownPartnership },
  { who: 'scrutineer', subject: 'local-review', may: { read: 'partnership', comment: 'partnership' } },
  { who: 'scrutineer', subject: 'letter', may: ownPartnership },
  { who: 'scrutineer', subject: 'recommendation', may: ownPartnership },
  { who: 'scrutineer', subject: 'judgement', may: { write: 'partnership' } },

  { who: 'secretariat', subject: 'incident', may: everyArea },
  { who: 'secretariat', subject: 'notification', may: everyArea },
  { who: 'secretariat', subject: 'rapid-review', may: everyArea },
  {
    who: 'secretariat',
    subject: 'panel-work',
    may: { read: 'national', write: 'national', allocate: 'national', 'declare-conflict': 'own' },
  },
  { who: 'secretariat', subject: 'local-review-sent', may: everyArea },
  { who: 'secretariat', subject: 'panel-reading', may: everyArea },
  { who: 'secretariat', subject: 'letter-draft', may: { read: 'national', write: 'national' } },
  { who: 'secretariat', subject: 'letter', may: everyArea },
  { who: 'secretariat', subject: 'letter-action', may: everyArea },
  {
    who: 'secretariat',
    subject: 'national-recommendation-draft',
    may: { read: 'national', write: 'national', send: 'national' },
  },
  { who: 'secretariat', subject: 'recommendation', may: { read: 'national', write: 'national' } },
  { who: 'secretariat', subject: 'national-judgement', may: { write: 'national' } },

  { who: 'panel-member', subject: 'incident', may: { read: 'allocated' } },
  { who: 'panel-member', subject: 'notification', may: { read: 'allocated' } },
  { who: 'panel-member', subject: 'rapid-review', may: { read: 'allocated' } },
  { who: 'panel-member', subject: 'panel-work', may: { read: 'allocated', 'declare-conflict': 'own' } },
  { who: 'panel-member', subject: 'local-review-sent', may: { read: 'allocated' } },
  { who: 'panel-member', subject: 'panel-reading', may: { read: 'own', write: 'allocated' } },
  {
    who: 'panel-member',
    subject: 'letter-draft',
    may: { read: 'allocated', write: 'allocated', sign: 'allocated', send: 'allocated' },
  },
  { who: 'panel-member', subject: 'letter', may: { read: ['allocated', 'area-of-allocated'] } },
  { who: 'panel-member', subject: 'letter-action', may: { read: 'allocated' } },
  { who: 'panel-member', subject: 'recommendation', may: { read: 'area-of-allocated' } },

  { who: 'panel-chair', subject: 'incident', may: everyArea },
  { who: 'panel-chair', subject: 'notification', may: everyArea },
  { who: 'panel-chair', subject: 'rapid-review', may: everyArea },
  {
    who: 'panel-chair',
    subject: 'panel-work',
    may: { read: 'national', write: 'national', allocate: 'national', 'declare-conflict': 'own' },
  },
  { who: 'panel-chair', subject: 'local-review-sent', may: everyArea },
  { who: 'panel-chair', subject: 'panel-reading', may: { read: 'national', write: 'national' } },
  {
    who: 'panel-chair',
    subject: 'letter-draft',
    may: { read: 'national', write: 'national', sign: 'national', send: 'national' },
  },
  { who: 'panel-chair', subject: 'letter', may: everyArea },
  { who: 'panel-chair', subject: 'letter-action', may: everyArea },
  {
    who: 'panel-chair',
    subject: 'national-recommendation-draft',
    may: { read: 'national', write: 'national', send: 'national' },
  },
  { who: 'panel-chair', subject: 'recommendation', may: everyArea },
  { who: 'panel-chair', subject: 'national-judgement', may: { write: 'national' } },

  { who: 'dfe', subject: 'incident', may: everyArea },
  { who: 'dfe', subject: 'notification', may: everyArea },
  { who: 'dfe', subject: 'local-review-sent', may: everyArea },
  { who: 'dfe', subject: 'recommendation', may: everyArea },
  { who: 'ofsted', subject: 'incident', may: everyArea },
  { who: 'ofsted', subject: 'notification', may: everyArea },
  { who: 'ofsted', subject: 'local-review-sent', may: everyArea },
  { who: 'ofsted', subject: 'recommendation', may: everyArea },

  // Rows of a body lie under its own code.
  { who: 'body-answering', subject: 'recommendation-draft', may: { reply: 'authority' } },
  { who: 'body-answering', subject: 'recommendation', may: { read: 'authority', reply: 'authority' } },
  { who: 'body-answering', subject: 'theme-question', may: { read: 'authority', reply: 'authority' } },

  { who: 'administrator', subject: 'people', may: { read: 'national', write: 'national' } },
  { who: 'administrator', subject: 'email-address', may: { read: 'national', write: 'national' } },
  { who: 'administrator', subject: 'mail', may: everyArea },
  { who: 'administrator', subject: 'audit-trail', may: everyArea },

  {
    who: 'business-manager',
    subject: 'publication',
    may: { read: 'partnership', write: 'partnership', send: 'partnership' },
  },
  { who: 'business-manager', subject: 'withholding', may: { read: 'partnership', send: 'partnership' } },
  { who: 'business-manager', subject: 'theme-question', may: { read: 'partnership', reply: 'partnership' } },
  { who: 'safeguarding-partner', subject: 'publication', may: ownPartnership },
  { who: 'safeguarding-partner', subject: 'withholding', may: ownPartnership },
  { who: 'safeguarding-partner', subject: 'theme-question', may: { read: 'partnership', reply: 'partnership' } },
  { who: 'lead-safeguarding-partner', subject: 'publication', may: ownPartnership },
  { who: 'lead-safeguarding-partner', subject: 'withholding', may: ownPartnership },
  { who: 'scrutineer', subject: 'publication', may: ownPartnership },
  { who: 'scrutineer', subject: 'withholding', may: ownPartnership },
  { who: 'scrutineer', subject: 'theme-question', may: ownPartnership },
  { who: 'secretariat', subject: 'withholding', may: { read: 'national', reply: 'national' } },
  { who: 'secretariat', subject: 'theme-question', may: everyArea },
  { who: 'panel-chair', subject: 'withholding', may: { read: 'national', reply: 'national' } },
  { who: 'panel-chair', subject: 'theme-question', may: everyArea },
  { who: 'dfe', subject: 'withholding', may: everyArea },

  { who: 'public', subject: 'published', may: everyArea },

  { who: 'task:sign-in', subject: 'people', may: { read: 'national' } },
  { who: 'task:sign-in', subject: 'email-address', may: { read: 'national' } },
  { who: 'task:sign-in', subject: 'sign-in', may: { read: 'national', write: 'national' } },
  { who: 'task:open-review', subject: 'rapid-review-draft', may: { read: 'national', write: 'national' } },
  { who: 'task:open-review', subject: 'review-group', may: { write: 'national' } },
  { who: 'task:open-review', subject: 'incident', may: { read: 'national' } },
  { who: 'task:receive-review', subject: 'panel-work', may: { read: 'national', write: 'national' } },
  { who: 'task:erase', subject: 'sealed-words', may: { write: 'national' } },
  { who: 'task:mail', subject: 'mail', may: { read: 'national', write: 'national' } },
  { who: 'task:mail', subject: 'people', may: { read: 'national' } },
  { who: 'task:chase', subject: 'action', may: { read: 'national', write: 'national', send: 'national' } },
  { who: 'task:seal', subject: 'audit-trail', may: { read: 'national', write: 'national' } },
  { who: 'task:publish', subject: 'recommendation', may: everyArea },
  { who: 'task:publish', subject: 'theme-question', may: everyArea },
  { who: 'task:publish', subject: 'published', may: { read: 'national', write: 'national' } },
  { who: 'task:compare', subject: 'recommendation', may: everyArea },
  { who: 'task:ask-again', subject: 'incident', may: everyArea },
  { who: 'task:ask-again', subject: 'notification', may: everyArea },
  { who: 'task:ask-again', subject: 'letter', may: everyArea },
  { who: 'task:ask-again', subject: 'recommendation', may: everyArea },
  { who: 'task:ask-again', subject: 'theme-question', may: { read: 'national', write: 'national' } },
  { who: 'task:load', subject: 'people', may: { read: 'national', write: 'national' } },
  { who: 'task:load', subject: 'email-address', may: { read: 'national', write: 'national' } },
]

/** The table flat, one right a row: what the database holds a copy of. */
export function accessRights(): { who: string; subject: Subject; action: Action; scope: Scope }[] {
  return accessTable.flatMap(({ who, subject, may }) =>
    (Object.entries(may) as [Action, Scope | readonly Scope[]][]).flatMap(([action, reach]) =>
      [reach].flat().map(scope => ({ who, subject, action, scope })),
    ),
  )
}

const rights = new Map<string, Scope[]>()
for (const { who, subject, action, scope } of accessRights()) {
  const key = `${who} ${action} ${subject}`
  rights.set(key, [...(rights.get(key) ?? []), scope])
}

/** How far the right reaches; empty when there is none. */
export function reachOf(who: AccessRule['who'], action: Action, subject: Subject): readonly Scope[] {
  return rights.get(`${who} ${action} ${subject}`) ?? []
}

/** The roles that may read a subject: what stands beside a section of a form. */
export function readersOf(subject: Subject): Role[] {
  return accessTable.flatMap(rule =>
    rule.subject === subject && rule.may.read && Object.hasOwn(roles, rule.who) ? [rule.who as Role] : [],
  )
}
