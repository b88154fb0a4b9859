import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggestedSection } from './suggest-section.ts'

for (const { heading, section } of [
  { heading: '4. Analysis of practice', section: 'analysis-of-practice' },
  { heading: 'Learning points', section: 'learning' },
  { heading: 'Immediate safeguarding actions', section: 'immediate-safeguarding' },
  { heading: 'Action plan', section: 'actions' },
  { heading: 'The child’s voice', section: 'childs-daily-life' },
  { heading: 'Family background', section: 'child-and-family' },
  { heading: 'Agency involvement', section: 'agency-involvement' },
  { heading: 'Race, culture and identity', section: 'identity-and-inequality' },
  { heading: 'Circumstances of the incident', section: 'incident' },
  { heading: 'Decision and rationale', section: 'decision' },
  { heading: 'National issues', section: 'national-issues' },
  { heading: 'What the partnership learned', section: 'learning' },
  { heading: '2. The child', section: 'child-and-family' },
  { heading: 'Rapid review: a child in Harrowmere', section: undefined },
  { heading: 'Appendix 3', section: undefined },
]) {
  test(`the heading ${heading} suggests ${section ?? 'nothing'}`, () => {
    assert.equal(suggestedSection(heading), section)
  })
}
