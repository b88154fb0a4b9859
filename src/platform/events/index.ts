export { noteRead, recordEvent } from './record.ts'
export type { IncidentPlace, NewEvent } from './record.ts'
