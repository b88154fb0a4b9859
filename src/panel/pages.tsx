import type { Web } from '../platform/web/index.ts'
import type { Beside } from './beside.ts'
import { registerConflicts } from './pages/conflicts.tsx'
import { registerDrafting } from './letter/drafting-pages.tsx'
import { registerLetter } from './letter/pages.tsx'
import { registerLists } from './pages/lists.tsx'
import { registerLocal } from './pages/local.tsx'
import { registerReview } from './pages/review.tsx'

export function registerPanelPages(web: Web, beside: Beside): void {
  registerLists(web)
  registerReview(web, beside)
  registerConflicts(web)
  registerLocal(web)
  registerDrafting(web)
  registerLetter(web, beside)
}
