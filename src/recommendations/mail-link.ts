import { mailSender, type SenderSettings } from '../platform/mail/index.ts'
import { linkDays } from './link-for-addressee.ts'

const mails = {
  reply: {
    subject: 'A recommendation to reply to',
    says: 'A recommendation about safeguarding children asks your body for a reply. With this link you read it and reply, without an account:',
  },
  'draft-comment': {
    subject: 'A draft to comment on',
    says: 'A draft recommendation about safeguarding children is meant for your body. With this link you read it and comment, without an account:',
  },
  'did-it-work': {
    subject: 'Did an earlier recommendation work?',
    says: 'The theme of a recommendation that your body answered has come up again. With this link you read what was asked, and say whether it worked, without an account:',
  },
} as const
export type MailedPurpose = keyof typeof mails

/** Drafted by the rule: a person sends it, with a link of theirs. */
export function wordsWith(purpose: MailedPurpose, address: string, ring: string): string {
  return `${mails[purpose].says}\n\n${address}\n\nIt works for ${linkDays} days. If you did not expect this mail, ring ${ring}. Send nothing about a child by mail.`
}

/**
 * Mails a link from here at once: one that waited for its mail would have to be stored.
 * @returns a function that says why the mail did not go; undefined where it did, or was not to
 */
export function linkMailer(
  settings: SenderSettings,
): (to: string, link: { id: string; address: string; purpose: MailedPurpose }) => Promise<string | undefined> {
  const sender = mailSender(settings)
  return async (to, { id, address, purpose }) => {
    if (!to) return undefined
    if (!sender) return 'No mail server is set: the link was not mailed.'
    const text = wordsWith(purpose, address, settings.ring)
    const failure = await sender({ id, to, subject: mails[purpose].subject, text })
    return failure === undefined ? undefined : `The mail server did not take the mail (${failure}).`
  }
}
