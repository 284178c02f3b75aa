import type { Host } from '../host/host';
import type { Folded, Picture } from '../store/board';
import { kindOf, pbxOf } from '../store/board';
import { callOf } from '../store/selectors';
import type { Intent } from '../wire/Intent';
import type { Offer } from '../wire/Offer';
import type { Offers } from '../wire/Offers';
import type { Party } from '../wire/Party';
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

/** Both parties go, and the first has its place already. */
export interface Split {
  target: Ref;
  /** Its journey, as the desk told it. */
  told: Preview;
  /** Who still needs a place. */
  other: Party | null;
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
  /** Both go, but not to one place: letting go keeps the first place and leaves the other party in hand. */
  apart = $state(false);
  split: Split | null = $state.raw(null);
  /** Where it was dropped while it is still asked who goes. */
  undecided: Ref | null = $state(null);
  /** The offer chosen by hand, else the first that stands. */
  #choice: number | null = $state(null);
  #asked = 0;
  #asking: Promise<void> = Promise.resolve();
  #previewed = 0;
  readonly #host: Host;

  readonly #obvious: (subject: Ref) => boolean;

  /** `obvious` tells of a call whether it goes without saying who of it moves. */
  constructor(host: Host, obvious: (subject: Ref) => boolean = () => false) {
    this.#host = host;
    this.#obvious = obvious;
  }

  readonly active = $derived(this.subject !== null);

  /** The moves on offer: what ends a call is not one. */
  readonly choices: Offer[] = $derived((this.offers?.offers ?? []).filter((offer) => offer.verb !== 'hangUp'));

  /** Nothing but both will do: it was said that each has a place of their own. */
  readonly #two = $derived(this.apart || this.split !== null);

