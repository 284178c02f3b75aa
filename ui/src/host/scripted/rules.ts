import { kindOf, keyOf, pbxOf, type Picture } from '../../store/board';
import { callOf, pbxFor } from '../../store/selectors';
import type { CallView } from '../../wire/CallView';
import type { ExtensionView } from '../../wire/ExtensionView';
import type { Intent } from '../../wire/Intent';
import type { LegView } from '../../wire/LegView';
import type { Offer } from '../../wire/Offer';
import type { Offers } from '../../wire/Offers';
import type { Party } from '../../wire/Party';
import type { Place } from '../../wire/Place';
import type { Preview } from '../../wire/Preview';
import type { Ref } from '../../wire/Ref';
import type { RefusedTarget } from '../../wire/RefusedTarget';
import type { Refusal } from '../../wire/Refusal';
import type { Verb } from '../../wire/Verb';
import type { Warning } from '../../wire/Warning';

/** What the real desk would offer, near enough for design work and the UI's own tests. The truth is in Rust. */
export function offersFor(picture: Picture, subject: Ref): Offers {
  const alive = pbxFor(picture, subject)?.status.status === 'live';
  const offers = offersOf(picture, subject);
  return alive ? offers : { ...offers, offers: offers.offers.map((offer) => ({ ...offer, refusal: { refusal: 'notLive' }, targets: [] })) };
}

function offersOf(picture: Picture, subject: Ref): Offers {
  if (kindOf(subject) === 'extension') return { subject, seen: null, offers: [originate(picture, subject)] };
  const call = picture.call.get(subject) ?? callOf(picture, subject);
  if (!call) return { subject, seen: null, offers: [empty('transfer', subject, { refusal: 'gone' })] };
  const leg = call.legs.find((each) => each.id === subject);
  const seen = { phase: call.phase, legs: call.legs.map((each) => each.id) };
  return { subject, seen, offers: leg ? legOffers(picture, call, leg) : callOffers(picture, call) };
}

function callOffers(picture: Picture, call: CallView): Offer[] {
  const me = pbxFor(picture, call.id)?.me ?? null;
  const movable = call.legs.filter((leg) => leg.state !== 'ringing');
  const others = movable.filter((leg) => leg.extension !== me);
  const order = call.phase === 'ringing' || others.length < movable.length ? others : movable;
  const transfers = order.map((leg) => transfer(picture, call, leg));
  return [...transfers, both(picture, call), hangUp(call.id, party(call.legs[0] ?? null, me))];
}

function legOffers(picture: Picture, call: CallView, leg: LegView): Offer[] {
  const me = pbxFor(picture, leg.id)?.me ?? null;
  return [transfer(picture, call, leg), both(picture, call, leg.id), hangUp(leg.id, party(leg, me))];
}

function transfer(picture: Picture, call: CallView, leg: LegView): Offer {
  const me = pbxFor(picture, leg.id)?.me ?? null;
  if (leg.state === 'ringing') return { ...empty('transfer', leg.id, { refusal: 'notMovable' }), party: party(leg, me) };
  return { verb: 'transfer', subject: leg.id, party: party(leg, me), ...targets(picture, call.id, call.legs), numbers: true, like: null, asks: 'target', refusal: null };
}

function both(picture: Picture, call: CallView, subject: Ref = call.id): Offer {
  const pair = call.phase === 'talking' && call.legs.length === 2;
  if (!pair) return empty('transferBoth', subject, { refusal: 'notAPair' });
  return { ...empty('transferBoth', subject, null), ...targets(picture, call.id, call.legs), numbers: true, asks: 'target' };
}

function hangUp(subject: Ref, who: Party): Offer {
  return { ...empty('hangUp', subject, null), party: who };
}

function originate(picture: Picture, subject: Ref): Offer {
  const person = picture.extension.get(subject);
  const who = { leg: null, name: person?.name ?? null, number: person?.number ?? null, me: person?.me ?? false };
  if (!person) return empty('originate', subject, { refusal: 'noPhone' });
  if (isOffline(person)) return { ...empty('originate', subject, { refusal: 'targetOffline' }), party: who };
  const offer = targets(picture, subject, [{ extension: subject }]);
  return { verb: 'originate', subject, party: who, ...offer, numbers: true, like: null, asks: 'target', refusal: null };
}

