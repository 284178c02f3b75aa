import { clearMocks, mockIPC } from '@tauri-apps/api/mocks';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import type { FeedMessage } from '../wire/FeedMessage';
import type { Intent } from '../wire/Intent';
import type { Profile } from '../wire/Profile';
import type { Settings } from '../wire/Settings';
import { tauriHost } from './tauri';

afterEach(clearMocks);

const intent: Intent = { id: '1', verb: 'hangUp', subject: 'leg:main:1', confirmed: false };
const profile: Profile = { pbx: 'main', name: 'Main', host: 'pbx', port: 5039, protection: { kind: 'plain' }, user: 'u', me: null, context: 'internal', conferences: [] };
const settings: Settings = { version: 2, connections: [], theme: 'dark', density: 'dense', columns: [] };

test('the window asks for exactly the commands the shell answers, each as one object', async () => {
  const asked: [string, unknown][] = [];
  mockIPC((command, args) => void asked.push([command, args]));
  const host = tauriHost();
  await host.offers('leg:main:1');
  await host.preview(intent);
  await host.perform(intent);
  await host.takeBack('7');
  await host.dismiss('lost:main:1');
  await host.label('leg:main:1', 'for Anna');
  await host.start();
  await host.tryConnection(profile, null);
  await host.connect(profile, 'secret', true, null);
  await host.pauseConnection('main', true);
  await host.removeConnection('main');
  await host.usePractice();
  await host.disconnect();
  await host.saveSettings(settings);
  await host.subscribe(() => undefined);

  const shell = readFileSync(join(import.meta.dirname, '../../../src-tauri/src/commands.rs'), 'utf8');
  const answered = /generate_handler!\[([^\]]*)\]/.exec(shell)?.[1]?.split(',').map((name) => name.trim()).filter(Boolean) ?? [];
  expect(asked.map(([command]) => command).sort()).toEqual(answered.sort());
  expect(asked.slice(0, 11).map(([, args]) => args)).toEqual([
    { subject: 'leg:main:1' }, { intent }, { intent }, { operation: '7' }, { id: 'lost:main:1' }, { leg: 'leg:main:1', text: 'for Anna' }, {}, { profile, secret: null }, { profile, secret: 'secret', remember: true, replaces: null },
    { pbx: 'main', paused: true }, { pbx: 'main' },
  ]);
});

test('the feed arrives through one channel, in order', async () => {
  let channel: { id: number } | null = null;
  mockIPC((command, args) => {
    if (command === 'subscribe') channel = (args as { channel: { id: number } }).channel;
  });
  const heard: FeedMessage[] = [];
  await tauriHost().subscribe((message) => heard.push(message));
  const { id } = channel ?? { id: -1 };
  const run = (window as unknown as { __TAURI_INTERNALS__: { runCallback(id: number, sent: unknown): void } }).__TAURI_INTERNALS__.runCallback;
  const batch = (rev: number): FeedMessage => ({ message: 'batch', epoch: 1, rev, deltas: [] });
  run(id, { index: 1, message: batch(3) });
  run(id, { index: 0, message: batch(2) });
  expect(heard.map((message) => (message.message === 'batch' ? message.rev : 0))).toEqual([2, 3]);
});
