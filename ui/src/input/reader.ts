import { kindOf, type Folded } from '../store/board';
import { candidate, ofLegs, type Candidate } from '../store/candidates';
import { best, FIT, meant, type Fit } from '../store/fuzzy';
import { MOVED, type Seat } from '../store/seat.svelte';
import { calls, callOf } from '../store/selectors';
import { command as words, operation, refusal as refusalText } from '../text/en';
import type { Details } from '../wire/Details';
import type { Offer } from '../wire/Offer';
import type { Offers } from '../wire/Offers';
import type { Ref } from '../wire/Ref';
import type { Refusal } from '../wire/Refusal';
import type { Verb } from '../wire/Verb';
import { cuts, parse, said, shapeOf, type Parsed } from './commandline';
import { optionsOf, type Asked, type Option } from './options';
import { touches } from './touch';

/** One suggestion. */
export type Item =
  /** `refusal`: it cannot be done with what it would be about, and why. */
  | { kind: 'verb'; key: string; verb: Verb; text: string; refusal: Refusal | null }
  | { kind: 'who'; key: string; ref: Ref; who: Candidate }
  /** `id`: of the operation, if it comes to one. */
  | { kind: 'option'; key: string; id: string; option: Option };

/** What is to be told beside the suggestions. */
export interface Say {
  as: 'hint' | 'ask' | 'refused';
  text: string;
}

/** What was made of a line. */
export interface Reading {
  items: readonly Item[];
  /** What Enter does, if there is no doubt. */
  meant: Item | null;
  say: Say | null;
  about: Candidate | null;
  details: Details;
}

/** Where one verb is looked for, a second serves as well. */
const ALSO: Partial<Record<Verb, Verb>> = { take: 'answer' };
/** What a name without a word may be for. */
const NAMELESS: readonly Verb[] = ['transfer', 'consult', 'originate'];
const SHOWN = 8;
/** In milliseconds: quicker than anybody could be surprised. */
const MOMENT = 400;
/** Of these some change all the time on a big board. */
const PASSING: ReadonlySet<string> = new Set(['extension', 'call', 'operation', 'ended', 'pbx', 'trunk', 'agent']);
const hint = (text: string): Say => ({ as: 'hint', text });
const ask = (text: string): Say => ({ as: 'ask', text });
const refused = (text: string): Say => ({ as: 'refused', text });
const reading = (change: Partial<Reading>): Reading => ({ items: [], meant: null, say: null, about: null, details: {}, ...change });

/** Reads a line: which verb, about whom, where to. Asks the desk what is possible, and decides nothing itself. */
export class Reader {
  readonly #seat: Seat;
  /** What was selected when the line was opened had ended by then: it is nobody's call any more. */
  readonly #over: boolean;
  /** What the desk offered, while it can still hold: it is not asked anew with every letter. */
  readonly #offered = new Map<Ref, { at: number; offers: Promise<Offers> }>();

  constructor(seat: Seat) {
    this.#seat = seat;
    this.#over = seat.selected !== null && MOVED.has(kindOf(seat.selected)) && !seat.stands(seat.selected);
  }

  async read(text: string, pinned: Ref | null): Promise<Reading> {
    const parsed = parse(text, words.words);
    const [verb] = parsed.verbs;
    if (parsed.word === '' || verb === undefined || parsed.verbs.length > 1) return this.#verbs(parsed);
    const { who, query } = split(verb, parsed);
    const subjects = who !== null ? this.#named(verb, who) : pinned !== null ? [pinned] : this.#unnamed(verb);
    if (!Array.isArray(subjects)) return subjects;
    return this.#of(verb, subjects, query, pinned !== null || who !== null);
  }

  /** What was offered does not hold any more; only who else has become free or busy may be a moment old, for the desk looks again before it does anything. */
  changed(folded: Folded): void {
    const { touched } = folded;
    const others = touched === 'all' || [...touched].some((id) => !PASSING.has(kindOf(id)));
    for (const subject of this.#offered.keys()) if (others || touches(folded, subject)) this.#offered.delete(subject);
  }

  #ask(subject: Ref): Promise<Offers> {
    const now = this.#seat.clock.read();
    const known = this.#offered.get(subject);
    if (known && now - known.at < MOMENT) return known.offers;
    const offers = this.#seat.host.offers(subject);
    this.#offered.set(subject, { at: now, offers });
    return offers;
  }

