import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may, type Acting } from '../platform/acting.ts'
import { type Api, ApiProblem, jsonAnswer, postHeaders, problemResponses } from '../platform/api/index.ts'
import { isCivilDate, londonDate } from '../platform/dates.ts'
import { ServiceError, type FieldError } from '../platform/errors.ts'
import { noteRead } from '../platform/events/index.ts'
import {
  type Answers,
  answersSchema,
  listOf,
  type Problem,
  type Question,
  type Questionnaire,
} from '../platform/questionnaire/index.ts'
import { exampleAnswers } from './api-example.ts'
import { type Nature, type NotificationAnswers, natures, notificationForm } from './notification-form.ts'
import { replaceAnswers } from './replace-answers.ts'
import { sendNotification } from './send-notification.ts'
import { startNotification } from './start-notification.ts'
import {
  listRecords,
  type NotificationRecord,
  readDraft,
  readRecord,
  type RecordsAfter,
  sentNotification,
} from './store.ts'

/** What a draft may hold. What is needed to send, and the dates and codes of lists, are checked when it is sent. */
const draftAnswers = answersSchema<NotificationAnswers>(notificationForm, () => ({
  today: londonDate(new Date()),
})).draft.meta({
  id: 'NotificationAnswers',
  description:
    'The questions of the pages. Any can be left out of a draft. Which are needed depends on other answers; sending says what is missing.',
  examples: [exampleAnswers],
})

const bodyOf = (what: string) =>
  z.object({ code: z.string(), name: z.string() }).meta({ description: `The ${what}, with its code.` })
const moment = (description: string) => z.iso.datetime().nullable().meta({ description })
const day = (description: string) => z.iso.date().nullable().meta({ description })

const summaryFields = {
  id: z.uuid(),
  reference: z.string().meta({ description: 'To quote on the telephone and in mail.' }),
  status: z.enum(['draft', 'sent']),
  revision: z.int().meta({ description: 'Counts each saving of a draft. The `ETag` is the same number.' }),
  area: bodyOf('local authority'),
  partnership: bodyOf('safeguarding partnership'),
  nature: z
    .enum(Object.keys(natures) as [Nature, ...Nature[]])
    .nullable()
    .meta({ description: 'What happened; null in a draft that does not say it yet.' }),
  incidentOn: day('The day it happened; null in a draft that does not say it yet, or when the whole day is not known.'),
  awareOn: day(
    'The day the authority became aware; null in a draft that does not say it yet, or when the whole day is not known.',
  ),
  savedAt: z.iso.datetime(),
  sentAt: moment('When it was sent to the Panel; null in a draft.'),
  notifiedAt: moment('When it counts as sent, and the clock starts: `sentAt`, or when the national service got it.'),
  nationalReference: z.string().nullable().meta({ description: 'The number of the national notification service.' }),
  reviewNeeded: z.boolean().nullable().meta({ description: 'Whether a rapid review follows; null in a draft.' }),
}
const exampleSummary = {
  id: '0b8d0e6c-6f0e-4f6c-9d58-1f6f1b9c2a10',
  reference: 'WV-7KM-P2D',
  status: 'sent',
  revision: 1,
  area: { code: 'E08000000', name: 'Example Council' },
  partnership: { code: 'P000', name: 'Example Safeguarding Children Partnership' },
  nature: 'serious-harm',
  incidentOn: '2026-02-27',
  awareOn: '2026-02-28',
  savedAt: '2026-03-02T10:00:00.000Z',
  sentAt: '2026-03-02T10:00:00.000Z',
  notifiedAt: '2026-03-02T10:00:00.000Z',
  nationalReference: null,
  reviewNeeded: true,
}
const summary = z.object(summaryFields).meta({
  id: 'NotificationSummary',
  description: 'A notification without what it says about the child.',
  examples: [exampleSummary],
})
const whole = z
  .object({
    ...summaryFields,
    // Drafts of an earlier form must still be answered, so that they can be mended.
    answers: z.unknown().meta({ $ref: '#/components/schemas/NotificationAnswersInput' }),
  })
  .meta({
    id: 'Notification',
    description: 'A notification with all its answers.',
    examples: [{ ...exampleSummary, answers: exampleAnswers }],
  })
const listing = z
  .object({
    items: z.array(summary),
    nextCursor: z.string().nullable().meta({ description: 'Give it as `cursor` for the next page; null on the last.' }),
  })
  .meta({ id: 'NotificationList', examples: [{ items: [exampleSummary], nextCursor: null }] })

