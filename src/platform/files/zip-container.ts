import { Inflate } from 'fflate'
import { crc32 } from 'node:zlib'
import type { ExtractionLimits } from './extraction.ts'
import { corrupt, encrypted, tooMuchInside } from './upload-problem.ts'

/**
 * A zip file, read from its directory at the end, as Word and LibreOffice do. Entry names are only compared, never
 * used as paths. Nothing is unpacked until asked for.
 */
export interface ZipContainer {
  /** In lower case with forward slashes, as Office compares part names without case. */
  names: readonly string[]
  /**
   * Hands over the entry piece by piece; false when there is none of that name.
   * @throws UploadProblem when it unpacks to too much, or is damaged
   */
  read(name: string, onPiece: (piece: Uint8Array) => void): boolean
}

interface Entry {
  method: number
  packedBytes: number
  checksum: number
  offset: number
}

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const localHeader = 0x04034b50
const endOfDirectoryBytes = 22
const longestComment = 0xffff
/** Below this an entry may pack as well as it likes: a table of a thousand equal cells is no attack. */
const ratioMattersFrom = 8 * 1024 * 1024
const pieceBytes = 16 * 1024

export function openZip(bytes: Uint8Array, limits: ExtractionLimits): ZipContainer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(view, bytes, limits)
  let unpacked = 0

  function unpack(entry: Entry, onPiece: (piece: Uint8Array) => void): void {
    let ofEntry = 0
    let checksum = 0
    const count = (piece: Uint8Array) => {
      ofEntry += piece.length
      unpacked += piece.length
      if (unpacked > limits.unpackedBytes) throw tooMuchInside(`more than ${limits.unpackedBytes} bytes unpacked`)
      if (ofEntry > ratioMattersFrom && ofEntry > entry.packedBytes * limits.unpackedRatio) {
        throw tooMuchInside(`an entry of ${entry.packedBytes} bytes unpacks to more than ${ofEntry}`)
      }
      checksum = crc32(piece, checksum)
      onPiece(piece)
    }
    const packed = packedPart(view, bytes, entry)
    if (entry.method === 0) {
      for (let from = 0; from < packed.length; from += pieceBytes) count(packed.subarray(from, from + pieceBytes))
    } else {
      inflateAll(packed, count)
    }
    // A flipped bit can turn one letter into another and still unpack.
    if (checksum !== entry.checksum) throw corrupt('an entry does not match its checksum')
  }

  return {
    names: [...entries.keys()],
    read(name, onPiece) {
      const entry = entries.get(name)
      if (!entry) return false
      unpack(entry, onPiece)
      return true
    },
  }
}

/** fflate marks its errors with a numeric code; what the receiver of a piece throws passes through. */
function inflateAll(packed: Uint8Array, onPiece: (piece: Uint8Array) => void): void {
  let finished = false
  const inflate = new Inflate((piece, final) => {
    finished ||= final
    onPiece(piece)
  })
  try {
    for (let from = 0; from < packed.length && !finished; from += pieceBytes) {
      inflate.push(packed.subarray(from, from + pieceBytes), from + pieceBytes >= packed.length)
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'number') throw corrupt(error)
    throw error
  }
  if (!finished) throw corrupt('an entry ends early')
}

function packedPart(view: DataView, bytes: Uint8Array, entry: Entry): Uint8Array {
  if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== localHeader) {
    throw corrupt('an entry is not where the directory says')
  }
  const from = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  if (from + entry.packedBytes > bytes.length) throw corrupt('an entry runs past the end')
  return bytes.subarray(from, from + entry.packedBytes)
}

function readDirectory(view: DataView, bytes: Uint8Array, limits: ExtractionLimits): Map<string, Entry> {
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  // Office writes the 64-bit form only for containers far over our upload limit.
  if (count === 0xffff || at === 0xffffffff) throw corrupt('a 64-bit zip directory')
  if (count > limits.entries) throw tooMuchInside(`${count} entries`)

  const entries = new Map<string, Entry>()
  let promised = 0
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directoryEntry) throw corrupt('the directory is cut off')
    const flags = view.getUint16(at + 8, true)
    const method = view.getUint16(at + 10, true)
    const nameBytes = view.getUint16(at + 28, true)
    const extraBytes = view.getUint16(at + 30, true)
    const commentBytes = view.getUint16(at + 32, true)
    const name = new TextDecoder('utf-8').decode(bytes.subarray(at + 46, at + 46 + nameBytes))
    const extra = wideSizes(view, at + 46 + nameBytes, extraBytes, bytes.length)
    const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]
    const [unpackedBytes = 0, packedBytes = 0, offset = 0] = sizes.map(size =>
      size === 0xffffffff ? (extra.shift() ?? size) : size,
    )
    if ((flags & 1) !== 0) throw encrypted('file')
    if (method !== 0 && method !== 8) throw corrupt(`packing method ${method}`)
    promised += unpackedBytes
    if (promised > limits.unpackedBytes) throw tooMuchInside(`the directory promises ${promised} bytes`)
    const key = name.replaceAll('\\', '/').toLowerCase()
    // Two entries of one name are read differently by different programs, so people could see different reports.
    if (entries.has(key)) throw corrupt('two entries of one name')
    entries.set(key, { method, packedBytes, checksum: view.getUint32(at + 16, true), offset })
    at += 46 + nameBytes + extraBytes + commentBytes
  }
  return entries
}

/** The 64-bit sizes of an entry, in their order of appearance; some programs write them for small files too. */
function wideSizes(view: DataView, from: number, extraBytes: number, length: number): number[] {
  const end = Math.min(from + extraBytes, length)
  for (let at = from; at + 4 <= end;) {
    const size = view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === 1) {
      const found: number[] = []
      for (let field = at + 4; field + 8 <= Math.min(at + 4 + size, end); field += 8) {
        found.push(Number(view.getBigUint64(field, true)))
      }
      return found
    }
    at += 4 + size
  }
  return []
}

function findEnd(view: DataView): number {
  const last = view.byteLength - endOfDirectoryBytes
  for (let at = last; at >= 0 && at >= last - longestComment; at -= 1) {
    if (view.getUint32(at, true) === endOfDirectory) return at
  }
  throw corrupt('no zip directory: the file is cut off')
}
