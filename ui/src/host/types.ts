import type { Profile } from '../wire/Profile';

/** How the system's keyring stands for a profile's secret. */
export type SecretState = 'stored' | 'notStored' | 'locked' | 'absent' | 'denied' | 'session';

export type Theme = 'system' | 'light' | 'dark' | 'contrast';
export type Density = 'comfortable' | 'compact' | 'dense';

/** What the app remembers between starts; never a secret. */
export interface Settings {
  version: 1;
  profile: Profile | null;
  theme: Theme;
  density: Density;
  columns: number[];
}

/** What the window finds when it opens. */
export interface Start {
  settings: Settings;
  options: Profile | null;
  practice: boolean;
  connected: boolean;
  secret: SecretState;
}

/** What came of asking to remember the secret. */
export interface Connected {
  remembered: boolean;
  secret: SecretState;
}