  /** Which word? Without a letter what can be done now. */
  async #verbs(parsed: Parsed): Promise<Reading> {
    const unknown = parsed.verbs.length === 0;
    const rest = unknown ? `${parsed.word} ${parsed.rest}`.trim() : parsed.rest;
    const { about, offers } = await this.#now();
    const standing = (verb: Verb) => offers.find((offer) => offer.verb === verb && offer.refusal === null) ?? offers.find((offer) => offer.verb === verb) ?? null;
    const verbs = unknown ? NAMELESS : parsed.word === '' ? parsed.verbs.filter((verb) => standing(verb)?.refusal === null).slice(0, SHOWN) : parsed.verbs;
    const items = verbs.map((verb): Item => ({ kind: 'verb', key: verb, verb, text: `${words.words[verb][0] ?? ''} ${rest}`, refusal: standing(verb)?.refusal ?? null }));
    return reading({ items, about, say: unknown ? ask(words.problems.word(parsed.word)) : hint(words.hints.verb) });
  }

  /** What a word would be about before there is one, and everything that can be done with it or by me. */
  async #now(): Promise<{ about: Candidate | null; offers: Offer[] }> {
    const subjects = this.#unnamed('transfer');
    const [subject] = Array.isArray(subjects) ? subjects : [];
    const asked = [...(subject === undefined ? [] : [subject]), ...this.#seat.links.mine];
    const all = await Promise.all(asked.map((each) => this.#ask(each)));
    return { about: this.#candidate(subject), offers: all.flatMap(({ offers }) => offers) };
  }

  /** Nobody was named: what is selected, or my only call, or me. */
  #unnamed(verb: Verb): Ref[] | Reading {
    const { links, board } = this.#seat;
    const selected = this.#over ? null : this.#seat.selected;
    const kind = selected === null ? '' : kindOf(selected);
    const mine = [...links.mine];
    switch (shapeOf(verb).about) {
      case 'me':
        return mine.length > 0 ? mine : reading({ say: refused(words.problems.noPhone) });
      case 'person':
        if (selected !== null && kind === 'extension') return [selected];
        return mine.length > 0 ? mine : reading({ say: refused(words.problems.noPhone) });
      case 'selected': {
        if (selected !== null && ['call', 'leg', 'parked', 'conference'].includes(kind)) return [this.#seat.offerSubject(selected)];
        const all = calls(board.picture, links.mine).mine;
        if (all.length > 1) return this.#whichCall(all.map((call) => call.id));
        return all[0] ? [all[0].id] : reading({ say: refused(words.problems.noCall) });
      }
    }
  }

  #whichCall(ids: readonly Ref[]): Reading {
    return reading({ items: this.#whoItems(ids), say: ask(words.hints.whichCall) });
  }

  /** Somebody was named: a person, a queue, or one leg of any call, or a room. */
  #named(verb: Verb, who: string): Ref[] | Reading {
    const found = best(who, this.#nameable(verb), (each) => each);
    const one = meant(found);
    if (one !== null) return [one.id];
    if (found.length === 0) return reading({ say: refused(words.problems.nobody(who)) });
    const items = this.#whoItems(found.slice(0, SHOWN).map(({ item }) => item.id));
    return reading({ items, say: ask(doubt(found)) });
  }

  #nameable(verb: Verb): Candidate[] {
    const { picture } = this.#seat.board;
    const of = (ids: Iterable<Ref>) => [...ids].map((id) => candidate(picture, id)).filter((each) => each !== null);
    if (verb === 'next') return of(picture.queue.keys());
    if (shapeOf(verb).about !== 'selected') return of(picture.extension.keys());
    if (verb === 'invite') return of(picture.extension.keys());
    return [...ofLegs(picture).values(), ...of(picture.conference.keys())];
  }

  #whoItems(ids: readonly Ref[]): Item[] {
    const found = ids.map((id) => this.#candidate(id)).filter((each) => each !== null);
    return found.map((who) => ({ kind: 'who', key: who.id, ref: who.id, who }));
  }

  #candidate(id: Ref | undefined): Candidate | null {
    return id === undefined ? null : candidate(this.#seat.board.picture, id);
  }

  async #of(verb: Verb, subjects: readonly Ref[], query: string, named: boolean): Promise<Reading> {
    const about = this.#candidate(subjects[0]);
    if (!subjects.some((subject) => this.#seat.liveOf(subject))) return reading({ about, say: refused(words.problems.notLive) });
    const all = await Promise.all(subjects.map((subject) => this.#ask(subject)));
    const offered = all.flatMap((each) => each.offers.filter((offer) => offer.verb === verb || offer.verb === ALSO[verb]).map((offer): Asked => ({ offer, all: each })));
    const open = offered.filter(({ offer }) => offer.refusal === null);
    const [first] = open;
    if (first === undefined) return reading({ about, say: refused(whyNot(verb, offered[0]?.offer ?? null)) });
    const legs = open.filter(({ offer }) => offer.verb === first.offer.verb);
    const oneOf = shapeOf(verb).about === 'selected';
    if (oneOf && !named && legs.length > 1 && !this.#seat.obvious(subjects[0] ?? '')) {
      return reading({ about, items: this.#whoItems(legs.map(({ offer }) => offer.subject)), say: ask(words.hints.who) });
    }
    return this.#placed(verb, oneOf ? [first] : legs, query, about);
  }

  /** The verb and whom it is about are known: what is still to be said, and where to. */
  #placed(verb: Verb, asked: readonly Asked[], rest: string, about: Candidate | null): Reading {
    const { query, details, missing } = said(verb, rest);
    if (missing !== null) {
      const options = query === '' ? [] : optionsOf(asked, query, this.#seat.board.picture);
      return reading({ about, details, items: options.slice(0, SHOWN).map(item), say: hint(words.hints[missing]) });
    }
    const [first] = asked;
    const towards = first?.offer.asks === 'target' || first?.offer.asks === 'targetAndValue';
    if (first !== undefined && !towards) return only({ asked: first, to: null, refusal: null, fit: FIT.number, more: '' }, about, details);
    return this.#chosen(verb, asked, query, about, details);
  }

  #chosen(verb: Verb, asked: readonly Asked[], query: string, about: Candidate | null, details: Details): Reading {
    const options = this.#options(verb, asked, query);
    const items = options.slice(0, SHOWN).map(item);
    const all = everywhere(verb, asked[0], query, options);
    if (all !== null) return reading({ about, details, items: [all, ...items], meant: all });
    if (options.length === 0) return reading({ about, details, say: query === '' ? hint(words.hints.target) : refused(words.problems.nobody(query)) });
    const home = query === '' ? this.#home(verb, items) : null;
    if (query === '' && home === null) return reading({ about, details, items, say: hint(shapeOf(verb).follows.startsWith('queue') ? words.hints.queue : words.hints.target) });
    const one = home ?? certain(items, options);
    const why = one?.kind === 'option' ? one.option.refusal : null;
    return reading({ about, details, items, meant: one, say: one === null ? ask(doubt(options)) : why === null ? null : refused(refusalText(why)) });
  }

  /** `sales lunch`: the longest name that a queue has, and then why. */
  #options(verb: Verb, asked: readonly Asked[], query: string): Option[] {
    const { picture } = this.#seat.board;
    if (shapeOf(verb).follows !== 'queueReason' || query === '') return optionsOf(asked, query, picture);
    for (const { name, more } of cuts(query)) {
      const found = name === '' ? [] : optionsOf(asked, name, picture).filter((option) => option.fit < FIT.near);
      if (found.length > 0) return found.map((option) => ({ ...option, more }));
    }
    return [];
  }

  /** Who is invited without a word comes to the call that is selected, or to my only one. */
  #home(verb: Verb, items: readonly Item[]): Item | null {
    if (verb !== 'invite') return null;
    const { links, board } = this.#seat;
    const selected = this.#over ? null : this.#seat.selected;
    const mine = calls(board.picture, links.mine).mine;
    const call = selected === null ? null : kindOf(selected) === 'call' ? selected : (callOf(board.picture, selected)?.id ?? null);
    const wanted = call ?? (mine.length === 1 ? mine[0]?.id : null) ?? null;
    return items.find((each) => each.kind === 'option' && each.option.to?.id === wanted) ?? null;
  }
}

/** Whom a verb is about, and what else follows it; of some verbs whom they are about is all that can follow. */
export function split(verb: Verb, { from, rest }: Parsed): { who: string | null; query: string } {
  const { follows } = shapeOf(verb);
  if (from === null && rest !== '' && (follows === 'nothing' || follows === 'person')) return { who: rest, query: '' };
  return { who: from, query: rest };
}

function whyNot(verb: Verb, offer: Offer | null): string {
  return offer?.refusal ? refusalText(offer.refusal) : words.problems.notHere(operation.verb[verb]);
}

function doubt(found: readonly { fit: Fit }[]): string {
  const equal = found.filter((each) => each.fit === found[0]?.fit).length;
  return found[0]?.fit === FIT.near ? words.hints.sure : words.hints.which(equal);
}

function item(option: Option): Item {
  const key = `${option.asked.offer.verb} ${option.asked.offer.subject} ${option.to?.id ?? ''}`;
  return { kind: 'option', key, id: crypto.randomUUID(), option };
}

function only(option: Option, about: Candidate | null, details: Details): Reading {
  return reading({ about, details, meant: item(option) });
}

/** What is meant beyond doubt: the best alone, and more than near. */
function certain(items: readonly Item[], options: readonly Option[]): Item | null {
  const one = meant(options.map((option) => ({ item: option, fit: option.fit })));
  return one === null ? null : (items[options.indexOf(one)] ?? null);
}

/** A pause needs no queue: it is one of all of them, and what was typed is the reason. */
function everywhere(verb: Verb, asked: Asked | undefined, query: string, options: readonly Option[]): Item | null {
  const may = (verb === 'queuePause' || (verb === 'queueUnpause' && query === '')) && asked !== undefined;
  if (!may || (query !== '' && options.length > 0)) return null;
  return item({ asked, to: null, refusal: null, fit: FIT.number, more: query });
}
