import { EMPTY, fold, pbxOf, type Picture } from '../../store/board';
import { callOf } from '../../store/selectors';
import type { CallView } from '../../wire/CallView';
import type { Delta } from '../../wire/Delta';
import type { FeedMessage } from '../../wire/FeedMessage';
import type { Intent } from '../../wire/Intent';
import type { OperationView } from '../../wire/OperationView';
import type { Outcome } from '../../wire/Outcome';
import type { Ref } from '../../wire/Ref';
import type { Tile } from '../../wire/Tile';
import { callOf as sketch, engaged } from './cast';
import { previewOf } from './rules';

type Sink = (message: FeedMessage) => void;

/** A board that can be told what happens, and tells whoever subscribed. */
export class Stage {
  picture: Picture = EMPTY;
  readonly #sinks = new Set<Sink>();
  #made = 900;

  constructor(tiles: Tile[]) {
    this.picture = fold(EMPTY, { message: 'snapshot', epoch: 1, rev: 1, tiles }).picture;
  }

  subscribe(sink: Sink): void {
    this.#sinks.clear();
    this.#sinks.add(sink);
    const { epoch, rev } = this.picture;
    sink({ message: 'snapshot', epoch, rev, tiles: this.tiles() });
  }

  tiles(): Tile[] {
    const all: Tile[] = [];
    for (const [kind, map] of Object.entries(this.picture)) {
      if (map instanceof Map) for (const view of map.values()) all.push({ kind, ...view } as Tile);
    }
    return all;
  }

  publish(deltas: Delta<Tile>[]): void {
    const message: FeedMessage = { message: 'batch', epoch: this.picture.epoch, rev: this.picture.rev + 1, deltas };
    this.picture = fold(this.picture, message).picture;
    for (const sink of this.#sinks) sink(message);
  }

  /** Everything of a PBX leaves the board. */
  withdraw(pbx: string): void {
    const gone = this.tiles().filter((tile) => pbxOf(tile.id) === pbx);
    this.publish(gone.map((tile): Delta<Tile> => ({ change: 'remove', id: tile.id, into: null })));
  }

  /** Sets calls, ends others, and lets everybody's lamp follow. */
  calls(upsert: CallView[], remove: { id: Ref; into: Ref | null }[] = []): void {
    const next = new Map(this.picture.call);
    for (const each of remove) next.delete(each.id);
    for (const call of upsert) next.set(call.id, call);
    const people = [...this.picture.extension.values()].flatMap((who): Delta<Tile>[] => {
      const now = engaged(who, next.values());
      const same = now.state === who.state && now.calls.join() === who.calls.join();
      return same ? [] : [{ change: 'upsert', value: { kind: 'extension', ...now } }];
    });
    this.publish([
      ...remove.map(({ id, into }): Delta<Tile> => ({ change: 'remove', id, into })),
      ...upsert.map((call): Delta<Tile> => ({ change: 'upsert', value: { kind: 'call', ...call } })),
      ...people,
    ]);
  }

  hangUp(subject: Ref): void {
    const call = this.picture.call.get(subject) ?? callOf(this.picture, subject);
    if (call) this.calls([], [{ id: call.id, into: null }]);
    this.#leaveShelves(call);
  }

  operation(intent: Intent, change: Partial<OperationView>): void {
    const id: Ref = `operation:${pbxOf(intent.subject)}:${intent.id}`;
    const before = this.picture.operation.get(id) ?? {
      id, operation: intent.id, verb: intent.verb, legs: this.#legsOf(intent), target: intent.target ?? null,
      preview: previewOf(this.picture, intent), step: 'asked', grace: null, details: intent.details ?? {}, outcome: null, after: null, since: Date.now(), ended: null,
    };
    const ended = change.outcome ? { step: 'ended' as const, ended: Date.now() } : {};
    this.publish([{ change: 'upsert', value: { kind: 'operation', ...before, ...change, ...ended } }]);
  }

  /** What an accepted intent does to the calls. */
  carryOut(intent: Intent): Outcome {
    switch (intent.verb) {
      case 'hangUp':
        this.hangUp(intent.subject);
        return { outcome: 'done', evidence: 'hungUp' };
      case 'originate':
        return this.#connect(intent);
      case 'transfer':
      case 'transferBoth':
        return this.#send(intent);
      default:
        return { outcome: 'refused', refusal: { refusal: 'notInThisState' } };
    }
  }

  answer(id: Ref): void {
    const call = this.picture.call.get(id);
    if (!call) return;
    const now = Date.now();
    const ids = call.legs.map((leg) => leg.id);
    const legs = call.legs.map((leg) => ({ ...leg, state: 'talking' as const, since: now, hears: ids.filter((other) => other !== leg.id) }));
    this.calls([{ ...call, phase: 'talking', since: now, legs }]);
  }

  #connect(intent: Intent): Outcome {
    const from = this.picture.extension.get(intent.subject);
    const to = intent.target ? this.picture.extension.get(intent.target) : undefined;
    if (!from) return { outcome: 'failed', failure: { failure: 'firstPhone', cause: 'No such phone' } };
    const dialled = to?.number ?? intent.target?.split(':')[2] ?? '';
    const other = to ? { extension: to.number } : { number: dialled };
    this.calls([sketch('ringing', 0, 1, to ? 'internal' : 'outbound', dialled, [
      { key: `${this.#next()}.1`, extension: from.number, state: 'calling', ago: 1 },
      { key: `${this.#made}.2`, ...other, state: 'ringing', ago: 0 },
    ], Date.now())]);
    return { outcome: 'done', evidence: 'ringing' };
  }

