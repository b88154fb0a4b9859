import { recordEvent } from '../../platform/events/index.ts'
import { decisionForm, type DecisionAnswers } from './decision-form.ts'
import { entryForms, type EntryKind } from './entries/entry-forms.ts'
import { nothing, type FormPage } from './form-page.ts'
import { addFurtherIncident, furtherIncidentForm } from './further-incidents.ts'
import { decisionFrom } from './decide.ts'
import { updateDecision } from './store.ts'
import { pagesOfEntry } from './entries/forms.ts'
import { reviewerPages } from './reviewers/forms.ts'
import { sentAheadPages } from './sent-ahead/forms.ts'
import { processPages } from './related/forms.ts'
import { learningPages } from './learning/forms.ts'

const incidentPages: FormPage[] = [
  {
    path: '/incidents/new',
    right: 'write',
    form: furtherIncidentForm,
    load: nothing,
    save: (about, answers) => addFurtherIncident(about, String(answers['reference'] ?? '')),
    next: '/incidents',
    button: 'Add the incident',
    done: 'The review is about this incident too.',
  },
]

const decisionPages: FormPage[] = [
  {
    path: '/decision/correct',
    right: 'lead',
    form: decisionForm,
    load: async ({ review: { decidedOn, decidedFrom, criteria, reasons } }) => ({
      answers: { decidedOn, decidedFrom, criteria: criteria.length > 0 ? criteria : ['none'], reasons },
      revision: 0,
    }),
    save: async ({ tx, review }, answers) => {
      const decision = decisionFrom(answers as DecisionAnswers)
      await updateDecision(tx, review, decision)
      await recordEvent(tx, {
        kind: 'local-review.decision-corrected',
        subject: 'local-review',
        place: review,
        detail: { decidedOn: decision.decidedOn, dueOn: decision.dueOn },
      })
    },
    next: '',
    done: 'The decision is corrected.',
  },
]

/** Every page of a local review that is one form. */
export const formPages: readonly FormPage[] = [
  ...decisionPages,
  ...sentAheadPages,
  ...reviewerPages,
  ...(Object.keys(entryForms) as EntryKind[]).flatMap(kind => pagesOfEntry(kind)),
  ...processPages,
  ...learningPages,
  ...incidentPages,
]
