import './styles/base.css';

import { mount } from 'svelte';

import type { Host } from './host/host';
import App from './views/App.svelte';

/** The app's own window; outside of it, in development and tests only, what the address asks for. */
async function chooseHost(): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return (await import('./host/tauri')).tauriHost();
  if (import.meta.env.MODE !== 'production') {
    const asked = new URLSearchParams(location.search).get('host') ?? 'scripted';
    if (/^wss?:/.test(asked)) return (await import('./host/websocket')).websocketHost(asked);
    return (await import('./host/scripted')).scriptedHost();
  }
  throw new Error('Cordboard runs in its own window.');
}

const target = document.getElementById('app');
if (target) mount(App, { target, props: { choose: chooseHost } });
