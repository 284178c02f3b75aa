import type { CallView } from '../wire/CallView';
import type { End } from '../wire/End';
import type { LegView } from '../wire/LegView';
import type { Ref } from '../wire/Ref';
import { endOf } from './marks';

/** One thing that was seen to happen to a call. */
export type Chapter = { at: number } & (
  | { what: 'began'; who: LegView; dialled: string | null }
  | { what: 'found' }
  | { what: 'phase'; phase: CallView['phase'] }
  | { what: 'joined'; who: LegView }
  | { what: 'left'; who: LegView }
  | { what: 'hold'; who: LegView }
  | { what: 'resumed'; who: LegView }
  | { what: 'merged' }
  | { what: 'ended'; why: End | null }
);

/** How many calls' stories are kept after the call. */
const KEPT = 200;

/** What this window has seen of each call since it opened. */
export class Stories {
  readonly #stories = new Map<Ref, Chapter[]>();

  of(call: Ref): readonly Chapter[] {
    return this.#stories.get(call) ?? [];
  }

  /** Adds what changed between two views of one call. */
  see(before: CallView | undefined, after: CallView | undefined, into: Ref | undefined, at: number): void {
    if (!before && after) this.#open(after);
    else if (before && after) this.#add(after.id, changes(before, after));
    else if (before) this.#add(before.id, [into ? { at, what: 'merged' } : { at, what: 'ended', why: endOf(before) }]);
  }

  /** A call that stood on the board when the window came to it. */
  find(call: CallView, at: number): void {
    if (!this.#stories.has(call.id)) this.#stories.set(call.id, [...beginning(call), { at, what: 'found' }]);
  }

  #open(call: CallView): void {
    const chapters = beginning(call);
    if (call.since > call.started) chapters.push({ at: call.since, what: 'phase', phase: call.phase });
    this.#stories.set(call.id, chapters);
    const oldest = this.#stories.keys().next().value;
    if (this.#stories.size > KEPT && oldest) this.#stories.delete(oldest);
  }

  #add(call: Ref, chapters: Chapter[]): void {
    this.#stories.set(call, [...this.of(call), ...chapters]);
  }
}

function beginning(call: CallView): Chapter[] {
  const first = call.legs[0];
  return first ? [{ at: call.started, what: 'began', who: first, dialled: call.dialled }] : [];
}

/** What changed between two views of one call, in the order one would tell it. */
export function changes(before: CallView, after: CallView): Chapter[] {
  const known = new Map(before.legs.map((leg) => [leg.id, leg]));
  const now = new Set(after.legs.map((leg) => leg.id));
  const left = before.legs.filter((leg) => !now.has(leg.id)).map((who): Chapter => ({ at: after.since, what: 'left', who }));
  const joined = after.legs.filter((leg) => !known.has(leg.id)).map((who): Chapter => ({ at: who.since, what: 'joined', who }));
  const held = after.legs.flatMap((who): Chapter[] => {
    const was = known.get(who.id);
    return was && was.hold !== who.hold ? [{ at: who.since, what: who.hold ? 'hold' : 'resumed', who }] : [];
  });
  const phase: Chapter[] = before.phase === after.phase ? [] : [{ at: after.since, what: 'phase', phase: after.phase }];
  return [...left, ...joined, ...held, ...phase];
}
