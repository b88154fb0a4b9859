/** What can happen between a review and its answered letter, in the words of the timeline. */
export const panelEvents = {
  'panel.received': 'The Panel received the rapid review',
  'panel.allocated': 'The review was given to a Panel member',
  'panel.allocation-ended': 'A Panel member no longer has the review',
  'panel.conflict-declared': 'A conflict of interest was declared',
  'panel.reading-finished': 'A Panel member finished their reading',
  'letter.started': 'The Panel began to write its letter',
  'letter.sent': 'The Panel sent its letter',
  'letter.point-answered': 'The partnership answered a point of the letter',
  'letter.all-answered': 'The partnership has answered every point of the letter that asks for an answer',
} as const
