import { ensureMay, type Acting } from '../../platform/acting.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import { partTitles, type PartKey } from './report.ts'
import { storeStatement } from './report-store.ts'

/**
 * What a person says beside one part of their partnership's report: why, and what it means.
 * @throws ServiceError 'not-allowed', 'invalid' when it is too long or beside no part, 'conflict' when somebody saved since
 */
export async function saveStatement(
  acting: Acting,
  statement: { year: number; part: string; words: string; seenRevision: number },
): Promise<void> {
  ensureMay(acting, 'write', 'action')
  const { part, words } = statement
  if (!isPart(part)) throw new ServiceError('invalid', 'The report has no such part. Reload the page, and save again.')
  if (words.length > 8000) {
    const text = 'The statement must be 8000 characters or fewer'
    throw invalidAt(`words-${part}`, text)
  }
  await acting.transaction(async tx => {
    const saved = { ...statement, partnershipCode: acting.bodyCode, personId: acting.personId }
    if (!(await storeStatement(tx, saved))) {
      throw new ServiceError(
        'conflict',
        'Somebody saved this statement after you opened the page. Theirs is shown; copy yours from below and save again.',
      )
    }
  })
}

function isPart(part: string): part is PartKey {
  return Object.hasOwn(partTitles, part)
}
