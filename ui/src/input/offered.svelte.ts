import type { Host } from '../host/host';
import type { Folded } from '../store/board';
import type { Offers } from '../wire/Offers';
import type { Ref } from '../wire/Ref';
import { touches } from './touch';

/** The offers for what is selected, asked anew whenever the board touches it. */
export class Offered {
  offers: Offers | null = $state.raw(null);
  #subject: Ref | null = null;
  #about: Ref | null = null;
  #asked = 0;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** `about` is what is selected, where it is not itself the subject: with a person, what my phone can do. */
  ask(subject: Ref | null, about: Ref | null = subject): void {
    if (this.#subject !== subject) this.offers = null;
    this.#subject = subject;
    this.#about = about;
    void this.#again();
  }

  changed(folded: Folded): void {
    const concerned = [this.#subject, this.#about].some((id) => id !== null && touches(folded, id));
    if (this.#subject !== null && (concerned || openEnded(folded))) void this.#again();
  }

  async #again(): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const subject = this.#subject;
    if (subject === null) return;
    const offers = await this.#host.offers(subject);
    if (mine === this.#asked) this.offers = offers;
  }
}

/** An operation that began or ended, or a link that came or went, changes what may be done. */
function openEnded(folded: Folded): boolean {
  if (folded.touched === 'all') return true;
  return [...folded.touched].some((id) => id.startsWith('operation:') || id.startsWith('pbx:'));
}
