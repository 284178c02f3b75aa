import { keyOf, pbxOf, type Picture } from '../../store/board';
import type { CallView } from '../../wire/CallView';
import type { ExtensionView } from '../../wire/ExtensionView';
import type { LegView } from '../../wire/LegView';
import type { Offer } from '../../wire/Offer';
import type { Party } from '../../wire/Party';
import type { Ref } from '../../wire/Ref';
import type { RefusedTarget } from '../../wire/RefusedTarget';
import type { Refusal } from '../../wire/Refusal';
import type { Verb } from '../../wire/Verb';
import { emptyRoom, isOffline, meOf, mine, movers, NOBODY, outer, party, personParty } from './parties';

export function act(verb: Verb, subject: Ref, who: Party, refusal: Refusal | null = null): Offer {
  return { verb, subject, party: who, targets: [], refused: [], numbers: false, like: null, asks: 'nothing', refusal };
}

type Targets = Pick<Offer, 'targets' | 'refused'>;

function towards(verb: Verb, subject: Ref, who: Party, targets: Targets): Offer {
  return { ...act(verb, subject, who), ...targets, asks: 'target' };
}

export function callOffers(picture: Picture, call: CallView, named: LegView | null): Offer[] {
  const legs = movers(picture, call, named);
  const first = legs[0];
  const about = named?.id ?? call.id;
  return [
    ...legs.map((leg) => transfer(picture, call, leg)),
    ...consult(picture, call),
    both(picture, call, about),
    ...(first && first.state !== 'ringing' ? moving(picture, call, named, first) : []),
    ...room(picture, call, named),
    ...queued(picture, call, named),
    ...record(picture, call, named),
    ...supervise(picture, call, named),
    ...press(picture, call, named),
    act('hangUp', about, party(picture, named ?? call.legs[0])),
  ];
}

/** What the one who would go can do beside a transfer. */
function moving(picture: Picture, call: CallView, named: LegView | null, first: LegView): Offer[] {
  const who = party(picture, first);
  const me = meOf(picture, call.id);
  const alone = movers(picture, call, named).length === 1;
  const busy = people(picture, call.id).filter((person) => ['inUse', 'inUseRinging', 'busy', 'held', 'ringing'].includes(person.state) && !call.legs.some((leg) => leg.extension === person.id));
  const boxes = people(picture, call.id).filter((person) => person.id !== first.extension);
  const calls = [...picture.call.values()].filter((other) => other.id !== call.id && pbxOf(other.id) === pbxOf(call.id));
  const up = (other: CallView) => ['talking', 'held', 'application', 'parked', 'queued'].includes(other.phase);
  const whole = (other: CallView) => up(other) && outer(picture, other, null) !== undefined;
  const apart = calls.filter((other) => up(other) && !whole(other));
  const outside: Targets = {
    targets: [...calls.filter(whole).map((each) => each.id), ...apart.flatMap((each) => movers(picture, each, null).map((leg) => leg.id))],
    refused: apart.map((each) => ({ target: each.id, refusal: { refusal: 'whichLeg' } })),
  };
  const between = !up(call) || outside.targets.length === 0 ? [] : whole(call) || named !== null ? [named ?? outer(picture, call, null) ?? first] : movers(picture, call, null);
  const pairs = calls.filter((other) => other.phase === 'conference' || (other.legs.length === 2 && ['talking', 'held'].includes(other.phase)));
  const meets = call.phase !== 'conference' && call.legs.length === 2 && ['talking', 'held'].includes(call.phase) && emptyRoom(picture, call.id) !== null;
  return [
    towards('voicemail', first.id, who, { targets: boxes.map((each) => each.id), refused: [] }),
    ...between.map((leg) => towards('connect', leg.id, party(picture, leg), outside)),
    ...(meets && named === null ? [towards('join', call.id, party(picture, call.legs[0]), { targets: pairs.map((each) => each.id), refused: [] })] : []),
    ...(busy.length > 0 ? [towards('camp', first.id, who, { targets: busy.map((each) => each.id), refused: [] })] : []),
    ...(alone && first.extension !== me ? [act('take', first.id, who, mine(picture, call) ? { refusal: 'samePerson' } : null)] : []),
    ...(first.state === 'parked' ? [] : [act('park', first.id, who, first.state === 'calling' ? { refusal: 'notInThisState' } : null), act('hold', first.id, who)]),
    ...phone(picture, call),
  ];
}

