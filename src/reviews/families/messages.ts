/**
 * All that a message to a family says. It may be read over a shoulder, on a shared telephone, by a child, by whoever
 * harmed the child: no word on what happened, on the review, or on who else is involved. A person sends it.
 */
export const messages = {
  'please-call': 'Please call me when you have a moment. There is no hurry.',
  'call-agreed': 'I will call you at the time we agreed.',
  'change-of-time': 'I need to change the time we agreed. Please call me to find another.',
  'visit-agreed': 'I will come to see you at the time we agreed.',
  'papers-ready': 'The papers we spoke of are ready. Please call me, and we will find a time to look at them together.',
  thanks: 'Thank you for your time. You can call me whenever you want to.',
} as const
export type MessageKind = keyof typeof messages

export const isMessageKind = (text: string): text is MessageKind => Object.hasOwn(messages, text)
