export { endLinks, linksTo, makeLink } from './link.ts'
export type { Link } from './link.ts'
export { openLinks } from './link-door.ts'
