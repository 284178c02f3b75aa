import type { Host } from '../host/host';
import { keyOfCommand } from '../input/keys';
import { Move, type By, type Dropped } from '../input/move.svelte';
import { Offered } from '../input/offered.svelte';
import { MISSING } from '../input/verbs';
import { chrome, gap as gapWords, linkError, net as netWords, nowFor, operation as words, refusal as refusalText, spokenSentence } from '../text/en';
import { clean, cleanOrNone } from '../text/clean';
import type { Details } from '../wire/Details';
import type { Intent } from '../wire/Intent';
import type { LostView } from '../wire/LostView';
import type { Offer } from '../wire/Offer';
import type { OperationView } from '../wire/OperationView';
import type { Preview } from '../wire/Preview';
import type { Ref } from '../wire/Ref';
import type { Refusal } from '../wire/Refusal';
import type { Seen } from '../wire/Seen';
import type { Settings } from '../wire/Settings';
import type { Verb } from '../wire/Verb';
import { kindOf, numberRef, pbxOf, type Folded, type Picture } from './board';
import { alarms } from './alarms';
import { Clock } from './clock';
import type { Form } from './form';
import { Gaps } from './gaps.svelte';
import { knowsOf } from './knows';
import { Links } from './links.svelte';
import { LiveBoard } from './live.svelte';
import { Messages } from './messages.svelte';
import { Operations } from './operations.svelte';
import { legBehind } from './net';
import { seenAt } from './seen';
import { Typed } from './typed';
import { callOf, isObvious, keepOrder, loudness, undoOf } from './selectors';

/** So long a hang-up can be taken back, in milliseconds, where it is not urgent. */
export const GRACE = 3000;

/** Kinds of things one can call. */
export const DIALLED: ReadonlySet<string> = new Set(['extension', 'number', 'queue', 'conference']);

/** Kinds of things that are a call, or stand for one on a shelf. */
export const MOVED: ReadonlySet<string> = new Set(['call', 'leg', 'parked', 'sent', 'note', 'camp']);

/** The operator's place at the board: what is selected, what is held, what was said. */
export class Seat {
  readonly host: Host;
  readonly clock: Clock;
  readonly board: LiveBoard;
  readonly move: Move;
  readonly offered: Offered;
  /** What can be done with a selected person or place itself, where `offered` is about my phone. */
  readonly itself: Offered;
  /** What waits for something to be typed, in the bar of actions. */
  form: Form | null = $state.raw(null);
  readonly messages: Messages;
  readonly operations = new Operations();
  readonly links: Links;
  readonly gaps = new Gaps();
  selected: Ref | null = $state(null);
  query = $state('');
  settings: Settings = $state.raw({ version: 2, connections: [], theme: 'system', density: 'comfortable', columns: [] });

  #before: Picture;
  /** Who is being called back at this moment: a second click means no second call. */
  readonly #calling = new Set<Ref>();
  readonly #typed = new Typed();
  /** The order of each list when the hand went down. */
  readonly #frozen = new Map<string, readonly Ref[]>();

