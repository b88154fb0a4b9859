export { accessRights, accessTable, actions, reachOf, readersOf, scopes, subjects } from './access-table.ts'
export type { AccessRule, Action, Scope, Subject } from './access-table.ts'
export { roleKeys, roles, tasks } from './roles.ts'
export type { BodyKind, Role, Task } from './roles.ts'
