import { createSubscriber } from 'svelte/reactivity';

/** The one clock: everything that shows a time reads `now`, and all of it turns together once a second. */
export class Clock {
  #now: number;
  readonly #read: () => number;
  readonly #subscribe: () => void;

  constructor(read: () => number = Date.now) {
    this.#read = read;
    this.#now = read();
    this.#subscribe = createSubscriber((update) => this.#run(update));
  }

  /** Milliseconds since the epoch at the last turn; a template or effect that reads it runs again at each turn. */
  get now(): number {
    this.#subscribe();
    return this.#now;
  }

  /** Milliseconds since the epoch at this very moment. */
  read(): number {
    return this.#read();
  }

  #run(update: () => void): () => void {
    this.#now = this.#read();
    const timer = setInterval(() => {
      this.#now = this.#read();
      update();
    }, 1000);
    return () => clearInterval(timer);
  }
}
