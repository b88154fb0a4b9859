import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { invalidAt, ServiceError } from '../platform/errors.ts'
import { UploadProblem, type FileStore } from '../platform/files/index.ts'
import { dayIn, fileIn, frameOfForm, optionIn, textIn, tried, type Posted, type Web } from '../platform/web/index.ts'
import { readUpload } from '../documents/index.ts'
import { actionsBeside } from './actions/actions-beside.ts'
import {
  addEvidence,
  checkCopy,
  makeMove,
  mayTakeOff,
  partsOf,
  takeOffPublic,
  type Entered,
  type NewMove,
} from './make-move.ts'
import { axes, type Axis, type Part, type State } from './moves.ts'
import { evidenceKinds, isSecondPerson, waitsForCheck, type KeptFile } from './recommendation.ts'
import { addresseesOf, evidenceOf, movesOf } from './store.ts'
import { AddresseePage, EvidencePage, headingOf, MovePage } from './views/addressee-page.tsx'
import { knownRecommendation, noSuchRecommendation } from './write-recommendation.ts'

interface OfAddressee {
  Params: { number: string; addressee: string }
  Body: Posted | undefined
}
interface OfAxis {
  Params: { number: string; addressee: string; axis: string }
  Body: Posted | undefined
}

/** What one addressee owes: what was said of it on the three axes, and the forms in which it is said. */
export function registerAddresseePages(web: Web, { files }: { files: FileStore }): void {
  const { app } = web

  async function readOwed(request: FastifyRequest<OfAddressee>) {
    const acting = web.acting(request)
    return acting.transaction(async tx => {
      const found = await knownRecommendation(tx, request.params.number)
      const all = await addresseesOf(tx, found.recommendationId)
      const owed = all.find(({ addresseeId }) => addresseeId === request.params.addressee)
      if (!owed || !found.issuedAt) throw noSuchRecommendation()
      return {
        found,
        owed,
        moves: await movesOf(tx, owed.addresseeId),
        evidence: await evidenceOf(tx, owed.addresseeId),
        actions: (await actionsBeside(tx, acting, [owed])).get(owed.addresseeId) ?? [],
        parts: await partsOf(tx, acting, owed),
        today: contextOf(tx).today,
      }
    })
  }
  /** Whose part it is not is led back to what they may do there. */
  const ledBack = (request: FastifyRequest<OfAddressee>, reply: FastifyReply) =>
    web.redirect(reply, pathOf(request), 'That is not yours to say of this addressee.')
  const ensureSpeaks = (acting: Acting) => {
    const speaks =
      may(acting, 'reply', 'recommendation') ||
      may(acting, 'write', 'recommendation') ||
      may(acting, 'write', 'judgement')
    if (!speaks) ensureMay(acting, 'write', 'national-judgement')
  }
  const pathOf = ({ params }: { params: { number: string; addressee: string } }) =>
    `/desk/recommendations/${params.number}/to/${params.addressee}`

  async function showOwed(
    request: FastifyRequest<OfAddressee>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    const shown = await readOwed(request)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `${shown.found.number}, ${shown.owed.bodyName}`,
      back: { href: `/desk/recommendations/${shown.found.number}`, text: shown.found.number },
      errors,
      children: (
        <AddresseePage
          {...{ request, errors }}
          {...shown}
          mayAgree={may(acting, 'write', 'action') && shown.owed.partnershipCode !== null}
          mayTakeOff={mayTakeOff(acting, shown.owed)}
          mayCheck={move => shown.parts.checking && waitsForCheck(move) && isSecondPerson(move, acting.personId)}
        />
      ),
    })
  }

  app.get<OfAddressee>('/desk/recommendations/:number/to/:addressee', (request, reply) => showOwed(request, reply))

  app.post<OfAddressee & { Params: { move: string } }>(
    '/desk/recommendations/:number/to/:addressee/taken-off/:move',
    async (request, reply) => {
      const acting = web.acting(request)
      ensureMay(acting, 'write', 'recommendation')
      const { owed } = await readOwed(request)
      if (!mayTakeOff(acting, owed)) return ledBack(request, reply)
      const { number, addressee, move } = request.params
      const taken = { moveId: move, reason: textIn(request.body, 'reason') }
      const { problem } = await tried(takeOffPublic(acting, number, addressee, taken))
      if (problem) return showOwed(request, reply, problem)
      return web.redirect(reply, pathOf(request), 'The public page does not show these words any more.')
    },
  )

  app.post<{ Params: OfAddressee['Params'] & { move: string }; Body: Posted | undefined }>(
    '/desk/recommendations/:number/to/:addressee/checks/:move',
    async (request, reply) => {
      ensureSpeaks(web.acting(request))
      const { moves, parts } = await readOwed(request)
      const asked = moves.find(({ moveId }) => moveId === request.params.move)
      const mine = asked && !isSecondPerson(asked, web.acting(request).personId)
      if (!parts.checking || mine) return ledBack(request, reply)
      const { body } = request
      const agrees = { yes: true, no: false }[textIn(body, 'agrees')]
      const check = { moveId: request.params.move, agrees, words: textIn(body, 'differs') }
      const { number, addressee } = request.params
      const { problem } = await tried(checkCopy(web.acting(request), number, addressee, check))
      if (problem) return showOwed(request, reply, problem)
      return web.redirect(reply, pathOf(request), 'The check is recorded.')
    },
  )

  app.get<{ Params: OfAddressee['Params'] & { hash: string }; Body: undefined }>(
    '/desk/recommendations/:number/to/:addressee/files/:hash',
    async (request, reply) => {
      const { moves, evidence } = await readOwed(request)
      const file = [...moves, ...evidence].find(one => one.file?.hash === request.params.hash)?.file
      if (!file) throw new ServiceError('not-found', 'There is no such file, or you may not see it.')
      return web.download(reply, {
        name: file.name,
        type: 'application/octet-stream',
        bytes: await files.get(file.hash),
      })
    },
  )

  async function showMove(
    request: FastifyRequest<OfAxis>,
    reply: FastifyReply,
    isEntered: boolean,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    ensureSpeaks(web.acting(request))
    const axis = axisOf(request.params.axis, isEntered)
    const { found, owed, evidence, parts } = await readOwed(request)
    const part: Part | undefined = isEntered
      ? parts.entering
        ? 'owner'
        : undefined
      : axis === 'effect'
        ? (parts.judging ?? (parts.owner ? 'owner' : undefined))
        : parts.owner
          ? 'owner'
          : parts.judging
    if (!part) return ledBack(request, reply)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: headingOf(axis, part, isEntered),
      back: { href: pathOf(request), text: owed.bodyName },
      errors,
      children: (
        <MovePage
          {...{ request, found, owed, axis, part, isEntered, evidence, errors }}
          typed={typedIn(request.body)}
          overtaken={problem?.kind === 'conflict'}
        />
      ),
    })
  }

  const typedMove = (axis: Axis, body: Posted): NewMove => ({
    axis,
    from: textIn(body, 'from') as State,
    to: textIn(body, 'to') as State,
    words: textIn(body, 'words'),
    replacement: textIn(body, 'replacement'),
    howAsked: textIn(body, 'howAsked'),
    evidenceId: textIn(body, 'evidenceId'),
  })

  app.get<OfAddressee>('/desk/recommendations/:number/to/:addressee/evidence', (request, reply) =>
    showEvidence(request, reply),
  )
  app.post<OfAddressee>('/desk/recommendations/:number/to/:addressee/evidence', async (request, reply) => {
    const body = request.body ?? {}
    const { number, addressee } = request.params
    ensureSpeaks(web.acting(request))
    // Asked first, so that nobody else can make us read a file.
    const { parts } = await readOwed(request)
    if (!parts.owner && !parts.entering && !parts.judging) return ledBack(request, reply)
    const work = async () =>
      addEvidence(web.acting(request), number, addressee, {
        kind: optionIn(body, 'kind', evidenceKinds),
        title: textIn(body, 'title'),
        words: textIn(body, 'words'),
        file: await keptFile(files, body),
      })
    const { problem } = await tried(work())
    if (problem) return showEvidence(request, reply, problem)
    return web.redirect(reply, pathOf(request), 'The evidence is added.')
  })

  async function showEvidence(
    request: FastifyRequest<OfAddressee>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    ensureSpeaks(web.acting(request))
    const { found, owed, parts } = await readOwed(request)
    if (!parts.owner && !parts.entering && !parts.judging) return ledBack(request, reply)
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: 'Add evidence',
      back: { href: pathOf(request), text: owed.bodyName },
      errors,
      children: <EvidencePage {...{ request, found, owed, errors }} typed={typedIn(request.body)} />,
    })
  }

  app.get<OfAxis>('/desk/recommendations/:number/to/:addressee/enter/:axis', (request, reply) =>
    showMove(request, reply, true),
  )
  app.post<OfAxis>('/desk/recommendations/:number/to/:addressee/enter/:axis', async (request, reply) => {
    const body = request.body ?? {}
    const { number, addressee } = request.params
    ensureSpeaks(web.acting(request))
    const axis = axisOf(request.params.axis, true)
    const { parts } = await readOwed(request)
    if (!parts.entering) return ledBack(request, reply)
    const work = async () => {
      const entered: Entered = {
        cameBy: optionIn(body, 'cameBy', { letter: '', mail: '', published: '' }) ?? 'letter',
        saidOn: dayIn(body, 'saidOn', 'The day of the letter'),
        saidBy: textIn(body, 'saidBy'),
        source: textIn(body, 'source'),
        file: await keptFile(files, body),
      }
      await makeMove(web.acting(request), number, addressee, typedMove(axis, body), entered)
    }
    const { problem } = await tried(work())
    if (problem) return showMove(request, reply, true, problem)
    return web.redirect(reply, pathOf(request), 'Recorded. A second person compares the copy with the letter.')
  })

  app.get<OfAxis>('/desk/recommendations/:number/to/:addressee/:axis', (request, reply) =>
    showMove(request, reply, false),
  )
  app.post<OfAxis>('/desk/recommendations/:number/to/:addressee/:axis', async (request, reply) => {
    const { number, addressee } = request.params
    const acting = web.acting(request)
    ensureSpeaks(acting)
    const axis = axisOf(request.params.axis, false)
    const { parts, owed } = await readOwed(request)
    const speaks = parts.judging === 'panel' || (axis === 'effect' && parts.judging !== undefined) || parts.owner
    if (!speaks) return ledBack(request, reply)
    const move = typedMove(axis, request.body ?? {})
    const { problem } = await tried(makeMove(acting, number, addressee, move))
    if (problem) return showMove(request, reply, false, problem)
    const asksToReopen = axis === 'effect' && move.to === 'no-change' && owed.status === 'closed'
    const notice = asksToReopen ? 'Recorded. Whoever closed it is asked whether it is opened again.' : 'Recorded.'
    return web.redirect(reply, pathOf(request), notice)
  })
}

/** @throws ServiceError 'not-found' */
function axisOf(asked: string, isEntered: boolean): Axis {
  if (!Object.hasOwn(axes, asked) || (isEntered && asked === 'effect')) {
    throw new ServiceError('not-found', 'There is no such page.')
  }
  return asked as Axis
}

/** Null where none was chosen. @throws ServiceError 'invalid' at the field */
async function keptFile(files: FileStore, body: Posted): Promise<KeptFile | null> {
  const upload = fileIn(body, 'file')
  if (!upload?.name) return null
  try {
    const { extraction, hash, sizeBytes } = await readUpload(files, upload)
    return { name: upload.name.slice(0, 200), kind: extraction.kind, hash, sizeBytes }
  } catch (error) {
    if (!(error instanceof UploadProblem)) throw error
    throw invalidAt('file', error.message, error)
  }
}

/** Every field of a form as text, to fill it in again. */
export function typedIn(body: Posted | undefined): Record<string, string> {
  return Object.fromEntries(Object.keys(body ?? {}).map(name => [name, textIn(body, name)]))
}
