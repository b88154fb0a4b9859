import { ServiceError } from '../platform/errors.ts'

/** How far the Panel is with a review, in the words of its worklist. */
export const statuses = {
  received: 'To allocate',
  allocated: 'With a member',
  read: 'Read, letter to write',
  'letter-drafted': 'Letter being written',
  'letter-ready': 'Letter to sign',
  'letter-sent': 'Letter sent',
} as const
export type Status = keyof typeof statuses
export type Step = 'allocate' | 'lose-last-member' | 'finish-reading' | 'write-letter' | 'say-ready' | 'send-letter'

/** What the Panel's work on a review becomes. What is not listed is not allowed. */
export const steps: Record<Status, Partial<Record<Step, Status>>> = {
  received: { allocate: 'allocated', 'finish-reading': 'read', 'write-letter': 'letter-drafted' },
  allocated: {
    allocate: 'allocated',
    'lose-last-member': 'received',
    'finish-reading': 'read',
    'write-letter': 'letter-drafted',
  },
  read: {
    allocate: 'read',
    'lose-last-member': 'received',
    'finish-reading': 'read',
    'write-letter': 'letter-drafted',
  },
  'letter-drafted': {
    allocate: 'letter-drafted',
    'lose-last-member': 'letter-drafted',
    'finish-reading': 'letter-drafted',
    'write-letter': 'letter-drafted',
    'say-ready': 'letter-ready',
  },
  'letter-ready': {
    allocate: 'letter-ready',
    'lose-last-member': 'letter-ready',
    'finish-reading': 'letter-ready',
    // Whoever changes it says again that it is ready.
    'write-letter': 'letter-drafted',
    'say-ready': 'letter-ready',
    'send-letter': 'letter-sent',
  },
  'letter-sent': { 'lose-last-member': 'letter-sent' },
}

/** @throws ServiceError 'conflict' when the step is not in the table, with the reason */
export function after(status: Status, step: Step): Status {
  const next = steps[status][step]
  if (!next) throw new ServiceError('conflict', whyNot(status, step))
  return next
}

function whyNot(status: Status, step: Step): string {
  if (status === 'letter-sent' && step === 'allocate') {
    return 'The letter on this review was sent. There is nothing left to give to a member.'
  }
  if (status === 'letter-sent') {
    return 'The letter on this review was sent: it and the readings stay as they are. Reload the page to see the letter.'
  }
  if (status === 'letter-drafted' && step === 'send-letter') {
    return 'The letter is being written. It can be signed when somebody has read it as a whole and said that it is ready.'
  }
  if (step === 'send-letter' || step === 'say-ready') return 'There is no letter on this review yet. Write it first.'
  if (step === 'lose-last-member') return 'No member has this review now. Reload the page to see who can be given it.'
  return `This review is at the stage “${statuses[status]}”, where this cannot be done. Reload the page to see what can.`
}

/** Why somebody may not work on a review. The list is ours. */
export const conflictReasons = {
  'worked-there': 'I work there, or did when the family was known',
  'personal-tie': 'A personal tie to somebody involved',
  'took-part': 'I took part in the work with this family, or in the review',
  'paid-work': 'Paid work for one of the agencies, now or not long ago',
  other: 'Another reason',
} as const
export type ConflictReason = keyof typeof conflictReasons

export function isConflictReason(key: unknown): key is ConflictReason {
  return typeof key === 'string' && Object.hasOwn(conflictReasons, key)
}
