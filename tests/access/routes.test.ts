import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { createApp } from '../../src/app/app.ts'
import { ensureMay } from '../../src/platform/acting.ts'
import { aConfig, country, silent, type Caller, type Country } from './country.ts'
import { keyOf, missingIn, RouteCheck, routesOf, type RouteRights } from './route-check.ts'

const review = ['read rapid-review-draft', 'read rapid-review-signing', 'read rapid-review'] as const

/** Signatures of a draft are asked for by whoever may send the review. */
const askers = { whoMay: 'send rapid-review-signing', where: 'write rapid-review-draft' } as const

/** Of what was sent, whoever may send notifications says that it went through the national service too. */
const notifiers = { whoMay: 'send notification-draft', where: 'read notification' } as const

/** The forms of what is written down about a local review: to add one, and to change it. */
const recordRoutes = (rights: Readonly<Record<string, 'write' | 'lead'>>): RouteRights =>
  Object.fromEntries(
    Object.entries(rights).flatMap(([path, right]) =>
      ['GET', 'POST'].map((method): [string, `${typeof right} local-review`] => [
        `${method} /incidents/:incidentId/local-review/${path}`,
        `${right} local-review`,
      ]),
    ),
  )

/** Nobody else puts an update into a draft answer to the Panel. */
const answersPanel = { whoMay: 'reply letter', where: 'read action' } as const

