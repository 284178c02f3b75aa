import { kindOf } from '../store/board';
import type { Offer } from '../wire/Offer';
import type { Verb } from '../wire/Verb';
import { keyOfCommand, KEYS, type Command } from './keys';

/** Offers that belong together, in the order in which a menu lists them. */
export const GROUPS = ['consult', 'move', 'wait', 'join', 'phone', 'record', 'supervise', 'queue', 'end'] as const;
export type Group = (typeof GROUPS)[number];

/** What is asked in words beside what an offer asks for: none of it has to be filled in. */
export type Extra = 'label' | 'reason';

interface Facts {
  group: Group;
  /** Ends somebody's call: stands apart. */
  ends?: true;
  extra?: Extra;
}

const FACTS: Record<Verb, Facts> = {
  transfer: { group: 'move' },
  consult: { group: 'move' },
  voicemail: { group: 'move' },
  transferBoth: { group: 'move' },
  take: { group: 'move' },
  next: { group: 'queue' },
  originate: { group: 'move' },
  complete: { group: 'consult' },
  swap: { group: 'consult' },
  goBack: { group: 'consult' },
  park: { group: 'wait', extra: 'label' },
  hold: { group: 'wait', extra: 'label' },
  camp: { group: 'wait' },
  connect: { group: 'join' },
  join: { group: 'join' },
  invite: { group: 'join' },
  lock: { group: 'join' },
  unlock: { group: 'join' },
  mute: { group: 'join' },
  unmute: { group: 'join' },
  answer: { group: 'phone' },
  phoneHold: { group: 'phone' },
  phoneResume: { group: 'phone' },
  sendDigits: { group: 'phone' },
  limitTime: { group: 'phone' },
  askMailbox: { group: 'phone' },
  record: { group: 'record' },
  pauseRecording: { group: 'record' },
  resumeRecording: { group: 'record' },
  stopRecording: { group: 'record' },
  listen: { group: 'supervise' },
  whisper: { group: 'supervise' },
  barge: { group: 'supervise' },
  queueAdd: { group: 'queue' },
  queuePause: { group: 'queue', extra: 'reason' },
  queueUnpause: { group: 'queue' },
  setPenalty: { group: 'queue' },
  queueRemove: { group: 'queue' },
  setPriority: { group: 'queue' },
  withdraw: { group: 'queue', ends: true },
  kick: { group: 'end', ends: true },
  hangUp: { group: 'end', ends: true },
};

export function groupOf(verb: Verb): Group {
  return FACTS[verb].group;
}

export function endsACall(verb: Verb): boolean {
  return FACTS[verb].ends === true;
}

export function extraOf(verb: Verb): Extra | null {
  return FACTS[verb].extra ?? null;
}

/** Verbs whose key has a name of its own; every other key is named after its verb. */
const COMMANDS: Partial<Record<Verb, Command>> = { transferBoth: 'both', originate: 'dial', unmute: 'mute', stopRecording: 'record', answer: 'take' };

/** The key of an offer: a queue's own next caller has none, for the key takes the next of all queues. */
export function keyOfOffer(offer: Offer): string {
  return offer.verb === 'next' && kindOf(offer.subject) === 'queue' ? '' : keyOfVerb(offer.verb);
}

/** The key of a verb, for the badge on its button; nothing where it has none. */
export function keyOfVerb(verb: Verb): string {
  const command = COMMANDS[verb] ?? KEYS.find((binding) => binding.command === verb)?.command;
  return command === undefined ? '' : keyOfCommand(command);
}

/** An offer that goes somewhere: it is chosen by a drop, a click or a key on the target. */
export function goesSomewhere(offer: Offer): boolean {
  return offer.asks === 'target' || offer.asks === 'targetAndValue';
}

/** A caller who is on my phone already need not be told that they cannot be taken. */
export function isWorthShowing(offer: Offer): boolean {
  return !(offer.verb === 'take' && offer.refusal?.refusal === 'samePerson');
}

const ORDER = Object.keys(FACTS);

/** The offers by group, empty groups left out; several of one verb stay in the desk's order. */
export function grouped(offers: readonly Offer[]): { group: Group; offers: Offer[] }[] {
  const sorted = [...offers].sort((a, b) => ORDER.indexOf(a.verb) - ORDER.indexOf(b.verb));
  const all = GROUPS.map((group) => ({ group, offers: sorted.filter((offer) => groupOf(offer.verb) === group) }));
  return all.filter((each) => each.offers.length > 0);
}

/** Why a verb is not offered at all, where that can be told. */
export const MISSING: Partial<Record<Verb, 'nobodyWaits' | 'noConsultation'>> = { swap: 'noConsultation', complete: 'noConsultation', goBack: 'noConsultation', next: 'nobodyWaits' };
