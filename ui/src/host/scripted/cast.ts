import type { CallPhase } from '../../wire/CallPhase';
import type { CallView } from '../../wire/CallView';
import type { ConferenceView } from '../../wire/ConferenceView';
import type { ExtensionState } from '../../wire/ExtensionState';
import type { ExtensionView } from '../../wire/ExtensionView';
import type { LegState } from '../../wire/LegState';
import type { LegView } from '../../wire/LegView';
import type { MemberView } from '../../wire/MemberView';
import type { ParkedView } from '../../wire/ParkedView';
import type { PbxView } from '../../wire/PbxView';
import type { QueueCallerView } from '../../wire/QueueCallerView';
import type { QueueView } from '../../wire/QueueView';
import type { Ref } from '../../wire/Ref';
import type { SeatView } from '../../wire/SeatView';
import type { Tile } from '../../wire/Tile';

export const PBX = 'main';
export const ME = extensionRef('201');

const NAMES = [
  'Reception', 'You', 'Marco Bianchi', 'Sofia Conti', 'Luca Ferrari', 'Giulia Romano', 'Hans Müller', 'Ana García', 'Zoë Laurent', 'Piotr Wiśniewski',
  'Elena Greco', 'Tomás Ó Briain', 'Ingrid Sørensen', 'Davide Galli', 'Chiara Fontana', 'Matteo Rizzo', 'Aylin Demir', 'Nora Lindqvist', 'Paolo Marchetti', 'Sara Moretti',
  'Front desk night', 'Workshop', 'Warehouse', 'Kitchen', 'Meeting room Adriatic', 'Meeting room Tyrrhenian', 'Francesca De Santis', 'Oliver Whitfield-Montgomery', 'Lucia Barbieri', 'Andrea Costa',
];

export function extensionRef(number: string): Ref {
  return `extension:${PBX}:${number}@internal`;
}

export function legRef(key: string): Ref {
  return `leg:${PBX}:${key}`;
}

export function callRef(key: string): Ref {
  return `call:${PBX}:${key}`;
}

export function person(index: number, state: ExtensionState, since: number | null): ExtensionView {
  const number = String(200 + index);
  const name = NAMES[index] ?? null;
  return {
    id: extensionRef(number),
    number,
    name: name === 'You' ? 'Maria Esposito' : name,
    state,
    since,
    devices: [`PJSIP/${number}`],
    calls: [],
    me: number === '201',
    registered: state === 'unknown' ? null : state !== 'offline',
    dnd: false,
    presence: null,
    mailbox: null,
  };
}

export interface LegSketch {
  key: string;
  number?: string;
  name?: string | null;
  extension?: string;
  state: LegState;
  ago: number;
  hold?: boolean;
  application?: string;
  trunk?: string;
  /** Whatever else is to be true of the leg. */
  more?: Partial<LegView>;
}

export function legOf(sketch: LegSketch, now: number, caller: boolean): LegView {
  const extension = sketch.extension ?? null;
  const index = extension ? Number(extension) - 200 : -1;
  return {
    id: legRef(sketch.key),
    channel: extension ? `PJSIP/${extension}-0000${sketch.key.slice(-2)}` : `PJSIP/trunk-0000${sketch.key.slice(-2)}`,
    state: sketch.state,
    since: now - sketch.ago * 1000,
    name: sketch.name ?? (extension ? (index === 1 ? 'Maria Esposito' : (NAMES[index] ?? null)) : null),
    number: sketch.number ?? extension,
    extension: extension ? extensionRef(extension) : null,
    trunk: extension ? null : (sketch.trunk ?? 'PJSIP/trunk'),
    caller,
    hears: [],
    hold: sketch.hold ?? false,
    application: sketch.application ?? null,
    music: false,
    muted: false,
    recorded: null,
    listensTo: null,
    listeners: [],
    end: null,
    ...sketch.more,
  };
}

export function callOf(phase: CallPhase, ago: number, started: number, direction: CallView['direction'], dialled: string | null, legs: LegSketch[], now: number): CallView {
  const views = legs.map((sketch, i) => legOf(sketch, now, i === 0));
  const hearing = views.filter((leg) => leg.state === 'talking' || leg.state === 'held');
  for (const leg of hearing) leg.hears = hearing.filter((other) => other !== leg).map((other) => other.id);
  return { id: callRef(legs[0]?.key ?? '0'), phase, since: now - ago * 1000, started: now - started * 1000, direction, dialled, legs: views, inferred: false };
}

