import type { Ref } from '../wire/Ref';
import { IDLE, step, type Drag, type DragInput, type Point } from './drag';

/** `menu`: Alt, or the other button pressed meanwhile: what should happen is asked at the drop. */
export type Modifiers = { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; menu: boolean };

export interface Drags {
  /** Whether this may be grabbed now. */
  may(subject: Ref): boolean;
  /** A drag began, moved, or ended. */
  on(drag: Drag): void;
  /** A modifier went down or up while dragging. */
  modifiers(event: Modifiers): void;
}

/** Drives the drag machine by a real pointer. Captures on `root`, which outlives every row: a row may hang up mid-drag. */
export function pointerDrags(root: HTMLElement, drags: Drags): () => void {
  let drag: Drag = IDLE;
  const gone = new AbortController();
  const { signal } = gone;

  function feed(input: DragInput): void {
    const before = drag;
    drag = step(drag, input);
    if (drag === before) return;
    if (before.state !== 'dragging' && drag.state === 'dragging') capture(root, drag.grip.pointer);
    if (drag.state !== 'pressed' && !(before.state === 'pressed' && drag.state === 'idle')) drags.on(drag);
  }

  function press(event: PointerEvent): void {
    const subject = grabbed(event.target);
    if (subject === null || !drags.may(subject)) return;
    feed({ input: 'press', grip: { subject, pointer: event.pointerId }, at: point(event), button: event.button });
  }

  function move(event: PointerEvent): void {
    if (drag.state !== 'pressed' && drag.state !== 'dragging') return;
    drags.modifiers(modifiersOf(event, (event.buttons & 2) !== 0));
    feed({ input: 'move', pointer: event.pointerId, at: point(event), over: targetAt(point(event)) });
  }

  function release(event: PointerEvent): void {
    const dragging = drag.state === 'dragging';
    feed({ input: 'release', pointer: event.pointerId, at: point(event), over: targetAt(point(event)) });
    if (dragging) swallowClick();
  }

  function key(event: KeyboardEvent): void {
    if (drag.state !== 'dragging') return;
    drags.modifiers(modifiersOf(event, false));
    // Alt alone would open the window's own menu.
    if (event.key === 'Alt') event.preventDefault();
    if (event.key !== 'Escape' || event.type !== 'keydown') return;
    event.preventDefault();
    event.stopPropagation();
    feed({ input: 'escape' });
  }

  root.addEventListener('pointerdown', press, { signal });
  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', release, { signal });
  window.addEventListener('pointercancel', (event) => feed({ input: 'interrupt', pointer: event.pointerId }), { signal });
  window.addEventListener('blur', () => interrupted(), { signal });
  window.addEventListener('keydown', key, { signal, capture: true });
  window.addEventListener('keyup', key, { signal, capture: true });
  // A native drag, once begun, leaves WebKitGTK deaf to the next press (toolchain notes, section 4).
  document.addEventListener('contextmenu', (event) => drag.state !== 'idle' && drag.state !== 'dropped' && drag.state !== 'cancelled' && event.preventDefault(), { signal, capture: true });
  document.addEventListener('dragstart', (event) => event.preventDefault(), { signal, capture: true });

  function interrupted(): void {
    if (drag.state === 'pressed' || drag.state === 'dragging') feed({ input: 'interrupt', pointer: drag.grip.pointer });
  }

  return () => gone.abort();
}

/** The target under a point, through whatever floats above it. */
export function targetAt(at: Point): Ref | null {
  for (const element of document.elementsFromPoint(at.x, at.y)) {
    const target = element instanceof HTMLElement ? element.dataset['target'] : undefined;
    if (target) return target;
  }
  return null;
}

function modifiersOf(event: PointerEvent | KeyboardEvent, other: boolean): Modifiers {
  return { shiftKey: event.shiftKey, ctrlKey: event.ctrlKey, metaKey: event.metaKey, menu: event.altKey || other };
}

function grabbed(target: EventTarget | null): Ref | null {
  if (!(target instanceof Element) || target.closest('[data-nograb]')) return null;
  return target.closest<HTMLElement>('[data-grab]')?.dataset['grab'] ?? null;
}

function capture(root: HTMLElement, pointer: number): void {
  try {
    root.setPointerCapture(pointer);
  } catch {
    // The pointer is gone already; window listeners still see it end.
  }
}

/** The click a browser makes of a finished drag is none. */
function swallowClick(): void {
  const stop = (event: MouseEvent) => {
    event.stopPropagation();
    event.preventDefault();
  };
  window.addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 0);
}

function point(event: PointerEvent): Point {
  return { x: event.clientX, y: event.clientY };
}