  constructor(host: Host, clock = new Clock()) {
    this.host = host;
    this.clock = clock;
    const now = () => clock.read();
    this.board = new LiveBoard(host, now);
    this.links = new Links(this.board, () => this.settings.connections[0]?.profile.pbx ?? null);
    this.messages = new Messages(now);
    this.move = new Move(host, knowsOf(this));
    this.offered = new Offered(host);
    this.itself = new Offered(host);
    this.#before = this.board.picture;
    this.board.onChange((folded) => this.#changed(folded));
  }

  /** Whether the picture of this thing is its PBX's of now: another PBX that is lost takes nothing from it. */
  liveOf(id: Ref): boolean {
    return this.links.liveOf(id);
  }

  /** Everything on show is true. */
  get whole(): boolean {
    return this.links.whole;
  }

  /** Since when nothing is known of this thing, if its link is lost. */
  lostAt(id: Ref): number | null {
    return this.links.lostAt(id);
  }

  /** An extension of my own, at whichever PBX. */
  isMe(extension: Ref | null): boolean {
    return this.links.isMe(extension);
  }

  select(id: Ref | null): void {
    if (this.selected === id) return;
    this.selected = id;
    this.form = null;
    this.offered.ask(id === null ? null : this.#offeredFor(id), id);
    this.itself.ask(id !== null && DIALLED.has(kindOf(id)) && kindOf(id) !== 'number' ? id : null);
  }

  /** Whoever stands on a shelf is moved by their leg. */
  offerSubject(id: Ref): Ref {
    return legBehind(this.board.picture, id) ?? id;
  }

  /** With a person or a place one wants to know what *I* can do: call it. */
  #offeredFor(id: Ref): Ref {
    return DIALLED.has(kindOf(id)) ? (this.links.meOf(id) ?? id) : this.offerSubject(id);
  }

  /** Takes a call, a leg or a person into the hand. */
  async pick(id: Ref, by: By, both = false, apart = false): Promise<void> {
    await this.pickFor(both ? 'transferBoth' : null, id, by, apart);
  }

  /** Takes something into the hand to do just this with it. */
  async pickFor(verb: Verb | null, id: Ref, by: By = 'keys', apart = false): Promise<void> {
    if (!this.liveOf(id)) {
      this.refuse({ refusal: 'notLive' });
      return;
    }
    await this.move.begin(this.offerSubject(id), by, verb);
    if (apart) this.move.part(true);
    // What was asked for cannot be done: nothing else is done in its place.
    const other = verb !== null && this.move.active && this.move.chosen?.offer.verb !== verb;
    const refusal = this.move.refusal ?? (other ? (this.move.choices.find((offer) => offer.verb === verb)?.refusal ?? { refusal: 'notInThisState' as const }) : null);
    if (refusal !== null && (by === 'keys' || other)) {
      this.move.cancel();
      this.refuse(refusal);
    }
  }

  /** Lets go; where both go to two places, the first time only keeps the first one's. True where the desk took it on. */
  async drop(target: Ref): Promise<boolean> {
    const seen = seenAt(this.board.picture, target);
    await this.move.ready();
    if (!this.move.halves) return this.#let(() => this.move.drop(target, seen));
    await this.keep(target);
    return this.move.split !== null;
  }

  /** Lets go; where nothing came of it because nothing can be done any more, that is said. */
  async #let(go: () => Promise<Dropped | null>): Promise<boolean> {
    await this.move.ready();
    const { refusal } = this.move;
    const dropped = await go();
    this.#settle(dropped);
    if (dropped === null && refusal !== null) this.refuse(refusal);
    return dropped !== null && dropped.refusal === null;
  }

  /** The first of both goes here; now for the other. */
  async keep(target: Ref): Promise<void> {
    const refusal = await this.move.keep(target);
    if (refusal) this.refuse(refusal, target);
    else if (this.move.split) this.messages.say(`${spokenSentence(this.move.split.told)} ${nowFor(this.move.split.other)}`);
    if (refusal && this.move.by === 'pointer') this.move.cancel();
  }

  /** Of the several ways there are, this one. */
  async settle(index: number): Promise<void> {
    await this.#let(() => this.move.settle(index));
  }

  obvious(subject: Ref): boolean {
    return isObvious(this.board.picture, subject, (id) => this.isMe(id));
  }

  /** The first offer of a verb for a subject, carried out at once: hang up, dial, park. True where the desk took it on. */
  async act(verb: Verb, subject: Ref, target: Ref | null, details: Details = {}): Promise<boolean> {
    if (!this.liveOf(subject)) {
      this.refuse({ refusal: 'notLive' });
      return false;
    }
    const offers = await this.host.offers(this.offerSubject(subject));
    const offer = offers.offers.find((each) => each.verb === verb && each.refusal === null) ?? offers.offers.find((each) => each.verb === verb);
    if (!offer) this.refuse({ refusal: MISSING[verb] ?? (kindOf(subject) === 'extension' ? 'noPhone' : this.stands(subject) ? 'notInThisState' : 'gone') });
    else if (offer.refusal) this.refuse(offer.refusal);
    else return this.perform(offer, target, offers.seen, details);
    return false;
  }

  /** Carries an offer out. A hang-up can be taken back for a moment, unless it is said that it is urgent. */
  async perform(offer: Offer, target: Ref | null, seen: Intent['seen'] = null, details: Details = {}): Promise<boolean> {
    const said = offer.verb === 'hangUp' ? { grace: GRACE, ...details } : details;
    const intent: Intent = { id: crypto.randomUUID(), verb: offer.verb, subject: offer.subject, target, second: null, seen: seen ?? null, targetSeen: target === null ? null : seenAt(this.board.picture, target), details: said, confirmed: false };
    const refusal = await this.#send(intent);
    this.#settle({ intent, refusal });
    return refusal === null;
  }

