import type { FastifyReply, FastifyRequest } from 'fastify'
import { ServiceError, type FieldError } from '../errors.ts'
import type { Visitor, Web } from '../web/index.ts'
import { addressPauseMinutes, firstPauseMinutes } from './attempts.ts'
import type { Door } from './door.ts'
import { passwordProblem } from './password.ts'
import { backPath, callerOf, giveToken, takeToken, textIn, tokenOf } from './request.ts'
import { endSession, ownSignIn, switchRole } from './sessions.ts'
import { choosePassword, ownerOfLink } from './set-up-link.ts'
import { changePassword, pendingStep, signInWithCode, signInWithPassword, type NextStep } from './sign-in.ts'
import { changePasswordPage, setUpPage } from './views/choose-password.tsx'
import { codeAppPage } from './views/code-app.tsx'
import { codePage } from './views/code.tsx'
import { rolesPage } from './views/roles.tsx'
import { signInPage } from './views/sign-in.tsx'
import { youPage } from './views/you.tsx'

/** The same for a wrong password, an unknown address and a paused account. */
const wrong = `The email address or password is wrong, or sign-in is paused. After 5 wrong attempts wait at least ${firstPauseMinutes} minutes, then try again`
const addressPaused = `There were too many wrong attempts from your network. Wait ${addressPauseMinutes} minutes, then try again`
const codePaused = `There were too many wrong codes. Wait at least ${firstPauseMinutes} minutes, then sign in again`
const wrongCode = 'The code is wrong, too old or was used already. Enter the 6 digits your app shows now'
const tooLate = 'You took longer than 10 minutes. Sign in again'

export function registerSignInPages(web: Web, door: Door): void {
  const { app } = web
  const training = door.mode === 'training'

  app.get<{ Querystring: { back?: unknown } }>('/sign-in', async (request, reply) => {
    const back = backPath(request.query.back)
    if (request.visitor) return reply.redirect(back, 303)
    return web.page(request, reply, signInPage({ back, training }))
  })

  app.post('/sign-in', async (request, reply) => {
    const [email, password, back] = [textIn(request, 'email').trim(), textIn(request, 'password'), askedBack(request)]
    const showAgain = (errors: FieldError[], status = 400) =>
      web.page(request, reply, { ...signInPage({ email, back, training, errors }), status })
    const missing = [
      ...(email ? [] : [{ field: 'email', text: 'Enter your email address' }]),
      ...(password ? [] : [{ field: 'password', text: 'Enter your password' }]),
    ]
    if (missing.length > 0) return showAgain(missing)
    const outcome = await signInWithPassword(door, { email, password, caller: callerOf(request) })
    if (outcome.next === 'wrong') return showAgain([{ field: 'email', text: wrong }])
    if (outcome.next === 'address-paused') return showAgain([{ field: 'email', text: addressPaused }], 429)
    return goOn(reply, outcome, back)
  })

  /** To the next step, or in. */
  function goOn(reply: FastifyReply, outcome: NextStep, back: string): FastifyReply {
    giveToken(door, reply, outcome.token)
    if (outcome.next === 'signed-in') return web.redirect(reply, back, failuresNotice(outcome.failures))
    return reply.redirect(`/sign-in/${outcome.next}?back=${encodeURIComponent(back)}`, 303)
  }

  for (const path of ['/sign-in/code', '/sign-in/code-app']) {
    app.get<{ Querystring: { back?: unknown } }>(path, async (request, reply) =>
      showStep(request, reply, backPath(request.query.back)),
    )
    app.post(path, async (request, reply) => {
      const back = askedBack(request)
      const outcome = await signInWithCode(door, {
        token: tokenOf(door, request) ?? '',
        code: textIn(request, 'code'),
        caller: callerOf(request),
      })
      switch (outcome.next) {
        case 'signed-in':
          return goOn(reply, outcome, back)
        case 'wrong':
          return showStep(request, reply, back, { field: 'code', text: wrongCode })
        case 'address-paused':
          return showStep(request, reply, back, { field: 'code', text: addressPaused }, 429)
        case 'paused':
          return showStart(request, reply, back, codePaused)
        case 'start-again':
          return showStart(request, reply, back, tooLate)
      }
    })
  }

  async function showStep(
    request: FastifyRequest,
    reply: FastifyReply,
    back: string,
    error?: FieldError,
    status = error ? 400 : 200,
  ): Promise<FastifyReply> {
    const step = await pendingStep(door, tokenOf(door, request) ?? '')
    if (!step) return reply.redirect(`/sign-in?back=${encodeURIComponent(back)}`, 303)
    const errors = error ? [error] : []
    const page = step.next === 'code' ? codePage({ back, errors }) : codeAppPage({ ...step, back, errors })
    return web.page(request, reply, { ...page, status })
  }

  function showStart(request: FastifyRequest, reply: FastifyReply, back: string, text: string): FastifyReply {
    const errors = [{ field: 'email', text }]
    return web.page(request, reply, { ...signInPage({ back, training, errors }), status: 400 })
  }

  app.get<{ Params: { token: string } }>('/sign-in/set-up/:token', async (request, reply) => {
    const { token } = request.params
    const owner = await ownerOfLink(door, token)
    return web.page(request, reply, setUpPage({ ...owner, token, visitor: request.visitor }))
  })

  app.post<{ Params: { token: string } }>('/sign-in/set-up/:token', async (request, reply) => {
    const { token } = request.params
    const password = textIn(request, 'newPassword')
    const owner = await ownerOfLink(door, token)
    const problem = passwordProblem(password, owner)
    if (problem) {
      const errors = [{ field: 'newPassword', text: problem }]
      return web.page(request, reply, {
        ...setUpPage({ ...owner, token, visitor: request.visitor, errors }),
        status: 400,
      })
    }
    const outcome = await choosePassword(door, { token, password, caller: callerOf(request) })
    return goOn(reply, outcome, '/')
  })

  app.post('/sign-out', async (request, reply) => {
    const { visitor } = request
    if (visitor) await endSession(door, visitor.personId, { only: visitor.sessionId })
    takeToken(door, reply)
    return web.redirect(reply, training ? '/training/people' : '/sign-in', 'You are signed out.')
  })

  registerOwnPages(web, door)
}

