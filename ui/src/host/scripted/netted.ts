import type { Tile } from '../../wire/Tile';
import { callOf, everybody, extensionRef, legRef, morning, PBX, tilesOf } from './cast';

/** A minute in which the net has something in it: somebody sent who is not answered, somebody lost, some who wait. */
export function nettedTiles(now: number): Tile[] {
  const calls = [
    ...morning(now),
    callOf('ringing', 26, 60, 'inbound', '0515550100', [
      { key: '130.1', name: 'Conti Immobiliare', number: '+390516001122', state: 'calling', ago: 26 },
      { key: '130.2', extension: '212', state: 'ringing', ago: 26 },
    ], now),
    callOf('application', 70, 130, 'inbound', '0515550100', [{ key: '131.1', name: 'Paula Ferri', number: '+393471112223', state: 'application', ago: 70, application: 'MusicOnHold', more: { music: true } }], now),
    callOf('application', 44, 90, 'inbound', '0515550100', [{ key: '132.1', name: 'Tipografia Bassi', number: '+390519998877', state: 'application', ago: 44, application: 'MusicOnHold', more: { music: true } }], now),
  ];
  const place = (number: string, name: string) => ({ target: extensionRef(number), name, number, state: 'idle' as const });
  return [
    ...tilesOf({ calls, people: everybody(calls, now) }, now),
    { kind: 'sent', id: `sent:${PBX}:130.1`, leg: legRef('130.1'), name: 'Conti Immobiliare', number: '+390516001122', to: place('212', 'Ingrid Sørensen'), since: now - 26_000, until: now - 6_000, state: 'ringing', changed: now - 26_000, alive: true, overdue: true },
    { kind: 'note', id: `note:${PBX}:131.1`, leg: legRef('131.1'), name: 'Paula Ferri', number: '+393471112223', label: 'for Anna, room 12', muted: null, held: now - 70_000, warnAt: now - 10_000, operation: null },
    { kind: 'note', id: `note:${PBX}:111.1`, leg: legRef('111.1'), name: 'Studio Legale Gatti', number: '+390516667778', label: 'for Marco', muted: null, held: null, warnAt: null, operation: null },
    { kind: 'note', id: `note:${PBX}:101.1`, leg: legRef('101.1'), name: 'Hotel Bellavista', number: '+390544123456', label: null, muted: now - 20_000, held: null, warnAt: null, operation: null },
    { kind: 'camp', id: `camp:${PBX}:132.1`, leg: legRef('132.1'), name: 'Tipografia Bassi', number: '+390519998877', target: place('207', 'Ana García'), targetState: 'idle', since: now - 44_000, limit: now + 136_000, state: 'free' },
    { kind: 'lost', id: `lost:${PBX}:140.1`, name: 'Elena Marini', number: '+39051777111', to: place('204', 'Luca Ferrari'), when: now - 9_000, cause: 'Normal Clearing', by: 'lost-1', sure: true },
    { kind: 'stuck', id: `stuck:${PBX}:105.1`, leg: legRef('105.1'), channel: 'PJSIP/213-00000051', name: 'Davide Galli', number: '213', why: 'neverUp', since: now - 600_000, verdict: 'confirmed' },
  ];
}
