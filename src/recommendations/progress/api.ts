import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { ApiProblem, jsonAnswer, problemResponsesToAnybody, type ApiRoutes } from '../../platform/api/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { pageRows } from '../../platform/lists/index.ts'
import type { KeptPublic } from '../../platform/web/index.ts'
import { deliveries, effects, replies, type Delivery, type Effect, type Reply } from '../moves.ts'
import { filtersIn, tagsAsked } from './pages.tsx'
import type { Picture } from './picture.ts'
import { readPublished, readPublishedList } from './read-published.ts'
import { knownOf } from './views/published-on.ts'

const keysOf = <Key extends string>(labels: Readonly<Record<Key, string>>) =>
  z.enum(Object.keys(labels) as [Key, ...Key[]])
const day = z.iso.date().nullable()

const publicMove = z.object({
  axis: z.enum(['reply', 'delivery', 'effect']),
  to: z.string().meta({ description: 'The state after it.' }),
  by: z.enum(['body', 'Panel']),
  words: z.string().meta({ description: 'What was said, in full.' }),
  replacement: z.string(),
  howAsked: z.string(),
  evidence: z.string().nullable().meta({ description: 'The kind of evidence that was given.' }),
  on: z.iso.date(),
  cameBy: z.string().meta({ description: 'How it came: account, link, letter, mail or published.' }),
})
const counted = z.record(z.string(), z.int().nullable()).meta({ description: 'null where a small number is not told.' })

/** As it stands where nothing was heard of it. */
const example = {
  number: 'R-2024-88251',
  address: 'https://weathervane.example/recommendations/R-2024-88251',
  self: 'https://weathervane.example/api/v1/public/recommendations/R-2024-88251',
  status: 'issued',
  replacedBy: null,
  text: 'Make a national action plan on child sexual abuse, and lead it urgently.',
  answers: '',
  themes: ['sexual-abuse-in-family'],
  level: 'national',
  intendedChange: '',
  measure: '',
  priority: null,
  priorityReason: '',
  source: { kind: 'national-review', name: 'I wanted them all to notice', url: '' },
  published: '2024-11-26',
  howSure: ['Reported by others: the report itself was not read.'],
  toLocalPartners: false,
  addressees: [
    {
      name: 'Government',
      code: null,
      note: 'across departments',
      replyAskedBy: null,
      reply: 'not-known',
      replyOn: null,
      delivery: null,
      deliveryOn: null,
      effect: 'not-looked-at',
      effectOn: null,
      said: [],
    },
  ],
  inEngland: null,
}

const publicRecommendation = z
  .object({
    number: z.string().meta({ description: 'Permanent: cite it.', examples: ['R-2024-88251'] }),
    address: z.url().meta({ description: 'Of its page: cite it.' }),
    self: z.url().meta({ description: 'Of this answer.' }),
    status: z.enum(['issued', 'replaced', 'closed']),
    replacedBy: z.string().nullable(),
    text: z.string(),
    answers: z
      .string()
      .meta({ description: 'The finding it answers; empty where that is not known, and for a review of an area.' }),
    themes: z.array(z.string()),
    level: z.enum(['local', 'regional', 'national']),
    intendedChange: z.string(),
    measure: z.string(),
    priority: z.string().nullable(),
    priorityReason: z.string(),
    source: z.object({ kind: z.string(), name: z.string(), url: z.string() }),
    published: z
      .string()
      .meta({ description: 'A day, or a month where no day is known.', examples: ['2024-11-26', '2020-07'] }),
    howSure: z
      .array(z.string())
      .meta({ description: 'Of a recommendation that was made elsewhere: how sure its words are.' }),
    toLocalPartners: z.boolean(),
    addressees: z.array(
      z.object({
        name: z.string(),
        code: z.string().nullable(),
        note: z.string().nullable(),
        replyAskedBy: day,
        reply: keysOf<Reply>(replies),
        replyOn: day,
        delivery: keysOf<Delivery>(deliveries).nullable().meta({ description: 'null where nothing was said of it.' }),
        deliveryOn: day,
        effect: keysOf<Effect>(effects),
        effectOn: day,
        said: z.array(publicMove),
      }),
    ),
    inEngland: z
      .object({ partnerships: z.int().nullable(), reply: counted, delivery: counted })
      .nullable()
      .meta({ description: 'What partnerships answer to a national recommendation, in numbers for England.' }),
  })
  .meta({
    id: 'PublicRecommendation',
    examples: [example],
  })

const listed = z
  .object({
    asAt: z.iso.date().nullable().meta({ description: 'The day of the last public change.' }),
    total: z.int(),
    page: z.int(),
    pages: z.int(),
    recommendations: z.array(publicRecommendation),
  })
  .meta({
    id: 'PublicRecommendationList',
    examples: [{ asAt: '2026-11-23', total: 1, page: 1, pages: 1, recommendations: [example] }],
  })

