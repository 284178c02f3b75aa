import type { Host } from '../host/host';
import type { Folded, Picture } from '../store/board';
import { kindOf } from '../store/board';
import { callOf } from '../store/selectors';
import type { Intent } from '../wire/Intent';
import type { Offer } from '../wire/Offer';
import type { Offers } from '../wire/Offers';
import type { Preview } from '../wire/Preview';
import type { Ref } from '../wire/Ref';
import type { Refusal } from '../wire/Refusal';

export type By = 'pointer' | 'keys';

/** How a tile stands to the move under way. */
export type Standing =
  | { as: 'none' }
  | { as: 'subject' }
  | { as: 'legal' }
  | { as: 'refused'; refusal: Refusal }
  | { as: 'aside' };

/** What follows a drop; the words and the waiting are somebody else's. */
export interface Dropped {
  intent: Intent;
  refusal: Refusal | null;
}

const NO_MOVE: Standing = { as: 'none' };

/** The one gesture under way, by pointer, keys or clicks: what is held, what may be done with it, and what letting go would do. */
export class Move {
  subject: Ref | null = $state(null);
  by: By = $state('pointer');
  offers: Offers | null = $state.raw(null);
  over: Ref | null = $state(null);
  preview: Preview | null = $state.raw(null);
  /** What is held has left the board. */
  gone = $state(false);
  /** Shift is down. */
  both = $state(false);
  /** The offer chosen by hand, else the first that stands. */
  #choice: number | null = $state(null);
  #asked = 0;
  #asking: Promise<void> = Promise.resolve();
  #previewed = 0;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  readonly active = $derived(this.subject !== null);

  /** The moves on offer: what ends a call is not one. */
  readonly choices: Offer[] = $derived((this.offers?.offers ?? []).filter((offer) => offer.verb !== 'hangUp'));

  /** What letting go would do, wherever. */
  readonly offer: Offer | null = $derived.by(() => {
    const open = this.choices.filter((offer) => offer.refusal === null);
    const both = this.both ? open.find((offer) => offer.verb === 'transferBoth') : undefined;
    const chosen = this.#choice === null ? undefined : this.choices[this.#choice];
    return both ?? (chosen?.refusal === null ? chosen : undefined) ?? open[0] ?? null;
  });

  readonly #legal: ReadonlySet<Ref> = $derived(new Set(this.offer?.targets));
  readonly #refused: ReadonlyMap<Ref, Refusal> = $derived(new Map(this.offer?.refused.map((each) => [each.target, each.refusal])));

  /** Why nothing at all can be done with what is held. */
  readonly refusal: Refusal | null = $derived(
    this.gone ? { refusal: 'gone' } : this.offers !== null && this.offer === null ? (this.choices[0]?.refusal ?? { refusal: 'notMovable' }) : null,
  );

  standing(id: Ref): Standing {
    if (this.subject === null) return NO_MOVE;
    if (this.subject === id) return { as: 'subject' };
    if (this.refusal !== null || this.offer === null) return { as: 'aside' };
    if (this.#legal.has(id) || (this.offer.numbers && kindOf(id) === 'number')) return { as: 'legal' };
    const refusal = this.#refused.get(id);
    return refusal ? { as: 'refused', refusal } : { as: 'aside' };
  }

  async begin(subject: Ref, by: By, both = false): Promise<void> {
    this.cancel();
    this.subject = subject;
    this.by = by;
    this.both = both && by === 'pointer';
    this.#asking = this.#ask();
    await this.#asking;
    if (both && by === 'keys') this.choose(this.choices.findIndex((offer) => offer.verb === 'transferBoth'));
  }

  cancel(): void {
    this.subject = null;
    this.offers = null;
    this.over = null;
    this.preview = null;
    this.gone = false;
    this.both = false;
    this.#choice = null;
    this.#asked += 1;
    this.#previewed += 1;
  }

  choose(index: number): void {
    if (this.choices[index]?.refusal !== null) return;
    this.#choice = index;
    void this.#look();
  }

  hold(both: boolean): void {
    if (this.subject === null || this.both === both) return;
    this.both = both;
    void this.#look();
  }

  hover(target: Ref | null): void {
    if (this.over === target) return;
    this.over = target;
    void this.#look();
  }

  /** Lets go over a target: nothing happens unless the offers allow it, and then only what the PBX will show. */
  async drop(target: Ref, confirmed = false): Promise<Dropped | null> {
    // A quick hand can let go before the offers are there.
    await this.#asking;
    const standing = this.standing(target);
    const intent = this.#intent(target, confirmed);
    const refusal = this.refusal;
    this.cancel();
    if (intent === null || refusal !== null) return refusal && intent ? { intent, refusal } : null;
    switch (standing.as) {
      case 'legal':
        return { intent, refusal: await this.#host.perform(intent) };
      case 'refused':
        return { intent, refusal: standing.refusal };
      case 'none':
      case 'subject':
      case 'aside':
        return null;
    }
  }

  /** The board has changed: if that touches what is held or what is under it, ask again. */
  changed(folded: Folded): void {
    if (this.subject === null) return;
    this.subject = folded.merged.get(this.subject) ?? this.subject;
    this.gone = !standsOn(folded.picture, this.subject);
    if (this.gone) return;
    const over = this.over !== null && touches(folded, this.over);
    if (over || touches(folded, this.subject)) this.#asking = this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const subject = this.subject;
    if (subject === null) return;
    const offers = await this.#host.offers(subject);
    if (mine !== this.#asked) return;
    this.offers = offers;
    await this.#look();
  }

  async #look(): Promise<void> {
    this.#previewed += 1;
    const mine = this.#previewed;
    this.preview = null;
    const over = this.over;
    if (over === null || this.standing(over).as !== 'legal') return;
    const intent = this.#intent(over, false);
    if (intent === null) return;
    const preview = await this.#host.preview(intent);
    if (mine === this.#previewed) this.preview = preview;
  }

  #intent(target: Ref, confirmed: boolean): Intent | null {
    const offer = this.offer;
    if (offer === null || this.offers === null) return null;
    return { id: crypto.randomUUID(), verb: offer.verb, subject: offer.subject, target, second: null, seen: this.offers.seen, confirmed };
  }
}

function standsOn(picture: Picture, id: Ref): boolean {
  switch (kindOf(id)) {
    case 'call':
      return picture.call.has(id);
    case 'leg':
      return callOf(picture, id) !== null;
    default:
      return true;
  }
}

/** Whether a message concerns a thing, or the call a leg is in. */
export function touches(folded: Folded, id: Ref): boolean {
  if (folded.touched === 'all' || folded.touched.has(id)) return true;
  if (kindOf(id) !== 'leg') return false;
  const call = callOf(folded.picture, id);
  return call !== null && folded.touched.has(call.id);
}
