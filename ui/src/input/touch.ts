import { kindOf, type Folded, type Picture } from '../store/board';
import { callOf } from '../store/selectors';
import type { Ref } from '../wire/Ref';

/** Whether what is held is still there to be held. */
export function standsOn(picture: Picture, id: Ref): boolean {
  switch (kindOf(id)) {
    case 'call':
      return picture.call.has(id);
    case 'leg':
      return callOf(picture, id) !== null;
    default:
      return true;
  }
}

/** Whether a message concerns a thing, or the call a leg is in. */
export function touches(folded: Folded, id: Ref): boolean {
  if (folded.touched === 'all' || folded.touched.has(id)) return true;
  if (kindOf(id) !== 'leg') return false;
  const call = callOf(folded.picture, id);
  return call !== null && folded.touched.has(call.id);
}