function transfer(picture: Picture, call: CallView, leg: LegView): Offer {
  const who = party(picture, leg);
  if (leg.state === 'ringing') return act('transfer', leg.id, who, { refusal: 'notMovable' });
  return { ...towards('transfer', leg.id, who, everywhere(picture, call.id, call.legs)), numbers: true };
}

function consult(picture: Picture, call: CallView): Offer[] {
  const going = [...picture.consultation.values()].find((each) => call.legs.some((leg) => leg.id === each.caller.leg || leg.id === each.mine.leg || leg.id === each.target));
  if (going) {
    const left = going.stage === 'left';
    const cannot: Refusal | null = left || going.stage === 'calling' || going.stage === 'apart' ? { refusal: 'notInThisState' } : null;
    const subject = (left ? going.target : going.caller.leg) ?? call.id;
    return [act('complete', subject, going.caller, left ? cannot : null), act('swap', subject, going.caller, cannot), act('goBack', subject, going.caller)];
  }
  const me = mine(picture, call);
  const other = call.legs.find((leg) => leg !== me);
  if (!me || !other || call.legs.length !== 2 || !['talking', 'held'].includes(call.phase)) return [];
  return [{ ...act('consult', other.id, party(picture, other)), like: 'transfer', numbers: true, asks: 'target' }];
}

function both(picture: Picture, call: CallView, subject: Ref): Offer {
  const pair = call.phase === 'talking' && call.legs.length === 2;
  if (!pair) return act('transferBoth', subject, NOBODY, { refusal: 'notAPair' });
  return { ...towards('transferBoth', subject, NOBODY, everywhere(picture, call.id, call.legs)), numbers: true };
}

function phone(picture: Picture, call: CallView): Offer[] {
  const me = mine(picture, call);
  if (!me) return [];
  const verb = me.state === 'ringing' ? 'answer' : me.hold ? 'phoneResume' : me.state === 'talking' ? 'phoneHold' : null;
  return verb === null ? [] : [act(verb, me.id, party(picture, me))];
}

function room(picture: Picture, call: CallView, named: LegView | null): Offer[] {
  const me = mine(picture, call);
  const there = (named ? [named] : call.legs).filter((leg) => ['talking', 'held'].includes(leg.state));
  const kick = call.phase === 'conference' && named ? there.map((leg) => act('kick', leg.id, party(picture, leg))) : [];
  // On my own call it is me who is silenced; whoever was may be heard again, I first.
  const loud = there.filter((leg) => !leg.muted && (named !== null || me === null || leg === me));
  const silent = there.filter((leg) => leg.muted).sort((a, b) => Number(b === me) - Number(a === me));
  return [...kick, ...loud.map((leg) => act('mute', leg.id, party(picture, leg))), ...silent.map((leg) => act('unmute', leg.id, party(picture, leg)))];
}

function queued(picture: Picture, call: CallView, named: LegView | null): Offer[] {
  const leg = (named ? [named] : call.legs).find((each) => each.state === 'queued');
  if (!leg) return [];
  return [{ ...act('setPriority', leg.id, party(picture, leg)), asks: 'value' }, act('withdraw', leg.id, party(picture, leg))];
}

function record(picture: Picture, call: CallView, named: LegView | null): Offer[] {
  const recorded = call.legs.find((leg) => leg.recorded !== null);
  if (recorded) return [act(recorded.recorded?.paused ? 'resumeRecording' : 'pauseRecording', recorded.id, party(picture, recorded)), act('stopRecording', recorded.id, party(picture, recorded))];
  const leg = (named ? [named] : call.legs).find((each) => each.state === 'talking' || each.state === 'held');
  return leg ? [act('record', leg.id, party(picture, leg))] : [];
}

function supervise(picture: Picture, call: CallView, named: LegView | null): Offer[] {
  const leg = named ?? call.legs.find((each) => each.extension !== null);
  if (!leg || mine(picture, call) || !['talking', 'held'].includes(leg.state)) return [];
  return (['listen', 'whisper', 'barge'] as const).map((verb) => act(verb, leg.id, party(picture, leg)));
}

function press(picture: Picture, call: CallView, named: LegView | null): Offer[] {
  const leg = named ?? movers(picture, call, null)[0];
  if (!leg || ['ringing', 'calling', 'parked'].includes(leg.state)) return [];
  return [{ ...act('sendDigits', leg.id, party(picture, leg)), asks: 'digits' }, { ...act('limitTime', leg.id, party(picture, leg)), asks: 'seconds' }];
}

