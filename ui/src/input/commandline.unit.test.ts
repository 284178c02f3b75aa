import { expect, test } from 'vitest';

import { command } from '../text/en';
import type { Verb } from '../wire/Verb';
import { cuts, parse, said, seconds, shapeOf } from './commandline';

const read = (text: string) => parse(text, command.words);
const verbs = Object.keys(command.words) as Verb[];

test('no word means two verbs', () => {
  const all = Object.values(command.words).flat();
  expect(all.filter((word, i) => all.indexOf(word) !== i)).toEqual([]);
  for (const word of all) expect(word).toMatch(/^[a-z]+$/);
});

test('a short word and its name mean the same', () => {
  expect(read('t anna')).toMatchObject({ verbs: ['transfer'], whole: true, from: null, rest: 'anna', over: true });
  expect(read('Transfer  Anna Rossi ')).toMatchObject({ verbs: ['transfer'], whole: true, rest: 'Anna Rossi' });
  expect(read('c 9 0123 456').rest).toBe('9 0123 456');
  expect(read('p')).toMatchObject({ verbs: ['park'], whole: true, rest: '', over: false });
});

test('the beginning of one name is that verb, of several it is asked', () => {
  expect(read('voi 204').verbs).toEqual(['voicemail']);
  expect(read('un').verbs.sort()).toEqual(['queueUnpause', 'unlock', 'unmute']);
  expect(read('zz').verbs).toEqual([]);
  expect(read('').verbs).toHaveLength(verbs.length);
});

test('whom it is about stands before the arrow', () => {
  expect(read('t rossi > anna')).toMatchObject({ from: 'rossi', rest: 'anna' });
  expect(read('t rossi >')).toMatchObject({ from: 'rossi', rest: '' });
  expect(read('t > anna')).toMatchObject({ from: null, rest: 'anna' });
});

test('parking takes a time and for whom, in any order', () => {
  expect(said('park', '3m for Anna')).toEqual({ query: '', details: { label: 'for Anna', seconds: 180 }, missing: null });
  expect(said('park', 'for Anna 2:30').details).toEqual({ label: 'for Anna', seconds: 150 });
  expect(said('park', '').details).toEqual({});
  expect(said('park', '3').details).toEqual({ label: '3' });
});

test('keys, times and numbers are read, or asked for', () => {
  expect(said('sendDigits', '12 34 #a')).toEqual({ query: '', details: { digits: '1234#A' }, missing: null });
  expect(said('sendDigits', '12x').missing).toBe('digits');
  expect(said('sendDigits', '').missing).toBe('digits');
  expect(said('limitTime', '10').details).toEqual({ seconds: 600 });
  expect(said('limitTime', 'long').missing).toBe('time');
  expect(said('setPriority', '5').details).toEqual({ value: 5 });
  expect(said('setPenalty', 'sales 3')).toEqual({ query: 'sales', details: { value: 3 }, missing: null });
  expect(said('setPenalty', 'sales').missing).toBe('value');
});

test.each([['90s', 90], ['3m', 180], ['3min', 180], ['1h', 3600], ['2:30', 150], ['0m', null], ['25h', null], ['3', null], ['3x', null], ['2:75', null]])('%s is %s seconds', (text, time) => {
  expect(seconds(text)).toBe(time);
});

test('a queue may have a name of several words, and a reason may follow or stand alone', () => {
  expect(cuts('sales north lunch')).toEqual([
    { name: 'sales north lunch', more: '' }, { name: 'sales north', more: 'lunch' }, { name: 'sales', more: 'north lunch' }, { name: '', more: 'sales north lunch' },
  ]);
  expect(cuts('')).toEqual([{ name: '', more: '' }]);
});

test('whatever is typed, nothing is thrown and nothing is invented', () => {
  const letters = ['t', 'p ', ' > ', '3m', '٣m', '9', '\u202e', 'ß', '>', '  ', '\n', '😀', 'for ', '2:30', '#', 'sales '];
  let seed = 7;
  const next = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  const broken: string[] = [];
  for (let i = 0; i < 3000; i += 1) {
    const text = Array.from({ length: next(8) }, () => letters[next(letters.length)]).join('');
    const parsed = read(text);
    const low = text.toLocaleLowerCase('en');
    for (const part of [parsed.word, parsed.from ?? '', parsed.rest]) if (!low.includes(part.toLocaleLowerCase('en'))) broken.push(`${text}: ${part}`);
    for (const verb of verbs) {
      const { details, query } = said(verb, parsed.rest);
      const seconds = details.seconds ?? 1;
      if (seconds <= 0 || seconds > 86_400) broken.push(`${text}: ${verb} for ${seconds} s`);
      if (['target', 'nothing', 'queue'].includes(shapeOf(verb).follows) && query !== parsed.rest) broken.push(`${text}: ${verb} of ${query}`);
    }
  }
  expect(broken).toEqual([]);
});
