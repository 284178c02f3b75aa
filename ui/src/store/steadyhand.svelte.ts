import type { Ref } from '../wire/Ref';
import type { Clock } from './clock';
import { underHand, type Row } from './net';

/** So long a hand that has moved may still be about to press something, in milliseconds. */
const RESTS = 4000;

/** A list whose rows carry buttons: while a hand moves over it, or rests on one of them, no row changes its place. */
export class SteadyHand<T> {
  /** What stood here when the hand came. */
  #before: readonly T[] | null = $state.raw(null);
  #moved = $state(0);
  /** It is on a button: however long it rests there, it may press. */
  #on = $state(false);
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The pointer has moved here; `on`: over something that can be pressed. */
  moved(items: readonly T[], on: boolean): void {
    if (this.#kept() === null) this.#before = items;
    this.#moved = this.#clock.read();
    this.#on = on;
  }

  left(): void {
    this.#before = null;
    this.#on = false;
  }

  rows(items: readonly T[], idOf: (item: T) => Ref): Row<T>[] {
    return underHand(this.#kept(), items, idOf);
  }

  #kept(): readonly T[] | null {
    return this.#before !== null && (this.#on || this.#clock.now - this.#moved < RESTS) ? this.#before : null;
  }
}
