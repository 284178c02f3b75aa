import { expect, test } from 'vitest';

import type { Evidence } from '../wire/Evidence';
import type { Found } from '../wire/Found';
import type { OperationView } from '../wire/OperationView';
import type { Party } from '../wire/Party';
import type { Place } from '../wire/Place';
import type { Preview } from '../wire/Preview';
import type { Step } from '../wire/Step';
import type { Verb } from '../wire/Verb';
import { operation, spokenSentence, verbs } from './en';

const anna: Party = { leg: 'leg:main:1', name: 'Anna Rossi', number: '+39051', me: false };
const me: Party = { leg: 'leg:main:2', name: 'Maria', number: '201', me: true };
const hans: Party = { leg: 'leg:main:3', name: 'Hans', number: '206', me: false };
const marco: Place = { target: 'extension:main:204@internal', name: 'Marco', number: '204', state: 'idle' };
const music: Place = { target: 'number:main:700', name: null, number: '700', state: null };
const sales: Place = { target: 'queue:main:sales', name: 'sales', number: '600', state: null };
const room: Place = { target: 'conference:main:8001', name: 'conference', number: '8001', state: null };

/** As the desk would tell it of each verb. */
const PREVIEWS: Record<Verb, [Partial<Preview>, string]> = {
  transfer: [{ journeys: [{ who: anna, to: marco }], released: [me] }, 'Anna Rossi goes to 204 Marco, idle. You are released.'],
  transferBoth: [{ journeys: [{ who: anna, to: room }, { who: me, to: room }] }, 'Anna Rossi goes to 8001 conference. You go to 8001 conference.'],
  voicemail: [{ journeys: [{ who: anna, to: { ...marco, number: '*204', state: null } }], released: [me] }, 'Anna Rossi goes straight to the voicemail of Marco; no phone rings. You are released.'],
  consult: [{ journeys: [{ who: anna, to: music }, { who: me, to: marco }] }, 'Anna Rossi hears music while you call 204 Marco, idle.'],
  swap: [{ journeys: [{ who: hans, to: music }, { who: me, to: music }], about: [anna, me] }, 'You talk to Anna Rossi; Hans hears music.'],
  complete: [{ about: [anna, hans], released: [me] }, 'Anna Rossi and Hans talk to each other. You are released.'],
  goBack: [{ about: [anna, me], released: [hans] }, 'You talk to Anna Rossi again. Hans is released.'],
  park: [{ about: [anna], released: [me] }, 'Anna Rossi is parked: anybody can fetch the call. You are released.'],
  hold: [{ journeys: [{ who: anna, to: music }], released: [me] }, 'Anna Rossi hears music until somebody fetches the call. You are released.'],
  camp: [{ journeys: [{ who: anna, to: music }], at: marco, released: [me] }, 'Anna Rossi hears music until 204 Marco is free. You are released.'],
  take: [{ journeys: [{ who: anna, to: marco }], released: [hans] }, 'Anna Rossi comes to your phone. Hans is released.'],
  next: [{ journeys: [{ who: anna, to: marco }] }, 'Anna Rossi comes to your phone.'],
  connect: [{ about: [anna, hans], released: [me] }, 'Anna Rossi and Hans talk to each other. You are released.'],
  join: [{ journeys: [{ who: anna, to: room }, { who: me, to: room }, { who: hans, to: room }] }, 'Anna Rossi, you and Hans meet in 8001 conference.'],
  invite: [{ journeys: [{ who: anna, to: room }, { who: me, to: room }, { who: hans, to: room }] }, 'Anna Rossi and you meet in 8001 conference. Hans is rung and meets them in 8001 conference.'],
  answer: [{ about: [me] }, 'Your phone answers.'],
  phoneHold: [{ about: [me] }, 'Your phone puts its call on hold.'],
  phoneResume: [{ about: [me] }, 'Your phone takes its call off hold.'],
  hangUp: [{ released: [anna, me] }, 'Anna Rossi and you are hung up.'],
  kick: [{ about: [anna] }, 'Anna Rossi is taken out of the conference.'],
  mute: [{ about: [anna], warnings: ['noProof'] }, 'Mute Anna Rossi. No event will tell what became of it.'],
  unmute: [{ about: [anna] }, 'Let Anna Rossi be heard again.'],
  lock: [{ at: room }, 'Nobody new comes into 8001 conference.'],
  unlock: [{ at: room }, 'Anybody may come into 8001 conference again.'],
  record: [{ about: [anna] }, 'Record Anna Rossi.'],
  pauseRecording: [{ about: [anna] }, 'The recording of Anna Rossi goes on in silence.'],
  resumeRecording: [{ about: [anna] }, 'The recording of Anna Rossi writes again.'],
  stopRecording: [{ at: room }, 'The recording of 8001 conference ends.'],
  listen: [{ about: [me, hans], warnings: ['supervised'] }, 'Your phone rings; once you answer, you hear Hans. Nobody hears you. They are not asked; it is written down.'],
  whisper: [{ about: [me, hans] }, 'Your phone rings; once you answer, you hear Hans, and only Hans hears you.'],
  barge: [{ about: [me, hans] }, 'Your phone rings; once you answer, you hear Hans, and everybody hears you.'],
  sendDigits: [{ about: [anna, anna, anna] }, 'Keys are pressed for Anna Rossi.'],
  limitTime: [{ about: [anna] }, 'Anna Rossi is hung up when that time is over.'],
  originate: [{ journeys: [{ who: me, to: marco }] }, 'Your phone rings first, then 204 Marco, idle is called.'],
  queueAdd: [{ about: [hans], at: sales }, 'Hans serves 600 sales.'],
  queueRemove: [{ about: [hans], at: sales }, 'Hans serves 600 sales no more.'],
  queuePause: [{ about: [hans, hans], at: sales }, 'Hans takes no calls of any queue for now.'],
  queueUnpause: [{ about: [me], at: sales }, 'You take calls of 600 sales again.'],
  setPenalty: [{ about: [hans], at: sales }, "How soon it is Hans's turn in 600 sales changes."],
  setPriority: [{ about: [anna] }, "How soon it is Anna Rossi's turn changes."],
  withdraw: [{ about: [anna] }, 'Anna Rossi leaves the queue and goes on in the dialplan behind it.'],
  askMailbox: [{ about: [hans] }, "The messages in Hans's voicemail are counted anew."],
};

