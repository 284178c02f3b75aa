import '../styles/base.css';

import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';

import type { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef, legRef } from '../host/scripted/cast';
import type { Scene } from '../host/scripted/scenes';
import { board, until } from './boarded';

const MINE = callRef('101.1');
const LUCA = extensionRef('204');

const open = (scene: Scene = 'morning') => board(scene, `[data-rove="${LUCA}"]`);

/** A desk that answers no question until it is let. */
function slow(host: ScriptedHost): () => void {
  const answer = host.offers.bind(host);
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  host.offers = async (subject) => {
    await gate;
    return answer(subject);
  };
  return () => open();
}

const tile = (id: string) => document.querySelector<HTMLElement>(`[data-rove="${CSS.escape(id)}"]`) ?? document.body;
const search = () => document.querySelector<HTMLInputElement>('#search')?.value;
const legal = () => document.querySelector('[data-standing="legal"]') !== null;
const overId = () => document.querySelector('[data-over="true"]')?.getAttribute('data-id');

test.each(['t', '{Enter}', 'b'])('what is typed right after %s and before the offers is kept, and so is the focus', async (key) => {
  const host = await open();
  tile(MINE).focus();
  const answer = slow(host);
  await userEvent.keyboard(key);
  await userEvent.keyboard('6');
  answer();
  await until(legal);
  await userEvent.keyboard('81');
  expect(search()).toBe('681');
  expect(document.activeElement?.id).toBe('search');
  await until(() => overId() === 'number:main:681');
});

test('also where the focus stands on no tile', async () => {
  const host = await open();
  tile(MINE).focus();
  (document.activeElement as HTMLElement).blur();
  const answer = slow(host);
  await userEvent.keyboard('t681');
  answer();
  await until(() => overId() === 'number:main:681');
  expect(search()).toBe('681');
  await userEvent.keyboard('{Enter}');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'transfer', subject: legRef('101.1'), target: 'number:main:681' });
});

test('a key held down too long neither lets go nor types', async () => {
  const host = await open();
  tile(MINE).focus();
  await userEvent.keyboard('{Enter}');
  await until(() => (document.activeElement as HTMLElement | null)?.dataset['kind'] === 'extension');
  for (const key of ['Enter', ' ', 't']) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, repeat: true, bubbles: true, cancelable: true }));
  await userEvent.keyboard('{ArrowDown}');
  await until(() => document.querySelector('[data-region="pick"]')?.textContent.includes('goes to') === true);
  expect(host.performed).toEqual([]);
  expect(search()).toBe('');
});

test('while nothing can be done the detail says why', async () => {
  const host = await open('lost');
  host.offers = async (subject) => ({ subject, seen: null, offers: [] });
  tile(MINE).focus();
  await until(() => document.querySelector('[data-region="detail"] [data-act="none"]') !== null);
  expect(document.querySelector('[data-act="none"]')?.textContent).toContain('not live');
});

test('an extension without a name is called by its number once', async () => {
  const host = await open();
  const luca = host.stage.picture.extension.get(LUCA);
  if (!luca) throw new Error('no Luca');
  for (const name of [null, luca.number]) {
    host.stage.publish([{ change: 'upsert', value: { kind: 'extension', ...luca, name } }]);
    await until(() => tile(LUCA).getAttribute('aria-label') ?.startsWith('Extension 204, idle') === true);
    expect(tile(LUCA).textContent.match(/204/g)).toHaveLength(1);
    host.stage.publish([{ change: 'upsert', value: { kind: 'extension', ...luca } }]);
    await until(() => tile(LUCA).textContent.includes('Luca'));
  }
});

test('the buttons under the pointer cover no number', async () => {
  await open();
  await userEvent.hover(tile(MINE));
  await until(() => tile(MINE).querySelector('.quick')?.getBoundingClientRect().width !== 0);
  const buttons = tile(MINE).querySelector('.quick')?.getBoundingClientRect();
  const number = tile(MINE).querySelector('.second .soft');
  expect(number?.textContent).toContain('+39');
  expect(number?.getBoundingClientRect().right).toBeLessThanOrEqual(buttons?.left ?? 0);
  expect(number?.scrollWidth).toBeLessThanOrEqual(number?.clientWidth ?? 0);
});

