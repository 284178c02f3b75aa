import type { MemberView } from '../wire/MemberView';
import type { QueueView } from '../wire/QueueView';
import type { Ref } from '../wire/Ref';
import type { Picture } from './board';

/** One queue that somebody serves. */
export interface Membership {
  queue: QueueView;
  member: MemberView;
}

const NONE: readonly Membership[] = [];
/** A map of queues that did not change is the same object, so each is read once for all cards. */
const read = new WeakMap<Picture['queue'], ReadonlyMap<Ref, readonly Membership[]>>();

/** The queues a person serves, by name. */
export function membershipsOf(picture: Picture, person: Ref): readonly Membership[] {
  const known = read.get(picture.queue) ?? byPerson(picture.queue);
  read.set(picture.queue, known);
  return known.get(person) ?? NONE;
}

function byPerson(queues: Picture['queue']): ReadonlyMap<Ref, readonly Membership[]> {
  const all = new Map<Ref, Membership[]>();
  const sorted = [...queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const queue of sorted) {
    for (const member of queue.members) {
      if (member.extension === null) continue;
      const mine = all.get(member.extension);
      if (mine) mine.push({ queue, member });
      else all.set(member.extension, [{ queue, member }]);
    }
  }
  return all;
}

/** Members who would be rung for the next caller now. */
export function freeMembers(queue: QueueView): number {
  return queue.members.filter((member) => member.state === 'idle' && !member.paused).length;
}

/** Since when the first in line, or whoever waits longest, waits; nothing while nobody does. */
export function longestWait(queue: QueueView): number | null {
  return queue.callers.length === 0 ? null : Math.min(...queue.callers.map((caller) => caller.since));
}

/** Members as a supervisor looks for them: who talks, rings or is free before who is paused or away; then by name. */
export function membersInOrder(queue: QueueView): MemberView[] {
  return [...queue.members].sort((a, b) => rank(a) - rank(b) || a.penalty - b.penalty || (a.name < b.name ? -1 : 1));
}

function rank(member: MemberView): number {
  if (member.state === 'offline' || member.state === 'unknown') return 2;
  return member.paused ? 1 : 0;
}
