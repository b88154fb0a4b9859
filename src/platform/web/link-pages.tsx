import type { LinkPurpose } from '../access/index.ts'
import { formatMoment } from '../dates.ts'
import { Button } from './components/index.ts'
import { KeptText } from './kept-text.tsx'
import { FormToken, type PageProps } from './layout.tsx'
import type { FoundLink, OpenedLink } from './opened-link.ts'
import type { Posted } from './posted-form.ts'

/** What waits behind the button. It says nothing that a mail system, or somebody looking on, should not read. */
const waiting: Record<LinkPurpose, { title: string; button: string }> = {
  reply: { title: 'Reply to a recommendation', button: 'Read it and reply' },
  'draft-comment': { title: 'Comment on a draft recommendation', button: 'Read it and comment' },
  'did-it-work': { title: 'Did a recommendation work?', button: 'Read it and answer' },
  'action-update': { title: 'Say how far an action is', button: 'Go on' },
  'family-draft': { title: 'Something to read', button: 'Go on' },
}

export function LinkLandingPage({ link }: { link: OpenedLink }): PageProps {
  const { title, button } = waiting[link.purpose]
  return {
    title,
    children: (
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          This link was made for <strong>{link.holder}</strong>. It works until {formatMoment(link.expiresAt)}, unless
          it is ended before. You need no account.
        </p>
        <p class="govuk-body">If it is not for you, close this page, and tell whoever sent it to you.</p>
        <form method="post">
          <FormToken visitor={link} />
          <Button text={button} preventDoubleClick />
        </form>
      </>
    ),
  }
}

const said: Record<Exclude<FoundLink['state'], 'open'>, { title: string; text: string }> = {
  ended: { title: 'This link has ended', text: 'It was ended, and opens nothing any more.' },
  expired: { title: 'This link is too old', text: 'Links work for some days only, and this one is past them.' },
  unknown: {
    title: 'There is no such link',
    text: 'Mail programs sometimes cut an address in two. Copy the whole address from the message, to its last letter.',
  },
  paused: {
    title: 'Too many attempts',
    text: 'From your network many links were tried that do not exist. Wait 15 minutes, then open yours again.',
  },
}

/** Says what to do, and nothing of what the link opened. */
export function EndedLinkPage({
  state,
  ring,
  posted,
}: {
  state: FoundLink['state']
  ring: string
  posted: Posted
}): PageProps {
  const { title, text } = said[state === 'open' ? 'unknown' : state]
  return {
    title,
    children: (
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">{text}</p>
        <p class="govuk-body">
          For a new link, ask the person who sent it to you. If you do not know who that was, ring {ring}.
        </p>
        <KeptText posted={posted} />
      </>
    ),
  }
}
