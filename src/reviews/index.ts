export { knownToReview } from './known-to-review.ts'
export { draftsNeeding } from './drafting/drafts-needing.ts'
export { draftingEvents } from './drafting/events.ts'
export { type SentThing, sentThings, sentTo } from './local/sent-ahead/sending.ts'
export { registerDraftPages } from './drafting/pages.tsx'
export type { DraftVersion } from './drafting/draft.ts'
export { versionsOf as reportVersions } from './drafting/store.ts'
export { reportHeadings, ReportText } from './drafting/views/report-text.tsx'
export { localReviewEvents } from './local/events.ts'
export { localReviewsNeeding } from './local/needing.ts'
export { notePublished, noteWithheld } from './local/note-published.ts'
export { localReviewOnIncident } from './local/on-incident.ts'
export { registerLocalReviewPages } from './local/pages.tsx'
export { type DatedForPublication, datedForPublication, planPublication } from './local/sent-ahead/plan-publication.ts'
export { familyEvents } from './families/events.ts'
export { familiesNeeding } from './families/needing.ts'
export { eraseSealedWords } from './families/legal-hold.ts'
export { familyOnIncident } from './families/on-incident.ts'
export { registerFamilyPages } from './families/pages.tsx'
export { wordsNotAgreed } from './families/words-not-agreed.ts'
export { hasWithdrawnWords, withdrawnMark, type FindPublishedFiles } from './families/withdraw-words.ts'
export type { LocalReview } from './local/local-review.ts'
export { type Sending, sendingsOf } from './local/sent-ahead/store.ts'
export { readLocalReview } from './local/store.ts'
export { reviewsEvents } from './rapid/events.ts'
export { reviewsOnIncident } from './rapid/on-incident.ts'
export { openRapidReview } from './rapid/open-rapid-review.ts'
export { registerReviewPages } from './rapid/pages.tsx'
export {
  type QualityMarker,
  qualityMarkers,
  type RapidReviewAnswers,
  rapidReviewForm,
  type RapidReviewOutcome,
  rapidReviewOutcomes,
  type RapidReviewSection,
  rapidReviewSections,
} from './rapid/rapid-review-form.ts'
export { hashOfText, type RapidReview } from './rapid/rapid-review.ts'
export { type Partner, partners } from './signing/partner.ts'
export type { Signature } from './signing/signature.ts'
export { RapidReviewText, reviewHeadings } from './rapid/rapid-review-text.tsx'
export { reviewsNeeding } from './rapid/reviews-needing.ts'
export { type SentRapidReview, sentRapidReview } from './rapid/store.ts'
export { columnsOfReview, readReview, type ReviewKind, type ReviewPlace } from './review.ts'
