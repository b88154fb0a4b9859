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
    return reply
      .header('content-type', mediaType)
      .header('content-disposition', attachment(document.name, extension))
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(await files.get(document.hash)))
  })
}

/** RFC 6266: the name in UTF-8, and for old browsers one without letters that a header cannot hold. */
function attachment(name: string, extension: string): string {
  const whole = name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`
  const encoded = encodeURIComponent(whole).replaceAll(/['()*]/g, letter => `%${letter.charCodeAt(0).toString(16)}`)
  return `attachment; filename="document.${extension}"; filename*=UTF-8''${encoded}`
}
