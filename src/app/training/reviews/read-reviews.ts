import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { productRoot } from '../../../platform/product-root.ts'
import {
  disabilityCodes,
  educationStatuses,
  ethnicityCodes,
  harmCategories,
  livingSituations,
  localReviewViews,
  outcomeCodes,
  panelViews,
  perpetratorRelations,
  themeKeys,
} from '../incident.ts'
import type { ThemeKey } from '../incident.ts'

/** The sections of a rapid review, in order, as they are headed in the files. */
export const reviewSections = [
  'child-and-family',
  'incident',
  'immediate-safeguarding',
  'agency-involvement',
  'analysis-of-practice',
  'childs-daily-life',
  'identity-and-inequality',
  'learning',
  'actions',
  'decision',
  'national-issues',
] as const
export type ReviewSection = (typeof reviewSections)[number]

const day = z.iso.date()
const text = z.string().min(1)
const answer = z.enum(['yes', 'no', 'not-known'])
const theme = z.enum(themeKeys)
const criterion = z.strictObject({ met: z.boolean(), reason: text })

const frontMatter = z.strictObject({
  key: text,
  title: text,
  authorityCode: z.string().regex(/^T\d{8}$/),
  partnershipCode: z.string().regex(/^T\d{8}$/),
  nature: z.enum(['death', 'serious-harm', 'other']),
  ageBand: z.enum(['under-1', '1-5', '6-10', '11-15', '16-17']),
  themes: z.array(theme).min(1),
  outcomes: z.array(z.enum(outcomeCodes)).min(1),
  incident: z.strictObject({
    incidentOn: day,
    awareOn: day,
    notifiedAt: z.iso.datetime(),
    basis: z.enum(['abuse-or-neglect', 'looked-after-no-abuse']),
    harmCategories: z.array(z.enum(harmCategories)).min(1),
    suspectedPerpetratorRelation: z.enum(perpetratorRelations),
    narrative: text,
    /** The child of the review first, then brothers, sisters and others harmed. */
    children: z
      .array(
        z.strictObject({
          givenName: text,
          familyName: text,
          dateOfBirth: day,
          sex: z.enum(['female', 'male', 'not-known']),
          ethnicity: z.enum(ethnicityCodes),
          disabled: answer,
          disabilities: z.array(z.enum(disabilityCodes)).min(1),
          lookedAfter: answer,
          childProtectionPlan: answer,
          childInNeed: answer,
          knownToAgencies: answer,
          livingWith: z.enum(livingSituations),
          education: z.enum(educationStatuses),
        }),
      )
      .min(1),
  }),
  review: z.strictObject({ meetingOn: day, sentOn: day, agencies: z.array(text).min(1) }),
  criteria: z.strictObject({ a: criterion, b: criterion, c: criterion, d: criterion }),
  signOff: z
    .array(
      z.strictObject({
        bodyKind: z.enum(['authority', 'police', 'icb']),
        bodyCode: text,
        email: text,
        name: text,
        on: day,
      }),
    )
    .min(3),
  scrutineer: z.strictObject({ name: text, comment: text }),
  letter: z.strictObject({
    consideredOn: day,
    sentOn: day,
    view: z.enum(panelViews),
    localReviewView: z.enum(localReviewViews),
    considered: text,
    onDecision: text,
    strengths: z.array(text).min(1),
    points: z
      .array(
        z.strictObject({
          text,
          theme,
          replyAsked: z.boolean(),
          replyBy: day.optional(),
          answer: z.strictObject({ on: day, by: z.literal('business-manager'), text }).optional(),
        }),
      )
      .min(1),
    closing: text,
  }),
})

export interface LearningPoint {
  text: string
  theme?: ThemeKey
}

/** An action may lack an owner or a day: some partnerships send them so, and the Panel says something about it. */
export interface PlannedAction {
  text: string
  owner?: string
  dueOn?: string
}

export type ProseReview = z.infer<typeof frontMatter> & {
  sections: Record<ReviewSection, string>
  learning: LearningPoint[]
  actions: PlannedAction[]
}

/**
 * Reads one review: JSON between two `---` lines, then Markdown with one `##` heading for each section.
 * @throws Error naming the file's fault, when a section is missing or the front matter is not in order
 */
export function parseReview(file: string): ProseReview {
  const [, front, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(file) ?? []
  if (!front || !body) throw new Error('A review begins with its front matter between two lines of ---')
  const facts = frontMatter.parse(JSON.parse(front))
  const found = new Map(
    body
      .split(/^## /m)
      .slice(1)
      .map(part => {
        const lineEnd = part.indexOf('\n')
        return [part.slice(0, lineEnd).trim(), part.slice(lineEnd).trim()]
      }),
  )
  const sections = {} as Record<ReviewSection, string>
  for (const section of reviewSections) {
    const prose = found.get(section)
    if (!prose) throw new Error(`Review ${facts.key} has no section ${section}`)
    sections[section] = prose
    found.delete(section)
  }
  if (found.size > 0) throw new Error(`Review ${facts.key} has unknown sections: ${[...found.keys()].join(', ')}`)
  return {
    ...facts,
    sections,
    learning: bullets(sections.learning).map(learningPoint),
    actions: bullets(sections.actions).map(plannedAction),
  }
}

/** All reviews of the training country, earliest first. */
export function readReviews(folder = new URL('data/training/reviews/', productRoot)): ProseReview[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.md'))
    .map(name => parseReview(readFileSync(new URL(name, folder), 'utf8')))
    .sort((one, other) => (one.incident.notifiedAt < other.incident.notifiedAt ? -1 : 1))
}

function bullets(prose: string): string[] {
  return prose
    .split('\n')
    .filter(line => line.startsWith('- '))
    .map(line => line.slice(2).trim())
}

/** `Text of the point. [theme-key]` */
function learningPoint(bullet: string): LearningPoint {
  const [, point, key] = /^(.*?)\s*\[([a-z0-9-]+)\]$/.exec(bullet) ?? []
  return point && key ? { text: point, theme: theme.parse(key) } : { text: bullet }
}

/** `What will be done. Owner: Who. By: 2025-06-30.` The last two may be missing. */
function plannedAction(bullet: string): PlannedAction {
  const owner = /Owner: (.*?)\.(?: By:|$)/.exec(bullet)?.[1]
  const dueOn = /By: (\d{4}-\d{2}-\d{2})/.exec(bullet)?.[1]
  const what = bullet.replace(/\s*(Owner|By): .*$/, '')
  return { text: what, ...(owner && { owner }), ...(dueOn && { dueOn }) }
}
