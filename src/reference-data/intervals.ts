/**
 * Days of our own choice, for which no law and no guidance has a number: they stand here beside the clocks so that whoever
 * runs the service finds and changes them in one place.
 */
export const intervals = {
  /** After which a related process that runs on asks to be checked. */
  relatedProcessIsStale: 28,
  /** After which a stage that is open is said to be long. */
  stageIsLong: 42,
} as const
