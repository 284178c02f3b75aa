import { keyOf, pbxOf, type Picture } from '../../store/board';
import { callOf, pbxFor } from '../../store/selectors';
import type { CallView } from '../../wire/CallView';
import type { ExtensionView } from '../../wire/ExtensionView';
import type { LegView } from '../../wire/LegView';
import type { Party } from '../../wire/Party';
import type { Place } from '../../wire/Place';
import type { Ref } from '../../wire/Ref';

/** A number with music, which this house has. */
export const MUSIC = '700';

export const NOBODY: Party = { leg: null, name: null, number: null, me: false };

export function meOf(picture: Picture, id: Ref): Ref | null {
  return pbxFor(picture, id)?.me ?? null;
}

export function party(picture: Picture, leg: LegView | null | undefined): Party {
  if (!leg) return NOBODY;
  return { leg: leg.id, name: leg.name, number: leg.number, me: leg.extension !== null && leg.extension === meOf(picture, leg.id) };
}

export function personParty(person: ExtensionView | undefined): Party {
  return person ? { leg: null, name: person.name, number: person.number, me: person.me } : NOBODY;
}

export function isOffline(person: ExtensionView): boolean {
  return person.state === 'offline' || (person.registered === false && person.calls.length === 0);
}

/** A call, and the leg of it that was named. */
export function found(picture: Picture, subject: Ref): { call: CallView; named: LegView | null } | null {
  const call = picture.call.get(subject) ?? callOf(picture, subject);
  return call ? { call, named: call.legs.find((leg) => leg.id === subject) ?? null } : null;
}

export function mine(picture: Picture, call: CallView): LegView | null {
  const me = meOf(picture, call.id);
  return call.legs.find((leg) => leg.extension !== null && leg.extension === me) ?? null;
}

/** Who could be meant by a move, the likeliest first. */
export function movers(picture: Picture, call: CallView, named: LegView | null): LegView[] {
  if (named) return [named.state === 'ringing' ? (call.legs.find((leg) => leg.state === 'calling' || leg.state === 'queued') ?? named) : named];
  const legs = call.legs.filter((leg) => leg.state !== 'ringing');
  const me = meOf(picture, call.id);
  const others = legs.length === 2 ? legs.filter((leg) => leg.extension === null || leg.extension !== me) : legs;
  return [...others].sort((a, b) => Number(a.trunk === null) - Number(b.trunk === null));
}

/** The one of a call who is meant by connecting it: of my call the other party, of a colleague's the one from outside. */
export function outer(picture: Picture, call: CallView, named: LegView | null): LegView | undefined {
  const [first, second, third] = movers(picture, call, named);
  if (!second) return first;
  return third === undefined && first !== undefined && first.trunk !== null && second.trunk === null ? first : undefined;
}

export function placeOf(picture: Picture, target: Ref): Place {
  const person = picture.extension.get(target);
  if (person) return { target, name: person.name, number: person.number, state: person.state };
  const room = picture.conference.get(target);
  if (room) return { target, name: 'conference', number: room.number ?? room.name, state: null };
  const queue = picture.queue.get(target);
  return { target, name: queue ? `queue ${queue.name}` : null, number: queue ? (queue.number ?? '') : keyOf(target), state: null };
}

export function music(about: Ref): Place {
  return { target: `number:${pbxOf(about)}:${MUSIC}`, name: 'music', number: MUSIC, state: null };
}

/** A room nobody is in. */
export function emptyRoom(picture: Picture, about: Ref): Ref | null {
  return [...picture.conference.values()].find((room) => pbxOf(room.id) === pbxOf(about) && room.members.length === 0)?.id ?? null;
}
