import { GRACE, type Seat } from '../store/seat.svelte';
import { kindOf, type Folded } from '../store/board';
import type { Candidate } from '../store/candidates';
import { command as words } from '../text/en';
import type { Intent } from '../wire/Intent';
import type { Preview } from '../wire/Preview';
import type { Ref } from '../wire/Ref';
import { parse } from './commandline';
import { touches } from './touch';
import { Reader, split, type Item, type Reading } from './reader';

const NOTHING: Reading = { items: [], meant: null, say: null, about: null, details: {} };

/** The line an operator types moves into: what could be meant, what it would do, and doing it. It only picks among what the desk offers. */
export class CommandLine {
  text = $state('');
  reading: Reading = $state.raw(NOTHING);
  /** The suggestion the arrow keys have chosen; by itself only what is meant beyond doubt. */
  active: number | null = $state(null);
  preview: Preview | null = $state.raw(null);
  /** The desk is asked. */
  asking = $state(false);
  /** Whom it is about, chosen by hand where several could be. */
  #pinned: Ref | null = null;
  #asked = 0;
  #settled: Promise<void> = Promise.resolve();
  #sending = false;
  /** What Enter would do, withheld: the board has put another call in the place of the one that was read. */
  #withheld: Item | null = null;
  readonly #seat: Seat;
  readonly #reader: Reader;

  constructor(seat: Seat) {
    this.#seat = seat;
    this.#reader = new Reader(seat);
  }

  /** What Enter does now. */
  readonly chosen: Item | null = $derived(this.active === null ? this.reading.meant : (this.reading.items[this.active] ?? null));
  /** Whom or what it is about. */
  readonly about: Candidate | null = $derived(this.reading.about);

  type(text: string): void {
    this.text = text;
    if (text.trim() === '') this.#pinned = null;
    this.active = null;
    this.preview = null;
    this.#again();
  }

  /** With the arrow keys through what could be meant, round and round. */
  step(by: 1 | -1): void {
    const { items } = this.reading;
    if (items.length === 0) return;
    const from = this.active ?? (by > 0 ? -1 : items.length);
    this.point((from + by + items.length) % items.length);
  }

  point(index: number): void {
    this.active = index;
    this.preview = null;
    this.#settled = this.#look();
  }

  /** Tab: the rest of what is meant, to be read before it is done. Of several that could be meant the first is only pointed at. */
  async complete(): Promise<void> {
    await this.#quiet();
    const { over, verbs, rest } = parse(this.text, words.words);
    const [verb] = verbs;
    const [first] = this.reading.items;
    if (!over && verb !== undefined && verbs.length === 1) this.type(`${words.words[verb][0] ?? ''} `);
    else if (this.chosen !== null) this.#take(this.chosen);
    else if (first?.kind === 'verb') this.#take(first);
    else if (rest !== '') this.#hesitate();
  }

  /** Enter. True once it was sent, and the line is not needed any more. */
  async enter(): Promise<boolean> {
    const read = this.chosen;
    await this.#quiet();
    const item = this.chosen;
    if (item === null) {
      this.#hesitate();
      return false;
    }
    if (item.kind !== 'option') {
      this.#take(item);
      return false;
    }
    // Whoever came into the call where it leads while it was being sent has not been read.
    return this.#send(this.#intent(item, read?.key === item.key ? read : item));
  }

  /** The board has changed: what was read may not hold any more. */
  changed(folded: Folded): void {
    this.#reader.changed(folded);
    if (this.text.trim() === '') return;
    const option = this.chosen?.kind === 'option' ? this.chosen.option : null;
    const ids = [this.about?.id, option?.asked.offer.subject, option?.to?.id];
    if (ids.some((id) => id !== undefined && known(id) && touches(folded, id))) this.#again(this.about?.id ?? null);
  }