/** The pages about one's own sign-in. They need no appointment. */
function registerOwnPages(web: Web, door: Door): void {
  const { app } = web

  /** A route for whoever is signed in; others sign in first. */
  const route = (
    method: 'GET' | 'POST',
    url: string,
    answer: (request: FastifyRequest, reply: FastifyReply, visitor: Visitor) => Promise<FastifyReply>,
  ) =>
    app.route({
      method,
      url,
      handler: async (request, reply) =>
        request.visitor
          ? answer(request, reply, request.visitor)
          : reply.redirect(method === 'GET' ? `/sign-in?back=${encodeURIComponent(url)}` : '/sign-in', 303),
    })

  route('GET', '/you', async (request, reply, visitor) =>
    web.page(request, reply, youPage({ visitor, ...(await ownSignIn(door, visitor.personId)) })),
  )

  route('POST', '/you/sessions/:id/end', async (request, reply, visitor) => {
    const { id } = request.params as { id: string }
    if (!isUuid(id)) throw new ServiceError('not-found', 'There is no such session. Go back and reload the page.')
    await endSession(door, visitor.personId, { only: id })
    return web.redirect(reply, '/you', 'The session is ended.')
  })

  route('POST', '/you/sessions/end-others', async (_request, reply, visitor) => {
    await endSession(door, visitor.personId, { allBut: visitor.sessionId })
    return web.redirect(reply, '/you', 'All other sessions are ended.')
  })

  route('GET', '/you/password', async (request, reply, visitor) => {
    const { email } = await ownSignIn(door, visitor.personId)
    return web.page(request, reply, changePasswordPage({ visitor, email }))
  })

  route('POST', '/you/password', async (request, reply, visitor) => {
    const [current, chosen] = [textIn(request, 'currentPassword'), textIn(request, 'newPassword')]
    const { email } = await ownSignIn(door, visitor.personId)
    const showAgain = (errors: readonly FieldError[]) =>
      web.page(request, reply, { ...changePasswordPage({ visitor, email, errors }), status: 400 })
    const problem = passwordProblem(chosen, { email, name: visitor.name })
    const errors = [
      ...(current ? [] : [{ field: 'currentPassword', text: 'Enter your current password' }]),
      ...(problem ? [{ field: 'newPassword', text: problem }] : []),
    ]
    if (errors.length > 0) return showAgain(errors)
    try {
      giveToken(door, reply, await changePassword(door, visitor, { current, chosen, caller: callerOf(request) }))
    } catch (error) {
      if (error instanceof ServiceError && error.fields.length > 0) return showAgain(error.fields)
      throw error
    }
    return web.redirect(reply, '/you', 'Your password is changed.')
  })

  route('GET', '/you/roles', async (request, reply, visitor) => web.page(request, reply, rolesPage({ visitor })))

  route('POST', '/you/roles', async (request, reply, visitor) => {
    const appointment = textIn(request, 'appointment')
    if (!appointment) {
      const errors = [{ field: 'appointment', text: 'Select the role you act in' }]
      return web.page(request, reply, { ...rolesPage({ visitor, errors }), status: 400 })
    }
    await switchRole(door, visitor, appointment)
    return web.redirect(reply, '/', 'Your role is changed.')
  })
}

function askedBack(request: FastifyRequest): string {
  return backPath(textIn(request, 'back'))
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

function failuresNotice(failures: number): string | undefined {
  if (failures === 0) return undefined
  const count = failures === 1 ? '1 attempt' : `${failures} attempts`
  return `You are signed in. Before that, ${count} to sign in as you failed. If that was not you, change your password under "Your sign-in".`
}
