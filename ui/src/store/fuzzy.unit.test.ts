import { expect, test } from 'vitest';

import { best, fit, FIT, meant, spellings } from './fuzzy';

const one = (name: string, ...numbers: string[]) => ({ names: [name], numbers });

test.each([
  ['Müller', 'muller'], ['Müller', 'mueller'], ['Sørensen', 'sorensen'], ['Wiśniewski', 'wisniewski'], ['Łukasz', 'lukasz'], ['Weiß', 'weiss'], ['Иванов', 'ivanov'],
  ['Παπαδόπουλος', 'papadopoylos'], ['Ó Briain', 'o briain'], ['Åsa', 'aasa'],
])('%s may be typed %s', (name, typed) => {
  expect(spellings(name)).toContain(typed);
  expect(fit(typed, one(name))).toBe(FIT.name);
});

test('the better it fits, the smaller', () => {
  const marco = one('Marco Bianchi', '202');
  expect(fit('202', marco)).toBe(FIT.number);
  expect(fit('MARCO', marco)).toBe(FIT.name);
  expect(fit('bianchi marco', marco)).toBe(FIT.name);
  expect(fit('mar bi', marco)).toBe(FIT.begins);
  expect(fit('20', marco)).toBe(FIT.begins);
  expect(fit('mraco', marco)).toBe(FIT.near);
  expect(fit('bianki', marco)).toBeNull();
  expect(fit('arco', marco)).toBe(FIT.near);
  expect(fit('', marco)).toBeNull();
});

test('a number is the same however it is written', () => {
  expect(fit('+39 051 555-0134', one('Anna', '+390515550134'))).toBe(FIT.number);
});

test('words of one name are not taken from two', () => {
  expect(fit('anna bianchi', { names: ['Anna Rossi', 'Marco Bianchi'], numbers: [] })).toBeNull();
});

test('the best is meant, unless another is as good', () => {
  const people = [one('Anna Rossi', '204'), one('Annabel Lee', '205'), one('Anna Conti', '206')];
  const found = (query: string) => best(query, people, (each) => each);
  expect(meant(found('anna rossi'))).toBe(people[0]);
  expect(meant(found('anna'))).toBeNull();
  expect(meant(found('annab'))).toBe(people[1]);
  expect(meant(found('206'))).toBe(people[2]);
  expect(meant(found('nobody'))).toBeNull();
});

test('what is only near is never meant without a second look', () => {
  const found = best('conty', [one('Sofia Conti', '203')], (each) => each);
  expect(found).toHaveLength(1);
  expect(meant(found)).toBeNull();
});
