import type { CallView } from '../wire/CallView';
import type { End } from '../wire/End';
import type { LegView } from '../wire/LegView';
import type { Ref } from '../wire/Ref';
import type { Picture } from './board';
import { noteOf, stuckOf } from './net';
import { callOf } from './selectors';

/** What is true of a leg beside its state. */
export type Mark =
  | { mark: 'recorded'; since: number }
  | { mark: 'recordingPaused' }
  | { mark: 'perhapsRecorded' }
  | { mark: 'listenedTo'; by: LegView[]; more: number }
  | { mark: 'listens'; to: LegView | null }
  | { mark: 'music' }
  | { mark: 'muted' }
  | { mark: 'stuck' }
  | { mark: 'hold' }
  | { mark: 'ends'; end: End };

/** A leg on the board, in whichever call it is. */
export function legOf(picture: Picture, id: Ref): LegView | null {
  return callOf(picture, id)?.legs.find((leg) => leg.id === id) ?? null;
}

/** Several legs at once, as those of a room: all calls are looked through only once. */
export function legsOf(picture: Picture, ids: Iterable<Ref>): ReadonlyMap<Ref, LegView> {
  const wanted = new Set(ids);
  const found = new Map<Ref, LegView>();
  for (const call of picture.call.values()) for (const leg of call.legs) if (wanted.has(leg.id)) found.set(leg.id, leg);
  return found;
}

/** Everything that is marked on one leg, what concerns privacy first. */
export function marksOf(picture: Picture, leg: LegView): Mark[] {
  return [...recording([leg]), ...listening(picture, [leg]), ...own(picture, leg)];
}

/** What concerns everybody on a call: it is heard or kept by others. */
export function callMarks(picture: Picture, call: CallView): Mark[] {
  return [...recording(call.legs), ...listening(picture, call.legs)];
}

/** What concerns one leg alone, and stands beside its name. */
export function own(picture: Picture, leg: LegView): Mark[] {
  const marks: Mark[] = [];
  if (leg.listensTo !== null) marks.push({ mark: 'listens', to: legOf(picture, leg.listensTo) });
  if (leg.hold) marks.push({ mark: 'hold' });
  if (leg.music) marks.push({ mark: 'music' });
  // No event tells of a leg that is silenced outside of a room: the desk remembers that it did.
  if (leg.muted || noteOf(picture, leg.id)?.muted) marks.push({ mark: 'muted' });
  if (stuckOf(picture, leg.id)) marks.push({ mark: 'stuck' });
  if (leg.end !== null) marks.push({ mark: 'ends', end: leg.end });
  return marks;
}

/** One recording that runs is enough to be recorded, however many are paused; and one that perhaps runs comes before one that is paused. */
function recording(legs: readonly LegView[]): Mark[] {
  const recordings = legs.flatMap((leg) => (leg.recorded === null ? [] : [leg.recorded]));
  if (recordings.length === 0) return [];
  const running = recordings.filter((each) => !each.paused && !each.unsure);
  if (running.length === 0 && recordings.some((each) => each.unsure)) return [{ mark: 'perhapsRecorded' }];
  return running.length === 0 ? [{ mark: 'recordingPaused' }] : [{ mark: 'recorded', since: Math.min(...running.map((each) => each.since)) }];
}

function listening(picture: Picture, legs: readonly LegView[]): Mark[] {
  const ids = [...new Set(legs.flatMap((leg) => leg.listeners))];
  if (ids.length === 0) return [];
  const by = ids.map((id) => legOf(picture, id)).filter((leg) => leg !== null);
  return [{ mark: 'listenedTo', by, more: ids.length - by.length }];
}

/** Why a whole call ends, once one of its legs has been told. */
export function endOf(call: CallView): End | null {
  return call.legs.find((leg) => leg.end !== null)?.end ?? null;
}
