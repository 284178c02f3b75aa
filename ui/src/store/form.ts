import type { Offer } from '../wire/Offer';
import type { Ref } from '../wire/Ref';
import type { Seen } from '../wire/Seen';

/** A verb that waits for something to be typed. */
export interface Form {
  offer: Offer;
  seen: Seen | null;
  /** What was selected when it was opened. */
  about: Ref | null;
}
