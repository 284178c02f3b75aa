import { expect, test } from 'vitest';

import type { Failure } from '../wire/Failure';
import type { Found } from '../wire/Found';
import type { LinkError } from '../wire/LinkError';
import type { OperationView } from '../wire/OperationView';
import type { Outcome } from '../wire/Outcome';
import type { Party } from '../wire/Party';
import type { Preview } from '../wire/Preview';
import type { Refusal } from '../wire/Refusal';
import type { Warning } from '../wire/Warning';
import { clean, cleanOrNone, LONGEST } from './clean';
import { linkError, operation, refusal, refusalBadge, sentence, spokenSentence, states, warning } from './en';
import { clockTime, lasting, spoken } from './time';

const anna: Party = { leg: 'leg:main:1', name: 'Anna Rossi', number: '+39051', me: false };
const me: Party = { leg: 'leg:main:2', name: 'Maria', number: '201', me: true };
const marco = { target: 'extension:main:204@internal', name: 'Marco', number: '204', state: 'idle' as const };
const preview = (change: Partial<Preview>): Preview => ({ verb: 'transfer', journeys: [{ who: anna, to: marco }], about: [], at: null, released: [me], warnings: [], refusal: null, ...change });

test('a transfer says who goes where and who is released', () => {
  expect(spokenSentence(preview({}))).toBe('Anna Rossi goes to 204 Marco, idle. You are released.');
  expect(sentence(preview({})).filter((piece) => piece.strong).map((piece) => piece.text)).toEqual(['Anna Rossi', '204 Marco', 'You']);
});

test('both go, each by name', () => {
  const both = preview({ verb: 'transferBoth', journeys: [{ who: anna, to: marco }, { who: me, to: marco }], released: [] });
  expect(spokenSentence(both)).toBe('Anna Rossi goes to 204 Marco, idle. You go to 204 Marco, idle.');
});

test('a call says whose phone rings first', () => {
  expect(spokenSentence(preview({ verb: 'originate', journeys: [{ who: me, to: marco }], released: [] }))).toBe('Your phone rings first, then 204 Marco, idle is called.');
});

test('nobody who does not want to be disturbed is called idle', () => {
  const warned = 'Do not disturb is on: the call may be turned away.';
  expect(spokenSentence(preview({ warnings: ['doNotDisturb'] }))).toBe(`Anna Rossi goes to 204 Marco. You are released. ${warned}`);
  expect(spokenSentence(preview({ verb: 'originate', journeys: [{ who: me, to: marco }], released: [], warnings: ['doNotDisturb'] }))).toBe(`Your phone rings first, then 204 Marco is called. ${warned}`);
  const talking = { ...marco, state: 'inUse' as const };
  const both = spokenSentence(preview({ journeys: [{ who: anna, to: talking }], warnings: ['targetBusy', 'doNotDisturb'] }));
  expect(both).toBe(`Anna Rossi goes to 204 Marco, ${states.extension.inUse}. You are released. On a call now. ${warned}`);
});

test('a hang-up names everybody it ends', () => {
  expect(spokenSentence(preview({ verb: 'hangUp', journeys: [], released: [anna] }))).toBe('Anna Rossi is hung up.');
  expect(spokenSentence(preview({ verb: 'hangUp', journeys: [], released: [anna, me] }))).toBe('Anna Rossi and you are hung up.');
});

test('what would be refused says only why', () => {
  expect(spokenSentence(preview({ refusal: { refusal: 'gone' } }))).toBe(refusal({ refusal: 'gone' }));
});

test('hostile names stay text inside the sentence', () => {
  const hostile = { ...anna, name: '\u202eevil\u202c <b>x</b>\u0007' };
  expect(spokenSentence(preview({ journeys: [{ who: hostile, to: marco }] }))).toContain('evil <b>x</b> goes to');
});

const REFUSALS: Refusal[] = [
  { refusal: 'notLive' }, { refusal: 'gone' }, { refusal: 'movedOn' }, { refusal: 'pending' }, { refusal: 'notPermitted', action: 'Redirect' }, { refusal: 'samePerson' },
  { refusal: 'targetOffline' }, { refusal: 'noSuchExtension', number: '999' }, { refusal: 'unverified' }, { refusal: 'badNumber' }, { refusal: 'noWayIn' }, { refusal: 'notAPair' },
  { refusal: 'notMovable' }, { refusal: 'ringsAlready' }, { refusal: 'whichLeg' }, { refusal: 'noPhone' }, { refusal: 'notATarget' }, { refusal: 'tooLate' }, { refusal: 'notSetUp', what: 'music' }, { refusal: 'alreadySo' }, { refusal: 'nobodyWaits' },
  { refusal: 'noConsultation' }, { refusal: 'notInThisState' }, { refusal: 'staticMember' }, { refusal: 'targetFree' }, { refusal: 'badDetails' }, { refusal: 'lotFull', lot: 'hotel' }, { refusal: 'noSuchLot' }, { refusal: 'roomLocked' }, { refusal: 'takenBack' },
];

test('every refusal has its own words, long and short', () => {
  expect(new Set(REFUSALS.map(refusal)).size).toBe(REFUSALS.length);
  expect(new Set(REFUSALS.map(refusalBadge)).size).toBe(REFUSALS.length);
  for (const each of REFUSALS) expect(refusal(each)).not.toContain('{');
});

