/** Keys of advisory locks, one for each thing that only one process does at a time. */
export const lockKeys = { migrate: 7_341_902, seal: 7_341_903, installJobTables: 7_341_904 } as const
