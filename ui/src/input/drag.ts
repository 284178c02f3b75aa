import type { Ref } from '../wire/Ref';

export interface Point {
  x: number;
  y: number;
}

/** What is grabbed: the thing itself, as its tile names it. */
export interface Grip {
  subject: Ref;
  pointer: number;
}

/** A drag by pointer, from nothing to its end. */
export type Drag =
  | { state: 'idle' }
  | { state: 'pressed'; grip: Grip; from: Point }
  | { state: 'dragging'; grip: Grip; at: Point; over: Ref | null }
  | { state: 'dropped'; grip: Grip; at: Point; on: Ref }
  | { state: 'cancelled'; grip: Grip; why: 'escape' | 'outside' | 'interrupted' };

export type DragInput =
  | { input: 'press'; grip: Grip; at: Point; button: number }
  | { input: 'move'; pointer: number; at: Point; over: Ref | null }
  | { input: 'release'; pointer: number; at: Point; over: Ref | null }
  | { input: 'escape' }
  | { input: 'interrupt'; pointer: number };

/** A press is a drag once the pointer has gone farther than this, in CSS pixels. */
export const THRESHOLD = 5;

export const IDLE: Drag = { state: 'idle' };

/** The next state. Other pointers than the one that pressed change nothing. */
export function step(drag: Drag, input: DragInput): Drag {
  switch (input.input) {
    case 'press':
      return press(drag, input);
    case 'move':
      return move(drag, input);
    case 'release':
      return release(drag, input);
    case 'escape':
      return drag.state === 'dragging' ? { state: 'cancelled', grip: drag.grip, why: 'escape' } : settle(drag);
    case 'interrupt':
      return interrupt(drag, input.pointer);
  }
}

function press(drag: Drag, input: Extract<DragInput, { input: 'press' }>): Drag {
  if (drag.state === 'pressed' || drag.state === 'dragging' || input.button !== 0) return drag;
  return { state: 'pressed', grip: input.grip, from: input.at };
}

function move(drag: Drag, input: Extract<DragInput, { input: 'move' }>): Drag {
  if (!holds(drag, input.pointer)) return drag;
  if (drag.state === 'pressed' && !far(drag.from, input.at)) return drag;
  return { state: 'dragging', grip: drag.grip, at: input.at, over: input.over };
}

function release(drag: Drag, input: Extract<DragInput, { input: 'release' }>): Drag {
  if (!holds(drag, input.pointer)) return drag;
  if (drag.state === 'pressed') return IDLE;
  if (input.over === null) return { state: 'cancelled', grip: drag.grip, why: 'outside' };
  return { state: 'dropped', grip: drag.grip, at: input.at, on: input.over };
}

function interrupt(drag: Drag, pointer: number): Drag {
  if (!holds(drag, pointer)) return drag;
  return drag.state === 'pressed' ? IDLE : { state: 'cancelled', grip: drag.grip, why: 'interrupted' };
}

function holds(drag: Drag, pointer: number): drag is Extract<Drag, { state: 'pressed' | 'dragging' }> {
  return (drag.state === 'pressed' || drag.state === 'dragging') && drag.grip.pointer === pointer;
}

function settle(drag: Drag): Drag {
  return drag.state === 'pressed' ? IDLE : drag;
}

function far(from: Point, to: Point): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) > THRESHOLD;
}
