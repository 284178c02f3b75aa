import type { Host } from '../host/host';
import type { FeedMessage } from '../wire/FeedMessage';
import type { Ref } from '../wire/Ref';
import { EMPTY, fold, type Folded, type Picture } from './board';
import { Stories } from './story';

type Listener = (folded: Folded) => void;

/** The picture as the feed tells it, and whoever wants to know what each message touched. */
export class LiveBoard {
  picture: Picture = $state.raw(EMPTY);
  /** Whether a snapshot has come. */
  known = $state(false);
  readonly stories = new Stories();

  readonly #host: Host;
  readonly #now: () => number;
  readonly #listeners = new Set<Listener>();
  #subscription = 0;
  #asking = false;

  constructor(host: Host, now: () => number) {
    this.#host = host;
    this.#now = now;
  }

  /** Asks for a snapshot and what follows; what an earlier subscription still sends is ignored. */
  async subscribe(): Promise<void> {
    this.#subscription += 1;
    const mine = this.#subscription;
    this.#asking = true;
    await this.#host.subscribe((message) => {
      if (mine === this.#subscription) this.#hear(message);
    });
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #hear(message: FeedMessage): void {
    if (this.#asking && message.message === 'batch') return;
    this.#asking = false;
    const folded = fold(this.picture, message);
    if (folded.gap) {
      void this.subscribe();
      return;
    }
    this.#tell(this.picture, folded);
    this.picture = folded.picture;
    this.known = true;
    for (const listener of this.#listeners) listener(folded);
  }

  #tell(before: Picture, folded: Folded): void {
    const at = this.#now();
    if (folded.touched === 'all') {
      for (const call of folded.picture.call.values()) this.stories.find(call, at);
      return;
    }
    for (const id of folded.touched) this.#tellCall(before, folded, id, at);
  }

  #tellCall(before: Picture, folded: Folded, id: Ref, at: number): void {
    const was = before.call.get(id);
    const is = folded.picture.call.get(id);
    if (was || is) this.stories.see(was, is, folded.merged.get(id), at);
  }
}