  /** What an offer without a target would do, in a sentence; nothing where more has to be said first. */
  async foretell(offer: Offer, seen: Intent['seen'] = null): Promise<Preview | null> {
    if (offer.refusal !== null || offer.asks !== 'nothing') return null;
    return this.host.preview({ id: crypto.randomUUID(), verb: offer.verb, subject: offer.subject, target: null, second: null, seen: seen ?? null, confirmed: false });
  }

  /** Takes an operation back of which nothing has been sent yet. */
  async takeBack(operation: OperationView): Promise<void> {
    const back = await this.host.takeBack(operation.operation);
    this.messages.tell(back ? words.takenBack(operation) : words.tooLate, back ? 'good' : 'amber');
  }

  /** What can be undone now, the latest first: what has not been sent, then who still rings where they were sent. */
  undoable(): OperationView[] {
    const all = [...this.board.picture.operation.values()].sort((a, b) => b.since - a.since);
    return [...all.filter((each) => undoOf(each) === 'takeBack'), ...all.filter((each) => undoOf(each) === 'bringBack')];
  }

  async undo(operation: OperationView): Promise<void> {
    await (undoOf(operation) === 'takeBack' ? this.takeBack(operation) : this.bringBack(operation));
  }

  /** A caller whose transfer still rings comes back to my phone. */
  async bringBack(operation: OperationView): Promise<void> {
    const leg = operation.legs[0];
    if (leg) await this.act('take', leg, null);
  }

  /** Writes down for whom somebody waits; nothing takes it away. */
  async label(leg: Ref, text: string): Promise<void> {
    const done = await this.host.label(leg, text.trim());
    this.messages.tell(!done ? netWords.notLabelled : text.trim() === '' ? netWords.unlabelled : netWords.labelled(clean(text)), done ? 'plain' : 'amber');
  }

  /** Takes away what somebody has read. */
  dismiss(id: Ref): void {
    void this.host.dismiss(id);
  }

  /** Opens what has to be typed with an offer. */
  ask(offer: Offer, seen: Seen | null): void {
    this.form = { offer, seen, about: this.selected };
  }

  /** The call this is, or stands for, is still there. */
  stands(subject: Ref): boolean {
    const { picture } = this.board;
    return picture.call.has(subject) || callOf(picture, this.offerSubject(subject)) !== null;
  }

  /** A wish that was put together elsewhere: sent, and told what becomes of it. */
  async wish(intent: Intent): Promise<void> {
    this.#settle({ intent, refusal: await this.#send(intent) });
  }

  /** My phone first, then a person or a number. */
  async dial(target: Ref): Promise<boolean> {
    const me = this.links.meOf(target);
    if (me === null) this.refuse({ refusal: this.liveOf(target) ? 'noPhone' : 'notLive' });
    return me !== null && this.act('originate', me, target);
  }

  /** Rings back who was lost. Only once the desk has taken that on is the card put away: whoever could not be called stays in sight. */
  async callBack(view: LostView): Promise<void> {
    const number = cleanOrNone(view.number);
    if (number === null || this.#calling.has(view.id)) return;
    this.#calling.add(view.id);
    if (await this.dial(this.numberAt(view.id, number))) this.dismiss(view.id);
    this.#calling.delete(view.id);
  }

  /** A typed number wherever it could be dialled or sent to; what is in the hand stays at its own PBX. */
  numberTargets(number: string): Ref[] {
    return this.links.dialling(this.move.subject).map((pbx) => numberRef(pbx, number));
  }

  /** A number at the PBX of what it is about. */
  numberAt(about: Ref, number: string): Ref {
    return numberRef(pbxOf(about), number);
  }

  /** Says why not; where a move would lead from one PBX to another, that first. */
  refuse(refusal: Refusal, target: Ref | null = null, subject: Ref | null = this.move.subject): void {
    const across = target !== null && subject !== null && pbxOf(target) !== pbxOf(subject);
    this.messages.tell(across ? chrome.pbxs.across(this.links.nameOf(subject), this.links.nameOf(target)) : refusalText(refusal), 'amber');
  }

  /** A list in the order it had when the hand went down; free to sort itself while nothing is held. */
  steady<T>(list: string, next: T[], idOf: (item: T) => Ref): T[] {
    const frozen = this.#frozen.get(list);
    if (this.move.active && frozen) return keepOrder(frozen, next, idOf);
    this.#frozen.set(list, next.map(idOf));
    return next;
  }

  async save(change: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...change };
    await this.host.saveSettings(this.settings);
  }

