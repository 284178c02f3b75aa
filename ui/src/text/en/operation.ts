import type { After } from '../../wire/After';
import type { Evidence } from '../../wire/Evidence';
import type { Failure } from '../../wire/Failure';
import type { Found } from '../../wire/Found';
import type { Journey } from '../../wire/Journey';
import type { OperationView } from '../../wire/OperationView';
import type { Outcome } from '../../wire/Outcome';
import type { Party } from '../../wire/Party';
import type { Preview } from '../../wire/Preview';
import type { Step } from '../../wire/Step';
import { clean, cleanOrNone } from '../clean';
import { wordless } from './never';
import { refusal } from './refusal';
import { place, who } from './piece';
import { verb } from './verb';

export { verb } from './verb';


export const step: Record<Step, string> = {
  waiting: 'not sent yet: it can still be taken back',
  checking: 'checking the number',
  asked: 'asking the PBX',
  accepted: 'the PBX has accepted, waiting to see it happen',
  firstPhoneRings: 'the first phone rings',
  ended: 'ended',
};

export const after: Record<After, string> = {
  ringing: 'rings there',
  answered: 'answered',
  notTaken: 'not taken: the caller went on in the dialplan',
  gaveUp: 'the caller gave up while it rang',
};

export const evidence: Record<Evidence, string> = {
  ringing: 'rings there',
  answered: 'answered',
  joined: 'joined',
  arrived: 'arrived',
  hungUp: 'hung up',
  parked: 'parked',
  together: 'they hear each other',
  told: 'the PBX shows that it is so',
  word: 'the PBX has accepted it; nothing tells more',
};

function quoted(words: string): string {
  const cleaned = cleanOrNone(words);
  return cleaned ? ` (${cleaned})` : '';
}

export function failure(why: Failure): string {
  switch (why.failure) {
    case 'busy':
      return 'busy, or the call was rejected';
    case 'noAnswer':
      return 'nobody answered';
    case 'unreachable':
      return 'cannot be reached';
    case 'lost':
      return `lost: the caller hung up on the way${quoted(why.cause)}`;
    case 'ownPhone':
      return `your own phone hung up on the way${quoted(why.cause)}; nobody else did`;
    case 'ended':
      return `the call had ended first${quoted(why.cause)}`;
    case 'firstPhone':
      return `the first phone did not answer${quoted(why.cause)}`;
    case 'pbx':
      return `the PBX refused: ${clean(why.message)}`;
    default:
      return wordless(why);
  }
}

/** What was found once the PBX was seen again, of an operation whose end nobody saw. */
export function found(what: Found): string {
  switch (what.found) {
    case 'happened':
      return `found afterwards: it happened, ${evidence[what.evidence]}`;
    case 'begun':
      return 'found afterwards: it had begun; look how it goes on';
    case 'didNotHappen':
      return 'found afterwards: it did not happen. Do it again if it is still meant';
    case 'gone':
      return what.restarted ? 'found afterwards: the PBX was started anew, which ended the call' : 'found afterwards: the call is gone, and nobody saw how';
    case 'nothingThere':
      return 'found afterwards: the call it was to make is not there';
    case 'restarted':
      return what.so ? 'found afterwards: the PBX was started anew, and shows that it is so' : 'found afterwards: the PBX was started anew, and it is not so now. Do it again if it is still meant';
    case 'cannotTell':
      return 'found afterwards: it cannot be told; look before you try again';
    default:
      return wordless(what);
  }
}

export function outcome(end: Outcome): string {
  switch (end.outcome) {
    case 'done':
      return evidence[end.evidence];
    case 'refused':
      return refusal(end.refusal);
    case 'failed':
      return failure(end.failure);
    case 'expired':
      return 'no sign that it happened; look before you try again';
    case 'unknown':
      return end.found === null ? 'unknown: the link or this program ended while it was under way. It is never sent twice; look before you try again' : found(end.found);
    default:
      return wordless(end);
  }
}

/** What an operation is about: `Anna Rossi → 204 Marco`, `Mute Anna Rossi`, `Add to a queue: Luca, 600 sales`. */
export function subject(operation: OperationView): string {
  const { preview } = operation;
  if (operation.verb === 'hangUp') return `${verb.hangUp} ${names(preview.released)}`.trim();
  const first = preview.journeys[0];
  if (first && ARROWS.has(operation.verb)) return journeys(preview.journeys, first);
  if (operation.verb === 'consult') return consult(preview);
  const about = names([preview.about, preview.journeys.map((journey) => journey.who), preview.released].find((parties) => parties.length > 0) ?? []);
  const whom = [about, preview.at ? place(preview.at) : ''].filter(Boolean).join(', ');
  return whom === '' ? verb[operation.verb] : `${verb[operation.verb]}: ${whom}`;
}

/** Who is asked, for whom. */
function consult(preview: Preview): string {
  const to = preview.journeys.find((journey) => journey.who.me)?.to ?? preview.at;
  const caller = preview.journeys.find((journey) => !journey.who.me)?.who ?? preview.about.find((party) => !party.me);
  return `Ask ${to ? place(to) : 'them'}${caller ? ` for ${who(caller)}` : ''}`;
}

/** Their whole story is who goes where. */
const ARROWS: ReadonlySet<string> = new Set(['transfer', 'transferBoth', 'originate', 'voicemail', 'join', 'invite']);

function journeys(all: readonly Journey[], first: Journey): string {
  if (all.some((journey) => journey.to.target !== first.to.target)) return all.map((journey) => `${who(journey.who)} → ${place(journey.to)}`).join(', ');
  return `${all.map((journey) => who(journey.who)).join(' + ')} → ${place(first.to)}`;
}

function names(parties: readonly Party[]): string {
  const all = [...new Set(parties.map(who))];
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

/** To these the place is only there for its music. */
const MUSIC: ReadonlySet<string> = new Set(['hold', 'camp']);

/** How far it has come, or how it ended and what became of it. */
export function standing(operation: OperationView): string {
  if (operation.after) return after[operation.after];
  if (operation.outcome?.outcome === 'done' && operation.outcome.evidence === 'arrived' && MUSIC.has(operation.verb)) return 'hears music';
  if (operation.verb === 'consult' && operation.outcome?.outcome === 'failed' && operation.outcome.failure.failure === 'ownPhone') return 'your own phone hung up: the caller hears music, and comes back to your phone';
  return operation.outcome ? outcome(operation.outcome) : step[operation.step];
}

/** Before anything was sent. */
export const takenBack = (operation: OperationView) => `${subject(operation)}: taken back, nothing was sent.`;
export const tooLate = 'Too late to take back: it has been sent.';
export const canBeTakenBack = (operation: OperationView, seconds: number, key: string) => `${subject(operation)} in ${seconds} seconds. ${key} takes it back.`;