const LINK_ERRORS: LinkError[] = [
  { error: 'connectionRefused' }, { error: 'unreachable', detail: 'no route' }, { error: 'noGreeting' }, { error: 'closedEarly' }, { error: 'notAmi', greeting: 'SSH-2.0' }, { error: 'notTls' },
  { error: 'untrusted', sha256: 'ab' }, { error: 'keyChanged', expected: 'ab', found: 'cd' }, { error: 'certificate', detail: 'expired' }, { error: 'wrongSecret' }, { error: 'alreadyLoggedIn' },
  { error: 'noPermission', missing: 'read=call' }, { error: 'silence' }, { error: 'slept' }, { error: 'closed' }, { error: 'protocol', detail: 'line too long' }, { error: 'profile', detail: 'no host' },
];

test('every way a link fails says what to do', () => {
  for (const each of LINK_ERRORS) {
    expect(linkError(each).title.length).toBeGreaterThan(4);
    expect(linkError(each).advice.length).toBeGreaterThan(8);
  }
  expect(new Set(LINK_ERRORS.map((each) => linkError(each).title)).size).toBe(LINK_ERRORS.length);
});

const FAILURES: Failure[] = [
  { failure: 'busy' }, { failure: 'noAnswer' }, { failure: 'unreachable' }, { failure: 'lost', cause: 'Normal Clearing' }, { failure: 'ownPhone', cause: 'Normal Clearing' }, { failure: 'ended', cause: 'Normal Clearing' }, { failure: 'firstPhone', cause: '' }, { failure: 'pbx', message: 'No such channel' },
];

const FOUND: Found[] = [
  { found: 'happened', evidence: 'ringing' }, { found: 'begun' }, { found: 'didNotHappen' }, { found: 'gone', restarted: false }, { found: 'gone', restarted: true }, { found: 'nothingThere' }, { found: 'restarted', so: true }, { found: 'restarted', so: false }, { found: 'cannotTell' },
];

test('every outcome has its own words', () => {
  const outcomes: Outcome[] = [
    { outcome: 'done', evidence: 'ringing' }, { outcome: 'refused', refusal: { refusal: 'gone' } }, ...FAILURES.map((failure): Outcome => ({ outcome: 'failed', failure })), { outcome: 'expired' }, { outcome: 'unknown', found: null },
    ...FOUND.map((found): Outcome => ({ outcome: 'unknown', found })),
  ];
  expect(new Set(outcomes.map(operation.outcome)).size).toBe(outcomes.length);
});

test('every warning has its own words', () => {
  const warnings: Warning[] = ['targetBusy', 'targetRinging', 'doNotDisturb', 'targetUnknown', 'unverified', 'noProof', 'supervised'];
  expect(new Set(warnings.map(warning)).size).toBe(warnings.length);
});

test('an operation says what it is about, and what became of it after it was done', () => {
  const view: OperationView = {
    id: 'operation:main:1', operation: '1', verb: 'transfer', legs: [], target: marco.target, preview: preview({}), step: 'ended', grace: null, details: {},
    outcome: { outcome: 'done', evidence: 'ringing' }, after: 'answered', since: 0, ended: 1,
  };
  expect(operation.subject(view)).toBe('Anna Rossi → 204 Marco');
  expect(operation.standing(view)).toBe('answered');
});

test('both to two places are told with both places', () => {
  const room = { target: 'conference:main:8001', name: 'conference', number: '8001', state: null };
  const view = preview({ verb: 'transferBoth', journeys: [{ who: anna, to: marco }, { who: me, to: room }], released: [] });
  expect(spokenSentence(view)).toBe('Anna Rossi goes to 204 Marco, idle. You go to 8001 conference.');
  const told: OperationView = { id: 'operation:main:1', operation: '1', verb: 'transferBoth', legs: [], target: marco.target, preview: view, step: 'asked', grace: null, details: {}, outcome: null, after: null, since: 0, ended: null };
  expect(operation.subject(told)).toBe('Anna Rossi → 204 Marco, you → 8001 conference');
});

test('text from outside loses what turns or hides it, and is cut at its longest', () => {
  expect(clean('\u202eabc\u2066d\u2069\u0000\u001b[31m')).toBe('abc d [31m');
  expect(clean('  a \r\n b ')).toBe('a b');
  expect([...clean('x'.repeat(500))]).toHaveLength(LONGEST);
  expect(cleanOrNone('\u200b\u202e ')).toBeNull();
  expect(clean('שלום עולם')).toBe('שלום עולם');
});

test('time is told by one clock, never negative', () => {
  expect(lasting(1000, 8000)).toBe('0:07');
  expect(lasting(0, 754_000)).toBe('12:34');
  expect(lasting(0, 3_729_000)).toBe('1:02:09');
  expect(lasting(5000, 1000)).toBe('0:00');
  expect(spoken(0, 1000)).toBe('1 second');
  expect(spoken(0, 120_000)).toBe('2 minutes');
  expect(clockTime(new Date(2026, 0, 1, 14, 2, 7).getTime())).toBe('14:02:07');
});

test('positions are ordinals', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 112].map(states.ordinal)).toEqual(['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '112th']);
});
