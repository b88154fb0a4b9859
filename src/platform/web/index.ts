export * from './components/index.ts'
export { KeptText } from './kept-text.tsx'
export { FormToken } from './layout.tsx'
export type { NavigationLink, PageProps } from './layout.tsx'
export {
  countIn,
  datePartsIn,
  dayIn,
  errorAt,
  fileIn,
  frameOfForm,
  idsIn,
  listIn,
  optionalDayIn,
  optionIn,
  textIn,
  tried,
  type Posted,
} from './posted-form.ts'
export type { KeptPublic } from './kept-public.ts'
export type { FoundLink, LinkDoor, OpenedLink } from './opened-link.ts'
export type { PublicAnswer, PublicAsked } from './public-page.ts'
export { createWeb } from './server.ts'
export type { Web } from './server.ts'
export type { Appointment, Visitor } from './visitor.ts'
