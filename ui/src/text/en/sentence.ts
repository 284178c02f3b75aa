import type { Journey } from '../../wire/Journey';
import type { Party } from '../../wire/Party';
import type { Place } from '../../wire/Place';
import type { Preview } from '../../wire/Preview';
import type { Warning } from '../../wire/Warning';
import { cleanOrNone } from '../clean';
import { wordless } from './never';
import { refusal } from './refusal';
import { extension } from './state';

/** A piece of a sentence; people and places are strong, and isolated from the direction of the text around them. */
export interface Piece {
  text: string;
  strong: boolean;
}

const plain = (text: string): Piece => ({ text, strong: false });
const strong = (text: string): Piece => ({ text, strong: true });

export function who(party: Party): string {
  if (party.me) return 'you';
  return cleanOrNone(party.name) ?? cleanOrNone(party.number) ?? 'an unknown caller';
}

/** At the start of a sentence. A name keeps its own spelling. */
function opening(party: Party): string {
  const named = !party.me && (cleanOrNone(party.name) ?? cleanOrNone(party.number)) !== null;
  return named ? who(party) : capital(who(party));
}

export function place(to: Place): string {
  const name = cleanOrNone(to.name);
  const number = cleanOrNone(to.number) ?? '';
  return name && name !== number ? `${number} ${name}`.trim() : number;
}

export function warning(what: Warning): string {
  switch (what) {
    case 'targetBusy':
      return 'On a call now.';
    case 'targetRinging':
      return 'That phone rings already.';
    case 'doNotDisturb':
      return 'Do not disturb is on: the call may be turned away.';
    case 'targetUnknown':
      return 'Whether they are free is not known.';
    case 'unverified':
      return 'The number is checked when you let go.';
    default:
      return wordless(what);
  }
}

/** Who goes where and who is released, before it is done. */
export function sentence(preview: Preview): Piece[] {
  if (preview.refusal) return [plain(refusal(preview.refusal))];
  const pieces = [...deed(preview), ...released(preview)];
  for (const each of new Set(preview.warnings)) pieces.push(plain(` ${warning(each)}`));
  return pieces;
}

/** After the first of both has a place. */
export function nowFor(other: Party | null): string {
  return `Now choose where ${other === null ? 'the other one goes' : other.me ? 'you go' : `${who(other)} goes`}.`;
}

/** The same as one line of text, for a screen reader. */
export function spokenSentence(preview: Preview): string {
  return sentence(preview).map((piece) => piece.text).join('');
}

function deed(preview: Preview): Piece[] {
  switch (preview.verb) {
    case 'transfer':
    case 'transferBoth':
      return preview.journeys.flatMap((journey, i) => [...(i > 0 ? [plain(' ')] : []), ...goes(journey, turnedAway(preview))]);
    case 'originate':
      return preview.journeys.flatMap((journey) => rings(journey, turnedAway(preview)));
    case 'hangUp':
      return [];
    default:
      return [plain(wordless(preview.verb))];
  }
}

/** Do not disturb and nothing else: then "idle" would invite, and "busy" is only how some PBXs keep it. */
function turnedAway(preview: Preview): boolean {
  return preview.warnings.length > 0 && preview.warnings.every((each) => each === 'doNotDisturb');
}

function goes(journey: Journey, away: boolean): Piece[] {
  const verb = journey.who.me ? ' go to ' : ' goes to ';
  return [strong(opening(journey.who)), plain(verb), ...where(journey.to, away), plain('.')];
}

function rings(journey: Journey, away: boolean): Piece[] {
  const first = journey.who.me ? 'Your phone' : (cleanOrNone(journey.who.name) ?? cleanOrNone(journey.who.number) ?? 'The phone');
  return [strong(first), plain(' rings first, then '), ...where(journey.to, away), plain(' is called.')];
}

function where(to: Place, away: boolean): Piece[] {
  const state = to.state === null || away ? [] : [plain(`, ${extension[to.state]}`)];
  return [strong(place(to)), ...state];
}

function released(preview: Preview): Piece[] {
  const gone = preview.released;
  if (gone.length === 0) return [];
  const lead = preview.journeys.length > 0 ? [plain(' ')] : [];
  const names = gone.map((party, i) => (i === 0 ? opening(party) : who(party)));
  const listed = names.flatMap((name, i) => [...(i > 0 ? [plain(i === names.length - 1 ? ' and ' : ', ')] : []), strong(name)]);
  return [...lead, ...listed, plain(releasedVerb(preview, gone))];
}

function releasedVerb(preview: Preview, gone: Party[]): string {
  const plural = gone.length > 1 || gone[0]?.me === true;
  if (preview.verb === 'hangUp') return plural ? ' are hung up.' : ' is hung up.';
  return plural ? ' are released.' : ' is released.';
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}
