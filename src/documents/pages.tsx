import type { Subject } from '../platform/access/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { noteRead } from '../platform/events/index.ts'
import type { FileStore } from '../platform/files/index.ts'
import type { Web } from '../platform/web/index.ts'
import { documentKinds } from './document.ts'
import { readDocument } from './store.ts'

export function registerDocumentPages(web: Web, { files }: { files: FileStore }): void {
  web.app.get<{ Params: { documentId: string } }>('/documents/:documentId/original', async (request, reply) => {
    const { documentId } = request.params
    const document = await web.acting(request).transaction(async tx => {
      const found = await readDocument(tx, documentId)
      if (!found) throw new ServiceError('not-found', 'There is no such file, or you may not see it.')
      await noteRead(tx, {
        subject: found.subject as Subject,
        purpose: 'download a file',
        incidentIds: [found.incidentId],
      })
      return found
    })
    const { extension, mediaType } = documentKinds[document.kind]
    const { name } = document
    return web.download(reply, {
      name: name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`,
      type: mediaType,
      bytes: await files.get(document.hash),
    })
  })
}
