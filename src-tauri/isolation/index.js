// Every message of the page to the program passes here first, in a frame of its own.
// Only our commands get through, whatever a script in the page may have been talked into.
const COMMANDS = new Set([
  'connect',
  'disconnect',
  'dismiss',
  'label',
  'offers',
  'pause_connection',
  'perform',
  'preview',
  'remove_connection',
  'save_settings',
  'start',
  'subscribe',
  'take_back',
  'try_connection',
  'use_practice',
  // Tauri's own way of handing over a channel message of 8 KiB and more.
  'plugin:__TAURI_CHANNEL__|fetch',
])

window.__TAURI_ISOLATION_HOOK__ = (message) => {
  if (!COMMANDS.has(message.cmd)) throw new Error(`not a command of Cordboard: ${message.cmd}`)
  return message
}
