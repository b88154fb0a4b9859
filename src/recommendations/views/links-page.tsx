import type { FastifyRequest } from 'fastify'
import { formatMoment } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import type { Link } from '../../platform/links/index.ts'
import {
  Button,
  CopyValue,
  Details,
  errorAt,
  FormToken,
  Input,
  InsetText,
  SummaryList,
} from '../../platform/web/index.ts'
import { linkDays } from '../link-for-addressee.ts'

export interface LinksPageProps {
  request: FastifyRequest
  path: string
  caption: string
  heading: string
  /** What the link opens, and what it does not. */
  opens: string
  /** What goes with it by mail. */
  words: string
  links: readonly Link[]
  now: Date
  /** Just made, and shown once. `notMailed` says why it has to be handed over. */
  made: { holder: string; address: string; notMailed: string | undefined } | undefined
  typed: { holder: string; mailAddress: string }
  errors: readonly FieldError[]
}

/** The links for somebody without an account. */
export function LinksPage(props: LinksPageProps) {
  const { request, path, caption, heading, opens, words, links, now, made, typed, errors } = props
  return (
    <>
      <span class="govuk-caption-l">{caption}</span>
      <h1 class="govuk-heading-l">{heading}</h1>
      {made && (
        <InsetText>
          {made.notMailed && <p class="govuk-body">{made.notMailed}</p>}
          <p class="govuk-body">
            <strong>Give this link to {made.holder}.</strong> It is shown here once, works for {linkDays} days, and
            needs no account.
          </p>
          <CopyValue label="the link" value={made.address} />
        </InsetText>
      )}
      <p class="govuk-body">{opens}</p>
      <form method="post" action={path} novalidate>
        <FormToken visitor={request.visitor} />
        <Input
          name="holder"
          label={{ text: 'Whom is it for?' }}
          hint={{ text: 'Name and office, like Dr Asha Rao, registrar. What they say stands under this name.' }}
          value={typed.holder}
          errorMessage={errorAt(errors, 'holder')}
        />
        <Input
          name="mailAddress"
          type="email"
          label={{ text: 'Their mail address (optional)' }}
          hint={{ text: 'The link is mailed to it. Without one it is shown here, for you to hand over.' }}
          value={typed.mailAddress}
          errorMessage={errorAt(errors, 'mailAddress')}
        />
        <Details summaryText="What the mail says">
          <p class="govuk-body wv-answer">{words}</p>
        </Details>
        <Button text="Make the link" preventDoubleClick />
      </form>
      <h2 class="govuk-heading-m">Links so far</h2>
      {links.length === 0 && <p class="govuk-body">None yet.</p>}
      {links.map(link => (
        <SummaryList
          card={{ title: { text: link.holder } }}
          rows={[
            { key: { text: 'Made' }, value: { text: formatMoment(link.madeAt) } },
            {
              key: { text: 'Opened' },
              value: { text: link.lastOpenedAt ? `Last ${formatMoment(link.lastOpenedAt)}` : 'Not yet' },
            },
            {
              key: { text: link.endedAt ? 'Ended' : 'Works until' },
              value: { text: formatMoment(link.endedAt ?? link.expiresAt) },
            },
            !link.endedAt &&
              link.expiresAt > now && {
                key: { text: 'End it' },
                value: {
                  children: (
                    <form method="post" action={path.replace(/(?=\?|$)/, `/${link.id}/end`)}>
                      <FormToken visitor={request.visitor} />
                      <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                        End it<span class="govuk-visually-hidden">: the link for {link.holder}</span>
                      </Button>
                    </form>
                  ),
                },
              },
          ]}
        />
      ))}
    </>
  )
}
