import { kindOf, pbxOf } from '../store/board';
import type { Offer } from '../wire/Offer';
import type { Ref } from '../wire/Ref';
import type { Refusal } from '../wire/Refusal';
import type { Verb } from '../wire/Verb';
import { placeOfVerb, SHELVES } from './places';

/** One offer of what is held, with its targets looked up. */
export interface Way {
  /** The same offer after the board was asked again. */
  key: string;
  offer: Offer;
  legal: ReadonlySet<Ref>;
  refused: ReadonlyMap<Ref, Refusal>;
}

/** What letting go does by itself. Anything else has to be chosen: it would surprise. */
const BARE: ReadonlySet<Verb> = new Set<Verb>(['transfer', 'originate', 'connect', 'join', 'invite', 'queueAdd', 'take', 'park', 'hold']);

/** The offers that can be carried out by letting go somewhere, in the desk's order. */
export function waysOf(offers: readonly Offer[]): Way[] {
  const read = new Map<Offer, Pick<Way, 'legal' | 'refused'>>();
  const targets = (offer: Offer) => {
    const source = sourceOf(offer, offers);
    const known = read.get(source) ?? { legal: new Set(source.targets), refused: new Map(source.refused.map((each) => [each.target, each.refusal])) };
    read.set(source, known);
    return known;
  };
  const dropped = offers.filter((offer) => offer.asks === 'target' || placeOfVerb(offer.verb) !== null);
  return dropped.map((offer) => ({ key: `${offer.verb} ${offer.subject}`, offer, ...targets(offer) }));
}

/** An offer whose targets are listed at another one's: of the same subject, if there is one. */
function sourceOf(offer: Offer, offers: readonly Offer[]): Offer {
  if (offer.like === null) return offer;
  const alike = offers.filter((each) => each.verb === offer.like);
  return alike.find((each) => each.subject === offer.subject) ?? alike[0] ?? offer;
}

export function isOpen(way: Way): boolean {
  return way.offer.refusal === null;
}

/** Whoever lets a person go on a queue means that they serve it, not that it should be dialled. */
function isBare(way: Way, target: Ref): boolean {
  return BARE.has(way.offer.verb) && !(way.offer.verb === 'originate' && kindOf(target) === 'queue');
}

/** Whether the desk would carry it out there. Somebody or some number let go on my calls is called by me, as on my own tile. */
export function allows(way: Way, target: Ref, isMe: (id: Ref) => boolean): boolean {
  if (!isOpen(way)) return false;
  if (way.offer.verb === 'originate' && target === SHELVES.mine) return calledBy(way.offer, target, isMe) !== null;
  const place = placeOfVerb(way.offer.verb);
  if (place !== null) return target === place || (place === SHELVES.mine && isMe(target) && pbxOf(target) === pbxOf(way.offer.subject));
  return way.legal.has(target) || (way.offer.numbers && kindOf(target) === 'number');
}

/** Who of mine calls whoever is let go there: on my own tile, or on my calls. */
export function calledBy(offer: Offer, target: Ref, isMe: (id: Ref) => boolean): Ref | null {
  if (target === SHELVES.mine) return offer.targets.find(isMe) ?? null;
  return isMe(target) ? target : null;
}

/** The way a bare drop takes: on my own tile a caller is taken, not transferred; elsewhere the first in the desk's order. Who asks first consults where that is offered. `cutsOff`: connecting the two would release somebody else than me, which nobody means by a bare drop: they meet. */
export function bareWay(ways: readonly Way[], target: Ref, asksFirst = false, cutsOff = false): Way | null {
  const bare = ways.filter((way) => isBare(way, target) && !(cutsOff && way.offer.verb === 'connect'));
  const usual = bare.find((way) => placeOfVerb(way.offer.verb) !== null) ?? bare[0] ?? null;
  const consult = asksFirst && usual?.offer.verb === 'transfer' ? ways.find((way) => way.offer.verb === 'consult') : undefined;
  return consult ?? usual;
}
