import type { CallView } from '../wire/CallView';
import type { Ref } from '../wire/Ref';
import type { Seen } from '../wire/Seen';
import type { Picture } from './board';
import { callOf } from './selectors';

/** A call as it stands on the screen. */
export function seenIn(call: CallView): Seen {
  return { phase: call.phase, legs: call.legs.map((leg) => leg.id) };
}

/** What somebody who is brought there sees of it now: of a call, or the call of a leg, who is in it; anything else is met as it is. */
export function seenAt(picture: Picture, id: Ref): Seen | null {
  const call = picture.call.get(id) ?? callOf(picture, id);
  return call === null ? null : seenIn(call);
}
