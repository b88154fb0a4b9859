export { addToGroup, removeFromGroup } from './rapid/change-group.ts'
export { askForSignatures, takeBack } from './rapid/ask-for-signatures.ts'
export { reviewsEvents } from './rapid/events.ts'
export { openRapidReview } from './rapid/open-rapid-review.ts'
export { registerReviewPages } from './rapid/pages.tsx'
export {
  localReviewCriteria,
  type QualityMarker,
  qualityMarkers,
  type RapidReviewAnswers,
  rapidReviewForm,
  type RapidReviewOutcome,
  rapidReviewOutcomes,
  type RapidReviewSection,
  rapidReviewSections,
} from './rapid/rapid-review-form.ts'
export { hashOfText, type Partner, partners, type RapidReview, type Signature } from './rapid/rapid-review.ts'
export { RapidReviewText } from './rapid/rapid-review-text.tsx'
export { reviewsNeeding } from './rapid/reviews-needing.ts'
export { saveSection } from './rapid/save-section.ts'
export { sendRapidReview } from './rapid/send-rapid-review.ts'
export { sendReviewBack, signReview } from './rapid/sign.ts'
export { readReview, reviewMembers, type SentRapidReview, sentRapidReview, signersOf } from './rapid/store.ts'
