import type { AgentView } from '../../wire/AgentView';
import type { CallView } from '../../wire/CallView';
import type { ConferenceView } from '../../wire/ConferenceView';
import type { EndedView } from '../../wire/EndedView';
import type { ExtensionView } from '../../wire/ExtensionView';
import type { ParkedView } from '../../wire/ParkedView';
import type { QueueView } from '../../wire/QueueView';
import type { Tile } from '../../wire/Tile';
import type { TrunkView } from '../../wire/TrunkView';
import { callOf, callRef, everybody, extensionRef, legRef, ME, member, morning, PBX, pbxView, queueOf, roomOf, seat } from './cast';

/** A busy minute: everything the board can know, at once. */
export function busyTiles(now: number): Tile[] {
  const calls = busyCalls(now);
  return [
    { kind: 'pbx', ...pbxView(now) },
    ...busyPeople(calls, now).map((each): Tile => ({ kind: 'extension', ...each })),
    ...calls.map((each): Tile => ({ kind: 'call', ...each })),
    ...busyQueues(now).map((each): Tile => ({ kind: 'queue', ...each })),
    ...busyParked(now).map((each): Tile => ({ kind: 'parked', ...each })),
    ...busyRooms(now).map((each): Tile => ({ kind: 'conference', ...each })),
    ...trunks(now).map((each): Tile => ({ kind: 'trunk', ...each })),
    ...agents(now).map((each): Tile => ({ kind: 'agent', ...each })),
    ...endedCalls(now).map((each): Tile => ({ kind: 'ended', ...each })),
  ];
}

function busyCalls(now: number): CallView[] {
  const recorded = { since: now - 60_000, paused: false, unsure: false };
  const usual = morning(now).map((call): CallView => {
    switch (call.id) {
      case callRef('101.1'):
        return marked(call, 0, { recorded });
      case callRef('102.1'):
        return marked(call, 0, { music: true });
      case callRef('103.1'):
        return marked(call, 1, { recorded: { ...recorded, paused: true } });
      case callRef('104.1'):
        return marked(call, 0, { recorded, listeners: [legRef('120.1')] });
      case callRef('106.1'):
        return marked(call, 3, { muted: true });
      case callRef('107.1'):
        return marked(call, 0, { music: true });
      default:
        return call;
    }
  });
  return [
    ...usual,
    callOf('application', 40, 40, 'internal', '*55207', [{ key: '120.1', extension: '226', state: 'application', ago: 40, application: 'ChanSpy', more: { listensTo: legRef('104.1') } }], now),
    callOf('ending', 1, 31, 'outbound', '0039055111222', [
      { key: '121.1', extension: '215', state: 'ending', ago: 1, more: { end: { end: 'busy' } } },
      { key: '121.2', number: '0039055111222', state: 'ending', ago: 1, more: { end: { end: 'busy' } } },
    ], now),
    callOf('queued', 140, 150, 'inbound', '0515550111', [{ key: '122.1', name: 'Trattoria da Gino', number: '+390515553344', state: 'queued', ago: 140, application: 'Queue' }], now),
    callOf('parked', 41, 160, 'inbound', '0515550100', [{ key: '123.1', name: 'Agenzia Viaggi Sole', number: '+390512345678', state: 'parked', ago: 41, application: 'Park' }], now),
  ];
}

/** A call with something more to be said of one of its legs. */
function marked(call: CallView, index: number, more: Partial<CallView['legs'][number]>): CallView {
  return { ...call, legs: call.legs.map((leg, i) => (i === index ? { ...leg, ...more } : leg)) };
}

function busyPeople(calls: CallView[], now: number): ExtensionView[] {
  const more: Record<string, Partial<ExtensionView>> = {
    201: { mailbox: { mailbox: '201@default', fresh: 2, heard: 5 } },
    203: { mailbox: { mailbox: '203@default', fresh: 0, heard: 3 } },
    204: { presence: { state: 'away', note: 'Lunch, back at 14:00' }, mailbox: { mailbox: '204@default', fresh: 12, heard: 0 } },
    206: { dnd: true, presence: { state: 'dnd', note: 'Interview until three' }, since: now - 1_500_000 },
    207: { dnd: true },
    209: { presence: { state: 'available', note: null } },
    212: { mailbox: { mailbox: '212@default', fresh: 1, heard: 0 } },
    218: { presence: { state: 'extendedAway', note: null } },
  };
  return everybody(calls, now).map((who) => ({ ...who, ...more[who.number] }));
}

