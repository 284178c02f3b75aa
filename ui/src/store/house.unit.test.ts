import { expect, test } from 'vitest';

import type { Rules } from '../wire/Rules';
import { house as words } from '../text/en';
import { conferencesOf, houseFrom, outward, rulesOf, troublesOf, type HouseDraft, type HouseField } from './house';

const rules: Rules = {
  music: '*66', voicemail: '*', voicemailContext: 'staff', outbound: { prefix: '9', from: 6, plus: '00' }, consult: 'atxfer', phonesObey: true,
  outgoing: { callerId: ['Hotel Adriatico', '0515550100'], account: 'front-desk', codecs: 'alaw,g722', earlyMedia: true, ring: 25 }, mayListen: true, recordings: '{time}-{number}-{id}.wav',
  sentAfter: 15, camp: 'send', campLimit: 120, holdWarn: 45,
};
const blank = houseFrom(undefined, []);

test('a house survives being shown and typed over', () => {
  expect(rulesOf(houseFrom(rules, ['8001', '8002']))).toEqual(rules);
  expect(conferencesOf(houseFrom(rules, ['8001', '8002']))).toEqual(['8001', '8002']);
  expect(troublesOf(houseFrom(rules, ['8001']))).toEqual({});
});

test('a house of which nothing is said has nothing', () => {
  expect(troublesOf(blank)).toEqual({});
  expect(rulesOf(blank)).toEqual({
    music: null, voicemail: null, voicemailContext: null, outbound: null, consult: 'redirect', phonesObey: false, outgoing: { callerId: null, account: null, codecs: null, earlyMedia: false, ring: 0 }, mayListen: false, recordings: '',
    sentAfter: 0, camp: 'offer', campLimit: 0, holdWarn: 0,
  });
});

test.each<[HouseField, string]>([
  ['music', '6 6; x'], ['voicemail', 'vm'], ['voicemailContext', 'a)b'], ['outside', '9w'], ['from', '0'], ['from', '99'], ['plus', '+'], ['conferences', '8001, "x"'], ['callerName', 'A "B"'], ['callerName', 'A\r\nB'],
  ['callerNumber', 'zero'], ['account', 'a b'], ['codecs', 'alaw;g722'], ['ring', '301'], ['sentAfter', '3601'], ['holdWarn', '1m'], ['campLimit', '-1'], ['ring', 'long'], ['recordings', '../{id}.wav'], ['recordings', 'calls/{id}.wav'],
  ['recordings', '{name}-{id}.wav'], ['recordings', '{id}'], ['recordings', '{id}.wav;rm'],
])('%s may not be %j, and it is said why', (field, text) => {
  const troubles = troublesOf({ ...blank, [field]: text } as HouseDraft);
  const trouble = troubles[field];
  expect(trouble).toBeDefined();
  if (trouble) expect(words.trouble(trouble, text)).toMatch(/\.$/);
  expect(Object.keys(troubles)).toEqual([field]);
});

test('a recording needs no place: the desk adds the id itself', () => {
  expect(troublesOf({ ...blank, recordings: 'call.wav' })).toEqual({});
});

test('an example shows what becomes of a number on its way out', () => {
  const draft = houseFrom(rules, []);
  expect(outward(draft, '+4930123456')).toBe('9004930123456');
  expect(outward(draft, '030123456')).toBe('9030123456');
  expect(outward(draft, '204')).toBe('204');
  expect(outward(blank, '+4930123456')).toBe('+4930123456');
});
