import { operation as words } from '../text/en';
import type { Intent } from '../wire/Intent';
import type { OperationView } from '../wire/OperationView';
import type { Ref } from '../wire/Ref';
import type { Folded, Picture } from './board';
import { loudness } from './selectors';

/** How long a quiet ending stays in sight. */
export const LINGER = 6000;

/** Which operations this desk shows: open ones, quiet endings for a moment, failures until somebody has seen them. */
export class Operations {
  /** Seen and put away by the operator. */
  dismissed: ReadonlySet<Ref> = $state.raw(new Set());
  /** Those that failed are kept even when the desk forgets them. */
  #kept: ReadonlyMap<Ref, OperationView> = $state.raw(new Map());
  readonly #intents = new Map<string, Intent>();

  /** Remembers what was wished, should the operator want it all the same. */
  wished(intent: Intent): void {
    this.#intents.set(intent.id, intent);
  }

  intentOf(operation: OperationView): Intent | null {
    return this.#intents.get(operation.operation) ?? null;
  }

  /** The operations a message ended, with how. */
  ended(before: Picture, folded: Folded): OperationView[] {
    if (folded.touched === 'all') return [];
    const over: OperationView[] = [];
    for (const id of folded.touched) {
      const now = folded.picture.operation.get(id);
      const was = before.operation.get(id);
      if (now && words.standing(now) !== (was ? words.standing(was) : '') && now.step === 'ended') over.push(now);
    }
    if (over.length > 0) this.#keep(over);
    return over;
  }

  /** What is loud first: it must not be scrolled out of sight. */
  shown(picture: Picture, now: number): OperationView[] {
    const all = new Map([...this.#kept, ...picture.operation]);
    const visible = [...all.values()].filter((operation) => !this.dismissed.has(operation.id) && stays(operation, now));
    const order = { loud: 0, pending: 1, amber: 2, quiet: 3 };
    return visible.sort((a, b) => order[loudness(a)] - order[loudness(b)] || b.since - a.since);
  }

  dismiss(id: Ref): void {
    this.dismissed = new Set([...this.dismissed, id]);
  }

  #keep(over: OperationView[]): void {
    const failed = over.filter((operation) => loudness(operation) !== 'quiet');
    this.#kept = new Map([...this.#kept, ...failed.map((operation) => [operation.id, operation] as const)]);
  }
}

function stays(operation: OperationView, now: number): boolean {
  switch (loudness(operation)) {
    case 'pending':
    case 'amber':
    case 'loud':
      return true;
    case 'quiet':
      return operation.after === 'ringing' || now - (operation.ended ?? operation.since) < LINGER;
  }
}
