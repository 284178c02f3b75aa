import { kindOf, keyOf, pbxOf, type Picture } from './board';
import type { CampView } from '../wire/CampView';
import type { LostView } from '../wire/LostView';
import type { NoteView } from '../wire/NoteView';
import type { ParkedView } from '../wire/ParkedView';
import type { Ref } from '../wire/Ref';
import type { SentView } from '../wire/SentView';
import type { StuckView } from '../wire/StuckView';

/** A caller who waits where somebody has put them. */
export type Resting = { is: 'parked'; view: ParkedView } | { is: 'held'; view: NoteView } | { is: 'camp'; view: CampView };

/** Of the time in the lot so much may pass before somebody should look. */
const PATIENCE = 0.75;

/** What this desk keeps about a leg. */
export function noteOf(picture: Picture, leg: Ref): NoteView | null {
  return picture.note.get(`note:${pbxOf(leg)}:${keyOf(leg)}`) ?? null;
}

export function stuckOf(picture: Picture, leg: Ref): StuckView | null {
  return picture.stuck.get(`stuck:${pbxOf(leg)}:${keyOf(leg)}`) ?? null;
}

/** For whom somebody waits, in the operator's words. */
export function labelOf(picture: Picture, leg: Ref): string | null {
  return noteOf(picture, leg)?.label ?? null;
}

/** Everybody who is parked, held by this desk, or waits for somebody to be free: who has waited longest first. */
export function resting(picture: Picture): Resting[] {
  const camped = new Set([...picture.camp.values()].map((view) => view.leg));
  const parked = new Set([...picture.parked.values()].map((view) => view.leg));
  const held = [...picture.note.values()].filter((view) => view.held !== null && !camped.has(view.leg) && !parked.has(view.leg));
  const all: Resting[] = [
    ...[...picture.parked.values()].map((view): Resting => ({ is: 'parked', view })),
    ...held.map((view): Resting => ({ is: 'held', view })),
    ...[...picture.camp.values()].map((view): Resting => ({ is: 'camp', view })),
  ];
  return all.sort((a, b) => restingSince(a) - restingSince(b) || (a.view.id < b.view.id ? -1 : 1));
}

export function restingSince(each: Resting): number {
  return each.is === 'held' ? (each.view.held ?? 0) : each.view.since;
}

/** Waits so long that somebody should look after them. */
export function isOverdue(each: Resting, now: number): boolean {
  switch (each.is) {
    case 'parked':
      return each.view.until !== null && now >= each.view.since + PATIENCE * (each.view.until - each.view.since);
    case 'held':
      return each.view.warnAt !== null && now >= each.view.warnAt;
    case 'camp':
      return each.view.state === 'limit';
  }
}

/** Who was sent, in the order in which they went: what is urgent says so where it stands, and never jumps under a hand. */
export function sent(picture: Picture): SentView[] {
  return [...picture.sent.values()].sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
}

/** One row of a shelf; `gone`: it has left, and keeps its place only while a hand is over the shelf. */
export interface Row<T> {
  item: T;
  gone: boolean;
}

/** The rows of a shelf under a hand: everybody stays where they were, and who is new comes last. */
export function underHand<T>(before: readonly T[] | null, now: readonly T[], idOf: (item: T) => Ref): Row<T>[] {
  const byId = new Map(now.map((item) => [idOf(item), item]));
  const kept = (before ?? []).map((was): Row<T> => {
    const item = byId.get(idOf(was));
    byId.delete(idOf(was));
    return item === undefined ? { item: was, gone: true } : { item, gone: false };
  });
  return [...kept, ...[...byId.values()].map((item): Row<T> => ({ item, gone: false }))];
}

/** Who was lost, the latest first. */
export function lost(picture: Picture): LostView[] {
  return [...picture.lost.values()].sort((a, b) => b.when - a.when);
}

/** The leg that moves for anything that stands for one. */
export function legBehind(picture: Picture, id: Ref): Ref | null {
  switch (kindOf(id)) {
    case 'leg':
      return id;
    case 'parked':
      return picture.parked.get(id)?.leg ?? null;
    case 'sent':
      return picture.sent.get(id)?.leg ?? null;
    case 'camp':
      return picture.camp.get(id)?.leg ?? null;
    case 'note':
      return picture.note.get(id)?.leg ?? null;
    case 'stuck':
      return picture.stuck.get(id)?.leg ?? null;
    default:
      return null;
  }
}

/** By what somebody on a shelf is called: as the desk noted it, else as the leg says now. */
export function calledAs(picture: Picture, view: { leg: Ref; name: string | null; number: string | null }): { name: string | null; number: string | null } {
  if (view.name !== null || view.number !== null) return view;
  for (const call of picture.call.values()) {
    const leg = call.legs.find((each) => each.id === view.leg);
    if (leg) return leg;
  }
  return view;
}

/** Legs that stand on a shelf of their own while they wait. */
export function shelvedLegs(picture: Picture): Set<Ref> {
  const legs = new Set<Ref>();
  for (const queue of picture.queue.values()) for (const caller of queue.callers) legs.add(caller.leg);
  for (const each of resting(picture)) legs.add(each.view.leg);
  return legs;
}

