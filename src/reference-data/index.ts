export {
  addWorkingDays,
  type BankHolidays,
  bankHolidaysRunOutSoon,
  isWorkingDay,
  readBankHolidays,
  subtractWorkingDays,
  workingDaysBetween,
} from './bank-holidays.ts'
export {
  clock,
  type ClockKey,
  clockKeys,
  type ClockRule,
  type ClockStart,
  clockStarts,
  type ClockUnit,
  type Force,
  forces,
  readClockRules,
  type RuleStatus,
  ruleStatuses,
} from './clock-rules.ts'
export {
  type ClockState,
  clockState,
  type ClockStatus,
  dueOn,
  type LateReason,
  lateReasons,
  type Pause,
} from './clocks.ts'
export { type Code, type CodeListName, readCodeLists } from './code-lists.ts'
export { importBodies, importPartnershipBodies, type Loaded, loadReference } from './load-bodies.ts'
export {
  codeOn,
  englandChildren,
  findLocalAuthority,
  type LocalAuthority,
  readLocalAuthorities,
  readRegions,
  type Region,
} from './local-authorities.ts'
export { type Body, partnershipBodies, partnershipOf, readBody, readLookups } from './bodies.ts'
