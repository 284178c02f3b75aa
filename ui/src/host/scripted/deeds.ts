import { keyOf, pbxOf } from '../../store/board';
import { waiting } from '../../store/selectors';
import type { CallView } from '../../wire/CallView';
import type { ConsultationView } from '../../wire/ConsultationView';
import type { Evidence } from '../../wire/Evidence';
import type { Intent } from '../../wire/Intent';
import type { LegView } from '../../wire/LegView';
import type { Outcome } from '../../wire/Outcome';
import type { QueueView } from '../../wire/QueueView';
import type { Ref } from '../../wire/Ref';
import { member } from './cast';
import { emptyRoom, found, meOf, mine, movers, party, placeOf } from './parties';
import type { Stage } from './stage';

const done = (evidence: Evidence): Outcome => ({ outcome: 'done', evidence });
const lost: Outcome = { outcome: 'failed', failure: { failure: 'lost', cause: 'Normal Clearing' } };

/** What an accepted intent does to the calls. */
export function carryOut(stage: Stage, intent: Intent): Outcome {
  switch (intent.verb) {
    case 'hangUp':
      stage.hangUp(intent.subject);
      return done('hungUp');
    case 'originate':
    case 'listen':
    case 'whisper':
    case 'barge':
    case 'invite':
      return connect(stage, intent);
    case 'transfer':
    case 'transferBoth':
      return send(stage, intent.subject, intent.target ?? null);
    case 'take':
      return send(stage, intent.subject, meOf(stage.picture, intent.subject));
    case 'next':
      return next(stage, intent);
    case 'voicemail':
      return alone(stage, intent.subject, { application: 'VoiceMail' }, 'arrived');
    case 'hold':
    case 'camp':
      return hold(stage, intent);
    case 'withdraw':
      return alone(stage, intent.subject, { application: 'Background' }, 'told');
    case 'park':
      return park(stage, intent);
    case 'connect':
    case 'join':
      return together(stage, intent);
    case 'consult':
      return consult(stage, intent);
    case 'swap':
    case 'complete':
    case 'goBack':
      return consulted(stage, intent);
    case 'kick':
      return kick(stage, intent.subject);
    case 'mute':
    case 'unmute':
      stage.leg(intent.subject, { muted: intent.verb === 'mute' });
      return done('word');
    case 'record':
      stage.leg(intent.subject, { recorded: { since: Date.now(), paused: false, unsure: false } });
      return done('told');
    case 'pauseRecording':
    case 'resumeRecording':
      stage.leg(intent.subject, { recorded: { since: Date.now(), paused: intent.verb === 'pauseRecording', unsure: false } });
      return done('told');
    case 'stopRecording':
      stage.leg(intent.subject, { recorded: null });
      return done('told');
    case 'answer': {
      const call = found(stage.picture, intent.subject)?.call;
      if (call) stage.answer(call.id);
      return done('answered');
    }
    case 'phoneHold':
    case 'phoneResume':
      stage.leg(intent.subject, { hold: intent.verb === 'phoneHold' });
      return done('told');
    case 'lock':
    case 'unlock': {
      const room = stage.picture.conference.get(intent.subject);
      if (room) stage.upsert({ kind: 'conference', ...room, locked: intent.verb === 'lock' });
      return done('told');
    }
    case 'queueAdd':
    case 'queueRemove':
    case 'queuePause':
    case 'queueUnpause':
    case 'setPenalty':
      return serve(stage, intent);
    case 'setPriority':
      return priority(stage, intent);
    case 'sendDigits':
    case 'limitTime':
    case 'askMailbox':
      return done('word');
  }
}

function connect(stage: Stage, intent: Intent): Outcome {
  const person = stage.picture.extension.get(intent.subject) ?? stage.picture.extension.get(meOf(stage.picture, intent.subject) ?? '');
  if (!person) return { outcome: 'failed', failure: { failure: 'firstPhone', cause: 'No such phone' } };
  const to = intent.target ? stage.picture.extension.get(intent.target) : undefined;
  const dialled = to?.number ?? intent.target?.split(':')[2] ?? '';
  const other = to ? { extension: to.number } : { number: dialled };
  stage.calls([stage.begin('ringing', to ? 'internal' : 'outbound', dialled, [
    { extension: person.number, state: 'calling', ago: 1 },
    { ...other, state: 'ringing', ago: 0 },
  ])]);
  return done('ringing');
}