/** The calls of an ordinary morning at the reception of a hotel. */
export function morning(now: number): CallView[] {
  return [
    callOf('ringing', 7, 9, 'inbound', '0515550100', [
      { key: '100.1', name: 'Anna Rossi', number: '+390515550134', state: 'calling', ago: 9 },
      { key: '100.2', extension: '201', state: 'ringing', ago: 7 },
    ], now),
    callOf('talking', 161, 172, 'inbound', '0515550100', [
      { key: '101.1', name: 'Hotel Bellavista', number: '+390544123456', state: 'talking', ago: 161 },
      { key: '101.2', extension: '201', state: 'talking', ago: 161 },
    ], now),
    callOf('held', 32, 266, 'inbound', '0515550100', [
      { key: '102.1', name: 'Dr. Jürgen Weiß', number: '+498912345678', state: 'held', ago: 32 },
      { key: '102.2', extension: '201', state: 'talking', ago: 260, hold: true },
    ], now),
    callOf('talking', 425, 440, 'internal', '205', [
      { key: '103.1', extension: '202', state: 'talking', ago: 425 },
      { key: '103.2', extension: '205', state: 'talking', ago: 425 },
    ], now),
    callOf('talking', 63, 75, 'outbound', '0039021234567', [
      { key: '104.1', extension: '207', state: 'talking', ago: 63 },
      { key: '104.2', name: null, number: '0039021234567', state: 'talking', ago: 63 },
    ], now),
    callOf('ringing', 12, 14, 'internal', '210', [
      { key: '105.1', extension: '213', state: 'calling', ago: 14 },
      { key: '105.2', extension: '210', state: 'ringing', ago: 12 },
    ], now),
    callOf('conference', 1840, 1880, 'internal', '8001', [
      { key: '106.1', extension: '208', state: 'talking', ago: 1840 },
      { key: '106.2', extension: '216', state: 'talking', ago: 1700 },
      { key: '106.3', name: 'Kanzlei Huber & Partner', number: '+43512998877', state: 'talking', ago: 1500 },
      { key: '106.4', extension: '217', state: 'talking', ago: 900 },
    ], now),
    callOf('held', 95, 300, 'inbound', '0515550104', [
      { key: '107.1', name: 'Spedizioni Adriatica', number: '+39071888990', state: 'held', ago: 95 },
      { key: '107.2', extension: '219', state: 'talking', ago: 280, hold: true },
    ], now),
    callOf('application', 5, 5, 'inbound', '0515550100', [
      { key: '108.1', name: '\u202eisseM\u202c <b>Leo</b>', number: '+3491234567', state: 'application', ago: 5, application: 'Background' },
    ], now),
    callOf('queued', 80, 84, 'inbound', '0515550111', [
      { key: '109.1', name: 'Beatrice Neri', number: '+393331112223', state: 'queued', ago: 80, application: 'Queue' },
    ], now),
    callOf('queued', 21, 25, 'inbound', '0515550111', [
      { key: '110.1', name: null, number: '+393409998887', state: 'queued', ago: 21, application: 'Queue' },
    ], now),
    callOf('parked', 12, 200, 'inbound', '0515550100', [
      { key: '111.1', name: 'Studio Legale Gatti', number: '+390516667778', state: 'parked', ago: 12, application: 'Park' },
    ], now),
  ];
}

export function member(number: string, name: string, state: ExtensionState, more: Partial<MemberView> = {}): MemberView {
  return {
    interface: `PJSIP/${number}`, name, state, paused: false, pausedSince: null, reason: null, penalty: 0, ringInUse: false, dynamic: false, lastCall: null, taken: 0,
    inCall: false, extension: extensionRef(number), call: null, ...more,
  };
}

/** A queue of which the PBX has told no figures. */
export function queueOf(name: string, number: string, callers: QueueCallerView[], members: MemberView[], more: Partial<QueueView> = {}): QueueView {
  return {
    id: `queue:${PBX}:${name}`, name, number, callers, members, strategy: null, completed: null, abandoned: null, holdTime: null, talkTime: null, serviceLevel: null, within: null, ...more,
  };
}

