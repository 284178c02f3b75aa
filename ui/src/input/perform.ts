import { kindOf } from '../store/board';
import { MOVED, type Seat } from '../store/seat.svelte';
import { calls } from '../store/selectors';
import { chrome, command as words, operation } from '../text/en';
import type { Offer } from '../wire/Offer';
import type { Offers } from '../wire/Offers';
import type { Ref } from '../wire/Ref';
import type { Verb } from '../wire/Verb';

/** What a key or a word without a name is about: what is selected, else my only call. */
export function subjectOf(seat: Seat): Ref | null {
  const { selected } = seat;
  if (selected !== null && (MOVED.has(kindOf(selected)) || kindOf(selected) === 'conference')) return seat.offerSubject(selected);
  const mine = calls(seat.board.picture, seat.links.mine).mine;
  return mine.length === 1 ? (mine[0]?.id ?? null) : null;
}

/** The first of these verbs that is offered for a subject. */
export function offerOf(offers: Offers, verbs: readonly Verb[]): Offer | null {
  const all = verbs.flatMap((verb) => offers.offers.filter((offer) => offer.verb === verb));
  return all.find((offer) => offer.refusal === null) ?? all[0] ?? null;
}

/** Where a verb could mean several: asks which of them. */
export type AskWhom = (subject: Ref, verbs: readonly Verb[]) => void;

/** Carries out what a verb without a target does to the subject, or says why not. */
export async function performVerb(seat: Seat, verbs: readonly [Verb, ...Verb[]], subject: Ref | null = subjectOf(seat), ask: AskWhom | null = null): Promise<void> {
  if (subject === null) {
    seat.messages.tell(chrome.hints.selectCall, 'amber');
    return;
  }
  const offers = await seat.host.offers(subject);
  const offer = offerOf(offers, verbs);
  if (!seat.liveOf(subject)) seat.refuse({ refusal: 'notLive' });
  else if (offer === null) seat.messages.tell(words.problems.notHere(operation.verb[verbs[0]]), 'amber');
  else if (offer.refusal !== null) seat.refuse(offer.refusal);
  else if (ask !== null && couldBeOthers(offers, verbs, offer)) ask(subject, verbs);
  else await seat.wish({ id: crypto.randomUUID(), verb: offer.verb, subject: offer.subject, target: null, second: null, seen: offers.seen, confirmed: false });
}

/** Unless it is me, whoever is meant has to be said where there are several. */
function couldBeOthers(offers: Offers, verbs: readonly Verb[], offer: Offer): boolean {
  return !offer.party.me && offers.offers.some((other) => verbs.includes(other.verb) && other.refusal === null && other.subject !== offer.subject);
}

/** Whether one of these verbs can be carried out now. */
export async function offered(seat: Seat, verbs: readonly Verb[], subject: Ref | null = subjectOf(seat)): Promise<boolean> {
  if (subject === null) return false;
  return offerOf(await seat.host.offers(subject), verbs)?.refusal === null;
}