function send(stage: Stage, subject: Ref, to: Ref | null): Outcome {
  const there = found(stage.picture, subject);
  const moved = there?.named ?? there?.call.legs[0];
  if (!there || !moved) return lost;
  const { call } = there;
  const target = to === null ? undefined : stage.picture.extension.get(to);
  const fresh = stage.begin('ringing', call.direction, target?.number ?? null, [{ state: 'calling', ago: 0 }, { state: 'ringing', ago: 0, ...(target ? { extension: target.number } : { number: to?.split(':')[2] ?? '' }) }]);
  const rung = fresh.legs.slice(1).map((leg) => (target ? { ...leg, extension: target.id, name: target.name } : leg));
  if (to !== null && to !== meOf(stage.picture, subject)) sent(stage, moved, to);
  stage.calls([{ ...fresh, id: call.id, started: call.started, legs: [{ ...calm(moved), state: 'calling', caller: true }, ...rung] }]);
  stage.leave(call);
  return done('ringing');
}

/** Stays in sight until somebody answers. */
function sent(stage: Stage, leg: LegView, to: Ref): void {
  const now = Date.now();
  stage.upsert({
    kind: 'sent', id: `sent:${pbxOf(leg.id)}:${keyOf(leg.id)}`, leg: leg.id, name: leg.name, number: leg.number, to: placeOf(stage.picture, to), since: now, until: now + 20_000, state: 'ringing', changed: now, alive: true, overdue: false,
  });
}

/** Whoever rang there is answered, and needs no shelf. */
export function sentAnswered(stage: Stage, leg: Ref): void {
  const id = `sent:${pbxOf(leg)}:${keyOf(leg)}`;
  if (stage.picture.sent.has(id)) stage.publish([{ change: 'remove', id, into: null }]);
}

function next(stage: Stage, { subject }: Intent): Outcome {
  const caller = waiting(stage.picture).find((each) => each.queue.id === subject || !stage.picture.queue.has(subject));
  return caller ? send(stage, caller.leg, meOf(stage.picture, subject)) : { outcome: 'refused', refusal: { refusal: 'nobodyWaits' } };
}

/** A leg as it is when nothing is done to it. */
function calm(leg: LegView): LegView {
  return { ...leg, since: Date.now(), hold: false, hears: [], application: null, music: false };
}

/** The one who moves is by itself with the PBX from now on; the others are released. */
function alone(stage: Stage, subject: Ref, change: Partial<LegView>, evidence: Evidence): Outcome {
  const there = found(stage.picture, subject);
  const leg = there && (there.named ?? movers(stage.picture, there.call, null)[0]);
  if (!there || !leg) return lost;
  stage.calls([{ ...there.call, phase: 'application', since: Date.now(), legs: [{ ...calm(leg), state: 'application', ...change }] }]);
  stage.leave(there.call);
  return done(evidence);
}

/** To music; where the PBX shows no space for it, the desk keeps it in mind. */
function hold(stage: Stage, intent: Intent): Outcome {
  const outcome = alone(stage, intent.subject, { application: 'MusicOnHold', music: true }, 'arrived');
  const there = found(stage.picture, intent.subject);
  const leg = there?.named ?? there?.call.legs[0];
  if (!leg || outcome.outcome !== 'done') return outcome;
  const now = Date.now();
  if (intent.verb === 'hold') stage.note(leg.id, { held: now, warnAt: now + 60_000, label: intent.details?.label ?? null });
  else if (intent.target) {
    const target = placeOf(stage.picture, intent.target);
    stage.upsert({ kind: 'camp', id: `camp:${pbxOf(leg.id)}:${keyOf(leg.id)}`, leg: leg.id, name: leg.name, number: leg.number, target, targetState: target.state, since: now, limit: now + 180_000, state: 'waiting' });
  }
  return outcome;
}

