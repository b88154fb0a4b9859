export {
  addWorkingDays,
  type BankHolidays,
  bankHolidaysRunOutSoon,
  readBankHolidays,
  subtractWorkingDays,
} from './bank-holidays.ts'
export {
  clock,
  type ClockKey,
  type ClockRule,
  type ClockStart,
  type ClockUnit,
  type Force,
  readClockRules,
  type RuleStatus,
} from './clock-rules.ts'
export {
  clockState,
  type ClockStatus,
  deadline,
  type LateReason,
  lateReasons,
  type Pause,
  standing,
  type Standing,
} from './clocks.ts'
export { type Code, type CodeListName, readCodeLists } from './code-lists.ts'
export { importBodies, importPartnershipBodies, type Loaded, loadReference } from './load-bodies.ts'
export { intervals } from './intervals.ts'
export { type LocalAuthority, type Region } from './local-authorities.ts'
export { loadNationalBodies, nationalBodies, type NationalBody } from './national-bodies.ts'
export { type Body, partnershipBodies, partnershipOf, readBody, readLookups } from './bodies.ts'
export { isTheme, type Theme, themeKeys, themes } from './themes.ts'
export { TimeLeft } from './time-left.tsx'
