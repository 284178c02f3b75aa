import { mount, unmount } from 'svelte';
import { afterEach } from 'vitest';
import { userEvent } from 'vitest/browser';

import { ScriptedHost, type Tempo } from '../host/scripted';
import type { Scene } from '../host/scripted/scenes';
import App from './App.svelte';

/** The desk answers and the others act at once. */
const AT_ONCE: Tempo = { accept: 0, answer: 0 };

let shown: Record<string, unknown> | null = null;

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = null;
  document.body.replaceChildren();
});

/** For tests in a browser: the whole app on a scripted desk, once what `ready` selects is there. It is gone after the test. */
export async function board(scene: Scene, ready: string, tempo = AT_ONCE): Promise<ScriptedHost> {
  const host = new ScriptedHost(scene, tempo);
  const target = document.createElement('div');
  target.id = 'app';
  document.body.append(target);
  shown = mount(App, { target, props: { choose: async () => host } });
  await until(() => document.querySelector(ready) !== null);
  return host;
}

/** Looks once a frame until it is so. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 3000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`never came true: ${condition.toString()}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** The tile of something on the board. */
export function tile(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-rove="${CSS.escape(id)}"]`);
  if (!found) throw new Error(`no tile ${id}`);
  return found;
}

/** Where a hand takes it. */
export const middle = (element: Element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
};

/** Presses, moves and lets go as a pointer does. */
export function pointer(type: string, at: { x: number; y: number }, change: PointerEventInit = {}): void {
  const target = type === 'pointerdown' ? document.elementFromPoint(at.x, at.y) : document.documentElement;
  target?.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, button: 0, clientX: at.x, clientY: at.y, ...change }));
}

export function one(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

export const there = (selector: string) => document.querySelector(selector) !== null;

/** What stands there, as one line. */
export const words = (selector: string) => (document.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Chooses it with the mouse, and waits until it is known what can be done with it. */
export async function select(id: string): Promise<void> {
  await userEvent.click(tile(id).querySelector('.mark') ?? tile(id));
  await until(() => there('[data-region="actions"] button[data-verb]'));
}