const words = z.string().regex(/^[^\0]*$/)

const asked = z.object({
  theme: words.optional(),
  source: words.optional().meta({ description: 'The name of the review or letter.' }),
  to: z.string().optional().meta({ description: 'The name of a body.' }),
  reply: keysOf<Reply>(replies).optional(),
  delivery: z.enum(['not-told', ...(Object.keys(deliveries) as Delivery[])]).optional(),
  effect: keysOf<Effect>(effects).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
})

/** The public pages for programs: no token, and the same snapshots. */
export function publicRecommendationRoutes({
  ask,
  kept,
  publicUrl,
}: {
  ask: Database['ask']
  kept: KeptPublic
  publicUrl: string
}): ApiRoutes {
  const onTheWire = (picture: Picture) => wireOf(picture, publicUrl)
  return ({ app }) => {
    app.get(
      '/public/recommendations',
      {
        config: { withoutToken: true },
        schema: {
          operationId: 'listPublishedRecommendations',
          tags: ['published'],
          summary: 'Published recommendations, the newest first',
          security: [],
          querystring: asked,
          response: { 200: jsonAnswer('One page of them.', listed), ...problemResponsesToAnybody('invalid') },
        },
      },
      async (request, reply) => {
        const { page, ...filters } = request.query
        const tags = tagsAsked(filtersIn(filters as Record<string, string>))
        const answer = await kept(request.url, async () => {
          const { rows, total, asAt } = await readPublishedList(ask, { tags, page, newestFirst: true })
          const list: z.input<typeof listed> = {
            asAt: asAt ?? null,
            total,
            page,
            pages: Math.ceil(total / pageRows),
            recommendations: rows.map(onTheWire),
          }
          return { body: JSON.stringify(z.encode(listed, list)) }
        })
        return sendAnswer(reply, answer!.body)
      },
    )
    app.get(
      '/public/recommendations/:number',
      {
        config: { withoutToken: true },
        schema: {
          operationId: 'readPublishedRecommendation',
          tags: ['published'],
          summary: 'A published recommendation by its number',
          security: [],
          params: z.object({ number: z.string().regex(/^[\w-]{1,40}$/) }),
          response: {
            200: jsonAnswer('The recommendation, and what became of it.', publicRecommendation),
            ...problemResponsesToAnybody('invalid', 'not-found'),
          },
        },
      },
      async (request, reply) => {
        const answer = await kept(request.url, async () => {
          const found = await readPublished(ask, request.params.number)
          return found && { body: JSON.stringify(z.encode(publicRecommendation, onTheWire(found.picture))) }
        })
        if (!answer) throw new ApiProblem('not-found', 'No recommendation is published under this number.')
        return sendAnswer(reply, answer.body)
      },
    )
  }
}

/** Text that was checked and written when it was made: it is not checked again for each reader. */
function sendAnswer(reply: FastifyReply, body: string): FastifyReply {
  return reply.header('cache-control', 'public, max-age=60').type('application/json; charset=utf-8').send(body)
}

function wireOf(picture: Picture, publicUrl: string): z.input<typeof publicRecommendation> {
  const { publishedOn, source, addressees, themes, inEngland, ...rest } = picture
  const known = knownOf(picture.number)
  return {
    number: rest.number,
    address: `${publicUrl}/recommendations/${rest.number}`,
    self: `${publicUrl}/api/v1/public/recommendations/${rest.number}`,
    status: rest.status,
    replacedBy: rest.replacedBy,
    text: rest.text,
    answers: rest.answers,
    themes: [...themes],
    level: rest.level,
    intendedChange: rest.intendedChange,
    measure: rest.measure,
    priority: rest.priority,
    priorityReason: rest.priorityReason,
    source: { kind: source.kind, name: source.name, url: source.url },
    published: known?.source.publishedOn ?? publishedOn,
    howSure: [...(known?.trust ?? [])],
    toLocalPartners: rest.toLocalPartners,
    inEngland: inEngland && {
      partnerships: inEngland.partnerships,
      reply: { ...inEngland.reply },
      delivery: { ...inEngland.delivery },
    },
    addressees: addressees.map(
      ({ name, code, replyAskedBy, reply, replyOn, delivery, deliveryOn, effect, effectOn, said }) => ({
        name,
        code,
        note: known?.notes.get(name) ?? null,
        replyAskedBy,
        reply,
        replyOn,
        delivery,
        deliveryOn,
        effect,
        effectOn,
        said: said.map(({ axis, to, by, words, replacement, howAsked, evidence, on, cameBy }) => ({
          axis,
          to,
          by,
          words,
          replacement,
          howAsked,
          evidence,
          on,
          cameBy,
        })),
      }),
    ),
  }
}
