import { expect, test } from 'vitest';

import { legRef } from '../host/scripted/cast';
import { nettedTiles } from '../host/scripted/netted';
import { EMPTY, fold, type Picture } from './board';
import { calledAs, isOverdue, labelOf, legBehind, resting, sent, shelvedLegs, underHand } from './net';
import { calls } from './selectors';

const NOW = 1_800_000_000_000;
const picture: Picture = fold(EMPTY, { message: 'snapshot', epoch: 1, rev: 1, tiles: nettedTiles(NOW) }).picture;

test('everybody who rests is on one shelf, the longest first, and nobody twice', () => {
  const all = resting(picture);
  expect(all.map((each) => [each.is, each.view.name])).toEqual([['held', 'Paula Ferri'], ['camp', 'Tipografia Bassi'], ['parked', 'Studio Legale Gatti']]);
  expect(new Set(all.map((each) => each.view.leg)).size).toBe(all.length);
});

test('who is on a shelf is not among the other calls as well', () => {
  const shelved = shelvedLegs(picture);
  const { others } = calls(picture, new Set());
  const waiting = others.filter((call) => call.phase === 'application' && call.legs.every((leg) => shelved.has(leg.id)));
  expect(waiting).toEqual([]);
});

test('a parked caller is overdue after three quarters of the time, a held one when the desk says', () => {
  const parked = resting(picture).find((each) => each.is === 'parked');
  if (parked?.is !== 'parked' || parked.view.until === null) throw new Error('nobody is parked');
  const whole = parked.view.until - parked.view.since;
  expect(isOverdue(parked, parked.view.since + whole * 0.7)).toBe(false);
  expect(isOverdue(parked, parked.view.since + whole * 0.75)).toBe(true);
  expect(isOverdue({ is: 'parked', view: { ...parked.view, until: null } }, NOW * 2)).toBe(false);
  const held = resting(picture).find((each) => each.is === 'held');
  if (held) expect(isOverdue(held, NOW)).toBe(true);
});

test('a label belongs to the leg, wherever that stands', () => {
  expect(labelOf(picture, legRef('111.1'))).toBe('for Marco');
  expect(labelOf(picture, legRef('101.1'))).toBeNull();
});

test('whatever stands for a caller leads to the leg', () => {
  for (const id of ['parked:main:111.1', 'sent:main:130.1', 'note:main:131.1', 'camp:main:132.1', 'stuck:main:105.1', legRef('5')]) expect(legBehind(picture, id), id).toBe(legRef(id.split(':')[2] ?? ''));
  expect(legBehind(picture, 'sent:main:nobody')).toBeNull();
  expect(legBehind(picture, 'extension:main:204@internal')).toBeNull();
});

test('who is on a shelf without a name is called as the leg says', () => {
  expect(calledAs(picture, { leg: legRef('131.1'), name: null, number: null }).name).toBe('Paula Ferri');
  expect(calledAs(picture, { leg: legRef('131.1'), name: 'As noted', number: null }).name).toBe('As noted');
  expect(calledAs(picture, { leg: legRef('gone'), name: null, number: null }).name).toBeNull();
});

test('who was sent keeps the order in which they went', () => {
  const [first] = sent(picture);
  if (!first) throw new Error('nobody is sent');
  const later = { ...first, id: 'sent:main:later', since: first.since + 1, overdue: true };
  const both = { ...picture, sent: new Map([[later.id, later], [first.id, { ...first, overdue: false }]]) };
  expect(sent(both).map((view) => view.id)).toEqual([first.id, later.id]);
});

test('under a hand nobody changes place: who has left stays as gone, who is new comes last', () => {
  const of = (...ids: string[]) => ids.map((id) => ({ id }));
  const rows = underHand(of('a', 'b', 'c'), of('d', 'c', 'a'), (item) => item.id);
  expect(rows.map((row) => [row.item.id, row.gone])).toEqual([['a', false], ['b', true], ['c', false], ['d', false]]);
  expect(underHand(null, of('b', 'a'), (item) => item.id).map((row) => row.item.id)).toEqual(['b', 'a']);
});