function busyQueues(now: number): QueueView[] {
  const waiting = [
    { leg: legRef('122.1'), position: 1, since: now - 140_000, priority: 5, name: 'Trattoria da Gino', number: '+390515553344' },
    { leg: legRef('109.1'), position: 2, since: now - 80_000, priority: 0, name: 'Beatrice Neri', number: '+393331112223' },
    { leg: legRef('110.1'), position: 3, since: now - 21_000, priority: 0, name: null, number: '+393409998887' },
  ];
  const sales = [
    member('203', 'Sofia Conti', 'idle', { paused: true, pausedSince: now - 252_000, reason: 'Paperwork', taken: 9, lastCall: now - 600_000 }),
    member('204', 'Luca Ferrari', 'idle', { paused: true, pausedSince: now - 1_800_000, reason: 'Lunch', taken: 14, lastCall: now - 2_000_000, penalty: 1 }),
    member('207', 'Ana García', 'inUse', { taken: 11, lastCall: now - 63_000, call: callRef('104.1'), penalty: 1, ringInUse: true }),
    member('202', 'Marco Bianchi', 'inUse', { taken: 17, lastCall: now - 425_000, call: callRef('103.1'), inCall: true }),
    member('221', 'Workshop', 'offline', { dynamic: true, penalty: 3 }),
  ];
  const figures = { strategy: 'rrmemory', completed: 42, abandoned: 3, holdTime: 38, talkTime: 214, serviceLevel: 20, within: 71.4 };
  return [
    queueOf('sales', '600', waiting, sales, figures),
    queueOf('support', '601', [], [member('210', 'Elena Greco', 'ringing'), member('211', 'Tomás Ó Briain', 'idle', { taken: 4 }), member('212', 'Ingrid Sørensen', 'idle', { taken: 6 })], { ...figures, strategy: 'ringall', abandoned: 0 }),
    queueOf('night', '602', [], []),
  ];
}

function busyParked(now: number): ParkedView[] {
  return [
    {
      id: `parked:${PBX}:123.1`, leg: legRef('123.1'), lot: 'default', space: '702', since: now - 41_000, until: now + 19_000,
      name: 'Agenzia Viaggi Sole', number: '+390512345678', parker: extensionRef('219'), parkerDevice: 'PJSIP/219',
    },
    {
      id: `parked:${PBX}:111.1`, leg: legRef('111.1'), lot: 'default', space: '701', since: now - 12_000, until: now + 48_000,
      name: 'Studio Legale Gatti', number: '+390516667778', parker: ME, parkerDevice: 'PJSIP/201',
    },
  ];
}

function busyRooms(now: number): ConferenceView[] {
  const seats = [seat('106.1', { admin: true, talking: true }), seat('106.2'), seat('106.3', { waiting: true }), seat('106.4', { muted: true })];
  return [roomOf('8001', seats, { since: now - 1_880_000, locked: true, recorded: true }), roomOf('8002', [])];
}

function trunks(now: number): TrunkView[] {
  const trunk = (name: string, state: TrunkView['state'], since: number | null, calls: string[] = []): TrunkView => ({ id: `trunk:${PBX}:${name}`, name, state, since, calls: calls.map(callRef) });
  return [
    trunk('PJSIP/trunk', 'up', now - 86_400_000, ['100.1', '101.1', '102.1', '104.1', '106.1', '107.1', '108.1', '109.1', '110.1', '111.1', '122.1', '123.1']),
    trunk('PJSIP/backup-mobile', 'down', now - 312_000),
    trunk('IAX2/branch-rimini', 'up', null),
    trunk('DAHDI/i1', 'unknown', null),
  ];
}

function agents(now: number): AgentView[] {
  const agent = (number: string, name: string, state: AgentView['state'], since: number | null, leg: string | null = null): AgentView => ({ id: `agent:${PBX}:${number}`, number, name, state, since, leg: leg === null ? null : legRef(leg) });
  return [
    agent('1001', 'Piotr Wiśniewski', 'idle', now - 5_400_000),
    agent('1002', 'Nora Lindqvist', 'onCall', now - 3_600_000, '106.4'),
    agent('1003', 'Paolo Marchetti', 'loggedOff', null),
  ];
}

function endedCalls(now: number): EndedView[] {
  const call = (key: string, ago: number, more: Partial<EndedView>): EndedView => ({
    id: `ended:${PBX}:${key}`, name: null, number: null, extension: null, trunk: 'PJSIP/trunk', dialled: '0515550100', toName: 'Maria Esposito', toNumber: '201',
    started: now - (ago + 24) * 1000, talked: null, ended: now - ago * 1000, end: { end: 'gaveUp' }, ...more,
  });
  const ours = (number: string, name: string): Partial<EndedView> => ({ name, number, extension: extensionRef(number), trunk: null });
  return [
    call('80.1', 70, { name: 'Carlo Bassi', number: '+393201234567' }),
    call('79.1', 130, { name: 'Hotel Bellavista', number: '+390544123456', talked: now - 291_000, end: { end: 'hungUp' } }),
    call('78.1', 260, { ...ours('215', 'Matteo Rizzo'), dialled: '0039055111222', toName: null, toNumber: '0039055111222', end: { end: 'busy' } }),
    call('77.1', 400, { number: '+393487776665', dialled: '0515550111', toName: null, toNumber: null }),
    call('76.1', 610, { ...ours('208', 'Zoë Laurent'), dialled: '214', toName: 'Chiara Fontana', toNumber: '214', end: { end: 'noAnswer' } }),
    call('75.1', 900, { name: 'Dr. Jürgen Weiß', number: '+498912345678', talked: now - 1_400_000, end: { end: 'hungUp' } }),
    call('74.1', 1300, { ...ours('209', 'Piotr Wiśniewski'), dialled: '00441632960', toName: null, toNumber: '00441632960', end: { end: 'noSuchNumber' } }),
    call('73.1', 1700, { ...ours('218', 'Paolo Marchetti'), dialled: '0039066677', toName: null, toNumber: '0039066677', end: { end: 'congestion' } }),
  ];
}
