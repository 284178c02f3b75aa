import { expect, test } from 'vitest';

import type { Party } from '../wire/Party';
import type { Why } from '../wire/Why';
import type { WhyReason } from '../wire/WhyReason';
import type { WhyWhat } from '../wire/WhyWhat';
import { why as words } from './en';

const anna: Party = { leg: 'leg:main:1', name: 'Anna\u202e Rossi', number: '+39051', me: false };
const me: Party = { leg: 'leg:main:2', name: 'Maria', number: '201', me: true };
const why = (reason: WhyReason, change: Partial<Why> = {}): Why => ({ call: 'leg:main:1', end: { end: 'hungUp' }, reason, steps: [], earlier: 0, since: null, ...change });

const REASONS: WhyReason[] = [
  { why: 'notEnded' }, { why: 'hungUp', who: anna }, { why: 'operation', operation: '1', verb: 'hangUp' }, { why: 'notTaken', operation: '1', verb: 'transfer', number: '204', name: 'Marco', failure: null },
  { why: 'notAnswered', who: anna }, { why: 'byPbx', who: anna }, { why: 'transferred', who: anna }, { why: 'leftAlone', who: anna }, { why: 'dialplan' }, { why: 'restarted' }, { why: 'unseen' }, { why: 'unknown' },
];

test('every reason is a sentence of its own', () => {
  const told = REASONS.map((reason) => words.reason(why(reason)));
  expect(new Set(told).size).toBe(REASONS.length);
  for (const each of told) expect(each).toMatch(/^[A-Z].*[^.]\.$/);
});

test('who hung up is named, and the cause is added where it says more', () => {
  expect(words.reason(why({ why: 'hungUp', who: anna }))).toBe('Anna Rossi hung up first.');
  expect(words.reason(why({ why: 'hungUp', who: me }))).toBe('You hung up first.');
  expect(words.reason(why({ why: 'notAnswered', who: anna }, { end: { end: 'busy' } }))).toBe('Anna Rossi did not take the call (busy).');
  expect(words.reason(why({ why: 'notTaken', operation: '1', verb: 'transfer', number: '204', name: 'Marco', failure: { failure: 'noAnswer' } }))).toBe('This desk sent it to 204 Marco, and nobody took it there: nobody answered.');
});

const STEPS: WhyWhat[] = [
  { what: 'began' }, { what: 'called' }, { what: 'rings' }, { what: 'answered' }, { what: 'busy' }, { what: 'noAnswer' }, { what: 'unreachable' }, { what: 'cancelled' }, { what: 'connected' }, { what: 'disconnected' },
  { what: 'held' }, { what: 'resumed' }, { what: 'waits', queue: 'sales' }, { what: 'waitsNoMore', queue: 'sales' }, { what: 'parked', space: '701' }, { what: 'parkedNoMore' }, { what: 'transfers' }, { what: 'hangsUp' },
  { what: 'gone', end: { end: 'busy' } }, { what: 'operation', operation: '1', verb: 'transfer', step: 'asked', outcome: null }, { what: 'linkLost' }, { what: 'linkBack', restarted: false }, { what: 'linkBack', restarted: true },
];

test('every step has its own words', () => {
  const told = STEPS.map((what) => words.stepOf({ at: 0, who: anna, what }));
  expect(new Set(told).size).toBe(STEPS.length);
  for (const each of told) expect(each).toMatch(/^Anna Rossi: /);
  expect(words.stepOf({ at: 0, who: null, what: { what: 'linkLost' } })).toBe('the link was lost');
});

test('what is missing at the beginning is said', () => {
  expect(words.before(why({ why: 'unknown' }))).toBe('Nothing was recorded.');
  expect(words.before(why({ why: 'unknown' }, { since: new Date(2026, 0, 1, 14, 2, 7).getTime() }))).toBe('Recorded since 14:02:07.');
  expect(words.before(why({ why: 'unknown' }, { earlier: 12, since: 1 }))).toBe('12 earlier steps are not listed.');
});