function park(stage: Stage, intent: Intent): Outcome {
  const there = found(stage.picture, intent.subject);
  const leg = there && (there.named ?? movers(stage.picture, there.call, null)[0]);
  if (!there || !leg) return lost;
  const pbx = pbxOf(intent.subject);
  const me = meOf(stage.picture, intent.subject);
  const used = new Set([...stage.picture.parked.values()].map((each) => each.space));
  const space = Array.from({ length: 20 }, (_, i) => String(701 + i)).find((each) => !used.has(each)) ?? '720';
  const now = Date.now();
  stage.calls([{ ...there.call, phase: 'parked', since: now, legs: [{ ...calm(leg), state: 'parked', application: 'Park' }] }]);
  stage.upsert({
    kind: 'parked', id: `parked:${pbx}:${keyOf(leg.id)}`, leg: leg.id, lot: 'default', space, since: now, until: now + (intent.details?.seconds ?? 45) * 1000,
    name: leg.name, number: leg.number, parker: me, parkerDevice: me === null ? null : `PJSIP/${stage.picture.extension.get(me)?.number ?? ''}`,
  });
  if (intent.details?.label) stage.label(leg.id, intent.details.label);
  return done('parked');
}

/** Two calls become one: their outer parties alone, or everybody in a room. */
function together(stage: Stage, intent: Intent): Outcome {
  const one = found(stage.picture, intent.subject);
  const other = intent.target ? found(stage.picture, intent.target) : null;
  if (!one || !other) return lost;
  const outer = (call: CallView, named: LegView | null) => movers(stage.picture, call, named).slice(0, 1);
  const chosen = intent.verb === 'join' ? [...other.call.legs, ...one.call.legs] : [...outer(one.call, one.named), ...outer(other.call, other.named)];
  const legs = hearing(chosen);
  stage.calls([{ ...other.call, phase: intent.verb === 'join' ? 'conference' : 'talking', since: Date.now(), legs }], [{ id: one.call.id, into: other.call.id }]);
  stage.leave(one.call);
  const room = intent.verb === 'join' ? emptyRoom(stage.picture, intent.subject) : null;
  const view = room === null ? undefined : stage.picture.conference.get(room);
  if (view) stage.upsert({ kind: 'conference', ...view, since: Date.now(), members: legs.map((leg) => ({ leg: leg.id, admin: false, muted: false, talking: false, waiting: false })) });
  return done(intent.verb === 'join' ? 'joined' : 'together');
}

function hearing(legs: readonly LegView[]): LegView[] {
  return legs.map((leg) => ({ ...calm(leg), state: 'talking', hears: legs.filter((other) => other !== leg).map((other) => other.id) }));
}

function consult(stage: Stage, intent: Intent): Outcome {
  const there = found(stage.picture, intent.subject);
  const me = there && mine(stage.picture, there.call);
  const caller = there?.call.legs.find((leg) => leg !== me);
  if (!there || !me || !caller || !intent.target) return lost;
  const target = stage.picture.extension.get(intent.target);
  const fresh = stage.begin('ringing', 'internal', target?.number ?? null, [{ state: 'calling', ago: 0 }, { state: 'ringing', ago: 0, ...(target ? { extension: target.number } : { number: intent.target.split(':')[2] ?? '' }) }]);
  const rung = fresh.legs.slice(1);
  stage.calls([
    { ...there.call, phase: 'application', since: Date.now(), legs: [{ ...calm(caller), state: 'application', application: 'MusicOnHold', music: true }] },
    { ...fresh, legs: [{ ...calm(me), state: 'calling', caller: true }, ...rung] },
  ]);
  const view: ConsultationView = {
    id: `consultation:${pbxOf(intent.subject)}:${intent.id}`, caller: party(stage.picture, caller), mine: party(stage.picture, me), to: placeOf(stage.picture, intent.target), target: rung[0]?.id ?? null, stage: 'calling', since: Date.now(),
  };
  stage.upsert({ kind: 'consultation', ...view });
  return done('ringing');
}

/** The one who was asked has answered. */
export function consultationAnswered(stage: Stage, intent: Intent): void {
  const view = stage.picture.consultation.get(`consultation:${pbxOf(intent.subject)}:${intent.id}`);
  const call = view?.target ? found(stage.picture, view.target)?.call : null;
  if (!view || !call || view.stage !== 'calling') return;
  stage.answer(call.id);
  stage.upsert({ kind: 'consultation', ...view, stage: 'talking' });
}

