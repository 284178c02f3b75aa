import { kindOf } from '../store/board';
import type { Seat } from '../store/seat.svelte';
import type { Offer } from '../wire/Offer';
import type { Offers } from '../wire/Offers';
import { extraOf } from './verbs';

/** How an offer is taken up by a button or a menu. */
export type Taking =
  /** At once. */
  | 'act'
  /** Something is typed first. */
  | 'form'
  /** It goes into the hand, and then to a target. */
  | 'hand';

export function takingOf(offer: Offer): Taking {
  switch (offer.asks) {
    case 'digits':
    case 'seconds':
    case 'value':
    case 'targetAndValue':
      return 'form';
    case 'target':
      return onlyQueues(offer) ? 'form' : 'hand';
    case 'nothing':
      return extraOf(offer.verb) === 'label' ? 'form' : 'act';
  }
}

/** Of the few queues there are one is chosen from a list, beside whatever else is said. */
export function onlyQueues(offer: Offer): boolean {
  return offer.targets.length > 0 && offer.targets.every((target) => kindOf(target) === 'queue');
}

/** Offered for each who could be meant: whoever is named on the button goes into the hand, not the whole call. */
function isOneOf(offer: Offer, offers: Offers): boolean {
  return offer.verb === 'transfer' || offers.offers.filter((each) => each.verb === offer.verb).length > 1;
}

/** Takes an offer up. `form`: where what has to be typed is shown. */
export function take(seat: Seat, offers: Offers, offer: Offer, form: (offer: Offer) => void, urgent = false): void {
  if (offer.refusal !== null) {
    seat.refuse(offer.refusal);
    return;
  }
  switch (takingOf(offer)) {
    case 'act':
      void seat.perform(offer, null, offers.seen, urgent ? { grace: 0 } : {});
      break;
    case 'form':
      form(offer);
      break;
    case 'hand':
      void seat.pickFor(offer.verb, isOneOf(offer, offers) ? offer.subject : offers.subject);
      break;
  }
}