const whole = (verb: Verb, change: Partial<Preview>): Preview => ({ verb, journeys: [], about: [], at: null, released: [], warnings: [], refusal: null, ...change });

test.each(Object.entries(PREVIEWS))('%s has a sentence', (verb, [change, words]) => {
  expect(spokenSentence(whole(verb as Verb, change))).toBe(words);
});

test('a preview that tells little still makes a sentence', () => {
  for (const verb of Object.keys(PREVIEWS) as Verb[]) {
    expect(spokenSentence(whole(verb, {}))).not.toMatch(/undefined|null|\{/);
  }
});

test('every verb has a name of its own, and a word on its target', () => {
  const names = Object.values(verbs.verb);
  expect(new Set(names).size).toBe(Object.keys(PREVIEWS).length);
  expect(Object.values(verbs.onTarget).every((word) => word.length > 2)).toBe(true);
});

test('a move of many kinds says what it is about in one line', () => {
  const view = (verb: Verb): OperationView => ({
    id: 'operation:main:1', operation: '1', verb, legs: [], target: null, preview: whole(verb, PREVIEWS[verb][0]), step: 'asked', grace: null, details: {}, outcome: null, after: null, since: 0, ended: null,
  });
  expect(operation.subject(view('consult'))).toBe('Ask 204 Marco for Anna Rossi');
  expect(operation.subject(view('queueAdd'))).toBe('Add to a queue: Hans, 600 sales');
  expect(operation.subject(view('sendDigits'))).toBe('Press keys: Anna Rossi');
  expect(operation.subject({ ...view('goBack'), preview: whole('goBack', { released: [hans] }) })).toBe('Go back: Hans');
  expect(operation.subject(view('lock'))).toBe('Lock: 8001 conference');
  expect(operation.subject(view('voicemail'))).toBe('Anna Rossi → *204 Marco');
});

test('what proves it and how far it has come are told apart', () => {
  const proofs: Evidence[] = ['ringing', 'answered', 'joined', 'arrived', 'hungUp', 'parked', 'together', 'told', 'word'];
  expect(new Set(proofs.map((each) => operation.evidence[each])).size).toBe(proofs.length);
  const steps: Step[] = ['waiting', 'checking', 'asked', 'accepted', 'firstPhoneRings', 'ended'];
  expect(new Set(steps.map((each) => operation.step[each])).size).toBe(steps.length);
  expect(operation.evidence.word).toContain('nothing tells more');
});

test('what was found of it afterwards is told, and told apart from what was seen', () => {
  const found: Found[] = [{ found: 'happened', evidence: 'ringing' }, { found: 'begun' }, { found: 'didNotHappen' }, { found: 'gone', restarted: false }, { found: 'gone', restarted: true }, { found: 'nothingThere' }, { found: 'restarted', so: true }, { found: 'restarted', so: false }, { found: 'cannotTell' }];
  const told = found.map((each) => operation.outcome({ outcome: 'unknown', found: each }));
  expect(new Set(told).size).toBe(found.length);
  for (const words of told) expect(words).toContain('found afterwards');
});