const params = z.object({ id: z.uuid().meta({ description: 'The `id` of the notification.' }) })
const tags = ['notifications']
/** Create, read, list, change and send notifications. The answers are those of the pages, with the same checks. */
export function notificationRoutes(api: Api): void {
  const { app } = api

  app.post(
    '/notifications',
    {
      schema: {
        operationId: 'createNotification',
        summary: 'Start a draft',
        description: 'In the authority of your role. Nobody outside it can see the draft before it is sent.',
        tags,
        headers: postHeaders,
        body: draftAnswers,
        response: {
          201: jsonAnswer('The draft. `Location` is its address, `ETag` its revision.', summary),
          ...problemResponses('invalid', 'not-allowed', 'conflict', 'too-large', 'not-json', 'key-used'),
        },
      },
    },
    async (request, reply) => {
      const id = await api.once(request, acting => startNotification(acting, request.body))
      reply.status(201).header('location', `/api/v1/notifications/${id}`)
      return replySummary(api, request, reply, id)
    },
  )

  app.get(
    '/notifications',
    {
      schema: {
        operationId: 'listNotifications',
        summary: 'List notifications',
        description:
          'Those you may see, the last started first. To follow what is new, ask with `sentSince` a few minutes before your last request and know them by `id`: a sending can become visible a moment late.',
        tags,
        querystring: z.strictObject({
          status: z.enum(['draft', 'sent']).optional(),
          area: z
            .string()
            .max(40)
            .regex(/^[\w-]+$/)
            .optional()
            .meta({ description: 'Code of the local authority.' }),
          sentSince: z.iso
            .datetime({ offset: true })
            .optional()
            .meta({ description: 'Sent at this moment or later.', examples: ['2026-03-02T00:00:00Z'] }),
          limit: z.coerce.number().int().min(1).max(100).default(25),
          cursor: z.string().max(400).optional().meta({ description: '`nextCursor` of the page before.' }),
        }),
        response: { 200: jsonAnswer('One page of them.', listing), ...problemResponses('invalid', 'not-allowed') },
      },
    },
    async request => {
      const acting = readingAllowed(api.acting(request))
      const { cursor, sentSince, status, area, limit } = request.query
      const after = cursor === undefined ? undefined : afterOf(cursor)
      const { records, next } = await acting.transaction(tx =>
        listRecords(tx, { status, area, sentSince: sentSince ? new Date(sentSince) : undefined, after, limit }),
      )
      return { items: records.map(summaryOf), nextCursor: next ? cursorOf(next) : null }
    },
  )

  app.get(
    '/notifications/:id',
    {
      schema: {
        operationId: 'readNotification',
        summary: 'Read a notification',
        description: 'A draft as it is, or what was sent. That you read it is noted.',
        tags,
        params,
        response: {
          200: jsonAnswer('The notification. `ETag` is its revision.', whole),
          ...problemResponses('not-allowed', 'not-found'),
        },
      },
    },
    async (request, reply) => {
      const acting = readingAllowed(api.acting(request))
      const { id } = request.params
      const found = await acting.transaction(async tx => {
        const record = await readRecord(tx, id)
        const said = record?.status === 'sent' ? await sentNotification(tx, id) : await readDraft(tx, id)
        if (!record || !said) throw noSuchNotification()
        await noteRead(tx, {
          subject: record.status === 'sent' ? 'notification' : 'notification-draft',
          purpose: 'read through the API',
          incidentIds: [id],
        })
        return { record, answers: said.answers }
      })
      reply.header('etag', etagOf(found.record))
      return { ...summaryOf(found.record), answers: knownAnswers(found.answers) }
    },
  )

  app.put(
    '/notifications/:id',
    {
      schema: {
        operationId: 'replaceNotification',
        summary: 'Replace all answers of a draft',
        description: 'What you leave out is gone. `If-Match` keeps you from overwriting what somebody else saved.',
        tags,
        params,
        headers: z.looseObject({
          'if-match': z
            .string()
            .regex(/^"\d{1,9}"$/, { error: 'Send the `ETag` as you got it, with its quotes, like "3".' })
            .optional()
            .meta({ description: 'Needed: the `ETag` of your last answer.', examples: ['"3"'] }),
        }),
        body: draftAnswers,
        response: {
          200: jsonAnswer('The draft. `ETag` is its new revision.', summary),
          ...problemResponses(
            'invalid',
            'not-allowed',
            'not-found',
            'conflict',
            'changed-meanwhile',
            'too-large',
            'not-json',
            'revision-needed',
          ),
        },
      },
    },
    async (request, reply) => {
      const acting = api.acting(request)
      const { id } = request.params
      const seen = request.headers['if-match']
      if (seen === undefined) throw new ApiProblem('revision-needed', 'Send the ETag of your last answer in If-Match.')
      const replaced = await orSentAlready(acting, id, () =>
        replaceAnswers(acting, id, request.body, Number(seen.slice(1, -1))),
      )
      if (!replaced) {
        throw new ApiProblem(
          'changed-meanwhile',
          'Somebody saved this draft after you read it. Nothing of yours was saved. Read it again, and send your change with its new ETag.',
        )
      }
      return replySummary(api, request, reply, id)
    },
  )

  app.post(
    '/notifications/:id/send',
    {
      schema: {
        operationId: 'sendNotification',
        summary: 'Send a draft to the Panel',
        description:
          'The Panel, the partnership, the Department for Education and Ofsted see it from then on, and it cannot be changed. No body is needed.',
        tags,
        params,
        headers: postHeaders,
        response: {
          200: jsonAnswer('What was sent: `reference`, `sentAt`, `reviewNeeded`.', summary),
          ...problemResponses('invalid', 'not-allowed', 'not-found', 'conflict', 'key-used'),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await orSentAlready(api.acting(request), id, () => api.once(request, acting => sendNotification(acting, id)))
      return replySummary(api, request, reply, id)
    },
  )
}

/** @throws ServiceError 'not-allowed' for roles that see no notification of any area */
function readingAllowed(acting: Acting): Acting {
  if (!may(acting, 'read', 'notification') && !may(acting, 'read', 'notification-draft')) {
    throw new ServiceError('not-allowed', 'Your role does not read notifications. See Help, Who sees what.')
  }
  return acting
}

async function replySummary(api: Api, request: FastifyRequest, reply: FastifyReply, id: string) {
  const record = await api.acting(request).transaction(tx => readRecord(tx, id))
  if (!record) throw noSuchNotification()
  reply.header('etag', etagOf(record))
  return summaryOf(record)
}

/** Says where a missing answer belongs, and that a draft is missing because it was sent. */
async function orSentAlready<T>(acting: Acting, id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    if (error.kind === 'invalid') throw notReady(error)
    const record = error.kind === 'not-found' ? await acting.transaction(tx => readRecord(tx, id)) : undefined
    if (record?.status !== 'sent') throw error
    throw new ServiceError('conflict', `Notification ${record.reference} was sent already and cannot change.`)
  }
}

function notReady(error: ServiceError): ApiProblem {
  const problems = error.fields.filter(isProblem)
  return problems.length > 0
    ? new ApiProblem(
        'invalid',
        error.message,
        problems.map(problem => ({ pointer: pointerOf(problem), detail: problem.text })),
      )
    : new ApiProblem(
        'invalid',
        'Somebody typed answers on a page that could not be read. Put them right there, or replace all answers with PUT.',
      )
}

function isProblem(field: FieldError): field is Problem {
  return 'question' in field && 'step' in field
}

function pointerOf({ step, question }: Problem): string {
  const { repeats } = step.page
  return repeats && step.index !== undefined ? `/${repeats.list}/${step.index}/${question}` : `/${question}`
}

function noSuchNotification(): ServiceError {
  return new ServiceError('not-found', 'There is no such notification, or you may not see it.')
}

function etagOf({ revision }: NotificationRecord): string {
  return `"${revision}"`
}

function summaryOf(record: NotificationRecord): z.infer<typeof summary> {
  return {
    id: record.incidentId,
    reference: record.reference,
    status: record.status,
    revision: record.revision,
    area: { code: record.authorityCode, name: record.authorityName },
    partnership: { code: record.partnershipCode, name: record.partnershipName },
    nature: record.nature,
    incidentOn: record.incidentOn,
    awareOn: record.awareOn,
    savedAt: record.savedAt.toISOString(),
    sentAt: record.sentAt?.toISOString() ?? null,
    notifiedAt: record.notifiedAt?.toISOString() ?? null,
    nationalReference: record.nationalReference,
    reviewNeeded: record.reviewNeeded,
  }
}

/** The answers to the questions of the form, one by one: nothing else that may stand beside them. */
function knownAnswers(answers: Answers): Record<string, unknown> {
  const form: Questionnaire = notificationForm
  const known: Record<string, unknown> = {}
  for (const { list, questions } of form.pages.map(page => ({ list: page.repeats?.list, questions: page.questions }))) {
    if (list === undefined) Object.assign(known, answersTo(questions, answers))
    else if (answers[list] !== undefined && known[list] === undefined) {
      const asked = form.pages.flatMap(page => (page.repeats?.list === list ? page.questions : []))
      known[list] = listOf(answers, list).map(item => answersTo(asked, item))
    }
  }
  return known
}

function answersTo(questions: readonly Question[], answers: Answers): Record<string, unknown> {
  return Object.fromEntries(questions.flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, answers[id]]])))
}

/** As PostgreSQL writes a moment, and one that there is: it would call any other an error of ours. */
const storedMoment = z
  .string()
  .regex(/^[12]\d{3}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?[+-](0\d|1[0-4])(:[0-5]\d)?$/)
  .refine(text => isCivilDate(text.slice(0, 10)))
const cursorSchema = z.tuple([storedMoment, z.uuid()])

function cursorOf({ startedAt, incidentId }: RecordsAfter): string {
  return Buffer.from(JSON.stringify([startedAt, incidentId])).toString('base64url')
}

/** @throws ApiProblem 'invalid' */
function afterOf(cursor: string): RecordsAfter {
  try {
    const [startedAt, incidentId] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { startedAt, incidentId }
  } catch {
    const detail = 'This is no cursor of ours. Begin again without it.'
    throw new ApiProblem('invalid', detail, [{ parameter: 'cursor', detail }])
  }
}
