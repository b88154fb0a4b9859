/** What can happen to a rapid review, in the words of the timeline. */
export const reviewsEvents = {
  'rapid-review.opened': 'Rapid review opened',
  'rapid-review.section-saved': 'A page of the rapid review was saved',
  'rapid-review.member-added': 'Somebody joined the group of the rapid review',
  'rapid-review.member-removed': 'Somebody left the group of the rapid review',
  'rapid-review.file-added': 'A file was added to the rapid review',
  'rapid-review.paragraphs-placed': 'Paragraphs of a file were placed in the rapid review',
  'rapid-review.signatures-asked': 'Signatures were asked for',
  'rapid-review.taken-back': 'The rapid review was taken back to change its text',
  'rapid-review.signed': 'A safeguarding partner signed the rapid review',
  'rapid-review.sent-back': 'A safeguarding partner sent the rapid review back',
  'rapid-review.sent': 'Rapid review sent to the Panel',
} as const