/** Whom each route is for. A route that is not here fails, so that no page can be forgotten. */
const routeRights: RouteRights = {
  'GET /': 'with-role',
  'GET /assets/*': 'public',
  'GET /health': 'public',
  'GET /help': 'public',
  'GET /help/who-sees-what': 'public',
  'GET /help/data-dictionary': 'public',
  'GET /help/api': 'public',

  'GET /sign-in': 'public',
  'POST /sign-in': 'public',
  'GET /sign-in/code': 'public',
  'POST /sign-in/code': 'public',
  'GET /sign-in/code-app': 'public',
  'POST /sign-in/code-app': 'public',
  'GET /sign-in/set-up/:token': 'public',
  'POST /sign-in/set-up/:token': 'public',
  'POST /sign-out': 'public',
  'GET /with-link/:token': 'public',
  'POST /with-link/:token': 'public',
  'GET /you': 'signed-in',
  'POST /you/sessions/:id/end': 'signed-in',
  'POST /you/sessions/end-others': 'signed-in',
  'GET /you/password': 'signed-in',
  'POST /you/password': 'signed-in',
  'GET /you/roles': 'signed-in',
  'POST /you/roles': 'signed-in',

  'GET /service': 'read mail',

  'GET /incidents': 'read incident',
  'GET /incidents/:id': 'read incident',
  'GET /incidents/:id/notification': 'read notification',

  'GET /notifications/start': 'write notification-draft',
  'POST /notifications': 'write notification-draft',
  'GET /notifications/:id': 'read notification-draft',
  'GET /notifications/:id/page/*': 'write notification-draft',
  'POST /notifications/:id/page/*': 'write notification-draft',
  'POST /notifications/:id/children': 'write notification-draft',
  'POST /notifications/:id/children/remove': 'write notification-draft',
  'GET /notifications/:id/check': 'read notification-draft',
  'GET /notifications/:id/discard': 'write notification-draft',
  'POST /notifications/:id/discard': 'write notification-draft',
  'POST /notifications/:id/send': 'send notification-draft',
  'GET /notifications/:id/sent': 'read notification',
  'GET /notifications/:id/national-service': notifiers,
  'POST /notifications/:id/national-service': notifiers,
  'GET /notifications/:id/national-form': ['read notification-draft', 'read notification'],

  'GET /documents/:documentId/original': 'read rapid-review-draft',
  'GET /incidents/:incidentId/rapid-review': review,
  'GET /incidents/:incidentId/rapid-review/write/:page': 'write rapid-review-draft',
  'POST /incidents/:incidentId/rapid-review/write/:page': 'write rapid-review-draft',
  'GET /incidents/:incidentId/rapid-review/check': 'read rapid-review-draft',
  'POST /incidents/:incidentId/rapid-review/ask': askers,
  'GET /incidents/:incidentId/rapid-review/group': 'read rapid-review-draft',
  'POST /incidents/:incidentId/rapid-review/group': 'write review-group',
  'POST /incidents/:incidentId/rapid-review/group/remove': 'write review-group',
  'GET /incidents/:incidentId/rapid-review/files': 'read rapid-review-draft',
  'POST /incidents/:incidentId/rapid-review/files': 'write rapid-review-draft',
  'GET /incidents/:incidentId/rapid-review/files/:documentId': 'read rapid-review-draft',
  'POST /incidents/:incidentId/rapid-review/files/:documentId': 'write rapid-review-draft',
  'POST /incidents/:incidentId/rapid-review/take-back': 'write rapid-review-signing',
  'POST /incidents/:incidentId/rapid-review/send': 'send rapid-review-signing',
  'GET /incidents/:incidentId/family': 'read family-contact',
  'GET /incidents/:incidentId/family/lead': 'read family-contact',
  'POST /incidents/:incidentId/family/lead': 'write family-contact',
  'GET /incidents/:incidentId/family/people': 'read family-contact',
  'POST /incidents/:incidentId/family/people': 'write family-contact',
  'GET /incidents/:incidentId/family/add/:kind': 'read family-contact',
  'POST /incidents/:incidentId/family/add/:kind': 'write family-contact',
  'GET /incidents/:incidentId/family/message': 'read family-contact',
  'POST /incidents/:incidentId/family/message': 'write family-contact',
  'GET /incidents/:incidentId/family/quotes': 'read family-contact',
  'POST /incidents/:incidentId/family/quotes': 'write family-contact',
  'GET /incidents/:incidentId/family/quotes/recognised': 'write family-contact',
  'POST /incidents/:incidentId/family/quotes/recognised': 'write family-contact',
  'GET /incidents/:incidentId/family/quotes/use': 'read family-contact',
  'POST /incidents/:incidentId/family/quotes/use': 'write family-contact',
  'GET /incidents/:incidentId/family/quotes/copy': 'read family-contact',
  'POST /incidents/:incidentId/family/quotes/copy': 'write family-contact',
  'GET /incidents/:incidentId/family/quotes/withdraw': 'read family-contact',
  'POST /incidents/:incidentId/family/quotes/withdraw': 'write family-contact',
  'GET /incidents/:incidentId/family/drafts': 'read family-contact',
  'POST /incidents/:incidentId/family/drafts': 'write family-contact',
  'POST /incidents/:incidentId/family/drafts/close': 'write family-contact',
  'GET /with-link/:token/family-draft': 'public',
  'GET /legal-holds': 'read sealed-words',
  'POST /legal-holds': 'write sealed-words',
  'POST /legal-holds/lift': 'write sealed-words',
  'GET /incidents/:incidentId/local-review/report': 'read local-review',
  'GET /incidents/:incidentId/local-review/report/recognised': 'write local-review',
  'POST /incidents/:incidentId/local-review/report/recognised': 'write local-review',
  'GET /incidents/:incidentId/local-review/report/compare': 'read local-review',
  'GET /incidents/:incidentId/local-review/report/write': 'write local-review',
  'POST /incidents/:incidentId/local-review/report/write': 'write local-review',
  'POST /incidents/:incidentId/local-review/report/upload': 'write local-review',
  'GET /incidents/:incidentId/local-review/report/versions/:version': 'read local-review',
  'POST /incidents/:incidentId/local-review/report/versions/:version/comments': 'comment local-review',
  'POST /incidents/:incidentId/local-review/comments/:recordId/answer': 'comment local-review',
  'POST /incidents/:incidentId/local-review/comments/:recordId/resolve': 'write local-review',
  'GET /incidents/:incidentId/local-review/accuracy': 'read local-review',
  'POST /incidents/:incidentId/local-review/accuracy': 'write local-review',
  // Of those who were asked, each for themselves; those who write enter what came by other ways.
  'POST /incidents/:incidentId/local-review/accuracy/:recordId': 'write local-review',
  'POST /incidents/:incidentId/local-review/accuracy/:recordId/outcome': 'write local-review',
  'POST /incidents/:incidentId/local-review/report/ask': 'lead local-review',
  'POST /incidents/:incidentId/local-review/report/take-back': 'lead local-review',
  'GET /incidents/:incidentId/local-review/report/signing': 'sign local-review',
  'POST /incidents/:incidentId/local-review/report/signing/sign': 'sign local-review',
  'POST /incidents/:incidentId/local-review/report/signing/send-back': 'sign local-review',
  'GET /signatures': 'sign rapid-review-signing',
  'GET /signatures/:incidentId': 'sign rapid-review-signing',
  'POST /signatures/:incidentId/sign': 'sign rapid-review-signing',
  'POST /signatures/:incidentId/send-back': 'sign rapid-review-signing',

  'GET /local-reviews': 'read local-review',
  'GET /local-reviews/stages': 'lead local-review',
  'POST /local-reviews/stages': 'lead local-review',
  'GET /incidents/:incidentId/local-review': ['read local-review', 'read local-review-sent'],
  'GET /incidents/:incidentId/local-review/sent-ahead': ['read local-review', 'read local-review-sent'],
  'GET /incidents/:incidentId/local-review/sent-ahead/:recordId': ['read local-review', 'read local-review-sent'],
  'GET /incidents/:incidentId/local-review/sent-ahead/recognised': 'write local-review',
  'POST /incidents/:incidentId/local-review/sent-ahead/recognised': 'write local-review',
  'GET /incidents/:incidentId/local-review/learning/:recordId/recognised': 'write local-review',
  'POST /incidents/:incidentId/local-review/learning/:recordId/recognised': 'write local-review',
  'GET /incidents/:incidentId/local-review/incidents': 'read local-review',
  'POST /incidents/:incidentId/local-review/incidents/:recordId/remove': 'write local-review',
  'GET /incidents/:incidentId/local-review/why': 'read local-review',
  'GET /incidents/:incidentId/local-review/stages': 'read local-review',
  'GET /incidents/:incidentId/local-review/reviewers': 'read local-review',
  'GET /incidents/:incidentId/local-review/requests': 'read local-review',
  'GET /incidents/:incidentId/local-review/requests/:recordId/letter': 'read local-review',
  'GET /incidents/:incidentId/local-review/extensions': 'read local-review',
  'GET /incidents/:incidentId/local-review/told': 'read local-review',
  'GET /incidents/:incidentId/local-review/related': 'read local-review',
  'POST /incidents/:incidentId/local-review/related/:recordId/checked': 'write local-review',
  'GET /incidents/:incidentId/local-review/learning': 'read local-review',
  'GET /incidents/:incidentId/local-review/bench': 'write local-review',
  'GET /incidents/:incidentId/local-review/terms': 'read local-review',
  'GET /incidents/:incidentId/local-review/terms/versions/:version': 'read local-review',
  'POST /incidents/:incidentId/local-review/terms/agree': 'lead local-review',
  'POST /incidents/:incidentId/local-review/days/:recordId/remove': 'write local-review',
  'POST /incidents/:incidentId/local-review/contacts/:recordId/remove': 'write local-review',
  'POST /incidents/:incidentId/local-review/notes/:recordId/remove': 'write local-review',
  'POST /incidents/:incidentId/local-review/index/:recordId/remove': 'write local-review',
  ...recordRoutes({
    decision: 'lead',
    'decision/correct': 'lead',
    'sent-ahead/new': 'lead',
    'incidents/new': 'write',
    'stages/:stage': 'write',
    'terms/write/:page': 'write',
    'reviewers/new': 'lead',
    'reviewers/:recordId': 'lead',
    'reviewers/:recordId/judge': 'lead',
    'reviewers/:recordId/appoint': 'lead',
    'reviewers/:recordId/end': 'lead',
    'requests/new': 'write',
    'requests/:recordId': 'write',
    'extensions/new': 'lead',
    'extensions/:recordId': 'lead',
    'told/new': 'lead',
    'told/:recordId': 'lead',
    'days/new': 'write',
    'days/:recordId': 'write',
    'contacts/new': 'write',
    'contacts/:recordId': 'write',
    'notes/new': 'write',
    'notes/:recordId': 'write',
    'index/new': 'write',
    'index/:recordId': 'write',
    'related/new': 'write',
    'related/:recordId': 'write',
    'learning/new': 'write',
    'learning/:recordId': 'write',
    'learning/:recordId/clear': 'lead',
  }),

  'GET /panel': 'read panel-work',
  'GET /panel/points': 'read panel-work',
  'GET /panel/:incidentId': 'read panel-work',
  'POST /panel/:incidentId/allocations': 'allocate panel-work',
  'POST /panel/:incidentId/allocations/end': 'allocate panel-work',
  'GET /panel/:incidentId/reading': 'write panel-reading',
  'POST /panel/:incidentId/reading': 'write panel-reading',
  'GET /panel/:incidentId/conflict': 'read panel-work',
  'POST /panel/:incidentId/conflict': 'read panel-work',
  'GET /panel/conflicts': 'declare-conflict panel-work',
  'POST /panel/conflicts': 'declare-conflict panel-work',
  'POST /panel/:incidentId/letter/start': 'write letter-draft',
  'GET /panel/:incidentId/letter': 'write letter-draft',
  'POST /panel/:incidentId/letter': 'write letter-draft',
  'GET /panel/:incidentId/letter/points/:point': 'write letter-draft',
  'POST /panel/:incidentId/letter/points/:point': 'write letter-draft',
  'GET /panel/:incidentId/letter/recognised': 'write letter-draft',
  'POST /panel/:incidentId/letter/recognised': 'write letter-draft',
  'GET /panel/:incidentId/letter/preview': 'read letter-draft',
  'POST /panel/:incidentId/letter/ready': 'write letter-draft',
  'POST /panel/:incidentId/letter/send': 'send letter-draft',

  'GET /incidents/:incidentId/letter': 'read letter',
  'GET /incidents/:incidentId/letter.docx': 'read letter',
  'GET /incidents/:incidentId/letter/print': 'read letter',
  'GET /incidents/:incidentId/letter/points/:point': 'reply letter',
  'POST /incidents/:incidentId/letter/points/:point': 'reply letter',
  'GET /panel/:incidentId/local-review': 'read panel-work',
  'POST /panel/:incidentId/local-review/allocations': 'allocate panel-work',
  'POST /panel/:incidentId/local-review/allocations/end': 'allocate panel-work',
  'GET /panel/:incidentId/local-review/reading': 'write panel-reading',
  'POST /panel/:incidentId/local-review/reading': 'write panel-reading',
  'GET /panel/:incidentId/local-review/check': 'write panel-work',
  'POST /panel/:incidentId/local-review/check': 'write panel-work',
  'GET /panel/:incidentId/local-review/copies': 'write panel-work',
  'POST /panel/:incidentId/local-review/copies': 'write panel-work',
  'GET /panel/:incidentId/local-review/conflict': 'read panel-work',
  'POST /panel/:incidentId/local-review/conflict': 'read panel-work',
  'POST /panel/:incidentId/local-review/letter/start': 'write letter-draft',
  'GET /panel/:incidentId/local-review/letter': 'write letter-draft',
  'POST /panel/:incidentId/local-review/letter': 'write letter-draft',
  'GET /panel/:incidentId/local-review/letter/points/:point': 'write letter-draft',
  'POST /panel/:incidentId/local-review/letter/points/:point': 'write letter-draft',
  'GET /panel/:incidentId/local-review/letter/recognised': 'write letter-draft',
  'POST /panel/:incidentId/local-review/letter/recognised': 'write letter-draft',
  'GET /panel/:incidentId/local-review/letter/preview': 'read letter-draft',
  'POST /panel/:incidentId/local-review/letter/ready': 'write letter-draft',
  'POST /panel/:incidentId/local-review/letter/send': 'send letter-draft',
  'GET /incidents/:incidentId/local-review/letter': 'read letter',
  'GET /incidents/:incidentId/local-review/letter.docx': 'read letter',
  'GET /incidents/:incidentId/local-review/letter/print': 'read letter',
  'GET /incidents/:incidentId/local-review/letter/points/:point': 'reply letter',
  'POST /incidents/:incidentId/local-review/letter/points/:point': 'reply letter',

  // Of a national recommendation and a national body: whoever is signed in reads it, and is led back from what is not theirs.
  'GET /desk/recommendations': 'read recommendation',
  'GET /incidents/:incidentId/recommendations': 'read incident',
  'GET /desk/recommendations/assurance-group': 'send recommendation-draft',
  'POST /desk/recommendations/assurance-group': 'send recommendation-draft',
  'POST /desk/recommendations/assurance-group/:person/end': 'send recommendation-draft',
  'GET /desk/recommendations/new': 'write national-recommendation-draft',
  'POST /desk/recommendations/new': 'write national-recommendation-draft',
  'GET /desk/recommendations/:number': 'with-role',
  'GET /desk/recommendations/:number/recognised': 'write national-recommendation-draft',
  'POST /desk/recommendations/:number/recognised': 'write national-recommendation-draft',
  'GET /desk/recommendations/:number/text': 'write national-recommendation-draft',
  'POST /desk/recommendations/:number/text': 'write national-recommendation-draft',
  'POST /desk/recommendations/:number/addressees': 'write national-recommendation-draft',
  'POST /desk/recommendations/:number/addressees/:addressee/remove': 'write national-recommendation-draft',
  'POST /desk/recommendations/:number/send-for-comment': 'send national-recommendation-draft',
  'POST /desk/recommendations/:number/issue': 'send national-recommendation-draft',
  'POST /desk/recommendations/:number/publish': 'send national-recommendation-draft',
  'POST /desk/recommendations/:number/comments': 'reply recommendation-draft',
  'POST /desk/recommendations/:number/end': 'send national-recommendation-draft',
  'GET /desk/recommendations/:number/reopen': 'send national-recommendation-draft',
  'POST /desk/recommendations/:number/reopen': 'send national-recommendation-draft',
  'GET /desk/recommendations/:number/to/:addressee': 'with-role',
  'GET /desk/recommendations/:number/to/:addressee/files/:hash': 'with-role',
  'GET /desk/recommendations/:number/to/:addressee/evidence': [
    'reply recommendation',
    'write recommendation',
    'write judgement',
    'write national-judgement',
  ],
  'POST /desk/recommendations/:number/to/:addressee/evidence': [
    'reply recommendation',
    'write recommendation',
    'write judgement',
    'write national-judgement',
  ],
  'GET /desk/recommendations/:number/to/:addressee/:axis': [
    'reply recommendation',
    'write recommendation',
    'write judgement',
    'write national-judgement',
  ],
  'POST /desk/recommendations/:number/to/:addressee/:axis': [
    'reply recommendation',
    'write recommendation',
    'write judgement',
    'write national-judgement',
  ],
  'GET /desk/recommendations/:number/to/:addressee/enter/:axis': [
    'reply recommendation',
    'write recommendation',
    'write judgement',
    'write national-judgement',
  ],
  'POST /desk/recommendations/:number/to/:addressee/enter/:axis': [
    'reply recommendation',
    'write recommendation',
    'write judgement',
    'write national-judgement',
  ],
  'GET /desk/recommendations/:number/to/:addressee/links': [
    'write recommendation',
    'write recommendation-draft',
    'write national-recommendation-draft',
  ],
  'POST /desk/recommendations/:number/to/:addressee/links': [
    'write recommendation',
    'write recommendation-draft',
    'write national-recommendation-draft',
  ],
  'POST /desk/recommendations/:number/to/:addressee/links/:link/end': [
    'write recommendation',
    'write recommendation-draft',
    'write national-recommendation-draft',
  ],
  'POST /desk/recommendations/:number/to/:addressee/taken-off/:move': 'write recommendation',
  'POST /desk/recommendations/:number/to/:addressee/checks/:move': [
    'reply recommendation',
    'write recommendation',
    'write judgement',
    'write national-judgement',
  ],

  'GET /incidents/:incidentId/publication': 'read publication',
  'GET /incidents/:incidentId/publication/recognised': 'write publication',
  'POST /incidents/:incidentId/publication/recognised': 'write publication',
  'GET /incidents/:incidentId/publication/preview': 'read publication',
  'GET /incidents/:incidentId/publication/words': 'write publication',
  'POST /incidents/:incidentId/publication/words': 'write publication',
  'POST /incidents/:incidentId/publication/start': 'write publication',
  'POST /incidents/:incidentId/publication/plan': 'write publication',
  'POST /incidents/:incidentId/publication/days': 'write publication',
  'POST /incidents/:incidentId/publication/days/end': 'write publication',
  'POST /incidents/:incidentId/publication/files': 'write publication',
  'POST /incidents/:incidentId/publication/files/remove': 'write publication',
  'POST /incidents/:incidentId/publication/day': 'write publication',
  'POST /incidents/:incidentId/publication/elsewhere': 'send publication',
  'GET /incidents/:incidentId/publication/publish': 'send publication',
  'POST /incidents/:incidentId/publication/publish': 'send publication',
  'POST /incidents/:incidentId/publication/notes': 'send publication',
  'POST /incidents/:incidentId/publication/notes/remove': 'send publication',
  'GET /incidents/:incidentId/publication/hide': 'send publication',
  'POST /incidents/:incidentId/publication/hide': 'send publication',
  'GET /incidents/:incidentId/publication/first-year': 'send publication',
  'POST /incidents/:incidentId/publication/first-year': 'send publication',
  'GET /incidents/:incidentId/publication/justification': 'read withholding',
  'POST /incidents/:incidentId/publication/justification': 'send withholding',
  'POST /incidents/:incidentId/publication/comment': 'reply withholding',
  'GET /incidents/:incidentId/publication/sheets/:sector': 'write publication',
  'POST /incidents/:incidentId/publication/sheets/:sector': 'write publication',
  'GET /incidents/:incidentId/publication/sheets/:sector/recognised': 'write publication',
  'POST /incidents/:incidentId/publication/sheets/:sector/recognised': 'write publication',
  'POST /incidents/:incidentId/publication/sheets/:sector/clear': 'write publication',
  'POST /incidents/:incidentId/publication/sheets/:sector/publish': 'send publication',
  'GET /reviews/:number/sheets/:sector': 'public',
  'GET /reviews/:number/sheets/:sector/word': 'public',
  'GET /reviews': 'public',
  'GET /reviews/:number': 'public',
  'GET /reviews/:number/documents/:name': 'public',
  'GET /reviews/feed': 'public',
  'GET /reviews.csv': 'public',
  'GET /recommendations': 'public',
  'GET /recommendations/:number': 'public',
  'GET /recommendations.csv': 'public',
  'GET /api/v1/public/recommendations': 'public',
  'GET /api/v1/public/recommendations/:number': 'public',
  'GET /sitemap.xml': 'public',
  'GET /robots.txt': 'public',

  'GET /actions': 'read action',
  'GET /actions/new': 'write action',
  'POST /actions/new': 'write action',
  'GET /actions/asking': 'write action',
  'POST /actions/asking': 'write action',
  'GET /actions/:actionId': 'read action',
  'GET /actions/:actionId/change': 'write action',
  'POST /actions/:actionId/change': 'write action',
  'GET /actions/:actionId/recognised': 'write action',
  'POST /actions/:actionId/recognised': 'write action',
  'POST /actions/:actionId/updates': 'reply action',
  'POST /actions/:actionId/updates/:updateId/check': 'write action',
  'POST /actions/:actionId/updates/:updateId/answer': answersPanel,
  'POST /actions/:actionId/delivery': { whoMay: 'reply recommendation', where: 'read action' },
  'POST /actions/:actionId/link': 'write action',
  'GET /did-it-work': 'read theme-question',
  'POST /did-it-work': 'reply theme-question',
  'GET /did-it-work/links': 'write recommendation',
  'POST /did-it-work/links': 'write recommendation',
  'POST /did-it-work/links/:link/end': 'write recommendation',
  'GET /asked': 'read action',
  'GET /asked.csv': 'read action',
  'GET /asked.ods': 'read action',
  'GET /asked.ics': 'read action',
  'GET /recommendations/:recommendationId/areas': 'read recommendation',
  'POST /recommendations/:recommendationId/areas/send': 'send national-recommendation-draft',
  'POST /recommendations/:recommendationId/areas/sample': 'write national-judgement',
  'GET /recommendations/:recommendationId/answer': 'read action',
  'POST /recommendations/:recommendationId/answer': 'write action',
  'POST /recommendations/:recommendationId/evidence': 'write action',
  'GET /yearly-report': 'read action',
  'GET /yearly-report.docx': 'read action',
  'POST /yearly-report': 'write action',
  'GET /incidents/:incidentId/changed': ['read action', 'read letter'],
  'POST /incidents/:incidentId/changed': 'write action',
  'GET /with-link/:token/reply': 'public',
  'POST /with-link/:token/reply': 'public',
  'GET /with-link/:token/did-it-work': 'public',
  'POST /with-link/:token/did-it-work': 'public',
  'GET /with-link/:token/draft-comment': 'public',
  'POST /with-link/:token/draft-comment': 'public',
  'GET /with-link/:token/action-update': 'public',
  'POST /with-link/:token/action-update': 'public',

  'GET /api/v1/openapi.json': 'public',
  'GET /api/v1/notifications': ['read notification-draft', 'read notification'],
  'POST /api/v1/notifications': 'write notification-draft',
  'GET /api/v1/notifications/:id': ['read notification-draft', 'read notification'],
  'PUT /api/v1/notifications/:id': 'write notification-draft',
  'POST /api/v1/notifications/:id/send': 'send notification-draft',
}

