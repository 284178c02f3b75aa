import { persons, states } from '../../text/en';
import type { ExtensionView } from '../../wire/ExtensionView';

const AWAY: ReadonlySet<string> = new Set(['away', 'extendedAway', 'unavailable']);

/** What they say of themselves, where the phone alone would let them seem to be there. Of a person whose PBX is live. */
export function presenceOf(person: ExtensionView): string | null {
  const { state, dnd, presence } = person;
  return state === 'idle' && !dnd && presence !== null && AWAY.has(presence.state) ? persons.presence[presence.state] : null;
}

/** What somebody does, where there is one line for it: nobody is called idle who turns calls away, has no phone or is not there. */
export function doingOf(person: ExtensionView, live: boolean): string {
  if (!live) return states.extension.unknown;
  if (person.dnd && person.state === 'idle') return persons.dndShort;
  const idle = person.state === 'idle';
  const but = idle && person.registered === false ? persons.noPhoneShort : presenceOf(person);
  return but === null ? states.extension[person.state] : `${states.extension[person.state]} · ${but}`;
}

/** Their phone would ring, and they would be there to answer it. */
export function isFree(person: ExtensionView): boolean {
  return person.state === 'idle' && !person.dnd && person.registered !== false && presenceOf(person) === null;
}
