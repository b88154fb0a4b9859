import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { formatDate } from '../../platform/dates.ts'
import type { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { chosenList, chosenOption } from '../../platform/lists/index.ts'
import {
  Button,
  datePartsIn,
  FormToken,
  frameOfForm,
  idsIn,
  listIn,
  Panel,
  textIn,
  tried,
  type Posted,
  type Query,
  type Web,
  WhoSees,
} from '../../platform/web/index.ts'
import type { TypedAction, TypedUpdate } from './action-form.ts'
import {
  actionSorts,
  actionStates,
  chasersOf,
  countActions,
  listActions,
  missingUpdates,
  readAction,
  servedBy,
  updatesOf,
} from './action-store.ts'
import { agreeAction, changeAction, choicesFor, noSuchAction } from './agree-action.ts'
import { checkText, registerIdentifyingCheck } from '../../documents/index.ts'
import { actionToCheck } from './recognised.ts'
import { answerPanelWith } from './answer-panel.ts'
import { askForUpdates, handOverLink } from './ask-for-update.ts'
import type { Delivery } from '../moves.ts'
import { moveDeliveryWith, notYetDone, updateThatEnds } from './move-delivery.ts'
import { checkUpdate, updateAction, updateActionByLink } from './update-action.ts'
import { ActionFormPage } from './views/action-form-page.tsx'
import { ActionPage } from './views/action-page.tsx'
import { ActionsPage } from './views/actions-page.tsx'
import { AskingPage } from './views/asking-page.tsx'
import { UpdateFields } from './views/update-fields.tsx'

interface OfAction {
  Params: { actionId: string }
  Body: Posted | undefined
}
interface OfUpdate {
  Params: { actionId: string; updateId: string }
  Body: Posted | undefined
}

export function registerActionPages(web: Web, { publicUrl }: { publicUrl: string }): void {
  const { app } = web

  app.get<{ Querystring: Query }>('/actions', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'action')
    const { query } = request
    const chosen = chosenList(query, actionSorts, { key: 'due', direction: 'ascending' })
    const state = chosenOption(query, 'state', actionStates)
    const words = textIn(query, 'words')
    const shown = await acting.transaction(async tx => {
      const { today } = contextOf(tx)
      const found = await listActions(tx, chosen, { state, words, today })
      const incidentIds = [...new Set(found.rows.flatMap(action => action.place?.incidentId ?? []))]
      await noteRead(tx, { subject: 'action', purpose: 'see the list of actions', incidentIds })
      return { found, today, counts: await countActions(tx, today) }
    })
    return web.page(request, reply, {
      title: 'Actions',
      wide: true,
      children: <ActionsPage {...{ chosen, state, words }} {...shown} mayWrite={may(acting, 'write', 'action')} />,
    })
  })

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: TypedAction,
    form: { heading: string; path: string; back: string; partnershipCode: string; problem?: ServiceError | undefined },
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'action')
    const choices = await acting.transaction(tx => choicesFor(tx, form.partnershipCode))
    const { status, errors } = frameOfForm(form.problem)
    return web.page(request, reply, {
      status,
      title: form.heading,
      back: { href: form.back },
      errors,
      children: <ActionFormPage {...{ request, typed, errors }} {...form} {...choices} />,
    })
  }
  const newForm = (request: FastifyRequest) => ({
    heading: 'Agree on an action',
    path: '/actions/new',
    back: '/actions',
    partnershipCode: web.acting(request).bodyCode,
  })

  app.get<{ Querystring: Query }>('/actions/new', (request, reply) => {
    ensureMay(web.acting(request), 'write', 'action')
    const { query } = request
    const typed = { ...typedIn({}), serves: listIn(query, 'serves'), promptedBy: textIn(query, 'promptedBy') }
    return showForm(request, reply, typed, newForm(request))
  })

  app.post<{ Body: Posted | undefined }>('/actions/new', async (request, reply) => {
    const typed = typedIn(request.body ?? {})
    const { done, problem } = await tried(agreeAction(web.acting(request), typed))
    if (problem) return showForm(request, reply, typed, { ...newForm(request), problem })
    return web.redirect(
      reply,
      `/actions/${done}`,
      'The action is agreed. Its lead is asked for the first update when it is due.',
    )
  })

  app.get<OfAction>('/actions/:actionId/change', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'action')
    const { actionId } = request.params
    const { typed, partnershipCode } = await acting.transaction(async tx => {
      const row = await tx.selectFrom('action').selectAll().where('action_id', '=', actionId).executeTakeFirst()
      if (!row) throw noSuchAction()
      const { bodies } = await choicesFor(tx, row.partnership_code)
      const serves = (await servedBy(tx, [actionId])).get(actionId) ?? []
      const [year = '', month = '', day = ''] = row.due_on.split('-').map(part => part.replace(/^0/, ''))
      const typed: TypedAction = {
        text: row.text,
        owner: row.owner_code ?? 'other',
        ownerName: row.owner_code ? '' : row.owner_name,
        joint: [...bodies].flatMap(([code, name]) => (row.joint_with.includes(name) ? [code] : [])),
        lead: row.lead_person_id ?? 'other',
        leadName: row.lead_person_id ? '' : row.lead_name,
        leadAddress: '',
        promptedBy: row.prompted_by,
        dueOn: { day, month, year },
        updateMonths: String(row.update_months),
        serves: serves.flatMap(one =>
          one.kind === 'letter-point'
            ? `point:${one.pointId}`
            : one.kind === 'recommendation'
              ? `addressee:${one.addresseeId}`
              : [],
        ),
        learning: serves.find(one => one.kind === 'learning')?.text ?? '',
      }
      return { typed, partnershipCode: row.partnership_code }
    })
    const path = `/actions/${actionId}`
    return showForm(request, reply, typed, {
      heading: 'Change the action',
      path: `${path}/change`,
      back: path,
      partnershipCode,
    })
  })

  app.post<OfAction>('/actions/:actionId/change', async (request, reply) => {
    const acting = web.acting(request)
    const path = `/actions/${request.params.actionId}`
    const typed = typedIn(request.body ?? {})
    const { problem } = await tried(changeAction(acting, request.params.actionId, typed))
    const form = {
      heading: 'Change the action',
      path: `${path}/change`,
      back: path,
      partnershipCode: acting.bodyCode,
      problem,
    }
    if (problem) return showForm(request, reply, typed, form)
    return web.redirect(reply, path, 'The action is changed.')
  })

  async function showAction(
    request: FastifyRequest<OfAction>,
    reply: FastifyReply,
    { problem, address, typed }: { problem?: ServiceError | undefined; address?: string; typed?: TypedUpdate } = {},
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'action')
    const { actionId } = request.params
    const shown = await acting.transaction(async tx => {
      const action = await readAction(tx, actionId)
      if (!action) throw noSuchAction()
      const incidentIds = action.place ? [action.place.incidentId] : []
      await noteRead(tx, { subject: 'action', purpose: 'see an action', incidentIds })
      const serves = (await servedBy(tx, [actionId])).get(actionId) ?? []
      const updates = (await updatesOf(tx, [actionId])).get(actionId) ?? []
      return {
        action,
        serves,
        updates,
        recognised: may(acting, 'write', 'action') ? await checkText(tx, await actionToCheck(tx, action)) : undefined,
        notYetDone: updateThatEnds(action, updates) ? await notYetDone(tx, acting, serves) : [],
        chasers: await chasersOf(tx, actionId),
        today: contextOf(tx).today,
      }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `Action ${shown.action.number}`,
      back: { href: '/actions', text: 'All actions' },
      errors,
      children: (
        <ActionPage
          {...{ request, typed, errors, address }}
          {...shown}
          may={{
            write: may(acting, 'write', 'action'),
            reply: may(acting, 'reply', 'action'),
            answerPanel: may(acting, 'reply', 'letter'),
          }}
        />
      ),
    })
  }

  registerIdentifyingCheck<OfAction['Params']>(web, {
    path: '/actions/:actionId/recognised',
    subject: 'action',
    async read(tx, { actionId }) {
      const action = await readAction(tx, actionId)
      if (!action) throw noSuchAction()
      return actionToCheck(tx, action)
    },
  })

  app.get<OfAction>('/actions/:actionId', (request, reply) => showAction(request, reply))

  app.post<OfAction>('/actions/:actionId/updates', async (request, reply) => {
    const { actionId } = request.params
    const typed = updateIn(request.body ?? {})
    const { problem } = await tried(updateAction(web.acting(request), actionId, typed))
    if (problem) return showAction(request, reply, { problem, typed })
    const counts = may(web.acting(request), 'write', 'action')
    return web.redirect(
      reply,
      `/actions/${actionId}`,
      counts ? 'The update counts.' : 'The update is sent. It counts when it is checked.',
    )
  })

  app.post<OfUpdate>('/actions/:actionId/updates/:updateId/check', async (request, reply) => {
    const { actionId, updateId } = request.params
    const body = request.body ?? {}
    const check = { counts: body['counts'] === 'yes', words: textIn(body, 'words') }
    const { problem } = await tried(checkUpdate(web.acting(request), actionId, updateId, check))
    if (problem) return showAction(request, reply, { problem })
    return web.redirect(
      reply,
      `/actions/${actionId}`,
      check.counts ? 'The update counts.' : 'The update does not count.',
    )
  })

  app.post<OfUpdate>('/actions/:actionId/updates/:updateId/answer', async (request, reply) => {
    const { actionId, updateId } = request.params
    const [pointId = ''] = idsIn(request.body, 'pointId')
    const { done, problem } = await tried(answerPanelWith(web.acting(request), actionId, updateId, pointId))
    if (problem) return showAction(request, reply, { problem })
    return web.redirect(reply, done, 'The update stands in your draft answer. Read it, and send it when it is right.')
  })

  app.post<OfAction>('/actions/:actionId/delivery', async (request, reply) => {
    const { actionId } = request.params
    const { body } = request
    const [addresseeId = ''] = idsIn(body, 'addresseeId')
    const from = textIn(body, 'from') as Delivery
    const { problem } = await tried(moveDeliveryWith(web.acting(request), actionId, { addresseeId, from }))
    if (problem) return showAction(request, reply, { problem })
    return web.redirect(reply, `/actions/${actionId}`, 'Delivery is done, with the words of the update.')
  })

  app.post<OfAction>('/actions/:actionId/link', async (request, reply) => {
    const { done, problem } = await tried(handOverLink(web.acting(request), request.params.actionId, publicUrl))
    return showAction(request, reply, problem ? { problem } : { address: done })
  })

  async function showAsking(
    request: FastifyRequest,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'action')
    const shown = await acting.transaction(async tx => {
      const { today } = contextOf(tx)
      return { actions: await missingUpdates(tx, today), today }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Ask for updates that are missing',
      back: { href: '/actions', text: 'All actions' },
      errors,
      children: <AskingPage request={request} {...shown} />,
    })
  }

  app.get('/actions/asking', (request, reply) => showAsking(request, reply))

  app.post<{ Body: Posted | undefined }>('/actions/asking', async (request, reply) => {
    const actionIds = idsIn(request.body, 'actionId')
    const { problem } = await tried(askForUpdates(web.acting(request), actionIds))
    if (problem) return showAsking(request, reply, problem)
    const asked = actionIds.length === 1 ? 'One lead is asked.' : `${actionIds.length} leads are asked.`
    return web.redirect(reply, '/actions/asking', asked)
  })

  web.linkPage('action-update', 'GET', '', async (link, request, reply) => {
    const shown = await link.transaction(async tx => {
      const action = await readAction(tx, link.objectId)
      if (!action) throw noSuchAction()
      return { action, updates: (await updatesOf(tx, [link.objectId])).get(link.objectId) ?? [] }
    })
    return showLinked(request, reply, shown)
  })

  web.linkPage('action-update', 'POST', '', async (link, request, reply) => {
    const typed = updateIn((request.body as Posted | undefined) ?? {})
    const { problem } = await tried(updateActionByLink(link, typed))
    if (!problem) {
      return web.page(request, reply, {
        title: 'Thank you',
        children: (
          <>
            <Panel titleText="Thank you" text="Your update is there" />
            <p class="govuk-body">
              Somebody of the partnership looks at it before it counts. You have nothing more to do. With the same link
              you can send another.
            </p>
          </>
        ),
      })
    }
    const action = await link.transaction(tx => readAction(tx, link.objectId))
    if (!action) throw noSuchAction()
    return showLinked(request, reply, { action, updates: [], problem, typed })
  })

  function showLinked(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: {
      action: NonNullable<Awaited<ReturnType<typeof readAction>>>
      updates: Awaited<ReturnType<typeof updatesOf>> extends Map<string, infer Updates> ? Updates : never
      problem?: ServiceError
      typed?: TypedUpdate
    },
  ): FastifyReply {
    const { action, updates, problem, typed } = shown
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'How is your action going?',
      errors,
      children: (
        <>
          <span class="govuk-caption-l">Action {action.number}</span>
          <h1 class="govuk-heading-l">How is your action going?</h1>
          <p class="govuk-body">{action.text}</p>
          <p class="govuk-body">
            {action.ownerName}. Due {formatDate(action.dueOn)}.
            {updates[0] && ` With this link you last said something on ${formatDate(updates[0].saidOn)}.`}
          </p>
          <form method="post" novalidate>
            <FormToken visitor={request.link} />
            <UpdateFields typed={typed} errors={errors} />
            <WhoSees>
              the safeguarding partnership, where somebody checks it first; then the Panel, where it asked for this
              action
            </WhoSees>
            <Button text="Send the update" preventDoubleClick />
          </form>
        </>
      ),
    })
  }
}

function typedIn(body: Posted): TypedAction {
  const text = (name: string) => textIn(body, name)
  return {
    text: text('text'),
    owner: text('owner'),
    ownerName: text('ownerName'),
    joint: listIn(body, 'joint'),
    lead: text('lead'),
    leadName: text('leadName'),
    leadAddress: text('leadAddress'),
    promptedBy: text('promptedBy'),
    dueOn: datePartsIn(body, 'dueOn'),
    updateMonths: text('updateMonths'),
    serves: listIn(body, 'serves'),
    learning: text('learning'),
  }
}

function updateIn(body: Posted): TypedUpdate {
  return {
    delivery: textIn(body, 'delivery'),
    words: textIn(body, 'words'),
    evidenceKind: textIn(body, 'evidenceKind'),
    evidence: textIn(body, 'evidence'),
  }
}
