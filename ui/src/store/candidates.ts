import { cleanOrNone } from '../text/clean';
import { chrome } from '../text/en';
import type { CallView } from '../wire/CallView';
import type { LegView } from '../wire/LegView';
import type { Ref } from '../wire/Ref';
import type { Seen } from '../wire/Seen';
import { keyOf, kindOf, type Picture } from './board';
import type { Named } from './fuzzy';
import { seenIn } from './seen';

/** Something that can be named: a person, a place, a call or one of its legs, a typed number. */
export interface Candidate extends Named {
  id: Ref;
  kind: string;
  /** What it is called on screen; a number where it has no name. */
  name: string;
  number: string | null;
  /** Of a leg: who else is on the call. */
  beside: string | null;
  /** Of a call or a leg: who was in the call when it was named. */
  seen: Seen | null;
}

/** A view that did not change is the same object, and so is its candidate. */
const made = new WeakMap<object, Candidate>();

/** As it can be found; nothing where it is not on the board. */
export function candidate(picture: Picture, id: Ref): Candidate | null {
  const kind = kindOf(id);
  switch (kind) {
    case 'extension':
      return once(picture.extension.get(id), (view) => plain(id, kind, view.name, [view.number]));
    case 'queue':
      return once(picture.queue.get(id), (view) => plain(id, kind, view.name, view.number === null ? [] : [view.number]));
    case 'conference':
      return once(picture.conference.get(id), (view) => plain(id, kind, view.name, view.number === null ? [] : [view.number]));
    case 'call':
      return once(picture.call.get(id), (call) => ofCall(picture, call));
    case 'leg':
      return ofLegs(picture).get(id) ?? null;
    case 'number':
      return plain(id, kind, null, [keyOf(id)]);
    default:
      return null;
  }
}

/** Every leg of every call, by its id. */
export function ofLegs(picture: Picture): ReadonlyMap<Ref, Candidate> {
  const known = legs.get(picture.call) ?? new Map([...picture.call.values()].flatMap((call) => call.legs.map((leg) => [leg.id, ofLeg(call, leg)] as const)));
  legs.set(picture.call, known);
  return known;
}

const legs = new WeakMap<Picture['call'], ReadonlyMap<Ref, Candidate>>();

function once<T extends object>(view: T | undefined, make: (view: T) => Candidate): Candidate | null {
  if (view === undefined) return null;
  const known = made.get(view) ?? make(view);
  made.set(view, known);
  return known;
}

function plain(id: Ref, kind: string, name: string | null, numbers: string[]): Candidate {
  const shown = cleanOrNone(name);
  const number = cleanOrNone(numbers[0]) ?? null;
  return { id, kind, name: shown ?? number ?? '', number: shown === number ? null : number, beside: null, seen: null, names: shown === null ? [] : [shown], numbers };
}

/** I am on my own calls anyway: they are called by the others. */
function ofCall(picture: Picture, call: CallView): Candidate {
  const mine = (leg: LegView) => leg.extension !== null && picture.extension.get(leg.extension)?.me === true;
  const others = call.legs.filter((leg) => !mine(leg));
  const shown = others.length > 0 ? others : call.legs;
  const names = shown.map(legName);
  const numbers = shown.flatMap((leg) => (leg.number === null ? [] : [leg.number]));
  return { id: call.id, kind: 'call', name: names.join(' – '), number: null, beside: null, seen: seenIn(call), names, numbers };
}

function ofLeg(call: CallView, leg: LegView): Candidate {
  const others = call.legs.filter((other) => other !== leg).map(legName);
  const numbers = leg.number === null ? [] : [leg.number];
  return { ...plain(leg.id, 'leg', leg.name, numbers), name: legName(leg), beside: others.length === 0 ? null : others.join(', '), seen: seenIn(call) };
}

function legName(leg: LegView): string {
  return cleanOrNone(leg.name) ?? cleanOrNone(leg.number) ?? chrome.noName;
}
