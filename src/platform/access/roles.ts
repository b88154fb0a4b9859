/** Where a role's appointment lies. A person is appointed to one body in one role, with dates. */
export type BodyKind = 'authority' | 'partnership' | 'police' | 'icb' | 'region' | 'national'

/** The roles of the field and the kinds of body each may be appointed to. The key is stored; the label is read. */
export const roles = {
  notifier: { label: 'Local authority notifier', bodies: ['authority'] },
  approver: { label: 'Local authority approver', bodies: ['authority'] },
  'safeguarding-partner': { label: 'Safeguarding partner', bodies: ['authority', 'icb', 'police'] },
  'lead-safeguarding-partner': { label: 'Lead safeguarding partner', bodies: ['authority', 'icb', 'police'] },
  'business-manager': { label: 'Partnership business manager', bodies: ['partnership'] },
  'agency-author': { label: 'Agency author', bodies: ['partnership'] },
  reviewer: { label: 'Reviewer of a local review', bodies: ['partnership'] },
  'data-officer': { label: 'Data protection officer', bodies: ['partnership'] },
  scrutineer: { label: 'Independent scrutineer', bodies: ['partnership'] },
  secretariat: { label: 'Panel secretariat', bodies: ['national'] },
  'panel-member': { label: 'Panel member', bodies: ['region'] },
  'panel-chair': { label: 'Panel chair', bodies: ['national'] },
  'body-answering': { label: 'Answers for a national body', bodies: ['national'] },
  analyst: { label: 'Analyst', bodies: ['national'] },
  dfe: { label: 'Department for Education', bodies: ['national'] },
  ofsted: { label: 'Ofsted', bodies: ['national'] },
  administrator: { label: 'Administrator', bodies: ['national'] },
} as const satisfies Record<string, { label: string; bodies: readonly BodyKind[] }>
export type Role = keyof typeof roles

/** What the service does by itself. Each has its rows in the access table, like a person's role. */
export const tasks = {
  'sign-in': 'checks who is at the door',
  'open-review': 'opens the rapid review when a notification is sent',
  'receive-review': 'puts a review that was sent before the Panel',
  mail: 'sends mail',
  erase: 'erases words that were withdrawn, when the last legal hold has ended',
  publish: 'shows in public what became of recommendations',
  'ask-again': 'asks whether an earlier recommendation worked',
  compare: 'compares what was recommended, by its words',
  chase: 'asks by mail how far an action is',
  seal: 'seals events',
  load: 'adds people from the command line',
} as const
export type Task = keyof typeof tasks

/** What a link lets somebody without an account do. A link is for one of these, and opens one thing. */
export const linkPurposes = {
  reply: 'replies to a recommendation by a link',
  'draft-comment': 'comments on a draft recommendation by a link',
  'did-it-work': 'says by a link whether an earlier recommendation worked',
  'action-update': 'says by a link how far an action is',
  'family-draft': 'reads a draft by a link',
} as const
export type LinkPurpose = keyof typeof linkPurposes

export const roleKeys = Object.keys(roles) as Role[]
