import { expect, test } from 'vitest';

import { person } from '../host/scripted/cast';
import { matches, typedNumber } from './search';

const hans = person(6, 'idle', null);

test.each(['hans', 'MÜLLER', 'muller', 'mü', '206', 'mul ha', ''])('%j finds Hans Müller, 206', (query) => {
  expect(matches(hans, query)).toBe(true);
});

test.each(['anna', '207', 'hans weber', 'ller'])('%j does not', (query) => {
  expect(matches(hans, query)).toBe(false);
});

test.each([
  ['0301234', '0301234'],
  ['+39 (051) 555-01.34', '+390515550134'],
  ['*43', '*43'],
  ['anna', null],
  ['12a', null],
  ['1\r\n2', '12'],
  ['', null],
])('%j typed is the number %j', (text, number) => {
  expect(typedNumber(text)).toBe(number);
});
