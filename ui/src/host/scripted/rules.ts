import { kindOf, pbxOf, type Picture } from '../../store/board';
import { pbxFor, waiting } from '../../store/selectors';
import type { ExtensionView } from '../../wire/ExtensionView';
import type { Intent } from '../../wire/Intent';
import type { Offers } from '../../wire/Offers';
import type { Party } from '../../wire/Party';
import type { Preview } from '../../wire/Preview';
import type { Ref } from '../../wire/Ref';
import type { Warning } from '../../wire/Warning';
import { act, callOffers, numberOffers, personOffers, placeOffers } from './offers';
import { emptyRoom, found, meOf, mine, movers, music, NOBODY, outer, party, personParty, placeOf } from './parties';

/** What the real desk would offer, near enough for design work and the UI's own tests. The truth is in Rust. */
export function offersFor(picture: Picture, subject: Ref): Offers {
  const alive = pbxFor(picture, subject)?.status.status === 'live';
  const offers = offersOf(picture, subject);
  return alive ? offers : { ...offers, offers: offers.offers.map((offer) => ({ ...offer, refusal: { refusal: 'notLive' }, targets: [] })) };
}

function offersOf(picture: Picture, subject: Ref): Offers {
  const none = { subject, seen: null };
  if (kindOf(subject) === 'extension') return { ...none, offers: personOffers(picture, subject) };
  if (kindOf(subject) === 'number') return { ...none, offers: numberOffers(picture, subject) };
  if (kindOf(subject) === 'queue' || kindOf(subject) === 'conference') return { ...none, offers: placeOffers(picture, subject) };
  const there = found(picture, subject);
  if (!there) return { ...none, offers: [act('transfer', subject, NOBODY, { refusal: 'gone' })] };
  const { call, named } = there;
  return { subject, seen: { phase: call.phase, legs: call.legs.map((each) => each.id) }, offers: callOffers(picture, call, named) };
}

export function previewOf(picture: Picture, intent: Intent): Preview {
  const blank: Preview = { verb: intent.verb, journeys: [], about: [], at: null, released: [], warnings: [], refusal: null };
  switch (kindOf(intent.subject)) {
    case 'extension':
      return { ...blank, ...ofPerson(picture, intent) };
    case 'queue':
      return { ...blank, ...next(picture, intent.subject) };
    case 'conference':
      return { ...blank, ...(intent.verb === 'hangUp' ? { released: seats(picture, intent.subject) } : { at: placeOf(picture, intent.subject) }) };
    default:
      return { ...blank, ...ofCall(picture, intent) };
  }
}

type Told = Partial<Preview>;

function ofPerson(picture: Picture, intent: Intent): Told {
  const who = personParty(picture.extension.get(intent.subject));
  if (intent.verb === 'next') return next(picture, intent.subject);
  if (intent.verb === 'originate') return { journeys: journeys([who], picture, intent.target), warnings: warnings(picture, intent.target) };
  if (intent.verb === 'invite') return { journeys: journeys([...everybody(picture, intent.target), who], picture, roomFor(picture, intent.target)) };
  return { about: [who], at: intent.target ? placeOf(picture, intent.target) : null };
}