/** Only in the training country, whose people and incidents are invented. */
const trainingRoutes = ['GET /training/people', 'POST /training/people/sign-in', 'GET /training/outbox']

test('every route says whom it is for, and nothing else does', async () => {
  const { app } = await country()
  assert.deepEqual(missingIn(routeRights, routesOf(app.web)), [])
})

test('every page shows everybody what the access table gives them, and nothing else', async () => {
  const here = await country()
  const { app, callers, nobody } = here
  const check = new RouteCheck(here, app.web, routeRights)
  const standing = await here.standing()
  for (const caller of [undefined, nobody, ...callers]) await check.read(caller, standing)
  assert.deepEqual([...check.findings], [])
  const unseen = [...here.secrets.values()].filter(({ word }) => !check.shown.has(word))
  assert.deepEqual(
    unseen.map(({ written, incident }) => `${written} of ${incident.stage}`),
    [],
    'nobody was shown these, so nothing is known of who else is',
  )
})

test('methods that no page has, and ids that no record has, tell nothing', async () => {
  const here = await country()
  const { app, callers, nobody } = here
  const check = new RouteCheck(here, app.web, routeRights)
  const standing = await here.standing()
  const roles = new Set(['notifier', 'business-manager', 'panel-chair'])
  const one = callers.filter(({ role }) => roles.delete(role!))
  for (const caller of [undefined, nobody, ...one]) await check.askOddly(caller, standing)
  assert.deepEqual([...check.findings], [])
})

