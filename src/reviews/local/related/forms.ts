import type { Answers } from '../../../platform/questionnaire/index.ts'
import { recordEvent } from '../../../platform/events/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { noSuchRecord } from '../open-local-review.ts'
import { nothing, type About, type FormPage } from '../form-page.ts'
import { relatedProcessesOf, saveProcess } from './store.ts'
import { processKinds, relatedProcessForm, type RelatedProcessAnswers } from './related-process.ts'

function processOf(answers: Answers) {
  const { kind, body, reference, status, expectedEndOn, effect, contact, notes } = answers as RelatedProcessAnswers
  return {
    kind: kind ?? 'other',
    body: body ?? '',
    reference,
    status: status ?? 'running',
    expectedEndOn: expectedEndOn as CivilDate | undefined,
    effect: effect ?? 'none',
    contact,
    notes,
  }
}

async function foundProcess({ tx, review, recordId }: About) {
  const process = (await relatedProcessesOf(tx, review.reviewId)).find(({ id }) => id === recordId)
  if (!process) throw noSuchRecord()
  return process
}

async function keepProcess({ tx, review }: About, answers: Answers, id?: string): Promise<void> {
  const process = processOf(answers)
  const objectId = await saveProcess(tx, review, process, id)
  await recordEvent(tx, {
    kind: 'local-review.process-saved',
    subject: 'local-review',
    place: review,
    objectId,
    detail: { kind: processKinds[process.kind], status: process.status },
  })
}

export const processPages: FormPage[] = [
  {
    path: '/related/new',
    right: 'write',
    form: relatedProcessForm,
    load: nothing,
    save: (about, answers) => keepProcess(about, answers),
    next: '/related',
    done: 'The process is recorded, checked today.',
  },
  {
    path: '/related/:recordId',
    right: 'write',
    form: relatedProcessForm,
    load: async about => {
      const { id: _id, checkedOn: _on, checkedBy: _by, revision, ...answers } = await foundProcess(about)
      return { answers, revision }
    },
    save: async (about, answers) => keepProcess(about, answers, (await foundProcess(about)).id),
    next: '/related',
    button: 'Save as checked today',
    done: 'The process is recorded, checked today.',
  },
]
