import type { Host } from '../host/host';
import { kindOf, pbxOf, type Folded } from '../store/board';
import type { Intent } from '../wire/Intent';
import type { Offer } from '../wire/Offer';
import type { Offers } from '../wire/Offers';
import type { Party } from '../wire/Party';
import type { Preview } from '../wire/Preview';
import type { Ref } from '../wire/Ref';
import type { Refusal } from '../wire/Refusal';
import type { Seen } from '../wire/Seen';
import type { Verb } from '../wire/Verb';
import { NOTHING, type Knows } from './knows';
import { verbOfPlace } from './places';
import { Told } from './told';
import { standsOn, touches } from './touch';
import { allows, bareWay, calledBy, isOpen, waysOf, type Way } from './ways';

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
  /** The key for the menu is down: letting go asks what should happen. */
  menu = $state(false);
  /** Both go, but not to one place: letting go keeps the first place and leaves the other party in hand. */
  apart = $state(false);
  split: Split | null = $state.raw(null);
  /** Where it was dropped while it is still asked what should happen, or who goes. */
  undecided: Ref | null = $state(null);
  #undecidedSeen: Seen | null = null;
  /** What is listed while it is asked, in the order in which it was asked: a line never changes its meaning. */
  listed: readonly string[] = $state.raw([]);
  /** The way chosen by hand: no other is taken in its place. */
  #choice: string | null = $state(null);
  readonly #told = new Told();
  #asked = 0;
  #asking: Promise<void> = Promise.resolve();
  #previewed = 0;
  readonly #host: Host;
  readonly #knows: Knows;

  constructor(host: Host, knows: Knows = NOTHING) {
    this.#host = host;
    this.#knows = knows;
  }

  readonly active = $derived(this.subject !== null);
  /** Everything that can be done by letting go somewhere. */
  readonly ways: Way[] = $derived(waysOf(this.offers?.offers ?? []));

  readonly choices: Offer[] = $derived(this.ways.map((way) => way.offer));

  readonly #bothWay: Way | null = $derived(this.ways.find((way) => way.offer.verb === 'transferBoth' && isOpen(way)) ?? null);

  /** Nothing but both will do: it was said that each has a place of their own. */
  readonly #two = $derived(this.apart || this.split !== null);

  /** Said by hand what to do; null where letting go decides by its target. */
  readonly chosen: Way | null = $derived(this.#said());

  /** Said by hand, whether or not it can still be done. */
  readonly explicit = $derived(this.#two || (this.both && this.#bothWay !== null) || this.#choice !== null);

  /** What letting go would do here, or wherever. */
  readonly offer: Offer | null = $derived.by(() => {
    if (this.explicit) return this.chosen?.offer ?? null;
    const here = this.over === null ? null : this.offerAt(this.over);
    return here ?? this.ways.find(isOpen)?.offer ?? null;
  });

  /** Letting go here is only half of it. */
  readonly halves = $derived(this.apart && this.split === null && this.offer?.verb === 'transferBoth');

  /** A call held by its row where two could be meant, and nobody has said whom. */
  readonly ambiguous = $derived(this.by === 'pointer' && !this.explicit && this.#severalLegs());

  /** Why nothing at all can be done with what is held. */
  readonly refusal: Refusal | null = $derived(
    this.gone ? { refusal: 'gone' } : this.offers !== null && this.offer === null ? (this.#firstRefusal() ?? { refusal: 'notMovable' }) : null,
  );

  #said(): Way | null {
    if (this.#two) return this.#bothWay;
    if (this.both && this.#bothWay !== null) return this.#bothWay;
    return this.ways.find((way) => way.key === this.#choice && isOpen(way)) ?? null;
  }

  #firstRefusal(): Refusal | null {
    const meant = this.#two ? this.ways.find((way) => way.offer.verb === 'transferBoth') : (this.ways.find((way) => way.key === this.#choice) ?? this.ways[0]);
    return meant?.offer.refusal ?? null;
  }

  /** Everything that could be done there, whatever was chosen. */
  waysAt(target: Ref): Way[] {
    return this.#crosses(target) ? [] : this.ways.filter((way) => allows(way, target, this.#knows.isMe));
  }

  /** What letting go there would do; nothing where it is not allowed, or has to be asked. */
  offerAt(target: Ref): Offer | null {
    const there = this.waysAt(target);
    if (this.explicit) return there.find((way) => way === this.chosen)?.offer ?? null;
    return this.#bare(there, target)?.offer ?? null;
  }

  #bare(there: readonly Way[], target: Ref): Way | null {
    return bareWay(there, target, this.#knows.asksFirst(), [target, this.subject ?? target].some(this.#knows.accompanied));
  }

  /** Whether letting go there opens the menu of what could be done. */
  asksAt(target: Ref): boolean {
    if (this.explicit && !this.menu) return false;
    const there = this.waysAt(target);
    if (this.menu) return there.length > 1;
    const bare = this.#bare(there, target);
    if (bare === null) return there.length > 0;
    return this.ambiguous && bare.offer.verb === 'transfer' && there.filter((way) => way.offer.verb === 'transfer').length > 1;
  }

  standing(id: Ref): Standing {
    if (this.subject === null) return NO_MOVE;
    if (this.subject === id) return { as: 'subject' };
    // No call crosses from one PBX to another, whatever is offered.
    if (this.#crosses(id)) return { as: 'refused', refusal: { refusal: 'notATarget' } };
    if (this.refusal !== null || this.split?.target === id) return { as: 'aside' };
    const meant = this.explicit ? (this.chosen === null ? [] : [this.chosen]) : this.ways;
    if (meant.some((way) => allows(way, id, this.#knows.isMe))) return { as: 'legal' };
    const refusal = this.#refusalAt(id, meant);
    return refusal === null ? { as: 'aside' } : { as: 'refused', refusal };
  }

  /** Why not there: a target that is listed says so; a shelf says what its verb says. */
  #refusalAt(id: Ref, meant: readonly Way[]): Refusal | null {
    const listed = meant.filter(isOpen).map((way) => way.refused.get(id)).find((refusal) => refusal !== undefined);
    const verb = verbOfPlace(id);
    const ofPlace = verb === null ? undefined : meant.find((way) => way.offer.verb === verb)?.offer.refusal;
    return listed ?? ofPlace ?? null;
  }

  #crosses(id: Ref): boolean {
    return this.subject !== null && pbxOf(id) !== '' && pbxOf(this.subject) !== pbxOf(id);
  }

  /** Takes something in hand; with a verb nothing else will be done with it. */
  async begin(subject: Ref, by: By, verb: Verb | null = null): Promise<void> {
    this.cancel();
    this.subject = subject;
    this.by = by;
    this.#asking = this.#ask();
    await this.#asking;
    if (verb !== null && this.subject === subject) this.choose(this.#indexOf(verb));
  }

  #indexOf(verb: Verb): number {
    const open = this.ways.findIndex((way) => way.offer.verb === verb && isOpen(way));
    return open >= 0 ? open : this.ways.findIndex((way) => way.offer.verb === verb);
  }

  cancel(): void {
    this.subject = null;
    this.offers = null;
    this.over = null;
    this.preview = null;
    this.gone = false;
    this.both = false;
    this.menu = false;
    this.apart = false;
    this.split = null;
    this.undecided = null;
    this.#choice = null;
    this.#told.forget();
    this.#asked += 1;
    this.#previewed += 1;
  }

  /** Of the ways as they are listed, this one and no other. */
  choose(index: number): void {
    const way = this.ways[index];
    if (way === undefined || !isOpen(way)) return;
    this.#choice = way.key;
    void this.#look();
  }

  /** Modifiers: Shift, Shift with Ctrl, and the one that asks for the menu. */
  hold(both: boolean, apart = this.apart, menu = this.menu): void {
    if (this.subject === null || (this.both === both && this.apart === apart && this.menu === menu)) return;
    this.both = both;
    this.apart = apart;
    this.menu = menu;
    void this.#look();
  }

  /** Both to one place, or each to their own. */
  part(apart: boolean): void {
    this.apart = apart;
    this.chooseBoth();
  }

  chooseBoth(): void {
    this.choose(this.#indexOf('transferBoth'));
  }

  /** The first of both goes here; the other one stays in hand. Says why not, if not. */
  async keep(target: Ref): Promise<Refusal | null> {
    await this.#asking;
    const both = this.choices.find((offer) => offer.verb === 'transferBoth');
    if (this.gone) return { refusal: 'gone' };
    if (!both || both.refusal !== null) return both?.refusal ?? { refusal: 'notAPair' };
    this.chooseBoth();
    const standing = this.standing(target);
    const intent = this.#intent(target);
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

  /** What a way would do at a place, without choosing it. */
  async told(way: Way, target: Ref): Promise<Preview | null> {
    return this.offers === null ? null : this.#host.preview(this.#wish(way.offer, this.offers, target));
  }

  /** Settled by hand: of the ways that are listed this one. */
  async settle(index: number): Promise<Dropped | null> {
    const target = this.undecided;
    const at = this.ways.findIndex((way) => way.key === this.listed[index] && isOpen(way));
    if (target === null || at < 0) return null;
    this.undecided = null;
    this.both = false;
    this.menu = false;
    this.choose(at);
    return this.drop(target, this.#undecidedSeen);
  }

  /** Asks what should happen at a place, as a drop with the key for the menu does. */
  async ask(target: Ref): Promise<void> {
    await this.#asking;
    this.#list(target);
  }

  #list(target: Ref, seen = this.#knows.seen(target)): void {
    this.#undecidedSeen = seen;
    this.listed = this.waysAt(target).map((way) => way.key);
    this.undecided = this.listed.length > 0 ? target : null;
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

  /** Lets go over a target: nothing happens unless the offers allow it, and then only what the PBX will show. `seen`: who was there then. */
  async drop(target: Ref, seen = this.#knows.seen(target)): Promise<Dropped | null> {
    // A quick hand can let go before the offers are there.
    await this.#asking;
    const standing = this.standing(target);
    if (standing.as === 'legal' && (this.asksAt(target) || this.#told.hasJustTurned(target))) {
      this.#list(target, seen);
      return null;
    }
    const intent = this.#intent(target, seen);
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
    await this.#look(false);
  }

  async #look(byHand = true): Promise<void> {
    this.#previewed += 1;
    const mine = this.#previewed;
    this.preview = null;
    const over = this.over;
    if (over === null || this.standing(over).as !== 'legal' || this.asksAt(over)) return;
    const intent = this.#intent(over);
    if (intent === null) return;
    const preview = await this.#host.preview(intent);
    if (mine !== this.#previewed) return;
    this.#told.say(over, `${intent.verb} ${intent.subject}`, byHand);
    // The other's place is chosen next: nothing is said of it yet.
    this.preview = this.halves ? { ...preview, journeys: preview.journeys.slice(0, 1) } : preview;
  }

  #intent(target: Ref, seen?: Seen | null): Intent | null {
    const offer = this.offerAt(target) ?? this.offer;
    return offer === null || this.offers === null ? null : this.#wish(offer, this.offers, target, seen);
  }

  #severalLegs(): boolean {
    if (this.subject === null || kindOf(this.subject) !== 'call' || this.#knows.obvious(this.subject)) return false;
    return this.choices.filter((offer) => offer.verb === 'transfer' && offer.refusal === null).length > 1;
  }

  #wish(offer: Offer, { seen }: Offers, target: Ref, targetSeen = this.#knows.seen(target)): Intent {
    const split = offer.verb === 'transferBoth' ? this.split : null;
    const common = { id: crypto.randomUUID(), verb: offer.verb, subject: offer.subject, second: null, seen, confirmed: false };
    if (offer.asks !== 'target') return { ...common, target: null };
    // Somebody let go on my tile, or on my calls, is called by me: my phone rings first.
    const me = offer.verb === 'originate' ? calledBy(offer, target, this.#knows.isMe) : null;
    if (me !== null) return { ...common, subject: me, target: offer.subject };
    return split === null ? { ...common, target, targetSeen } : { ...common, target: split.target, second: target };
  }
}
