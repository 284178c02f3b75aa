export const title = 'Command line';
