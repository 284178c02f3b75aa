import '../styles/base.css';

import axe from 'axe-core';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';

import { callRef, legRef, ME } from '../host/scripted/cast';
import type { Scene } from '../host/scripted/scenes';
import { chrome } from '../text/en';
import { board, middle, pointer, tile, until } from './boarded';

const MINE = callRef('101.1');
const OTHERS = callRef('103.1');

const NOT_ASKED = { region: { enabled: false }, 'label-content-name-mismatch': { enabled: false } };

const open = (scene: Scene = 'morning') => board(scene, '.board, form');

const ghost = () => document.querySelector('[data-ghost]')?.textContent ?? '';
const words = (selector: string) => document.querySelector(selector)?.textContent.replace(/\s+/g, ' ') ?? '';
const field = () => document.querySelector<HTMLInputElement>('#search');

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

test('M mutes me on my own call, and on a colleague\'s asks whom, by keys alone', async () => {
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
  expect([...document.querySelectorAll('[role="menuitem"]')].map((each) => each.textContent.trim())).toEqual([expect.stringContaining('Mute Marco Bianchi'), expect.stringContaining('Mute Giulia Romano')]);
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

test('taking a call in hand moves nobody on the board away from the pointer', async () => {
  await open('busy');
  const tops = () => [...document.querySelectorAll('[data-region="places"] .tile, [data-kind="extension"]')].map((each) => each.getBoundingClientRect().top);
  await until(() => tops().length > 20);
  const before = tops();
  await drag(tile(MINE), tile(ME));
  expect(document.querySelector('[data-region="pick"]')).not.toBeNull();
  expect(tops()).toEqual(before);
  await userEvent.keyboard('{Escape}');
  pointer('pointerup', { x: 0, y: 0 });
});

test('while something is in hand no tile under the pointer shows buttons of its own', async () => {
  await open();
  const quick = () => tile(OTHERS).querySelector('.quick')?.getBoundingClientRect().width ?? 0;
  await userEvent.hover(tile(OTHERS));
  await until(() => quick() > 0);
  tile(MINE).focus();
  await userEvent.keyboard('{Enter}');
  await until(() => document.querySelector('[data-region="pick"]') !== null);
  expect(quick()).toBe(0);
});

test('the buttons of a call fill their rows', async () => {
  await open('busy');
  for (const call of [MINE, OTHERS, callRef('104.1')]) {
    tile(call).click();
    await until(() => document.querySelector('[data-region="actions"] [data-verb="transfer"]') !== null && tile(call).getAttribute('aria-selected') === 'true');
    for (const group of document.querySelectorAll('[data-region="actions"] [role="group"]')) {
      const rights = new Map<number, number>();
      for (const button of group.querySelectorAll('button')) {
        const { top, right } = button.getBoundingClientRect();
        rights.set(Math.round(top), Math.max(right, rights.get(Math.round(top)) ?? 0));
      }
      const edge = Math.round(group.getBoundingClientRect().right);
      expect([...rights.values()].map(Math.round)).toEqual([...rights].map(() => edge));
    }
  }
});
