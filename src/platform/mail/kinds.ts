const incident = (id: string) => `/incidents/${id}`
const rapidReview = (id: string) => `/incidents/${id}/rapid-review`
const panelWork = (id: string) => `/panel/${id}`
const signing = (id: string) => `/signatures/${id}`
const letter = (id: string) => `/incidents/${id}/letter`
const panelWorkOnLocal = (id: string) => `${panelWork(id)}/local-review`
const localReport = (id: string) => `/incidents/${id}/local-review/report`
const localFacts = (id: string) => `/incidents/${id}/local-review/accuracy`
const letterOnLocal = (id: string) => `/incidents/${id}/local-review/letter`

type Path = (incidentId: string) => string
const recommendation = (_: string, number: string) => `/desk/recommendations/${number}`
const reviewAllocated = (path: Path) => ({
  subject: 'A review was allocated to you',
  says: 'A review was allocated to you. Sign in to read it, or to declare a conflict of interest.',
  path,
})
const letterReady = (path: Path) => ({
  subject: 'A letter is ready to sign',
  says: 'A letter of the Panel is ready to sign. Sign in to read it, and to sign and send it.',
  path: (id: string) => `${path(id)}/letter/preview`,
})
const letterSent = (path: Path) => ({
  subject: 'A letter from the Panel',
  says: 'The Panel has sent a letter. Sign in to read it and to answer its points.',
  path,
})
const pointAnswered = (path: Path) => ({
  subject: 'A point of a letter was answered',
  says: 'A point of a Panel letter was answered. Sign in to read the answer.',
  path,
})

/**
 * All that mail of this service ever says. A mail is read on lock screens and forwarded, so it names no child, no adult,
 * no authority and no partnership: it says that there is something to look at, its reference, and whom to ring.
 * `path` is where the id leads: of the incident, or of the recommendation or action it is about.
 */
export const mailKinds = {
  'notification-sent': {
    subject: 'A notification was sent',
    says: 'A notification was sent. Sign in to read it.',
    path: incident,
  },
  'rapid-review-opened': {
    subject: 'A rapid review has opened',
    says: 'A rapid review has opened. Sign in to see when it is due.',
    path: rapidReview,
  },
  'rapid-review-signature-asked': {
    subject: 'Your signature is asked for',
    says: 'A rapid review waits for your signature. Sign in to read and sign it.',
    path: signing,
  },
  'rapid-review-signature-asked-again': {
    subject: 'Your signature is asked for again',
    says: 'A rapid review that had become a draft again waits for signatures. Sign in to read what changed, and whether you sign once more.',
    path: signing,
  },
  'rapid-review-sent-back': {
    subject: 'A rapid review was sent back',
    says: 'A safeguarding partner sent a rapid review back before signing it. Sign in to see how it goes on.',
    path: rapidReview,
  },
  'rapid-review-signed': {
    subject: 'A rapid review was signed',
    says: 'A safeguarding partner signed a rapid review. Sign in to see whether it can be sent.',
    path: rapidReview,
  },
  'rapid-review-sent': {
    subject: 'A rapid review was sent',
    says: 'A rapid review was sent to the Panel. Sign in to read it.',
    path: panelWork,
  },
  'local-report-signature-asked': {
    subject: 'Your signature is asked for',
    says: 'The report of a local review waits for your signature. Sign in to read and sign it.',
    path: (id: string) => `${localReport(id)}/signing`,
  },
  'local-report-sent-back': {
    subject: 'A report was sent back',
    says: 'A safeguarding partner sent the report of a local review back before signing it. Sign in to see how it goes on.',
    path: localReport,
  },
  'local-report-signed': {
    subject: 'A report was signed',
    says: 'A safeguarding partner signed the report of a local review. Sign in to see whether it is signed off.',
    path: localReport,
  },
  'local-report-facts-asked': {
    subject: 'You are asked whether facts are right',
    says: 'You are asked whether the facts in the report of a local review are right. Sign in to read it and to answer.',
    path: localFacts,
  },
  'local-report-commented': {
    subject: 'A comment for you',
    says: 'Somebody commented on what you wrote about the report of a local review. Sign in to read it and to answer.',
    path: localReport,
  },
  'review-allocated': reviewAllocated(panelWork),
  'local-review-allocated': reviewAllocated(panelWorkOnLocal),
  'letter-ready': letterReady(panelWork),
  'local-letter-ready': letterReady(panelWorkOnLocal),
  'letter-sent': letterSent(letter),
  'local-letter-sent': letterSent(letterOnLocal),
  'point-answered': pointAnswered(letter),
  'local-point-answered': pointAnswered(letterOnLocal),
  'recommendation-issued': {
    subject: 'A recommendation asks for your answer',
    says: 'A recommendation asks your organisation for an answer. Sign in to read it, to see by when, and to reply.',
    path: recommendation,
  },
  'evidence-asked': {
    subject: 'The Panel asks for evidence',
    says: 'The Panel asks to see evidence of what your partnership answered to a recommendation. Sign in to show it.',
    path: recommendation,
  },
  'recommendation-reopened': {
    subject: 'A recommendation is open again',
    says: 'A recommendation that your organisation was asked about is open again. Sign in to read why, and to say what you will do.',
    path: recommendation,
  },
  'action-led': {
    subject: 'You lead an action',
    says: 'An action was agreed with you as its lead. Sign in to read it, and to see when an update is due.',
    path: (id: string) => `/actions/${id}`,
  },
} as const
export type MailKind = keyof typeof mailKinds

export interface MailSettings {
  /** Where people reach the service, without a slash at the end. */
  publicUrl: string
  /** Whom to ring, as it reads after "ring": `the Panel secretariat on 01632 960000`. */
  ring: string
}

export interface MailText {
  subject: string
  text: string
}

/** The words of one mail. The table above, the reference and one id are all there is to make them from. */
export function writeMail(
  mail: { kind: MailKind; reference: string; aboutId: string },
  { publicUrl, ring }: MailSettings,
): MailText {
  const { subject, says, path } = mailKinds[mail.kind]
  return {
    subject: `${subject}: ${mail.reference}`,
    text: [
      says,
      `Reference: ${mail.reference}\n${publicUrl}${path(mail.aboutId, mail.reference)}`,
      `If you did not expect this mail or cannot sign in, ring ${ring}.`,
      'Do not answer this mail, and send nothing about a child by mail.',
    ].join('\n\n'),
  }
}