export function personOffers(picture: Picture, subject: Ref): Offer[] {
  const person = picture.extension.get(subject);
  if (!person) return [act('originate', subject, NOBODY, { refusal: 'noPhone' })];
  const who = personParty(person);
  const calls = [...picture.call.values()].filter((call) => pbxOf(call.id) === pbxOf(subject) && !person.calls.includes(call.id));
  const joinable = calls.filter((call) => call.phase === 'conference' || (call.legs.length === 2 && call.phase === 'talking'));
  const rung = !isOffline(person);
  return [
    rung ? { ...towards('originate', subject, who, everywhere(picture, subject, [{ extension: subject }])), numbers: true } : act('originate', subject, who, { refusal: 'targetOffline' }),
    ...(rung && joinable.length > 0 ? [towards('invite', subject, who, { targets: joinable.map((call) => call.id), refused: [] })] : []),
    ...(person.me ? [act('next', subject, who, waits(picture, subject) ? null : { refusal: 'nobodyWaits' })] : []),
    ...serving(picture, person, who),
    ...(person.mailbox ? [act('askMailbox', subject, who)] : []),
  ];
}

/** A number goes to my own tile: my phone rings first. */
export function numberOffers(picture: Picture, subject: Ref): Offer[] {
  const who: Party = { ...NOBODY, number: keyOf(subject) };
  const me = meOf(picture, subject);
  return [me === null ? act('originate', subject, who, { refusal: 'noPhone' }) : towards('originate', subject, who, { targets: [me], refused: [] })];
}

function serving(picture: Picture, person: ExtensionView, who: Party): Offer[] {
  const queues = [...picture.queue.values()].filter((queue) => pbxOf(queue.id) === pbxOf(person.id));
  const memberOf = (id: Ref) => picture.queue.get(id)?.members.find((member) => member.extension === person.id);
  const offer = (verb: Verb, legal: (id: Ref) => boolean, refused: RefusedTarget[] = []): Offer[] => {
    const targets = queues.map((queue) => queue.id).filter(legal);
    return targets.length + refused.length === 0 ? [] : [towards(verb, person.id, who, { targets, refused })];
  };
  const fixed = queues.filter((queue) => memberOf(queue.id)?.dynamic === false).map((queue): RefusedTarget => ({ target: queue.id, refusal: { refusal: 'staticMember' } }));
  return [
    ...offer('queueAdd', (id) => !memberOf(id)),
    ...offer('queueRemove', (id) => memberOf(id)?.dynamic === true, fixed),
    ...offer('queuePause', (id) => memberOf(id)?.paused === false),
    ...offer('queueUnpause', (id) => memberOf(id)?.paused === true),
    ...offer('setPenalty', (id) => memberOf(id) !== undefined).map((each): Offer => ({ ...each, asks: 'targetAndValue' })),
  ];
}

export function placeOffers(picture: Picture, subject: Ref): Offer[] {
  const me = meOf(picture, subject);
  const queue = picture.queue.get(subject);
  if (queue) return me === null ? [] : [act('next', subject, personParty(picture.extension.get(me)), queue.callers.length > 0 ? null : { refusal: 'nobodyWaits' })];
  const view = picture.conference.get(subject);
  if (!view) return [];
  const who: Party = { leg: null, name: view.name, number: view.number, me: false };
  const empty: Refusal | null = view.members.length === 0 ? { refusal: 'notInThisState' } : null;
  return [act(view.locked === true ? 'unlock' : 'lock', subject, who, empty), act(view.recorded ? 'stopRecording' : 'record', subject, who, empty), act('hangUp', subject, who, empty)];
}

function waits(picture: Picture, about: Ref): boolean {
  return [...picture.queue.values()].some((queue) => pbxOf(queue.id) === pbxOf(about) && queue.callers.length > 0);
}

function people(picture: Picture, about: Ref): ExtensionView[] {
  return [...picture.extension.values()].filter((each) => pbxOf(each.id) === pbxOf(about));
}

function everywhere(picture: Picture, about: Ref, legs: readonly { extension: Ref | null }[]): Targets {
  const refused: RefusedTarget[] = [];
  const legal: Ref[] = [];
  for (const person of people(picture, about)) {
    if (legs.some((leg) => leg.extension === person.id)) refused.push({ target: person.id, refusal: { refusal: 'samePerson' } });
    else if (isOffline(person)) refused.push({ target: person.id, refusal: { refusal: 'targetOffline' } });
    else legal.push(person.id);
  }
  for (const place of [...picture.queue.values(), ...picture.conference.values()]) if (pbxOf(place.id) === pbxOf(about)) legal.push(place.id);
  return { targets: legal, refused };
}