test('a page that prints a record without asking is found out', async () => {
  const here = await country()
  const app = await createApp({ config: aConfig(), database: here.database, log: silent })
  try {
    const secret = [...here.secrets.values()].find(
      ({ written, incident }) => written === 'review' && incident.stage === 'notified',
    )!
    app.web.app.get('/planted/open', async () => ({ said: secret.word }))
    app.web.app.get<{ Params: { incidentId: string } }>('/planted/:incidentId', async request => {
      const acting = app.web.acting(request)
      ensureMay(acting, 'read', 'rapid-review-draft')
      return here.database.asOwner(async client => ({
        rows: (
          await client.query('select answers from rapid_review where incident_id = $1', [request.params.incidentId])
        ).rows,
      }))
    })
    const planted = routesOf(app.web).filter(({ url }) => url.startsWith('/planted/'))
    assert.deepEqual(
      missingIn(routeRights, routesOf(app.web)),
      planted.map(route => `${keyOf(route)} does not say who it is for`),
    )
    const rights: RouteRights = {
      'GET /planted/open': 'read rapid-review-draft',
      'GET /planted/:incidentId': 'read rapid-review-draft',
    }
    const web = { ...app.web, routes: planted }
    const standing = await here.standing()
    const named = (part: string): Caller => here.callers.find(({ label }) => label.includes(part))!
    const findings = async (caller: Caller | undefined) => {
      const check = new RouteCheck(here, web, rights)
      await check.read(caller, standing)
      return [...check.findings]
    }
    assert.deepEqual(await findings(named('business-manager in the group')), [])
    assert.deepEqual(await findings(undefined), [
      'GET /planted/open | nobody | shows review of notified',
      'GET /planted/open | nobody | 200 instead of sign-in',
    ])
    assert.deepEqual(await findings(named('dfe')), [
      'GET /planted/open | dfe | shows review of notified',
      'GET /planted/open | dfe | 200 instead of refusal',
    ])
    const outside = 'safeguarding-partner authority, A'
    assert.deepEqual(await findings(named(outside)), [
      `GET /planted/open | ${outside} | shows review of notified`,
      `GET /planted/:incidentId | notified | ${outside} | shows review of notified`,
      `GET /planted/:incidentId | notified | ${outside} | 200 instead of none`,
    ])
  } finally {
    await app.close()
  }
})

