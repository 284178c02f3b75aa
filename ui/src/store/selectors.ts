import { cleanOrNone } from '../text/clean';
import type { CallView } from '../wire/CallView';
import type { ExtensionView } from '../wire/ExtensionView';
import type { LegView } from '../wire/LegView';
import type { OperationView } from '../wire/OperationView';
import type { PbxView } from '../wire/PbxView';
import type { QueueCallerView } from '../wire/QueueCallerView';
import type { QueueView } from '../wire/QueueView';
import type { Ref } from '../wire/Ref';
import { pbxOf, type Picture } from './board';
import { shelvedLegs } from './net';

/** The PBX of a thing. */
export function pbxFor(picture: Picture, id: Ref): PbxView | null {
  return picture.pbx.get(`pbx:${pbxOf(id)}:`) ?? null;
}

export function live(view: PbxView | null): boolean {
  return view?.status.status === 'live';
}

export interface Calls {
  mine: CallView[];
  others: CallView[];
}

/** Live calls, mine apart; callers who wait in a queue or are parked have their own shelves. */
export function calls(picture: Picture, me: ReadonlySet<Ref>): Calls {
  const shelved = shelvedLegs(picture);

  const mine: CallView[] = [];
  const others: CallView[] = [];
  for (const call of picture.call.values()) {
    if (isMine(call, me)) mine.push(call);
    else if (!onShelf(call, shelved)) others.push(call);
  }
  return { mine: mine.sort(ringingFirst), others: others.sort(oldestFirst) };
}

export function isMine(call: CallView, me: ReadonlySet<Ref>): boolean {
  return call.legs.some((leg) => leg.extension !== null && me.has(leg.extension));
}

function onShelf(call: CallView, shelved: ReadonlySet<Ref>): boolean {
  return (call.phase === 'queued' || call.phase === 'parked' || call.phase === 'application') && call.legs.every((leg) => shelved.has(leg.id));
}

function ringingFirst(a: CallView, b: CallView): number {
  const rank = (call: CallView) => (call.phase === 'ringing' ? 0 : 1);
  return rank(a) - rank(b) || oldestFirst(a, b);
}

function oldestFirst(a: CallView, b: CallView): number {
  return a.started - b.started || (a.id < b.id ? -1 : 1);
}

export interface Waiting extends QueueCallerView {
  queue: QueueView;
}

/** Everybody who waits, queue by queue as they will be answered; the queue whose caller waits longest comes first. */
export function waiting(picture: Picture): Waiting[] {
  const oldest = (queue: QueueView) => Math.min(...queue.callers.map((caller) => caller.since));
  const queues = [...picture.queue.values()].filter((queue) => queue.callers.length > 0);
  queues.sort((a, b) => oldest(a) - oldest(b) || (a.id < b.id ? -1 : 1));
  return queues.flatMap((queue) => queue.callers.map((caller) => ({ ...caller, queue })).sort(nextFirst));
}

/** Where the one who waits in a call stands, and in which queue. */
export function waitingOf(picture: Picture, call: CallView): Waiting | null {
  if (call.phase !== 'queued' && call.phase !== 'ringing') return null;
  for (const queue of picture.queue.values()) {
    const found = queue.callers.find((caller) => call.legs.some((leg) => leg.id === caller.leg));
    if (found) return { ...found, queue };
  }
  return null;
}

function nextFirst(a: Waiting, b: Waiting): number {
  return a.position - b.position || a.since - b.since || (a.leg < b.leg ? -1 : 1);
}

/** People by number, which is where the eye looks for them: never by state. */
export function people(picture: Picture): ExtensionView[] {
  return [...picture.extension.values()].sort(byNumber);
}

/** The same, sorted anew only when somebody comes or goes: of thousands of people a few change at a time. */
export function peopleInOrder(): (picture: Picture) => ExtensionView[] {
  let order: Ref[] = [];
  return (picture) => {
    const known = picture.extension;
    const kept = order.map((id) => known.get(id)).filter((person) => person !== undefined);
    if (kept.length === order.length && kept.length === known.size) return kept;
    const sorted = people(picture);
    order = sorted.map((person) => person.id);
    return sorted;
  };
}

const collator = new Intl.Collator('en', { numeric: true });

function byNumber(a: ExtensionView, b: ExtensionView): number {
  return collator.compare(a.number, b.number) || (a.id < b.id ? -1 : 1);
}

export type PeopleFilter = 'all' | 'free' | 'busy' | 'offline';

export function passes(person: ExtensionView, filter: PeopleFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'free':
      return person.state === 'idle' && !person.dnd && person.registered !== false;
    case 'busy':
      return (person.state === 'idle' && person.dnd) || ['ringing', 'inUse', 'inUseRinging', 'busy', 'held'].includes(person.state);
    case 'offline':
      return person.state === 'offline' || person.state === 'unknown' || (person.state === 'idle' && !person.dnd && person.registered === false);
  }
}

