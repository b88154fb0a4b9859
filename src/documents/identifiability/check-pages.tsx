import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import type { Subject } from '../../platform/access/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { formatMoment } from '../../platform/dates.ts'
import type { FieldError, ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import {
  Button,
  errorAt,
  FormToken,
  frameOfForm,
  InsetText,
  Radios,
  Tag,
  Textarea,
  textIn,
  tried,
  WarningText,
  type Posted,
  type Web,
} from '../../platform/web/index.ts'
import {
  isNameOfChild,
  checkText,
  decideAbout,
  decisions,
  openWords,
  type CheckedWords,
  type TextToCheck,
} from './decisions.ts'
import { nothingFound, recognisableKinds } from './recognisable.ts'

/** A text with the page that it is on. */
export interface TextOnPage extends TextToCheck {
  /** What the text is: `The Panel’s letter on 2026-0417`. */
  caption: string
  back: { href: string; text: string }
}

/** Whose page it is, and what else stands in its address. */
interface AskedOfCheck {
  acting: Acting
  query: Readonly<Record<string, string | undefined>>
}

interface CheckRoute {
  Params: Record<string, string>
  Querystring: Record<string, string | undefined>
  Body: Posted
}

/**
 * The page on which a person decides about each word by which somebody could be recognised, under an address of the
 * module whose text it is.
 *
 * @param subject of the text, or several that it may have: whoever may write none reads nothing here
 * @param read finds the text. @throws ServiceError 'not-found' where there is none, or the person may not see it
 */
export function registerIdentifyingCheck<Params>(
  web: Web,
  {
    path,
    subject,
    read,
  }: {
    path: string
    subject: Subject | readonly Subject[]
    read: (tx: Tx, params: Params, asked: AskedOfCheck) => Promise<TextOnPage>
  },
): void {
  const subjects = [subject].flat()
  /** @throws ServiceError 'not-allowed' for whoever may write none of them */
  function ensureWriter(acting: Acting): void {
    ensureMay(acting, 'write', subjects.find(each => may(acting, 'write', each)) ?? subjects[0]!)
  }

  async function show(request: FastifyRequest<CheckRoute>, reply: FastifyReply, problem?: ServiceError) {
    const acting = web.acting(request)
    ensureWriter(acting)
    const { text, found } = await acting.transaction(async tx => {
      const text = await read(tx, request.params as Params, { acting, query: request.query })
      ensureMay(acting, 'write', text.subject)
      if (text.place && 'incidentId' in text.place) {
        const purpose = 'look for words by which a child could be recognised'
        await noteRead(tx, { subject: text.subject, purpose, incidentIds: [text.place.incidentId] })
      }
      return { text, found: await checkText(tx, text) }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Who could be recognised',
      back: text.back,
      errors,
      children: <IdentifyingCheckPage {...{ request, text, found, errors }} typed={problem && request.body} />,
    })
  }

  web.app.get<CheckRoute>(path, (request, reply) => show(request, reply))

  web.app.post<CheckRoute>(path, async (request, reply) => {
    const params = request.params as Params
    const acting = web.acting(request)
    ensureWriter(acting)
    const { query } = request
    const { done, problem } = await tried(
      decideAbout(acting, tx => read(tx, params, { acting, query }), request.body ?? {}),
    )
    if (problem) return show(request, reply, problem)
    return web.redirect(
      reply,
      request.url,
      done.open === 0 ? 'Saved. Everything that was found is decided.' : `Saved. ${openWords(done.open)}`,
    )
  })
}

function IdentifyingCheckPage({
  request,
  text,
  found,
  errors,
  typed,
}: {
  request: FastifyRequest
  text: TextOnPage
  found: readonly CheckedWords[]
  errors: readonly FieldError[]
  typed: Posted | undefined
}) {
  const open = found.filter(({ isOpen }) => isOpen)
  return (
    <>
      <span class="govuk-caption-l">{text.caption}</span>
      <h1 class="govuk-heading-l">Who could be recognised</h1>
      {found.length === 0 ? (
        <InsetText>{nothingFound}</InsetText>
      ) : (
        <>
          <p class="govuk-body">
            {open.length > 0 ? openWords(open.length) : 'You or a colleague decided about everything that was found.'}{' '}
            Words may stay where there is a reason. Think of a neighbour, a school friend and a brother or sister in ten
            years: these checks cannot know what they know.
          </p>
          <form method="post" novalidate>
            <FormToken visitor={request.visitor} />
            {found.map(words => (
              <WordsFound {...{ words, text, errors, typed }} />
            ))}
            <Button text="Save what I decided" preventDoubleClick />
          </form>
          <WarningText
            text="These checks cannot tell that nobody else will be recognised."
            iconFallbackText="Warning"
          />
        </>
      )}
    </>
  )
}

function WordsFound({
  words,
  text,
  errors,
  typed,
}: {
  words: CheckedWords
  text: TextOnPage
  errors: readonly FieldError[]
  typed: Posted | undefined
}) {
  const { decided, key } = words
  const paragraph = text.paragraphs.find(({ id }) => id === words.paragraphId)?.text ?? words.words
  const decision = typed ? textIn(typed, `decision-${key}`) : decided?.decision
  const reason = typed ? textIn(typed, `reason-${key}`) : (decided?.reason ?? '')
  return (
    <section class="govuk-!-margin-bottom-6">
      <h2 class="govuk-heading-m">
        {recognisableKinds[words.kind]}{' '}
        {words.isOpen ? <Tag text="Not decided" classes="govuk-tag--yellow" /> : <Tag text="Decided" />}
      </h2>
      <p class="govuk-body">
        {startOf(paragraph, words.from)}
        <mark>{words.words}</mark>
        {endOf(paragraph, words.to)}
      </p>
      <p class="govuk-body">
        {words.why}
        <br />
        You could write: <strong>{words.safer}</strong>
      </p>
      {decided && (
        <p class="govuk-body-s">
          {decided.by}, {formatMoment(decided.at)}: {decisions[decided.decision]}
          {decided.reason && ` ${decided.reason}`}
          {decided.decision === 'changed' && '. The words are still there.'}
        </p>
      )}
      <Radios
        name={`decision-${key}`}
        classes="govuk-radios--small"
        value={decision ?? ''}
        fieldset={{ legend: { text: `What happens to “${words.words}”?`, classes: 'govuk-fieldset__legend--s' } }}
        items={[
          { value: 'changed', text: decisions.changed },
          {
            value: 'kept',
            text: decisions.kept,
            conditional: {
              children: (
                <Textarea
                  name={`reason-${key}`}
                  label={{ text: 'Why do they stay?' }}
                  value={reason}
                  rows={2}
                  errorMessage={errorAt(errors, `reason-${key}`)}
                />
              ),
            },
          },
          {
            value: 'not-identifying',
            text: decisions['not-identifying'],
            ...(isNameOfChild(words, text.known) && {
              conditional: {
                children: (
                  <Textarea
                    name={`why-${key}`}
                    label={{ text: 'It is the child’s name. Why is nobody recognised by it?' }}
                    value={typed ? textIn(typed, `why-${key}`) : (decided?.reason ?? '')}
                    rows={2}
                    errorMessage={errorAt(errors, `why-${key}`)}
                  />
                ),
              },
            }),
          },
        ]}
      />
    </section>
  )
}

const lettersBeside = 90
const startOf = (text: string, from: number) =>
  from > lettersBeside ? `… ${text.slice(from - lettersBeside, from)}` : text.slice(0, from)
const endOf = (text: string, to: number) =>
  text.length > to + lettersBeside ? `${text.slice(to, to + lettersBeside)} …` : text.slice(to)

/** The line on a page of the text that leads to the check: how many are open, or that nothing was found. */
export function IdentifyingCheckLink({ href, found }: { href: string; found: readonly CheckedWords[] }) {
  const open = found.filter(({ isOpen }) => isOpen).length
  return (
    <p class="govuk-body">
      {found.length === 0 ? nothingFound : open > 0 ? openWords(open) : 'Every place that was found is decided.'}{' '}
      <a class="govuk-link" href={href}>
        Who could be recognised
      </a>
    </p>
  )
}