test('a form from somebody who may not send it is refused and changes nothing', async () => {
  const here = await country()
  const { app, callers, nobody } = here
  const check = new RouteCheck(here, app.web, routeRights)
  const standing = await here.standing()
  const before = await hashOfRecords(here)
  const changed: string[] = []
  for (const caller of [undefined, nobody, ...callers]) {
    await check.writeRefused(caller, standing)
    if ((await hashOfRecords(here)) !== before) changed.push(caller?.label ?? 'nobody')
  }
  assert.deepEqual([...check.findings], [])
  assert.deepEqual(changed, [])
})

test('a form from somebody who may send it is answered, and shows only what they may see', async () => {
  const here = await country()
  const { app, callers } = here
  const check = new RouteCheck(here, app.web, routeRights)
  // Signing out, or the other role, would end the test for this person.
  const routes = routesOf(app.web).filter(({ url }) => !/^\/(sign-|you\/)/.test(url))
  for (const caller of callers) await check.writeAllowed(caller, routes)
  assert.deepEqual([...check.findings], [])
})

test('the training country has the doors of training, and no others, besides', async () => {
  const { database, app } = await country()
  const training = await createApp({ config: aConfig('training'), database, log: silent })
  try {
    const usual = new Set(routesOf(app.web).map(keyOf))
    const more = routesOf(training.web)
      .map(keyOf)
      .filter(key => !usual.has(key))
    assert.deepEqual(more.toSorted(), trainingRoutes.toSorted())
  } finally {
    await training.close()
  }
})

/** Of every table but those in which the service notes that somebody was here, and what it seals by itself meanwhile. */
async function hashOfRecords({ database }: Country): Promise<string> {
  return database.asOwner(async client => {
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_name not in ('session', 'access_entry', 'sign_in_failure', 'mail', 'seal', 'seal_entry')
       order by 1`,
    )
    const hash = createHash('sha256')
    for (const { name } of tables.rows) {
      const rows = await client.query<{ text: string }>(`select row_to_json(t)::text as text from ${name} t order by 1`)
      hash.update(`${name} ${rows.rows.map(row => row.text).join('\n')}`)
    }
    return hash.digest('hex')
  })
}