export function queues(now: number): QueueView[] {
  const callers = [
    { leg: legRef('109.1'), position: 1, since: now - 80_000, priority: 0, name: 'Beatrice Neri', number: '+393331112223' },
    { leg: legRef('110.1'), position: 2, since: now - 21_000, priority: 0, name: null, number: '+393409998887' },
  ];
  return [
    queueOf('sales', '600', callers, [member('203', 'Sofia Conti', 'idle'), member('204', 'Luca Ferrari', 'idle', { paused: true }), member('207', 'Ana García', 'inUse')]),
    queueOf('support', '601', [], [member('210', 'Elena Greco', 'ringing'), member('211', 'Tomás Ó Briain', 'idle')]),
  ];
}

export function parked(now: number): ParkedView[] {
  return [
    {
      id: `parked:${PBX}:111.1`, leg: legRef('111.1'), lot: 'default', space: '701', since: now - 12_000, until: now + 48_000,
      name: 'Studio Legale Gatti', number: '+390516667778', parker: ME, parkerDevice: 'PJSIP/201',
    },
  ];
}

export function seat(key: string, more: Partial<SeatView> = {}): SeatView {
  return { leg: legRef(key), admin: false, muted: false, talking: false, waiting: false, ...more };
}

export function roomOf(number: string, members: SeatView[], more: Partial<ConferenceView> = {}): ConferenceView {
  return { id: `conference:${PBX}:${number}`, name: number, number, members, since: null, locked: null, recorded: false, ...more };
}

export function conferences(now: number): ConferenceView[] {
  return [
    roomOf('8001', ['106.1', '106.2', '106.3', '106.4'].map((key) => seat(key)), { since: now - 1_880_000 }),
    roomOf('8002', []),
  ];
}

export function pbxView(now: number): PbxView {
  return {
    id: `pbx:${PBX}:`, name: 'Hotel Adriatico', status: { status: 'live' }, since: now - 3_600_000, heard: now, version: '22.10.1', me: ME, context: 'internal',
    booting: false, unprotected: false, blind: [], anomalies: 0, started: null, stopping: false, bestEffort: false, lag: 4,
    diagnostics: { malformed: 0, strangers: 0, revived: 0, turnedAway: 0, audits: 0, audited: null, healed: 0, journal: { journal: 'off' } },
  };
}

/** Everybody, doing what the calls say they do. */
export function everybody(calls: CallView[], now: number): ExtensionView[] {
  return NAMES.map((_, i) => {
    const resting: ExtensionState = i === 21 || i === 23 ? 'offline' : i === 25 ? 'unknown' : i === 28 ? 'busy' : 'idle';
    return engaged(person(i, resting, i % 4 === 0 ? null : now - (i * 977 + 60) * 1000), calls);
  });
}

/** A person with the calls they are in, and the state those make. */
export function engaged(who: ExtensionView, calls: Iterable<CallView>): ExtensionView {
  const mine = [...calls].filter((call) => call.legs.some((leg) => leg.extension === who.id));
  const legs = mine.flatMap((call) => call.legs.filter((leg) => leg.extension === who.id).map((leg) => ({ leg, call })));
  if (legs.length === 0) {
    const idle = ['offline', 'unknown', 'busy'].includes(who.state) ? who.state : 'idle';
    return { ...who, calls: [], state: idle };
  }
  const ringing = legs.some(({ leg }) => leg.state === 'ringing');
  const talking = legs.some(({ leg }) => leg.state !== 'ringing');
  const held = legs.every(({ leg, call }) => leg.hold || call.phase === 'held');
  const state: ExtensionState = ringing && talking ? 'inUseRinging' : ringing ? 'ringing' : held ? 'held' : 'inUse';
  return { ...who, calls: mine.map((call) => call.id), state, since: Math.max(...legs.map(({ call }) => call.since)) };
}

export function tilesOf(board: { calls: CallView[]; people: ExtensionView[] }, now: number): Tile[] {
  return [
    { kind: 'pbx', ...pbxView(now) },
    ...board.people.map((each): Tile => ({ kind: 'extension', ...each })),
    ...board.calls.map((each): Tile => ({ kind: 'call', ...each })),
    ...queues(now).map((each): Tile => ({ kind: 'queue', ...each })),
    ...parked(now).map((each): Tile => ({ kind: 'parked', ...each })),
    ...conferences(now).map((each): Tile => ({ kind: 'conference', ...each })),
  ];
}