  async #send(intent: Intent): Promise<Refusal | null> {
    this.operations.wished(intent);
    return this.host.perform(intent);
  }

  #settle(dropped: Dropped | null): void {
    if (dropped === null) return;
    this.operations.wished(dropped.intent);
    if (dropped.refusal === null) this.query = this.#typed.placed(dropped.intent, this.query);
    else if (dropped.refusal.refusal === 'unverified') this.#askAgain(dropped.intent);
    else this.refuse(dropped.refusal, dropped.intent.target ?? null, dropped.intent.subject);
  }

  /** The PBX cannot vouch for the target: the operator may want it all the same. */
  #askAgain(intent: Intent): void {
    this.messages.tell(refusalText({ refusal: 'unverified' }), 'amber', { word: chrome.sendAnyway, act: () => void this.sendAnyway(intent) });
  }

  /** The same wish once more, as a new operation, with the warning read. */
  async sendAnyway(intent: Intent): Promise<void> {
    const again = { ...intent, id: crypto.randomUUID(), confirmed: true };
    this.#settle({ intent: again, refusal: await this.#send(again) });
  }

  #changed(folded: Folded): void {
    this.move.changed(folded);
    this.offered.changed(folded);
    this.itself.changed(folded);
    this.#follow(folded);
    for (const id of folded.picture.pbx.keys()) this.#tellLink(id, folded);
    for (const gap of this.gaps.fresh(this.#before, folded)) this.messages.tell(this.#about(gap.id, gapWords.spoken(gap)));
    for (const operation of this.operations.ended(this.#before, folded)) this.#tellEnd(operation);
    this.#tellWaiting(folded);
    for (const alarm of alarms(this.#before, folded)) this.messages.tell(this.#about(alarm.id, alarm.words), alarm.tone);
    this.#before = folded.picture;
  }

  /** A selected call that merged is selected where its legs are now. */
  #follow(folded: Folded): void {
    const into = this.selected === null ? undefined : folded.merged.get(this.selected);
    if (into) this.select(into);
  }

  #tellLink(id: Ref, folded: Folded): void {
    const was = this.#before.pbx.get(id)?.status;
    const is = folded.picture.pbx.get(id)?.status;
    if (!is || is.status === was?.status) return;
    switch (is.status) {
      case 'lost':
        this.messages.tell(this.#about(id, (this.links.reachedOf(id) ? chrome.linkLost : chrome.notReached)(linkError(is.reason).title)), 'loud');
        break;
      case 'refused':
        this.messages.tell(this.#about(id, linkError(is.reason).title), 'loud');
        break;
      case 'live':
        this.messages.tell(this.#about(id, was ? chrome.linkBack : chrome.linkLive), 'good');
        break;
      case 'dialing':
      case 'loading':
        break;
    }
  }

  /** With several PBXs every word about one of them begins with its name. */
  #about(id: Ref, words: string): string {
    return this.links.several ? chrome.pbxs.about(this.links.nameOf(id), words) : words;
  }

  /** What will be sent in a moment is said at once, with how to take it back. */
  #tellWaiting(folded: Folded): void {
    if (folded.touched === 'all') return;
    for (const id of folded.touched) {
      const operation = folded.picture.operation.get(id);
      if (operation?.step !== 'waiting' || this.#before.operation.has(id)) continue;
      const seconds = Math.max(1, Math.round(((operation.grace ?? 0) - this.clock.read()) / 1000));
      this.messages.say(words.canBeTakenBack(operation, seconds, keyOfCommand('undo')));
    }
  }

  #tellEnd(operation: Parameters<typeof loudness>[0]): void {
    const loud = loudness(operation);
    const tone = loud === 'quiet' ? 'good' : loud === 'pending' ? 'plain' : loud;
    const text = `${words.subject(operation)}: ${words.standing(operation)}`;
    const intent = this.operations.intentOf(operation);
    const refused = operation.outcome?.outcome === 'refused' ? operation.outcome.refusal.refusal : null;
    const unverified = refused === 'unverified';
    if (intent && refused !== null && refused !== 'takenBack') this.query = this.#typed.again(intent, this.query);
    if (unverified && intent) this.#askAgain(intent);
    else this.messages.tell(text, tone);
  }
}