  #send(intent: Intent): Outcome {
    const call = callOf(this.picture, intent.subject) ?? this.picture.call.get(intent.subject);
    const moved = call?.legs.find((leg) => leg.id === intent.subject) ?? call?.legs[0];
    if (!call || !moved) return { outcome: 'failed', failure: { failure: 'lost', cause: 'Normal Clearing' } };
    const target = intent.target ? this.picture.extension.get(intent.target) : undefined;
    const now = Date.now();
    const ringing = { key: `${this.#next()}.2`, state: 'ringing' as const, ago: 0, ...(target ? { extension: target.number } : { number: intent.target?.split(':')[2] ?? '' }) };
    const fresh = sketch('ringing', 0, 0, call.direction, target?.number ?? null, [{ key: `${this.#made}.1`, state: 'calling', ago: 0 }, ringing], now);
    const legs = [{ ...moved, state: 'calling' as const, caller: true, hold: false, hears: [], application: null, since: now }, ...fresh.legs.slice(1)];
    this.calls([{ ...fresh, id: call.id, started: call.started, legs }]);
    this.#leaveShelves(call);
    return { outcome: 'done', evidence: 'ringing' };
  }

  #leaveShelves(call: CallView | null): void {
    const legs = new Set(call?.legs.map((leg) => leg.id));
    const queues = [...this.picture.queue.values()].filter((queue) => queue.callers.some((caller) => legs.has(caller.leg)));
    const parked = [...this.picture.parked.values()].filter((each) => legs.has(each.leg));
    this.publish([
      ...queues.map((queue): Delta<Tile> => ({ change: 'upsert', value: { kind: 'queue', ...queue, callers: queue.callers.filter((caller) => !legs.has(caller.leg)) } })),
      ...parked.map((each): Delta<Tile> => ({ change: 'remove', id: each.id, into: null })),
    ]);
  }

  #legsOf(intent: Intent): Ref[] {
    if (intent.verb === 'originate') return [];
    const call = this.picture.call.get(intent.subject);
    return call ? call.legs.map((leg) => leg.id) : [intent.subject];
  }

  #next(): number {
    this.#made += 1;
    return this.#made;
  }
}
