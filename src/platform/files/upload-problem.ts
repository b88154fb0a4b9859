import { ServiceError } from '../errors.ts'

/** Why an uploaded file could not be read. Stable: stored, counted and sent by the API. */
export type UploadProblemReason =
  | 'encrypted'
  | 'corrupt'
  | 'too-large'
  | 'too-much-inside'
  | 'has-macros'
  | 'name-does-not-match'
  | 'no-text'
  | 'not-supported'
  | 'too-slow'
  | 'empty'

/**
 * An upload we cannot take, and what to do about it. The message never repeats the file's name:
 * people put children's names into file names.
 */
export class UploadProblem extends ServiceError {
  readonly reason: UploadProblemReason

  constructor(reason: UploadProblemReason, message: string, options: { cause?: unknown } = {}) {
    super('invalid', message, options)
    this.name = 'UploadProblem'
    this.reason = reason
  }
}

/** A file that breaks the rules of its own format. `cause` is for the log. */
export function corrupt(cause?: unknown): UploadProblem {
  return new UploadProblem(
    'corrupt',
    'This file is damaged and cannot be read to its end. Open it on your computer, save it again under a new name, and upload the new file.',
    { cause },
  )
}

export function tooMuchInside(cause?: unknown): UploadProblem {
  return new UploadProblem(
    'too-much-inside',
    'This file unpacks to far more than a report holds, so it was not read. Save it again from Word or LibreOffice without pictures and embedded files, and upload the new file.',
    { cause },
  )
}

export function tooSlow(timeMs: number): UploadProblem {
  return new UploadProblem(
    'too-slow',
    `This file could not be read within ${Math.max(1, Math.round(timeMs / 1000))} seconds, so reading was stopped. Save it again from Word as a .docx, or split it into parts, and upload that.`,
  )
}

export function encrypted(what: string): UploadProblem {
  return new UploadProblem(
    'encrypted',
    `This ${what} is protected with a password, so it cannot be read. Open it with the password, remove the protection, save it, and upload it again.`,
  )
}

export function hasMacros(cause?: unknown): UploadProblem {
  return new UploadProblem(
    'has-macros',
    'This document holds macros (small programs), which are not taken. Open it, save it as a Word document without macros (.docx), and upload that.',
    { cause },
  )
}

export function notSupported(what: string, advice: string): UploadProblem {
  return new UploadProblem('not-supported', `This is ${what}. ${advice}`)
}
