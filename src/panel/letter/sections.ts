import type { ReviewKind } from '../../reviews/index.ts'
import { viewsOnReviewOf, type ViewOnReview } from '../opinions.ts'

/** Every text of a letter. Which of them a letter has, its kind says. */
export type TextKey = 'opening' | 'strengths' | 'reasons' | 'recommendations' | 'publication' | 'closing'
export type Texts = Partial<Record<TextKey, string>>

/** A part that is written as a text. */
export interface TextSection {
  is: 'text'
  key: TextKey
  /** Beside the field, and over the part in the letter. */
  label: string
  /** Where it is in the letter when it is not under its own label: at the beginning, or in the view of the decision. */
  stands?: 'without-heading' | 'with-decision'
  hint?: string
  /** What is said when it is empty; without it the part may be left out. */
  needed?: string
}
export type Section =
  | TextSection
  | { is: 'view-on-review'; label: string; views: readonly ViewOnReview[] }
  | { is: 'view-on-decision' | 'points'; label: string }

const opening: TextSection = {
  is: 'text',
  key: 'opening',
  label: 'Opening',
  stands: 'without-heading',
  needed: 'Write an opening',
}
const strengths: TextSection = {
  is: 'text',
  key: 'strengths',
  label: 'What we saw done well',
  needed: 'Say what you saw done well, or that you saw nothing you could name',
}
const closing: TextSection = {
  is: 'text',
  key: 'closing',
  label: 'What happens next',
  needed: 'Write a closing',
}
const points: Section = { is: 'points', label: 'Our points' }

/** The parts of a letter in their order, by the kind of review it is about. */
export const sectionsOf: Record<ReviewKind, readonly Section[]> = {
  rapid: [
    opening,
    strengths,
    { is: 'view-on-review', label: 'Our view of the review', views: viewsOnReviewOf.rapid },
    { is: 'view-on-decision', label: 'Our view of your decision' },
    {
      is: 'text',
      key: 'reasons',
      label: 'Our reasons',
      stands: 'with-decision',
      hint: 'Needed where you suggest a review or another decision: a point then asks the partnership what it concludes.',
    },
    points,
    closing,
  ],
  local: [
    opening,
    strengths,
    { is: 'view-on-review', label: 'Our view of the review', views: viewsOnReviewOf.local },
    {
      is: 'text',
      key: 'recommendations',
      label: 'The recommendations',
      hint: 'Whether each has an owner and a day, and whether practice would change by it.',
      needed: 'Say what you think of the recommendations',
    },
    points,
    {
      is: 'text',
      key: 'publication',
      label: 'Publication',
      hint: 'Leave it empty if you have nothing to say about it.',
    },
    closing,
  ],
}

export function textSectionsOf(kind: ReviewKind): TextSection[] {
  return sectionsOf[kind].filter(section => section.is === 'text')
}

/** What a new letter says until somebody writes better. */
export function firstTexts(
  kind: ReviewKind,
  { reference, receivedOn }: { reference: string; receivedOn: string },
): Texts {
  return kind === 'rapid'
    ? {
        opening: `Thank you for the rapid review of incident ${reference}, which we received on ${receivedOn}.`,
        closing:
          'It would help us to hear how the actions you describe are going. Please answer in Weathervane each point that asks for an answer.',
      }
    : {
        opening: `Thank you for the local child safeguarding practice review of incident ${reference}, which we received on ${receivedOn}.`,
        closing:
          'It would help us to hear what changed for children after the review. Please answer in Weathervane each point that asks for an answer.',
      }
}
