import type { LinkPurpose } from '../access/index.ts'
import type { Tx } from '../database/index.ts'

/** Somebody without an account, who came with a link that opens one thing. */
export interface OpenedLink {
  id: string
  purpose: LinkPurpose
  /** The one thing it opens. */
  objectId: string
  /** Whom it was made for, as they are called. */
  holder: string
  expiresAt: Date
  openedCount: number
  /** Where its pages begin: `/with-link/TOKEN/PURPOSE`. */
  path: string
  /** What each form of its pages must bring back. */
  csrfToken: string
  /** Sees the one thing, by policies that ask `my_linked('PURPOSE')`, and what everybody sees. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/** `paused`: too many attempts from this network address. `opened` is known of an ended link too, for what was typed. */
export type FoundLink =
  | { state: 'open'; opened: OpenedLink }
  | { state: 'ended' | 'expired'; opened: OpenedLink }
  | { state: 'unknown' | 'paused'; opened?: undefined }

export interface LinkDoor {
  find(token: string, address: string): Promise<FoundLink>
  /** Somebody clicked. */
  countOpening(id: string): Promise<void>
}