  /** What letting go would do, wherever. */
  readonly offer: Offer | null = $derived.by(() => {
    const open = this.choices.filter((offer) => offer.refusal === null);
    if (this.#two) return open.find((offer) => offer.verb === 'transferBoth') ?? null;
    const both = this.both ? open.find((offer) => offer.verb === 'transferBoth') : undefined;
    const chosen = this.#choice === null ? undefined : this.choices[this.#choice];
    return both ?? (chosen?.refusal === null ? chosen : undefined) ?? open[0] ?? null;
  });

  /** Letting go here is only half of it. */
  readonly halves = $derived(this.apart && this.split === null && this.offer?.verb === 'transferBoth');

  /** A call held by its row where two could be meant, and nobody has said whom. */
  readonly ambiguous = $derived(this.by === 'pointer' && !this.both && this.#choice === null && this.#severalLegs());

  readonly #legal: ReadonlySet<Ref> = $derived(new Set(this.offer?.targets));
  readonly #refused: ReadonlyMap<Ref, Refusal> = $derived(new Map(this.offer?.refused.map((each) => [each.target, each.refusal])));

  /** Why nothing at all can be done with what is held. */
  readonly refusal: Refusal | null = $derived(
    this.gone ? { refusal: 'gone' } : this.offers !== null && this.offer === null ? (this.#firstRefusal() ?? { refusal: 'notMovable' }) : null,
  );

  #firstRefusal(): Refusal | null {
    const meant = this.#two ? this.choices.find((offer) => offer.verb === 'transferBoth') : this.choices[0];
    return meant?.refusal ?? null;
  }

  standing(id: Ref): Standing {
    if (this.subject === null) return NO_MOVE;
    if (this.subject === id) return { as: 'subject' };
    // No call crosses from one PBX to another, whatever is offered.
    if (pbxOf(id) !== '' && pbxOf(this.subject) !== pbxOf(id)) return { as: 'refused', refusal: { refusal: 'notATarget' } };
    if (this.refusal !== null || this.offer === null || this.split?.target === id) return { as: 'aside' };
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
    this.apart = false;
    this.split = null;
    this.undecided = null;
    this.#choice = null;
    this.#asked += 1;
    this.#previewed += 1;
  }

  choose(index: number): void {
    if (this.choices[index]?.refusal !== null) return;
    this.#choice = index;
    void this.#look();
  }

  hold(both: boolean, apart = this.apart): void {
    if (this.subject === null || (this.both === both && this.apart === apart)) return;
    this.both = both;
    this.apart = apart;
    void this.#look();
  }

  /** Both to one place, or each to their own. */
  part(apart: boolean): void {
    this.apart = apart;
    this.chooseBoth();
  }

  chooseBoth(): void {
    this.choose(this.choices.findIndex((offer) => offer.verb === 'transferBoth'));
  }

  /** The first of both goes here; the other one stays in hand. Says why not, if not. */
  async keep(target: Ref): Promise<Refusal | null> {
    await this.#asking;
    const both = this.choices.find((offer) => offer.verb === 'transferBoth');
    if (this.gone) return { refusal: 'gone' };
    if (!both || both.refusal !== null) return both?.refusal ?? { refusal: 'notAPair' };
    this.chooseBoth();
    const standing = this.standing(target);
    const intent = this.#intent(target, false);
    if (standing.as !== 'legal' || intent === null) return standing.as === 'refused' ? standing.refusal : { refusal: 'notATarget' };
    const asked = this.#asked;
    const told = await this.#host.preview(intent);
    if (asked !== this.#asked) return null;
    if (told.refusal !== null) return told.refusal;
    this.#keepFirst({ target, told: { ...told, journeys: told.journeys.slice(0, 1), warnings: [] }, other: told.journeys[1]?.who ?? null });
    return null;
  }

  #keepFirst(split: Split): void {
    this.split = split;
    this.both = false;
    this.by = 'keys';
    this.over = null;
    this.preview = null;
    this.#previewed += 1;
  }

  /** One step back: the first has no place yet. */
  unkeep(): void {
    this.split = null;
    void this.#look();
  }

  /** What an offer would do at a place, without choosing it. */
  async told(offer: Offer, target: Ref): Promise<Preview | null> {
    return this.offers === null ? null : this.#host.preview(this.#wish(offer, this.offers, target, false));
  }

  /** Settled by hand: the one that was asked for goes where it was dropped. */
  async settle(index: number): Promise<Dropped | null> {
    const target = this.undecided;
    if (target === null || this.choices[index]?.refusal !== null) return null;
    this.undecided = null;
    this.choose(index);
    return this.drop(target);
  }

  hover(target: Ref | null): void {
    if (this.over === target) return;
    this.over = target;
    void this.#look();
  }

  /** Once the offers are there. */
  ready(): Promise<void> {
    return this.#asking;
  }

  /** Lets go over a target: nothing happens unless the offers allow it, and then only what the PBX will show. */
  async drop(target: Ref, confirmed = false): Promise<Dropped | null> {
    // A quick hand can let go before the offers are there.
    await this.#asking;
    const standing = this.standing(target);
    if (this.ambiguous && standing.as === 'legal') {
      this.undecided = target;
      return null;
    }
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
    if (over === null || this.ambiguous || this.standing(over).as !== 'legal') return;
    const intent = this.#intent(over, false);
    if (intent === null) return;
    const preview = await this.#host.preview(intent);
    // The other's place is chosen next: nothing is said of it yet.
    if (mine === this.#previewed) this.preview = this.halves ? { ...preview, journeys: preview.journeys.slice(0, 1) } : preview;
  }

  #intent(target: Ref, confirmed: boolean): Intent | null {
    const offer = this.offer;
    return offer === null || this.offers === null ? null : this.#wish(offer, this.offers, target, confirmed);
  }

  #severalLegs(): boolean {
    if (this.subject === null || kindOf(this.subject) !== 'call' || this.#obvious(this.subject)) return false;
    return this.choices.filter((offer) => offer.verb === 'transfer' && offer.refusal === null).length > 1;
  }

  #wish(offer: Offer, { seen }: Offers, target: Ref, confirmed: boolean): Intent {
    const split = offer.verb === 'transferBoth' ? this.split : null;
    const places = split === null ? { target, second: null } : { target: split.target, second: target };
    return { id: crypto.randomUUID(), verb: offer.verb, subject: offer.subject, ...places, seen, confirmed };
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
