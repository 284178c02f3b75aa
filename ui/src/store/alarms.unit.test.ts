import { expect, test } from 'vitest';

import { pbxView } from '../host/scripted/cast';
import { nettedTiles } from '../host/scripted/netted';
import type { Tile } from '../wire/Tile';
import { alarms } from './alarms';
import { EMPTY, fold, type Picture } from './board';

const NOW = 1_800_000_000_000;

const told = (tiles: Tile[]) => fold(EMPTY, { message: 'snapshot', epoch: 1, rev: 1, tiles });
const then = (picture: Picture, tile: Tile) => fold(picture, { message: 'batch', epoch: 1, rev: picture.rev + 1, deltas: [{ change: 'upsert', value: tile }] });

test('whoever is lost already when the window opens is told of, loudly', () => {
  const folded = told(nettedTiles(NOW));
  const loud = alarms(EMPTY, folded).filter((alarm) => alarm.tone === 'loud');
  expect(loud.map((alarm) => alarm.words)).toEqual(['A caller is lost: Elena Marini, +39051777111, was to go to 204 Luca Ferrari.']);
});

test('who is sent is told of when it goes wrong, and once', () => {
  const { picture } = told(nettedTiles(NOW));
  const sent = picture.sent.get('sent:main:130.1');
  if (!sent) throw new Error('nobody is sent');
  const same = then(picture, { kind: 'sent', ...sent, since: NOW });
  expect(alarms(picture, same)).toEqual([]);
  const back = then(picture, { kind: 'sent', ...sent, state: 'cameBack' });
  expect(alarms(picture, back).map((alarm) => alarm.words)).toEqual(['Conti Immobiliare is back at your phone.']);
});

test('a grave fault of the version is told once for each connection; others wait in the diagnostics', () => {
  const view = (change: Partial<ReturnType<typeof pbxView>>): Tile => ({ kind: 'pbx', ...pbxView(NOW), ...change });
  const { picture } = told([view({})]);
  const faulty = then(picture, view({ advisories: [{ fault: 'afterBridge', severity: 'grave', fixed: '22.5.0' }, { fault: 'lateEvents', severity: 'worth', fixed: null }] }));
  const [alarm, ...more] = alarms(picture, faulty);
  expect(alarm?.words).toContain('Asterisk 22.10.1 has known faults: calls may jump back to an old place.');
  expect(more).toEqual([]);
  expect(alarms(faulty.picture, then(faulty.picture, [...faulty.picture.pbx.values()].map((each): Tile => ({ kind: 'pbx', ...each, lag: 7 }))[0] as Tile))).toEqual([]);
});
