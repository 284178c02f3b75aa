import { expect, test } from 'vitest';

import { tagsOf } from './tag';

test('a PBX is told from another by its first word', () => {
  expect(tagsOf(['Hotel Adriatico', 'Warehouse'], ['main', 'annex'])).toEqual(['Hotel', 'Warehouse']);
});

test('what all names begin with tells nobody apart and is left out', () => {
  expect(tagsOf(['Hotel Adriatico Bologna', 'Hotel Adriatico Rimini'], ['a', 'b'])).toEqual(['Bologna', 'Rimini']);
});

test('where the first word is the same, more of the name is shown', () => {
  expect(tagsOf(['North A', 'North B', 'South'], ['a', 'b', 'c'])).toEqual(['North A', 'North B', 'South']);
});

test('names that cannot be told apart are told by their ids', () => {
  expect(tagsOf(['PBX', 'PBX'], ['pbx-1', 'pbx-2'])).toEqual(['pbx-1', 'pbx-2']);
  expect(tagsOf(['', 'PBX'], ['pbx-1', 'pbx-2'])).toEqual(['pbx-1', 'PBX']);
});

test('a long word is cut, and says that it is', () => {
  expect(tagsOf(['Telefonzentrale', 'Lager'], ['a', 'b'])).toEqual(['Telefonze…', 'Lager']);
});
