import type { Ref } from '../wire/Ref';

/** So long it takes to read that a sentence has changed, in milliseconds. */
const READ = 700;

/** What the hand was told last that letting go would do, and where. */
export class Told {
  #last: { target: Ref; way: string } | null = null;
  /** When the board, and not the hand, made something else of it. */
  #turned = -Infinity;

  say(target: Ref, way: string, byHand: boolean): void {
    if (!byHand && this.#last?.target === target && this.#last.way !== way) this.#turned = performance.now();
    this.#last = { target, way };
  }

  /** Letting go there would do something else than was told a moment ago: too short a time to have read it. */
  hasJustTurned(target: Ref): boolean {
    return this.#last?.target === target && performance.now() - this.#turned < READ;
  }

  forget(): void {
    this.#last = null;
  }
}
