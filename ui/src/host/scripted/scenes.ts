import type { LinkError } from '../../wire/LinkError';
import type { PbxView } from '../../wire/PbxView';
import type { Tile } from '../../wire/Tile';
import { busyTiles } from './busy';
import { callOf, everybody, morning, pbxView, person, tilesOf } from './cast';
import { nettedTiles } from './netted';
import { gapView, twoPbxs } from './several';

/** Boards worth looking at. */
export type Scene = 'morning' | 'busy' | 'empty' | 'lost' | 'unreached' | 'loading' | 'dialing' | 'refused' | 'big' | 'first' | 'two' | 'twoLost' | 'twoLoading' | 'twoRefused' | 'gap' | 'net';

const SCENES: readonly Scene[] = ['morning', 'busy', 'empty', 'lost', 'unreached', 'loading', 'dialing', 'refused', 'big', 'first', 'two', 'twoLost', 'twoLoading', 'twoRefused', 'gap', 'net'];

export function sceneNamed(name: string | null): Scene {
  return SCENES.find((scene) => scene === name) ?? 'morning';
}

export function tilesOfScene(scene: Scene, now: number): Tile[] {
  switch (scene) {
    case 'morning':
    case 'first':
      return tilesOf({ calls: morning(now), people: everybody(morning(now), now) }, now);
    case 'busy':
      return busyTiles(now);
    case 'empty':
      return [withStatus(now, { status: 'live' }), ...everybody([], now).map((each): Tile => ({ kind: 'extension', ...each }))];
    case 'lost':
      return relinked(now, { status: 'lost', since: now - 23_000, retryAt: now + 4000, reason: { error: 'silence' } });
    case 'unreached':
      return [{ ...withStatus(now, { status: 'lost', since: now - 23_000, retryAt: now + 4000, reason: { error: 'connectionRefused' } }), heard: null } as Tile];
    case 'loading':
      return [withStatus(now, { status: 'loading' })];
    case 'dialing':
      return [withStatus(now, { status: 'dialing' })];
    case 'refused':
      return [withStatus(now, { status: 'refused', reason: refused })];
    case 'big':
      return big(now);
    case 'two':
      return twoPbxs(now, { status: 'live' });
    case 'twoLost':
      return twoPbxs(now, { status: 'lost', since: now - 23_000, retryAt: now + 4000, reason: { error: 'silence' } });
    case 'twoLoading':
      return twoPbxs(now, { status: 'loading' });
    case 'twoRefused':
      return twoPbxs(now, { status: 'refused', reason: refused });
    case 'net':
      return nettedTiles(now);
    case 'gap':
      return [...tilesOfScene('morning', now), { kind: 'gap', ...gapView(now) }];
  }
}

const refused: LinkError = { error: 'wrongSecret' };

function withStatus(now: number, status: PbxView['status']): Tile {
  return { kind: 'pbx', ...pbxView(now), status, since: now - 23_000, heard: status.status === 'live' || status.status === 'lost' ? now - 23_000 : null };
}

function relinked(now: number, status: PbxView['status']): Tile[] {
  const rest = tilesOfScene('busy', now).filter((tile) => tile.kind !== 'pbx');
  return [withStatus(now, status), ...rest];
}

function big(now: number): Tile[] {
  const people = Array.from({ length: 5000 }, (_, i): Tile => ({ kind: 'extension', ...person(i, i % 7 === 0 ? 'inUse' : 'idle', now - i * 1000), number: String(1000 + i), id: `extension:main:${1000 + i}@internal` }));
  const calls = Array.from({ length: 500 }, (_, i): Tile => ({
    kind: 'call',
    ...callOf('talking', i, i + 5, 'internal', '205', [
      { key: `${5000 + i}.1`, number: `+39051555${1000 + i}`, state: 'talking', ago: i },
      { key: `${5000 + i}.2`, number: String(1000 + i), state: 'talking', ago: i },
    ], now),
  }));
  return [withStatus(now, { status: 'live' }), ...people, ...calls];
}
