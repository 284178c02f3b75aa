import type { Party } from '../../wire/Party';
import type { Place } from '../../wire/Place';
import { cleanOrNone } from '../clean';

/** A piece of a sentence; people and places are strong, and isolated from the direction of the text around them. */
export interface Piece {
  text: string;
  strong: boolean;
}

export const plain = (text: string): Piece => ({ text, strong: false });
export const strong = (text: string): Piece => ({ text, strong: true });

export function who(party: Party): string {
  if (party.me) return 'you';
  return cleanOrNone(party.name) ?? cleanOrNone(party.number) ?? 'an unknown caller';
}

/** At the start of a sentence. A name keeps its own spelling. */
export function opening(party: Party): string {
  const named = !party.me && (cleanOrNone(party.name) ?? cleanOrNone(party.number)) !== null;
  return named ? who(party) : capital(who(party));
}

/** `Anna's`, `your`: whose phone or voicemail it is. */
export function whose(party: Party): string {
  return party.me ? 'your' : `${who(party)}'s`;
}

export function place(to: Place): string {
  const name = cleanOrNone(to.name);
  const number = cleanOrNone(to.number) ?? '';
  return name && name !== number ? `${number} ${name}`.trim() : number;
}

/** `Anna`, `Anna and you`, `Anna, Marco and you`; each of them strong. */
export function listing(parties: readonly Party[], first: (party: Party) => string = who): Piece[] {
  return parties.flatMap((party, i) => [
    ...(i === 0 ? [] : [plain(i === parties.length - 1 ? ' and ' : ', ')]),
    strong(i === 0 ? first(party) : who(party)),
  ]);
}

/** The one verb for `you` or for several, the other for one. */
export function agree(parties: readonly Party[], many: string, one: string): string {
  return parties.length > 1 || parties[0]?.me === true ? many : one;
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}
