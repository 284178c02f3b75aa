import '../styles/base.css';

import axe from 'axe-core';
import { mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';

import { ScriptedHost } from '../host/scripted';
import { callRef, legRef, ME } from '../host/scripted/cast';
import type { Scene } from '../host/scripted/scenes';
import { chrome } from '../text/en';
import App from './App.svelte';

const MINE = callRef('101.1');
const OTHERS = callRef('103.1');

const NOT_ASKED = { region: { enabled: false }, 'label-content-name-mismatch': { enabled: false } };

let shown: Record<string, unknown> | null = null;

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = null;
  document.body.replaceChildren();
});

async function open(scene: Scene = 'morning'): Promise<ScriptedHost> {
  const host = new ScriptedHost(scene, { accept: 0, answer: 0 });
  const target = document.createElement('div');
  target.id = 'app';
  document.body.append(target);
  shown = mount(App, { target, props: { choose: async () => host } });
  await until(() => document.querySelector('.board, form') !== null);
  return host;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 3000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`never came true: ${condition.toString()}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function tile(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-rove="${CSS.escape(id)}"]`);
  if (!found) throw new Error(`no tile ${id}`);
  return found;
}

const ghost = () => document.querySelector('[data-ghost]')?.textContent ?? '';
const words = (selector: string) => document.querySelector(selector)?.textContent.replace(/\s+/g, ' ') ?? '';
const field = () => document.querySelector<HTMLInputElement>('#search');
const middle = (element: Element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
};

/** Presses, moves and lets go as a pointer does. */
function pointer(type: string, at: { x: number; y: number }, change: PointerEventInit = {}): void {
  const target = type === 'pointerdown' ? document.elementFromPoint(at.x, at.y) : document.documentElement;
  target?.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, button: 0, clientX: at.x, clientY: at.y, ...change }));
}

async function drag(from: Element, to: Element): Promise<void> {
  const start = middle(from);
  pointer('pointerdown', start);
  pointer('pointermove', { x: start.x + 12, y: start.y + 6 });
  pointer('pointermove', middle(to));
  await until(() => ghost() !== '');
}

test.each(['unreached', 'dialing', 'loading', 'refused'] as const)('before the first picture nothing is claimed about anybody: %s', async (scene) => {
  await open(scene);
  await until(() => document.querySelector('[data-region="unreached"]') !== null);
  expect(words('.board')).not.toContain(chrome.empty.people);
  for (const region of ['mine', 'others', 'waiting', 'parked']) expect(words(`[data-region="${region}"]`), region).toContain(chrome.notYet);
  expect(words('[data-region="unreached"]')).toContain(chrome.unreached.title);
  const { violations } = await axe.run(document.body, { rules: NOT_ASKED });
  expect(violations.map((each) => each.id)).toEqual([]);
});

test('a PBX that never answered was not lost', async () => {
  await open('unreached');
  await until(() => words('.board').includes(chrome.lost.never));
  expect(words('.board')).not.toContain(chrome.lost.title);
  expect(words('[role="status"]')).toContain('Not reached');
});

test('M silences me on my own call, and on a colleague\'s asks whom, by keys alone', async () => {
  const host = await open();
  await until(() => document.querySelector(`[data-rove="${MINE}"]`) !== null);
  tile(MINE).focus();
  await userEvent.keyboard('m');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'mute', subject: legRef('101.2') });
  tile(OTHERS).focus();
  await userEvent.keyboard('m');
  await until(() => document.querySelectorAll('[role="menu"] [role="menuitem"]').length === 2);
  expect(document.querySelector('[role="menu"]')?.getAttribute('aria-label')).toBe(chrome.move.whom);
  expect([...document.querySelectorAll('[role="menuitem"]')].map((each) => each.textContent.trim())).toEqual([expect.stringContaining('Silence Marco Bianchi'), expect.stringContaining('Silence Giulia Romano')]);
  expect(host.performed).toHaveLength(1);
  await until(() => document.activeElement?.getAttribute('role') === 'menuitem');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await until(() => host.performed.length === 2);
  expect(host.performed[1]).toMatchObject({ verb: 'mute', subject: legRef('103.2') });
});

test('a typed number is dragged to my calls, which dials it, and the search is free again', async () => {
  const host = await open();
  await userEvent.fill(field() ?? document.body, '0301234567');
  await until(() => document.querySelector('[data-kind="number"]') !== null);
  const [number, mine] = ['[data-kind="number"]', '[data-region="mine"] h2'].map((each) => document.querySelector(each) ?? document.body);
  if (!number || !mine) throw new Error('both are there');
  await drag(number, mine);
  await until(() => ghost().includes('Your phone rings first'));
  pointer('pointerup', middle(mine));
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'originate', subject: ME, target: 'number:main:0301234567' });
  await until(() => field()?.value === '');
});

test('a call is dragged onto a typed number', async () => {
  const host = await open();
  await userEvent.fill(field() ?? document.body, '0301234567');
  await until(() => document.querySelector('[data-kind="number"]') !== null);
  const number = document.querySelector('[data-kind="number"]') ?? document.body;
  await drag(tile(MINE), number);
  await until(() => ghost().includes('goes to 0301234567'));
  pointer('pointerup', middle(number));
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'transfer', target: 'number:main:0301234567' });
});

test('the colours are chosen in the settings and kept with them', async () => {
  const host = await open();
  await userEvent.keyboard('{Control>},{/Control}');
  await until(() => document.querySelector('dialog') !== null);
  const choice = (word: string) => [...document.querySelectorAll<HTMLElement>('[role="radio"]')].find((each) => each.textContent === word) ?? document.body;
  expect(document.documentElement.dataset['palette']).toBe('standard');
  for (const [palette, word] of [['safe', chrome.settings.palettes.safe], ['redBusy', chrome.settings.palettes.redBusy]] as const) {
    await userEvent.click(choice(word));
    await until(() => document.documentElement.dataset['palette'] === palette);
    expect(choice(word).getAttribute('aria-checked')).toBe('true');
    expect(host.saved.at(-1)?.palette).toBe(palette);
  }
  const { violations } = await axe.run(document.querySelector('dialog') ?? document.body, { rules: NOT_ASKED });
  expect(violations.map((each) => each.id)).toEqual([]);
});
