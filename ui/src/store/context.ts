import { createContext } from 'svelte';

import type { Seat } from './seat.svelte';

/** The seat every component below the switchboard works at. */
export const [useSeat, provideSeat] = createContext<Seat>();
