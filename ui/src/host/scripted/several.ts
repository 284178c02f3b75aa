import type { CallView } from '../../wire/CallView';
import type { ExtensionView } from '../../wire/ExtensionView';
import type { GapChange } from '../../wire/GapChange';
import type { GapView } from '../../wire/GapView';
import type { GapWhat } from '../../wire/GapWhat';
import type { PbxView } from '../../wire/PbxView';
import type { Profile } from '../../wire/Profile';
import type { Ref } from '../../wire/Ref';
import type { Remembered } from '../../wire/Remembered';
import type { Tile } from '../../wire/Tile';
import { callOf, callRef, engaged, everybody, morning, pbxView, person, tilesOf } from './cast';

/** The second PBX. */
export const ANNEX = 'annex';
export const ANNEX_ME = annexRef('31');

const STAFF = ['Loading bay', 'Maria Esposito', 'Enrico Vitale', 'Beatrice Lombardi', 'Youssef Amrani', 'Kateřina Dvořák', 'Returns desk', 'Cold store'];

export function annexRef(number: string): Ref {
  return `extension:${ANNEX}:${number}@warehouse`;
}

export function annexCall(key: string): Ref {
  return `call:${ANNEX}:${key}`;
}

/** The same things as if the other PBX had told them. */
function moved<T>(things: T): T {
  return JSON.parse(JSON.stringify(things).replaceAll(':main:', `:${ANNEX}:`)) as T;
}

function staff(calls: CallView[], now: number): ExtensionView[] {
  return STAFF.map((name, i) => {
    const number = String(30 + i);
    const who: ExtensionView = { ...person(i, i === 7 ? 'offline' : 'idle', now - i * 60_000), id: annexRef(number), number, name, devices: [`PJSIP/${number}`], me: number === '31' };
    return engaged(who, calls);
  });
}

function annexCalls(now: number): CallView[] {
  const [one, two] = [
    callOf('talking', 204, 215, 'inbound', '0715550300', [
      { key: '301.1', name: 'Trasporti Veloci', number: '+39071445566', state: 'talking', ago: 204 },
      { key: '301.2', number: '32', name: 'Enrico Vitale', state: 'talking', ago: 204 },
    ], now),
    callOf('ringing', 6, 8, 'inbound', '0715550300', [
      { key: '302.1', name: 'Cartiera Fabriano', number: '+390732702', state: 'calling', ago: 8 },
      { key: '302.2', number: '34', name: 'Youssef Amrani', state: 'ringing', ago: 6 },
    ], now),
  ].map(moved);
  return [at(one, '301.2', '32'), at(two, '302.2', '34')].filter((call) => call !== undefined);
}

/** The leg is the phone of one of the staff. */
function at(call: CallView | undefined, key: string, number: string): CallView | undefined {
  return call && { ...call, legs: call.legs.map((leg) => (leg.id.endsWith(`:${key}`) ? { ...leg, extension: annexRef(number), trunk: null } : leg)) };
}

export function annexView(now: number, status: PbxView['status']): PbxView {
  return {
    ...pbxView(now), id: `pbx:${ANNEX}:`, name: 'Warehouse', status, since: now - (status.status === 'live' ? 86_400_000 : 23_000), heard: status.status === 'live' ? now : now - 23_000,
    version: '16.30.0', context: 'warehouse', me: ANNEX_ME,
    started: '2026-11-24 06:30:11',
    blind: [
      { action: 'CoreShowChannels', message: 'Permission denied' },
      { action: 'PresenceStateList', message: 'Invalid/unknown command: PresenceStateList. Use Action: ListCommands to show available commands.' },
    ],
    lag: 212,
    diagnostics: { malformed: 0, strangers: 3, revived: 0, turnedAway: 0, audits: 41, audited: now - 96_000, healed: 0, journal: { journal: 'off' } },
  };
}

/** The hotel of every morning, and the warehouse beside it. */
export function twoPbxs(now: number, status: PbxView['status']): Tile[] {
  const calls = annexCalls(now);
  const known = status.status === 'live' || status.status === 'lost';
  return [
    ...tilesOf({ calls: morning(now), people: everybody(morning(now), now) }, now),
    { kind: 'pbx', ...annexView(now, status), me: known ? ANNEX_ME : null },
    ...(known ? [...staff(calls, now).map((each): Tile => ({ kind: 'extension', ...each })), ...calls.map((each): Tile => ({ kind: 'call', ...each }))] : []),
  ];
}

function change(what: GapWhat, key: string, name: string | null, number: string, withName: string | null, withNumber: string | null): GapChange {
  return { what, call: callRef(key), name, number, extension: null, withName, withNumber };
}

/** What was found after a minute without the hotel's PBX. */
export function gapView(now: number): GapView {
  return {
    id: 'gap:main:', since: now - 77_000, until: now - 12_000, restarted: true, more: 0,
    changes: [
      change('interrupted', '91.1', 'Pension Alpenblick', '+43512334455', 'Sofia Conti', '203'),
      change('interrupted', '92.1', null, '+390512223334', 'Elena Greco', '210'),
      change('interrupted', '93.1', '\u202eisseM\u202c <b>Leo</b>', '+3491234567', null, null),
      change('goneWaiting', '94.1', 'Beatrice Neri', '+393331112223', null, null),
      change('gone', '95.1', 'Marco Bianchi', '202', 'Paolo Marchetti', '218'),
      change('moved', '101.1', 'Hotel Bellavista', '+390544123456', 'Maria Esposito', '201'),
      change('new', '100.1', 'Anna Rossi', '+390515550134', 'Maria Esposito', '201'),
    ],
  };
}

function profile(pbx: string, name: string, host: string): Profile {
  return { pbx, name, host, port: 5039, protection: { kind: 'tls', trust: { by: 'pin', sha256: 'ab'.repeat(32) } }, user: 'cordboard', me: '201', context: 'internal', conferences: [] };
}

export function rememberedTwo(): Remembered[] {
  return [
    { profile: profile('main', 'Hotel Adriatico', 'pbx.adriatico.example'), paused: false, linked: true, secret: 'stored' },
    { profile: profile(ANNEX, 'Warehouse', 'pbx.warehouse.example'), paused: false, linked: true, secret: 'stored' },
  ];
}
