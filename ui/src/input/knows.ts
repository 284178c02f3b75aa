import type { Ref } from '../wire/Ref';
import type { Seen } from '../wire/Seen';

/** What a move needs to know of the seat it is made at. */
export interface Knows {
  /** Of a call: it goes without saying who of it moves. */
  obvious(subject: Ref): boolean;
  /** An extension of my own. */
  isMe(id: Ref): boolean;
  /** The operator's own calls are transferred by consulting first. */
  asksFirst(): boolean;
  /** Of a call, or a leg of one: who is in it, as it stands on the screen. */
  seen(id: Ref): Seen | null;
  /** Somebody else than me talks to whoever of this call would go. */
  accompanied(call: Ref): boolean;
}

/** At no seat at all. */
export const NOTHING: Knows = { obvious: () => false, isMe: () => false, asksFirst: () => false, seen: () => null, accompanied: () => false };
