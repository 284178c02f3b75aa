import { tick } from 'svelte';

import { kindOf } from '../store/board';
import { callBackTo } from '../store/lately';
import { typedNumber } from '../store/search';
import { DIALLED, MOVED, type Seat } from '../store/seat.svelte';
import { loudness } from '../store/selectors';
import { undoLast } from '../store/undo';
import { chrome } from '../text/en';
import type { Ref } from '../wire/Ref';
import type { Verb } from '../wire/Verb';
import { focusOf, grabOf, heldOnButton, idOf, isFunctionKey, isTyping, targetOf, tileOf, under } from './dom';
import type { Point } from './drag';
import { commandFor, dialled, type Command } from './keys';
import { runMove } from './moves';

export type Sheet = 'none' | 'help' | 'history' | 'settings' | 'keys' | 'pbxs' | 'gap';

/** What the keys need of the view. */
export interface Stops {
  search(): void;
  focusTarget(id: Ref): Promise<void>;
  firstLegal(): Ref | null;
  firstFound(): Ref | null;
  show(id: Ref): void;
  people(): void;
  myCalls(): void;
  otherCalls(): void;
  detail(): void;
  open(sheet: Sheet): void;
  /** The command line. */
  line(): void;
  sheet(): Sheet;
  /** Opens everything that can be done with something, there; or only these verbs, to be asked whom they mean. */
  menu(id: Ref, at: Point, only?: readonly Verb[]): void;
  menuOpen(): boolean;
}

