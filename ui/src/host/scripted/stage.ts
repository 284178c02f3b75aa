import { EMPTY, fold, keyOf, pbxOf, type Picture } from '../../store/board';
import { callOf } from '../../store/selectors';
import type { CallView } from '../../wire/CallView';
import type { Delta } from '../../wire/Delta';
import type { FeedMessage } from '../../wire/FeedMessage';
import type { Intent } from '../../wire/Intent';
import type { NoteView } from '../../wire/NoteView';
import type { OperationView } from '../../wire/OperationView';
import type { LegView } from '../../wire/LegView';
import type { Ref } from '../../wire/Ref';
import type { Tile } from '../../wire/Tile';
import { callOf as sketch, engaged, type LegSketch } from './cast';
import { previewOf } from './rules';

type Sketch = Omit<LegSketch, 'key'>;
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

  answer(id: Ref): void {
    const call = this.picture.call.get(id);
    if (!call) return;
    const now = Date.now();
    const ids = call.legs.map((leg) => leg.id);
    const legs = call.legs.map((leg) => ({ ...leg, state: 'talking' as const, since: now, hears: ids.filter((other) => other !== leg.id) }));
    this.calls([{ ...call, phase: 'talking', since: now, legs }]);
  }

  /** A call that begins now, named after nothing on the board. */
  begin(phase: CallView['phase'], direction: CallView['direction'], dialled: string | null, legs: Sketch[]): CallView {
    this.#made += 1;
    return sketch(phase, 0, 1, direction, dialled, legs.map((leg, i) => ({ ...leg, key: `${this.#made}.${i + 1}` })), Date.now());
  }

  upsert(...tiles: Tile[]): void {
    this.publish(tiles.map((value): Delta<Tile> => ({ change: 'upsert', value })));
  }

  /** One leg of a call is different from now on. */
  leg(id: Ref, change: Partial<LegView>): void {
    const call = callOf(this.picture, id);
    if (call) this.calls([{ ...call, legs: call.legs.map((leg) => (leg.id === id ? { ...leg, ...change } : leg)) }]);
  }

  /** What is written on a leg, or kept of it. */
  note(leg: Ref, change: Partial<NoteView>): void {
    const id = `note:${pbxOf(leg)}:${keyOf(leg)}`;
    const found = callOf(this.picture, leg)?.legs.find((each) => each.id === leg);
    const before = this.picture.note.get(id) ?? { id, leg, name: found?.name ?? null, number: found?.number ?? null, label: null, muted: null, held: null, warnAt: null, operation: null };
    this.upsert({ kind: 'note', ...before, ...change });
  }

  /** The caller who was moved is gone: their card stays until somebody has read it. */
  lose(intent: Intent): void {
    const journey = previewOf(this.picture, intent).journeys[0];
    this.upsert({ kind: 'lost', id: `lost:${pbxOf(intent.subject)}:${keyOf(intent.subject)}`, name: journey?.who.name ?? null, number: journey?.who.number ?? null, to: journey?.to ?? null, when: Date.now(), cause: 'Normal Clearing', by: intent.id, sure: true });
  }

  label(leg: Ref, text: string): void {
    this.note(leg, { label: text === '' ? null : text });
  }

  /** What was shelved is on no shelf any more. */
  leave(call: CallView | null): void {
    this.#leaveShelves(call);
  }

  #leaveShelves(call: CallView | null): void {
    const legs = new Set(call?.legs.map((leg) => leg.id));
    const queues = [...this.picture.queue.values()].filter((queue) => queue.callers.some((caller) => legs.has(caller.leg)));
    const parked = [...this.picture.parked.values()].filter((each) => legs.has(each.leg));
    const camps = [...this.picture.camp.values()].filter((each) => legs.has(each.leg));
    const held = [...this.picture.note.values()].filter((each) => each.held !== null && legs.has(each.leg));
    this.publish([
      ...queues.map((queue): Delta<Tile> => ({ change: 'upsert', value: { kind: 'queue', ...queue, callers: queue.callers.filter((caller) => !legs.has(caller.leg)) } })),
      ...[...parked, ...camps, ...held].map((each): Delta<Tile> => ({ change: 'remove', id: each.id, into: null })),
    ]);
  }

  #legsOf(intent: Intent): Ref[] {
    if (intent.verb === 'originate') return [];
    const call = this.picture.call.get(intent.subject);
    return call ? call.legs.map((leg) => leg.id) : [intent.subject];
  }
}