/** With me or somebody outside on it, and nobody else, the desk's first offer is the one that is meant. */
export function isObvious(picture: Picture, subject: Ref, isMe: (extension: Ref | null) => boolean): boolean {
  const legs = picture.call.get(subject)?.legs ?? [];
  return legs.length < 3 && legs.some((leg) => leg.trunk !== null || isMe(leg.extension));
}

/** On a call of two or more without me whoever goes leaves somebody behind who is not me. */
export function isAccompanied(picture: Picture, id: Ref, isMe: (extension: Ref | null) => boolean): boolean {
  const call = picture.call.get(id) ?? callOf(picture, id);
  const there = call?.legs.filter((leg) => leg.state !== 'ringing') ?? [];
  return there.length > 1 && !there.some((leg) => isMe(leg.extension));
}

/** The call a leg is in. */
export function callOf(picture: Picture, leg: Ref): CallView | null {
  for (const call of picture.call.values()) if (call.legs.some((each) => each.id === leg)) return call;
  return null;
}

/** Whom a person is on a call with, as others would say it; `heard` once they hear each other. */
export function withWhom(picture: Picture, person: ExtensionView): { others: LegView[]; heard: boolean } | null {
  const calls = person.calls.map((id) => picture.call.get(id)).filter((found) => found !== undefined);
  const heard = calls.find((call) => ['talking', 'held', 'conference'].includes(call.phase));
  const call = heard ?? calls[0];
  if (!call) return null;
  return { others: call.legs.filter((leg) => leg.extension !== person.id), heard: heard !== undefined };
}

/** Name first, else number; nothing when the PBX knows neither. */
export function nameOf(party: { name: string | null; number: string | null }): string | null {
  return cleanOrNone(party.name) ?? cleanOrNone(party.number);
}

/** The name of a person; nothing where the PBX only repeats the number. */
export function ownName(person: { name: string | null; number: string }): string | null {
  const name = cleanOrNone(person.name);
  return name === cleanOrNone(person.number) ? null : name;
}

/** Open operations by each leg they move. */
export function pendingByLeg(picture: Picture): Map<Ref, OperationView> {
  const byLeg = new Map<Ref, OperationView>();
  for (const operation of picture.operation.values()) {
    if (operation.step !== 'ended') for (const leg of operation.legs) byLeg.set(leg, operation);
  }
  return byLeg;
}

/** How an operation can still be undone: it is not sent yet, or the caller rings where they were sent and can be fetched. */
export function undoOf(operation: OperationView): 'takeBack' | 'bringBack' | null {
  if (operation.step === 'waiting') return 'takeBack';
  // Whoever sent themselves cannot be brought back to themselves.
  const somebody = operation.preview.journeys[0]?.who.me === false;
  return operation.verb === 'transfer' && operation.after === 'ringing' && operation.legs.length > 0 && somebody ? 'bringBack' : null;
}

/** So long a key to take something back is still meant for what was sent just before it, in milliseconds. */
const LATE = 2000;

/** It could be taken back, until a moment ago. */
export function justSent(operation: OperationView, now: number): boolean {
  const grace = operation.details.grace ?? 0;
  const takenBack = operation.outcome?.outcome === 'refused' && operation.outcome.refusal.refusal === 'takenBack';
  return grace > 0 && operation.step !== 'waiting' && !takenBack && now - operation.since - grace < LATE;
}

/** How loud an operation is: failures stay until somebody has seen them. */
export type Loudness = 'pending' | 'quiet' | 'amber' | 'loud';

export function loudness(operation: OperationView): Loudness {
  const end = operation.outcome;
  if (!end) return 'pending';
  if (operation.after === 'notTaken' || operation.after === 'gaveUp') return 'amber';
  switch (end.outcome) {
    case 'done':
      return 'quiet';
    case 'refused':
      // Whoever takes something back need not be told of it twice.
      return end.refusal.refusal === 'takenBack' ? 'quiet' : 'amber';
    case 'expired':
      return 'amber';
    case 'failed':
      return 'loud';
    case 'unknown':
      // Looked for and found: to be read, but no longer to be worried about; unless somebody is gone.
      return end.found === null || end.found.found === 'gone' ? 'loud' : 'amber';
  }
}

/** Keeps a frozen order: known ids where they were, the gone left out, the new at the end. */
export function keepOrder<T>(frozen: readonly Ref[], next: readonly T[], idOf: (item: T) => Ref): T[] {
  const byId = new Map(next.map((item) => [idOf(item), item]));
  const kept: T[] = [];
  for (const id of frozen) {
    const item = byId.get(id);
    if (item === undefined) continue;
    kept.push(item);
    byId.delete(id);
  }
  return [...kept, ...byId.values()];
}