/** Keys and clicks on the board: all of them end in the same moves as a drag. */
export function boardKeys(seat: Seat, stops: Stops) {
  /** Where the hand was when it picked something up by keys. */
  let origin: Ref | null = null;
  /** The pointer is down: the focus it makes is no choice, the click that follows is. */
  let pointing = false;
  let rests = { x: -1, y: -1 };

  function pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    if (heldOnButton(event) || isFunctionKey(event)) event.preventDefault();
    if (stops.menuOpen() || (stops.sheet() !== 'none' && event.key !== 'Escape')) return;
    modified(event, true);
    if (seat.move.active && (seat.move.by === 'pointer' || seat.move.undecided !== null)) {
      whileDragged(event);
      return;
    }
    if (seat.move.active && seat.move.by === 'keys' && whileHeld(event)) return;
    const command = commandFor(event, focusOf(event.target));
    if (command === null && dialled(event, focusOf(event.target))) startNumber();
    if (command === null) return;
    if (event.repeat || run(command, event)) event.preventDefault();
  }

  function released(event: KeyboardEvent): void {
    modified(event, false);
  }

  function modified(event: KeyboardEvent, down: boolean): void {
    const of = (...caps: string[]) => (caps.includes(event.key) ? down : null);
    const shift = of('Shift') ?? event.shiftKey;
    const ctrl = of('Control', 'Meta') ?? (event.ctrlKey || event.metaKey);
    if (seat.move.by === 'pointer' && of('Shift', 'Control', 'Meta') !== null) seat.move.hold(shift, shift && ctrl);
    else if (of('Shift') !== null) seat.move.hold(shift);
  }

  /** The digit itself is typed by the browser, into the field that has the focus by then. */
  function startNumber(): void {
    seat.query = '';
    stops.search();
  }

  /** A digit says who goes, during a drag or when it is asked after one. */
  function whileDragged(event: KeyboardEvent): void {
    const asked = seat.move.undecided !== null;
    const index = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : null;
    if (index !== null && asked) void seat.settle(index);
    else if (index !== null) seat.move.choose(index);
    else if (asked && event.key === 'Escape') cancel();
    else return;
    event.preventDefault();
  }

  /** The menu of what has the focus, else of what is selected. */
  function menu(event: KeyboardEvent): boolean {
    const id = idOf(event.target) ?? seat.selected;
    if (id === null || isTyping(event.target)) return false;
    stops.menu(id, under(event.target instanceof Element ? event.target.closest('[data-id]') : null));
    return true;
  }

  /** Which of them is meant is asked at the tile. */
  function whom(subject: Ref, verbs: readonly Verb[]): void {
    stops.menu(subject, under(document.querySelector(`[data-id="${CSS.escape(seat.selected ?? subject)}"]`)), verbs);
  }

  /** What has not been sent yet is taken back; else a caller whose transfer still rings comes back. */
  function undo(): boolean {
    void undoLast(seat);
    return true;
  }

  /** The same by the other button of a pointer. */
  function asked(event: MouseEvent): void {
    const id = idOf(event.target);
    if (id === null || event.defaultPrevented) return;
    event.preventDefault();
    // A key for the menu tells no place, or the middle of nowhere.
    const placed = event.clientX > 0 || event.clientY > 0;
    stops.menu(id, placed ? { x: event.clientX, y: event.clientY } : under(event.target instanceof Element ? event.target : null));
  }

  /** Keys that mean something else while a call is in hand. */
  function whileHeld(event: KeyboardEvent): boolean {
    const target = targetOf(event.target);
    const typing = isTyping(event.target);
    // A key held down a moment too long is no second press: it neither lets go nor types.
    if (event.repeat && !typing && (event.key.length === 1 || event.key === 'Enter')) {
      event.preventDefault();
      return true;
    }
    if (target && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      void entered(target, event);
      return true;
    }
    if (event.key === '.' && !typing && seat.move.over !== null) {
      event.preventDefault();
      void seat.move.ask(seat.move.over);
      return true;
    }
    const types = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (types && !typing) startNumber();
    return types;
  }

  /** Enter lets go; with Ctrl only the first of both goes there. */
  async function entered(target: Ref, event: KeyboardEvent): Promise<void> {
    if (!(event.ctrlKey || event.metaKey) || seat.move.split !== null) await letGo(target);
    else if (event.key === 'Enter') {
      await seat.keep(target);
      seat.query = '';
    }
  }

  async function letGo(target: Ref): Promise<void> {
    // A quick hand is there before the offers are: nothing is known yet of what it means.
    await seat.move.ready();
    if (!seat.move.active) return;
    const standing = seat.move.standing(target);
    if (standing.as !== 'legal') {
      if (standing.as === 'refused') seat.refuse(standing.refusal, target);
      else seat.messages.say(chrome.move.nothing);
      return;
    }
    const placed = await seat.drop(target);
    // What was searched for is found once something came of it; nothing typed is lost to a refusal.
    if (placed || seat.move.active) seat.query = '';
    if (!seat.move.active) await back();
  }

  function stepBack(): void {
    seat.move.unkeep();
    seat.messages.say(chrome.move.stepped);
  }

  function cancel(): void {
    seat.move.cancel();
    seat.messages.say(chrome.move.cancelled);
    void back();
  }

  /** The focus goes home: to the tile it came from, or to my calls; out of the field in any case, where letters would only be typed. */
  async function back(): Promise<void> {
    const home = origin;
    origin = null;
    if (isTyping(document.activeElement) && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    // What was searched for hides the tile until the list is drawn anew.
    await tick();
    const tile = home === null ? null : document.querySelector<HTMLElement>(`[data-rove="${CSS.escape(home)}"]`);
    if (tile) tile.focus();
    else stops.myCalls();
  }

  function run(command: Command, event: KeyboardEvent): boolean {
    const tile = grabOf(event.target);
    switch (command) {
      case 'help':
        stops.open('help');
        return true;
      case 'settings':
        stops.open('settings');
        return true;
      case 'search':
        stops.search();
        return true;
      case 'pickUp':
      case 'pickPerson':
        if (tile === null) return false;
        pick(tile, false);
        return true;
      case 'transfer':
      case 'both':
        return transfer(command === 'both');
      case 'hangUp':
        return hangUp(event.shiftKey);
      case 'dial':
      case 'dialNumber':
        return dial();
      case 'consult':
      case 'complete':
      case 'swap':
      case 'goBack':
      case 'voicemail':
      case 'join':
      case 'take':
      case 'next':
      case 'park':
      case 'hold':
      case 'mute':
      case 'record':
        void runMove(command, seat, (subject, verb) => void pickFor(subject, verb), whom);
        return true;
      case 'undo':
        return undo();
      case 'menu':
        return menu(event);
      case 'commandLine':
        stops.line();
        return true;
      case 'dismiss':
        return dismiss();
      case 'myCalls':
        stops.myCalls();
        return true;
      case 'otherCalls':
        stops.otherCalls();
        return true;
      case 'people':
        stops.people();
        return true;
      case 'detail':
        stops.detail();
        return true;
      case 'pbxs':
        stops.open('pbxs');
        return true;
      case 'gap':
        return openGap();
      case 'cancel':
        return escape(event);
    }
  }

  function pick(id: Ref, both: boolean): void {
    origin = id;
    seat.select(id);
    void seat.pick(id, 'keys', both);
  }

  /** In hand with this verb chosen; back in its place where the desk does not offer it. */
  async function pickFor(subject: Ref, verb: Verb): Promise<void> {
    origin = seat.selected ?? subject;
    await seat.pickFor(verb, subject, 'keys');
  }

  function transfer(both: boolean): boolean {
    const id = seat.selected;
    if (id === null || !MOVED.has(kindOf(id))) {
      seat.messages.tell(chrome.hints.selectCall, 'amber');
      return true;
    }
    // The key says at once, whatever letting go says by itself.
    if (!both && seat.settings.transfer === 'consult') void pickFor(id, 'transfer');
    else pick(id, both);
    return true;
  }

  /** With Shift at once, else with a moment to take it back. */
  function hangUp(urgent: boolean): boolean {
    const id = seat.selected;
    if (id === null || !(MOVED.has(kindOf(id)) || kindOf(id) === 'conference')) seat.messages.tell(chrome.hints.selectCall, 'amber');
    else void seat.act('hangUp', id, null, urgent ? { grace: 0 } : {});
    return true;
  }

  function dial(): boolean {
    const number = typedNumber(seat.query);
    const selected = whomToDial();
    if (isTyping(document.activeElement) && number !== null) void seat.dial(stops.firstFound() ?? seat.numberTargets(number)[0] ?? number);
    else if (selected && !seat.isMe(selected)) void seat.dial(selected);
    else {
      stops.search();
      seat.messages.tell(chrome.hints.whomToDial, 'amber');
    }
    return true;
  }

  function openGap(): boolean {
    if (seat.gaps.shown(seat.board.picture).length > 0) stops.open('gap');
    else seat.messages.tell(chrome.hints.noGap);
    return true;
  }

  /** What is selected, where it can be called; of a call that is over the one who called. */
  function whomToDial(): Ref | null {
    if (seat.selected === null) return null;
    const over = seat.board.picture.ended.get(seat.selected);
    if (over) return callBackTo(over);
    return DIALLED.has(kindOf(seat.selected)) ? seat.selected : null;
  }

  function dismiss(): boolean {
    // A caller on the sent shelf of whom nothing is left but the row.
    const row = seat.selected === null ? undefined : seat.board.picture.sent.get(seat.selected);
    if (row?.alive === false) {
      seat.dismiss(row.id);
      return true;
    }
    const failed = seat.operations.shown(seat.board.picture, seat.clock.read()).filter((operation) => ['loud', 'amber'].includes(loudness(operation)));
    const oldest = failed.at(-1);
    if (oldest) seat.operations.dismiss(oldest.id);
    return oldest !== undefined;
  }

  function escape(event: KeyboardEvent): boolean {
    if (stops.sheet() !== 'none') return false;
    if (seat.move.active && seat.move.split) stepBack();
    else if (seat.move.active) cancel();
    else if (seat.query !== '') seat.query = '';
    else if (isTyping(event.target)) stops.people();
    else seat.select(null);
    return true;
  }

  /** The search field: what is typed filters; arrows lead to what was found, Enter takes the first. */
  function inSearch(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat && event.key === 'Enter') return;
    if (seat.move.active && event.key === 'Enter' && seat.move.over !== null) {
      void entered(seat.move.over, event);
      return;
    }
    const first = seat.move.active ? stops.firstLegal() : stops.firstFound();
    if (first) void stops.focusTarget(first);
  }

  function focused(event: FocusEvent): void {
    const target = targetOf(event.target);
    const id = idOf(event.target);
    if (seat.move.active) {
      if (seat.move.by === 'keys') seat.move.hover(target);
    } else if (id !== null && !pointing) seat.select(id);
  }

  function pointed(event: PointerEvent): void {
    pointing = event.type === 'pointerdown';
  }

  /** A list that rearranges itself under a resting pointer is no choice. */
  function hovered(event: PointerEvent): void {
    if (event.clientX === rests.x && event.clientY === rests.y) return;
    rests = { x: event.clientX, y: event.clientY };
    if (seat.move.active && seat.move.by === 'keys') seat.move.hover(targetOf(event.target));
  }

  function clicked(event: MouseEvent): void {
    const target = targetOf(event.target);
    if (seat.move.active && seat.move.by === 'keys') {
      if (target) void letGo(target);
      return;
    }
    const id = tileOf(event.target);
    if (id !== null) seat.select(id);
  }

  function doubleClicked(event: MouseEvent): void {
    const id = idOf(event.target);
    // Never dials by itself: it leads to the button that does.
    if (id !== null && kindOf(id) === 'extension') stops.detail();
  }

  return { putBack: cancel, asked, pressed, released, inSearch, focused, pointed, hovered, clicked, doubleClicked };
}