function consulted(stage: Stage, { verb, subject }: Intent): Outcome {
  const view = [...stage.picture.consultation.values()].find((each) => each.caller.leg === subject);
  const leg = (id: Ref | null) => (id === null ? null : (found(stage.picture, id)?.named ?? null));
  const [caller, me, target] = [leg(view?.caller.leg ?? null), leg(view?.mine.leg ?? null), leg(view?.target ?? null)];
  if (!view || !caller || !me) return { outcome: 'refused', refusal: { refusal: 'noConsultation' } };
  const callOfCaller = found(stage.picture, caller.id)?.call;
  const callOfMine = found(stage.picture, me.id)?.call;
  if (!callOfCaller || !callOfMine || !target) return lost;
  const pair = (call: CallView, ...legs: LegView[]): CallView => ({ ...call, phase: legs.length === 1 ? 'application' : 'talking', since: Date.now(), legs: legs.length === 1 ? legs.map((each) => ({ ...calm(each), state: 'application', application: 'MusicOnHold', music: true })) : hearing(legs) });
  const gone = { change: 'remove' as const, id: view.id, into: null };
  if (verb === 'swap') {
    const [talks, waits] = view.stage === 'back' ? [target, caller] : [caller, target];
    const apart = callOfCaller.id === callOfMine.id ? stage.begin('application', 'internal', null, [{ state: 'application', ago: 0 }]) : (view.stage === 'back' ? callOfCaller : callOfMine);
    stage.calls([pair(view.stage === 'back' ? callOfMine : callOfCaller, talks, me), pair(apart, waits)]);
    stage.upsert({ kind: 'consultation', ...view, stage: view.stage === 'back' ? 'talking' : 'back' });
    return done('together');
  }
  const keep = callOfCaller.id;
  stage.calls([pair(callOfCaller, ...(verb === 'complete' ? [caller, target] : [caller, me]))], callOfMine.id === keep ? [] : [{ id: callOfMine.id, into: keep }]);
  stage.publish([gone]);
  return done('together');
}

function kick(stage: Stage, subject: Ref): Outcome {
  const there = found(stage.picture, subject);
  if (!there) return lost;
  stage.calls([{ ...there.call, legs: there.call.legs.filter((leg) => leg.id !== subject) }]);
  for (const room of stage.picture.conference.values()) {
    if (room.members.some((each) => each.leg === subject)) stage.upsert({ kind: 'conference', ...room, members: room.members.filter((each) => each.leg !== subject) });
  }
  return done('told');
}

function serve(stage: Stage, intent: Intent): Outcome {
  const queue = intent.target ? stage.picture.queue.get(intent.target) : undefined;
  const person = stage.picture.extension.get(intent.subject);
  if (!queue || !person) return { outcome: 'refused', refusal: { refusal: 'notATarget' } };
  stage.upsert({ kind: 'queue', ...queue, members: members(queue, intent, person.number, person.name ?? person.number) });
  return done('told');
}

function members(queue: QueueView, { verb, subject, details }: Intent, number: string, name: string): QueueView['members'] {
  if (verb === 'queueAdd') return [...queue.members, { ...member(number, name, 'idle'), extension: subject, dynamic: true }];
  if (verb === 'queueRemove') return queue.members.filter((each) => each.extension !== subject);
  const paused = verb === 'queuePause';
  return queue.members.map((each) => {
    if (each.extension !== subject) return each;
    return verb === 'setPenalty' ? { ...each, penalty: details?.value ?? 0 } : { ...each, paused, pausedSince: paused ? Date.now() : null, reason: paused ? (details?.reason ?? null) : null };
  });
}

function priority(stage: Stage, intent: Intent): Outcome {
  for (const queue of stage.picture.queue.values()) {
    if (!queue.callers.some((caller) => caller.leg === intent.subject)) continue;
    stage.upsert({ kind: 'queue', ...queue, callers: queue.callers.map((caller) => (caller.leg === intent.subject ? { ...caller, priority: intent.details?.value ?? 0 } : caller)) });
  }
  return done('told');
}