function ofCall(picture: Picture, intent: Intent): Told {
  const there = found(picture, intent.subject);
  if (!there) return { refusal: { refusal: 'gone' } };
  const { call, named } = there;
  const all = call.legs.map((leg) => party(picture, leg));
  const mover = movers(picture, call, named)[0];
  const who = party(picture, mover);
  const released = releasedBy(all, who, call.legs.length);
  const me = party(picture, mine(picture, call));
  switch (intent.verb) {
    case 'hangUp':
      return { released: named ? [party(picture, named)] : all };
    case 'transferBoth':
      return { journeys: apart(all, named ? [party(picture, named)] : [], picture, intent), warnings: [...warnings(picture, intent.target), ...warnings(picture, intent.second)] };
    case 'transfer':
      return { journeys: journeys([who], picture, intent.target), released, warnings: warnings(picture, intent.target) };
    case 'voicemail': {
      const to = intent.target ? placeOf(picture, intent.target) : null;
      const told = intent.target && picture.extension.get(intent.target)?.mailbox;
      return { journeys: to ? [{ who, to: { ...to, number: `*${to.number}`, state: null } }] : [], released, warnings: told ? [] : ['mailboxUnknown'] };
    }
    case 'consult':
      return { journeys: [{ who, to: music(call.id) }, ...journeys([me], picture, intent.target)], warnings: warnings(picture, intent.target) };
    case 'hold':
      return { journeys: [{ who, to: music(call.id) }], released };
    case 'camp':
      return { journeys: [{ who, to: music(call.id) }], at: intent.target ? placeOf(picture, intent.target) : null, released };
    case 'take':
      return { journeys: journeys([who], picture, meOf(picture, call.id)), released };
    case 'park':
      return { about: [who], released };
    case 'connect': {
      const other = intent.target ? found(picture, intent.target) : null;
      const with_ = other ? outer(picture, other.call, other.named) : undefined;
      if (other && !with_) return { refusal: { refusal: 'whichLeg' } };
      const gone = other ? other.call.legs.filter((leg) => leg !== with_).map((leg) => party(picture, leg)) : [];
      return { about: [who, party(picture, with_)], released: [...released, ...gone.filter((each) => !released.some((known) => known.me && each.me))] };
    }
    case 'join':
      return { journeys: journeys([...all, ...everybody(picture, intent.target)], picture, roomFor(picture, intent.target)) };
    case 'swap':
    case 'complete':
    case 'goBack':
      return consultation(picture, intent);
    case 'listen':
    case 'whisper':
    case 'barge':
      return { about: [personParty(picture.extension.get(meOf(picture, call.id) ?? '')), party(picture, named ?? mover)], warnings: ['supervised'] };
    case 'mute':
    case 'unmute':
    case 'sendDigits':
    case 'limitTime':
      return { about: [party(picture, named ?? mover)], warnings: call.phase === 'conference' ? [] : ['noProof'] };
    default:
      return { about: [party(picture, named ?? mover)] };
  }
}

/** Whose call ends when one of two goes; of three the rest go on. */
function releasedBy(all: Party[], who: Party, legs: number): Party[] {
  return legs > 2 ? [] : all.filter((each) => each.leg !== who.leg);
}

function consultation(picture: Picture, { verb, subject }: Intent): Told {
  const view = [...picture.consultation.values()].find((each) => each.caller.leg === subject);
  if (!view) return { refusal: { refusal: 'noConsultation' } };
  const target = party(picture, view.target === null ? null : found(picture, view.target)?.named);
  const asked = target.leg === null ? { ...NOBODY, name: view.to.name, number: view.to.number } : target;
  const [talks, waits] = view.stage === 'back' ? [view.caller, asked] : [asked, view.caller];
  if (verb === 'swap') return { journeys: [{ who: talks, to: music(subject) }, { who: view.mine, to: music(subject) }], about: [waits, view.mine] };
  if (verb === 'complete') return view.stage === 'calling' ? { journeys: [{ who: view.caller, to: view.to }], released: [view.mine] } : { about: [view.caller, asked], released: [view.mine] };
  return { about: [view.caller, view.mine], released: view.target === null ? [] : [asked] };
}

function next(picture: Picture, subject: Ref): Told {
  const first = waiting(picture).find((caller) => (kindOf(subject) === 'queue' ? caller.queue.id === subject : pbxOf(caller.leg) === pbxOf(subject)));
  if (!first) return { refusal: { refusal: 'nobodyWaits' } };
  return { journeys: journeys([{ leg: first.leg, name: first.name, number: first.number, me: false }], picture, meOf(picture, subject)) };
}

function seats(picture: Picture, room: Ref): Party[] {
  return (picture.conference.get(room)?.members ?? []).map((each) => party(picture, found(picture, each.leg)?.named));
}

/** Who of a call comes along into a room; of a conference nobody has to. */
function everybody(picture: Picture, target: Ref | null | undefined): Party[] {
  const call = target ? found(picture, target)?.call : null;
  return call && call.phase !== 'conference' ? call.legs.map((leg) => party(picture, leg)) : [];
}

function roomFor(picture: Picture, target: Ref | null | undefined): Ref | null {
  const call = target ? found(picture, target)?.call : null;
  const there = [...picture.conference.values()].find((room) => call?.legs.some((leg) => room.members.some((each) => each.leg === leg.id)));
  return there?.id ?? (target ? emptyRoom(picture, target) : null);
}

function journeys(parties: Party[], picture: Picture, target: Ref | null | undefined): Preview['journeys'] {
  return target ? parties.map((each) => ({ who: each, to: placeOf(picture, target) })) : [];
}

/** The named one goes to the target, the other one to the second place, if there is one. */
function apart(all: Party[], named: Party[], picture: Picture, intent: Intent): Preview['journeys'] {
  const first = all.filter((each) => named.some((one) => one.leg === each.leg));
  const order = [...first, ...all.filter((each) => !first.includes(each))];
  return order.flatMap((each, i) => journeys([each], picture, i === 0 ? intent.target : (intent.second ?? intent.target)));
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