test('Enter held on a button presses it once', async () => {
  const host = await open();
  tile(MINE).focus();
  await until(() => document.querySelector('[data-region="actions"] [data-verb="mute"]') !== null);
  document.querySelector<HTMLElement>('[data-region="actions"] [data-verb="mute"]')?.focus();
  await userEvent.keyboard('{Enter>4/}');
  await until(() => host.performed.length > 0);
  await settle();
  expect(host.performed.map((intent) => intent.verb)).toEqual(['mute']);
});

test('Enter held where it let a call go does not also choose from the menu that asks what should happen', async () => {
  const host = await open();
  const others = callRef('103.1');
  tile(others).focus();
  await userEvent.keyboard('{Enter}');
  await until(legal);
  tile(LUCA).focus();
  await until(() => overId() === LUCA);
  await userEvent.keyboard('.');
  await until(() => document.querySelector('[data-region="who"] button') === document.activeElement);
  for (let i = 0; i < 3; i += 1) held('Enter', document.activeElement);
  await settle();
  expect(host.performed).toEqual([]);
  expect(held('Enter', document.activeElement)).toBe(false);
});

test('a function key that is held, or pressed over a sheet, never reaches the browser', async () => {
  await open();
  tile(MINE).focus();
  expect(held('F8', document.activeElement)).toBe(false);
  await userEvent.keyboard('{F1}');
  await until(() => document.querySelector('dialog') !== null);
  const event = new KeyboardEvent('keydown', { key: 'F5', bubbles: true, cancelable: true });
  expect(document.querySelector('dialog')?.dispatchEvent(event)).toBe(false);
});

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** A key that goes on being held; false where nobody but us hears of it. */
function held(key: string, on: Element | null): boolean {
  return on?.dispatchEvent(new KeyboardEvent('keydown', { key, repeat: true, bubbles: true, cancelable: true })) ?? true;
}

test('a call that begins to ring does not push another one under a hand that is about to hang up', async () => {
  const host = await open();
  await userEvent.hover(tile(MINE));
  const button = tile(MINE).querySelectorAll<HTMLElement>('.quick button')[1];
  if (!button) throw new Error('no way to hang up');
  await userEvent.hover(button);
  const { top } = tile(MINE).getBoundingClientRect();
  const next = host.stage.begin('ringing', 'inbound', '0515550100', [
    { name: 'Elena Marini', number: '+39051777111', state: 'calling', ago: 0 },
    { extension: '201', state: 'ringing', ago: 0 },
  ]);
  host.stage.calls([next]);
  await until(() => document.querySelector(`[data-rove="${next.id}"]`) !== null);
  expect(tile(MINE).getBoundingClientRect().top).toBe(top);
  host.stage.hangUp(callRef('100.1'));
  await until(() => document.querySelector('[data-region="mine"] [data-gone="true"]') !== null);
  expect(tile(MINE).getBoundingClientRect().top).toBe(top);
  expect(tile(callRef('100.1')).dataset['gone']).toBe('true');
  expect(tile(callRef('100.1')).querySelector('.quick')).toBeNull();
});

test('a strip that fails does not push another one under a hand that is about to undo', async () => {
  const host = await open();
  const wish = (id: string) => ({ id, verb: 'transfer' as const, subject: legRef('103.1'), target: LUCA, second: null, seen: null, confirmed: false });
  host.stage.operation(wish('one'), { outcome: { outcome: 'done', evidence: 'ringing' }, after: 'ringing' });
  host.stage.operation(wish('two'), {});
  const strips = () => [...document.querySelectorAll<HTMLElement>('[data-kind="operation"]')].map((each) => each.dataset['id']?.split(':').at(-1));
  await until(() => strips().length === 2);
  const before = strips();
  await userEvent.hover(document.querySelector('[data-act="undo"]') ?? document.body);
  host.stage.operation(wish(before[1] ?? ''), { outcome: { outcome: 'failed', failure: { failure: 'busy' } } });
  await until(() => document.querySelector('[data-kind="operation"][data-state="failed"]') !== null);
  expect(strips()).toEqual(before);
});