  /** What of a suggestion goes into the line. */
  #take(item: Item): void {
    if (item.kind === 'who') {
      this.#pin(item.ref);
    } else if (item.kind === 'verb') this.type(item.text);
    else if (item.option.to !== null) this.type(`${this.#before()}${item.option.to.numbers[0] ?? item.option.to.name}${item.option.more === '' ? '' : ` ${item.option.more}`}`);
  }

  /** From now on it is about this one: the name that was typed has done its work. */
  #pin(ref: Ref): void {
    const parsed = parse(this.text, words.words);
    const [verb] = parsed.verbs;
    this.#pinned = ref;
    this.type(`${parsed.word} ${verb === undefined ? parsed.rest : split(verb, parsed).query}`);
  }

  /** Once nothing is being read any more: what is chosen then is what stands in the line. */
  async #quiet(): Promise<void> {
    let settled: Promise<void> | null = null;
    while (settled !== this.#settled) {
      settled = this.#settled;
      await settled;
    }
  }

  #before(): string {
    const { word, from } = parse(this.text, words.words);
    return from === null ? `${word} ` : `${word} ${from} > `;
  }

  /** Enter where nothing is meant beyond doubt: the first suggestion is pointed at, and nothing is done. */
  #hesitate(): void {
    if (this.#withheld !== null) {
      this.reading = { ...this.reading, meant: this.#withheld };
      this.#withheld = null;
      this.#settled = this.#look();
    } else if (this.reading.items.length > 0) this.point(0);
  }

  async #send(intent: Intent | null): Promise<boolean> {
    if (intent === null || this.#sending || this.preview?.refusal) return false;
    this.#sending = true;
    await this.#seat.wish(intent);
    this.#sending = false;
    return true;
  }

  #intent(item: Item, read: Item = item): Intent | null {
    if (item.kind !== 'option' || item.option.refusal !== null) return null;
    const { asked, to, more } = item.option;
    const targetSeen = read.kind === 'option' ? (read.option.to?.seen ?? null) : null;
    const { details } = this.reading;
    const said = { ...details, ...(more === '' ? {} : { reason: more }), ...(asked.offer.verb === 'hangUp' ? { grace: GRACE } : {}) };
    return {
      id: item.id, verb: asked.offer.verb, subject: asked.offer.subject, target: to?.id ?? null, second: null, seen: asked.all.seen, targetSeen,
      details: said, confirmed: false,
    };
  }

  /** `about`: whom the line was about as it was read last, where the board asks and not a hand. */
  #again(about: Ref | null = null): void {
    this.#asked += 1;
    if (about === null) this.#withheld = null;
    this.#settled = this.#read(this.#asked, about);
  }

  async #read(mine: number, about: Ref | null): Promise<void> {
    this.asking = true;
    const before = this.chosen?.key ?? null;
    const reading = await this.#reader.read(this.text, this.#pinned);
    if (mine !== this.#asked) return;
    this.asking = false;
    // The one that was pointed at stays so, wherever it stands now; if it is gone, nothing is.
    const again = this.active === null ? -1 : reading.items.findIndex((item) => item.key === before);
    const same = about === null || (reading.about?.id === about && this.#withheld === null);
    this.reading = same ? reading : this.#withhold(reading);
    this.active = again < 0 ? null : again;
    await this.#look();
  }

  /** It is about another call than a moment ago: that has to be read before Enter does anything. */
  #withhold(reading: Reading): Reading {
    this.#withheld = reading.meant;
    if (reading.meant === null) return reading;
    return { ...reading, meant: null, say: { as: 'ask', text: words.hints.anotherCall } };
  }

  /** What Enter would do, told by the desk. */
  async #look(): Promise<void> {
    const item = this.chosen;
    const intent = item === null ? null : this.#intent(item);
    const preview = intent === null ? null : await this.#seat.host.preview(intent);
    if (item === this.chosen) this.preview = preview;
  }
}

function known(id: Ref): boolean {
  return kindOf(id) !== 'number';
}