function targets(picture: Picture, subject: Ref, legs: readonly { extension: Ref | null }[]): Pick<Offer, 'targets' | 'refused'> {
  const refused: RefusedTarget[] = [];
  const legal: Ref[] = [];
  const here = (each: { id: Ref }) => pbxOf(each.id) === pbxOf(subject);
  for (const person of [...picture.extension.values()].filter(here)) {
    if (legs.some((leg) => leg.extension === person.id)) refused.push({ target: person.id, refusal: { refusal: 'samePerson' } });
    else if (isOffline(person)) refused.push({ target: person.id, refusal: { refusal: 'targetOffline' } });
    else legal.push(person.id);
  }
  for (const place of [...picture.queue.values(), ...picture.conference.values()].filter(here)) legal.push(place.id);
  return { targets: legal, refused };
}

function empty(verb: Verb, subject: Ref, refusal: Refusal | null): Offer {
  return { verb, subject, party: { leg: null, name: null, number: null, me: false }, targets: [], refused: [], numbers: false, like: null, asks: 'nothing', refusal };
}

function party(leg: LegView | null, me: Ref | null): Party {
  return { leg: leg?.id ?? null, name: leg?.name ?? null, number: leg?.number ?? null, me: leg !== null && leg.extension !== null && leg.extension === me };
}

export function previewOf(picture: Picture, intent: Intent): Preview {
  const me = pbxFor(picture, intent.subject)?.me ?? null;
  const blank: Preview = { verb: intent.verb, journeys: [], about: [], at: null, released: [], warnings: [], refusal: null };
  if (intent.verb === 'originate') return { ...blank, journeys: journeys([originate(picture, intent.subject).party], picture, intent.target) };
  const call = picture.call.get(intent.subject) ?? callOf(picture, intent.subject);
  if (!call) return { ...blank, refusal: { refusal: 'gone' } };
  const all = call.legs.map((leg) => party(leg, me));
  const subject = all.filter((each) => each.leg === intent.subject);
  switch (intent.verb) {
    case 'hangUp':
      return { ...blank, released: subject.length > 0 ? subject : all };
    case 'transferBoth':
      return { ...blank, journeys: apart(all, subject, picture, intent), warnings: [...warnings(picture, intent.target), ...warnings(picture, intent.second)] };
    case 'transfer':
      return { ...blank, journeys: journeys(subject, picture, intent.target), released: all.filter((each) => each.leg !== intent.subject), warnings: warnings(picture, intent.target) };
    default:
      return { ...blank, refusal: { refusal: 'notInThisState' } };
  }
}

function journeys(parties: Party[], picture: Picture, target: Ref | null | undefined): Preview['journeys'] {
  return target ? parties.map((each) => ({ who: each, to: placeOf(picture, target) })) : [];
}

/** The named one goes to the target, the other one to the second place, if there is one. */
function apart(all: Party[], named: Party[], picture: Picture, intent: Intent): Preview['journeys'] {
  const order = [...named, ...all.filter((each) => !named.includes(each))];
  return order.flatMap((each, i) => journeys([each], picture, i === 0 ? intent.target : (intent.second ?? intent.target)));
}

function placeOf(picture: Picture, target: Ref): Place {
  const person = picture.extension.get(target);
  if (person) return { target, name: person.name, number: person.number, state: person.state };
  const room = picture.conference.get(target);
  if (room) return { target, name: 'conference', number: room.number ?? room.name, state: null };
  const queue = picture.queue.get(target);
  return { target, name: queue ? `queue ${queue.name}` : null, number: queue ? (queue.number ?? '') : keyOf(target), state: null };
}

function isOffline(person: ExtensionView): boolean {
  return person.state === 'offline' || (person.registered === false && person.calls.length === 0);
}

function warnings(picture: Picture, target: Ref | null | undefined): Warning[] {
  if (!target) return [];
  if (kindOf(target) === 'number') return ['unverified'];
  const person = picture.extension.get(target);
  return [...(person ? doing(person) : []), ...(person?.dnd ? ['doNotDisturb' as const] : [])];
}

function doing(person: ExtensionView): Warning[] {
  switch (person.state) {
    case 'inUse':
    case 'busy':
    case 'held':
      return person.dnd && person.calls.length === 0 ? [] : ['targetBusy'];
    case 'ringing':
    case 'inUseRinging':
      return ['targetRinging'];
    case 'unknown':
      return ['targetUnknown'];
    case 'idle':
    case 'offline':
      return [];
  }
}
