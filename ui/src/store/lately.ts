import type { EndedView } from '../wire/EndedView';
import type { Ref } from '../wire/Ref';
import { keyOf, numberRef, pbxOf, type Picture } from './board';
import { typedNumber } from './search';

/** Calls that have ended, the latest first. */
export function ended(picture: Picture): EndedView[] {
  return [...picture.ended.values()].sort((a, b) => b.ended - a.ended || (a.id < b.id ? 1 : -1));
}

/** Somebody from outside, or somebody who wanted me, and never heard a person. Whom the PBX served by itself, and nobody was rung for, missed nobody. */
export function isMissed(call: EndedView, myNumber: string | null): boolean {
  if (call.talked !== null) return false;
  const served = call.end.end === 'hungUp' && call.toName === null && call.toNumber === null;
  const wantedMe = myNumber !== null && (call.toNumber === myNumber || call.dialled === myNumber);
  return !served && (call.extension === null || wantedMe);
}

/** My own number, where the board knows it. */
export function numberOf(picture: Picture, me: Ref | null): string | null {
  return me === null ? null : (picture.extension.get(me)?.number ?? null);
}

/** What to dial to reach the caller again: their extension, else their number; nothing where none can be dialled. */
export function callBackTo(call: EndedView): Ref | null {
  if (call.extension !== null) return call.extension;
  const number = call.number === null ? null : typedNumber(call.number);
  return number === null ? null : numberRef(pbxOf(call.id), number);
}

/** What became of a call that is no longer on the board: both are named after the caller's channel. */
export function endedOf(picture: Picture, call: Ref): EndedView | null {
  return picture.ended.get(`ended:${pbxOf(call)}:${keyOf(call)}`) ?? null;
}
