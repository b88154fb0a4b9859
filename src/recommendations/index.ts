export { axes, deliveries, effects, replies, type Axis, type Delivery, type Effect, type Reply } from './moves.ts'
export { type AddresseeKind, type Basis, evidenceKinds, type EvidenceKind } from './recommendation.ts'
